//! 指标 (indicator): what the cells of a form mean.
//!
//! The texts of a [`crate::form::Form`] become values: targets and results through the pest grammar in `grammar/`, amounts,
//! weights, rates and scores as figures that remember their printed precision. What is not understood says so and stays in
//! its place; it never hides its neighbours. Nothing here knows a file.

mod exact;
mod figure;
mod interpret;
mod mark;
mod numeral;
mod print;
mod quick;
mod read;
mod syntax;
mod tidy;
mod together;
mod unit;
mod value;
mod when;
mod words;

pub use figure::{Figure, Reading};
pub use interpret::interpret;
pub use unit::{UnitRelation, relate_units};
pub use value::{
    Bound, Change, Comparator, Deadline, Meaning, PartialDate, Period, Phrase, Precision, Quantity, Range, Recurring,
    Value,
};

/// 指标表: a form with its texts understood; rows and funds lines stand in the order of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorTable {
    pub rows: Vec<Indicator>,
    pub funds: Vec<Funds>,
    /// The printed 总分 row: weight and score.
    pub total_weight: Reading<Figure>,
    pub total_score: Reading<Figure>,
}

/// 指标: one indicator row, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// 三级指标, white space removed.
    pub name: String,
    pub level1: String,
    pub level2: String,
    /// 权重
    pub weight: Reading<Figure>,
    /// 年度指标值
    pub target: Value,
    /// 实际完成值; `None` where the form has no such column.
    pub actual: Option<Value>,
    /// 上年完成值; `None` where the form has no such column.
    pub previous: Option<Value>,
    /// 完成率 as printed.
    pub rate: Reading<Figure>,
    /// 得分 as printed.
    pub score: Reading<Figure>,
    /// 赋分规则 as printed, white space removed; `None` where the form names none.
    pub rule: Option<String>,
    /// 偏差原因, trimmed; `None` where the form has no such column.
    pub reason: Option<String>,
}

/// 资金: one line of the funds block, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Funds {
    pub name: String,
    pub initial: Reading<Figure>,
    pub budget: Reading<Figure>,
    pub spent: Reading<Figure>,
    pub weight: Reading<Figure>,
    pub rate: Reading<Figure>,
    pub score: Reading<Figure>,
}
