//! 审核阈值、说明和算例的写法 (demand): what a rule file asks of a form beyond its points, and how it proves itself.

use serde::{Deserialize, Serialize};

use crate::ruleset::Provenance;
use crate::ruleset::file::{FormWord, GiveText, Scalar};

/// 审核阈值
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuditText {
    /// 偏差超过多少须说明原因；0% 表示凡有偏差都须说明
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_deviation: Option<ThresholdText>,
    /// 未完成目标须说明原因
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_missed: Option<DemandText>,
    /// 得分低于分值须说明原因
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_score_below_weight: Option<DemandText>,
    /// 完成率达到多少须说明原因
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_over: Option<ThresholdText>,
    /// 预算执行率低于多少须说明原因
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_execution_below: Option<ThresholdText>,
    /// 完成率达到多少视为目标偏低
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub far_above: Option<ThresholdText>,
    /// 单个指标占指标总权重多少以上视为过于集中
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_too_large: Option<ThresholdText>,
}

/// 阈值
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ThresholdText {
    pub value: Scalar,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 要求
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DemandText {
    pub required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 说明
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoteText {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 算例
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExampleText {
    /// 赋分规则；省略表示没有写明规则的行
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormWord>,
    /// 一级指标
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Scalar>,
    /// 预算执行率的算例：预算数与执行数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<Scalar>,
    /// 预算执行率的算例：项目是否已经完成；省略表示看不出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// 总分的算例：封顶前的总分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Scalar>,
    /// 总分的算例：预算执行率
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_rate: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Scalar>,
    /// 应得分；一个等级的范围写成 [8, 10]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<GiveText>,
    /// 应得等级
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// 应当无法计分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_evaluated: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}
