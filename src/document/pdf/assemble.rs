//! 成文 (assemble): the tables and lines of all pages in reading order.

use kurbo::Rect;

use super::continuation::is_continuation;
use super::fragment::{Fragment, PageTables};
use super::furniture::Furniture;
use super::join::join;
use super::line::{Line, lines_of_page};
use super::page::Page;
use super::ruleless::{Part, RulelessTables, TextRows};
use crate::document::{Block, Cell, Layout, Paragraph, Place, Table};

/// One thing on a page, before tables are joined over pages.
enum Piece {
    Line { line: Line, page: usize },
    Fragment(Fragment),
    Rows { rows: TextRows, page: usize },
}

impl Piece {
    fn top(&self) -> f64 {
        match self {
            Piece::Line { line, .. } => line.area.center().y,
            Piece::Fragment(fragment) => fragment.top,
            Piece::Rows { rows, .. } => rows.top,
        }
    }
}

/// The blocks of a document in reading order; running heads and page numbers are left out.
pub(super) fn assemble(pages: &[Page]) -> Vec<Block> {
    let mut furniture = Furniture::default();
    let mut read: Vec<(&Page, Vec<Fragment>, Vec<Line>)> = Vec::new();
    for page in pages {
        let above = read.last().and_then(|(_, fragments, _)| fragments.last());
        let tables = PageTables::of(page, above.map(|fragment| fragment.columns.as_slice()));
        let lines = lines_of_page(&tables.free);
        furniture.note(&lines, page.height);
        read.push((page, tables.fragments, lines));
    }
    let mut blocks = Blocks::default();
    let mut ruleless = RulelessTables::default();
    for (page, fragments, lines) in read {
        let kept: Vec<Line> = lines.into_iter().filter(|line| !furniture.is(line, page.height)).collect();
        let parts = ruleless.part(kept);
        let piece = |part| match part {
            Part::Line(line) => Piece::Line { line, page: page.number },
            Part::Rows(rows) => Piece::Rows { rows, page: page.number },
        };
        let mut pieces: Vec<Piece> = parts.into_iter().map(piece).collect();
        pieces.extend(fragments.into_iter().map(Piece::Fragment));
        pieces.sort_by(|a, b| a.top().total_cmp(&b.top()));
        let margins = Margins::of(&pieces);
        for piece in pieces {
            match piece {
                Piece::Line { line, page } => blocks.add_line(line, page, &margins),
                Piece::Fragment(fragment) => blocks.add_fragment(fragment),
                Piece::Rows { rows, page } => blocks.add_rows(rows, page),
            }
        }
    }
    blocks.finish()
}

/// The left and right edge of what stands on a page.
struct Margins {
    left: f64,
    right: f64,
}

impl Margins {
    fn of(pieces: &[Piece]) -> Self {
        let edges = pieces.iter().map(|piece| match piece {
            Piece::Line { line, .. } => (line.area.x0, line.area.x1),
            Piece::Fragment(fragment) => (
                fragment.columns.first().copied().unwrap_or(f64::MAX),
                fragment.columns.last().copied().unwrap_or(f64::MIN),
            ),
            Piece::Rows { .. } => (f64::MAX, f64::MIN),
        });
        let none = Margins { left: f64::MAX, right: f64::MIN };
        edges.fold(none, |margins, (x0, x1)| Margins { left: margins.left.min(x0), right: margins.right.max(x1) })
    }
}

/// The blocks so far; the last table stays open as long as it may go on overleaf.
#[derive(Default)]
struct Blocks {
    blocks: Vec<Block>,
    tables: usize,
    open: Option<Fragment>,
    /// Where the last line stands, if it may go on in the next.
    last_line: Option<(Rect, usize)>,
}

impl Blocks {
    fn add_fragment(&mut self, fragment: Fragment) {
        self.last_line = None;
        self.open = match self.open.take() {
            Some(above) if is_continuation(&above, &fragment) => Some(join(above, fragment)),
            Some(above) => {
                self.add_table(above);
                Some(fragment)
            }
            None => Some(fragment),
        };
    }

    fn add_line(&mut self, line: Line, page: usize, margins: &Margins) {
        self.close_table();
        let wraps = self.last_line.is_some_and(|(last, on)| on == page && is_wrapped(last, &line, margins));
        self.last_line = Some((line.area, page));
        match self.blocks.last_mut() {
            Some(Block::Paragraph(paragraph)) if wraps => paragraph.text.push_str(&line.text),
            _ => {
                let place = Place { page: Some(page), ..Place::default() };
                self.blocks.push(Block::Paragraph(Paragraph { text: line.text, place }));
            }
        }
    }

    fn add_rows(&mut self, rows: TextRows, page: usize) {
        self.close_table();
        self.last_line = None;
        let on_page = |mut table: Table| {
            table.cells.iter_mut().for_each(|cell| cell.page = Some(page));
            table
        };
        match self.blocks.last_mut() {
            Some(Block::Table(above)) if rows.goes_on && above.layout == Layout::Ragged => {
                let below = on_page(Table::from_rows(above.number, Layout::Ragged, rows.rows));
                let shift = above.rows;
                above.rows += below.rows;
                above.columns = above.columns.max(below.columns);
                above.cells.extend(below.cells.into_iter().map(|cell| Cell { row: cell.row + shift, ..cell }));
            }
            _ => {
                self.tables += 1;
                let table = on_page(Table::from_rows(self.tables, Layout::Ragged, rows.rows));
                self.blocks.push(Block::Table(table));
            }
        }
    }

    fn close_table(&mut self) {
        if let Some(fragment) = self.open.take() {
            self.add_table(fragment);
        }
    }

    fn add_table(&mut self, fragment: Fragment) {
        self.tables += 1;
        self.blocks.push(Block::Table(table(fragment, self.tables)));
    }

    fn finish(mut self) -> Vec<Block> {
        self.close_table();
        self.blocks
    }
}

/// Room that a full line may leave where a sign may not begin the next one, and shift of a line begun at the margin, in heights.
const LINE_END: f64 = 2.6;
const LINE_START: f64 = 0.8;

/// Width of a letter or digit, in heights: a word or number that does not fit goes to the next line whole.
const LETTER: f64 = 0.6;

/// Greatest distance of the lines of one paragraph, in heights of a line.
const LEADING: f64 = 2.6;

/// Whether the line at `next` is the rest of the paragraph whose line at `last` ran to the right margin.
fn is_wrapped(last: Rect, next: &Line, margins: &Margins) -> bool {
    let height = last.height();
    let unbroken = next.text.chars().take_while(|c| c.is_ascii_graphic()).count() as f64 * LETTER;
    let next = next.area;
    let is_like = (height - next.height()).abs() < height * 0.15;
    let is_full = margins.right - last.x1 < height * (LINE_END + unbroken);
    let at_margin = next.x0 - margins.left < height * LINE_START;
    is_like && is_full && at_margin && next.center().y - last.center().y < height * LEADING
}

fn table(fragment: Fragment, number: usize) -> Table {
    let (rows, columns) = (fragment.rows, fragment.width());
    let cell = |cell: super::fragment::FragmentCell| Cell {
        row: cell.row,
        column: cell.column,
        row_span: cell.row_span,
        column_span: cell.column_span,
        text: cell.text,
        line: None,
        page: Some(cell.page),
        repair: None,
        doubt: cell.doubt,
    };
    let cells = fragment.cells.into_iter().map(cell).collect();
    Table { number, sheet: None, layout: Layout::Grid, rows, columns, cells, first_row: 1, first_column: 1 }
}
