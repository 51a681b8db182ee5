//! 结论 (verdict): whether a printed score is what the rule gives.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::indicator::Figure;
use crate::ruleset::RuleSet;
use crate::score::Points;

/// 结论 of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 一致
    Agrees,
    /// 不一致
    Differs,
    /// 未评价
    NotEvaluated,
}

impl Verdict {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Differs => "differs",
            Verdict::NotEvaluated => "not-evaluated",
        }
    }

    /// The word a user reads.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Agrees => "一致",
            Verdict::Differs => "不一致",
            Verdict::NotEvaluated => "未评价",
        }
    }

    /// Compares a printed score with the points of the rule.
    pub fn of(published: Option<Figure>, points: Option<&Points>, measure: &Measure) -> Verdict {
        match (published, points) {
            (Some(published), Some(points)) if measure.admits(points, published) => Verdict::Agrees,
            (Some(_), Some(_)) => Verdict::Differs,
            _ => Verdict::NotEvaluated,
        }
    }
}

/// 比较口径: what a printed score of one form may differ by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Places that the form prints its scores with, at most those of the rule set: a bare 10 among scores of two places
    /// stands for 10.00.
    pub places: u32,
    /// Points that the rule set tolerates.
    pub tolerance: Decimal,
}

impl Measure {
    /// The measure of a form with these printed scores.
    pub fn new(scores: impl Iterator<Item = Figure>, rules: &RuleSet) -> Self {
        let printed = scores.map(|figure| figure.places).max().unwrap_or(0);
        Measure { places: printed.min(rules.rounding.places), tolerance: rules.tolerance.row }
    }

    fn admits(&self, points: &Points, published: Figure) -> bool {
        let printed = published.value;
        match *points {
            Points::Exact { rounded, unrounded } => {
                let near = printed.checked_sub(rounded).is_some_and(|gap| gap.abs() <= self.tolerance);
                near || readings(unrounded, self.places.max(published.places)).contains(&printed)
            }
            Points::Within { low, high, high_open } => {
                printed >= low && if high_open { printed < high } else { printed <= high }
            }
        }
    }
}

/// A number with so many places: rounded half up, and cut off.
fn readings(number: Decimal, places: u32) -> [Decimal; 2] {
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
        .map(|strategy| number.round_dp_with_strategy(places, strategy))
}

/// 取舍方式: which rounding the scores of a form obey, as far as they tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rounding {
    /// Scores that only rounding half up explains.
    pub rounded: usize,
    /// Scores that only cutting off explains.
    pub truncated: usize,
}

impl Rounding {
    /// Counts one printed score.
    pub fn count(&mut self, published: Option<Figure>, points: Option<&Points>, measure: &Measure) {
        let (Some(published), Some(Points::Exact { unrounded, .. })) = (published, points) else { return };
        let [rounded, truncated] = readings(*unrounded, measure.places.max(published.places));
        if rounded != truncated {
            self.rounded += usize::from(published.value == rounded);
            self.truncated += usize::from(published.value == truncated);
        }
    }

    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match (self.rounded, self.truncated) {
            (0, 0) => "undetermined",
            (_, 0) => "round",
            (0, _) => "truncate",
            _ => "mixed",
        }
    }

    /// What is accepted and what the form uses, in words.
    pub fn words(self) -> String {
        let used = match (self.rounded, self.truncated) {
            (0, 0) => "本表各行看不出区别".to_owned(),
            (rounded, 0) => format!("本表采用四舍五入（{rounded}行可证）"),
            (0, truncated) => format!("本表采用舍去（{truncated}行可证）"),
            (rounded, truncated) => format!("本表两种混用（四舍五入{rounded}行，舍去{truncated}行）"),
        };
        format!("接受四舍五入或舍去；{used}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Measure = Measure { places: 2, tolerance: Decimal::ZERO };

    fn exact(rounded: i64, unrounded: i64) -> Points {
        Points::Exact { rounded: Decimal::new(rounded, 2), unrounded: Decimal::new(unrounded, 4) }
    }

    fn figure(text: &str) -> Option<Figure> {
        let value: Decimal = text.parse().unwrap();
        Some(Figure { value, places: value.scale(), percent: false })
    }

    #[test]
    fn rounded_and_truncated_scores_agree() {
        let points = exact(536, 53561);
        assert_eq!(Verdict::of(figure("5.36"), Some(&points), &TWO), Verdict::Agrees);
        assert_eq!(Verdict::of(figure("5.35"), Some(&points), &TWO), Verdict::Agrees);
        assert_eq!(Verdict::of(None, Some(&points), &TWO), Verdict::NotEvaluated);
    }

    #[test]
    fn a_dropped_zero_is_no_coarser_rounding() {
        let points = exact(535, 53514);
        assert_eq!(Verdict::of(figure("5.4"), Some(&points), &TWO), Verdict::Differs);
        let one = Measure { places: 1, ..TWO };
        assert_eq!(Verdict::of(figure("5.4"), Some(&points), &one), Verdict::Agrees);
    }

    #[test]
    fn the_tolerance_of_the_rule_set_is_granted() {
        let points = exact(535, 53514);
        let tolerant = Measure { tolerance: Decimal::new(5, 2), ..TWO };
        assert_eq!(Verdict::of(figure("5.40"), Some(&points), &tolerant), Verdict::Agrees);
        assert_eq!(Verdict::of(figure("5.41"), Some(&points), &tolerant), Verdict::Differs);
    }

    #[test]
    fn an_open_end_of_a_tier_does_not_belong_to_it() {
        let tier = Points::Within { low: Decimal::from(6), high: Decimal::from(8), high_open: true };
        assert_eq!(Verdict::of(figure("6"), Some(&tier), &TWO), Verdict::Agrees);
        assert_eq!(Verdict::of(figure("8"), Some(&tier), &TWO), Verdict::Differs);
    }

    #[test]
    fn only_rows_that_tell_decide_the_rounding() {
        let mut rounding = Rounding::default();
        rounding.count(figure("5.00"), Some(&exact(500, 50000)), &TWO);
        assert_eq!(rounding.key(), "undetermined");
        rounding.count(figure("5.35"), Some(&exact(536, 53561)), &TWO);
        assert_eq!(rounding.key(), "truncate");
        rounding.count(figure("5.36"), Some(&exact(536, 53561)), &TWO);
        assert_eq!(rounding.key(), "mixed");
    }
}
