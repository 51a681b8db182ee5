//! The grid of a table: its columns follow from the edges of the cells of all its rows.

use std::collections::HashMap;

use super::super::{Cell, Limits, ReadError, Table};
use super::property::RowDefinition;

/// Edges nearer to each other than this (twentieths of a point) are the same one, drawn by hand.
const SAME_EDGE: i32 = 30;

/// 行: the texts of the cells of a row, and where they stand.
pub(super) struct Row {
    pub definition: RowDefinition,
    pub texts: Vec<String>,
}

/// The table of the rows, merges resolved.
pub(super) fn table(rows: Vec<Row>, limits: &Limits) -> Result<Table, ReadError> {
    let grid = Grid::of(&rows);
    let widest = rows.iter().map(|row| row.texts.len()).max().unwrap_or(0);
    limits.check_table(rows.len(), grid.edges.len().max(widest))?;
    let mut cells: Vec<Cell> = Vec::new();
    // First and end column → index of the cell whose vertical merge is still open.
    let mut open: HashMap<(usize, usize), usize> = HashMap::new();
    for (number, row) in rows.into_iter().enumerate() {
        let mut still_open = HashMap::new();
        for (index, columns) in grid.cells(&row) {
            let text = row.texts.get(index).map(String::as_str).unwrap_or_default();
            let above = open.get(&columns).copied().filter(|_| row.definition.continues_vertical(index));
            if let Some(position) = above
                && let Some(cell) = cells.get_mut(position)
            {
                cell.row_span += 1;
                if !text.trim().is_empty() {
                    cell.text.push('\n');
                    cell.text.push_str(text);
                }
                still_open.insert(columns, position);
                continue;
            }
            if row.definition.is_vertical(index) {
                still_open.insert(columns, cells.len());
            }
            cells.push(Cell { column_span: columns.1 - columns.0, ..Cell::single(number, columns.0, text) });
        }
        open = still_open;
    }
    Ok(Table::from_cells(cells))
}

/// The vertical lines of a table.
struct Grid {
    edges: Vec<i32>,
}

impl Grid {
    fn of(rows: &[Row]) -> Grid {
        let mut all: Vec<i32> = rows.iter().flat_map(|row| row.definition.edges.iter().copied()).collect();
        all.sort_unstable();
        let mut edges: Vec<i32> = Vec::new();
        for edge in all {
            if edges.last().is_none_or(|last| edge - last > SAME_EDGE) {
                edges.push(edge);
            }
        }
        Grid { edges }
    }

    /// The number of the line nearest to an edge.
    fn line(&self, edge: i32) -> usize {
        let right = self.edges.partition_point(|line| *line < edge);
        let distance = |index: usize| self.edges.get(index).map_or(i32::MAX, |line| (line - edge).abs());
        match right.checked_sub(1) {
            Some(left) if distance(left) <= distance(right) => left,
            _ => right.min(self.edges.len().saturating_sub(1)),
        }
    }

    /// The cells of a row: index of the text, first and end column; cells merged from left to right once.
    fn cells(&self, row: &Row) -> Vec<(usize, (usize, usize))> {
        let count = row.texts.len();
        let mut cells = Vec::with_capacity(count);
        let mut taken = 0;
        let mut index = 0;
        while index < count {
            let mut end = index + 1;
            if row.definition.begins_horizontal(index) {
                while end < count && row.definition.continues_horizontal(end) {
                    end += 1;
                }
            }
            let (first, last) = match (row.definition.edges.get(index), row.definition.edges.get(end)) {
                (Some(left), Some(right)) if row.definition.edges.len() > count => {
                    (self.line(*left), self.line(*right))
                }
                _ => (index, end),
            };
            // Cells stand side by side, whatever the edges of a damaged row say.
            let first = first.max(taken);
            taken = last.max(first + 1);
            cells.push((index, (first, taken)));
            index = end;
        }
        cells
    }
}
