//! `jixiao audit`

use std::path::Path;
use std::sync::Mutex;

use jixiao::audit::MOST_DOCUMENTS;
use jixiao::case::Case;
use jixiao::engine::Rules;
use jixiao::report::{DocumentReport, Purpose, Report};

use super::arguments::AuditArguments;
use super::failure::Failure;
use super::policy::Policy;
use super::{Outcome, format, output, pipeline, slips, survey};

/// Reads, rescores and audits every file.
pub fn run(arguments: &AuditArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, &arguments.input.paths)?;
    let format = format::of_report(arguments.format, target)?;
    let policy = Policy::new(&arguments.policy)?;
    let choice = Rules::named(&arguments.rules)?;
    let read = Mutex::new(Vec::new());
    let mut report = survey::run(&arguments.input.paths, target, Purpose::Audit, |file| {
        let case = pipeline::case(file, &choice)?;
        let (findings, accepted) = policy.apply(&case.source.file, jixiao::audit::audit(&case));
        let document = DocumentReport { accepted, ..DocumentReport::new(&case, findings) };
        // One more than are compared tells that there are too many.
        if let Ok(mut read) = read.lock()
            && read.len() <= MOST_DOCUMENTS
        {
            read.push(case);
        }
        Ok(document)
    });
    if report.documents.len() > 1 {
        add_across(&mut report, read.into_inner().unwrap_or_default(), &policy);
    }
    if !report.documents.is_empty() || report.is_run() {
        output::deliver(target, |out| report.render(format.into(), &output::view(target, false), out))?;
        if let Some(file) = target {
            output::complain(&written(file, &report));
        }
    }
    if let Some(folder) = &arguments.per_unit {
        let letters = slips::write(&report, folder)?;
        output::complain(&format!("已写入 {}：退回修改通知{letters}份\n", folder.display()));
    }
    if !report.unreadable.is_empty() {
        return Ok(Outcome::Incomplete);
    }
    Ok(policy.outcome(report.documents.iter().flat_map(|document| &document.findings)))
}

/// How many findings are named when the report goes to a file.
const GRAVEST: usize = 3;

/// What was written, and what a person should look at first.
fn written(file: &Path, report: &Report) -> String {
    let total = report.summary().total;
    let mut lines = format!(
        "已写入 {}：{}张表，错误{}、警告{}、提示{}\n",
        file.display(),
        total.forms,
        total.errors,
        total.warnings,
        total.notes
    );
    let mut findings: Vec<_> = report.documents.iter().flat_map(|document| &document.findings).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in findings.into_iter().take(GRAVEST) {
        lines.push_str(&format!("  {}[{}] {}\n", finding.severity.words(), finding.code.number(), finding.message));
    }
    lines
}

/// Adds to each document what contradicts another of the run.
fn add_across(report: &mut Report, mut cases: Vec<Case>, policy: &Policy) {
    cases.sort_by(|a, b| a.source.file.cmp(&b.source.file));
    for (case, findings) in cases.iter().zip(jixiao::audit::across(&cases)) {
        let Some(document) = report.documents.iter_mut().find(|document| document.file == case.source.file) else {
            continue;
        };
        let (findings, accepted) = policy.apply(&case.source.file, findings);
        document.accepted.extend(accepted);
        document.add(findings);
    }
}
