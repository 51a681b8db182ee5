//! 下载 (export): the files that the command line writes, made in the page.

use std::io::{Cursor, Write};

use jixiao::document::Format as Source;
use jixiao::original::mark;
use jixiao::report::{Format, Report, View, return_slips};
use jixiao::template::Look;
use jixiao::template::fill::{Filled, fill, patch_docx, patch_xlsx, write_docx, write_xlsx};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use crate::answer::Answer;
use crate::draft::draft_of;
use crate::request::Mark;
use crate::session::Opened;

/// The file of a format.
pub fn export(opened: &[(&Opened, &[Mark])], report: &Report, format: &str) -> Answer {
    let made = match format {
        "docx" => rendered(report, Format::Docx, "复核报告.docx"),
        "xlsx" => rendered(report, Format::Xlsx, "复核报告.xlsx"),
        "html" => rendered(report, Format::Html, "复核报告.html"),
        "csv" => rendered(report, Format::Csv, "复核报告.csv"),
        "json" => rendered(report, Format::Json, "复核报告.json"),
        "md" => rendered(report, Format::Md, "复核报告.md"),
        "slips" => slips(report),
        "mark" => each(opened, "批注", marked),
        "fill" => each(opened, "填表", |opened, _| filled(opened)),
        "template-xlsx" => each(opened, "目标表", |opened, _| template(opened, "xlsx")),
        "template-docx" => each(opened, "目标表", |opened, _| template(opened, "docx")),
        _ => Err("页面和引擎的版本不一致；请重新打开页面".to_owned()),
    };
    match made {
        Ok((name, bytes)) => Answer::file(&name, bytes),
        Err(why) => Answer::error(why),
    }
}

/// A name with the bytes of the file.
type Made = Result<(String, Vec<u8>), String>;

fn rendered(report: &Report, format: Format, name: &str) -> Made {
    let mut bytes = Vec::new();
    report.render(format, &View::default(), &mut bytes).map_err(|error| error.to_string())?;
    Ok((name.to_owned(), bytes))
}

fn slips(report: &Report) -> Made {
    let slips = return_slips(report).map_err(|error| error.to_string())?;
    let files = slips.into_iter().map(|slip| (format!("{}.docx", slip.file_stem()), slip.bytes));
    zipped("退回修改通知.zip", files.collect())
}

/// One file for each document; several as a zip.
fn each(
    opened: &[(&Opened, &[Mark])],
    word: &str,
    make: impl Fn(&Opened, &[Mark]) -> Result<(&'static str, Vec<u8>), String>,
) -> Made {
    let mut files = Vec::new();
    let mut refused = Vec::new();
    for (opened, marks) in opened {
        let base = opened.name.rsplit('/').next().unwrap_or_default();
        let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
        match make(opened, marks) {
            Ok((ending, bytes)) => files.push((format!("{stem}.{word}.{ending}"), bytes)),
            Err(why) => refused.push(format!("{}：{why}", opened.name)),
        }
    }
    if files.len() == 1 && refused.is_empty() {
        return files.pop().ok_or_else(String::new);
    }
    if files.is_empty() && refused.is_empty() {
        return Err("这个文件已经关闭；请重新放入".to_owned());
    }
    if files.is_empty() {
        return Err(refused.join("；"));
    }
    if !refused.is_empty() {
        files.push(("未能生成的文件.txt".to_owned(), refused.join("\r\n").into_bytes()));
    }
    zipped(&format!("{word}.zip"), files)
}

fn marked(opened: &Opened, marks: &[Mark]) -> Result<(&'static str, Vec<u8>), String> {
    let report = opened.report(marks);
    let made = mark(&opened.bytes, &opened.extracted.document, &report.findings).map_err(|error| error.to_string())?;
    Ok((ending(opened), made.bytes))
}

fn ending(opened: &Opened) -> &'static str {
    if opened.extracted.document.source.format == Source::Docx { "docx" } else { "xlsx" }
}

fn filled(opened: &Opened) -> Result<(&'static str, Vec<u8>), String> {
    if !opened.case.forms.iter().any(|case| case.form.kind.is_self_evaluation()) {
        return Err("没有自评表，没有可以填写的完成率和得分".to_owned());
    }
    let filled: Vec<Filled> = opened.case.forms.iter().map(|case| fill(&case.form, &case.rules)).collect();
    let words = |error: &dyn std::fmt::Display| error.to_string();
    match opened.extracted.document.source.format {
        Source::Docx => {
            let made = patch_docx(&opened.bytes, &filled, Look::Marked).map_err(|error| words(&error))?;
            Ok(("docx", made.bytes))
        }
        Source::Xlsx => {
            let document = &opened.extracted.document;
            let made = patch_xlsx(&opened.bytes, document, &filled, Look::Marked).map_err(|error| words(&error))?;
            Ok(("xlsx", made.bytes))
        }
        Source::Xls | Source::Ods | Source::Csv => {
            let mut bytes = Vec::new();
            let rules = &opened.case.forms.first().ok_or("没有识别出绩效表")?.rules;
            write_xlsx(&filled, rules, Look::Marked, &mut bytes).map_err(|error| words(&error))?;
            Ok(("xlsx", bytes))
        }
        _ => {
            let mut bytes = Vec::new();
            write_docx(&filled, Look::Marked, &mut bytes).map_err(|error| words(&error))?;
            Ok(("docx", bytes))
        }
    }
}

fn template(opened: &Opened, ending: &'static str) -> Result<(&'static str, Vec<u8>), String> {
    let draft = draft_of(opened, None)?;
    let rules = &opened.case.forms.first().ok_or("没有识别出绩效表")?.rules;
    let mut bytes = Vec::new();
    let written = match ending {
        "xlsx" => draft.write_xlsx(rules, Look::Marked, &mut bytes),
        _ => draft.write_docx(rules, Look::Marked, &mut bytes),
    };
    written.map_err(|error| error.to_string())?;
    Ok((ending, bytes))
}

fn zipped(name: &str, files: Vec<(String, Vec<u8>)>) -> Made {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut taken = std::collections::HashSet::new();
    for (file, bytes) in files {
        let (stem, ending) = file.rsplit_once('.').unwrap_or((&file, ""));
        let numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
        let free = std::iter::once(file.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        zip.start_file(free.unwrap_or_default(), options).map_err(|error| error.to_string())?;
        zip.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    let bytes = zip.finish().map_err(|error| error.to_string())?.into_inner();
    Ok((name.to_owned(), bytes))
}
