//! 自评表版面 (form): any form on a grid, in the order in which forms are published.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Mark, Page, Role, merge_down, width};
use crate::form::{Column, Field, Form, FundsLine};

/// 填写情况: where something was filled in, with the reasons.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::template) struct FilledCells {
    /// Cells of indicator rows by position and column.
    pub rows: BTreeMap<(usize, Column), Vec<String>>,
    /// Funds lines by position.
    pub funds: BTreeSet<usize>,
    pub total: bool,
    /// Cells that a person must still fill.
    pub open: BTreeMap<(usize, Column), Vec<String>>,
}

/// The columns in the order of printing.
const ORDER: [Column; 15] = [
    Column::Group,
    Column::Level1,
    Column::Level2,
    Column::Name,
    Column::Weight,
    Column::Target,
    Column::Actual,
    Column::Rate,
    Column::Score,
    Column::Basis,
    Column::Previous,
    Column::BeforePrevious,
    Column::Rule,
    Column::Evidence,
    Column::Reason,
];

/// Lays a form out; what was filled in is marked.
pub(in crate::template) fn page(form: &Form, filled: &FilledCells) -> Page {
    let used =
        |column: &Column| form.columns.contains(column) && form.rows.iter().any(|row| row.get(*column).is_some());
    let group = |column: &Column| *column != Column::Group || form.rows.iter().any(|row| !row.text(*column).is_empty());
    let columns: Vec<Column> = ORDER.into_iter().filter(used).filter(group).collect();
    let widths: Vec<u16> = columns.iter().map(|column| width(*column)).collect();
    let mut rows = head(form, columns.len());
    rows.extend(funds(form, columns.len(), filled));
    rows.extend(goal(form, columns.len()));
    let heading = rows.len();
    rows.push(
        columns.iter().enumerate().map(|(index, column)| Cell::new(index, 1, title(*column), Role::Heading)).collect(),
    );
    let first = rows.len();
    rows.extend(form.rows.iter().enumerate().map(|(number, row)| {
        let cell = |(index, column): (usize, &Column)| {
            let text = row.get(*column).map(|field| field.text.clone()).unwrap_or_default();
            let (mark, notes) = mark(filled, number, *column);
            Cell { mark, notes, ..Cell::new(index, 1, text, Role::Text) }
        };
        columns.iter().enumerate().map(cell).collect()
    }));
    for column in [Column::Group, Column::Level1, Column::Level2] {
        if let Some(index) = columns.iter().position(|known| *known == column) {
            merge_down(&mut rows, index, first);
        }
    }
    rows.extend(total(form, &columns, filled));
    let title = form.title.as_ref().map_or_else(|| form.kind.title().to_owned(), |title| title.text.clone());
    Page { title, year: form.year, widths, rows, heading, sums: Vec::new(), lines: Vec::new() }
}

/// How a cell is set off, and what its comment says.
fn mark(filled: &FilledCells, row: usize, column: Column) -> (Mark, Vec<String>) {
    let open = filled.open.get(&(row, column)).map(|reasons| (Mark::Fill, reasons));
    let done = || filled.rows.get(&(row, column)).map(|reasons| (Mark::Filled, reasons));
    open.or_else(done).map_or((Mark::None, Vec::new()), |(mark, reasons)| (mark, reasons.clone()))
}

fn title(column: Column) -> &'static str {
    match column {
        Column::Target => "年度指标值",
        Column::Weight => "分值",
        Column::Reason => "偏差原因分析及改进措施",
        _ => column.title(),
    }
}

/// Labels with their values, two pairs a row.
fn head(form: &Form, columns: usize) -> Vec<Vec<Cell>> {
    let known = [("项目名称", &form.project), ("单位名称", &form.unit), ("项目负责人", &form.leader)];
    let named = known.into_iter().filter_map(|(label, field)| Some((label.to_owned(), field.as_ref()?.text.clone())));
    let others = form.header.iter().map(|(label, value)| (label.text.clone(), value.text.clone()));
    let pairs: Vec<(String, String)> = named.chain(others).collect();
    let half = columns.div_ceil(2);
    let row = |pair: &[(String, String)]| {
        let mut cells = Vec::new();
        let ends = if pair.len() == 2 { vec![(0, half), (half, columns)] } else { vec![(0, columns)] };
        for ((label, value), (start, end)) in pair.iter().zip(ends) {
            cells.push(Cell::label(start, 1, label.clone()));
            cells.push(Cell::new(start + 1, (end - start).saturating_sub(1).max(1), value.clone(), Role::Text));
        }
        cells
    };
    pairs.chunks(2).map(row).collect()
}

/// A kind of amount with its heading.
type Amount = (&'static str, fn(&FundsLine) -> &Option<Field>);

const AMOUNTS: [Amount; 6] = [
    ("年初预算数", |line| &line.initial),
    ("全年预算数", |line| &line.budget),
    ("全年执行数", |line| &line.spent),
    ("分值", |line| &line.weight),
    ("执行率", |line| &line.rate),
    ("得分", |line| &line.score),
];

/// 资金区: names and the amounts that any line has.
fn funds(form: &Form, columns: usize, filled: &FilledCells) -> Vec<Vec<Cell>> {
    let used: Vec<Amount> =
        AMOUNTS.into_iter().filter(|(_, amount)| form.funds.iter().any(|line| amount(line).is_some())).collect();
    if form.funds.is_empty() || columns < used.len() + 2 {
        return Vec::new();
    }
    let names = columns - used.len() - 1;
    let mut block = Cell::label(0, 1, "项目资金（万元）");
    block.rows = form.funds.len() + 1;
    let mut first = vec![block, Cell::label(1, names, "资金来源")];
    first.extend(used.iter().enumerate().map(|(index, (name, _))| Cell::label(1 + names + index, 1, *name)));
    let mut rows = vec![first];
    for (number, line) in form.funds.iter().enumerate() {
        let mut cells = vec![Cell::label(1, names, line.name.text.clone())];
        for (index, (name, amount)) in used.iter().enumerate() {
            let text = amount(line).as_ref().map(|field| field.text.clone()).unwrap_or_default();
            let marked = filled.funds.contains(&number) && matches!(*name, "执行率" | "得分");
            let mark = if marked { Mark::Filled } else { Mark::None };
            cells.push(Cell { mark, ..Cell::new(1 + names + index, 1, text, Role::Text) });
        }
        rows.push(cells);
    }
    rows
}

fn goal(form: &Form, columns: usize) -> Vec<Vec<Cell>> {
    let Some(goal) = &form.goal else { return Vec::new() };
    let text = |field: &Option<Field>| field.as_ref().map(|field| field.text.clone()).unwrap_or_default();
    let half = columns.div_ceil(2);
    let mut label = Cell::label(0, 1, "年度总体目标");
    label.rows = 2;
    vec![
        vec![label, Cell::label(1, half - 1, "预期目标"), Cell::label(half, columns - half, "实际完成情况")],
        vec![
            Cell::new(1, half - 1, text(&goal.expected), Role::Prose),
            Cell::new(half, columns - half, text(&goal.achieved), Role::Prose),
        ],
    ]
}

fn total(form: &Form, columns: &[Column], filled: &FilledCells) -> Option<Vec<Cell>> {
    let total = form.total.as_ref()?;
    let text = |field: &Option<Field>| field.as_ref().map(|field| field.text.clone()).unwrap_or_default();
    let cell = |(index, column): (usize, &Column)| match column {
        _ if index == 0 => Cell::label(0, 1, "总分"),
        Column::Weight => Cell::new(index, 1, text(&total.weight), Role::Text),
        Column::Score => {
            let mark = if filled.total { Mark::Filled } else { Mark::None };
            Cell { mark, ..Cell::new(index, 1, text(&total.score), Role::Text) }
        }
        _ => Cell::new(index, 1, "", Role::Text),
    };
    Some(columns.iter().enumerate().map(cell).collect())
}
