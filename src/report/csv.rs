//! CSV: one line a row of a form and one a finding that belongs to no row; UTF-8 with a byte order mark for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use super::{DocumentReport, FormReport, RenderError, Report, RowReport, Unreadable, percent};
use crate::audit::Finding;

/// Headings, in the order of [`line`].
const HEADING: [&str; 22] = [
    "文件",
    "表号",
    "表名",
    "单位",
    "项目",
    "序号",
    "一级指标",
    "二级指标",
    "指标",
    "权重",
    "目标值",
    "完成值",
    "填报完成率",
    "复核完成率",
    "填报得分",
    "复核得分",
    "结论",
    "代码",
    "意见",
    "规则集",
    "规则集指纹",
    "输入sha256",
];

/// Writes the report as CSV.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(HEADING)?;
    for document in &report.documents {
        for form in &document.forms {
            for row in form.lines() {
                write_line(&mut writer, &row_line(document, form, row))?;
            }
            let about_form = document.findings_of(Some(form.form)).filter(|finding| is_loose(finding, form));
            for finding in about_form {
                write_line(&mut writer, &finding_line(document, Some(form), finding))?;
            }
        }
        if report.purpose.has_findings() {
            for finding in document.findings_of(None) {
                write_line(&mut writer, &finding_line(document, None, finding))?;
            }
        }
    }
    for (files, words) in [(&report.unreadable, "无法读取"), (&report.skipped, "跳过")] {
        for file in files {
            write_line(&mut writer, &file_line(file, words))?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// A cell that no spreadsheet program will run: a text that begins like a formula gets a leading apostrophe, as a person
/// would type it; a plain number, negative or not, stays a number.
pub fn inert(cell: &str) -> Cow<'_, str> {
    let first = cell.chars().next();
    let risky = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'));
    if risky && cell.parse::<rust_decimal::Decimal>().is_err() { Cow::Owned(format!("'{cell}")) } else { cell.into() }
}

fn write_line<W: Write>(writer: &mut csv::Writer<W>, cells: &[String]) -> Result<(), RenderError> {
    writer.write_record(cells.iter().map(|cell| inert(cell).into_owned()))?;
    Ok(())
}

/// Whether a finding stands on no row that has a line of its own.
fn is_loose(finding: &Finding, form: &FormReport) -> bool {
    !form.lines().any(|row| Some(row.row) == finding.row)
}

fn row_line(document: &DocumentReport, form: &FormReport, row: &RowReport) -> Vec<String> {
    let findings: Vec<&Finding> = document.findings_at(form.form, row.row).collect();
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.number()).collect();
    let mut messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    messages.extend(row.why.as_deref());
    let cell = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut line = form_cells(document, Some(form));
    line.extend([
        row.row.to_string(),
        row.level1.clone(),
        row.level2.clone(),
        row.name.clone(),
        row.weight.clone(),
        cell(&row.target),
        cell(&row.actual),
        cell(&row.printed_rate),
        row.rate.map(|rate| format!("{}%", percent(rate))).unwrap_or_default(),
        cell(&row.printed_score),
        row.points_text().unwrap_or_default(),
        row.verdict.words().to_owned(),
        codes.join(" "),
        messages.join("；"),
    ]);
    line.extend(receipt_cells(document, Some(form)));
    line
}

fn finding_line(document: &DocumentReport, form: Option<&FormReport>, finding: &Finding) -> Vec<String> {
    let mut line = form_cells(document, form);
    line.push(finding.row.map(|row| row.to_string()).unwrap_or_default());
    line.extend(std::iter::repeat_n(String::new(), 8));
    line.extend([finding.published.clone().unwrap_or_default(), finding.computed.clone().unwrap_or_default()]);
    line.extend([finding.severity.words().to_owned(), finding.code.number().to_owned(), finding.message.clone()]);
    line.extend(receipt_cells(document, form));
    line
}

/// A file without a report.
fn file_line(file: &Unreadable, words: &str) -> Vec<String> {
    let mut line = vec![String::new(); HEADING.len()];
    for (heading, text) in [("文件", file.file.as_str()), ("结论", words), ("意见", &file.why)] {
        if let Some(cell) = HEADING.iter().position(|known| *known == heading).and_then(|at| line.get_mut(at)) {
            text.clone_into(cell);
        }
    }
    line
}

fn form_cells(document: &DocumentReport, form: Option<&FormReport>) -> Vec<String> {
    let of_form = |text: fn(&FormReport) -> String| form.map(text).unwrap_or_default();
    vec![
        document.file.clone(),
        of_form(|form| form.form.to_string()),
        of_form(|form| form.title.clone()),
        of_form(|form| form.unit.clone().unwrap_or_default()),
        of_form(|form| form.project.clone().unwrap_or_default()),
    ]
}

fn receipt_cells(document: &DocumentReport, form: Option<&FormReport>) -> [String; 3] {
    let rules = form.or(document.forms.first()).map(|form| &form.rules);
    [
        rules.map(|rules| rules.id.clone()).unwrap_or_default(),
        rules.map(|rules| rules.hash.clone()).unwrap_or_default(),
        document.sha256.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_becomes_text() {
        assert_eq!(inert("=100%"), "'=100%");
        assert_eq!(inert("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(inert("@SUM(1)"), "'@SUM(1)");
        assert_eq!(inert("+1万元"), "'+1万元");
        assert_eq!(inert("\t=1"), "'\t=1");
        assert_eq!(inert("＝100%"), "'＝100%");
    }

    #[test]
    fn numbers_and_words_stay() {
        assert_eq!(inert("-0.12"), "-0.12");
        assert_eq!(inert("≥95%"), "≥95%");
        assert_eq!(inert(""), "");
    }
}
