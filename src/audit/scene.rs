//! 现场 (scene): one form or one row, with everything a check may look at.

use rust_decimal::Decimal;

use crate::audit::facts::FormFacts;
use crate::audit::reading::residue;
use crate::audit::words::AuditWords;
use crate::audit::{Code, Finding};
use crate::case::{Case, FormCase};
use crate::document::Place;
use crate::dossier::Dossier;
use crate::form::{Column, Field, Form, FundsLine, Row};
use crate::indicator::{Figure, Funds, Indicator, Reading};
use crate::ruleset::RuleSet;
use crate::score::Outcome;
use crate::text::{fold, squeeze};

/// One form, as a check sees it.
#[derive(Clone, Copy)]
pub(super) struct FormScene<'a> {
    /// Number in the document, from 1.
    pub number: usize,
    pub case: &'a FormCase,
    pub facts: &'a FormFacts,
    pub words: &'static AuditWords,
}

/// One indicator row, as a check sees it.
#[derive(Clone, Copy)]
pub(super) struct RowScene<'a> {
    pub form: FormScene<'a>,
    /// Number in the form, from 1.
    pub number: usize,
    pub row: &'a Row,
    pub indicator: &'a Indicator,
    pub outcome: Option<&'a Outcome>,
}

/// One line of the funds block, as printed and as understood.
#[derive(Clone, Copy)]
pub(super) struct FundsScene<'a> {
    pub line: &'a FundsLine,
    pub funds: &'a Funds,
}

/// The forms of a case, each with what holds for it as a whole.
pub(super) struct Scenes<'a> {
    pub case: &'a Case,
    /// What the document says around its forms.
    pub dossier: Dossier,
    facts: Vec<FormFacts>,
}

impl<'a> Scenes<'a> {
    pub fn new(case: &'a Case) -> Self {
        let words = AuditWords::builtin();
        let dossier = Dossier::of(&case.document, case.forms.iter().map(|form| &form.form));
        Scenes { case, dossier, facts: case.forms.iter().map(|form| FormFacts::of(form, words)).collect() }
    }

    /// The forms in the order of the document.
    pub fn forms(&self) -> impl Iterator<Item = FormScene<'_>> {
        let words = AuditWords::builtin();
        let pairs = self.case.forms.iter().zip(&self.facts).enumerate();
        pairs.map(move |(index, (case, facts))| FormScene { number: index + 1, case, facts, words })
    }

    /// The rows of all forms.
    pub fn rows(&self) -> impl Iterator<Item = RowScene<'_>> {
        self.forms().flat_map(FormScene::rows)
    }
}

impl<'a> FormScene<'a> {
    /// The form as printed.
    pub fn form(&self) -> &'a Form {
        &self.case.form
    }

    pub fn rules(&self) -> &'a RuleSet {
        &self.case.rules
    }

    /// The indicator rows.
    pub fn rows(self) -> impl Iterator<Item = RowScene<'a>> {
        let outcomes = &self.case.card.rows;
        let pairs = self.case.form.rows.iter().zip(&self.case.indicators.rows);
        pairs.enumerate().map(move |(index, (row, indicator))| RowScene {
            form: self,
            number: index + 1,
            row,
            indicator,
            outcome: outcomes.get(index),
        })
    }

    /// The lines of the funds block.
    pub fn funds(self) -> impl Iterator<Item = FundsScene<'a>> {
        self.case.form.funds.iter().zip(&self.case.indicators.funds).map(|(line, funds)| FundsScene { line, funds })
    }

    /// The line that carries the weight and the score of the budget execution.
    pub fn execution(self) -> Option<FundsScene<'a>> {
        let with =
            |wanted: fn(&Funds) -> &Reading<Figure>| self.funds().find(move |line| wanted(line.funds).get().is_some());
        with(|funds| &funds.weight).or_else(|| with(|funds| &funds.score))
    }

    /// What a message about the whole form begins with.
    pub fn name(&self) -> String {
        let form = self.form();
        let name = form.project.as_ref().or(form.unit.as_ref()).map(Field::squeezed).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| format!("第{}张表（{}）", self.number, form.kind.title()))
    }

    /// A finding about the form as a whole; the message is prefixed with the form's name.
    pub fn finding(&self, code: Code, message: impl AsRef<str>) -> Finding {
        let mut finding = Finding::new(code, format!("{}：{}", self.name(), message.as_ref()));
        finding.form = Some(self.number);
        finding.place = Some(self.form().place.clone());
        finding
    }

    /// A finding about a cell of the funds block.
    pub fn funds_finding(
        &self,
        code: Code,
        field: &'static str,
        cell: Option<&Field>,
        message: impl AsRef<str>,
    ) -> Finding {
        let mut finding = self.finding(code, message);
        finding.row = Some(0);
        finding.field = Some(field);
        if let Some(cell) = cell {
            finding.place = Some(cell.place.clone());
        }
        finding
    }
}

impl<'a> RowScene<'a> {
    /// What a message about the row begins with.
    pub fn name(&self) -> String {
        if self.indicator.name.is_empty() {
            format!("第{}行指标", self.number)
        } else {
            self.indicator.name.clone()
        }
    }

    /// The text of a cell, white space removed.
    pub fn text(&self, column: Column) -> String {
        self.row.text(column)
    }

    /// A finding about a cell of the row; the message is prefixed with the indicator's name.
    pub fn finding(&self, code: Code, column: Column, message: impl AsRef<str>) -> Finding {
        let mut finding = Finding::new(code, format!("{}：{}", self.name(), message.as_ref()));
        finding.form = Some(self.form.number);
        finding.row = Some(self.number);
        finding.field = Some(column.key());
        finding.place = Some(self.place(column));
        finding
    }

    /// Whether a cell still carries the words of the template, of which JX005 speaks.
    pub fn is_placeholder(&self, column: Column) -> bool {
        residue(self.form.words, &self.text(column)).is_some()
    }

    /// Where a cell stands; the row where there is no such cell.
    pub fn place(&self, column: Column) -> Place {
        self.row.get(column).map_or_else(|| self.row.place.clone(), |field| field.place.clone())
    }

    /// 权重 as printed.
    pub fn weight(&self) -> Option<Decimal> {
        self.indicator.weight.get().map(|figure| figure.value)
    }

    /// 得分 as printed.
    pub fn score(&self) -> Option<Decimal> {
        self.indicator.score.get().map(|figure| figure.value)
    }

    /// The rule the form names, where it names one.
    pub fn named_rule(&self) -> Option<&'a str> {
        self.indicator.rule.as_deref().filter(|rule| !rule.is_empty() && !is_dash(rule))
    }

    /// 偏差原因, folded, without white space.
    pub fn reason(&self) -> String {
        squeeze(&fold(self.indicator.reason.as_deref().unwrap_or_default()))
    }

    /// Whether the reason says anything: 无 and 正常 do not.
    pub fn gives_reason(&self) -> bool {
        let reason = self.reason();
        !reason.is_empty() && !self.form.words.reasons.empty.iter().any(|word| fold(word) == reason)
    }

    pub fn is_satisfaction(&self) -> bool {
        let Indicator { name, level1, level2, .. } = self.indicator;
        self.form.words.is_satisfaction(name, level1, level2)
    }

    /// The values that a finding speaks of, each with its name; what is not written is left out.
    pub fn values(&self, columns: &[Column]) -> String {
        let parts = columns.iter().map(|column| (column.title(), self.text(*column)));
        let written = parts.filter(|(_, text)| !text.is_empty());
        written.map(|(title, text)| format!("{title} {text}")).collect::<Vec<_>>().join("，")
    }

    /// Where a row stands, in words, for the evidence of another row's finding.
    pub fn whereabouts(&self) -> String {
        format!("第{}张表第{}行“{}”", self.form.number, self.number, self.name())
    }
}

/// A place in brackets, or nothing where the source has no places.
pub(super) fn at(place: &Place) -> String {
    match place.to_string() {
        words if words.is_empty() => String::new(),
        words => format!("（{words}）"),
    }
}

/// Whether a text is only a dash or a stroke, which says that nothing belongs here.
pub(super) fn is_dash(text: &str) -> bool {
    !text.is_empty() && squeeze(text).chars().all(|c| matches!(c, '-' | '—' | '–' | '/' | '―' | '－' | '／'))
}
