//! 命令行 (cli): the only part that talks to a terminal.
//!
//! Standard output carries the result alone; messages, progress and complaints go to standard error. The exit code is 0, 1
//! for findings at or above `--fail-on`, 2 for a run that failed.

mod arguments;
mod audit;
mod compare;
mod explain;
mod extract;
mod failure;
mod fill;
mod format;
mod input;
mod mark;
#[cfg(feature = "ocr")]
mod models;
mod output;
mod parse;
mod pipeline;
mod policy;
mod rules;
mod score;
mod slips;
mod survey;
mod template;
mod trial;
mod typed;
mod usage;

use std::ffi::OsString;
use std::panic::PanicHookInfo;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Exit code of a run with findings at or above `--fail-on`.
const FINDINGS: u8 = 1;

/// Exit code of a run that failed.
const COULD_NOT_RUN: u8 = 2;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    /// The result was handed over, but some of the input could not be read.
    Incomplete,
}

/// Runs the command line and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = arguments.into_iter().collect();
    if let [_, word, file] = typed.as_slice()
        && word == trial::WORD
    {
        return trial::read(Path::new(file));
    }
    std::panic::set_hook(Box::new(confess));
    let typed = typed::understood(typed);
    let arguments = match Arguments::try_parse_from(&typed) {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error, &typed),
    };
    match dispatch(arguments.command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(FINDINGS),
        Ok(Outcome::Incomplete) => ExitCode::from(COULD_NOT_RUN),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&format!("错误：{failure}\n"));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn dispatch(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Template(arguments) => template::run(&arguments),
        Command::Fill(arguments) => fill::run(&arguments),
        Command::Mark(arguments) => mark::run(&arguments),
        Command::Parse(arguments) => parse::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules { command } => rules::run(&command),
        #[cfg(feature = "ocr")]
        Command::Models { command } => models::run(&command),
    }
}

/// What is said of a fault of our own. A reader's is caught, and said as a message about its file.
fn confess(panic: &PanicHookInfo<'_>) {
    if std::thread::current().name() == Some(jixiao::document::READER_THREAD) {
        return;
    }
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    output::complain(&format!("程序内部出错（{place}），这是本程序的缺陷；请把文件和命令反馈给开发者\n"));
}
