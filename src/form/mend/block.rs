//! 表头区 (block): labels, values and funds lines of a form whose cells are wrapped over lines.

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::piece::Piece;
use super::stream::{Word, joined};
use crate::text::label;
use crate::vocabulary::{FundsColumn, Label};

/// Most words that one label is wrapped over.
const MOST_PARTS: usize = 6;

/// What stands in the block.
enum Token {
    Label(Piece),
    Heading(Piece),
    Line(Piece),
    Text(Vec<(String, usize, bool)>),
}

/// The rows of the block: a label with its value in each, the funds lines under their headings.
pub(super) fn rows(words: &[Word], lexicon: &Lexicon) -> Vec<Vec<Piece>> {
    let tokens = tokens(words, lexicon);
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let headings = tokens[at..].iter().take_while(|token| matches!(token, Token::Heading(_))).count();
        if headings > 1 {
            let row = rows.last_mut().filter(|row| row.len() == 1);
            let cells: Vec<&Piece> = tokens[at..at + headings].iter().filter_map(piece_of).collect();
            let named = cells.first().is_some_and(|piece| is_name(piece, lexicon));
            let first = if named { 1 } else { 2 };
            let placed =
                cells.into_iter().enumerate().map(|(index, piece)| Piece { position: index + first, ..piece.clone() });
            match row {
                Some(row) => row.extend(placed),
                None => rows.push(placed.collect()),
            }
            at += headings;
            continue;
        }
        at += take(&tokens[at..], &mut rows, lexicon);
    }
    rows
}

fn piece_of(token: &Token) -> Option<&Piece> {
    match token {
        Token::Label(piece) | Token::Heading(piece) | Token::Line(piece) => Some(piece),
        Token::Text(_) => None,
    }
}

/// Takes one row from the tokens; returns how many it used.
fn take(tokens: &[Token], rows: &mut Vec<Vec<Piece>>, lexicon: &Lexicon) -> usize {
    match tokens {
        [Token::Line(name), Token::Text(values), ..] => {
            let mut row = vec![Piece { position: 1, ..name.clone() }];
            let cells = values.iter().enumerate();
            row.extend(cells.map(|(index, (text, line, _))| Piece::new(index + 2, text.clone(), *line)));
            rows.push(row);
            2
        }
        [Token::Label(first), Token::Label(second), Token::Text(values), ..] if is_goal(second, lexicon) => {
            let (expected, achieved) = halves(values, &lexicon.vocabulary.dump.achievement_starts);
            let row = [first.clone(), second.clone()].into_iter().enumerate();
            rows.push(row.map(|(index, piece)| Piece { position: index + 1, ..piece }).collect());
            let line = values.first().map_or(0, |(_, line, _)| *line);
            let texts = [expected, achieved].into_iter().enumerate();
            rows.push(texts.map(|(index, text)| Piece::new(index + 1, text, line)).collect());
            3
        }
        [Token::Label(name), Token::Text(values), ..] => {
            let text: String = values.iter().map(|(text, _, _)| text.as_str()).collect();
            let line = values.first().map_or(0, |(_, line, _)| *line);
            rows.push(vec![name.clone(), Piece::new(1, text, line)]);
            2
        }
        [Token::Text(values), ..] => {
            rows.push(
                values.iter().enumerate().map(|(at, (text, line, _))| Piece::new(at, text.clone(), *line)).collect(),
            );
            1
        }
        [token, ..] => {
            rows.extend(piece_of(token).map(|piece| vec![Piece { position: 0, ..piece.clone() }]));
            1
        }
        [] => 1,
    }
}

fn is_name(piece: &Piece, lexicon: &Lexicon) -> bool {
    lexicon.vocabulary.funds_column(&piece.text) == Some(FundsColumn::Name)
}

fn is_goal(piece: &Piece, lexicon: &Lexicon) -> bool {
    lexicon.vocabulary.label(&piece.text) == Some(Label::GoalAchieved)
}

/// Two texts that follow each other: the second begins as reports of achievement do, else the first ends where a line is
/// not filled.
fn halves(values: &[(String, usize, bool)], achievement_starts: &[String]) -> (String, String) {
    let mut lines: Vec<String> = Vec::new();
    for (text, _, starts) in values {
        match lines.last_mut() {
            Some(line) if !starts => line.push_str(text),
            _ => lines.push(text.clone()),
        }
    }
    let length = |line: &String| line.chars().count();
    let widest = lines.iter().map(length).max().unwrap_or(0);
    let reports = |line: &String| {
        let undated = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['年', '度']);
        achievement_starts.iter().any(|start| line.starts_with(start.as_str()) || undated.starts_with(start.as_str()))
    };
    let reported = lines.iter().skip(1).position(reports).map(|at| at + 1);
    let short = || lines.iter().position(|line| length(line) * 10 < widest * 8).map(|at| at + 1);
    let end = reported.or_else(short).unwrap_or(lines.len());
    let (first, second) = lines.split_at(end.min(lines.len()));
    (first.concat(), second.concat())
}

/// The words of a header block.
struct Known<'a> {
    headings: HashSet<&'a str>,
    lines: HashSet<&'a str>,
    labels: &'a HashSet<&'a str>,
}

impl Known<'_> {
    /// What a text is, if it is a word of the block.
    fn token(&self, text: &str, line: usize) -> Option<Token> {
        let known = label(text);
        let short = if known.ends_with(')') { known.split('(').next().unwrap_or_default() } else { &known };
        let is = |set: &HashSet<&str>| set.contains(known.as_str()) || set.contains(short);
        let piece = Piece::new(0, text, line);
        match () {
            () if is(&self.headings) => Some(Token::Heading(piece)),
            () if is(&self.lines) => Some(Token::Line(piece)),
            () if is(self.labels) => Some(Token::Label(piece)),
            () => None,
        }
    }
}

fn tokens(words: &[Word], lexicon: &Lexicon) -> Vec<Token> {
    let known = Known {
        headings: lexicon.vocabulary.funds_headings().collect(),
        lines: lexicon.vocabulary.funds_line_words().collect(),
        labels: &lexicon.labels,
    };
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let alone = |at: usize| words.get(at).is_some_and(|word| known.token(word.text, word.line).is_some());
        let most = if alone(at) && alone(at + 1) { 1 } else { MOST_PARTS.min(words.len() - at) };
        let found = (1..=most).rev().find_map(|parts| {
            let text = joined(words.get(at..at + parts)?);
            known.token(&text, word.line).map(|token| (token, parts))
        });
        match (found, tokens.last_mut()) {
            (Some((token, parts)), _) => {
                tokens.push(token);
                at += parts;
            }
            (None, Some(Token::Text(text))) => {
                text.push((word.text.to_owned(), word.line, word.starts));
                at += 1;
            }
            (None, _) => {
                tokens.push(Token::Text(vec![(word.text.to_owned(), word.line, word.starts)]));
                at += 1;
            }
        }
    }
    tokens
}
