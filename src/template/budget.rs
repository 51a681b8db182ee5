//! 预算 (budget): the cost ceilings brought to the budget of the year.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::indicator::Quantity;
use crate::template::policy::Costs;

/// 万元 in 元.
const WAN: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// What became of the ceilings.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fitted {
    /// They add up to the budget already, or nothing can be scaled.
    AsTheyAre,
    /// New ceilings for the rows that give a total, with the arithmetic.
    Scaled { ceilings: Vec<(usize, Quantity)>, arithmetic: String },
    /// Unit prices beside totals: what part of the budget the totals may take has to be decided.
    Undecided { sum: Decimal },
}

/// A cost ceiling of the draft.
#[derive(Debug, Clone)]
pub(super) struct Ceiling {
    /// Position of the row.
    pub row: usize,
    pub quantity: Quantity,
    /// A price for each piece, person or month, no total.
    pub unit_price: bool,
}

/// Brings the totals among the ceilings to a budget in 万元.
pub(super) fn fit(ceilings: &[Ceiling], budget: Decimal, costs: &Costs) -> Fitted {
    let totals: Vec<(&Ceiling, Decimal)> = ceilings
        .iter()
        .filter(|ceiling| !ceiling.unit_price)
        .filter_map(|ceiling| Some((ceiling, ceiling.quantity.value()?)))
        .collect();
    let sum: Decimal = totals.iter().map(|(_, value)| *value).sum();
    let Some(budget) = budget.checked_mul(WAN) else { return Fitted::AsTheyAre };
    if totals.is_empty() || sum.is_zero() || sum == budget {
        return Fitted::AsTheyAre;
    }
    if totals.len() < ceilings.len() {
        let in_wan = sum.checked_div(WAN).unwrap_or_default().normalize();
        return if sum > budget { scaled(&totals, sum, budget, costs) } else { Fitted::Undecided { sum: in_wan } };
    }
    scaled(&totals, sum, budget, costs)
}

/// Each total times budget ÷ sum, rounded down; the remainder goes to the largest.
fn scaled(totals: &[(&Ceiling, Decimal)], sum: Decimal, budget: Decimal, costs: &Costs) -> Fitted {
    let mut parts: Vec<Decimal> =
        totals.iter().map(|(ceiling, value)| part(ceiling, *value, sum, budget, costs)).collect();
    let rest = budget - parts.iter().sum::<Decimal>();
    let largest = parts.iter().enumerate().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(&a.0))).map(|(index, _)| index);
    if let Some(part) = largest.and_then(|index| parts.get_mut(index)) {
        *part += rest;
    }
    let ceilings =
        totals.iter().zip(parts).map(|((ceiling, _), value)| (ceiling.row, in_scale(&ceiling.quantity, value, costs)));
    let wan = |value: Decimal| value.checked_div(WAN).unwrap_or_default().normalize();
    let arithmetic = format!("各项合计{}万元，预算{}万元，按比例调整，尾差计入最大项", wan(sum), wan(budget));
    Fitted::Scaled { ceilings: ceilings.collect(), arithmetic }
}

/// The part of the budget in 元, rounded down to the places of the policy at the multiplier of the ceiling.
fn part(ceiling: &Ceiling, value: Decimal, sum: Decimal, budget: Decimal, costs: &Costs) -> Decimal {
    let scale = ceiling.quantity.scale;
    let exact = value.checked_mul(budget).and_then(|product| product.checked_div(sum)).unwrap_or_default();
    let number = exact.checked_div(scale).unwrap_or_default();
    number.round_dp_with_strategy(places(&ceiling.quantity, costs), RoundingStrategy::ToZero) * scale
}

fn places(quantity: &Quantity, costs: &Costs) -> u32 {
    if quantity.scale == Decimal::ONE { 0 } else { costs.places }
}

fn in_scale(quantity: &Quantity, value: Decimal, costs: &Costs) -> Quantity {
    let mut number = value.checked_div(quantity.scale).unwrap_or(value).normalize();
    let places = places(quantity, costs).max(number.scale());
    number.rescale(places);
    Quantity { number, places, ..quantity.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Policy;

    fn ceiling(row: usize, number: &str, unit_price: bool) -> Ceiling {
        let number: Decimal = number.parse().unwrap();
        let unit = if unit_price { "元/人" } else { "元" };
        let scale = if unit_price { Decimal::ONE } else { WAN };
        Ceiling { row, quantity: Quantity { number, places: number.scale(), scale, unit: unit.into() }, unit_price }
    }

    fn fitted(ceilings: &[Ceiling], budget: &str) -> Fitted {
        fit(ceilings, budget.parse().unwrap(), &Policy::builtin().costs)
    }

    #[test]
    fn totals_add_up_to_the_budget_exactly() {
        let ceilings = [ceiling(0, "43.58", false), ceiling(1, "5", false), ceiling(2, "24.79", false)];
        let Fitted::Scaled { ceilings, .. } = fitted(&ceilings, "70") else { panic!("not scaled") };
        let sum: Decimal = ceilings.iter().map(|(_, quantity)| quantity.number).sum();
        assert_eq!(sum, Decimal::from(70));
        assert!(ceilings.iter().all(|(_, quantity)| quantity.number.scale() == 2));
    }

    #[test]
    fn totals_that_fit_stay() {
        assert_eq!(fitted(&[ceiling(0, "10", false), ceiling(1, "5.5", false)], "15.5"), Fitted::AsTheyAre);
    }

    #[test]
    fn unit_prices_are_never_scaled() {
        let ceilings = [ceiling(0, "450", true), ceiling(1, "2.75", false)];
        assert!(matches!(fitted(&ceilings, "15.54"), Fitted::Undecided { .. }));
        let Fitted::Scaled { ceilings, .. } = fitted(&ceilings, "2") else { panic!("not scaled") };
        assert_eq!(ceilings.len(), 1);
    }
}
