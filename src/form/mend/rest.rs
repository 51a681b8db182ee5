//! 余行 (rest): the rest of a row that a page break or a wrapped line put into a row of its own.

use super::align::Aligned;
use super::heading::Heading;
use super::lexicon::{Lexicon, number};
use super::piece::{Piece, Row};
use crate::form::Column;
use crate::text::label;

const WHY: &str = "跨页或换行拆开的单元格已合并";
/// Most cells of a rest, and longest text of one.
const MOST_PIECES: usize = 6;
const LONGEST: usize = 12;

/// Appends a rest to the row above; false where the row is a row of its own.
pub(super) fn append(row: &Row, above: &mut Aligned, heading: &Heading, lexicon: &Lexicon) -> bool {
    let pieces: Vec<&Piece> =
        row.filled().filter(|piece| piece.text.chars().any(|c| c.is_alphanumeric() || "%％‰".contains(c))).collect();
    let signs = row.filled().filter(|piece| lexicon.after_comparator(&label(&piece.text)).is_some());
    if pieces.is_empty() && signs.count() == 0 {
        return true;
    }
    if pieces.len() > MOST_PIECES
        || pieces.iter().any(|piece| is_anchor(piece, lexicon))
        || is_whole(row, heading)
        || is_shifted(&pieces, lexicon)
    {
        return false;
    }
    let Some(places) = places(&pieces, above, heading, lexicon) else { return false };
    for (piece, index) in pieces.into_iter().zip(places) {
        if let Some(cell) = above.cells.get_mut(index) {
            extend(cell, piece);
        }
    }
    above.moved = true;
    true
}

/// A cell that begins a row: a level, a word that closes a row, or a long text.
fn is_anchor(piece: &Piece, lexicon: &Lexicon) -> bool {
    let text = piece.squeezed();
    text.chars().count() > LONGEST
        || lexicon.is_level(&text)
        || lexicon.is_closing_word(&text)
        || piece.text.split_whitespace().any(|word| lexicon.is_level_word(word))
}

/// Whether a row has a name and a value, and so is a row however short.
fn is_whole(row: &Row, heading: &Heading) -> bool {
    let length = |column| {
        let slot = heading.index(column).and_then(|index| heading.slots.get(index));
        let piece = slot.and_then(|slot| row.pieces.iter().find(|piece| piece.position == slot.position));
        piece.map_or(0, |piece| piece.squeezed().chars().count())
    };
    let value = [Column::Target, Column::Previous, Column::Actual, Column::Weight].into_iter().map(length).max();
    length(Column::Name) >= 3 && value.unwrap_or(0) >= 2
}

/// Whether a name is followed by something that could be its value, wherever they stand.
fn is_shifted(pieces: &[&Piece], lexicon: &Lexicon) -> bool {
    const SHORTEST_NAME: usize = 5;
    pieces.windows(2).any(|pair| {
        let [name, value] = pair else { return false };
        let (name, value) = (label(&name.text), label(&value.text));
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        let is_name = letters >= SHORTEST_NAME && !lexicon.is_value(&name);
        is_name && value.chars().count() > 1 && !lexicon.is_unit(&value) && !lexicon.is_fragment(&value)
    })
}

/// The columns that the parts of a rest belong to, in order; `None` where one of them closes nothing above.
fn places(pieces: &[&Piece], above: &Aligned, heading: &Heading, lexicon: &Lexicon) -> Option<Vec<usize>> {
    let mut places = Vec::with_capacity(pieces.len());
    let mut from = 0;
    for piece in pieces {
        let candidates = (from..heading.slots.len()).filter_map(|index| {
            let gain = gain(piece, index, above, heading, lexicon);
            (gain > 0).then_some((index, gain))
        });
        let (index, _) = candidates.max_by_key(|(index, gain)| (*gain, std::cmp::Reverse(*index)))?;
        places.push(index);
        from = index + 1;
    }
    Some(places)
}

/// How much a part of a rest adds to a cell above.
fn gain(piece: &Piece, index: usize, above: &Aligned, heading: &Heading, lexicon: &Lexicon) -> i32 {
    let Some(slot) = heading.slots.get(index) else { return 0 };
    let Some(column) = slot.column else { return 0 };
    let upper = above.cells.get(index).and_then(Option::as_ref).map(|cell| label(&cell.text)).unwrap_or_default();
    let text = label(&piece.text);
    let near = 8 - 2 * (slot.position.abs_diff(piece.position).min(4) as i32);
    let whole = format!("{upper}{text}");
    let closes = match column {
        Column::Target | Column::Actual | Column::Previous | Column::BeforePrevious => {
            closes_value(&upper, &text, lexicon)
        }
        Column::Name if lexicon.is_value(&text) || upper.is_empty() => 0,
        Column::Name => {
            if text.chars().count() > 1 {
                7
            } else {
                3
            }
        }
        Column::Weight | Column::Score | Column::Rate => 0,
        _ if upper.is_empty() => 0,
        _ if upper.ends_with(&text) => 30,
        _ => {
            let better = lexicon.fit(column, &whole) - lexicon.fit(column, &upper);
            if better > 0 { 30 } else { 0 }
        }
    };
    if closes == 0 { 0 } else { closes + near }
}

fn closes_value(upper: &str, text: &str, lexicon: &Lexicon) -> i32 {
    let starts_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let is_open = lexicon.after_comparator(upper).is_some_and(str::is_empty)
        || upper.ends_with(|c: char| c.is_ascii_digit())
            && (starts_digit || lexicon.is_unit(text) || text.starts_with(['.', '%', '‰']));
    match () {
        () if upper.is_empty() => 0,
        () if upper.ends_with(text) => 30,
        () if is_open => 30,
        () if lexicon.is_value(text) || number(text).is_some() => 0,
        () if lexicon.is_value(upper)
            && !starts_digit
            && lexicon.value_strength(upper) >= 30
            && upper.ends_with('%') =>
        {
            1
        }
        () => 6,
    }
}

/// Appends to a cell what it does not already end with.
fn extend(cell: &mut Option<Piece>, piece: &Piece) {
    let Some(cell) = cell else {
        *cell = Some(piece.clone());
        return;
    };
    if cell.squeezed().ends_with(&piece.squeezed()) {
        let printed = format!("{} | {}", cell.printed(), piece.printed());
        cell.record(printed, WHY);
    } else {
        cell.join(piece, WHY);
    }
}
