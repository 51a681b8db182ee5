//! 整齐的表 (even): a table between bars whose rows all have the same cells needs no mending.
//!
//! A program that writes Markdown leaves merged cells blank and every other cell in its place. A scan pads its shifted rows
//! to the same length, so the cells must also be what the headings above them announce.

use super::lexicon::{CONTRADICTION, Lexicon};
use super::piece::{Piece, Row};
use crate::form::Column;

/// Fewest cells of a row that can be an indicator table's.
const FEWEST_CELLS: usize = 3;

/// The rows as they stand, if each cell stands where it belongs.
pub(super) fn grid(rows: &[Row], lexicon: &Lexicon) -> Option<Vec<Vec<Piece>>> {
    let first = rows.first()?;
    let width = first.pieces.len();
    if !first.opens || width < FEWEST_CELLS || rows.iter().any(|row| row.pieces.len() != width) {
        return None;
    }
    let mut headings: Option<Vec<Option<Column>>> = None;
    for row in rows {
        let columns: Vec<Option<Column>> =
            row.pieces.iter().map(|piece| lexicon.vocabulary.column(&piece.text)).collect();
        if is_heading(row, &columns) {
            headings = Some(columns);
        } else if headings.as_ref().is_some_and(|headings| contradicts(row, headings, lexicon)) {
            return None;
        }
    }
    headings?;
    let filled = |row: &Row| row.pieces.iter().filter(|piece| !piece.is_blank()).cloned().collect();
    Some(rows.iter().map(filled).collect())
}

/// Whether a row names the columns: most of its texts are headings, the indicator's name or a level among them.
fn is_heading(row: &Row, columns: &[Option<Column>]) -> bool {
    let known = columns.iter().flatten().count();
    let named = columns.iter().flatten().any(|column| matches!(column, Column::Name | Column::Level1 | Column::Level2));
    named && known >= FEWEST_CELLS && known * 2 > row.filled().count()
}

/// Whether a row of values has a cell that cannot stand under its heading.
fn contradicts(row: &Row, headings: &[Option<Column>], lexicon: &Lexicon) -> bool {
    let valued = row.filled().count() >= FEWEST_CELLS;
    valued
        && row.pieces.iter().zip(headings).any(|(piece, column)| {
            let Some(column) = column else { return false };
            !piece.is_blank() && lexicon.fit(*column, &piece.text) <= CONTRADICTION
        })
}
