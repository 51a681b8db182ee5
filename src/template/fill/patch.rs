//! 原件填写 (patch): the filled cells written into the user's own .docx, everything else left byte for byte.
//!
//! Paragraph and run properties of the cell are kept, what was filled is highlighted.

use super::search::{Grid, GridCell, GridRow, Search};
use super::{Filled, FilledCell};
use crate::original::OriginalError;
use crate::original::parts::Parts;
use crate::original::slots::{Slot, TableSlot, slots};
use crate::template::Look;

/// The part of the package that holds the text.
const DOCUMENT: &str = "word/document.xml";

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
/// Where the file is no .docx that can be taken apart and put together again.
pub fn patch_docx(original: &[u8], forms: &[Filled], look: Look) -> Result<Patched, OriginalError> {
    let mut parts = Parts::open(original)?;
    let text = parts.text(DOCUMENT)?;
    let tables = slots(&text).map_err(|_| OriginalError::Xml { part: DOCUMENT.to_owned() })?;
    let grids: Vec<Grid> = tables.iter().map(grid).collect();
    let mut search = Search::new(&grids);
    let mut edits: Vec<(&Slot, &str)> = Vec::new();
    let mut missed = Vec::new();
    for (filled, cell) in in_order(forms) {
        let hit = search.find(filled, cell.spot);
        let slot = hit.and_then(|hit| tables.get(hit.table)?.rows.get(hit.row)?.cells.get(hit.cell?));
        match slot {
            Some(slot) => edits.push((slot, &cell.text)),
            None => missed.push(cell.spot.words(&filled.form)),
        }
    }
    edits.sort_by_key(|(slot, _)| std::cmp::Reverse(slot.body.0));
    let mut out = text.clone();
    for (slot, new) in edits {
        out.replace_range(slot.body.0..slot.body.1, &slot.with_text(&text, new, look == Look::Marked));
    }
    parts.put(DOCUMENT, out);
    Ok(Patched { bytes: parts.finish()?, missed })
}

/// Every cell to write, in the order of the forms and of each form.
pub(super) fn in_order(forms: &[Filled]) -> impl Iterator<Item = (&Filled, &FilledCell)> {
    forms.iter().flat_map(|filled| {
        let mut cells: Vec<&FilledCell> = filled.cells.iter().chain(&filled.open).collect();
        cells.sort_by_key(|cell| cell.spot);
        cells.into_iter().map(move |cell| (filled, cell))
    })
}

fn grid(table: &TableSlot) -> Grid {
    let cell = |slot: &Slot| GridCell { column: slot.column, end: slot.end, text: slot.text.clone() };
    table.rows.iter().map(|row| GridRow { cells: row.cells.iter().map(cell).collect() }).collect()
}
