//! 陈述 (statement): sentences of the running text with the figures in them.

use crate::document::{Block, Document, Place};
use crate::indicator::Figure;

use super::prose::{number_at, prose};

/// 一段正文: the paragraphs between two tables, joined, so that a sentence broken over lines is whole; folded, without
/// white space.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Passage {
    pub text: String,
    pub statements: Vec<Statement>,
    /// Where each paragraph begins in the joined text.
    starts: Vec<(usize, Place)>,
}

/// 陈述: one sentence with figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The sentence as it stands in its passage.
    pub text: String,
    /// Where it begins in the passage, in bytes.
    pub start: usize,
    pub place: Place,
    pub figures: Vec<Said>,
}

/// 一个数: a figure of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub figure: Figure,
    pub measure: Measure,
    /// What stands before it, from the figure before on that is no year.
    pub lead: String,
    /// Where it begins and where its unit ends, in bytes of the sentence.
    pub start: usize,
    pub end: usize,
}

/// 计量: what a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// 万元
    TenThousandYuan,
    /// 元, 亿元 and others that are not compared
    Money,
    /// %
    Percent,
    /// 年
    Year,
    /// 人, 名
    People,
    Other,
}

/// Units that follow a figure, longest first.
const UNITS: [(&str, Measure); 8] = [
    ("万元", Measure::TenThousandYuan),
    ("亿元", Measure::Money),
    ("元", Measure::Money),
    ("%", Measure::Percent),
    ("年", Measure::Year),
    ("万人", Measure::People),
    ("人", Measure::People),
    ("名", Measure::People),
];

/// Longest passage that is read, in bytes; what follows is a data set and no text.
const LONGEST: usize = 400_000;

impl Passage {
    /// Where a byte of the passage stands in the document.
    pub fn place(&self, at: usize) -> Place {
        self.starts.iter().rev().find(|(start, _)| *start <= at).map(|(_, place)| place.clone()).unwrap_or_default()
    }

    fn close(&mut self) {
        let mut start = 0;
        let text = std::mem::take(&mut self.text);
        for sentence in text.split_inclusive(['。', ';']) {
            let figures = figures(sentence);
            if !figures.is_empty() {
                let place = self.place(start);
                self.statements.push(Statement { text: sentence.to_owned(), start, place, figures });
            }
            start += sentence.len();
        }
        self.text = text;
    }
}

/// The passages of a document.
pub(super) fn passages(document: &Document) -> Vec<Passage> {
    let mut passages = vec![Passage::default()];
    for block in &document.blocks {
        match (block, passages.last_mut()) {
            (Block::Paragraph(paragraph), Some(passage)) if passage.text.len() < LONGEST => {
                passage.starts.push((passage.text.len(), paragraph.place.clone()));
                passage.text += &without_underlines(&prose(&paragraph.text));
            }
            (Block::Table(_), Some(passage)) if !passage.text.is_empty() => passages.push(Passage::default()),
            _ => {}
        }
    }
    passages.iter_mut().for_each(Passage::close);
    passages
}

/// A text without the lines and marks that underline its figures: `<u>650</u>`, `_5.3_`.
fn without_underlines(text: &str) -> String {
    text.replace("<u>", "").replace("</u>", "").replace('_', "")
}

/// The figures of a sentence, each with what stands before it.
pub fn figures(sentence: &str) -> Vec<Said> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(step) = sentence.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = at + step;
        let Some(number) = sentence.get(start..).and_then(number_at) else { break };
        let after = start + number.length;
        let rest = sentence.get(after..).unwrap_or_default();
        let unit = UNITS.iter().find(|(unit, _)| rest.starts_with(unit));
        let (length, measure) = unit.map_or((0, Measure::Other), |(unit, measure)| (unit.len(), *measure));
        let lead = sentence.get(from..start).unwrap_or_default().to_owned();
        let figure = Figure { value: number.value, places: number.places, percent: measure == Measure::Percent };
        at = after + length;
        // A year belongs to what follows it: 比2023年减少4万元.
        if measure != Measure::Year {
            from = at;
        }
        found.push(Said { figure, measure, lead, start, end: at });
    }
    found
}
