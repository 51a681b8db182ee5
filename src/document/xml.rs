//! XML: walking an XML part element by element, with a bounded depth.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Limits, ReadError};

/// An XML part that is read once, from its start to its end.
///
/// The reading functions below all leave the position behind the end of the element they were called for. Entities
/// that a document declares itself are never expanded.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
    depth: usize,
    deepest: usize,
}

/// What [`Xml::next`] stopped at.
pub(super) enum Node<'a> {
    /// A child element begins; it has to be read or skipped.
    Element(BytesStart<'a>),
    /// Text of the current element, entities resolved.
    Text(String),
    /// The current element ends.
    End,
}

impl<'a> Xml<'a> {
    /// Begins to read a part; `format` names the kind of file in errors.
    pub fn new(text: &'a str, format: &'static str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        config.allow_unmatched_ends = true;
        Xml { reader, format, depth: 0, deepest: limits.nesting }
    }

    /// The next child element or text of the current element.
    pub fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            match self.event()? {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > self.deepest {
                        return Err(ReadError::too_large("嵌套层数", self.depth, self.deepest));
                    }
                    return Ok(Node::Element(element));
                }
                Event::End(_) | Event::Eof => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::End);
                }
                Event::Text(text) => return Ok(Node::Text(text.to_string())),
                Event::CData(text) => return Ok(Node::Text(text.to_string())),
                Event::GeneralRef(entity) => return Ok(Node::Text(resolve(&entity))),
                _ => {}
            }
        }
    }

    /// The next child element of the current element; its texts are passed over. `None` at its end.
    pub fn child(&mut self) -> Result<Option<BytesStart<'a>>, ReadError> {
        loop {
            match self.next()? {
                Node::Element(element) => return Ok(Some(element)),
                Node::Text(_) => {}
                Node::End => return Ok(None),
            }
        }
    }

    /// Skips the element that just began.
    pub fn skip(&mut self, element: &BytesStart) -> Result<(), ReadError> {
        self.depth = self.depth.saturating_sub(1);
        self.reader.read_to_end(element.name()).map(|_| ()).map_err(|_| self.broken())
    }

    /// The text of the element that just began, elements within it left out.
    pub fn text(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Node::Element(element) => self.skip(&element)?,
                Node::Text(part) => text.push_str(&part),
                Node::End => return Ok(text),
            }
        }
    }

    /// The children of the element that just began, each with its attributes only.
    pub fn flat_children(&mut self, mut visit: impl FnMut(&BytesStart)) -> Result<(), ReadError> {
        while let Some(element) = self.child()? {
            visit(&element);
            self.skip(&element)?;
        }
        Ok(())
    }

    fn event(&mut self) -> Result<Event<'a>, ReadError> {
        self.reader.read_event().map_err(|_| self.broken())
    }

    fn broken(&self) -> ReadError {
        ReadError::damaged(self.format, format!("正文在第{}字节处语法不通", self.reader.error_position()))
    }
}

/// The value of an attribute, whatever its namespace prefix.
pub(crate) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name).map(
        |attribute| match quick_xml::escape::unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.to_string(),
        },
    )
}

/// The value of an attribute as a count, where it is one.
pub(super) fn count(element: &BytesStart, name: &str) -> Option<usize> {
    attribute(element, name)?.trim().parse().ok()
}

fn resolve(entity: &BytesRef) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name = entity.to_string();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}
