//! 取舍 (choose): among near-equal readings of a row, the one whose figures agree, and how sure it is.

use rust_decimal::Decimal;

use super::costs::Costs;
use super::path::{Lattice, Reading};
use crate::form::Column;

/// 选定的行
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub reading: Reading,
    /// The next best reading, where it is almost as good.
    pub rival: Option<Reading>,
    /// Whether the sum of the weights decided.
    pub by_sum: bool,
}

/// How many readings of a row are compared.
const RANKS: usize = 6;
/// Rows of more tokens are taken as the path has them.
const MOST_TOKENS: usize = 120;

/// The rows of a table.
pub(super) fn rows(lattice: &Lattice, count: usize, costs: &Costs) -> Vec<Chosen> {
    let Some((_, path)) = lattice.read(0..count, 1, false).into_iter().next() else { return Vec::new() };
    let starts: Vec<usize> = path.iter().map(|row| first_token(row).unwrap_or(count)).collect();
    let mut ranked: Vec<Vec<Reading>> = Vec::new();
    for (index, row) in path.iter().enumerate() {
        let from = starts.get(index).copied().unwrap_or(0);
        let to = starts.get(index + 1).copied().unwrap_or(count);
        if row.cells.is_empty() || to <= from || to - from > MOST_TOKENS {
            ranked.push(vec![row.clone()]);
            continue;
        }
        let mut readings: Vec<Reading> = lattice
            .read(from..to, RANKS, true)
            .into_iter()
            .filter_map(|(cost, mut rows)| {
                let mut reading = rows.pop().filter(|_| rows.is_empty())?;
                reading.cost = cost + agreement(lattice, &reading, costs);
                Some(reading)
            })
            .collect();
        readings.sort_by_key(|reading| reading.cost);
        ranked.push(if readings.is_empty() { vec![row.clone()] } else { readings });
    }
    let mut chosen: Vec<Chosen> = ranked.iter().filter_map(|readings| choice(readings, costs)).collect();
    if chosen.len() == ranked.len() {
        settle_sum(lattice, &ranked, &mut chosen, costs);
    }
    chosen
}

/// What a row costs on the average, the texts that fit nowhere included: much where the columns are interleaved.
pub(super) fn mean_cost(lattice: &Lattice, chosen: &[Chosen]) -> i32 {
    let rows = chosen.iter().filter(|row| lattice.is_indicator(&row.reading)).count();
    let sum = chosen.iter().map(|row| i64::from(row.reading.cost)).sum::<i64>();
    i32::try_from(sum / i64::try_from(rows.max(1)).unwrap_or(1)).unwrap_or(i32::MAX)
}

/// The sum of the weights of all rows.
pub(super) fn weights(lattice: &Lattice, chosen: &[Chosen]) -> Decimal {
    let weight = |row: &Chosen| lattice.number(&row.reading, Column::Weight).unwrap_or_default();
    chosen.iter().map(weight).fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight).unwrap_or(sum))
}

fn first_token(row: &Reading) -> Option<usize> {
    let cell = row.cells.iter().map(|cell| cell.from).min();
    let dropped = row.dropped.iter().copied().min();
    match (cell, dropped) {
        (Some(cell), _) => Some(cell),
        (None, dropped) => dropped,
    }
}

fn choice(readings: &[Reading], costs: &Costs) -> Option<Chosen> {
    let reading = readings.first()?.clone();
    let rival = readings.get(1).filter(|rival| rival.cost - reading.cost < costs.margin).cloned();
    Some(Chosen { reading, rival, by_sum: false })
}

/// How well the figures of a row go together.
fn agreement(lattice: &Lattice, reading: &Reading, costs: &Costs) -> i32 {
    let mut cost = 0;
    if let (Some(weight), Some(score)) =
        (lattice.number(reading, Column::Weight), lattice.number(reading, Column::Score))
    {
        if score > weight {
            cost += costs.agreement.score_above_weight;
        } else if score == weight {
            cost += costs.agreement.score_is_weight;
        }
    }
    let target = lattice.cell(reading, Column::Target);
    if target.is_some() && target == lattice.cell(reading, Column::Actual) {
        cost += costs.agreement.actual_is_target;
    }
    cost
}

/// Where the weights do not add up, takes the one other reading of a row with which they do.
fn settle_sum(lattice: &Lattice, ranked: &[Vec<Reading>], chosen: &mut [Chosen], costs: &Costs) {
    let weight = |reading: &Reading| lattice.number(reading, Column::Weight).unwrap_or_default();
    let sum: Decimal = chosen.iter().map(|row| weight(&row.reading)).sum();
    let usual = [Decimal::from(90), Decimal::ONE_HUNDRED];
    if sum.is_zero() || usual.contains(&sum) {
        return;
    }
    let mut best: Option<(i32, usize, &Reading)> = None;
    for (index, readings) in ranked.iter().enumerate() {
        let Some(first) = readings.first() else { continue };
        for other in readings.iter().skip(1) {
            let more = other.cost - first.cost;
            let fits = usual.contains(&(sum - weight(first) + weight(other)));
            if fits && more <= costs.sums.most && best.as_ref().is_none_or(|(known, ..)| more < *known) {
                best = Some((more, index, other));
            }
        }
    }
    if let Some((_, index, other)) = best
        && let Some(row) = chosen.get_mut(index)
    {
        let rival = std::mem::replace(&mut row.reading, other.clone());
        (row.rival, row.by_sum) = (Some(rival), true);
    }
}
