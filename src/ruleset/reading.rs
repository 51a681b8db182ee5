//! 算例中的指标值 (reading): the targets and results of examples, read as those of forms are.

use rust_decimal::Decimal;

use crate::indicator::{Bound, Comparator, Deadline, Meaning, PartialDate, Phrase, Quantity, Value};
use crate::text::{fold, squeeze};

/// A value as an example writes it.
pub fn value(written: &str) -> Value {
    let text = squeeze(&fold(written));
    let meaning = if text.is_empty() || text == "/" { Meaning::Missing } else { meaning(&text) };
    Value { written: written.to_owned(), meaning, repairs: Vec::new() }
}

const SIGNS: [(&str, Comparator); 8] = [
    (">=", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    (">", Comparator::MoreThan),
    ("<", Comparator::LessThan),
    ("=", Comparator::Equal),
    ("≧", Comparator::AtLeast),
];

fn meaning(text: &str) -> Meaning {
    let sign = SIGNS.iter().find(|(sign, _)| text.starts_with(sign));
    let comparator = sign.map(|(_, comparator)| *comparator);
    let rest = sign.and_then(|(sign, _)| text.strip_prefix(sign)).unwrap_or(text);
    if let Some(date) = date(rest) {
        return Meaning::Deadline(Deadline { comparator, date });
    }
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.' || *c == '-').collect();
    let Ok(number) = digits.parse::<Decimal>() else {
        return Meaning::Phrase(Phrase { words: text.to_owned() });
    };
    let tail = rest.strip_prefix(digits.as_str()).unwrap_or_default();
    let (scale, unit) = match tail.chars().next() {
        Some('万') => (10_000, tail.trim_start_matches('万')),
        Some('亿') => (100_000_000, tail.trim_start_matches('亿')),
        _ => (1, tail),
    };
    let quantity = Quantity { number, places: number.scale(), scale: Decimal::from(scale), unit: unit.to_owned() };
    Meaning::Bound(Bound::new(comparator, quantity))
}

fn date(text: &str) -> Option<PartialDate> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.split_once('日').map(|(day, _)| day);
    Some(PartialDate {
        year: Some(year.parse().ok()?),
        month: Some(month.parse().ok()?),
        day: day.and_then(|day| day.parse().ok()),
    })
}
