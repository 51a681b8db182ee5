//! 草稿 (draft): next year's tables, each cell with the reasons behind it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::Place;
use crate::form::{Column, Field, Form, FormKind, FundsLine, Goal, Row};
use crate::ruleset::RuleSet;
use crate::template::Policy;

/// What a reason that is a clause begins with.
pub(super) const CLAUSE: &str = "依据：";

/// Whether a reason is the clause behind the others.
pub fn is_clause(reason: &str) -> bool {
    reason.starts_with(CLAUSE)
}

/// 起草材料: what the drafts are made from.
#[derive(Debug, Clone, Copy)]
pub struct DraftInput<'a> {
    /// This year's self-evaluations or target tables; one draft for each.
    pub forms: &'a [Form],
    /// Forms of earlier years (and, for a target table, the self-evaluation of the same year).
    pub history: &'a [Form],
    /// The year to draft for.
    pub year: i32,
    /// 年度预算总额 of the year, in 万元; only for a single form.
    pub budget: Option<Decimal>,
    pub rules: &'a RuleSet,
    pub policy: &'a Policy,
}

/// 草稿: the drafted tables with what is left to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub year: i32,
    pub forms: Vec<DraftForm>,
}

/// 目标表草稿: one drafted table.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftForm {
    /// [`FormKind::ProjectTarget`] or [`FormKind::OverallTarget`].
    pub kind: FormKind,
    pub year: i32,
    pub title: String,
    pub unit: DraftCell,
    /// 项目名称; `None` for a table of the whole unit.
    pub project: Option<DraftCell>,
    /// 项目负责人 or 部门联系人.
    pub leader: DraftCell,
    /// 联系电话, for a table of the whole unit.
    pub phone: Option<DraftCell>,
    pub funds: Vec<DraftFunds>,
    /// The budget that the cost ceilings may not exceed, in 万元, where it is known.
    pub budget: Option<Decimal>,
    /// 总体目标
    pub goal: DraftCell,
    /// The columns of the indicator table, in the order of printing.
    pub columns: Vec<Column>,
    pub rows: Vec<DraftRow>,
    /// What a person should know before using the draft, one sentence each.
    pub notes: Vec<String>,
}

/// 资金行 of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftFunds {
    pub name: String,
    /// 万元
    pub amount: DraftCell,
}

/// 指标行 of a draft.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DraftRow {
    cells: BTreeMap<Column, DraftCell>,
}

/// 单元格草稿: a text with the reasons behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftCell {
    pub text: String,
    /// Published figure, arithmetic, clause: one line each.
    pub reasons: Vec<String>,
    pub need: Need,
}

/// 待办: what a person still has to do about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Need {
    /// Nothing.
    #[default]
    Nothing,
    /// 待确认: the text is a proposal that a person has to agree to.
    Confirm,
    /// 待填: the text only says what is wanted.
    Fill,
}

/// 待办事项: a cell that a person has to fill or confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// Number of the form in the draft, from 1.
    pub form: usize,
    /// Number of the indicator row, from 1; 0 is the funds block; `None` is the head of the form.
    pub row: Option<usize>,
    /// The cell in words: 指标“参保人数”的目标值.
    pub cell: String,
    pub need: Need,
    /// Why, in Chinese.
    pub why: String,
}

impl DraftCell {
    /// A text that stands for itself.
    pub fn plain(text: impl Into<String>) -> Self {
        DraftCell { text: text.into(), ..DraftCell::default() }
    }

    /// A text with one reason.
    pub fn because(text: impl Into<String>, reason: impl Into<String>) -> Self {
        DraftCell { text: text.into(), reasons: vec![reason.into()], need: Need::Nothing }
    }

    /// A cell for a person to fill; the text begins with the policy's word for it.
    pub fn to_fill(policy: &Policy, hint: &str, reason: impl Into<String>) -> Self {
        let text = if hint.is_empty() { policy.to_fill.clone() } else { format!("{}：{hint}", policy.to_fill) };
        DraftCell { text, reasons: vec![reason.into()], need: Need::Fill }
    }

    /// The same cell with a person's agreement wanted.
    #[must_use]
    pub fn to_confirm(mut self) -> Self {
        self.need = self.need.max(Need::Confirm);
        self
    }

    /// The last reason that is no clause: for an open cell, what a person has to do.
    pub fn why(&self) -> &str {
        let said = self.reasons.iter().rev().find(|reason| !is_clause(reason));
        said.map(String::as_str).unwrap_or_default()
    }

    fn field(&self) -> Field {
        Field::new(self.text.clone(), Place::default())
    }
}

impl Need {
    /// The word a user reads; empty where nothing is to do.
    pub fn words(self) -> &'static str {
        match self {
            Need::Nothing => "",
            Need::Confirm => "待确认",
            Need::Fill => "待填",
        }
    }

    /// The key in YAML and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Need::Nothing => "nothing",
            Need::Confirm => "confirm",
            Need::Fill => "fill",
        }
    }
}

impl DraftRow {
    /// The cell of a column; `None` where the table has no such column.
    pub fn get(&self, column: Column) -> Option<&DraftCell> {
        self.cells.get(&column)
    }

    /// The text of a column; empty where absent.
    pub fn text(&self, column: Column) -> &str {
        self.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Puts a cell into its column.
    pub fn set(&mut self, column: Column, cell: DraftCell) {
        self.cells.insert(column, cell);
    }

    /// All cells in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = (Column, &DraftCell)> {
        self.cells.iter().map(|(column, cell)| (*column, cell))
    }
}

impl Draft {
    /// The drafts as forms, for the audit and for the writers of the contract.
    pub fn to_forms(&self) -> Vec<Form> {
        self.forms.iter().map(DraftForm::to_form).collect()
    }

    /// Everything that a person has to fill or confirm, in the order of the tables.
    pub fn open_items(&self) -> Vec<OpenItem> {
        self.forms.iter().enumerate().flat_map(|(index, form)| form.open_items(index + 1)).collect()
    }
}

impl DraftForm {
    /// The draft as a form.
    pub fn to_form(&self) -> Form {
        let header = [("部门联系人", Some(&self.leader)), ("联系电话", self.phone.as_ref())];
        let overall = self.kind.is_overall();
        let header = header
            .into_iter()
            .filter(|_| overall)
            .filter_map(|(label, cell)| Some((Field::new(label, Place::default()), cell?.field())));
        Form {
            kind: self.kind,
            title: Some(Field::new(self.title.clone(), Place::default())),
            year: Some(self.year),
            unit: Some(self.unit.field()),
            project: self.project.as_ref().map(DraftCell::field),
            leader: (!overall).then(|| self.leader.field()),
            header: header.collect(),
            funds: self.funds.iter().map(DraftFunds::to_line).collect(),
            goal: Some(Goal { expected: Some(self.goal.field()), achieved: None }),
            rows: self.rows.iter().map(|row| row.to_row(&self.columns)).collect(),
            total: None,
            unplaced: Vec::new(),
            place: Place::default(),
            columns: sorted(&self.columns),
        }
    }

    /// Every cell of the head and the funds with its name.
    pub(super) fn head_cells(&self) -> Vec<(Option<usize>, String, &DraftCell)> {
        let leader = if self.kind.is_overall() { "部门联系人" } else { "项目负责人" };
        let mut cells = vec![(None, "单位名称".to_owned(), &self.unit)];
        cells.extend(self.project.iter().map(|cell| (None, "项目名称".to_owned(), cell)));
        cells.push((None, leader.to_owned(), &self.leader));
        cells.extend(self.phone.iter().map(|cell| (None, "联系电话".to_owned(), cell)));
        cells.extend(self.funds.iter().map(|line| (Some(0), format!("资金“{}”", line.name), &line.amount)));
        cells.push((None, "总体目标".to_owned(), &self.goal));
        cells
    }

    /// Every cell of the indicator rows with its name.
    pub(super) fn row_cells(&self) -> impl Iterator<Item = (usize, String, &DraftCell)> {
        self.rows.iter().enumerate().flat_map(|(index, row)| {
            let name = row.text(Column::Name);
            let cells = self.columns.iter().filter_map(|column| Some((*column, row.get(*column)?)));
            cells.map(move |(column, cell)| (index + 1, format!("指标“{name}”的{}", column.title()), cell))
        })
    }

    pub(super) fn open_items(&self, form: usize) -> Vec<OpenItem> {
        let rows = self.row_cells().map(|(row, name, cell)| (Some(row), name, cell));
        let open = self.head_cells().into_iter().chain(rows).filter(|(_, _, cell)| cell.need != Need::Nothing);
        let item = |(row, cell, draft): (Option<usize>, String, &DraftCell)| OpenItem {
            form,
            row,
            cell,
            need: draft.need,
            why: draft.why().to_owned(),
        };
        open.map(item).collect()
    }
}

impl DraftFunds {
    fn to_line(&self) -> FundsLine {
        FundsLine {
            name: Field::new(self.name.clone(), Place::default()),
            initial: None,
            budget: Some(self.amount.field()),
            spent: None,
            weight: None,
            rate: None,
            score: None,
        }
    }
}

impl DraftRow {
    fn to_row(&self, columns: &[Column]) -> Row {
        let mut row = Row::new(Place::default());
        for column in columns {
            row.set(*column, self.get(*column).map_or_else(|| Field::new("", Place::default()), DraftCell::field));
        }
        row
    }
}

fn sorted(columns: &[Column]) -> Vec<Column> {
    let mut columns = columns.to_vec();
    columns.sort();
    columns
}
