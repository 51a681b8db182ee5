//! 案卷 (case): everything known about one document, ready to be audited or reported.

use std::sync::Arc;

use crate::document::{Document, Source};
use crate::form::{Field, Form, MendNote};
use crate::indicator::{IndicatorTable, interpret};
use crate::ruleset::{Chosen, RuleSet};
use crate::score::{ScoreCard, score};

/// 案卷: one document with its forms understood and scored.
#[derive(Debug, Clone)]
pub struct Case {
    pub source: Source,
    /// The document itself, for sentences that are compared with the forms.
    pub document: Arc<Document>,
    pub forms: Vec<FormCase>,
    /// Text near a form that belongs to none.
    pub unplaced: Vec<Field>,
    /// What of a broken dump could not be put back with certainty.
    pub notes: Vec<MendNote>,
}

/// One form of a case.
#[derive(Debug, Clone)]
pub struct FormCase {
    pub form: Form,
    pub indicators: IndicatorTable,
    pub card: ScoreCard,
    /// The rule set that was applied.
    pub rules: Arc<RuleSet>,
    /// Why this rule set: in Chinese, one sentence.
    pub chosen_because: String,
}

impl FormCase {
    /// A form understood and scored under a rule set.
    pub fn scored(form: Form, chosen: Chosen) -> FormCase {
        let Chosen { rules, because } = chosen;
        let indicators = interpret(&form);
        let card = score(&indicators, form.kind, &rules);
        FormCase { form, indicators, card, rules, chosen_because: because }
    }
}
