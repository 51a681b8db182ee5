//! 结论 (verdict): whether a printed score is what the rule gives.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::score::Points;

/// 结论 of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 一致
    Agrees,
    /// 不一致
    Differs,
    /// 未评价
    NotEvaluated,
}

impl Verdict {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Differs => "differs",
            Verdict::NotEvaluated => "not-evaluated",
        }
    }

    /// The word a user reads.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Agrees => "一致",
            Verdict::Differs => "不一致",
            Verdict::NotEvaluated => "未评价",
        }
    }

    /// Compares a printed score with the points of the rule: rounded or cut off at the places of the rule set.
    pub fn of(published: Option<Decimal>, points: Option<&Points>) -> Verdict {
        match (published, points) {
            (Some(published), Some(points)) if admits(points, published) => Verdict::Agrees,
            (Some(_), Some(_)) => Verdict::Differs,
            _ => Verdict::NotEvaluated,
        }
    }
}

fn admits(points: &Points, published: Decimal) -> bool {
    match *points {
        Points::Exact { rounded, unrounded } => published == rounded || published == truncated(rounded, unrounded),
        Points::Within { low, high, high_open } => {
            published >= low && if high_open { published < high } else { published <= high }
        }
    }
}

fn truncated(rounded: Decimal, unrounded: Decimal) -> Decimal {
    unrounded.round_dp_with_strategy(rounded.scale(), RoundingStrategy::ToZero)
}

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
    pub fn count(&mut self, published: Option<Decimal>, points: Option<&Points>) {
        let (Some(published), Some(Points::Exact { rounded, unrounded })) = (published, points) else { return };
        let truncated = truncated(*rounded, *unrounded);
        if truncated == *rounded {
            return;
        }
        self.rounded += usize::from(published == *rounded);
        self.truncated += usize::from(published == truncated);
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

    fn exact(rounded: i64, unrounded: i64) -> Points {
        Points::Exact { rounded: Decimal::new(rounded, 2), unrounded: Decimal::new(unrounded, 4) }
    }

    #[test]
    fn rounded_and_truncated_scores_agree() {
        let points = exact(536, 53551);
        assert_eq!(Verdict::of(Some(Decimal::new(536, 2)), Some(&points)), Verdict::Agrees);
        assert_eq!(Verdict::of(Some(Decimal::new(535, 2)), Some(&points)), Verdict::Agrees);
        assert_eq!(Verdict::of(Some(Decimal::new(54, 1)), Some(&points)), Verdict::Differs);
        assert_eq!(Verdict::of(None, Some(&points)), Verdict::NotEvaluated);
    }

    #[test]
    fn an_open_end_of_a_tier_does_not_belong_to_it() {
        let tier = Points::Within { low: Decimal::from(6), high: Decimal::from(8), high_open: true };
        assert_eq!(Verdict::of(Some(Decimal::from(6)), Some(&tier)), Verdict::Agrees);
        assert_eq!(Verdict::of(Some(Decimal::from(8)), Some(&tier)), Verdict::Differs);
    }

    #[test]
    fn only_rows_that_tell_decide_the_rounding() {
        let mut rounding = Rounding::default();
        rounding.count(Some(Decimal::new(500, 2)), Some(&exact(500, 50000)));
        assert_eq!(rounding.key(), "undetermined");
        rounding.count(Some(Decimal::new(535, 2)), Some(&exact(536, 53551)));
        assert_eq!(rounding.key(), "truncate");
        rounding.count(Some(Decimal::new(536, 2)), Some(&exact(536, 53551)));
        assert_eq!(rounding.key(), "mixed");
    }
}
