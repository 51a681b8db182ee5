//! 收尾 (finish): from the parts to the form, with kind, year and unit settled.

use std::collections::BTreeMap;

use super::block::year_in;
use super::builder::Parts;
use crate::document::{Block, Document};
use crate::form::{Column, Field, Form, FormKind, Goal, Row, Total};
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// Puts the form together.
pub(super) fn assemble(mut parts: Parts, vocabulary: &Vocabulary) -> Form {
    settle_groups(&mut parts, vocabulary);
    let kind = settle_kind(&parts);
    let take = |wanted: Label| {
        parts
            .pairs
            .iter()
            .find(|(label, _, value)| *label == Some(wanted) && !value.is_blank())
            .map(|pair| pair.2.clone())
    };
    let unit = take(Label::Unit).or_else(|| take(Label::Executor)).or_else(|| take(Label::Authority));
    // A form of the whole unit names no project; a label read there belongs to a list of projects.
    let project = if kind.is_overall() { None } else { take(Label::Project) };
    let leader = take(Label::Leader);
    // 自评总分 may stand among the labels above the indicators; 合计 there is a sum of money.
    let is_score = |(known, name, value): &&(Option<Label>, Field, Field)| {
        *known == Some(Label::Total) && name.text.contains('分') && super::funds::is_amount(&value.text)
    };
    let above = parts.pairs.iter().find(is_score).map(|pair| pair.2.clone());
    let total_above = above.map(|score| Total { weight: None, score: Some(score) });
    let has_goal = parts.goal_expected.is_some() || parts.goal_achieved.is_some();
    let goal = has_goal.then_some(Goal { expected: parts.goal_expected, achieved: parts.goal_achieved });
    let header = parts
        .pairs
        .into_iter()
        .filter(|(known, _, _)| match known {
            Some(Label::Unit | Label::Leader) => false,
            Some(Label::Project) => project.is_none(),
            _ => true,
        })
        .map(|(_, name, value)| (name, value))
        .collect();
    let mut columns = parts.columns;
    columns.extend(parts.rows.iter().flat_map(|row| row.cells().map(|(column, _)| column).collect::<Vec<_>>()));
    columns.sort();
    columns.dedup();
    for row in &mut parts.rows {
        complete(row, &columns);
        join_sign_and_unit(row);
    }
    Form {
        kind,
        year: parts.caption.as_ref().and_then(|caption| caption.year),
        title: parts.caption.map(|caption| caption.title),
        unit,
        project,
        leader,
        header,
        funds: parts.funds,
        goal,
        rows: parts.rows,
        total: parts.total.or(total_above),
        unplaced: parts.unplaced,
        place: parts.place,
        columns,
    }
}

/// Texts of the column without a heading are groups, unless they all just say 年度绩效指标.
fn settle_groups(parts: &mut Parts, vocabulary: &Vocabulary) {
    let is_group = |field: &Field| vocabulary.label(&field.text) != Some(Label::Indicators);
    let margins = std::mem::take(&mut parts.margins);
    if !margins.iter().flatten().any(is_group) {
        return;
    }
    for (row, margin) in parts.rows.iter_mut().zip(margins) {
        if let Some(field) = margin
            && row.text(Column::Group).is_empty()
        {
            row.set(Column::Group, field);
        }
    }
}

/// The kind that the caption announces, corrected by the columns that are there; without a caption the columns decide.
fn settle_kind(parts: &Parts) -> FormKind {
    let has = |column: Column| parts.columns.contains(&column);
    let results = has(Column::Actual) || (has(Column::Score) && !has(Column::Previous));
    let announced = parts.caption.as_ref().map(|caption| caption.kind);
    let project = parts.pairs.iter().any(|(label, _, _)| *label == Some(Label::Project));
    let overall = announced.map_or(!project, FormKind::is_overall);
    match (overall, results) {
        (true, true) => FormKind::OverallSelfEvaluation,
        (true, false) => FormKind::OverallTarget,
        (false, true) => FormKind::ProjectSelfEvaluation,
        (false, false) => FormKind::ProjectTarget,
    }
}

/// Every row has a cell in each column of its table, so that blank and absent can be told apart.
fn complete(row: &mut Row, columns: &[Column]) {
    for column in columns {
        if row.get(*column).is_none() {
            let place = row.place.clone();
            row.set(*column, Field::new("", place));
        }
    }
}

/// Joins a sign and a unit printed in columns of their own with the value between them: `≥` `95` `%`.
fn join_sign_and_unit(row: &mut Row) {
    let sign = row.text(Column::Sign);
    let unit = row.text(Column::Unit);
    let symbol = sign.chars().all(|c| "≥≤=><＝＞＜≧≦".contains(c));
    for (column, sign) in [(Column::Target, sign.as_str()), (Column::Actual, "")] {
        let Some(field) = row.get(column) else { continue };
        let text = field.squeezed();
        if text.is_empty() {
            continue;
        }
        let bare = text.chars().last().is_some_and(|c| c.is_ascii_digit());
        let prefix = if symbol && !text.starts_with(['≥', '≤', '=', '>', '<']) { sign } else { "" };
        let suffix = if bare { unit.as_str() } else { "" };
        if prefix.is_empty() && suffix.is_empty() {
            continue;
        }
        let mut joined = field.clone();
        joined.text = format!("{prefix}{text}{suffix}");
        row.set(column, joined);
    }
}

/// How many lines of a document may name the year of forms that do not.
const LINES_WITH_YEAR: usize = 40;

/// Forms that name no year have that of their neighbours, else the one that the head of the document names.
pub(super) fn settle_years(forms: &mut [Form], document: &Document) {
    let neighbour = forms.iter().find_map(|form| form.year);
    let head = || {
        let lines = document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) if !paragraph.text.trim().is_empty() => Some(paragraph),
            _ => None,
        });
        lines.take(LINES_WITH_YEAR).map(|line| label(&line.text)).find_map(|line| year_in(&line))
    };
    if forms.iter().all(|form| form.year.is_some()) {
        return;
    }
    let year = neighbour.or_else(head);
    for form in forms {
        form.year = form.year.or(year).or_else(|| year_of_targets(form));
    }
}

/// The year that most targets name: a form without caption still sets its deadlines in its year.
fn year_of_targets(form: &Form) -> Option<i32> {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for year in form.rows.iter().filter_map(|row| year_in(&row.text(Column::Target))) {
        *years.entry(year).or_default() += 1;
    }
    years.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
}
