//! 拟定口径 (policy): how next year's targets are drafted, as validated data.
//!
//! `rules/policy.yaml` is built in; `--policy FILE` replaces it as a whole. Every section carries the clause it rests on
//! and how well that clause is known, and both travel with each drafted cell.

mod check;
mod fault;
mod file;
mod overlay;

use std::sync::OnceLock;

use rust_decimal::Decimal;

pub use fault::PolicyError;

use crate::ruleset::Statement;

/// Largest policy file that is read, in bytes.
const LARGEST_FILE: usize = 256 * 1024;

/// 拟定口径
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Short name: `next-year`.
    pub id: String,
    pub title: String,
    /// What a cell that a person must fill begins with: 待填.
    pub to_fill: String,
    pub floors: Floors,
    pub trend: Trend,
    pub shares: Shares,
    pub satisfaction: Satisfaction,
    pub costs: Costs,
    pub deadlines: Deadlines,
    pub phrases: Phrases,
    pub senses: Senses,
    pub units: Units,
    pub levels: Levels,
    pub bases: Bases,
    pub rules: RuleNames,
    pub evidence: Evidence,
    pub weights: Weights,
    pub one_off: OneOff,
}

/// ≥ 类目标
#[derive(Debug, Clone, PartialEq)]
pub struct Floors {
    pub statement: Statement,
    /// The completion rate from which last year's target was too low; 1.3 for 130 %.
    pub far_above: Decimal,
    /// The completion rate below which a person decides about the target.
    pub far_below: Decimal,
}

/// 趋势外推
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    pub statement: Statement,
    /// Results of at least so many years.
    pub least_results: usize,
    /// The growth is limited to this share of last year's result.
    pub most_growth: Decimal,
}

/// 比率
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    pub statement: Statement,
    /// The unit of a share: `%`.
    pub unit: String,
    /// The most that a share can be.
    pub most: Decimal,
    /// Words of rates of growth, which may exceed it.
    pub growth: Vec<String>,
}

/// 满意度
#[derive(Debug, Clone, PartialEq)]
pub struct Satisfaction {
    pub statement: Statement,
    /// Words by which a satisfaction indicator is known.
    pub words: Vec<String>,
    /// The target where all were satisfied last year.
    pub at_full: Decimal,
}

/// 成本
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    pub statement: Statement,
    /// Words of level 1 or level 2.
    pub levels: Vec<String>,
    /// Words of names that turn the sense round: 成本节约率.
    pub reversing: Vec<String>,
    /// The unit of money: 元.
    pub money: String,
    /// Decimal places of ceilings that were scaled to the budget.
    pub places: u32,
    /// Spending below this share of the ceiling has to be confirmed.
    pub far_below: Decimal,
    /// Endings of names of totals.
    pub totals: Vec<String>,
    /// Words of prices for one person or one month.
    pub unit_prices: Vec<String>,
    /// Words of costs that occur once.
    pub one_off: Vec<String>,
}

/// 时限
#[derive(Debug, Clone, PartialEq)]
pub struct Deadlines {
    pub statement: Statement,
    /// The word after the date: 前.
    pub before: String,
}

/// 定性指标
#[derive(Debug, Clone, PartialEq)]
pub struct Phrases {
    pub statement: Statement,
    /// Endings of names that want a number.
    pub measurable: Vec<String>,
    /// Endings that look like rates and are none: 效率.
    pub no_rates: Vec<String>,
}

/// 指标含义
#[derive(Debug, Clone, PartialEq)]
pub struct Senses {
    pub statement: Statement,
    pub larger: Vec<String>,
    pub smaller: Vec<String>,
}

/// 计量单位
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    pub statement: Statement,
    /// Units that may have decimals.
    pub divisible: Vec<String>,
    /// Endings of names with the unit they stand for.
    pub from_names: Vec<(String, String)>,
}

/// 二级指标
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    pub statement: Statement,
    pub quantity: String,
    pub quality: String,
    pub timeliness: String,
    /// Words by which a rate may stay under 时效指标.
    pub timely: Vec<String>,
    /// Words by which money may stay under 质量指标.
    pub quality_money: Vec<String>,
}

/// 设定依据
#[derive(Debug, Clone, PartialEq)]
pub struct Bases {
    pub statement: Statement,
    /// 历史标准
    pub result: String,
    /// 计划标准
    pub plan: String,
    /// 预算支出标准
    pub cost: String,
    /// Words of standards from outside, which are kept.
    pub kept: Vec<String>,
    /// 新增
    pub new: String,
}

/// 赋分规则 by kind of target.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleNames {
    pub statement: Statement,
    pub number: String,
    pub date: String,
    pub phrase: String,
    pub satisfaction: String,
}

/// 佐证资料
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub statement: Statement,
    pub cost: String,
    pub other: String,
}

/// 权重
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    pub statement: Statement,
    /// The smallest change, 0.5.
    pub step: Decimal,
    /// Sums that are right where the rule set has no structure.
    pub sums: Vec<Decimal>,
}

/// 一次性项目
#[derive(Debug, Clone, PartialEq)]
pub struct OneOff {
    pub statement: Statement,
    pub words: Vec<String>,
}

/// The built-in policy as it is written.
const BUILTIN_TEXT: &str = include_str!("../../../rules/policy.yaml");

impl Policy {
    /// The built-in policy.
    ///
    /// A test reads it, so it cannot fail in a released program.
    pub fn builtin() -> &'static Policy {
        static BUILTIN: OnceLock<Policy> = OnceLock::new();
        BUILTIN.get_or_init(|| match Policy::parse("rules/policy.yaml", BUILTIN_TEXT) {
            Ok(policy) => policy,
            Err(error) => unreachable!("{error}"),
        })
    }

    /// Reads a policy from YAML that states what differs from the built-in one; `file` is named in the error.
    ///
    /// # Errors
    /// [`PolicyError`] with the line where the text is no policy, or with everything that contradicts itself.
    pub fn parse(file: &str, yaml: &str) -> Result<Policy, PolicyError> {
        if yaml.len() > LARGEST_FILE {
            return Err(PolicyError::too_large(file, yaml.len(), LARGEST_FILE));
        }
        let text = yaml.strip_prefix('\u{feff}').unwrap_or(yaml);
        let faulty = |faults| PolicyError::Contradiction { file: file.to_owned(), faults };
        let merged = overlay::overlaid(text, BUILTIN_TEXT).map_err(faulty)?;
        let written: file::PolicyFile =
            serde_yaml::from_value(merged).map_err(|error| PolicyError::syntax(file, &error))?;
        check::validated(written)
            .map_err(|faults| faulty(faults.into_iter().map(|fault| overlay::placed(text, fault)).collect()))
    }
}

/// Whether a text contains any of the words.
pub(crate) fn has_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_policy_reads_and_every_section_has_its_clause() {
        let policy = Policy::builtin();
        assert_eq!(policy.satisfaction.at_full, Decimal::from(95));
        assert_eq!(policy.to_fill, "待填");
        assert!(!policy.floors.statement.clause.is_empty());
    }

    #[test]
    fn unknown_key_is_named_in_chinese_with_its_line() {
        let text = BUILTIN_TEXT.replace("  at_full:", "  at_ful:");
        let error = Policy::parse("my.yaml", &text).unwrap_err().to_string();
        assert!(error.contains("my.yaml") && error.contains("不认识“at_ful”") && error.contains("行"), "{error}");
    }

    #[test]
    fn a_file_states_only_what_differs() {
        let policy = Policy::parse("my.yaml", "satisfaction:\n  at_full: 92\nfloors: {far_above: \"1.5\"}\n").unwrap();
        assert_eq!(policy.satisfaction.at_full, Decimal::from(92));
        assert_eq!(policy.floors.far_above, Decimal::new(15, 1));
        assert_eq!(policy.costs, Policy::builtin().costs);
    }

    #[test]
    fn every_slip_is_told_with_its_line() {
        let text = "satisfaction:\n  at_ful: \"92\"\n  words: 满意\ncosts:\n  places: 两位\nweights: 无\n";
        let error = Policy::parse("my.yaml", text).unwrap_err().to_string();
        for told in [
            "4 处",
            "第2行 satisfaction.at_ful",
            "是否想写“at_full”",
            "第3行 satisfaction.words：应为列表",
            "第5行 costs.places：“两位”不是整数",
            "第6行 weights",
        ] {
            assert!(error.contains(told), "{told}: {error}");
        }
        let error = Policy::parse("my.yaml", "title：口径\n").unwrap_err().to_string();
        assert!(error.contains("第1行") && error.contains("全角冒号"), "{error}");
    }

    #[test]
    fn satisfaction_of_hundred_is_refused() {
        let text = BUILTIN_TEXT.replace("at_full: \"95\"", "at_full: \"100\"");
        let error = Policy::parse("my.yaml", &text).unwrap_err().to_string();
        assert!(error.contains("satisfaction.at_full") && error.contains("100"), "{error}");
    }

    #[test]
    fn all_contradictions_are_told_at_once() {
        let text =
            BUILTIN_TEXT.replace("far_above: \"1.3\"", "far_above: \"0.5\"").replace("step: \"0.5\"", "step: \"0\"");
        let error = Policy::parse("my.yaml", &text).unwrap_err().to_string();
        assert!(error.contains("floors.far_above") && error.contains("weights.step"), "{error}");
    }

    #[test]
    fn number_that_is_none_is_named() {
        let text = BUILTIN_TEXT.replace("most_growth: \"0.1\"", "most_growth: 一成");
        let error = Policy::parse("my.yaml", &text).unwrap_err().to_string();
        assert!(error.contains("trend.most_growth") && error.contains("一成"), "{error}");
    }
}
