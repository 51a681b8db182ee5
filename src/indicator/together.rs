//! 对照 (together): what a target and a result say only side by side, or beside the name of the indicator.

use rust_decimal::Decimal;

use super::words::words;
use super::{Bound, Comparator, Indicator, Meaning, Phrase, Quantity, Value};
use crate::text::{fold, squeeze};

/// Reads the target and the result of a row in the light of each other and of the name.
pub(super) fn read_together(indicator: &mut Indicator) {
    let sign = sign_in_name(&indicator.name);
    if let Meaning::Bound(bound) = &mut indicator.target.meaning
        && bound.comparator.is_none()
        && bound.change.is_none()
    {
        // No form means “at least none”.
        let none = bound.quantity.number.is_zero().then_some(Comparator::AtMost);
        bound.comparator = sign.or(none);
    }
    let Some(actual) = &mut indicator.actual else { return };
    let target = &mut indicator.target;
    if let (Meaning::NotUnderstood(_), Meaning::NotUnderstood(_)) = (&target.meaning, &actual.meaning)
        && same_words(target, actual)
    {
        let words = squeeze(&target.written);
        target.meaning = Meaning::Phrase(Phrase { words: words.clone() });
        actual.meaning = Meaning::Phrase(Phrase { words });
        return;
    }
    if let Some(number) = as_number(target, actual) {
        let comparator = if number.number.is_zero() { Comparator::AtMost } else { Comparator::AtLeast };
        target.meaning = Meaning::Bound(Bound::new(Some(comparator), number));
    } else if let Some(number) = as_number(actual, target) {
        actual.meaning = Meaning::Bound(Bound::new(None, number));
    }
}

/// The comparator in a name that gives it for the value: `项目总投入(≤**万元)`.
fn sign_in_name(name: &str) -> Option<Comparator> {
    let name = fold(name);
    let (_, limit) = name.rsplit_once('(')?;
    let limit = limit.strip_suffix(')')?;
    match limit.chars().next()? {
        '≥' => Some(Comparator::AtLeast),
        '≤' => Some(Comparator::AtMost),
        _ => None,
    }
}

/// Whether both cells hold the same text, letter for letter, with more than signs in it.
fn same_words(one: &Value, other: &Value) -> bool {
    let text = squeeze(&fold(&one.written));
    text == squeeze(&fold(&other.written)) && text.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// The number that words stand for beside a number: 全覆盖 beside a percentage, 零事故 beside a count.
fn as_number(words_of: &Value, beside: &Value) -> Option<Quantity> {
    let (Meaning::Phrase(phrase), Meaning::Bound(bound)) = (&words_of.meaning, &beside.meaning) else { return None };
    let quantity =
        |number: Decimal| Quantity { number, places: 0, scale: Decimal::ONE, unit: bound.quantity.unit.clone() };
    if words().whole.contains(&phrase.words) && bound.quantity.unit == "%" {
        return Some(quantity(Decimal::ONE_HUNDRED));
    }
    let none = phrase.words.strip_prefix(['零', '无'])?;
    words().zero_of.contains(none).then(|| quantity(Decimal::ZERO))
}
