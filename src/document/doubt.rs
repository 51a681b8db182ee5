//! 存疑 (doubt): a text that was read, but perhaps not rightly.

/// 存疑: why the text of a cell may be wrong, and how it may read instead.
///
/// A row that a decoder placed with little margin and a scanned character of low probability are both doubts: a finding
/// that rests on such a cell is never more than a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Why, in Chinese: `扫描件上“8”的把握为71%`, `另一种分列方式几乎同样合理`.
    pub why: String,
    /// The next best readings, the likeliest first; empty where none is known.
    pub others: Vec<String>,
}
