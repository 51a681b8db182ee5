//! .xls and .et: Excel 97 to 2003 workbooks, after the published description of the format ([MS-XLS], BIFF8).
//!
//! A workbook is a stream of records. The first part tells the styles, the shared strings and where the sheets begin;
//! each sheet is a part of its own.

mod record;
mod sheet;
mod string;

use std::collections::HashMap;
use std::io::{Cursor, Read};

use super::super::limits::Budget;
use super::super::{Block, Limits, ReadError};
use super::number_format::{Display, builtin};
use record::{Record, Records, byte, double_word, word};

const FORMAT: &str = "Excel 97-2003（.xls/.et）";

/// Record types of the first part.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const LOCKED: u16 = 0x002f;
const COUNT_FROM_1904: u16 = 0x0022;
const NUMBER_FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
const SHARED_STRINGS: u16 = 0x00fc;

/// The version of the format that is read.
const BIFF_8: u16 = 0x0600;

/// What all sheets share.
#[derive(Default)]
struct Workbook {
    from_1904: bool,
    /// Format number → code, as the file defines them.
    codes: HashMap<u16, String>,
    /// Cell style → format number.
    styles: Vec<u16>,
    strings: Vec<String>,
    sheets: Vec<SheetEntry>,
}

/// A sheet as the first part names it.
struct SheetEntry {
    name: String,
    offset: usize,
    visible: bool,
}

/// Reads the visible worksheets.
pub(in super::super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let stream = workbook_stream(bytes)?;
    let mut budget = Budget::new(limits);
    let workbook = Workbook::read(&stream, &mut budget)?;
    let mut blocks = Vec::new();
    for entry in workbook.sheets.iter().filter(|entry| entry.visible) {
        let sheet = sheet::read(&workbook, entry, &stream, &mut budget)?;
        sheet.add_blocks(&mut blocks, &mut budget)?;
    }
    Ok(blocks)
}

fn cut_off() -> ReadError {
    ReadError::damaged(FORMAT, "工作簿数据读不全，文件可能被截断")
}

fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| cut_off())?;
    let path = file
        .read_root_storage()
        .find(|entry| entry.is_stream() && entry.name().eq_ignore_ascii_case("workbook"))
        .map(|entry| entry.path().to_path_buf())
        .ok_or_else(cut_off)?;
    let mut stream = Vec::new();
    let reader = file.open_stream(path).map_err(|_| cut_off())?;
    reader.take(bytes.len() as u64).read_to_end(&mut stream).map_err(|_| cut_off())?;
    Ok(stream)
}

impl Workbook {
    fn read(stream: &[u8], budget: &mut Budget) -> Result<Workbook, ReadError> {
        let mut workbook = Workbook::default();
        let mut records = Records::new(stream, 0);
        let begin = records.next().filter(|record| record.kind == BEGIN).ok_or_else(cut_off)?;
        if word(begin.data, 0) != Some(BIFF_8) {
            let advice = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。";
            return Err(ReadError::Unsupported { format: " Excel 95 及更早的 .xls 文件", advice });
        }
        for record in records {
            match record.kind {
                END => return Ok(workbook),
                LOCKED => return Err(ReadError::Encrypted { format: FORMAT }),
                COUNT_FROM_1904 => workbook.from_1904 = word(record.data, 0) == Some(1),
                NUMBER_FORMAT => workbook.add_code(record.data),
                STYLE => workbook.styles.extend(word(record.data, 2)),
                SHEET => workbook.sheets.extend(SheetEntry::parse(record.data)),
                SHARED_STRINGS => workbook.strings = shared_strings(&record, budget)?,
                _ => {}
            }
        }
        Err(cut_off())
    }

    fn add_code(&mut self, data: &[u8]) {
        if let (Some(number), Some(length)) = (word(data, 0), word(data, 2)) {
            self.codes.insert(number, string::plain(data, 4, usize::from(length)));
        }
    }

    /// The text shown for a number under a cell style.
    fn number(&self, value: f64, style: Option<u16>) -> String {
        let format = style.and_then(|style| self.styles.get(usize::from(style)));
        // The Chinese form of a built-in format stands before the one the file repeats from its place of origin.
        let code = format
            .and_then(|number| builtin(u32::from(*number)).or_else(|| self.codes.get(number).map(String::as_str)));
        Display { from_1904: self.from_1904 }.number(value, code)
    }
}

impl SheetEntry {
    /// Only worksheets hold tables.
    fn parse(data: &[u8]) -> Option<SheetEntry> {
        let offset = double_word(data, 0)? as usize;
        let (state, kind, length) = (byte(data, 4)?, byte(data, 5)?, byte(data, 6)?);
        let name = string::plain(data, 7, usize::from(length));
        (kind == 0).then_some(SheetEntry { name, offset, visible: state & 3 == 0 })
    }
}

fn shared_strings(record: &Record, budget: &mut Budget) -> Result<Vec<String>, ReadError> {
    let count = double_word(record.data, 4).ok_or_else(cut_off)?;
    let mut parts = string::Parts::new(record, 8);
    let mut strings = Vec::new();
    for _ in 0..count {
        let text = parts.rich().ok_or_else(cut_off)?;
        budget.take_text(&text)?;
        strings.push(text);
    }
    Ok(strings)
}
