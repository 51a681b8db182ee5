//! 原表 (extracted): the forms as printed, as a flat table or a workbook.

use std::io::Write;

use rust_xlsxwriter::{Format, Workbook};

use super::RenderError;
use super::csv::inert;
use crate::document::Source;
use crate::form::contract::Extract;
use crate::form::{Column, Form};

/// Headings before the columns of the indicator table.
const FORM_HEADING: [&str; 6] = ["文件", "表号", "表名", "单位", "项目", "年度"];

/// The contract as YAML.
pub fn yaml(extract: &Extract) -> Result<String, RenderError> {
    Ok(serde_yaml::to_string(extract)?)
}

/// One line an indicator row, as CSV.
pub fn csv(source: &Source, forms: &[Form], out: &mut dyn Write) -> Result<(), RenderError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    for line in lines(source, forms) {
        writer.write_record(line.iter().map(|cell| inert(cell).into_owned()))?;
    }
    writer.flush()?;
    Ok(())
}

/// The same as a workbook; every cell is text, so that nothing printed can become a formula.
pub fn workbook(source: &Source, forms: &[Form], out: &mut dyn Write) -> Result<(), RenderError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("指标")?;
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    for (row, line) in (0u32..).zip(lines(source, forms)) {
        for (column, cell) in (0u16..).zip(&line) {
            sheet.write_string_with_format(row, column, cell, if row == 0 { &bold } else { &wrapped })?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    out.write_all(&workbook.save_to_buffer()?)?;
    Ok(())
}

fn lines(source: &Source, forms: &[Form]) -> Vec<Vec<String>> {
    let heading = FORM_HEADING.into_iter().chain(["序号"]).chain(Column::CONTRACT.map(Column::title));
    let mut lines = vec![heading.map(str::to_owned).collect::<Vec<_>>()];
    for (number, form) in (1..).zip(forms) {
        let text =
            |field: &Option<crate::form::Field>| field.as_ref().map(|field| field.squeezed()).unwrap_or_default();
        for (index, row) in (1..).zip(&form.rows) {
            let mut line = vec![
                source.file.clone(),
                usize::to_string(&number),
                form.title.as_ref().map_or_else(|| form.kind.title().to_owned(), |title| title.squeezed()),
                text(&form.unit),
                text(&form.project),
                form.year.map(|year| year.to_string()).unwrap_or_default(),
                usize::to_string(&index),
            ];
            line.extend(Column::CONTRACT.map(|column| row.text(column)));
            lines.push(line);
        }
    }
    lines
}
