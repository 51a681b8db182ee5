//! 线段 (segment): the ruling lines of a page picture, also dotted and broken ones.

use super::bitmap::Bitmap;

/// 线段: a straight level run of ink, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    pub position: f64,
    pub start: f64,
    pub end: f64,
}

/// Gaps in a dotted or broken line, in points.
const GAP: f64 = 2.2;

/// The shortest piece of a line, in points.
const SHORTEST: f64 = 11.0;

/// A piece this long ends anywhere; a shorter one ends at lines across on both sides, in points.
const LONG: f64 = 60.0;
const REACH: f64 = 4.0;

/// How much of a line is ink, gaps included: dots of a third, less what the end of a piece cuts off.
const DENSE: f64 = 0.3;

/// A solid line is ink to this share; a dotted one has at least a gap in so many points.
const SOLID: f64 = 0.95;
const DOTS: f64 = 4.0;

/// A line is thinner than this, in points.
const THICKEST: f64 = 4.5;

/// Beside a line there is paper: from and to, in points, and how much ink of what the line has may be there.
const BESIDE: (f64, f64) = (1.6, 3.2);
const BESIDE_INK: f64 = 0.4;

/// The horizontal and the vertical lines of a page.
pub(super) fn ruling(bitmap: &Bitmap, unit: f64) -> (Vec<Segment>, Vec<Segment>) {
    let across = segments(bitmap, unit);
    let turned = bitmap.transposed();
    let down = segments(&turned, unit);
    let kept_down = ended_at(&turned, &down, &across, unit);
    let kept_across = ended_at(bitmap, &across, &kept_down, unit);
    (kept_across, kept_down)
}

/// Leaves out short pieces that do not run from one line across to another: strokes of large characters.
fn ended_at(bitmap: &Bitmap, segments: &[Segment], across: &[Segment], unit: f64) -> Vec<Segment> {
    let reach = REACH * unit;
    let ends = |at: f64, position: f64| {
        across.iter().any(|other| {
            (other.position - at).abs() <= reach && position >= other.start - reach && position <= other.end + reach
        })
    };
    let stays = |segment: &&Segment| {
        segment.end - segment.start >= LONG * unit
            || ends(segment.start, segment.position)
                && ends(segment.end, segment.position)
                && is_drawn(bitmap, segment, unit)
    };
    segments.iter().filter(stays).copied().collect()
}

/// Whether a short piece is drawn from end to end, or dotted: the stroke of a character leaves a gap above and below it.
fn is_drawn(bitmap: &Bitmap, segment: &Segment, unit: f64) -> bool {
    let y = segment.position as usize;
    let inked = |x: usize| (y.saturating_sub(1)..=y + 1).any(|y| bitmap.is_ink(x, y));
    let along: Vec<bool> = (segment.start as usize..segment.end as usize).map(inked).collect();
    let ink = along.iter().filter(|ink| **ink).count();
    let gaps = along.windows(2).filter(|pair| matches!(pair, [true, false])).count();
    let is_solid = ink as f64 >= SOLID * along.len() as f64;
    is_solid || gaps as f64 >= along.len() as f64 / (DOTS * unit)
}

/// A line while its rows are put together.
struct Growing {
    start: usize,
    end: usize,
    first: usize,
    last: usize,
    weight: f64,
    moment: f64,
}

fn segments(bitmap: &Bitmap, unit: f64) -> Vec<Segment> {
    let mut growing: Vec<Growing> = Vec::new();
    let mut done: Vec<Growing> = Vec::new();
    for y in 0..bitmap.height {
        let (live, finished) = growing.into_iter().partition(|line: &Growing| line.last + 2 >= y);
        growing = live;
        done.extend::<Vec<Growing>>(finished);
        for (start, end) in runs(bitmap, y, unit) {
            let length = (end - start) as f64;
            let overlap = |line: &Growing| line.end.min(end).saturating_sub(line.start.max(start));
            match growing.iter_mut().find(|line| overlap(line) * 3 > (end - start).min(line.end - line.start)) {
                Some(line) => {
                    (line.start, line.end, line.last) = (line.start.min(start), line.end.max(end), y);
                    line.weight += length;
                    line.moment += length * y as f64;
                }
                None => {
                    growing.push(Growing { start, end, first: y, last: y, weight: length, moment: length * y as f64 })
                }
            }
        }
    }
    done.extend(growing);
    let is_thin = |line: &Growing| {
        let leaning = (line.end - line.start) as f64 * 0.004;
        (line.last - line.first) as f64 <= THICKEST * unit + leaning
    };
    let segment = |line: Growing| Segment {
        position: line.moment / line.weight + 0.5,
        start: line.start as f64,
        end: line.end as f64,
    };
    done.into_iter().filter(is_thin).map(segment).collect()
}

/// The runs of a row that may be pieces of a line: long, dense, and paper beside them.
fn runs(bitmap: &Bitmap, y: usize, unit: f64) -> Vec<(usize, usize)> {
    let gap = (GAP * unit).round().max(2.0) as usize;
    let shortest = SHORTEST * unit;
    let inked = |x: usize| bitmap.is_ink(x, y) || bitmap.is_ink(x, y + 1);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for x in (0..bitmap.width).filter(|x| inked(*x)) {
        match found.last_mut() {
            Some((_, end)) if x - *end <= gap => *end = x + 1,
            _ => found.push((x, x + 1)),
        }
    }
    found.retain(|(start, end)| (end - start) as f64 >= shortest);
    found.into_iter().flat_map(|run| lined_parts(bitmap, y, unit, run)).collect()
}

/// The parts of a run that look like a line: text that touches the line's end, or follows it closely, is left out.
fn lined_parts(bitmap: &Bitmap, y: usize, unit: f64, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let step = (SHORTEST * unit) as usize;
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let count = ((end - start) / step).max(1);
    for index in 0..count {
        let from = start + index * step;
        let to = if index + 1 == count { end } else { from + step };
        if !is_line(bitmap, y, unit, from, to) {
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.1 == from => part.1 = to,
            _ => parts.push((from, to)),
        }
    }
    parts
}

fn is_line(bitmap: &Bitmap, y: usize, unit: f64, from: usize, to: usize) -> bool {
    let ink = |y: usize| (from..to).filter(|x| bitmap.is_ink(*x, y)).count() as f64;
    let on = (from..to).filter(|x| bitmap.is_ink(*x, y) || bitmap.is_ink(*x, y + 1)).count() as f64;
    if on < DENSE * (to - from) as f64 {
        return false;
    }
    let (near, far) = ((BESIDE.0 * unit).round().max(2.0) as usize, (BESIDE.1 * unit).round() as usize);
    let mean = |rows: Vec<usize>| rows.iter().map(|y| ink(*y)).sum::<f64>() / rows.len().max(1) as f64;
    let above = mean((near..=far).filter_map(|d| y.checked_sub(d)).collect());
    let below = mean((near..=far).map(|d| y + 1 + d).collect());
    // Text of a tight row comes near to a line, but a line is drawn through where text is not.
    let is_solid =
        on >= SOLID * (to - from) as f64 && above.min(below) <= BESIDE_INK * on && above.max(below) < 0.8 * on;
    is_solid || above.max(below) <= BESIDE_INK * on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: impl Fn(usize, usize) -> bool) -> Bitmap {
        let ink = (0..200 * 300).map(|at| u8::from(lines(at % 300, at / 300))).collect();
        Bitmap { width: 300, height: 200, ink }
    }

    #[test]
    fn a_dotted_line_is_one_segment() {
        let page = page(|x, y| (50..52).contains(&y) && (20..280).contains(&x) && x % 5 < 2);
        let (across, _) = ruling(&page, 2.0);
        assert_eq!(across.len(), 1);
        assert!(across[0].end - across[0].start > 250.0, "{across:?}");
    }

    #[test]
    fn a_filled_block_is_no_line() {
        let page = page(|x, y| (50..90).contains(&y) && (20..280).contains(&x));
        assert_eq!(ruling(&page, 2.0).0, []);
    }
}
