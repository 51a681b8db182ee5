//! 最小改动 (smallest): findings that one printed cell explains together are one finding, which names the cell.
//!
//! Weights, scores, rates and totals of a form are bound to each other, so that one wrong cell is found several times: a
//! weight of 32 for 30 breaks the sum of the weights, the score of its row and, as a deduction, wants a reason. Each cell
//! that may be at fault is put right in a copy of the form, which is then checked again; a repair counts where findings
//! vanish and none comes.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::span::{plain, sum};
use crate::audit::words::AuditWords;
use crate::audit::{Check, Code, Finding, run};
use crate::case::{Case, FormCase};
use crate::form::{Column, Field, Form};
use crate::indicator::Indicator;
use crate::ruleset::Chosen;

/// Findings that say that cells do not fit together, and the one that follows from a score below its weight.
const BOUND: [Code; 7] = [
    Code::WeightsDoNotAddUp,
    Code::TotalNotSum,
    Code::ScoreDiffers,
    Code::RateDiffers,
    Code::ScoreOutsideWeight,
    Code::VerdictContradictsTarget,
    Code::ReasonMissing,
];

/// Forms with more rows are not searched, and of more equal repairs than this none is named.
const MOST_ROWS: usize = 60;
const MOST_TIES: usize = 3;

/// 改动: a cell with what it would have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Repair {
    /// The indicator row, from 0.
    row: usize,
    column: Column,
    text: String,
}

/// A finding within its form.
type Key = (Code, Option<usize>);

/// The findings, those of one cause as one.
pub(super) fn folded(case: &Case, mut findings: Vec<Finding>) -> Vec<Finding> {
    for (index, form) in case.forms.iter().enumerate() {
        let of_form = |finding: &Finding| finding.form == Some(index + 1) && BOUND.contains(&finding.code);
        let keys: BTreeSet<Key> = findings.iter().filter(|finding| of_form(finding)).map(key).collect();
        let unfit = keys.iter().filter(|(code, _)| *code != Code::ReasonMissing).count();
        if unfit < 2 || form.form.rows.len() > MOST_ROWS {
            continue;
        }
        if let Some((repairs, vanished)) = smallest(case, form, &keys) {
            fold(&mut findings, index + 1, form, &repairs, &vanished);
        }
    }
    findings
}

fn key(finding: &Finding) -> Key {
    (finding.code, finding.row)
}

/// The repairs of one cell that most findings vanish with, at least two, and those findings.
fn smallest(case: &Case, form: &FormCase, keys: &BTreeSet<Key>) -> Option<(Vec<Repair>, BTreeSet<Key>)> {
    let mut best: Vec<(Repair, BTreeSet<Key>)> = Vec::new();
    for repair in candidates(form, keys) {
        let left = checked(case, form, &repair);
        if !left.is_subset(keys) {
            continue;
        }
        let vanished: BTreeSet<Key> = keys.difference(&left).copied().collect();
        // What wants a reason alone is no pair of cells that do not fit.
        if vanished.iter().filter(|(code, _)| *code != Code::ReasonMissing).count() < 2 {
            continue;
        }
        let most = best.first().map_or(0, |(_, vanished)| vanished.len());
        if vanished.len() > most {
            best.clear();
        }
        if vanished.len() >= most {
            best.push((repair, vanished));
        }
    }
    let (_, vanished) = best.first()?;
    let vanished = vanished.clone();
    let same = best.iter().all(|(_, other)| *other == vanished);
    (same && best.len() <= MOST_TIES).then(|| (best.into_iter().map(|(repair, _)| repair).collect(), vanished))
}

/// The cells that may be wrong, each with what the others ask of it: a weight where the weights do not add up, a score where
/// the scores do not.
fn candidates(form: &FormCase, keys: &BTreeSet<Key>) -> Vec<Repair> {
    let is_found = |code| keys.contains(&(code, None));
    let mut repairs = Vec::new();
    for (column, code) in [(Column::Weight, Code::WeightsDoNotAddUp), (Column::Score, Code::TotalNotSum)] {
        if !is_found(code) {
            continue;
        }
        let printed: Option<Vec<Decimal>> = form.indicators.rows.iter().map(|row| value(row, column)).collect();
        let Some(printed) = printed else { continue };
        for gap in gaps(form, column, &printed) {
            let repaired = printed.iter().map(|value| value.checked_add(gap)).enumerate();
            let fits = repaired.filter_map(|(row, value)| Some((row, value?))).filter(|(_, value)| is_possible(*value));
            repairs.extend(fits.map(|(row, value)| Repair { row, column, text: plain(value) }));
        }
    }
    repairs
}

fn value(row: &Indicator, column: Column) -> Option<Decimal> {
    let reading = if column == Column::Weight { &row.weight } else { &row.score };
    reading.get().map(|figure| figure.value)
}

fn is_possible(value: Decimal) -> bool {
    value > Decimal::ZERO && value <= Decimal::ONE_HUNDRED
}

/// How much the printed figures of a column are short of what they may add up to.
fn gaps(form: &FormCase, column: Column, printed: &[Decimal]) -> Vec<Decimal> {
    let table = &form.indicators;
    let line = table.funds.iter().find(|funds| funds.weight.get().is_some());
    let beside = line.map_or(Some(Decimal::ZERO), |funds| {
        (if column == Column::Weight { funds.weight.get() } else { funds.score.get() }).map(|figure| figure.value)
    });
    let sums = &AuditWords::builtin().weights;
    let wanted = match column {
        Column::Weight if line.is_some() => vec![sums.full],
        Column::Weight => vec![sums.full, sums.without_execution],
        _ => table.total_score.get().map(|figure| figure.value).into_iter().collect(),
    };
    let added = sum(printed.iter().copied()).zip(beside).and_then(|(sum, beside)| sum.checked_add(beside));
    wanted.into_iter().filter_map(|wanted| wanted.checked_sub(added?)).filter(|gap| !gap.is_zero()).collect()
}

/// What is still found in the form when a cell is put right.
fn checked(case: &Case, form: &FormCase, repair: &Repair) -> BTreeSet<Key> {
    let chosen = Chosen { rules: form.rules.clone(), because: form.chosen_because.clone() };
    let case = Case {
        source: case.source.clone(),
        document: case.document.clone(),
        forms: vec![FormCase::scored(with(&form.form, repair), chosen)],
        unplaced: Vec::new(),
        notes: Vec::new(),
    };
    let found = run(&case, |check| !matches!(check, Check::Document(_)));
    found.iter().filter(|finding| BOUND.contains(&finding.code)).map(key).collect()
}

fn with(form: &Form, repair: &Repair) -> Form {
    let mut form = form.clone();
    if let Some(row) = form.rows.get_mut(repair.row) {
        let place = row.get(repair.column).map_or_else(|| row.place.clone(), |field| field.place.clone());
        row.set(repair.column, Field::new(repair.text.clone(), place));
    }
    form
}

/// Makes one finding of those that vanish together: the one that stands nearest to the cell, with what else follows.
fn fold(findings: &mut Vec<Finding>, number: usize, form: &FormCase, repairs: &[Repair], vanished: &BTreeSet<Key>) {
    let Some(first) = repairs.first() else { return };
    let row = Some(first.row + 1);
    let is_one = |finding: &Finding| finding.form == Some(number) && vanished.contains(&key(finding));
    let nearness = |finding: &Finding| match (finding.code, first.column) {
        (Code::WeightsDoNotAddUp, Column::Weight) => 0,
        (Code::ScoreDiffers | Code::VerdictContradictsTarget, Column::Score) if finding.row == row => 0,
        _ if finding.row == row => 1,
        _ => 2,
    };
    let kept =
        findings.iter().enumerate().filter(|(_, finding)| is_one(finding)).min_by_key(|(_, finding)| nearness(finding));
    let Some((kept, _)) = kept else { return };
    let severity = findings.iter().filter(|finding| is_one(finding)).map(|finding| finding.severity).max();
    let words: Vec<String> = repairs.iter().map(|repair| said(form, repair)).collect();
    let others: Vec<String> = findings
        .iter()
        .enumerate()
        .filter(|(index, finding)| *index != kept && is_one(finding))
        .map(|(_, finding)| format!("同一原因：[{}] {}", finding.code.number(), finding.message))
        .collect();
    if let Some(finding) = findings.get_mut(kept) {
        let repair = format!("改一处即可：{}", words.join("，或"));
        finding.evidence.push(repair.clone());
        finding.evidence.extend(others);
        finding.suggestion = Some(format!("{repair}；其余各数随之相符，请核对后改正"));
        finding.severity = severity.unwrap_or(finding.severity);
        let cell = form.form.rows.get(first.row).and_then(|row| row.get(first.column));
        if let (true, None, Some(cell)) = (repairs.len() == 1, finding.row, cell) {
            finding.row = row;
            finding.place = Some(cell.place.clone());
            (finding.published, finding.computed) = (Some(cell.squeezed()), Some(first.text.clone()));
        }
    }
    let mut index = 0;
    findings.retain(|finding| {
        index += 1;
        index - 1 == kept || !is_one(finding)
    });
}

/// `第3行“参保率”的权重 32 → 30`.
fn said(form: &FormCase, repair: &Repair) -> String {
    let row = form.form.rows.get(repair.row);
    let text = |column| row.map(|row| row.text(column)).unwrap_or_default();
    let (name, printed) = (text(Column::Name), text(repair.column));
    format!("第{}行“{name}”的{} {printed} → {}", repair.row + 1, repair.column.title(), repair.text)
}
