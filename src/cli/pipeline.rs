//! 流程 (pipeline): a file through the engine, for the commands; what fails is said with the file's name.

use std::path::Path;

use jixiao::case::Case;
use jixiao::document;
use jixiao::engine::{self, EngineError, Extracted, Rules};

use super::failure::Failure;
use super::trial;

/// Reads a file and finds its forms.
pub fn extract(file: &Path, traced: bool) -> Result<Extracted, Failure> {
    trial::pass(file)?;
    let unreadable = |error: EngineError| {
        let why = match error {
            EngineError::Read(error) => error.reason().to_string(),
            EngineError::Contract { source, .. } => source.to_string(),
            EngineError::Rules(error) => return Failure::Rules(error),
        };
        Failure::Unreadable { file: file.to_owned(), why }
    };
    let document = document::read(file).map_err(|error| unreadable(EngineError::Read(error)))?;
    engine::extract(document, traced).map_err(unreadable)
}

/// Reads a file, finds its forms and scores them.
pub fn case(file: &Path, rules: &Rules) -> Result<Case, Failure> {
    Ok(engine::case(extract(file, false)?, rules)?)
}

/// The same as if the forms had been filled under the rule set.
pub fn supposed(file: &Path, rules: &Rules) -> Result<Case, Failure> {
    Ok(engine::supposed(extract(file, false)?, rules)?)
}
