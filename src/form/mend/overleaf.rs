//! 页首余文 (overleaf): the words at the top of a page that belong into the cells of the row above it.

use super::heading::Slot;
use super::lexicon::Lexicon;
use super::piece::Piece;
use super::stream::{Word, joined};
use super::wrapped::fit;
use crate::form::Column;
use crate::text::label;

/// Most words that are taken for the rest of a row.
pub(super) const MOST_WORDS: usize = 16;
/// What every cell costs that is continued.
const CELL_COST: i32 = 3;

/// One way to share the words out: how good it is, and where each cell's words end.
#[derive(Clone)]
struct Share {
    gain: i32,
    parts: Vec<(usize, std::ops::Range<usize>)>,
}

/// How much better the cells of a row fit with the words appended.
pub(super) fn gain(row: &[Piece], words: &[Word], slots: &[Slot], lexicon: &Lexicon) -> i32 {
    share(row, words, slots, lexicon).map_or(i32::MIN / 4, |share| share.gain)
}

/// Whether a row holds a value that is none yet, so that it may go on.
pub(super) fn is_open(row: &[Piece], slots: &[Slot], lexicon: &Lexicon) -> bool {
    row.iter().any(|piece| {
        let column = slots.get(piece.position).and_then(|slot| slot.column);
        column.is_some_and(|column| lexicon.is_value_column(column) && lexicon.fit(column, &piece.text) <= 0)
    })
}

/// Appends the words to the cells they complete.
pub(super) fn append(row: &mut [Piece], words: &[Word], slots: &[Slot], lexicon: &Lexicon) {
    let Some(share) = share(row, words, slots, lexicon) else { return };
    for (position, range) in share.parts {
        let words = words.get(range).unwrap_or_default();
        let line = words.first().map_or(0, |word| word.line);
        let rest = Piece::new(position, joined(words), line);
        if let Some(piece) = row.iter_mut().find(|piece| piece.position == position) {
            piece.join(&rest, "跨页拆开的单元格已合并");
        }
    }
}

/// The best way to share the words out among the cells of a row, in order, none left over.
fn share(row: &[Piece], words: &[Word], slots: &[Slot], lexicon: &Lexicon) -> Option<Share> {
    let mut best: Vec<Option<Share>> = vec![None; words.len() + 1];
    *best.first_mut()? = Some(Share { gain: 0, parts: Vec::new() });
    for piece in row {
        let Some(column) =
            slots.get(piece.position).and_then(|slot| slot.column).filter(|column| may_continue(*column))
        else {
            continue;
        };
        let before = best.clone();
        for (from, share) in before.iter().enumerate() {
            let Some(share) = share else { continue };
            for to in from + 1..=words.len() {
                let gain = share.gain + added(piece, column, words.get(from..to).unwrap_or_default(), lexicon);
                if best.get(to).is_some_and(|best| best.as_ref().is_none_or(|best| gain >= best.gain))
                    && let Some(slot) = best.get_mut(to)
                {
                    let mut parts = share.parts.clone();
                    parts.push((piece.position, from..to));
                    *slot = Some(Share { gain, parts });
                }
            }
        }
    }
    best.pop().flatten()
}

fn may_continue(column: Column) -> bool {
    !matches!(column, Column::Weight | Column::Score | Column::Rate | Column::Number | Column::Level1 | Column::Level2)
}

/// How much better a cell fits with some words appended.
fn added(piece: &Piece, column: Column, words: &[Word], lexicon: &Lexicon) -> i32 {
    let upper = label(&piece.text);
    let whole = format!("{upper}{}", label(&joined(words)));
    let starts = words.first().is_some_and(|word| word.starts);
    fit(column, &whole, lexicon) - fit(column, &upper, lexicon) - CELL_COST + if starts { 4 } else { 0 }
}
