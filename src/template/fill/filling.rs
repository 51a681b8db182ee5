//! 逐格填写 (filling): rates and scores from the rules, totals from the scores, reasons where they are demanded.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Filled, FilledCell, Spot};
use crate::audit::{Code, Finding, Severity, audit};
use crate::case::{Case, FormCase};
use crate::document::{Document, Format, Source};
use crate::form::{Column, Field, Form, Total};
use crate::indicator::{IndicatorTable, Meaning, interpret};
use crate::ruleset::RuleSet;
use crate::score::{Outcome, Points, Ratio, Score, ScoreCard, completion_rate, execution_line, score};

/// What a cell that a person must fill begins with.
const TO_FILL: &str = "待填";

/// Places of the execution rate and of totals, as forms print them.
const PLACES: u32 = 2;

/// Fills the blank rates, scores and the total of a self-evaluation.
///
/// A target table comes back as it is.
pub fn fill(form: &Form, rules: &Arc<RuleSet>) -> Filled {
    let mut work = Work { form: form.clone(), cells: Vec::new(), open: Vec::new() };
    if form.kind.is_self_evaluation() {
        let table = interpret(&work.form);
        let card = score(&table, form.kind, rules);
        work.funds(&table, &card);
        work.rows(&table, &card, rules);
        work.total(rules);
        work.demanded_reasons(rules);
    }
    work.cells.sort_by_key(|cell| cell.spot);
    work.open.sort_by_key(|cell| cell.spot);
    Filled { form: work.form, cells: work.cells, open: work.open }
}

/// A form while it is filled.
struct Work {
    form: Form,
    cells: Vec<FilledCell>,
    open: Vec<FilledCell>,
}

/// Whether a cell is there to be filled: blank, or left open before.
fn is_open(field: Option<&Field>) -> bool {
    field.is_some_and(|field| field.is_blank() || field.squeezed().starts_with(TO_FILL))
}

fn percent(ratio: Ratio) -> Option<Decimal> {
    ratio.percent(PLACES)
}

/// A figure with at least two places: 10.00.
fn fixed(figure: Decimal) -> String {
    let mut figure = figure.normalize();
    if figure.scale() < PLACES {
        figure.rescale(PLACES);
    }
    figure.to_string()
}

fn exact(score: &Score) -> Option<Decimal> {
    match score.points {
        Points::Exact { rounded, .. } => Some(rounded),
        Points::Within { .. } => None,
    }
}

fn reasons(score: &Score) -> Vec<String> {
    let clause = format!("依据：{} {}（{}）", score.basis.clause, score.basis.rule, score.basis.provenance.words());
    score.steps.iter().cloned().chain([clause]).collect()
}

impl Work {
    fn write(&mut self, spot: Spot, text: String, reasons: Vec<String>) {
        self.put(spot, &text);
        self.cells.push(FilledCell { spot, text, reasons });
    }

    fn leave(&mut self, spot: Spot, hint: &str, why: impl Into<String>) {
        let text = if hint.is_empty() { TO_FILL.to_owned() } else { format!("{TO_FILL}：{hint}") };
        self.put(spot, &text);
        self.open.push(FilledCell { spot, text, reasons: vec![why.into()] });
    }

    fn put(&mut self, spot: Spot, text: &str) {
        let write = |slot: &mut Option<Field>| {
            let place = slot.as_ref().map(|field| field.place.clone()).unwrap_or_default();
            *slot = Some(Field::new(text, place));
        };
        match spot {
            Spot::FundsRate(line) => self.form.funds.get_mut(line).into_iter().for_each(|line| write(&mut line.rate)),
            Spot::FundsScore(line) => self.form.funds.get_mut(line).into_iter().for_each(|line| write(&mut line.score)),
            Spot::Row(row, column) => {
                if let Some(row) = self.form.rows.get_mut(row) {
                    let place = row.get(column).map_or_else(|| row.place.clone(), |field| field.place.clone());
                    row.set(column, Field::new(text, place));
                }
            }
            Spot::TotalScore => {
                let total = self.form.total.get_or_insert(Total { weight: None, score: None });
                write(&mut total.score);
            }
        }
    }

    /// The execution line: rate and score.
    fn funds(&mut self, table: &IndicatorTable, card: &ScoreCard) {
        let Some((line, outcome)) = execution_line(table).zip(card.execution.as_ref()) else { return };
        let printed = self.form.funds.get(line);
        let (rate, points) = (
            printed.is_some_and(|line| is_open(line.rate.as_ref())),
            printed.is_some_and(|line| is_open(line.score.as_ref())),
        );
        match outcome {
            Outcome::Scored(score) => {
                if let Some(figure) = score.rate.and_then(percent).filter(|_| rate) {
                    self.write(Spot::FundsRate(line), format!("{}%", fixed(figure)), reasons(score));
                }
                if let Some(figure) = exact(score).filter(|_| points) {
                    self.write(Spot::FundsScore(line), fixed(figure), reasons(score));
                }
            }
            Outcome::NotEvaluated(none) if points => self.leave(Spot::FundsScore(line), "", none.why.clone()),
            Outcome::NotEvaluated(_) => {}
        }
    }

    fn rows(&mut self, table: &IndicatorTable, card: &ScoreCard, rules: &RuleSet) {
        for (index, (indicator, outcome)) in table.rows.iter().zip(&card.rows).enumerate() {
            let blank = |column: Column| self.form.rows.get(index).is_some_and(|row| is_open(row.get(column)));
            let (rate, points, actual) = (blank(Column::Rate), blank(Column::Score), blank(Column::Actual));
            if actual || indicator.actual.as_ref().is_none_or(|actual| matches!(actual.meaning, Meaning::Missing)) {
                if actual {
                    self.leave(Spot::Row(index, Column::Actual), "", "没有实际完成值，无法计算完成率和得分");
                }
                continue;
            }
            let ratio = completion_rate(indicator, self.form.kind, rules).and_then(percent);
            match outcome {
                Outcome::Scored(score) => self.scored(index, score, ratio.filter(|_| rate), rate, points),
                Outcome::NotEvaluated(none) => {
                    if let Some(ratio) = ratio.filter(|_| rate) {
                        let steps = vec!["完成率＝实际完成值÷目标值".to_owned()];
                        self.write(Spot::Row(index, Column::Rate), format!("{}%", ratio.normalize()), steps);
                    }
                    if points {
                        self.leave(Spot::Row(index, Column::Score), "", none.why.clone());
                    }
                }
            }
        }
    }

    fn scored(&mut self, index: usize, score: &Score, ratio: Option<Decimal>, rate: bool, points: bool) {
        if let Some(ratio) = ratio {
            self.write(Spot::Row(index, Column::Rate), format!("{}%", ratio.normalize()), reasons(score));
        } else if rate {
            match whole(score, self.weight(index)) {
                Some(rate) => self.write(Spot::Row(index, Column::Rate), rate.to_owned(), reasons(score)),
                None => self.leave(Spot::Row(index, Column::Rate), "", "完成率由人评定"),
            }
        }
        if !points {
            return;
        }
        match score.points {
            Points::Exact { rounded, .. } => {
                self.write(Spot::Row(index, Column::Score), rounded.normalize().to_string(), reasons(score));
            }
            Points::Within { low, high, .. } => {
                let hint = format!("{}～{}分", low.normalize(), high.normalize());
                let why = format!("按“{}”由人在{hint}之间评定", score.basis.rule);
                self.leave(Spot::Row(index, Column::Score), &hint, why);
            }
        }
    }

    fn weight(&self, index: usize) -> Option<Decimal> {
        let row = self.form.rows.get(index)?;
        crate::indicator::Figure::parse(&row.get(Column::Weight)?.text).get().map(|figure| figure.value)
    }

    /// The total of the filled form, where it has a row for it.
    fn total(&mut self, rules: &RuleSet) {
        let has_row = self.form.total.is_some();
        let blank = self.form.total.as_ref().is_none_or(|total| total.score.is_none() || is_open(total.score.as_ref()));
        if !has_row || !blank {
            return;
        }
        let table = interpret(&self.form);
        match score(&table, self.form.kind, rules).total.points {
            Some(points) if self.open.is_empty() => {
                self.write(Spot::TotalScore, fixed(points), vec!["各项得分与预算执行得分之和".to_owned()]);
            }
            _ => self.leave(Spot::TotalScore, "", "还有得分没有填写，补填后相加"),
        }
    }

    /// Blank reasons that the rules demand.
    fn demanded_reasons(&mut self, rules: &Arc<RuleSet>) {
        let indicators = interpret(&self.form);
        let card = score(&indicators, self.form.kind, rules);
        let source = Source { file: String::new(), sha256: String::new(), format: Format::Yaml };
        let document = Document { source: source.clone(), blocks: Vec::new(), unread: Vec::new() };
        let case = FormCase {
            form: self.form.clone(),
            indicators,
            card,
            rules: Arc::clone(rules),
            chosen_because: String::new(),
        };
        let case =
            Case { source, document: Arc::new(document), forms: vec![case], unplaced: Vec::new(), notes: Vec::new() };
        for finding in audit(&case).into_iter().filter(is_demanded) {
            let Some(row) = finding.row.and_then(|row| row.checked_sub(1)) else { continue };
            let blank = self.form.rows.get(row).is_some_and(|row| is_open(row.get(Column::Reason)));
            if blank {
                self.leave(Spot::Row(row, Column::Reason), "", finding.message);
            }
        }
    }
}

/// A missing reason that a rule asks for, more than a habit of published forms.
fn is_demanded(finding: &Finding) -> bool {
    finding.code == Code::ReasonMissing && finding.severity >= Severity::Warning
}

/// The rate of a row that is only met or not.
fn whole(score: &Score, weight: Option<Decimal>) -> Option<&'static str> {
    let points = exact(score)?;
    if points.is_zero() {
        return Some("0%");
    }
    (Some(points) == weight).then_some("100%")
}
