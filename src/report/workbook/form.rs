//! 表 (form): one form, published and recomputed columns side by side.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Worksheet, XlsxError, utility::row_col_to_cell};

use super::sheet::{Cell, Sheet, Styles};
use crate::audit::Finding;
use crate::report::{DocumentReport, FormReport, RowReport, Verdict, arithmetic, cause_words, percent};
use crate::score::Points;

/// Headings and widths of the columns.
const COLUMNS: [(&str, u16); 15] = [
    ("序号", 6),
    ("一级指标", 12),
    ("二级指标", 12),
    ("指标", 30),
    ("权重", 7),
    ("目标值", 18),
    ("完成值", 18),
    ("填报完成率", 11),
    ("复核完成率", 11),
    ("填报得分", 9),
    ("复核得分", 12),
    ("采用得分", 9),
    ("差额", 8),
    ("结论", 9),
    ("说明", 48),
];

/// Columns that formulas refer to.
const WEIGHT: u16 = 4;
const PUBLISHED: u16 = 9;
const COMPUTED: u16 = 10;
const ADOPTED: u16 = 11;
const DIFFERENCE: u16 = 12;

/// Name of the sheet that many forms share.
const ALL: &str = "全部指标";

/// Writes the sheet of one form.
pub fn write(
    document: &DocumentReport,
    form: &FormReport,
    sheet: &mut Worksheet,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let widths = COLUMNS.map(|(_, width)| width);
    let mut sheet = Sheet::new(sheet, &widths)?;
    let mut row = 0;
    sheet.paragraph(row, &format!("表{} {}", form.form, form.title), &styles.title)?;
    for line in heading(document, form) {
        row += 1;
        sheet.paragraph(row, &line, &styles.label)?;
    }
    row += 1;
    let table = row;
    sheet.texts(row, COLUMNS.map(|(name, _)| name), &styles.heading)?;
    for line in form.lines() {
        row += 1;
        write_row(document, form, line, row, &mut sheet, styles)?;
    }
    sheet.table(table, row)?;
    if form.lines().next().is_some() {
        totals(form, table + 1, row, &mut sheet, styles)?;
    }
    Ok(())
}

/// Writes every form on one sheet, without formulas for the totals.
pub fn write_all(
    forms: &[(&DocumentReport, &FormReport)],
    sheet: &mut Worksheet,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(ALL)?;
    let widths = COLUMNS.map(|(_, width)| width);
    let mut sheet = Sheet::new(sheet, &widths)?;
    sheet.texts(0, COLUMNS.map(|(name, _)| name), &styles.heading)?;
    let mut row = 0;
    for (document, form) in forms {
        row += 1;
        let project = form.project.as_deref().unwrap_or(&form.title);
        sheet.paragraph(row, &format!("{} 表{} {project}", document.file, form.form), &styles.label)?;
        for line in form.lines() {
            row += 1;
            write_row(document, form, line, row, &mut sheet, styles)?;
        }
    }
    Ok(())
}

fn heading(document: &DocumentReport, form: &FormReport) -> Vec<String> {
    let named = |label: &str, value: &Option<String>| value.as_ref().map(|value| format!("{label}：{value}"));
    let rules = &form.rules;
    let mut lines: Vec<String> = named("单位", &form.unit).into_iter().chain(named("项目", &form.project)).collect();
    lines.push(format!("文件：{}", document.file));
    lines.push(format!("规则：{} {}：{}（指纹 {}）", rules.id, rules.title, rules.because, rules.hash));
    if form.kind.is_self_evaluation() {
        lines.push(format!("取舍：{}", form.rounding.words()));
        let loose = document.findings_of(Some(form.form)).filter(|finding| form.row(finding.row).is_none());
        lines.extend(loose.map(|finding| format!("{}：{}", finding.severity.words(), finding.message)));
    }
    lines
}

fn write_row(
    document: &DocumentReport,
    form: &FormReport,
    line: &RowReport,
    row: u32,
    sheet: &mut Sheet,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let findings: Vec<&Finding> = document.findings_at(form.form, line.row).collect();
    let wrong = |field: &str| findings.iter().any(|finding| finding.field == Some(field));
    let differs = line.verdict == Verdict::Differs;
    let text = |marked: bool| if marked { &styles.wrong } else { &styles.text };
    let figure = |marked: bool| if marked { &styles.wrong_figure } else { &styles.figure };
    let number = if line.row == 0 { "资金".to_owned() } else { line.row.to_string() };
    let (target, actual) = if line.row == 0 { ("budget", "spent") } else { ("target", "actual") };
    let cells: [(Cell, &Format); 15] = [
        (Cell::Text(number), &styles.text),
        (Cell::Text(line.level1.clone()), &styles.text),
        (Cell::Text(line.level2.clone()), text(wrong("level2"))),
        (Cell::Text(line.name.clone()), text(wrong("name"))),
        (Cell::printed_figure(Some(&line.weight), plain_number(&line.weight)), figure(wrong("weight"))),
        (Cell::printed(line.target.as_deref()), text(wrong(target))),
        (Cell::printed(line.actual.as_deref()), text(wrong(actual))),
        (Cell::printed(line.printed_rate.as_deref()), text(wrong("rate"))),
        (Cell::printed(line.rate.map(|rate| format!("{}%", percent(rate))).as_deref()), &styles.text),
        (Cell::printed_figure(line.printed_score.as_deref(), line.published), figure(differs || wrong("score"))),
        (computed(line), &styles.figure),
        (adopted(line, row), &styles.figure),
        (difference(line, row), &styles.figure),
        (Cell::Text(line.verdict.words().to_owned()), text(differs)),
        (Cell::Text(explanation(line, &findings)), if findings.is_empty() { &styles.quiet } else { &styles.text }),
    ];
    sheet.row(row, cells)?;
    comments(row, line, &findings, sheet)
}

/// One comment on each cell that a finding is about.
fn comments(row: u32, line: &RowReport, findings: &[&Finding], sheet: &mut Sheet) -> Result<(), XlsxError> {
    let mut texts: Vec<(u16, String)> = Vec::new();
    for finding in findings {
        let column = column_of(finding.field.unwrap_or("name"), line.row == 0);
        let text = comment(finding);
        match texts.iter_mut().find(|(known, _)| *known == column) {
            Some((_, known)) => {
                known.push_str("\n\n");
                known.push_str(&text);
            }
            None => texts.push((column, text)),
        }
    }
    texts.iter().try_for_each(|(column, text)| sheet.comment(row, *column, text))
}

fn comment(finding: &Finding) -> String {
    let mut lines = vec![format!("{}[{}] {}", finding.severity.words(), finding.code.number(), finding.message)];
    lines.extend(Some(arithmetic(finding)).filter(|lines| !lines.is_empty()));
    lines.extend(cause_words(finding).map(|cause| format!("可能原因：{cause}")));
    lines.extend(finding.clause.as_ref().map(|clause| format!("依据：{clause}")));
    lines.extend(finding.suggestion.as_ref().map(|suggestion| format!("建议：{suggestion}")));
    lines.join("\n")
}

fn column_of(field: &str, is_funds: bool) -> u16 {
    match field {
        "level1" => 1,
        "level2" => 2,
        "weight" => WEIGHT,
        "target" => 5,
        "budget" | "initial" if is_funds => 5,
        "actual" => 6,
        "spent" if is_funds => 6,
        "rate" => 7,
        "score" => PUBLISHED,
        "reason" | "basis" | "previous" | "rule" | "evidence" => 14,
        _ => 3,
    }
}

fn plain_number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

fn computed(line: &RowReport) -> Cell {
    match line.points {
        Some(Points::Exact { rounded, .. }) => Cell::Number(rounded),
        Some(Points::Within { .. }) => Cell::printed(line.points_text().as_deref()),
        None => Cell::Blank,
    }
}

/// What enters the recomputed total: the recomputed score where there is one, else the published one.
fn adopted(line: &RowReport, row: u32) -> Cell {
    let (computed, published) = (row_col_to_cell(row, COMPUTED), row_col_to_cell(row, PUBLISHED));
    match line.points {
        Some(Points::Within { low, high, .. }) => {
            Cell::number(line.published.map(|published| published.clamp(low, high.max(low))))
        }
        Some(Points::Exact { rounded, .. }) => Cell::Formula(format!("=N({computed})"), Some(rounded)),
        None => Cell::Formula(format!("=N({published})"), Some(line.published.unwrap_or_default())),
    }
}

fn difference(line: &RowReport, row: u32) -> Cell {
    let formula = format!("={}-{}", row_col_to_cell(row, PUBLISHED), row_col_to_cell(row, COMPUTED));
    line.difference().map_or(Cell::Blank, |difference| Cell::Formula(formula, Some(difference)))
}

fn explanation(line: &RowReport, findings: &[&Finding]) -> String {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}[{}] {}", finding.severity.words(), finding.code.number(), finding.message))
        .collect();
    lines.extend(line.steps.iter().cloned());
    lines.extend(line.why.clone());
    lines.extend(
        line.basis
            .as_ref()
            .map(|basis| format!("依据：{}，{}（{}）", basis.rule, basis.clause, basis.provenance.words())),
    );
    lines.join("\n")
}

/// The row of live totals, then the printed total for comparison.
fn totals(form: &FormReport, first: u32, last: u32, sheet: &mut Sheet, styles: &Styles) -> Result<(), XlsxError> {
    let sum = |column: u16, result: Option<Decimal>| {
        let (from, to) = (row_col_to_cell(first, column), row_col_to_cell(last, column));
        Cell::Formula(format!("=SUM({from}:{to})"), result)
    };
    let add = |figures: &mut dyn Iterator<Item = Option<Decimal>>| {
        figures.flatten().try_fold(Decimal::ZERO, |total, figure| total.checked_add(figure))
    };
    let weights = add(&mut form.lines().map(|line| plain_number(&line.weight)));
    let published = add(&mut form.lines().map(|line| line.published));
    let differences = add(&mut form.lines().map(RowReport::difference));
    let row = last + 1;
    let cells = (0..COLUMNS.len()).map(|column| {
        let cell = match u16::try_from(column).unwrap_or_default() {
            3 => Cell::Text("合计".to_owned()),
            WEIGHT => sum(WEIGHT, weights),
            PUBLISHED => sum(PUBLISHED, published),
            ADOPTED => sum(ADOPTED, form.computed),
            DIFFERENCE => sum(DIFFERENCE, differences),
            _ => Cell::Blank,
        };
        (cell, &styles.sum)
    });
    sheet.row(row, cells)?;
    let printed = (0..COLUMNS.len()).map(|column| {
        let cell = match column {
            3 => Cell::Text("表中总分".to_owned()),
            9 => Cell::number(form.published),
            _ => Cell::Blank,
        };
        (cell, &styles.sum)
    });
    sheet.row(row + 1, printed)
}
