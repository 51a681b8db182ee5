//! 单元格范围 (slots): where the cells of a document part stand in its bytes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::word::escape;

/// A table with its rows, in the order of the document; a nested table stands after the one it is in.
#[derive(Debug, Default)]
pub(crate) struct TableSlot {
    pub rows: Vec<RowSlot>,
}

#[derive(Debug, Default)]
pub(crate) struct RowSlot {
    pub cells: Vec<Slot>,
    /// The grid column where the next cell begins.
    next: usize,
}

/// 单元格: the bytes of its content, its grid columns and its text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Slot {
    /// The bytes between the cell's properties and its end.
    pub body: (usize, usize),
    /// The first paragraph's properties, with those of its mark.
    paragraph: Option<(usize, usize)>,
    /// The first run's properties.
    run: Option<(usize, usize)>,
    /// The first paragraph of the cell itself, not of a table inside it.
    first: Option<FirstParagraph>,
    pub column: usize,
    pub end: usize,
    span: usize,
    pub text: String,
}

/// 段落: the bytes of its opening tag, and of what follows its properties; no content where it is written as one empty tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstParagraph {
    pub tag: (usize, usize),
    pub content: Option<(usize, usize)>,
}

/// The tables of a document part.
pub(crate) fn slots(xml: &str) -> Result<Vec<TableSlot>, quick_xml::Error> {
    let mut walk = Walk::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        let start = position(&reader);
        match reader.read_event()? {
            Event::Start(element) => walk.open(&element, start, position(&reader)),
            Event::Empty(element) => walk.empty(&element, start, position(&reader)),
            Event::End(_) => walk.close(start, position(&reader)),
            Event::Text(text) => walk.text(&text),
            Event::GeneralRef(entity) => {
                let resolved = entity.resolve_char_ref().ok().flatten().map(String::from);
                let name = entity.to_string();
                let named = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                walk.text(&resolved.or(named).unwrap_or_default());
            }
            Event::Eof => return Ok(walk.tables),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The value of an attribute as a count.
fn count(element: &BytesStart) -> Option<usize> {
    let value = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == "val")?;
    value.value.trim().parse().ok().filter(|count| *count <= 1024)
}

/// Where the walk stands.
#[derive(Default)]
struct Walk {
    tables: Vec<TableSlot>,
    /// The open elements with the byte where each begins.
    open: Vec<(String, usize)>,
    /// The open tables and cells, innermost last.
    table: Vec<usize>,
    cells: Vec<Slot>,
}

impl Walk {
    fn open(&mut self, element: &BytesStart, start: usize, end: usize) {
        let name = element.local_name().as_ref().to_owned();
        match name.as_str() {
            "tbl" => {
                self.table.push(self.tables.len());
                self.tables.push(TableSlot::default());
            }
            "tr" => self.rows().into_iter().for_each(|rows| rows.push(RowSlot::default())),
            "tc" => self.cells.push(Slot { body: (end, end), span: 1, ..Slot::default() }),
            "p" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.first.get_or_insert(FirstParagraph { tag: (start, end), content: Some((end, end)) });
                }
            }
            _ => {}
        }
        self.properties(element, &name);
        self.open.push((name, start));
    }

    fn empty(&mut self, element: &BytesStart, start: usize, end: usize) {
        let name = element.local_name().as_ref().to_owned();
        self.properties(element, &name);
        if let ("p", Some(cell)) = (name.as_str(), self.cells.last_mut()) {
            cell.first.get_or_insert(FirstParagraph { tag: (start, end), content: None });
        }
    }

    /// Spans and columns left out before the first cell.
    fn properties(&mut self, element: &BytesStart, name: &str) {
        match name {
            "gridSpan" => {
                if let (Some(cell), Some(span)) = (self.cells.last_mut(), count(element)) {
                    cell.span = span.max(1);
                }
            }
            "gridBefore" => {
                let before = count(element).unwrap_or(0);
                if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
                    row.next += before;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, start: usize, end: usize) {
        let Some((name, from)) = self.open.pop() else { return };
        let parent = self.open.last().map(|(name, _)| name.clone()).unwrap_or_default();
        let parent_start = self.open.last().map(|(_, start)| *start);
        let cell = self.cells.last_mut();
        match (name.as_str(), cell) {
            ("tcPr", Some(cell)) => cell.body.0 = end,
            ("pPr", Some(cell)) => {
                cell.paragraph.get_or_insert((from, end));
                if let Some(FirstParagraph { content: Some(content), tag }) = &mut cell.first
                    && Some(tag.0) == parent_start
                {
                    content.0 = end;
                }
            }
            ("rPr", Some(cell)) if parent == "r" => drop(cell.run.get_or_insert((from, end))),
            ("p", Some(cell)) => {
                cell.text.push('\n');
                if let Some(FirstParagraph { content: Some(content), tag }) = &mut cell.first
                    && tag.0 == from
                {
                    content.1 = start;
                }
            }
            ("tc", Some(_)) => self.close_cell(start),
            ("tbl", _) => drop(self.table.pop()),
            _ => {}
        }
    }

    fn close_cell(&mut self, start: usize) {
        let Some(mut cell) = self.cells.pop() else { return };
        cell.body.1 = start;
        if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
            cell.column = row.next;
            cell.end = row.next + cell.span;
            row.next = cell.end;
            row.cells.push(cell);
        }
    }

    fn text(&mut self, text: &str) {
        let shown = self.open.last().is_some_and(|(name, _)| name == "t");
        if let Some(cell) = self.cells.last_mut().filter(|_| shown) {
            cell.text.push_str(text);
        }
    }

    fn rows(&mut self) -> Option<&mut Vec<RowSlot>> {
        let table = *self.table.last()?;
        self.tables.get_mut(table).map(|table| &mut table.rows)
    }
}

const HIGHLIGHT: &str = r#"<w:highlight w:val="yellow"/>"#;

impl Slot {
    /// The first paragraph, where a comment is anchored.
    pub fn first_paragraph(&self) -> Option<FirstParagraph> {
        self.first
    }

    /// The content of the cell with another text: the properties of its first paragraph and run, yellow if asked for.
    pub fn with_text(&self, xml: &str, text: &str, yellow: bool) -> String {
        let part =
            |range: Option<(usize, usize)>| range.and_then(|(start, end)| xml.get(start..end)).unwrap_or_default();
        let paragraph = part(self.paragraph);
        let own = part(self.run);
        let own = if own.is_empty() { mark_properties(paragraph) } else { own };
        let letters = if yellow { highlighted(own) } else { own.to_owned() };
        let lines = text.split('\n').map(|line| {
            format!(r#"<w:p>{paragraph}<w:r>{letters}<w:t xml:space="preserve">{}</w:t></w:r></w:p>"#, escape(line))
        });
        lines.collect()
    }
}

/// The run properties of the paragraph's mark, which an empty cell has instead of a run's.
fn mark_properties(paragraph: &str) -> &str {
    let range = paragraph.find("<w:rPr>").zip(paragraph.find("</w:rPr>"));
    range.and_then(|(start, end)| paragraph.get(start..end + "</w:rPr>".len())).unwrap_or_default()
}

fn highlighted(properties: &str) -> String {
    if properties.contains("<w:highlight ") {
        properties.to_owned()
    } else if properties.ends_with("</w:rPr>") {
        properties.replacen("</w:rPr>", &format!("{HIGHLIGHT}</w:rPr>"), 1)
    } else {
        format!("<w:rPr>{HIGHLIGHT}</w:rPr>")
    }
}
