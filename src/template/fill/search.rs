//! 查找 (search): the cell of a file that a filled figure belongs to.
//!
//! A row is found by what it says, from top to bottom, and a cell by the heading above it; a cell that cannot be found is
//! told, never guessed.

use super::{Filled, Spot};
use crate::form::{Column, Field};
use crate::text::{label, squeeze};
use crate::vocabulary::{FundsColumn, Label, Vocabulary};

/// 格: what a cell of a file says, and the columns it covers.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub column: usize,
    pub end: usize,
    pub text: String,
}

/// The rows of a table.
pub(super) type Grid = Vec<GridRow>;

#[derive(Debug, Clone, Default)]
pub(super) struct GridRow {
    pub cells: Vec<GridCell>,
}

/// 找到的格: the numbers of table, row and cell, and the columns that the heading covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub table: usize,
    pub row: usize,
    /// The cell; absent where the row has none under the heading.
    pub cell: Option<usize>,
    pub column: usize,
}

/// A walk through the rows of all tables, from top to bottom.
pub(super) struct Search<'t> {
    tables: &'t [Grid],
    /// Table and row from which the next row is looked for.
    from: (usize, usize),
}

impl<'t> Search<'t> {
    /// A search from the first row of the first table.
    pub fn new(tables: &'t [Grid]) -> Self {
        Search { tables, from: (0, 0) }
    }

    /// The cell of a spot, below the one found before.
    pub fn find(&mut self, filled: &Filled, spot: Spot) -> Option<Hit> {
        let vocabulary = Vocabulary::builtin();
        let texts = row_texts(filled, spot);
        let is_row = |row: &GridRow| match spot {
            Spot::TotalScore => row.first_text().is_some_and(|text| vocabulary.label(text) == Some(Label::Total)),
            _ => !texts.is_empty() && texts.iter().all(|text| row.has(text)),
        };
        let (table, row) = self.row(is_row)?;
        self.from = (table, row);
        let rows = self.tables.get(table)?;
        let heading = rows.get(..row)?.iter().rev().find_map(|row| row.heading(spot, vocabulary))?;
        let is_under = |cell: &GridCell| cell.column < heading.end && heading.column < cell.end;
        let cell = rows.get(row)?.cells.iter().position(is_under);
        Some(Hit { table, row, cell, column: heading.column })
    }

    fn row(&self, is_row: impl Fn(&GridRow) -> bool) -> Option<(usize, usize)> {
        let (first, start) = self.from;
        for (index, table) in self.tables.iter().enumerate().skip(first) {
            let skip = if index == first { start } else { 0 };
            let found = table.iter().enumerate().skip(skip).find(|(_, row)| is_row(row));
            if let Some((row, _)) = found {
                return Some((index, row));
            }
        }
        None
    }
}

/// What the row of a cell says besides what was filled in.
fn row_texts(filled: &Filled, spot: Spot) -> Vec<String> {
    let form = &filled.form;
    let texts = match spot {
        Spot::FundsRate(line) | Spot::FundsScore(line) => {
            let line = form.funds.get(line);
            let texts = line.map(|line| [Some(&line.name), line.budget.as_ref(), line.spent.as_ref()]);
            texts.into_iter().flatten().flatten().map(Field::squeezed).collect()
        }
        Spot::Row(row, _) => {
            let row = form.rows.get(row);
            let columns = [Column::Name, Column::Weight];
            columns.iter().filter_map(|column| Some(row?.text(*column))).collect()
        }
        Spot::TotalScore => Vec::new(),
    };
    let texts: Vec<String> = texts;
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

impl GridRow {
    /// The heading that a cell stands under, if this is a row of headings: it names the indicators, or budget and spending.
    fn heading(&self, spot: Spot, vocabulary: &Vocabulary) -> Option<&GridCell> {
        let indicators = |wanted: Column| self.cells.iter().find(|cell| vocabulary.column(&cell.text) == Some(wanted));
        let funds =
            |wanted: FundsColumn| self.cells.iter().find(|cell| vocabulary.funds_column(&cell.text) == Some(wanted));
        let of_funds = |wanted| funds(FundsColumn::Spent).and_then(|_| funds(wanted));
        match spot {
            Spot::FundsRate(_) => of_funds(FundsColumn::Rate),
            Spot::FundsScore(_) => of_funds(FundsColumn::Score),
            Spot::Row(_, column) => indicators(Column::Name).and_then(|_| indicators(column)),
            Spot::TotalScore => indicators(Column::Name).and_then(|_| indicators(Column::Score)),
        }
    }

    fn has(&self, text: &str) -> bool {
        self.cells.iter().any(|cell| squeeze(&cell.text) == *text || label(&cell.text) == label(text))
    }

    fn first_text(&self) -> Option<&str> {
        self.cells.iter().map(|cell| cell.text.as_str()).find(|text| !text.trim().is_empty())
    }
}
