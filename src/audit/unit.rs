//! 单位关系 (unit): whether two quantities can be compared, and what a unit counts.

use rust_decimal::Decimal;

use crate::audit::words::{AuditWords, Content, UnitClass};
use crate::indicator::{Bound, Meaning, Quantity, Value};

/// How two units relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same, whatever the multiplier.
    Same,
    /// Exactly one of them is not written.
    OneMissing,
    /// Two words for nearly the same thing, or the same thing counted by more or fewer things: 个 and 家, 元 and 元/人.
    Related,
    /// 人 and %.
    Different,
}

/// How the units of two quantities relate.
pub(super) fn relation(left: &Quantity, right: &Quantity) -> Relation {
    let (left, right) = (left.unit.as_str(), right.unit.as_str());
    if left == right {
        return Relation::Same;
    }
    if left.is_empty() || right.is_empty() {
        return Relation::OneMissing;
    }
    let (head_left, head_right) = (head(left), head(right));
    if head_left == head_right || (class(head_left).is_none() && class(head_right).is_none()) {
        return Relation::Related;
    }
    if class(head_left).is_some() && class(head_left) == class(head_right) {
        return Relation::Related;
    }
    Relation::Different
}

/// Two quantities as numbers in one unit, where they can be compared or one of them lacks its unit.
pub(super) fn numbers(left: &Quantity, right: &Quantity) -> Option<(Decimal, Decimal)> {
    match relation(left, right) {
        Relation::Same => Some((left.value()?, right.value()?)),
        Relation::OneMissing if left.scale == right.scale => Some((left.number, right.number)),
        _ => None,
    }
}

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

/// Whether a quantity is an amount of money.
pub(super) fn is_money(quantity: &Quantity) -> bool {
    quantity_content(quantity) == Some(Content::Money)
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
