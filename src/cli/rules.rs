//! `jixiao rules`

use super::Outcome;
use super::arguments::RulesCommand;
use super::failure::Failure;

pub fn run(_command: &RulesCommand) -> Result<Outcome, Failure> {
    Ok(Outcome::Clean)
}
