//! 指标层级 (level): the level columns, where scanning cut their words or a merged cell prints its word in its middle.

use super::align::Aligned;
use super::heading::Heading;
use super::lexicon::Lexicon;
use super::piece::Piece;
use crate::form::Column;

/// Completes words whose end was cut off, by the vocabulary or by the fragment that stands in the row below.
pub(super) fn mend(mut above: Option<&mut Aligned>, row: &mut Aligned, heading: &Heading, lexicon: &Lexicon) {
    for index in [Column::Level1, Column::Level2].into_iter().filter_map(|column| heading.index(column)) {
        let Some(cell) = row.cells.get_mut(index) else { continue };
        let Some(piece) = cell else { continue };
        let text = piece.squeezed();
        if let Some(whole) = lexicon.completed_level(&text) {
            let printed = piece.printed().to_owned();
            piece.text = whole;
            piece.record(printed, "缺字的指标层级名称已补全");
            continue;
        }
        let upper = above.as_mut().and_then(|above| above.cells.get_mut(index)).and_then(Option::as_mut);
        if let Some(upper) = upper.filter(|_| lexicon.is_fragment(&text))
            && lexicon.is_level_word(&format!("{}{text}", upper.squeezed()))
        {
            upper.join(piece, "上下两行拆开的指标层级名称已合并");
            *cell = None;
        }
    }
}

/// Gives rows without a level-1 word the one printed below them, where level 2 proves that they belong to it and not to
/// the one above: a merged cell may print its word in its middle.
pub(super) fn fill_up(rows: &mut [Vec<Piece>], heading: &Heading, lexicon: &Lexicon) {
    let (Some(level1), Some(level2)) = (heading.index(Column::Level1), heading.index(Column::Level2)) else { return };
    let text = |row: &[Piece], index: usize| {
        row.iter().find(|piece| piece.position == index).map(Piece::squeezed).unwrap_or_default()
    };
    let below: Vec<String> = following(rows.iter().map(|row| text(row, level1)));
    let mut above = String::new();
    let mut inner = String::new();
    for (row, below) in rows.iter_mut().zip(below) {
        let own = text(row, level1);
        let printed = text(row, level2);
        inner = if printed.is_empty() { inner } else { printed };
        if !own.is_empty() {
            above = own;
            continue;
        }
        let family = lexicon.family(&inner);
        let is_proven = family == Some(below.as_str()) && family != Some(above.as_str());
        let piece = row.iter_mut().find(|piece| piece.position == level1);
        if let Some(piece) = piece.filter(|_| is_proven) {
            piece.text = below;
            piece.record(String::new(), "居中打印的合并单元格：一级指标按二级指标补上");
        }
    }
}

/// For each text, the next one below that is not empty.
fn following(texts: impl DoubleEndedIterator<Item = String>) -> Vec<String> {
    let mut next = String::new();
    let mut out: Vec<String> = texts
        .rev()
        .map(|text| {
            let below = next.clone();
            if !text.is_empty() {
                next = text;
            }
            below
        })
        .collect();
    out.reverse();
    out
}
