//! 口径 (policy): which findings are shown, how severe they are and when they fail the run.

use jixiao::audit::{Code, Finding, Severity};

use super::Outcome;
use super::arguments::Policy as PolicyArguments;

/// A policy that cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("没有代码或系列“{0}”；代码如 JX301，系列如 JX3xx，运行 jixiao explain 可列出全部代码")]
    UnknownCode(String),
}

/// What the user wants done with the findings.
#[derive(Debug, Clone)]
pub struct Policy {
    only: Vec<Pattern>,
    allow: Vec<Pattern>,
    levels: Vec<(Pattern, Severity)>,
    fail_on: Option<Severity>,
}

/// A code, or a series such as `JX3xx`, as its leading characters.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern(String);

impl Pattern {
    fn parse(text: &str) -> Result<Pattern, PolicyError> {
        let text = text.trim().to_ascii_uppercase();
        let pattern = Pattern(text.trim_end_matches('X').to_owned());
        let known = pattern.0.len() > 2 && Code::ALL.iter().any(|code| pattern.covers(*code));
        let whole = text.len() == Code::ScoreDiffers.number().len();
        if known && whole { Ok(pattern) } else { Err(PolicyError::UnknownCode(text)) }
    }

    fn covers(&self, code: Code) -> bool {
        code.number().starts_with(&self.0)
    }
}

impl Policy {
    /// The policy of the command line.
    pub fn new(arguments: &PolicyArguments) -> Result<Policy, PolicyError> {
        let patterns = |texts: &[String]| texts.iter().map(|text| Pattern::parse(text)).collect::<Result<Vec<_>, _>>();
        let mut levels = Vec::new();
        for (texts, severity) in [
            (&arguments.note, Severity::Note),
            (&arguments.warn, Severity::Warning),
            (&arguments.error, Severity::Error),
        ] {
            levels.extend(patterns(texts)?.into_iter().map(|pattern| (pattern, severity)));
        }
        Ok(Policy {
            only: patterns(&arguments.only)?,
            allow: patterns(&arguments.allow)?,
            levels,
            fail_on: arguments.fail_on.severity(),
        })
    }

    /// The findings that are left, with the severity the user gives them.
    pub fn apply(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let wanted = |code| self.only.is_empty() || self.only.iter().any(|pattern| pattern.covers(code));
        let allowed = |code| self.allow.iter().any(|pattern| pattern.covers(code));
        findings
            .into_iter()
            .filter(|finding| wanted(finding.code) && !allowed(finding.code))
            .map(|mut finding| {
                let given = self.levels.iter().rev().find(|(pattern, _)| pattern.covers(finding.code));
                finding.severity = given.map_or(finding.severity, |(_, severity)| *severity);
                finding
            })
            .collect()
    }

    /// How a run with these findings ends.
    pub fn outcome<'a>(&self, mut findings: impl Iterator<Item = &'a Finding>) -> Outcome {
        match self.fail_on {
            Some(level) if findings.any(|finding| finding.severity >= level) => Outcome::Findings,
            _ => Outcome::Clean,
        }
    }
}
