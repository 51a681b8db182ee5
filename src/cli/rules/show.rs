//! `jixiao rules show`

use std::io::Write;

use jixiao::ruleset::prose;

use super::named;
use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Explains a rule set in prose, with its curves drawn.
pub fn run(rules: &str) -> Result<Outcome, Failure> {
    let text = prose(&named(rules)?);
    output::deliver(None, |out| Ok(writeln!(out, "{}", text.trim_end())?))?;
    Ok(Outcome::Clean)
}
