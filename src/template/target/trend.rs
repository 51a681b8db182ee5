//! 趋势 (trend): several years of results carried on by their mean yearly change.

use rust_decimal::{Decimal, RoundingStrategy};

use super::measure::{is_whole, with_number};
use super::{Context, clause, comparable, quantity_like};
use crate::indicator::Quantity;

/// Raises a floor along the trend of the results, where there are enough of them.
pub(super) fn extend(quantity: &mut Quantity, reasons: &mut Vec<String>, context: &Context) {
    let Some(result) = context.result_like(quantity) else { return };
    let series = series(&result, context);
    if series.len() < context.policy.trend.least_results {
        return;
    }
    let (Some(first), Some(last)) = (series.first().copied(), series.last().copied()) else { return };
    let listed: Vec<String> = series.iter().map(|(year, value)| format!("{year}年{value}")).collect();
    if last.1 <= first.1 {
        reasons.push(format!("近年没有上升（{}），不外推", listed.join("，")));
        return;
    }
    let Some(raised) = raised(first, last, &result, context) else { return };
    let proposal = with_number(&result, raised, raised.scale());
    if comparable(&proposal, quantity).is_some_and(|(new, old)| new > old) {
        reasons.push(format!("近年完成值{}，按年均增量外推为{}", listed.join("，"), proposal.canonical()));
        reasons.push(clause(&context.policy.trend.statement));
        *quantity = proposal;
    }
}

/// The results as numbers at the multiplier of last year's, oldest first.
fn series(result: &Quantity, context: &Context) -> Vec<(i32, Decimal)> {
    let number = |value: &crate::indicator::Value| {
        let quantity = quantity_like(value, result)?;
        let (value, _) = comparable(&quantity, result)?;
        value.checked_div(result.scale)
    };
    let upto = context.past.results.range(..context.year);
    upto.filter_map(|(year, value)| Some((*year, number(value)?.normalize()))).collect()
}

/// Last year's number and the mean yearly change, within the limit of the policy; never more precise than the result.
fn raised(first: (i32, Decimal), last: (i32, Decimal), result: &Quantity, context: &Context) -> Option<Decimal> {
    let years = Decimal::from(last.0.checked_sub(first.0)?);
    let mean = last.1.checked_sub(first.1)?.checked_div(years)?;
    let most = last.1.checked_mul(context.policy.trend.most_growth)?;
    let places = if is_whole(result, &context.policy.units) { 0 } else { result.places };
    let raised = last.1.checked_add(mean.min(most))?;
    Some(raised.round_dp_with_strategy(places, RoundingStrategy::ToZero))
}
