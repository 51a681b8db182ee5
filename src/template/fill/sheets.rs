//! 工作簿填写 (sheets): the filled cells written into the user's own .xlsx; other cells, styles, formulas and sheets stay.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Filled;
use super::patch::{Patched, in_order};
use super::search::{Grid, GridCell, GridRow, Search};
use crate::document::{Document, Table};
use crate::original::OriginalError;
use crate::original::parts::Parts;
use crate::original::sheet::{CellSlot, Content, cells, sheets};
use crate::original::styles::{Shown, Styles};
use crate::template::Look;

/// A figure and the cell of a sheet it goes into, rows and columns counted from 1.
struct Edit<'f> {
    row: u32,
    column: u32,
    text: &'f str,
    /// The cell in words.
    words: String,
}

/// Writes what was filled into the workbook it was read from; `document` is that workbook as read. A cell that holds a
/// formula is left to it and told.
///
/// # Errors
/// Where the file is no .xlsx that can be taken apart and put together again.
pub fn patch_xlsx(
    original: &[u8],
    document: &Document,
    forms: &[Filled],
    look: Look,
) -> Result<Patched, OriginalError> {
    let tables: Vec<&Table> = document.tables().collect();
    let grids: Vec<Grid> = tables.iter().map(|table| grid(table)).collect();
    let mut search = Search::new(&grids);
    let mut missed = Vec::new();
    let mut of_sheet: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for (filled, cell) in in_order(forms) {
        let words = cell.spot.words(&filled.form);
        let found = search.find(filled, cell.spot).and_then(|hit| {
            let table = tables.get(hit.table)?;
            let column = hit.cell.and_then(|cell| Some(grids.get(hit.table)?.get(hit.row)?.cells.get(cell)?.column));
            let column = column.unwrap_or(hit.column);
            let row = u32::try_from(hit.row.checked_add(table.first_row)?).ok()?;
            let column = u32::try_from(column.checked_add(table.first_column)?).ok()?;
            Some((table.sheet.as_deref()?, row, column))
        });
        match found {
            Some((sheet, row, column)) => {
                of_sheet.entry(sheet).or_default().push(Edit { row, column, text: &cell.text, words });
            }
            None => missed.push(words),
        }
    }
    let mut parts = Parts::open(original)?;
    let names = sheets(&mut parts)?;
    let mut styles = Styles::read(&mut parts)?;
    for (sheet, edits) in of_sheet {
        match names.get(sheet) {
            Some(part) => write(&mut parts, part, edits, &mut styles, look, &mut missed)?,
            None => missed.extend(edits.into_iter().map(|edit| edit.words)),
        }
    }
    styles.write(&mut parts)?;
    Ok(Patched { bytes: parts.finish()?, missed })
}

fn write(
    parts: &mut Parts,
    part: &str,
    mut edits: Vec<Edit>,
    styles: &mut Styles,
    look: Look,
    missed: &mut Vec<String>,
) -> Result<(), OriginalError> {
    edits.sort_by_key(|edit| (edit.row, edit.column));
    edits.dedup_by_key(|edit| (edit.row, edit.column));
    let mut text = parts.text(part)?;
    let wanted: Vec<(u32, u32)> = edits.iter().map(|edit| (edit.row, edit.column)).collect();
    let slots = cells(&text, part, &wanted)?;
    // From the end, so that the bytes before keep their places.
    for (edit, slot) in edits.iter().zip(slots).rev() {
        let Some(slot) = slot.filter(|slot: &CellSlot| !slot.has_formula) else {
            missed.push(format!("{}（单元格里是公式，没有改动）", edit.words));
            continue;
        };
        let content = content(edit.text, styles, slot.style);
        let style = match look {
            Look::Marked => Some(styles.yellow(slot.style.unwrap_or(0))),
            Look::Clean => slot.style,
        };
        text.replace_range(slot.range.0..slot.range.1, &slot.element(edit.row, edit.column, style, &content));
    }
    parts.put(part, text);
    Ok(())
}

/// A figure as a number where the cell shows it whole: a rate that the cell would round is written as text, because the
/// rounded rate is what the next reader would take for the filed one.
fn content(text: &str, styles: &Styles, style: Option<usize>) -> Content {
    let format = styles.format(style.unwrap_or(0));
    let rate = text.strip_suffix('%').and_then(|rate| rate.parse::<Decimal>().ok());
    let number = text.parse::<Decimal>().ok();
    let shown_whole = |rate: &Decimal| format.percent.is_some_and(|decimals| rate.normalize().scale() <= decimals);
    let share = rate.filter(shown_whole).and_then(|rate| rate.checked_div(Decimal::ONE_HUNDRED));
    match (share, number) {
        (Some(share), _) => Content::Number(share.normalize()),
        (_, Some(number)) if format == Shown::default() => Content::Number(number),
        _ => Content::Text(text.to_owned()),
    }
}

/// The written and the blank cells of a table: a blank one is not in the file's list, but a row says how wide it is.
fn grid(table: &Table) -> Grid {
    let mut grid: Grid = vec![GridRow::default(); table.rows];
    for cell in &table.cells {
        if let Some(row) = grid.get_mut(cell.row) {
            row.cells.push(GridCell { column: cell.column, end: cell.end_column(), text: cell.text.clone() });
        }
    }
    grid
}
