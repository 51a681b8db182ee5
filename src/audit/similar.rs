//! 相似 (similar): whether two names are the same but for small edits.

use rust_decimal::Decimal;

/// Longest name that is compared letter by letter, in characters.
const LONGEST: usize = 200;

/// Whether two texts are alike to a degree between 0 and 1.
pub(super) fn similar(left: &str, right: &str, degree: Decimal) -> bool {
    similarity(left, right).is_some_and(|found| found >= degree)
}

/// How alike two texts are: 1 for equal, 0 for nothing in common; `None` for texts too long to compare.
pub(super) fn similarity(left: &str, right: &str) -> Option<Decimal> {
    if left == right {
        return Some(Decimal::ONE);
    }
    let longest = left.chars().count().max(right.chars().count());
    if longest > LONGEST {
        return None;
    }
    let alike = longest.checked_sub(strsim::levenshtein(left, right))?;
    Decimal::from(alike).checked_div(Decimal::from(longest))
}
