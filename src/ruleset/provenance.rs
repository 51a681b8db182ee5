//! 依据等级 (provenance): how well a statement of a rule set is known.

use serde::{Deserialize, Serialize};

/// 依据等级 of one statement; it travels with every score that rests on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// The rule text is public and was read.
    Published,
    /// Arithmetic obeyed by published filled forms, or the layout of a published form.
    Form,
    /// Behaviour of an existing program.
    Implementation,
    /// Our reading of something that is not said outright.
    Inferred,
    /// Commonly cited; the original text has not been checked.
    Unconfirmed,
}

impl Provenance {
    /// The key in YAML and JSON.
    pub fn key(self) -> &'static str {
        match self {
            Provenance::Published => "published",
            Provenance::Form => "form",
            Provenance::Implementation => "implementation",
            Provenance::Inferred => "inferred",
            Provenance::Unconfirmed => "unconfirmed",
        }
    }

    /// The grade in words.
    pub fn words(self) -> &'static str {
        match self {
            Provenance::Published => "已核对公开原文",
            Provenance::Form => "由已公开的自评表归纳",
            Provenance::Implementation => "依据现有系统的做法",
            Provenance::Inferred => "推断，原文未明说",
            Provenance::Unconfirmed => "依据待核对原文",
        }
    }

    /// The grade in two characters, for a column of counts.
    pub fn short(self) -> &'static str {
        match self {
            Provenance::Published => "原文",
            Provenance::Form => "归纳",
            Provenance::Implementation => "系统",
            Provenance::Inferred => "推断",
            Provenance::Unconfirmed => "待核",
        }
    }

    /// Whether a verdict that rests on it may be called an error.
    pub fn is_firm(self) -> bool {
        matches!(self, Provenance::Published | Provenance::Form | Provenance::Implementation)
    }
}
