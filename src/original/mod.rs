//! 原件 (original): the user's own .docx or .xlsx, changed in a few places and left byte for byte everywhere else.
//!
//! [`mark`] hangs a comment on each cell that something is to be said about; [`template::fill`](crate::template::fill)
//! writes figures into blank cells through the same parts.

mod docx;
pub(crate) mod parts;
pub(crate) mod sheet;
pub(crate) mod slots;
pub(crate) mod styles;
mod workbook;

use crate::audit::{Finding, Severity};
use crate::document::{Cell, Document, Format, Place};

/// Name under which comments stand in the file.
const AUTHOR: &str = "绩效复核";

/// An original that cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    #[error("只能在 .docx 和 .xlsx 原件上标注，这个文件是{0}；请用 Word、WPS 或 Excel 另存为 .docx、.xlsx 后再标注")]
    Format(&'static str),
    #[error("文件包打不开，可能已损坏；请用办公软件打开后另存一份")]
    Package(#[from] zip::result::ZipError),
    #[error("文件的内容读不出来，可能已损坏；请用办公软件打开后另存一份")]
    Unreadable(#[from] std::io::Error),
    #[error("部件“{part}”不是有效的 XML；请用办公软件打开后另存一份")]
    Xml { part: String },
    #[error("部件“{part}”超过 {limit} 字节，不作修改")]
    TooLarge { part: String, limit: u64 },
    #[error("缺少部件“{0}”；请用办公软件打开后另存一份")]
    Missing(String),
}

/// 标注后的原件
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// How many cells carry a comment now.
    pub cells: usize,
    /// What could not be hung on a cell, in words; nothing is dropped.
    pub missed: Vec<String>,
}

/// 批注: what is said about one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    pub place: Place,
    /// One paragraph each.
    pub lines: Vec<String>,
}

/// Hangs what the findings say on the cells they speak of. Notes are left out: the unit is asked to change what is wrong or
/// in doubt.
///
/// # Errors
/// [`OriginalError`] where the file is neither .docx nor .xlsx, or cannot be taken apart.
pub fn mark(original: &[u8], document: &Document, findings: &[Finding]) -> Result<Marked, OriginalError> {
    let (remarks, homeless) = remarks(document, findings);
    let mut marked = match document.source.format {
        Format::Docx => docx::mark(original, document, &remarks)?,
        Format::Xlsx => workbook::mark(original, &remarks)?,
        other => return Err(OriginalError::Format(words(other))),
    };
    marked.missed.splice(0..0, homeless);
    Ok(marked)
}

/// The findings of each cell together, in the order of the document, and those that name no cell.
fn remarks(document: &Document, findings: &[Finding]) -> (Vec<Remark>, Vec<String>) {
    let mut remarks: Vec<Remark> = Vec::new();
    let mut homeless = Vec::new();
    for finding in findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
        let Some(place) = finding.place.as_ref().and_then(|place| cell_of(document, place)) else {
            homeless.push(format!("{}[{}] {}", finding.severity.words(), finding.code.number(), finding.message));
            continue;
        };
        let lines = said(finding);
        match remarks.iter_mut().find(|remark| remark.place == place) {
            Some(remark) => remark.lines.extend(lines),
            None => remarks.push(Remark { place, lines }),
        }
    }
    (remarks, homeless)
}

/// The cell of a place; where it names a row or a table alone, the first written cell of it.
fn cell_of(document: &Document, place: &Place) -> Option<Place> {
    if place.row.is_some() && place.column.is_some() {
        return Some(place.clone());
    }
    let table = document.tables().find(|table| Some(table.number) == place.table)?;
    let is_near = |cell: &&Cell| place.row.is_none_or(|row| cell.row.checked_add(table.first_row) == Some(row));
    let cell = table.cells.iter().filter(is_near).find(|cell| !cell.text.trim().is_empty())?;
    Some(table.place(cell))
}

/// A finding as the unit reads it: what is wrong, the right value, why, what to do.
fn said(finding: &Finding) -> Vec<String> {
    let mut lines = vec![format!("{}[{}] {}", finding.severity.words(), finding.code.number(), finding.message)];
    match (&finding.published, &finding.computed) {
        (Some(published), Some(computed)) => lines.push(format!("填报：{published}；应为：{computed}")),
        (Some(published), None) => lines.push(format!("填报：{published}")),
        (None, Some(computed)) => lines.push(format!("应为：{computed}")),
        (None, None) => {}
    }
    lines.extend(finding.evidence.iter().cloned());
    lines.extend(finding.clause.iter().map(|clause| format!("依据：{clause}")));
    lines.extend(finding.suggestion.iter().map(|suggestion| format!("建议：{suggestion}")));
    lines
}

fn words(format: Format) -> &'static str {
    match format {
        Format::Docx => " .docx",
        Format::Xlsx => " .xlsx",
        Format::Doc => "旧版 Word 文档（.doc）",
        Format::Odt => " .odt 文档",
        Format::Xls => "旧版 Excel 工作簿（.xls）",
        Format::Ods => " .ods 工作簿",
        Format::Pdf => " PDF",
        Format::Picture => "图片",
        Format::Html => "网页",
        Format::Csv => " CSV",
        Format::Text => "文本",
        Format::Yaml => " YAML",
        Format::Json => " JSON",
    }
}
