//! 审核意见 (finding): one fault, with both ends cited.

use crate::audit::{Code, Severity};
use crate::document::Place;

/// 审核意见: one fault of a form (or of the whole document) and what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub code: Code,
    /// The severity after the user's overrides.
    pub severity: Severity,
    /// Number of the form in the document, from 1; `None` for the document itself.
    pub form: Option<usize>,
    /// Number of the indicator row, from 1; 0 is the funds block; `None` is the form as a whole.
    pub row: Option<usize>,
    /// The cell's key in the JSON contract: `score`, `rate`, `target`, `spent` …
    pub field: Option<&'static str>,
    /// One line that stands alone, in Chinese, without a full stop.
    pub message: String,
    /// The figure as printed.
    pub published: Option<String>,
    /// The figure that the arithmetic gives.
    pub computed: Option<String>,
    /// Key of the likely cause ([`crate::score::Cause::key`] for scores).
    pub cause: Option<&'static str>,
    /// The figures and the arithmetic, one line each.
    pub evidence: Vec<String>,
    /// Document and clause, or the threshold in the rule set, with its provenance in words.
    pub clause: Option<String>,
    /// What to do, in Chinese.
    pub suggestion: Option<String>,
    pub place: Option<Place>,
}

impl Finding {
    /// A finding with its default severity and nothing but a message.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Finding {
            code,
            severity: code.severity(),
            form: None,
            row: None,
            field: None,
            message: message.into(),
            published: None,
            computed: None,
            cause: None,
            evidence: Vec::new(),
            clause: None,
            suggestion: None,
            place: None,
        }
    }
}

impl Finding {
    /// With another severity than the code's own.
    pub fn graded(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With the figure as printed and the figure that the arithmetic gives.
    pub fn figures(mut self, published: impl Into<String>, computed: impl Into<String>) -> Self {
        self.published = Some(published.into());
        self.computed = Some(computed.into());
        self
    }

    /// With the text as printed, where there is nothing to compute.
    pub fn printed(mut self, published: impl Into<String>) -> Self {
        self.published = Some(published.into());
        self
    }

    /// With one more line of evidence.
    pub fn evidence(mut self, line: impl Into<String>) -> Self {
        self.evidence.push(line.into());
        self
    }

    /// With more lines of evidence.
    pub fn evidence_lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.evidence.extend(lines);
        self
    }

    /// With the document and clause, or the threshold, that it rests on.
    pub fn clause(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// With what to do about it.
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// With the key of the likely cause.
    pub fn caused_by(mut self, cause: Option<&'static str>) -> Self {
        self.cause = cause;
        self
    }
}
