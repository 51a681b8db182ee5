//! 网格 (grid): the frame of a table cut into cells.

use std::collections::BTreeMap;

use kurbo::{Point, Rect};

use super::page::Rule;
use super::ruling::{Frame, Groups, SNAP};

/// The cells of a frame. A merged cell is simply one with no rule inside.
#[derive(Debug)]
pub(in crate::document) struct Grid {
    /// Positions of the vertical and horizontal lines, ascending.
    pub columns: Vec<f64>,
    pub rows: Vec<f64>,
    pub cells: Vec<GridCell>,
    /// The cell that covers each slot, row by row.
    owner: Vec<Option<usize>>,
}

/// A rectangle of slots.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) struct GridCell {
    pub row: usize,
    pub column: usize,
    pub row_span: usize,
    pub column_span: usize,
    pub area: Rect,
    /// Whether it stands at the top or bottom of the table and is not ruled off there.
    pub open_above: bool,
    pub open_below: bool,
}

/// A rule that covers less than this share of a slot's side does not part it from its neighbour.
const COVER: f64 = 0.6;

/// More slots than this are a drawing, not a table.
const MOST_SLOTS: usize = 100_000;

/// How far a clip box may stand out of its cell, in points.
const CLIP_OVERHANG: f64 = 3.0;

/// Slots that belong together, as the rectangle around them.
struct Region {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
    slots: Vec<usize>,
}

impl Region {
    fn is_rectangle(&self) -> bool {
        self.slots.len() == (self.bottom - self.top + 1) * (self.right - self.left + 1)
    }
}

/// The lines of a frame, while it is cut into cells.
struct Lines<'f> {
    frame: &'f Frame,
    columns: Vec<f64>,
    rows: Vec<f64>,
}

impl Grid {
    /// Cuts a frame into cells, or `None` where it encloses none.
    pub fn new(frame: &Frame) -> Option<Grid> {
        let lines = Lines { frame, columns: positions(&frame.vertical), rows: positions(&frame.horizontal) };
        let slots = lines.height().checked_mul(lines.width())?;
        if slots == 0 || slots > MOST_SLOTS {
            return None;
        }
        let regions = lines.regions();
        let mut cells: Vec<GridCell> = regions.iter().flat_map(|region| lines.cells(region)).collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut owner = vec![None; slots];
        for (index, cell) in cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.row_span {
                let from = row * lines.width() + cell.column;
                if let Some(covered) = owner.get_mut(from..from + cell.column_span) {
                    covered.fill(Some(index));
                }
            }
        }
        Some(Grid { columns: lines.columns, rows: lines.rows, cells, owner })
    }

    /// The cell that a point lies in.
    pub fn cell_at(&self, point: Point) -> Option<usize> {
        let row = slot(&self.rows, point.y)?;
        let column = slot(&self.columns, point.x)?;
        self.owner.get(row * (self.columns.len() - 1) + column).copied().flatten()
    }

    /// The cell that a producer clips text to, if the clip box is that of a cell.
    pub fn cell_of_clip(&self, clip: Rect) -> Option<usize> {
        let index = self.cell_at(clip.center())?;
        let area = self.cells.get(index)?.area.inflate(CLIP_OVERHANG, CLIP_OVERHANG);
        let inside = clip.x0 > area.x0 && clip.x1 < area.x1 && clip.y0 > area.y0 && clip.y1 < area.y1;
        inside.then_some(index)
    }

    /// The cell, below the last row, that text at a point runs on from: a cell cut by the page break, where others of the
    /// row are ruled off. `reached` is how far down the text of each cell reaches.
    pub fn cell_running_on(&self, point: Point, reached: &[f64], leading: f64) -> Option<usize> {
        let bottom = self.area().y1;
        if point.y < bottom || self.cells.iter().filter(|cell| cell.area.y1 == bottom).all(|cell| cell.open_below) {
            return None;
        }
        self.cells.iter().zip(reached).position(|(cell, reached)| {
            let in_column = point.x >= cell.area.x0 && point.x < cell.area.x1;
            cell.open_below && in_column && point.y - reached.max(bottom) < leading
        })
    }

    /// The area inside the outer rules.
    pub fn area(&self) -> Rect {
        let (first, last) = (|lines: &[f64]| lines.first().copied(), |lines: &[f64]| lines.last().copied());
        let bounds = (first(&self.columns), first(&self.rows), last(&self.columns), last(&self.rows));
        match bounds {
            (Some(x0), Some(y0), Some(x1), Some(y1)) => Rect::new(x0, y0, x1, y1),
            _ => Rect::ZERO,
        }
    }
}

impl Lines<'_> {
    fn height(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    fn width(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// Whether a rule runs along the top of a slot; the row after the last has the bottom rule.
    fn ruled_above(&self, row: usize, column: usize) -> bool {
        is_ruled(&self.frame.horizontal, &self.rows, row, &self.columns, column)
    }

    /// Whether a rule runs along the left of a slot; the column after the last has the right rule.
    fn ruled_left(&self, row: usize, column: usize) -> bool {
        is_ruled(&self.frame.vertical, &self.columns, column, &self.rows, row)
    }

    /// Slots with no rule between them, taken together. Those that run out of the table and are no rectangle are left out.
    fn regions(&self) -> Vec<Region> {
        let (height, width) = (self.height(), self.width());
        let mut groups = Groups::new(height * width);
        let mut open = Vec::new();
        for row in 0..height {
            for column in 0..width {
                let slot = row * width + column;
                let (above, left) = (self.ruled_above(row, column), self.ruled_left(row, column));
                if !above && row > 0 {
                    groups.unite(slot, slot - width);
                }
                if !left && column > 0 {
                    groups.unite(slot, slot - 1);
                }
                let outer = (row == 0 && !above)
                    || (column == 0 && !left)
                    || (row + 1 == height && !self.ruled_above(height, column))
                    || (column + 1 == width && !self.ruled_left(row, width));
                if outer {
                    open.push(slot);
                }
            }
        }
        let mut regions: BTreeMap<usize, Region> = BTreeMap::new();
        for slot in 0..height * width {
            let (row, column) = (slot / width, slot % width);
            let start = Region { top: row, left: column, bottom: row, right: column, slots: Vec::new() };
            let region = regions.entry(groups.root(slot)).or_insert(start);
            region.left = region.left.min(column);
            region.right = region.right.max(column);
            region.bottom = region.bottom.max(row);
            region.slots.push(slot);
        }
        let open: std::collections::BTreeSet<usize> = open.into_iter().map(|slot| groups.root(slot)).collect();
        regions.retain(|root, region| region.is_rectangle() || !open.contains(root));
        regions.into_values().collect()
    }

    /// A rectangle is one cell; any other shape falls apart into its slots.
    fn cells(&self, region: &Region) -> Vec<GridCell> {
        if region.is_rectangle() {
            return self.cell(region.top, region.left, region.bottom, region.right).into_iter().collect();
        }
        let width = self.width();
        region
            .slots
            .iter()
            .filter_map(|slot| self.cell(slot / width, slot % width, slot / width, slot % width))
            .collect()
    }

    fn cell(&self, top: usize, left: usize, bottom: usize, right: usize) -> Option<GridCell> {
        let (x0, x1) = (*self.columns.get(left)?, *self.columns.get(right + 1)?);
        let (y0, y1) = (*self.rows.get(top)?, *self.rows.get(bottom + 1)?);
        let area = Rect::new(x0, y0, x1, y1);
        let height = self.height();
        let is_open = |row: usize| (left..=right).any(|column| !self.ruled_above(row, column));
        Some(GridCell {
            row: top,
            column: left,
            row_span: bottom - top + 1,
            column_span: right - left + 1,
            area,
            open_above: top == 0 && (self.frame.open_top || is_open(0)),
            open_below: bottom + 1 == height && (self.frame.open_bottom || is_open(height)),
        })
    }
}

/// Whether rules at line `line` of `lines` cover the side between `side` and the next of `sides`.
fn is_ruled(rules: &[Rule], lines: &[f64], line: usize, sides: &[f64], side: usize) -> bool {
    let (Some(&position), Some(&from), Some(&to)) = (lines.get(line), sides.get(side), sides.get(side + 1)) else {
        return false;
    };
    let first = rules.partition_point(|rule| rule.position < position - SNAP);
    let near = rules.iter().skip(first).take_while(|rule| rule.position <= position + SNAP);
    let covered: f64 = near.map(|rule| (rule.end.min(to) - rule.start.max(from)).max(0.0)).sum();
    covered >= COVER * (to - from)
}

/// The positions of rules sorted by position, near ones once.
fn positions(rules: &[Rule]) -> Vec<f64> {
    let mut positions: Vec<f64> = Vec::new();
    for rule in rules {
        if positions.last().is_none_or(|last| rule.position - last > SNAP) {
            positions.push(rule.position);
        }
    }
    positions
}

/// The interval between ascending lines that a value lies in.
fn slot(lines: &[f64], value: f64) -> Option<usize> {
    let after = lines.partition_point(|line| *line <= value);
    (after > 0 && after < lines.len()).then(|| after - 1)
}

#[cfg(test)]
mod tests {
    use super::super::ruling::frames;
    use super::*;

    /// Two rows and two columns, the left column merged.
    fn merged_left() -> Vec<Rule> {
        vec![
            Rule::horizontal(0.0, 0.0, 100.0),
            Rule::horizontal(20.0, 50.0, 100.0),
            Rule::horizontal(40.0, 0.0, 100.0),
            Rule::vertical(0.0, 0.0, 40.0),
            Rule::vertical(50.0, 0.0, 40.0),
            Rule::vertical(100.0, 0.0, 40.0),
        ]
    }

    #[test]
    fn a_cell_without_a_rule_inside_is_merged() {
        let frames = frames(&merged_left());
        let grid = Grid::new(&frames[0]).unwrap();
        let spans: Vec<_> = grid.cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span)).collect();
        assert_eq!(spans, [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]);
        assert_eq!(grid.cell_at(Point::new(10.0, 30.0)), Some(0));
        assert_eq!(grid.cell_at(Point::new(60.0, 30.0)), Some(2));
        assert_eq!(grid.cell_at(Point::new(160.0, 30.0)), None);
    }

    #[test]
    fn a_clip_box_larger_than_any_cell_names_no_cell() {
        let frames = frames(&merged_left());
        let grid = Grid::new(&frames[0]).unwrap();
        assert_eq!(grid.cell_of_clip(Rect::new(51.0, 1.0, 99.0, 19.0)), Some(1));
        assert_eq!(grid.cell_of_clip(Rect::new(0.0, 0.0, 100.0, 40.0)), None);
    }
}
