//! 折行 (wrapped): indicator rows whose cells are wrapped over lines, cut by what their cells are.

use super::heading::Slot;
use super::lexicon::{CERTAIN, CONTRADICTION, Lexicon, UNKNOWN_LEVEL};
use super::overleaf;
use super::piece::Piece;
use super::stream::{Word, joined};
use crate::form::Column;
use crate::text::label;

/// The rows cut from a stream of words.
pub(super) struct Cut {
    pub rows: Vec<Vec<Piece>>,
    /// Rows that hold everything their heading asks for.
    pub sound: usize,
}

/// What it costs to take words for the rest of a row, at the top of a page and where no page break is to be seen.
const REST_COST: i32 = 5;
const UNSEEN_REST_COST: i32 = 30;
/// How far behind the best a row's end may be for a rest to follow it.
const LIKELY: i32 = 20;

/// Most words of one table; more are not cut.
pub(super) const MOST_WORDS: usize = 3000;
/// What it costs a column that holds no values to begin with a unit, which belongs to the value before.
const UNIT_COST: i32 = 8;
/// How far behind the best a reading is still followed.
const BEAM: i32 = 120;
/// How much narrower than the widest a filled line may be, and what a line costs that is not filled.
const LINE_SLACK: usize = 3;
const BROKEN_LINE_COST: i32 = 8;
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
    let folded: Vec<String> = words.iter().map(|word| label(word.text)).collect();
    for at in 0..words.len() {
        close_rows(&mut table[at], at, slots);
        take_rest(&mut table, words, at, slots, lexicon);
        let Some(best) = table[at].iter().flatten().map(|step| step.score).max() else { continue };
        for next in 1..=width {
            let Some(slot) = slots.get(next - 1) else { continue };
            let before = (0..next).filter_map(|column| {
                let step = table[at][column].filter(|step| step.score + BEAM > best)?;
                Some((column, step.score - skipped(slots, column, next - 1)))
            });
            let Some((column, score)) = before.max_by_key(|(_, score)| *score) else { continue };
            let from = Step { score, words: at, column };
            extend(&mut table, (words, &folded), (at, next), from, slot, lexicon);
        }
    }
    close_rows(&mut table[words.len()], words.len(), slots);
    trace_back(words, slots, &table, lexicon)
}

/// Follows the readings in which the first words of a page are the rest of the row that the page break cut.
fn take_rest(table: &mut [Vec<Option<Step>>], words: &[Word], at: usize, slots: &[Slot], lexicon: &Lexicon) {
    let Some(word) = words.get(at).filter(|word| at > 0 && word.starts) else { return };
    let line = table.get(at).map(Vec::as_slice).unwrap_or_default();
    let best = line.iter().flatten().map(|step| step.score).max().unwrap_or(0);
    let likely = line.first().copied().flatten().filter(|step| step.score + LIKELY >= best);
    let Some(start) = likely else { return };
    let above = last_row(table, words, at);
    let cost = if word.opens_page { REST_COST } else { UNSEEN_REST_COST };
    if !word.opens_page && !overleaf::is_open(&above, slots, lexicon) {
        return;
    }
    for length in 1..=overleaf::MOST_WORDS.min(words.len() - at) {
        let Some(rest) = words.get(at..at + length) else { break };
        let score = start.score + overleaf::gain(&above, rest, slots, lexicon) - cost;
        if let Some(best) = table.get_mut(at + length).and_then(|line| line.first_mut())
            && best.is_none_or(|best| score > best.score)
        {
            *best = Some(Step { score, words: at, column: 0 });
        }
    }
}

/// The cells of the row that ends before a word.
fn last_row(table: &[Vec<Option<Step>>], words: &[Word], end: usize) -> Vec<Piece> {
    let mut row = Vec::new();
    let step = |at: usize, column: usize| table.get(at).and_then(|line| line.get(column)).copied().flatten();
    let Some(mut column) = step(end, 0).filter(|step| step.words == end).map(|step| step.column) else { return row };
    let mut at = end;
    while let Some(step) = step(at, column).filter(|_| column > 0) {
        row.push(cell(words.get(step.words..at).unwrap_or_default(), column - 1));
        (at, column) = (step.words, step.column);
    }
    row.reverse();
    row
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
    (words, folded): (&[Word], &[String]),
    (at, next): (usize, usize),
    from: Step,
    slot: &Slot,
    lexicon: &Lexicon,
) {
    let Some(column) = slot.column else { return };
    let (most, longest) = extent(column);
    let first = words.get(at);
    let gain = if first.is_some_and(|word| word.starts) { LINE_GAIN } else { 0 };
    let unit = first.is_some_and(|word| lexicon.is_unit(word.text)) && !lexicon.is_value_column(column);
    let mut text = String::new();
    let mut letters = 0;
    let mut shape = Shape::default();
    for (length, (word, folded)) in words.iter().zip(folded).skip(at).take(most).enumerate() {
        text.push_str(folded);
        letters += folded.chars().count();
        if letters > longest {
            break;
        }
        shape.add(word);
        let cost = if unit { UNIT_COST } else { 0 } + shape.cost(column);
        let fit = fit(column, &text, lexicon) - cost;
        if fit <= CONTRADICTION {
            continue;
        }
        let step = Step { score: from.score + fit + gain, ..from };
        if let Some(best) = table.get_mut(at + length + 1).and_then(|line| line.get_mut(next))
            && best.is_none_or(|best| step.score > best.score)
        {
            *best = Some(step);
        }
    }
}

/// Most words and characters of a cell of a column.
fn extent(column: Column) -> (usize, usize) {
    match column {
        Column::Reason | Column::Remark => (60, 200),
        Column::Name | Column::Basis => (30, 80),
        Column::Target | Column::Actual | Column::Previous | Column::BeforePrevious => (16, 40),
        _ => (10, 20),
    }
}

/// The widths of the lines of a cell, in half characters: a line that is not filled ends its cell.
#[derive(Default)]
struct Shape {
    widest: usize,
    /// The narrowest line that another follows.
    narrowest: Option<usize>,
    current: usize,
    whole: bool,
}

impl Shape {
    fn add(&mut self, word: &Word) {
        let width = unicode_width::UnicodeWidthStr::width(word.text);
        if !word.starts {
            self.current += width + usize::from(self.current > 0);
            return;
        }
        if self.whole {
            self.narrowest = Some(self.narrowest.map_or(self.current, |narrowest| narrowest.min(self.current)));
        }
        self.widest = self.widest.max(self.current);
        self.current = width;
        self.whole = true;
    }

    fn cost(&self, column: Column) -> i32 {
        let matters = matches!(column, Column::Name | Column::Reason | Column::Remark | Column::Basis);
        let widest = self.widest.max(self.current);
        let broken = self.narrowest.is_some_and(|narrowest| narrowest + LINE_SLACK < widest);
        if matters && broken { BROKEN_LINE_COST } else { 0 }
    }
}

/// The fit of a cell in a stream, where the length of a text matters as well.
pub(super) fn fit(column: Column, text: &str, lexicon: &Lexicon) -> i32 {
    let length = text.chars().count() as i32;
    let fit = lexicon.folded_fit(column, text);
    match column {
        Column::Name if text.contains('。') => fit - 40,
        Column::Name if text.starts_with(&lexicon.vocabulary.dump.level_ending) => fit - 25,
        Column::Name => fit - (length - 30).max(0) - if text.contains([',', '，']) { 4 } else { 0 },
        Column::Target | Column::Actual | Column::Previous => fit - (length - 12).max(0),
        Column::Level1 | Column::Level2 if fit < CERTAIN => fit.min(0) - 40,
        Column::Reason | Column::Remark => fit - 7,
        _ => fit,
    }
}

fn trace_back(words: &[Word], slots: &[Slot], table: &[Vec<Option<Step>>], lexicon: &Lexicon) -> Cut {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let reached = |at: &usize| table.get(*at).and_then(|line| line.first()).is_some_and(Option::is_some);
    let mut at = (0..=words.len()).rev().find(reached).unwrap_or(0);
    let mut column = 0;
    let mut rests: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    while at > 0 {
        let Some(step) = table.get(at).and_then(|line| line.get(column)).copied().flatten() else { break };
        if column == 0 && step.words < at {
            rests.push((rows.len(), step.words..at));
        } else if column == 0 {
            rows.push(Vec::new());
        } else if let Some(row) = rows.last_mut() {
            row.push(cell(words.get(step.words..at).unwrap_or_default(), column - 1));
        }
        (at, column) = (step.words, step.column);
    }
    rows.iter_mut().for_each(|row| row.reverse());
    for (row, range) in rests {
        if let (Some(row), Some(rest)) = (rows.get_mut(row), words.get(range)) {
            overleaf::append(row, rest, slots, lexicon);
        }
    }
    rows.reverse();
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
            (Some(column @ (Column::Level1 | Column::Level2)), Some(piece)) => {
                let fit = lexicon.fit(column, &piece.text);
                fit >= CERTAIN || fit == UNKNOWN_LEVEL
            }
            (Some(column @ (Column::Weight | Column::Score | Column::Rule | Column::Evidence)), Some(piece)) => {
                lexicon.fit(column, &piece.text) > 0
            }
            _ => true,
        }
    })
}
