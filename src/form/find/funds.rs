//! 资金区 (funds): budget and spending, as a small table or as names beside amounts.

use super::builder::Builder;
use super::line::RowView;
use crate::document::Cell;
use crate::form::{Column, Field, FundsLine, Row};
use crate::text::label;
use crate::vocabulary::{FundsColumn, Label, Vocabulary};

/// The name of the line that stands for the whole where the form gives its amount without a name.
const WHOLE: &str = "资金总额";

/// The headings of the funds table: grid columns with what they announce.
#[derive(Debug, Clone, Default)]
pub(super) struct FundsBlock {
    columns: Vec<(usize, usize, FundsColumn)>,
    /// Headings without a meaning here: 原因, 备注, 到位数.
    others: Vec<(usize, usize, Field)>,
}

impl FundsBlock {
    /// The block that a row of funds headings begins: it names at least one amount and one other column.
    pub fn begin(row: &RowView, vocabulary: &Vocabulary) -> Option<FundsBlock> {
        let columns: Vec<_> = row
            .texts()
            .filter(|cell| vocabulary.label(&cell.text) != Some(Label::Funds) || is_name_heading(cell, vocabulary))
            .filter_map(|cell| Some((cell.column, cell.end_column(), vocabulary.funds_column(&cell.text)?)))
            .collect();
        let mut columns = columns;
        settle_names(&mut columns);
        let known = |cell: &Cell| columns.iter().any(|(start, _, _)| *start == cell.column);
        let first = columns.first().map_or(0, |(start, _, _)| *start);
        let others = row.texts().filter(|cell| cell.column > first && !known(cell));
        let others = others.map(|cell| (cell.column, cell.end_column(), row.field(cell))).collect();
        if row.texts().any(|cell| vocabulary.label(&cell.text) == Some(Label::Task)) {
            return None;
        }
        let amounts =
            |kind: &FundsColumn| matches!(kind, FundsColumn::Initial | FundsColumn::Budget | FundsColumn::Spent);
        let amount = columns.iter().any(|(_, _, kind)| amounts(kind));
        let holds_number = row.texts().any(|cell| is_amount(&cell.text));
        (amount && columns.len() >= 2 && !holds_number).then_some(FundsBlock { columns, others })
    }

    fn of(&self, cell: &Cell) -> Option<FundsColumn> {
        let overlap = |start: usize, end: usize| end.min(cell.end_column()).saturating_sub(start.max(cell.column));
        let best = self.columns.iter().max_by_key(|(start, end, _)| overlap(*start, *end))?;
        (overlap(best.0, best.1) > 0).then_some(best.2)
    }

    /// The heading without a meaning here that a cell stands under.
    fn other(&self, cell: &Cell) -> Option<&Field> {
        let under = |(start, end, _): &&(usize, usize, Field)| *start < cell.end_column() && cell.column < *end;
        self.of(cell).is_none().then(|| self.others.iter().find(under)).flatten().map(|(_, _, field)| field)
    }

    /// The first grid column that holds an amount.
    fn first_amount(&self) -> usize {
        let amounts = self.columns.iter().filter(|(_, _, kind)| *kind != FundsColumn::Name);
        amounts.map(|(start, _, _)| *start).min().unwrap_or(0)
    }
}

/// 年度预算数 above the names of the lines is no amount where the amounts have headings of their own.
fn settle_names(columns: &mut [(usize, usize, FundsColumn)]) {
    let budgets = columns.iter().filter(|(_, _, kind)| *kind == FundsColumn::Budget).count();
    let named = columns.iter().any(|(_, _, kind)| *kind == FundsColumn::Name);
    if let Some((_, _, kind @ FundsColumn::Budget)) = columns.first_mut()
        && budgets > 1
        && !named
    {
        *kind = FundsColumn::Name;
    }
}

/// 资金来源 is both a label of the block and the heading of its first column.
fn is_name_heading(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    vocabulary.funds_column(&cell.text) == Some(FundsColumn::Name)
}

/// What stands in place of an amount that a person has still to fill in.
const TO_FILL: &str = "待填";

/// Whether a text is an amount: digits, separators, perhaps a unit; or says that the amount is still to be filled in.
pub(super) fn is_amount(text: &str) -> bool {
    let text = label(text);
    if text.starts_with(TO_FILL) {
        return true;
    }
    let text = crate::text::without_note(&text);
    let number: String = text.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '%').to_owned();
    !number.is_empty()
        && number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-'))
        && text.chars().count() - number.chars().count() <= 3
}

impl Builder<'_> {
    /// Takes a line of the funds table; `false` if the row is none.
    pub(super) fn funds_line(&mut self, row: &RowView, block: &FundsBlock) -> bool {
        let texts: Vec<&Cell> = row.texts().collect();
        let boundary = block.first_amount();
        let named = |cell: &&Cell| {
            let label = self.vocabulary.label(&cell.text);
            cell.column < boundary && !super::line::blank(cell) && !matches!(label, Some(Label::Funds | Label::Goal))
        };
        let merged = row.cells.iter().rev().copied().find(|cell| named(cell) && !texts.is_empty());
        let name = texts
            .iter()
            .rev()
            .copied()
            .find(named)
            .or(merged)
            .or_else(|| texts.iter().copied().find(|cell| self.vocabulary.is_funds_line(&cell.text)));
        let Some(name) = name else {
            return self.unnamed_funds_line(row, block, &texts) || self.shifted_funds_line(row, &texts);
        };
        let later: Vec<&Cell> = texts.iter().copied().filter(|cell| cell.column > name.column).collect();
        let plain = |cell: &&Cell| is_amount(&cell.text) || is_dash(&cell.text) || block.other(cell).is_some();
        if later.is_empty() && !self.vocabulary.is_funds_line(&name.text) || !later.iter().all(plain) {
            return false;
        }
        let mut line = empty_line(row.field(name));
        for (_, _, kind) in &block.columns {
            if let Some(slot) = slot(&mut line, *kind) {
                *slot = Some(Field::new("", row.place()));
            }
        }
        for cell in later {
            match block.of(cell).and_then(|kind| slot(&mut line, kind)) {
                Some(slot) => *slot = Some(row.field(cell)),
                None => match block.other(cell) {
                    Some(heading) => self.parts.pairs.push((None, heading.clone(), row.field(cell))),
                    None => self.parts.unplaced.push(row.field(cell)),
                },
            }
        }
        self.parts.funds.push(line);
        true
    }

    /// A line of amounts under their headings without a name: it is the whole.
    fn unnamed_funds_line(&mut self, row: &RowView, block: &FundsBlock, texts: &[&Cell]) -> bool {
        let amounts = texts.iter().filter(|cell| is_amount(&cell.text)).count();
        let under = |cell: &&Cell| (is_amount(&cell.text) || is_dash(&cell.text)) && block.of(cell).is_some();
        if amounts < 2 || !texts.iter().all(under) {
            return false;
        }
        let mut line = empty_line(Field::new(WHOLE, row.place()));
        for cell in texts {
            if let Some(slot) = block.of(cell).and_then(|kind| slot(&mut line, kind)) {
                *slot = Some(row.field(cell));
            }
        }
        self.parts.funds.push(line);
        true
    }

    /// A line whose name stands under an amount heading, as in dumps that lost a cell: the last amount counts.
    fn shifted_funds_line(&mut self, row: &RowView, texts: &[&Cell]) -> bool {
        let [.., name, amount] = texts else { return false };
        if is_amount(&name.text) || !is_amount(&amount.text) {
            return false;
        }
        let mut line = empty_line(row.field(name));
        line.budget = Some(row.field(amount));
        self.parts.funds.push(line);
        true
    }

    /// Takes a row of names beside amounts (年度预算总额 2.50 其中：财政拨款 2.50 …); `false` if the row is none.
    pub(super) fn funds_pairs(&mut self, row: &RowView) -> bool {
        let texts: Vec<&Cell> = row.texts().collect();
        let named = texts.iter().position(|cell| self.vocabulary.is_funds_line(&cell.text));
        let Some(start) = named else { return false };
        let before_is_label = texts.iter().take(start).all(|cell| {
            self.vocabulary.label(&cell.text) == Some(Label::Funds) || self.vocabulary.is_funds_line(&cell.text)
        });
        let amounts = texts.iter().skip(start).filter(|cell| is_amount(&cell.text)).count();
        let pairs = texts
            .get(start..)
            .unwrap_or_default()
            .windows(2)
            .all(|pair| !(is_amount(&pair[0].text) && is_amount(&pair[1].text)));
        if !before_is_label || amounts == 0 || !pairs || self.has_funds_table() {
            return false;
        }
        let mut name: Option<&Cell> = None;
        let mut others: Vec<&Cell> = Vec::new();
        for (at, cell) in texts.iter().copied().enumerate().skip(start) {
            let next = texts.get(at + 1);
            let heads = next.is_none_or(|next| is_amount(&next.text) || self.vocabulary.is_funds_line(&next.text));
            let known = !self.vocabulary.is_funds_line(&cell.text)
                && !is_amount(&cell.text)
                && self.vocabulary.label(&cell.text) != Some(Label::Funds)
                && (self.vocabulary.label(&cell.text).is_some() || !heads);
            if known || (!others.is_empty() && others.len() % 2 == 1) {
                others.push(cell);
                continue;
            }
            if is_amount(&cell.text)
                && let Some(name) = name.take()
            {
                let mut line = empty_line(row.field(name));
                line.budget = Some(row.field(cell));
                self.parts.funds.push(line);
            } else if let Some(earlier) = name.replace(cell)
                && earlier.end_column() < cell.column
            {
                // A blank amount stands between the two names; side by side, the first only heads the second.
                self.parts.funds.push(empty_line(row.field(earlier)));
            }
        }
        if let Some(name) = name {
            self.parts.funds.push(empty_line(row.field(name)));
        }
        for pair in others.chunks(2) {
            let [label, value] = pair else { continue };
            self.parts.pairs.push((self.vocabulary.label(&label.text), row.field(label), row.field(value)));
        }
        true
    }

    /// Takes a row that gives one kind of amount for each source (预算数 100 其中：财政拨款 100 其他资金 0); `false` if the row
    /// is none. The first amount is that of the whole.
    pub(super) fn funds_by_kind(&mut self, row: &RowView) -> bool {
        let texts: Vec<&Cell> =
            row.texts().filter(|cell| self.vocabulary.label(&cell.text) != Some(Label::Funds)).collect();
        let [kind_cell, amount, rest @ ..] = texts.as_slice() else { return false };
        let Some(kind) = self.vocabulary.funds_column(&kind_cell.text) else { return false };
        let amounts = [FundsColumn::Initial, FundsColumn::Budget, FundsColumn::Spent];
        let is_line = self.vocabulary.is_funds_line(&kind_cell.text);
        let table = rest.first().is_some_and(|cell| is_amount(&cell.text));
        if is_line || table || !amounts.contains(&kind) || !is_amount(&amount.text) {
            return false;
        }
        let mut whole = row.field(kind_cell);
        whole.text = WHOLE.to_owned();
        self.add_amount(whole, kind, row.field(amount));
        for pair in rest.chunks(2) {
            match pair {
                [name, amount] if is_amount(&amount.text) => {
                    self.add_amount(row.field(name), kind, row.field(amount));
                }
                [name] if self.vocabulary.is_funds_line(&name.text) => {
                    self.parts.funds.push(empty_line(row.field(name)));
                }
                others => self.parts.unplaced.extend(others.iter().map(|cell| row.field(cell))),
            }
        }
        true
    }

    /// Puts an amount into the line of its name, which may have other amounts already.
    fn add_amount(&mut self, name: Field, kind: FundsColumn, amount: Field) {
        let wanted = label(&name.text);
        let known = self.parts.funds.iter().position(|line| label(&line.name.text) == wanted);
        let index = known.unwrap_or_else(|| {
            self.parts.funds.push(empty_line(name));
            self.parts.funds.len() - 1
        });
        if let Some(slot) = self.parts.funds.get_mut(index).and_then(|line| slot(line, kind)) {
            *slot = Some(amount);
        }
    }

    /// Takes a row of 预算执行得分 among the indicators: weight and score of the funds, no indicator of its own.
    pub(super) fn take_execution(&mut self, indicator: &Row) -> bool {
        let Some(name) = indicator.get(Column::Name).filter(|name| self.is_execution(&name.text)) else { return false };
        if [Column::Target, Column::Actual].iter().any(|column| !indicator.text(*column).is_empty()) {
            return false;
        }
        let cell = |column| indicator.get(column).filter(|field| !field.is_blank()).cloned();
        let whole = self.parts.funds.first_mut().filter(|line| line.weight.is_none() && line.score.is_none());
        let (weight, score) = (cell(Column::Weight), cell(Column::Score));
        match whole {
            Some(line) => (line.weight, line.score) = (weight, score),
            None => self.parts.funds.push(FundsLine { weight, score, ..empty_line(name.clone()) }),
        }
        true
    }

    fn is_execution(&self, text: &str) -> bool {
        self.vocabulary.words.execution.contains(&label(text))
    }

    /// Whether the lines so far came from a table with columns.
    fn has_funds_table(&self) -> bool {
        self.parts.funds.iter().any(|line| line.spent.is_some() || line.weight.is_some())
    }
}

fn empty_line(name: Field) -> FundsLine {
    FundsLine { name, initial: None, budget: None, spent: None, weight: None, rate: None, score: None }
}

fn slot(line: &mut FundsLine, kind: FundsColumn) -> Option<&mut Option<Field>> {
    match kind {
        FundsColumn::Name => None,
        FundsColumn::Initial => Some(&mut line.initial),
        FundsColumn::Budget => Some(&mut line.budget),
        FundsColumn::Spent => Some(&mut line.spent),
        FundsColumn::Weight => Some(&mut line.weight),
        FundsColumn::Rate => Some(&mut line.rate),
        FundsColumn::Score => Some(&mut line.score),
    }
}

/// A dash that says that nothing belongs here.
fn is_dash(text: &str) -> bool {
    matches!(label(text).as_str(), "-" | "—" | "——" | "--" | "/" | "－" | "–" | "无" | "\\" | "*" | "×")
}
