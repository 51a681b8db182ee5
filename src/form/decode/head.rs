//! 表头区 (head): captions and labels in a line that also holds a table, or that holds a whole head.

use super::token::Token;
use crate::document::{Block, Paragraph};
use crate::vocabulary::Vocabulary;

/// Longer lines are looked through for a caption.
const LONG: usize = 80;

/// Whether a line is too long to be a caption or a label with its value.
pub(super) fn is_long(tokens: &[Token]) -> bool {
    tokens.iter().map(|token| token.text.chars().count()).sum::<usize>() > LONG
}

/// The pieces of a line: captions as paragraphs of their own, what is between them as running text.
pub(super) fn blocks(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<Block> {
    let line = tokens.first().map_or(0, |token| token.line);
    let mut out = Vec::new();
    let mut push = |text: &str| {
        if !text.trim().is_empty() {
            out.push(Block::Paragraph(Paragraph { text: text.trim().to_owned(), place: super::place(line) }));
        }
    };
    let mut text = String::new();
    for token in tokens {
        if !token.gap.is_cut() && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    let mut rest = text.as_str();
    while let Some((from, to)) = caption(rest, vocabulary) {
        push(rest.get(..from).unwrap_or_default());
        push(rest.get(from..to).unwrap_or_default());
        rest = rest.get(to..).unwrap_or_default();
    }
    push(rest);
    out
}

/// Longest caption, in characters.
const LONGEST_CAPTION: usize = 45;

/// Where the first caption of a text stands, with the year in brackets behind it.
fn caption(text: &str, vocabulary: &Vocabulary) -> Option<(usize, usize)> {
    for (at, ending) in text.match_indices('表') {
        let end = at + ending.len();
        let before = text.get(..end)?;
        let start = before
            .char_indices()
            .rev()
            .take(LONGEST_CAPTION)
            .find(|(_, c)| c.is_whitespace() || ",，。;；:：、|)）]】".contains(*c))
            .map_or(0, |(index, c)| index + c.len_utf8());
        let own = text.get(start..end)?;
        // 2022年12月30日绩效目标自评表: a date before the title is none of it.
        let dated = own.rfind("日").map_or(start, |day| start + day + "日".len());
        let start = if dated < end { dated } else { start };
        if vocabulary.form_kind(text.get(start..end)?).is_none() {
            continue;
        }
        let rest = text.get(end..)?;
        let trimmed = rest.trim_start();
        let bracket = trimmed.starts_with(['(', '（']).then(|| trimmed.find([')', '）'])).flatten();
        let year = bracket.filter(|close| *close < 40 && trimmed.contains('年'));
        let end = year.map_or(end, |close| {
            let sign = trimmed.get(close..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            end + (rest.len() - trimmed.len()) + close + sign
        });
        return Some((start, end));
    }
    None
}
