//! Word 文档 (docx): pages as tables with merged cells, the reasons as comments.

use std::fmt::Write as _;
use std::io::Write;

use super::{Cell, Mark, Page, Role};
use crate::template::WriteError;
use crate::word::{DECLARATION, NAMESPACE, escape, package};

/// Width of the text of a landscape A4 page, in twentieths of a point.
const TEXT_WIDTH: usize = 15_700;

/// Writes pages as a document, each on a page of its own.
pub(in crate::template) fn write(pages: &[(String, Page)], out: &mut dyn Write) -> Result<(), WriteError> {
    let mut comments = Vec::new();
    let mut body = String::new();
    for (number, (_, page)) in pages.iter().enumerate() {
        page_xml(page, number > 0, &mut body, &mut comments);
    }
    let document = format!("{DECLARATION}<w:document {NAMESPACE}><w:body>{body}{SECTION}</w:body></w:document>");
    out.write_all(&package(document, comments_xml(&comments))?)?;
    Ok(())
}

const SECTION: &str = concat!(
    r#"<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#,
    r#"<w:pgMar w:top="794" w:right="567" w:bottom="794" w:left="567" w:header="397" w:footer="397" w:gutter="0"/></w:sectPr>"#
);

fn page_xml(page: &Page, on_new_page: bool, out: &mut String, comments: &mut Vec<String>) {
    let layout = r#"<w:jc w:val="center"/>"#;
    let broken = format!("<w:pageBreakBefore/>{layout}");
    paragraph(
        &page.title,
        if on_new_page { &broken } else { layout },
        r#"<w:rFonts w:eastAsia="宋体"/><w:b/><w:sz w:val="36"/>"#,
        out,
    );
    if let Some(year) = page.year {
        paragraph(&format!("（{year}年）"), r#"<w:jc w:val="center"/>"#, "", out);
    }
    out.push_str(TABLE);
    let widths = widths(page);
    out.push_str("<w:tblGrid>");
    for width in &widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    for (index, row) in page.rows.iter().enumerate() {
        row_xml(page, index, row, &widths, out, comments);
    }
    out.push_str("</w:tbl>");
    for line in &page.lines {
        paragraph(line, r#"<w:spacing w:before="40"/>"#, r#"<w:sz w:val="18"/>"#, out);
    }
}

const TABLE: &str = concat!(
    r#"<w:tbl><w:tblPr><w:tblW w:w="15700" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>"#,
    r#"<w:top w:val="single" w:sz="4" w:color="000000"/><w:left w:val="single" w:sz="4" w:color="000000"/>"#,
    r#"<w:bottom w:val="single" w:sz="4" w:color="000000"/><w:right w:val="single" w:sz="4" w:color="000000"/>"#,
    r#"<w:insideH w:val="single" w:sz="4" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:color="000000"/>"#,
    r#"</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>"#
);

/// The widths of the grid columns, in twentieths of a point.
fn widths(page: &Page) -> Vec<usize> {
    let sum: usize = page.widths.iter().map(|width| usize::from(*width)).sum();
    page.widths.iter().map(|width| usize::from(*width) * TEXT_WIDTH / sum.max(1)).collect()
}

fn row_xml(page: &Page, index: usize, row: &[Cell], widths: &[usize], out: &mut String, comments: &mut Vec<String>) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let mut column = 0;
    while column < widths.len() {
        let own = row.iter().find(|cell| cell.column == column);
        let above = || covering(page, index, column);
        let (cell, merge) = match own {
            Some(cell) if cell.rows > 1 => (Some(cell), r#"<w:vMerge w:val="restart"/>"#),
            Some(cell) => (Some(cell), ""),
            None => (above(), "<w:vMerge/>"),
        };
        let span = cell.map_or(1, |cell| cell.columns).max(1);
        let width: usize = widths.iter().skip(column).take(span).sum();
        let _ = write!(out, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#);
        if span > 1 {
            let _ = write!(out, r#"<w:gridSpan w:val="{span}"/>"#);
        }
        out.push_str(if cell.is_some() { merge } else { "" });
        out.push_str(own.map_or("", |cell| shade(cell.mark)));
        out.push_str(r#"<w:vAlign w:val="center"/></w:tcPr>"#);
        match own {
            Some(cell) => content(cell, out, comments),
            None => out.push_str("<w:p/>"),
        }
        out.push_str("</w:tc>");
        column += span;
    }
    out.push_str("</w:tr>");
}

/// The cell of an earlier row that reaches down into this one.
fn covering(page: &Page, index: usize, column: usize) -> Option<&Cell> {
    let earlier = page.rows.get(..index).unwrap_or_default().iter().enumerate().rev();
    earlier
        .flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
        .find(|(row, cell)| cell.column == column && row + cell.rows > index)
        .map(|(_, cell)| cell)
}

fn shade(mark: Mark) -> &'static str {
    match mark {
        Mark::None => "",
        Mark::Confirm => r#"<w:shd w:val="clear" w:color="auto" w:fill="FCE4D6"/>"#,
        Mark::Fill => r#"<w:shd w:val="clear" w:color="auto" w:fill="FFC7CE"/>"#,
        Mark::Filled => r#"<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>"#,
    }
}

/// The paragraphs of a cell, its reasons as a comment on the first.
fn content(cell: &Cell, out: &mut String, comments: &mut Vec<String>) {
    let (layout, letters) = match cell.role {
        Role::Prose => ("", ""),
        Role::Heading => (r#"<w:jc w:val="center"/>"#, r#"<w:rFonts w:eastAsia="宋体"/><w:b/>"#),
        Role::Label => (r#"<w:jc w:val="center"/>"#, r#"<w:rFonts w:eastAsia="宋体"/>"#),
        _ => (r#"<w:jc w:val="center"/>"#, ""),
    };
    let mark = (!cell.notes.is_empty()).then_some(comments.len());
    if mark.is_some() {
        comments.push(cell.notes.join("\n"));
    }
    let mut lines = cell.text.split('\n');
    let first = lines.next().unwrap_or_default();
    let _ = write!(out, "<w:p><w:pPr>{layout}</w:pPr>");
    if let Some(id) = mark {
        let _ = write!(out, r#"<w:commentRangeStart w:id="{id}"/>"#);
    }
    run(first, letters, out);
    if let Some(id) = mark {
        let _ = write!(out, r#"<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>"#);
    }
    out.push_str("</w:p>");
    for line in lines {
        paragraph(line, layout, letters, out);
    }
}

fn paragraph(text: &str, layout: &str, letters: &str, out: &mut String) {
    let _ = write!(out, "<w:p><w:pPr>{layout}</w:pPr>");
    run(text, letters, out);
    out.push_str("</w:p>");
}

fn run(text: &str, letters: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    let _ = write!(out, r#"<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(text));
}

fn comments_xml(comments: &[String]) -> String {
    let mut out = format!("{DECLARATION}<w:comments {NAMESPACE}>");
    for (id, text) in comments.iter().enumerate() {
        let _ =
            write!(out, r#"<w:comment w:id="{id}" w:author="jixiao" w:initials="jx" w:date="2000-01-01T00:00:00Z">"#);
        for line in text.split('\n') {
            paragraph(line, "", "", &mut out);
        }
        out.push_str("</w:comment>");
    }
    out.push_str("</w:comments>");
    out
}
