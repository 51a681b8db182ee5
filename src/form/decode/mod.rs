//! 解读 (decode): any text of a form made into tables, by the cheapest way to place its words under the headings.
//!
//! The text is cut into tokens with the kind of gap before each; a heading gives the columns, or several orders of columns
//! compete where none is printed; the cheapest assignment of tokens to columns gives the rows. What every choice costs is
//! data (`rules/decoder.yaml`), and no cost is about a document. The result is a grid under its heading, so that
//! [`crate::form::find()`] stays the only one to recognise forms.

mod choose;
mod costs;
mod end;
mod fit;
mod grid;
mod head;
mod path;
mod schema;
mod token;
mod words;

use rust_decimal::Decimal;

use crate::document::{Block, Paragraph, Place};
use crate::vocabulary::Vocabulary;

pub use costs::{Costs, CostsError};
pub(in crate::form) use fit::holds_bound;

use path::Lattice;
use schema::Schema;
use token::{Line, Token};
use words::Words;

/// 解读结果: the blocks of the text with its tables, and what is worth knowing about them.
#[derive(Debug, Default)]
pub(in crate::form) struct Decoded {
    pub blocks: Vec<Block>,
    /// Where a table was read without a heading, and the like: the line and the note, in Chinese.
    pub notes: Vec<(usize, String)>,
    /// Where the weights fall short by what an execution line carries; nothing to say where that line was read elsewhere.
    pub short: Vec<(usize, String)>,
    pub trace: Vec<String>,
}

/// Most tokens that are read under one heading, and in the whole of a text; what is beyond stays text.
const MOST_TOKENS: usize = 6_000;
const MOST_READ: usize = 120_000;
/// Most tokens of a row whose levels were cut off.
const MOST_BEFORE: usize = 12;
/// By so many tokens the orders of columns are compared.
const MOST_SAMPLED: usize = 500;
/// A text without a heading must name this many levels to be read.
const LEAST_LEVELS: usize = 3;

/// Reads a text; the blocks are those of the text with every table in its place.
pub(in crate::form) fn decode(paragraphs: &[&Paragraph], vocabulary: &Vocabulary, costs: &Costs) -> Decoded {
    let words = Words::new(vocabulary, costs);
    let lines: Vec<Line> = paragraphs
        .iter()
        .enumerate()
        .map(|(index, paragraph)| Line { number: paragraph.place.line.unwrap_or(index + 1), text: &paragraph.text })
        .collect();
    let tokens = token::tokens(&lines, &words);
    let schemas = schema::schemas(&tokens, &words, vocabulary);
    let mut decoder =
        Decoder { tokens: &tokens, words: &words, costs, vocabulary, paragraphs, out: Decoded::default(), read: 0 };
    if schemas.is_empty() {
        decoder.without_heading();
    } else {
        decoder.under_headings(&schemas);
    }
    decoder.out
}

struct Decoder<'a> {
    tokens: &'a [Token],
    words: &'a Words,
    costs: &'a Costs,
    vocabulary: &'a Vocabulary,
    paragraphs: &'a [&'a Paragraph],
    out: Decoded,
    /// How many tokens were read under headings so far.
    read: usize,
}

impl Decoder<'_> {
    fn under_headings(&mut self, schemas: &[Schema]) {
        let mut from = 0;
        for (index, schema) in schemas.iter().enumerate() {
            let next = schemas.get(index + 1).map_or(self.tokens.len(), |next| next.start);
            if schema.start < from || self.read > MOST_READ {
                continue;
            }
            let end = self.end(schema.end, next);
            let Some(body) = self.tokens.get(schema.end..end).filter(|body| !body.is_empty()) else { continue };
            self.read += body.len();
            let columns = schema.columns.iter().map(|(column, _)| *column).collect();
            let lattice = Lattice::new(body, columns, self.words, self.costs);
            let chosen = choose::rows(&lattice, body.len(), self.costs);
            let line = self.tokens.get(schema.start).map_or(0, |token| token.line);
            let cost = choose::mean_cost(&lattice, &chosen);
            self.out.trace.push(format!("第{line}行起：按表头解读，{}行，每行代价{cost}", chosen.len()));
            if cost > self.costs.hopeless || !chosen.iter().any(|row| lattice.is_indicator(&row.reading)) {
                continue;
            }
            self.text(from, schema.start);
            let total = end::total(self.tokens, end, next, self.vocabulary);
            let (table, loose) = grid::table(&lattice, schema, &chosen, total.as_ref(), line, self.vocabulary);
            self.say_loose(line, &loose);
            self.check_weights(line, choose::weights(&lattice, &chosen), total.as_ref());
            self.out.blocks.push(Block::Table(table));
            from = total.map_or(end, |total| total.end);
        }
        self.text(from, self.tokens.len());
    }

    /// Where the rows below a heading end.
    fn end(&self, from: usize, next: usize) -> usize {
        let most = next.min(from + MOST_TOKENS);
        let rows_ended = |at: &usize| end::ends(self.tokens, *at, self.vocabulary, self.costs);
        (from + 1..most).find(rows_ended).unwrap_or(most)
    }

    /// A text that begins inside a table: the known orders of columns compete.
    fn without_heading(&mut self) {
        let is_own =
            |token: &Token| self.words.is_level(&crate::text::label(&token.text)) && token.text.chars().count() > 3;
        let levels: Vec<usize> =
            self.tokens.iter().enumerate().filter(|(_, token)| is_own(token)).map(|(index, _)| index).collect();
        let (Some(mut first), true) = (levels.first().copied(), levels.len() >= LEAST_LEVELS) else {
            return self.text(0, self.tokens.len());
        };
        // Levels in cells of their own speak for a table; a sentence may name some as well.
        let apart =
            |at: usize| self.tokens.get(at).is_none_or(|token| token.gap == token::Gap::Bar || token.opens_line);
        let celled = levels.iter().filter(|at| apart(**at) && apart(**at + 1)).count() >= LEAST_LEVELS;
        // Without its first level the first row is still one.
        if celled && first <= MOST_BEFORE {
            first = 0;
        }
        let end = self.end(first, self.tokens.len());
        let body = self.tokens.get(first..end).unwrap_or_default();
        let mut best: Option<(i32, &Vec<crate::form::Column>)> = None;
        let sample = body.get(..MOST_SAMPLED.min(body.len())).unwrap_or_default();
        for columns in &self.costs.schemas {
            let lattice = Lattice::new(sample, columns.clone(), self.words, self.costs);
            let cost = lattice.read(0..sample.len(), 1, false).first().map_or(i32::MAX, |(cost, _)| *cost);
            if best.is_none_or(|(known, _)| cost < known) {
                best = Some((cost, columns));
            }
        }
        let Some((_, columns)) = best else { return self.text(0, self.tokens.len()) };
        let lattice = Lattice::new(body, columns.clone(), self.words, self.costs);
        let chosen = choose::rows(&lattice, body.len(), self.costs);
        let sound = chosen.iter().filter(|row| lattice.is_sound(&row.reading)).count();
        if sound < LEAST_LEVELS - usize::from(celled) || sound * 2 < chosen.len() {
            return self.text(0, self.tokens.len());
        }
        let schema = Schema {
            start: first,
            end: first,
            columns: columns.iter().map(|column| (*column, column.title().to_owned())).collect(),
        };
        let line = self.tokens.get(first).map_or(0, |token| token.line);
        let titles: Vec<&str> = columns.iter().map(|column| column.title()).collect();
        self.text(0, first);
        let total = end::total(self.tokens, end, self.tokens.len(), self.vocabulary);
        let (mut table, loose) = grid::table(&lattice, &schema, &chosen, total.as_ref(), line, self.vocabulary);
        grid::doubt_all(&mut table);
        self.say_loose(line, &loose);
        self.out.blocks.push(Block::Table(table));
        let note = format!("第{line}行起的表格没有表头，暂按“{}”的顺序读取，请对照原文核对", titles.join("、"));
        self.out.notes.push((line, note));
        self.text(total.map_or(end, |total| total.end), self.tokens.len());
    }

    /// Names a table whose weights add up to no usual sum, or not to the total: a row may be lost or cut off.
    fn check_weights(&mut self, line: usize, weights: Decimal, total: Option<&end::Total>) {
        let usual = &self.vocabulary.dump.weight_sums;
        let printed = total.and_then(|total| total.weight.as_deref()).and_then(fit::plain_number);
        if weights.is_zero() || usual.contains(&weights) && printed.is_none_or(|printed| printed == weights) {
            return;
        }
        let against = match printed.filter(|printed| *printed != weights) {
            Some(printed) if printed - weights == Decimal::TEN => {
                format!("合计栏印的是{}，相差10通常是预算执行率的分值，文本中没有读出", printed.normalize())
            }
            Some(printed) => format!("合计栏印的是{}；可能有行缺失或未能还原", printed.normalize()),
            None => "不是通常的90或100；可能有行缺失或未能还原".to_owned(),
        };
        let note = format!(
            "第{line}行起的表格由文本还原，读出的各行权重合计为{}，{against}，请对照原文核对",
            weights.normalize()
        );
        let short = printed.is_some_and(|printed| printed - weights == Decimal::TEN);
        let notes = if short { &mut self.out.short } else { &mut self.out.notes };
        notes.push((line, note));
    }

    fn say_loose(&mut self, line: usize, loose: &[String]) {
        if loose.is_empty() {
            return;
        }
        const MOST_SHOWN: usize = 5;
        let shown: Vec<String> = loose.iter().take(MOST_SHOWN).map(|text| format!("“{text}”")).collect();
        let more = if loose.len() > MOST_SHOWN { "等" } else { "" };
        let note = format!(
            "第{line}行起的表格有{}处文字放不进任何一栏（{}{more}），请对照原文核对",
            loose.len(),
            shown.join("、")
        );
        self.out.notes.push((line, note));
    }

    /// The tokens outside the tables: lines as they are, a line that a table begins or ends in by its pieces.
    fn text(&mut self, from: usize, to: usize) {
        let Some(tokens) = self.tokens.get(from..to).filter(|tokens| !tokens.is_empty()) else { return };
        let touched = |token: Option<&Token>| token.map(|token| token.line);
        let before = touched(from.checked_sub(1).and_then(|at| self.tokens.get(at)));
        let after = touched(self.tokens.get(to));
        for own in tokens.chunk_by(|a, b| a.line == b.line) {
            let Some(line) = own.first().map(|token| token.line) else { continue };
            if Some(line) == before || Some(line) == after || head::is_long(own) {
                self.out.blocks.extend(head::blocks(own, self.vocabulary));
            } else if let Some(paragraph) = self.paragraph(line) {
                self.out.blocks.push(Block::Paragraph(paragraph));
            }
        }
    }

    /// The paragraph of a line, without the bars behind it.
    fn paragraph(&self, line: usize) -> Option<Paragraph> {
        let at = self.paragraphs.partition_point(|paragraph| paragraph.place.line.is_some_and(|number| number < line));
        let paragraph = self.paragraphs.get(at)?;
        let text = paragraph.text.trim_matches(|c: char| c == '|' || c.is_whitespace()).to_owned();
        Some(Paragraph { text, place: paragraph.place.clone() })
    }
}

/// The place of a line.
fn place(line: usize) -> Place {
    Place::line(line)
}
