//! BIFF8: the number formats of .xls cells, which the workbook library gives for .xlsx only.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use super::super::{Limits, ReadError};
use super::XLS;
use super::number_format::builtin;

/// Record types of the Workbook stream.
const BOF: u16 = 0x0809;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const BOUND_SHEET: u16 = 0x0085;
const FILE_PASS: u16 = 0x002f;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const MUL_RK: u16 = 0x00bd;
const FORMULA: u16 = 0x0006;
const LABEL_SST: u16 = 0x00fd;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;

/// BOF says which version of the format follows.
const BIFF_8: u16 = 0x0600;

/// 数字格式: the format code of each number on each sheet.
#[derive(Default)]
pub(super) struct Formats {
    /// Format number → code, as the file defines them.
    codes: HashMap<u16, String>,
    /// Extended format (cell style) → format number.
    styles: Vec<u16>,
    /// Offset of a sheet's first record → name.
    sheets: HashMap<usize, String>,
    /// Sheet name → position → style.
    cells: HashMap<String, HashMap<(u16, u16), u16>>,
}

impl Formats {
    /// The format code of a cell, for numbers only.
    pub fn code(&self, sheet: &str, row: u32, column: u32) -> Option<&str> {
        let position = (u16::try_from(row).ok()?, u16::try_from(column).ok()?);
        let style = self.cells.get(sheet)?.get(&position)?;
        let number = self.styles.get(usize::from(*style))?;
        // The file's own definition wins, except for the built-in dates, whose look depends on the place.
        builtin(u32::from(*number)).or_else(|| self.codes.get(number).map(String::as_str))
    }
}

/// Scans the Workbook stream for formats; refuses one whose cells span more positions than the limits allow, because
/// the workbook library allocates them all.
pub(super) fn scan(bytes: &[u8], limits: &Limits) -> Result<Formats, ReadError> {
    let stream = workbook_stream(bytes, limits)?;
    let mut formats = Formats::default();
    let mut sheet: Option<String> = None;
    let mut extent = Extent::default();
    let records = Records { stream: &stream, offset: 0 };
    let mut begun = false;
    for (offset, kind, data) in records {
        match kind {
            BOF => {
                let version = word(data, 0).unwrap_or(0);
                if !begun && version != BIFF_8 {
                    let advice = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。";
                    return Err(ReadError::Unsupported { format: " Excel 95 及更早的 .xls 文件", advice });
                }
                begun = true;
                sheet = formats.sheets.get(&offset).cloned();
                extent.begin_sheet();
            }
            FILE_PASS => return Err(ReadError::Encrypted { format: XLS }),
            FORMAT => formats.add_code(data),
            XF => formats.styles.extend(word(data, 2)),
            BOUND_SHEET => formats.add_sheet(data),
            NUMBER | RK | FORMULA | MUL_RK | LABEL_SST | LABEL | BOOL_ERR => {
                extent.check(data, limits)?;
                if let Some(name) = &sheet {
                    formats.add_cells(name, kind, data);
                }
            }
            _ => {}
        }
    }
    if !begun {
        return Err(ReadError::damaged(XLS, "工作簿数据缺失"));
    }
    Ok(formats)
}

fn workbook_stream(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let broken = || ReadError::damaged(XLS, "工作簿数据读不全，文件可能被截断");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    let path = file
        .walk()
        .find(|entry| entry.is_stream() && entry.name().eq_ignore_ascii_case("workbook"))
        .map(|entry| entry.path().to_path_buf())
        .ok_or_else(broken)?;
    let mut stream = Vec::new();
    let reader = file.open_stream(path).map_err(|_| broken())?;
    reader.take(limits.file_bytes).read_to_end(&mut stream).map_err(|_| broken())?;
    Ok(stream)
}

impl Formats {
    fn add_code(&mut self, data: &[u8]) {
        if let (Some(number), Some(length)) = (word(data, 0), word(data, 2)) {
            self.codes.insert(number, string(data, usize::from(length), 4));
        }
    }

    fn add_sheet(&mut self, data: &[u8]) {
        if let (Some(low), Some(high), Some(length)) = (word(data, 0), word(data, 2), data.get(6)) {
            let offset = usize::from(low) | usize::from(high) << 16;
            self.sheets.insert(offset, string(data, usize::from(*length), 7));
        }
    }

    fn add_cells(&mut self, sheet: &str, kind: u16, data: &[u8]) {
        let (Some(row), Some(first)) = (word(data, 0), word(data, 2)) else { return };
        if !self.cells.contains_key(sheet) {
            self.cells.insert(sheet.to_owned(), HashMap::new());
        }
        let Some(cells) = self.cells.get_mut(sheet) else { return };
        // A run of numbers: six bytes each, then the last column.
        let count = if kind == MUL_RK { data.len().saturating_sub(6) / 6 } else { 1 };
        for index in 0..count {
            let column = first.saturating_add(u16::try_from(index).unwrap_or(u16::MAX));
            if let Some(style) = word(data, 4 + 6 * index) {
                cells.insert((row, column), style);
            }
        }
    }
}

/// The rectangle around the cells of a sheet, and the size of those before it.
#[derive(Default)]
struct Extent {
    before: usize,
    sheet: usize,
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Extent {
    fn begin_sheet(&mut self) {
        *self = Extent { before: self.before.saturating_add(self.sheet), ..Extent::default() };
    }

    fn check(&mut self, data: &[u8], limits: &Limits) -> Result<(), ReadError> {
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return Ok(()) };
        let (first_row, last_row) = grow(&mut self.rows, row);
        let (first_column, last_column) = grow(&mut self.columns, column);
        self.sheet = (usize::from(last_row - first_row) + 1) * (usize::from(last_column - first_column) + 1);
        let positions = self.before.saturating_add(self.sheet);
        if positions > limits.cells {
            return Err(ReadError::too_large("单元格数", positions, limits.cells));
        }
        Ok(())
    }
}

fn grow(range: &mut Option<(u16, u16)>, value: u16) -> (u16, u16) {
    let (low, high) = range.unwrap_or((value, value));
    *range.insert((low.min(value), high.max(value)))
}

/// The records of a stream: offset, type and data of each.
struct Records<'a> {
    stream: &'a [u8],
    offset: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (usize, u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.offset;
        let kind = word(self.stream, offset)?;
        let length = usize::from(word(self.stream, offset.checked_add(2)?)?);
        let start = offset.checked_add(4)?;
        let end = start.checked_add(length)?;
        self.offset = end;
        Some((offset, kind, self.stream.get(start..end)?))
    }
}

/// A 16-bit little-endian number.
fn word(bytes: &[u8], offset: usize) -> Option<u16> {
    let pair = bytes.get(offset..offset.checked_add(2)?)?;
    Some(u16::from_le_bytes([*pair.first()?, *pair.get(1)?]))
}

/// A string of `length` characters: a flag byte, then one or two bytes for each.
fn string(data: &[u8], length: usize, offset: usize) -> String {
    let Some((flags, characters)) = data.get(offset..).and_then(<[u8]>::split_first) else { return String::new() };
    if flags & 1 == 0 {
        return characters.iter().take(length).map(|byte| char::from(*byte)).collect();
    }
    let units: Vec<u16> = (0..length).map_while(|index| word(characters, 2 * index)).collect();
    String::from_utf16_lossy(&units)
}
