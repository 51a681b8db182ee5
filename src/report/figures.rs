//! 数字的写法 (figures): how decimals are printed in every report.

use rust_decimal::Decimal;

use crate::score::Points;

/// Fewest places that a score is printed with.
const SCORE_PLACES: u32 = 2;

/// A score or total: at least two places, more where the rule set keeps more.
pub fn points(value: Decimal) -> String {
    let mut value = value.normalize();
    if value.scale() < SCORE_PLACES {
        value.rescale(SCORE_PLACES);
    }
    value.to_string()
}

/// The points of a rule: one figure, or the two ends of a tier.
pub fn points_span(value: &Points) -> String {
    match value {
        Points::Exact { rounded, .. } => points(*rounded),
        Points::Within { low, high, .. } => format!("{}~{}", points(*low), points(*high)),
    }
}

/// A percentage with two places and no sign, as the JSON contract has it.
pub fn percent(value: Decimal) -> String {
    let mut value = value;
    value.rescale(SCORE_PLACES);
    value.to_string()
}

/// A weight or difference without trailing zeros.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_two_places_and_weights_none() {
        assert_eq!(points(Decimal::new(99, 1)), "9.90");
        assert_eq!(points(Decimal::new(12345, 3)), "12.345");
        assert_eq!(plain(Decimal::new(8000, 2)), "80");
        assert_eq!(percent(Decimal::new(101, 0)), "101.00");
    }

    #[test]
    fn a_tier_shows_both_ends() {
        let tier = Points::Within { low: Decimal::from(6), high: Decimal::from(8), high_open: true };
        assert_eq!(points_span(&tier), "6.00~8.00");
    }
}
