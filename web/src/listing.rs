//! 列表 (listing): the forms of a file and the rule sets, for the page to choose from.

use jixiao::report::{DocumentReport, points, rule_page};
use jixiao::ruleset::{builtin, listings};
use serde_json::{Value, json};

use crate::answer::Answer;

/// The forms of a document by number, each with its totals and how much is said about it.
pub fn titles(report: &DocumentReport) -> Value {
    let forms = report.forms.iter().map(|form| {
        let findings: Vec<_> = report.findings_of(Some(form.form)).collect();
        let count = |severity: &str| findings.iter().filter(|finding| finding.severity.key() == severity).count();
        json!({
            "form": form.form,
            "title": form.project.as_deref().unwrap_or(&form.title),
            "kind": form.kind.title(),
            "published": form.published.map(points),
            "computed": form.computed.map(points),
            "errors": count("error"),
            "warnings": count("warning"),
        })
    });
    Value::Array(forms.collect())
}

/// Every built-in rule set.
pub fn sets() -> Value {
    let sets = listings()
        .into_iter()
        .map(|set| json!({ "id": set.id, "title": set.title, "place": set.place, "years": set.years }));
    Value::Array(sets.collect())
}

/// A rule set as a page of its own.
pub fn rule_set(rules: &str) -> Answer {
    match builtin::find(rules) {
        Some(set) => Answer::value(json!({ "html": rule_page(&set) })),
        None => Answer::error(format!("没有编号为“{rules}”的内置规则集")),
    }
}
