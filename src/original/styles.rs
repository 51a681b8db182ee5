//! 样式 (styles): the cell formats of a workbook, and the same with a yellow ground.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::OriginalError;
use super::parts::Parts;
use crate::document::attribute;

const STYLES: &str = "xl/styles.xml";

const YELLOW: &str =
    r#"<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill>"#;

/// How a cell shows what it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Shown as a percentage, with so many decimals.
    pub percent: Option<u32>,
    pub is_text: bool,
}

/// 样式表
#[derive(Debug)]
pub(crate) struct Styles {
    text: String,
    /// The bytes and the number format of each cell format.
    formats: Vec<((usize, usize), u32)>,
    /// The formats of one's own, by number.
    codes: BTreeMap<u32, String>,
    fills: usize,
    /// Cell formats with their yellow copies.
    yellow: BTreeMap<usize, usize>,
}

impl Styles {
    pub fn read(parts: &mut Parts) -> Result<Self, OriginalError> {
        let text = if parts.has(STYLES) { parts.text(STYLES)? } else { String::new() };
        let mut styles = Styles {
            text: String::new(),
            formats: Vec::new(),
            codes: BTreeMap::new(),
            fills: 0,
            yellow: BTreeMap::new(),
        };
        styles.scan(&text)?;
        styles.text = text;
        Ok(styles)
    }

    fn scan(&mut self, text: &str) -> Result<(), OriginalError> {
        let mut reader = Reader::from_str(text);
        let mut inside = String::new();
        loop {
            let start = position(&reader);
            let event = reader.read_event().map_err(|_| OriginalError::Xml { part: STYLES.to_owned() })?;
            let end = position(&reader);
            let (element, whole) = match &event {
                Event::Start(element) => (element, false),
                Event::Empty(element) => (element, true),
                Event::End(element) => {
                    let name = element.local_name().as_ref().to_owned();
                    if inside == "cellXfs"
                        && name == "xf"
                        && let Some(format) = self.formats.last_mut()
                    {
                        format.0.1 = end;
                    }
                    if matches!(name.as_str(), "cellXfs" | "fills") {
                        inside.clear();
                    }
                    continue;
                }
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let name = element.local_name().as_ref().to_owned();
            match name.as_str() {
                "cellXfs" | "fills" if !whole => inside = name,
                "xf" if inside == "cellXfs" => {
                    let format = attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    self.formats.push(((start, end), format));
                }
                "fill" if inside == "fills" => self.fills += 1,
                "numFmt" => {
                    if let (Some(id), Some(code)) = (attribute(element, "numFmtId"), attribute(element, "formatCode"))
                        && let Ok(id) = id.parse()
                    {
                        self.codes.insert(id, code);
                    }
                }
                _ => {}
            }
        }
    }

    /// How cells of a format show their content.
    pub fn format(&self, style: usize) -> Shown {
        let Some((_, number)) = self.formats.get(style) else { return Shown::default() };
        match number {
            9 => Shown { percent: Some(0), is_text: false },
            10 => Shown { percent: Some(2), is_text: false },
            49 => Shown { percent: None, is_text: true },
            own => {
                let code = self.codes.get(own).map_or("", String::as_str);
                Shown { percent: code.contains('%').then(|| decimals(code)), is_text: code.starts_with('@') }
            }
        }
    }

    /// The number of the same format with a yellow ground; the format itself where there is none to copy.
    pub fn yellow(&mut self, style: usize) -> usize {
        if self.formats.get(style).is_none() {
            return style;
        }
        let next = self.formats.len() + self.yellow.len();
        *self.yellow.entry(style).or_insert(next)
    }

    /// Puts the yellow formats into the package.
    pub fn write(self, parts: &mut Parts) -> Result<(), OriginalError> {
        if self.yellow.is_empty() {
            return Ok(());
        }
        let mut copies: Vec<(usize, usize)> = self.yellow.iter().map(|(style, copy)| (*copy, *style)).collect();
        copies.sort_unstable();
        let copy = |(_, style): &(usize, usize)| {
            let range = self.formats.get(*style).map_or(0..0, |((start, end), _)| *start..*end);
            with_fill(self.text.get(range).unwrap_or_default(), self.fills)
        };
        let lines: String = copies.iter().map(copy).collect();
        let mut text = self.text.clone();
        counted(&mut text, "cellXfs", &lines, self.formats.len() + copies.len())?;
        counted(&mut text, "fills", YELLOW, self.fills + 1)?;
        parts.put(STYLES, text);
        Ok(())
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The decimals that a number format shows.
fn decimals(code: &str) -> u32 {
    let fraction = code.split_once('.').map_or("", |(_, fraction)| fraction);
    let shown = fraction.chars().take_while(|c| matches!(c, '0' | '#' | '?')).count();
    u32::try_from(shown).unwrap_or(0)
}

/// A cell format with another ground.
fn with_fill(format: &str, fill: usize) -> String {
    let mut out = format.to_owned();
    for name in ["fillId", "applyFill"] {
        if let Some(at) = out.find(&format!(" {name}=\""))
            && let Some(length) = out.get(at + name.len() + 3..).and_then(|rest| rest.find('"'))
        {
            out.replace_range(at..at + name.len() + 4 + length, "");
        }
    }
    let at = out.find("xf").map_or(0, |at| at + 2);
    out.insert_str(at, &format!(r#" fillId="{fill}" applyFill="1""#));
    out
}

/// Adds lines to a counted list.
fn counted(text: &mut String, list: &str, lines: &str, count: usize) -> Result<(), OriginalError> {
    let broken = || OriginalError::Xml { part: STYLES.to_owned() };
    let end = text.find(&format!("</{list}>")).or_else(|| text.find(&format!(":{list}>"))).ok_or_else(broken)?;
    text.insert_str(end, lines);
    let start = text.find(&format!("<{list}")).ok_or_else(broken)?;
    let tag_end = text.get(start..).and_then(|rest| rest.find('>')).ok_or_else(broken)? + start;
    let tag = text.get(start..tag_end).unwrap_or_default();
    if let Some(at) = tag.find("count=\"") {
        let from = start + at + "count=\"".len();
        let length = text.get(from..).and_then(|rest| rest.find('"')).ok_or_else(broken)?;
        text.replace_range(from..from + length, &count.to_string());
    }
    Ok(())
}
