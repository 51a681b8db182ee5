//! 扫描页 (page): one page picture read into rules and placed text.

use std::sync::atomic::{AtomicUsize, Ordering};

use image::{GrayImage, RgbImage, imageops};
use kurbo::{Point, Rect};

use super::bitmap::{Bitmap, grey_without_seal, level};
use super::closed::reread;
use super::line::{Area, Stroke, bands, cut_out, lines, pieces};
use super::model::{ModelError, Models};
use super::recognise::{Reading, Recogniser};
use super::segment::ruling;
use crate::document::Doubt;
use crate::document::pdf::{Flow, Glyph, Grid, Page, Rule, frames};

/// 页图: a page as a picture, with its size on paper in points.
pub(in crate::document) struct Sheet {
    pub number: usize,
    pub width: f64,
    pub height: f64,
    pub picture: RgbImage,
}

/// A longer page is scaled down to this, in pixels: A4 at 300 dots an inch.
const LONGEST: u32 = 3600;

/// How far the threshold looks about a pixel, in points.
const LIGHT: f64 = 12.0;

/// A speck is not larger than this, in points.
const SPECK: f64 = 0.75;

/// Rules are left out of a cell by this much, in points.
const INSET: f64 = 1.8;

/// Heights of a character on a page, in points, and the one of a page without text.
const LETTERS: (f64, f64) = (6.0, 18.0);
const USUAL_LETTER: f64 = 9.5;

/// Text outside tables is parted at gaps of this many characters.
const WIDE_GAP: f64 = 2.0;

/// How many lines tell which way up a page is, and how certain they are on a page that is.
const SAMPLE: usize = 12;
const UPRIGHT: f32 = 0.75;

/// 已读页数: scanned pages read so far by this process. Whoever waits for a reader sees by it that the reader is at work.
static PAGES_READ: AtomicUsize = AtomicUsize::new(0);

/// How many scanned pages this process has read.
pub(in crate::document) fn pages_read() -> usize {
    PAGES_READ.load(Ordering::Relaxed)
}

/// Reads a page picture; a page on its side or head is turned.
pub(in crate::document) fn read_sheet(sheet: Sheet) -> Result<Page, ModelError> {
    let recogniser = Recogniser::get()?;
    let mut grey = grey_without_seal(&sheet.picture);
    drop(sheet.picture);
    let longest = grey.width().max(grey.height());
    if longest > LONGEST {
        let scaled = |side: u32| (u64::from(side) * u64::from(LONGEST) / u64::from(longest)).max(1) as u32;
        grey = imageops::thumbnail(&grey, scaled(grey.width()), scaled(grey.height()));
    }
    let paper = (sheet.width, sheet.height);
    let first = Leaf::new(grey, sheet.number, paper);
    let certainty = first.certainty(recogniser)?;
    let mut best = (certainty, first);
    if best.0.is_some_and(|certainty| certainty < UPRIGHT) {
        for turn in [imageops::rotate180, imageops::rotate90, imageops::rotate270] {
            let turned = turn(&best.1.grey);
            let sides = if turned.width() == best.1.grey.width() { paper } else { (paper.1, paper.0) };
            let leaf = Leaf::new(turned, sheet.number, sides);
            let certainty = leaf.certainty(recogniser)?;
            if certainty > best.0 {
                best = (certainty, leaf);
                if certainty.is_some_and(|certainty| certainty >= UPRIGHT) {
                    break;
                }
            }
        }
    }
    let page = best.1.read(recogniser);
    PAGES_READ.fetch_add(1, Ordering::Relaxed);
    page
}

/// A level page with its ink and its rules, before its text is read.
struct Leaf {
    grey: GrayImage,
    ink: Bitmap,
    /// Pixels to a point.
    unit: f64,
    page: Page,
    /// The lines of text with the cell each stands in.
    lines: Vec<(Area, Area)>,
    letter: f64,
}

impl Leaf {
    fn new(grey: GrayImage, number: usize, (width, height): (f64, f64)) -> Leaf {
        let unit = f64::from(grey.width().max(grey.height())) / width.max(height).max(1.0);
        let radius = (LIGHT * unit).round().max(4.0) as usize;
        let skew = Bitmap::of(&grey, radius).skew();
        let grey = if skew == 0.0 { grey } else { level(&grey, skew) };
        let smooth = imageproc::filter::gaussian_blur_f32(&grey, 0.6);
        let rough = Bitmap::of(&smooth, radius);
        let speck = (SPECK * unit).powi(2).ceil() as usize;
        let ink = rough.without_specks(speck);
        let (across, down) = ruling(&rough, unit);
        let horizontal = across.iter().map(|s| Rule::horizontal(s.position / unit, s.start / unit, s.end / unit));
        let vertical = down.iter().map(|s| Rule::vertical(s.position / unit, s.start / unit, s.end / unit));
        let rules: Vec<Rule> = horizontal.chain(vertical).collect();
        let page = Page { rules, has_image: true, ..Page::empty(number, width, height) };
        let mut leaf = Leaf { grey, ink, unit, page, lines: Vec::new(), letter: 0.0 };
        leaf.find_lines();
        leaf
    }

    fn find_lines(&mut self) {
        let grids: Vec<Grid> = frames(&self.page.rules).iter().filter_map(Grid::new).collect();
        let cells: Vec<Area> = grids.iter().flat_map(|grid| &grid.cells).map(|cell| self.area(cell.area)).collect();
        let outside = self.outside(&grids);
        let mut heights: Vec<usize> =
            cells.iter().chain(&outside).flat_map(|cell| bands(&self.ink, *cell)).map(|band| band.height()).collect();
        let (least, most) = (LETTERS.0 * self.unit, LETTERS.1 * self.unit);
        heights.retain(|height| (least..most).contains(&(*height as f64)));
        heights.sort_unstable();
        self.letter = heights.get(heights.len() / 2).map_or(USUAL_LETTER * self.unit, |height| *height as f64);
        for cell in cells {
            self.lines.extend(lines(&self.ink, cell, self.letter).into_iter().map(|line| (line, cell)));
        }
        for strip in outside {
            let parts = lines(&self.ink, strip, self.letter)
                .into_iter()
                .flat_map(|line| pieces(&self.ink, line, self.letter * WIDE_GAP));
            let own: Vec<(Area, Area)> = parts.map(|line| (line, strip)).collect();
            self.lines.extend(own);
        }
        let least = self.letter * 0.12;
        self.lines.retain(|(line, _)| line.width() as f64 >= least || line.height() as f64 >= least);
    }

    /// The pixels of a cell without its rules.
    fn area(&self, cell: Rect) -> Area {
        let inner = cell.inset(-INSET);
        let pixel = |value: f64, most: usize| ((value * self.unit).round().max(0.0) as usize).min(most);
        Area {
            left: pixel(inner.x0, self.ink.width),
            top: pixel(inner.y0, self.ink.height),
            right: pixel(inner.x1, self.ink.width),
            bottom: pixel(inner.y1, self.ink.height),
        }
    }

    /// The strips above, between and below the tables.
    fn outside(&self, grids: &[Grid]) -> Vec<Area> {
        let mut spans: Vec<(f64, f64)> = grids.iter().map(|grid| (grid.area().y0, grid.area().y1)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        spans.push((self.page.height, self.page.height));
        let mut strips = Vec::new();
        let mut top = 0.0;
        for (from, to) in spans {
            if from > top {
                strips.push(self.area(Rect::new(0.0, top, self.page.width, from)));
            }
            top = to.max(top);
        }
        strips
    }

    fn cut(&self, (line, cell): &(Area, Area)) -> GrayImage {
        cut_out(&self.grey, *line, *cell, self.letter)
    }

    /// How certain the longest lines are to be text; `None` for a page without any.
    fn certainty(&self, recogniser: &Recogniser) -> Result<Option<f32>, ModelError> {
        let mut longest: Vec<&(Area, Area)> = self.lines.iter().collect();
        longest.sort_by_key(|(line, _)| (std::cmp::Reverse(line.width()), line.top, line.left));
        longest.truncate(SAMPLE);
        let pictures: Vec<GrayImage> = longest.into_iter().map(|line| self.cut(line)).collect();
        let readings = recogniser.read(&pictures)?;
        let sum: f32 = readings.iter().map(Reading::certainty).sum();
        Ok((!readings.is_empty()).then(|| sum / readings.len() as f32))
    }

    fn read(self, recogniser: &Recogniser) -> Result<Page, ModelError> {
        let pictures: Vec<GrayImage> = self.lines.iter().map(|line| self.cut(line)).collect();
        let readings = recogniser.read(&pictures)?;
        let ordinals: Vec<Area> =
            self.lines.iter().zip(&readings).filter(|(_, r)| is_ordinal(r)).map(|(l, _)| l.0).collect();
        let mut glyphs = Vec::new();
        let mut above = (None, String::new());
        for ((line, cell), reading) in self.lines.iter().zip(&readings) {
            if above.0 != Some(*cell) {
                above = (Some(*cell), String::new());
            }
            glyphs.extend(self.glyph(*line, reading, &above.1, &ordinals));
            above.1.push_str(reading.text().trim());
        }
        Ok(Page { glyphs, ..self.page })
    }

    /// A line as placed text, as high as a character whatever its ink.
    fn glyph(&self, line: Area, reading: &Reading, before: &str, ordinals: &[Area]) -> Option<Glyph> {
        let models = Models::builtin();
        let mut text = reading.text().trim().to_owned();
        let mut doubt = doubt(reading, &text);
        if let Some(closed) = reread(before, reading) {
            let first = format!("“{text}”按“{}”读取，这一字请核对", closed.word);
            let known = doubt.take().map(|doubt| doubt.why);
            let why = known.map_or_else(|| format!("扫描件上{first}"), |why| format!("{why}；{first}"));
            doubt = Some(Doubt { why, others: vec![text] });
            text = closed.text.trim().to_owned();
        }
        let in_list = || ordinals.iter().any(|other| other.left < line.right && line.left < other.right);
        let stroke = Stroke::of(&self.grey, line, self.letter).filter(|stroke| match stroke {
            Stroke::Slash => UPRIGHT_STROKES.contains(&text.as_str()),
            // 一 above 二 is a number; alone it is a dash that says that there is nothing.
            Stroke::Dash | Stroke::Hyphen => is_lone_mark(&text) && !in_list(),
        });
        if let Some(stroke) = stroke {
            text = stroke.text().to_owned();
            doubt = None;
        }
        let is_illegible = reading.certainty() * 100.0 < f32::from(models.illegible_below);
        let is_dirt = line.width().max(line.height()) as f64 <= SMALLEST * self.letter && is_lone_mark(&text);
        let is_speck = is_illegible && line.width() < line.height() / 2 || stroke.is_none() && is_dirt;
        if text.is_empty() || is_speck {
            return None;
        }
        let middle = Point::new(0.0, (line.top + line.bottom) as f64 / 2.0 / self.unit);
        let half = self.letter.max(line.height() as f64) / 2.0 / self.unit;
        let (left, right) = (line.left as f64 / self.unit, line.right as f64 / self.unit);
        let area = Rect::new(left, middle.y - half, right, middle.y + half);
        Some(Glyph { area, text, clip: None, flow: Flow::Right, doubt: doubt.map(Box::new) })
    }
}

/// What a lone slash is taken for.
const UPRIGHT_STROKES: [&str; 6] = ["1", "l", "I", "|", "丨", "7"];

/// A lone mark not larger than this is dirt, in heights of a character.
const SMALLEST: f64 = 0.25;

/// Whether a text is what a level stroke is taken for: 一, or a sign alone.
fn is_lone_mark(text: &str) -> bool {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (None, _) => true,
        (Some(only), None) => only == '一' || !only.is_alphanumeric() && only != '√',
        _ => false,
    }
}

/// Whether a line is one of the numbers that follow 一.
fn is_ordinal(reading: &Reading) -> bool {
    ["二", "三"].contains(&reading.text().trim())
}

/// What of a reading is uncertain, the worst first, and how the line may read instead.
fn doubt(reading: &Reading, text: &str) -> Option<Doubt> {
    let certain = f32::from(Models::builtin().doubtful_below) / 100.0;
    let mut worst: Vec<(usize, &super::recognise::Letter)> = reading
        .letters
        .iter()
        .enumerate()
        .filter(|(_, letter)| letter.probability < certain && letter.text != " ")
        .collect();
    worst.sort_by(|a, b| a.1.probability.total_cmp(&b.1.probability));
    let percent = |probability: f32| (probability * 100.0).floor() as u32;
    let mut reasons: Vec<String> =
        worst.iter().map(|(_, letter)| format!("“{}”的把握为{}%", letter.text, percent(letter.probability))).collect();
    if let Some((letter, probability)) = reading.left_out.as_ref().filter(|(_, p)| *p > 1.0 - certain) {
        reasons.push(format!("可能漏了“{letter}”（{}%）", percent(*probability)));
    }
    if reasons.is_empty() {
        return None;
    }
    let instead = |(at, letter): &(usize, &super::recognise::Letter)| {
        let (other, _) = letter.other.as_ref()?;
        let replaced = reading.letters.iter().enumerate();
        let line: String = replaced.map(|(i, l)| if i == *at { other.as_str() } else { l.text.as_str() }).collect();
        Some(line.trim().to_owned()).filter(|line| line != text)
    };
    let others = worst.iter().filter_map(instead).collect();
    Some(Doubt { why: format!("扫描件上{}", reasons.join("，")), others })
}
