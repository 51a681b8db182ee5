//! 问题 (problem): an error or a warning as a line of the list that a unit answers.

use crate::audit::{Finding, Severity};
use crate::report::table::whereabouts;
use crate::report::{DocumentReport, FormReport, Report, arithmetic, cause_words};

/// 问题: one line of the list, numbered through the whole report.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub number: usize,
    pub severity: Severity,
    /// File where there are several, form, and the place of the cell.
    pub place: String,
    pub published: String,
    pub computed: String,
    /// The message, the arithmetic, the likely cause and the clause, each on a line.
    pub text: String,
    pub suggestion: Option<String>,
}

/// The errors, then the warnings, each in the order of the documents; notes are no problems.
pub(super) fn problems(report: &Report) -> Vec<Problem> {
    let found = |severity| {
        report.documents.iter().flat_map(move |document| {
            document.findings.iter().filter(move |finding| finding.severity == severity).map(move |it| (document, it))
        })
    };
    let all = found(Severity::Error).chain(found(Severity::Warning));
    all.enumerate().map(|(index, (document, finding))| problem(index + 1, report, document, finding)).collect()
}

fn problem(number: usize, report: &Report, document: &DocumentReport, finding: &Finding) -> Problem {
    let form = finding.form.and_then(|number| document.forms.iter().find(|form| form.form == number));
    let mut place = Vec::new();
    if report.is_run() {
        place.push(document.file.clone());
    }
    place.extend(form.map(name));
    place.extend(whereabouts(finding, form.and_then(|form| form.row(finding.row))).map(without_quote));
    Problem {
        number,
        severity: finding.severity,
        place: place.join("\n"),
        published: finding.published.clone().unwrap_or_default(),
        computed: finding.computed.clone().unwrap_or_default(),
        text: text(finding),
        suggestion: finding.suggestion.clone(),
    }
}

fn name(form: &FormReport) -> String {
    format!("表{} {}", form.form, form.project.as_ref().unwrap_or(&form.title))
}

/// The place without the figure as printed, which has a column of its own.
fn without_quote(place: String) -> String {
    place.split("：填报“").next().unwrap_or_default().to_owned()
}

fn text(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(Some(arithmetic(finding)).filter(|text| !text.is_empty()));
    lines.extend(cause_words(finding).map(|cause| format!("可能原因：{cause}")));
    lines.extend(finding.clause.as_ref().map(|clause| format!("依据：{clause}")));
    lines.join("\n")
}
