//! 规则文件 (rule file): the YAML as people write it, before anything is checked.
//!
//! The doc comments of the shapes are Chinese because they become the descriptions of the JSON schema, which an editor shows
//! to people who write rule files.
//!
//! The shapes here are what `rules/ruleset.schema.json` describes; unknown keys are errors. Validation turns them into a
//! [`crate::ruleset::RuleSet`].

mod demand;
mod ground;
mod rule;
mod scalar;

use serde::{Deserialize, Serialize};

pub use demand::{AuditText, DemandText, ExampleText, NoteText, ThresholdText};
pub use ground::ground;
pub use rule::{
    BandText, CaseText, GiveText, KindWord, MeasureWord, OverActionWord, OverText, RuleText, StepsText, TierText,
    VerdictText,
};
pub use scalar::Scalar;

use crate::form::FormKind;
use crate::ruleset::Provenance;

/// 规则文件：没有写的部分沿用 extends 所指的规则集
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// 编号：小写字母、数字和连字符，例如 xinjiang-2024
    pub id: String,
    /// 名称
    pub title: String,
    /// 在另一规则集的基础上修改：写它的编号，或与本文件同一文件夹的文件名
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// 适用地区
    pub place: PlaceText,
    /// 适用年度
    #[serde(default)]
    pub in_force: YearsText,
    /// 来源
    pub source: OriginText,
    /// 赋分规则；与基础规则集同名的规则整条替换
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleText>,
    /// 不沿用的基础规则
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omit: Vec<String>,
    /// 没有写明赋分规则的行适用哪条规则，先写的优先
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defaults: Option<Vec<DefaultText>>,
    /// 预算执行率计分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<ExecutionText>,
    /// 按预算执行率对总分封顶
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<Vec<CapText>>,
    /// 权重结构
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<StructureText>>,
    /// 等级
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grades: Option<Vec<GradeText>>,
    /// 小数处理
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<RoundingText>,
    /// 容差（分）
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<ToleranceText>,
    /// 完成值写成这些字样的指标不参加计分，其余指标折算为100分
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Vec<String>>,
    /// 审核阈值
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditText>,
    /// 其他说明
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteText>,
    /// 算例，读取时逐条核对
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<ExampleText>,
}

/// 适用地区
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlaceText {
    pub level: LevelWord,
    /// 省级地区简称，例如 新疆
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// 市县简称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// 自动选择时是否可按地区选中；默认可以
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automatic: Option<bool>,
}

/// 地区层级
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LevelWord {
    National,
    Province,
    City,
    Unplaced,
}

/// 适用年度，两端都包含
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct YearsText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i32>,
}

/// 来源
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OriginText {
    pub document: String,
    /// 文号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    pub provenance: Provenance,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// 默认规则
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DefaultText {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormWord>,
    /// 一级、二级、三级指标中含有其中任何一个词的行
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub level: Vec<String>,
    #[serde(default, rename = "for", skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<KindWord>,
    pub rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 表单类型
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FormWord {
    ProjectSelfEvaluation,
    OverallSelfEvaluation,
    ProjectTarget,
    OverallTarget,
}

impl From<FormWord> for FormKind {
    fn from(word: FormWord) -> Self {
        match word {
            FormWord::ProjectSelfEvaluation => FormKind::ProjectSelfEvaluation,
            FormWord::OverallSelfEvaluation => FormKind::OverallSelfEvaluation,
            FormWord::ProjectTarget => FormKind::ProjectTarget,
            FormWord::OverallTarget => FormKind::OverallTarget,
        }
    }
}

/// 预算执行率计分
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExecutionText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub weight: Scalar,
    /// 除以全年预算数（budget）还是年初预算数（initial）
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divisor: Option<DivisorWord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<Vec<BandText>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<StepsText>,
    /// 项目已经完成时另用的区间；curve 则用于尚未完成的项目
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<Vec<BandText>>,
    /// 原文用“如：”举例的算法：别的算法也不算错
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_instance: Option<bool>,
    /// 得分是否以分值为限；默认是
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 除数
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DivisorWord {
    Budget,
    Initial,
}

/// 总分封顶
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CapText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Scalar>,
    pub below: Scalar,
    pub total: Scalar,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 权重结构
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StructureText {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormWord>,
    pub levels: Vec<LevelText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 一级指标的权重
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelText {
    pub level: String,
    pub weight: Scalar,
}

/// 等级：含下限，不含上限
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GradeText {
    pub name: String,
    pub from: Scalar,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Scalar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 小数处理
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoundingText {
    /// 保留几位小数，0 表示取整
    pub places: u32,
    pub mode: RoundingWord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// 取舍方式
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RoundingWord {
    HalfUp,
    Truncate,
}

/// 容差（分）
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ToleranceText {
    pub row: Scalar,
    pub total: Scalar,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rewritten by running this test with `JIXIAO_UPDATE_SCHEMA=1`.
    #[test]
    fn shipped_schema_is_current() {
        let schema = schemars::schema_for!(RuleFile);
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("JIXIAO_UPDATE_SCHEMA").is_some() {
            std::fs::write("rules/ruleset.schema.json", &text).unwrap();
        }
        let shipped = std::fs::read_to_string("rules/ruleset.schema.json").unwrap();
        assert_eq!(shipped, text);
    }
}
