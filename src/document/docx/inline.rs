//! Runs, fields, symbols and formulas within a paragraph.

use quick_xml::events::BytesStart;

use super::super::symbol::{Font, resolve_symbols, symbol};
use super::super::xml::attribute;
use super::{Block, Docx, ReadError};

/// Elements within a paragraph whose content is not part of its text.
const NOT_SHOWN: [&str; 11] = [
    "del",
    "moveFrom",
    "Fallback",
    "instrText",
    "delInstrText",
    "delText",
    "pPr",
    "sdtPr",
    "sdtEndPr",
    "fldData",
    "rt",
];

/// What the properties of a run say about its text.
#[derive(Default)]
struct RunProperties {
    hidden: bool,
    font: Option<Font>,
}

impl Docx<'_> {
    /// Reads the text of the current element (paragraph, hyperlink, content control …) up to its end.
    pub(super) fn inline(&mut self, text: &mut String, boxes: &mut Vec<Block>) -> Result<(), ReadError> {
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "r" => self.run(text, boxes)?,
                _ => self.piece(&element, None, text, boxes)?,
            }
        }
        Ok(())
    }

    fn run(&mut self, text: &mut String, boxes: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut properties = RunProperties::default();
        let mut shown = String::new();
        while let Some(element) = self.xml.child()? {
            match element.local_name().as_ref() {
                "rPr" => properties = self.run_properties()?,
                _ => self.piece(&element, properties.font, &mut shown, boxes)?,
            }
        }
        if !properties.hidden {
            text.push_str(&shown);
        }
        Ok(())
    }

    /// Reads one element within a paragraph or run.
    fn piece(
        &mut self,
        element: &BytesStart,
        font: Option<Font>,
        text: &mut String,
        boxes: &mut Vec<Block>,
    ) -> Result<(), ReadError> {
        match element.local_name().as_ref() {
            "t" => {
                text.push_str(&resolve_symbols(&self.xml.text()?, font));
                return Ok(());
            }
            "txbxContent" => return self.blocks(boxes),
            // A fraction is written in a line.
            "den" => text.push('/'),
            "tab" | "ptab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => text.extend(symbol_of(element)),
            name if NOT_SHOWN.contains(&name) => return self.xml.skip(element),
            _ => {}
        }
        self.inline(text, boxes)
    }

    fn run_properties(&mut self) -> Result<RunProperties, ReadError> {
        let mut properties = RunProperties::default();
        self.xml.flat_children(|element| match element.local_name().as_ref() {
            // What is struck through is withdrawn; beside it stands what replaced it.
            "vanish" | "webHidden" | "specVanish" | "strike" | "dstrike" => properties.hidden |= is_on(element),
            "rFonts" => properties.font = attribute(element, "ascii").and_then(|name| Font::named(&name)),
            _ => {}
        })?;
        Ok(properties)
    }
}

/// Whether a switch is on: it is unless its value says otherwise.
pub(super) fn is_on(element: &BytesStart) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

fn symbol_of(element: &BytesStart) -> Option<char> {
    let font = attribute(element, "font").and_then(|name| Font::named(&name));
    let code = u32::from_str_radix(&attribute(element, "char")?, 16).ok()?;
    symbol(font, code)
}
