//! 流程 (pipeline): a file through the engine, for the commands; what fails is said with the file's name.

use std::path::Path;

use jixiao::case::Case;
use jixiao::document::{self, ReadError};
use jixiao::engine::{self, EngineError, Extracted, Rules};

use super::failure::Failure;
use super::input::InputFile;
use super::trial;

/// Reads a file and finds its forms.
pub fn extract(file: &Path, traced: bool) -> Result<Extracted, Failure> {
    extract_input(&InputFile::given(file), traced)
}

/// The same for a file of a run, under the name that a person knows it by.
pub fn extract_input(file: &InputFile, traced: bool) -> Result<Extracted, Failure> {
    trial::pass(&file.path)?;
    let unreadable = |error: EngineError| {
        let file = file.path.clone();
        match error {
            EngineError::Read(error) => match error.reason() {
                own @ ReadError::OwnReport => Failure::OwnReport { file, why: own.to_string() },
                reason => Failure::Unreadable { file, why: reason.to_string() },
            },
            EngineError::Contract { source, .. } => Failure::Unreadable { file, why: source.to_string() },
            EngineError::Rules(error) => Failure::Rules(error),
        }
    };
    let mut document = document::read(&file.path).map_err(|error| unreadable(EngineError::Read(error)))?;
    document.source.file = jixiao::text::visible(&file.name).into_owned();
    engine::extract(document, traced).map_err(unreadable)
}

/// Reads a file, finds its forms and scores them.
pub fn case(file: &InputFile, rules: &Rules) -> Result<Case, Failure> {
    Ok(engine::case(extract_input(file, false)?, rules)?)
}

/// The same as if the forms had been filled under the rule set.
pub fn supposed(file: &InputFile, rules: &Rules) -> Result<Case, Failure> {
    Ok(engine::supposed(extract_input(file, false)?, rules)?)
}
