//! 权重 (weights): brought back to the structure of the rule set by the smallest change.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::ruleset::{RuleSet, Statement, WeightStructure};
use crate::template::policy::Weights;

/// A row as far as weights are concerned.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub level1: String,
    /// This year's weight, where it can be read.
    pub weight: Option<Decimal>,
}

/// 权重调整: the new weights with what was done, and what cannot be done here.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reweighed {
    pub weights: Vec<Decimal>,
    /// One reason for each row.
    pub reasons: Vec<String>,
    /// Levels that the structure has and the form has not.
    pub missing: Vec<String>,
    /// Whether the rule set has a structure for this kind of form, but none with the form's levels.
    pub unlike: bool,
    pub statement: Statement,
}

/// The weights for the drafted table.
pub(super) fn reweigh(rows: &[Weighed], kind: FormKind, rules: &RuleSet, policy: &Weights) -> Reweighed {
    let structure = structure(rows, kind, rules);
    let mut weights = vec![Decimal::ZERO; rows.len()];
    let mut reasons = vec![String::new(); rows.len()];
    for group in groups(rows, structure) {
        let current: Vec<Option<Decimal>> =
            group.rows.iter().map(|index| rows.get(*index).and_then(|row| row.weight)).collect();
        let wanted = group.wanted.unwrap_or_else(|| nearest_sum(&current, policy));
        let adjusted = adjust(&current, wanted, policy.step);
        let sum: Decimal = current.iter().flatten().sum();
        for ((index, new), old) in group.rows.iter().zip(adjusted).zip(&current) {
            if let (Some(weight), Some(reason)) = (weights.get_mut(*index), reasons.get_mut(*index)) {
                *weight = new;
                *reason = reason_for(*old, new, &group.name, sum, wanted);
            }
        }
    }
    let missing = structure.map(|structure| missing(rows, structure)).unwrap_or_default();
    let statement = structure.map_or_else(|| policy.statement.clone(), |structure| structure.statement.clone());
    let unlike = structure.is_none() && rules.weights.iter().any(|structure| is_for(structure, kind));
    Reweighed { weights, reasons, missing, unlike, statement }
}

fn reason_for(old: Option<Decimal>, new: Decimal, group: &str, sum: Decimal, wanted: Decimal) -> String {
    let (sum, wanted) = (sum.normalize(), wanted.normalize());
    match old {
        Some(old) if old == new => format!("{group}合计{wanted}，沿用上年权重"),
        Some(old) => {
            format!("{group}上年合计{sum}，应为{wanted}；按最小改动由{}调为{}", old.normalize(), new.normalize())
        }
        None => format!("上年没有权重，{group}合计{wanted}，分得{}", new.normalize()),
    }
}

/// Rows whose weights add up to one figure.
struct Group {
    name: String,
    rows: Vec<usize>,
    wanted: Option<Decimal>,
}

/// The level-1 groups of the structure; without one all rows together.
fn groups(rows: &[Weighed], structure: Option<&WeightStructure>) -> Vec<Group> {
    let Some(structure) = structure else {
        return vec![Group { name: "全部指标".to_owned(), rows: (0..rows.len()).collect(), wanted: None }];
    };
    let of_level = |level: &str| {
        (0..rows.len()).filter(|index| rows.get(*index).is_some_and(|row| row.level1.contains(level))).collect()
    };
    let group = |level: &crate::ruleset::LevelWeight| Group {
        name: level.level.clone(),
        rows: of_level(&level.level),
        wanted: Some(level.weight),
    };
    structure.levels.iter().map(group).filter(|group| !group.rows.is_empty()).collect()
}

/// The structure of the rule set that has every level of the form and the fewest besides.
fn structure<'r>(rows: &[Weighed], kind: FormKind, rules: &'r RuleSet) -> Option<&'r WeightStructure> {
    let covers = |structure: &&WeightStructure| {
        rows.iter().all(|row| structure.levels.iter().any(|level| row.level1.contains(&level.level)))
    };
    let candidates = rules.weights.iter().filter(|structure| is_for(structure, kind)).filter(covers);
    candidates.min_by_key(|structure| missing(rows, structure).len())
}

fn is_for(structure: &WeightStructure, kind: FormKind) -> bool {
    structure.forms.is_empty() || structure.forms.iter().any(|form| form.is_overall() == kind.is_overall())
}

fn missing(rows: &[Weighed], structure: &WeightStructure) -> Vec<String> {
    let absent = |level: &&crate::ruleset::LevelWeight| {
        !level.weight.is_zero() && !rows.iter().any(|row| row.level1.contains(&level.level))
    };
    structure.levels.iter().filter(absent).map(|level| level.level.clone()).collect()
}

/// The sum of the policy that is nearest to this year's; the first one where nothing is weighed yet.
fn nearest_sum(current: &[Option<Decimal>], policy: &Weights) -> Decimal {
    let sum: Decimal = current.iter().flatten().sum();
    let first = policy.sums.first().copied().unwrap_or(Decimal::ONE_HUNDRED);
    if sum.is_zero() {
        return first;
    }
    policy.sums.iter().copied().min_by_key(|wanted| (*wanted - sum).abs()).unwrap_or(first)
}

/// Weights that add up to `wanted`, each moved the same way and as little as possible.
///
/// The difference is spread over the rows in proportion to their weights, in whole steps by the largest remainder; rows
/// without a weight share what is left.
pub(super) fn adjust(current: &[Option<Decimal>], wanted: Decimal, step: Decimal) -> Vec<Decimal> {
    let sum: Decimal = current.iter().flatten().sum();
    let blank = current.iter().filter(|weight| weight.is_none()).count();
    let mut weights: Vec<Decimal> = current.iter().map(|weight| weight.unwrap_or_default()).collect();
    if blank > 0 {
        let room = (wanted - sum).max(Decimal::ZERO);
        let shares = spread(room, &vec![Decimal::ONE; blank], step);
        let empty = weights.iter_mut().zip(current).filter(|(_, old)| old.is_none());
        for ((weight, _), share) in empty.zip(shares) {
            *weight = share;
        }
    }
    let difference = wanted - weights.iter().sum::<Decimal>();
    if difference.is_zero() {
        return weights;
    }
    let keys = if weights.iter().all(Decimal::is_zero) { vec![Decimal::ONE; weights.len()] } else { weights.clone() };
    let step = step_for(&weights, difference, step);
    for (weight, share) in weights.iter_mut().zip(spread(difference.abs(), &keys, step)) {
        *weight += if difference.is_sign_negative() { -share } else { share };
    }
    weights
}

/// Whole points where weights and difference are whole; else the policy's step, or finer where that does not divide.
fn step_for(weights: &[Decimal], difference: Decimal, step: Decimal) -> Decimal {
    let divides = |step: &Decimal| !step.is_zero() && (difference % step).is_zero();
    if weights.iter().all(|weight| weight.fract().is_zero()) && divides(&Decimal::ONE) {
        return Decimal::ONE;
    }
    [step, Decimal::new(1, 1), Decimal::new(1, 2)].into_iter().find(divides).unwrap_or(Decimal::new(1, 4))
}

/// An amount over keys in whole steps by the largest remainder; what no step divides goes to the largest key.
fn spread(amount: Decimal, keys: &[Decimal], step: Decimal) -> Vec<Decimal> {
    let total: Decimal = keys.iter().sum();
    if total.is_zero() || keys.is_empty() {
        return vec![Decimal::ZERO; keys.len()];
    }
    let quota =
        |key: &Decimal| amount.checked_mul(*key).and_then(|product| product.checked_div(total)).unwrap_or_default();
    let steps = |quota: Decimal| quota.checked_div(step).unwrap_or_default().floor();
    let mut shares: Vec<Decimal> = keys.iter().map(|key| steps(quota(key)) * step).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    let remainder = |index: &usize| {
        let (key, share) =
            (keys.get(*index).copied().unwrap_or_default(), shares.get(*index).copied().unwrap_or_default());
        (quota(&key) - share, key)
    };
    let ranks: Vec<(Decimal, Decimal)> = order.iter().map(remainder).collect();
    order.sort_by(|a, b| ranks.get(*b).cmp(&ranks.get(*a)).then(a.cmp(b)));
    let mut rest = amount - shares.iter().sum::<Decimal>();
    for index in order.iter().cycle().take(keys.len() * 2) {
        if rest <= Decimal::ZERO {
            break;
        }
        let part = rest.min(step);
        if let Some(share) = shares.get_mut(*index) {
            *share += part;
        }
        rest -= part;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn adjusted(current: &[&str], wanted: &str) -> Vec<String> {
        let current: Vec<Option<Decimal>> = current.iter().map(|text| (!text.is_empty()).then(|| d(text))).collect();
        adjust(&current, d(wanted), d("0.5")).iter().map(|weight| weight.normalize().to_string()).collect()
    }

    #[test]
    fn weights_that_add_up_stay() {
        assert_eq!(adjusted(&["10", "5", "2.5", "2.5"], "20"), ["10", "5", "2.5", "2.5"]);
    }

    #[test]
    fn difference_is_spread_in_whole_points_and_the_sum_is_exact() {
        assert_eq!(adjusted(&["10", "10", "10"], "40"), ["14", "13", "13"]);
        assert_eq!(adjusted(&["10", "10", "15"], "30"), ["8", "9", "13"]);
        assert_eq!(adjusted(&["7", "7", "7", "7", "7", "5"], "39"), ["6", "7", "7", "7", "7", "5"]);
    }

    #[test]
    fn halves_stay_halves() {
        assert_eq!(adjusted(&["2.5", "2.5", "5"], "12"), ["3", "3", "6"]);
    }

    #[test]
    fn rows_without_weight_share_what_is_left() {
        assert_eq!(adjusted(&["10", "", ""], "20"), ["10", "5", "5"]);
        assert_eq!(adjusted(&["", "", ""], "20"), ["7", "6.5", "6.5"]);
    }

    #[test]
    fn any_weights_come_to_the_wanted_sum_and_none_is_negative() {
        for (first, second, third) in [(1, 1, 1), (33, 33, 33), (0, 0, 7), (100, 1, 1), (3, 14, 15)] {
            let current = [first, second, third].map(|weight| Some(Decimal::from(weight)));
            let new = adjust(&current, d("40"), d("0.5"));
            assert_eq!(new.iter().sum::<Decimal>(), d("40"));
            assert!(new.iter().all(|weight| !weight.is_sign_negative()), "{new:?}");
        }
    }
}
