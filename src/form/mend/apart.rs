//! 表头各行 (apart): labels with their values and the lines of the funds, printed in a line with blanks between, as cells.

use crate::document::{Block, Cell, Layout, Paragraph, Table};
use crate::vocabulary::{Label, Vocabulary};

/// Labels of a head that a line may begin with.
const HEAD: [Label; 5] = [Label::Project, Label::Unit, Label::Authority, Label::Executor, Label::Leader];

/// Fewest headings of the funds block on one line.
const FUNDS_HEADINGS: usize = 3;

/// The blocks with such lines as rows of tables; every other block as it is.
pub(super) fn set_apart(blocks: Vec<Block>, vocabulary: &Vocabulary) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut funds = false;
    for block in blocks {
        let cells = match &block {
            Block::Paragraph(paragraph) => cells(paragraph, funds, vocabulary),
            Block::Table(_) => None,
        };
        let Some((cells, begins_funds, line)) = cells else {
            funds = false;
            out.push(block);
            continue;
        };
        funds = funds || begins_funds;
        append(&mut out, cells, line);
    }
    out
}

/// Adds a row to the table before it, where that was made here, or begins one.
fn append(out: &mut Vec<Block>, texts: Vec<String>, line: Option<usize>) {
    let follows = |table: &&mut Table| {
        let last = table.cells.last().and_then(|cell| cell.line);
        table.layout == Layout::Grid && last.zip(line).is_some_and(|(last, line)| last + 1 == line)
    };
    let last = match out.last_mut() {
        Some(Block::Table(table)) => Some(table).filter(follows),
        _ => None,
    };
    let row = last.as_ref().map_or(0, |table| table.rows);
    let cells = texts.into_iter().enumerate().map(|(column, text)| Cell { line, ..Cell::single(row, column, text) });
    match last {
        Some(table) => {
            table.cells.extend(cells);
            table.rows += 1;
            table.columns = table.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        }
        None => {
            let mut table = Table::from_rows(0, Layout::Grid, vec![Vec::new()]);
            table.cells = cells.collect();
            table.columns = table.cells.len();
            out.push(Block::Table(table));
        }
    }
}

/// The cells of a line, whether it begins the funds, and its number.
fn cells(paragraph: &Paragraph, in_funds: bool, vocabulary: &Vocabulary) -> Option<(Vec<String>, bool, Option<usize>)> {
    let pieces: Vec<&str> = paragraph.text.split_whitespace().filter(|piece| *piece != "|").collect();
    let line = paragraph.place.line;
    let owned = |pieces: &[&str]| pieces.iter().map(|piece| (*piece).to_owned()).collect::<Vec<_>>();
    if pieces.iter().filter(|piece| vocabulary.funds_column(piece).is_some()).count() >= FUNDS_HEADINGS {
        return Some((owned(&pieces), true, line));
    }
    let (first, rest) = pieces.split_first()?;
    let figures = rest.iter().all(|piece| {
        piece.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '—' | '/' | '万' | '元' | '分'))
    });
    if in_funds && !rest.is_empty() && figures && first.chars().any(char::is_alphabetic) {
        return Some((owned(&pieces), false, line));
    }
    let is_label = |piece: &str| vocabulary.label(piece).is_some_and(|label| HEAD.contains(&label));
    if rest.is_empty() || !is_label(first) {
        return None;
    }
    let mut cells: Vec<String> = Vec::new();
    let mut valued = true;
    for piece in &pieces {
        match cells.last_mut() {
            _ if is_label(piece) && valued => {
                cells.push((*piece).to_owned());
                valued = false;
            }
            Some(value) if valued => value.push_str(piece),
            _ => {
                cells.push((*piece).to_owned());
                valued = true;
            }
        }
    }
    Some((cells, false, line))
}
