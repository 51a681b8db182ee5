//! 计分尺的取值 (scale): curves, steps and deductions in exact decimals; multiplied first, divided once.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::ruleset::{Band, Count, OverAction, OverCompletion, Side, Steps};
use crate::score::Ratio;

/// The band that a ratio lies in and the points there; `None` beyond the range of exact decimals.
///
/// Validated bands stand in order without gaps, so the first whose upper end is not passed is the one.
pub(super) fn on_curve(bands: &[Band], ratio: Ratio, weight: Decimal) -> Option<(&Band, Decimal)> {
    for band in bands {
        let within = match band.high {
            Some(high) => match ratio.compare(high)? {
                Ordering::Less => true,
                Ordering::Equal => band.high_closed,
                Ordering::Greater => false,
            },
            None => true,
        };
        if within {
            return Some((band, on_line(band, ratio, weight)?));
        }
    }
    None
}

/// W × [y₀ + (y₁ − y₀) × (n/d − x₀) ÷ (x₁ − x₀)] as one fraction.
fn on_line(band: &Band, ratio: Ratio, weight: Decimal) -> Option<Decimal> {
    let (start, end) = band.give;
    let (Some(low), Some(high)) = (band.low, band.high) else {
        return weight.checked_mul(start);
    };
    if start == end {
        return weight.checked_mul(start);
    }
    let width = high.checked_sub(low)?.checked_mul(ratio.denominator)?;
    let along = ratio.numerator.checked_sub(low.checked_mul(ratio.denominator)?)?;
    let rise = along.checked_mul(end.checked_sub(start)?)?;
    let height = rise.checked_add(start.checked_mul(width)?)?;
    weight.checked_mul(height)?.checked_div(width)
}

/// The points after step-downs: lowest and highest admissible reading, which differ only where the text does not say
/// which steps count.
pub(super) fn on_steps(steps: &Steps, ratio: Ratio, weight: Decimal) -> Option<(Decimal, Decimal)> {
    let scaled_from = steps.from.checked_mul(ratio.denominator)?;
    let beyond = match steps.side {
        Side::Below => scaled_from.checked_sub(ratio.numerator)?,
        Side::Above => ratio.numerator.checked_sub(scaled_from)?,
    };
    let count = beyond.checked_div(steps.each.checked_mul(ratio.denominator)?)?.max(Decimal::ZERO);
    let (most, fewest) = match steps.count {
        Count::Whole => (count.floor(), count.floor()),
        Count::Started => (count.ceil(), count.ceil()),
        Count::Unstated => (count.ceil(), count.floor()),
    };
    let floor = steps.floor.points(weight)?;
    let after = |number: Decimal| {
        let lost = steps.deduct.points(weight)?.checked_mul(number)?;
        Some(weight.checked_sub(lost)?.max(floor))
    };
    Some((after(most)?, after(fewest)?))
}

/// The deduction for over-completion that a rate calls for.
pub(super) fn over_deduction(
    over: Option<&OverCompletion>,
    rate: Option<Ratio>,
    weight: Decimal,
) -> Option<(&OverCompletion, Decimal)> {
    let over = over?;
    let OverAction::Deduct(share) = over.action else { return None };
    let reached = rate?.compare(over.from)? != Ordering::Less;
    let points = share.points(weight)?;
    reached.then_some((over, points))
}
