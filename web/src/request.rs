//! 请求 (request): what the page asks of the engine.

use std::collections::BTreeMap;

use serde::Deserialize;

/// 请求, by the word in `do`; bytes follow the line where a file is handed over.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    /// A file to read and audit; its bytes follow.
    Open { id: u32, name: String },
    /// A .zip to take apart; its bytes follow.
    Unpack,
    /// Forgets a file.
    Close { id: u32 },
    /// Another rule set for every open file: `auto`, an id, a place, or with `text` a file of the user's own.
    Rules { rules: String, text: Option<String> },
    /// A form of a file as printed, its findings and its figures.
    Show { id: u32, form: usize },
    /// A row of a form with every step; row 0 is the funds block.
    Detail { id: u32, form: usize, row: usize },
    /// What the reviewer changed, in place of what was changed before.
    Edit { id: u32, edits: Vec<Edit> },
    /// The report, or another file, of some of the open files; the marks by the number of the file.
    Export { ids: Vec<u32>, format: String, marks: BTreeMap<String, Vec<Mark>> },
    /// Next year's target tables.
    Draft { id: u32, year: Option<i32> },
    /// The rule sets there are.
    Sets,
    /// A rule set in words and curves.
    RuleSet { rules: String },
}

/// 更正: another text for a cell of an indicator row, counted from 1.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct Edit {
    pub form: usize,
    pub row: usize,
    /// The key of the column in the JSON contract.
    pub column: String,
    pub text: String,
}

/// 意见的处理: a finding that the reviewer does not uphold, with the reason.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct Mark {
    pub key: String,
    pub reason: String,
}
