//! 未读 (unread): a part of a file that was left out.

use super::Place;

/// 未读之处: where something stands that was not read, and why.
///
/// Whoever reads the findings has to know that nothing was looked for there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub place: Place,
    /// Why, in Chinese, as a sentence without its full stop.
    pub why: String,
}
