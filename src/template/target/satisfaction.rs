//! 满意度目标 (satisfaction): not below what was reached, and never 100 %.

use rust_decimal::Decimal;

use super::measure::with_number;
use super::{Context, Proposal, Sort, clause, is_below};
use crate::indicator::{Comparator, Meaning, Quantity, Value};
use crate::template::draft::Need;

pub(super) fn propose(target: &Value, context: &Context) -> Proposal {
    let policy = &context.policy.satisfaction;
    let planned = percentage(target, context);
    let reached = context.last_result().and_then(|value| percentage(value, context));
    let mut reasons = Vec::new();
    let mut need = Need::Nothing;
    let full = Decimal::ONE_HUNDRED;
    let floor = planned.filter(|planned| *planned < full).unwrap_or_default();
    let number = match reached {
        Some(reached) if reached >= full => {
            reasons.push(format!("上年达到{}%，满意度不设100%，取{}%", reached, floor.max(policy.at_full)));
            floor.max(policy.at_full)
        }
        Some(reached) if reached < floor => {
            reasons.push(format!("上年未达到目标（{reached}%），目标不降低"));
            if is_below(reached, floor, context.policy.floors.far_below) {
                need = Need::Confirm;
                reasons.push("差距较大，是否调整须由人决定并说明理由".to_owned());
            }
            floor
        }
        Some(reached) => {
            reasons.push(format!("不低于上年完成值{reached}%"));
            reached.max(floor)
        }
        None if floor.is_zero() => {
            need = Need::Confirm;
            reasons.push(format!("满意度应以百分比设定且不设100%，暂取{}%", policy.at_full));
            policy.at_full
        }
        None => {
            reasons.push("上年完成值未知，暂沿用上年目标；补填后须再核对".to_owned());
            floor
        }
    };
    reasons.push(clause(&policy.statement));
    let share = Quantity { number, places: 0, scale: Decimal::ONE, unit: context.policy.shares.unit.clone() };
    let quantity = with_number(&share, number.normalize(), number.normalize().scale());
    let text = super::number::printed(Comparator::AtLeast, &quantity);
    Proposal { text, reasons, need, sort: Sort::Satisfaction, bound: Some((Comparator::AtLeast, quantity)) }
}

/// A value as a percentage; a bare number above one is taken as one.
fn percentage(value: &Value, context: &Context) -> Option<Decimal> {
    let quantity = match &value.meaning {
        Meaning::Bound(bound) => &bound.quantity,
        Meaning::Range(range) => &range.low,
        _ => return None,
    };
    let is_share = quantity.unit == context.policy.shares.unit;
    let bare = quantity.unit.is_empty() && quantity.number > Decimal::ONE && quantity.number <= Decimal::ONE_HUNDRED;
    (is_share || bare).then_some(quantity.number)
}
