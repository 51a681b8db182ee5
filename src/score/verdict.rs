//! 结论 (verdict): whether a printed score is what a rule gives; report and audit both ask here and nowhere else.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::form::FormKind;
use crate::indicator::{Figure, Funds, Indicator, IndicatorTable, Reading};
use crate::ruleset::RuleSet;
use crate::score::{Completion, Outcome, Points, Score, execution_outcome, score_for_execution_rate, score_for_rate};

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

    fn of(agrees: Option<bool>) -> Verdict {
        match agrees {
            Some(true) => Verdict::Agrees,
            Some(false) => Verdict::Differs,
            None => Verdict::NotEvaluated,
        }
    }
}

/// Places of a completion rate that was not rounded too early.
const RATE_PLACES: u32 = 2;

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
    /// The measure of a form.
    pub fn of(table: &IndicatorTable, rules: &RuleSet) -> Measure {
        let rows = table.rows.iter().map(|row| &row.score);
        let funds = table.funds.iter().map(|funds| &funds.score);
        let scores = rows.chain(funds).chain(std::iter::once(&table.total_score));
        let printed = scores.filter_map(Reading::get).map(|figure| figure.places).max().unwrap_or(0);
        Measure { places: printed.min(rules.rounding.places), tolerance: rules.tolerance.row }
    }

    /// Whether a figure prints points at the precision of the form.
    pub fn admits(&self, points: &Points, published: Figure) -> bool {
        let printed = published.value;
        match *points {
            Points::Exact { rounded, unrounded } => {
                let near = printed.checked_sub(rounded).is_some_and(|gap| gap.abs() <= self.tolerance);
                near || self.readings(unrounded, published).contains(&printed)
            }
            Points::Within { low, high, high_open } => {
                printed >= low && if high_open { printed < high } else { printed <= high }
            }
        }
    }

    /// A number as it may be printed: rounded half up, and cut off. Whole points are only ever rounded: nobody cuts 9.80 off
    /// to 9.
    pub fn readings(&self, number: Decimal, published: Figure) -> [Decimal; 2] {
        let places = self.places.max(published.places);
        let cut = if places == 0 { RoundingStrategy::MidpointAwayFromZero } else { RoundingStrategy::ToZero };
        [RoundingStrategy::MidpointAwayFromZero, cut].map(|strategy| number.round_dp_with_strategy(places, strategy))
    }
}

/// Whether the printed score of a row is the one that a rule gives.
///
/// A rate that was brought to two places before the score was taken from it is as good as the exact one; fewer places are
/// not. `None` where no score is printed.
pub fn row_agrees(
    indicator: &Indicator,
    kind: FormKind,
    rules: &RuleSet,
    score: &Score,
    measure: Measure,
) -> Option<bool> {
    let published = *indicator.score.get()?;
    if measure.admits(&score.points, published) {
        return Some(true);
    }
    let Some(exact) = score.rate.and_then(|rate| rate.percent_unrounded()) else { return Some(false) };
    let rates = [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero]
        .map(|strategy| exact.round_dp_with_strategy(RATE_PLACES, strategy));
    let mut scores = rates.into_iter().filter_map(|rate| score_for_rate(indicator, kind, rules, rate));
    Some(scores.any(|score| measure.admits(&score.points, published)))
}

/// Whether the printed execution score is the one that the rule gives, by the amounts or by the printed rate.
pub fn execution_agrees(
    funds: &Funds,
    rules: &RuleSet,
    completion: Completion,
    score: &Score,
    measure: Measure,
) -> Option<bool> {
    let published = *funds.score.get()?;
    let differs_by_completion = rules.execution.as_ref().is_some_and(|rule| !rule.complete.is_empty());
    if completion == Completion::Open && differs_by_completion {
        // One of the two holds, and nothing between them.
        return Some([Completion::Complete, Completion::Unfinished].into_iter().any(|either| {
            matches!(execution_outcome(funds, rules, either), Outcome::Scored(score)
                if execution_agrees(funds, rules, either, &score, measure) == Some(true))
        }));
    }
    if measure.admits(&score.points, published) {
        return Some(true);
    }
    let by_rate =
        funds.rate.get().and_then(|rate| score_for_execution_rate(funds, rules, completion, rate.percentage().0));
    Some(by_rate.is_some_and(|score| measure.admits(&score.points, published)))
}

/// The verdict on a row.
pub fn row_verdict(
    indicator: &Indicator,
    kind: FormKind,
    rules: &RuleSet,
    outcome: &Outcome,
    measure: Measure,
) -> Verdict {
    match outcome {
        Outcome::Scored(score) => Verdict::of(row_agrees(indicator, kind, rules, score, measure)),
        Outcome::NotEvaluated(_) => Verdict::NotEvaluated,
    }
}

/// The verdict on the execution line.
pub fn execution_verdict(
    funds: &Funds,
    rules: &RuleSet,
    completion: Completion,
    outcome: &Outcome,
    measure: Measure,
) -> Verdict {
    match outcome {
        Outcome::Scored(score) => Verdict::of(execution_agrees(funds, rules, completion, score, measure)),
        Outcome::NotEvaluated(_) => Verdict::NotEvaluated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Measure = Measure { places: 2, tolerance: Decimal::ZERO };

    fn exact(rounded: i64, unrounded: i64) -> Points {
        Points::Exact { rounded: Decimal::new(rounded, 2), unrounded: Decimal::new(unrounded, 4) }
    }

    fn figure(text: &str) -> Figure {
        let value: Decimal = text.parse().unwrap();
        Figure { value, places: value.scale(), percent: false }
    }

    #[test]
    fn rounded_and_truncated_scores_agree() {
        assert!(TWO.admits(&exact(536, 53561), figure("5.36")));
        assert!(TWO.admits(&exact(536, 53561), figure("5.35")));
    }

    #[test]
    fn a_dropped_zero_is_no_coarser_rounding() {
        let points = exact(535, 53514);
        assert!(!TWO.admits(&points, figure("5.4")));
        assert!(Measure { places: 1, ..TWO }.admits(&points, figure("5.4")));
    }

    #[test]
    fn whole_points_are_rounded_and_not_cut_off() {
        let whole = Measure { places: 0, ..TWO };
        assert!(whole.admits(&exact(980, 98000), figure("10")));
        assert!(!whole.admits(&exact(980, 98000), figure("9")));
    }

    #[test]
    fn the_tolerance_of_the_rule_set_is_granted() {
        let points = exact(535, 53514);
        let tolerant = Measure { tolerance: Decimal::new(5, 2), ..TWO };
        assert!(tolerant.admits(&points, figure("5.40")));
        assert!(!tolerant.admits(&points, figure("5.41")));
    }

    #[test]
    fn an_open_end_of_a_tier_does_not_belong_to_it() {
        let tier = Points::Within { low: Decimal::from(6), high: Decimal::from(8), high_open: true };
        assert!(TWO.admits(&tier, figure("6")));
        assert!(!TWO.admits(&tier, figure("8")));
    }
}
