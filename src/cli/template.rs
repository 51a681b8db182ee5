//! `jixiao template`

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

use jixiao::document::{explain, read_settings};
use jixiao::engine::Rules;
use jixiao::form::Form;
use jixiao::report::{draft_table, open_items};
use jixiao::template::{DraftInput, Look, Policy, draft};

use super::arguments::{TemplateArguments, TemplateFormat};
use super::failure::Failure;
use super::{Outcome, format, output, pipeline};

/// Bytes of a drafting policy.
const LARGEST_POLICY: u64 = 4 << 20;

/// Drafts next year's target tables; what is left to a person is listed on standard error.
pub fn run(arguments: &TemplateArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, std::iter::once(&arguments.file).chain(&arguments.history))?;
    let format = format::choose(arguments.format, target, TemplateFormat::Table)?;
    if matches!(format, TemplateFormat::Xlsx | TemplateFormat::Docx) {
        output::refuse_terminal("工作簿和 Word 文档", target)?;
    }
    let choice = Rules::named(&arguments.rules)?;
    let extracted = pipeline::extract(&arguments.file, false)?;
    let unreadable = |why: &str| Failure::Unreadable { file: arguments.file.clone(), why: why.to_owned() };
    let Some(first) = extracted.forms.first() else {
        return Err(unreadable("文件中没有识别出绩效表，无法起草"));
    };
    let rules = choice.for_form(first, &extracted.document)?.rules;
    let year = arguments.year.or(first.year.map(|year| year + 1));
    let year = year.ok_or_else(|| unreadable("表中看不出年度；请用 --year 写明要起草的年度"))?;
    refuse_absurd(arguments, &extracted.forms, year)?;
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
    let view = output::view(target, false);
    let look = if arguments.clean { Look::Clean } else { Look::Marked };
    let mut bytes = Vec::new();
    match format {
        TemplateFormat::Table => bytes.extend(draft_table(&drafted, &view).into_bytes()),
        TemplateFormat::Yaml => drafted.write_yaml(&extracted.document.source, &mut bytes)?,
        TemplateFormat::Json => drafted.write_json(&extracted.document.source, &mut bytes)?,
        TemplateFormat::Xlsx => drafted.write_xlsx(&rules, look, &mut bytes)?,
        TemplateFormat::Docx => drafted.write_docx(&rules, look, &mut bytes)?,
    }
    output::deliver(target, |out| Ok(out.write_all(&bytes)?))?;
    if format == TemplateFormat::Table && target.is_none() {
        output::print(&format!("\n{}", open_items(&drafted, view.width)));
    } else {
        output::complain(&open_items(&drafted, view.width));
    }
    Ok(Outcome::Clean)
}

/// A budget for several tables at once, or a year that is already over, is a slip of the hand.
fn refuse_absurd(arguments: &TemplateArguments, forms: &[Form], year: i32) -> Result<(), Failure> {
    let unsupported = |why: String| Err(Failure::Unsupported(why));
    if arguments.budget.is_some() && forms.len() > 1 {
        let file = arguments.file.display();
        return unsupported(format!(
            "{file} 中有{}张表，--budget 只能用于一张表；请先用 jixiao extract 分开，或不写 --budget，在草稿中填各表预算",
            forms.len()
        ));
    }
    if let Some(budget) = arguments.budget.filter(|budget| *budget <= Decimal::ZERO) {
        return unsupported(format!("--budget {budget} 不是预算数；请写大于0的万元数，例如 --budget 120"));
    }
    match forms.iter().filter_map(|form| form.year).max() {
        Some(newest) if year <= newest => unsupported(format!(
            "--year {year} 不在表的年度（{newest}年）之后；由{newest}年的表只能起草{}年及以后的目标",
            newest + 1
        )),
        _ => Ok(()),
    }
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
    let unreadable = |error: std::io::Error| {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "找不到这个口径文件；请核对路径".to_owned(),
            std::io::ErrorKind::InvalidData => "口径文件不是 UTF-8 编码；请用编辑器另存为 UTF-8 编码".to_owned(),
            std::io::ErrorKind::IsADirectory => "这是文件夹；请写口径文件的路径".to_owned(),
            _ => format!("口径文件打不开：{}", explain(&error)),
        };
        Failure::Unreadable { file: file.to_owned(), why }
    };
    let text = read_settings(file, LARGEST_POLICY).map_err(unreadable)?;
    Ok(Some(Policy::parse(&file.display().to_string(), &text)?))
}
