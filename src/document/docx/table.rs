//! Tables: rows, cells, and the merges between them.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::xml::{attribute, count};
use super::super::{Block, Cell, Paragraph, Table};
use super::inline::is_on;
use super::{Docx, NOT_SHOWN, ReadError};

/// How a cell takes part in a merge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    Begins,
    Continues,
}

impl Merge {
    /// Word writes a bare element for a continuation, WPS the word.
    fn of(element: &BytesStart) -> Merge {
        match attribute(element, "val").as_deref() {
            Some("restart") => Merge::Begins,
            _ => Merge::Continues,
        }
    }
}

/// The properties of a cell.
#[derive(Debug, Clone, Copy)]
struct CellProperties {
    span: usize,
    vertical: Merge,
    horizontal: Merge,
}

/// A cell as its row has it, merges not yet resolved.
struct RawCell {
    column: usize,
    span: usize,
    vertical: Merge,
    content: Vec<Block>,
}

/// A row while it is read.
#[derive(Default)]
struct RawRow {
    cells: Vec<RawCell>,
    /// The column where the next cell begins.
    column: usize,
    /// The row is deleted by a tracked change, or hidden.
    dropped: bool,
}

impl Docx<'_> {
    /// Reads a table and adds it to the blocks, or its content where it is page layout only.
    pub(super) fn table(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut rows = Vec::new();
        self.rows(&mut rows)?;
        if is_layout(&rows) {
            blocks.extend(rows.into_iter().flatten().flat_map(|cell| cell.content));
            return Ok(());
        }
        let columns = rows.iter().flatten().map(|cell| cell.column + cell.span).max().unwrap_or(0);
        self.budget.take_table(rows.len(), columns)?;
        let (table, mut nested) = resolve_merges(rows);
        table.cells.iter().try_for_each(|cell| self.budget.limits.check_text(&cell.text))?;
        blocks.push(Block::Table(table));
        blocks.append(&mut nested);
        Ok(())
    }

    fn rows(&mut self, rows: &mut Vec<Vec<RawCell>>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "tr" => {
                    let mut row = RawRow::default();
                    self.cells_of_row(&mut row)?;
                    if !row.dropped {
                        rows.push(row.cells);
                    }
                }
                "tblPr" | "tblGrid" | "tblPrEx" => self.xml.skip(&element)?,
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                // Content controls and custom XML around rows.
                _ => self.rows(rows)?,
            }
        }
        Ok(())
    }

    fn cells_of_row(&mut self, row: &mut RawRow) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "trPr" => self.row_properties(row)?,
                "tc" => self.cell(row)?,
                "tblPrEx" => self.xml.skip(&element)?,
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                // Content controls and custom XML around cells.
                _ => self.cells_of_row(row)?,
            }
        }
        Ok(())
    }

    fn row_properties(&mut self, row: &mut RawRow) -> Result<(), ReadError> {
        let mut before = 0;
        self.xml.flat_children(|element| match element.local_name().as_ref() {
            "gridBefore" => before = count(element, "val").unwrap_or(0),
            "del" => row.dropped = true,
            "hidden" => row.dropped |= is_on(element),
            _ => {}
        })?;
        row.column = row.column.saturating_add(before);
        self.budget.limits.check_table(1, row.column)
    }

    fn cell(&mut self, row: &mut RawRow) -> Result<(), ReadError> {
        let mut properties = CellProperties { span: 1, vertical: Merge::None, horizontal: Merge::None };
        let mut content = Vec::new();
        self.cell_content(&mut properties, &mut content)?;
        let (column, span) = (row.column, properties.span);
        row.column = column.saturating_add(span);
        self.budget.limits.check_table(1, row.column)?;
        if properties.horizontal == Merge::Continues
            && let Some(left) = row.cells.last_mut()
        {
            left.span += span;
            left.content.extend(content);
            return Ok(());
        }
        row.cells.push(RawCell { column, span, vertical: properties.vertical, content });
        Ok(())
    }

    fn cell_content(&mut self, properties: &mut CellProperties, content: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "tcPr" => self.xml.flat_children(|element| match element.local_name().as_ref() {
                    "gridSpan" => properties.span = count(element, "val").unwrap_or(1).max(1),
                    "vMerge" => properties.vertical = Merge::of(element),
                    "hMerge" => properties.horizontal = Merge::of(element),
                    _ => {}
                })?,
                "p" => self.paragraph(content)?,
                "tbl" => self.table(content)?,
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                _ => self.blocks(content)?,
            }
        }
        Ok(())
    }
}

/// A table of one column with tables in it only places them on the page.
fn is_layout(rows: &[Vec<RawCell>]) -> bool {
    let holds_table = |cell: &RawCell| cell.content.iter().any(|block| matches!(block, Block::Table(_)));
    rows.iter().all(|row| row.len() <= 1) && rows.iter().flatten().any(holds_table)
}

/// The table of the rows, and the tables nested in its cells.
fn resolve_merges(rows: Vec<Vec<RawCell>>) -> (Table, Vec<Block>) {
    let mut cells: Vec<Cell> = Vec::new();
    let mut nested = Vec::new();
    // Column → index of the cell whose vertical merge is still open.
    let mut open: HashMap<usize, usize> = HashMap::new();
    for (row, raw_cells) in rows.into_iter().enumerate() {
        let mut still_open = HashMap::new();
        for raw in raw_cells {
            let text = cell_text(raw.content, &mut nested);
            let continued = open.get(&raw.column).copied().filter(|_| raw.vertical == Merge::Continues);
            if let Some(index) = continued
                && let Some(above) = cells.get_mut(index)
            {
                above.row_span += 1;
                append_line(&mut above.text, &text);
                still_open.insert(raw.column, index);
                continue;
            }
            if raw.vertical != Merge::None {
                still_open.insert(raw.column, cells.len());
            }
            cells.push(Cell { column_span: raw.span, ..Cell::single(row, raw.column, text) });
        }
        open = still_open;
    }
    (Table::from_cells(cells), nested)
}

/// The paragraphs of a cell as lines; its tables are set aside.
fn cell_text(content: Vec<Block>, nested: &mut Vec<Block>) -> String {
    let mut text = String::new();
    for block in content {
        match block {
            Block::Paragraph(Paragraph { text: line, .. }) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&line);
            }
            Block::Table(table) => nested.push(Block::Table(table)),
        }
    }
    text.truncate(text.trim_end_matches('\n').len());
    text
}

fn append_line(text: &mut String, line: &str) {
    if line.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
