//! 词典 (lexicon): how well a text fits a column, judged by the words of the vocabulary.

use std::collections::HashSet;

use crate::form::Column;
use crate::text::label;
use crate::vocabulary::Vocabulary;

/// A fit below this says that the text cannot stand in the column.
pub(super) const CONTRADICTION: i32 = -30;

/// The fit of a word that belongs to the column and to no other.
pub(super) const CERTAIN: i32 = 40;

/// The fit of a level's name that the vocabulary does not know.
pub(super) const UNKNOWN_LEVEL: i32 = -15;

/// The words of the vocabulary, ready for matching.
pub(super) struct Lexicon<'v> {
    pub vocabulary: &'v Vocabulary,
    /// Headings by falling length.
    pub headings: Vec<(Vec<char>, Column)>,
    /// Labels of the header block.
    pub labels: HashSet<&'v str>,
    level1: HashSet<&'v str>,
    level2: HashSet<&'v str>,
    basis: HashSet<&'v str>,
    rule: HashSet<&'v str>,
    evidence: HashSet<&'v str>,
}

impl<'v> Lexicon<'v> {
    /// Prepares a vocabulary.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        let mut headings: Vec<(Vec<char>, Column)> =
            vocabulary.headings().map(|(column, word)| (word.chars().collect(), column)).collect();
        headings.retain(|(word, _)| word.len() > 1);
        headings.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let set = |words: &'v [String]| words.iter().map(String::as_str).collect::<HashSet<_>>();
        let words = &vocabulary.words;
        Lexicon {
            vocabulary,
            headings,
            labels: vocabulary.label_words().chain(vocabulary.dump.labels.iter().map(String::as_str)).collect(),
            level1: set(&words.level1),
            level2: set(&words.level2),
            basis: set(&words.basis),
            rule: set(&words.rule),
            evidence: set(&words.evidence),
        }
    }

    /// How well a text fits a column, in tenths; certain words give [`CERTAIN`], impossible ones [`CONTRADICTION`] or less.
    pub fn fit(&self, column: Column, text: &str) -> i32 {
        self.folded_fit(column, &label(text))
    }

    /// As [`Lexicon::fit`], for a text that is folded and without white space.
    pub fn folded_fit(&self, column: Column, text: &str) -> i32 {
        if text.is_empty() {
            return 0;
        }
        match column {
            Column::Level1 => self.level_fit(&self.level1, text),
            Column::Level2 => self.level_fit(&self.level2, text),
            Column::Name => self.name_fit(text),
            Column::Target | Column::InitialTarget | Column::Actual => self.value_fit(text, -15),
            Column::Previous | Column::BeforePrevious => self.value_fit(text, 0).max(self.blank_fit(text)),
            // Forms without a column of evidence name it here.
            Column::Basis if self.evidence.contains(text) => -20,
            Column::Basis => self.word_fit(&self.basis, text, &self.vocabulary.dump.basis_hints, 10),
            Column::Rule => self.word_fit(&self.rule, text, &self.vocabulary.dump.rule_hints, 30),
            Column::Evidence => self.evidence_fit(text),
            Column::Weight => number_fit(text, 100),
            Column::Score | Column::ReviewScore | Column::Coefficient => {
                number_fit(text, 200).max(self.blank_fit(text))
            }
            Column::Rate => rate_fit(text).max(self.blank_fit(text)),
            Column::Number => number_fit(text, 1000),
            Column::Sign => {
                if self.is_sign(text) {
                    CERTAIN
                } else {
                    -CERTAIN
                }
            }
            Column::Unit => self.unit_fit(text),
            Column::Group | Column::Reason | Column::Remark => {
                if self.is_word(text) {
                    CONTRADICTION
                } else {
                    0
                }
            }
        }
    }

    /// Whether a text is a level-1 or level-2 word, one wrong character allowed.
    pub fn is_level(&self, text: &str) -> bool {
        let text = label(text);
        self.level1.contains(text.as_str())
            || self.level2.contains(text.as_str())
            || close_to(&self.level1, &text)
            || close_to(&self.level2, &text)
    }

    /// Whether a text is exactly a level-1 or level-2 word.
    pub fn is_level_word(&self, text: &str) -> bool {
        self.level1.contains(text) || self.level2.contains(text)
    }

    /// Whether a text is a word of the 依据, 赋分规则 or 佐证资料 columns.
    pub fn is_closing_word(&self, text: &str) -> bool {
        let text = label(text);
        [&self.basis, &self.rule, &self.evidence].iter().any(|set| set.contains(text.as_str()))
    }

    /// Whether a text says by itself that it is a target or a result.
    pub fn is_value(&self, text: &str) -> bool {
        self.value_strength(&label(text)) >= 20
    }

    /// Whether a text begins with a comparison, and what remains after it.
    pub fn after_comparator<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = &self.vocabulary.dump.comparators;
        words.iter().filter_map(|word| text.strip_prefix(word.as_str())).min_by_key(|rest| rest.len())
    }

    /// Whether a text is a mark that nothing belongs in its place.
    pub fn is_blank_mark(&self, text: &str) -> bool {
        self.vocabulary.dump.blanks.iter().any(|blank| blank == text)
    }

    /// Whether a column holds targets or results.
    pub fn is_value_column(&self, column: Column) -> bool {
        matches!(
            column,
            Column::Target | Column::InitialTarget | Column::Actual | Column::Previous | Column::BeforePrevious
        )
    }

    /// Whether a word ends a measured value.
    pub fn is_unit(&self, text: &str) -> bool {
        self.vocabulary.dump.units.iter().any(|unit| unit == text)
    }

    /// Whether a level's name is run together with other text.
    fn hides_level(&self, text: &str) -> bool {
        const LEAST_EXTRA: usize = 4;
        let length = text.chars().count();
        let starts = |word: &&&str| word.ends_with(&self.vocabulary.dump.level_ending) && text.contains(**word);
        self.level1.iter().chain(&self.level2).filter(starts).any(|word| word.chars().count() + LEAST_EXTRA <= length)
    }

    /// Whether a comparison stands inside a text, before a number.
    fn hides_comparison(&self, text: &str) -> bool {
        let signs = ['≥', '≤', '>', '<', '='];
        text.char_indices().any(|(at, c)| {
            let rest = text.get(at + c.len_utf8()..).unwrap_or_default().trim_start_matches('=');
            at > 0 && signs.contains(&c) && rest.starts_with(|c: char| c.is_ascii_digit())
        })
    }

    /// The level-1 word that a level-2 word belongs to, where the vocabulary knows it.
    pub fn family(&self, level2: &str) -> Option<&'v str> {
        let families = &self.vocabulary.dump.families;
        families
            .iter()
            .find(|family| family.level2.iter().any(|word| word == level2))
            .map(|family| family.level1.as_str())
    }

    /// A level word whose end was cut off, whole again.
    pub fn completed_level(&self, text: &str) -> Option<String> {
        let endings = &self.vocabulary.dump.fragments;
        let whole = |ending: &String| Some(format!("{text}{ending}")).filter(|word| self.is_level_word(word));
        if text.chars().count() < 3 || self.is_level_word(text) { None } else { endings.iter().find_map(whole) }
    }

    /// Whether a text is a fragment of a torn label.
    pub fn is_fragment(&self, text: &str) -> bool {
        self.vocabulary.dump.fragments.iter().any(|fragment| fragment == text)
    }

    fn is_word(&self, text: &str) -> bool {
        self.is_level_word(text) || self.is_closing_word(text)
    }

    fn is_sign(&self, text: &str) -> bool {
        self.vocabulary.dump.signs.iter().any(|sign| sign == text)
    }

    fn level_fit(&self, words: &HashSet<&str>, text: &str) -> i32 {
        let length = text.chars().count();
        let short = if text.ends_with(')') { text.split('(').next().unwrap_or_default() } else { text };
        if words.contains(text) || words.contains(short) {
            return CERTAIN;
        }
        if !self.is_level_word(text) && close_to(words, text) {
            return 30;
        }
        if self.is_closing_word(text) || self.value_strength(text) >= 20 || length > 14 {
            return -60;
        }
        match () {
            () if self.is_level_word(text) => -20,
            () if self.hides_level(text) => -CERTAIN,
            () => UNKNOWN_LEVEL,
        }
    }

    fn name_fit(&self, text: &str) -> i32 {
        let strength = self.value_strength(text);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        match () {
            () if self.is_closing_word(text) => -CERTAIN,
            () if self.is_level_word(text) && text.ends_with(&self.vocabulary.dump.level_ending) => -10,
            () if self.is_level_word(text) => 0,
            () if strength >= 20 && self.is_phrase(text) => -10,
            () if strength >= 20 => -30,
            () if letters < 2 => -CERTAIN,
            () if self.hides_level(text) || self.hides_comparison(text) => 5,
            () => 20,
        }
    }

    fn value_fit(&self, text: &str, long: i32) -> i32 {
        if self.is_word(text) {
            return -CERTAIN;
        }
        match self.value_strength(text) {
            0 if self.is_blank_mark(text) => 5,
            0 if text.chars().count() > 20 => long.min(-10),
            0 if text.chars().count() > 4 => -5,
            0 => 0,
            strength => strength,
        }
    }

    fn blank_fit(&self, text: &str) -> i32 {
        if self.is_blank_mark(text) { 20 } else { -CERTAIN }
    }

    fn word_fit(&self, words: &HashSet<&str>, text: &str, hints: &[String], hint_fit: i32) -> i32 {
        match () {
            () if words.contains(text) => CERTAIN,
            () if self.is_word(text) => -CERTAIN,
            () if close_to(words, text) => 30,
            () if self.is_blank_mark(text) => 0,
            () if self.value_strength(text) >= 20 => -30,
            () if hints.iter().any(|hint| text.contains(hint.as_str())) => hint_fit,
            () => -5,
        }
    }

    fn evidence_fit(&self, text: &str) -> i32 {
        let endings = &self.vocabulary.dump.evidence_endings;
        if !self.is_word(text) && endings.iter().any(|ending| text.ends_with(ending.as_str())) {
            return 30;
        }
        self.word_fit(&self.evidence, text, &[], 0)
    }

    fn unit_fit(&self, text: &str) -> i32 {
        match () {
            () if self.is_unit(text) || text == "%" => 30,
            () if text.chars().count() <= 8 && !text.chars().any(|c| c.is_ascii_digit()) && !self.is_word(text) => 5,
            () => CONTRADICTION,
        }
    }

    /// 30 for a measured value, 20 for a bare number or a qualitative phrase, 0 for anything else.
    pub fn value_strength(&self, text: &str) -> i32 {
        if let Some(rest) = self.after_comparator(text) {
            let bare = rest.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
            return match rest.len() {
                0 => 0,
                _ if bare => 27,
                _ => 30,
            };
        }
        let number: usize =
            text.chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).map(char::len_utf8).sum();
        let rest = &text[number..];
        match () {
            () if number > 0 && rest.is_empty() => 20,
            () if number > 0 && self.is_measure(rest) => 30,
            () if self.is_deadline(text) => 25,
            () if self.is_phrase(text) => 20,
            () => 0,
        }
    }

    fn is_measure(&self, rest: &str) -> bool {
        const LONGEST_UNIT: usize = 8;
        let is_date = rest.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c));
        let length = rest.chars().count();
        let ends = || self.vocabulary.dump.units.iter().any(|unit| rest.ends_with(unit.as_str()));
        rest.starts_with('%') && length <= 4
            || is_date
            || length <= LONGEST_UNIT && ends() && length <= 4
            || length <= LONGEST_UNIT && rest.contains('/')
    }

    fn is_deadline(&self, text: &str) -> bool {
        const LONGEST: usize = 24;
        let anchored = text.starts_with('每') || text.chars().any(|c| c.is_ascii_digit());
        anchored
            && text.chars().count() <= LONGEST
            && self.vocabulary.dump.deadline_endings.iter().any(|ending| text.ends_with(ending.as_str()))
    }

    fn is_phrase(&self, text: &str) -> bool {
        if text.chars().count() > 10 {
            return false;
        }
        let mut rest = text.to_owned();
        for phrase in self.vocabulary.dump.phrases.iter().filter(|phrase| text.contains(phrase.as_str())) {
            rest = rest.replace(phrase.as_str(), "");
        }
        rest.is_empty()
    }
}

/// Whether one character of a text is wrong, missing or too much for it to be one of the words.
fn close_to(words: &HashSet<&str>, text: &str) -> bool {
    let length = text.chars().count();
    let (first, last) = (text.chars().next(), text.chars().next_back());
    let touches = |word: &str| word.chars().next() == first || word.chars().next_back() == last;
    let near = |word: &&str| {
        word.chars().count().abs_diff(length) <= 1 && touches(word) && strsim::levenshtein(word, text) == 1
    };
    (4..=12).contains(&length) && words.iter().any(near)
}

/// The number that a text is, `分` allowed behind it.
pub(super) fn number(text: &str) -> Option<rust_decimal::Decimal> {
    let digits: String = text.trim_end_matches('分').chars().filter(|c| *c != ',').collect();
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn number_fit(text: &str, limit: u32) -> i32 {
    match number(text.trim_end_matches('%')) {
        Some(value) if value <= limit.into() => 30,
        Some(_) => CONTRADICTION,
        None => -60,
    }
}

fn rate_fit(text: &str) -> i32 {
    match number(text.trim_end_matches('%')) {
        Some(_) if text.ends_with('%') => 30,
        Some(_) => 5,
        None => -40,
    }
}
