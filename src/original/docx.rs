//! 批注 in a .docx: a comment on the first paragraph of each cell.

use super::parts::{Parts, insert_before_end};
use super::slots::{Slot, TableSlot, slots};
use super::{AUTHOR, Marked, OriginalError, Remark};
use crate::document::attribute;
use crate::document::{Document, Place, Table};
use crate::text::squeeze;
use crate::word::{DECLARATION, NAMESPACE, escape};

const DOCUMENT: &str = "word/document.xml";

/// What a document must say for the marks to be understood.
const NAMESPACE_ADDRESS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// Hangs the remarks on the cells of the document.
pub(super) fn mark(original: &[u8], document: &Document, remarks: &[Remark]) -> Result<Marked, OriginalError> {
    let mut parts = Parts::open(original)?;
    let mut text = parts.text(DOCUMENT)?;
    if !text.contains(&format!("xmlns:w=\"{NAMESPACE_ADDRESS}\"")) {
        return Err(OriginalError::Missing(format!("{DOCUMENT} 的命名空间 w")));
    }
    let tables = slots(&text).map_err(|_| OriginalError::Xml { part: DOCUMENT.to_owned() })?;
    let slots_of = Matched::new(document, &tables);
    let (part, mut comments) = comments(&mut parts)?;
    let mut number = next_number(&mut parts, &part)?;
    let mut missed = Vec::new();
    let mut found: Vec<(&Slot, usize)> = Vec::new();
    for remark in remarks {
        let Some(slot) = slots_of.slot(&remark.place).filter(|slot| slot.first_paragraph().is_some()) else {
            missed.push(format!("{}：{}", remark.place, remark.lines.first().map_or("", String::as_str)));
            continue;
        };
        insert_before_end(&mut comments, &part, "comments", &comment(number, &remark.lines))?;
        found.push((slot, number));
        number += 1;
    }
    found.sort_by_key(|(slot, number)| std::cmp::Reverse((slot.body.0, *number)));
    let cells = found.len();
    for (slot, number) in found {
        anchor(&mut text, slot, number);
    }
    parts.put(DOCUMENT, text);
    parts.put(part, comments);
    Ok(Marked { bytes: parts.finish()?, cells, missed })
}

/// The part with the comments, made where there is none.
fn comments(parts: &mut Parts) -> Result<(String, String), OriginalError> {
    if let Some((_, part)) = parts.related(DOCUMENT, "comments")?.into_iter().find(|(_, part)| parts.has(part)) {
        let text = parts.text(&part)?;
        return Ok((part, text));
    }
    let part = if parts.has("word/comments.xml") {
        parts.free_name("word/comments", ".xml")
    } else {
        "word/comments.xml".to_owned()
    };
    parts.relate(DOCUMENT, "comments", &part)?;
    parts.declare(&part, COMMENTS_TYPE)?;
    Ok((part, format!("{DECLARATION}<w:comments {NAMESPACE}></w:comments>")))
}

/// The number after that of every comment there is.
fn next_number(parts: &mut Parts, part: &str) -> Result<usize, OriginalError> {
    let mut next = 0;
    if parts.has(part) {
        parts.elements(part, |element| {
            if element.local_name().as_ref() == "comment"
                && let Some(number) = attribute(element, "id").and_then(|id| id.parse::<u32>().ok())
            {
                next = next.max(number as usize + 1);
            }
        })?;
    }
    Ok(next)
}

fn comment(number: usize, lines: &[String]) -> String {
    let paragraphs: String = lines
        .iter()
        .map(|line| format!(r#"<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#, escape(line)))
        .collect();
    format!(
        r#"<w:comment xmlns:w="{NAMESPACE_ADDRESS}" w:id="{number}" w:author="{AUTHOR}" w:initials="复核">{paragraphs}</w:comment>"#
    )
}

/// Puts the anchor of a comment around the first paragraph of a cell.
fn anchor(text: &mut String, slot: &Slot, number: usize) {
    let Some(paragraph) = slot.first_paragraph() else { return };
    let start = format!(r#"<w:commentRangeStart w:id="{number}"/>"#);
    let end = format!(r#"<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>"#);
    match paragraph.content {
        Some((from, to)) => {
            text.insert_str(to, &end);
            text.insert_str(from, &start);
        }
        None => {
            let (from, to) = paragraph.tag;
            let tag = text.get(from..to).unwrap_or_default().trim_end_matches("/>").trim_end().to_owned();
            text.replace_range(from..to, &format!("{tag}>{start}{end}</w:p>"));
        }
    }
}

/// 对应: which table of the file each table of the document is; a table used for page layout is one in the file alone.
struct Matched<'d> {
    document: &'d Document,
    tables: Vec<Option<&'d TableSlot>>,
}

impl<'d> Matched<'d> {
    fn new(document: &'d Document, slots: &'d [TableSlot]) -> Self {
        let mut next = 0;
        let mut tables = Vec::new();
        for table in document.tables() {
            let at = slots.iter().enumerate().skip(next).find(|(_, slots)| is_same(table, slots));
            next = at.map_or(next, |(index, _)| index + 1);
            tables.push(at.map(|(_, slots)| slots));
        }
        Matched { document, tables }
    }

    /// The cell of the file at a place of the document, where it says the same.
    fn slot(&self, place: &Place) -> Option<&'d Slot> {
        let number = place.table?;
        let index = self.document.tables().position(|table| table.number == number)?;
        let table = self.document.tables().nth(index)?;
        let (row, column) = (place.row?.checked_sub(table.first_row)?, place.column?.checked_sub(table.first_column)?);
        let slot = cell(*self.tables.get(index)?, row, column)?;
        let printed = table.row(row).find(|cell| cell.column == column).map_or("", |cell| cell.text.as_str());
        (squeeze(&slot.text) == squeeze(printed)).then_some(slot)
    }
}

fn cell(table: Option<&TableSlot>, row: usize, column: usize) -> Option<&Slot> {
    table?.rows.get(row)?.cells.iter().find(|cell| cell.column <= column && column < cell.end)
}

/// Cells that are held against each other before two tables count as the same.
const COMPARED: usize = 24;

/// Whether a table of the document stands in these bytes: its first written cells say the same.
fn is_same(table: &Table, slots: &TableSlot) -> bool {
    let written = table.cells.iter().filter(|cell| !cell.text.trim().is_empty());
    slots.rows.len() >= table.rows
        && written.take(COMPARED).all(|printed| {
            cell(Some(slots), printed.row, printed.column)
                .is_some_and(|slot| squeeze(&slot.text) == squeeze(&printed.text))
        })
}
