//! 表格 (table): cells with spans, as every reader fills them.

use std::sync::Arc;

use super::{Doubt, Place, Repair};

/// 表格: the cells of one table (or of one block of a sheet) in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Number of the table in the document, from 1.
    pub number: usize,
    /// The sheet it stands on, for workbooks.
    pub sheet: Option<Arc<str>>,
    /// Whether the columns of its cells can be trusted.
    pub layout: Layout,
    /// Number of rows and columns of the grid.
    pub rows: usize,
    pub columns: usize,
    /// The cells in row-major order; a merged cell stands once, at its top left.
    pub cells: Vec<Cell>,
    /// What is added to a cell's zero-based row and column to get the numbers a person sees (1 and 1 for a table of its
    /// own; the position of the block on the sheet for workbooks).
    pub first_row: usize,
    pub first_column: usize,
}

/// How far the columns of a table can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Rows, columns and spans are those of the source (docx, xlsx, html, ruled pdf …).
    Grid,
    /// A text dump: the order of the cells of a row is right, but merged cells may be left out, so that the row is shifted,
    /// and the rest of a row may stand in a row of its own. Columns are the positions of the separators.
    Ragged,
}

/// 单元格: one cell, with its span and its text exactly as displayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Zero-based row and column of its top left corner.
    pub row: usize,
    pub column: usize,
    /// How many rows and columns it covers, at least 1.
    pub row_span: usize,
    pub column_span: usize,
    /// The text as displayed, line breaks kept.
    pub text: String,
    /// Line of a text file, page of a PDF.
    pub line: Option<usize>,
    pub page: Option<usize>,
    /// What was printed, where mending a broken dump made the text read otherwise.
    pub repair: Option<Box<Repair>>,
    /// Why the text may be wrong, where the reading was not certain.
    pub doubt: Option<Box<Doubt>>,
}

impl Cell {
    /// A cell that covers one row and one column.
    pub fn single(row: usize, column: usize, text: impl Into<String>) -> Self {
        Cell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            text: text.into(),
            line: None,
            page: None,
            repair: None,
            doubt: None,
        }
    }

    /// The first column to the right of the cell.
    pub fn end_column(&self) -> usize {
        self.column.saturating_add(self.column_span)
    }

    /// The first row below the cell.
    pub fn end_row(&self) -> usize {
        self.row.saturating_add(self.row_span)
    }
}

impl Table {
    /// A table of single cells, from rows of texts.
    pub fn from_rows(number: usize, layout: Layout, rows: Vec<Vec<String>>) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let count = rows.len();
        let cells = rows
            .into_iter()
            .enumerate()
            .flat_map(|(row, texts)| {
                texts.into_iter().enumerate().map(move |(column, text)| Cell::single(row, column, text))
            })
            .collect();
        Table { number, sheet: None, layout, rows: count, columns, cells, first_row: 1, first_column: 1 }
    }

    /// A table of cells with spans; its size is what the cells cover. The document numbers it.
    pub(super) fn from_cells(mut cells: Vec<Cell>) -> Self {
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let rows = cells.iter().map(Cell::end_row).max().unwrap_or(0);
        let columns = cells.iter().map(Cell::end_column).max().unwrap_or(0);
        Table { number: 0, sheet: None, layout: Layout::Grid, rows, columns, cells, first_row: 1, first_column: 1 }
    }

    /// The cells that begin in a row, from left to right.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        let start = self.cells.partition_point(|cell| cell.row < row);
        self.cells.iter().skip(start).take_while(move |cell| cell.row == row)
    }

    /// The place of a cell, as a person would name it.
    pub fn place(&self, cell: &Cell) -> Place {
        Place {
            table: Some(self.number),
            row: Some(cell.row + self.first_row),
            column: Some(cell.column + self.first_column),
            line: cell.line,
            sheet: self.sheet.clone(),
            page: cell.page,
        }
    }
}
