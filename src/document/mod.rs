//! 文档 (document): what a file shows, before anyone asks what it means.
//!
//! Every reader turns its format into the same value: paragraphs and tables in reading order, each cell with its span,
//! its text exactly as displayed and the place it came from. Nothing here knows what an indicator is.

mod archive;
mod bundle;
mod delimited;
mod doc;
mod docx;
mod doubt;
mod encoding;
mod error;
mod html;
mod limits;
mod opendocument;
#[cfg(feature = "pdf")]
pub mod pdf;
mod place;
mod read;
mod repair;
#[cfg(feature = "ocr")]
mod scan;
mod sniff;
mod symbol;
mod table;
mod text;
mod unread;
mod workbook;
mod xml;

pub use bundle::{Allowance, Member};
pub use doubt::Doubt;
pub use error::ReadError;
pub use limits::Limits;
pub use place::Place;
pub(crate) use place::column_letters;
pub use read::{READER_THREAD, explain, read, read_bytes, read_settings};
pub use repair::Repair;
#[cfg(feature = "ocr")]
pub use scan::model;
pub use sniff::{Head, head, is_office_package};
pub use table::{Cell, Layout, Table};
pub use unread::Unread;
pub(crate) use xml::attribute;

/// 本程序的标记: what every report carries in its format's own way, so that it is never read as a form that was handed in.
pub const OWN_MARK: &str = "jixiao:report";

/// 文档: the content of one file, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where it came from and how it was recognised.
    pub source: Source,
    /// Paragraphs and tables in reading order.
    ///
    /// A text (also YAML and JSON of our own) has one paragraph for each line, with its number and its tabs.
    pub blocks: Vec<Block>,
    /// What was left out: scanned pages that no model could read.
    pub unread: Vec<Unread>,
}

/// The identity of an input file, printed in every receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it.
    pub file: String,
    /// Lower-case hexadecimal SHA-256 of the file's bytes.
    pub sha256: String,
    /// The format its content was recognised as, whatever its name says.
    pub format: Format,
}

/// 文件格式: decided by content, never by the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    Doc,
    Odt,
    Xlsx,
    Xls,
    Ods,
    Pdf,
    /// PNG, JPEG, TIFF, BMP: a scan or a photograph.
    Picture,
    Html,
    Csv,
    Text,
    Yaml,
    Json,
}

/// One piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// 段落: a line of running text outside tables; captions of forms are often paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub text: String,
    pub place: Place,
}

impl Paragraph {
    /// A paragraph without a place.
    fn new(text: impl Into<String>) -> Self {
        Paragraph { text: text.into(), place: Place::default() }
    }
}

impl Document {
    /// The decoded text of a text file (also YAML and JSON of our own); the paragraphs of any other.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            if let Block::Paragraph(paragraph) = block {
                text.push_str(&paragraph.text);
                text.push('\n');
            }
        }
        text
    }

    /// The tables in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }
}
