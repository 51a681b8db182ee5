//! 按比例 (proportional): the plain proportion that most places use, where the rule set only supposes another way.

use rust_decimal::Decimal;

use crate::audit::span::prints_as;
use crate::indicator::Figure;
use crate::score::{Basis, Ratio};

/// Whether a printed score is weight × rate, and the rule that says otherwise is not firm.
///
/// A rule that nobody has confirmed is no ground for calling the usual way of scoring a fault.
pub(super) fn is_usual(basis: &Basis, printed: &Figure, weight: Option<Decimal>, rate: Option<Ratio>) -> bool {
    !basis.provenance.is_firm() && follows(printed, weight, rate) == Some(true)
}

fn follows(printed: &Figure, weight: Option<Decimal>, rate: Option<Ratio>) -> Option<bool> {
    let (weight, rate) = (weight?, rate?);
    let points = rate.numerator.checked_mul(weight)?.checked_div(rate.denominator)?;
    let points = points.min(weight);
    Some(prints_as(points, printed.value, printed.places.min(MOST_PLACES)))
}

/// Most places at which a score is compared.
const MOST_PLACES: u32 = 4;
