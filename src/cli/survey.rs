//! 逐个处理 (survey): every file of a run, in parallel, reported in the order of the input.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use jixiao::report::{DocumentReport, Purpose, Report};

use super::failure::Failure;
use super::{input, output};

/// Runs `examine` over every file; a file that fails is named on standard error and in the report.
pub fn run(
    paths: &[PathBuf],
    purpose: Purpose,
    examine: impl Fn(&Path) -> Result<DocumentReport, Failure> + Sync,
) -> Report {
    let files = input::files(paths);
    let progress = progress(files.len());
    let examined: Vec<Result<DocumentReport, (PathBuf, String)>> = files
        .into_par_iter()
        .map(|file| {
            let outcome = match file {
                Ok(file) => examine(&file).map_err(|failure| (file.clone(), reason(failure))),
                Err(error) => Err((error.path().to_owned(), error.reason())),
            };
            progress.inc(1);
            outcome
        })
        .collect();
    progress.finish_and_clear();
    let mut report = Report::new(purpose);
    for outcome in examined {
        match outcome {
            Ok(document) => report.documents.push(document),
            Err((file, why)) => {
                let file = file.display().to_string();
                output::complain(&format!("错误：{file}：{why}\n"));
                report.add_unreadable(file, why);
            }
        }
    }
    report
}

/// The failure without the name of the file, which stands before it.
fn reason(failure: Failure) -> String {
    match failure {
        Failure::Unreadable { why, .. } => why,
        other => other.to_string(),
    }
}

/// A bar on standard error, only for a person and only for several files.
fn progress(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("正在处理 {pos}/{len} {wide_bar}") {
        bar.set_style(style);
    }
    bar
}
