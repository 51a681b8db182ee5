//! 口径 (policy): which findings are shown, how severe they are and when they fail the run.

use std::path::{Path, PathBuf};

use jixiao::audit::{Exceptions, ExceptionsError, Finding, Overrides, Selector, Severity, UnknownCode};
use jixiao::document::{explain, read_settings};
use jixiao::report::Accepted;

use super::Outcome;
use super::arguments::Policy as PolicyArguments;
use super::input::CONFIG;

/// A policy that cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error(transparent)]
    UnknownCode(#[from] UnknownCode),
    #[error(transparent)]
    Exceptions(#[from] ExceptionsError),
    #[error("例外清单 {} 打不开：{}", file.display(), explain(source))]
    Missing { file: PathBuf, source: std::io::Error },
}

/// Bytes of a list of exceptions.
const LARGEST: u64 = 4 << 20;

/// What the user wants done with the findings.
#[derive(Debug, Clone)]
pub struct Policy {
    overrides: Overrides,
    exceptions: Exceptions,
    fail_on: Option<Severity>,
}

impl Policy {
    /// The policy of the command line and of the list of exceptions.
    pub fn new(arguments: &PolicyArguments) -> Result<Policy, PolicyError> {
        let selectors = |texts: &[String]| texts.iter().map(|text| text.parse()).collect::<Result<Vec<Selector>, _>>();
        let overrides = Overrides {
            allow: selectors(&arguments.allow)?,
            warn: selectors(&arguments.warn)?,
            error: selectors(&arguments.error)?,
            only: selectors(&arguments.only)?,
        };
        let exceptions = exceptions(arguments.config.as_deref())?;
        Ok(Policy { overrides, exceptions, fail_on: arguments.fail_on.severity() })
    }

    /// Applies exceptions and overrides to the findings about a file.
    pub fn apply(&self, file: &str, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Accepted>) {
        let sifted = self.exceptions.sift(file, findings);
        let reason = |entry: usize| {
            let exception = entry.checked_sub(1).and_then(|index| self.exceptions.entries().get(index));
            exception.map(|exception| exception.reason.clone()).unwrap_or_default()
        };
        let accepted = sifted.accepted.into_iter();
        let accepted = accepted.map(|(finding, entry)| Accepted { finding, reason: reason(entry) }).collect();
        (self.overrides.apply(sifted.kept), accepted)
    }

    /// How a run with these findings ends.
    pub fn outcome<'a>(&self, mut findings: impl Iterator<Item = &'a Finding>) -> Outcome {
        match self.fail_on {
            Some(level) if findings.any(|finding| finding.severity >= level) => Outcome::Findings,
            _ => Outcome::Clean,
        }
    }
}

/// The list of exceptions that is named, else the one of the current folder, else none.
fn exceptions(named: Option<&Path>) -> Result<Exceptions, PolicyError> {
    let usual = Path::new(CONFIG);
    let Some(file) = named.or_else(|| usual.is_file().then_some(usual)) else { return Ok(Exceptions::default()) };
    let text = read_settings(file, LARGEST).map_err(|source| PolicyError::Missing { file: file.to_owned(), source })?;
    Ok(Exceptions::parse(&file.display().to_string(), &text)?)
}
