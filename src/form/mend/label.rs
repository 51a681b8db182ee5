//! 标签 (label): labels of the header block that a wrong cell border tore apart.

use super::lexicon::Lexicon;
use super::piece::{Piece, Row};

/// Most cells that one label may have been torn into.
const MOST_PARTS: usize = 3;
/// Shortest label that is cut off the end of a value, in characters.
const SHORTEST_GLUED: usize = 4;
/// Most cells of a row in which torn labels are looked for.
const MOST_CELLS: usize = 64;

/// The row with torn labels whole again; the parts of the values between them are joined as well.
pub(super) fn rejoin(row: &Row, lexicon: &Lexicon) -> Option<Row> {
    let split: Vec<Piece> = unglued(row, lexicon);
    let pieces: Vec<&Piece> = split.iter().collect();
    if pieces.len() > MOST_CELLS {
        return None;
    }
    let mut mended = split.len() > row.filled().count();
    let mut out: Vec<(Piece, bool)> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let parts = torn(&pieces[at..], lexicon);
        let is_label = parts > 1 || is_label(&piece.squeezed(), lexicon);
        mended |= parts > 1;
        let mut whole = (*piece).clone();
        for part in pieces.iter().skip(at + 1).take(parts - 1) {
            whole.join(part, "被拆成几格的标签已合并");
        }
        out.push((whole, is_label));
        at += parts;
    }
    mended.then(|| Row { pieces: join_values(out), line: row.line, opens: row.opens })
}

/// The cells of a row, a value that runs into the label behind it cut in two: `防汛经费项目编码` before its code.
fn unglued(row: &Row, lexicon: &Lexicon) -> Vec<Piece> {
    let filled: Vec<&Piece> = row.filled().collect();
    let mut out: Vec<Piece> = Vec::new();
    for (at, piece) in filled.iter().enumerate() {
        let after_label = at > 0 && filled.get(at - 1).is_some_and(|before| is_label(&before.squeezed(), lexicon));
        let before_value = filled.get(at + 1).is_some_and(|next| !is_label(&next.squeezed(), lexicon));
        let glued = lexicon.vocabulary.dump.labels.iter().filter(|label| label.chars().count() >= SHORTEST_GLUED);
        let cut = glued.filter_map(|label| piece.text.strip_suffix(label.as_str()).map(|value| (value.trim(), label)));
        match cut
            .filter(|(value, _)| !value.is_empty() && after_label && before_value)
            .max_by_key(|(_, label)| label.len())
        {
            Some((value, label)) => {
                for text in [value, label] {
                    let mut part = Piece { text: text.to_owned(), ..(*piece).clone() };
                    part.record(piece.printed().to_owned(), "粘连的标签已拆开");
                    out.push(part);
                }
            }
            None => out.push((*piece).clone()),
        }
    }
    out
}

/// How many cells make up a label that begins here.
fn torn(pieces: &[&Piece], lexicon: &Lexicon) -> usize {
    let joined = |parts: usize| pieces.iter().take(parts).map(|piece| piece.squeezed()).collect::<String>();
    (2..=MOST_PARTS.min(pieces.len())).rev().find(|parts| is_label(&joined(*parts), lexicon)).unwrap_or(1)
}

pub(super) fn is_label(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.labels.contains(crate::text::label(text).as_str())
}

fn join_values(pieces: Vec<(Piece, bool)>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut after_value = false;
    for (piece, is_label) in pieces {
        match out.last_mut() {
            Some(last) if after_value && !is_label => last.join(&piece, "被拆成几格的内容已合并"),
            _ => out.push(piece),
        }
        after_value = !is_label;
    }
    out
}
