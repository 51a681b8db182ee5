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

/// How far the upper third of a slash stands right of its lower third, in heights.
const LEANING: f64 = 0.2;

/// Whether the ink of an area goes from the lower left to the upper right, as no upright stroke does.
pub(super) fn leans_like_a_slash(grey: &GrayImage, area: Area) -> bool {
    let third = area.height() / 3;
    let ink = |top: usize, bottom: usize| -> Option<f64> {
        let places = (top..bottom).flat_map(|y| (area.left..area.right).map(move |x| (x, y)));
        let weights = places.filter_map(|(x, y)| {
            let shade = grey.get_pixel_checked(u32::try_from(x).ok()?, u32::try_from(y).ok()?)?;
            Some((x as f64, f64::from(255 - shade.0[0])))
        });
        let (weight, moment) = weights.fold((0.0, 0.0), |(sum, moment), (x, ink)| (sum + ink, moment + x * ink));
        (weight > 0.0).then(|| moment / weight)
    };
    let upper = ink(area.top, area.top + third);
    let lower = ink(area.bottom - third.min(area.bottom), area.bottom);
    upper.zip(lower).is_some_and(|(upper, lower)| upper - lower > LEANING * area.height() as f64)
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
        assert!(leans_like_a_slash(&slash, area));
        assert!(!leans_like_a_slash(&one, area));
    }
}
