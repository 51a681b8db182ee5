//! 终端表格 (table): the report as a person reads it on a terminal, 80 columns or more.

mod finding;
mod form;
pub mod layout;
mod run;

use std::io::Write;

use super::{DocumentReport, Purpose, RenderError, Report, View, plain};
pub(super) use finding::whereabouts;
use layout::{clip, hanging, strong};

/// Narrower than this, long columns move under the row.
const WIDE: usize = 120;

/// Characters of a hash that a person compares.
pub(super) const SHORT_HASH: usize = 16;

/// Writes every document, then the summary of a run over several.
pub fn render(report: &Report, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    for (index, document) in report.documents.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        document_text(report, document, view, out)?;
    }
    if report.is_run() {
        run::render(report, view, out)?;
    }
    Ok(())
}

fn document_text(
    report: &Report,
    document: &DocumentReport,
    view: &View,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    writeln!(out, "{}", strong(&format!("文件 {}", document.file), view.colour))?;
    if let Some(before) = &document.before {
        writeln!(out, "对照 {}", before.file)?;
    }
    if report.purpose == Purpose::Audit {
        for (index, sentence) in document.gist().iter().enumerate() {
            let label = if index == 0 { "总评" } else { "" };
            write!(out, "{}", hanging(label, sentence, view.width))?;
        }
    }
    for form in &document.forms {
        writeln!(out)?;
        form::render(form, document, report.purpose, view, out)?;
        for finding in document.findings_of(Some(form.form)) {
            writeln!(out)?;
            finding::render(finding, form.row(finding.row), view, out)?;
        }
    }
    for finding in document.findings_of(None) {
        writeln!(out)?;
        finding::render(finding, None, view, out)?;
    }
    for accepted in &document.accepted {
        let finding = &accepted.finding;
        let text = format!("[{}] {}（理由：{}）", finding.code.number(), finding.message, accepted.reason);
        writeln!(out)?;
        write!(out, "{}", hanging("例外", &text, view.width))?;
    }
    writeln!(out)?;
    write!(out, "{}", hanging("小结", &tally(report.purpose, document), view.width))?;
    write!(out, "{}", hanging("收据", &receipt(report, document), view.width))?;
    Ok(())
}

/// One line that counts a document.
pub(super) fn tally(purpose: Purpose, document: &DocumentReport) -> String {
    let counts = document.counts();
    let rows = format!(
        "{}张表，{}行计分：一致{}，不一致{}，未评价{}；已核实{}分（满分合计{}分）",
        counts.forms,
        counts.rows(),
        counts.agrees,
        counts.differs,
        counts.not_evaluated,
        plain(counts.verified),
        plain(counts.weight)
    );
    let found = format!("错误{}，警告{}，提示{}", counts.errors, counts.warnings, counts.notes);
    match purpose {
        Purpose::Score => rows,
        Purpose::Compare => found,
        Purpose::Audit if document.accepted.is_empty() => format!("{rows}。{found}"),
        Purpose::Audit => format!("{rows}。{found}；另有{}条列入例外清单", document.accepted.len()),
    }
}

/// Engine, rule sets and input: what is needed to get the same result again.
fn receipt(report: &Report, document: &DocumentReport) -> String {
    let mut rules: Vec<String> = Vec::new();
    for form in &document.forms {
        let text = format!("规则集 {}（{}）", form.rules.id, clip(&form.rules.hash, SHORT_HASH));
        if !rules.contains(&text) {
            rules.push(text);
        }
    }
    rules.insert(0, format!("jixiao {}", report.engine));
    rules.extend(document.before.iter().map(|before| format!("对照 sha256 {}", clip(&before.sha256, SHORT_HASH))));
    rules.push(format!("输入 sha256 {}", clip(&document.sha256, SHORT_HASH)));
    rules.join("；")
}
