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
    After { headings: Headings },
}

/// The parts of a form as they are found.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub caption: Option<Caption>,
    pub place: Place,
    /// Label cells of the header with their values.
    pub pairs: Vec<(Option<Label>, Field, Field)>,
    /// Labels above a table of several projects, which belong to all of them.
    pub shared: Vec<(Option<Label>, Field, Field)>,
    pub funds: Vec<FundsLine>,
    /// The headings of the goal texts, by their grid columns: 中期目标, 年度目标.
    pub goal_headings: Vec<(usize, usize, Field)>,
    pub goal_expected: Option<Field>,
    pub goal_achieved: Option<Field>,
    pub rows: Vec<Row>,
    /// The second indicators of rows that hold two.
    pub beside: Vec<Row>,
    /// The levels of the last row, which rows below leave blank.
    pub levels: Option<Row>,
    pub total: Option<Total>,
    pub unplaced: Vec<Field>,
    pub columns: Vec<Column>,
    /// The goal group that a section title (长期绩效目标表) announced.
    pub section: Option<Field>,
    /// Texts of the column without a heading, one for each row: they are groups or just 年度绩效指标.
    pub margins: Vec<Option<Field>>,
    /// The last such text, for rows below it that leave the column blank.
    pub margin: Option<Field>,
}

/// Longest line between a caption and its table that may name the unit or the total, in characters.
const LONGEST_LINE_ABOVE: usize = 60;

/// How many such lines are looked at.
const LINES_ABOVE: usize = 8;

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
    /// The lines between the caption and the table.
    above: Vec<Field>,
    /// Whether the table belongs to a form of another kind, so that its rows are not read.
    foreign: bool,
    /// Whether the table of another kind is still to come.
    foreign_ahead: bool,
    /// The project that the last row named, in a table of several projects.
    pub subject: Option<String>,
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
            above: Vec::new(),
            foreign: false,
            foreign_ahead: false,
            subject: None,
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
        let short = field.squeezed().chars().count() <= LONGEST_LINE_ABOVE;
        if self.pending.as_mut().is_some_and(|pending| !pending.add_line(field)) {
            self.keep_above(field);
        }
        if self.foreign_ahead && !short {
            (self.foreign, self.foreign_ahead) = (false, false);
        }
        self.interrupted = true;
    }

    /// Keeps a line between a caption and its table: it may name the unit or the total. `false` for running text.
    fn keep_above(&mut self, field: &Field) -> bool {
        let short = field.squeezed().chars().count() <= LONGEST_LINE_ABOVE;
        let keeps = short && self.above.len() < LINES_ABOVE;
        if keeps {
            self.above.push(field.clone());
        }
        keeps
    }

    /// A new table begins: the form goes on in it only where its first row goes on with the form.
    pub fn begin_table(&mut self, first: Option<&RowView>) {
        let interrupted = std::mem::take(&mut self.interrupted);
        if self.foreign && interrupted && !std::mem::take(&mut self.foreign_ahead) {
            self.foreign = false;
        }
        let goes_on = match &self.state {
            State::After { .. } => false,
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
            if !self.started && self.pending.is_some() && self.keep_above(&field) {
                return self.note(row, "表上文字");
            }
        }
        if self.begins_form(row) {
            self.close();
        }
        if self.foreign {
            self.foreign_ahead = false;
            return self.note(row, "其他绩效表，不读取");
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
        if self.vocabulary.is_foreign_title(&field.text) {
            self.close();
            self.pending = None;
            (self.foreign, self.foreign_ahead) = (true, true);
            return true;
        }
        let Some(kind) = self.vocabulary.form_kind(&field.text) else { return false };
        self.close();
        self.foreign = false;
        self.above.clear();
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
            if row.texts().any(|cell| self.vocabulary.is_foreign_heading(&cell.text)) {
                self.parts = Parts::default();
                (self.started, self.state, self.foreign) = (false, State::Header, true);
                return self.note(row, "其他绩效表，不读取");
            }
            self.start(row);
            self.parts.margin = headings.margin().map(|text| Field::new(text, row.place()));
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
            State::After { headings } => self.after_row(row, headings),
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
        for field in std::mem::take(&mut self.above) {
            self.line_above(&field);
        }
    }

    /// Begins the next form of a table of several projects: the caption, the header and the columns stay.
    pub fn reopen(&mut self, row: &RowView) {
        let shared = std::mem::take(&mut self.parts.shared);
        let next = Parts {
            caption: self.parts.caption.clone(),
            columns: self.parts.columns.clone(),
            pairs: shared.clone(),
            shared,
            place: row.place(),
            ..Parts::default()
        };
        self.close();
        self.parts = next;
        self.started = true;
    }

    /// Ends the form so far; a form without a single indicator row is none.
    pub fn close(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        let beside = std::mem::take(&mut parts.beside);
        parts.margins.resize(parts.rows.len() + beside.len(), None);
        parts.rows.extend(beside);
        self.state = State::Header;
        self.subject = None;
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
