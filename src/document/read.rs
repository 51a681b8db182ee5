//! 读取 (read): from the bytes of a file to its document.

use std::io::Read as _;
use std::path::Path;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::mpsc::{self, RecvTimeoutError};
#[cfg(not(target_arch = "wasm32"))]
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::text::{steers, visible};

use super::sniff::sniff;
use super::{
    Block, Document, Format, Limits, ReadError, Source, Unread, delimited, doc, docx, html, opendocument, text,
    workbook,
};

/// Stack of the thread that reads: enough for the deepest nesting the limits allow.
#[cfg(not(target_arch = "wasm32"))]
const STACK_BYTES: usize = 32 << 20;

/// Name of the thread that reads a file; a panic there is caught and becomes [`ReadError::Crashed`].
pub const READER_THREAD: &str = "document-reader";

/// Reads a file. Its format is decided by its content.
///
/// Fails with a message that names the file, the reason and the way out.
pub fn read(path: &Path) -> Result<Document, ReadError> {
    let name = path.display().to_string();
    load(path).and_then(|bytes| document(&name, bytes)).map_err(|reason| reason.in_file(&name))
}

/// Reads a file that is already in memory; `name` is only repeated in the source and in errors.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    document(name, bytes.to_vec()).map_err(|reason| reason.in_file(name))
}

fn load(path: &Path) -> Result<Vec<u8>, ReadError> {
    let open = |error: std::io::Error| ReadError::Open(explain(&error));
    let metadata = std::fs::metadata(path).map_err(open)?;
    if metadata.is_dir() {
        return Err(ReadError::Open("是文件夹，不是文件".to_owned()));
    }
    if !metadata.is_file() {
        return Err(ReadError::Open("是管道或设备，不是普通文件".to_owned()));
    }
    let limits = Limits::default();
    limits.check_file(metadata.len())?;
    // A file may grow while it is read.
    let mut bytes = Vec::new();
    let most = limits.file_bytes.saturating_add(1);
    std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(open)?;
    limits.check_file(bytes.len() as u64)?;
    Ok(bytes)
}

/// A short text that a person wrote beside the forms: rules, a policy, a list of exceptions. UTF-8, at most `most` bytes.
///
/// # Errors
/// Where it is no regular file, too long, no UTF-8, or cannot be opened; [`explain`] says it in Chinese.
pub fn read_settings(path: &Path, most: u64) -> std::io::Result<String> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "no regular file"));
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(most.saturating_add(1)).read_to_string(&mut text)?;
    if text.len() as u64 > most {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "too long"));
    }
    Ok(text)
}

/// Why a file cannot be opened, in Chinese.
pub fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::InvalidInput => "是管道或设备，不是普通文件".to_owned(),
        std::io::ErrorKind::IsADirectory => "是文件夹，不是文件".to_owned(),
        std::io::ErrorKind::InvalidData => "不是 UTF-8 编码；请用编辑器另存为 UTF-8 编码".to_owned(),
        std::io::ErrorKind::FileTooLarge => "文件过大".to_owned(),
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::OutOfMemory => "内存不足".to_owned(),
        _ => "系统不允许读取".to_owned(),
    }
}

fn document(name: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    let limits = Limits::default();
    limits.check_file(bytes.len() as u64)?;
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let file = visible(name).into_owned();
    let Content { format, blocks, unread } = contained(bytes, limits)?;
    Ok(Document { source: Source { file, sha256, format }, blocks, unread })
}

/// Reads where it is called: in a page there are no threads, and the worker around the engine is what ends it.
#[cfg(target_arch = "wasm32")]
fn contained(bytes: Vec<u8>, limits: Limits) -> Result<Content, ReadError> {
    content(&bytes, &limits)
}

/// Reads on a thread of its own, so that neither a fault of a reader nor an endless file harms the caller.
#[cfg(not(target_arch = "wasm32"))]
fn contained(bytes: Vec<u8>, limits: Limits) -> Result<Content, ReadError> {
    let time = limits.time;
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .name(READER_THREAD.to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // Nobody listens any more when the time is over.
            let _ = sender.send(content(&bytes, &limits));
        })
        .map_err(|error| ReadError::Open(explain(&error)))?;
    match wait(&receiver, time) {
        Ok(content) => content,
        Err(RecvTimeoutError::Timeout) => Err(ReadError::TooSlow { seconds: time.as_secs() }),
        Err(RecvTimeoutError::Disconnected) => Err(ReadError::Crashed),
    }
}

/// Waits for a reader. Scanned pages take their time; as long as one after the other is read the time begins anew.
#[cfg(not(target_arch = "wasm32"))]
fn wait<T>(receiver: &mpsc::Receiver<T>, time: Duration) -> Result<T, RecvTimeoutError> {
    loop {
        let before = pages_read();
        match receiver.recv_timeout(time) {
            Err(RecvTimeoutError::Timeout) if pages_read() > before => {}
            answer => return answer,
        }
    }
}

#[cfg(feature = "ocr")]
use super::scan::pages_read;

#[cfg(all(not(feature = "ocr"), not(target_arch = "wasm32")))]
fn pages_read() -> usize {
    0
}

/// What a reader makes of a file.
struct Content {
    format: Format,
    blocks: Vec<Block>,
    unread: Vec<Unread>,
}

fn content(bytes: &[u8], limits: &Limits) -> Result<Content, ReadError> {
    let format = sniff(bytes, limits)?;
    let mut unread = Vec::new();
    let mut blocks = match format {
        Format::Docx => docx::read(bytes, limits)?,
        Format::Doc => doc::read(bytes, limits)?,
        Format::Odt | Format::Ods => opendocument::read(bytes, limits)?,
        Format::Html => html::read(bytes, limits)?,
        Format::Xlsx => workbook::read_xlsx(bytes, limits)?,
        Format::Xls => workbook::read_xls(bytes, limits)?,
        Format::Pdf => read_pdf(bytes, &mut unread)?,
        Format::Picture => read_picture(bytes)?,
        Format::Csv => delimited::read(bytes, limits)?,
        Format::Text | Format::Yaml | Format::Json => text::read(bytes, limits)?,
    };
    blocks.iter_mut().for_each(remove_controls);
    blocks.retain(|block| !matches!(block, Block::Paragraph(paragraph) if is_idle(format, &paragraph.text)));
    number_tables(&mut blocks);
    Ok(Content { format, blocks, unread })
}

/// Takes out what no page shows: what steers a terminal or turns the order of reading.
fn remove_controls(block: &mut Block) {
    let clean = |text: &mut String| {
        if text.contains(steers) {
            *text = text.replace("\r\n", "\n").replace('\r', "\n").replace(steers, "");
        }
    };
    match block {
        Block::Paragraph(paragraph) => clean(&mut paragraph.text),
        Block::Table(table) => table.cells.iter_mut().for_each(|cell| clean(&mut cell.text)),
    }
}

/// A blank paragraph says nothing, except in a text, where blank lines part the tables.
fn is_idle(format: Format, text: &str) -> bool {
    !matches!(format, Format::Text | Format::Yaml | Format::Json) && text.trim().is_empty()
}

/// Numbers the tables in reading order, from 1.
fn number_tables(blocks: &mut [Block]) {
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    for (index, table) in tables.enumerate() {
        table.number = index + 1;
    }
}

#[cfg(not(feature = "pdf"))]
fn read_pdf(_bytes: &[u8], _unread: &mut Vec<Unread>) -> Result<Vec<Block>, ReadError> {
    Err(ReadError::Unsupported {
        format: " PDF（这个版本编译时没有包含 PDF 功能）",
        advice: "请换用完整版本，或改用 Word、Excel 文件。",
    })
}

#[cfg(feature = "pdf")]
fn read_pdf(bytes: &[u8], unread: &mut Vec<Unread>) -> Result<Vec<Block>, ReadError> {
    Ok(super::pdf::read_noting(bytes, &super::pdf::Limits::default(), unread)?)
}

#[cfg(not(feature = "ocr"))]
fn read_picture(_bytes: &[u8]) -> Result<Vec<Block>, ReadError> {
    Err(ReadError::NotADocument { found: "图片（这个版本编译时没有包含文字识别功能）".to_owned() })
}

#[cfg(feature = "ocr")]
fn read_picture(bytes: &[u8]) -> Result<Vec<Block>, ReadError> {
    super::scan::read(bytes)
}
