//! 表片 (fragment): the part of a table that stands on one page.

use super::continuation::SAME_COLUMN;
use super::grid::{Grid, GridCell};
use super::line::{lines_of_cell, text};
use super::page::{Glyph, Page};
use super::ruling::frames;
use crate::document::Doubt;

/// A table, or the part of it that stands on one page, with geometry enough to join it to the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    /// The last page that it reaches.
    pub page: usize,
    /// Top edge on its first page.
    pub top: f64,
    /// Positions of the column lines, ascending, at least two.
    pub columns: Vec<f64>,
    pub rows: usize,
    pub cells: Vec<FragmentCell>,
}

/// A cell of a fragment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FragmentCell {
    pub row: usize,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
    /// x of its left and right edge.
    pub left: f64,
    pub right: f64,
    pub text: String,
    /// Number of text lines.
    pub lines: usize,
    /// The last text line runs to the right edge, so that it may go on overleaf.
    pub is_full: bool,
    /// No rule parts it from the page before or after.
    pub open_above: bool,
    pub open_below: bool,
    pub page: usize,
    /// Why the text may be wrong, for what was read from a picture.
    pub doubt: Option<Box<Doubt>>,
}

impl FragmentCell {
    pub fn end_row(&self) -> usize {
        self.row + self.row_span
    }
}

/// The tables of a page from top to bottom, and the glyphs that stand in none of them.
pub(super) struct PageTables<'p> {
    pub fragments: Vec<Fragment>,
    pub free: Vec<&'p Glyph>,
}

/// A frame around text that takes more than this share of a page's height is an ornament, not a table of one cell.
const ORNAMENT: f64 = 0.5;

impl<'p> PageTables<'p> {
    /// Finds the tables of a page; of frames one inside the other the inner one owns its text.
    ///
    /// `above` are the columns of the last table of the page before.
    pub fn of(page: &'p Page, above: Option<&[f64]>) -> Self {
        let mut frames = frames(&page.rules);
        if let (Some(above), Some(first)) = (above, frames.iter_mut().min_by(|a, b| a.top().total_cmp(&b.top()))) {
            first.widen(above, SAME_COLUMN);
        }
        let mut grids: Vec<Grid> = frames.iter().filter_map(Grid::new).collect();
        grids.sort_by(|a, b| a.area().area().total_cmp(&b.area().area()));
        let mut free: Vec<&Glyph> = page.glyphs.iter().collect();
        let mut fragments = Vec::new();
        for grid in grids {
            if grid.cells.len() < 2 && grid.area().height() > page.height * ORNAMENT {
                continue;
            }
            let (inside, outside) = sort_into_cells(&grid, free);
            free = outside;
            fragments.extend(Fragment::new(page.number, grid, inside));
        }
        fragments.sort_by(|a, b| a.top.total_cmp(&b.top));
        free.retain(|glyph| !glyph.is_hidden());
        PageTables { fragments, free }
    }
}

/// The glyphs of each cell, and those outside the table. A clip box decides before the place of the glyph does: Excel and
/// Calc paint what does not fit over the neighbour and clip it away.
fn sort_into_cells<'p>(grid: &Grid, glyphs: Vec<&'p Glyph>) -> (Vec<Vec<&'p Glyph>>, Vec<&'p Glyph>) {
    let mut inside = vec![Vec::new(); grid.cells.len()];
    let mut outside = Vec::new();
    for glyph in glyphs {
        let clipped = glyph.clip.and_then(|clip| grid.cell_of_clip(clip));
        let cell = clipped.or_else(|| if glyph.is_hidden() { None } else { grid.cell_at(glyph.center()) });
        match cell.and_then(|index| inside.get_mut(index)) {
            Some(cell) => cell.push(glyph),
            None => outside.push(glyph),
        }
    }
    let outside = take_in_overrun(grid, &mut inside, outside);
    (inside, outside)
}

/// Greatest distance from one line of a cut cell to the next, in heights of a glyph.
const LEADING: f64 = 2.0;

/// Puts the lines below the table that a cut cell runs on with into that cell; gives the glyphs left outside.
fn take_in_overrun<'p>(grid: &Grid, inside: &mut [Vec<&'p Glyph>], mut outside: Vec<&'p Glyph>) -> Vec<&'p Glyph> {
    outside.sort_by(|a, b| a.center().y.total_cmp(&b.center().y));
    let lowest = |glyphs: &Vec<&Glyph>| glyphs.iter().map(|glyph| glyph.center().y).fold(f64::MIN, f64::max);
    let mut reached: Vec<f64> = inside.iter().map(lowest).collect();
    let mut left = Vec::with_capacity(outside.len());
    for glyph in outside {
        let center = glyph.center();
        let cell = grid.cell_running_on(center, &reached, LEADING * glyph.area.height());
        match cell.and_then(|index| inside.get_mut(index).zip(reached.get_mut(index))) {
            Some((cell, reached)) => {
                cell.push(glyph);
                *reached = center.y;
            }
            None => left.push(glyph),
        }
    }
    left
}

impl Fragment {
    fn new(page: usize, grid: Grid, glyphs: Vec<Vec<&Glyph>>) -> Option<Fragment> {
        if glyphs.iter().all(Vec::is_empty) {
            return None;
        }
        let (top, rows) = (grid.area().y0, grid.rows.len() - 1);
        let cells =
            grid.cells.iter().zip(&glyphs).map(|(cell, glyphs)| FragmentCell::new(page, cell, glyphs)).collect();
        let mut fragment = Fragment { page, top, columns: grid.columns, rows, cells };
        fragment.drop_empty_top();
        Some(fragment)
    }

    /// Drops first rows of a single empty cell: the strip below a rule that belongs to the page, not to the table.
    fn drop_empty_top(&mut self) {
        let width = self.width();
        while self.cells.first().is_some_and(|cell| {
            cell.row_span == 1 && cell.column_span == width && cell.text.is_empty() && self.rows > 1
        }) {
            self.cells.remove(0);
            for cell in &mut self.cells {
                cell.row -= 1;
            }
            self.rows -= 1;
        }
    }

    /// The texts of the cells that begin in a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &FragmentCell> {
        self.cells.iter().filter(move |cell| cell.row == row)
    }

    /// Number of columns of the grid.
    pub fn width(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }
}

/// A last line is full where less room is left than this many glyph heights and points.
const ROOM_IN_HEIGHTS: f64 = 2.0;
const ROOM: f64 = 12.0;

impl FragmentCell {
    fn new(page: usize, cell: &GridCell, glyphs: &[&Glyph]) -> Self {
        let lines = lines_of_cell(glyphs);
        let is_full = lines
            .last()
            .is_some_and(|line| cell.area.width() - line.area.width() < ROOM_IN_HEIGHTS * line.area.height() + ROOM);
        FragmentCell {
            row: cell.row,
            column: cell.column,
            row_span: cell.row_span,
            column_span: cell.column_span,
            left: cell.area.x0,
            right: cell.area.x1,
            text: text(&lines),
            lines: lines.len(),
            is_full,
            open_above: cell.open_above,
            open_below: cell.open_below,
            page,
            doubt: doubt_of(glyphs),
        }
    }
}

/// The doubts of a cell's lines as one. How the whole cell may read instead is told where one line alone makes it up.
fn doubt_of(glyphs: &[&Glyph]) -> Option<Box<Doubt>> {
    let mut doubts = glyphs.iter().filter_map(|glyph| glyph.doubt.as_deref());
    let mut doubt = doubts.next()?.clone();
    for other in doubts {
        doubt.why = format!("{}；{}", doubt.why, other.why);
    }
    if glyphs.len() > 1 {
        doubt.others.clear();
    }
    Some(Box::new(doubt))
}
