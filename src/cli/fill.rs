//! `jixiao fill`

use std::path::Path;

use jixiao::document::{Format, explain};
use jixiao::engine::{Extracted, Rules};
use jixiao::form::Form;
use jixiao::form::contract::Extract;
use jixiao::report::filled_cells;
use jixiao::ruleset::{Chosen, RuleSet};
use jixiao::template::fill::{Filled, fill, patch_docx, patch_xlsx, write_docx, write_xlsx};
use jixiao::template::{Look, WriteError};

use super::arguments::{FillArguments, TemplateFormat};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline};

/// Fills the blank rates, scores and totals of a self-evaluation; what was filled is listed on standard error.
pub fn run(arguments: &FillArguments) -> Result<Outcome, Failure> {
    let target = target(arguments)?;
    let format = format::choose(arguments.format, target, TemplateFormat::Table)?;
    if matches!(format, TemplateFormat::Xlsx | TemplateFormat::Docx) {
        output::refuse_terminal("工作簿和 Word 文档", target)?;
    }
    let choice = Rules::named(&arguments.rules)?;
    let extracted = pipeline::extract(&arguments.file, false)?;
    let unreadable = |why: &str| Failure::Unreadable { file: arguments.file.clone(), why: why.to_owned() };
    let Some(first) = extracted.forms.first() else {
        return Err(unreadable("文件中没有识别出绩效表，无法填写"));
    };
    if !extracted.forms.iter().any(|form| form.kind.is_self_evaluation()) {
        return Err(unreadable("文件中只有绩效目标表，没有自评表，没有可以填写的完成率和得分"));
    }
    if arguments.in_place && !is_original(format, extracted.document.source.format) {
        return Err(unreadable("只有 docx 和 xlsx 能直接写回原文件；请用 -o 写成另一个文件"));
    }
    let Chosen { rules, because } = choice.for_form(first, &extracted.document)?;
    let mut filled = Vec::new();
    for form in &extracted.forms {
        filled.push(fill(form, &choice.for_form(form, &extracted.document)?.rules));
    }
    let (bytes, missed) = written(arguments, format, &extracted, &filled, &rules)?;
    let view = output::view(target, false);
    let told = format!("填写依据：规则集 {}（{because}）\n{}", rules.id, filled_cells(&filled, &missed, view.width));
    let Some(target) = target.filter(|_| format != TemplateFormat::Table) else {
        let text = if format == TemplateFormat::Table { told.as_bytes() } else { &bytes };
        output::deliver(target, |out| Ok(out.write_all(text)?))?;
        if format != TemplateFormat::Table {
            output::complain(&told);
        }
        return Ok(Outcome::Clean);
    };
    if arguments.in_place {
        output::complain(&format!("原件已备份为 {}\n", output::keep_copy(target)?.display()));
    }
    output::deliver(Some(target), |out| Ok(out.write_all(&bytes)?))?;
    output::complain(&format!("已写入 {}\n{told}", target.display()));
    Ok(Outcome::Clean)
}

/// The file to write: never the input, but where the user says so.
fn target(arguments: &FillArguments) -> Result<Option<&Path>, Failure> {
    if arguments.in_place {
        return Ok(Some(&arguments.file));
    }
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, [&arguments.file])?;
    Ok(target)
}

/// Whether the result is the user's own file with figures written into it.
fn is_original(format: TemplateFormat, source: Format) -> bool {
    matches!((format, source), (TemplateFormat::Docx, Format::Docx) | (TemplateFormat::Xlsx, Format::Xlsx))
}

/// The filled file, and the cells that could not be written into it.
fn written(
    arguments: &FillArguments,
    format: TemplateFormat,
    extracted: &Extracted,
    filled: &[Filled],
    rules: &RuleSet,
) -> Result<(Vec<u8>, Vec<String>), Failure> {
    let source = &extracted.document.source;
    let look = if arguments.clean { Look::Clean } else { Look::Marked };
    if is_original(format, source.format) {
        let unreadable = |why: String| Failure::Unreadable { file: arguments.file.clone(), why };
        let original =
            std::fs::read(&arguments.file).map_err(|error| unreadable(format!("文件打不开：{}", explain(&error))))?;
        let patched = match format {
            TemplateFormat::Docx => patch_docx(&original, filled, look),
            _ => patch_xlsx(&original, &extracted.document, filled, look),
        };
        let patched = patched.map_err(|error| unreadable(error.to_string()))?;
        return Ok((patched.bytes, patched.missed));
    }
    let forms: Vec<Form> = filled.iter().map(|filled| filled.form.clone()).collect();
    let mut bytes = Vec::new();
    match format {
        TemplateFormat::Table => {}
        TemplateFormat::Docx => write_docx(filled, look, &mut bytes)?,
        TemplateFormat::Xlsx => write_xlsx(filled, rules, look, &mut bytes)?,
        TemplateFormat::Yaml => {
            let text = serde_yaml::to_string(&Extract::new(source, &forms, &[])).map_err(WriteError::from)?;
            bytes.extend(text.into_bytes());
        }
        TemplateFormat::Json => {
            serde_json::to_writer_pretty(&mut bytes, &Extract::new(source, &forms, &[])).map_err(WriteError::from)?;
            bytes.push(b'\n');
        }
    }
    Ok((bytes, Vec::new()))
}
