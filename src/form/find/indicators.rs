//! 指标区 (indicators): the rows below the headings.

use super::builder::{Builder, State};
use super::columns::Headings;
use super::line::{RowView, blank};
use crate::document::Cell;
use crate::form::{Column, Field, Row, Total};
use crate::vocabulary::Label;

/// Columns whose merged cells go on below.
const LEVELS: [Column; 3] = [Column::Group, Column::Level1, Column::Level2];

impl Builder<'_> {
    /// A row below the headings: an indicator, the total, or a remark.
    pub(super) fn indicator_row(&mut self, row: &RowView, headings: Headings) -> &'static str {
        if headings.repeated_by(row, self.vocabulary) {
            self.state = State::Indicators { headings, fresh: false };
            return "重复表头";
        }
        if self.is_total(row) {
            self.parts.total = Some(total(row, &headings));
            self.state = State::After;
            return "总分";
        }
        if let Some(cell) = row.lone_text()
            && cell.column_span * 2 > row.table.columns
        {
            self.parts.unplaced.push(row.field(cell));
            self.state = State::Indicators { headings, fresh: false };
            return "说明";
        }
        let (indicator, margin) = self.read_row(row, &headings);
        self.state = State::Indicators { headings, fresh: false };
        let valued = !indicator.text(Column::Target).is_empty() && row.texts().count() >= 2;
        if indicator.text(Column::Name).is_empty() && !valued && !has_content(&indicator) {
            self.keep_unplaced(row);
            return "未归入";
        }
        self.parts.rows.push(indicator);
        self.parts.margins.push(margin);
        "指标"
    }

    fn is_total(&self, row: &RowView) -> bool {
        let first = row.texts().next();
        first.is_some_and(|cell| self.vocabulary.label(&cell.text) == Some(Label::Total))
    }

    fn keep_unplaced(&mut self, row: &RowView) {
        for cell in row.texts() {
            if self.vocabulary.label(&cell.text).is_none() {
                self.parts.unplaced.push(row.field(cell));
            }
        }
    }

    /// The cells of a row under their headings; the text of a column without a heading comes back apart.
    fn read_row(&mut self, row: &RowView, headings: &Headings) -> (Row, Option<Field>) {
        let mut indicator = Row::new(row.place());
        let mut margin = None;
        for heading in &headings.all {
            if let Some(column) = heading.column {
                indicator.set(column, Field::new("", indicator.place.clone()));
            }
        }
        let mut last = None;
        for cell in &row.cells {
            let index = headings.of(cell.column, cell.end_column());
            match index.and_then(|index| headings.all.get(index)).and_then(|heading| heading.column) {
                Some(column) => {
                    if !put(&mut indicator, column, row.field(cell), index == last) {
                        self.parts.unplaced.push(row.field(cell));
                    }
                    spread_levels(&mut indicator, headings, row, cell);
                    last = index;
                }
                None if blank(cell) => {}
                None => margin = self.keep_margin(row, cell, margin),
            }
        }
        self.drop_block_label(&mut indicator);
        fall_back_on_initial_target(&mut indicator);
        self.fill_down(&mut indicator);
        if let Some(section) = &self.parts.section
            && indicator.text(Column::Group).is_empty()
        {
            indicator.set(Column::Group, section.clone());
        }
        (indicator, margin)
    }

    /// A text in a column without a heading: left of the indicator it may name a group, elsewhere it is unplaced.
    fn keep_margin(&mut self, row: &RowView, cell: &Cell, margin: Option<Field>) -> Option<Field> {
        let left = row.cells.iter().take_while(|other| !std::ptr::eq(**other, cell)).all(|other| blank(other));
        if margin.is_none() && left {
            return Some(row.field(cell));
        }
        if cell.row == row.row {
            self.parts.unplaced.push(row.field(cell));
        }
        margin
    }

    /// The label of the block (绩效指标) may stand where groups stand; it is none.
    fn drop_block_label(&mut self, indicator: &mut Row) {
        let label = self.vocabulary.label(&indicator.text(Column::Group));
        if label == Some(Label::Indicators)
            && let Some(mut field) = indicator.remove(Column::Group)
        {
            field.text.clear();
            indicator.set(Column::Group, field);
        }
    }

    /// Level cells left blank go on from the row above: a new level 1 ends the level 2 above it.
    fn fill_down(&mut self, indicator: &mut Row) {
        let Some(above) = self.parts.rows.last() else { return };
        for column in LEVELS {
            let Some(field) = indicator.get(column) else { continue };
            if !field.is_blank() {
                if field.squeezed() != above.text(column) {
                    return;
                }
                continue;
            }
            let same_table = above.place.table == indicator.place.table || column != Column::Group;
            if let Some(field) = above.get(column).filter(|_| same_table).cloned() {
                indicator.set(column, field);
            }
        }
    }
}

/// Puts a cell into its column; a second cell under the same heading is joined to the first (`≥` `95` `%`). A second text
/// under another heading of the same meaning does not fit: `false`.
fn put(indicator: &mut Row, column: Column, field: Field, same_heading: bool) -> bool {
    match indicator.get(column) {
        Some(first) if first.is_blank() || field.is_blank() => {
            if !field.is_blank() {
                indicator.set(column, field);
            }
            true
        }
        Some(first) if same_heading => {
            let mut joined = first.clone();
            joined.text.push_str(&field.text);
            indicator.set(column, joined);
            true
        }
        Some(_) => false,
        None => {
            indicator.set(column, field);
            true
        }
    }
}

/// A row whose adjusted target is blank keeps the initial one.
fn fall_back_on_initial_target(indicator: &mut Row) {
    if indicator.text(Column::Target).is_empty()
        && let Some(initial) = indicator.get(Column::InitialTarget).cloned()
    {
        indicator.set(Column::Target, initial);
    }
}

/// A label merged over both level columns stands for both.
fn spread_levels(indicator: &mut Row, headings: &Headings, row: &RowView, cell: &Cell) {
    for heading in &headings.all {
        let covered = cell.column <= heading.start && heading.end <= cell.end_column();
        if let Some(column @ (Column::Level1 | Column::Level2)) = heading.column
            && covered
            && indicator.get(column).is_none_or(Field::is_blank)
        {
            indicator.set(column, row.field(cell));
        }
    }
}

/// Whether a row without a name still says something: a value, a weight or a score.
fn has_content(indicator: &Row) -> bool {
    let columns =
        [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Basis, Column::Previous, Column::Rule];
    columns.iter().filter(|column| !indicator.text(**column).is_empty()).count() >= 2
}

/// Weight and score of the 总分 row, by their columns, else the first two numbers.
fn total(row: &RowView, headings: &Headings) -> Total {
    let mut total = Total { weight: None, score: None };
    let mut numbers = Vec::new();
    for cell in row.texts().skip(1) {
        let heading = headings.of(cell.column, cell.end_column()).and_then(|index| headings.all.get(index));
        match heading.and_then(|heading| heading.column) {
            Some(Column::Weight) => total.weight = Some(row.field(cell)),
            Some(Column::Score) => total.score = Some(row.field(cell)),
            _ => numbers.push(row.field(cell)),
        }
    }
    let mut numbers = numbers.into_iter().filter(|field| super::funds::is_amount(&field.text));
    if total.weight.is_none() && total.score.is_none() {
        total.weight = numbers.next();
        total.score = numbers.next();
    } else if total.score.is_none() {
        total.score = numbers.next();
    }
    total
}
