//! `jixiao rules`

mod check;
mod diff;
mod infer;
mod list;
mod show;

use std::sync::Arc;

use jixiao::ruleset::{Evidence, RuleFileError, RuleSet, Selection, select, starting_file};

use super::arguments::RulesCommand;
use super::failure::Failure;
use super::{Outcome, output};

/// Runs one of the commands about rule sets.
pub fn run(command: &RulesCommand) -> Result<Outcome, Failure> {
    match command {
        RulesCommand::List { format } => list::run(*format),
        RulesCommand::Show { rules, format, output } => show::run(rules, *format, output),
        RulesCommand::Check { rules } => check::run(rules),
        RulesCommand::Diff { left, right } => diff::run(left, right),
        RulesCommand::New { from, id, output } => {
            let base = named(from)?;
            let text = starting_file(id, &base);
            output::deliver(output.path.as_deref(), |out| Ok(out.write_all(text.as_bytes())?))?;
            Ok(Outcome::Clean)
        }
        RulesCommand::Infer { input, output } => infer::run(input, output),
    }
}

/// A built-in rule set by its id, or one read from a file.
fn named(argument: &str) -> Result<Arc<RuleSet>, RuleFileError> {
    select(&Selection::from_argument(argument), &Evidence::default()).map(|chosen| chosen.rules)
}
