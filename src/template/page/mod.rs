//! 版面 (page): a form laid out on a grid as it is published, for the writers of workbooks and documents.

mod docx;
mod draft;
mod form;
mod xlsx;

use crate::form::Column;
use crate::template::Look;

pub(super) use docx::write as docx;
pub(super) use draft::page as draft_page;
pub(super) use form::{FilledCells, page as form_page};
pub(super) use xlsx::write as xlsx;

/// 版面: one form on a grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// The caption above the table.
    pub title: String,
    pub year: Option<i32>,
    /// Widths of the grid columns in Latin characters.
    pub widths: Vec<u16>,
    pub rows: Vec<Vec<Cell>>,
    /// Position of the row of headings.
    pub heading: usize,
    /// The grid column of the weights with the rows that add up, level by level.
    pub sums: Vec<Sum>,
    /// What is written below the table, one line each.
    pub lines: Vec<String>,
}

impl Page {
    /// The page with what is signed below the table, and ready to be filed where asked for: no colours, comments and notes.
    pub fn looking(mut self, look: Look, signed: &[&str]) -> Self {
        if look == Look::Clean {
            self.lines.clear();
            for cell in self.rows.iter_mut().flatten() {
                cell.mark = Mark::None;
                cell.notes.clear();
            }
        }
        self.lines.splice(0..0, signed.iter().map(|line| (*line).to_owned()));
        self
    }
}

/// 单元格: one cell of a page with its span, at least one row and one column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    pub text: String,
    /// What stands in the comment of the cell, one line each.
    pub notes: Vec<String>,
    pub mark: Mark,
    pub role: Role,
}

/// 标记: how a cell is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    #[default]
    None,
    /// 待确认
    Confirm,
    /// 待填
    Fill,
    /// Filled in by the program.
    Filled,
}

/// 作用: what a cell holds, for its alignment and its checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Label,
    Heading,
    Text,
    /// Running text, left-aligned.
    Prose,
    Target,
    Weight,
    Rule,
}

/// 权重合计: the rows of the page whose weights belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    pub level: String,
    pub column: usize,
    pub rows: Vec<usize>,
    /// What they should add up to, as it is drafted.
    pub wanted: String,
}

impl Cell {
    pub fn new(column: usize, columns: usize, text: impl Into<String>, role: Role) -> Self {
        Cell { column, columns, rows: 1, text: text.into(), notes: Vec::new(), mark: Mark::None, role }
    }

    pub fn label(column: usize, columns: usize, text: impl Into<String>) -> Self {
        Cell::new(column, columns, text, Role::Label)
    }
}

/// The width of a column of the indicator table, in Latin characters.
pub(super) fn width(column: Column) -> u16 {
    match column {
        Column::Name => 26,
        Column::Rule | Column::Target => 18,
        Column::Actual | Column::Basis => 16,
        Column::Reason => 28,
        Column::Weight | Column::Score | Column::Rate => 9,
        Column::Level1 | Column::Group => 13,
        Column::Level2 => 14,
        _ => 13,
    }
}

/// Gives a cell that repeats the one above it to that one: merged cells of levels and groups.
pub(super) fn merge_down(rows: &mut [Vec<Cell>], column: usize, from: usize) {
    let mut head: Option<usize> = None;
    for index in from..rows.len() {
        let text = |row: &Vec<Cell>| row.iter().find(|cell| cell.column == column).map(|cell| cell.text.clone());
        let (here, above) = (rows.get(index).and_then(text), head.and_then(|head| rows.get(head)).and_then(text));
        let same = here.is_some() && here == above && same_left(rows, column, head, index);
        match head.filter(|_| same) {
            Some(head) => {
                if let Some(row) = rows.get_mut(index) {
                    row.retain(|cell| cell.column != column);
                }
                let cell = rows.get_mut(head).and_then(|row| row.iter_mut().find(|cell| cell.column == column));
                if let Some(cell) = cell {
                    cell.rows += 1;
                }
            }
            None => head = Some(index),
        }
    }
}

/// Whether no cell to the left begins between two rows: 数量指标 of another 一级指标 is another cell.
fn same_left(rows: &[Vec<Cell>], column: usize, head: Option<usize>, index: usize) -> bool {
    let Some(head) = head else { return false };
    let between = rows.get(head + 1..=index).unwrap_or_default();
    column == 0 || !between.iter().any(|row| row.iter().any(|cell| cell.column == column - 1))
}
