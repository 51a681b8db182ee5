//! Properties of paragraphs, rows and characters: lists of numbered modifications.

use super::{double_word, word};

/// Modifications of paragraphs.
const IN_TABLE: u16 = 0x2416;
const ROW_END: u16 = 0x2417;
const INNER_CELL: u16 = 0x244b;
const INNER_ROW_END: u16 = 0x244c;
/// The modifications stand in the data stream.
const IN_DATA: [u16; 2] = [0x6646, 0x6645];

/// Modifications of rows.
const DEFINE_TABLE: u16 = 0xd608;
const VERTICAL_MERGE: u16 = 0xd62b;
const HORIZONTAL_MERGE: u16 = 0x5624;

/// Modifications of characters.
const HIDDEN: u16 = 0x083c;
const DELETED: u16 = 0x0800;
const SYMBOL: u16 = 0x6a09;

/// A cell of a table definition takes as many bytes.
const CELL_BYTES: usize = 20;

/// The bits of a cell definition that say how it is merged.
const HORIZONTAL_BITS: u16 = 0x03;
const VERTICAL_BITS: u16 = 0x60;

/// 段落属性: whether a paragraph mark stands in a table, and the row it ends.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub in_table: bool,
    /// The mark ends a row of the outer table.
    pub ends_row: bool,
    /// The mark ends a cell or row of a table within a cell.
    pub ends_inner: bool,
    pub row: RowDefinition,
}

/// 行定义: the edges of the cells of a row, and how they are merged.
#[derive(Debug, Clone, Default)]
pub(super) struct RowDefinition {
    /// Positions of the cell borders in twentieths of a point, one more than cells.
    pub edges: Vec<i32>,
    cells: Vec<u16>,
}

impl RowDefinition {
    /// The cell begins a set of cells merged from left to right.
    pub fn begins_horizontal(&self, cell: usize) -> bool {
        self.bits(cell) & HORIZONTAL_BITS == 1
    }

    /// The cell belongs to the set that began to its left.
    pub fn continues_horizontal(&self, cell: usize) -> bool {
        self.bits(cell) & HORIZONTAL_BITS >= 2
    }

    /// The cell belongs to a vertical merge.
    pub fn is_vertical(&self, cell: usize) -> bool {
        self.bits(cell) & VERTICAL_BITS != 0
    }

    /// The cell belongs to the vertical merge that began above.
    pub fn continues_vertical(&self, cell: usize) -> bool {
        self.bits(cell) & VERTICAL_BITS == 0x20
    }

    fn bits(&self, cell: usize) -> u16 {
        self.cells.get(cell).copied().unwrap_or(0)
    }

    fn define(&mut self, operand: &[u8]) {
        let count = usize::from(operand.get(2).copied().unwrap_or(0));
        let edge = |index: usize| word(operand, 3 + 2 * index).map(|edge| i32::from(edge.cast_signed()));
        self.edges = (0..=count).map_while(edge).collect();
        let first = 3 + 2 * (count + 1);
        self.cells = (0..count).map(|index| word(operand, first + CELL_BYTES * index).unwrap_or(0)).collect();
    }

    fn merge_vertically(&mut self, cell: u8, merge: u8) {
        if let Some(bits) = self.cells.get_mut(usize::from(cell)) {
            *bits = (*bits & !VERTICAL_BITS) | ((u16::from(merge) & 3) << 5);
        }
    }

    fn merge_horizontally(&mut self, first: u8, end: u8) {
        for cell in first..end {
            if let Some(bits) = self.cells.get_mut(usize::from(cell)) {
                *bits = (*bits & !HORIZONTAL_BITS) | if cell == first { 1 } else { 2 };
            }
        }
    }
}

impl ParagraphProperties {
    /// Applies a list of modifications.
    pub fn parse(modifications: &[u8], data: &[u8]) -> Self {
        let mut properties = ParagraphProperties::default();
        properties.apply(modifications, Some(data));
        properties
    }

    /// Lists in the data stream do not refer to others.
    fn apply(&mut self, modifications: &[u8], data: Option<&[u8]>) {
        for (code, operand) in Modifications(modifications) {
            let flag = operand.first().is_some_and(|value| *value != 0);
            match code {
                IN_TABLE => self.in_table = flag,
                ROW_END => self.ends_row = flag,
                INNER_CELL | INNER_ROW_END => self.ends_inner |= flag,
                DEFINE_TABLE => self.row.define(operand),
                VERTICAL_MERGE => {
                    if let [_, cell, merge, ..] = operand {
                        self.row.merge_vertically(*cell, *merge);
                    }
                }
                HORIZONTAL_MERGE => {
                    if let [first, end, ..] = operand {
                        self.row.merge_horizontally(*first, *end);
                    }
                }
                _ if IN_DATA.contains(&code) => {
                    if let Some(list) = data.and_then(|data| list_in_data(data, operand)) {
                        self.apply(list, None);
                    }
                }
                _ => {}
            }
        }
    }
}

fn list_in_data<'a>(data: &'a [u8], operand: &[u8]) -> Option<&'a [u8]> {
    let offset = double_word(operand, 0)? as usize;
    let start = offset.checked_add(2)?;
    data.get(start..start.checked_add(usize::from(word(data, offset)?))?)
}

/// 字符属性: whether a character is shown, and the symbol it stands for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CharacterProperties {
    pub hidden: bool,
    pub deleted: bool,
    pub symbol: Option<u16>,
}

impl CharacterProperties {
    /// Applies a list of modifications.
    pub fn parse(modifications: &[u8]) -> Self {
        let mut properties = CharacterProperties::default();
        for (code, operand) in Modifications(modifications) {
            let flag = operand.first() == Some(&1);
            match code {
                HIDDEN => properties.hidden = flag,
                DELETED => properties.deleted = flag,
                SYMBOL => properties.symbol = word(operand, 2),
                _ => {}
            }
        }
        properties
    }

    /// The modification that a piece carries within its own entry.
    pub fn of_piece(short: u16) -> Self {
        let deleted = (short >> 1) & 0x7f == 0x41 && short >> 8 == 1;
        CharacterProperties { deleted, ..CharacterProperties::default() }
    }

    /// These properties and those of the piece.
    pub fn merged(self, piece: CharacterProperties) -> Self {
        CharacterProperties {
            hidden: self.hidden || piece.hidden,
            deleted: self.deleted || piece.deleted,
            symbol: self.symbol.or(piece.symbol),
        }
    }
}

/// A list of modifications: the code and the operand of each.
struct Modifications<'a>(&'a [u8]);

impl<'a> Iterator for Modifications<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = word(self.0, 0)?;
        let rest = self.0.get(2..)?;
        let length = operand_length(code, rest);
        let operand = rest.get(..length).filter(|operand| !operand.is_empty())?;
        self.0 = rest.get(length..)?;
        Some((code, operand))
    }
}

/// The length of an operand follows from the code, or stands at its start.
fn operand_length(code: u16, rest: &[u8]) -> usize {
    let byte = |index: usize| rest.get(index).map_or(0, |byte| usize::from(*byte));
    match code >> 13 {
        0 | 1 => 1,
        2 | 4 | 5 => 2,
        3 => 4,
        7 => 3,
        _ if code == DEFINE_TABLE => word(rest, 0).map_or(0, |length| usize::from(length) + 1),
        // Tab stops too many to be counted in one byte.
        _ if code == 0xc615 && byte(0) == 255 => {
            let deleted = byte(1) * 4;
            2 + deleted + 1 + byte(2 + deleted) * 3
        }
        _ => byte(0) + 1,
    }
}
