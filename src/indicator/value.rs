//! 指标值 (value): a target, a result or last year's value, understood exactly.

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use serde::Deserialize;

/// 指标值: what one cell says, with the text that said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The text as printed.
    pub written: String,
    /// What it means.
    pub meaning: Meaning,
    /// What had to be mended before it could be read, in Chinese; empty for a clean text.
    pub repairs: Vec<String>,
}

/// What a value says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// `>=95%`, `1338`, `≤450元/天/人`
    Bound(Bound),
    /// `80%-90%`
    Range(Range),
    /// `2024年12月25日前`
    Deadline(Deadline),
    /// `每季度结束后的15日内`
    Recurring(Recurring),
    /// `有效提升`, `达到预期指标`
    Phrase(Phrase),
    /// `/`, `-`, 无, 新增, blank
    Missing,
    /// What the grammar does not know; the text says why, in Chinese.
    NotUnderstood(String),
}

/// 比较符号
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// ≥ 不少于 不低于 以上
    AtLeast,
    /// ≤ 不超过 以内
    AtMost,
    /// > 大于 超过
    MoreThan,
    /// < 小于
    LessThan,
    /// = 等于
    Equal,
    /// 左右, 约
    About,
}

impl Comparator {
    /// The sign in the JSON contract.
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::AtLeast => ">=",
            Comparator::AtMost => "<=",
            Comparator::MoreThan => ">",
            Comparator::LessThan => "<",
            Comparator::Equal => "=",
            Comparator::About => "~",
        }
    }

    /// The comparator with a sign of the JSON contract.
    pub fn from_sign(sign: &str) -> Option<Comparator> {
        let all = [
            Comparator::AtLeast,
            Comparator::AtMost,
            Comparator::MoreThan,
            Comparator::LessThan,
            Comparator::Equal,
            Comparator::About,
        ];
        all.into_iter().find(|comparator| comparator.sign() == sign)
    }

    /// Whether a result meets a target, both in one unit; `None` for 左右, which is a matter of judgement.
    pub fn holds(self, actual: Decimal, target: Decimal) -> Option<bool> {
        match self {
            Comparator::AtLeast => Some(actual >= target),
            Comparator::AtMost => Some(actual <= target),
            Comparator::MoreThan => Some(actual > target),
            Comparator::LessThan => Some(actual < target),
            Comparator::Equal => Some(actual == target),
            Comparator::About => (actual == target).then_some(true),
        }
    }
}

/// 定量值: a quantity with the comparator written before or after it, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    pub comparator: Option<Comparator>,
    /// 增长 or 下降, where the number says by how much something changes; `None` for a plain amount.
    pub change: Option<Change>,
    pub quantity: Quantity,
}

impl Bound {
    /// A plain amount.
    pub fn new(comparator: Option<Comparator>, quantity: Quantity) -> Self {
        Bound { comparator, change: None, quantity }
    }
}

/// 变化方向: `增长5%` and `下降5%` print the same number and mean opposite things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// 增长, 提高, 上升
    Rise,
    /// 下降, 降低, 减少
    Fall,
}

/// 数量: an exact number with its unit; `407万人` is 407 × 10000 人.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number as printed.
    pub number: Decimal,
    /// Digits printed after the point.
    pub places: u32,
    /// The multiplier: 千 1000, 万 10000, 亿 100000000, else 1. `%` and `‰` are units, not multipliers.
    pub scale: Decimal,
    /// The unit in canonical spelling, empty where none is written: `人`, `%`, `元/人·月`.
    pub unit: String,
}

impl Quantity {
    /// The number times its multiplier; `None` beyond the range of exact decimals.
    pub fn value(&self) -> Option<Decimal> {
        self.number.checked_mul(self.scale)
    }
}

/// 区间值: both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    pub low: Quantity,
    pub high: Quantity,
}

/// 时限: a date by which, or on which, something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// `AtMost` where 前, 之前, 底前 or ≤ is written, `Equal` for `=`, `None` for a bare date.
    pub comparator: Option<Comparator>,
    /// 次年: the date is in the year after the one that the form is for; the date itself then has no year.
    pub next_year: bool,
    pub date: PartialDate,
}

/// A date of which year, month or day may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

impl PartialDate {
    /// Whether the calendar has such a date; 30 February and a 13th month are not in it. A 29 February without a year
    /// is taken to be possible.
    pub fn is_possible(&self) -> bool {
        const LEAP_YEAR: i32 = 2024;
        let (Some(month), day) = (self.month, self.day) else { return self.day.is_none() };
        NaiveDate::from_ymd_opt(self.year.unwrap_or(LEAP_YEAR), month, day.unwrap_or(1)).is_some()
    }

    /// The smallest unit that the date names.
    pub fn precision(&self) -> Precision {
        match (self.month, self.day) {
            (_, Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
        }
    }

    /// The first and the last day that the date can mean; `None` without a year or where the date is impossible.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let year = self.year?;
        let first = NaiveDate::from_ymd_opt(year, self.month.unwrap_or(1), self.day.unwrap_or(1))?;
        let next = match self.precision() {
            Precision::Day => return Some((first, first)),
            Precision::Month => first.checked_add_months(Months::new(1))?,
            Precision::Year => first.checked_add_months(Months::new(12))?,
        };
        Some((first, next.pred_opt()?))
    }
}

impl Deadline {
    /// Whether a date keeps this deadline.
    ///
    /// A target without a comparator and one with `=` is kept by any earlier date as well: a deadline says by when, and
    /// the day itself counts. A deadline without a year takes the year of the date. `None` where it cannot be said,
    /// as when both name the same month and only one of them a day that is not its last, or a date is impossible.
    pub fn satisfied_by(&self, actual: &PartialDate) -> Option<bool> {
        /// Stands for the form's year; as a leap year it has every day.
        const SAME_YEAR: i32 = 2024;
        if self.next_year {
            return None;
        }
        let target = PartialDate { year: self.date.year.or(actual.year).or(Some(SAME_YEAR)), ..self.date };
        let actual = PartialDate { year: actual.year.or(target.year), ..*actual };
        let ((target_first, target_last), (first, last)) = (target.days()?, actual.days()?);
        let within = |decided: bool, open: bool| if decided { Some(true) } else { open.then_some(false) };
        match self.comparator {
            Some(Comparator::AtLeast | Comparator::MoreThan) => within(first >= target_first, last < target_first),
            Some(Comparator::LessThan) => within(last < target_first, first >= target_first),
            _ => within(last <= target_last, first > target_last),
        }
    }
}

/// How precise a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    Day,
    Month,
    Year,
}

/// 周期性时限: `每季度结束后的15日内`, `每年年度结束后2月份`, `每月按时缴纳`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    pub period: Period,
    /// The limit after the end of the period, where one is stated: `15日`.
    pub within: Option<Quantity>,
    /// The words that say what is due, white space removed.
    pub words: String,
}

/// 周期
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// 定性值: words, white space removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub words: String,
}
