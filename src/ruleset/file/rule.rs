//! 赋分规则的写法 (rule text): a rule as written.

use serde::{Deserialize, Serialize};

use crate::ruleset::file::Scalar;
use crate::ruleset::{Count, Provenance, Side};
use crate::score::Answer;

/// 赋分规则
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleText {
    /// 表格上印的规则名称
    pub name: String,
    /// 规则名称的其他写法
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// 表格把规则写成一句话时，含有其中任何一组词语的全部即认作本规则
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wording: Vec<Vec<String>>,
    /// 不宜使用本规则的指标（一级、二级、三级指标含有这些词）
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsuited: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
    /// 各种目标值的计分办法
    pub cases: Vec<CaseText>,
}

/// 情形：某几种目标值的计分办法，curve、steps、verdict、tiers 四选一
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CaseText {
    /// 目标值类型
    #[serde(rename = "for")]
    pub kinds: Vec<KindWord>,
    /// 规则是否本来就用于这种目标值；默认是
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fitting: Option<bool>,
    /// 完成率怎样计算；默认 actual/target
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<MeasureWord>,
    /// 完成目标即得满分，不看曲线
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met_in_full: Option<bool>,
    /// 分段直线
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<Vec<BandText>>,
    /// 逐档扣分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<StepsText>,
    /// 完成、未完成
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<VerdictText>,
    /// 评判等级，从高到低
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Vec<TierText>>,
    /// 目标值为0时
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zero_target: Option<VerdictText>,
    /// 超额完成
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<OverText>,
    /// 原文用“如：”举例的算法：别的算法也不算错
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_instance: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 目标值类型；number 指所有数值，floor 指 ≥、> 和没有符号的数值，ceiling 指 ≤ 和 <
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KindWord {
    Number,
    Floor,
    Ceiling,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Equal,
    About,
    Bare,
    Range,
    Date,
    Recurring,
    Phrase,
}

/// 完成率口径
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum MeasureWord {
    /// 实际 ÷ 目标
    #[serde(rename = "actual/target")]
    ActualToTarget,
    /// 目标 ÷ 实际
    #[serde(rename = "target/actual")]
    TargetToActual,
    /// 实际完成值本身（百分率）
    #[serde(rename = "actual")]
    Actual,
    /// |实际 − 目标| ÷ 目标
    #[serde(rename = "deviation")]
    Deviation,
    /// 超出目标的幅度
    #[serde(rename = "overrun")]
    Overrun,
}

/// 区间：above 不含、from 含下限，below 不含、to 含上限；give 为得分占分值的比例，两个数表示从下限到上限的直线
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BandText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Scalar>,
    pub give: GiveText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 一个数，或 [起点, 终点]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum GiveText {
    One(Scalar),
    Line(Vec<Scalar>),
}

impl Default for GiveText {
    fn default() -> Self {
        GiveText::Line(Vec::new())
    }
}

/// 逐档扣分
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StepsText {
    /// 从多少起扣
    pub from: Scalar,
    /// 低于（below）还是超过（above）才扣
    pub side: Side,
    /// 每档宽度
    pub each: Scalar,
    /// 每档扣多少：1分，或占分值的 10%
    pub deduct: Scalar,
    /// whole 满一档才扣，started 不足一档按一档扣，unstated 原文没有说明
    pub count: Count,
    /// 最低得分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Scalar>,
}

/// 完成、未完成各得多少
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VerdictText {
    pub met: Scalar,
    /// 省略表示原文没有说明
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Scalar>,
    /// 未完成时酌情给分、原文没有写明扣多少：低于多少（不含），missed 为最低
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_below: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 评判等级：give 为确定的比例；或 from（含）到 below（不含）/ to（含）
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TierText {
    pub name: String,
    /// 引用 rules/answers.yaml 的词表
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// 另加的说法
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub give: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 超额完成
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverText {
    /// 完成率达到多少
    pub from: Scalar,
    pub action: OverActionWord,
    /// 扣多少
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deduct: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 超额处理：nothing 不扣分，flag 提示可由人扣减，reason 须说明原因，deduct 扣分
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OverActionWord {
    Nothing,
    Flag,
    Reason,
    Deduct,
}
