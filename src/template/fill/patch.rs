//! 原件填写 (patch): the filled cells written into the user's own .docx, everything else left byte for byte.
//!
//! A row is found by what it says, from top to bottom, and a cell by the heading above it; a cell that cannot be found is
//! told, never guessed. Paragraph and run properties of the cell are kept, what was filled is highlighted.

mod slots;

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Filled, FilledCell, Spot};
use crate::form::{Column, Field};
use crate::text::{label, squeeze};
use crate::vocabulary::{FundsColumn, Label, Vocabulary};
use slots::{RowSlot, Slot, TableSlot, slots};

/// Largest text of a document that is patched, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The part of the package that holds the text.
const DOCUMENT: &str = "word/document.xml";

/// A document that cannot be patched.
#[derive(Debug, thiserror::Error)]
pub enum PatchError {
    #[error("不是 .docx 文件或文件已损坏：{0}")]
    Package(#[from] zip::result::ZipError),
    #[error("无法读写 .docx 的内容：{0}")]
    Io(#[from] std::io::Error),
    #[error("正文不是有效的 XML：{0}")]
    Xml(#[from] quick_xml::Error),
    #[error("正文超过 {LARGEST} 字节，不作修改")]
    TooLarge,
}

/// 填写后的原件
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Cells that could not be found in the file, in words.
    pub missed: Vec<String>,
}

/// Writes what was filled into the document it was read from.
///
/// # Errors
/// [`PatchError`] where the file is no .docx that can be taken apart and put together again.
pub fn patch_docx(original: &[u8], forms: &[Filled]) -> Result<Patched, PatchError> {
    let mut archive = ZipArchive::new(Cursor::new(original))?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut missed = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index)?;
        if member.name()?.trim_start_matches('/') != DOCUMENT {
            zip.raw_copy_file(member)?;
            continue;
        }
        let name = member.name()?.into_owned();
        drop(member);
        let mut text = String::new();
        archive.by_index(index)?.take(LARGEST + 1).read_to_string(&mut text)?;
        if text.len() as u64 > LARGEST {
            return Err(PatchError::TooLarge);
        }
        let (patched, lost) = patched(&text, forms)?;
        missed = lost;
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(patched.as_bytes())?;
    }
    Ok(Patched { bytes: zip.finish()?.into_inner(), missed })
}

/// The text with every edit made, and the cells that were not found.
fn patched(xml: &str, forms: &[Filled]) -> Result<(String, Vec<String>), PatchError> {
    let tables = slots(xml)?;
    let mut search = Search { tables: &tables, from: (0, 0) };
    let mut edits: Vec<(&Slot, &str)> = Vec::new();
    let mut missed = Vec::new();
    for filled in forms {
        let mut cells: Vec<&FilledCell> = filled.cells.iter().chain(&filled.open).collect();
        cells.sort_by_key(|cell| cell.spot);
        for cell in cells {
            match search.find(filled, cell.spot) {
                Some(slot) => edits.push((slot, &cell.text)),
                None => missed.push(cell.spot.words(&filled.form)),
            }
        }
    }
    edits.sort_by_key(|(slot, _)| std::cmp::Reverse(slot.body.0));
    let mut out = xml.to_owned();
    for (slot, text) in edits {
        out.replace_range(slot.body.0..slot.body.1, &slot.with_text(xml, text));
    }
    Ok((out, missed))
}

/// A walk through the rows of all tables, from top to bottom.
struct Search<'t> {
    tables: &'t [TableSlot],
    /// Table and row from which the next row is looked for.
    from: (usize, usize),
}

impl<'t> Search<'t> {
    fn find(&mut self, filled: &Filled, spot: Spot) -> Option<&'t Slot> {
        let vocabulary = Vocabulary::builtin();
        let texts = row_texts(filled, spot);
        let is_row = |row: &RowSlot| match spot {
            Spot::TotalScore => row.first_text().is_some_and(|text| vocabulary.label(text) == Some(Label::Total)),
            _ => !texts.is_empty() && texts.iter().all(|text| row.has(text)),
        };
        let (table, row) = self.row(is_row)?;
        self.from = (table, row);
        let rows = &self.tables.get(table)?.rows;
        let heading = rows.get(..row)?.iter().rev().find_map(|row| row.heading(spot, vocabulary))?;
        rows.get(row)?.cells.iter().find(|cell| cell.column < heading.end && heading.column < cell.end)
    }

    fn row(&self, is_row: impl Fn(&RowSlot) -> bool) -> Option<(usize, usize)> {
        let (first, start) = self.from;
        for (index, table) in self.tables.iter().enumerate().skip(first) {
            let skip = if index == first { start } else { 0 };
            let found = table.rows.iter().enumerate().skip(skip).find(|(_, row)| is_row(row));
            if let Some((row, _)) = found {
                return Some((index, row));
            }
        }
        None
    }
}

/// What the row of a cell says besides what was filled in.
fn row_texts(filled: &Filled, spot: Spot) -> Vec<String> {
    let form = &filled.form;
    let texts = match spot {
        Spot::FundsRate(line) | Spot::FundsScore(line) => {
            let line = form.funds.get(line);
            let texts = line.map(|line| [Some(&line.name), line.budget.as_ref(), line.spent.as_ref()]);
            texts.into_iter().flatten().flatten().map(Field::squeezed).collect()
        }
        Spot::Row(row, _) => {
            let row = form.rows.get(row);
            let columns = [Column::Name, Column::Weight];
            columns.iter().filter_map(|column| Some(row?.text(*column))).collect()
        }
        Spot::TotalScore => Vec::new(),
    };
    let texts: Vec<String> = texts;
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

impl RowSlot {
    /// The heading that a cell stands under, if this is a row of headings: it names the indicators, or budget and spending.
    fn heading(&self, spot: Spot, vocabulary: &Vocabulary) -> Option<&Slot> {
        let indicators = |wanted: Column| self.cells.iter().find(|cell| vocabulary.column(&cell.text) == Some(wanted));
        let funds =
            |wanted: FundsColumn| self.cells.iter().find(|cell| vocabulary.funds_column(&cell.text) == Some(wanted));
        let of_funds = |wanted| funds(FundsColumn::Spent).and_then(|_| funds(wanted));
        match spot {
            Spot::FundsRate(_) => of_funds(FundsColumn::Rate),
            Spot::FundsScore(_) => of_funds(FundsColumn::Score),
            Spot::Row(_, column) => indicators(Column::Name).and_then(|_| indicators(column)),
            Spot::TotalScore => indicators(Column::Name).and_then(|_| indicators(Column::Score)),
        }
    }

    fn has(&self, text: &str) -> bool {
        self.cells.iter().any(|cell| squeeze(&cell.text) == *text || label(&cell.text) == label(text))
    }

    fn first_text(&self) -> Option<&str> {
        self.cells.iter().map(|cell| cell.text.as_str()).find(|text| !text.trim().is_empty())
    }
}
