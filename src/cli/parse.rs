//! `jixiao parse`

use super::Outcome;
use super::arguments::ParseArguments;
use super::failure::Failure;

pub fn run(_arguments: &ParseArguments) -> Result<Outcome, Failure> {
    Ok(Outcome::Clean)
}
