//! 文字中的数字 (prose): finding figures in running text.

use rust_decimal::Decimal;

use crate::text::{fold, is_blank};

/// A number found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub value: Decimal,
    pub places: u32,
    /// How many bytes it takes.
    pub length: usize,
}

/// A copy of running text for searching: folded, without white space and thousands separators.
pub(crate) fn prose(text: &str) -> String {
    let characters: Vec<char> = text.chars().filter(|c| !is_blank(*c)).collect();
    let digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let separates = |at: usize| {
        let three_follow = (1..=3).all(|step| digit(at + step)) && !digit(at + 4);
        at > 0 && digit(at - 1) && three_follow
    };
    let kept = characters.iter().enumerate().filter(|(at, c)| **c != ',' || !separates(*at)).map(|(_, c)| *c);
    fold(&kept.collect::<String>())
}

/// The number that a text begins with.
pub(crate) fn number_at(text: &str) -> Option<Number> {
    let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut length = whole;
    let mut places = 0;
    if let Some(rest) = text.get(whole..).and_then(|rest| rest.strip_prefix('.')) {
        let fraction = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if fraction > 0 {
            length = whole + 1 + fraction;
            places = u32::try_from(fraction).ok()?;
        }
    }
    let value = text.get(..length).filter(|_| whole > 0)?.parse().ok()?;
    Some(Number { value, places, length })
}

/// Where a pattern occurs first, `#` standing for a number: its start, its end and the number.
pub(crate) fn find_pattern(text: &str, pattern: &str) -> Option<(usize, usize, Number)> {
    let (before, after) = pattern.split_once('#')?;
    text.match_indices(before).find_map(|(start, _)| {
        let number_start = start + before.len();
        let number = number_at(text.get(number_start..)?)?;
        let number_end = number_start + number.length;
        text.get(number_end..)?.starts_with(after).then_some((start, number_end + after.len(), number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_with_separators_and_blanks() {
        let text = prose("整体预算绩效目标1个，涉及金额 1,134.91 万元；");
        let (_, _, number) = find_pattern(&text, "涉及金额#万元").unwrap();
        assert_eq!((number.value.to_string(), number.places), ("1134.91".to_owned(), 2));
        assert_eq!(prose("2,3,45"), "2,3,45");
    }
}
