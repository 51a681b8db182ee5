//! `jixiao mark`

use std::path::Path;

use jixiao::document::explain;
use jixiao::engine::Rules;
use jixiao::original::mark;

use super::arguments::MarkArguments;
use super::failure::Failure;
use super::input::InputFile;
use super::policy::Policy;
use super::{Outcome, output, pipeline};

/// Gives the unit's own file back with a comment on every cell that is wrong or in doubt.
pub fn run(arguments: &MarkArguments) -> Result<Outcome, Failure> {
    let target = target(arguments)?;
    let policy = Policy::new(&arguments.policy)?;
    let choice = Rules::named(&arguments.rules)?;
    let case = pipeline::case(&InputFile::given(&arguments.file), &choice)?;
    let unreadable = |why: String| Failure::Unreadable { file: arguments.file.clone(), why };
    let (findings, _) = policy.apply(&case.source.file, jixiao::audit::audit(&case));
    let original =
        std::fs::read(&arguments.file).map_err(|error| unreadable(format!("文件打不开：{}", explain(&error))))?;
    let marked = mark(&original, &case.document, &findings).map_err(|error| unreadable(error.to_string()))?;
    if arguments.in_place {
        output::complain(&format!("原件已备份为 {}\n", output::keep_copy(target)?.display()));
    }
    output::deliver(Some(target), |out| Ok(out.write_all(&marked.bytes)?))?;
    output::complain(&format!("已写入 {}：{}个单元格加了批注\n", target.display(), marked.cells));
    for missed in &marked.missed {
        output::complain(&format!("  没有对应的单元格，未加批注：{missed}\n"));
    }
    Ok(policy.outcome(findings.iter()))
}

fn target(arguments: &MarkArguments) -> Result<&Path, Failure> {
    if arguments.in_place {
        return Ok(&arguments.file);
    }
    let target = arguments.output.path.as_deref();
    output::refuse_input(target, [&arguments.file])?;
    let Some(target) = target else {
        let why = "请用 -o 写明要写成的文件（如 -o 已批注.docx），或用 --in-place 写回原文件".to_owned();
        return Err(Failure::Unsupported(why));
    };
    let same = target.extension().map(|ending| ending.to_ascii_lowercase());
    if same != arguments.file.extension().map(|ending| ending.to_ascii_lowercase()) {
        let why = format!("{}：批注写在原件上，扩展名应与原件（{}）相同", target.display(), arguments.file.display());
        return Err(Failure::Unsupported(why));
    }
    Ok(target)
}
