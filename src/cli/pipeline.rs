//! 流程 (pipeline): the stages of the engine in their order, for the commands.

use std::path::Path;
use std::sync::Arc;

use jixiao::case::{Case, FormCase};
use jixiao::document::{self, Document, Format};
use jixiao::form::{self, Form, MendNote, contract};
use jixiao::indicator::interpret;
use jixiao::ruleset::{Chosen, Evidence, RuleFileError, Selection, select};
use jixiao::score::score;
use jixiao::vocabulary::Vocabulary;

use super::failure::Failure;
use super::trial;

/// Which rule set to apply.
#[derive(Debug, Clone)]
pub enum RuleChoice {
    /// By what the form says.
    Auto,
    /// The one the user named.
    Named(Chosen),
}

/// A file with its forms.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// The document as mended: what the forms were found in.
    pub document: Document,
    pub forms: Vec<Form>,
    /// What could not be mended with certainty.
    pub notes: Vec<MendNote>,
    /// How each line was taken; empty unless asked for.
    pub trace: Vec<String>,
}

impl RuleChoice {
    /// `auto`, the id of a built-in set, or a file; a named set is read once, here.
    pub fn parse(argument: &str) -> Result<RuleChoice, RuleFileError> {
        match Selection::from_argument(argument) {
            Selection::Auto => Ok(RuleChoice::Auto),
            named => select(&named, &Evidence::default()).map(RuleChoice::Named),
        }
    }

    /// The rule set for a form.
    pub fn rules_for(&self, form: &Form, document: &Document) -> Result<Chosen, RuleFileError> {
        match self {
            RuleChoice::Named(chosen) => Ok(chosen.clone()),
            RuleChoice::Auto => select(&Selection::Auto, &Evidence::of(document, form)),
        }
    }
}

/// Reads a file and finds its forms.
pub fn extract(file: &Path, traced: bool) -> Result<Extracted, Failure> {
    let unreadable = |why: String| Failure::Unreadable { file: file.to_owned(), why };
    trial::pass(file)?;
    let document = document::read(file).map_err(|error| unreadable(error.reason().to_string()))?;
    if matches!(document.source.format, Format::Yaml | Format::Json) {
        let forms = contract::read_forms(&document.text()).map_err(|error| unreadable(error.to_string()))?;
        return Ok(Extracted { document, forms, notes: Vec::new(), trace: Vec::new() });
    }
    let vocabulary = Vocabulary::builtin();
    if traced {
        let (mended, mut trace) = form::mend_with_trace(&document, vocabulary);
        let found = form::find_with_trace(&mended.document, vocabulary);
        trace.extend(found.trace);
        return Ok(Extracted { document: mended.document, forms: found.forms, notes: mended.notes, trace });
    }
    let mended = form::mend(&document, vocabulary);
    let found = form::find(&mended.document, vocabulary);
    Ok(Extracted { document: mended.document, forms: found.forms, notes: mended.notes, trace: Vec::new() })
}

/// Reads a file, finds its forms and scores them.
pub fn case(file: &Path, choice: &RuleChoice) -> Result<Case, Failure> {
    let Extracted { document, forms, notes, .. } = extract(file, false)?;
    let forms = forms.into_iter().map(|form| scored(form, &document, choice)).collect::<Result<_, _>>()?;
    Ok(Case { source: document.source.clone(), document: Arc::new(document), forms, unplaced: Vec::new(), notes })
}

/// The same as if the forms had been filled under the rule set: rows that name a rule which the set does not have are
/// scored by its defaults.
pub fn supposed(file: &Path, choice: &RuleChoice) -> Result<Case, Failure> {
    let Extracted { document, forms, notes, .. } = extract(file, false)?;
    let supposed = |form| {
        let mut case = scored(form, &document, choice)?;
        for row in &mut case.indicators.rows {
            row.rule = row.rule.take().filter(|name| case.rules.rule(name).is_some());
        }
        case.card = score(&case.indicators, case.form.kind, &case.rules);
        Ok(case)
    };
    let forms = forms.into_iter().map(supposed).collect::<Result<_, RuleFileError>>()?;
    Ok(Case { source: document.source.clone(), document: Arc::new(document), forms, unplaced: Vec::new(), notes })
}

fn scored(form: Form, document: &Document, choice: &RuleChoice) -> Result<FormCase, RuleFileError> {
    let Chosen { rules, because } = choice.rules_for(&form, document)?;
    let indicators = interpret(&form);
    let card = score(&indicators, form.kind, &rules);
    Ok(FormCase { form, indicators, card, rules, chosen_because: because })
}
