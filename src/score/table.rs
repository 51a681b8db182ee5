//! 整表评分 (table): every row, the execution line, the total and the grade of one form.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::{Figure, Indicator, IndicatorTable, Reading};
use crate::ruleset::{OverCompletion, RuleSet, TargetKind};
use crate::score::compare;
use crate::score::execution::{execution, execution_line, execution_rate, execution_weight};
use crate::score::{NotEvaluated, Outcome, Points, Ratio, ScoreCard, TotalScore, explain, grade, judge};

/// Scores every row of a form under a rule set.
pub fn score(table: &IndicatorTable, kind: FormKind, rules: &RuleSet) -> ScoreCard {
    let rows: Vec<Outcome> = table.rows.iter().map(|row| outcome(row, kind, rules)).collect();
    let execution = if kind.is_self_evaluation() { execution(table, rules) } else { None };
    let total = total(table, &rows, execution.as_ref(), rules);
    ScoreCard { rows, execution, total }
}

fn outcome(indicator: &Indicator, kind: FormKind, rules: &RuleSet) -> Outcome {
    match judge(indicator, kind, rules) {
        Ok(judgement) => Outcome::Scored(explain(&judgement, indicator)),
        Err(why) => {
            let rate = rate(indicator).and_then(|rate| rate.percent_unrounded());
            Outcome::NotEvaluated(NotEvaluated { why: why.to_string(), rate })
        }
    }
}

/// 超额完成: the rule's statement on over-completion that a row reaches, if any; the deduction itself is in the score.
pub fn over_completion<'r>(indicator: &Indicator, kind: FormKind, rules: &'r RuleSet) -> Option<&'r OverCompletion> {
    let judgement = judge(indicator, kind, rules).ok()?;
    let target = TargetKind::of(&indicator.target)?;
    let over = judgement.rule.cases.iter().find(|case| case.kinds.contains(&target))?.over.as_ref()?;
    judgement.rate?.compare(over.from).filter(|order| order.is_ge()).map(|_| over)
}

/// Actual ÷ target, where both are numbers in comparable units.
pub(crate) fn rate(indicator: &Indicator) -> Option<Ratio> {
    let pair = compare::numbers(indicator)?;
    Ratio::new(pair.actual, pair.target)
}

/// What a part of the total contributes.
struct Part {
    weight: Decimal,
    points: Option<Decimal>,
    exact: bool,
}

fn part(weight: Option<Decimal>, printed: &Reading<Figure>, outcome: &Outcome) -> Part {
    let weight = weight.unwrap_or_default();
    let printed = printed.get().map(|figure| figure.value);
    match outcome {
        Outcome::Scored(score) => match score.points {
            Points::Exact { rounded, .. } => Part { weight, points: Some(rounded), exact: true },
            Points::Within { low, high, .. } => {
                let points = printed.map(|points| points.clamp(low, high.max(low)));
                Part { weight, points, exact: false }
            }
        },
        Outcome::NotEvaluated(_) => Part { weight, points: printed, exact: false },
    }
}

fn total(table: &IndicatorTable, rows: &[Outcome], execution: Option<&Outcome>, rules: &RuleSet) -> TotalScore {
    let funds = execution_line(table).and_then(|line| table.funds.get(line));
    let mut parts: Vec<Part> = table
        .rows
        .iter()
        .zip(rows)
        .filter(|(row, _)| !is_dropped(row, rules))
        .map(|(row, outcome)| part(row.weight.get().map(|figure| figure.value), &row.score, outcome))
        .collect();
    let dropped = parts.len() < table.rows.len();
    if let Some((funds, outcome)) = funds.zip(execution) {
        parts.push(part(execution_weight(funds, rules).ok(), &funds.score, outcome));
    }
    let sum = |values: &mut dyn Iterator<Item = Decimal>| values.fold(Decimal::ZERO, |sum, v| sum.saturating_add(v));
    let weight = sum(&mut parts.iter().map(|part| part.weight));
    let verified = sum(&mut parts.iter().filter(|part| part.exact).map(|part| part.weight));
    let points: Option<Decimal> =
        parts.iter().map(|part| part.points).try_fold(Decimal::ZERO, |sum, p| sum.checked_add(p?));
    let points = points.filter(|_| !parts.is_empty()).map(|points| rescaled(points, weight, dropped, rules));
    let cap = funds.and_then(|funds| execution_rate(funds, rules).ok()).and_then(|rate| grade::cap(rules, rate));
    let points = points.map(|points| cap.map_or(points, |cap| points.min(cap.total)));
    let grade = points.and_then(|points| grade::grade(rules, points)).map(str::to_owned);
    TotalScore { points, verified, weight, grade }
}

/// 不适用的指标: where the rule set says so they are left out and the rest is brought back to 100.
fn is_dropped(row: &Indicator, rules: &RuleSet) -> bool {
    let written = row.actual.as_ref().map_or("", |actual| actual.written.as_str());
    !written.is_empty() && rules.dropped.iter().any(|word| crate::text::squeeze(written) == *word)
}

fn rescaled(points: Decimal, weight: Decimal, dropped: bool, rules: &RuleSet) -> Decimal {
    if !dropped {
        return points;
    }
    let scaled = points.checked_mul(Decimal::ONE_HUNDRED).and_then(|points| points.checked_div(weight));
    scaled.map_or(points, |scaled| grade::round(&rules.rounding, scaled))
}
