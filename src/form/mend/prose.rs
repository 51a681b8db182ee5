//! 段落中的表 (prose): forms among lines of running text, their cells wrapped over lines.

use super::heading::Slot;
use super::lexicon::{Lexicon, number};
use super::line::Line;
use super::piece::Piece;
use super::stream::{Word, heading, joined, words};
use super::wrapped::{MOST_WORDS, cut};
use super::{block, label};
use rust_decimal::Decimal;

use crate::form::Column;
use crate::text::{label as folded, squeeze};
use crate::vocabulary::Label;

/// A stretch of lines: as they are, or a form made of them.
pub(super) enum Part {
    Lines(std::ops::Range<usize>),
    /// Rows of a form, the line of its heading, and the sum of its weights where every row has one.
    Form {
        rows: Vec<Vec<Piece>>,
        line: usize,
        weights: Option<Decimal>,
    },
    /// Lines in which a form was seen that cannot be put together.
    Lost {
        lines: std::ops::Range<usize>,
        line: usize,
        sound: usize,
        rows: usize,
    },
}

/// Furthest that a form's heading may stand below its caption, in lines.
const LONGEST_BLOCK: usize = 400;
/// What may follow the total on a line of its own.
const POINTS: &str = "分";
/// Share of rows that must be sound for a form to be believed, in percent.
const SOUND_PERCENT: usize = 90;

/// Finds the forms among lines of running text.
pub(super) fn parts(lines: &[Line], lexicon: &Lexicon) -> Vec<Part> {
    let words = words(lines);
    let mut parts = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < words.len() {
        let found = words.get(at).filter(|word| word.starts).and_then(|_| heading(&words[at..], lexicon));
        let Some((slots, used)) = found else {
            at += 1;
            continue;
        };
        let (Some(first), body) = (words.get(at), at + used) else { break };
        let end = end(&words, body, &slots, lexicon);
        let stop = words.get(end).map_or(lines.len(), |word| word.index);
        let start = caption(lines, done, first.index, lexicon);
        let body = body + side_label(&words[body..end], lexicon);
        let table = without_headings(&words[body..end], &slots, lexicon);
        let cut = cut(&table[..table.len().min(MOST_WORDS)], &slots, lexicon);
        if done < start {
            parts.push(Part::Lines(done..start));
        }
        if cut.sound * 100 < cut.rows.len() * SOUND_PERCENT || !begins_whole(&cut.rows, &slots) {
            let (sound, rows) = (cut.sound, cut.rows.len());
            parts.push(Part::Lost { lines: start..stop, line: first.line, sound, rows });
        } else {
            let above = words.partition_point(|word| word.index < start)
                ..words.partition_point(|word| word.index < first.index);
            let mut rows = opening(lines, start, first.index, words.get(above).unwrap_or_default(), lexicon);
            rows.push(slots.iter().map(|slot| Piece::new(slot.position, slot.text.clone(), first.line)).collect());
            let weights = weights(&cut.rows, &slots);
            rows.extend(cut.rows);
            rows.extend(total(&words[end..], &slots, lexicon));
            let stop = stop.max(total_end(&words, end, lexicon));
            parts.push(Part::Form { rows, line: first.line, weights });
            done = stop;
            at = words.partition_point(|word| word.index < stop);
            continue;
        }
        done = stop;
        at = end.max(at + used);
    }
    if done < lines.len() {
        parts.push(Part::Lines(done..lines.len()));
    }
    parts
}

/// The line of the form's caption above its heading; the heading's own line where there is none.
fn caption(lines: &[Line], from: usize, heading: usize, lexicon: &Lexicon) -> usize {
    let from = from.max(heading.saturating_sub(LONGEST_BLOCK));
    let is_caption = |at: &usize| lines.get(*at).is_some_and(|line| lexicon.vocabulary.form_kind(line.text).is_some());
    (from..heading).rev().find(is_caption).unwrap_or(heading)
}

/// Whether two headings name the same columns.
fn same(one: &[Slot], other: &[Slot]) -> bool {
    one.iter().map(|slot| slot.column).eq(other.iter().map(|slot| slot.column))
}

/// The words of a table without the headings that every page repeats.
fn without_headings<'a>(words: &[Word<'a>], slots: &[Slot], lexicon: &Lexicon) -> Vec<Word<'a>> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match heading(&words[at..], lexicon).filter(|(other, _)| word.starts && same(other, slots)) {
            Some((_, used)) => {
                at += used;
                if let Some(next) = words.get(at) {
                    out.push(Word { opens_page: true, ..*next });
                    at += 1;
                }
            }
            None => {
                out.push(*word);
                at += 1;
            }
        }
    }
    out
}

/// The sum of the weights of some rows, where every row has one.
fn weights(rows: &[Vec<Piece>], slots: &[Slot]) -> Option<Decimal> {
    let position = slots.iter().position(|slot| slot.column == Some(Column::Weight))?;
    rows.iter().try_fold(Decimal::ZERO, |sum, row| {
        let piece = row.iter().find(|piece| piece.position == position)?;
        sum.checked_add(number(&folded(&piece.text))?)
    })
}

/// Whether the first row has its levels, as it must where the cells stand in order.
fn begins_whole(rows: &[Vec<Piece>], slots: &[Slot]) -> bool {
    let level = |slot: &&Slot| matches!(slot.column, Some(Column::Level1 | Column::Level2));
    let has = |row: &Vec<Piece>| {
        slots.iter().filter(level).all(|slot| row.iter().any(|piece| piece.position == slot.position))
    };
    rows.first().is_some_and(has)
}

/// How many words the label takes that stands beside the indicators: 年度绩效指标完成情况.
fn side_label(words: &[Word], lexicon: &Lexicon) -> usize {
    const MOST_PARTS: usize = 6;
    let is_label = |parts: &usize| {
        let text = words.get(..*parts).map(joined).unwrap_or_default();
        lexicon.vocabulary.label(&text) == Some(Label::Indicators)
    };
    (1..=MOST_PARTS).rev().find(is_label).unwrap_or(0)
}

/// The rows before the heading: caption and year as they stand, then labels and values.
fn opening(lines: &[Line], start: usize, heading: usize, words: &[Word], lexicon: &Lexicon) -> Vec<Vec<Piece>> {
    let mut rows = Vec::new();
    let mut from = start;
    while from < heading {
        let Some(line) = lines.get(from) else { break };
        let text = squeeze(line.text);
        let is_caption = lexicon.vocabulary.form_kind(&text).is_some();
        let is_year = text.starts_with(['(', '（']) && text.ends_with([')', '）']);
        if !text.is_empty() && !is_caption && !is_year {
            break;
        }
        if !text.is_empty() {
            rows.push(vec![Piece::new(0, line.text.trim(), line.number)]);
        }
        from += 1;
    }
    let rest: Vec<Word> = words.iter().filter(|word| word.index >= from).copied().collect();
    rows.extend(block::rows(&rest, lexicon));
    rows
}

/// Where the rows below a heading end: at a caption, a label of the header block, the total or the next section.
fn end(words: &[Word], from: usize, slots: &[Slot], lexicon: &Lexicon) -> usize {
    let sections = &lexicon.vocabulary.dump.section_starts;
    let ends = |at: &usize| {
        let Some(word) = words.get(*at).filter(|word| word.starts) else { return false };
        let line: Vec<Word> = words[*at..].iter().take_while(|other| other.index == word.index).copied().collect();
        let text = joined(&line);
        let known = lexicon.vocabulary.label(word.text);
        let is_label = matches!(known, Some(Label::Total | Label::Unit | Label::Project | Label::Authority));
        is_label
            || lexicon.vocabulary.form_kind(&text).is_some()
            || sections.iter().any(|start| text.starts_with(start.as_str()))
            || heading(&words[*at..], lexicon).is_some_and(|(other, _)| !same(&other, slots))
    };
    (from..words.len()).find(ends).unwrap_or(words.len())
}

/// The 总分 row, its numbers under weight and score.
fn total(words: &[Word], slots: &[Slot], lexicon: &Lexicon) -> Option<Vec<Piece>> {
    let first = words.first().filter(|word| lexicon.vocabulary.label(word.text) == Some(Label::Total))?;
    let at = |column| slots.iter().position(|slot| slot.column == Some(column));
    let mut row = vec![Piece::new(0, first.text, first.line)];
    let positions = [at(Column::Weight), at(Column::Score)];
    for (word, position) in words.iter().skip(1).filter(|word| word.text != POINTS).zip(positions) {
        if number(&folded(word.text)).is_none() {
            break;
        }
        row.extend(position.map(|position| Piece::new(position, word.text, word.line)));
    }
    if let Some(last) = row.iter_mut().skip(1).last().filter(|_| total_words(words).1) {
        last.text.push_str(POINTS);
    }
    row.sort_by_key(|piece| piece.position);
    Some(row)
}

/// The line after the 总分 row.
fn total_end(words: &[Word], at: usize, lexicon: &Lexicon) -> usize {
    let is_total = words.get(at).is_some_and(|word| lexicon.vocabulary.label(word.text) == Some(Label::Total));
    let used = words.get(at..).map_or(0, |words| total_words(words).0);
    let last = words.get(at + used).filter(|_| is_total);
    last.map_or(0, |word| word.index + 1)
}

/// How many words follow the label of the 总分 row, and whether the last of them is 分 on a line of its own.
fn total_words(words: &[Word]) -> (usize, bool) {
    let numbers = words.iter().skip(1).take(2).take_while(|word| number(&folded(word.text)).is_some()).count();
    let points = words.get(numbers + 1).is_some_and(|word| word.text == POINTS);
    (numbers + usize::from(points), points)
}

/// The line of a form's caption below which the headings of indicators lie about, but in no order that could be read.
pub(super) fn scattered(lines: &[Line], lexicon: &Lexicon) -> Option<usize> {
    let caption = lines.iter().position(|line| lexicon.vocabulary.form_kind(line.text).is_some())?;
    const FEWEST_WORDS: usize = 4;
    let block = lines.iter().skip(caption).take(LONGEST_BLOCK);
    let words: Vec<&str> = block.flat_map(|line| line.text.split(['|', ' ', '\t', '\u{3000}'])).collect();
    let columns: std::collections::BTreeSet<Column> =
        words.iter().filter_map(|word| lexicon.vocabulary.column(word)).collect();
    let cells = words.iter().filter(|word| lexicon.is_closing_word(word) || lexicon.is_level_word(word)).count();
    let is_table = cells >= FEWEST_WORDS
        || columns.contains(&Column::Name) && (columns.contains(&Column::Level1) || columns.contains(&Column::Level2));
    lines.get(caption).filter(|_| is_table).map(|line| line.number)
}

/// A header block that was run together into one line, as rows of labels and values.
pub(super) fn flat_block(line: &Line, lexicon: &Lexicon) -> Option<Vec<Vec<Piece>>> {
    const FEWEST_LABELS: usize = 6;
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let labels = words.iter().filter(|word| label::is_label(word, lexicon)).count();
    if labels < FEWEST_LABELS {
        return None;
    }
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut waiting: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    for word in words {
        if label::is_label(word, lexicon) {
            let answered = rows.last().is_none_or(|row| row.len() > 1);
            if answered {
                waiting.clear();
            }
            waiting.push_back(rows.len());
            rows.push(vec![Piece::new(0, word, line.number)]);
            continue;
        }
        let row = if waiting.len() > 1 { waiting.pop_front() } else { waiting.front().copied() };
        match row.and_then(|row| rows.get_mut(row)) {
            Some(row) if row.len() > 1 => {
                row.iter_mut().last().into_iter().for_each(|cell| cell.text.push_str(&format!(" {word}")))
            }
            Some(row) => row.push(Piece::new(1, word, line.number)),
            None => rows.push(vec![Piece::new(0, word, line.number)]),
        }
    }
    for piece in rows.iter_mut().flatten() {
        piece.record(piece.text.clone(), "连成一行的表头区已按标签拆开，请对照原文核对");
    }
    Some(rows)
}
