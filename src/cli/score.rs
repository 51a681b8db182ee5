//! `jixiao score`

use jixiao::engine::Rules;
use jixiao::report::{DocumentReport, Purpose, Report, side_by_side};

use super::arguments::{ReportFormat, ScoreArguments};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline, survey};

/// Rescores every file; several rule sets are put side by side.
pub fn run(arguments: &ScoreArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, &arguments.input.paths)?;
    let format = format::of_report(arguments.format, target)?;
    let view = output::view(target, arguments.explain);
    let mut reports = Vec::new();
    for rules in &arguments.rules {
        let choice = Rules::named(rules)?;
        reports.push(rescored(arguments, &choice));
        if reports.iter().any(|report| !report.unreadable.is_empty()) {
            break;
        }
    }
    match reports.as_slice() {
        [report] => output::deliver(target, |out| report.render(format.into(), &view, out))?,
        _ => {
            let layout = match format {
                ReportFormat::Table => side_by_side::Layout::Table,
                ReportFormat::Json => side_by_side::Layout::Json,
                ReportFormat::Csv => side_by_side::Layout::Csv,
                _ => {
                    let message = "并排比较多个规则集时，输出格式只能是 table、json 或 csv";
                    return Err(Failure::Unsupported(message.to_owned()));
                }
            };
            output::deliver(target, |out| side_by_side::render(&reports, layout, &view, out))?;
        }
    }
    let complete = reports.iter().all(|report| report.unreadable.is_empty());
    Ok(if complete { Outcome::Clean } else { Outcome::Incomplete })
}

fn rescored(arguments: &ScoreArguments, choice: &Rules) -> Report {
    survey::run(&arguments.input.paths, arguments.output.path.as_deref(), Purpose::Score, |file| {
        // Side by side the question is what each set would give, whatever rules the form names.
        let read = if arguments.rules.len() > 1 { pipeline::supposed } else { pipeline::case };
        let case = read(file, choice)?;
        Ok(DocumentReport::new(&case, Vec::new()))
    })
}
