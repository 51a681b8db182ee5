//! 平铺表用词 (flat words): how lists with one indicator a row say which form each row belongs to.

use serde::Deserialize;

/// 平铺表用词: the headings by which a list with one indicator a row says which form each row belongs to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlatWords {
    pub file: Vec<String>,
    pub number: Vec<String>,
    pub title: Vec<String>,
    pub unit: Vec<String>,
    pub project: Vec<String>,
    pub year: Vec<String>,
    /// Numbers of rows, which belong to no column of a form.
    pub row: Vec<String>,
    /// What the name of an organisation ends with: a column 单位 with such names is no unit of measure.
    pub organisations: Vec<String>,
    /// The titles of forms of which none is printed: with and without results.
    pub evaluation_title: String,
    pub target_title: String,
}
