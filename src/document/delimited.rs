//! .csv: records separated by commas, semicolons or tabs, as spreadsheet programs write them.
//!
//! Merged cells come out as blanks beside the first one; texts with tabs that are no table throughout are read as text dumps.

use super::encoding::decode;
use super::limits::Budget;
use super::workbook::Sheet;
use super::{Block, Limits, ReadError};

/// Reads the records as the rows of a sheet, cut into tables at rows without content.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Block>, ReadError> {
    let text = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut budget = Budget::new(limits);
    let mut sheet = Sheet::new("");
    // The line of each row; blank lines are no records, but part tables as rows of their own.
    let mut lines = Vec::new();
    let indexed = has_index(&text);
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(|_| ReadError::damaged("CSV 文本", "记录读不通"))?;
        if indexed && number == 0 && record.iter().all(is_column_name) {
            continue;
        }
        let position = record.position();
        if position.is_some_and(|position| follows_blank_line(&text, position.byte())) {
            lines.push(None);
        }
        let row = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.push(position.and_then(|position| usize::try_from(position.line()).ok()));
        for (column, field) in (0u32..).zip(record.iter().skip(usize::from(indexed))) {
            sheet.put(row, column, unguarded(field).to_owned(), &mut budget)?;
        }
    }
    let mut blocks = Vec::new();
    sheet.add_blocks(&mut blocks, &mut budget)?;
    for block in &mut blocks {
        if let Block::Table(table) = block {
            let first = table.first_row.saturating_sub(1);
            table.cells.iter_mut().for_each(|cell| cell.line = lines.get(first + cell.row).copied().flatten());
            // A file of records is one table; it has no sheet.
            table.sheet = None;
        }
    }
    Ok(blocks)
}

/// A text without the apostrophe that a program puts before what a spreadsheet would take for a formula.
fn unguarded(field: &str) -> &str {
    let risky = |text: &&str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    field.strip_prefix('\'').filter(risky).unwrap_or(field)
}

/// Records that are looked at to tell a column of record numbers.
const LOOKED_AT: usize = 30;

/// Fewest numbered records that tell it.
const FEWEST_NUMBERED: usize = 4;

/// Whether the first column only numbers the records from 0, as programs for data analysis write it under a blank heading.
fn has_index(text: &str) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let firsts: Vec<String> = reader
        .records()
        .take(LOOKED_AT)
        .map_while(Result::ok)
        .map(|record| record.get(0).unwrap_or_default().trim().to_owned())
        .collect();
    let Some((heading, numbers)) = firsts.split_first() else { return false };
    heading.is_empty()
        && numbers.len() >= FEWEST_NUMBERED
        && numbers.iter().enumerate().all(|(index, first)| *first == index.to_string())
}

/// What such a program writes above a column without a name.
fn is_column_name(field: &str) -> bool {
    field.is_empty() || field.starts_with("Unnamed:") || field.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the record that begins at a byte (line ends before it included) has a blank line before it.
fn follows_blank_line(text: &str, byte: u64) -> bool {
    let Some(start) = usize::try_from(byte).ok().filter(|start| *start > 0) else { return false };
    let (Some(before), Some(after)) = (text.get(..start), text.get(start..)) else { return false };
    let after = if before.ends_with('\r') { after.strip_prefix('\n').unwrap_or(after) } else { after };
    after.starts_with(['\r', '\n'])
}

/// The separator that stands in the first lines most often.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().take(30);
    let count = |separator| head.clone().map(|line| line.matches(separator).count()).sum::<usize>();
    let (commas, semicolons) = (count(','), count(';'));
    // Commas stand in sentences, tabs only between cells.
    match count('\t') {
        tabs if tabs > 0 && head.clone().any(|line| line.matches('\t').count() > 2) => b'\t',
        _ if semicolons > commas => b';',
        _ => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_tables_and_line_breaks_in_cells_do_not() {
        let text = "项目名称,甲\r\n指标,\"第一行\n第二行\"\r\n分值,10\r\n\r\n项目名称,乙\r\n";
        let blocks = read(text.as_bytes(), &Limits::default()).unwrap_or_default();
        let tables: Vec<Vec<&str>> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Table(table) => Some(table.cells.iter().map(|cell| cell.text.as_str()).collect()),
                Block::Paragraph(_) => None,
            })
            .collect();
        let first = vec!["项目名称", "甲", "指标", "第一行\n第二行", "分值", "10"];
        assert_eq!(tables, [first, vec!["项目名称", "乙"]]);
    }
}
