//! 表 (sheet): a form as it was printed, wrong cells marked and the recomputed figures beside the printed ones.

use std::collections::{BTreeMap, HashMap};

use jixiao::audit::Finding;
use jixiao::case::FormCase;
use jixiao::document::{Cell, Place, Table};
use jixiao::form::{Column, Field, FundsLine};
use jixiao::report::{FormReport, RowReport, Verdict, cause_words, percent, plain, points};
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::session::{Opened, finding_key};

/// Table, row and column of a cell.
type Spot = (usize, usize, usize);

fn spot(place: &Place) -> Option<Spot> {
    Some((place.table?, place.row?, place.column?))
}

fn id(spot: Spot) -> String {
    format!("c{}-{}-{}", spot.0, spot.1, spot.2)
}

/// What is written on the cells of a form.
#[derive(Default)]
struct Notes {
    /// The findings of each cell by number, with the gravest severity.
    findings: HashMap<Spot, (Vec<usize>, &'static str)>,
    /// The indicator row that a cell belongs to.
    rows: HashMap<Spot, usize>,
    /// The recomputed figure beside a printed one, and whether it is another.
    figures: HashMap<Spot, (String, bool)>,
}

/// The form with its head, its cells and its findings as pieces of a page.
pub fn show(opened: &Opened, number: usize) -> Value {
    let report = &opened.whole;
    let index = number.saturating_sub(1);
    let (Some(case), Some(form)) = (opened.case.forms.get(index), report.forms.get(index)) else {
        let loose: Vec<&Finding> = report.findings_of(None).collect();
        return json!({ "head": "", "form": "", "findings": listed(&loose).into_string() });
    };
    let findings: Vec<&Finding> = report.findings_of(Some(number)).chain(report.findings_of(None)).collect();
    let notes = notes(case, form, &findings);
    json!({
        "head": head(form).into_string(),
        "form": printed(opened, index, case, &notes).into_string(),
        "findings": listed(&findings).into_string(),
    })
}

fn head(form: &FormReport) -> Markup {
    let total = form.computed.map(points).unwrap_or_else(|| "—".to_owned());
    html! {
        h2 { (form.title) }
        dl class="facts" {
            @if let Some(unit) = &form.unit { dt { "单位" } dd { (unit) } }
            @if let Some(project) = &form.project { dt { "项目" } dd { (project) } }
            @if let Some(year) = form.year { dt { "年度" } dd { (year) } }
            @if form.kind.is_self_evaluation() {
                dt { "总分" }
                dd {
                    @match form.published {
                        Some(published) => { "填报 " (points(published)) " → 复核 " (total) },
                        None => { "表中未填总分；复核 " (total) },
                    }
                    @if let Some(grade) = &form.grade { "，等级" (grade) }
                    "；可复核分值 " (plain(form.verified)) "/" (plain(form.weight))
                }
            }
            dt { "规则" }
            dd { (form.rules.id) "　" (form.rules.title) "（" (form.rules.because) "）" }
            @if !form.support.others.is_empty() {
                dt { "其他规则" }
                dd {
                    @for (index, other) in form.support.others.iter().enumerate() {
                        @if index > 0 { "；" }
                        "改按 " (other.rules) " 总分 " (points(other.points))
                        @if let Some(grade) = &other.grade { "，等级" (grade) }
                    }
                }
            }
        }
    }
}

fn notes(case: &FormCase, form: &FormReport, findings: &[&Finding]) -> Notes {
    let mut notes = Notes::default();
    for (index, finding) in findings.iter().enumerate() {
        let Some(spot) = finding.place.as_ref().and_then(spot) else { continue };
        let entry = notes.findings.entry(spot).or_insert_with(|| (Vec::new(), finding.severity.key()));
        entry.0.push(index);
    }
    for (number, row) in (1..).zip(&case.form.rows) {
        for (_, field) in row.cells() {
            if let Some(spot) = spot(&field.place) {
                notes.rows.entry(spot).or_insert(number);
            }
        }
        if let Some(report) = form.rows.get(number - 1) {
            figures(&mut notes, report, row.get(Column::Rate), row.get(Column::Score));
        }
    }
    if let Some(execution) = &form.execution {
        let weighed = |line: &&FundsLine| {
            line.weight.as_ref().is_some_and(|weight| weight.squeezed().contains(|c: char| c.is_ascii_digit()))
        };
        let line = case.form.funds.iter().find(weighed);
        if let Some(line) = line {
            figures(&mut notes, execution, line.rate.as_ref(), line.score.as_ref());
            for field in [&line.rate, &line.score, &line.spent, &line.budget].into_iter().flatten() {
                if let Some(spot) = spot(&field.place) {
                    notes.rows.entry(spot).or_insert(0);
                }
            }
        }
    }
    notes
}

/// The recomputed rate and score of a row, beside the printed ones.
fn figures(notes: &mut Notes, row: &RowReport, rate: Option<&Field>, score: Option<&Field>) {
    let differs = row.verdict == Verdict::Differs;
    if let (Some(spot), Some(value)) = (rate.and_then(|field| spot(&field.place)), row.rate) {
        notes.figures.insert(spot, (format!("{}%", percent(value)), differs));
    }
    if let (Some(spot), Some(value)) = (score.and_then(|field| spot(&field.place)), row.points_text()) {
        notes.figures.insert(spot, (value, differs));
    }
}

/// The cells of the document that belong to the form, in their own columns; a form that stands in no table as a list.
fn printed(opened: &Opened, index: usize, case: &FormCase, notes: &Notes) -> Markup {
    let begin = |case: &FormCase| Some((case.form.place.table?, case.form.place.row.unwrap_or(0)));
    let Some(from) = begin(case) else { return plain_rows(case, notes) };
    let to = opened.case.forms.get(index + 1).and_then(begin);
    let last = case.form.rows.iter().filter_map(|row| row.place.table).max().unwrap_or(from.0);
    let total = case.form.total.as_ref().and_then(|total| total.score.as_ref()?.place.table).unwrap_or(last);
    let tables =
        opened.case.document.tables().filter(|table| table.number >= from.0 && table.number <= last.max(total));
    let pieces: Vec<Markup> = tables
        .map(|table| {
            let inside = |cell: &&Cell| {
                let at = (table.number, cell.row.saturating_add(table.first_row));
                at >= from && to.is_none_or(|to| at < to)
            };
            grid(table, table.cells.iter().filter(inside), notes)
        })
        .collect();
    if pieces.is_empty() {
        return plain_rows(case, notes);
    }
    html! { @for piece in &pieces { (piece) } }
}

fn grid<'c>(table: &Table, cells: impl Iterator<Item = &'c Cell>, notes: &Notes) -> Markup {
    let mut rows: BTreeMap<usize, Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        rows.entry(cell.row).or_default().push(cell);
    }
    html! {
        table class="printed" {
            tbody {
                @for cells in rows.values() {
                    tr { @for cell in cells { (drawn(table, cell, notes)) } }
                }
            }
        }
    }
}

fn drawn(table: &Table, cell: &Cell, notes: &Notes) -> Markup {
    let spot = (table.number, cell.row.saturating_add(table.first_row), cell.column.saturating_add(table.first_column));
    let finding = notes.findings.get(&spot);
    let row = notes.rows.get(&spot);
    let figure = notes.figures.get(&spot);
    let found = finding.map(|(numbers, _)| numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" "));
    let rows = (cell.row_span > 1).then_some(cell.row_span);
    let columns = (cell.column_span > 1).then_some(cell.column_span);
    let class = finding.map(|(_, severity)| *severity);
    let focus = (row.is_some() || finding.is_some()).then_some("0");
    html! {
        td id=(id(spot)) class=[class] rowspan=[rows] colspan=[columns] data-row=[row] data-found=[found] tabindex=[focus] {
            span class=(room(&cell.text)) { (cell.text.trim()) }
            @if cell.doubt.is_some() { span class="doubt" title="读取不确定" { "？" } }
            @if let Some((value, differs)) = figure {
                span class=(if *differs { "figure differs" } else { "figure" }) title="复核" { (value) }
            }
        }
    }
}

/// Longest text of a cell that is kept on one line, in characters, and of one that needs little room.
const SHORT: usize = 6;
const MIDDLE: usize = 16;

/// How much room a text asks for: figures and the names of levels stay on one line, a sentence gets a wide cell.
fn room(text: &str) -> &'static str {
    match text.trim().chars().count() {
        length if length <= SHORT => "short",
        length if length <= MIDDLE => "middle",
        _ => "long",
    }
}

/// A form of no table (YAML, JSON): its rows under the names of their columns.
fn plain_rows(case: &FormCase, notes: &Notes) -> Markup {
    let columns: Vec<Column> = Column::CONTRACT
        .into_iter()
        .filter(|column| case.form.rows.iter().any(|row| row.get(*column).is_some_and(|field| !field.is_blank())))
        .collect();
    let _ = notes;
    html! {
        table class="printed" {
            thead { tr { @for column in &columns { th { (column.title()) } } } }
            tbody {
                @for (number, row) in (1..).zip(&case.form.rows) {
                    tr {
                        @for column in &columns {
                            td data-row=(number) tabindex="0" { (row.text(*column)) }
                        }
                    }
                }
            }
        }
    }
}

/// The findings, gravest first as the report orders them.
fn listed(findings: &[&Finding]) -> Markup {
    html! {
        @if findings.is_empty() { p class="calm" { "这张表没有发现问题。" } }
        @for (index, finding) in findings.iter().enumerate() {
            article class=(format!("finding {}", finding.severity.key())) data-index=(index) data-key=(finding_key(finding))
                data-cell=[finding.place.as_ref().and_then(spot).map(id)] data-row=[finding.row] data-code=(finding.code.number()) tabindex="0" {
                h3 { span class="badge" { (finding.severity.words()) } " " (finding.message) }
                @if finding.published.is_some() || finding.computed.is_some() {
                    p {
                        @if let Some(published) = &finding.published { "填报 " b { (published) } "　" }
                        @if let Some(computed) = &finding.computed { "应为 " b { (computed) } }
                    }
                }
                details {
                    summary { (finding.code.number()) " 依据和计算" }
                    @for line in &finding.evidence { p { (line) } }
                    @if let Some(cause) = cause_words(finding) { p { "可能原因：" (cause) } }
                    @if let Some(clause) = &finding.clause { p { "依据：" (clause) } }
                    @if let Some(place) = &finding.place { p { "位置：" (place) } }
                }
                @if let Some(suggestion) = &finding.suggestion { p class="todo" { (suggestion) } }
                div class="marks" {
                    button type="button" data-mark="accepted" { "采纳" }
                    button type="button" data-mark="rejected" { "不采纳" }
                    span class="reason" {}
                }
            }
        }
    }
}
