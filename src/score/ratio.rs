//! 完成率 (ratio): an exact fraction, so that nothing is rounded before the end.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

/// 比率: `numerator ÷ denominator`, kept apart until a figure is needed.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    pub numerator: Decimal,
    /// Never zero.
    pub denominator: Decimal,
}

impl Ratio {
    /// The ratio of two numbers; `None` for a zero denominator.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (!denominator.is_zero()).then_some(Ratio { numerator, denominator })
    }

    /// The ratio that a percentage stands for: 101 % is 101 ÷ 100.
    pub fn from_percent(percent: Decimal) -> Self {
        Ratio { numerator: percent, denominator: Decimal::ONE_HUNDRED }
    }

    /// The ratio as a percentage with the given places, half away from zero; `None` beyond the range of exact decimals.
    pub fn percent(&self, places: u32) -> Option<Decimal> {
        let quotient = self.percent_unrounded()?;
        Some(quotient.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The ratio as a percentage to the full 28 digits; `None` beyond the range of exact decimals.
    pub fn percent_unrounded(&self) -> Option<Decimal> {
        self.numerator.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.denominator)
    }

    /// The ratio compared with a decimal, without dividing; `None` beyond the range of exact decimals.
    pub fn compare(&self, decimal: Decimal) -> Option<Ordering> {
        let other = decimal.checked_mul(self.denominator)?;
        let order = self.numerator.cmp(&other);
        Some(if self.denominator.is_sign_negative() { order.reverse() } else { order })
    }

    /// The ratio without its sign.
    pub fn abs(&self) -> Self {
        Ratio { numerator: self.numerator.abs(), denominator: self.denominator.abs() }
    }

    /// The ratio, or zero where it is negative.
    pub fn positive_part(&self) -> Self {
        let negative = self.numerator.is_sign_negative() != self.denominator.is_sign_negative();
        Ratio { numerator: if negative { Decimal::ZERO } else { self.numerator }, denominator: self.denominator }
    }

    /// Denominator over numerator; `None` where the numerator is zero.
    pub fn inverse(&self) -> Option<Self> {
        Ratio::new(self.denominator, self.numerator)
    }
}
