//! 栏目顺序 (schema): the columns of a table, from its heading wherever and however it is printed.

use super::token::{Gap, Token};
use super::words::Words;
use crate::form::Column;
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// 表头: the columns in their order, and the tokens it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schema {
    pub start: usize,
    pub end: usize,
    /// The columns with their headings as printed.
    pub columns: Vec<(Column, String)>,
}

/// Most tokens that one heading may be broken into.
const MOST_PIECES: usize = 6;
/// Longest cell between two headings that is taken for an unknown heading, in characters.
const LONGEST_UNKNOWN: usize = 14;

/// Every heading in the tokens, in order.
pub(super) fn schemas(tokens: &[Token], words: &Words, vocabulary: &Vocabulary) -> Vec<Schema> {
    let folded: Vec<String> = tokens.iter().map(|token| label(&token.text)).collect();
    let reader = Reader { tokens, folded: &folded, words, vocabulary };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.schema(at) {
            Some(schema) => {
                at = schema.end;
                found.push(schema);
            }
            None => at += 1,
        }
    }
    found
}

struct Reader<'a> {
    tokens: &'a [Token],
    folded: &'a [String],
    words: &'a Words,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn schema(&self, start: usize) -> Option<Schema> {
        let mut columns: Vec<(Column, String)> = Vec::new();
        let mut at = start;
        let mut unknown = 0;
        while at < self.tokens.len() {
            if let Some((column, length)) = self.heading(at) {
                columns.push((column, self.printed(at, length)));
                at += length;
            } else if let Some((found, length)) = self.two_lines(at) {
                columns.extend(found);
                at += length;
            } else if let Some((column, length)) = self.near_heading(at).filter(|_| !columns.is_empty()) {
                columns.push((column, self.printed(at, length)));
                at += length;
            } else if columns.len() >= 2 && unknown < 2 && self.is_unknown_heading(at) {
                unknown += 1;
                columns.push((Column::Remark, self.printed(at, 1)));
                at += 1;
            } else if !columns.is_empty() && self.is_addition(at) {
                at += 1;
            } else {
                break;
            }
            if columns.len() > 40 {
                break;
            }
        }
        let columns = settle(columns);
        let has = |wanted| columns.iter().any(|(column, _)| *column == wanted);
        let values = has(Column::Target) || has(Column::Actual) || has(Column::Weight);
        let named = has(Column::Name) || has(Column::Level1) && has(Column::Level2);
        (columns.len() >= 3 && named && values).then_some(Schema { start, end: at, columns })
    }

    fn printed(&self, at: usize, length: usize) -> String {
        self.tokens.iter().skip(at).take(length).map(|token| token.text.as_str()).collect()
    }

    /// The heading that begins at a token, over as many tokens as it takes.
    fn heading(&self, at: usize) -> Option<(Column, usize)> {
        let own = self.folded.get(at)?;
        if own.is_empty() {
            return None;
        }
        let mut best = None;
        let mut joined = String::new();
        for length in 1..=MOST_PIECES {
            let Some(piece) = self.folded.get(at + length - 1) else { break };
            joined.push_str(piece);
            if joined.chars().count() > 30 {
                break;
            }
            if let Some(column) = self.words.exact_heading(&joined) {
                best = Some((column, length));
            }
        }
        best
    }

    /// 偏差原因及拟采取的改进措施: a heading known by the words in it, where it is a cell of its own.
    fn near_heading(&self, at: usize) -> Option<(Column, usize)> {
        let mut joined = String::new();
        let mut near = None;
        for length in 1..=MOST_PIECES {
            let Some(piece) = self.folded.get(at + length - 1) else { break };
            if length > 1 && self.tokens.get(at + length - 1).is_some_and(|token| token.gap == Gap::Bar) {
                break;
            }
            joined.push_str(piece);
            if joined.chars().count() > 22 || self.words.is_level(piece) {
                break;
            }
            if near.is_none() {
                near = self.vocabulary.column(&joined).map(|column| (column, length));
            }
        }
        let (column, mut length) = near?;
        // The rest of a long heading behind its telling words.
        while self.tokens.get(at + length).is_some_and(|token| !token.opens_line && token.gap.is_cut())
            && self
                .folded
                .get(at + length)
                .is_some_and(|text| !self.words.is_level(text) && text.chars().all(char::is_alphabetic))
            && self.words.exact_heading(self.folded.get(at + length)?).is_none()
        {
            length += 1;
        }
        Some((column, length))
    }

    /// `年度 实际` above `指标值 完成值`: the unknown cells of a line, each made whole by one of the next line.
    fn two_lines(&self, at: usize) -> Option<(Vec<(Column, String)>, usize)> {
        const MOST_CELLS: usize = 12;
        let line = self.tokens.get(at)?.line;
        let count = self.tokens.get(at..)?.iter().take(MOST_CELLS + 1).take_while(|token| token.line == line).count();
        let second = at + count;
        let below_line = self.tokens.get(second)?.line;
        let below =
            self.tokens.get(second..)?.iter().take(MOST_CELLS + 1).take_while(|token| token.line == below_line).count();
        if count > MOST_CELLS || below == 0 || below > count {
            return None;
        }
        let mut columns = Vec::new();
        let mut used = 0;
        for index in at..second {
            let own = self.folded.get(index)?;
            if let Some(column) = self.words.exact_heading(own).or_else(|| self.vocabulary.column(own)) {
                columns.push((column, self.printed(index, 1)));
                continue;
            }
            let other = self.folded.get(second + used).filter(|_| used < below)?;
            let whole = format!("{own}{other}");
            columns.push((self.words.exact_heading(&whole)?, whole));
            used += 1;
        }
        (used == below).then_some((columns, count + below))
    }

    /// A short cell between two known headings.
    fn is_unknown_heading(&self, at: usize) -> bool {
        let Some(text) = self.folded.get(at) else { return false };
        let own = self.tokens.get(at).is_some_and(|token| matches!(token.gap, Gap::Bar | Gap::Line | Gap::Wide));
        let short = (2..=LONGEST_UNKNOWN).contains(&text.chars().count());
        let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '/' | '、'));
        let follows = self.heading(at + 1).is_some()
            && self.tokens.get(at + 1).is_some_and(|token| matches!(token.gap, Gap::Bar | Gap::Line | Gap::Wide));
        own && short && plain && follows && !self.words.is_level(text) && self.vocabulary.label(text).is_none()
    }

    /// `(A)`, `(90分)` behind a heading.
    fn is_addition(&self, at: usize) -> bool {
        self.folded.get(at).is_some_and(|text| {
            text.starts_with('(') && text.ends_with(')') && text.chars().count() <= 12
                || matches!(text.as_str(), "A" | "B" | "及单位")
        })
    }
}

/// The columns below the block's label, each once, with the levels before the values.
fn settle(mut columns: Vec<(Column, String)>) -> Vec<(Column, String)> {
    let level = columns.iter().position(|(column, _)| matches!(column, Column::Level1 | Column::Level2));
    if let Some(first) = level {
        let vocabulary = Vocabulary::builtin();
        let mut before: Vec<_> = columns.drain(..first).collect();
        before.retain(|(column, text)| {
            let side = vocabulary.is_label(text, Label::Indicators) || *column == Column::Name;
            !side && (*column != Column::Group || !vocabulary.is_label(text, Label::Goal))
        });
        // A heading of two levels printed upper level first: the levels stand left of the values.
        let (lead, values): (Vec<_>, Vec<_>) =
            before.into_iter().partition(|(column, _)| matches!(column, Column::Group | Column::Number));
        columns.splice(0..0, lead);
        columns.extend(values);
    }
    let mut seen = Vec::new();
    columns.retain(|(column, _)| {
        let fresh = !seen.contains(column);
        seen.push(*column);
        fresh
    });
    columns
}
