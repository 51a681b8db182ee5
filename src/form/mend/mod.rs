//! 修复断裂文本 (mend): text dumps and torn tables made into grids, every mending on record.
//!
//! A dump has lost the borders of its cells: one cell stands on each line, or a merged cell is left out so that its row
//! is shifted, or the rest of a row follows on the next page, or every cell is wrapped over several lines. Here the rows
//! are put back under their headings by what their cells are. What cannot be put back with certainty is left as lines,
//! and a note says so.

mod align;
mod apart;
mod block;
mod bracket;
mod even;
mod group;
mod heading;
mod label;
mod level;
mod lexicon;
mod line;
mod overleaf;
mod piece;
mod prose;
mod residue;
mod rest;
mod rival;
mod stream;
mod table;
mod value;
mod wrapped;

use crate::document::{Block, Document, Format, Layout, Paragraph, Place, Table};
use crate::vocabulary::Vocabulary;

use rust_decimal::Decimal;

use lexicon::Lexicon;
use line::{Line, Run};
use piece::{Piece, Row};
use prose::Part;
use table::Rebuilt;

/// 修复结果: the mended document, and what could not be mended.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    pub document: Document,
    pub notes: Vec<MendNote>,
}

/// 修复说明: a part of a dump that cannot be put back with certainty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MendNote {
    pub place: Place,
    /// What is wrong and what to do, in Chinese.
    pub why: String,
}

/// 修复: the document with its broken tables as grids.
///
/// Documents that are no text dump pass through, except that tables whose columns cannot be trusted are aligned and that
/// residue of markup and misread signs are put right.
pub fn mend(document: &Document, vocabulary: &Vocabulary) -> Mended {
    mend_with_trace(document, vocabulary).0
}

/// 修复并记录: as [`mend`], with what was decided line by line, for a person who looks for the reason of a reading.
pub fn mend_with_trace(document: &Document, vocabulary: &Vocabulary) -> (Mended, Vec<String>) {
    let (mended, trace) = by_lines(document, vocabulary);
    if document.source.format != Format::Text {
        return (mended, trace);
    }
    rival::better(document, vocabulary, mended, trace)
}

/// The document with what the lines of a dump show by themselves.
fn by_lines(document: &Document, vocabulary: &Vocabulary) -> (Mended, Vec<String>) {
    let lexicon = Lexicon::new(vocabulary);
    let mut mender = Mender { lexicon: &lexicon, blocks: Vec::new(), notes: Vec::new(), trace: Vec::new() };
    if document.source.format == Format::Text {
        mender.text(&document.blocks);
    } else {
        document.blocks.iter().for_each(|block| mender.block(block));
    }
    let mut blocks = bracket::tabulate(mender.blocks, &lexicon);
    number_tables(&mut blocks);
    let document = Document { source: document.source.clone(), blocks, unread: document.unread.clone() };
    (Mended { document, notes: mender.notes }, mender.trace)
}

/// Numbers the tables in reading order where mending made new ones.
fn number_tables(blocks: &mut [Block]) {
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    for (index, table) in tables.enumerate() {
        table.number = index + 1;
    }
}

struct Mender<'a> {
    lexicon: &'a Lexicon<'a>,
    blocks: Vec<Block>,
    notes: Vec<MendNote>,
    trace: Vec<String>,
}

/// Above these shares of doubtful rows, in percent, a table is named as badly read, or not read at all.
const DOUBTFUL_PERCENT: usize = 20;
const HOPELESS_PERCENT: usize = 40;

impl Mender<'_> {
    /// Mends the blocks of a text dump: its lines in runs, tables among them as any other.
    fn text(&mut self, blocks: &[Block]) {
        for group in blocks.chunk_by(|a, b| matches!((a, b), (Block::Paragraph(_), Block::Paragraph(_)))) {
            let lines: Vec<Line> = group
                .iter()
                .filter_map(|block| match block {
                    Block::Paragraph(Paragraph { text, place }) => {
                        Some(Line { number: place.line.unwrap_or(0), page: place.page, text })
                    }
                    Block::Table(_) => None,
                })
                .collect();
            if lines.is_empty() {
                group.iter().for_each(|block| self.block(block));
                continue;
            }
            for run in line::runs(&lines, self.lexicon) {
                self.run(run);
            }
        }
    }

    fn run(&mut self, run: Run) {
        match run {
            Run::Prose(lines) => self.prose(lines),
            Run::CellLines(rows) => self.rows(rows, "逐格成行", &[]),
            Run::Separated(rows, lines) => self.rows(rows, "分隔符", lines),
        }
    }

    /// Takes running text: forms wrapped over lines become tables, other lines stay.
    fn prose(&mut self, lines: &[Line]) {
        for part in prose::parts(lines, self.lexicon) {
            match part {
                Part::Lines(range) => self.lines(lines.get(range).unwrap_or_default()),
                Part::Form { rows, line, weights } => {
                    self.check_weights(line, weights);
                    self.trace.push(format!("第{line}行起：折行的表，{}行", rows.len()));
                    self.push_table(rows, &[]);
                }
                Part::Lost { lines: range, line, sound, rows } => {
                    self.trace.push(format!("第{line}行起：折行的表无法还原，{rows}行中只有{sound}行完整"));
                    self.lose(line);
                    self.paragraphs(lines.get(range).unwrap_or_default());
                }
            }
        }
    }

    /// Names a rebuilt table whose weights add up to no usual sum: a row may have been lost or cut wrongly.
    fn check_weights(&mut self, line: usize, weights: Option<Decimal>) {
        let usual = &self.lexicon.vocabulary.dump.weight_sums;
        let Some(sum) = weights.filter(|sum| !usual.contains(sum)) else { return };
        let place = Place::line(line);
        let expected: Vec<String> = usual.iter().map(Decimal::to_string).collect();
        let why = format!(
            "{place}起的表格由折行的文本还原，各行权重合计为{}，不是{}；可能有行未能还原，请对照原文核对",
            sum.normalize(),
            expected.join("或")
        );
        self.notes.push(MendNote { place, why });
    }

    fn lose(&mut self, line: usize) {
        let place = Place::line(line);
        let why = format!("{place}起的表格列已交错，无法可靠还原，请改用原文件（docx、xlsx 或带文字的 pdf）");
        self.notes.push(MendNote { place, why });
    }

    fn push_table(&mut self, rows: Vec<Vec<Piece>>, titles: &[usize]) {
        let mut table = table::table(rows, titles);
        value::mend_signs(&mut table, self.lexicon);
        self.blocks.push(Block::Table(table));
    }

    fn lines(&mut self, lines: &[Line]) {
        let mut from = 0;
        if let Some(line) = prose::scattered(lines, self.lexicon) {
            self.lose(line);
        }
        for (at, line) in lines.iter().enumerate() {
            let Some(rows) = prose::flat_block(line, self.lexicon) else { continue };
            self.paragraphs(lines.get(from..at).unwrap_or_default());
            self.trace.push(format!("第{}行：连成一行的表头区，{}项", line.number, rows.len()));
            self.push_table(rows, &[]);
            from = at + 1;
        }
        self.paragraphs(lines.get(from..).unwrap_or_default());
    }

    fn paragraphs(&mut self, lines: &[Line]) {
        let paragraphs = lines.iter().map(|line| {
            let place = Place { line: (line.number > 0).then_some(line.number), page: line.page, ..Place::default() };
            Block::Paragraph(Paragraph { text: line.text.to_owned(), place })
        });
        self.blocks.extend(paragraphs);
    }

    /// Rebuilds the tables among some rows of a dump.
    fn rows(&mut self, mut rows: Vec<Row>, dialect: &str, lines: &[Line]) {
        rows.iter_mut().flat_map(|row| &mut row.pieces).for_each(|piece| clean(piece, self.lexicon));
        for rows in line::tables(rows, self.lexicon) {
            let place = Place::line(rows.first().map_or(0, |row| row.line));
            self.trace.push(format!("{place}起：{dialect}的表，{}行", rows.len()));
            if let Some(grid) = even::grid(&rows, self.lexicon) {
                self.trace.push(format!("{place}起：各行整齐，照录"));
                self.push_table(grid, &[]);
                continue;
            }
            let rebuilt = table::rebuild(&rows, self.lexicon);
            if rebuilt.doubtful * 100 > rebuilt.aligned * HOPELESS_PERCENT && !lines.is_empty() {
                let first = rows.first().map_or(0, |row| row.line);
                let last = rows.last().map_or(0, |row| row.line);
                let own: Vec<Line> =
                    lines.iter().filter(|line| (first..=last).contains(&line.number)).copied().collect();
                self.lose(first);
                self.paragraphs(&own);
                continue;
            }
            let table = self.finish(rebuilt, place);
            self.blocks.push(Block::Table(table));
        }
    }

    fn finish(&mut self, rebuilt: Rebuilt, place: Place) -> Table {
        self.trace.extend(rebuilt.trace);
        if rebuilt.doubtful * 100 > rebuilt.aligned * DOUBTFUL_PERCENT {
            let why = format!(
                "{place}起的表格有{}行（共{}行）的单元格与表头对不齐，读出的内容可能有误，请对照原文核对，或改用原文件（docx、xlsx 或带文字的 pdf）",
                rebuilt.doubtful, rebuilt.aligned
            );
            self.notes.push(MendNote { place, why });
        }
        let mut table = table::table(rebuilt.rows, &rebuilt.titles);
        value::mend_signs(&mut table, self.lexicon);
        table
    }

    /// Mends one block of a document that is no text dump.
    fn block(&mut self, block: &Block) {
        let Block::Table(table) = block else {
            self.blocks.push(block.clone());
            return;
        };
        let mut table = table.clone();
        if table.layout == Layout::Ragged {
            let rows = printed_rows(&table, self.lexicon);
            let place = Place { table: Some(table.number), ..Place::default() };
            let mended = self.finish(table::rebuild(&rows, self.lexicon), place);
            table = Table { sheet: table.sheet, ..mended };
        } else {
            table.cells.iter_mut().for_each(|cell| {
                if let Some(text) = residue::without_markup(&cell.text, &self.lexicon.vocabulary.dump) {
                    value::record(cell, text, residue::MARKUP);
                }
            });
            value::mend_signs(&mut table, self.lexicon);
        }
        self.blocks.push(Block::Table(table));
    }
}

/// Takes residue of markup out of a cell.
fn clean(piece: &mut Piece, lexicon: &Lexicon) {
    if let Some(text) = residue::without_markup(&piece.text, &lexicon.vocabulary.dump) {
        let printed = std::mem::replace(&mut piece.text, text);
        piece.record(printed, residue::MARKUP);
    }
}

/// The rows of a table whose columns cannot be trusted.
fn printed_rows(table: &Table, lexicon: &Lexicon) -> Vec<Row> {
    let rows = table.cells.chunk_by(|a, b| a.row == b.row).map(|cells| {
        let pieces = cells.iter().map(|cell| {
            let repair = cell.repair.as_deref().cloned();
            let (line, page) = (cell.line, cell.page);
            let mut piece = Piece { position: cell.column, text: cell.text.clone(), line, page, repair };
            clean(&mut piece, lexicon);
            piece
        });
        let line = cells.first().map_or(0, |cell| cell.line.unwrap_or(cell.row + table.first_row));
        Row { pieces: pieces.collect(), line, opens: false }
    });
    rows.collect()
}
