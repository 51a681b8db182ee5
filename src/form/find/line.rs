//! 表行 (row view): one row of a grid with every cell that covers it, merged cells from above included.

use crate::document::{Cell, Place, Table};
use crate::form::Field;
use crate::text::is_blank;

/// One row of a table as a person sees it.
pub(super) struct RowView<'a> {
    pub table: &'a Table,
    pub row: usize,
    /// The cells that cover the row, from left to right; those that begin above are merged down into it.
    pub cells: Vec<&'a Cell>,
}

impl<'a> RowView<'a> {
    /// Calls `visit` with each row of the table in order.
    pub fn for_each(table: &'a Table, mut visit: impl FnMut(&RowView<'a>)) {
        let mut open: Vec<&Cell> = Vec::new();
        for row in 0..table.rows {
            open.retain(|cell| cell.end_row() > row);
            open.extend(table.row(row));
            open.sort_by_key(|cell| cell.column);
            visit(&RowView { table, row, cells: open.clone() });
        }
    }

    /// The first row that holds text.
    pub fn first_with_text(table: &'a Table) -> Option<RowView<'a>> {
        let first = table.cells.iter().find(|cell| !blank(cell))?.row;
        Some(RowView { table, row: first, cells: table.row(first).collect() })
    }

    /// The cells that begin in this row and hold text, from left to right.
    pub fn texts(&self) -> impl Iterator<Item = &'a Cell> + '_ {
        self.cells.iter().copied().filter(|cell| cell.row == self.row && !blank(cell))
    }

    /// The only text of the row, if there is just one and no text is merged in from above.
    pub fn lone_text(&self) -> Option<&'a Cell> {
        let mut texts = self.cells.iter().copied().filter(|cell| !blank(cell));
        match (texts.next(), texts.next()) {
            (Some(cell), None) if cell.row == self.row => Some(cell),
            _ => None,
        }
    }

    /// The text of a cell with its place.
    pub fn field(&self, cell: &Cell) -> Field {
        Field {
            text: cell.text.clone(),
            place: self.table.place(cell),
            repair: cell.repair.clone(),
            doubt: cell.doubt.clone(),
        }
    }

    /// The place of the row.
    pub fn place(&self) -> Place {
        let first = self.texts().next().or(self.cells.first().copied());
        Place {
            table: Some(self.table.number),
            row: Some(self.row + self.table.first_row),
            column: None,
            line: first.and_then(|cell| cell.line),
            sheet: self.table.sheet.clone(),
            page: first.and_then(|cell| cell.page),
        }
    }
}

/// Whether a cell holds no text.
pub(super) fn blank(cell: &Cell) -> bool {
    cell.text.chars().all(is_blank)
}
