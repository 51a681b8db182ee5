//! 算例 (example): a worked example of a rule text, which runs as a test.

use rust_decimal::Decimal;

use crate::ruleset::Statement;

/// 算例
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub case: ExampleCase,
    pub weight: Decimal,
    pub expect: Expected,
    pub statement: Statement,
    /// Line in the rule file.
    pub line: usize,
}

/// What an example is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExampleCase {
    /// A row, by rule name (or none: the default), target and actual as forms print them.
    Row { rule: Option<String>, level: Option<String>, target: String, actual: String },
    /// The execution line.
    Execution { budget: Decimal, spent: Decimal },
    /// The cap or the grade of a total.
    Total { total: Decimal, execution_rate: Option<Decimal> },
}

/// What an example must give.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    Points(Decimal),
    Within { low: Decimal, high: Decimal },
    Grade(String),
    NotEvaluated,
}
