//! 审核用词 (words): the words and limits of the audit that belong to no rule set, from `rules/audit.yaml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::form::FormKind;
pub(super) use crate::score::Sense;
use crate::score::SenseWords;
pub(super) use crate::text::name_core as core;

/// 审核用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditWords {
    pub placeholders: Placeholders,
    pub headings: HeadingWords,
    /// Words of indicators whose percentage may exceed 100 %.
    pub growth: Vec<String>,
    pub satisfaction: Vec<String>,
    /// Endings of names that call for a number.
    pub measurable: Vec<String>,
    /// Endings of names that call for a percentage, and the words that look like it but do not.
    pub rate_endings: Vec<String>,
    pub rate_exceptions: Vec<String>,
    pub head_counts: Vec<String>,
    pub levels: Vec<LevelFit>,
    pub reasons: ReasonWords,
    pub previous: PreviousWords,
    pub costs: CostWords,
    pub goals: GoalWords,
    pub announcements: Vec<Announcement>,
    /// Words by which a document says that some of its forms are not published.
    pub withheld: Vec<String>,
    pub withheld_counts: WithheldCounts,
    pub changes: ChangeWords,
    pub heads: HeadWords,
    pub told: ToldWords,
    pub funds: FundsWords,
    pub across_forms: AcrossForms,
    pub similarity: Similarity,
    pub weights: WeightSums,
    pub units: BTreeMap<UnitClass, Vec<String>>,
}

/// 单位大类: units of different classes cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitClass {
    Share,
    Money,
    People,
    Time,
    Area,
    Length,
}

/// 占位符: left-overs of a template; `#` stands for a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholders {
    pub has: Vec<String>,
    pub is: Vec<String>,
}

/// 小标题: short texts that announce what follows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingWords {
    pub endings: Vec<String>,
    pub longest: usize,
}

/// 二级指标与内容: what does not belong under a level 2.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFit {
    pub level: String,
    pub unfit: Vec<Content>,
    /// Words in a name that make it fit all the same.
    pub except: Vec<String>,
}

/// What a target is about, as far as its unit tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// 比率
    Share,
    /// 金额
    Money,
    /// 人数
    People,
    /// 时限
    Date,
}

/// 偏差原因用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonWords {
    pub above: Vec<String>,
    pub below: Vec<String>,
    /// Words that turn the others into their opposite.
    pub denying: Vec<String>,
    /// Words that say that money was saved.
    pub saving: Vec<String>,
    pub empty: Vec<String>,
    pub copied_from: usize,
}

/// 上年完成值用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviousWords {
    pub historical: Vec<String>,
    pub magnitude: Decimal,
    /// By what share a ceiling may lie above last year's result without a word.
    pub ceiling_slack: Decimal,
}

/// 成本用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostWords {
    /// Words in a name that make an amount monthly, and the months of a year.
    pub monthly: Vec<String>,
    pub months: Decimal,
    /// Units of an amount, and of what it is paid for.
    pub money: Vec<String>,
    pub month: Vec<String>,
    pub year: Vec<String>,
    pub person: Vec<String>,
    pub people: Vec<String>,
}

/// 总体目标用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalWords {
    pub linking: Vec<String>,
    pub before: Vec<String>,
    pub about: Vec<String>,
    /// Words for the year of the form, and for any other.
    pub this_year: Vec<String>,
    pub other_years: Vec<String>,
    /// Words before a year that is only compared with.
    pub comparing: Vec<String>,
    /// Words of a change, whose figure is no level of anything.
    pub changing: Vec<String>,
    /// Multipliers before a unit.
    pub multipliers: Vec<(String, Decimal)>,
    pub budget: Vec<String>,
}

/// 正文说法: how the text of a document announces its forms; `#` stands for the number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    pub kind: FormKind,
    pub count: Vec<String>,
    /// A second number that is added to the count.
    #[serde(default)]
    pub more: Vec<String>,
    pub budget: Vec<String>,
    pub spent: Vec<String>,
}

/// 不公开的个数: how the text says how many projects there are and how many are not published; `#` stands for the number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithheldCounts {
    pub all: Vec<String>,
    pub withheld: Vec<String>,
}

/// 增减用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeWords {
    /// Words by which an amount is compared with last year's.
    pub compared: Vec<String>,
    pub rising: Vec<String>,
    pub falling: Vec<String>,
    /// Characters that may stand between an amount and the comparison.
    pub joining: String,
    /// Most characters between the change and its rate.
    pub longest_lead: usize,
}

/// 表头用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadWords {
    /// Words that stand in no person's name.
    pub no_person: Vec<String>,
    /// Words of names that say that the money comes from above, those that say that some does not, and funds that do not.
    pub central_names: Vec<String>,
    pub local_names: Vec<String>,
    pub local_funds: Vec<String>,
    /// Words before the day up to which results are reported, and words of spending.
    pub until: Vec<String>,
    pub spending: Vec<String>,
}

/// 正文用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldWords {
    /// Words between a name and its amount, the last first.
    pub linking: Vec<String>,
    /// Characters that may stand before a name.
    pub before: Vec<String>,
    /// Words by which a sentence speaks of another year or of a part.
    pub other_years: Vec<String>,
    /// How a rate per head is said to be raised, `#` standing for the number, and words in the names of such rates.
    pub raised: Vec<String>,
    pub per_head: Vec<String>,
}

/// 资金行用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FundsWords {
    pub totals: Vec<String>,
    pub nested: Vec<String>,
}

/// Which indicators may be compared across the forms of a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcrossForms {
    pub shortest: usize,
    pub own: Vec<String>,
}

/// 相似程度, 1 for equal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Similarity {
    pub same_indicator: Decimal,
    pub same_project: Decimal,
    pub same_kind: Decimal,
    /// Characters that may come and go without making another name.
    pub particles: String,
}

/// 权重合计
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightSums {
    pub full: Decimal,
    pub without_execution: Decimal,
}

impl AuditWords {
    /// The built-in words.
    ///
    /// A test reads them, so they cannot fail in a released program.
    pub fn builtin() -> &'static AuditWords {
        static BUILTIN: OnceLock<AuditWords> = OnceLock::new();
        BUILTIN.get_or_init(|| match serde_yaml::from_str(include_str!("../../rules/audit.yaml")) {
            Ok(words) => words,
            Err(error) => unreachable!("rules/audit.yaml: {error}"),
        })
    }

    /// Which way an indicator improves, where its name or its level says so.
    pub fn sense(&self, name: &str, level1: &str, level2: &str) -> Option<Sense> {
        SenseWords::builtin().sense(name, level1, level2)
    }

    /// Whether a row asks people whether they are satisfied.
    pub fn is_satisfaction(&self, name: &str, level1: &str, level2: &str) -> bool {
        [name, level1, level2].iter().any(|text| has_any(text, &self.satisfaction))
    }

    /// Whether a name ends like a rate, which is written with a percent sign.
    pub fn is_rate(&self, name: &str) -> bool {
        let name = core(name);
        ends_with_any(&name, &self.rate_endings) && !ends_with_any(&name, &self.rate_exceptions)
    }
}

/// Whether a text contains one of the words.
pub(super) fn has_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether a text ends with one of the words.
pub(super) fn ends_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_words_read() {
        assert!(!AuditWords::builtin().announcements.is_empty());
    }

    #[test]
    fn a_name_is_matched_without_its_number_and_bracket() {
        assert_eq!(core("1.培训次数（次）"), "培训次数");
        assert_eq!(core("2024年自治州参保人数"), "2024年自治州参保人数");
        assert_eq!(core("服务费标准."), "服务费标准");
    }
}
