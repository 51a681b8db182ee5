//! .html: web pages and what Word, Excel and WPS save as web pages (often named .xls or .doc).
//!
//! A table around tables is page layout and gives way to its content; any other table holds data.

mod nesting;
mod text;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::encoding::decode;
use super::limits::{Budget, megabytes};
use super::{Block, Cell, Limits, Paragraph, ReadError, Table};
use text::{Words, cell_text};

/// The widest span a browser honours.
const WIDEST_SPAN: usize = 1000;

/// Elements whose content a page does not show.
const NOT_SHOWN: [&str; 8] = ["script", "style", "noscript", "template", "head", "title", "select", "rt"];

/// Elements that do not end a line of text.
const INLINE: [&str; 20] = [
    "span", "font", "a", "b", "strong", "em", "i", "u", "s", "o:p", "sup", "sub", "small", "big", "label", "ruby",
    "rb", "input", "del", "ins",
];

/// Rows with two texts or more that a table around tables has at least, where it is a form and no page layout.
const FORM_ROWS: usize = 3;

/// Reads the paragraphs and tables of a page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    if bytes.len() as u64 > limits.markup_bytes {
        let (found, limit) = (megabytes(bytes.len() as u64), megabytes(limits.markup_bytes));
        return Err(ReadError::too_large("网页", found, limit));
    }
    let text = decode(bytes)?;
    check_depth(nesting::deepest(&text, limits.nesting.saturating_mul(8)), limits)?;
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(&*text);
    let mut page = Page { budget: Budget::new(limits), blocks: Vec::new(), words: Words::default() };
    page.walk(&dom.document, 0)?;
    page.end_paragraph()?;
    Ok(page.blocks)
}

/// A page as far as it is read.
struct Page<'a> {
    budget: Budget<'a>,
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    words: Words,
}

impl Page<'_> {
    fn walk(&mut self, node: &Handle, depth: usize) -> Result<(), ReadError> {
        check_depth(depth, self.budget.limits)?;
        for child in node.children.borrow().iter() {
            match &child.data {
                NodeData::Text { contents } => self.words.push(&contents.borrow()),
                NodeData::Element { name, .. } => self.element(child, &name.local, depth)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn element(&mut self, node: &Handle, name: &str, depth: usize) -> Result<(), ReadError> {
        if is_hidden(node, name) {
            return Ok(());
        }
        let parts_lines = !INLINE.contains(&name);
        if parts_lines {
            self.end_paragraph()?;
        }
        match name {
            "table" => self.table(node, depth)?,
            "input" => self.words.push(&input_value(node)),
            _ => self.walk(node, depth + 1)?,
        }
        if parts_lines {
            self.end_paragraph()?;
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), ReadError> {
        let text = self.words.take();
        self.budget.limits.check_text(&text)?;
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(Paragraph::new(text)));
        }
        Ok(())
    }

    fn table(&mut self, node: &Handle, depth: usize) -> Result<(), ReadError> {
        let mut rows = Vec::new();
        collect_rows(node, &mut rows, 0);
        let mut nested = Vec::new();
        let cells = self.cells(&rows, &mut nested)?;
        if !nested.is_empty() && !is_form(&cells) {
            return self.walk(node, depth + 1);
        }
        self.caption(node)?;
        let table = Table::from_cells(cells);
        self.budget.limits.check_table(table.rows, table.columns)?;
        if table.columns > 0 {
            self.blocks.push(Block::Table(table));
        }
        for inner in nested {
            self.table(&inner, depth + 1)?;
        }
        Ok(())
    }

    fn caption(&mut self, table: &Handle) -> Result<(), ReadError> {
        for child in table.children.borrow().iter().filter(|child| element_name(child) == Some("caption")) {
            self.words.push(&cell_text(child, self.budget.limits, &mut Vec::new())?);
            self.end_paragraph()?;
        }
        Ok(())
    }

    /// The cells of the rows, each at the first free column; the tables in them are set aside.
    fn cells(&mut self, rows: &[Handle], nested: &mut Vec<Handle>) -> Result<Vec<Cell>, ReadError> {
        let mut cells = Vec::new();
        // For each column the first row below the cell that covers it.
        let mut covered: Vec<usize> = Vec::new();
        for (row, node) in rows.iter().enumerate() {
            let mut column = 0;
            for child in node.children.borrow().iter() {
                let Some(name @ ("td" | "th")) = element_name(child) else { continue };
                if is_hidden(child, name) {
                    continue;
                }
                while covered.get(column).is_some_and(|end| *end > row) {
                    column += 1;
                }
                let row_span = row_span(child, rows.len() - row);
                let column_span = span(child, "colspan").unwrap_or(1).clamp(1, WIDEST_SPAN);
                let text = cell_text(child, self.budget.limits, nested)?;
                self.budget.take_cells(column_span)?;
                cells.push(Cell { row_span, column_span, ..Cell::single(row, column, text) });
                let end = column + column_span;
                self.budget.limits.check_table(1, end)?;
                covered.resize(covered.len().max(end), 0);
                covered.iter_mut().take(end).skip(column).for_each(|below| *below = row + row_span);
                column = end;
            }
        }
        Ok(cells)
    }
}

/// The rows of a table, in whatever groups they stand.
fn collect_rows(node: &Handle, rows: &mut Vec<Handle>, depth: usize) {
    for child in node.children.borrow().iter() {
        match element_name(child) {
            Some("tr") if !is_hidden(child, "tr") => rows.push(child.clone()),
            Some("tbody" | "thead" | "tfoot" | "form") if depth < 8 => collect_rows(child, rows, depth + 1),
            _ => {}
        }
    }
}

/// Whether a table around tables is a form itself: several of its rows hold two texts or more.
fn is_form(cells: &[Cell]) -> bool {
    let filled = |row: &[Cell]| row.iter().filter(|cell| !cell.text.is_empty()).count() >= 2;
    cells.chunk_by(|left, right| left.row == right.row).filter(|row| filled(row)).count() >= FORM_ROWS
}

/// How many rows a cell covers; zero means all that are left.
fn row_span(cell: &Handle, left: usize) -> usize {
    match span(cell, "rowspan") {
        Some(0) => left,
        span => span.unwrap_or(1).clamp(1, left.max(1)),
    }
}

fn span(cell: &Handle, name: &str) -> Option<usize> {
    attribute(cell, name)?.trim().parse().ok()
}

/// The text of a form field, which a page shows like any other.
fn input_value(node: &Handle) -> String {
    let kind = attribute(node, "type").unwrap_or_default().to_ascii_lowercase();
    if matches!(kind.as_str(), "" | "text") { attribute(node, "value").unwrap_or_default() } else { String::new() }
}

fn is_hidden(node: &Handle, name: &str) -> bool {
    if NOT_SHOWN.contains(&name) || attribute(node, "hidden").is_some() {
        return true;
    }
    attribute(node, "style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("mso-hide:all")
    })
}

fn element_name(node: &Handle) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&name.local),
        _ => None,
    }
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}

/// Web pages nest deeper than other documents, because elements left open contain the rest of the page.
fn check_depth(depth: usize, limits: &Limits) -> Result<(), ReadError> {
    let deepest = limits.nesting.saturating_mul(8);
    if depth > deepest {
        return Err(ReadError::too_large("网页嵌套层数", depth, deepest));
    }
    Ok(())
}
