//! 工作簿 (workbook): .xlsx, .xls and .et, each cell with the text that the sheet shows.

mod biff;
mod number_format;
mod sheet;

use std::io::Cursor;

use calamine::{
    Data, Dimensions, Reader, Sheet as SheetEntry, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::archive::Archive;
use super::limits::Budget;
use super::{Block, Limits, ReadError};
use number_format::{Display, builtin};
pub(super) use sheet::{Sheet, Span};

const XLSX: &str = "Excel（.xlsx）";
const XLS: &str = "Excel 97-2003（.xls/.et）";

/// Reads the visible sheets of an .xlsx workbook.
pub(super) fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let is_part = |name: &str| name.ends_with(".xml") || name.ends_with(".rels");
    Archive::open(bytes, XLSX, limits)?.check_members(is_part)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| explain_xlsx(&error))?;
    let mut blocks = Vec::new();
    let mut budget = Budget::new(limits);
    for name in visible(workbook.sheets_metadata()) {
        let mut sheet = Sheet::new(&name);
        fill_from_xlsx(&mut workbook, &name, &mut sheet, &mut budget)?;
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
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| explain_xlsx(&error))?;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| explain_xlsx(&error))? {
        let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
        let code = format.and_then(|format| format.format_id.and_then(builtin).or(Some(format.format_code.as_str())));
        let (row, column) = cell.get_position();
        sheet.put(row, column, shown(cell.get_value().clone().into(), code, display), budget)?;
    }
    drop(cells);
    for merge in workbook.merge_cells_by_sheet_name(name).map_err(|error| explain_xlsx(&error))? {
        sheet.merge(span(&merge));
    }
    Ok(())
}

/// Reads the visible sheets of an .xls or .et workbook (Excel 97 to 2003).
pub(super) fn read_xls(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let formats = biff::scan(bytes, limits)?;
    let workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| explain_xls(&error))?;
    let display = Display { from_1904: workbook.has_1904_epoch() };
    let mut workbook = workbook;
    let mut blocks = Vec::new();
    let mut budget = Budget::new(limits);
    for name in visible(workbook.sheets_metadata()) {
        let range = workbook.worksheet_range(&name).map_err(|error| explain_xls(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut sheet = Sheet::new(&name);
        for (row, column, value) in range.used_cells() {
            let (row, column) = (first_row.saturating_add(row as u32), first_column.saturating_add(column as u32));
            let code = formats.code(&name, row, column);
            sheet.put(row, column, shown(value.clone(), code, display), &mut budget)?;
        }
        for merge in workbook.merge_cells_by_sheet_name(&name).unwrap_or_default() {
            sheet.merge(span(&merge));
        }
        sheet.add_blocks(&mut blocks, &mut budget)?;
    }
    Ok(blocks)
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

fn explain_xls(error: &XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::Encrypted { format: XLS },
        _ => ReadError::damaged(XLS, "工作表内容读不通，文件可能被截断"),
    }
}
