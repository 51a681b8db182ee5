//! `jixiao audit`

use jixiao::report::{DocumentReport, Purpose};

use super::arguments::AuditArguments;
use super::failure::Failure;
use super::policy::Policy;
use super::{Outcome, format, output, pipeline, survey};

/// Reads, rescores and audits every file.
pub fn run(arguments: &AuditArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    let format = format::of_report(arguments.format, target)?;
    let policy = Policy::new(&arguments.policy)?;
    let choice = pipeline::RuleChoice::parse(&arguments.rules)?;
    let report = survey::run(&arguments.input.paths, Purpose::Audit, |file| {
        let case = pipeline::case(file, &choice)?;
        let (findings, accepted) = policy.apply(&case.source.file, jixiao::audit::audit(&case));
        Ok(DocumentReport { accepted, ..DocumentReport::new(&case, findings) })
    });
    if !report.documents.is_empty() || report.is_run() {
        output::deliver(target, |out| report.render(format.into(), &output::view(target, false), out))?;
    }
    if !report.unreadable.is_empty() {
        return Ok(Outcome::Incomplete);
    }
    Ok(policy.outcome(report.documents.iter().flat_map(|document| &document.findings)))
}
