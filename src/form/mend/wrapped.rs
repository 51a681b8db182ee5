//! 折行 (wrapped): indicator rows whose cells are wrapped over lines, cut by what their cells are.

use super::heading::Slot;
use super::lexicon::{CONTRADICTION, Lexicon};
use super::piece::Piece;
use super::stream::{Word, joined};
use crate::form::Column;

/// The rows cut from a stream of words.
pub(super) struct Cut {
    pub rows: Vec<Vec<Piece>>,
    /// Rows that hold everything their heading asks for.
    pub sound: usize,
}

/// Most words of one table; more are not cut.
pub(super) const MOST_WORDS: usize = 3000;
/// Most words of one cell: of names, values and reasons, and of every other column.
const LONGEST_TEXT: usize = 48;
const LONGEST_WORD: usize = 10;
/// What a cell gains that begins with its line.
const LINE_GAIN: i32 = 4;
/// What every row costs, so that a row is not cut in two.
const ROW_COST: i32 = 10;

#[derive(Clone, Copy)]
struct Step {
    score: i32,
    words: usize,
    column: usize,
}

/// Cuts the words below a heading into rows so that the cells fit their columns best.
pub(super) fn cut(words: &[Word], slots: &[Slot], lexicon: &Lexicon) -> Cut {
    let width = slots.len();
    let mut table: Vec<Vec<Option<Step>>> = vec![vec![None; width + 1]; words.len() + 1];
    table[0][0] = Some(Step { score: 0, words: 0, column: 0 });
    for at in 0..words.len() {
        close_rows(&mut table[at], at, slots);
        if table[at].iter().all(Option::is_none) {
            continue;
        }
        for next in 1..=width {
            let Some(slot) = slots.get(next - 1) else { continue };
            let before = (0..next).filter_map(|column| {
                let step = table[at][column]?;
                Some((column, step.score - skipped(slots, column, next - 1)))
            });
            let Some((column, score)) = before.max_by_key(|(_, score)| *score) else { continue };
            extend(&mut table, words, (at, next), Step { score, words: at, column }, slot, lexicon);
        }
    }
    close_rows(&mut table[words.len()], words.len(), slots);
    trace_back(words, slots, &table, lexicon)
}

/// Ends rows: what is missing at their right is paid for.
fn close_rows(line: &mut [Option<Step>], at: usize, slots: &[Slot]) {
    let ends = line.iter().enumerate().skip(1).filter_map(|(column, step)| {
        step.map(|step| Step { score: step.score - skipped(slots, column, slots.len()) - ROW_COST, words: at, column })
    });
    if let Some(best) = ends.max_by_key(|step| step.score)
        && let Some(start) = line.first_mut()
        && start.is_none_or(|start| start.score < best.score)
    {
        *start = Some(best);
    }
}

/// What it costs to leave the columns from `from` up to `to` empty.
fn skipped(slots: &[Slot], from: usize, to: usize) -> i32 {
    let cost = |slot: &Slot| match slot.column {
        Some(Column::Level1 | Column::Group | Column::Number) => 1,
        Some(Column::Level2 | Column::Reason | Column::Remark) => 2,
        Some(Column::Previous | Column::BeforePrevious) => 12,
        Some(Column::Name) => 60,
        Some(Column::Weight | Column::Score) => 45,
        _ => 25,
    };
    slots.get(from..to).unwrap_or_default().iter().map(cost).sum()
}

/// Tries cells of every length in a column.
fn extend(
    table: &mut [Vec<Option<Step>>],
    words: &[Word],
    (at, next): (usize, usize),
    from: Step,
    slot: &Slot,
    lexicon: &Lexicon,
) {
    let Some(column) = slot.column else { return };
    let is_text = matches!(
        column,
        Column::Name | Column::Target | Column::Actual | Column::Previous | Column::Reason | Column::Remark | Column::Basis
    );
    let longest = if is_text { LONGEST_TEXT } else { LONGEST_WORD };
    let mut text = String::new();
    for (length, word) in words.iter().skip(at).take(longest).enumerate() {
        text.push_str(word.text);
        let end = at + length + 1;
        let fit = fit(column, &text, lexicon);
        if fit <= CONTRADICTION {
            continue;
        }
        let gain = if words.get(at).is_some_and(|word| word.starts) { LINE_GAIN } else { 0 };
        let step = Step { score: from.score + fit + gain, ..from };
        if let Some(best) = table.get_mut(end).and_then(|line| line.get_mut(next))
            && best.is_none_or(|best| step.score > best.score)
        {
            *best = Some(step);
        }
    }
}

/// The fit of a cell in a stream, where the length of a text matters as well.
fn fit(column: Column, text: &str, lexicon: &Lexicon) -> i32 {
    let length = text.chars().count() as i32;
    let fit = lexicon.fit(column, text);
    match column {
        Column::Name if text.contains('。') => fit - 40,
        Column::Name => fit - (length - 30).max(0),
        Column::Target | Column::Actual | Column::Previous => fit - (length - 12).max(0),
        Column::Level1 | Column::Level2 if fit < 0 => fit - 40,
        Column::Reason | Column::Remark if length > 3 => fit + 6,
        _ => fit,
    }
}

fn trace_back(words: &[Word], slots: &[Slot], table: &[Vec<Option<Step>>], lexicon: &Lexicon) -> Cut {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let reached = |at: &usize| table.get(*at).and_then(|line| line.first()).is_some_and(Option::is_some);
    let mut at = (0..=words.len()).rev().find(reached).unwrap_or(0);
    let mut column = 0;
    while at > 0 {
        let Some(step) = table.get(at).and_then(|line| line.get(column)).copied().flatten() else { break };
        if column == 0 {
            rows.push(Vec::new());
        } else if let Some(row) = rows.last_mut() {
            row.push(cell(words.get(step.words..at).unwrap_or_default(), column - 1));
        }
        (at, column) = (step.words, step.column);
    }
    rows.reverse();
    rows.iter_mut().for_each(|row| row.reverse());
    let sound = rows.iter().filter(|row| is_sound(row, slots, lexicon)).count();
    Cut { rows, sound }
}

fn cell(words: &[Word], position: usize) -> Piece {
    let line = words.first().map_or(0, |word| word.line);
    let mut piece = Piece::new(position, joined(words), line);
    let lines = words.iter().filter(|word| word.starts).count();
    if lines > 1 || lines == 1 && words.first().is_some_and(|word| !word.starts) {
        let printed: Vec<&str> = words.iter().map(|word| word.text).collect();
        piece.record(printed.join(" "), "折行的单元格已合并");
    }
    piece
}

/// Whether a row has its name and fits in every column that closes a row.
fn is_sound(row: &[Piece], slots: &[Slot], lexicon: &Lexicon) -> bool {
    slots.iter().enumerate().all(|(index, slot)| {
        let piece = row.iter().find(|piece| piece.position == index);
        match (slot.column, piece) {
            (Some(Column::Name | Column::Weight | Column::Target | Column::Score), None) => false,
            (Some(column @ (Column::Weight | Column::Score | Column::Rule | Column::Evidence)), Some(piece)) => {
                lexicon.fit(column, &piece.text) > 0
            }
            _ => true,
        }
    })
}
