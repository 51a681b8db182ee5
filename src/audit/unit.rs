//! 单位关系 (unit): whether two quantities can be compared, and what a unit counts.

use rust_decimal::Decimal;

use crate::audit::words::{AuditWords, Content, UnitClass};
use crate::indicator::{Bound, Comparator, Indicator, Meaning, Quantity, UnitRelation, Value};

/// How two units relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same, or one can be converted into the other, whatever the multiplier.
    Comparable,
    /// Exactly one of them is not written.
    OneMissing,
    /// Two words that people use for the same thing: 次 and 场次, 人 and 名.
    Similar,
    /// The same thing counted by more or fewer things, or two counting words: 元 and 元/人, 个 and 份.
    Related,
    /// 人 and %.
    Different,
}

/// How the units of two quantities relate.
pub(super) fn relation(left: &Quantity, right: &Quantity) -> Relation {
    match left.relation(right) {
        UnitRelation::Same | UnitRelation::Convertible { .. } => Relation::Comparable,
        UnitRelation::OneMissing => Relation::OneMissing,
        UnitRelation::Similar => Relation::Similar,
        UnitRelation::Different if measures(&left.unit) == measures(&right.unit) => Relation::Related,
        UnitRelation::Different => Relation::Different,
    }
}

/// What a unit measures; `None` for everything that is counted, people included.
fn measures(unit: &str) -> Option<UnitClass> {
    class(head(unit)).filter(|class| *class != UnitClass::People)
}

/// Two quantities as numbers in one unit, where they can be compared or one of them lacks its unit.
pub(super) fn numbers(left: &Bound, right: &Bound) -> Option<(Decimal, Decimal)> {
    if left.change != right.change {
        return None;
    }
    let (left, right) = (&left.quantity, &right.quantity);
    match relation(left, right) {
        Relation::Comparable => left.in_common(right),
        Relation::OneMissing if left.scale == right.scale => Some((left.number, right.number)),
        _ => None,
    }
}

/// By what factor two quantities differ that would be alike without their multipliers: 850万元 and 799元.
pub(super) fn scale_slip(target: &Bound, actual: &Bound) -> Option<Decimal> {
    let (wanted, got) = (&target.quantity, &actual.quantity);
    if wanted.scale == got.scale || relation(wanted, got) != Relation::Comparable || wanted.unit == "%" {
        return None;
    }
    let factor = |left: Decimal, right: Decimal| left.max(right).checked_div(left.min(right));
    let (left, right) =
        wanted.in_common(got).filter(|(left, right)| *left > Decimal::ZERO && *right > Decimal::ZERO)?;
    let apart = factor(left, right).filter(|apart| *apart >= SLIP)?;
    let alike = factor(wanted.number, got.number).is_some_and(|apart| apart <= Decimal::TWO);
    alike.then(|| apart.round_sf(2)).flatten()
}

/// From which factor on a difference between multipliers is a slip and not a deviation.
const SLIP: Decimal = Decimal::ONE_HUNDRED;

/// The unit without what it is divided by: 元 for 元/人·月.
fn head(unit: &str) -> &str {
    unit.split('/').next().unwrap_or(unit)
}

/// What a unit counts, where that is one of the few things that a reviewer tells apart.
fn class(unit: &str) -> Option<UnitClass> {
    let units = &AuditWords::builtin().units;
    units.iter().find(|(_, words)| words.iter().any(|word| word == unit)).map(|(class, _)| *class)
}

/// What a value is about, as far as its unit tells.
pub(super) fn content(value: &Value) -> Option<Content> {
    match &value.meaning {
        Meaning::Deadline(_) => Some(Content::Date),
        Meaning::Bound(bound) => quantity_content(&bound.quantity),
        Meaning::Range(range) => quantity_content(&range.low),
        _ => None,
    }
}

fn quantity_content(quantity: &Quantity) -> Option<Content> {
    match class(head(&quantity.unit))? {
        UnitClass::Share => Some(Content::Share),
        UnitClass::Money => Some(Content::Money),
        UnitClass::People => Some(Content::People),
        UnitClass::Time | UnitClass::Area | UnitClass::Length => None,
    }
}

/// The bound of a value, where it is one.
pub(super) fn bound(value: &Value) -> Option<&Bound> {
    match &value.meaning {
        Meaning::Bound(bound) => Some(bound),
        _ => None,
    }
}

/// Whether a result without a unit leaves open what it counts in: 90 for 90万元, 0.95 for 95%.
pub(super) fn magnitude_open(indicator: &Indicator) -> bool {
    let target = bound(&indicator.target);
    let actual = indicator.actual.as_ref().and_then(bound);
    let (Some(target), Some(actual)) = (target, actual) else { return false };
    let (wanted, got) = (&target.quantity, &actual.quantity);
    let bare = got.unit.is_empty() && !got.number.is_zero() && !wanted.unit.is_empty();
    let fraction = wanted.unit == "%" && got.number <= Decimal::ONE && wanted.number >= Decimal::TEN;
    bare && (wanted.scale != got.scale || fraction)
}

/// Whether a bound says how much at most.
pub(super) fn is_ceiling(bound: &Bound) -> bool {
    matches!(bound.comparator, Some(Comparator::AtMost | Comparator::LessThan))
}

/// The kind of a value in words.
pub(super) fn kind_words(value: &Value) -> &'static str {
    match &value.meaning {
        Meaning::Bound(_) => "数值",
        Meaning::Range(_) => "区间",
        Meaning::Deadline(_) => "时限",
        Meaning::Recurring(_) => "周期性时限",
        Meaning::Phrase(_) => "定性描述",
        Meaning::Missing => "空",
        Meaning::NotUnderstood(_) => "无法识别的内容",
    }
}
