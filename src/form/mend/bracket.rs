//! 括号清单 (bracket): indicators written as lines of text, the levels in brackets before each.
//!
//! `【产出指标-数量指标】培训次数 ≥4次，实际完成4次，得分10分`: a run of such lines becomes a table.

use super::lexicon::Lexicon;
use crate::document::{Block, Cell, Layout, Paragraph, Table};
use crate::form::Column;
use crate::text::label;
use crate::vocabulary::Vocabulary;

/// What stands between the levels within one pair of brackets.
const BETWEEN_LEVELS: [char; 9] = ['-', '—', '–', '－', '/', '／', '·', '>', '→'];

/// What stands between the parts of a line.
const BETWEEN_PARTS: [char; 4] = ['，', ',', '；', ';'];

/// One line of a list, its parts by column.
struct Entry<'a> {
    paragraph: &'a Paragraph,
    parts: Vec<(Column, String)>,
}

/// Makes a table of every run of lines that carry their levels in brackets.
pub(super) fn tabulate(blocks: Vec<Block>, lexicon: &Lexicon) -> Vec<Block> {
    let read = |block: &Block| match block {
        Block::Paragraph(paragraph) => parts(&paragraph.text, lexicon.vocabulary),
        Block::Table(_) => None,
    };
    if !blocks.iter().any(|block| read(block).is_some()) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for group in blocks.chunk_by(|a, b| read(a).is_some() == read(b).is_some()) {
        let entries: Vec<Entry> = group
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(Entry { paragraph, parts: read(block)? }),
                Block::Table(_) => None,
            })
            .collect();
        if entries.is_empty() {
            out.extend_from_slice(group);
        } else {
            out.push(Block::Table(table(&entries, lexicon.vocabulary)));
        }
    }
    out
}

/// The parts of a line: its levels, the name, the value and what else is named behind it. `None` if the line is none of a
/// list.
fn parts(text: &str, vocabulary: &Vocabulary) -> Option<Vec<(Column, String)>> {
    let text =
        text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、' | '．' | '-' | ' '));
    let (levels, rest) = levels(text, vocabulary)?;
    let mut parts: Vec<(Column, String)> = Vec::new();
    for (column, level) in [Column::Level1, Column::Level2].into_iter().zip(levels) {
        parts.push((column, level));
    }
    let mut pieces = rest.split(BETWEEN_PARTS);
    let (name, value) = name_and_value(pieces.next()?, vocabulary)?;
    parts.push((Column::Name, name));
    parts.push((Column::Target, value));
    for piece in pieces {
        match named(piece, vocabulary) {
            Some(part) if !parts.iter().any(|(column, _)| *column == part.0) => parts.push(part),
            _ => {
                let (_, last) = parts.last_mut()?;
                last.push('，');
                last.push_str(piece.trim());
            }
        }
    }
    Some(parts)
}

/// The levels in the brackets at the head of a line, and the text behind them.
fn levels<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(Vec<String>, &'t str)> {
    let mut levels = Vec::new();
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix(['【', '[', '［', '〔']) {
        let (bracket, behind) = inner.split_once(['】', ']', '］', '〕'])?;
        levels.extend(
            bracket.split(BETWEEN_LEVELS).map(|level| level.trim().to_owned()).filter(|level| !level.is_empty()),
        );
        rest = behind.trim_start();
    }
    let words = &vocabulary.words;
    let known = levels.first().is_some_and(|first| words.level1.contains(&label(first)));
    (known && levels.len() <= 2 && !rest.is_empty()).then_some((levels, rest))
}

/// A name and the value behind it: at the first sign of comparison, the last blank or the last colon.
fn name_and_value(text: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let text = text.trim().trim_start_matches([':', '：']);
    let signs = vocabulary.dump.comparators.iter().filter_map(|sign| text.find(sign.as_str())).filter(|at| *at > 0);
    let blank = || text.rfind([' ', '\t', '\u{3000}', ':', '：']).filter(|at| *at > 0);
    let Some(at) = signs.min().or_else(blank) else { return Some((text.to_owned(), String::new())) };
    let (name, value) = text.split_at_checked(at)?;
    let trim = |text: &str| text.trim_matches([' ', '\t', '\u{3000}', ':', '：']).to_owned();
    Some((trim(name), trim(value)))
}

/// A part that begins with the name of its column: `实际完成值4次`, `得分：10分`.
fn named(piece: &str, vocabulary: &Vocabulary) -> Option<(Column, String)> {
    let piece = piece.trim();
    let longest = vocabulary
        .headings()
        .filter(|(column, word)| *column != Column::Name && piece.starts_with(word))
        .max_by_key(|(_, word)| word.len());
    let (column, word) = longest?;
    let value = piece.get(word.len()..)?.trim_start_matches([':', '：', ' ']);
    (!value.is_empty()).then(|| (column, value.to_owned()))
}

/// The table of a list, its headings as forms print them.
fn table(entries: &[Entry], vocabulary: &Vocabulary) -> Table {
    let mut columns: Vec<Column> = vec![Column::Level1, Column::Level2, Column::Name, Column::Target];
    for (column, _) in entries.iter().flat_map(|entry| &entry.parts) {
        if !columns.contains(column) {
            columns.push(*column);
        }
    }
    let heading =
        |column: Column| vocabulary.headings().find(|(known, _)| *known == column).map_or("", |(_, word)| word);
    let line = entries.first().and_then(|entry| entry.paragraph.place.line);
    let mut cells: Vec<Cell> =
        columns.iter().enumerate().map(|(at, column)| Cell { line, ..Cell::single(0, at, heading(*column)) }).collect();
    for (row, entry) in entries.iter().enumerate() {
        for (at, column) in columns.iter().enumerate() {
            let text = entry.parts.iter().find(|(known, _)| known == column).map_or("", |(_, text)| text);
            let place = &entry.paragraph.place;
            cells.push(Cell { line: place.line, page: place.page, ..Cell::single(row + 1, at, text) });
        }
    }
    Table {
        number: 0,
        sheet: None,
        layout: Layout::Grid,
        rows: entries.len() + 1,
        columns: columns.len(),
        cells,
        first_row: 1,
        first_column: 1,
    }
}
