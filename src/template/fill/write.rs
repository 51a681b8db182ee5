//! 输出 (write): filled forms as a new workbook or document, what was filled marked.

use std::io::Write;

use super::{Filled, Spot};
use crate::form::Field;
use crate::ruleset::RuleSet;
use crate::template::page::{self, FilledCells, Page};
use crate::template::{Look, WriteError};

/// Writes filled forms as a workbook, one sheet each; filled cells are yellow, open ones red.
///
/// # Errors
/// [`WriteError`] where the workbook cannot be made or written.
pub fn write_xlsx(forms: &[Filled], rules: &RuleSet, look: Look, out: &mut dyn Write) -> Result<(), WriteError> {
    let names: Vec<String> = rules.rules.iter().map(|rule| rule.name.clone()).collect();
    page::xlsx(&pages(forms, look), &names, out)
}

/// Writes filled forms as a new Word document.
///
/// # Errors
/// [`WriteError`] where the document cannot be made or written.
pub fn write_docx(forms: &[Filled], look: Look, out: &mut dyn Write) -> Result<(), WriteError> {
    page::docx(&pages(forms, look), out)
}

fn pages(forms: &[Filled], look: Look) -> Vec<(String, Page)> {
    forms.iter().map(|filled| (name(filled), page(filled).looking(look, &[]))).collect()
}

fn name(filled: &Filled) -> String {
    let form = &filled.form;
    let subject = form.project.as_ref().or(form.unit.as_ref()).map(Field::squeezed);
    subject.unwrap_or_else(|| form.kind.title().to_owned())
}

fn page(filled: &Filled) -> Page {
    let mut cells = FilledCells::default();
    for cell in &filled.cells {
        match cell.spot {
            Spot::Row(row, column) => drop(cells.rows.insert((row, column), cell.reasons.clone())),
            Spot::FundsRate(line) | Spot::FundsScore(line) => drop(cells.funds.insert(line)),
            Spot::TotalScore => cells.total = true,
        }
    }
    for cell in &filled.open {
        if let Spot::Row(row, column) = cell.spot {
            cells.open.insert((row, column), cell.reasons.clone());
        }
    }
    let mut page = page::form_page(&filled.form, &cells);
    page.lines = lines(filled);
    page
}

/// What was filled and what is left, below the table.
fn lines(filled: &Filled) -> Vec<String> {
    let told = |title: &str, cell: &super::FilledCell| {
        format!("{title}：{} {}（{}）", cell.spot.words(&filled.form), cell.text, cell.reasons.join("；"))
    };
    let done = filled.cells.iter().map(|cell| told("已填", cell));
    let open = filled.open.iter().map(|cell| told("待填", cell));
    open.chain(done).collect()
}
