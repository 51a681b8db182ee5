//! `jixiao extract`

use std::io::Write;

use jixiao::document::{Block, Document};
use jixiao::engine::Extracted;
use jixiao::form::contract::Extract;
use jixiao::report::{RenderError, extracted};

use super::arguments::{ExtractArguments, ExtractFormat};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline};

/// Prints the forms of a file, cell for cell.
pub fn run(arguments: &ExtractArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, [&arguments.file])?;
    let extracted = pipeline::extract(&arguments.file, arguments.debug_tables)?;
    let Extracted { document, forms, notes, trace } = &extracted;
    for left in &document.unread {
        output::complain(&format!("提示：{}没有读取：{}\n", left.place, left.why));
    }
    for note in notes {
        output::complain(&format!("提示：{}：{}\n", note.place, note.why));
    }
    if arguments.debug_tables {
        output::deliver(target, |out| tables(document, trace, out))?;
        return Ok(Outcome::Clean);
    }
    let format = format::choose(arguments.format, target, ExtractFormat::Yaml)?;
    if format == ExtractFormat::Xlsx {
        output::refuse_terminal("xlsx", target)?;
    }
    if forms.is_empty() {
        output::complain("提示：没有识别出绩效表；可加 --debug-tables 查看读到的段落和表格\n");
    }
    let extract = Extract::new(&document.source, forms, &[]);
    output::deliver(target, |out| match format {
        // Through a text: an error of writing would lose its kind on the way through the YAML writer.
        ExtractFormat::Yaml => Ok(out.write_all(extracted::yaml(&extract)?.as_bytes())?),
        ExtractFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &extract)?;
            Ok(writeln!(out)?)
        }
        ExtractFormat::Csv => extracted::csv(&document.source, forms, out),
        ExtractFormat::Xlsx => extracted::workbook(&document.source, forms, out),
    })?;
    Ok(Outcome::Clean)
}

/// Every paragraph and table as read, then how each line was taken.
fn tables(document: &Document, trace: &[String], out: &mut dyn Write) -> Result<(), RenderError> {
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => writeln!(out, "段落 {}：{}", paragraph.place, paragraph.text.trim())?,
            Block::Table(table) => {
                writeln!(out, "表格 {}：{}行{}列", table.number, table.rows, table.columns)?;
                for cell in &table.cells {
                    let span = match (cell.row_span, cell.column_span) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!("（占{rows}行{columns}列）"),
                    };
                    let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
                    writeln!(out, "  {}{span}：{text}", table.place(cell))?;
                }
            }
        }
    }
    for line in trace {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
