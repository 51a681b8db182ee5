//! .odt and .ods: LibreOffice and OpenOffice documents. Cells carry their displayed text.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::encoding::decode;
use super::limits::Budget;
use super::workbook::{Sheet, Span};
use super::xml::{Node, Xml, attribute, count};
use super::{Block, Cell, Limits, Paragraph, ReadError, Table};

const FORMAT: &str = "OpenDocument（.odt/.ods）";

/// Elements whose content is not part of the text.
const NOT_SHOWN: [&str; 8] =
    ["tracked-changes", "annotation", "note", "forms", "shapes", "dde-links", "ruby-text", "table-source"];

/// How often a blank cell or row is repeated at most; sheets end in a blank rest of a million rows.
const BLANK_REPEATS: usize = 64;

/// Reads the body of an .odt text or .ods workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let mut archive = Archive::open(bytes, FORMAT, limits)?;
    if is_encrypted(&mut archive) {
        return Err(ReadError::Encrypted { format: FORMAT });
    }
    let part = archive.member("content.xml")?;
    let text = decode(&part)?;
    let xml = Xml::new(&text, FORMAT, limits);
    let mut reader = OpenDocument { xml, budget: Budget::new(limits), hidden_styles: HashSet::new() };
    let mut blocks = Vec::new();
    reader.blocks(&mut blocks)?;
    Ok(blocks)
}

/// The manifest of a file with a password describes how each part is encrypted.
fn is_encrypted(archive: &mut Archive) -> bool {
    let manifest = archive.member("META-INF/manifest.xml").unwrap_or_default();
    String::from_utf8_lossy(&manifest).contains("encryption-data")
}

/// The state of reading one content part.
struct OpenDocument<'a> {
    xml: Xml<'a>,
    budget: Budget<'a>,
    /// Names of the table styles that hide a sheet.
    hidden_styles: HashSet<String>,
}

/// Where reading stands within a table.
struct Position {
    row: usize,
    column: usize,
    /// Blank cells are kept in texts, where every cell has a frame, and left out in sheets.
    keep_blank: bool,
    /// Column definitions read so far.
    defined_columns: usize,
    /// First and last of hidden rows and columns.
    hidden_rows: Vec<(usize, usize)>,
    hidden_columns: Vec<(usize, usize)>,
}

impl Position {
    fn new(keep_blank: bool) -> Self {
        Position {
            row: 0,
            column: 0,
            keep_blank,
            defined_columns: 0,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
        }
    }

    fn define_columns(&mut self, element: &BytesStart) {
        let repeats = count(element, "number-columns-repeated").unwrap_or(1).max(1);
        let end = self.defined_columns.saturating_add(repeats);
        if is_hidden(element) {
            self.hidden_columns.push((self.defined_columns, end - 1));
        }
        self.defined_columns = end;
    }
}

/// Whether a row or column is hidden or filtered out.
fn is_hidden(element: &BytesStart) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl OpenDocument<'_> {
    /// Reads the paragraphs and tables of the current element up to its end.
    fn blocks(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "automatic-styles" => self.styles()?,
                "spreadsheet" => self.sheets(blocks)?,
                "p" | "h" => self.paragraph(blocks)?,
                "table" => self.table(blocks)?,
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                // body, sections, lists, frames …
                _ => self.blocks(blocks)?,
            }
        }
        Ok(())
    }

    /// Notes which table styles hide their sheet.
    fn styles(&mut self) -> Result<(), ReadError> {
        while let Some(style) = self.xml.child()? {
            let mut hides = false;
            self.xml.flat_children(|properties| {
                hides |= properties.local_name().as_ref() == "table-properties"
                    && attribute(properties, "display").as_deref() == Some("false");
            })?;
            if hides {
                self.hidden_styles.extend(attribute(&style, "name"));
            }
        }
        Ok(())
    }

    fn sheets(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            let style = attribute(&element, "style-name").unwrap_or_default();
            if element.local_name().as_ref() != "table" || self.hidden_styles.contains(&style) {
                self.xml.skip(&element)?;
                continue;
            }
            let mut sheet = Sheet::new(&attribute(&element, "name").unwrap_or_default());
            let mut nested = Vec::new();
            let mut position = Position::new(false);
            let mut cells = Vec::new();
            self.rows(&mut position, &mut cells, &mut nested)?;
            for cell in cells {
                put(&mut sheet, cell, &mut self.budget)?;
            }
            position.hidden_rows.iter().for_each(|rows| sheet.hide_rows(narrow(rows.0), narrow(rows.1)));
            position.hidden_columns.iter().for_each(|columns| sheet.hide_columns(narrow(columns.0), narrow(columns.1)));
            sheet.add_blocks(blocks, &mut self.budget)?;
        }
        Ok(())
    }

    fn paragraph(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        let (mut text, mut boxes) = (String::new(), Vec::new());
        self.inline(&mut text, &mut boxes)?;
        self.budget.limits.check_text(&text)?;
        blocks.push(Block::Paragraph(Paragraph::new(text)));
        blocks.append(&mut boxes);
        Ok(())
    }

    /// Reads the text of the current element up to its end; text boxes are set aside.
    fn inline(&mut self, text: &mut String, boxes: &mut Vec<Block>) -> Result<(), ReadError> {
        loop {
            let element = match self.xml.next()? {
                Node::Element(element) => element,
                Node::Text(part) => {
                    text.push_str(&part);
                    continue;
                }
                Node::End => return Ok(()),
            };
            match element.local_name().as_ref() {
                "s" => text.extend(std::iter::repeat_n(' ', count(&element, "c").unwrap_or(1).min(BLANK_REPEATS))),
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "text-box" => {
                    self.blocks(boxes)?;
                    continue;
                }
                name if NOT_SHOWN.contains(&name) => {
                    self.xml.skip(&element)?;
                    continue;
                }
                _ => {}
            }
            self.inline(text, boxes)?;
        }
    }

    /// Reads a table of a text; tables nested in its cells follow it, or replace it where it is page layout only.
    fn table(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut nested = Vec::new();
        let mut cells = Vec::new();
        self.rows(&mut Position::new(true), &mut cells, &mut nested)?;
        let is_layout = !nested.is_empty() && cells.iter().all(|cell| cell.column == 0);
        if is_layout {
            let captions = cells.into_iter().map(|cell| Block::Paragraph(Paragraph::new(cell.text)));
            blocks.extend(captions);
        } else if !cells.is_empty() {
            let table = Table::from_cells(cells);
            self.budget.limits.check_table(table.rows, table.columns)?;
            blocks.push(Block::Table(table));
        }
        blocks.append(&mut nested);
        Ok(())
    }

    fn rows(
        &mut self,
        position: &mut Position,
        cells: &mut Vec<Cell>,
        nested: &mut Vec<Block>,
    ) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "table-row" => {
                    let first = cells.len();
                    position.column = 0;
                    self.cells_of_row(position, cells, nested)?;
                    let repeats = count(&element, "number-rows-repeated").unwrap_or(1).max(1);
                    if is_hidden(&element) {
                        position.hidden_rows.push((position.row, position.row.saturating_add(repeats - 1)));
                    }
                    self.repeat_row(position, cells, first, repeats)?;
                }
                "table-column" => {
                    position.define_columns(&element);
                    self.xml.skip(&element)?;
                }
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                // Header rows, groups of rows and columns.
                _ => self.rows(position, cells, nested)?,
            }
        }
        Ok(())
    }

    /// Copies the row that was read last as often as it stands; blank copies are only counted.
    fn repeat_row(
        &mut self,
        position: &mut Position,
        cells: &mut Vec<Cell>,
        first: usize,
        repeats: usize,
    ) -> Result<(), ReadError> {
        let row: Vec<Cell> = cells.iter().skip(first).cloned().collect();
        let blank = row.iter().all(|cell| cell.text.is_empty());
        let copies = if blank { repeats.min(BLANK_REPEATS) } else { repeats };
        self.budget.take_cells(row.len().saturating_mul(copies - 1))?;
        for copy in 1..copies {
            row.iter().try_for_each(|cell| self.budget.take_text(&cell.text))?;
            cells.extend(row.iter().map(|cell| Cell { row: cell.row + copy, ..cell.clone() }));
        }
        position.row = position.row.saturating_add(if position.keep_blank { copies } else { repeats });
        Ok(())
    }

    fn cells_of_row(
        &mut self,
        position: &mut Position,
        cells: &mut Vec<Cell>,
        nested: &mut Vec<Block>,
    ) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "table-cell" => {
                    let text = self.cell_text(nested)?;
                    self.add_cell(&element, text, position, cells)?;
                }
                "covered-table-cell" => {
                    self.xml.skip(&element)?;
                    let repeats = count(&element, "number-columns-repeated").unwrap_or(1);
                    position.column = position.column.saturating_add(repeats);
                }
                _ => self.xml.skip(&element)?,
            }
        }
        Ok(())
    }

    /// The paragraphs of a cell as lines; its tables are set aside.
    fn cell_text(&mut self, nested: &mut Vec<Block>) -> Result<String, ReadError> {
        let mut content = Vec::new();
        self.blocks(&mut content)?;
        let mut lines = Vec::new();
        for block in content {
            match block {
                Block::Paragraph(paragraph) => lines.push(paragraph.text),
                Block::Table(table) => nested.push(Block::Table(table)),
            }
        }
        Ok(lines.join("\n").trim_end_matches('\n').to_owned())
    }

    fn add_cell(
        &mut self,
        element: &BytesStart,
        text: String,
        position: &mut Position,
        cells: &mut Vec<Cell>,
    ) -> Result<(), ReadError> {
        let number = |name: &str| count(element, name).unwrap_or(1).max(1);
        let (row_span, column_span) = (number("number-rows-spanned"), number("number-columns-spanned"));
        let repeats = number("number-columns-repeated");
        let blank = text.is_empty() && row_span == 1 && column_span == 1;
        let copies = match (blank, position.keep_blank) {
            (true, false) => 0,
            (true, true) => repeats.min(BLANK_REPEATS),
            (false, _) => repeats,
        };
        self.budget.take_cells(copies)?;
        for copy in 0..copies {
            self.budget.take_text(&text)?;
            let column = position.column.saturating_add(copy);
            cells.push(Cell { row_span, column_span, ..Cell::single(position.row, column, text.clone()) });
        }
        position.column = position.column.saturating_add(repeats);
        Ok(())
    }
}

/// Puts a cell on a sheet, where positions count in 32 bits.
fn put(sheet: &mut Sheet, cell: Cell, budget: &mut Budget) -> Result<(), ReadError> {
    let (first_row, first_column) = (narrow(cell.row), narrow(cell.column));
    sheet.merge(Span {
        first_row,
        first_column,
        last_row: narrow(cell.end_row()).saturating_sub(1),
        last_column: narrow(cell.end_column()).saturating_sub(1),
    });
    sheet.put(first_row, first_column, cell.text, budget)
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
