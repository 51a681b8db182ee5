//! 试算 (probe): the points a rule set gives at a completion rate, and the curve drawn from them.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::{Bound, Comparator, Figure, Indicator, Meaning, Quantity, Reading, Value};
use crate::ruleset::{RuleSet, TargetKind};
use crate::score::{self, Points};

/// The points for a numeric target of a kind at a completion rate; `rate` 1.1 is 110 %.
///
/// `rule` is a printed rule name; `None` follows the set's default for project forms. `None` comes back where the set does
/// not score such a row.
pub fn points_at(
    rules: &RuleSet,
    rule: Option<&str>,
    kind: TargetKind,
    rate: Decimal,
    weight: Decimal,
) -> Option<Points> {
    let indicator = indicator(rule, kind, rate, weight)?;
    score::judge(&indicator, FormKind::ProjectSelfEvaluation, rules).ok().map(|judgement| judgement.points)
}

fn indicator(rule: Option<&str>, kind: TargetKind, rate: Decimal, weight: Decimal) -> Option<Indicator> {
    let comparator = match kind {
        TargetKind::AtLeast => Some(Comparator::AtLeast),
        TargetKind::MoreThan => Some(Comparator::MoreThan),
        TargetKind::AtMost => Some(Comparator::AtMost),
        TargetKind::LessThan => Some(Comparator::LessThan),
        TargetKind::Equal => Some(Comparator::Equal),
        TargetKind::About => Some(Comparator::About),
        TargetKind::Bare => None,
        TargetKind::Range | TargetKind::Date | TargetKind::Recurring | TargetKind::Phrase => return None,
    };
    // A target of 100 % makes the completion rate and the result the same number.
    let result = rate.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(Indicator {
        name: String::new(),
        level1: String::new(),
        level2: String::new(),
        weight: Reading::Read(Figure { value: weight, places: weight.scale(), percent: false }),
        target: percentage(comparator, Decimal::ONE_HUNDRED),
        actual: Some(percentage(None, result)),
        previous: None,
        rate: Reading::Absent,
        score: Reading::Absent,
        rule: rule.map(str::to_owned),
        reason: None,
    })
}

fn percentage(comparator: Option<Comparator>, number: Decimal) -> Value {
    let quantity = Quantity { number, places: number.scale(), scale: Decimal::ONE, unit: "%".to_owned() };
    let sign = comparator.map_or("", Comparator::sign);
    Value {
        written: format!("{sign}{}%", number.normalize()),
        meaning: Meaning::Bound(Bound::new(comparator, quantity)),
        repairs: Vec::new(),
    }
}

/// Columns of a drawn curve: one for every four per cent from 0 to 220 %.
const COLUMNS: u32 = 56;
const STEP: Decimal = Decimal::from_parts(4, 0, 0, false, 2);
/// Rows of a drawn curve: one point each.
const ROWS: u32 = 10;

/// The curve for a weight of 10, drawn with characters: completion rate to the right, points upwards.
///
/// Empty where the set gives no figure anywhere.
pub fn drawn_curve(rules: &RuleSet, rule: Option<&str>, kind: TargetKind) -> String {
    let heights: Vec<Option<u32>> = (0..COLUMNS)
        .map(|column| {
            let rate = STEP.checked_mul(Decimal::from(column))?;
            match points_at(rules, rule, kind, rate, Decimal::TEN)? {
                Points::Exact { rounded, .. } => whole(rounded),
                Points::Within { high, .. } => whole(high),
            }
        })
        .collect();
    if heights.iter().all(Option::is_none) {
        return String::new();
    }
    let mut drawing = String::new();
    for level in (0..=ROWS).rev() {
        let label = if level % 5 == 0 { format!("{level:>3} ┤") } else { "    │".to_owned() };
        let line: String = heights.iter().map(|height| if *height == Some(level) { '•' } else { ' ' }).collect();
        drawing.push_str(&format!("{label}{}\n", line.trim_end()));
    }
    drawing + &axis()
}

fn whole(points: Decimal) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    points.round().to_u32()
}

/// Marks every 60, 100 and 200 per cent below the curve.
fn axis() -> String {
    let marks = [(0usize, "0%"), (15, "60%"), (25, "100%"), (50, "200%")];
    let rule: String =
        (0..COLUMNS as usize).map(|column| if marks.iter().any(|(at, _)| *at == column) { '┬' } else { '─' }).collect();
    let mut labels = String::from("     ");
    for (at, label) in marks {
        while labels.chars().count() < 5 + at {
            labels.push(' ');
        }
        labels.push_str(label);
    }
    format!("    └{rule}\n{labels}\n")
}
