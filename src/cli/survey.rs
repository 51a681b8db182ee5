//! 逐个处理 (survey): every file of a run, in parallel, reported in the order of the input.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use jixiao::report::{DocumentReport, Purpose, Report};

use super::failure::Failure;
use super::input::{InputFile, Inputs, Skipped};
use super::output;

/// Runs `examine` over every file; a file that fails is named on standard error and in the report, and so is one that is
/// passed over. The file that the run writes, `target`, is never read.
pub fn run(
    paths: &[PathBuf],
    target: Option<&Path>,
    purpose: Purpose,
    examine: impl Fn(&InputFile) -> Result<DocumentReport, Failure> + Sync,
) -> Report {
    let Inputs { files, skipped, .. } = &Inputs::find(paths, target);
    let several = files.len() > 1 || !skipped.is_empty();
    let progress = progress(files.len());
    let examined: Vec<Result<DocumentReport, Refused>> = files
        .par_iter()
        .map(|file| {
            let outcome = match file {
                Ok(file) => examine(file).map_err(|failure| refused(&file.name, failure)),
                Err(error) => {
                    Err(Refused { file: error.path().display().to_string(), why: error.reason(), own: false })
                }
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
            // A report of an earlier run beside the forms was handed in by nobody; named alone it is a mistake.
            Err(Refused { file, why, own: true }) if several => report.add_skipped(file, why),
            Err(Refused { file, why, .. }) => {
                output::complain(&format!("错误：{file}：{why}\n"));
                report.add_unreadable(file, why);
            }
        }
    }
    for Skipped { name, why } in skipped {
        report.add_skipped(name, why);
    }
    if !report.skipped.is_empty() {
        output::complain(&format!("跳过{}个文件：{}\n", report.skipped.len(), by_reason(&report)));
    }
    report
}

/// A file that gave no report.
struct Refused {
    file: String,
    why: String,
    /// Whether it is a report of this program.
    own: bool,
}

/// The failure without the name of the file, which stands before it.
fn refused(file: &str, failure: Failure) -> Refused {
    let own = matches!(failure, Failure::OwnReport { .. });
    let why = match failure {
        Failure::Unreadable { why, .. } | Failure::OwnReport { why, .. } => why,
        other => other.to_string(),
    };
    Refused { file: file.to_owned(), why, own }
}

/// How many files are named for each reason.
const NAMED: usize = 5;

/// The files that were passed over, by reason: `甲.rar、乙.rar（RAR 压缩包；请先解压再读取）`.
fn by_reason(report: &Report) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for skipped in &report.skipped {
        match reasons.iter_mut().find(|(why, _)| *why == skipped.why) {
            Some((_, files)) => files.push(&skipped.file),
            None => reasons.push((&skipped.why, vec![&skipped.file])),
        }
    }
    let said = |(why, files): &(&str, Vec<&str>)| {
        let named: Vec<&str> = files.iter().take(NAMED).copied().collect();
        let more = if files.len() > NAMED { format!("等{}个", files.len()) } else { String::new() };
        format!("{}{more}（{why}）", named.join("、"))
    };
    reasons.iter().map(said).collect::<Vec<_>>().join("，")
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
