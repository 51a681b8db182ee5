//! 指标值 (value): a target, a result or last year's value, understood exactly.

use rust_decimal::Decimal;

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
}

/// 定量值: a quantity with the comparator written before or after it, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    pub comparator: Option<Comparator>,
    pub quantity: Quantity,
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
    pub date: PartialDate,
}

/// A date of which year, month or day may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
