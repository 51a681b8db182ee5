//! 名称 (name): whether two names mean the same project.

use crate::text::{fold, squeeze};
use crate::vocabulary::Vocabulary;

/// 名称相近程度
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One holds the other, or few letters differ.
    Alike,
    /// The same but for years, signs and such words as 项目.
    Same,
}

/// Whether two names are the same but for years, signs and such words as 项目.
pub fn same_name(left: &str, right: &str) -> bool {
    likeness(left, right) == Some(Likeness::Same)
}

/// How alike the names of two projects are; `None` where they may be two projects.
pub fn likeness(left: &str, right: &str) -> Option<Likeness> {
    Name::of(left).likeness(&Name::of(right))
}

/// 项目名: what of a name tells its project from others.
pub(super) struct Name {
    letters: String,
    numbers: Vec<String>,
    length: usize,
}

impl Name {
    pub fn of(name: &str) -> Name {
        let letters = letters(name);
        let length = letters.chars().count();
        Name { letters, numbers: numbers(name), length }
    }

    /// How alike two names are; `None` where they may be two projects.
    pub fn likeness(&self, other: &Name) -> Option<Likeness> {
        if self.length == 0 || other.length == 0 {
            return None;
        }
        if self.letters == other.letters {
            return Some(Likeness::Same);
        }
        let (short, long) = if self.length <= other.length { (self, other) } else { (other, self) };
        let near = short.length >= SHORTEST && short.length * 3 >= long.length * 2 && short.numbers == long.numbers;
        (near && is_subsequence(&short.letters, &long.letters)).then_some(Likeness::Alike)
    }
}

/// Shortest name that may stand for a longer one, in characters.
const SHORTEST: usize = 5;

/// Longest name that is compared, in characters.
const LONGEST: usize = 120;

/// A name without years, signs and words that make no other project of it.
fn letters(name: &str) -> String {
    let folded: String = squeeze(&fold(name)).chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect();
    let mut text = without_years(&folded);
    for noise in &Vocabulary::builtin().budget.project_noise {
        if let Some(shorter) = text.strip_suffix(noise.as_str()).filter(|shorter| shorter.chars().count() >= 4) {
            text = shorter.to_owned();
        }
    }
    text
}

/// A text without the years in front of it or before 年.
fn without_years(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..).unwrap_or_default();
        let is_year = digits == 4 && rest.starts_with("20");
        if is_year && (kept.is_empty() || after.starts_with('年')) {
            rest = after.strip_prefix("年度").or_else(|| after.strip_prefix('年')).unwrap_or(after);
            continue;
        }
        let length = digits.max(first.len_utf8());
        kept.push_str(rest.get(..length).unwrap_or_default());
        rest = rest.get(length..).unwrap_or_default();
    }
    kept
}

/// The numbers in a name, which tell one document or road from another.
fn numbers(name: &str) -> Vec<String> {
    let text = without_years(&squeeze(&fold(name)));
    text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether the letters of one name stand in another in the same order.
fn is_subsequence(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_signs_make_no_other_project() {
        assert_eq!(likeness("2022保优离医疗经费", "保优离医疗经费"), Some(Likeness::Same));
        assert_eq!(likeness("医保核查中心工作经费.", "核查中心工作经费"), Some(Likeness::Alike));
        assert_eq!(likeness("医保服务中心工作经费", "医保核查中心工作经费"), None);
        assert_eq!(likeness("道路维护一期", "道路维护二期"), None);
        assert_eq!(likeness("甲财社〔2023〕79号通知", "甲财社〔2023〕80号通知"), None);
    }
}
