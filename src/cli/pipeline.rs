//! 流程 (pipeline): the stages of the engine in their order, for the commands.

use std::path::Path;
use std::sync::Arc;

use jixiao::audit::Finding;
use jixiao::case::Case;
use jixiao::document::{self, Document};
use jixiao::form::{Found, find, find_with_trace};
use jixiao::ruleset::RuleSet;
use jixiao::vocabulary::Vocabulary;

use super::failure::Failure;

/// Which rule set to apply.
#[derive(Debug, Clone)]
pub enum RuleChoice {
    /// By what the form says.
    Auto,
    /// The one the user named.
    Named(Arc<RuleSet>),
}

impl RuleChoice {
    /// `auto`, the id of a built-in set, or a file.
    pub fn parse(text: &str) -> Result<RuleChoice, Failure> {
        if text == "auto" { Ok(RuleChoice::Auto) } else { rule_set(text).map(RuleChoice::Named) }
    }
}

/// A built-in rule set by its id, or one read from a file.
pub fn rule_set(text: &str) -> Result<Arc<RuleSet>, Failure> {
    Err(Failure::Rules(format!("没有规则集“{text}”；运行 jixiao rules list 可列出内置的规则集")))
}

/// Reads a file.
pub fn read(file: &Path) -> Result<Document, Failure> {
    document::read(file).map_err(|error| Failure::Unreadable { file: file.to_owned(), why: error.reason().to_string() })
}

/// The forms of a document; with a trace of every line where asked for.
pub fn forms(document: &Document, traced: bool) -> Found {
    let vocabulary = Vocabulary::builtin();
    if traced { find_with_trace(document, vocabulary) } else { find(document, vocabulary) }
}

/// Reads a file, finds its forms and scores them.
pub fn case(file: &Path, choice: &RuleChoice) -> Result<Case, Failure> {
    let document = Arc::new(read(file)?);
    let _found = forms(&document, false);
    let _ = choice;
    Ok(Case { source: document.source.clone(), document, forms: Vec::new(), unplaced: Vec::new() })
}

/// The findings of a case, before the user's overrides.
pub fn findings(case: &Case) -> Vec<Finding> {
    let _ = case;
    Vec::new()
}
