//! 用法 (usage): help, version and mistakes on the command line, in Chinese.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::Arguments;
use super::{COULD_NOT_RUN, output};

/// Prints what the parser has to say and returns the exit code.
pub fn answer(error: &clap::Error, typed: &[OsString]) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::print(&error.render().to_string());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::complain(&error.render().to_string());
            ExitCode::from(COULD_NOT_RUN)
        }
        _ => {
            output::complain(&format!("错误：{}\n查看用法：{}\n", mistake(error), help_command(typed)));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// The mistake in one sentence, with the nearest right spelling where there is one.
fn mistake(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand);
            format!("没有“{command}”这个命令{}", nearest(&context(ContextKind::SuggestedSubcommand)))
        }
        ErrorKind::UnknownArgument => {
            format!("没有“{argument}”这个选项，或多写了参数{}", nearest(&context(ContextKind::SuggestedArg)))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = context(ContextKind::ValidValue);
            let valid = if valid.is_empty() { String::new() } else { format!("；可以写：{valid}") };
            format!("{argument} 不能写“{value}”{valid}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => {
            format!("{argument} 不能重复，也不能与 {} 同用", context(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数不是有效的文字（UTF-8）".to_owned(),
        _ => format!("参数有误：{argument} {value}").trim_end().to_owned(),
    }
}

fn nearest(suggestion: &str) -> String {
    if suggestion.is_empty() { String::new() } else { format!("；是否想写“{suggestion}”？") }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The help command of the command the mistake was made in.
fn help_command(typed: &[OsString]) -> String {
    let root = Arguments::command();
    let mut command = &root;
    let mut words = vec![root.get_name().to_owned()];
    for word in typed.iter().skip(1) {
        let Some(inner) = command.find_subcommand(word) else { break };
        words.push(inner.get_name().to_owned());
        command = inner;
    }
    format!("{} --help", words.join(" "))
}
