//! .doc and .wps: Word 97 to 2003 documents, after the published description of the format ([MS-DOC]).
//!
//! The text is a sequence of characters scattered over pieces; what is a table follows from the properties of the
//! paragraph marks, and where its columns stand from the row marks.

mod grid;
mod property;
mod run;
mod story;

use std::io::{Cursor, Read};

use super::{Block, Limits, ReadError};
use property::{CharacterProperties, ParagraphProperties};
use run::{Piece, Runs};
use story::Story;

const FORMAT: &str = "Word 97-2003（.doc/.wps）";

/// Offsets in the file information block.
const FLAGS: usize = 0x0a;
const TEXT_LENGTH: usize = 0x4c;
/// Lengths of the stories between the text and the text boxes: notes, headers, comments.
const OTHER_LENGTHS: [usize; 5] = [0x50, 0x54, 0x58, 0x5c, 0x60];
const TEXT_BOX_LENGTH: usize = 0x64;
const CHARACTER_RUNS: usize = 0xfa;
const PARAGRAPH_RUNS: usize = 0x102;
const PIECES: usize = 0x1a2;
const SHORTEST_BLOCK: usize = 0x1aa;

const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE_STREAM: u16 = 0x0200;

/// The streams of a document that its text is spread over.
struct Streams {
    document: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
}

/// Reads the text, the tables and the text boxes of a document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let streams = Streams::open(bytes)?;
    let pieces = run::pieces(&streams.table, streams.at(PIECES), streams.at(PIECES + 4));
    if pieces.is_empty() {
        return Err(ReadError::damaged(FORMAT, "找不到正文的分段表"));
    }
    let paragraphs = Runs::paragraphs(&streams, streams.at(PARAGRAPH_RUNS), streams.at(PARAGRAPH_RUNS + 4));
    let characters = Runs::characters(&streams, streams.at(CHARACTER_RUNS), streams.at(CHARACTER_RUNS + 4));
    let text = streams.at(TEXT_LENGTH);
    let boxes = OTHER_LENGTHS.iter().fold(text, |sum, offset| sum.saturating_add(streams.at(*offset)));
    let mut story = Story::new(limits);
    let mut left = streams.document.len();
    for (first, end) in [(0, text), (boxes, boxes.saturating_add(streams.at(TEXT_BOX_LENGTH)))] {
        for piece in &pieces {
            read_piece(&mut story, &streams, piece, (first, end), (&paragraphs, &characters), &mut left)?;
        }
        story.finish()?;
    }
    Ok(story.blocks)
}

/// Feeds the characters of a piece that lie between two positions to the story.
///
/// Every character is stored once, so that more than `left` of them contradict the size of the file.
fn read_piece(
    story: &mut Story,
    streams: &Streams,
    piece: &Piece,
    (first, end): (usize, usize),
    (paragraphs, characters): (&Runs<ParagraphProperties>, &Runs<CharacterProperties>),
    left: &mut usize,
) -> Result<(), ReadError> {
    for position in piece.first.max(first)..piece.end.min(end) {
        let Some((unit, offset)) = piece.unit(&streams.document, position) else {
            return Err(ReadError::damaged(FORMAT, "正文读不全，文件可能被截断"));
        };
        *left = left.checked_sub(1).ok_or_else(|| ReadError::damaged(FORMAT, "正文的分段表自相矛盾"))?;
        let properties = characters.at(offset).copied().unwrap_or_default().merged(piece.properties);
        story.character(unit, properties, || paragraphs.at(offset))?;
    }
    Ok(())
}

impl Streams {
    fn open(bytes: &[u8]) -> Result<Streams, ReadError> {
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes))
            .map_err(|_| ReadError::damaged(FORMAT, "文件目录读不全，可能被截断"))?;
        let mut stream = |name: &str| {
            let mut content = Vec::new();
            if let Ok(stream) = file.open_stream(name) {
                // A stream that breaks off is read as far as it goes; what is missing is noticed where it is needed.
                let _ = stream.take(bytes.len() as u64).read_to_end(&mut content);
            }
            content
        };
        let document = stream("WordDocument");
        if document.len() < SHORTEST_BLOCK {
            return Err(ReadError::damaged(FORMAT, "正文数据缺失，文件可能被截断"));
        }
        if word(&document, 0) != Some(0xa5ec) {
            let advice = "请用 Word 或 WPS 打开，另存为 .docx 后再试。";
            return Err(ReadError::Unsupported { format: " Word 6/95 及更早的 .doc 文件", advice });
        }
        let flags = word(&document, FLAGS).unwrap_or(0);
        if flags & ENCRYPTED != 0 {
            return Err(ReadError::Encrypted { format: FORMAT });
        }
        let table = stream(if flags & SECOND_TABLE_STREAM != 0 { "1Table" } else { "0Table" });
        Ok(Streams { document, table, data: stream("Data") })
    }

    /// A number in the file information block.
    fn at(&self, offset: usize) -> usize {
        double_word(&self.document, offset).map_or(0, |value| value as usize)
    }
}

/// A 16-bit little-endian number.
fn word(bytes: &[u8], offset: usize) -> Option<u16> {
    let pair = bytes.get(offset..offset.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// A 32-bit little-endian number.
fn double_word(bytes: &[u8], offset: usize) -> Option<u32> {
    let four = bytes.get(offset..offset.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
