//! `jixiao compare`

use super::Outcome;
use super::arguments::CompareArguments;
use super::failure::Failure;

pub fn run(_arguments: &CompareArguments) -> Result<Outcome, Failure> {
    Ok(Outcome::Clean)
}
