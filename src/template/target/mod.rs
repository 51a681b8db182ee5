//! 目标值 (target): next year's target of one indicator, by the kind of its target this year.

mod cost;
mod deadline;
mod measure;
mod number;
mod phrase;
mod satisfaction;
mod trend;

use rust_decimal::Decimal;

use crate::indicator::{Bound, Comparator, Meaning, Quantity, Value};
use crate::ruleset::Statement;
use crate::score::Ratio;
use crate::template::draft::{CLAUSE, Need};
use crate::template::past::Past;
use crate::template::policy::{Policy, has_any};
use crate::text::squeeze;

use measure::comparable;
pub(super) use number::printed;

/// What a proposal is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub past: &'a Past<'a>,
    pub policy: &'a Policy,
    /// The year of the form.
    pub from: i32,
    /// The year that is drafted.
    pub year: i32,
}

/// 拟定的目标值
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    pub text: String,
    pub reasons: Vec<String>,
    pub need: Need,
    pub sort: Sort,
    /// Comparator and quantity, where the target is a number.
    pub bound: Option<(Comparator, Quantity)>,
}

/// 目标类别: what decides on basis and rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Number,
    Satisfaction,
    /// 成本控制数 in money
    Cost,
    Date,
    Recurring,
    Phrase,
    /// Nobody can say before a person has filled the cell.
    Open,
}

/// Proposes the target of an indicator.
pub(super) fn propose(context: &Context) -> Proposal {
    let target = &context.past.indicator.target;
    let proposal = match &target.meaning {
        _ if context.is_satisfaction() => satisfaction::propose(target, context),
        Meaning::Bound(bound) if bound.change.is_some() => kept(context, Sort::Number, "变化幅度类指标沿用上年目标"),
        Meaning::Bound(bound) if context.is_cost(&bound.quantity) => cost::propose(bound, context),
        Meaning::Bound(bound) => number::propose(bound, context),
        Meaning::Range(_) => kept(context, Sort::Number, "区间目标沿用上年区间"),
        Meaning::Deadline(deadline) => deadline::propose(deadline, context),
        Meaning::Recurring(_) => recurring(context),
        Meaning::Phrase(_) => phrase::propose(context),
        Meaning::Missing => missing(context, "本年表中没有填写目标值"),
        Meaning::NotUnderstood(why) => missing(context, &format!("本年目标值无法识别（{why}）")),
    };
    Proposal { reasons: std::iter::once(context.figures()).chain(proposal.reasons).collect(), ..proposal }
}

fn kept(context: &Context, sort: Sort, why: &str) -> Proposal {
    let text = context.past.indicator.target.canonical();
    Proposal {
        text, reasons: vec![format!("{why}，请结合本年完成情况确认")], need: Need::Confirm, sort, bound: None
    }
}

fn recurring(context: &Context) -> Proposal {
    let text = squeeze(&context.past.indicator.target.written);
    let reasons = vec!["周期性时限不随年度变化，照抄".to_owned(), clause(&context.policy.deadlines.statement)];
    Proposal { text, reasons, need: Need::Nothing, sort: Sort::Recurring, bound: None }
}

fn missing(context: &Context, why: &str) -> Proposal {
    let text = context.policy.to_fill.clone();
    Proposal {
        text, reasons: vec![format!("{why}，须人工设定")], need: Need::Fill, sort: Sort::Open, bound: None
    }
}

/// The clause of a statement with its grade, as it stands among the reasons.
pub(super) fn clause(statement: &Statement) -> String {
    format!("{CLAUSE}{}（{}）", statement.clause, statement.provenance.words())
}

impl Context<'_> {
    pub fn name(&self) -> &str {
        &self.past.indicator.name
    }

    /// Last year's result, as seen from the drafted year.
    pub fn last_result(&self) -> Option<&Value> {
        self.past.result(self.year - 1)
    }

    /// The newest result before last year's.
    pub fn older_result(&self) -> Option<(i32, &Value)> {
        self.past.results.range(..self.year - 1).next_back().map(|(year, value)| (*year, value))
    }

    pub fn is_satisfaction(&self) -> bool {
        let indicator = &self.past.indicator;
        let words = &self.policy.satisfaction.words;
        [&indicator.name, &indicator.level1, &indicator.level2].iter().any(|text| has_any(text, words))
    }

    /// A ceiling on money under a cost level.
    fn is_cost(&self, quantity: &Quantity) -> bool {
        let money = quantity.unit.starts_with(self.policy.costs.money.as_str()) || quantity.unit.is_empty();
        self.under_cost() && money
    }

    /// Whether the row stands under a cost level, and its name does not turn the sense round.
    fn under_cost(&self) -> bool {
        let indicator = &self.past.indicator;
        let costs = &self.policy.costs;
        let level = has_any(&indicator.level1, &costs.levels) || has_any(&indicator.level2, &costs.levels);
        level && !has_any(&indicator.name, &costs.reversing)
    }

    /// The figures that a proposal starts from: `2024年目标值≥180人，完成值=294人，完成率163.33%`.
    fn figures(&self) -> String {
        let indicator = &self.past.indicator;
        let mut text = format!("{}年目标值“{}”", self.from, squeeze(&indicator.target.written));
        for (year, value) in self.past.results.iter().rev() {
            text.push_str(&format!("，{year}年完成值“{}”", squeeze(&value.written)));
        }
        if self.last_result().is_none() {
            text.push_str(&format!("，{}年完成值未知", self.year - 1));
        }
        if let Some(rate) = self.rate().and_then(|rate| rate.percent(2)) {
            text.push_str(&format!("，完成率{rate}%"));
        }
        text
    }

    /// Last year's result ÷ last year's target.
    fn rate(&self) -> Option<Ratio> {
        let target = self.target_bound()?;
        let (result, target) =
            self.result_like(&target.quantity).as_ref().and_then(|result| comparable(result, &target.quantity))?;
        Ratio::new(result, target)
    }

    fn target_bound(&self) -> Option<&Bound> {
        match &self.past.indicator.target.meaning {
            Meaning::Bound(bound) => Some(bound),
            _ => None,
        }
    }

    /// Last year's result as a quantity that can be compared with another; a unit left out is taken over.
    pub fn result_like(&self, other: &Quantity) -> Option<Quantity> {
        quantity_like(self.last_result()?, other)
    }
}

/// A value as a quantity comparable with another.
fn quantity_like(value: &Value, other: &Quantity) -> Option<Quantity> {
    let Meaning::Bound(bound) = &value.meaning else { return None };
    measure::like(&bound.quantity, other)
}

/// `ratio` as a fraction compared with a limit.
fn is_below(value: Decimal, whole: Decimal, share: Decimal) -> bool {
    whole.checked_mul(share).is_some_and(|limit| value < limit)
}

fn is_from(value: Decimal, whole: Decimal, share: Decimal) -> bool {
    !whole.is_zero() && whole.checked_mul(share).is_some_and(|limit| value >= limit)
}
