//! 数字 (figure): a printed number that remembers how precisely it was printed.

use rust_decimal::Decimal;

use super::exact;
use crate::text::{fold, squeeze, without_note};

/// 数字: a number as printed; `99.8%` is 99.8 with one place, marked as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The number, exact.
    pub value: Decimal,
    /// Digits printed after the point: the figure stands for itself and half a unit of the last place either side.
    pub places: u32,
    /// Whether a percent sign followed.
    pub percent: bool,
}

/// What a cell that should hold a number holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<T> {
    /// The form has no such column.
    Absent,
    /// Nothing is written, or a dash that says that nothing belongs here.
    Blank,
    /// The number.
    Read(T),
    /// Something that is no number, as printed.
    NotUnderstood(String),
}

impl<T> Reading<T> {
    /// The number, where there is one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Reading::Read(value) => Some(value),
            _ => None,
        }
    }
}

impl Figure {
    /// A rate in percent, with its places: 0.9265 is 92.65 %.
    pub fn percentage(&self) -> (Decimal, u32) {
        let is_fraction = !self.percent && self.value.abs() <= Decimal::TWO && self.places >= 2
            || (!self.percent && self.value == Decimal::ONE);
        match self.value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(hundredfold) if is_fraction => (hundredfold, self.places.saturating_sub(2)),
            _ => (self.value, self.places),
        }
    }

    /// Reads a weight, a rate, a score or an amount: `1,239.70`, `100.00%`, `100.00分`, `8 分`; a dash is blank.
    ///
    /// 万元, 元 and 分 after the number are left away; 元 and 万元 are not told apart, because the heading of the column
    /// says which it is.
    pub fn parse(text: &str) -> Reading<Figure> {
        let copy = squeeze(&fold(text));
        if copy.is_empty() || copy.chars().all(|c| matches!(c, '/' | '-' | '—' | '–' | '―' | '\\')) || copy == "无"
        {
            return Reading::Blank;
        }
        let copy = without_note(&copy);
        let inner = copy.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(copy);
        let (number, percent) = match inner.strip_suffix(['%', '﹪']) {
            Some(number) => (number, true),
            None => (ENDINGS.iter().find_map(|ending| inner.strip_suffix(ending)).unwrap_or(inner), false),
        };
        match exact(number) {
            Some(value) => Reading::Read(Figure { value, places: value.scale(), percent }),
            None => Reading::NotUnderstood(text.to_owned()),
        }
    }
}

/// Units that may follow a figure without changing it.
const ENDINGS: [&str; 3] = ["分", "万元", "元"];

/// The number, if it is written as one and can be kept exactly; thousands separators stand between groups of three.
fn exact(number: &str) -> Option<Decimal> {
    let digits = number.trim_start_matches(['-', '+']);
    if number.len() - digits.len() > 1 || digits.is_empty() {
        return None;
    }
    let (whole, places) = digits.split_once('.').map_or((digits, None), |(whole, places)| (whole, Some(places)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split([',', '，']);
    let first = groups.next()?;
    let mut separated = false;
    for group in groups {
        separated = true;
        if group.len() != 3 || !all_digits(group) {
            return None;
        }
    }
    if !all_digits(first) || (separated && first.len() > 3) || !places.is_none_or(all_digits) {
        return None;
    }
    let plain: String = number.chars().filter(|c| !matches!(c, ',' | '，' | '+')).collect();
    exact::exact(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = match Figure::parse(text) {
            Reading::Read(figure) => format!("{}{}", figure.value, if figure.percent { "%" } else { "" }),
            Reading::Blank => "blank".to_owned(),
            Reading::NotUnderstood(_) => "not understood".to_owned(),
            Reading::Absent => "absent".to_owned(),
        };
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn figures_keep_their_printed_places() {
        for (text, expected) in [
            ("1,239.70", "1239.70"),
            ("100.00%", "100.00%"),
            ("100.00分", "100.00"),
            ("8 分", "8"),
            ("１０．５", "10.5"),
            ("99.8 %", "99.8%"),
            ("(10)", "10"),
            ("（10分）", "10"),
            ("2, 361. 22", "2361.22"),
            ("3.5万元", "3.5"),
            ("48（含上年结转3）", "48"),
            ("-0.5", "-0.5"),
            ("0", "0"),
            ("10%", "10%"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn dashes_are_blank_and_words_are_not_understood() {
        for text in ["", " ", "—", "-", "/", "--", "——", "无"] {
            check(text, "blank");
        }
        for text in ["abc", "12,34", "1.2.3", "10.", "99999999999999999999999999999999", "--5", "5-6", "九分", "1,2345"]
        {
            check(text, "not understood");
        }
    }
}
