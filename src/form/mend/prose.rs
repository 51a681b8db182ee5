//! 段落中的表 (prose): forms among lines of running text, their cells wrapped over lines.

use super::lexicon::{Lexicon, number};
use super::line::Line;
use super::piece::Piece;
use super::stream::{Word, heading, joined, words};
use super::wrapped::{MOST_WORDS, cut};
use super::{block, label};
use crate::text::{label as folded, squeeze};
use crate::vocabulary::Label;

/// A stretch of lines: as they are, or a form made of them.
pub(super) enum Part {
    Lines(std::ops::Range<usize>),
    /// Rows of a form, and the first line they came from.
    Form { rows: Vec<Vec<Piece>>, line: usize },
    /// Lines in which a form was seen that cannot be put together.
    Lost { lines: std::ops::Range<usize>, line: usize, sound: usize, rows: usize },
}

/// Furthest that a form's heading may stand below its caption, in lines.
const LONGEST_BLOCK: usize = 400;
/// Share of rows that must be sound for a form to be believed, in percent.
const SOUND_PERCENT: usize = 80;

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
        let end = end(&words, body, lexicon);
        let stop = words.get(end).map_or(lines.len(), |word| word.index);
        let start = caption(lines, done, first.index, lexicon);
        let cut = cut(&words[body..end.min(body + MOST_WORDS)], &slots, lexicon);
        if done < start {
            parts.push(Part::Lines(done..start));
        }
        if cut.sound * 100 < cut.rows.len() * SOUND_PERCENT || cut.rows.is_empty() {
            let (sound, rows) = (cut.sound, cut.rows.len());
            parts.push(Part::Lost { lines: start..stop, line: first.line, sound, rows });
        } else {
            let above: Vec<Word> = words.iter().filter(|word| word.index >= start && word.index < first.index).copied().collect();
            let mut rows = opening(lines, start, first.index, &above, lexicon);
            rows.push(slots.iter().map(|slot| Piece::new(slot.position, slot.text.clone(), first.line)).collect());
            rows.extend(cut.rows);
            rows.extend(total(&words[end..], &slots, lexicon));
            let stop = stop.max(total_end(&words, end, lexicon));
            parts.push(Part::Form { rows, line: first.line });
            done = stop;
            at = words.iter().position(|word| word.index >= stop).unwrap_or(words.len());
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
fn end(words: &[Word], from: usize, lexicon: &Lexicon) -> usize {
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
            || heading(&words[*at..], lexicon).is_some()
    };
    (from..words.len()).find(ends).unwrap_or(words.len())
}

/// The 总分 row, its numbers under weight and score.
fn total(words: &[Word], slots: &[super::heading::Slot], lexicon: &Lexicon) -> Option<Vec<Piece>> {
    use crate::form::Column;
    let first = words.first().filter(|word| lexicon.vocabulary.label(word.text) == Some(Label::Total))?;
    let at = |column| slots.iter().position(|slot| slot.column == Some(column));
    let numbers = words.iter().skip(1).take_while(|word| number(&folded(word.text)).is_some());
    let mut row = vec![Piece::new(0, first.text, first.line)];
    for (word, position) in numbers.zip([at(Column::Weight), at(Column::Score)]) {
        row.extend(position.map(|position| Piece::new(position, word.text, word.line)));
    }
    row.sort_by_key(|piece| piece.position);
    Some(row)
}

/// The line after the 总分 row.
fn total_end(words: &[Word], at: usize, lexicon: &Lexicon) -> usize {
    let is_total = words.get(at).is_some_and(|word| lexicon.vocabulary.label(word.text) == Some(Label::Total));
    let numbers = words.iter().skip(at + 1).take(2).take_while(|word| number(&folded(word.text)).is_some()).count();
    let last = words.get(at + numbers).filter(|_| is_total);
    last.map_or(0, |word| word.index + 1)
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
            Some(row) if row.len() > 1 => row.iter_mut().last().into_iter().for_each(|cell| cell.text.push_str(&format!(" {word}"))),
            Some(row) => row.push(Piece::new(1, word, line.number)),
            None => rows.push(vec![Piece::new(0, word, line.number)]),
        }
    }
    for piece in rows.iter_mut().flatten() {
        piece.record(piece.text.clone(), "连成一行的表头区已按标签拆开，请对照原文核对");
    }
    Some(rows)
}
