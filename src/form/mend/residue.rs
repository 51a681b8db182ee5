//! 残留 (residue): signs that scanning misread and markup that a cell kept.

use super::lexicon::Lexicon;
use crate::text::squeeze;
use crate::vocabulary::{DumpWords, Replacement};

pub(super) const MARKUP: &str = "公式或网页标记残留已清除";
pub(super) const SIGN: &str = "误识的比较符号已还原";
pub(super) const DIGIT: &str = "误识为数字的比较符号已按同一指标的其他值还原";

/// The text without residue of formulas and tags; `None` where there is none.
pub(super) fn without_markup(text: &str, words: &DumpWords) -> Option<String> {
    let mut out = without_bookmarks(without_tags(text, &words.tags), &words.bookmarks);
    let is_formula = out.contains('\\') || out.matches('$').count() > 1;
    if is_formula {
        for Replacement { printed, read } in &words.formula_residue {
            out = out.replace(printed.as_str(), read);
        }
        if out.matches('$').count() > 1 {
            out.retain(|c| c != '$');
        }
    }
    (out != text).then(|| out.trim().to_owned())
}

/// Drops `[bookmark: _GoBack]` and the like, which converters of word processor files leave behind.
fn without_bookmarks(mut text: String, openings: &[String]) -> String {
    for opening in openings {
        while let Some(at) = text.find(opening.as_str()) {
            let Some(end) = text.get(at..).and_then(|rest| rest.find(']')) else { break };
            text.replace_range(at..=at + end, "");
        }
    }
    text
}

/// Drops `<p>`, `</p>`, `<br/>`, `<span style=…>` and the like; any other `<` stays.
fn without_tags(text: &str, tags: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match tag_length(from, tags) {
            Some(length) => rest = from.get(length..).unwrap_or_default(),
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The length of the tag that a text begins with.
fn tag_length(text: &str, tags: &[String]) -> Option<usize> {
    const LONGEST: usize = 200;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inner = text.get(1..end)?.trim().trim_start_matches('/').trim();
    let name = inner.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let follows = inner.get(name.len()..)?;
    let ends = follows.is_empty() || follows.starts_with([' ', '/']);
    (ends && tags.iter().any(|tag| tag.eq_ignore_ascii_case(name))).then_some(end + 1)
}

/// The value with misread signs before its numbers restored; `None` where there is none.
pub(super) fn with_signs(text: &str, words: &DumpWords) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        let sign = words.value_signs.iter().find(|sign| rest.starts_with(sign.printed.as_str()));
        let after = sign.and_then(|sign| rest.strip_prefix(sign.printed.as_str()));
        let numeric = after.is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        match sign {
            Some(sign) if numeric && !is_quotation(&out, rest) => {
                out.push_str(&sign.read);
                rest = rest.get(sign.printed.len()..).unwrap_or_default();
                changed = true;
            }
            _ => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    changed.then_some(out)
}

/// Whether a book title is open before the sign, or closed after it.
fn is_quotation(before: &str, from: &str) -> bool {
    let opened = before.matches('《').count() > before.matches('》').count();
    opened || from.starts_with('《') && from.contains('》')
}

/// The value with a sign for its first digit, where another value of the same indicator proves it: `290%` beside `≥90%`.
pub(super) fn with_proven_sign<'t>(
    text: &str,
    mut others: impl Iterator<Item = &'t str>,
    lexicon: &Lexicon,
) -> Option<String> {
    let text = squeeze(text);
    let signs = &lexicon.vocabulary.dump.sign_digits;
    let candidates = signs.iter().filter_map(|sign| {
        let rest = text.strip_prefix(sign.printed.as_str())?;
        (rest.ends_with('%') && rest.starts_with(|c: char| c.is_ascii_digit())).then(|| format!("{}{rest}", sign.read))
    });
    let candidates: Vec<String> = candidates.collect();
    others.find_map(|other| candidates.iter().find(|candidate| **candidate == squeeze(other)).cloned())
}
