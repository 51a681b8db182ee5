//! `jixiao rules check`

use std::fmt::Write as _;
use std::path::Path;

use jixiao::ruleset::{self, RuleFileError, RuleSet, Selection, builtin};

use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Checks rule files with their examples; every built-in one where none is named.
pub fn run(rules: &[String]) -> Result<Outcome, Failure> {
    let mut text = String::new();
    let mut outcome = Outcome::Clean;
    for checked in checked(rules)? {
        match checked {
            Ok(set) => {
                let _ = writeln!(text, "{}：没有问题，{}个算例全部相符", set.id, set.examples.len());
            }
            Err(error) => {
                outcome = Outcome::Findings;
                let _ = writeln!(text, "{error}");
            }
        }
    }
    output::deliver(None, |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(outcome)
}

fn checked(rules: &[String]) -> Result<Vec<Result<RuleSet, RuleFileError>>, Failure> {
    if rules.is_empty() {
        return Ok(builtin::read_all());
    }
    rules.iter().map(|argument| one(argument)).collect()
}

/// The outcome for one file; a file that is not there, or an id that nobody has, is no fault of a rule file.
fn one(argument: &str) -> Result<Result<RuleSet, RuleFileError>, Failure> {
    match Selection::from_argument(argument) {
        Selection::File(path) if path.exists() => Ok(ruleset::read_file(&path)),
        Selection::Id(id) if builtin::text(&id).is_none() && Path::new(&id).is_file() => {
            Ok(ruleset::read_file(Path::new(&id)))
        }
        Selection::Id(id) if builtin::text(&id).is_some() => {
            let (file, text) = builtin::text(&id).unwrap_or_default();
            Ok(ruleset::parse(file, text, None))
        }
        named => {
            ruleset::select(&named, &ruleset::Evidence::default())?;
            Ok(ruleset::read_file(Path::new(argument)))
        }
    }
}
