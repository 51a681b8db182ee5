//! `jixiao compare`

use std::path::PathBuf;

use jixiao::engine::Rules;
use jixiao::report::{DocumentReport, Origin, Purpose, Report};

use super::arguments::CompareArguments;
use super::failure::Failure;
use super::input::InputFile;
use super::policy::Policy;
use super::{Outcome, format, output, pipeline};

/// Says what changed from one document to another.
pub fn run(arguments: &CompareArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, [&arguments.before, &arguments.after])?;
    let format = format::of_report(arguments.format, target)?;
    let policy = Policy::new(&arguments.policy)?;
    let choice = Rules::auto();
    let read = |file: &PathBuf| pipeline::case(&InputFile::given(file), &choice);
    let (before, after) = (read(&arguments.before)?, read(&arguments.after)?);
    for case in [&before, &after] {
        if case.forms.is_empty() {
            let why = "文件中没有识别出绩效表，无法比较".to_owned();
            return Err(Failure::Unreadable { file: case.source.file.clone().into(), why });
        }
    }
    let (findings, accepted) = policy.apply(&after.source.file, jixiao::audit::compare(&before, &after));
    let outcome = policy.outcome(findings.iter());
    let mut report = Report::new(Purpose::Compare);
    let compared = Some(Origin { file: before.source.file, sha256: before.source.sha256 });
    report.documents.push(DocumentReport { accepted, before: compared, ..DocumentReport::new(&after, findings) });
    output::deliver(target, |out| report.render(format.into(), &output::view(target, false), out))?;
    Ok(outcome)
}
