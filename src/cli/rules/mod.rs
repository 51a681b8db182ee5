//! `jixiao rules`

mod check;
mod infer;
mod list;

use super::Outcome;
use super::arguments::RulesCommand;
use super::failure::Failure;

/// Runs one of the commands about rule sets.
pub fn run(command: &RulesCommand) -> Result<Outcome, Failure> {
    match command {
        RulesCommand::List { format } => list::run(*format),
        RulesCommand::Check { rules } => check::run(rules),
        RulesCommand::Infer { input, output } => infer::run(input, output),
    }
}
