//! 成本目标 (cost): a ceiling on money, not above what was spent last year.

use super::measure::{bare_name, unit_of};
use super::number::printed;
use super::{Context, Proposal, Sort, clause, comparable, is_below};
use crate::indicator::{Bound, Comparator, Quantity};
use crate::template::draft::Need;
use crate::template::policy::has_any;

pub(super) fn propose(bound: &Bound, context: &Context) -> Proposal {
    let costs = &context.policy.costs;
    let mut reasons = Vec::new();
    let mut need = Need::Nothing;
    let mut quantity = with_unit(&bound.quantity, context, &mut reasons);
    if bound.comparator != Some(Comparator::AtMost) {
        reasons.push("成本指标是控制数，写作“≤”".to_owned());
    }
    match context.result_like(&quantity).and_then(|result| Some((comparable(&result, &quantity)?, result))) {
        Some(((spent, _), _)) if spent.is_zero() => {
            need = Need::Confirm;
            reasons.push("上年没有支出，暂沿用上年上限；是否仍需安排须由人决定".to_owned());
        }
        Some(((spent, limit), result)) if spent > limit => {
            reasons.push(format!("上年超出上限（支出{}），上限不放宽", result.canonical()));
        }
        Some(((spent, limit), result)) => {
            reasons.push(format!("不超过上年实际{}", result.canonical()));
            if is_below(spent, limit, costs.far_below) {
                need = Need::Confirm;
                reasons.push("上年节约较多，如下年工作量增加请改".to_owned());
            }
            quantity = result;
        }
        None => reasons.push("上年实际支出未知，暂沿用上年上限；补填后须再核对".to_owned()),
    }
    if has_any(context.name(), &costs.one_off) {
        need = Need::Confirm;
        reasons.push(format!("名称像一次性支出，{}年是否仍发生须由人确认，不再发生的请删去并重分权重", context.year));
    }
    reasons.push(clause(&costs.statement));
    let mut text = printed(Comparator::AtMost, &quantity);
    let name = bare_name(context.name());
    if quantity.unit.contains('/') && costs.totals.iter().any(|word| name.ends_with(word.as_str())) {
        need = Need::Fill;
        text = format!("{}：{text}是单价，名称却是总额", context.policy.to_fill);
        reasons.push("名称是总额，目标值的单位却是单价，请改正其一".to_owned());
    }
    Proposal { text, reasons, need, sort: Sort::Cost, bound: Some((Comparator::AtMost, quantity)) }
}

/// The ceiling with the unit that was left out: 94万 under a cost level is 94万元.
fn with_unit(quantity: &Quantity, context: &Context, reasons: &mut Vec<String>) -> Quantity {
    if !quantity.unit.is_empty() {
        return quantity.clone();
    }
    let unit = unit_of(quantity, context)
        .filter(|unit| unit.starts_with(&context.policy.costs.money))
        .unwrap_or_else(|| context.policy.costs.money.clone());
    reasons.push(format!("上年目标值没有写“{unit}”，补上"));
    Quantity { unit, ..quantity.clone() }
}
