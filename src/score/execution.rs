//! 预算执行率 (execution): the points of the funds line that has a weight.

use rust_decimal::Decimal;

use crate::indicator::{Figure, Funds, IndicatorTable, Reading};
use crate::ruleset::{Divisor, ExecutionRule, ExecutionScale, RuleSet, Statement};
use crate::score::explain::{line_formula, plain};
use crate::score::judge;
use crate::score::unjudged::Unjudged;
use crate::score::{Basis, NotEvaluated, Outcome, Points, Ratio, Score, grade, scale};

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
    Some(match execution_score(funds, rules) {
        Ok(score) => Outcome::Scored(score),
        Err(why) => {
            let rate = execution_rate(funds, rules).ok().and_then(|rate| rate.percent_unrounded());
            Outcome::NotEvaluated(NotEvaluated { why: why.to_string(), rate })
        }
    })
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

fn execution_score(funds: &Funds, rules: &RuleSet) -> Result<Score, Unjudged> {
    let rule = rules.execution.as_ref().ok_or_else(|| Unjudged::ExecutionNotStated { rules: rules.id.clone() })?;
    let weight = execution_weight(funds, rules)?;
    let rate = execution_rate(funds, rules)?;
    let (spent, budget) = (plain(rate.numerator), plain(rate.denominator));
    let shown = rate.percent(2).ok_or(Unjudged::OutOfRange)?;
    let mut score = at_rate(rule, weight, rate, &format!("{spent}/{budget}"), rules).ok_or(Unjudged::OutOfRange)?;
    score.steps.insert(0, format!("{spent} ÷ {budget} = {shown:.2}%"));
    Ok(score)
}

/// The points that the execution rule gives for a printed rate, in percent.
///
/// `None` where the set has no such rule, the line has no weight, or the numbers are out of range.
pub fn score_for_execution_rate(funds: &Funds, rules: &RuleSet, rate_percent: Decimal) -> Option<Score> {
    let rule = rules.execution.as_ref()?;
    let weight = execution_weight(funds, rules).ok()?;
    let shown = format!("{}%", plain(rate_percent));
    at_rate(rule, weight, Ratio::from_percent(rate_percent), &shown, rules)
}

fn at_rate(rule: &ExecutionRule, weight: Decimal, rate: Ratio, shown: &str, rules: &RuleSet) -> Option<Score> {
    let above_full = rate.compare(Decimal::ONE)? == std::cmp::Ordering::Greater;
    let (statement, low, high, formula) = if above_full && !rule.capped {
        let points = weight.checked_mul(rate.numerator)?.checked_div(rate.denominator)?;
        (&rule.statement, points, points, format!("{} × {shown}", plain(weight)))
    } else {
        on_scale(rule, weight, rate, shown)?
    };
    let round = |points: Decimal| grade::round(&rules.rounding, points);
    let (points, step) = if low == high {
        let rounded = round(low);
        (Points::Exact { rounded, unrounded: low }, format!("{formula} = {rounded}"))
    } else {
        let (low, high) = (round(low), round(high));
        (Points::Within { low, high, high_open: false }, format!("{formula} = {low}～{high}"))
    };
    let basis = Basis { rule: rule.name.clone(), clause: statement.clause.clone(), provenance: statement.provenance };
    Some(Score { rate: Some(rate), points, steps: vec![step], basis })
}

type Scaled<'r> = (&'r Statement, Decimal, Decimal, String);

fn on_scale<'r>(rule: &'r ExecutionRule, weight: Decimal, rate: Ratio, shown: &str) -> Option<Scaled<'r>> {
    match &rule.scale {
        ExecutionScale::Curve(bands) => {
            let (band, points) = scale::on_curve(bands, rate.positive_part(), weight)?;
            let formula = line_formula(band, shown, &plain(weight), "");
            let formula = formula.trim_end_matches(" = ").to_owned();
            Some((&band.statement, points, points, formula))
        }
        ExecutionScale::Steps(steps) => {
            let (low, high) = scale::on_steps(steps, rate, weight)?;
            Some((&rule.statement, low, high, format!("{}分逐档扣减", plain(weight))))
        }
    }
}
