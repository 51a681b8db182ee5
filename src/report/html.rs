//! HTML: one file without anything outside it, that prints on A4.

mod chart;

use std::io::Write;

use super::markdown::details;
use super::{Counts, DocumentReport, FormReport, RenderError, Report, RowReport, Verdict, percent, plain, points};
use crate::audit::Finding;
use crate::document::OWN_MARK;

/// The look of the page, on the screen and on paper.
pub(super) const STYLE: &str = include_str!("html/style.css");

/// Headings of the rows of a form.
const HEADING: [&str; 11] = [
    "序号",
    "一级/二级指标",
    "指标",
    "目标值",
    "完成值",
    "权重",
    "填报完成率",
    "复核完成率",
    "填报得分",
    "复核得分",
    "结论",
];

/// Writes the report as a page.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let title = report.purpose.title();
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"generator\" content=\"{OWN_MARK}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<h1>{title}</h1>")?;
    if report.is_run() {
        summary(report, out)?;
    }
    for document in &report.documents {
        document_section(report, document, out)?;
    }
    for (title, files) in [("无法读取的文件", &report.unreadable), ("跳过的文件", &report.skipped)] {
        if files.is_empty() {
            continue;
        }
        writeln!(out, "<section><h2>{title}</h2><ul>")?;
        for file in files {
            writeln!(out, "<li>{}：{}</li>", escape(&file.file), escape(&file.why))?;
        }
        writeln!(out, "</ul></section>")?;
    }
    writeln!(out, "</body>\n</html>")?;
    Ok(())
}

/// A text as HTML shows it, in elements and in attributes; line breaks are kept.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn document_section(report: &Report, document: &DocumentReport, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out, "<section>\n<h2>{}</h2>", escape(&document.file))?;
    let gist = document.gist();
    if report.purpose == super::Purpose::Audit && !gist.is_empty() {
        writeln!(out, "<p>{}</p>", escape(&gist.concat()))?;
    }
    writeln!(out, "<p>{}</p>", escape(&super::table::tally(report.purpose, document)))?;
    if document.forms.len() > 1 {
        write!(out, "{}", chart::differences(&document.forms))?;
    }
    for form in &document.forms {
        form_section(form, document, out)?;
    }
    findings(document, None, out)?;
    for accepted in &document.accepted {
        let finding = &accepted.finding;
        let text = format!("例外[{}] {}（理由：{}）", finding.code.number(), finding.message, accepted.reason);
        writeln!(out, "<p class=\"accepted\">{}</p>", escape(&text))?;
    }
    writeln!(out, "<footer><ul>")?;
    for line in super::receipt::lines(report, document) {
        writeln!(out, "<li>{}</li>", escape(&line))?;
    }
    writeln!(out, "</ul></footer>\n</section>")?;
    Ok(())
}

fn form_section(form: &FormReport, document: &DocumentReport, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out, "<h3>表{} {}</h3>\n<dl>", form.form, escape(&form.title))?;
    let total = form.kind.is_self_evaluation().then(|| total(form));
    let entries = [
        ("单位", form.unit.clone()),
        ("项目", form.project.clone()),
        ("总分", total),
        ("规则", Some(format!("{} {}：{}", form.rules.id, form.rules.title, form.rules.because))),
        ("取舍", form.kind.is_self_evaluation().then(|| form.rounding.words())),
    ];
    for (label, value) in entries {
        if let Some(value) = value {
            writeln!(out, "<dt>{label}</dt><dd>{}</dd>", escape(&value))?;
        }
    }
    writeln!(out, "</dl>\n<table class=\"rows\">\n<thead>{}</thead>\n<tbody>", table_row("th", HEADING))?;
    for row in form.lines() {
        write!(out, "{}", row_html(row))?;
    }
    writeln!(out, "</tbody>\n</table>")?;
    findings(document, Some(form), out)
}

fn total(form: &FormReport) -> String {
    let figure = |value: Option<_>| value.map_or_else(|| "—".to_owned(), points);
    let grade = form.grade.as_ref().map(|grade| format!("，等级{grade}")).unwrap_or_default();
    format!(
        "填报 {}，复核 {}{grade}；已核实 {}/{} 分",
        figure(form.published),
        figure(form.computed),
        plain(form.verified),
        plain(form.weight)
    )
}

fn table_row<S: AsRef<str>>(tag: &str, cells: impl IntoIterator<Item = S>) -> String {
    let cells: String = cells.into_iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell.as_ref()))).collect();
    format!("<tr>{cells}</tr>\n")
}

/// A row, with its steps and clause folded under the verdict.
fn row_html(row: &RowReport) -> String {
    let cell = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    let levels = [row.level1.as_str(), row.level2.as_str()].map(str::to_owned);
    let levels: Vec<String> = levels.into_iter().filter(|level| !level.is_empty()).collect();
    let cells = [
        if row.row == 0 { "资金".to_owned() } else { row.row.to_string() },
        levels.join("/"),
        row.name.clone(),
        cell(&row.target),
        cell(&row.actual),
        row.weight.clone(),
        cell(&row.printed_rate),
        row.rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", percent(rate))),
        cell(&row.printed_score),
        row.points_text().unwrap_or_else(|| "—".to_owned()),
    ];
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
    format!("<tr class=\"{}\">{cells}<td>{}</td></tr>\n", row.verdict.key(), verdict_html(row))
}

fn verdict_html(row: &RowReport) -> String {
    let mut lines = row.steps.clone();
    if let Some(basis) = &row.basis {
        lines.push(format!("依据：{}，{}（{}）", basis.rule, basis.clause, basis.provenance.words()));
    }
    lines.extend(row.why.clone());
    let words = row.verdict.words();
    if lines.is_empty() {
        return words.to_owned();
    }
    let open = if row.verdict == Verdict::Differs { " open" } else { "" };
    format!("<details{open}><summary>{words}</summary>{}</details>", escape(&lines.join("\n")))
}

fn findings(document: &DocumentReport, form: Option<&FormReport>, out: &mut dyn Write) -> Result<(), RenderError> {
    let findings: Vec<&Finding> = document.findings_of(form.map(|form| form.form)).collect();
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ol class=\"findings\">")?;
    for finding in findings {
        let row = form.and_then(|form| form.row(finding.row));
        let severity = finding.severity;
        writeln!(
            out,
            "<li class=\"{}\"><strong>{}[{}]</strong> {}<dl>",
            severity.key(),
            severity.words(),
            finding.code.number(),
            escape(&finding.message)
        )?;
        for (label, text) in details(finding, row) {
            writeln!(out, "<dt>{label}</dt><dd>{}</dd>", escape(&text))?;
        }
        writeln!(out, "</dl></li>")?;
    }
    writeln!(out, "</ol>")?;
    Ok(())
}

fn summary(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let summary = report.summary();
    writeln!(out, "<section>\n<h2>汇总</h2>")?;
    let heading = |name| table_row("th", std::iter::once(name).chain(Counts::HEADING));
    writeln!(out, "<table><thead>{}</thead><tbody>", heading("单位"))?;
    for line in &summary.units {
        let name = line.unit.clone().unwrap_or_else(|| "（未识别单位）".to_owned());
        write!(out, "{}", table_row("td", std::iter::once(name).chain(line.counts.cells())))?;
    }
    writeln!(out, "</tbody></table>\n<table><thead>{}</thead><tbody>", heading("文件"))?;
    for line in &summary.documents {
        write!(out, "{}", table_row("td", std::iter::once(line.file.clone()).chain(line.counts.cells())))?;
    }
    writeln!(out, "</tbody></table>")?;
    if report.purpose.has_findings() {
        writeln!(out, "<table><thead>{}</thead><tbody>", table_row("th", ["代码", "级别", "意见", "条数"]))?;
        for (code, severity, count) in &summary.codes {
            let cells = [code.number(), severity.words(), code.title(), &count.to_string()];
            write!(out, "{}", table_row("td", cells))?;
        }
        writeln!(out, "</tbody></table>")?;
    }
    writeln!(out, "</section>")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_printed_in_a_form_becomes_markup() {
        assert_eq!(escape("<script>alert('1')</script>&\u{0}"), "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;");
    }
}
