//! 精确数 (exact): the one place where printed digits become a number.

use rust_decimal::Decimal;

/// Numbers are kept below this, and to this many places: any two of them multiply, and any table of them adds up, within the
/// 28 digits that are kept exactly.
const LARGEST: u64 = 100_000_000_000_000;
const MOST_PLACES: u32 = 14;

/// The number, exact; `None` where it is none or larger than any budget and so a mistake.
pub(super) fn exact(digits: &str) -> Option<Decimal> {
    let number = Decimal::from_str_exact(digits).ok()?;
    (number.scale() <= MOST_PLACES && number.abs() <= Decimal::from(LARGEST)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_that_are_taken_can_always_be_added_and_multiplied() {
        let largest = exact("100000000000000").unwrap();
        assert!(largest.checked_mul(largest).is_some());
        let finest = exact("99999999999999.99999999999999").unwrap();
        assert!(finest.checked_add(finest).is_some());
        assert_eq!(exact("100000000000001"), None);
        assert_eq!(exact("79228162514264337593543950335"), None);
        assert_eq!(exact("0.000000000000001"), None);
    }
}
