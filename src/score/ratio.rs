//! 完成率 (ratio): an exact fraction, so that nothing is rounded before the end.

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

    /// The ratio as a percentage with the given places, half away from zero; `None` beyond the range of exact decimals.
    pub fn percent(&self, places: u32) -> Option<Decimal> {
        let hundredfold = self.numerator.checked_mul(Decimal::ONE_HUNDRED)?;
        let quotient = hundredfold.checked_div(self.denominator)?;
        Some(quotient.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
    }
}
