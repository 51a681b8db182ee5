//! 赋分规则 (rule): one named rule of a set, validated.

use rust_decimal::Decimal;

use crate::ruleset::{Band, Provenance, Share, Steps, TargetKind};

/// 依据: document and clause of a statement, and how well it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Document and clause, as a user reads it.
    pub clause: String,
    pub provenance: Provenance,
}

/// 赋分规则: what a row's rule name stands for, with one case for each kind of target.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The name as forms print it.
    pub name: String,
    /// The name and its other spellings, folded for matching.
    pub spellings: Vec<String>,
    /// For forms that print the rule as a sentence: every word of one of these lists must occur in it.
    pub wording: Vec<Vec<String>>,
    /// Words of level 1, level 2 or the name of rows that the rule is not meant for (满意度).
    pub unsuited: Vec<String>,
    pub cases: Vec<Case>,
    pub statement: Statement,
}

/// 情形: how a rule scores some kinds of target.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub kinds: Vec<TargetKind>,
    /// Whether the rule is meant for these kinds; `false` where it is known to be used but does not fit.
    pub fitting: bool,
    pub measure: Measure,
    /// A target that is met gives the full weight, whatever the scale says.
    pub met_in_full: bool,
    pub scale: Scale,
    /// What a target of zero gives; `None`: such a row is not evaluated.
    pub zero_target: Option<Verdict>,
    /// 超额完成
    pub over: Option<OverCompletion>,
    /// Whether the text gives the scale only by way of example (“如：”), so that another one is not wrong.
    pub for_instance: bool,
    pub statement: Statement,
}

/// 完成率口径: the ratio that a scale is read at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// 实际 ÷ 目标
    ActualToTarget,
    /// 目标 ÷ 实际
    TargetToActual,
    /// The actual itself, as a percentage: 满意度 85 % is read at 85 %.
    Actual,
    /// |实际 − 目标| ÷ 目标
    Deviation,
    /// (实际 − 目标) ÷ 目标, not below zero: 超支、超期的幅度.
    Overrun,
}

/// 计分尺: how a measure or an answer becomes points.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// Straight lines between points; the bands cover every measure from zero, without gap or overlap.
    Curve(Vec<Band>),
    /// 逐档扣分
    Steps(Steps),
    /// 达到、未达到
    Verdict(Verdict),
    /// 评判等级
    Tiers(Vec<Tier>),
}

/// 是否达到: yes and no, without anything between.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub met: Share,
    /// `None`: the rule does not say what a missed target gives.
    pub missed: Option<Share>,
    /// Where the text leaves the deduction open, the points below which a missed target stays; `missed` is the least.
    pub missed_below: Option<Share>,
    pub statement: Statement,
}

/// 评判等级: one tier of a qualitative rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    pub name: String,
    /// Wording of answers that belong to the tier, white space removed.
    pub words: Vec<String>,
    /// Share of the weight; both ends equal where the tier gives one figure.
    pub low: Decimal,
    pub high: Decimal,
    /// Whether the upper end belongs to the tier above.
    pub high_open: bool,
    /// Share given where the answer is the target's own wording or nothing more precise; `None`: a person decides within the tier.
    pub statement: Statement,
}

/// 超额完成: what happens when the measure reaches a threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct OverCompletion {
    /// The ratio from which it counts, 1.3 for 130 %.
    pub from: Decimal,
    pub action: OverAction,
    pub statement: Statement,
}

/// 超额处理
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverAction {
    /// Expressly nothing.
    Nothing,
    /// 标记: a person may lower the score.
    Flag,
    /// 说明原因
    Reason,
    /// 扣分
    Deduct(Share),
}
