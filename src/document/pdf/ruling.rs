//! 框线 (ruling): painted rules brought together into the frames of tables.

use super::page::{Direction, Rule};

/// Rules nearer than this are one, in points: double borders are 1.5 to 4.5 apart, and no column is narrower.
pub(super) const SNAP: f64 = 4.0;

/// A gap in a rule not longer than this is closed, in points: dotted and dashed borders, corner squares.
const GAP: f64 = 4.0;

/// A rule not longer than this is a dot, in points.
const DOT: f64 = 3.0;

/// A lone outer rule belongs to a frame whose ends differ by less than this, in points.
const OUTER_SLACK: f64 = 8.0;

/// A page with more rules than this in one direction is a drawing.
const MOST_RULES: usize = 4000;

/// Greatest height of a row of a single cell above a table with open sides, in points.
const CAPTION_HEIGHT: f64 = 60.0;

/// The rules of one table on one page, each list sorted by position.
#[derive(Debug, Default, Clone)]
pub(in crate::document) struct Frame {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
    /// Whether the first and the last horizontal rule are implied, not painted.
    pub open_top: bool,
    pub open_bottom: bool,
}

/// The frames of a page: groups of rules that touch one another.
pub(in crate::document) fn frames(rules: &[Rule]) -> Vec<Frame> {
    let horizontal = joined(rules, Direction::Horizontal);
    let vertical = joined(rules, Direction::Vertical);
    if horizontal.len().max(vertical.len()) > MOST_RULES {
        return Vec::new();
    }
    let mut groups = Groups::new(horizontal.len() + vertical.len());
    for (i, across) in horizontal.iter().enumerate() {
        for (j, down) in vertical.iter().enumerate() {
            if touch(across, down) {
                groups.unite(i, horizontal.len() + j);
            }
        }
    }
    let mut frames = vec![Frame::default(); horizontal.len() + vertical.len()];
    let count = horizontal.len();
    for (i, rule) in horizontal.into_iter().enumerate() {
        if let Some(frame) = frames.get_mut(groups.root(i)) {
            frame.horizontal.push(rule);
        }
    }
    for (j, rule) in vertical.into_iter().enumerate() {
        if let Some(frame) = frames.get_mut(groups.root(count + j)) {
            frame.vertical.push(rule);
        }
    }
    complete(frames)
}

/// Gives every frame its outer rules and leaves out what encloses nothing.
fn complete(frames: Vec<Frame>) -> Vec<Frame> {
    let is_stray = |frame: &&Frame| frame.horizontal.is_empty();
    let strays: Vec<Rule> = frames.iter().filter(is_stray).flat_map(|frame| frame.vertical.clone()).collect();
    let is_lone = |frame: &&Frame| frame.vertical.is_empty();
    let lone: Vec<Rule> = frames.iter().filter(is_lone).flat_map(|frame| frame.horizontal.clone()).collect();
    let mut complete = Vec::new();
    for mut frame in frames {
        if frame.horizontal.is_empty() || frame.vertical.is_empty() {
            continue;
        }
        frame.adopt(&strays);
        frame.adopt_captions(&lone);
        frame.close();
        if frame.horizontal.len() >= 2 && frame.vertical.len() >= 2 {
            complete.push(frame);
        }
    }
    complete
}

impl Frame {
    /// y of the first horizontal rule.
    pub fn top(&self) -> f64 {
        positions(&self.horizontal).0
    }

    /// Takes in an outer vertical rule that no horizontal rule reaches: beside a merged cell as tall as the table.
    fn adopt(&mut self, strays: &[Rule]) {
        if self.horizontal.len() < 2 || self.vertical.len() < 2 {
            return;
        }
        let (top, bottom) = extent(&self.vertical);
        let fits = |rule: &&Rule| (rule.start - top).abs() < OUTER_SLACK && (rule.end - bottom).abs() < OUTER_SLACK;
        self.vertical.extend(strays.iter().filter(fits));
        self.vertical.sort_by(|a, b| a.position.total_cmp(&b.position));
    }

    /// Takes in the rules above that bound rows of a single cell, such as a caption, where the table is open at both
    /// sides: no vertical rule touches them there.
    fn adopt_captions(&mut self, lone: &[Rule]) {
        let (left, right) = extent(&self.horizontal);
        let (first, last) = positions(&self.vertical);
        if left > first - SNAP || right < last + SNAP {
            return;
        }
        let bottom = self.top();
        let fits = |rule: &&Rule| {
            let is_as_wide = (rule.start - left).abs() < OUTER_SLACK && (rule.end - right).abs() < OUTER_SLACK;
            is_as_wide && rule.position < bottom
        };
        let mut rules: Vec<Rule> = lone.iter().filter(fits).copied().collect();
        rules.sort_by(|a, b| a.position.total_cmp(&b.position));
        let near = |edge: f64, rule: &Rule| if edge - rule.position <= CAPTION_HEIGHT { rule.position } else { edge };
        let top = rules.iter().rev().fold(bottom, near);
        rules.retain(|rule| rule.position >= top);
        rules.append(&mut self.horizontal);
        self.horizontal = rules;
    }

    /// Adds an outer column that no rule on this page shows, where the columns are those of the table on the page before
    /// but for its first or last: the merged cell there is as tall as the page, and the side of the table is open.
    pub fn widen(&mut self, above: &[f64], tolerance: f64) {
        let (Some(&first), Some(&last)) = (above.first(), above.last()) else { return };
        let near = |x: f64| above.iter().any(|column| (column - x).abs() <= tolerance);
        let (left, right) = positions(&self.vertical);
        let (top, bottom) = positions(&self.horizontal);
        if self.vertical.len() < 3 || !self.vertical.iter().all(|rule| near(rule.position)) {
            return;
        }
        let (at_left, at_right) = ((left - first).abs() <= tolerance, (right - last).abs() <= tolerance);
        if at_right && !at_left {
            self.vertical.insert(0, Rule::vertical(first, top, bottom));
        } else if at_left && !at_right {
            self.vertical.push(Rule::vertical(last, top, bottom));
        }
    }

    /// Adds the outer rules that are not painted: below a page break (Chromium), at open left and right sides.
    fn close(&mut self) {
        let (left, right) = extent(&self.horizontal);
        let (top, bottom) = extent(&self.vertical);
        let (first_row, last_row) = positions(&self.horizontal);
        let (first_column, last_column) = positions(&self.vertical);
        let across = |y| Rule::horizontal(y, left.min(first_column), right.max(last_column));
        let down = |x| Rule::vertical(x, top.min(first_row), bottom.max(last_row));
        if top < first_row - SNAP {
            self.horizontal.insert(0, across(top));
            self.open_top = true;
        }
        if bottom > last_row + SNAP {
            self.horizontal.push(across(bottom));
            self.open_bottom = true;
        }
        if left < first_column - SNAP {
            self.vertical.insert(0, down(left));
        }
        if right > last_column + SNAP {
            self.vertical.push(down(right));
        }
    }
}

fn extent(rules: &[Rule]) -> (f64, f64) {
    let start = rules.iter().map(|rule| rule.start).fold(f64::MAX, f64::min);
    let end = rules.iter().map(|rule| rule.end).fold(f64::MIN, f64::max);
    (start, end)
}

fn positions(rules: &[Rule]) -> (f64, f64) {
    let first = rules.iter().map(|rule| rule.position).fold(f64::MAX, f64::min);
    let last = rules.iter().map(|rule| rule.position).fold(f64::MIN, f64::max);
    (first, last)
}

fn touch(across: &Rule, down: &Rule) -> bool {
    let within = |position: f64, rule: &Rule| position >= rule.start - GAP && position <= rule.end + GAP;
    within(down.position, across) && within(across.position, down)
}

/// The rules of one direction, near ones brought to one position, pieces joined, dots left out.
fn joined(rules: &[Rule], direction: Direction) -> Vec<Rule> {
    let mut sorted: Vec<Rule> = rules.iter().copied().filter(|rule| rule.direction == direction).collect();
    sorted.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut out = Vec::new();
    let mut rest = sorted.as_slice();
    while let Some(first) = rest.first() {
        let mut last = first.position;
        let near = |rule: &&Rule| {
            let chained = rule.position - last <= SNAP && rule.position - first.position <= 1.5 * SNAP;
            last = rule.position;
            chained
        };
        let count = rest.iter().take_while(near).count().max(1);
        let (cluster, others) = rest.split_at(count);
        out.extend(pieces(cluster));
        rest = others;
    }
    out
}

/// The pieces of the rules at one position, at the mean position weighted by length.
fn pieces(cluster: &[Rule]) -> Vec<Rule> {
    let weight = |rule: &Rule| rule.length().max(0.1);
    let total: f64 = cluster.iter().map(weight).sum();
    let position = cluster.iter().map(|rule| rule.position * weight(rule)).sum::<f64>() / total;
    let mut sorted: Vec<Rule> = cluster.iter().map(|rule| Rule { position, ..*rule }).collect();
    sorted.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut pieces: Vec<Rule> = Vec::new();
    for rule in sorted {
        match pieces.last_mut() {
            Some(piece) if rule.start - piece.end <= GAP => piece.end = piece.end.max(rule.end),
            _ => pieces.push(rule),
        }
    }
    pieces.retain(|piece| piece.length() > DOT);
    pieces
}

/// Disjoint groups of things known by number.
pub(super) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub fn new(count: usize) -> Self {
        Groups { parent: (0..count).collect() }
    }

    /// The number that stands for the group of `item`.
    pub fn root(&mut self, item: usize) -> usize {
        let mut item = item;
        while let Some(&parent) = self.parent.get(item) {
            if parent == item {
                break;
            }
            let grandparent = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(entry) = self.parent.get_mut(item) {
                *entry = grandparent;
            }
            item = grandparent;
        }
        item
    }

    pub fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(parent) = self.parent.get_mut(a) {
            *parent = b;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashed_and_double_borders_are_one_rule() {
        let dashes: Vec<Rule> = (0..10)
            .map(|i| Rule::horizontal(50.0 + f64::from(i % 2) * 2.0, f64::from(i) * 8.0, f64::from(i) * 8.0 + 5.0))
            .collect();
        let rules = joined(&dashes, Direction::Horizontal);
        assert_eq!(rules.len(), 1);
        assert!((rules[0].length() - 77.0).abs() < 0.01);
    }

    #[test]
    fn open_sides_get_their_outer_rules() {
        let rules =
            [Rule::horizontal(10.0, 0.0, 100.0), Rule::horizontal(30.0, 0.0, 100.0), Rule::vertical(50.0, 10.0, 60.0)];
        let frames = frames(&rules);
        assert_eq!(frames.len(), 1);
        assert_eq!(frames[0].horizontal.len(), 3);
        assert_eq!(frames[0].vertical.len(), 3);
    }

    #[test]
    fn tables_apart_are_frames_apart() {
        let table = |top: f64| {
            [
                Rule::horizontal(top, 0.0, 100.0),
                Rule::horizontal(top + 20.0, 0.0, 100.0),
                Rule::vertical(0.0, top, top + 20.0),
                Rule::vertical(100.0, top, top + 20.0),
            ]
        };
        let rules: Vec<Rule> = table(0.0).into_iter().chain(table(50.0)).collect();
        assert_eq!(frames(&rules).len(), 2);
    }
}
