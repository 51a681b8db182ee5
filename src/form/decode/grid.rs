//! 网格 (grid): the decoded rows as a table under their heading.

use super::choose::Chosen;
use super::end::Total;
use super::path::{Lattice, Segment};
use super::schema::Schema;
use crate::document::{Cell, Doubt, Layout, Repair, Table};
use crate::form::Column;
use crate::text::label;
use crate::vocabulary::Vocabulary;

const RUN_TOGETHER: &str = "原文各格连写，按字形和栏目切开";
const NEAR_RIVAL: &str = "另一种分列方式几乎同样合理";
const BY_SUM: &str = "按各行权重合计选定的分列方式";
const BY_FAMILY: &str = "一级指标没有印出，按二级指标归入";

/// The table of the rows that are indicators, and the texts that fit no column.
pub(super) fn table(
    lattice: &Lattice,
    schema: &Schema,
    chosen: &[Chosen],
    total: Option<&Total>,
    line: usize,
    vocabulary: &Vocabulary,
) -> (Table, Vec<String>) {
    let mut cells: Vec<Cell> = Vec::new();
    for (index, (column, printed)) in schema.columns.iter().enumerate() {
        let known = vocabulary.column(printed) == Some(*column);
        let text = if known { printed.as_str() } else { column.title() };
        cells.push(Cell { line: Some(line), ..Cell::single(0, index, text) });
    }
    let mut writer = Writer { lattice, schema, vocabulary, levels: [None, None], row: 1, cells, loose: Vec::new() };
    chosen.iter().for_each(|row| writer.take(row));
    if let Some(total) = total {
        writer.total(total);
    }
    let (rows, columns) = (writer.row, schema.columns.len());
    let cells = writer.cells;
    let table =
        Table { number: 0, sheet: None, layout: Layout::Grid, rows, columns, cells, first_row: 1, first_column: 1 };
    (table, writer.loose)
}

/// Marks every row as doubtful: its columns were not printed.
pub(super) fn doubt_all(table: &mut Table) {
    for cell in table.cells.iter_mut().filter(|cell| cell.row > 0 && cell.doubt.is_none()) {
        cell.doubt =
            Some(Box::new(Doubt { why: "原文没有表头，栏目按内容推定".to_owned(), others: Vec::new() }));
    }
}

struct Writer<'a> {
    lattice: &'a Lattice<'a>,
    schema: &'a Schema,
    vocabulary: &'a Vocabulary,
    /// Level 1 and 2 that hold for the next row.
    levels: [Option<Cell>; 2],
    row: usize,
    cells: Vec<Cell>,
    loose: Vec<String>,
}

impl Writer<'_> {
    fn index(&self, column: Column) -> Option<usize> {
        self.schema.columns.iter().position(|(known, _)| *known == column)
    }

    fn take(&mut self, chosen: &Chosen) {
        let reading = &chosen.reading;
        let tokens = reading.dropped.iter().filter_map(|at| self.lattice.token(*at));
        self.loose.extend(
            tokens.filter(|token| token.text.chars().any(char::is_alphanumeric)).map(|token| token.text.clone()),
        );
        let indicator = self.lattice.is_indicator(reading);
        let mut own = Vec::new();
        let mut printed_level1 = false;
        for segment in &reading.cells {
            let cell = self.cell(segment, chosen);
            match self.lattice.column(segment.column) {
                Some(Column::Level1) => {
                    self.levels = [Some(cell), None];
                    printed_level1 = true;
                }
                Some(Column::Level2) => {
                    self.settle_family(&cell, printed_level1);
                    let [_, level2] = &mut self.levels;
                    *level2 = Some(cell);
                }
                Some(_) if indicator => own.push(cell),
                _ => self.loose.push(cell.text),
            }
        }
        if !indicator {
            return;
        }
        for (column, level) in [Column::Level1, Column::Level2].into_iter().zip(self.levels.clone()) {
            if let (Some(index), Some(level)) = (self.index(column), level) {
                own.push(Cell { row: self.row, column: index, ..level });
            }
        }
        own.sort_by_key(|cell| cell.column);
        self.cells.extend(own);
        self.row += 1;
    }

    /// A level-2 word of another family than the level-1 word above it: the level-1 word between them was lost.
    fn settle_family(&mut self, level2: &Cell, printed: bool) {
        let families = &self.vocabulary.dump.families;
        let bare = super::words::without_brackets(&label(&level2.text));
        let [level1, _] = &self.levels;
        let above = level1.as_ref().map(|cell| super::words::without_brackets(&label(&cell.text)));
        let Some(own) = families.iter().find(|family| family.level2.contains(&bare)) else { return };
        let foreign = above
            .as_ref()
            .is_none_or(|above| families.iter().any(|family| family.level1 == *above) && own.level1 != *above);
        if printed || !foreign || self.index(Column::Level1).is_none() {
            return;
        }
        let repair = Some(Box::new(Repair { printed: String::new(), why: BY_FAMILY.to_owned() }));
        let cell = Cell { line: level2.line, repair, ..Cell::single(self.row, 0, own.level1.clone()) };
        let [level1, _] = &mut self.levels;
        *level1 = Some(cell);
    }

    fn cell(&self, segment: &Segment, chosen: &Chosen) -> Cell {
        let first = self.lattice.token(segment.from);
        let cut = |at: usize| self.lattice.token(at).is_some_and(|token| token.gap.is_cut());
        let run_together = cut(segment.from) || cut(segment.to);
        let other = chosen.rival.as_ref().and_then(|rival| {
            let same = rival.cells.iter().find(|cell| cell.column == segment.column);
            (same != Some(segment)).then(|| same.map(|cell| self.lattice.text(cell)).unwrap_or_default())
        });
        let why = match &other {
            Some(_) if chosen.by_sum => Some(BY_SUM),
            Some(_) => Some(NEAR_RIVAL),
            None if run_together => Some(RUN_TOGETHER),
            None => None,
        };
        let others = other.into_iter().filter(|text| !text.is_empty()).collect();
        let doubt = why.map(|why| Box::new(Doubt { why: why.to_owned(), others }));
        let text = self.lattice.text(segment);
        Cell { line: first.map(|token| token.line), doubt, ..Cell::single(self.row, segment.column, text) }
    }

    fn total(&mut self, total: &Total) {
        let mut put = |column: usize, text: &str| {
            self.cells.push(Cell { line: Some(total.line), ..Cell::single(self.row, column, text) });
        };
        put(0, &total.label);
        let place = |column| self.schema.columns.iter().position(|(known, _)| *known == column);
        let mut figures: Vec<(usize, &str)> = [(Column::Weight, &total.weight), (Column::Score, &total.score)]
            .into_iter()
            .filter_map(|(column, text)| Some((place(column).filter(|at| *at > 0)?, text.as_deref()?)))
            .collect();
        figures.sort_unstable();
        figures.into_iter().for_each(|(column, text)| put(column, text));
        self.row += 1;
    }
}
