//! 预算执行率 (execution): the points of the funds line that has a weight.

use rust_decimal::Decimal;

use crate::indicator::{Figure, Funds, IndicatorTable, Reading};
use crate::ruleset::{Band, Divisor, ExecutionRule, ExecutionScale, RuleSet, Statement};
use crate::score::explain::{line_formula, plain};
use crate::score::judge;
use crate::score::unjudged::Unjudged;
use crate::score::{Basis, Completion, NotEvaluated, Outcome, Points, Ratio, Score, grade, scale};

/// Position of the funds line that carries the execution points: the first with a printed weight, else the first with a
/// printed score.
pub fn execution_line(table: &IndicatorTable) -> Option<usize> {
    let weighed = |funds: &Funds| !matches!(funds.weight, Reading::Absent | Reading::Blank);
    let line = table.funds.iter().position(weighed);
    line.or_else(|| table.funds.iter().position(|funds| funds.score.get().is_some()))
}

/// The outcome of the execution line; `None` where the form has none.
pub(super) fn execution(table: &IndicatorTable, rules: &RuleSet) -> Option<Outcome> {
    let funds = table.funds.get(execution_line(table)?)?;
    Some(execution_outcome(funds, rules, Completion::of(table)))
}

/// The outcome of a funds line that carries the execution points, for a project that is complete or not.
pub fn execution_outcome(funds: &Funds, rules: &RuleSet, completion: Completion) -> Outcome {
    match execution_score(funds, rules, completion) {
        Ok(score) => Outcome::Scored(score),
        Err(why) => {
            let rate = execution_rate(funds, rules).ok().and_then(|rate| rate.percent_unrounded());
            Outcome::NotEvaluated(NotEvaluated { why: why.to_string(), rate })
        }
    }
}

/// Weight of the execution line: printed, else the rule set's.
pub(super) fn execution_weight(funds: &Funds, rules: &RuleSet) -> Result<Decimal, Unjudged> {
    match (&funds.weight, &rules.execution) {
        (Reading::Absent | Reading::Blank, Some(rule)) => Ok(rule.weight),
        (printed, _) => judge::weight(printed),
    }
}

/// 预算执行率: spent ÷ budget, exact, with the budget that the rule set names.
pub(super) fn execution_rate(funds: &Funds, rules: &RuleSet) -> Result<Ratio, Unjudged> {
    let divisor = rules.execution.as_ref().map_or(Divisor::Budget, |rule| rule.divisor);
    let value = |reading: &Reading<Figure>| reading.get().map(|figure| figure.value);
    let budget = match divisor {
        Divisor::Budget => value(&funds.budget).or_else(|| value(&funds.initial)),
        Divisor::Initial => value(&funds.initial).or_else(|| value(&funds.budget)),
    };
    let (budget, spent) = budget.zip(value(&funds.spent)).ok_or(Unjudged::FundsMissing)?;
    Ratio::new(spent, budget).ok_or(Unjudged::BudgetZero)
}

fn execution_score(funds: &Funds, rules: &RuleSet, completion: Completion) -> Result<Score, Unjudged> {
    let rule = rules.execution.as_ref().ok_or_else(|| Unjudged::ExecutionNotStated { rules: rules.id.clone() })?;
    let weight = execution_weight(funds, rules)?;
    let rate = execution_rate(funds, rules)?;
    let (spent, budget) = (plain(rate.numerator), plain(rate.denominator));
    let shown = rate.percent(2).ok_or(Unjudged::OutOfRange)?;
    let line = Line { rule, weight, rules, completion };
    let mut score = line.at_rate(rate, &format!("{spent}/{budget}")).ok_or(Unjudged::OutOfRange)?;
    score.steps.insert(0, format!("{spent} ÷ {budget} = {shown:.2}%"));
    Ok(score)
}

/// The points that the execution rule gives for a printed rate, in percent.
///
/// `None` where the set has no such rule, the line has no weight, or the numbers are out of range.
pub fn score_for_execution_rate(
    funds: &Funds,
    rules: &RuleSet,
    completion: Completion,
    rate_percent: Decimal,
) -> Option<Score> {
    let rule = rules.execution.as_ref()?;
    let weight = execution_weight(funds, rules).ok()?;
    let line = Line { rule, weight, rules, completion };
    line.at_rate(Ratio::from_percent(rate_percent), &format!("{}%", plain(rate_percent)))
}

/// The execution line under one rule.
struct Line<'r> {
    rule: &'r ExecutionRule,
    weight: Decimal,
    rules: &'r RuleSet,
    completion: Completion,
}

/// What a rate gives: the statement, the lowest and highest points, and the formula.
struct Scaled<'r> {
    statement: &'r Statement,
    low: Decimal,
    high: Decimal,
    formula: String,
}

impl<'r> Line<'r> {
    fn at_rate(&self, rate: Ratio, shown: &str) -> Option<Score> {
        let above_full = rate.compare(Decimal::ONE)? == std::cmp::Ordering::Greater;
        let scaled = if above_full && !self.rule.capped {
            let points = self.weight.checked_mul(rate.numerator)?.checked_div(rate.denominator)?;
            let formula = format!("{} × {shown}", plain(self.weight));
            Scaled { statement: &self.rule.statement, low: points, high: points, formula }
        } else {
            self.by_completion(rate, shown)?
        };
        let round = |points: Decimal| grade::round(&self.rules.rounding, points);
        let Scaled { statement, low, high, formula } = scaled;
        let (points, step) = if low == high {
            let rounded = round(low);
            (Points::Exact { rounded, unrounded: low }, format!("{formula} = {rounded}"))
        } else {
            let (low, high) = (round(low), round(high));
            (Points::Within { low, high, high_open: false }, format!("{formula} = {low}～{high}"))
        };
        let basis =
            Basis { rule: self.rule.name.clone(), clause: statement.clause.clone(), provenance: statement.provenance };
        Some(Score { rate: Some(rate), points, steps: vec![step], basis })
    }

    /// By the bands for finished or for unfinished projects, where the rule tells the two apart.
    fn by_completion(&self, rate: Ratio, shown: &str) -> Option<Scaled<'r>> {
        let rule = self.rule;
        if rule.complete.is_empty() {
            return self.unfinished(rate, shown);
        }
        let condition = |scaled: Scaled<'r>| {
            let formula = format!("{}，{}", self.completion.words(), scaled.formula);
            Scaled { formula, ..scaled }
        };
        match self.completion {
            Completion::Complete => self.on_bands(&rule.complete, rate, shown).map(condition),
            Completion::Unfinished => self.unfinished(rate, shown).map(condition),
            Completion::Open => {
                let (unfinished, complete) =
                    (self.unfinished(rate, shown)?, self.on_bands(&rule.complete, rate, shown)?);
                if unfinished.low == complete.low && unfinished.high == complete.high {
                    return Some(unfinished);
                }
                Some(condition(Scaled {
                    statement: &rule.statement,
                    low: unfinished.low.min(complete.low),
                    high: unfinished.high.max(complete.high),
                    formula: format!("未完成 {}，完成 {}", unfinished.formula, complete.formula),
                }))
            }
        }
    }

    fn unfinished(&self, rate: Ratio, shown: &str) -> Option<Scaled<'r>> {
        match &self.rule.scale {
            ExecutionScale::Curve(bands) => self.on_bands(bands, rate, shown),
            ExecutionScale::Steps(steps) => {
                let (low, high) = scale::on_steps(steps, rate, self.weight)?;
                let formula = format!("{}分逐档扣减", plain(self.weight));
                Some(Scaled { statement: &self.rule.statement, low, high, formula })
            }
        }
    }

    fn on_bands(&self, bands: &'r [Band], rate: Ratio, shown: &str) -> Option<Scaled<'r>> {
        let (band, points) = scale::on_curve(bands, rate.positive_part(), self.weight)?;
        let formula = line_formula(band, shown, &plain(self.weight), "");
        let formula = formula.trim_end_matches(" = ").to_owned();
        Some(Scaled { statement: &band.statement, low: points, high: points, formula })
    }
}
