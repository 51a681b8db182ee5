//! 计分尺 (scale): bands and steps by which a measure becomes a share of the weight.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::ruleset::Statement;

/// 分值份额: a part of the weight or a number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// A fraction of the weight: 0.6 for 60 %.
    OfWeight(Decimal),
    /// 分
    Points(Decimal),
}

impl Share {
    /// The points for a weight; `None` beyond the range of exact decimals.
    pub fn points(self, weight: Decimal) -> Option<Decimal> {
        match self {
            Share::OfWeight(fraction) => weight.checked_mul(fraction),
            Share::Points(points) => Some(points),
        }
    }
}

/// 区间: a stretch of measures on which the share of the weight is a straight line.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Lower end of the measure, 0.6 for 60 %; `None` without end.
    pub low: Option<Decimal>,
    /// Whether the lower end itself belongs to the band.
    pub low_closed: bool,
    /// Upper end; `None` without end.
    pub high: Option<Decimal>,
    pub high_closed: bool,
    /// Share of the weight at the lower and at the upper end.
    pub give: (Decimal, Decimal),
    pub statement: Statement,
}

/// 逐档扣分: each step below (or above) a line costs the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// The measure up to which nothing is deducted, 0.9 for 90 %.
    pub from: Decimal,
    pub side: Side,
    /// Width of a step, 0.05 for five percentage points.
    pub each: Decimal,
    pub deduct: Share,
    pub count: Count,
    /// Never fewer points than this.
    pub floor: Share,
}

/// Which side of the line is deducted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Below,
    Above,
}

/// Which steps count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// Only whole steps.
    Whole,
    /// Every step begun.
    Started,
    /// The text does not say: both readings bound the score.
    Unstated,
}
