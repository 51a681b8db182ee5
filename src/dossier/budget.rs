//! 预算表 (budget): the tables of a disclosure that say how much money there is and for what.

use crate::document::{Block, Cell, Document, Place, Table};
use crate::form::Field;
use crate::indicator::{Figure, Reading};
use crate::text::{fold, squeeze};
use crate::vocabulary::{BudgetKind, Vocabulary};

/// 预算表: one budget table, in the unit it is printed in.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetTable {
    pub kind: BudgetKind,
    pub title: Field,
    pub lines: Vec<BudgetLine>,
}

/// 预算行: one line of a budget table.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetLine {
    /// 项目 or 科目, white space removed.
    pub name: String,
    /// 功能科目名称, where the line is of a project that stands under one.
    pub subject: Option<String>,
    /// The amounts in the order of the columns; the first is the sum of the others.
    pub amounts: Vec<Amount>,
    pub place: Place,
}

/// 金额: an amount under the heading of its column (一般公共预算, 单位资金 …), where that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    pub figure: Figure,
    pub source: Option<String>,
}

impl BudgetLine {
    /// The amount in all.
    pub fn amount(&self) -> Option<Figure> {
        self.amounts.first().map(|amount| amount.figure)
    }
}

impl BudgetTable {
    /// The sum that the table prints.
    pub fn total(&self) -> Option<(Figure, &Place)> {
        let words = &Vocabulary::builtin().budget;
        let line = self.lines.iter().rev().find(|line| words.is_total(&line.name))?;
        Some((line.amount()?, &line.place))
    }

    /// The lines that hold no sum: those of a table of projects that are no subject and no unit above others.
    pub fn projects(&self) -> impl Iterator<Item = &BudgetLine> {
        let words = &Vocabulary::builtin().budget;
        let has_subjects = self.lines.iter().any(|line| line.subject.is_some());
        self.lines.iter().filter(move |line| !words.is_total(&line.name) && line.subject.is_some() == has_subjects)
    }
}

/// The budget tables of a document.
pub(super) fn tables(document: &Document, vocabulary: &Vocabulary) -> Vec<BudgetTable> {
    let mut tables: Vec<BudgetTable> = Vec::new();
    // The caption that holds, and the table that it has already begun: one caption may stand over several pages of a table.
    let mut announced: Option<(BudgetKind, Field)> = None;
    let mut begun: Option<usize> = None;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let text = squeeze(&paragraph.text);
                if let Some(kind) = vocabulary.budget_kind(&text) {
                    announced = Some((kind, Field::new(text, paragraph.place.clone())));
                    begun = None;
                } else if text.contains('。') || vocabulary.is_caption(&text) {
                    announced = None;
                }
            }
            Block::Table(table) => {
                if let Some(own) = own_title(table, vocabulary) {
                    announced = Some(own);
                    begun = None;
                }
                let is_form = table.cells.iter().take(3).any(|cell| vocabulary.form_kind(&cell.text).is_some());
                let Some((kind, title)) = announced.clone().filter(|_| !is_form) else { continue };
                let read: usize = tables.iter().map(|table| table.lines.len()).sum();
                let mut lines = lines(table, kind, vocabulary);
                lines.truncate(MOST_LINES.saturating_sub(read));
                match begun.and_then(|index| tables.get_mut(index)) {
                    Some(known) => known.lines.extend(lines),
                    None if !lines.is_empty() => {
                        begun = Some(tables.len());
                        tables.push(BudgetTable { kind, title, lines });
                    }
                    None => {}
                }
            }
        }
    }
    tables
}

/// The caption that stands in the first cell of a table.
fn own_title(table: &Table, vocabulary: &Vocabulary) -> Option<(BudgetKind, Field)> {
    let cell = table.cells.first()?;
    let kind = vocabulary.budget_kind(&cell.text)?;
    Some((kind, Field::new(squeeze(&cell.text), table.place(cell))))
}

/// Most lines that are kept; a document with more is a data set.
const MOST_LINES: usize = 5_000;

/// Most headings of columns that are remembered.
const MOST_HEADINGS: usize = 200;

fn lines(table: &Table, kind: BudgetKind, vocabulary: &Vocabulary) -> Vec<BudgetLine> {
    let mut lines = Vec::new();
    let mut headings: Vec<(usize, usize, String)> = Vec::new();
    for cells in table.cells.chunk_by(|left, right| left.row == right.row) {
        let parts: Vec<Part> = cells.iter().map(Part::of).collect();
        if !parts.iter().any(|part| matches!(part.what, What::Money(_))) {
            headings.extend(parts.iter().filter_map(|part| heading(part, vocabulary)));
            headings.truncate(MOST_HEADINGS);
            continue;
        }
        if kind.is_balance() {
            lines.extend(parts.windows(2).filter_map(|pair| beside(table, pair)));
        } else {
            lines.extend(line(table, &parts, &headings));
        }
    }
    lines
}

/// A cell of a budget table.
struct Part<'a> {
    cell: &'a Cell,
    text: String,
    what: What,
}

enum What {
    Blank,
    Money(Figure),
    Text,
}

impl<'a> Part<'a> {
    fn of(cell: &'a Cell) -> Part<'a> {
        let text = squeeze(&fold(&cell.text));
        let what = match Figure::parse(&text) {
            Reading::Read(figure) if !figure.percent => What::Money(figure),
            Reading::Blank | Reading::Absent => What::Blank,
            _ => What::Text,
        };
        Part { cell, text, what }
    }

    fn is_name(&self) -> bool {
        matches!(self.what, What::Text) && self.text.chars().any(|c| c > '\u{2e7f}')
    }
}

fn heading(part: &Part, vocabulary: &Vocabulary) -> Option<(usize, usize, String)> {
    let known = vocabulary.budget.headings.iter().any(|word| part.text.contains(word.as_str()));
    known.then(|| (part.cell.column, part.cell.end_column(), part.text.clone()))
}

/// A name with the amount in the next cell, as income and spending stand side by side.
fn beside(table: &Table, pair: &[Part]) -> Option<BudgetLine> {
    let [name, amount] = pair else { return None };
    let What::Money(figure) = amount.what else { return None };
    let amounts = vec![Amount { figure, source: None }];
    let place = table.place(amount.cell);
    name.is_name().then(|| BudgetLine { name: without_number(&name.text), subject: None, amounts, place })
}

fn line(table: &Table, parts: &[Part], headings: &[(usize, usize, String)]) -> Option<BudgetLine> {
    let named = parts.iter().enumerate().filter(|(_, part)| part.is_name());
    let names: Vec<(usize, &Part)> = named.collect();
    let (at, name) = names.last()?;
    let source = |cell: &Cell| {
        let over = headings.iter().rev().find(|(from, to, _)| (*from..*to).contains(&cell.column));
        over.map(|(_, _, heading)| heading.clone())
    };
    let amounts: Vec<Amount> = parts
        .iter()
        .skip(at + 1)
        .filter_map(|part| match part.what {
            What::Money(figure) => Some(Amount { figure, source: source(part.cell) }),
            _ => None,
        })
        .collect();
    if amounts.is_empty() {
        return None;
    }
    let subject = names.len().checked_sub(2).and_then(|index| names.get(index)).map(|(_, part)| part.text.clone());
    let place = table.place(name.cell);
    Some(BudgetLine { name: without_number(&name.text), subject, amounts, place })
}

/// A name without the code or the number in front of it; a year in front is part of the name.
fn without_number(name: &str) -> String {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit() || ".、()一二三四五六七八九十廿".contains(c));
    let front = name.strip_suffix(rest).unwrap_or_default();
    let is_code = front.len() >= 3 && front.bytes().all(|byte| byte.is_ascii_digit()) && !rest.starts_with('年');
    let numbered = is_code || front.ends_with(['、', ')', '.']);
    if numbered && rest.chars().count() >= 2 { rest.to_owned() } else { name.to_owned() }
}
