//! 识别格式 (sniff): what a file is, from its content alone.

use std::io::Cursor;

use super::archive::Archive;
use super::encoding::decode;
use super::{Format, Limits, OWN_MARK, ReadError};

const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// How many bytes may stand before `%PDF`.
const PDF_HEAD: usize = 1024;

/// How many characters of a text are looked at.
const TEXT_HEAD: usize = 8192;

/// First bytes of pictures that may be scans.
const PICTURES: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*"];

/// The advice for formats that office programs can save as something readable.
const SAVE_AS_DOCX: &str = "请用 Word 或 WPS 打开，另存为 .docx 后再试。";
const SAVE_AS_XLSX: &str = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。";

/// First bytes of files that are no documents, with what to call them.
const OTHER_FILES: [(&[u8], &str); 7] = [
    (b"GIF8", "GIF 图片"),
    (b"RIFF", "图片或音视频"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
];

/// 识别格式: the format of a file's content.
///
/// Fails where the content is no document, needs a password, or is of a format that is not read.
pub(super) fn sniff(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    if is_archive(bytes) {
        return sniff_archive(bytes, limits);
    }
    if bytes.starts_with(&COMPOUND_FILE) {
        return sniff_compound(bytes);
    }
    if is_pdf(bytes) {
        return Ok(Format::Pdf);
    }
    if is_rtf(bytes) {
        return Err(ReadError::Unsupported { format: " RTF 文件", advice: SAVE_AS_DOCX });
    }
    if is_old_word(bytes) {
        return Err(ReadError::Unsupported { format: " Word 6/95 及更早的 .doc 文件", advice: SAVE_AS_DOCX });
    }
    if bytes.starts_with(&[0x09, 0x08]) || bytes.starts_with(&[0x09, 0x04, 0x06, 0x00]) {
        return Err(ReadError::Unsupported { format: " Excel 95 及更早的 .xls 文件", advice: SAVE_AS_XLSX });
    }
    if is_picture(bytes) {
        return Ok(Format::Picture);
    }
    if let Some(found) = other_file(bytes) {
        return Err(ReadError::NotADocument { found: found.to_owned() });
    }
    sniff_text(bytes)
}

/// 文件头: what the first bytes of a file say without the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// A document or a picture of one.
    Document,
    /// A zip file: an office document or an archive of files, see [`is_office_package`].
    Package,
    /// Something that holds no form, with what to call it.
    Other(&'static str),
    /// A text, or nothing known.
    Unknown,
}

/// What the first bytes of a file say.
pub fn head(bytes: &[u8]) -> Head {
    if is_archive(bytes) {
        Head::Package
    } else if bytes.starts_with(&COMPOUND_FILE) || is_picture(bytes) || is_pdf(bytes) || is_rtf(bytes) {
        Head::Document
    } else {
        other_file(bytes).map_or(Head::Unknown, Head::Other)
    }
}

/// Parts that only office documents have, by the beginnings of their names.
const OFFICE_PARTS: [&str; 7] =
    ["word/document", "xl/workbook", "content.xml", "OFD.xml", "ppt/", "mimetype", "[Content_Types].xml"];

/// Whether the members of a zip file are the parts of one office document, not files that were packed together.
pub fn is_office_package(names: impl IntoIterator<Item = String>) -> bool {
    names.into_iter().any(|name| {
        let name = name.replace('\\', "/");
        OFFICE_PARTS.iter().any(|part| name.trim_start_matches('/').starts_with(part))
    })
}

/// A mark that no text can begin with tells a picture of any length.
fn is_picture(bytes: &[u8]) -> bool {
    let marked = PICTURES.iter().find(|magic| bytes.starts_with(magic));
    marked.is_some_and(|magic| !magic.is_ascii() || is_binary_head(bytes))
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..PDF_HEAD).unwrap_or(bytes).windows(5).any(|window| window == b"%PDF-")
}

fn is_rtf(bytes: &[u8]) -> bool {
    bytes.get(..PDF_HEAD).unwrap_or(bytes).trim_ascii_start().starts_with(b"{\\rtf")
}

/// A zip file begins with one of three marks; a text could begin with the same letters.
fn is_archive(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|mark| bytes.starts_with(*mark))
}

/// Word 2 and Word for DOS files stand alone, without a compound file around them.
fn is_old_word(bytes: &[u8]) -> bool {
    [[0xdb, 0xa5], [0x31, 0xbe], [0x9b, 0xa5]].iter().any(|magic| bytes.starts_with(magic)) && bytes.contains(&0)
}

fn other_file(bytes: &[u8]) -> Option<&'static str> {
    let (_, found) = OTHER_FILES.iter().find(|(magic, _)| bytes.starts_with(magic))?;
    is_binary_head(bytes).then_some(*found)
}

/// A short magic can also begin a text; binary files have zero bytes soon.
fn is_binary_head(bytes: &[u8]) -> bool {
    bytes.get(..512).unwrap_or(bytes).contains(&0)
}

fn sniff_archive(bytes: &[u8], limits: &Limits) -> Result<Format, ReadError> {
    let mut archive = Archive::open(bytes, "压缩格式（.docx/.xlsx/.ods）", limits)?;
    let has =
        |archive: &Archive, part: &str| archive.find(|name| name.trim_start_matches('/').starts_with(part)).is_some();
    let properties = archive.find(|name| name.trim_start_matches('/') == PROPERTIES).map(str::to_owned);
    if let Some(properties) = properties
        && String::from_utf8_lossy(&archive.member(&properties)?).contains(OWN_MARK)
    {
        return Err(ReadError::OwnReport);
    }
    if has(&archive, "word/document") {
        return Ok(Format::Docx);
    }
    if archive.find(|name| name.ends_with("xl/workbook.xml")).is_some() {
        return Ok(Format::Xlsx);
    }
    if has(&archive, "xl/workbook.bin") {
        return Err(ReadError::Unsupported { format: "二进制工作簿 .xlsb", advice: SAVE_AS_XLSX });
    }
    if archive.find(|name| name == "OFD.xml").is_some() {
        return Err(ReadError::Unsupported {
            format: " OFD 文件", advice: "请用 OFD 阅读器导出 PDF 或 Word 后再试。"
        });
    }
    if archive.find(|name| name == "mimetype").is_some() {
        let kind = String::from_utf8_lossy(&archive.member("mimetype")?).into_owned();
        return sniff_open_document(kind.trim());
    }
    if archive.find(|name| name == "content.xml").is_some() {
        return Ok(Format::Odt);
    }
    if has(&archive, "ppt/") {
        return Err(ReadError::NotADocument { found: "演示文稿".to_owned() });
    }
    Err(ReadError::NotADocument { found: format!("含{}个文件的 ZIP 压缩包", archive.names().len()) })
}

fn sniff_open_document(kind: &str) -> Result<Format, ReadError> {
    match kind {
        _ if kind.contains("opendocument.text") => Ok(Format::Odt),
        _ if kind.contains("opendocument.spreadsheet") => Ok(Format::Ods),
        _ => Err(ReadError::NotADocument { found: format!("“{kind}”类型的文件") }),
    }
}

/// What a compound file (the container of Office 97 to 2003) holds, by its streams.
fn sniff_compound(bytes: &[u8]) -> Result<Format, ReadError> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes))
        .map_err(|_| ReadError::damaged("Office 97-2003（.doc/.xls）", "文件目录读不全，可能被截断"))?;
    // Deeper streams belong to documents embedded in this one.
    let names: Vec<String> = file.read_root_storage().map(|entry| entry.name().to_ascii_lowercase()).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("encryptedpackage") {
        return Err(ReadError::Encrypted { format: "Office（.docx/.xlsx）" });
    }
    if has("worddocument") {
        return Ok(Format::Doc);
    }
    if has("workbook") {
        return Ok(Format::Xls);
    }
    if has("book") {
        return Err(ReadError::Unsupported { format: " Excel 95 及更早的 .xls 文件", advice: SAVE_AS_XLSX });
    }
    if has("powerpoint document") {
        return Err(ReadError::NotADocument { found: "演示文稿".to_owned() });
    }
    Err(ReadError::Unsupported { format: "这种 Office 97-2003 格式的文件", advice: SAVE_AS_DOCX })
}

fn sniff_text(bytes: &[u8]) -> Result<Format, ReadError> {
    let text = decode(bytes)?;
    let head: String = text.chars().take(TEXT_HEAD).collect();
    if is_binary(&head) {
        return Err(ReadError::NotADocument { found: "无法识别的二进制数据".to_owned() });
    }
    let start = head.trim_start();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if is_own_report(start, &text) {
        return Err(ReadError::OwnReport);
    }
    let lower = start.to_ascii_lowercase();
    if is_mime(&lower) {
        return Err(ReadError::Unsupported { format: "单个文件网页（.mht）", advice: SAVE_AS_DOCX });
    }
    if lower.starts_with('<') {
        return sniff_markup(&lower);
    }
    if is_json_form(start) {
        return Ok(Format::Json);
    }
    if is_yaml_form(start) {
        return Ok(Format::Yaml);
    }
    Ok(if is_delimited(start) || is_tabbed_grid(start) { Format::Csv } else { Format::Text })
}

/// The part of an office package with its properties.
const PROPERTIES: &str = "docProps/core.xml";

/// Headings that only the CSV of a report has, and the receipt that ends a report on the terminal.
const OWN_COLUMNS: [&str; 2] = ["规则集指纹", "输入sha256"];
const OWN_RECEIPT: [&str; 2] = ["收据  jixiao ", "sha256 "];

/// Whether a text is a report of this program.
fn is_own_report(head: &str, text: &str) -> bool {
    let first = head.lines().next().unwrap_or_default();
    let has_schema = ["audit", "score", "compare"].iter().any(|kind| head.contains(&format!("\"jixiao.{kind}/")));
    head.contains(OWN_MARK)
        || OWN_COLUMNS.iter().all(|column| first.contains(column))
        || (head.starts_with('{') && has_schema)
        || (head.starts_with("文件 ") && OWN_RECEIPT.iter().all(|mark| text.contains(mark)))
}

fn is_binary(head: &str) -> bool {
    let strange = head.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    strange.saturating_mul(20) > head.chars().count()
}

fn is_mime(lower: &str) -> bool {
    let headers = ["mime-version:", "content-type: multipart/related", "x-document-type:"];
    !lower.starts_with('<') && headers.iter().any(|header| lower.lines().take(20).any(|line| line.starts_with(header)))
}

fn sniff_markup(lower: &str) -> Result<Format, ReadError> {
    // Pages saved by Excel name this vocabulary too, but hold no workbook element.
    let is_workbook = lower.contains("<workbook") || lower.contains("<ss:workbook");
    if is_workbook && lower.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Err(ReadError::Unsupported { format: " XML 表格 2003", advice: SAVE_AS_XLSX });
    }
    let known = ["<html", "<table", "<body", "<!doctype html", "<meta", "<div", "<p>", "<tr"];
    if known.iter().any(|tag| lower.contains(tag)) {
        return Ok(Format::Html);
    }
    if lower.starts_with("<?xml") {
        return Err(ReadError::Unsupported { format: "这种 XML 文件", advice: SAVE_AS_DOCX });
    }
    Ok(Format::Text)
}

/// Keys that every form of our own has one of, in YAML and in JSON.
const FORM_KEYS: [&str; 5] = ["schema", "forms", "kind", "indicators", "funds"];

fn is_json_form(start: &str) -> bool {
    start.starts_with(['{', '[']) && FORM_KEYS.iter().any(|key| start.contains(&format!("\"{key}\"")))
}

fn is_yaml_form(start: &str) -> bool {
    start.lines().any(|line| {
        let line = line.trim_start_matches(['-', ' ']);
        line.split_once(':').is_some_and(|(key, value)| {
            FORM_KEYS.contains(&key.trim_matches('"')) && (value.is_empty() || value.starts_with(' '))
        })
    })
}

/// Records with fields longer than this on the average, in bytes, are running text.
const LONGEST_FIELD: usize = 150;

/// Whether the lines look like comma-separated records: most of the first ones hold commas, and as many each.
fn is_delimited(start: &str) -> bool {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(start.as_bytes());
    let widths: Vec<usize> = reader.records().take(30).flatten().map(|record| record.len()).collect();
    let Some(widest) = widths.iter().copied().max().filter(|widest| *widest > 1) else { return false };
    let wide = widths.iter().filter(|width| **width == widest).count();
    // A single line with commas is a sentence, and so are fields as long as sentences.
    let lines: usize = start.lines().take(30).map(str::len).sum();
    if lines > LONGEST_FIELD * widths.iter().sum::<usize>() {
        return false;
    }
    wide > 1
        && wide.saturating_mul(2) > widths.len()
        && !start.lines().take(30).any(|line| line.matches('\t').count() > 1)
}

/// Lines of a text that are looked at to tell a table pasted from a workbook.
const LOOKED_AT: usize = 60;

/// Fewest columns and fewest rows of a table pasted from a workbook.
const SMALLEST_GRID: usize = 4;

/// Whether the lines are a table pasted from a workbook: after at most a few title lines, every line has the same number of
/// tabs and none is blank. A dump of a document has lines of its own between the tables.
fn is_tabbed_grid(start: &str) -> bool {
    let widths: Vec<usize> = start.trim_end().lines().take(LOOKED_AT).map(|line| line.matches('\t').count()).collect();
    let titles = widths.iter().take_while(|width| **width == 0).count();
    let rows = widths.get(titles..).unwrap_or_default();
    let Some((first, others)) = rows.split_first() else { return false };
    // The last line may be cut off.
    let others = others.split_last().map_or(others, |(_, others)| others);
    titles < SMALLEST_GRID
        && *first + 1 >= SMALLEST_GRID
        && others.len() + 2 >= SMALLEST_GRID
        && others.iter().all(|width| width == first)
}
