//! 种类 (kind): whether a file in a folder may hold a form, by its first bytes and, for texts, by its ending.

use std::io::Read;
use std::path::Path;

use jixiao::document::{Head, head, is_office_package};
use zip::ZipArchive;

/// What a file of a folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may hold a form; whether it does its reader tells.
    Form,
    /// A .zip with other files in it.
    Archive,
    /// Something else, with the reason why it is passed over.
    Other(String),
}

/// Bytes of a file that are looked at.
const HEAD: u64 = 1024;

/// Endings of files that may hold forms, where the first bytes do not tell: texts, and broken files, which their reader names.
const ENDINGS: [&str; 27] = [
    "docx", "doc", "wps", "odt", "xlsx", "xlsm", "xls", "ods", "et", "pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp",
    "rtf", "html", "htm", "mht", "csv", "tsv", "txt", "md", "yaml", "yml", "json",
];

/// What a file is.
pub(super) fn kind(path: &Path) -> Kind {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut bytes));
    // What cannot be opened is named by its reader.
    if read.is_err() {
        return Kind::Form;
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match head(&bytes) {
        Head::Document => Kind::Form,
        Head::Package => package(path),
        Head::Other(found) => Kind::Other(format!("{found}，不能读取；压缩包请先解压，其余请换成原文件")),
        Head::Unknown if ENDINGS.contains(&ending.as_str()) => Kind::Form,
        Head::Unknown => Kind::Other("不是文档、表格或图片".to_owned()),
    }
}

fn package(path: &Path) -> Kind {
    let archive = std::fs::File::open(path).ok().and_then(|file| ZipArchive::new(std::io::BufReader::new(file)).ok());
    // A broken package is named by its reader.
    let Some(archive) = archive else { return Kind::Form };
    let names = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned());
    if is_office_package(names) { Kind::Form } else { Kind::Archive }
}
