//! 工作表 (sheet): the sheets of a workbook by name, and single cells written into their bytes.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::OriginalError;
use super::parts::Parts;
use crate::document::{attribute, column_letters};
use crate::word::escape;

const WORKBOOK: &str = "xl/workbook.xml";

/// The part of each sheet, by the name that its tab shows.
pub(crate) fn sheets(parts: &mut Parts) -> Result<BTreeMap<String, String>, OriginalError> {
    let related: BTreeMap<String, String> = parts.related(WORKBOOK, "worksheet")?.into_iter().collect();
    let mut sheets = BTreeMap::new();
    parts.elements(WORKBOOK, |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(part) = related.get(&id)
        {
            sheets.insert(name, part.clone());
        }
    })?;
    Ok(sheets)
}

/// The address of a cell, rows and columns counted from 1: `H12`.
pub(crate) fn address(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column as usize))
}

/// 写入的内容
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Number(Decimal),
    Text(String),
}

/// 单元格: where a cell stands in the bytes of its sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellSlot {
    /// The bytes of the whole element; where the cell is not there, the empty range before which it belongs.
    pub range: (usize, usize),
    /// The number of its style.
    pub style: Option<usize>,
    pub has_formula: bool,
    /// The row has to be written as well.
    row_missing: bool,
}

/// Finds cells in the bytes of a sheet, rows and columns counted from 1; in the order asked for.
pub(crate) fn cells(xml: &str, part: &str, wanted: &[(u32, u32)]) -> Result<Vec<Option<CellSlot>>, OriginalError> {
    let mut walk = Walk { found: BTreeMap::new(), rows: BTreeMap::new(), end: None, row: 0, column: 0 };
    let mut reader = Reader::from_str(xml);
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|_| OriginalError::Xml { part: part.to_owned() })?;
        let end = position(&reader);
        match event {
            Event::Start(element) => walk.open(&element, start, end, false),
            Event::Empty(element) => walk.open(&element, start, end, true),
            Event::End(element) => walk.close(element.local_name().as_ref(), start, end),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(wanted.iter().map(|(row, column)| walk.slot(*row, *column)).collect())
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

struct Walk {
    /// Every cell there is, by row and column.
    found: BTreeMap<(u32, u32), CellSlot>,
    /// Where the content of each row ends; `None` where the row is one empty tag.
    rows: BTreeMap<u32, (usize, Option<usize>)>,
    /// Where the rows end.
    end: Option<usize>,
    row: u32,
    column: u32,
}

impl Walk {
    fn open(&mut self, element: &BytesStart, start: usize, end: usize, empty: bool) {
        match element.local_name().as_ref() {
            "row" => {
                let named = attribute(element, "r").and_then(|row| row.parse().ok());
                self.row = named.unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                self.rows.insert(self.row, (start, None));
            }
            "c" => {
                let named = attribute(element, "r").and_then(|address| column_of(&address));
                self.column = named.unwrap_or(self.column.saturating_add(1));
                let style = attribute(element, "s").and_then(|style| style.parse().ok());
                let slot = CellSlot { range: (start, end), style, has_formula: false, row_missing: false };
                self.found.insert((self.row, self.column), slot);
            }
            "f" => {
                if let Some(cell) = self.found.get_mut(&(self.row, self.column)) {
                    cell.has_formula = true;
                }
            }
            "sheetData" if empty => {}
            _ => {}
        }
    }

    fn close(&mut self, name: &str, start: usize, end: usize) {
        match name {
            "c" => {
                if let Some(cell) = self.found.get_mut(&(self.row, self.column)) {
                    cell.range.1 = end;
                }
            }
            "row" => {
                if let Some(row) = self.rows.get_mut(&self.row) {
                    row.1 = Some(start);
                }
            }
            "sheetData" => self.end = Some(start),
            _ => {}
        }
    }

    /// The cell, or the place where it belongs.
    fn slot(&self, row: u32, column: u32) -> Option<CellSlot> {
        if let Some(cell) = self.found.get(&(row, column)) {
            return Some(cell.clone());
        }
        let empty = |at: usize, row_missing: bool| CellSlot { range: (at, at), row_missing, ..CellSlot::default() };
        if let Some((_, end)) = self.rows.get(&row) {
            let next = self.found.range((row, column)..=(row, u32::MAX)).next();
            return next.map(|(_, cell)| cell.range.0).or(*end).map(|at| empty(at, false));
        }
        let next = self.rows.range(row..).next().map(|(_, (start, _))| *start);
        next.or(self.end).map(|at| empty(at, true))
    }
}

/// The column of an address: 8 for `H12`.
fn column_of(address: &str) -> Option<u32> {
    let mut column: u32 = 0;
    for letter in address.chars().take_while(char::is_ascii_alphabetic) {
        let digit = (letter.to_ascii_uppercase() as u32).checked_sub('A' as u32)?.checked_add(1)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    (column > 0).then_some(column)
}

impl CellSlot {
    /// The element with another content.
    pub fn element(&self, row: u32, column: u32, style: Option<usize>, content: &Content) -> String {
        let style = style.map(|style| format!(r#" s="{style}""#)).unwrap_or_default();
        let address = address(row, column);
        let cell = match content {
            Content::Number(number) => format!(r#"<c r="{address}"{style}><v>{number}</v></c>"#),
            Content::Text(text) => format!(
                r#"<c r="{address}"{style} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                escape(text)
            ),
        };
        if self.row_missing { format!(r#"<row r="{row}">{cell}</row>"#) } else { cell }
    }
}
