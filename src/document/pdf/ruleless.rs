//! 无框线表 (ruleless): tables that are set with blank space alone, or with horizontal rules only.
//!
//! A line with several headings of an indicator table shows where the columns stand; the lines below it are rows as long as
//! their pieces fit. Merged labels and wrapped cells cannot be told from the paper, so the table is ragged.

use std::collections::BTreeSet;

use super::line::{Line, Piece};
use crate::vocabulary::Vocabulary;

/// A line with at least this many different headings of an indicator table is its heading.
const FEWEST_HEADINGS: usize = 3;

/// A line farther than this from the one above is no row of the table, in heights of a line.
const GREATEST_GAP: f64 = 5.0;

/// How much wider than its column a lone piece of text may be.
const OVERHANG: f64 = 1.2;

/// Of this many rows of several pieces, one may have two pieces in one column.
const ONE_IN: usize = 4;

/// What the free text of a page falls into.
#[derive(Debug)]
pub(super) enum Part {
    Line(Line),
    Rows(TextRows),
}

/// Rows of a table without rules, on one page.
#[derive(Debug)]
pub(super) struct TextRows {
    pub top: f64,
    /// Whether they go on from the page before.
    pub goes_on: bool,
    pub rows: Vec<Vec<String>>,
}

/// Finds tables without rules, page by page.
#[derive(Debug, Default)]
pub(super) struct RulelessTables {
    /// Columns of the table that reached the end of the last page.
    open: Option<Columns>,
}

impl RulelessTables {
    /// Parts the lines of the next page, given from top to bottom.
    pub fn part(&mut self, lines: Vec<Line>) -> Vec<Part> {
        let bands = bands(lines);
        let mut parts = Vec::new();
        let mut rest = bands.as_slice();
        if let Some(columns) = self.open.take() {
            let (rows, after) = rest.split_at(columns.run(rest));
            if !rows.is_empty() {
                parts.push(Part::Rows(columns.rows(&[], rows, true)));
                self.open = after.is_empty().then_some(columns);
            }
            rest = after;
        }
        while let Some(index) = rest.iter().position(|band| is_heading(&band.line)) {
            let (before, table) = rest.split_at(index);
            let Some((heading, below)) = table.split_first() else { break };
            let columns = Columns::of(&heading.line);
            let count = columns.run(below);
            if !columns.are_kept_by(below.iter().take(count)) {
                parts.extend(text(rest.iter().take(index + 1)));
                rest = below;
                continue;
            }
            let above = before.iter().rev().take_while(|band| band.line.pieces.len() > 1).count();
            let (running, above) = before.split_at(before.len() - above);
            let (table, after) = table.split_at(count + 1);
            parts.extend(text(running.iter()));
            parts.push(Part::Rows(columns.rows(above, table, false)));
            self.open = after.is_empty().then_some(columns);
            rest = after;
        }
        parts.extend(text(rest.iter()));
        parts
    }
}

/// Lines that overlap in height: the lines of the cells of one row where some cells wrap and others do not.
struct Band {
    /// All of them as one line, pieces one below the other joined.
    line: Line,
    lines: Vec<Line>,
}

/// Lines overlap where they share more than this part of their height.
const OVERLAP: f64 = 0.1;

fn bands(lines: Vec<Line>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for line in lines {
        match bands.last_mut() {
            Some(band) if band.line.area.y1 - line.area.y0 > OVERLAP * line.area.height() => band.add(line),
            _ => bands.push(Band { line: line.clone(), lines: vec![line] }),
        }
    }
    bands
}

impl Band {
    fn add(&mut self, line: Line) {
        for piece in &line.pieces {
            let overlaps = |other: &&mut Piece| other.area.x0 < piece.area.x1 && piece.area.x0 < other.area.x1;
            match self.line.pieces.iter_mut().find(overlaps) {
                Some(upper) => {
                    upper.text.push_str(&piece.text);
                    upper.area = upper.area.union(piece.area);
                }
                None => self.line.pieces.push(piece.clone()),
            }
        }
        self.line.pieces.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        self.line.area = self.line.area.union(line.area);
        self.lines.push(line);
    }
}

fn text<'b>(bands: impl Iterator<Item = &'b Band>) -> impl Iterator<Item = Part> {
    bands.flat_map(|band| band.lines.iter().cloned().map(Part::Line))
}

/// Whether a line has the headings of an indicator table.
fn is_heading(line: &Line) -> bool {
    let headings: BTreeSet<_> =
        line.pieces.iter().filter_map(|piece| Vocabulary::builtin().column(&piece.text)).collect();
    headings.len() >= FEWEST_HEADINGS
}

/// The columns of a table without rules.
#[derive(Debug)]
struct Columns {
    /// x between one column and the next, ascending.
    bounds: Vec<f64>,
    left: f64,
    right: f64,
}

impl Columns {
    /// The columns stand where the headings stand.
    fn of(heading: &Line) -> Self {
        let between = |pair: &[Piece]| match pair {
            [a, b] => (a.area.x1 + b.area.x0) / 2.0,
            _ => 0.0,
        };
        let bounds = heading.pieces.windows(2).map(between).collect();
        Columns { bounds, left: heading.area.x0, right: heading.area.x1 }
    }

    fn of_piece(&self, piece: &Piece) -> usize {
        let middle = piece.area.center().x;
        self.bounds.partition_point(|bound| *bound <= middle)
    }

    fn width(&self, column: usize) -> f64 {
        let edge =
            |index: Option<usize>, outer: f64| index.and_then(|index| self.bounds.get(index)).copied().unwrap_or(outer);
        edge(Some(column), self.right) - edge(column.checked_sub(1), self.left)
    }

    /// How many lines from the first on are rows of the table.
    fn run(&self, bands: &[Band]) -> usize {
        let mut bottom = f64::MAX;
        let belongs = |band: &&Band| {
            let line = &band.line;
            let near = line.area.y0 - bottom < GREATEST_GAP * line.area.height();
            bottom = line.area.y1;
            near && self.fits(line)
        };
        bands.iter().take_while(belongs).count()
    }

    fn fits(&self, line: &Line) -> bool {
        if is_heading(line) || Vocabulary::builtin().form_kind(&line.text).is_some() {
            return false;
        }
        match line.pieces.as_slice() {
            [piece] => piece.area.width() <= OVERHANG * self.width(self.of_piece(piece)),
            _ => true,
        }
    }

    /// Whether the rows keep to the columns: where headings or cells wrap and stand close, pieces of several columns fall
    /// into one, and the lines are better left as text.
    fn are_kept_by<'b>(&self, rows: impl Iterator<Item = &'b Band>) -> bool {
        let (mut dense, mut colliding) = (0, 0);
        for pieces in rows.map(|band| &band.line.pieces).filter(|pieces| pieces.len() >= FEWEST_HEADINGS) {
            let columns: BTreeSet<usize> = pieces.iter().map(|piece| self.of_piece(piece)).collect();
            dense += 1;
            colliding += usize::from(columns.len() < pieces.len());
        }
        colliding * ONE_IN <= dense
    }

    /// The texts of the rows. What stands above the heading has columns of its own and is given piece by piece.
    fn rows(&self, above: &[Band], rows: &[Band], goes_on: bool) -> TextRows {
        let texts = |band: &Band| band.line.pieces.iter().map(|piece| piece.text.clone()).collect();
        let top = above.first().or(rows.first()).map_or(0.0, |band| band.line.area.center().y);
        let rows = above.iter().map(texts).chain(rows.iter().map(|band| self.row(&band.line))).collect();
        TextRows { top, goes_on, rows }
    }

    fn row(&self, line: &Line) -> Vec<String> {
        let mut row = vec![String::new(); self.bounds.len() + 1];
        for piece in &line.pieces {
            if let Some(cell) = row.get_mut(self.of_piece(piece)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&piece.text);
            }
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Rect;

    fn line(y: f64, pieces: &[(f64, &str)]) -> Line {
        let piece = |(x, text): &(f64, &str)| {
            let width = 10.0 * text.chars().count() as f64;
            Piece { area: Rect::new(*x, y, x + width, y + 10.0), text: (*text).to_owned() }
        };
        let pieces: Vec<Piece> = pieces.iter().map(piece).collect();
        let area = pieces.iter().fold(pieces[0].area, |area, piece| area.union(piece.area));
        Line { area, text: pieces.iter().map(|piece| piece.text.as_str()).collect(), pieces }
    }

    #[test]
    fn rows_stand_below_their_headings_and_running_text_stays_outside() {
        let lines = vec![
            line(0.0, &[(0.0, "本单位绩效情况如下。")]),
            line(20.0, &[(0.0, "项目名称"), (80.0, "培训")]),
            line(40.0, &[(0.0, "一级指标"), (60.0, "三级指标"), (150.0, "指标值"), (200.0, "得分")]),
            line(60.0, &[(0.0, "产出指标"), (60.0, "培训次数"), (155.0, "≥3"), (205.0, "9")]),
            line(80.0, &[(60.0, "培训人数"), (155.0, "≥29"), (205.0, "10")]),
            line(100.0, &[(0.0, "以上各项均已完成，资金使用合规，没有发现问题。")]),
        ];
        let parts = RulelessTables::default().part(lines);
        let [Part::Line(_), Part::Rows(table), Part::Line(_)] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!(table.rows[0], ["项目名称", "培训"]);
        assert_eq!(table.rows[2], ["产出指标", "培训次数", "≥3", "9"]);
        assert_eq!(table.rows[3], ["", "培训人数", "≥29", "10"]);
    }

    #[test]
    fn lines_that_do_not_keep_to_the_columns_stay_text() {
        let lines = vec![
            line(40.0, &[(0.0, "三级指标"), (80.0, "指标值"), (160.0, "得分")]),
            line(60.0, &[(0.0, "培训"), (40.0, "10"), (85.0, "≥3"), (165.0, "9")]),
            line(80.0, &[(0.0, "次数"), (40.0, "次")]),
        ];
        let parts = RulelessTables::default().part(lines);
        assert!(parts.iter().all(|part| matches!(part, Part::Line(_))));
        assert_eq!(parts.len(), 3);
    }

    #[test]
    fn a_heading_that_wraps_beside_others_that_do_not_is_one_row() {
        let lines = vec![
            line(34.0, &[(200.0, "实际完")]),
            line(40.0, &[(0.0, "一级指标"), (60.0, "三级指标"), (150.0, "指标值")]),
            line(46.0, &[(200.0, "成值")]),
            line(70.0, &[(0.0, "产出指标"), (60.0, "培训次数"), (155.0, "≥3"), (205.0, "4")]),
        ];
        let parts = RulelessTables::default().part(lines);
        let [Part::Rows(table)] = parts.as_slice() else { panic!("{parts:?}") };
        assert_eq!(table.rows[0], ["一级指标", "三级指标", "指标值", "实际完成值"]);
        assert_eq!(table.rows[1], ["产出指标", "培训次数", "≥3", "4"]);
    }

    #[test]
    fn a_table_goes_on_over_the_page() {
        let mut tables = RulelessTables::default();
        tables.part(vec![line(40.0, &[(0.0, "一级指标"), (60.0, "三级指标"), (150.0, "指标值"), (200.0, "得分")])]);
        let parts = tables.part(vec![line(60.0, &[(60.0, "培训次数"), (155.0, "≥3"), (205.0, "9")])]);
        assert!(matches!(parts.as_slice(), [Part::Rows(rows)] if rows.goes_on));
    }
}
