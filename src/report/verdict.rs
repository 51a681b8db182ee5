//! 取舍 (rounding): which rounding the scores of a form obey; the verdict itself is [`crate::score::Verdict`].

use crate::indicator::Figure;
pub use crate::score::Verdict;
use crate::score::{Measure, Points};

/// 取舍方式: which rounding the scores of a form obey, as far as they tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rounding {
    /// Scores that only rounding half up explains.
    pub rounded: usize,
    /// Scores that only cutting off explains.
    pub truncated: usize,
}

impl Rounding {
    /// Counts one printed score.
    pub fn count(&mut self, published: Option<Figure>, points: Option<&Points>, measure: &Measure) {
        let (Some(published), Some(Points::Exact { unrounded, .. })) = (published, points) else { return };
        let [rounded, truncated] = measure.readings(*unrounded, published);
        if rounded != truncated {
            self.rounded += usize::from(published.value == rounded);
            self.truncated += usize::from(published.value == truncated);
        }
    }

    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match (self.rounded, self.truncated) {
            (0, 0) => "undetermined",
            (_, 0) => "round",
            (0, _) => "truncate",
            _ => "mixed",
        }
    }

    /// What is accepted and what the form uses, in words.
    pub fn words(self) -> String {
        let used = match (self.rounded, self.truncated) {
            (0, 0) => "本表各行看不出区别".to_owned(),
            (rounded, 0) => format!("本表采用四舍五入（{rounded}行可证）"),
            (0, truncated) => format!("本表采用舍去（{truncated}行可证）"),
            (rounded, truncated) => format!("本表两种混用（四舍五入{rounded}行，舍去{truncated}行）"),
        };
        format!("接受四舍五入或舍去；{used}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    const TWO: Measure = Measure { places: 2, tolerance: Decimal::ZERO };

    fn exact(rounded: i64, unrounded: i64) -> Points {
        Points::Exact { rounded: Decimal::new(rounded, 2), unrounded: Decimal::new(unrounded, 4) }
    }

    fn figure(text: &str) -> Option<Figure> {
        let value: Decimal = text.parse().unwrap();
        Some(Figure { value, places: value.scale(), percent: false })
    }

    #[test]
    fn only_rows_that_tell_decide_the_rounding() {
        let mut rounding = Rounding::default();
        rounding.count(figure("5.00"), Some(&exact(500, 50000)), &TWO);
        assert_eq!(rounding.key(), "undetermined");
        rounding.count(figure("5.35"), Some(&exact(536, 53561)), &TWO);
        assert_eq!(rounding.key(), "truncate");
        rounding.count(figure("5.36"), Some(&exact(536, 53561)), &TWO);
        assert_eq!(rounding.key(), "mixed");
    }
}
