//! 格式 (format): the output format, named or taken from the ending of `-o`.

use std::path::Path;

use clap::ValueEnum;

use super::arguments::ReportFormat;
use super::failure::Failure;
use super::output;

/// Endings of a file that holds whatever is usual.
const USUAL_ENDINGS: [&str; 3] = ["txt", "yml", ""];

/// The format named, else the one that the file's ending names, else `usual`; an ending of `-o` that names no format is
/// refused rather than filled with something else.
pub fn choose<F: ValueEnum + Copy>(named: Option<F>, target: Option<&Path>, usual: F) -> Result<F, Failure> {
    if let Some(format) = named {
        return Ok(format);
    }
    let Some(file) = target else { return Ok(usual) };
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if let Ok(format) = F::from_str(ending, true) {
        return Ok(format);
    }
    if USUAL_ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
        return Ok(usual);
    }
    let known: Vec<String> = F::value_variants()
        .iter()
        .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
        .collect();
    Err(Failure::Unsupported(format!(
        "{}：不能写成 {ending}；请改扩展名，或用 --format 指明：{}",
        file.display(),
        known.join("、")
    )))
}

/// The format of a report; what is no text never goes to a terminal.
pub fn of_report(named: Option<ReportFormat>, target: Option<&Path>) -> Result<ReportFormat, Failure> {
    let format = choose(named, target, ReportFormat::Table)?;
    match format {
        ReportFormat::Xlsx => output::refuse_terminal("xlsx", target)?,
        ReportFormat::Docx => output::refuse_terminal("docx", target)?,
        _ => {}
    }
    Ok(format)
}
