//! 总分 (total): the sums that stand below, above or between the indicators.

use super::builder::Builder;
use super::columns::Headings;
use super::funds::is_amount;
use super::line::RowView;
use crate::document::Cell;
use crate::form::{Column, Field, Total};
use crate::vocabulary::Label;

impl Builder<'_> {
    /// Whether the row is that of the total.
    pub(super) fn is_total(&self, row: &RowView) -> bool {
        let first = row.texts().next();
        first.is_some_and(|cell| self.vocabulary.label(&cell.text) == Some(Label::Total))
    }

    /// Takes the total of a row; an earlier one (合计 above 总分) is kept among the labels.
    pub(super) fn take_total(&mut self, row: &RowView, headings: &Headings) {
        let (total, rest) = total(row, headings);
        self.replace_total(total);
        let Some(name) = row.texts().next() else { return };
        self.parts.pairs.extend(rest.into_iter().map(|field| (None, row.field(name), field)));
    }

    /// Takes a total printed in one cell: `自评总分：98.5分`.
    pub(super) fn take_inline_total(&mut self, field: &Field) -> bool {
        let Some((Label::Total, _, value)) = self.vocabulary.inline_label(&field.text) else { return false };
        if !is_amount(&value) {
            return false;
        }
        let score = Field { text: value, ..field.clone() };
        self.replace_total(Total { weight: None, score: Some(score) });
        true
    }

    fn replace_total(&mut self, total: Total) {
        let Some(earlier) = self.parts.total.replace(total) else { return };
        for field in [earlier.weight, earlier.score].into_iter().flatten() {
            let name = Field::new("合计", field.place.clone());
            self.parts.pairs.push((Some(Label::Subtotal), name, field));
        }
    }

    /// Takes a row of 小计: a sum of what stands above, no indicator.
    pub(super) fn take_subtotal(&mut self, row: &RowView) -> bool {
        let texts: Vec<&Cell> = row.texts().collect();
        let at = texts.iter().position(|cell| self.vocabulary.label(&cell.text) == Some(Label::Subtotal));
        let Some((name, rest)) = at.and_then(|at| texts.get(at..)).and_then(<[_]>::split_first) else { return false };
        for cell in rest {
            self.parts.pairs.push((Some(Label::Subtotal), row.field(name), row.field(cell)));
        }
        true
    }
}

/// Weight and score of the 总分 row, by their columns, else the first two numbers; a lone number is the score where the form
/// has scores. What is left comes back as well: a grade, a reviewed score.
fn total(row: &RowView, headings: &Headings) -> (Total, Vec<Field>) {
    let mut total = Total { weight: None, score: None };
    let mut rest = Vec::new();
    for cell in row.texts().skip(1) {
        let heading = headings.of(cell.column, cell.end_column()).and_then(|index| headings.all.get(index));
        match heading.and_then(|heading| heading.column) {
            Some(Column::Weight) if total.weight.is_none() => total.weight = Some(row.field(cell)),
            Some(Column::Score) if total.score.is_none() => total.score = Some(row.field(cell)),
            _ => rest.push(row.field(cell)),
        }
    }
    let lone = rest.iter().filter(|field| is_amount(&field.text)).count() == 1 && headings.has(Column::Score);
    if total.weight.is_none() && total.score.is_none() && !lone {
        total.weight = take_amount(&mut rest);
    }
    if total.score.is_none() {
        total.score = take_amount(&mut rest);
    }
    (total, rest)
}

fn take_amount(fields: &mut Vec<Field>) -> Option<Field> {
    let at = fields.iter().position(|field| is_amount(&field.text))?;
    Some(fields.remove(at))
}
