//! 输出 (write): drafts as workbook, document, YAML and JSON; each reads back to the same forms.

use std::io::{self, Write};

use serde::Serialize;

use crate::document::Source;
use crate::form::contract::Extract;
use crate::ruleset::RuleSet;
use crate::template::draft::{Draft, DraftCell, DraftForm};
use crate::template::page::{self, Page};

/// 样子: whether a written form shows what the program did, or is ready to be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Colours, comments and the notes below the table; a person reads them and takes them away.
    Marked,
    /// Nothing of that; what is left to a person is listed beside the file.
    Clean,
}

/// A draft or a filled form that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("无法写出：{0}")]
    Io(#[from] io::Error),
    #[error("生成工作簿失败：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("生成 Word 文档失败：{0}")]
    Package(#[from] zip::result::ZipError),
    #[error("生成 YAML 失败：{0}")]
    Yaml(#[from] serde_yaml::Error),
    #[error("生成 JSON 失败：{0}")]
    Json(#[from] serde_json::Error),
}

impl Draft {
    /// The drafts as a workbook: a sheet for each table, ready to be printed, the reasons as comments, the sums of the
    /// weights as formulas, and the list of what is left to a person.
    ///
    /// # Errors
    /// [`WriteError`] where the workbook cannot be made or written.
    pub fn write_xlsx(&self, rules: &RuleSet, look: Look, out: &mut dyn Write) -> Result<(), WriteError> {
        let names: Vec<String> = rules.rules.iter().map(|rule| rule.name.clone()).collect();
        page::xlsx(&self.pages(rules, look), &names, out)
    }

    /// The drafts as a Word document, the reasons as comments.
    ///
    /// # Errors
    /// [`WriteError`] where the document cannot be made or written.
    pub fn write_docx(&self, rules: &RuleSet, look: Look, out: &mut dyn Write) -> Result<(), WriteError> {
        page::docx(&self.pages(rules, look), out)
    }

    /// The drafts as YAML of the contract, with a section `draft` that has every reason.
    ///
    /// # Errors
    /// [`WriteError`] where the text cannot be made or written.
    pub fn write_yaml(&self, source: &Source, out: &mut dyn Write) -> Result<(), WriteError> {
        out.write_all(serde_yaml::to_string(&self.exchange(source))?.as_bytes())?;
        Ok(())
    }

    /// The same as JSON.
    ///
    /// # Errors
    /// [`WriteError`] where the text cannot be made or written.
    pub fn write_json(&self, source: &Source, out: &mut dyn Write) -> Result<(), WriteError> {
        serde_json::to_writer_pretty(&mut *out, &self.exchange(source))?;
        out.write_all(b"\n")?;
        Ok(())
    }

    fn pages(&self, rules: &RuleSet, look: Look) -> Vec<(String, Page)> {
        let name =
            |form: &DraftForm| form.project.as_ref().map_or_else(|| form.title.clone(), |project| project.text.clone());
        self.forms.iter().map(|form| (name(form), page::draft_page(form, rules).looking(look, &[SIGNATURE]))).collect()
    }

    fn exchange(&self, source: &Source) -> Exchange {
        Exchange {
            extract: Extract::new(source, &self.to_forms(), &[]),
            draft: DraftEntry { year: self.year, forms: self.forms.iter().map(FormEntry::from).collect() },
        }
    }
}

/// What stands below a target table that is handed in.
const SIGNATURE: &str =
    "填报单位（盖章）：　　　　　　　　负责人：　　　　　　　　填报日期：　　　　年　　月　　日　　　　金额单位：万元";

#[derive(Serialize)]
struct Exchange {
    #[serde(flatten)]
    extract: Extract,
    draft: DraftEntry,
}

/// The reasons beside the forms.
#[derive(Serialize)]
struct DraftEntry {
    year: i32,
    forms: Vec<FormEntry>,
}

#[derive(Serialize)]
struct FormEntry {
    notes: Vec<String>,
    cells: Vec<CellEntry>,
}

#[derive(Serialize)]
struct CellEntry {
    /// Number of the indicator row, 0 for the funds, null for the head.
    row: Option<usize>,
    cell: String,
    text: String,
    need: &'static str,
    reasons: Vec<String>,
}

impl From<&DraftForm> for FormEntry {
    fn from(form: &DraftForm) -> Self {
        let rows = form.row_cells().map(|(row, name, cell)| (Some(row), name, cell));
        let explained = form.head_cells().into_iter().chain(rows).filter(|(_, _, cell)| !cell.reasons.is_empty());
        let entry = |(row, name, cell): (Option<usize>, String, &DraftCell)| CellEntry {
            row,
            cell: name,
            text: cell.text.clone(),
            need: cell.need.key(),
            reasons: cell.reasons.clone(),
        };
        FormEntry { notes: form.notes.clone(), cells: explained.map(entry).collect() }
    }
}
