//! 目标与完成值相比 (compare): whether a target is met, from the two values alone.

use rust_decimal::Decimal;

use crate::indicator::{Bound, Comparator, Indicator, Meaning, Quantity, UnitRelation, Value};
use crate::score::answer::{Answer, AnswerWords};
use crate::score::sense::bare_comparator;
use crate::score::unjudged::Unjudged;

/// Target and actual as two numbers in one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub target: Decimal,
    pub actual: Decimal,
    /// Whether the numbers had to be brought to one multiplier first.
    pub converted: bool,
}

/// Whether the target is met, as far as the two values tell.
///
/// `None` where they do not: missing, not understood, of different kinds, or wording that says neither.
pub fn target_met(indicator: &Indicator) -> Option<bool> {
    let actual = indicator.actual.as_ref()?;
    match (&indicator.target.meaning, &actual.meaning) {
        (Meaning::Bound(target), Meaning::Bound(result)) => {
            let pair = bounds(target, result).ok()?;
            ceiling_or_floor(target.comparator, indicator).holds(pair.actual, pair.target)
        }
        (Meaning::Range(range), Meaning::Bound(result)) => {
            let low = pair(&range.low, &result.quantity).ok()?;
            let high = pair(&range.high, &result.quantity).ok()?;
            Some(low.actual >= low.target && high.actual <= high.target)
        }
        (Meaning::Deadline(due), Meaning::Deadline(done)) => due.satisfied_by(&done.date),
        _ => words_met(&indicator.target, actual),
    }
}

/// Whether the result differs from the target at all, better or worse; `None` where that cannot be told.
pub fn deviates(indicator: &Indicator) -> Option<bool> {
    let actual = indicator.actual.as_ref()?;
    match (&indicator.target.meaning, &actual.meaning) {
        (Meaning::Bound(target), Meaning::Bound(result)) => {
            let pair = bounds(target, result).ok()?;
            Some(pair.target != pair.actual)
        }
        _ => target_met(indicator).map(|met| !met),
    }
}

/// Two bounds as numbers in one unit; a rise and a fall by so much cannot be compared as numbers.
pub(super) fn bounds(target: &Bound, actual: &Bound) -> Result<Pair, Unjudged> {
    match (target.change, actual.change) {
        (Some(wanted), Some(got)) if wanted != got => Err(Unjudged::VerdictOpen),
        _ => pair(&target.quantity, &actual.quantity),
    }
}

/// Two quantities as numbers in one unit; the printed numbers themselves where their multipliers agree.
pub(super) fn pair(target: &Quantity, actual: &Quantity) -> Result<Pair, Unjudged> {
    let differ = || Unjudged::UnitsDiffer { target: unit_words(target), actual: unit_words(actual) };
    match target.relation(actual) {
        UnitRelation::Same | UnitRelation::OneMissing if target.scale == actual.scale => {
            if share_for_percentage(target, actual) {
                return Err(differ());
            }
            Ok(Pair { target: target.number, actual: actual.number, converted: false })
        }
        UnitRelation::OneMissing => without_unit(target, actual).ok_or_else(differ),
        UnitRelation::Same | UnitRelation::Convertible { .. } => {
            let (target, actual) = target.in_common(actual).ok_or(Unjudged::OutOfRange)?;
            Ok(Pair { target, actual, converted: true })
        }
        UnitRelation::Similar | UnitRelation::Different => Err(differ()),
    }
}

/// How far apart two numbers may be and still be taken for amounts in the same unit.
const PLAUSIBLE: Decimal = Decimal::TEN;

/// Two quantities of which one names no unit and no multiplier: `90` beside `≤90万元` is 90万元, `1157600` beside `≥114万人` is
/// that many persons. The numbers decide which of the two is meant; where neither is plausible, nothing is compared.
fn without_unit(target: &Quantity, actual: &Quantity) -> Option<Pair> {
    let near = |one: Decimal, other: Decimal| {
        let within = |a: Decimal, b: Decimal| b.checked_mul(PLAUSIBLE).is_some_and(|most| a <= most);
        within(one, other) && within(other, one)
    };
    let (whole, done) = target.value().zip(actual.value())?;
    if near(whole, done) {
        return Some(Pair { target: whole, actual: done, converted: true });
    }
    let same = near(target.number, actual.number);
    same.then_some(Pair { target: target.number, actual: actual.number, converted: false })
}

/// Whether one is a percentage and the other, without a unit, may be the share itself: 95 % and 0.98.
fn share_for_percentage(target: &Quantity, actual: &Quantity) -> bool {
    let (percentage, other) = match (target.unit.as_str(), actual.unit.as_str()) {
        ("%", "") => (target, actual),
        ("", "%") => (actual, target),
        _ => return false,
    };
    let fraction = other.places > 0 || other.number == Decimal::ONE;
    fraction && other.number <= Decimal::ONE && percentage.number > Decimal::ONE
}

fn unit_words(quantity: &Quantity) -> String {
    if quantity.unit.is_empty() { "无".to_owned() } else { quantity.unit.clone() }
}

/// The comparator a target stands for; a bare number is a floor, or a ceiling under cost levels and by its name.
pub(super) fn ceiling_or_floor(comparator: Option<Comparator>, indicator: &Indicator) -> Comparator {
    comparator.unwrap_or_else(|| {
        if AnswerWords::builtin().is_ceiling_level(&indicator.level1, &indicator.level2) {
            Comparator::AtMost
        } else {
            bare_comparator(indicator)
        }
    })
}

/// Whether wording says that the target is met: the target's own words, or one of the listed answers.
fn words_met(target: &Value, actual: &Value) -> Option<bool> {
    let answer = match (&target.meaning, &actual.meaning) {
        (Meaning::Phrase(wanted), Meaning::Phrase(got)) if wanted.words == got.words => Some(Answer::Met),
        (Meaning::Recurring(wanted), Meaning::Recurring(got)) if wanted == got => Some(Answer::Met),
        (Meaning::Phrase(_) | Meaning::Recurring(_) | Meaning::Deadline(_), Meaning::Phrase(got)) => {
            AnswerWords::builtin().answer(&got.words)
        }
        _ => None,
    }?;
    Some(answer == Answer::Met)
}

/// Target and actual in one unit, where both are numbers that can be compared.
pub(super) fn numbers(indicator: &Indicator) -> Option<Pair> {
    match (&indicator.target.meaning, &indicator.actual.as_ref()?.meaning) {
        (Meaning::Bound(target), Meaning::Bound(actual)) => bounds(target, actual).ok(),
        _ => None,
    }
}
