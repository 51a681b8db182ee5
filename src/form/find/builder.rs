//! 表单拼装 (builder): the form that is being read, and where in it the reading stands.

use super::block::Caption;
use super::columns::{Headings, is_empty};
use super::funds::FundsBlock;
use super::goal::GoalBlock;
use super::line::RowView;
use crate::document::Place;
use crate::form::{Column, Field, Form, FundsLine, Row, Total};
use crate::vocabulary::{Label, Vocabulary};

/// Where within a form the reading stands.
#[derive(Debug, Default)]
pub(super) enum State {
    /// Header rows.
    #[default]
    Header,
    /// Within the funds block.
    Funds(FundsBlock),
    /// Within the goal block.
    Goal(GoalBlock),
    /// Under the headings of the indicator table; `fresh` until the first row below them.
    Indicators { headings: Headings, fresh: bool },
    /// Below the total.
    After,
}

/// The parts of a form as they are found.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub caption: Option<Caption>,
    pub place: Place,
    /// Label cells of the header with their values.
    pub pairs: Vec<(Option<Label>, Field, Field)>,
    pub funds: Vec<FundsLine>,
    pub goal_expected: Option<Field>,
    pub goal_achieved: Option<Field>,
    pub rows: Vec<Row>,
    pub total: Option<Total>,
    pub unplaced: Vec<Field>,
    pub columns: Vec<Column>,
    /// The goal group that a section title (长期绩效目标表) announced.
    pub section: Option<Field>,
    /// Texts of the column without a heading, one for each row: they are groups or just 年度绩效指标.
    pub margins: Vec<Option<Field>>,
}

impl Parts {
    /// Whether the header so far names a project: then it is the header of a form even without a caption.
    fn names_project(&self) -> bool {
        self.pairs.iter().any(|(label, _, value)| *label == Some(Label::Project) && !value.is_blank())
    }
}

/// Walks the lines of a document and puts its forms together.
pub(super) struct Builder<'v> {
    pub vocabulary: &'v Vocabulary,
    /// The caption above the next form, until a table follows.
    pending: Option<Caption>,
    pub parts: Parts,
    pub state: State,
    /// Whether any table row has been taken for the current form.
    started: bool,
    /// Whether running text stands between the last table and the next.
    interrupted: bool,
    forms: Vec<Form>,
    traced: bool,
    trace: Vec<String>,
}

impl<'v> Builder<'v> {
    pub fn new(vocabulary: &'v Vocabulary, traced: bool) -> Self {
        Builder {
            vocabulary,
            pending: None,
            parts: Parts::default(),
            state: State::default(),
            started: false,
            interrupted: false,
            forms: Vec::new(),
            traced,
            trace: Vec::new(),
        }
    }

    /// A line of text outside tables.
    pub fn paragraph(&mut self, field: &Field) {
        if field.is_blank() {
            return;
        }
        if self.caption(field) {
            return;
        }
        if let Some(pending) = &mut self.pending {
            pending.add_line(field);
        }
        self.interrupted = true;
    }

    /// A new table begins: the form goes on in it only where its first row goes on with the form.
    pub fn begin_table(&mut self, first: Option<&RowView>) {
        let interrupted = std::mem::take(&mut self.interrupted);
        let goes_on = match &self.state {
            State::After => false,
            State::Indicators { headings, .. } => first.is_some_and(|row| {
                self.parts.rows.is_empty() || headings.continued_by(row, self.vocabulary, interrupted)
            }),
            _ => self.parts.caption.is_some() || self.parts.names_project(),
        };
        if !goes_on {
            self.close();
        }
    }

    /// A row of a table.
    pub fn row(&mut self, row: &RowView) {
        if is_empty(row) {
            return;
        }
        if let Some(cell) = row.lone_text() {
            let field = row.field(cell);
            if self.caption(&field) {
                return self.note(row, "标题");
            }
            if !self.started && self.pending.as_mut().is_some_and(|caption| caption.add_line(&field)) {
                return self.note(row, "年度");
            }
        }
        if self.begins_form(row) {
            self.close();
        }
        self.take(row);
    }

    /// Takes a caption, if the text is one: the form so far ends, the next begins with the table below.
    fn caption(&mut self, field: &Field) -> bool {
        if self.vocabulary.is_section(&field.text) && (self.started || self.pending.is_some()) {
            if self.started {
                self.parts.section = Some(field.clone());
            }
            return true;
        }
        let Some(kind) = self.vocabulary.form_kind(&field.text) else { return false };
        self.close();
        let mut caption = Caption::new(kind, field.clone());
        if let Some(above) = self.pending.take() {
            caption.year = caption.year.or(above.year);
        }
        self.pending = Some(caption);
        true
    }

    /// Whether a row begins another form although no caption stands above it: the header block begins again.
    fn begins_form(&self, row: &RowView) -> bool {
        if self.parts.rows.is_empty() {
            return false;
        }
        let first = row.texts().next().and_then(|cell| self.vocabulary.label(&cell.text));
        matches!(first, Some(Label::Project | Label::Unit | Label::Authority))
    }

    fn take(&mut self, row: &RowView) {
        if let State::Indicators { headings, fresh } = &mut self.state
            && *fresh
        {
            *fresh = false;
            if headings.refine(row, self.vocabulary) {
                self.parts.columns.extend(headings.columns());
                *fresh = true;
                return self.note(row, "第二行表头");
            }
        }
        if let Some(headings) = Headings::read(row, self.vocabulary) {
            self.start(row);
            self.parts.columns.extend(headings.columns());
            self.state = State::Indicators { headings, fresh: true };
            return self.note(row, "指标表头");
        }
        let began = self.started || self.pending.is_some() || self.begins_header(row);
        if !began {
            return;
        }
        self.start(row);
        let kind = match std::mem::take(&mut self.state) {
            State::Indicators { headings, .. } => self.indicator_row(row, headings),
            State::After => self.after_row(row),
            state => self.header_row(row, state),
        };
        self.note(row, kind);
    }

    /// Whether a row without a caption above it can be the first of a form.
    fn begins_header(&self, row: &RowView) -> bool {
        let label = row.texts().next().and_then(|cell| self.vocabulary.label(&cell.text));
        matches!(label, Some(Label::Project | Label::Unit)) && row.texts().count() >= 2
    }

    fn start(&mut self, row: &RowView) {
        if self.started {
            return;
        }
        self.started = true;
        self.parts.caption = self.pending.take();
        self.parts.place = row.place();
    }

    /// A row below the total: remarks and signatures.
    fn after_row(&mut self, row: &RowView) -> &'static str {
        self.state = State::After;
        self.label_row(row);
        "表后文字"
    }

    /// Ends the form so far; a form without a single indicator row is none.
    fn close(&mut self) {
        let parts = std::mem::take(&mut self.parts);
        self.state = State::Header;
        if std::mem::take(&mut self.started) && !parts.rows.is_empty() {
            self.forms.push(super::finish::assemble(parts, self.vocabulary));
        }
    }

    pub fn finish(mut self) -> (Vec<Form>, Vec<String>) {
        self.close();
        (self.forms, self.trace)
    }

    pub fn note(&mut self, row: &RowView, what: &str) {
        if self.traced {
            let texts: Vec<String> = row.texts().map(|cell| cell.text.clone()).collect();
            self.trace.push(format!("{}：{what}｜{}", row.place(), texts.join(" | ")));
        }
    }
}
