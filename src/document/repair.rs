//! 修复 (repair): what a broken dump printed where the reading had to mend it.

/// 修复记录: what a broken dump printed where the field was read, and why it was read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The text as printed.
    pub printed: String,
    /// Why it was read otherwise, in Chinese: `跨页拆分的单元格已合并`.
    pub why: String,
}
