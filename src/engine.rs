//! 引擎 (engine): the stages in their order, for the program, the page, the library and the tests alike.
//!
//! ```
//! use jixiao::engine::{Rules, audit_file};
//!
//! let audited = audit_file("examples/changji-2024.docx", &Rules::auto())?;
//! for finding in &audited.findings {
//!     println!("{} {}", finding.code.number(), finding.message);
//! }
//! assert_eq!(audited.case.forms.len(), 12);
//! # Ok::<(), jixiao::engine::EngineError>(())
//! ```
//!
//! Each stage is public as well: [`document::read`], [`form::mend`] and [`form::find`],
//! [`interpret`](crate::indicator::interpret), [`score()`], [`audit()`].

use std::path::Path;
use std::sync::Arc;

use crate::audit::{Finding, audit};
use crate::case::{Case, FormCase};
use crate::document::{self, Document, Format, ReadError};
use crate::form::contract::{self, ContractError};
use crate::form::{self, Form, MendNote};
use crate::report::{DocumentReport, Purpose, Report};
use crate::ruleset::{Chosen, Evidence, Places, RuleFileError, Selection, builtin, parse, select};
use crate::score::score;
use crate::vocabulary::Vocabulary;

/// Why a file could not be taken through the stages; every message is Chinese and names the file.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A JSON or YAML file that is no extract of forms.
    #[error("{file}：{source}")]
    Contract { file: String, source: ContractError },
    /// The rules could not be read, or a set is not known.
    #[error(transparent)]
    Rules(#[from] RuleFileError),
}

/// 规则的选择: which rule set a form is judged by.
#[derive(Debug, Clone)]
pub struct Rules(Choice);

#[derive(Debug, Clone)]
enum Choice {
    Auto,
    /// As if every form named this place.
    Place(String),
    Named(Chosen),
}

impl Rules {
    /// For each form the set that its rule names, its place and its year speak for.
    pub fn auto() -> Rules {
        Rules(Choice::Auto)
    }

    /// `auto`, a place that has a set of its own (`新疆`), the id of a built-in set, or the path of a rule file; a named set is
    /// read once, here.
    ///
    /// # Errors
    /// An unknown id, or the problems of the file with their lines.
    pub fn named(argument: &str) -> Result<Rules, RuleFileError> {
        match Selection::from_argument(argument) {
            Selection::Auto => Ok(Rules::auto()),
            Selection::Id(place) if has_own_rules(&place) => Ok(Rules(Choice::Place(place))),
            named => select(&named, &Evidence::default()).map(|chosen| Rules(Choice::Named(chosen))),
        }
    }

    /// A rule set from the text of a rule file; `name` is repeated in the problems.
    ///
    /// # Errors
    /// The problems of the text with their lines.
    pub fn from_yaml(name: &str, text: &str) -> Result<Rules, RuleFileError> {
        let rules = Arc::new(parse(name, text, None)?);
        Ok(Rules(Choice::Named(Chosen { rules, because: format!("按指定的规则文件 {name}") })))
    }

    /// The rule set for a form of a document.
    ///
    /// # Errors
    /// A built-in set that cannot be read, which its tests exclude.
    pub fn for_form(&self, form: &Form, document: &Document) -> Result<Chosen, RuleFileError> {
        match &self.0 {
            Choice::Named(chosen) => Ok(chosen.clone()),
            Choice::Auto => select(&Selection::Auto, &Evidence::of(document, form)),
            Choice::Place(place) => {
                let evidence = Evidence { texts: vec![place.clone()], ..Evidence::of(document, form) };
                select(&Selection::Auto, &evidence)
            }
        }
    }
}

/// Whether a name is that of a place with a rule set of its own.
fn has_own_rules(name: &str) -> bool {
    let Some(found) = Places::builtin().find(name).filter(|_| builtin::find(name).is_none()) else { return false };
    builtin::sets().iter().any(|set| set.jurisdiction.province.as_deref() == Some(found.province))
}

/// 提取结果: a document with its forms.
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

/// 审核结果: a case with its findings.
#[derive(Debug, Clone)]
pub struct Audited {
    pub case: Case,
    /// In the order of the document.
    pub findings: Vec<Finding>,
}

impl Audited {
    /// The report of this document alone, for every format that a report is written in.
    pub fn report(self) -> Report {
        let mut report = Report::new(Purpose::Audit);
        report.documents.push(DocumentReport::new(&self.case, self.findings));
        report
    }
}

/// Reads a file and finds its forms.
///
/// # Errors
/// What keeps the file from being read.
pub fn extract_file(file: impl AsRef<Path>) -> Result<Extracted, EngineError> {
    extract(document::read(file.as_ref())?, false)
}

/// The same from bytes in memory; `name` is repeated in the source and in messages.
///
/// # Errors
/// As for [`extract_file`].
pub fn extract_bytes(name: &str, bytes: &[u8]) -> Result<Extracted, EngineError> {
    extract(document::read_bytes(name, bytes)?, false)
}

/// Reads, scores and audits a file.
///
/// # Errors
/// What keeps the file or the rules from being read.
pub fn audit_file(file: impl AsRef<Path>, rules: &Rules) -> Result<Audited, EngineError> {
    audited(extract_file(file)?, rules)
}

/// The same from bytes in memory.
///
/// # Errors
/// As for [`audit_file`].
pub fn audit_bytes(name: &str, bytes: &[u8], rules: &Rules) -> Result<Audited, EngineError> {
    audited(extract_bytes(name, bytes)?, rules)
}

/// Scores and audits what was extracted.
///
/// # Errors
/// Rules that cannot be read.
pub fn audited(extracted: Extracted, rules: &Rules) -> Result<Audited, EngineError> {
    let case = case(extracted, rules)?;
    let findings = audit(&case);
    Ok(Audited { case, findings })
}

/// The forms of a document, with the way of each line where `traced`.
///
/// # Errors
/// A JSON or YAML document that is no extract.
pub fn extract(document: Document, traced: bool) -> Result<Extracted, EngineError> {
    if matches!(document.source.format, Format::Yaml | Format::Json) {
        let file = document.source.file.clone();
        let forms = contract::read_forms(&document.text()).map_err(|source| EngineError::Contract { file, source })?;
        return Ok(Extracted { document, forms, notes: Vec::new(), trace: Vec::new() });
    }
    let vocabulary = Vocabulary::builtin();
    let document = form::unfold(document, vocabulary);
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

/// Scores the forms, each under its rule set.
///
/// # Errors
/// Rules that cannot be read.
pub fn case(extracted: Extracted, rules: &Rules) -> Result<Case, RuleFileError> {
    assembled(extracted, rules, FormCase::scored)
}

/// The same as if the forms had been filled under the rule set: rows that name a rule which the set does not have are
/// scored by its defaults.
///
/// # Errors
/// Rules that cannot be read.
pub fn supposed(extracted: Extracted, rules: &Rules) -> Result<Case, RuleFileError> {
    assembled(extracted, rules, |form, chosen| {
        let mut case = FormCase::scored(form, chosen);
        for row in &mut case.indicators.rows {
            row.rule = row.rule.take().filter(|name| case.rules.rule(name).is_some());
        }
        case.card = score(&case.indicators, case.form.kind, &case.rules);
        case
    })
}

fn assembled(
    extracted: Extracted,
    rules: &Rules,
    scored: impl Fn(Form, Chosen) -> FormCase,
) -> Result<Case, RuleFileError> {
    let Extracted { document, forms, notes, .. } = extracted;
    let mut cases = Vec::with_capacity(forms.len());
    for form in forms {
        let chosen = rules.for_form(&form, &document)?;
        cases.push(scored(form, chosen));
    }
    let source = document.source.clone();
    Ok(Case { source, document: Arc::new(document), forms: cases, unplaced: Vec::new(), notes })
}
