//! .docx: Word, WPS and LibreOffice text documents.
//!
//! What is read is what the page shows: tracked changes as accepted, hidden text left out, text boxes once, fields as
//! their results. Nested tables follow the table they stand in; a one-column table around tables is page layout and
//! gives way to its content.

mod inline;
mod table;

use super::archive::Archive;
use super::encoding::decode;
use super::limits::Budget;
use super::xml::Xml;
use super::{Block, Limits, Paragraph, ReadError};

const FORMAT: &str = "Word（.docx）";

/// Elements of blocks whose content is not part of the text.
const NOT_SHOWN: [&str; 7] = ["del", "moveFrom", "Fallback", "sdtPr", "sdtEndPr", "sectPr", "altChunk"];

/// Reads the body of a .docx file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let mut archive = Archive::open(bytes, FORMAT, limits)?;
    let name = archive
        .find(|name| name.trim_start_matches('/') == "word/document.xml")
        .or_else(|| {
            archive.find(|name| name.trim_start_matches('/').starts_with("word/document") && name.ends_with(".xml"))
        })
        .ok_or_else(|| ReadError::damaged(FORMAT, "缺少正文 word/document.xml"))?
        .to_owned();
    let part = archive.member(&name)?;
    let text = decode(&part)?;
    let mut reader = Docx { xml: Xml::new(&text, FORMAT, limits), budget: Budget::new(limits) };
    let mut blocks = Vec::new();
    reader.blocks(&mut blocks)?;
    Ok(blocks)
}

/// The state of reading one document part.
struct Docx<'a> {
    xml: Xml<'a>,
    budget: Budget<'a>,
}

impl Docx<'_> {
    /// Reads the paragraphs and tables of the current element up to its end.
    fn blocks(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "p" => self.paragraph(blocks)?,
                "tbl" => self.table(blocks)?,
                name if NOT_SHOWN.contains(&name) => self.xml.skip(&element)?,
                // body, content controls, insertions, custom XML, the chosen alternative …
                _ => self.blocks(blocks)?,
            }
        }
        Ok(())
    }

    /// Reads a paragraph; the text boxes anchored in it follow it.
    fn paragraph(&mut self, blocks: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut text = String::new();
        let mut boxes = Vec::new();
        self.inline(&mut text, &mut boxes)?;
        self.budget.take_text(&text)?;
        blocks.push(Block::Paragraph(Paragraph::new(text)));
        blocks.append(&mut boxes);
        Ok(())
    }
}
