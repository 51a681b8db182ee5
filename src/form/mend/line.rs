//! 分段 (line): the lines of a text dump, as runs of tables and of running text.

use super::group;
use super::lexicon::Lexicon;
use super::piece::{Piece, Row};
use crate::form::Column;

/// One line of a text dump.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub number: usize,
    /// Its page, where the dump has page breaks.
    pub page: Option<usize>,
    pub text: &'a str,
}

/// A stretch of lines that belong together.
#[derive(Debug)]
pub(super) enum Run<'a> {
    /// Running text.
    Prose(&'a [Line<'a>]),
    /// 逐格成行: one cell a line.
    CellLines(Vec<Row>),
    /// 分隔符: cells between tabs or bars, with the lines they came from.
    Separated(Vec<Row>, &'a [Line<'a>]),
}

/// How one line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Blank,
    Plain,
    /// A tab at the start and nowhere else.
    Cell,
    Tabbed,
    Barred,
}

fn shape(text: &str) -> Shape {
    let trimmed = text.trim();
    match text.strip_prefix('\t') {
        Some(rest) if !rest.contains('\t') => Shape::Cell,
        // A tab between bars belongs to a cell.
        _ if trimmed.starts_with('|') && trimmed.ends_with('|') && trimmed.matches('|').count() > 2 => Shape::Barred,
        _ if text.contains('\t') => Shape::Tabbed,
        _ if trimmed.is_empty() => Shape::Blank,
        _ if trimmed.starts_with('|') && trimmed.matches('|').count() > 1 => Shape::Barred,
        _ => Shape::Plain,
    }
}

/// Whether rows between separators were broken at the width of a page: a heading goes on in the next line, and several
/// lines without a separator follow rows directly.
fn is_flowing(lines: &[Line], shapes: &[Shape], lexicon: &Lexicon) -> bool {
    const FEWEST: usize = 3;
    let broken = shapes.windows(2).filter(|pair| matches!(pair, [Shape::Tabbed, Shape::Plain])).count();
    let columns = |line: &Line| -> Option<Vec<Column>> {
        let cells = line.text.split('\t').filter(|cell| !cell.trim().is_empty());
        cells.map(|cell| lexicon.vocabulary.column(cell)).collect()
    };
    let goes_on = |pair: &[Line]| {
        let [first, second] = pair else { return false };
        let is_heading = columns(first).is_some_and(|columns| columns.len() > 2 && columns.contains(&Column::Level1));
        is_heading && columns(second).is_some_and(|columns| columns.iter().any(|column| CLOSING.contains(column)))
    };
    broken >= FEWEST && lines.windows(2).any(goes_on)
}

/// Columns that no second level of a heading has.
const CLOSING: [Column; 6] =
    [Column::Weight, Column::Score, Column::Rule, Column::Evidence, Column::Reason, Column::Actual];

/// Cuts the lines into runs.
pub(super) fn runs<'a>(lines: &'a [Line<'a>], lexicon: &Lexicon) -> Vec<Run<'a>> {
    let shapes: Vec<Shape> = lines.iter().map(|line| shape(line.text)).collect();
    if is_flowing(lines, &shapes, lexicon) {
        return vec![Run::Prose(lines)];
    }
    let mut runs = Vec::new();
    let mut prose = 0;
    let mut at = 0;
    while at < lines.len() {
        let found = cell_lines(lines, &shapes, at, lexicon).or_else(|| separated(lines, &shapes, at, lexicon));
        let Some((run, end)) = found else {
            at += 1;
            continue;
        };
        let Some(run) = run else {
            at = end;
            continue;
        };
        if prose < at {
            runs.push(Run::Prose(&lines[prose..at]));
        }
        runs.push(run);
        at = end;
        prose = end;
    }
    if prose < lines.len() {
        runs.push(Run::Prose(&lines[prose..]));
    }
    runs
}

/// A run, or none where the lines are running text after all, and the line after its last.
type Found<'a> = Option<(Option<Run<'a>>, usize)>;

/// A run of rows of one cell a line: blocks between blank lines, each line of which begins with a tab or continues a cell.
fn cell_lines<'a>(lines: &'a [Line<'a>], shapes: &[Shape], start: usize, lexicon: &Lexicon) -> Found<'a> {
    if shapes.get(start) != Some(&Shape::Cell) {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut at = start;
    let mut end = start;
    while at < lines.len() {
        let stop = (at..lines.len()).find(|line| shapes[*line] == Shape::Blank).unwrap_or(lines.len());
        let block = &shapes[at..stop];
        let count = |wanted| block.iter().filter(|shape| **shape == wanted).count();
        if count(Shape::Barred) > 0 || count(Shape::Tabbed) >= count(Shape::Cell) {
            break;
        }
        take_block(&lines[at..stop], &mut rows, lexicon);
        end = stop;
        at = (stop..lines.len()).find(|line| shapes[*line] != Shape::Blank).unwrap_or(lines.len());
    }
    (end > start).then(|| (is_form(&rows, lexicon).then_some(Run::CellLines(rows)), end))
}

/// Adds the cells of one block; lines before its first tab continue the last cell of the block before. A tab within a line
/// belongs to the text.
fn take_block(mut lines: &[Line], rows: &mut Vec<Row>, lexicon: &Lexicon) {
    let plain = lines.iter().take_while(|line| !line.text.starts_with('\t')).count();
    let (before, cells) = lines.split_at(plain);
    if before.iter().any(|line| lexicon.vocabulary.form_kind(line.text).is_some()) {
        rows.extend(before.iter().map(|line| row_of(std::iter::once(line.text.to_owned()), line.number)));
        lines = cells;
    }
    let mut row = Row { line: lines.first().map_or(0, |line| line.number), ..Row::default() };
    for line in lines {
        if let Some(text) = line.text.strip_prefix('\t') {
            row.pieces.push(Piece::new(row.pieces.len(), text, line.number));
            continue;
        }
        let last = if row.pieces.is_empty() {
            rows.last_mut().and_then(|row| row.pieces.last_mut())
        } else {
            row.pieces.last_mut()
        };
        match last {
            Some(cell) => cell.text.push_str(&format!("\n{}", line.text)),
            None => row.pieces.push(Piece::new(0, line.text, line.number)),
        }
    }
    rows.push(row);
}

/// Whether rows are those of a form rather than indented paragraphs.
fn is_form(rows: &[Row], lexicon: &Lexicon) -> bool {
    let many = rows.iter().filter(|row| row.pieces.len() > 1).count();
    let known = |piece: &Piece| {
        lexicon.vocabulary.label(&piece.text).is_some() || lexicon.vocabulary.column(&piece.text).is_some()
    };
    many > 1 && rows.iter().flat_map(Row::filled).any(known)
}

/// A run of rows between tabs or bars; blank lines inside are page breaks.
fn separated<'a>(lines: &'a [Line<'a>], shapes: &[Shape], start: usize, lexicon: &Lexicon) -> Found<'a> {
    let barred = match shapes.get(start)? {
        Shape::Tabbed => false,
        Shape::Barred => true,
        Shape::Cell => return None,
        _ => return None,
    };
    const LONGEST_GAP: usize = 3;
    let belongs = |shape: Shape| match shape {
        Shape::Barred => barred,
        Shape::Tabbed | Shape::Cell => !barred,
        Shape::Blank | Shape::Plain => false,
    };
    let mut rows = Vec::new();
    let mut end = start;
    let mut at = start;
    while at < lines.len() && at - end <= LONGEST_GAP {
        match shapes[at] {
            Shape::Blank => {}
            shape if belongs(shape) => {
                let line = &lines[at];
                if barred {
                    barred_row(line, &mut rows)
                } else {
                    rows.push(tabbed_row(line))
                }
                end = at + 1;
            }
            Shape::Plain if end == at => {
                let Some(length) = continuation(lines, shapes, at, lexicon) else { break };
                continue_cell(&mut rows, &lines[at..at + length]);
                end = at + length;
                at = end - 1;
            }
            _ => break,
        }
        at += 1;
    }
    Some((Some(Run::Separated(rows, lines.get(start..end).unwrap_or_default())), end))
}

/// How many lines without a separator go on a cell: they stand directly between two rows, and none is a caption.
fn continuation(lines: &[Line], shapes: &[Shape], start: usize, lexicon: &Lexicon) -> Option<usize> {
    const LONGEST: usize = 40;
    let length = shapes.get(start..)?.iter().take(LONGEST).take_while(|shape| **shape == Shape::Plain).count();
    let closes = matches!(shapes.get(start + length), Some(Shape::Tabbed | Shape::Barred));
    let text = |line: &Line| line.text.trim().to_owned();
    let sections = &lexicon.vocabulary.dump.section_starts;
    let speaks = |line: &Line| {
        let text = text(line);
        lexicon.vocabulary.form_kind(&text).is_some()
            || text.starts_with(['(', '（'])
            || sections.iter().any(|start| text.starts_with(start.as_str()))
    };
    let own = lines.get(start..start + length)?;
    (closes && !own.iter().any(speaks)).then_some(length)
}

/// Adds lines to the last cell that holds something.
fn continue_cell(rows: &mut [Row], lines: &[Line]) {
    let cell = rows.last_mut().and_then(|row| row.pieces.iter_mut().rev().find(|piece| !piece.is_blank()));
    if let Some(cell) = cell {
        lines.iter().for_each(|line| cell.text.push_str(&format!("\n{}", line.text)));
    }
}

fn tabbed_row(line: &Line) -> Row {
    let cells = line.text.trim_end_matches(['\r', '\n']).split('\t').map(|cell| cell.trim().to_owned());
    row_of(cells, line.number)
}

/// Adds a row between bars; the rule below a heading opens a table with the row above it.
fn barred_row(line: &Line, rows: &mut Vec<Row>) {
    let text = line.text.trim();
    if text.chars().all(|c| "|-: ".contains(c)) && text.contains("--") {
        rows.iter_mut().last().into_iter().for_each(|row| row.opens = true);
        return;
    }
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.extend((escaped && c != '|').then_some('\\'));
                    cell.push(c);
                }
            }
        }
        escaped = false;
    }
    rows.push(row_of(cells.into_iter().map(|cell| cell.trim().to_owned()), line.number));
}

fn row_of(cells: impl Iterator<Item = String>, line: usize) -> Row {
    let pieces = cells.enumerate().map(|(position, text)| Piece::new(position, text, line)).collect();
    Row { pieces, line, opens: false }
}

/// The rows of a run as tables: a caption, or the row above a rule, begins a new one.
pub(super) fn tables(rows: Vec<Row>, lexicon: &Lexicon) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = vec![Vec::new()];
    for row in rows {
        let first = row.filled().next();
        let caption = first.is_some_and(|piece| lexicon.vocabulary.form_kind(&piece.text).is_some());
        let is_group = group::announced(&row, lexicon).is_some();
        let begins = row.opens || caption && !is_group && row.filled().count() == 1;
        match tables.last_mut() {
            Some(table) if !begins || table.is_empty() => table.push(row),
            _ => tables.push(vec![row]),
        }
    }
    tables.retain(|table| !table.is_empty());
    tables
}
