//! 用词 (words): the words by which the decoder cuts and places, from the vocabulary and the costs together.

use std::collections::{HashMap, HashSet};

use super::costs::Costs;
use crate::form::Column;
use crate::text::label;
use crate::vocabulary::Vocabulary;

/// The words ready for matching; headings, cuts and end words by their first letter, the longest first.
pub(super) struct Words {
    pub level1: HashSet<String>,
    pub level2: HashSet<String>,
    pub basis: HashSet<String>,
    pub rule: HashSet<String>,
    pub evidence: HashSet<String>,
    pub signs: HashSet<String>,
    pub units: HashSet<String>,
    pub blanks: HashSet<String>,
    /// 日前, 月底, 年底: how a deadline ends.
    pub deadlines: Vec<String>,
    headings: HashMap<char, Vec<(Vec<char>, Column)>>,
    exact: HashMap<String, Column>,
    cuts: HashMap<char, Vec<Vec<char>>>,
    run_cuts: HashMap<char, Vec<Vec<char>>>,
}

fn by_first(words: impl Iterator<Item = String>) -> HashMap<char, Vec<Vec<char>>> {
    let mut out: HashMap<char, Vec<Vec<char>>> = HashMap::new();
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        if let Some(first) = letters.first() {
            out.entry(*first).or_default().push(letters);
        }
    }
    out.values_mut().for_each(|words| words.sort_by_key(|word| std::cmp::Reverse(word.len())));
    out
}

fn longest<'a>(words: &'a HashMap<char, Vec<Vec<char>>>, rest: &[char]) -> Option<&'a [char]> {
    words.get(rest.first()?)?.iter().find(|word| rest.starts_with(word)).map(Vec::as_slice)
}

impl Words {
    pub fn new(vocabulary: &Vocabulary, costs: &Costs) -> Words {
        let set = |words: &[String]| words.iter().map(|word| label(word)).collect::<HashSet<String>>();
        let both = |words: &[String], more: &[String]| set(words).into_iter().chain(set(more)).collect::<HashSet<_>>();
        let words = &vocabulary.words;
        let level1 = both(&words.level1, &costs.level1);
        let level2 = both(&words.level2, &costs.level2);
        let ending = &vocabulary.dump.level_ending;
        let levels: HashSet<String> =
            level1.iter().chain(&level2).filter(|word| word.ends_with(ending.as_str())).cloned().collect();
        let mut exact = HashMap::new();
        let mut headings: HashMap<char, Vec<(Vec<char>, Column)>> = HashMap::new();
        for (column, word) in vocabulary.headings() {
            if let Some(first) = word.chars().next().filter(|_| word.chars().count() > 1) {
                exact.entry(word.to_owned()).or_insert(column);
                headings.entry(first).or_default().push((word.chars().collect(), column));
            }
        }
        headings.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        let run = vocabulary.dump.phrases.iter().cloned().collect::<HashSet<_>>();
        Words {
            basis: set(&words.basis),
            rule: set(&words.rule),
            evidence: set(&words.evidence),
            signs: set(&vocabulary.dump.signs),
            units: set(&vocabulary.dump.units),
            blanks: set(&vocabulary.dump.blanks),
            deadlines: vocabulary.dump.deadline_endings.clone(),
            cuts: by_first(levels.iter().chain(&costs.hard_ends).cloned()),
            run_cuts: by_first(run.into_iter()),
            level1,
            level2,
            headings,
            exact,
        }
    }

    /// The length of the word that letters begin with, where a cell may begin or end; and whether it is surely a cell.
    pub fn cut_at(&self, rest: &[char], run_together: bool) -> Option<(usize, bool)> {
        if let Some(word) = longest(&self.cuts, rest) {
            return Some((word.len(), true));
        }
        if !run_together {
            return None;
        }
        let heading = self.heading(rest).map(|(_, length)| length);
        heading.or_else(|| longest(&self.run_cuts, rest).map(<[char]>::len)).map(|length| (length, false))
    }

    /// The heading that letters begin with, and its length.
    pub fn heading(&self, rest: &[char]) -> Option<(Column, usize)> {
        let words = self.headings.get(rest.first()?)?;
        words.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, column)| (*column, word.len()))
    }

    /// The column of a text that is exactly a heading, brackets aside.
    pub fn exact_heading(&self, text: &str) -> Option<Column> {
        self.exact.get(text).or_else(|| self.exact.get(&without_brackets(text))).copied()
    }

    /// Whether the word of a level begins the letters and the rest is a name of its own: 质量指标验收合格率.
    pub fn led_by_level(&self, letters: &[char]) -> bool {
        longest(&self.cuts, letters).is_some_and(|word| letters.len() > word.len() + 1)
            && !self.is_level(&letters.iter().collect::<String>())
    }

    /// Whether a text is a level's name.
    pub fn is_level(&self, text: &str) -> bool {
        let bare = without_brackets(text);
        self.level1.contains(&bare) || self.level2.contains(&bare)
    }
}

/// The folded text without what stands in brackets.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
