//! 审核意见 (finding): headline, place, arithmetic, clause and remedy.

use std::io::Write;

use super::layout::{Tone, indented, toned, wrap};
use crate::audit::{Finding, Severity};
use crate::form::Column;
use crate::report::{RenderError, RowReport, View, arithmetic, cause_words};

/// Where the lines under a headline begin.
const INDENT: usize = 2;

/// Writes one finding; `row` is the indicator row it is about, where it is about one.
pub fn render(finding: &Finding, row: Option<&RowReport>, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    let mark = format!("{}[{}]", finding.severity.words(), finding.code.number());
    let lines = wrap(&format!("{mark} {}", finding.message), view.width.saturating_sub(INDENT).max(1));
    for (index, line) in lines.iter().enumerate() {
        match line.strip_prefix(&mark).filter(|_| index == 0) {
            Some(rest) => writeln!(out, "{}{rest}", toned(&mark, tone(finding.severity), view.colour))?,
            None => writeln!(out, "  {line}")?,
        }
    }
    let mut add = |label: &str, text: &str| write!(out, "{}", indented(INDENT, label, text, view.width));
    if let Some(place) = whereabouts(finding, row) {
        add("-->", &place)?;
    }
    let arithmetic = arithmetic(finding);
    if !arithmetic.is_empty() {
        add("计算", &arithmetic)?;
    }
    if let Some(cause) = cause_words(finding) {
        add("原因", cause)?;
    }
    if let Some(clause) = &finding.clause {
        add("依据", clause)?;
    }
    if let Some(suggestion) = &finding.suggestion {
        add("建议", suggestion)?;
    }
    Ok(())
}

/// `第3个表第12行第6列（得分）：指标7“扩面征收劳务费”`.
pub fn whereabouts(finding: &Finding, row: Option<&RowReport>) -> Option<String> {
    let mut text = match &finding.place {
        Some(place) => place.to_string(),
        None => String::new(),
    };
    if let Some(title) = finding.field.and_then(field_title) {
        text.push_str(&format!("（{title}）"));
    }
    match (finding.row, row) {
        (Some(0), _) => text.push_str(" 资金行"),
        (Some(number), Some(row)) if !finding.message.contains(&row.name) => {
            text.push_str(&format!(" 指标{number}“{}”", row.name))
        }
        (Some(number), _) => text.push_str(&format!(" 指标{number}")),
        (None, _) => {}
    }
    if let Some(published) = finding.published.as_ref().filter(|published| !published.is_empty()) {
        text.push_str(&format!("：填报“{published}”"));
    }
    let text = text.trim().trim_start_matches('：').to_owned();
    (!text.is_empty()).then_some(text)
}

fn field_title(key: &str) -> Option<&'static str> {
    let of_funds = match key {
        "spent" => Some("执行数"),
        "budget" => Some("预算数"),
        "initial" => Some("年初预算数"),
        "goal" => Some("预期目标"),
        "achieved" => Some("目标完成情况"),
        "project_code" => Some("项目编码"),
        "leader" => Some("项目负责人"),
        "year" => Some("项目年度"),
        "phone" => Some("联系电话"),
        _ => None,
    };
    let columns = Column::CONTRACT.iter().chain(&Column::OPTIONAL);
    of_funds.or_else(|| columns.copied().find(|column| column.key() == key).map(Column::title))
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Doubtful,
        Severity::Note => Tone::Quiet,
    }
}
