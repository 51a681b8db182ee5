//! 封闭词 (closed): words of which there are few: the unit behind a number, the headings and labels of a form.
//!
//! A character that was read with little certainty, or that no such cell has, is taken for another where that makes one
//! known word and no second. What was read stays beside it, and the cell is in doubt.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::model::Models;
use super::recognise::Reading;
use crate::vocabulary::Vocabulary;

/// 改读: a line read as a closed word, with what was read at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reread {
    pub text: String,
    /// The position of the character that was taken for another.
    pub at: usize,
    pub word: String,
}

/// A character of at least this probability stands, unless it is none of those that closed words are made of.
const CERTAIN: f32 = 0.99;

/// A shorter word differs from too many others by one character.
const SHORTEST: usize = 3;

static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let vocabulary = Vocabulary::builtin();
    let words = &vocabulary.words;
    let lists = [&words.level1, &words.level2, &words.basis, &words.rule, &words.evidence];
    let headings = vocabulary.headings().map(|(_, word)| word).chain(vocabulary.label_words());
    let all = lists.into_iter().flatten().map(String::as_str).chain(headings).chain(vocabulary.funds_headings());
    all.filter(|word| word.chars().count() >= SHORTEST).map(str::to_owned).collect()
});

/// The line as a closed word, where one character makes the difference; `before` is what stands above it in its cell.
pub(super) fn reread(before: &str, reading: &Reading) -> Option<Reread> {
    let letters: Vec<char> = reading.text().chars().collect();
    if letters.len() != reading.letters.len() {
        return None;
    }
    unit(before, &letters).or_else(|| word(reading, &letters))
}

/// 计量单位: what stands behind the last digit, where a number stands before it.
fn unit(before: &str, own: &[char]) -> Option<Reread> {
    let above = before.chars().count();
    let letters: Vec<char> = before.chars().chain(own.iter().copied()).collect();
    let end = letters.iter().rposition(char::is_ascii_digit)? + 1;
    let is_number = |c: &char| c.is_ascii_digit() || "<>=≤≥＜＞＝.,+-－≧≦ ".contains(*c);
    if !letters.get(..end)?.iter().all(is_number) {
        return None;
    }
    let tail = letters.get(end..)?;
    let start = end + tail.iter().take_while(|c| **c == ' ').count();
    let written: String = letters.get(start..)?.iter().collect();
    let units = &Vocabulary::builtin().dump.units;
    if written.is_empty() || units.contains(&written) {
        return None;
    }
    let looks = &Models::builtin().looks_like;
    let rewritten = |at: usize| -> Option<(usize, String)> {
        let read = letters.get(at)?;
        let meant = looks.iter().find(|(_, like)| like.contains(*read)).map(|(meant, _)| meant)?;
        let whole = letters.get(start..)?.iter().enumerate();
        let unit: String = whole.map(|(i, c)| if i + start == at { *meant } else { *c }).collect();
        units.contains(&unit).then_some((at, unit))
    };
    let (at, word) = (start.max(above)..letters.len()).find_map(rewritten)?;
    let whole = letters.iter().take(start).copied().chain(word.chars());
    Some(Reread { text: whole.skip(above).collect(), at: at - above, word })
}

/// A heading, label, level, rule name: the whole line but for one character.
fn word(reading: &Reading, letters: &[char]) -> Option<Reread> {
    let text: String = letters.iter().collect();
    if letters.len() < SHORTEST || WORDS.contains(&text) {
        return None;
    }
    let differing = |word: &&String| {
        let pairs: Vec<(usize, char)> = word.chars().enumerate().collect();
        let mut wrong = pairs.iter().filter(|(at, c)| letters.get(*at) != Some(c)).map(|(at, _)| *at);
        let at = if pairs.len() == letters.len() { wrong.next() } else { None };
        at.filter(|_| wrong.next().is_none())
    };
    let mut found = WORDS.iter().filter_map(|word| differing(&word).map(|at| (word, at)));
    let (word, at) = found.next()?;
    let letter = reading.letters.get(at)?;
    let is_strange = !letter.text.chars().all(char::is_alphanumeric);
    let may_be = letter.probability < CERTAIN || is_strange;
    (found.next().is_none() && may_be).then(|| Reread { text: word.clone(), at, word: word.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::recognise::Letter;
    use super::*;

    fn reading(text: &str, probability: f32) -> Reading {
        let letter = |c: char| Letter { text: c.to_string(), probability, other: None };
        Reading { letters: text.chars().map(letter).collect(), left_out: None }
    }

    #[test]
    fn a_unit_is_read_as_the_one_it_looks_like() {
        let text = |line: &str| reread("", &reading(line, 1.0)).map(|reread| reread.text);
        let below = reread("<=43.58万", &reading("兀", 1.0)).map(|reread| (reread.text, reread.word));
        assert_eq!(below, Some(("元".to_owned(), "万元".to_owned())));
        assert_eq!(text("<=43.58万π"), Some("<=43.58万元".to_owned()));
        assert_eq!(text(">=12入"), Some(">=12人".to_owned()));
        for line in ["<=43.58万元", "12箱", "第3页入", "2024年", "入"] {
            assert_eq!(text(line), None, "{line}");
        }
    }

    #[test]
    fn a_closed_word_is_restored_where_the_character_is_in_doubt_and_no_other_word_is_as_near() {
        let text = |line: &str, probability| reread("", &reading(line, probability)).map(|reread| reread.text);
        assert_eq!(text("按照完成比例#分", 1.0), Some("按照完成比例赋分".to_owned()));
        assert_eq!(text("按照完成#例#分", 0.6), None);
        assert_eq!(text("产岀指标", 0.6), Some("产出指标".to_owned()));
        assert_eq!(text("产岀指标", 1.0), None);
        assert_eq!(text("数量指标", 0.6), None);
    }
}
