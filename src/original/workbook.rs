//! 批注 in an .xlsx: a note on each cell, with the shape that Excel and WPS draw it in.

use std::collections::BTreeMap;

use super::parts::{Parts, insert_before_end};
use super::sheet::{address, sheets};
use super::{AUTHOR, Marked, OriginalError, Remark};
use crate::document::attribute;
use crate::word::{DECLARATION, escape};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

const EMPTY_COMMENTS: &str = r#"<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>"#;

const EMPTY_DRAWING: &str = concat!(
    r#"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">"#,
    r#"<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">"#,
    r#"<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"#
);

/// What may stand after the drawing of the notes in a sheet.
const AFTER_DRAWING: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// Hangs the remarks on the cells of the sheets.
pub(super) fn mark(original: &[u8], remarks: &[Remark]) -> Result<Marked, OriginalError> {
    let mut parts = Parts::open(original)?;
    let sheets = sheets(&mut parts)?;
    let mut missed = Vec::new();
    let mut of_sheet: BTreeMap<String, Vec<(&Remark, u32, u32)>> = BTreeMap::new();
    for remark in remarks {
        let place = &remark.place;
        let part = place.sheet.as_deref().and_then(|sheet| sheets.get(sheet));
        let number =
            |value: Option<usize>| value.and_then(|value| u32::try_from(value).ok()).filter(|value| *value > 0);
        match (part, number(place.row), number(place.column)) {
            (Some(part), Some(row), Some(column)) => {
                of_sheet.entry(part.clone()).or_default().push((remark, row, column));
            }
            _ => missed.push(format!("{place}：{}", remark.lines.first().map_or("", String::as_str))),
        }
    }
    let mut cells = 0;
    for (part, mut remarks) in of_sheet {
        remarks.sort_by_key(|(_, row, column)| (*row, *column));
        cells += remarks.len();
        annotate(&mut parts, &part, &remarks)?;
    }
    Ok(Marked { bytes: parts.finish()?, cells, missed })
}

fn annotate(parts: &mut Parts, sheet: &str, remarks: &[(&Remark, u32, u32)]) -> Result<(), OriginalError> {
    let (comments_part, mut comments) = comments(parts, sheet)?;
    let author = author(parts, &comments_part, &mut comments)?;
    let (drawing_part, mut drawing) = drawing(parts, sheet)?;
    for (remark, row, column) in remarks {
        let cell = address(*row, *column);
        if extended(&mut comments, &cell, &remark.lines) {
            continue;
        }
        let list = "</commentList>";
        let Some(end) = comments.rfind(list) else {
            return Err(OriginalError::Xml { part: comments_part });
        };
        let text = run(&remark.lines);
        comments
            .insert_str(end, &format!(r#"<comment ref="{cell}" authorId="{author}"><text>{text}</text></comment>"#));
        insert_before_end(&mut drawing, &drawing_part, "xml", &shape(*row, *column))?;
    }
    parts.put(comments_part, comments);
    parts.put(drawing_part, drawing);
    Ok(())
}

/// A note that the cell has already gets the lines after its own.
fn extended(comments: &mut String, cell: &str, lines: &[String]) -> bool {
    let Some(at) = comments.find(&format!("ref=\"{cell}\"")) else { return false };
    let Some(end) = comments.get(at..).and_then(|rest| rest.find("</text>")) else { return false };
    let mut lines = lines.to_vec();
    lines.insert(0, String::new());
    comments.insert_str(at + end, &run(&lines));
    true
}

/// A note is plain text, one line a paragraph.
fn run(lines: &[String]) -> String {
    format!(r#"<r><t xml:space="preserve">{}</t></r>"#, escape(&lines.join("\n")))
}

fn comments(parts: &mut Parts, sheet: &str) -> Result<(String, String), OriginalError> {
    if let Some((_, part)) = parts.related(sheet, "comments")?.into_iter().find(|(_, part)| parts.has(part)) {
        let mut text = parts.text(&part)?;
        if let Some(at) = text.find("<commentList/>") {
            text.replace_range(at..at + "<commentList/>".len(), "<commentList></commentList>");
        }
        return Ok((part, text));
    }
    let part = parts.free_name("xl/comments", ".xml");
    parts.relate(sheet, "comments", &part)?;
    parts.declare(&part, COMMENTS_TYPE)?;
    let text = format!("{DECLARATION}{EMPTY_COMMENTS}");
    parts.put(part.clone(), text.clone());
    Ok((part, text))
}

/// The number of the author under whom the notes stand.
fn author(parts: &mut Parts, part: &str, comments: &mut String) -> Result<usize, OriginalError> {
    let mut count = 0;
    parts.elements(part, |element| count += usize::from(element.local_name().as_ref() == "author"))?;
    let line = format!("<author>{AUTHOR}</author>");
    if let Some(at) = comments.find("<authors/>") {
        comments.replace_range(at..at + "<authors/>".len(), &format!("<authors>{line}</authors>"));
    } else {
        let at = comments.find("</authors>").ok_or_else(|| OriginalError::Xml { part: part.to_owned() })?;
        comments.insert_str(at, &line);
    }
    Ok(count)
}

/// The part with the shapes of the notes; a sheet without one is given one.
fn drawing(parts: &mut Parts, sheet: &str) -> Result<(String, String), OriginalError> {
    let mut text = parts.text(sheet)?;
    let used = legacy_drawing(parts, sheet)?;
    let known = parts.related(sheet, "vmlDrawing")?;
    if let Some((_, part)) = known.into_iter().find(|(id, part)| used.as_ref() == Some(id) && parts.has(part)) {
        let text = parts.text(&part)?;
        return Ok((part, text));
    }
    let part = parts.free_name("xl/drawings/vmlDrawing", ".vml");
    let id = parts.relate(sheet, "vmlDrawing", &part)?;
    parts.declare(&part, DRAWING_TYPE)?;
    let line = format!(
        r#"<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{id}"/>"#
    );
    let after = AFTER_DRAWING.iter().filter_map(|name| after_data(&text, name)).min();
    match after {
        Some(at) => text.insert_str(at, &line),
        None => insert_before_end(&mut text, sheet, "worksheet", &line)?,
    }
    parts.put(sheet, text);
    Ok((part, EMPTY_DRAWING.to_owned()))
}

/// Where an element of the sheet begins, after its cells.
fn after_data(text: &str, name: &str) -> Option<usize> {
    let data = text.rfind("</sheetData>").or_else(|| text.rfind("<sheetData/>"))?;
    let rest = text.get(data..)?;
    [format!("<{name}>"), format!("<{name} "), format!("<{name}/"), format!("<mc:{name}")]
        .iter()
        .filter_map(|tag| rest.find(tag.as_str()))
        .min()
        .map(|at| data + at)
}

/// The relation of the drawing that the sheet has already.
fn legacy_drawing(parts: &mut Parts, sheet: &str) -> Result<Option<String>, OriginalError> {
    let mut id = None;
    parts.elements(sheet, |element| {
        if element.local_name().as_ref() == "legacyDrawing" {
            id = attribute(element, "id");
        }
    })?;
    Ok(id)
}

/// The yellow field in which a note is shown when the pointer is over its cell.
fn shape(row: u32, column: u32) -> String {
    let (top, left) = (row - 1, column - 1);
    let (right, bottom) = (left.saturating_add(4), top.saturating_add(8));
    let beside = left.saturating_add(1);
    format!(
        concat!(
            r##"<v:shape id="jixiao_{row}_{column}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">"##,
            r##"<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:textbox style="mso-direction-alt:auto"/>"##,
            r#"<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>"#,
            r#"<x:Anchor>{beside}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"#,
            r#"<x:Row>{top}</x:Row><x:Column>{left}</x:Column></x:ClientData></v:shape>"#
        ),
        row = row,
        column = column,
        beside = beside,
        top = top,
        right = right,
        bottom = bottom,
        left = left,
    )
}
