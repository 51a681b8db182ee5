//! 两种读法 (rival): the lines as they stand against the decoder; the reading with the more sound rows is taken.

use super::{MendNote, Mended, lexicon::Lexicon, number_tables, value};
use crate::document::{Block, Document, Paragraph, Place, Table};
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
    let decoded = decode::decode(&paragraphs, vocabulary, Costs::builtin());
    if !decoded.blocks.iter().any(|block| matches!(block, Block::Table(_))) {
        return (mended, trace);
    }
    let mut blocks = decoded.blocks;
    let lexicon = Lexicon::new(vocabulary);
    for block in &mut blocks {
        if let Block::Table(table) = block {
            value::mend_signs(table, &lexicon);
        }
    }
    number_tables(&mut blocks);
    let rival = Document { source: document.source.clone(), blocks, unread: document.unread.clone() };
    let (known, sound) = worth(&mended.document, vocabulary);
    let parts = if sound && mended.notes.is_empty() { SOUND_GAIN } else { LEAST_GAIN };
    let gain = known.max(0) / parts;
    if worth(&rival, vocabulary).0 <= known + gain {
        return (mended, trace);
    }
    if is_interleaved(&rival, vocabulary) && !mended.notes.is_empty() {
        return (mended, trace);
    }
    let spans = spans(&rival);
    // What could not be put back, and was not decoded either, is still to be said.
    let lost = mended.notes.into_iter().filter(|note| note.place.line.is_none_or(|line| !is_within(line, &spans)));
    let own = decoded.notes.into_iter().map(|(line, why)| MendNote { place: Place::line(line), why });
    let notes = lost.chain(own).collect();
    (Mended { document: rival, notes }, decoded.trace)
}

/// The lines of each table, from the first to the last.
fn spans(document: &Document) -> Vec<(usize, usize)> {
    let lines = |table: &Table| {
        let lines = || table.cells.iter().filter_map(|cell| cell.line);
        lines().min().zip(lines().max())
    };
    document.tables().filter_map(lines).collect()
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
fn is_interleaved(document: &Document, vocabulary: &Vocabulary) -> bool {
    let forms = find(document, vocabulary).forms;
    let (mut rows, mut lacking) = (0, 0);
    for form in &forms {
        let has = |row: &Row, column: Column| !row.text(column).is_empty();
        let filled: Vec<Column> =
            FILLED.into_iter().filter(|column| form.rows.iter().any(|row| has(row, *column))).collect();
        rows += form.rows.len();
        lacking += form.rows.iter().filter(|row| filled.iter().any(|column| !has(row, *column))).count();
    }
    forms.len() > EXCERPT && lacking * LACKING_ONE_IN > rows
}

/// How much a reading is worth, its sound rows against those that cannot be; and whether all rows are sound.
fn worth(document: &Document, vocabulary: &Vocabulary) -> (i64, bool) {
    let forms = find(document, vocabulary).forms;
    let of = |form: &Form| form.rows.iter().map(|row| row_worth(row, &form.columns, vocabulary)).collect::<Vec<_>>();
    let rows: Vec<i64> = forms.iter().flat_map(of).collect();
    (rows.iter().sum(), rows.iter().all(|worth| *worth >= 0))
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
    if above || !named || !valued || !figure(Column::Weight) || !figure(Column::Score) {
        return -3;
    }
    let levels = i64::from(lexicon_level(Column::Level1, &vocabulary.words.level1))
        + i64::from(lexicon_level(Column::Level2, &vocabulary.words.level2));
    2 + levels + i64::try_from(filled.min(6)).unwrap_or(0) / 3
}
