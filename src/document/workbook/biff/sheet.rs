//! The cells of a worksheet.

use super::super::sheet::{Sheet, Span};
use super::record::{Record, Records, byte, double_word, number, word};
use super::string::{self, Parts};
use super::{BEGIN, Budget, END, ReadError, SheetEntry, Workbook, cut_off};

/// Record types of a sheet.
const NUMBER: u16 = 0x0203;
const PACKED_NUMBER: u16 = 0x027e;
const PACKED_NUMBERS: u16 = 0x00bd;
const SHARED_STRING: u16 = 0x00fd;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00d6;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
const MERGED_CELLS: u16 = 0x00e5;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007d;

/// A row of no height, and a column that is not shown.
const ROW_HIDDEN: u16 = 0x0020;
const COLUMN_HIDDEN: u16 = 0x0001;

/// Where a cell stands, and its style.
#[derive(Clone, Copy)]
struct Place {
    row: u32,
    column: u32,
    style: Option<u16>,
}

impl Place {
    /// Row, column and style stand at the start of every cell record.
    fn parse(data: &[u8]) -> Option<Place> {
        Some(Place { row: u32::from(word(data, 0)?), column: u32::from(word(data, 2)?), style: word(data, 4) })
    }
}

/// Reads a sheet up to its end.
pub(super) fn read(
    workbook: &Workbook,
    entry: &SheetEntry,
    stream: &[u8],
    budget: &mut Budget,
) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::new(&entry.name);
    let mut formula: Option<Place> = None;
    // Charts on the sheet are parts within its part.
    let mut depth = 0usize;
    let mut records = Records::new(stream, entry.offset);
    for record in records.by_ref() {
        match record.kind {
            BEGIN => depth += 1,
            END => depth = depth.saturating_sub(1),
            _ if depth > 1 => {}
            MERGED_CELLS => merges(record.data).for_each(|span| sheet.merge(span)),
            ROW | COLUMNS => hide(&mut sheet, &record),
            PACKED_NUMBERS => {
                for (place, value) in packed_numbers(record.data) {
                    sheet.put(place.row, place.column, workbook.number(value, place.style), budget)?;
                }
            }
            FORMULA_TEXT => {
                if let (Some(place), Some(text)) = (formula.take(), Parts::new(&record, 0).simple()) {
                    sheet.put(place.row, place.column, text, budget)?;
                }
            }
            _ => {
                let Some(place) = Place::parse(record.data) else { continue };
                if record.kind == FORMULA {
                    formula = Some(place);
                }
                if let Some(text) = text(workbook, &record, place.style) {
                    sheet.put(place.row, place.column, text, budget)?;
                }
            }
        }
        if record.kind == END && depth == 0 {
            return Ok(sheet);
        }
    }
    // Some programs leave out the end of the last sheet.
    if depth > 0 && records.is_at_end() { Ok(sheet) } else { Err(cut_off()) }
}

/// The text of a record that holds one cell.
fn text(workbook: &Workbook, record: &Record, style: Option<u16>) -> Option<String> {
    let data = record.data;
    match record.kind {
        NUMBER => Some(workbook.number(number(data, 6)?, style)),
        PACKED_NUMBER => Some(workbook.number(unpack(double_word(data, 6)?), style)),
        SHARED_STRING => workbook.strings.get(double_word(data, 6)? as usize).cloned(),
        LABEL | RICH_LABEL => Some(string::plain(data, 8, usize::from(word(data, 6)?))),
        BOOLEAN_OR_ERROR => Some(boolean_or_error(byte(data, 6)?, byte(data, 7)? != 0)),
        FORMULA => formula_result(workbook, data, style),
        _ => None,
    }
}

/// The last result of a formula; a text follows in a record of its own.
fn formula_result(workbook: &Workbook, data: &[u8], style: Option<u16>) -> Option<String> {
    if word(data, 12)? != 0xffff {
        return Some(workbook.number(number(data, 6)?, style));
    }
    match byte(data, 6)? {
        kind @ (1 | 2) => Some(boolean_or_error(byte(data, 8)?, kind == 2)),
        _ => None,
    }
}

fn boolean_or_error(value: u8, is_error: bool) -> String {
    let text = match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    };
    text.to_owned()
}

/// Numbers side by side: row and first column, then style and packed number of each, then the last column.
fn packed_numbers(data: &[u8]) -> impl Iterator<Item = (Place, f64)> {
    let start = word(data, 0).zip(word(data, 2));
    (0..data.len().saturating_sub(6) / 6).filter_map(move |index| {
        let (row, first) = start?;
        let column = u32::from(first) + u32::try_from(index).ok()?;
        let place = Place { row: u32::from(row), column, style: word(data, 4 + 6 * index) };
        Some((place, unpack(double_word(data, 6 + 6 * index)?)))
    })
}

/// A number packed into 30 bits: an integer or the upper half of a floating point number, perhaps in hundredths.
fn unpack(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

fn merges(data: &[u8]) -> impl Iterator<Item = Span> {
    let count = word(data, 0).map_or(0, usize::from);
    (0..count).map_while(move |index| {
        let at = |position: usize| word(data, 2 + 8 * index + 2 * position).map(u32::from);
        Some(Span { first_row: at(0)?, last_row: at(1)?, first_column: at(2)?, last_column: at(3)? })
    })
}

fn hide(sheet: &mut Sheet, record: &Record) {
    let data = record.data;
    match record.kind {
        ROW if word(data, 12).is_some_and(|flags| flags & ROW_HIDDEN != 0) => {
            if let Some(row) = word(data, 0).map(u32::from) {
                sheet.hide_rows(row, row);
            }
        }
        COLUMNS if word(data, 8).is_some_and(|flags| flags & COLUMN_HIDDEN != 0) => {
            if let (Some(first), Some(last)) = (word(data, 0), word(data, 2)) {
                sheet.hide_columns(u32::from(first), u32::from(last));
            }
        }
        _ => {}
    }
}
