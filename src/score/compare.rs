//! 目标与完成值相比 (compare): whether a target is met, from the two values alone.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::indicator::{Comparator, Deadline, Indicator, Meaning, PartialDate, Quantity, Value};
use crate::score::answer::{Answer, AnswerWords};
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
            let pair = pair(&target.quantity, &result.quantity).ok()?;
            met(ceiling_or_floor(target.comparator, indicator), pair)
        }
        (Meaning::Range(range), Meaning::Bound(result)) => {
            let low = pair(&range.low, &result.quantity).ok()?;
            let high = pair(&range.high, &result.quantity).ok()?;
            Some(low.actual >= low.target && high.actual <= high.target)
        }
        (Meaning::Deadline(due), Meaning::Deadline(done)) => in_time(due, done),
        _ => words_met(&indicator.target, actual),
    }
}

/// Whether the result differs from the target at all, better or worse; `None` where that cannot be told.
pub fn deviates(indicator: &Indicator) -> Option<bool> {
    let actual = indicator.actual.as_ref()?;
    match (&indicator.target.meaning, &actual.meaning) {
        (Meaning::Bound(target), Meaning::Bound(result)) => {
            let pair = pair(&target.quantity, &result.quantity).ok()?;
            Some(pair.target != pair.actual)
        }
        _ => target_met(indicator).map(|met| !met),
    }
}

/// Two quantities as numbers in one unit; the printed numbers themselves where their multipliers agree.
pub(super) fn pair(target: &Quantity, actual: &Quantity) -> Result<Pair, Unjudged> {
    if !units_agree(&target.unit, &actual.unit) {
        return Err(Unjudged::UnitsDiffer { target: target.unit.clone(), actual: actual.unit.clone() });
    }
    if target.scale == actual.scale {
        return Ok(Pair { target: target.number, actual: actual.number, converted: false });
    }
    let target = target.value().ok_or(Unjudged::OutOfRange)?;
    let actual = actual.value().ok_or(Unjudged::OutOfRange)?;
    Ok(Pair { target, actual, converted: true })
}

/// Whether two units may be compared: the same, or one of them not written.
fn units_agree(left: &str, right: &str) -> bool {
    left == right || left.is_empty() || right.is_empty()
}

/// The comparator a target stands for; a bare number is a floor, or a ceiling under cost levels.
pub(super) fn ceiling_or_floor(comparator: Option<Comparator>, indicator: &Indicator) -> Comparator {
    comparator.unwrap_or_else(|| {
        if AnswerWords::builtin().is_ceiling_level(&indicator.level1, &indicator.level2) {
            Comparator::AtMost
        } else {
            Comparator::AtLeast
        }
    })
}

/// Whether a pair satisfies a comparator; `None` for an approximate target that is not hit exactly.
pub(super) fn met(comparator: Comparator, pair: Pair) -> Option<bool> {
    let order = pair.actual.cmp(&pair.target);
    match comparator {
        Comparator::AtLeast => Some(order != Ordering::Less),
        Comparator::AtMost => Some(order != Ordering::Greater),
        Comparator::MoreThan => Some(order == Ordering::Greater),
        Comparator::LessThan => Some(order == Ordering::Less),
        Comparator::Equal => Some(order == Ordering::Equal),
        Comparator::About => (order == Ordering::Equal).then_some(true),
    }
}

/// Whether something was done in time; `None` where the dates are too coarse to tell.
fn in_time(due: &Deadline, done: &Deadline) -> Option<bool> {
    let (_, due_end) = span(due.date, done.date.year)?;
    let (done_start, done_end) = span(done.date, due.date.year)?;
    if matches!(due.comparator, Some(Comparator::AtLeast | Comparator::MoreThan)) {
        return (due_end == done_end).then_some(true);
    }
    if done_end <= due_end {
        Some(true)
    } else if done_start > due_end {
        Some(false)
    } else {
        None
    }
}

type Day = (i32, u32, u32);

/// First and last day of a date; a month's last day is written as its 31st, which keeps the order.
///
/// A missing year is taken from the other date: forms write 11月底前 and answer 2024年11月20日.
fn span(date: PartialDate, other_year: Option<i32>) -> Option<(Day, Day)> {
    let year = date.year.or(other_year).unwrap_or(0);
    match (date.month, date.day) {
        (Some(month), Some(day)) => Some(((year, month, day), (year, month, day))),
        (Some(month), None) => Some(((year, month, 1), (year, month, 31))),
        (None, None) if date.year.is_some() => Some(((year, 1, 1), (year, 12, 31))),
        _ => None,
    }
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
        (Meaning::Bound(target), Meaning::Bound(actual)) => pair(&target.quantity, &actual.quantity).ok(),
        _ => None,
    }
}
