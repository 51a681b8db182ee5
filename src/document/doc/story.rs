//! From characters to paragraphs and tables.

use super::super::symbol::symbol;
use super::super::{Block, Limits, Paragraph, ReadError};
use super::grid::{Row, table};
use super::property::{CharacterProperties, ParagraphProperties};

/// Characters that mean something else than themselves.
const CELL_MARK: u16 = 0x07;
const TAB: u16 = 0x09;
const LINE_BREAK: u16 = 0x0b;
const PAGE_BREAK: u16 = 0x0c;
const PARAGRAPH_MARK: u16 = 0x0d;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const NO_BREAK_HYPHEN: u16 = 0x1e;
/// Stands in the text where the properties name a symbol.
const SYMBOL_PLACE: u16 = 0x28;

/// The text as far as it is read.
pub(super) struct Story<'a> {
    pub blocks: Vec<Block>,
    limits: &'a Limits,
    paragraph: String,
    cell: String,
    row: Vec<String>,
    rows: Vec<Row>,
    /// Open fields; `true` while the instruction, which is not shown, is read.
    fields: Vec<bool>,
    /// The first half of a character beyond the 16-bit ones.
    high: Option<u16>,
}

impl<'a> Story<'a> {
    /// A text of which nothing is read yet.
    pub fn new(limits: &'a Limits) -> Self {
        Story {
            blocks: Vec::new(),
            limits,
            paragraph: String::new(),
            cell: String::new(),
            row: Vec::new(),
            rows: Vec::new(),
            fields: Vec::new(),
            high: None,
        }
    }

    /// Adds a character; `mark` gives the properties of the paragraph it ends.
    pub fn character<'p>(
        &mut self,
        unit: u16,
        properties: CharacterProperties,
        mark: impl Fn() -> Option<&'p ParagraphProperties>,
    ) -> Result<(), ReadError> {
        match unit {
            FIELD_BEGIN => self.fields.push(true),
            FIELD_RESULT => self.fields.last_mut().into_iter().for_each(|instruction| *instruction = false),
            FIELD_END => drop(self.fields.pop()),
            CELL_MARK | PARAGRAPH_MARK => return self.mark(unit, mark().unwrap_or(&ParagraphProperties::default())),
            _ if properties.hidden || properties.deleted || self.fields.contains(&true) => {}
            PAGE_BREAK => return self.mark(unit, mark().unwrap_or(&ParagraphProperties::default())),
            LINE_BREAK => self.paragraph.push('\n'),
            TAB => self.paragraph.push('\t'),
            NO_BREAK_HYPHEN => self.paragraph.push('-'),
            SYMBOL_PLACE if properties.symbol.is_some() => {
                self.paragraph.extend(properties.symbol.and_then(|code| symbol(None, u32::from(code))));
            }
            0..=0x1f => {}
            _ => self.shown(unit),
        }
        self.limits.check_text(&self.paragraph)
    }

    fn shown(&mut self, unit: u16) {
        let high = self.high.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = high.into_iter().chain([unit]);
        let private = (0xf020..=0xf0ff).contains(&unit);
        let characters = char::decode_utf16(units).flatten();
        self.paragraph.extend(characters.filter_map(|c| if private { symbol(None, u32::from(unit)) } else { Some(c) }));
    }

    /// Ends a paragraph, a cell or a row.
    fn mark(&mut self, unit: u16, properties: &ParagraphProperties) -> Result<(), ReadError> {
        let ends_cell = unit == CELL_MARK;
        let in_table = properties.in_table || (ends_cell && !self.row.is_empty());
        if !in_table {
            self.end_table()?;
            let text = std::mem::take(&mut self.paragraph);
            self.blocks.push(Block::Paragraph(Paragraph::new(text)));
            return Ok(());
        }
        self.cell.push_str(&self.paragraph);
        self.paragraph.clear();
        if ends_cell && properties.ends_row {
            self.cell.clear();
            self.rows.push(Row { definition: properties.row.clone(), texts: std::mem::take(&mut self.row) });
            return Ok(());
        }
        if ends_cell {
            let text = std::mem::take(&mut self.cell);
            self.limits.check_text(&text)?;
            self.row.push(text.trim_end_matches('\n').to_owned());
            return Ok(());
        }
        self.cell.push(if properties.ends_inner { '\t' } else { '\n' });
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        if !self.rows.is_empty() {
            let table = table(std::mem::take(&mut self.rows), self.limits)?;
            self.blocks.push(Block::Table(table));
        }
        Ok(())
    }

    /// Ends what is still open at the end of a story.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        if !self.row.is_empty() {
            let texts = std::mem::take(&mut self.row);
            self.rows.push(Row { definition: Default::default(), texts });
        }
        self.end_table()?;
        let text = std::mem::take(&mut self.paragraph);
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(Paragraph::new(text)));
        }
        self.cell.clear();
        self.fields.clear();
        Ok(())
    }
}
