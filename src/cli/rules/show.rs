//! `jixiao rules show`

use jixiao::ruleset::prose;

use super::named;
use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Explains a rule set in prose, with its curves drawn.
pub fn run(rules: &str) -> Result<Outcome, Failure> {
    let set = named(rules)?;
    let text = prose(&set);
    output::deliver(None, |out| Ok(writeln!(out, "{}", text.trim_end())?))?;
    Ok(Outcome::Clean)
}
