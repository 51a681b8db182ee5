//! 算例 (example): a worked example of a rule text, which runs as a test.

use std::fmt;

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::{Figure, Funds, Indicator, IndicatorTable, Reading, Value};
use crate::ruleset::{RuleSet, Statement};
use crate::score::{self, Completion, Outcome, Points, Ratio, plain};

/// 算例
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub case: ExampleCase,
    pub weight: Decimal,
    pub expect: Expected,
    pub statement: Statement,
    /// Line in the rule file; 0 where it is not known.
    pub line: usize,
}

/// What an example is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleCase {
    /// A row, by rule name (or none: the default), target and actual as forms print them.
    Row { rule: Option<String>, form: FormKind, level: Option<String>, target: String, actual: String },
    /// The execution line.
    /// With whether the project is complete, where that makes a difference.
    Execution { budget: Decimal, spent: Decimal, complete: Option<bool> },
    /// The cap or the grade of a total.
    Total { total: Decimal, execution_rate: Option<Decimal> },
}

/// What an example must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Points(Decimal),
    Within { low: Decimal, high: Decimal },
    Grade(String),
    NotEvaluated,
}

/// What an example gives, with the arithmetic.
#[derive(Debug, Clone, PartialEq)]
pub struct Got {
    pub result: Expected,
    /// The steps, or the reason why there is no score.
    pub steps: Vec<String>,
}

impl Example {
    /// Scores the example under a rule set.
    pub fn run(&self, rules: &RuleSet) -> Got {
        match &self.case {
            ExampleCase::Row { rule, form, level, target, actual } => {
                let row = self.row(rule.as_deref(), level.as_deref(), target, actual);
                let table = table(vec![row], Vec::new());
                let card = score::score(&table, *form, rules);
                card.rows.into_iter().next().map_or_else(not_evaluated, got)
            }
            ExampleCase::Execution { budget, spent, complete } => {
                let completion = Completion::from_answer(*complete);
                got(score::execution_outcome(&self.funds(*budget, *spent), rules, completion))
            }
            ExampleCase::Total { total, execution_rate } => self.total(rules, *total, *execution_rate),
        }
    }

    /// The example in words: `≥390000人，完成 393911人，10分`.
    pub fn words(&self) -> String {
        let weight = plain(self.weight);
        match &self.case {
            ExampleCase::Row { rule, target, actual, .. } => {
                let rule = rule.as_deref().map_or_else(String::new, |rule| format!("{rule}："));
                format!("{rule}目标 {target}，完成 {actual}，{weight}分")
            }
            ExampleCase::Execution { budget, spent, complete } => {
                let complete = match complete {
                    Some(true) => "项目完成，",
                    Some(false) => "项目尚未完成，",
                    None => "",
                };
                format!("{complete}预算 {}，执行 {}，{weight}分", plain(*budget), plain(*spent))
            }
            ExampleCase::Total { total, execution_rate: Some(rate) } => {
                format!("总分 {}，执行率 {}", plain(*total), score::percent(*rate))
            }
            ExampleCase::Total { total, execution_rate: None } => format!("总分 {}", plain(*total)),
        }
    }

    fn row(&self, rule: Option<&str>, level: Option<&str>, target: &str, actual: &str) -> Indicator {
        Indicator {
            name: String::new(),
            level1: level.unwrap_or_default().to_owned(),
            level2: String::new(),
            weight: figure(self.weight),
            target: Value::parse(target),
            actual: Some(Value::parse(actual)),
            previous: None,
            rate: Reading::Absent,
            score: Reading::Absent,
            rule: rule.map(str::to_owned),
            reason: None,
        }
    }

    fn funds(&self, budget: Decimal, spent: Decimal) -> Funds {
        Funds {
            name: "年度资金总额".to_owned(),
            initial: Reading::Absent,
            budget: figure(budget),
            spent: figure(spent),
            weight: figure(self.weight),
            rate: Reading::Absent,
            score: Reading::Absent,
        }
    }

    fn total(&self, rules: &RuleSet, total: Decimal, execution_rate: Option<Decimal>) -> Got {
        let cap =
            execution_rate.and_then(|rate| Ratio::new(rate, Decimal::ONE)).and_then(|rate| score::cap(rules, rate));
        let capped = cap.map_or(total, |cap| total.min(cap.total));
        let result = match (&self.expect, score::grade(rules, capped)) {
            (Expected::Grade(_), Some(grade)) => Expected::Grade(grade.to_owned()),
            (Expected::Grade(_), None) => Expected::NotEvaluated,
            _ => Expected::Points(capped),
        };
        Got { result, steps: Vec::new() }
    }
}

fn table(rows: Vec<Indicator>, funds: Vec<Funds>) -> IndicatorTable {
    IndicatorTable { rows, funds, total_weight: Reading::Absent, total_score: Reading::Absent }
}

fn figure(value: Decimal) -> Reading<Figure> {
    Reading::Read(Figure { value, places: value.scale(), percent: false })
}

fn got(outcome: Outcome) -> Got {
    match outcome {
        Outcome::Scored(score) => Got {
            result: match score.points {
                Points::Exact { rounded, .. } => Expected::Points(rounded),
                Points::Within { low, high, .. } => Expected::Within { low, high },
            },
            steps: score.steps,
        },
        Outcome::NotEvaluated(reason) => Got { result: Expected::NotEvaluated, steps: vec![reason.why] },
    }
}

fn not_evaluated() -> Got {
    Got { result: Expected::NotEvaluated, steps: Vec::new() }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Points(points) => write!(f, "{points}"),
            Expected::Within { low, high } => write!(f, "{low}～{high}"),
            Expected::Grade(grade) => f.write_str(grade),
            Expected::NotEvaluated => f.write_str("“无法计分”"),
        }
    }
}

/// The result with its steps in brackets.
impl fmt::Display for Got {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return write!(f, "{}", self.result);
        }
        write!(f, "{}（{}）", self.result, self.steps.join("；"))
    }
}
