//! 指标值用词 (value words): comparator words, units and multipliers, as `rules/values.yaml` has them.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Comparator, Period};
use crate::text::{fold, squeeze};

/// The built-in words.
///
/// A test reads them, so they cannot fail in a released program.
pub(super) fn words() -> &'static ValueWords {
    static WORDS: OnceLock<ValueWords> = OnceLock::new();
    WORDS.get_or_init(|| match ValueWords::parse("rules/values.yaml", include_str!("../../rules/values.yaml")) {
        Ok(words) => words,
        Err(error) => unreachable!("{error}"),
    })
}

/// A word file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum WordsError {
    #[error("用词表 {file} 无法读取：{source}")]
    Unreadable { file: String, source: serde_yaml::Error },
    #[error("用词表 {file} 中的比较符号“{sign}”不认识，应为 >= <= > < = ~ 之一")]
    UnknownSign { file: String, sign: String },
}

/// 指标值用词, indexed for reading.
#[derive(Debug)]
pub(super) struct ValueWords {
    /// Words before a number with the mark that stands for them in the grammar; `None` for words that say nothing.
    pub before: WordIndex<Lead>,
    /// Words after a number.
    pub after: WordIndex<char>,
    /// Words after a unit of time.
    pub after_time: WordIndex<char>,
    pub inclusive: Vec<String>,
    /// Characters and words that, before a number, may turn its meaning.
    not_in_labels: Vec<String>,
    /// Endings of names whose value follows; nothing inside such a name turns its meaning.
    label_endings: Vec<String>,
    /// Characters that, in words after a percentage, may turn its meaning.
    pub not_after_percent: Vec<String>,
    pub between: Vec<String>,
    pub due: Vec<String>,
    /// What may follow a quantity as a sentence of its own and only says that it is done.
    pub done: HashSet<String>,
    /// Names with digits or letters whose value follows, the longest first: PM2.5.
    pub named: Vec<String>,
    /// Counters of what comes again: 次, 场.
    pub repeated: Vec<String>,
    /// Words for the whole: 全覆盖.
    pub whole: HashSet<String>,
    /// What is none of after 零 or 无: 事故.
    pub zero_of: HashSet<String>,
    pub missing: HashSet<String>,
    pub qualitative: HashSet<String>,
    pub not_in_units: Vec<String>,
    pub multipliers: Vec<Multiplier>,
    /// Every spelling of a unit, with the number of its [`Unit`].
    spellings: HashMap<String, usize>,
    units: Vec<Unit>,
    pub ordinal: HashSet<String>,
    similar: Vec<HashSet<String>>,
    pub periods: Vec<PeriodWords>,
    /// Length in characters of the longest spelling of a unit.
    pub longest_unit: usize,
}

/// What a word before a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// A comparator or a change; the character stands for it in the grammar.
    Mark(char),
    /// A word that leaves the number as it is: 达到.
    Neutral,
    /// A verb that needs a number with a known unit after it: 培训.
    Act,
}

/// 倍数
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Multiplier {
    pub word: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub factor: Decimal,
}

/// 单位 in canonical spelling.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    #[serde(rename = "unit")]
    pub name: String,
    #[serde(default)]
    also: Vec<String>,
    /// Units of one dimension convert into each other.
    #[serde(default)]
    pub dimension: Option<String>,
    /// How many of the dimension's smallest unit one is.
    #[serde(default = "one", with = "rust_decimal::serde::str")]
    pub factor: Decimal,
}

fn one() -> Decimal {
    Decimal::ONE
}

/// 周期 with the words for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodWords {
    pub period: Period,
    pub words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    before: HashMap<String, Vec<String>>,
    after: HashMap<String, Vec<String>>,
    after_time: Vec<String>,
    inclusive: Vec<String>,
    leads: Vec<String>,
    acts: Vec<String>,
    rise: Vec<String>,
    fall: Vec<String>,
    not_in_labels: Vec<String>,
    label_endings: Vec<String>,
    not_after_percent: Vec<String>,
    between: Vec<String>,
    due: Vec<String>,
    done: Vec<String>,
    named: Vec<String>,
    repeated: Vec<String>,
    whole: Vec<String>,
    zero_of: Vec<String>,
    missing: Vec<String>,
    qualitative: Vec<String>,
    not_in_units: Vec<String>,
    multipliers: Vec<Multiplier>,
    units: Vec<Unit>,
    counters: Vec<String>,
    ordinal: Vec<String>,
    similar: Vec<Vec<String>>,
    periods: Vec<PeriodWords>,
}

impl ValueWords {
    /// Reads the words from YAML; `file` is named in the error.
    pub fn parse(file: &str, yaml: &str) -> Result<ValueWords, WordsError> {
        let read: WordFile =
            serde_yaml::from_str(yaml).map_err(|source| WordsError::Unreadable { file: file.to_owned(), source })?;
        let unknown = |sign: &String| WordsError::UnknownSign { file: file.to_owned(), sign: sign.clone() };
        let mut before = WordIndex::default();
        let mut after = WordIndex::default();
        for (sign, list) in &read.before {
            let comparator = Comparator::from_sign(sign).ok_or_else(|| unknown(sign))?;
            before.extend(list, Lead::Mark(mark_before(comparator)));
        }
        for (sign, list) in &read.after {
            let comparator = Comparator::from_sign(sign).ok_or_else(|| unknown(sign))?;
            after.extend(list, mark_after(comparator));
        }
        before.extend(&read.rise, Lead::Mark('↗'));
        before.extend(&read.fall, Lead::Mark('↘'));
        before.extend(&read.acts, Lead::Act);
        before.extend(&read.leads, Lead::Neutral);
        let mut after_time = WordIndex::default();
        after_time.extend(&read.after_time, mark_after(Comparator::AtMost));
        Ok(Self::index(read, before, after, after_time))
    }

    fn index(read: WordFile, before: WordIndex<Lead>, after: WordIndex<char>, after_time: WordIndex<char>) -> Self {
        let mut units = read.units;
        let counters = read.counters.into_iter();
        units.extend(counters.map(|name| Unit { name, also: Vec::new(), dimension: None, factor: Decimal::ONE }));
        let mut spellings = HashMap::new();
        for (number, unit) in units.iter().enumerate() {
            for spelling in std::iter::once(&unit.name).chain(&unit.also) {
                spellings.entry(squeeze(&fold(spelling))).or_insert(number);
            }
        }
        let mut named = read.named;
        named.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let longest_unit = spellings.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        let mut multipliers = read.multipliers;
        multipliers.sort_by_key(|multiplier| std::cmp::Reverse(multiplier.word.chars().count()));
        ValueWords {
            before,
            after,
            after_time,
            inclusive: read.inclusive,
            not_in_labels: read.not_in_labels,
            label_endings: read.label_endings,
            not_after_percent: read.not_after_percent,
            between: read.between,
            due: read.due,
            done: read.done.into_iter().collect(),
            named,
            repeated: read.repeated,
            whole: read.whole.into_iter().collect(),
            zero_of: read.zero_of.into_iter().collect(),
            missing: read.missing.iter().map(|word| squeeze(&fold(word)).to_lowercase()).collect(),
            qualitative: read.qualitative.into_iter().collect(),
            not_in_units: read.not_in_units,
            multipliers,
            spellings,
            units,
            ordinal: read.ordinal.into_iter().collect(),
            similar: read.similar.into_iter().map(|group| group.into_iter().collect()).collect(),
            periods: read.periods,
            longest_unit,
        }
    }

    /// The unit that a spelling stands for.
    pub fn unit(&self, spelling: &str) -> Option<&Unit> {
        self.spellings.get(spelling).and_then(|number| self.units.get(*number))
    }

    /// Whether two different units are so close in meaning that one may have been meant for the other.
    pub fn similar(&self, one: &str, other: &str) -> bool {
        self.similar.iter().any(|group| group.contains(one) && group.contains(other))
    }

    /// A word in the name before a number that may turn the meaning of the number.
    pub fn turns_meaning(&self, label: &str) -> Option<&str> {
        if self.names_figure(label) && !label.contains(['每', '第']) {
            return None;
        }
        self.not_in_labels.iter().map(String::as_str).find(|word| label.contains(word))
    }

    /// Whether words name a figure: 合格率, 投诉次数.
    pub fn names_figure(&self, label: &str) -> bool {
        self.label_endings.iter().any(|ending| label.ends_with(ending.as_str()))
    }

    /// The period that a word names.
    pub fn period(&self, word: &str) -> Option<Period> {
        self.periods.iter().find(|period| period.words.iter().any(|known| known == word)).map(|found| found.period)
    }
}

/// The character that stands for a comparator before a number.
pub(super) fn mark_before(comparator: Comparator) -> char {
    match comparator {
        Comparator::AtLeast => '≥',
        Comparator::AtMost => '≤',
        Comparator::MoreThan => '>',
        Comparator::LessThan => '<',
        Comparator::Equal => '=',
        Comparator::About => '≈',
    }
}

/// The character that stands for a comparator after a number.
fn mark_after(comparator: Comparator) -> char {
    match comparator {
        Comparator::AtLeast | Comparator::MoreThan => '⇧',
        Comparator::AtMost | Comparator::LessThan => '⇩',
        Comparator::Equal | Comparator::About => '≈',
    }
}

/// Words by their first character, the longest first.
#[derive(Debug)]
pub(super) struct WordIndex<T> {
    by_first: HashMap<char, Vec<(Vec<char>, T)>>,
}

impl<T> Default for WordIndex<T> {
    fn default() -> Self {
        WordIndex { by_first: HashMap::new() }
    }
}

impl<T: Copy> WordIndex<T> {
    fn extend(&mut self, words: &[String], meaning: T) {
        for word in words {
            let chars: Vec<char> = squeeze(&fold(word)).chars().collect();
            let Some(first) = chars.first() else { continue };
            let list = self.by_first.entry(*first).or_default();
            list.push((chars, meaning));
            list.sort_by_key(|(chars, _)| std::cmp::Reverse(chars.len()));
        }
    }

    /// The words that stand at the start of `text`, the longest first, each with its length in characters.
    pub fn matches<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = (usize, T)> + 'a {
        let list = text.first().and_then(|first| self.by_first.get(first)).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter(|(word, _)| text.starts_with(word)).map(|(word, meaning)| (word.len(), *meaning))
    }

    /// The longest word at the start of `text`.
    pub fn longest(&self, text: &[char]) -> Option<(usize, T)> {
        self.matches(text).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_words_read() {
        let words = words();
        assert_eq!(words.unit("㎡").map(|unit| unit.name.as_str()), Some("平方米"));
        assert_eq!(words.unit("工作日").map(|unit| unit.name.as_str()), Some("个工作日"));
        assert!(words.similar("人", "人次"));
    }

    #[test]
    fn an_unknown_sign_is_named() {
        let yaml = include_str!("../../rules/values.yaml").replacen("\">=\":", "\"=>\":", 1);
        let error = ValueWords::parse("我的用词.yaml", &yaml).unwrap_err();
        assert_eq!(error.to_string(), "用词表 我的用词.yaml 中的比较符号“=>”不认识，应为 >= <= > < = ~ 之一");
    }
}
