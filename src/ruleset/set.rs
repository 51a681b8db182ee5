//! 规则集 (rule set): one published rule text and year, validated.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::Indicator;
use crate::ruleset::{Band, Example, Provenance, Rule, Statement, Steps, TargetKind};

/// 规则集: everything the engine and the audit need to know of one rule text.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    /// Short permanent name: `xinjiang-2024`.
    pub id: String,
    pub title: String,
    /// Lower-case hexadecimal SHA-256 of the rule file and of those it extends.
    pub hash: String,
    pub jurisdiction: Jurisdiction,
    pub in_force: InForce,
    /// 来源
    pub source: SourceText,
    /// The rule set whose statements hold where this one is silent.
    pub extends: Option<String>,
    pub rules: Vec<Rule>,
    /// Which rule a row follows that names none, in order of precedence.
    pub defaults: Vec<DefaultRule>,
    /// 预算执行率
    pub execution: Option<ExecutionRule>,
    /// Caps on the total by execution rate.
    pub caps: Vec<FormCap>,
    /// 权重结构: the forms may follow any one of them.
    pub weights: Vec<WeightStructure>,
    /// 等级
    pub grades: Vec<Grade>,
    pub rounding: Rounding,
    pub tolerance: Tolerance,
    /// Wording by which a row is declared not applicable; such rows are dropped and the rest rescaled to 100.
    pub dropped: Vec<String>,
    pub thresholds: Thresholds,
    /// What else the text says, in prose.
    pub notes: Vec<Note>,
    pub examples: Vec<Example>,
}

impl RuleSet {
    /// A rule set without a single rule, under which every row is "not evaluated".
    pub fn empty() -> Self {
        let statement = Statement { clause: String::new(), provenance: Provenance::Unconfirmed };
        let threshold = || Threshold { value: Decimal::MAX, statement: statement.clone() };
        RuleSet {
            id: "none".to_owned(),
            title: "没有规则".to_owned(),
            hash: String::new(),
            jurisdiction: Jurisdiction {
                level: JurisdictionLevel::Unplaced,
                province: None,
                city: None,
                automatic: false,
            },
            in_force: InForce { from: None, until: None },
            source: SourceText {
                document: String::new(),
                number: None,
                address: None,
                statement: statement.clone(),
                note: None,
            },
            extends: None,
            rules: Vec::new(),
            defaults: Vec::new(),
            execution: None,
            caps: Vec::new(),
            weights: Vec::new(),
            grades: Vec::new(),
            rounding: Rounding { places: 2, mode: RoundingMode::HalfUp, statement: statement.clone() },
            tolerance: Tolerance { row: Decimal::ZERO, total: Decimal::ZERO },
            dropped: Vec::new(),
            thresholds: Thresholds {
                reason_deviation: None,
                reason_missed: None,
                reason_score_below_weight: None,
                reason_over: None,
                reason_execution_below: None,
                far_above: threshold(),
                share_too_large: threshold(),
            },
            notes: Vec::new(),
            examples: Vec::new(),
        }
    }

    /// Why a rule does not fit a row, as a Chinese sentence without a full stop; `None` where it does.
    pub fn misfit(&self, rule: &Rule, indicator: &Indicator) -> Option<String> {
        let texts = [&indicator.level1, &indicator.level2, &indicator.name];
        if let Some(word) = rule.unsuited.iter().find(|word| texts.iter().any(|text| text.contains(word.as_str()))) {
            return Some(format!("{word}指标不宜用规则“{}”", rule.name));
        }
        let kind = TargetKind::of(&indicator.target)?;
        match rule.cases.iter().find(|case| case.kinds.contains(&kind)) {
            Some(case) if case.fitting => None,
            _ => Some(format!("规则“{}”不适用于{}目标", rule.name, kind.words())),
        }
    }

    /// The rule that a form's wording names; white space and full-width forms do not matter.
    pub fn rule(&self, printed: &str) -> Option<&Rule> {
        let spelled = |wanted: &str| self.rules.iter().find(|rule| rule.spellings.iter().any(|name| name == wanted));
        if let Some(rule) = spelled(printed) {
            return Some(rule);
        }
        let wanted = crate::text::label(printed);
        if wanted.is_empty() {
            return None;
        }
        let worded = |rule: &&Rule| rule.wording.iter().any(|words| words.iter().all(|word| wanted.contains(word)));
        spelled(&wanted).or_else(|| self.rules.iter().find(worded))
    }
}

/// 适用地区
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    pub level: JurisdictionLevel,
    /// 省、自治区、直辖市, short: 新疆.
    pub province: Option<String>,
    /// 市、州、地区 or county, short.
    pub city: Option<String>,
    /// Whether `--rules auto` may choose it by place.
    pub automatic: bool,
}

impl Jurisdiction {
    /// The place in words: 全国, 新疆, 四川成都.
    pub fn words(&self) -> String {
        match (&self.province, &self.city) {
            (Some(province), Some(city)) => format!("{province}{city}"),
            (Some(province), None) => province.clone(),
            _ if self.level == JurisdictionLevel::National => "全国".to_owned(),
            _ => "地区不明".to_owned(),
        }
    }
}

/// 地区层级
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JurisdictionLevel {
    National,
    Province,
    City,
    /// A program's behaviour or a text without a known place.
    Unplaced,
}

/// 适用年度, both ends included; an end that is not known is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    pub from: Option<i32>,
    pub until: Option<i32>,
}

impl InForce {
    /// Whether the rule set holds for a budget year.
    pub fn holds(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }

    /// How many years a budget year lies outside; zero where the rule set holds.
    pub fn distance(self, year: i32) -> i32 {
        let before = self.from.map_or(0, |from| from.saturating_sub(year));
        let after = self.until.map_or(0, |until| year.saturating_sub(until));
        before.max(after).max(0)
    }
}

/// 来源: where the rule text was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    pub document: String,
    /// 文号
    pub number: Option<String>,
    pub address: Option<String>,
    pub statement: Statement,
    pub note: Option<String>,
}

/// 默认规则: the rule of rows that name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultRule {
    /// Kinds of form it holds for; empty: all.
    pub forms: Vec<FormKind>,
    /// Words of level 1, level 2 or the name; empty: all rows.
    pub level: Vec<String>,
    /// Kinds of target; empty: all.
    pub kinds: Vec<TargetKind>,
    /// Position in [`RuleSet::rules`].
    pub rule: usize,
    pub statement: Statement,
}

/// 预算执行率计分
#[derive(Debug, Clone, PartialEq)]
pub struct ExecutionRule {
    pub name: String,
    /// The usual weight, 10 or 20; the form's printed weight has precedence.
    pub weight: Decimal,
    pub divisor: Divisor,
    /// How the rate becomes points; where there are steps for finished projects, those of the unfinished.
    pub scale: ExecutionScale,
    /// 项目完成: the bands for projects that are finished; empty where the text makes no such difference.
    pub complete: Vec<Band>,
    /// Whether the text gives the scale only by way of example (“如：”), so that another one is not wrong.
    pub for_instance: bool,
    /// Whether the points stop at the weight.
    pub capped: bool,
    pub statement: Statement,
}

/// Which budget the spending is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divisor {
    /// 全年预算数（调整后）
    Budget,
    /// 年初预算数
    Initial,
}

/// How the execution rate becomes points.
#[derive(Debug, Clone, PartialEq)]
pub enum ExecutionScale {
    Curve(Vec<Band>),
    Steps(Steps),
}

/// 总分封顶: the total may not exceed `total` where the execution rate lies in the band.
#[derive(Debug, Clone, PartialEq)]
pub struct FormCap {
    /// The execution rate from which it holds, included.
    pub from: Option<Decimal>,
    /// The execution rate below which it holds.
    pub below: Decimal,
    pub total: Decimal,
    pub statement: Statement,
}

/// 权重结构: the weights of level 1.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightStructure {
    pub name: String,
    /// Kinds of form it holds for; empty: all.
    pub forms: Vec<FormKind>,
    pub levels: Vec<LevelWeight>,
    /// Weight of the execution line; zero where it has none.
    pub execution: Decimal,
    pub statement: Statement,
}

/// The weight of one level-1 group.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelWeight {
    /// 产出, 成本, 效益, 满意度, without 指标.
    pub level: String,
    pub weight: Decimal,
}

/// 等级: `from` included, `below` not.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    pub name: String,
    pub from: Decimal,
    pub below: Option<Decimal>,
    pub statement: Statement,
}

/// 小数处理
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rounding {
    /// Decimal places of a row's score.
    pub places: u32,
    pub mode: RoundingMode,
    pub statement: Statement,
}

/// 取舍方式
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingMode {
    /// 四舍五入
    HalfUp,
    /// 舍去
    Truncate,
}

/// 容差, in points; zero: only what printed precision explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tolerance {
    pub row: Decimal,
    pub total: Decimal,
}

/// 阈值 with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// A ratio: 1.3 for 130 %.
    pub value: Decimal,
    pub statement: Statement,
}

/// 审核阈值: the numbers that the audit compares with; `None`: the rule set asks nothing of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// A reason is required where |A − T| ÷ T exceeds this; zero: for every deviation.
    pub reason_deviation: Option<Threshold>,
    /// A reason is required where the target is missed.
    pub reason_missed: Option<Statement>,
    /// A reason is required where the score is below the weight.
    pub reason_score_below_weight: Option<Statement>,
    /// A reason is required from this completion rate on.
    pub reason_over: Option<Threshold>,
    /// A reason is required where the execution rate is below this.
    pub reason_execution_below: Option<Threshold>,
    /// From this completion rate on the target was set too low.
    pub far_above: Threshold,
    /// A single indicator with more than this share of the indicators' weight carries too much.
    pub share_too_large: Threshold,
}

/// 说明: a statement of the text that no arithmetic rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub statement: Statement,
}
