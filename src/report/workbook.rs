//! 工作簿 (workbook): what an evaluator hands back, one sheet a form beside a summary and the list of findings.
//!
//! Printed cells are written as text, so that `=100%` can never become a formula; only figures of our own are numbers, and
//! totals are live formulas over them.

mod findings;
mod form;
mod sheet;
mod summary;

use std::collections::HashSet;
use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::document::OWN_MARK;

use super::{DocumentReport, FormReport, RenderError, Report};
use sheet::Styles;

/// More forms than this share one sheet.
const MOST_SHEETS: usize = 100;

/// Longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// Writes the report as an xlsx workbook.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut workbook = Workbook::new();
    // A fixed date of creation: the same input gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created).set_comment(OWN_MARK));
    let styles = Styles::new();
    summary::write(report, workbook.add_worksheet(), &styles)?;
    let mut names = HashSet::from([summary::NAME.to_owned(), findings::NAME.to_owned()]);
    let forms: Vec<(&DocumentReport, &FormReport)> =
        report.documents.iter().flat_map(|document| document.forms.iter().map(move |form| (document, form))).collect();
    if forms.len() <= MOST_SHEETS {
        for (document, form) in &forms {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name(form, &mut names))?;
            form::write(document, form, sheet, &styles)?;
        }
    } else {
        form::write_all(&forms, workbook.add_worksheet(), &styles)?;
    }
    if report.purpose.has_findings() {
        findings::write(report, workbook.add_worksheet(), &styles)?;
    }
    out.write_all(&workbook.save_to_buffer()?)?;
    Ok(())
}

/// A name for the sheet of a form that no other sheet has: `表3 城乡居民医保补助`.
fn name(form: &FormReport, taken: &mut HashSet<String>) -> String {
    let subject = form.project.as_deref().or(form.unit.as_deref()).unwrap_or(form.kind.title());
    let usable = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let subject: String = subject.chars().filter(usable).collect();
    let mut count = 1;
    loop {
        let mark = if count == 1 { String::new() } else { format!("({count})") };
        let room = LONGEST_NAME - mark.chars().count();
        let whole: String = format!("表{} {subject}", form.form).chars().take(room).collect();
        let name = format!("{}{mark}", whole.trim_end());
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        count += 1;
    }
}
