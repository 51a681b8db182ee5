//! 索引 (index): the words of the vocabulary by their spelling, so that a cell is looked up and not searched for.

use std::collections::{HashMap, HashSet};

use super::{FundsColumn, Label, Vocabulary, without_bracket};
use crate::form::Column;
use crate::text::{is_blank, label};

/// Longest text that can be a word of the vocabulary, blanks aside, in characters; longer cells are told at a glance.
const LONGEST_WORD: usize = 60;

/// Every word that is matched as a whole cell; where two columns share a word, the first in the file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub columns: HashMap<String, Column>,
    pub funds_columns: HashMap<String, FundsColumn>,
    pub labels: HashMap<String, Label>,
    pub funds_lines: HashSet<String>,
}

impl Index {
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let mut index = Index::default();
        for heading in &vocabulary.columns {
            for word in &heading.is {
                index.columns.entry(word.clone()).or_insert(heading.column);
            }
        }
        for heading in &vocabulary.funds_columns {
            for word in &heading.is {
                index.funds_columns.entry(word.clone()).or_insert(heading.column);
            }
        }
        for words in &vocabulary.labels {
            for word in &words.is {
                index.labels.entry(word.clone()).or_insert(words.label);
            }
        }
        index.funds_lines.extend(vocabulary.funds_lines.is.iter().cloned());
        index
    }
}

/// A cell as it is looked up: folded, and again without bracketed additions.
pub(super) struct Spelling {
    pub full: String,
    pub short: String,
}

impl Spelling {
    /// The spellings of a text; `None` for a blank text and for one too long to be a word.
    pub fn of(text: &str) -> Option<Spelling> {
        let length = text.chars().filter(|c| !is_blank(*c)).take(LONGEST_WORD + 1).count();
        if length == 0 || length > LONGEST_WORD {
            return None;
        }
        let full = label(text);
        let short = without_bracket(&full);
        Some(Spelling { full, short })
    }

    /// What a map says of the text.
    pub fn find<T: Copy>(&self, words: &HashMap<String, T>) -> Option<T> {
        words.get(&self.full).or_else(|| words.get(&self.short)).copied()
    }
}
