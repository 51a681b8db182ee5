//! 工作簿 (workbook): .xlsx, .xls and .et, each cell with the text that the sheet shows.

mod biff;
mod hidden;
mod number_format;
mod sheet;

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, Sheet as SheetEntry, SheetType, SheetVisible, Xlsx, XlsxError};

use super::archive::Archive;
use super::limits::Budget;
use super::{Block, Limits, ReadError};
pub(super) use biff::read as read_xls;
use hidden::SheetParts;
use number_format::{Display, builtin};
pub(super) use sheet::{Sheet, Span};

const XLSX: &str = "Excel（.xlsx）";

/// Reads the visible sheets of an .xlsx workbook.
pub(super) fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let is_part = |name: &str| name.ends_with(".xml") || name.ends_with(".rels");
    let mut archive = Archive::open(bytes, XLSX, limits)?;
    archive.check_members(is_part)?;
    let parts = SheetParts::find(&mut archive, limits)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| explain_xlsx(&error))?;
    let mut blocks = Vec::new();
    let mut budget = Budget::new(limits);
    for name in visible(workbook.sheets_metadata()) {
        let mut sheet = Sheet::new(&name);
        fill_from_xlsx(&mut workbook, &name, &mut sheet, &mut budget)?;
        parts.hide(&name, &mut archive, &mut sheet, limits)?;
        sheet.add_blocks(&mut blocks, &mut budget)?;
    }
    Ok(blocks)
}

fn fill_from_xlsx(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), ReadError> {
    let display = Display { from_1904: workbook.has_1904_epoch() };
    let typed = constants(workbook, name)?;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| explain_xlsx(&error))?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| explain_xlsx(&error))? {
        let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
        let code = format.and_then(|format| format.format_id.and_then(builtin).or(Some(format.format_code.as_str())));
        let (row, column) = cell.get_position();
        let text = shown(cell.get_value().clone().into(), code, display);
        let text = if text.is_empty() { typed.get(&(row, column)).cloned().unwrap_or(text) } else { text };
        sheet.put(row, column, text, budget)?;
    }
    drop(cells);
    for merge in workbook.merge_cells_by_sheet_name(name).map_err(|error| explain_xlsx(&error))? {
        sheet.merge(span(&merge));
    }
    Ok(())
}

/// Most formulas of a sheet that are looked at, and the longest one.
const MOST_FORMULAS: usize = 100_000;
const LONGEST_CONSTANT: usize = 40;

/// The formulas that only are a constant, as typed: `=100%` written by a program that takes every = for a formula, and
/// stored without a result.
fn constants(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<HashMap<(u32, u32), String>, ReadError> {
    let mut found = HashMap::new();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| explain_xlsx(&error))?;
    for _ in 0..MOST_FORMULAS {
        let Some(cell) = cells.next_formula().map_err(|error| explain_xlsx(&error))? else { break };
        let formula = cell.get_value();
        let number = formula.starts_with(|c: char| c.is_ascii_digit())
            && formula.len() <= LONGEST_CONSTANT
            && formula.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%'));
        if number {
            found.insert(cell.get_position(), format!("={formula}"));
        }
    }
    Ok(found)
}

/// Worksheets that a person opening the file sees; chart sheets and macro sheets hold no tables.
fn visible(entries: &[SheetEntry]) -> Vec<String> {
    entries
        .iter()
        .filter(|entry| entry.typ == SheetType::WorkSheet && entry.visible == SheetVisible::Visible)
        .map(|entry| entry.name.clone())
        .collect()
}

fn span(merge: &Dimensions) -> Span {
    Span { first_row: merge.start.0, first_column: merge.start.1, last_row: merge.end.0, last_column: merge.end.1 }
}

/// The text that a cell shows.
fn shown(value: Data, code: Option<&str>, display: Display) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Int(number) => display.number(number as f64, code),
        Data::Float(number) => display.number(number, code),
        Data::DateTime(date) => display.number(date.as_f64(), code),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::Error(error) => error.to_string(),
    }
}

fn explain_xlsx(error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted { format: XLSX },
        XlsxError::FileNotFound(part) => ReadError::damaged(XLSX, format!("缺少部件“{part}”")),
        _ => ReadError::damaged(XLSX, "工作表内容读不通"),
    }
}
