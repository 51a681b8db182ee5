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

/// The format of a report; a workbook never goes to a terminal.
pub fn of_report(named: Option<ReportFormat>, target: Option<&Path>) -> Result<ReportFormat, Failure> {
    let format = choose(named, target, ReportFormat::Table);
    if format == ReportFormat::Xlsx {
        output::refuse_terminal("xlsx", target)?;
    }
    Ok(format)
}
