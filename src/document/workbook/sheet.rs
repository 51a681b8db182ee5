//! 工作表 (sheet): the texts and merges of a sheet, cut into blocks at blank rows.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::super::limits::Budget;
use super::super::{Block, Cell, ReadError, Table};

/// Merges beyond this size cover whole rows or columns of the sheet rather than cells of a form.
const ORDINARY_MERGE: u32 = 256;

/// 合并区域: a merged region of a sheet, zero-based, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Span {
    pub first_row: u32,
    pub first_column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

/// 工作表: what a sheet shows, whatever the format it comes from.
pub(in super::super) struct Sheet {
    name: Arc<str>,
    texts: BTreeMap<(u32, u32), String>,
    merges: Vec<Span>,
    /// First and last of hidden rows and columns.
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
}

/// The smallest rectangle around what a sheet shows.
#[derive(Clone, Copy)]
struct Extent {
    first_column: u32,
    last_row: u32,
    last_column: u32,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &str) -> Self {
        Sheet {
            name: Arc::from(name),
            texts: BTreeMap::new(),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
        }
    }

    /// Sets the text shown at a zero-based position.
    pub fn put(&mut self, row: u32, column: u32, text: String, budget: &mut Budget) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        budget.take_text(&text)?;
        self.texts.insert((row, column), text);
        Ok(())
    }

    /// Adds a merged region; one that covers a single cell is none.
    pub fn merge(&mut self, span: Span) {
        let single = span.first_row == span.last_row && span.first_column == span.last_column;
        if !single && span.first_row <= span.last_row && span.first_column <= span.last_column {
            self.merges.push(span);
        }
    }

    /// Hides rows: they keep their numbers, but nothing in them is shown.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        extend_range(&mut self.hidden_rows, first, last);
    }

    /// Hides columns.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        extend_range(&mut self.hidden_columns, first, last);
    }

    /// Drops the texts of hidden rows and columns; a merged cell shows its text as long as a part of it is shown.
    fn drop_hidden(&mut self) {
        if self.hidden_rows.is_empty() && self.hidden_columns.is_empty() {
            return;
        }
        self.hidden_rows = in_order(std::mem::take(&mut self.hidden_rows));
        self.hidden_columns = in_order(std::mem::take(&mut self.hidden_columns));
        let (rows, columns) = (&self.hidden_rows, &self.hidden_columns);
        let shown = |merge: &Span| {
            next_shown(rows, merge.first_row) <= merge.last_row
                && next_shown(columns, merge.first_column) <= merge.last_column
        };
        self.merges.retain(shown);
        let anchors: HashSet<(u32, u32)> =
            self.merges.iter().map(|merge| (merge.first_row, merge.first_column)).collect();
        self.texts.retain(|&(row, column), _| {
            let hidden = next_shown(rows, row) != row || next_shown(columns, column) != column;
            !hidden || anchors.contains(&(row, column))
        });
    }

    /// Adds the blocks of the sheet, one table for each run of rows without a blank row between.
    pub fn add_blocks(mut self, blocks: &mut Vec<Block>, budget: &mut Budget) -> Result<(), ReadError> {
        self.drop_hidden();
        let Some(extent) = self.extent() else { return Ok(()) };
        self.trim_merges(extent);
        for (first, last) in self.runs_of_rows() {
            let table = self.block(first, last, extent.first_column, budget)?;
            if table.columns > 0 {
                blocks.push(Block::Table(table));
            }
        }
        Ok(())
    }

    /// The rectangle around all texts and ordinary merges.
    fn extent(&self) -> Option<Extent> {
        let ordinary = self.merges.iter().filter(|merge| is_ordinary(merge)).copied();
        let texts = self.texts.keys().map(|&(row, column)| Span {
            first_row: row,
            first_column: column,
            last_row: row,
            last_column: column,
        });
        texts.chain(ordinary).fold(None, |extent: Option<Extent>, span| {
            let old = extent.unwrap_or(Extent {
                first_column: span.first_column,
                last_row: span.last_row,
                last_column: span.last_column,
            });
            Some(Extent {
                first_column: old.first_column.min(span.first_column),
                last_row: old.last_row.max(span.last_row),
                last_column: old.last_column.max(span.last_column),
            })
        })
    }

    /// Cuts merges of whole rows or columns down to the used part, and drops what overlaps a merge before it.
    fn trim_merges(&mut self, extent: Extent) {
        for merge in &mut self.merges {
            if !is_ordinary(merge) {
                merge.last_row = merge.last_row.min(extent.last_row.max(merge.first_row));
                merge.last_column = merge.last_column.min(extent.last_column.max(merge.first_column));
            }
        }
        self.merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
    }

    /// First and last row of each run of rows that show something or are covered by a merge.
    fn runs_of_rows(&self) -> Vec<(u32, u32)> {
        let mut spans: Vec<(u32, u32)> = self
            .texts
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(&(row, _), _)| (row, row))
            .chain(self.merges.iter().map(|merge| (merge.first_row, merge.last_row)))
            .collect();
        spans.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (first, last) in spans {
            match runs.last_mut() {
                Some(run) if first <= next_shown(&self.hidden_rows, run.1.saturating_add(1)) => run.1 = run.1.max(last),
                _ => runs.push((first, last)),
            }
        }
        runs
    }

    /// The table of a run of rows.
    fn block(&self, first: u32, last: u32, first_column: u32, budget: &mut Budget) -> Result<Table, ReadError> {
        let merges = self.merges_of(first, last);
        let texts = self.texts.range((first, 0)..=(last, u32::MAX));
        let last_column =
            texts.map(|(&(_, column), _)| column).chain(merges.iter().map(|merge| merge.last_column)).max();
        let columns = last_column.map_or(0, |last| (last.saturating_sub(first_column) as usize).saturating_add(1));
        let rows = ((last - first) as usize).saturating_add(1);
        budget.take_table(rows, columns)?;
        let mut occupied = vec![false; rows.saturating_mul(columns)];
        let mut cells = Vec::new();
        for merge in merges {
            cells.extend(self.merged_cell(merge, (first, first_column), columns, &mut occupied));
        }
        for (index, _) in occupied.iter().enumerate().filter(|(_, taken)| !**taken) {
            let (row, column) = (index / columns, index % columns);
            let position = (first.saturating_add(row as u32), first_column.saturating_add(column as u32));
            cells.push(Cell::single(row, column, self.texts.get(&position).cloned().unwrap_or_default()));
        }
        let mut table = Table::from_cells(cells);
        table.sheet = Some(self.name.clone());
        table.first_row = (first as usize).saturating_add(1);
        table.first_column = (first_column as usize).saturating_add(1);
        Ok(table)
    }

    /// The merges that begin in a run of rows (a run never ends within a merge).
    fn merges_of(&self, first: u32, last: u32) -> &[Span] {
        let start = self.merges.partition_point(|merge| merge.first_row < first);
        let end = self.merges.partition_point(|merge| merge.first_row <= last);
        self.merges.get(start..end).unwrap_or_default()
    }

    /// The cell of a merge, unless it overlaps one before it.
    fn merged_cell(&self, merge: &Span, origin: (u32, u32), columns: usize, occupied: &mut [bool]) -> Option<Cell> {
        let row = merge.first_row.checked_sub(origin.0)? as usize;
        let column = merge.first_column.checked_sub(origin.1)? as usize;
        let row_span = (merge.last_row - merge.first_row) as usize + 1;
        let column_span = (merge.last_column - merge.first_column) as usize + 1;
        let lines = || (row..row + row_span).map(|row| row * columns + column);
        let free = |start: usize| occupied.get(start..start + column_span).is_some_and(|line| !line.contains(&true));
        if !lines().all(free) {
            return None;
        }
        for start in lines() {
            occupied.get_mut(start..start + column_span)?.fill(true);
        }
        let text = self.texts.get(&(merge.first_row, merge.first_column)).cloned().unwrap_or_default();
        Some(Cell { row_span, column_span, ..Cell::single(row, column, text) })
    }
}

/// Adds a range to sorted ranges, joined to the last one where they touch.
fn extend_range(ranges: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match ranges.last_mut() {
        Some(range) if first >= range.0 && first <= range.1.saturating_add(1) => range.1 = range.1.max(last),
        _ => ranges.push((first, last)),
    }
}

/// The ranges in order, those that overlap joined.
fn in_order(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut joined = Vec::new();
    ranges.into_iter().for_each(|(first, last)| extend_range(&mut joined, first, last));
    joined
}

/// The first number from `number` on that lies in none of the ranges, which are in order and apart.
fn next_shown(hidden: &[(u32, u32)], number: u32) -> u32 {
    let before = hidden.partition_point(|range| range.0 <= number).checked_sub(1);
    match before.and_then(|index| hidden.get(index)) {
        Some((_, last)) if *last >= number => last.saturating_add(1),
        _ => number,
    }
}

fn is_ordinary(merge: &Span) -> bool {
    merge.last_row - merge.first_row < ORDINARY_MERGE && merge.last_column - merge.first_column < ORDINARY_MERGE
}
