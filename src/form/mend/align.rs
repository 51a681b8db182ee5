//! 对齐 (align): the columns of a shifted row, found by what its cells are.

use super::heading::Heading;
use super::lexicon::{CONTRADICTION, Lexicon};
use super::piece::{Piece, Row};
use crate::form::Column;

/// A row with its cells in their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    /// One cell for each slot of the heading, where there is one.
    pub cells: Vec<Option<Piece>>,
    /// Cells that fit no column.
    pub loose: Vec<Piece>,
    /// The sum of the fits less the costs of moving, in tenths.
    pub score: i32,
    /// Whether a cell stands elsewhere than printed.
    pub moved: bool,
}

/// Most pairs of a cell and a column that are weighed for one row.
const MOST_PAIRS: usize = 800;
/// Most cells into which a row is split up.
const MOST_CELLS: usize = 64;
/// Most cells that one cell may have been torn into.
const MOST_PARTS: usize = 4;
const SHIFT_COST: i32 = 10;
const PART_COST: i32 = 12;
const DROP_COST: i32 = 50;
/// What it costs to drop a sign or a fragment of a label, and a level that is printed twice.
const SCRAP_COST: i32 = 5;
const LEVEL_COST: i32 = 20;
/// What it costs that a row has no name, or no target.
const NAMELESS_COST: i32 = 15;
/// How much better a moved row must fit than the printed one.
const MARGIN: i32 = 15;

/// The cells of a row in the columns of a heading: as printed where nothing speaks against it, else where they fit best.
pub(super) fn align(row: &Row, heading: &Heading, lexicon: &Lexicon) -> Aligned {
    let pieces: Vec<Piece> = row.filled().cloned().collect();
    let printed = as_printed(&pieces, heading, lexicon);
    if let Some((aligned, true)) = &printed {
        return aligned.clone();
    }
    if pieces.len() * heading.slots.len() > MOST_PAIRS {
        return printed.map_or_else(|| loose(pieces), |(aligned, _)| aligned);
    }
    let split: Vec<Piece> = pieces.iter().flat_map(|piece| split(piece, lexicon)).collect();
    let mut best = by_fit(&pieces, heading, lexicon);
    if split.len() != pieces.len() && split.len() <= MOST_CELLS {
        let other = by_fit(&split, heading, lexicon);
        best = if other.score > best.score { other } else { best };
    }
    match printed {
        Some((aligned, _)) if aligned.score + MARGIN > best.score => aligned,
        _ => best,
    }
}

fn loose(pieces: Vec<Piece>) -> Aligned {
    Aligned { cells: Vec::new(), loose: pieces, score: 0, moved: false }
}

/// The row as printed, and whether nothing speaks against it.
fn as_printed(pieces: &[Piece], heading: &Heading, lexicon: &Lexicon) -> Option<(Aligned, bool)> {
    let mut cells: Vec<Option<Piece>> = vec![None; heading.slots.len()];
    let mut score = 0;
    let mut clean = true;
    for piece in pieces {
        let index = heading.at(piece.position)?;
        if heading.slots.get(index).is_some_and(|slot| slot.column.is_none()) && is_scrap(piece, lexicon) {
            continue;
        }
        let cell = cells.get_mut(index).filter(|cell| cell.is_none())?;
        let fit = fit(heading, index, &piece.text, lexicon);
        clean &= fit > CONTRADICTION;
        score += fit;
        *cell = Some(piece.clone());
    }
    let named = heading.index(Column::Name).and_then(|index| cells.get(index)).is_none_or(Option::is_some);
    Some((Aligned { cells, loose: Vec::new(), score, moved: false }, clean && named))
}

fn fit(heading: &Heading, index: usize, text: &str, lexicon: &Lexicon) -> i32 {
    heading.slots.get(index).and_then(|slot| slot.column).map_or(-5, |column| lexicon.fit(column, text))
}

/// One step of the best alignment: where it came from.
#[derive(Clone, Copy)]
struct Step {
    score: i32,
    /// Cells and columns used before this step.
    cells: usize,
    columns: usize,
    dropped: bool,
}

/// The alignment with the best sum of fits: in order, neighbours joined, misfits dropped, changes of the shift paid for.
fn by_fit(pieces: &[Piece], heading: &Heading, lexicon: &Lexicon) -> Aligned {
    let columns = heading.slots.len();
    let mut table: Vec<Vec<Option<Step>>> = vec![vec![None; columns + 1]; pieces.len() + 1];
    let fits = fits(pieces, heading, lexicon);
    let start = Step { score: 0, cells: 0, columns: 0, dropped: false };
    if let Some(cell) = table.first_mut().and_then(|line| line.first_mut()) {
        *cell = Some(start);
    }
    for cell in 0..pieces.len() {
        for column in 0..=columns {
            let Some(from) = table[cell][column] else { continue };
            let drop = Step {
                score: from.score - drop_cost(&pieces[cell], lexicon),
                cells: cell,
                columns: column,
                dropped: true,
            };
            improve(&mut table[cell + 1][column], drop);
            for next in column + 1..=columns {
                for parts in 1..=MOST_PARTS.min(pieces.len() - cell) {
                    let shift = shift_cost(pieces, heading, (cell, parts), (column, next));
                    let gain = fits[cell][next - 1][parts - 1];
                    let score = from.score + gain - shift - PART_COST * (parts as i32 - 1);
                    improve(
                        &mut table[cell + parts][next],
                        Step { score, cells: cell, columns: column, dropped: false },
                    );
                }
            }
        }
    }
    let mut aligned = trace_back(pieces, columns, &table);
    aligned.loose.retain(|piece| !is_scrap(piece, lexicon));
    aligned
}

fn improve(slot: &mut Option<Step>, step: Step) {
    if slot.is_none_or(|best| step.score > best.score) {
        *slot = Some(step);
    }
}

/// The fits of each run of cells, joined, in each column.
fn fits(pieces: &[Piece], heading: &Heading, lexicon: &Lexicon) -> Vec<Vec<Vec<i32>>> {
    let joined = |from: usize, parts: usize| -> String {
        join(pieces.iter().skip(from).take(parts)).map(|piece| piece.text).unwrap_or_default()
    };
    (0..pieces.len())
        .map(|from| {
            let texts: Vec<String> = (1..=MOST_PARTS).map(|parts| joined(from, parts)).collect();
            (0..heading.slots.len())
                .map(|index| texts.iter().map(|text| fit(heading, index, text, lexicon)).collect())
                .collect()
        })
        .collect()
}

/// What it costs that a run of cells stands nearer to or farther from the one before it than its column does, or that the
/// row has no name or target.
fn shift_cost(pieces: &[Piece], heading: &Heading, run: (usize, usize), columns: (usize, usize)) -> i32 {
    let ((cell, parts), (column, next)) = (run, columns);
    let position = |cell: usize| pieces.get(cell).map_or(0, |piece| piece.position as i64);
    let slot = |index: usize| heading.slots.get(index).map_or(0, |slot| slot.position as i64);
    let fits = |at: usize| {
        if cell == 0 || column == 0 {
            return position(at) == slot(next - 1);
        }
        position(at) - position(cell - 1) == slot(next - 1) - slot(column - 1)
    };
    let moved = if (cell..cell + parts).any(fits) { 0 } else { SHIFT_COST };
    let wanted = [Column::Name, Column::Target].into_iter().filter_map(|column| heading.index(column));
    let missing = wanted.filter(|index| column < index + 1 && index + 1 < next).count() as i32;
    moved + missing * NAMELESS_COST
}

fn trace_back(pieces: &[Piece], columns: usize, table: &[Vec<Option<Step>>]) -> Aligned {
    let mut aligned = Aligned { cells: vec![None; columns], loose: Vec::new(), score: 0, moved: true };
    let mut cell = pieces.len();
    let ends = table.last().map(Vec::as_slice).unwrap_or_default().iter().enumerate();
    let best = ends.filter_map(|(column, step)| step.map(|step| (column, step.score))).max_by_key(|(_, score)| *score);
    let Some((mut column, score)) = best else { return loose(pieces.to_vec()) };
    aligned.score = score;
    while cell > 0 {
        let Some(step) = table[cell][column] else { break };
        let parts = pieces.get(step.cells..cell).unwrap_or_default();
        if step.dropped {
            aligned.loose.splice(0..0, parts.iter().cloned());
        } else {
            aligned.cells[column - 1] = join(parts.iter());
        }
        (cell, column) = (step.cells, step.columns);
    }
    aligned
}

/// Several cells as one; a text printed twice stands once.
fn join<'p>(mut parts: impl Iterator<Item = &'p Piece>) -> Option<Piece> {
    let mut first = parts.next()?.clone();
    for part in parts {
        if first.text == part.text {
            first.record(format!("{} | {}", first.printed(), part.printed()), "重复打印的内容只留一份");
        } else {
            first.join(part, "被拆成几格的内容已合并");
        }
    }
    Some(first)
}

/// Signs without a letter, and fragments of torn labels.
fn is_scrap(piece: &Piece, lexicon: &Lexicon) -> bool {
    let text = piece.squeezed();
    lexicon.is_fragment(&text) || !text.chars().any(char::is_alphanumeric) && !lexicon.is_blank_mark(&text)
}

fn drop_cost(piece: &Piece, lexicon: &Lexicon) -> i32 {
    match () {
        () if is_scrap(piece, lexicon) => SCRAP_COST,
        () if lexicon.is_level_word(&piece.squeezed()) => LEVEL_COST,
        () => DROP_COST,
    }
}

/// A cell into which several were run together, as its parts; a whole cell stays one.
fn split(piece: &Piece, lexicon: &Lexicon) -> Vec<Piece> {
    let words: Vec<&str> = piece.text.split_whitespace().collect();
    let whole = piece.squeezed();
    if words.len() < 2 || words.len() > MOST_CELLS || lexicon.is_level_word(&whole) || lexicon.is_closing_word(&whole) {
        return vec![piece.clone()];
    }
    let mut parts: Vec<String> = Vec::new();
    let mut open = false;
    let mut at = 0;
    while at < words.len() {
        let run = (1..=MOST_PARTS.min(words.len() - at)).rev().find(|run| stands_alone(&words, at, *run, lexicon));
        match run {
            Some(run) => parts.push(words[at..at + run].concat()),
            None if open => {
                parts.iter_mut().last().into_iter().for_each(|part| part.push_str(&format!(" {}", words[at])))
            }
            None => parts.push(words[at].to_owned()),
        }
        open = run.is_none();
        at += run.unwrap_or(1);
    }
    parts.dedup();
    if parts.len() < 2 {
        return vec![piece.clone()];
    }
    parts
        .into_iter()
        .map(|text| {
            let mut part = Piece { text, ..piece.clone() };
            part.record(piece.printed().to_owned(), "粘连的单元格已拆开");
            part
        })
        .collect()
}

/// Whether some words are a cell of their own: a level, a closing word, a percentage or a fragment of a label.
fn stands_alone(words: &[&str], at: usize, run: usize, lexicon: &Lexicon) -> bool {
    let text: String = words.iter().skip(at).take(run).copied().collect();
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let after_sign = before.is_some_and(|word| !word.chars().any(char::is_alphanumeric));
    lexicon.is_level_word(&text)
        || lexicon.is_closing_word(&text)
        || !after_sign && text.ends_with('%') && lexicon.is_value(&text)
        || run == 1 && lexicon.is_fragment(&text)
}
