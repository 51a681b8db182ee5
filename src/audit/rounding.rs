//! 取舍习惯 (rounding): how a form brings its scores to their last place, for the receipt of a report.

use rust_decimal::Decimal;

use crate::audit::span::{cut, rounded};
use crate::case::FormCase;
use crate::score::{Outcome, Points};

/// 取舍方式: how the printed scores of a form were brought to their last place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingUsed {
    /// 四舍五入
    HalfUp,
    /// 舍去尾数
    CutOff,
    /// Some rows one way, some the other.
    Mixed,
    /// No score shows which: all come out even, or differ for other reasons.
    Unknown,
}

impl RoundingUsed {
    /// The way in words.
    pub fn words(self) -> &'static str {
        match self {
            RoundingUsed::HalfUp => "四舍五入",
            RoundingUsed::CutOff => "舍去尾数",
            RoundingUsed::Mixed => "四舍五入与舍去尾数混用",
            RoundingUsed::Unknown => "看不出取舍方式",
        }
    }
}

/// How the scores of a form were rounded, as far as its rows show it.
pub fn rounding_used(case: &FormCase) -> RoundingUsed {
    let rows = case.indicators.rows.iter().zip(&case.card.rows);
    let ways = rows.filter_map(|(row, outcome)| {
        let printed = row.score.get()?;
        let Outcome::Scored(score) = outcome else { return None };
        let Points::Exact { unrounded, .. } = score.points else { return None };
        way(unrounded, printed.value, printed.places)
    });
    let ways: Vec<RoundingUsed> = ways.collect();
    match (ways.contains(&RoundingUsed::HalfUp), ways.contains(&RoundingUsed::CutOff)) {
        (true, true) => RoundingUsed::Mixed,
        (true, false) => RoundingUsed::HalfUp,
        (false, true) => RoundingUsed::CutOff,
        (false, false) => RoundingUsed::Unknown,
    }
}

/// The way that alone leads to the printed figure.
fn way(exact: Decimal, printed: Decimal, places: u32) -> Option<RoundingUsed> {
    let (up, down) = (rounded(exact, places), cut(exact, places));
    match (printed == up, printed == down) {
        (true, false) => Some(RoundingUsed::HalfUp),
        (false, true) => Some(RoundingUsed::CutOff),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_figure_that_the_two_ways_print_differently_tells() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(way(decimal("6.6667"), decimal("6.67"), 2), Some(RoundingUsed::HalfUp));
        assert_eq!(way(decimal("6.6667"), decimal("6.66"), 2), Some(RoundingUsed::CutOff));
        assert_eq!(way(decimal("8.3333"), decimal("8.33"), 2), None);
        assert_eq!(way(decimal("8.3333"), decimal("9"), 2), None);
    }
}
