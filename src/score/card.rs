//! 评分卡 (score card): what the engine found for one form.

use rust_decimal::Decimal;

use crate::ruleset::Provenance;
use crate::score::Ratio;

/// 评分卡: the recomputed scores of one form, in the order of its rows.
#[derive(Debug, Clone)]
pub struct ScoreCard {
    /// One outcome for each indicator row.
    pub rows: Vec<Outcome>,
    /// The budget execution line, where the form has one with a weight.
    pub execution: Option<Outcome>,
    /// 总分
    pub total: TotalScore,
}

/// What came out for one row.
#[derive(Debug, Clone)]
pub enum Outcome {
    Scored(Score),
    NotEvaluated(NotEvaluated),
}

/// 得分: points with the way they were reached.
#[derive(Debug, Clone)]
pub struct Score {
    /// The exact completion rate the points rest on, where the rule uses one.
    pub rate: Option<Ratio>,
    pub points: Points,
    /// The arithmetic, one step a line: `393911 ÷ 390000 = 101.00%`, `10 × (2 − 393911/390000) = 9.90`.
    pub steps: Vec<String>,
    pub basis: Basis,
}

/// The points that the rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Points {
    /// One figure: rounded as the rule set says, and before rounding.
    Exact { rounded: Decimal, unrounded: Decimal },
    /// A tier within which a person decides (部分达成: 80–60 %); both ends belong to it unless `high_open`.
    Within { low: Decimal, high: Decimal, high_open: bool },
}

/// 评分依据: the rule that gave the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Name of the rule within the set, in the form's own words where it prints one: 按照完成比例赋分.
    pub rule: String,
    /// Document and clause.
    pub clause: String,
    /// How well the very statement that was applied is known.
    pub provenance: Provenance,
}

/// 未评价: why a row has no score, in Chinese, as a whole sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEvaluated {
    pub why: String,
    /// The exact completion rate in percent, where at least that could be formed.
    pub rate: Option<Decimal>,
}

/// 总分: the sum of the recomputed scores; rows that were not evaluated enter with their printed score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalScore {
    /// The recomputed total; `None` where a row has neither a recomputed nor a printed score.
    pub points: Option<Decimal>,
    /// Weight of the rows (and the execution line) whose score was recomputed exactly.
    pub verified: Decimal,
    /// Weight of all rows and the execution line.
    pub weight: Decimal,
    /// 等级 under the rule set's bands, where it has some.
    pub grade: Option<String>,
}

/// 另解: another way to score a row, to find out how a printed figure came about.
#[derive(Debug, Clone)]
pub struct Alternative {
    pub cause: Cause,
    pub rate: Option<Ratio>,
    pub points: Points,
    pub steps: Vec<String>,
}

/// 可能原因: the likely cause of a printed figure that the rule does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The rate was rounded to a whole percentage (or fewer places) before the score was taken from it.
    RateRounded,
    /// A ceiling was scored as if it were a floor.
    CeilingAsFloor,
    /// A floor was scored as if it were a ceiling.
    FloorAsCeiling,
    /// Target ÷ actual instead of actual ÷ target.
    InverseRatio,
    /// Over-completion was not deducted although the rule does.
    OverCompletionNotDeducted,
    /// Over-completion was deducted although the rule does not.
    OverCompletionDeducted,
    /// Another rule of the set gives the printed figure.
    AnotherRule,
    /// The line was given in full.
    GivenInFull,
    /// The figure of another row.
    CopiedFromRow,
    /// The figure was cut off instead of rounded.
    Truncated,
    /// The score follows the printed rate, which is itself wrong.
    FollowsPrintedRate,
    /// The deviation was subtracted from or added to 100 % (or the percentage points were mistaken for per cent).
    DeviationMistaken,
    /// Units were mixed up (元 and 万元, 95 and 0.95).
    ScaleMistaken,
}

impl Cause {
    /// The key in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Cause::RateRounded => "rate-rounded",
            Cause::CeilingAsFloor => "ceiling-as-floor",
            Cause::FloorAsCeiling => "floor-as-ceiling",
            Cause::InverseRatio => "inverse-ratio",
            Cause::OverCompletionNotDeducted => "over-completion-not-deducted",
            Cause::OverCompletionDeducted => "over-completion-deducted",
            Cause::AnotherRule => "another-rule",
            Cause::GivenInFull => "given-in-full",
            Cause::CopiedFromRow => "copied-from-row",
            Cause::Truncated => "truncated",
            Cause::FollowsPrintedRate => "follows-printed-rate",
            Cause::DeviationMistaken => "deviation-mistaken",
            Cause::ScaleMistaken => "scale-mistaken",
        }
    }

    /// The cause in words, as it stands in a message.
    pub fn words(self) -> &'static str {
        match self {
            Cause::RateRounded => "完成率先取整（或少保留小数）再计分",
            Cause::CeilingAsFloor => "把上限指标（≤）当作下限指标（≥）计分",
            Cause::FloorAsCeiling => "把下限指标（≥）当作上限指标（≤）计分",
            Cause::InverseRatio => "完成率的分子、分母颠倒",
            Cause::OverCompletionNotDeducted => "超额完成部分未按规则扣分",
            Cause::OverCompletionDeducted => "规则并不扣减超额完成部分，却扣了分",
            Cause::AnotherRule => "套用了另一条赋分规则",
            Cause::GivenInFull => "未按比例计算，直接给了满分",
            Cause::CopiedFromRow => "与另一行的数字相同，可能抄错行",
            Cause::Truncated => "小数被直接舍去而未四舍五入",
            Cause::FollowsPrintedRate => "得分取自填报的完成率，而该完成率本身有误",
            Cause::DeviationMistaken => "把百分点之差当作完成率的偏差计算",
            Cause::ScaleMistaken => "计量单位或百分号换算有误",
        }
    }
}
