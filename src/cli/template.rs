//! `jixiao template`

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jixiao::form::Form;
use jixiao::template::{Draft, DraftInput, Policy, draft};

use super::arguments::{TemplateArguments, TemplateFormat};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline};

/// Drafts next year's target tables; what is left to a person is listed on standard error.
pub fn run(arguments: &TemplateArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    let format = format::choose(arguments.format, target, TemplateFormat::Yaml);
    if matches!(format, TemplateFormat::Xlsx | TemplateFormat::Docx) {
        output::refuse_terminal("工作簿和 Word 文档", target)?;
    }
    let choice = pipeline::RuleChoice::parse(&arguments.rules)?;
    let extracted = pipeline::extract(&arguments.file, false)?;
    let unreadable = |why: &str| Failure::Unreadable { file: arguments.file.clone(), why: why.to_owned() };
    let Some(first) = extracted.forms.first() else {
        return Err(unreadable("文件中没有识别出绩效表，无法起草"));
    };
    let rules = choice.rules_for(first, &extracted.document)?.rules;
    let year = arguments.year.or(first.year.map(|year| year + 1));
    let year = year.ok_or_else(|| unreadable("表中看不出年度；请用 --year 写明要起草的年度"))?;
    let history = history(&arguments.history)?;
    let policy = policy(arguments.policy.as_deref())?;
    let drafted = draft(&DraftInput {
        forms: &extracted.forms,
        history: &history,
        year,
        budget: arguments.budget,
        rules: &rules,
        policy: policy.as_ref().unwrap_or(Policy::builtin()),
    });
    let mut bytes = Vec::new();
    match format {
        TemplateFormat::Yaml => drafted.write_yaml(&extracted.document.source, &mut bytes)?,
        TemplateFormat::Json => drafted.write_json(&extracted.document.source, &mut bytes)?,
        TemplateFormat::Xlsx => drafted.write_xlsx(&rules, &mut bytes)?,
        TemplateFormat::Docx => drafted.write_docx(&rules, &mut bytes)?,
    }
    output::deliver(target, |out| Ok(out.write_all(&bytes)?))?;
    output::complain(&left_to_do(&drafted));
    Ok(Outcome::Clean)
}

/// The forms of earlier years.
fn history(files: &[PathBuf]) -> Result<Vec<Form>, Failure> {
    let mut forms = Vec::new();
    for file in files {
        forms.extend(pipeline::extract(file, false)?.forms);
    }
    Ok(forms)
}

/// The policy that the user wrote, where there is one.
fn policy(file: Option<&Path>) -> Result<Option<Policy>, Failure> {
    let Some(file) = file else { return Ok(None) };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Unreadable { file: file.to_owned(), why: format!("文件打不开：{error}") })?;
    Ok(Some(Policy::parse(&file.display().to_string(), &text)?))
}

/// What a person still has to fill or confirm, one line each.
fn left_to_do(drafted: &Draft) -> String {
    let items = drafted.open_items();
    let mut text =
        format!("已起草{}张{}年度目标表，有{}处待填或待确认\n", drafted.forms.len(), drafted.year, items.len());
    for item in items {
        let _ = writeln!(text, "  [{}] 表{} {}：{}", item.need.words(), item.form, item.cell, item.why);
    }
    text
}
