//! 规则集之间的差别 (difference): what two sets give for the same rows.

use rust_decimal::Decimal;

use crate::ruleset::present::probe::points_at;
use crate::ruleset::{RuleSet, TargetKind};
use crate::score::Points;

/// 差别: the points of two sets for one kind of target at one completion rate, for a weight of 10.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The rule name that both sets know; `None` for rows without one.
    pub rule: Option<String>,
    pub kind: TargetKind,
    /// 1.1 is 110 %.
    pub rate: Decimal,
    pub left: Option<Points>,
    pub right: Option<Points>,
}

impl Difference {
    /// Whether the two sets agree here.
    pub fn is_none(&self) -> bool {
        self.left == self.right
    }
}

/// Completion rates that show where rule sets part, in hundredths.
const RATES: [u32; 13] = [0, 50, 60, 70, 80, 90, 95, 100, 105, 110, 130, 150, 200];

/// The points of two sets at telling completion rates (or at the given ones), for `≥`, `≤` and `=` targets: first for rows
/// without a rule name, then for every rule name that both sets know.
pub fn differences(left: &RuleSet, right: &RuleSet, rates: &[Decimal]) -> Vec<Difference> {
    let telling: Vec<Decimal> = RATES.iter().map(|rate| Decimal::new(i64::from(*rate), 2)).collect();
    let rates = if rates.is_empty() { telling.as_slice() } else { rates };
    let shared = left.rules.iter().map(|rule| rule.name.as_str()).filter(|name| right.rule(name).is_some());
    let names: Vec<Option<&str>> = std::iter::once(None).chain(shared.map(Some)).collect();
    let mut found = Vec::new();
    for name in names {
        for kind in [TargetKind::AtLeast, TargetKind::AtMost, TargetKind::Equal] {
            found.extend(rates.iter().map(|rate| Difference {
                rule: name.map(str::to_owned),
                kind,
                rate: *rate,
                left: points_at(left, name, kind, *rate, Decimal::TEN),
                right: points_at(right, name, kind, *rate, Decimal::TEN),
            }));
        }
    }
    found
}
