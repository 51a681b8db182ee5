//! 选择规则集 (select): which rule set a form is judged by, and why.

use std::path::PathBuf;
use std::sync::Arc;

use crate::document::{Block, Document};
use crate::form::{Column, Form};
use crate::ruleset::RuleSet;

/// What the user asked for: `auto`, an id, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    Auto,
    Id(String),
    File(PathBuf),
}

/// 线索: what a document tells about its rules.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The rule names that the rows print, each with the number of rows.
    pub rule_names: Vec<(String, usize)>,
    /// Text in which a place may be named, most telling first: the unit, the title, the running text.
    pub texts: Vec<String>,
    pub year: Option<i32>,
}

/// 选定的规则集
#[derive(Debug, Clone)]
pub struct Chosen {
    pub rules: Arc<RuleSet>,
    /// One Chinese sentence without a full stop.
    pub because: String,
}
