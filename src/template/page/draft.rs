//! 目标表版面 (draft): the published layout of 项目支出绩效目标表 and 部门整体绩效目标表.

use super::{Cell, Mark, Page, Role, Sum, merge_down, width};
use crate::form::Column;
use crate::ruleset::RuleSet;
use crate::template::draft::{DraftCell, DraftForm, Need};
use crate::template::open::gathered;

/// Lays a draft out as it is published.
pub(in crate::template) fn page(form: &DraftForm, rules: &RuleSet) -> Page {
    let widths: Vec<u16> = form.columns.iter().map(|column| width(*column)).collect();
    let mut rows =
        if form.kind.is_overall() { overall_head(form, widths.len()) } else { project_head(form, widths.len()) };
    let heading = rows.len();
    rows.push(headings(form));
    let first = rows.len();
    rows.extend(form.rows.iter().map(|row| {
        let cell =
            |(index, column): (usize, &Column)| row.get(*column).map(|draft| body(index, 1, draft, role(*column)));
        form.columns.iter().enumerate().filter_map(cell).collect()
    }));
    let sums = sums(form, first);
    for column in [Column::Group, Column::Level1, Column::Level2] {
        if let Some(index) = form.columns.iter().position(|known| *known == column) {
            merge_down(&mut rows, index, first);
        }
    }
    Page { title: form.title.clone(), year: Some(form.year), widths, rows, heading, sums, lines: lines(form, rules) }
}

fn role(column: Column) -> Role {
    match column {
        Column::Target => Role::Target,
        Column::Weight => Role::Weight,
        Column::Rule => Role::Rule,
        _ => Role::Text,
    }
}

/// A drafted cell with its reasons as the comment.
fn body(column: usize, columns: usize, draft: &DraftCell, role: Role) -> Cell {
    let mark = match draft.need {
        Need::Nothing => Mark::None,
        Need::Confirm => Mark::Confirm,
        Need::Fill => Mark::Fill,
    };
    let need = Some(draft.need.words()).filter(|words| !words.is_empty()).map(|words| format!("【{words}】"));
    let notes =
        if draft.reasons.is_empty() { Vec::new() } else { need.into_iter().chain(draft.reasons.clone()).collect() };
    Cell { notes, mark, ..Cell::new(column, columns, draft.text.clone(), role) }
}

/// The heading of a column as it is published.
fn heading(column: Column, overall: bool) -> &'static str {
    match column {
        Column::Target => "指标值",
        Column::Basis if overall => "指标设定依据",
        Column::Basis => "指标值设置依据",
        Column::Weight if overall => "分值权重",
        Column::Weight => "指标分值权重",
        Column::Rule => "指标赋分规则",
        _ => column.title(),
    }
}

fn headings(form: &DraftForm) -> Vec<Cell> {
    let overall = form.kind.is_overall();
    let cell = |(index, column): (usize, &Column)| Cell::new(index, 1, heading(*column, overall), Role::Heading);
    form.columns.iter().enumerate().map(cell).collect()
}

fn project_head(form: &DraftForm, columns: usize) -> Vec<Vec<Cell>> {
    let rest = columns.saturating_sub(1);
    let half = columns.div_ceil(2);
    let mut rows = vec![vec![Cell::label(0, 1, "预算单位"), body(1, rest, &form.unit, Role::Text)]];
    let project = form.project.clone().unwrap_or_default();
    rows.push(vec![
        Cell::label(0, 1, "项目名称"),
        body(1, half - 1, &project, Role::Text),
        Cell::label(half, 1, "项目负责人"),
        body(half + 1, columns - half - 1, &form.leader, Role::Text),
    ]);
    rows.push(funds_pairs(form, columns));
    rows.push(vec![Cell::label(0, 1, "项目总体目标"), body(1, rest, &form.goal, Role::Prose)]);
    rows
}

/// 项目资金(万元) | 年度预算总额 | 2.50 | 其中：财政拨款 | 2.50 | 其他资金 | 0.00, over all columns.
fn funds_pairs(form: &DraftForm, columns: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::label(0, 1, "项目资金(万元)")];
    let slots = form.funds.len() * 2;
    let room = columns.saturating_sub(1);
    let mut column = 1;
    for (index, line) in form.funds.iter().enumerate() {
        for part in 0..2 {
            let slot = index * 2 + part;
            let span = (room * (slot + 1) / slots.max(1)).saturating_sub(room * slot / slots.max(1)).max(1);
            cells.push(match part {
                0 => Cell::label(column, span, line.name.clone()),
                _ => body(column, span, &line.amount, Role::Text),
            });
            column += span;
        }
    }
    cells
}

fn overall_head(form: &DraftForm, columns: usize) -> Vec<Vec<Cell>> {
    let rest = columns.saturating_sub(1);
    let half = columns.div_ceil(2);
    let phone = form.phone.clone().unwrap_or_default();
    let mut rows = vec![
        vec![Cell::label(0, 1, "部门名称（盖章）"), body(1, rest, &form.unit, Role::Text)],
        vec![
            Cell::label(0, 1, "部门联系人"),
            body(1, half - 1, &form.leader, Role::Text),
            Cell::label(half, 1, "联系电话"),
            body(half + 1, columns - half - 1, &phone, Role::Text),
        ],
        vec![Cell::label(0, 1, "年度绩效目标"), body(1, rest, &form.goal, Role::Prose)],
    ];
    rows.extend(funds_table(form, columns));
    rows
}

/// 年度预算(万元) with its sources, as published.
fn funds_table(form: &DraftForm, columns: usize) -> Vec<Vec<Cell>> {
    let amount = columns.saturating_sub(2).max(4);
    let span = columns.saturating_sub(amount).max(1);
    let mut head = Cell::label(0, 1, "年度预算(万元)");
    head.rows = form.funds.len() + 1;
    let mut rows =
        vec![vec![head, Cell::label(1, amount - 1, "资金来源"), Cell::label(amount, span, "资金总额(万元)")]];
    let fiscal = form.funds.len().saturating_sub(1);
    for (index, line) in form.funds.iter().enumerate() {
        let mut cells = Vec::new();
        let source = if index == 0 {
            Some(("财政资金(万元)", fiscal))
        } else {
            (index == fiscal).then_some(("其他资金(万元)", 1))
        };
        if let Some((name, rows)) = source {
            cells.push(Cell { rows, ..Cell::label(1, 2, name) });
        }
        cells.push(Cell::label(3, amount - 3, line.name.clone()));
        cells.push(body(amount, span, &line.amount, Role::Text));
        rows.push(cells);
    }
    rows
}

/// The weights of each level 1, by the rows of the page.
fn sums(form: &DraftForm, first: usize) -> Vec<Sum> {
    let Some(column) = form.columns.iter().position(|column| *column == Column::Weight) else { return Vec::new() };
    let mut sums: Vec<Sum> = Vec::new();
    for (index, row) in form.rows.iter().enumerate() {
        let level = row.text(Column::Level1);
        let at = sums.iter().position(|sum| sum.level == level);
        let at = at.unwrap_or_else(|| {
            sums.push(Sum { level: level.to_owned(), column, rows: Vec::new(), wanted: String::new() });
            sums.len() - 1
        });
        if let Some(sum) = sums.get_mut(at) {
            sum.rows.push(first + index);
        }
    }
    for sum in &mut sums {
        let weights = sum
            .rows
            .iter()
            .filter_map(|row| form.rows.get(row - first)?.text(Column::Weight).parse::<rust_decimal::Decimal>().ok());
        sum.wanted = weights.sum::<rust_decimal::Decimal>().normalize().to_string();
    }
    sums
}

/// The notes and what is left to a person, below the table.
fn lines(form: &DraftForm, rules: &RuleSet) -> Vec<String> {
    let mut lines = vec![format!(
        "起草口径：目标值、权重和赋分规则依规则集“{}”拟定，各单元格的批注写明数据、算式和依据。",
        rules.title
    )];
    let open = gathered(&form.open_items(1), false);
    // What an open cell says already is no note beside it.
    let notes = form.notes.iter().filter(|note| !open.iter().any(|group| group.why.starts_with(note.as_str())));
    lines.extend(notes.map(|note| format!("提示：{note}。")));
    lines.extend(open.iter().map(|group| format!("{}：{}。{}。", group.need.words(), group.cells, group.why)));
    lines
}
