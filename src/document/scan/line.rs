//! 文字行 (line): the lines of text in a cell or between tables, cut out of the page picture.

use image::{GrayImage, Luma};

use super::bitmap::Bitmap;

/// A rectangle of pixels; the right and lower edge are the first outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub left: usize,
    pub top: usize,
    pub right: usize,
    pub bottom: usize,
}

impl Area {
    pub fn height(&self) -> usize {
        self.bottom.saturating_sub(self.top)
    }

    pub fn width(&self) -> usize {
        self.right.saturating_sub(self.left)
    }
}

/// Pieces of one line of text are nearer than this, in heights of a character.
const PIECE_GAP: f64 = 0.3;

/// A line of text is not higher than this, in heights of a character.
const HIGHEST: f64 = 1.3;

/// A band this high may be two lines that touch.
const TWO_LINES: f64 = 1.75;

/// Room about a line, in heights of a character.
const ROOM_ABOVE: f64 = 0.16;
const ROOM_BESIDE: f64 = 0.35;

/// The bands of rows with ink in an area, not yet put together.
pub(super) fn bands(bitmap: &Bitmap, area: Area) -> Vec<Area> {
    let mut found: Vec<Area> = Vec::new();
    for y in area.top..area.bottom.min(bitmap.height) {
        if !(area.left..area.right).any(|x| bitmap.is_ink(x, y)) {
            continue;
        }
        match found.last_mut() {
            Some(band) if band.bottom == y => band.bottom = y + 1,
            _ => found.push(Area { top: y, bottom: y + 1, ..area }),
        }
    }
    found
}

/// The lines of text in an area, each trimmed to its ink; `letter` is the height of a character in pixels.
pub(super) fn lines(bitmap: &Bitmap, area: Area, letter: f64) -> Vec<Area> {
    let mut joined: Vec<Area> = Vec::new();
    for band in bands(bitmap, area) {
        match joined.last_mut() {
            Some(line)
                if ((band.top - line.bottom) as f64) < letter * PIECE_GAP
                    && ((band.bottom - line.top) as f64) < letter * HIGHEST =>
            {
                line.bottom = band.bottom;
            }
            _ => joined.push(band),
        }
    }
    joined.into_iter().flat_map(|band| parted(bitmap, band, letter)).filter_map(|line| trimmed(bitmap, line)).collect()
}

/// Parts lines that touch: at the row of the least ink near where one line ends.
fn parted(bitmap: &Bitmap, band: Area, letter: f64) -> Vec<Area> {
    if (band.height() as f64) < letter * TWO_LINES {
        return vec![band];
    }
    let ink = |y: usize| (band.left..band.right).filter(|x| bitmap.is_ink(*x, y)).count();
    let mean = (band.top..band.bottom).map(ink).sum::<usize>() / band.height().max(1);
    let from = band.top + (letter * 0.7) as usize;
    let to = (band.top + (letter * 1.6) as usize).min(band.bottom.saturating_sub((letter * 0.4) as usize));
    let Some(cut) = (from..to).min_by_key(|y| ink(*y)).filter(|y| ink(*y) * 4 <= mean) else { return vec![band] };
    let mut parts = vec![Area { bottom: cut, ..band }];
    parts.extend(parted(bitmap, Area { top: cut + 1, ..band }, letter));
    parts
}

fn trimmed(bitmap: &Bitmap, line: Area) -> Option<Area> {
    let has_ink = |x: &usize| (line.top..line.bottom).any(|y| bitmap.is_ink(*x, y));
    let left = (line.left..line.right).find(has_ink)?;
    let right = (left..line.right).rev().find(has_ink)? + 1;
    let rows = |y: &usize| (left..right).any(|x| bitmap.is_ink(x, *y));
    let top = (line.top..line.bottom).find(rows)?;
    let bottom = (top..line.bottom).rev().find(rows)? + 1;
    Some(Area { left, top, right, bottom })
}

/// Parts a line outside tables at wide gaps: what stands apart is read apart.
pub(super) fn pieces(bitmap: &Bitmap, line: Area, gap: f64) -> Vec<Area> {
    let mut found: Vec<Area> = Vec::new();
    for x in line.left..line.right {
        if !(line.top..line.bottom).any(|y| bitmap.is_ink(x, y)) {
            continue;
        }
        match found.last_mut() {
            Some(piece) if ((x - piece.right) as f64) < gap => piece.right = x + 1,
            _ => found.push(Area { left: x, right: x + 1, ..line }),
        }
    }
    found.into_iter().filter_map(|piece| trimmed(bitmap, piece)).collect()
}

/// 单笔: a lone stroke, told by its shape: the recogniser knows a character by the others of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// `/`: from the lower left to the upper right.
    Slash,
    /// `—`: level, as wide as a character.
    Dash,
    /// `-`: level and short.
    Hyphen,
}

/// How far a slash leans, as a share of its height, and how straight it is: 1 is a ruled line.
const LEANING: f64 = 0.16;
const STRAIGHT: f64 = 0.85;

/// A level stroke is not higher than this, in characters; a hyphen is at least as wide as the first, a dash as the second.
const FLAT: f64 = 0.28;
const WIDTHS: (f64, f64) = (0.2, 0.6);
const WIDEST: f64 = 1.3;

impl Stroke {
    /// The stroke that an area shows, if it shows one alone; `letter` is the height of a character in pixels.
    pub fn of(grey: &GrayImage, area: Area, letter: f64) -> Option<Stroke> {
        let (width, height) = (area.width() as f64, area.height() as f64);
        if height <= FLAT * letter && width > height && (WIDTHS.0 * letter..WIDEST * letter).contains(&width) {
            return Some(if width < WIDTHS.1 * letter { Stroke::Hyphen } else { Stroke::Dash });
        }
        leans_like_a_slash(grey, area).then_some(Stroke::Slash)
    }

    pub fn text(self) -> &'static str {
        match self {
            Stroke::Slash => "/",
            Stroke::Dash => "—",
            Stroke::Hyphen => "-",
        }
    }
}

/// Whether the ink of an area goes straight from the lower left to the upper right, as no upright stroke does.
fn leans_like_a_slash(grey: &GrayImage, area: Area) -> bool {
    let middle = |y: usize| {
        let shade = |x: usize| grey.get_pixel_checked(u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let ink = (area.left..area.right).filter_map(|x| Some((x as f64, f64::from(255 - shade(x)?.0[0]))));
        let (weight, moment) = ink.fold((0.0, 0.0), |(sum, moment), (x, ink)| (sum + ink, moment + x * ink));
        (weight > 0.0).then(|| (y as f64, moment / weight))
    };
    let middles: Vec<(f64, f64)> = (area.top..area.bottom).filter_map(middle).collect();
    let count = middles.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| middles.iter().map(of).sum::<f64>() / count.max(1.0);
    let (y, x) = (mean(&|at| at.0), mean(&|at| at.1));
    let (down, along) = (mean(&|at| (at.0 - y).powi(2)), mean(&|at| (at.1 - x).powi(2)));
    let both = mean(&|at| (at.0 - y) * (at.1 - x));
    if down <= 0.0 || along <= 0.0 {
        return false;
    }
    -both / down >= LEANING && both * both / (down * along) >= STRAIGHT
}

/// The picture of a line on white, at least a character high and with room about it. Only the line's own rows are taken,
/// within `cell`, so that neither rules nor neighbours come in.
pub(super) fn cut_out(grey: &GrayImage, line: Area, cell: Area, letter: f64) -> GrayImage {
    let height = (line.height() as f64).max(letter);
    let above = ((height - line.height() as f64) / 2.0 + height * ROOM_ABOVE).round() as usize;
    let beside = (height * ROOM_BESIDE).round() as usize;
    let (width, full) = (line.width() + 2 * beside, line.height() + 2 * above);
    let mut picture = GrayImage::from_pixel(width as u32, full as u32, Luma([255]));
    // One more pixel on each side: the edge of a stroke is lighter than ink.
    let rows = line.top.saturating_sub(1).max(cell.top)..(line.bottom + 1).min(cell.bottom);
    let columns = line.left.saturating_sub(2).max(cell.left)..(line.right + 2).min(cell.right);
    for y in rows {
        for x in columns.clone() {
            let (to_x, to_y) = (x + beside - line.left, y + above - line.top);
            if x < grey.width() as usize && y < grey.height() as usize && to_x < width && to_y < full {
                picture.put_pixel(to_x as u32, to_y as u32, *grey.get_pixel(x as u32, y as u32));
            }
        }
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_leans_and_a_one_does_not() {
        let area = Area { left: 0, top: 0, right: 20, bottom: 30 };
        let drawn = |ink: &dyn Fn(u32, u32) -> bool| {
            GrayImage::from_fn(20, 30, |x, y| Luma([if ink(x, y) { 20 } else { 255 }]))
        };
        let slash = drawn(&|x, y| x.abs_diff((30 - y) / 2 + 2) < 2);
        let one = drawn(&|x, y| (9..12).contains(&x) || (y < 8 && (6..10).contains(&x)));
        let seven = drawn(&|x, y| (y < 3 && (2..16).contains(&x)) || x.abs_diff(14 - y / 4) < 2);
        assert_eq!(Stroke::of(&slash, area, 30.0), Some(Stroke::Slash));
        assert_eq!(Stroke::of(&one, area, 30.0), None);
        assert_eq!(Stroke::of(&seven, area, 30.0), None);
    }

    #[test]
    fn a_level_stroke_is_a_dash_or_a_hyphen_by_its_width() {
        let white = GrayImage::from_pixel(40, 30, Luma([255]));
        let area = |width: usize, height: usize| Area { left: 0, top: 10, right: width, bottom: 10 + height };
        assert_eq!(Stroke::of(&white, area(28, 2), 30.0), Some(Stroke::Dash));
        assert_eq!(Stroke::of(&white, area(9, 3), 30.0), Some(Stroke::Hyphen));
        assert_eq!(Stroke::of(&white, area(2, 2), 30.0), None);
    }
}
