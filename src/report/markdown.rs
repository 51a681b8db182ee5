//! Markdown: the report for a file that people edit further.

use std::io::Write;

use super::table::whereabouts;
use super::{
    Counts, DocumentReport, FormReport, Purpose, RenderError, Report, RowReport, arithmetic, cause_words, percent,
    plain, points,
};
use crate::audit::Finding;
use crate::document::OWN_MARK;

/// Headings of the rows of a form.
const HEADING: [&str; 10] =
    ["序号", "指标", "目标值", "完成值", "权重", "填报完成率", "复核完成率", "填报得分", "复核得分", "结论"];

/// Writes the report as Markdown.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out, "# {}\n", report.purpose.title())?;
    writeln!(out, "<!-- {OWN_MARK} -->\n")?;
    if report.is_run() {
        summary(report, out)?;
    }
    for document in &report.documents {
        writeln!(out, "## {}\n", escape(&document.file))?;
        let gist = document.gist();
        if report.purpose == Purpose::Audit && !gist.is_empty() {
            writeln!(out, "{}\n", escape(&gist.concat()))?;
        }
        for form in &document.forms {
            form_text(form, out)?;
            findings(document, Some(form), out)?;
        }
        findings(document, None, out)?;
        for accepted in &document.accepted {
            let (code, message) = (accepted.finding.code.number(), escape(&accepted.finding.message));
            writeln!(out, "- 例外\\[{code}\\] {message}（理由：{}）\n", escape(&accepted.reason))?;
        }
        receipt(report, document, out)?;
    }
    for file in &report.unreadable {
        writeln!(out, "- 无法读取 {}：{}", escape(&file.file), escape(&file.why))?;
    }
    for file in &report.skipped {
        writeln!(out, "- 跳过 {}：{}", escape(&file.file), escape(&file.why))?;
    }
    Ok(())
}

/// A text that Markdown shows as it is, on one line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '|' | '<' | '[' | ']' | '#' | '~' | '&' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("<br>"),
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

fn table_row<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        line.push_str(cell.as_ref());
        line.push_str(" |");
    }
    line
}

fn rule(columns: usize) -> String {
    table_row(std::iter::repeat_n("---", columns))
}

fn form_text(form: &FormReport, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out, "### 表{} {}\n", form.form, escape(&form.title))?;
    for (label, value) in [("单位", &form.unit), ("项目", &form.project)] {
        if let Some(value) = value {
            writeln!(out, "- {label}：{}", escape(value))?;
        }
    }
    if form.kind.is_self_evaluation() {
        let figure = |value: Option<_>| value.map_or_else(|| "—".to_owned(), points);
        let (published, computed) = (figure(form.published), figure(form.computed));
        let (verified, weight) = (plain(form.verified), plain(form.weight));
        writeln!(out, "- 总分：填报 {published}，复核 {computed}；已核实 {verified}/{weight} 分")?;
        writeln!(out, "- 取舍：{}", form.rounding.words())?;
    }
    writeln!(out, "- 规则：{} {}：{}\n", form.rules.id, escape(&form.rules.title), escape(&form.rules.because))?;
    writeln!(out, "{}\n{}", table_row(HEADING), rule(HEADING.len()))?;
    for row in form.lines() {
        writeln!(out, "{}", table_row(row_cells(row)))?;
    }
    writeln!(out)?;
    Ok(())
}

fn row_cells(row: &RowReport) -> [String; 10] {
    let cell = |text: &Option<String>| text.as_deref().map_or_else(|| "—".to_owned(), escape);
    [
        if row.row == 0 { "资金".to_owned() } else { row.row.to_string() },
        escape(&row.name),
        cell(&row.target),
        cell(&row.actual),
        escape(&row.weight),
        cell(&row.printed_rate),
        row.rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", percent(rate))),
        cell(&row.printed_score),
        row.points_text().unwrap_or_else(|| "—".to_owned()).replace('~', "\\~"),
        row.verdict.words().to_owned(),
    ]
}

fn findings(document: &DocumentReport, form: Option<&FormReport>, out: &mut dyn Write) -> Result<(), RenderError> {
    for finding in document.findings_of(form.map(|form| form.form)) {
        let row = form.and_then(|form| form.row(finding.row));
        writeln!(
            out,
            "- **{}\\[{}\\]** {}",
            finding.severity.words(),
            finding.code.number(),
            escape(&finding.message)
        )?;
        for (label, text) in details(finding, row) {
            writeln!(out, "  - {label}：{}", escape(&text))?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// What stands under a finding's headline: label and text.
pub(super) fn details(finding: &Finding, row: Option<&RowReport>) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    if let Some(place) = whereabouts(finding, row) {
        details.push(("位置", place));
    }
    let arithmetic = arithmetic(finding);
    if !arithmetic.is_empty() {
        details.push(("计算", arithmetic));
    }
    if let Some(cause) = cause_words(finding) {
        details.push(("可能原因", cause.to_owned()));
    }
    let rest = [("依据", &finding.clause), ("建议", &finding.suggestion)];
    details.extend(rest.into_iter().filter_map(|(label, text)| text.clone().map(|text| (label, text))));
    details
}

fn receipt(report: &Report, document: &DocumentReport, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out, "收据：\n")?;
    for line in super::receipt::lines(report, document) {
        writeln!(out, "- {}", escape(&line))?;
    }
    writeln!(out)?;
    Ok(())
}

fn summary(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let summary = report.summary();
    let heading = |name| std::iter::once(name).chain(Counts::HEADING);
    let columns = Counts::HEADING.len() + 1;
    writeln!(out, "## 汇总\n\n{}\n{}", table_row(heading("单位")), rule(columns))?;
    for line in &summary.units {
        let name = escape(line.unit.as_deref().unwrap_or("（未识别单位）"));
        writeln!(out, "{}", table_row(std::iter::once(name).chain(line.counts.cells())))?;
    }
    writeln!(out, "\n{}\n{}", table_row(heading("文件")), rule(columns))?;
    for line in &summary.documents {
        writeln!(out, "{}", table_row(std::iter::once(escape(&line.file)).chain(line.counts.cells())))?;
    }
    if report.purpose.has_findings() {
        writeln!(out, "\n{}\n{}", table_row(["代码", "级别", "意见", "条数"]), rule(4))?;
        for (code, severity, count) in &summary.codes {
            let cells = [code.number(), severity.words(), code.title(), &count.to_string()];
            writeln!(out, "{}", table_row(cells))?;
        }
    }
    writeln!(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_break_the_table() {
        assert_eq!(escape("a|b\n<b>*c*"), "a\\|b<br>\\<b>\\*c\\*");
    }
}
