//! 计量 (measure): quantities made comparable, given their unit and kept whole.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Context;
use crate::indicator::{Meaning, Quantity, UnitRelation, Value};
use crate::template::policy::Units;

/// How far apart two numbers may be, one of them without a unit, to be taken for the same measure.
const SAME_MAGNITUDE: Decimal = Decimal::TEN;

/// Two quantities as numbers in one unit.
pub(in crate::template) fn comparable(one: &Quantity, other: &Quantity) -> Option<(Decimal, Decimal)> {
    one.in_common(other)
}

/// A quantity that can be compared with another; a unit left out on one side is taken over from the other where the
/// magnitudes allow it.
pub(super) fn like(quantity: &Quantity, other: &Quantity) -> Option<Quantity> {
    match quantity.relation(other) {
        UnitRelation::Same | UnitRelation::Convertible { .. } => Some(quantity.clone()),
        UnitRelation::OneMissing if same_magnitude(quantity, other) => {
            let unit = if quantity.unit.is_empty() { other.unit.clone() } else { quantity.unit.clone() };
            Some(Quantity { unit, ..quantity.clone() })
        }
        _ => None,
    }
}

fn same_magnitude(one: &Quantity, other: &Quantity) -> bool {
    let (Some(one), Some(other)) = (one.value(), other.value()) else { return false };
    let within = |small: Decimal, large: Decimal| small.checked_mul(SAME_MAGNITUDE).is_some_and(|most| large <= most);
    within(one, other) && within(other, one)
}

/// Whether the quantity counts persons or things, which do not come in halves.
pub(in crate::template) fn is_whole(quantity: &Quantity, units: &Units) -> bool {
    let divisible = |unit: &String| *unit == quantity.unit;
    quantity.scale == Decimal::ONE && !quantity.unit.contains(['/', '·']) && !units.divisible.iter().any(divisible)
}

/// The quantity with another number, at the given places.
pub(super) fn with_number(quantity: &Quantity, number: Decimal, places: u32) -> Quantity {
    let mut number = number;
    number.rescale(places);
    Quantity { number, places, ..quantity.clone() }
}

/// Which way a number that has to be whole is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    Up,
    Down,
}

/// The quantity without a fraction where it counts whole things.
pub(super) fn whole(quantity: Quantity, units: &Units, toward: Toward) -> Quantity {
    if !is_whole(&quantity, units) || quantity.number.fract().is_zero() {
        return quantity;
    }
    let strategy = match toward {
        Toward::Up => RoundingStrategy::AwayFromZero,
        Toward::Down => RoundingStrategy::ToZero,
    };
    let number = quantity.number.round_dp_with_strategy(0, strategy);
    with_number(&quantity, number, 0)
}

/// The unit of a target that prints none: from the result, from a bracket in the name, or from the name's ending.
pub(super) fn unit_of(quantity: &Quantity, context: &Context) -> Option<String> {
    if !quantity.unit.is_empty() {
        return Some(quantity.unit.clone());
    }
    let from_results = context.past.results.values().rev().find_map(|value| match &value.meaning {
        Meaning::Bound(bound) if !bound.quantity.unit.is_empty() => Some(bound.quantity.unit.clone()),
        _ => None,
    });
    from_results.or_else(|| bracketed(context.name())).or_else(|| from_ending(context))
}

/// 培训次数（次）
fn bracketed(name: &str) -> Option<String> {
    let folded = crate::text::fold(name);
    let inside = folded.strip_suffix(')')?.rsplit_once('(')?.1;
    match Value::parse(&format!("1{inside}")).meaning {
        Meaning::Bound(bound) if bound.quantity.scale == Decimal::ONE && !bound.quantity.unit.is_empty() => {
            Some(bound.quantity.unit)
        }
        _ => None,
    }
}

fn from_ending(context: &Context) -> Option<String> {
    let named = context.policy.units.from_names.iter().find(|(ending, _)| context.name().ends_with(ending.as_str()));
    named.map(|(_, unit)| unit.clone())
}

/// The name without a bracket at its end: 群众满意度（%） is 群众满意度.
pub(super) fn bare_name(name: &str) -> String {
    let folded = crate::text::fold(name);
    match folded.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((before, _)) if !before.is_empty() => before.to_owned(),
        _ => folded,
    }
}
