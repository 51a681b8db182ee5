//! 字流 (stream): the words of lines over which cells are wrapped.

use super::heading::Slot;
use super::lexicon::Lexicon;
use super::line::Line;
use crate::form::Column;
use crate::text::{fold, label};

/// A word between blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub line: usize,
    /// Index of its line in the run.
    pub index: usize,
    /// Whether it is the first of its line.
    pub starts: bool,
    /// Whether it is the first of its page.
    pub opens_page: bool,
}

/// The words of some lines in order; page numbers at the edge of a page are left out.
pub(super) fn words<'a>(lines: &[Line<'a>]) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    let mut page = false;
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        page |= before.is_some_and(|before| opens_page(before, line));
        let next = lines.get(index + 1).is_some_and(|next| opens_page(line, next));
        if (page || next) && is_page_number(line.text) {
            continue;
        }
        let parts = line.text.split(|c: char| c.is_whitespace() || c == '|').filter(|part| !part.is_empty());
        for (at, text) in parts.enumerate() {
            words.push(Word { text, line: line.number, index, starts: at == 0, opens_page: page });
            page = false;
        }
    }
    words
}

/// Whether a line is the first of its page.
fn opens_page(before: &Line, line: &Line) -> bool {
    before.page != line.page || line.text.contains('\u{c}')
}

/// `- 12 -`, `第3页`: a line that holds a number and signs around it.
fn is_page_number(text: &str) -> bool {
    const LONGEST: usize = 4;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-—–第页共/".contains(c));
    others && (1..=LONGEST).contains(&digits)
}

/// The words as one text, without blanks.
pub(super) fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text).collect()
}

/// A heading wrapped over lines: its columns, and how many words it takes.
pub(super) fn heading(words: &[Word], lexicon: &Lexicon) -> Option<(Vec<Slot>, usize)> {
    const LONGEST: usize = 80;
    let first = label(words.first()?.text);
    let begins = |word: &[char], column: Column| {
        let starts = matches!(column, Column::Level1 | Column::Number | Column::Group);
        starts && word.iter().zip(first.chars()).take_while(|(a, b)| **a == *b).count() >= 2
    };
    if !lexicon.headings.iter().any(|(word, column)| begins(word, *column)) {
        return None;
    }
    let letters: Vec<(char, usize)> = words
        .iter()
        .take(LONGEST)
        .enumerate()
        .flat_map(|(at, word)| fold(word.text).chars().map(|c| (c, at)).collect::<Vec<_>>())
        .collect();
    let ends = |at: usize| letters.get(at).is_none_or(|(_, word)| at == 0 || letters[at - 1].1 != *word);
    let mut slots: Vec<Slot> = Vec::new();
    let mut at = 0;
    let mut used = (0, 0);
    while let Some((column, text)) = heading_at(&letters[at..], lexicon) {
        if slots.iter().any(|slot| slot.column == Some(column)) {
            break;
        }
        at += text.chars().count();
        slots.push(Slot { column: Some(column), position: slots.len(), text, printed: None });
        if ends(at) {
            used = (slots.len(), letters.get(at).map_or(words.len().min(LONGEST), |(_, word)| *word));
        }
    }
    slots.truncate(used.0);
    is_indicator_heading(&slots).then_some((slots, used.1))
}

fn heading_at(letters: &[(char, usize)], lexicon: &Lexicon) -> Option<(Column, String)> {
    let (word, column) = lexicon.headings.iter().find(|(word, _)| {
        word.len() <= letters.len() && word.iter().zip(letters).all(|(letter, (other, _))| letter == other)
    })?;
    Some((*column, word.iter().collect()))
}

fn is_indicator_heading(slots: &[Slot]) -> bool {
    let has = |column| slots.iter().any(|slot| slot.column == Some(column));
    slots.len() > 3 && has(Column::Level1) && has(Column::Name) && (has(Column::Target) || has(Column::Weight))
}
