//! 页面 (page): the glyphs and ruling lines of one page, upright, in points, with y growing downwards.

use kurbo::{Affine, Point, Rect};

use crate::document::{Doubt, Place, Unread};

/// Everything of a page that tables are made of.
#[derive(Debug, Clone)]
pub(in crate::document) struct Page {
    /// Number of the page in the file, from 1.
    pub number: usize,
    pub width: f64,
    pub height: f64,
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    pub has_image: bool,
    /// How much of the page pictures cover, from 0 to 1.
    pub pictured: f64,
}

/// 字形: one painted character (or ligature).
#[derive(Debug, Clone)]
pub(in crate::document) struct Glyph {
    /// Advance width by one em, about the baseline.
    pub area: Rect,
    pub text: String,
    /// The box the producer clips this text to: its cell, for Excel and Calc.
    pub clip: Option<Rect>,
    pub flow: Flow,
    /// Why its text may be wrong, for what was read from a picture.
    pub doubt: Option<Box<Doubt>>,
}

/// The direction in which the next glyph of a line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Flow {
    Right,
    Down,
    Up,
}

/// 框线: a straight ruling line parallel to an edge of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::document) struct Rule {
    pub direction: Direction,
    /// y of a horizontal rule, x of a vertical one.
    pub position: f64,
    pub start: f64,
    pub end: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Direction {
    Horizontal,
    Vertical,
}

/// A page is a scan if pictures cover this much of it …
const PICTURED: f64 = 0.5;

/// … and it has less text than this, in characters, or one character in this many is none that such forms have.
const LITTLE_TEXT: usize = 30;
const RUBBISH_ONE_IN: usize = 5;

/// How far outside its clip box the middle of a glyph may lie and still be seen.
const CLIP_SLACK: f64 = 1.0;

impl Glyph {
    pub fn center(&self) -> Point {
        self.area.center()
    }

    /// Whether it is painted outside its clip box, so that nobody sees it on this page.
    pub fn is_hidden(&self) -> bool {
        let center = self.center();
        self.clip.is_some_and(|clip| !clip.inflate(CLIP_SLACK, CLIP_SLACK).contains(center))
    }
}

impl Rule {
    pub fn horizontal(y: f64, x0: f64, x1: f64) -> Self {
        Rule { direction: Direction::Horizontal, position: y, start: x0.min(x1), end: x0.max(x1) }
    }

    pub fn vertical(x: f64, y0: f64, y1: f64) -> Self {
        Rule { direction: Direction::Vertical, position: x, start: y0.min(y1), end: y0.max(y1) }
    }

    pub fn length(&self) -> f64 {
        self.end - self.start
    }

    fn transformed(&self, turn: Affine) -> Self {
        let (from, to) = match self.direction {
            Direction::Horizontal => (Point::new(self.start, self.position), Point::new(self.end, self.position)),
            Direction::Vertical => (Point::new(self.position, self.start), Point::new(self.position, self.end)),
        };
        let (from, to) = (turn * from, turn * to);
        if (from.y - to.y).abs() < (from.x - to.x).abs() {
            Rule::horizontal(from.y, from.x, to.x)
        } else {
            Rule::vertical(from.x, from.y, to.y)
        }
    }
}

impl Page {
    /// A page with nothing on it.
    pub fn empty(number: usize, width: f64, height: f64) -> Self {
        Page { number, width, height, glyphs: Vec::new(), rules: Vec::new(), has_image: false, pictured: 0.0 }
    }

    /// 扫描页: whether the page is a picture without text, or with a text layer that is rubbish.
    pub fn is_scan(&self) -> bool {
        if self.pictured < PICTURED {
            return false;
        }
        let characters = || self.glyphs.iter().flat_map(|glyph| glyph.text.chars());
        let count = characters().count();
        let strange = characters().filter(|c| !is_usual(*c)).count();
        count < LITTLE_TEXT || strange * RUBBISH_ONE_IN > count
    }

    /// That the page was not read, and why.
    pub fn left_out(&self, why: &str) -> Unread {
        Unread { place: Place { page: Some(self.number), ..Place::default() }, why: why.to_owned() }
    }

    /// Turns a page upright that was typeset sideways: most of its text runs up or down the sheet.
    pub fn set_upright(&mut self) {
        let count = |flow| self.glyphs.iter().filter(|glyph| glyph.flow == flow).count();
        let (up, down) = (count(Flow::Up), count(Flow::Down));
        let turn = if is_most(up, self.glyphs.len()) {
            Affine::new([0.0, 1.0, -1.0, 0.0, self.height, 0.0])
        } else if is_most(down, self.glyphs.len()) {
            Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, self.width])
        } else {
            return;
        };
        let from = if up > down { Flow::Up } else { Flow::Down };
        for glyph in &mut self.glyphs {
            glyph.area = turn.transform_rect_bbox(glyph.area);
            glyph.clip = glyph.clip.map(|clip| turn.transform_rect_bbox(clip));
            glyph.flow = match (from, glyph.flow) {
                (Flow::Up, Flow::Right) => Flow::Down,
                (_, Flow::Right) => Flow::Up,
                _ => Flow::Right,
            };
        }
        for rule in &mut self.rules {
            *rule = rule.transformed(turn);
        }
        std::mem::swap(&mut self.width, &mut self.height);
    }

    /// Drops every glyph that is painted a second time at nearly the same place (bold made by overprinting).
    pub fn drop_overprints(&mut self) {
        let mut painted: std::collections::HashMap<(i64, i64), Vec<(Point, String)>> = Default::default();
        self.glyphs.retain(|glyph| {
            let corner = Point::new(glyph.area.x0, glyph.area.y0);
            let near = OVERPRINT_SHIFT * glyph.area.height().max(1.0);
            let tile = ((corner.x / TILE).floor() as i64, (corner.y / TILE).floor() as i64);
            let neighbours = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (tile.0 + dx, tile.1 + dy)));
            let repeated = neighbours.filter_map(|tile| painted.get(&tile)).flatten().any(|(other, text)| {
                (other.x - corner.x).abs() < near && (other.y - corner.y).abs() < near && *text == glyph.text
            });
            if !repeated {
                painted.entry(tile).or_default().push((corner, glyph.text.clone()));
            }
            !repeated
        });
    }
}

/// Greatest shift between two paintings of one glyph, in ems.
const OVERPRINT_SHIFT: f64 = 0.15;

/// Side of the squares in which overprinted glyphs are looked for, in points.
const TILE: f64 = 4.0;

/// Whether a character is one of those that Chinese forms are made of.
fn is_usual(c: char) -> bool {
    c.is_ascii_graphic()
        || matches!(c, '\u{2010}'..='\u{22ff}' | '\u{2460}'..='\u{24ff}' | '\u{3000}'..='\u{303f}'
            | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '·' | '×' | '÷' | '±' | '°')
}

/// More than four fifths.
fn is_most(part: usize, whole: usize) -> bool {
    part * 5 > whole * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(x: f64, y: f64, text: &str, flow: Flow) -> Glyph {
        Glyph { area: Rect::new(x, y, x + 10.0, y + 10.0), text: text.to_owned(), clip: None, flow, doubt: None }
    }

    fn page(glyphs: Vec<Glyph>, rules: Vec<Rule>) -> Page {
        Page { glyphs, rules, ..Page::empty(1, 200.0, 100.0) }
    }

    #[test]
    fn a_glyph_painted_twice_stays_once() {
        let mut page = page(
            vec![
                glyph(10.0, 10.0, "表", Flow::Right),
                glyph(10.4, 10.0, "表", Flow::Right),
                glyph(20.0, 10.0, "表", Flow::Right),
            ],
            vec![],
        );
        page.drop_overprints();
        assert_eq!(page.glyphs.len(), 2);
    }

    #[test]
    fn a_page_typeset_upwards_is_turned() {
        let mut page = page(
            vec![glyph(10.0, 80.0, "一", Flow::Up), glyph(10.0, 70.0, "级", Flow::Up)],
            vec![Rule::vertical(30.0, 10.0, 90.0)],
        );
        page.set_upright();
        assert_eq!((page.width, page.height), (100.0, 200.0));
        let starts: Vec<f64> = page.glyphs.iter().map(|glyph| glyph.area.x0).collect();
        assert_eq!(starts, [10.0, 20.0]);
        assert_eq!(page.rules, [Rule::horizontal(30.0, 10.0, 90.0)]);
    }
}
