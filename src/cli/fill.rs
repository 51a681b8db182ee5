//! `jixiao fill`

use jixiao::document::{Format, explain};
use jixiao::engine::{Extracted, Rules};
use jixiao::form::Form;
use jixiao::form::contract::Extract;
use jixiao::report::filled_cells;
use jixiao::ruleset::RuleSet;
use jixiao::template::WriteError;
use jixiao::template::fill::{Filled, fill, patch_docx, write_docx, write_xlsx};

use super::arguments::{FillArguments, TemplateFormat};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline};

/// Fills the blank rates, scores and totals of a self-evaluation; what was filled is listed on standard error.
pub fn run(arguments: &FillArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, [&arguments.file])?;
    let format = format::choose(arguments.format, target, TemplateFormat::Table)?;
    if matches!(format, TemplateFormat::Xlsx | TemplateFormat::Docx) {
        output::refuse_terminal("工作簿和 Word 文档", target)?;
    }
    let choice = Rules::named(&arguments.rules)?;
    let extracted = pipeline::extract(&arguments.file, false)?;
    let Some(first) = extracted.forms.first() else {
        let why = "文件中没有识别出绩效表，无法填写".to_owned();
        return Err(Failure::Unreadable { file: arguments.file.clone(), why });
    };
    if !extracted.forms.iter().any(|form| form.kind.is_self_evaluation()) {
        let why = "文件中只有绩效目标表，没有自评表，没有可以填写的完成率和得分".to_owned();
        return Err(Failure::Unreadable { file: arguments.file.clone(), why });
    }
    let rules = choice.for_form(first, &extracted.document)?.rules;
    let mut filled = Vec::new();
    for form in &extracted.forms {
        filled.push(fill(form, &choice.for_form(form, &extracted.document)?.rules));
    }
    let (bytes, missed) = written(arguments, format, &extracted, &filled, &rules)?;
    let told = filled_cells(&filled, &missed, output::view(target, false).width);
    if format == TemplateFormat::Table {
        output::deliver(target, |out| Ok(out.write_all(told.as_bytes())?))?;
    } else {
        output::deliver(target, |out| Ok(out.write_all(&bytes)?))?;
        output::complain(&told);
    }
    Ok(Outcome::Clean)
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
    let forms: Vec<Form> = filled.iter().map(|filled| filled.form.clone()).collect();
    let mut bytes = Vec::new();
    match format {
        TemplateFormat::Docx if source.format == Format::Docx => {
            let unreadable = |why: String| Failure::Unreadable { file: arguments.file.clone(), why };
            let original = std::fs::read(&arguments.file)
                .map_err(|error| unreadable(format!("文件打不开：{}", explain(&error))))?;
            let patched = patch_docx(&original, filled).map_err(|error| unreadable(error.to_string()))?;
            return Ok((patched.bytes, patched.missed));
        }
        TemplateFormat::Table => {}
        TemplateFormat::Docx => write_docx(filled, &mut bytes)?,
        TemplateFormat::Xlsx => write_xlsx(filled, rules, &mut bytes)?,
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
