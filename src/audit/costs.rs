//! 成本 (costs): JX411, cost ceilings against the money there is.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::{Span, half_unit, plain};
use crate::audit::unit;
use crate::audit::words::has_any;
use crate::audit::{Code, Finding, Severity};
use crate::form::Column;
use crate::indicator::{Comparator, Quantity};
use crate::score::SenseWords;
use crate::text::label;

/// What one cost row may cost in a year, in 元, with the arithmetic.
struct Cost {
    span: Span,
    step: String,
}

/// JX411: cost ceilings that add up to more than the budget.
pub(super) fn cost_does_not_fit_budget(scene: &FormScene, _: &Found) -> Vec<Finding> {
    fault(scene).into_iter().collect()
}

fn fault(scene: &FormScene) -> Option<Finding> {
    if scene.form().kind.is_overall() {
        return None;
    }
    let costs: Vec<Cost> = scene.rows().filter_map(|row| cost(&row)).collect();
    let zero = Span::around(Decimal::ZERO, Decimal::ZERO)?;
    let total = costs.iter().try_fold(zero, |total, cost| total.plus(cost.span))?;
    let (budget, limit) = budget(scene)?;
    let ten_thousand = Decimal::from(10_000);
    let middle = total.low.checked_add(total.high)?.checked_div(Decimal::TWO)?;
    if middle <= budget.high || costs.is_empty() {
        return None;
    }
    let middle = middle.checked_div(ten_thousand)?;
    let over = middle.checked_sub(limit)?;
    let within_rounding = total.low <= budget.high;
    let (severity, remark) = if within_rounding {
        (Severity::Note, "；差额在单价取整的误差之内")
    } else {
        (Severity::Warning, "")
    };
    let message = format!(
        "成本指标的上限合计 {} 万元，超过预算 {} 万元（多 {}{remark}）",
        plain(middle),
        plain(limit),
        plain(over)
    );
    let mut finding = scene
        .finding(Code::CostDoesNotFitBudget, message)
        .graded(severity)
        .figures(plain(middle), plain(limit))
        .evidence_lines(costs.into_iter().map(|cost| cost.step))
        .suggest("请核对成本指标的目标值和单位，使合计不超过预算");
    finding.field = Some(Column::Target.key());
    Some(finding)
}

/// The larger of initial and final budget: as a span in 元, and in 万元.
fn budget(scene: &FormScene) -> Option<(Span, Decimal)> {
    let name = |text: &str| label(text).split('(').next().unwrap_or_default().to_owned();
    let total = scene.funds().find(|line| scene.words.funds.totals.contains(&name(&line.funds.name)))?;
    let figures = [&total.funds.initial, &total.funds.budget];
    let largest = figures.into_iter().filter_map(|reading| reading.get()).max_by_key(|figure| figure.value)?;
    if largest.value.is_zero() {
        return None;
    }
    let ten_thousand = Decimal::from(10_000);
    let printed = Span::of(largest)?;
    let span = Span { low: printed.low.checked_mul(ten_thousand)?, high: printed.high.checked_mul(ten_thousand)? };
    Some((span, largest.value))
}

/// What a cost row allows in a year; `None` where its unit does not tell.
fn cost(row: &RowScene) -> Option<Cost> {
    let indicator = row.indicator;
    if !has_any(&indicator.level1, &SenseWords::builtin().smaller_levels)
        && !has_any(&indicator.level2, &SenseWords::builtin().smaller_levels)
    {
        return None;
    }
    let bound = unit::bound(&indicator.target)?;
    if matches!(bound.comparator, Some(Comparator::AtLeast | Comparator::MoreThan))
        || has_any(&indicator.name, &SenseWords::builtin().reversing)
    {
        return None;
    }
    let (factor, words) = factor(row, &bound.quantity)?;
    let quantity = &bound.quantity;
    let half = half_unit(quantity.places).checked_mul(quantity.scale)?;
    let one = Span::around(quantity.value()?, half)?;
    let span = Span { low: one.low.checked_mul(factor)?, high: one.high.checked_mul(factor)? };
    Some(Cost { span, step: format!("{}：{}{words}", row.name(), row.text(Column::Target)) })
}

/// How many times a year's budget bears the amount, in words as well.
fn factor(row: &RowScene, quantity: &Quantity) -> Option<(Decimal, String)> {
    let costs = &row.form.words.costs;
    let mut parts = quantity.unit.split(['/', '·', '*']);
    let is_one_of = |part: &str, words: &[String]| words.iter().any(|word| word == part);
    if !parts.next().is_some_and(|part| is_one_of(part, &costs.money)) {
        return None;
    }
    let mut factor = Decimal::ONE;
    let mut words = String::new();
    let mut monthly = has_any(&row.indicator.name, &costs.monthly);
    for part in parts {
        if is_one_of(part, &costs.month) {
            monthly = true;
        } else if is_one_of(part, &costs.person) {
            let people = row.form.facts.people?;
            factor = factor.checked_mul(people)?;
            words += &format!(" × {} 人", plain(people));
        } else if !is_one_of(part, &costs.year) {
            return None;
        }
    }
    if monthly {
        factor = factor.checked_mul(costs.months)?;
        words += &format!(" × {} 个月", plain(costs.months));
    }
    Some((factor, words))
}
