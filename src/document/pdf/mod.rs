//! PDF: tables from ruling lines.
//!
//! A PDF has no tables, only glyphs and strokes. The reader takes both from the interpreted pages (`capture`), brings the
//! strokes together into frames (`ruling`), cuts the frames into cells (`grid`), sorts the glyphs into the cells
//! (`fragment`), and joins the parts of a table that stand on consecutive pages (`continuation`, `join`).
//! Tables without rules are read from the places of their headings (`ruleless`).
//! This is the only place where positions, and so floating point numbers, matter.

mod assemble;
mod capture;
mod continuation;
mod decode;
mod error;
mod fragment;
mod furniture;
mod grid;
mod join;
mod line;
mod page;
#[cfg(feature = "ocr")]
mod picture;
mod ruleless;
mod ruling;
mod shape;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub use error::PdfError;

use super::{Block, Unread};
#[cfg(feature = "ocr")]
pub(super) use grid::Grid;
#[cfg(feature = "ocr")]
pub(super) use page::{Flow, Glyph, Page, Rule};
#[cfg(feature = "ocr")]
pub(super) use ruling::frames;

use capture::{Captured, capture};

/// 上限: how much of a PDF is read before the reader gives up. Work grows with these numbers, not with the file's size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Pages of the file.
    pub pages: usize,
    /// Glyphs painted on all pages together.
    pub glyphs: usize,
    /// Paths, rules, clips, groups and pictures painted on all pages together.
    pub shapes: usize,
}

impl Default for Limits {
    /// Enough for a budget report of a thousand pages.
    fn default() -> Self {
        Limits { pages: 2000, glyphs: 5_000_000, shapes: 3_000_000 }
    }
}

/// A file whose end mark does not stand within this many bytes of its end was cut off.
const TAIL: usize = 8192;

/// A document with more than one unreadable glyph in this many cannot be read.
const ONE_IN: usize = 10;

/// Reads the tables and lines of a PDF in reading order; tables are numbered from 1.
///
/// # Errors
/// [`PdfError`] where the file needs a password, is damaged, has no text, or exceeds `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, PdfError> {
    read_noting(bytes, limits, &mut Vec::new())
}

/// The same; scanned pages that cannot be read beside pages that can are noted in `unread`.
pub(super) fn read_noting(bytes: &[u8], limits: &Limits, unread: &mut Vec<Unread>) -> Result<Vec<Block>, PdfError> {
    if !has_end_mark(bytes) {
        return Err(PdfError::Damaged);
    }
    // The interpreter meets hostile files; whatever makes it panic is a damaged file to the user.
    match catch_unwind(AssertUnwindSafe(|| read_pages(bytes, limits))) {
        Ok(result) => result.map(|(blocks, left)| {
            unread.extend(left);
            blocks
        }),
        Err(payload) => Err(payload.downcast::<PdfError>().map_or(PdfError::Damaged, |error| *error)),
    }
}

/// Reads glyphs and strokes of all pages and throws them away: what reading will cost, without what scanned pages cost.
///
/// # Errors
/// As [`read`].
pub fn try_read(bytes: &[u8]) -> Result<(), PdfError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(load_error)?;
    let limits = Limits::default();
    if pdf.pages().len() <= limits.pages {
        capture(&pdf, &limits);
    }
    Ok(())
}

fn has_end_mark(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    [b"%%EOF".as_slice(), b"startxref"].iter().any(|mark| tail.windows(mark.len()).any(|window| window == *mark))
}

fn read_pages(bytes: &[u8], limits: &Limits) -> Result<(Vec<Block>, Vec<Unread>), PdfError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(load_error)?;
    let count = pdf.pages().len();
    if count > limits.pages {
        return Err(PdfError::TooManyPages { pages: count, limit: limits.pages });
    }
    if count == 0 {
        return Err(PdfError::Damaged);
    }
    let mut captured = capture(&pdf, limits);
    let unread = read_scans(&pdf, &mut captured)?;
    check_text(&captured)?;
    Ok((blocks_of(captured.pages), unread))
}

/// Reads the pages that are pictures; tells those that could not be read.
#[cfg(feature = "ocr")]
fn read_scans(pdf: &Pdf, captured: &mut Captured) -> Result<Vec<Unread>, PdfError> {
    picture::read_pictures(pdf, captured)
}

#[cfg(not(feature = "ocr"))]
fn read_scans(_: &Pdf, captured: &mut Captured) -> Result<Vec<Unread>, PdfError> {
    let scans = captured.pages.iter().filter(|page| page.is_scan());
    Ok(scans.map(|page| page.left_out("这个版本编译时没有包含文字识别功能")).collect())
}

/// The tables and lines of pages in reading order.
pub(super) fn blocks_of(mut pages: Vec<page::Page>) -> Vec<Block> {
    for page in &mut pages {
        page.drop_overprints();
        page.set_upright();
    }
    assemble::assemble(&pages)
}

fn load_error(error: LoadPdfError) -> PdfError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::PasswordNeeded,
        LoadPdfError::Decryption(_) => PdfError::EncryptionUnknown,
        LoadPdfError::Invalid => PdfError::Damaged,
    }
}

/// Refuses a document without text, or with text that cannot be told.
fn check_text(captured: &Captured) -> Result<(), PdfError> {
    let glyphs: usize = captured.pages.iter().map(|page| page.glyphs.len()).sum();
    if glyphs == 0 {
        let has_image = captured.pages.iter().any(|page| page.has_image);
        return Err(if has_image { PdfError::Scanned } else { PdfError::Empty { pages: captured.pages.len() } });
    }
    if captured.unreadable * ONE_IN > glyphs {
        return Err(PdfError::Undecodable { glyphs, unreadable: captured.unreadable });
    }
    Ok(())
}
