//! 格式 (format): the output format, named or taken from the ending of `-o`.

use std::path::Path;

use clap::ValueEnum;

use super::arguments::ReportFormat;
use super::failure::Failure;
use super::output;

/// The format named, else the one that the file's ending names, else `usual`.
pub fn choose<F: ValueEnum + Copy>(named: Option<F>, target: Option<&Path>, usual: F) -> F {
    let ending = || target.and_then(|file| file.extension()).and_then(|ending| ending.to_str());
    named.or_else(|| ending().and_then(|ending| F::from_str(ending, true).ok())).unwrap_or(usual)
}

/// The same, but an ending of `-o` that names no format is refused rather than filled with something else.
pub fn choose_strictly<F: ValueEnum + Copy>(named: Option<F>, target: Option<&Path>, usual: F) -> Result<F, Failure> {
    if let Some(format) = named {
        return Ok(format);
    }
    let Some(file) = target else { return Ok(usual) };
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if let Ok(format) = F::from_str(ending, true) {
        return Ok(format);
    }
    if ["txt", "yml", ""].contains(&ending.to_ascii_lowercase().as_str()) {
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

/// The format of a report; a workbook never goes to a terminal.
pub fn of_report(named: Option<ReportFormat>, target: Option<&Path>) -> Result<ReportFormat, Failure> {
    let format = choose(named, target, ReportFormat::Table);
    if format == ReportFormat::Xlsx {
        output::refuse_terminal("xlsx", target)?;
    }
    Ok(format)
}
