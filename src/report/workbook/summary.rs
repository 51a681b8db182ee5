//! 汇总 (summary): the receipt, every form with both totals, the counts, and a chart of the differences.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError, utility::row_col_to_cell};

use super::sheet::{Cell, Sheet, Styles};
use crate::report::{Counts, DocumentReport, FormReport, Report, receipt};

/// Name of the sheet.
pub const NAME: &str = "汇总";

/// Headings and widths of the columns.
const COLUMNS: [(&str, u16); 12] = [
    ("文件", 30),
    ("表号", 8),
    ("单位", 22),
    ("项目", 30),
    ("填报总分", 10),
    ("复核总分", 10),
    ("差额", 8),
    ("已核实分", 10),
    ("满分", 8),
    ("等级", 8),
    ("不一致", 8),
    ("未评价", 8),
];

/// Columns that the formulas and the chart refer to.
const FORM: u16 = 1;
const PUBLISHED: u16 = 4;
const COMPUTED: u16 = 5;
const DIFFERENCE: u16 = 6;

/// Most forms that a chart can show readably.
const MOST_BARS: u32 = 60;

/// Writes the sheet.
pub fn write(report: &Report, sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let widths = COLUMNS.map(|(_, width)| width);
    let mut sheet = Sheet::new(sheet, &widths)?;
    sheet.paragraph(0, report.purpose.title(), &styles.title)?;
    let first = 2;
    let mut row = 1;
    sheet.texts(row, COLUMNS.map(|(name, _)| name), &styles.heading)?;
    for document in &report.documents {
        for form in &document.forms {
            row += 1;
            sheet.row(row, cells(document, form, row, styles))?;
        }
    }
    let last = row;
    if last >= first {
        row += 1;
        total(report, first, last, &mut sheet, styles)?;
    }
    row = counts(report, row + 2, &mut sheet, styles)?;
    row = receipts(report, row + 1, &mut sheet, styles)?;
    if last >= first && last - first < MOST_BARS {
        chart(first, last, row + 1, &mut sheet)?;
    }
    Ok(())
}

fn cells<'f>(
    document: &DocumentReport,
    form: &FormReport,
    row: u32,
    styles: &'f Styles,
) -> Vec<(Cell, &'f rust_xlsxwriter::Format)> {
    let mut counts = (0usize, 0usize);
    for line in form.lines() {
        counts.0 += usize::from(line.verdict == crate::report::Verdict::Differs);
        counts.1 += usize::from(line.verdict == crate::report::Verdict::NotEvaluated);
    }
    let formula = format!("={}-{}", row_col_to_cell(row, PUBLISHED), row_col_to_cell(row, COMPUTED));
    let difference = form.difference();
    let marked =
        if difference.is_some_and(|difference| !difference.is_zero()) { &styles.wrong_figure } else { &styles.figure };
    let count = |count: usize| Cell::Number(Decimal::from(count));
    vec![
        (Cell::Text(document.file.clone()), &styles.text),
        (Cell::Text(format!("表{}", form.form)), &styles.text),
        (Cell::printed(form.unit.as_deref()), &styles.text),
        (Cell::printed(Some(form.project.as_deref().unwrap_or(&form.title))), &styles.text),
        (Cell::number(form.published), &styles.figure),
        (Cell::number(form.computed), &styles.figure),
        (difference.map_or(Cell::Blank, |difference| Cell::Formula(formula, Some(difference))), marked),
        (Cell::Number(form.verified), &styles.text),
        (Cell::Number(form.weight), &styles.text),
        (Cell::printed(form.grade.as_deref()), &styles.text),
        (count(counts.0), &styles.text),
        (count(counts.1), &styles.text),
    ]
}

/// The sums of the numeric columns, live.
fn total(report: &Report, first: u32, last: u32, sheet: &mut Sheet, styles: &Styles) -> Result<(), XlsxError> {
    let counts = report.summary().total;
    let sum = |column: u16, result: Decimal| {
        let (from, to) = (row_col_to_cell(first, column), row_col_to_cell(last, column));
        Cell::Formula(format!("=SUM({from}:{to})"), Some(result))
    };
    let cells = (0..COLUMNS.len()).map(|column| {
        let cell = match column {
            3 => Cell::Text("合计".to_owned()),
            6 => sum(DIFFERENCE, counts.difference),
            7 => sum(7, counts.verified),
            8 => sum(8, counts.weight),
            10 => sum(10, Decimal::from(counts.differs)),
            11 => sum(11, Decimal::from(counts.not_evaluated)),
            _ => Cell::Blank,
        };
        (cell, &styles.sum)
    });
    sheet.row(last + 1, cells)
}

/// By unit, by document and by code; returns the next free row.
fn counts(report: &Report, mut row: u32, sheet: &mut Sheet, styles: &Styles) -> Result<u32, XlsxError> {
    let summary = report.summary();
    let mut section = |heading: &str, lines: &mut dyn Iterator<Item = (String, &Counts)>| -> Result<(), XlsxError> {
        sheet.texts(row, std::iter::once(heading).chain(Counts::HEADING), &styles.heading)?;
        for (name, counts) in lines {
            row += 1;
            sheet.texts(row, std::iter::once(name).chain(counts.cells()), &styles.text)?;
        }
        row += 2;
        Ok(())
    };
    let unit = |name: &Option<String>| name.clone().unwrap_or_else(|| "（未识别单位）".to_owned());
    section("按单位", &mut summary.units.iter().map(|line| (unit(&line.unit), &line.counts)))?;
    if report.is_run() {
        section("按文件", &mut summary.documents.iter().map(|line| (line.file.clone(), &line.counts)))?;
    }
    if report.purpose.has_findings() {
        sheet.texts(row, ["按意见", "代码", "级别", "条数"], &styles.heading)?;
        for (code, severity, count) in &summary.codes {
            row += 1;
            let cells = [code.title(), code.number(), severity.words(), &count.to_string()];
            sheet.texts(row, cells, &styles.text)?;
        }
        row += 2;
    }
    Ok(row)
}

/// What is needed to get the same result again; returns the next free row.
fn receipts(report: &Report, mut row: u32, sheet: &mut Sheet, styles: &Styles) -> Result<u32, XlsxError> {
    for document in &report.documents {
        sheet.paragraph(row, &format!("收据：{}", document.file), &styles.label)?;
        row += 1;
        for line in receipt::lines(report, document) {
            sheet.paragraph(row, &format!("　　{line}"), &styles.label)?;
            row += 1;
        }
    }
    for file in &report.unreadable {
        sheet.paragraph(row, &format!("无法读取 {}：{}", file.file, file.why), &styles.label)?;
        row += 1;
    }
    for file in &report.skipped {
        sheet.paragraph(row, &format!("跳过 {}：{}", file.file, file.why), &styles.label)?;
        row += 1;
    }
    Ok(row)
}

fn chart(first: u32, last: u32, row: u32, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let mut chart = Chart::new(ChartType::Column);
    chart
        .add_series()
        .set_name("差额（填报 − 复核）")
        .set_categories((NAME, first, FORM, last, FORM))
        .set_values((NAME, first, DIFFERENCE, last, DIFFERENCE));
    chart.title().set_name("总分差额（填报 − 复核）");
    chart.legend().set_hidden();
    chart.set_width(720).set_height(260);
    sheet.inner().insert_chart(row, 0, &chart)?;
    Ok(())
}
