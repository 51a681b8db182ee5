//! 种类 (kind): whether a file in a folder may hold a form, by its first bytes and, for texts, by its ending.

use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

/// What a file of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may hold a form; whether it does its reader tells.
    Form,
    /// A .zip with other files in it.
    Archive,
    /// Something else, with the reason why it is passed over.
    Other(&'static str),
}

/// First bytes of files that may hold forms whatever their ending says: Office 97–2003, PDF, pictures, RTF.
const DOCUMENTS: [&[u8]; 8] =
    [b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"{\\rtf"];

/// First bytes of files that hold no form, with the reason.
const OTHERS: [(&[u8], &str); 4] = [
    (b"Rar!", "RAR 压缩包；请先解压再读取"),
    (b"7z\xbc\xaf", "7z 压缩包；请先解压再读取"),
    (b"\x1f\x8b", "gzip 压缩包；请先解压再读取"),
    (b"GIF8", "GIF 图片；请换成原文件"),
];

/// Endings of texts that may hold forms.
const TEXTS: [&str; 10] = ["html", "htm", "mht", "csv", "tsv", "txt", "md", "yaml", "yml", "json"];

/// Endings of files that hold forms, for those whose first bytes do not tell: broken ones are then named as unreadable.
const FORMS: [&str; 17] = [
    "docx", "doc", "wps", "odt", "xlsx", "xlsm", "xls", "ods", "et", "pdf", "png", "jpg", "jpeg", "tif", "tiff", "bmp",
    "rtf",
];

/// Members of a package that is an office document and no archive of files.
const PARTS: [&str; 7] =
    ["word/document", "xl/workbook", "content.xml", "OFD.xml", "ppt/", "mimetype", "[Content_Types].xml"];

/// What a file is.
pub(super) fn kind(path: &Path) -> Kind {
    let mut head = [0; 8];
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut head));
    // What cannot be opened is named by its reader.
    let Ok(read) = read else { return Kind::Form };
    let head = head.get(..read).unwrap_or_default();
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return package(path);
    }
    if let Some((_, why)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Kind::Other(why);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let known = FORMS.contains(&ending.as_str()) || TEXTS.contains(&ending.as_str());
    if known || DOCUMENTS.iter().any(|magic| head.starts_with(magic)) {
        return Kind::Form;
    }
    Kind::Other("不是文档、表格或图片")
}

fn package(path: &Path) -> Kind {
    let archive = std::fs::File::open(path).ok().and_then(|file| ZipArchive::new(std::io::BufReader::new(file)).ok());
    // A broken package is named by its reader.
    let Some(archive) = archive else { return Kind::Form };
    let is_part = |name: &[u8]| {
        let name = String::from_utf8_lossy(name).replace('\\', "/");
        PARTS.iter().any(|part| name.trim_start_matches('/').starts_with(part))
    };
    if archive.file_names_raw().any(is_part) { Kind::Form } else { Kind::Archive }
}
