//! 精度区间 (span): a printed figure stands for every number that prints like it.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::indicator::Figure;

/// The numbers from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub low: Decimal,
    pub high: Decimal,
}

impl Span {
    /// What a rounded figure stands for: half a unit of its last place either side.
    pub fn of(figure: &Figure) -> Option<Span> {
        Span::around(figure.value, half_unit(figure.places))
    }

    /// A number and the same distance either side.
    pub fn around(value: Decimal, half: Decimal) -> Option<Span> {
        Some(Span { low: value.checked_sub(half)?, high: value.checked_add(half)? })
    }

    /// The sum of two spans.
    pub fn plus(self, other: Span) -> Option<Span> {
        Some(Span { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    /// Whether the two have a number in common.
    pub fn meets(self, other: Span) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What an amount stands for among others printed with so many places; whole amounts are taken to be exact.
pub(super) fn amount(value: Decimal, places: u32) -> Option<Span> {
    let half = if places == 0 { Decimal::ZERO } else { half_unit(places) };
    Span::around(value, half)
}

/// Half a unit of a decimal place: 0.005 for two places.
pub(super) fn half_unit(places: u32) -> Decimal {
    Decimal::try_new(5, places.saturating_add(1)).unwrap_or_default()
}

/// Whether a number prints as `printed` with the given places, rounded or cut off.
pub(super) fn prints_as(number: Decimal, printed: Decimal, places: u32) -> bool {
    rounded(number, places) == printed || cut(number, places) == printed
}

/// A number rounded half away from zero.
pub(super) fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// A number with the further places cut off.
pub(super) fn cut(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::ToZero)
}

/// The sum of numbers; `None` beyond the range of exact decimals.
pub(super) fn sum(numbers: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    numbers.into_iter().try_fold(Decimal::ZERO, |total, number| total.checked_add(number))
}

/// A number as a message shows it: no trailing zeros.
pub(super) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_figure_stands_for_half_a_unit_either_side() {
        let figure = Figure { value: decimal("99.8"), places: 1, percent: true };
        let span = Span::of(&figure).unwrap();
        assert_eq!((span.low, span.high), (decimal("99.75"), decimal("99.85")));
    }

    #[test]
    fn both_rounding_and_cutting_off_print() {
        assert!(prints_as(decimal("83.7777"), decimal("83.78"), 2));
        assert!(prints_as(decimal("83.7777"), decimal("83.77"), 2));
        assert!(!prints_as(decimal("83.7777"), decimal("83.76"), 2));
    }
}
