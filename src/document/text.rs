//! 纯文本 (text): one paragraph for each line, tabs and blank lines kept.
//!
//! What the lines of a text dump mean is not decided here.

use super::encoding::decode;
use super::{Block, Limits, Paragraph, Place, ReadError};

/// Decodes a text and cuts it into lines, each with its number. Form feeds (page breaks of a dump)
/// are dropped; where there are any, every line knows its page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let text = decode(bytes)?;
    let text = text.trim_end();
    let mut blocks = Vec::new();
    let paged = text.contains('\u{c}');
    let mut page = 1usize;
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        limits.check_text(line)?;
        page = page.saturating_add(line.matches('\u{c}').count());
        let place = Place { page: paged.then_some(page), ..Place::line(index.saturating_add(1)) };
        blocks.push(Block::Paragraph(Paragraph { text: line.replace('\u{c}', ""), place }));
    }
    if blocks.len() > limits.cells {
        return Err(ReadError::too_large("文本行数", blocks.len(), limits.cells));
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_tabs_and_blank_lines() {
        let blocks = read("一级指标\t二级指标\r\n\r\n\t产出指标\n".as_bytes(), &Limits::default()).unwrap_or_default();
        let lines: Vec<(&str, Option<usize>)> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some((paragraph.text.as_str(), paragraph.place.line)),
                Block::Table(_) => None,
            })
            .collect();
        assert_eq!(lines, [("一级指标\t二级指标", Some(1)), ("", Some(2)), ("\t产出指标", Some(3))]);
    }
}
