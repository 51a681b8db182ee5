//! 表尾 (end): where the rows of a table end, and the total below them.

use super::costs::Costs;
use super::fit::plain_number;
use super::token::Token;
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// 总分行: the tokens that it takes, its label and its figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Total {
    pub end: usize,
    pub line: usize,
    pub label: String,
    pub weight: Option<String>,
    pub score: Option<String>,
}

/// Whether the rows end before a token.
pub(super) fn ends(tokens: &[Token], at: usize, vocabulary: &Vocabulary, costs: &Costs) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    let text = label(&token.text);
    if token.gap.is_cut() {
        return costs.hard_ends.contains(&text);
    }
    let printed: String =
        token.text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '：' { ':' } else { c }).collect();
    let section = vocabulary.dump.section_starts.iter().any(|word| printed.starts_with(word.as_str()));
    let begins = section || costs.ends.iter().any(|word| printed.starts_with(word.as_str()));
    let ends = matches!(
        vocabulary.label(&text),
        Some(
            Label::Total
                | Label::Contact
                | Label::Remark
                | Label::Unit
                | Label::Project
                | Label::Authority
                | Label::Leader
                | Label::Executor
        )
    );
    begins || ends || vocabulary.form_kind(&token.text).is_some()
}

/// Most tokens behind the label that may be its figures.
const MOST_FIGURES: usize = 16;

/// The total that begins at a token, if it does.
pub(super) fn total(tokens: &[Token], at: usize, next: usize, vocabulary: &Vocabulary) -> Option<Total> {
    let first = tokens.get(at)?;
    let text = label(&first.text);
    if vocabulary.label(&text) != Some(Label::Total) {
        return None;
    }
    let mut figures: Vec<String> = Vec::new();
    let mut end = at + 1;
    for token in tokens.get(at + 1..next.min(at + 1 + MOST_FIGURES))? {
        let piece = label(&token.text);
        let part = piece.chars().all(|c| c.is_ascii_digit() || c == '.');
        match figures.last_mut() {
            Some(last) if part && token.gap.is_cut() => last.push_str(&piece),
            _ if part => figures.push(piece),
            Some(last) if piece == "分" && token.gap.is_cut() => last.push('分'),
            _ => break,
        }
        end += 1;
    }
    if let [both] = figures.as_slice()
        && let Some(rest) = both.strip_prefix("100").filter(|rest| plain_number(rest).is_some() && both.len() > 4)
    {
        figures = vec!["100".to_owned(), rest.to_owned()];
    }
    let sound = figures.iter().all(|figure| plain_number(figure.trim_end_matches('分')).is_some());
    let (weight, score) = match figures.as_slice() {
        [only] if sound && only == "100" => (Some(only.clone()), None),
        [only] if sound => (None, Some(only.clone())),
        [weight, score, ..] if sound => (Some(weight.clone()), Some(score.clone())),
        _ => return None,
    };
    Some(Total { end, line: first.line, label: first.text.clone(), weight, score })
}
