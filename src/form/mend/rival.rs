//! 两种读法 (rival): the lines as they stand against the decoder; the reading with the more sound rows is taken.

use std::collections::{BTreeMap, HashSet};

use super::apart::set_apart;
use super::{MendNote, Mended, lexicon::Lexicon, number_tables, value};
use crate::document::{Block, Cell, Document, Doubt, Paragraph, Place, Table};
use crate::form::decode::{self, Costs};
use crate::form::{Column, Form, Row, find};
use crate::text::squeeze;
use crate::vocabulary::Vocabulary;

/// The decoder must be better than the lines by more than one part of this many, and by more where these seem sound.
const LEAST_GAIN: i64 = 10;
const SOUND_GAIN: i64 = 4;

/// The mended text, or the decoded one where that gives better rows.
pub(super) fn better(
    document: &Document,
    vocabulary: &Vocabulary,
    mended: Mended,
    trace: Vec<String>,
) -> (Mended, Vec<String>) {
    let paragraphs: Vec<&Paragraph> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
        .collect();
    if paragraphs.len() != document.blocks.len() {
        return (mended, trace);
    }
    let known = find(&mended.document, vocabulary).forms;
    let (mut chosen, forms, trace) = chosen(document, vocabulary, mended, known, trace, &paragraphs);
    doubt_unsound(&mut chosen.document, &forms, vocabulary);
    (chosen, trace)
}

/// Whether every form has a funds line with a weight.
fn has_execution(forms: &[Form]) -> bool {
    forms.iter().all(|form| form.funds.iter().any(|line| line.weight.is_some()))
}

/// What is wrong with a row that cannot stand as it was put together.
const UNSOUND: &str = "这一行的各格可能分错：得分高于分值、目标值与完成值错位，或两格并成了一格";

/// Marks the cells of rows that cannot be as they were read; nothing that rests on them is more than a warning.
fn doubt_unsound(document: &mut Document, forms: &[Form], vocabulary: &Vocabulary) {
    let unsound: HashSet<(usize, usize)> = forms
        .iter()
        .flat_map(|form| form.rows.iter().filter(|row| row_worth(row, &form.columns, vocabulary) < 0))
        .filter_map(|row| row.place.table.zip(row.place.row))
        .collect();
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        let (number, first) = (table.number, table.first_row);
        let cells = table.cells.iter_mut().filter(|cell| unsound.contains(&(number, cell.row + first)));
        for cell in cells.filter(|cell| cell.doubt.is_none()) {
            cell.doubt = Some(Box::new(Doubt { why: UNSOUND.to_owned(), others: Vec::new() }));
        }
    }
}

/// The better reading with its forms; `known` are those of the lines.
fn chosen(
    document: &Document,
    vocabulary: &Vocabulary,
    mended: Mended,
    known: Vec<Form>,
    trace: Vec<String>,
    paragraphs: &[&Paragraph],
) -> (Mended, Vec<Form>, Vec<String>) {
    let decoded = decode::decode(paragraphs, vocabulary, Costs::builtin());
    if !decoded.blocks.iter().any(|block| matches!(block, Block::Table(_))) {
        return (mended, known, trace);
    }
    let mut blocks = decoded.blocks;
    let lexicon = Lexicon::new(vocabulary);
    for block in &mut blocks {
        if let Block::Table(table) = block {
            value::mend_signs(table, &lexicon);
        }
    }
    let mut blocks = set_apart(grafted(&mended.document, blocks), vocabulary);
    number_tables(&mut blocks);
    let rival = Document { source: document.source.clone(), blocks, unread: document.unread.clone() };
    let forms = find(&rival, vocabulary).forms;
    let (least, sound) = worth(&known, vocabulary);
    let parts = if sound && mended.notes.is_empty() { SOUND_GAIN } else { LEAST_GAIN };
    if worth(&forms, vocabulary).0 <= least + least.max(0) / parts {
        return (mended, known, trace);
    }
    if is_interleaved(&forms) && !mended.notes.is_empty() {
        return (mended, known, trace);
    }
    let spans: Vec<(usize, usize)> = rival.tables().filter_map(span).collect();
    // What could not be put back, and was not decoded either, is still to be said.
    let lost = mended.notes.into_iter().filter(|note| note.place.line.is_none_or(|line| !is_within(line, &spans)));
    let short = if has_execution(&forms) { Vec::new() } else { decoded.short };
    let own = decoded.notes.into_iter().chain(short).map(|(line, why)| MendNote { place: Place::line(line), why });
    let notes = lost.chain(own).collect();
    (Mended { document: rival, notes }, forms, decoded.trace)
}

/// The decoded tables among what the lines gave for everything around them: the labels of the head, the funds, the goals.
fn grafted(mended: &Document, decoded: Vec<Block>) -> Vec<Block> {
    let spans: Vec<(usize, usize)> = decoded
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => span(table),
            Block::Paragraph(_) => None,
        })
        .collect();
    let outside = |line: Option<usize>| {
        line.is_none_or(|line| !spans.iter().any(|(first, last)| (*first..=*last).contains(&line)))
    };
    let mut pieces: Vec<(usize, Block)> = Vec::new();
    for block in &mended.blocks {
        match block {
            Block::Paragraph(paragraph) if outside(paragraph.place.line) => {
                pieces.push((paragraph.place.line.unwrap_or(0), block.clone()));
            }
            Block::Paragraph(_) => {}
            Block::Table(table) => pieces.extend(remains(table, &spans)),
        }
    }
    // A line that holds a table holds text beside it as well.
    pieces.extend(decoded.into_iter().filter_map(|block| match &block {
        Block::Table(table) => Some((span(table).map_or(0, |(first, _)| first), block)),
        Block::Paragraph(paragraph) if outside(paragraph.place.line) => None,
        Block::Paragraph(paragraph) => Some((paragraph.place.line.unwrap_or(0), block)),
    }));
    pieces.sort_by_key(|(line, _)| *line);
    pieces.into_iter().map(|(_, block)| block).collect()
}

/// What of a table stands before, between and behind the decoded spans, each piece with its first line.
fn remains(table: &Table, spans: &[(usize, usize)]) -> Vec<(usize, Block)> {
    let between = |line: usize| {
        let inside = spans.iter().any(|(first, last)| (*first..=*last).contains(&line));
        (!inside).then(|| spans.iter().filter(|(first, _)| *first < line).count())
    };
    let mut pieces: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    for cell in &table.cells {
        if let Some(piece) = cell.line.and_then(between) {
            pieces.entry(piece).or_default().push(cell.clone());
        }
    }
    let block = |cells: Vec<Cell>| {
        let line = cells.iter().filter_map(|cell| cell.line).min().unwrap_or(0);
        let rows = cells.iter().map(Cell::end_row).max().unwrap_or(0);
        (line, Block::Table(Table { rows, cells, ..table.clone() }))
    };
    pieces.into_values().map(block).collect()
}

/// The lines of a table, from the first to the last.
fn span(table: &Table) -> Option<(usize, usize)> {
    let lines = || table.cells.iter().filter_map(|cell| cell.line);
    lines().min().zip(lines().max())
}

/// A heading stands this many lines above the first row that was placed, at most.
const HEADING_LINES: usize = 12;

fn is_within(line: usize, spans: &[(usize, usize)]) -> bool {
    spans.iter().any(|(first, last)| line + HEADING_LINES >= *first && line <= *last)
}

/// More tables than this are a document, not an excerpt of one form.
const EXCERPT: usize = 2;

/// With more than one row in so many that lacks a cell, the columns of a document ran into each other.
const LACKING_ONE_IN: usize = 7;

/// Cells that every row of a filled form has.
const FILLED: [Column; 5] = [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Rate];

/// Whether the columns of a whole document were printed one after the other: many of its rows lack a cell that the other rows
/// of their form have.
fn is_interleaved(forms: &[Form]) -> bool {
    let (mut rows, mut lacking) = (0, 0);
    for form in forms {
        let has = |row: &Row, column: Column| !row.text(column).is_empty();
        let filled: Vec<Column> =
            FILLED.into_iter().filter(|column| form.rows.iter().any(|row| has(row, *column))).collect();
        rows += form.rows.len();
        lacking += form.rows.iter().filter(|row| filled.iter().any(|column| !has(row, *column))).count();
    }
    forms.len() > EXCERPT && lacking * LACKING_ONE_IN > rows
}

/// How much a reading is worth, its sound rows against those that cannot be; and whether all rows are sound.
fn worth(forms: &[Form], vocabulary: &Vocabulary) -> (i64, bool) {
    let of = |form: &Form| form.rows.iter().map(|row| row_worth(row, &form.columns, vocabulary)).collect::<Vec<_>>();
    let rows: Vec<i64> = forms.iter().flat_map(of).collect();
    (rows.iter().sum(), rows.iter().all(|worth| *worth >= 0))
}

/// Whether a name begins with the word of a level, as when two cells were joined.
fn begins_with_level(name: &str, vocabulary: &Vocabulary) -> bool {
    let words = vocabulary.words.level1.iter().chain(&vocabulary.words.level2);
    let mut levels = words.filter(|word| word.ends_with(vocabulary.dump.level_ending.as_str()));
    levels.any(|word| name.strip_prefix(word.as_str()).is_some_and(|rest| rest.chars().count() > 1))
}

fn row_worth(row: &Row, columns: &[Column], vocabulary: &Vocabulary) -> i64 {
    let text = |column| row.text(column);
    let name = text(Column::Name);
    let lexicon_level = |column: Column, words: &[String]| {
        let level = crate::text::label(&text(column));
        let bare = level.split('(').next().unwrap_or_default();
        !columns.contains(&column) || words.iter().any(|word| word == bare)
    };
    let figure = |column: Column| {
        let text = text(column);
        text.is_empty() || text.trim_end_matches('分').parse::<rust_decimal::Decimal>().is_ok()
    };
    let named = name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let valued =
        [Column::Target, Column::Actual, Column::Weight].iter().any(|column| !squeeze(&text(*column)).is_empty());
    let filled = columns.iter().filter(|column| !text(**column).is_empty()).count();
    // A cell beside its own copy, or a label with its value, is no name and no target.
    let half = name.len() / 2;
    let doubled = name.len() >= 12 && name.get(..half).is_some_and(|first| Some(first) == name.get(half..));
    let labelled =
        vocabulary.inline_label(&text(Column::Target)).is_some() || text(Column::Target).starts_with("单位:");
    if doubled || labelled {
        return -3;
    }
    if name.is_empty() {
        return 0;
    }
    let number = |column: Column| text(column).trim_end_matches('分').parse::<rust_decimal::Decimal>().ok();
    // A score above its weight is two cells in one more often than a mistake of the form.
    let above = number(Column::Score).zip(number(Column::Weight)).is_some_and(|(score, weight)| score > weight);
    // A bound stands with its target, and a name neither holds one nor begins with a level of its own.
    let torn = decode::holds_bound(&name)
        || begins_with_level(&name, vocabulary)
        || (text(Column::Target).is_empty()
            && columns.contains(&Column::Target)
            && text(Column::Actual).starts_with(['≥', '≤', '<', '>', '＞', '＜']));
    if torn || above || !named || !valued || !figure(Column::Weight) || !figure(Column::Score) {
        return -3;
    }
    let levels = i64::from(lexicon_level(Column::Level1, &vocabulary.words.level1))
        + i64::from(lexicon_level(Column::Level2, &vocabulary.words.level2));
    2 + levels + i64::try_from(filled.min(6)).unwrap_or(0) / 3
}
