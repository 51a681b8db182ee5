//! 取舍与等级 (grade): rounding as the rule set says, caps on the total, and the grade of a total.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::ruleset::{FormCap, Rounding, RoundingMode, RuleSet};
use crate::score::Ratio;

/// Points rounded as the rule set says.
pub fn round(rounding: &Rounding, points: Decimal) -> Decimal {
    let strategy = match rounding.mode {
        RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundingMode::Truncate => RoundingStrategy::ToZero,
    };
    let mut rounded = points.round_dp_with_strategy(rounding.places, strategy);
    if rounded.scale() < rounding.places {
        rounded.rescale(rounding.places);
    }
    rounded
}

/// 等级 of a total, where the rule set has bands that cover it.
pub fn grade(rules: &RuleSet, total: Decimal) -> Option<&str> {
    let covers = |from: Decimal, below: Option<Decimal>| total >= from && below.is_none_or(|below| total < below);
    rules.grades.iter().find(|grade| covers(grade.from, grade.below)).map(|grade| grade.name.as_str())
}

/// The cap that an execution rate puts on the total, if any.
pub fn cap(rules: &RuleSet, execution_rate: Ratio) -> Option<&FormCap> {
    let holds = |cap: &&FormCap| {
        let from =
            cap.from.is_none_or(|from| matches!(execution_rate.compare(from), Some(order) if order != Ordering::Less));
        from && execution_rate.compare(cap.below) == Some(Ordering::Less)
    };
    rules.caps.iter().find(holds)
}
