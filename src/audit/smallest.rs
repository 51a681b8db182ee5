//! 最小改动 (smallest): findings that one printed cell explains together are one finding, which names the cell.
//!
//! Weights, scores, rates and totals of a form are bound to each other, so that one wrong cell is found several times: a
//! weight of 32 for 30 breaks the sum of the weights, the score of its row and, as a deduction, wants a reason. Each cell
//! that may be at fault is put right in a copy of the form, which is then checked again; a repair counts where findings
//! vanish and none comes.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::Scenes;
use crate::audit::span::{plain, sum};
use crate::audit::{CHECKS, Check, Code, Finding};
use crate::case::{Case, FormCase};
use crate::form::{Column, Field, Form};
use crate::ruleset::Chosen;

/// Findings that say that cells do not fit together, and the one that follows from a score below its weight.
const BOUND: [Code; 8] = [
    Code::WeightsDoNotAddUp,
    Code::TotalNotSum,
    Code::ScoreDiffers,
    Code::RateDiffers,
    Code::ScoreOutsideWeight,
    Code::VerdictContradictsTarget,
    Code::ReasonMissing,
    Code::SameCaseScoredTwice,
];

/// Forms with more rows are not searched, and of more equal repairs than this none is named.
const MOST_ROWS: usize = 60;
const MOST_TIES: usize = 3;

/// 改动: a cell with what it would have to say.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Repair {
    /// The indicator row, from 0; none for the total.
    row: Option<usize>,
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
        if keys.len() < 2 || form.form.rows.len() > MOST_ROWS {
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
    for repair in candidates(form) {
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

/// The cells that may be wrong, each with what the others ask of it.
fn candidates(form: &FormCase) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let table = &form.indicators;
    let value = |row: usize, column: Column| {
        let row = table.rows.get(row)?;
        let reading = if column == Column::Weight { &row.weight } else { &row.score };
        reading.get().map(|figure| figure.value)
    };
    let added =
        |column: Column| sum((0..table.rows.len()).map(|row| value(row, column)).collect::<Option<Vec<_>>>()?);
    let execution = |score: bool| {
        let funds = table.funds.iter().find(|funds| funds.weight.get().is_some());
        funds.map_or(Some(Decimal::ZERO), |funds| {
            (if score { funds.score.get() } else { funds.weight.get() }).map(|figure| figure.value)
        })
    };
    let full = [Decimal::ONE_HUNDRED, Decimal::from(90)];
    let weight_gaps: Vec<Decimal> = match (added(Column::Weight), execution(false)) {
        (Some(sum), Some(line)) if !line.is_zero() => {
            full.first().and_then(|full| full.checked_sub(sum)?.checked_sub(line)).into_iter().collect()
        }
        (Some(sum), _) => full.iter().filter_map(|full| full.checked_sub(sum)).collect(),
        _ => Vec::new(),
    };
    let total = table.total_score.get().map(|figure| figure.value);
    let score_gap =
        added(Column::Score).zip(execution(true)).and_then(|(sum, line)| total?.checked_sub(sum)?.checked_sub(line));
    for row in 0..table.rows.len() {
        let gaps = weight_gaps.iter().map(|gap| (Column::Weight, *gap));
        for (column, gap) in gaps.chain(score_gap.map(|gap| (Column::Score, gap))) {
            let repaired = value(row, column).and_then(|value| value.checked_add(gap));
            let fits =
                repaired.filter(|value| !gap.is_zero() && *value > Decimal::ZERO && *value <= Decimal::ONE_HUNDRED);
            repairs.extend(fits.map(|value| Repair { row: Some(row), column, text: plain(value) }));
        }
    }
    repairs
}

/// What is still found in the form when a cell is put right.
fn checked(case: &Case, form: &FormCase, repair: &Repair) -> BTreeSet<Key> {
    let repaired = FormCase::scored(
        with(&form.form, repair),
        Chosen { rules: form.rules.clone(), because: form.chosen_because.clone() },
    );
    let case = Case { forms: vec![repaired], notes: case.notes.clone(), unplaced: Vec::new(), ..case.clone() };
    let scenes = Scenes::new(&case);
    let mut found = Found::default();
    for check in CHECKS {
        let findings: Vec<Finding> = match check {
            Check::Document(_) => continue,
            Check::Form(check) => scenes.forms().flat_map(|form| check(&form, &found)).collect(),
            Check::Row(check) => scenes.rows().filter_map(|row| check(&row, &found)).collect(),
        };
        found.extend(findings);
    }
    found.into_sorted().iter().filter(|finding| BOUND.contains(&finding.code)).map(key).collect()
}

fn with(form: &Form, repair: &Repair) -> Form {
    let mut form = form.clone();
    if let Some(row) = repair.row.and_then(|row| form.rows.get_mut(row)) {
        let place = row.get(repair.column).map_or_else(|| row.place.clone(), |field| field.place.clone());
        row.set(repair.column, Field::new(repair.text.clone(), place));
    }
    form
}

/// Makes one finding of those that vanish together: the one that stands nearest to the cell, with what else follows.
fn fold(findings: &mut Vec<Finding>, number: usize, form: &FormCase, repairs: &[Repair], vanished: &BTreeSet<Key>) {
    let Some(first) = repairs.first() else { return };
    let row = first.row.map(|row| row + 1);
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
        let cell = first.row.and_then(|row| form.form.rows.get(row)).and_then(|row| row.get(first.column));
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
    let row = repair.row.and_then(|row| form.form.rows.get(row));
    let printed = row.map(|row| row.text(repair.column)).unwrap_or_default();
    let name = row.map(|row| row.text(Column::Name)).unwrap_or_default();
    let number = repair.row.map_or(0, |row| row + 1);
    format!("第{number}行“{name}”的{} {printed} → {}", repair.column.title(), repair.text)
}
