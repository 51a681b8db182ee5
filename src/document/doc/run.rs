//! Where the characters and their properties stand in the file.

use super::property::{CharacterProperties, ParagraphProperties};
use super::{Streams, double_word, word};

/// Pages of formatted runs have a fixed size; their last byte counts the runs.
const PAGE: usize = 512;

/// A run entry of a paragraph page and of a character page takes as many bytes.
const PARAGRAPH_ENTRY: usize = 13;
const CHARACTER_ENTRY: usize = 1;

/// 文本段: characters that stand together in the file.
pub(super) struct Piece {
    /// Positions of its characters in the text, the last one not included.
    pub first: usize,
    pub end: usize,
    offset: usize,
    /// One byte for each character instead of two.
    narrow: bool,
    pub properties: CharacterProperties,
}

impl Piece {
    fn parse(table: &[u8], base: usize, index: usize, count: usize, lists: &[&[u8]]) -> Option<Piece> {
        let first = double_word(table, base.checked_add(4 * index)?)? as usize;
        let end = double_word(table, base.checked_add(4 * index + 4)?)? as usize;
        let entry = base.checked_add(4 * (count + 1) + 8 * index)?;
        let location = double_word(table, entry.checked_add(2)?)?;
        let modification = word(table, entry.checked_add(6)?).unwrap_or(0);
        let narrow = location & 0x4000_0000 != 0;
        let offset = (location & 0x3fff_ffff) as usize;
        let properties = match modification & 1 {
            1 => lists.get(usize::from(modification >> 1)).map(|list| CharacterProperties::parse(list)),
            _ => Some(CharacterProperties::of_piece(modification)),
        };
        let offset = if narrow { offset / 2 } else { offset };
        Some(Piece { first, end, offset, narrow, properties: properties.unwrap_or_default() })
    }

    /// The code of the character at a position of the text, and its offset in the file.
    pub fn unit(&self, document: &[u8], position: usize) -> Option<(u16, u32)> {
        let index = position.checked_sub(self.first)?;
        let offset = self.offset.checked_add(if self.narrow { index } else { index.checked_mul(2)? })?;
        let unit = if self.narrow { western(*document.get(offset)?) } else { word(document, offset)? };
        Some((unit, u32::try_from(offset).ok()?))
    }
}

/// Characters of one byte are those of the western code page.
fn western(byte: u8) -> u16 {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.encode_utf16().next().unwrap_or(u16::from(byte))
}

/// The pieces of the text, in its order.
pub(super) fn pieces(table: &[u8], start: usize, length: usize) -> Vec<Piece> {
    let end = start.saturating_add(length).min(table.len());
    let mut lists: Vec<&[u8]> = Vec::new();
    let mut offset = start;
    while offset < end {
        match table.get(offset) {
            // A list of modifications that pieces refer to.
            Some(1) => {
                let size = word(table, offset + 1).map_or(0, usize::from);
                lists.push(table.get(offset + 3..offset + 3 + size).unwrap_or_default());
                offset += 3 + size;
            }
            Some(2) => {
                let size = double_word(table, offset + 1).map_or(0, |size| size as usize);
                // Four bytes for each position, one more than pieces, and eight bytes for each piece.
                let count = size.saturating_sub(4).min(table.len()) / 12;
                return (0..count).map_while(|index| Piece::parse(table, offset + 5, index, count, &lists)).collect();
            }
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// 格式区段: properties by the offsets of the characters they apply to.
pub(super) struct Runs<T> {
    /// First offset, end offset and properties, in order.
    runs: Vec<(u32, u32, T)>,
}

impl Runs<ParagraphProperties> {
    /// The paragraph runs whose pages a table at `start` lists.
    pub fn paragraphs(streams: &Streams, start: usize, length: usize) -> Self {
        Runs::collect(streams, start, length, PARAGRAPH_ENTRY, |page, offset| {
            let modifications = paragraph_modifications(page, offset).unwrap_or_default();
            ParagraphProperties::parse(modifications, &streams.data)
        })
    }
}

impl Runs<CharacterProperties> {
    /// The character runs whose pages a table at `start` lists.
    pub fn characters(streams: &Streams, start: usize, length: usize) -> Self {
        Runs::collect(streams, start, length, CHARACTER_ENTRY, |page, offset| {
            let length = page.get(offset).map_or(0, |length| usize::from(*length));
            CharacterProperties::parse(page.get(offset + 1..offset + 1 + length).unwrap_or_default())
        })
    }
}

impl<T: Default> Runs<T> {
    fn collect(
        streams: &Streams,
        start: usize,
        length: usize,
        entry: usize,
        parse: impl Fn(&[u8], usize) -> T,
    ) -> Self {
        let count = length.saturating_sub(4).min(streams.table.len()) / 8;
        let mut runs = Vec::new();
        for index in 0..count {
            let Some(number) =
                start.checked_add(4 * (count + 1) + 4 * index).and_then(|offset| double_word(&streams.table, offset))
            else {
                break;
            };
            let base = (number & 0x003f_ffff) as usize * PAGE;
            if let Some(page) = streams.document.get(base..base.saturating_add(PAGE)) {
                runs.extend(page_runs(page, entry, &parse));
            }
        }
        runs.sort_by_key(|run| run.0);
        Runs { runs }
    }

    /// The properties of the character at an offset of the file.
    pub fn at(&self, offset: u32) -> Option<&T> {
        let index = self.runs.partition_point(|run| run.0 <= offset).checked_sub(1)?;
        let (_, end, properties) = self.runs.get(index)?;
        (offset < *end).then_some(properties)
    }
}

/// The runs of a page: the offsets of their characters, then an entry for each with the place of its modifications.
fn page_runs<T: Default>(page: &[u8], entry: usize, parse: &impl Fn(&[u8], usize) -> T) -> Vec<(u32, u32, T)> {
    let count = page.last().map_or(0, |count| usize::from(*count));
    let entries = 4 * (count + 1);
    if entries + entry * count >= PAGE {
        return Vec::new();
    }
    (0..count)
        .filter_map(|index| {
            let (first, end) = (double_word(page, 4 * index)?, double_word(page, 4 * index + 4)?);
            let offset = usize::from(*page.get(entries + entry * index)?) * 2;
            let properties = if offset == 0 { T::default() } else { parse(page, offset) };
            Some((first, end, properties))
        })
        .collect()
}

/// The modifications of a paragraph: a length in words, then two bytes of style, then the list.
fn paragraph_modifications(page: &[u8], offset: usize) -> Option<&[u8]> {
    let (start, length) = match *page.get(offset)? {
        0 => (offset + 2, usize::from(*page.get(offset + 1)?) * 2),
        words => (offset + 1, usize::from(words) * 2 - 1),
    };
    let end = (start + length).min(PAGE - 1);
    page.get(start + 2..end)
}
