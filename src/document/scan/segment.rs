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

/// A line that no other crosses is at least this long, in points.
const ALONE: f64 = 180.0;

/// A line comes this near to the lines where it ends, in points.
const END_GAP: f64 = 1.3;

/// Half of the thickness of a line, in points.
const EDGE: f64 = 1.8;

/// How much of a line is ink, gaps included: dots of a third, less what the end of a piece cuts off.
const DENSE: f64 = 0.3;

/// A solid line is ink to this share.
const SOLID: f64 = 0.95;

/// A line is thinner than this, in points.
const THICKEST: f64 = 4.5;

/// Beside a line there is paper: from and to, in points, and how much ink of what the line has may be there.
const BESIDE: (f64, f64) = (1.6, 3.2);
const BESIDE_INK: f64 = 0.4;

/// The horizontal and the vertical lines of a page.
pub(super) fn ruling(bitmap: &Bitmap, unit: f64) -> (Vec<Segment>, Vec<Segment>) {
    let turned = bitmap.transposed();
    let (across, down) = (segments(bitmap, unit), segments(&turned, unit));
    // What is drawn in one direction rests on what is drawn in the other; long lines are there from the start.
    let long = |segments: &[Segment]| -> Vec<Segment> {
        segments.iter().filter(|segment| segment.length() >= LONG * unit).copied().collect()
    };
    let (mut kept_across, mut kept_down) = (long(&across), long(&down));
    for _ in 0..PASSES {
        kept_down = ended_at(&turned, &down, &kept_across, unit);
        kept_across = ended_at(bitmap, &across, &kept_down, unit);
    }
    let filled_down = filled(&turned, &kept_down, &kept_across, unit, BESIDE_TEXT);
    let filled_across = filled(bitmap, &kept_across, &filled_down, unit, UNDER_TEXT);
    (filled_across, filled_down)
}

/// Short lines rest on lines across, which may be short themselves.
const PASSES: usize = 2;

impl Segment {
    fn length(&self) -> f64 {
        self.end - self.start
    }
}

/// Leaves out what is no line: strokes of characters, and rows of print that come near to a line.
fn ended_at(bitmap: &Bitmap, segments: &[Segment], across: &[Segment], unit: f64) -> Vec<Segment> {
    let reach = REACH * unit;
    let end = |at: f64, position: f64| {
        let reaches = |other: &&Segment| position >= other.start - reach && position <= other.end + reach;
        let distance = |other: &Segment| (other.position - at).abs();
        let nearest = across.iter().filter(reaches).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.filter(|other| distance(other) <= reach).map(|other| other.position)
    };
    let touches = |segment: &Segment| {
        let within = |at: f64, start: f64, end: f64| at >= start - reach && at <= end + reach;
        across.iter().any(|other| {
            within(other.position, segment.start, segment.end) && within(segment.position, other.start, other.end)
        })
    };
    let stays = |segment: &&Segment| {
        if segment.length() >= LONG * unit {
            let own = (segment.start, segment.end);
            return (touches(segment) || segment.length() >= ALONE * unit)
                && is_drawn(bitmap, segment.position, own, unit);
        }
        let ends = end(segment.start, segment.position).zip(end(segment.end, segment.position));
        // The stroke of a character leaves a gap to the lines above and below it.
        ends.is_some_and(|(from, to)| is_drawn(bitmap, segment.position, (from, to), unit))
    };
    segments.iter().filter(stays).copied().collect()
}

/// Adds to lines what lies between two lines across and is drawn though text touches it.
fn filled(bitmap: &Bitmap, segments: &[Segment], across: &[Segment], unit: f64, slack: Slack) -> Vec<Segment> {
    let reach = REACH * unit;
    let mut lines: Vec<f64> = segments.iter().map(|segment| segment.position).collect();
    lines.sort_by(f64::total_cmp);
    lines.dedup_by(|next, kept| *next - *kept < reach);
    let mut all = segments.to_vec();
    for position in lines {
        let own: Vec<Segment> =
            segments.iter().filter(|segment| (segment.position - position).abs() < reach).copied().collect();
        let around = slack.around * unit;
        let touches = |other: &&Segment| position >= other.start - around && position <= other.end + around;
        let mut crossings: Vec<f64> = across.iter().filter(touches).map(|other| other.position).collect();
        // A table without borders at its sides ends where its other lines end.
        let beside = || segments.iter().filter(|segment| (segment.position - position).abs() <= around);
        crossings.extend(beside().map(|segment| segment.start).min_by(f64::total_cmp));
        crossings.extend(beside().map(|segment| segment.end).max_by(f64::total_cmp));
        crossings.sort_by(f64::total_cmp);
        crossings.dedup_by(|next, kept| *next - *kept < reach);
        for (from, to) in crossings.iter().zip(crossings.iter().skip(1)) {
            let covered: f64 = own.iter().map(|line| (line.end.min(*to) - line.start.max(*from)).max(0.0)).sum();
            if to - from - covered <= UNCOVERED * unit {
                continue;
            }
            // A page is never quite level: the piece nearest by tells where the line runs here.
            let middle = (from + to) / 2.0;
            let distance = |line: &Segment| (line.start - middle).max(middle - line.end).max(0.0);
            let near = own.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
            let Some(near) = near.map(|line| line.position) else { continue };
            if is_drawn(bitmap, near, (*from, *to), unit) || is_worn(bitmap, near, (*from, *to), unit, slack.worn) {
                all.push(Segment { position: near, start: *from, end: *to });
            }
        }
    }
    all
}

/// What is allowed where a line is filled up.
#[derive(Debug, Clone, Copy)]
struct Slack {
    /// A line runs from edge to edge of a table that is as near as this, in points.
    around: f64,
    /// This share of it may be worn off.
    worn: f64,
}

/// Text stands on level lines and wears them off; beside upright ones it keeps its distance, and its strokes are like them.
const UNDER_TEXT: Slack = Slack { around: 60.0, worn: 0.25 };
const BESIDE_TEXT: Slack = Slack { around: REACH, worn: 0.0 };

/// So much of the way between two lines across may be without pieces, in points: it is closed when pieces are joined.
const UNCOVERED: f64 = 2.0;

/// Whether a line is drawn from end to end, or dotted: it begins and ends where it should, and no gap in it is wide.
fn is_drawn(bitmap: &Bitmap, position: f64, (from, to): (f64, f64), unit: f64) -> bool {
    let along = followed(bitmap, position, (from, to), unit);
    let ink = along.iter().filter(|ink| **ink).count();
    let (at_ends, between) = wide_gaps(&along, unit);
    let is_long = to - from >= LONG * unit;
    let most = if is_long { MISSING * along.len() as f64 } else { 0.0 };
    (at_ends + between) as f64 <= most && ink as f64 >= DENSE * along.len() as f64
}

/// Whether what is known to be a line farther on runs on here, though text beside it makes part of it too faint to be seen.
fn is_worn(bitmap: &Bitmap, position: f64, (from, to): (f64, f64), unit: f64, worn: f64) -> bool {
    let along = followed(bitmap, position, (from, to), unit);
    let ink = along.iter().filter(|ink| **ink).count() as f64;
    let (at_ends, between) = wide_gaps(&along, unit);
    let (near, far) = ((BESIDE.0 * unit).round().max(2.0) as isize, (BESIDE.1 * unit).round() as isize);
    let beside = |side: isize| {
        let row = |distance: isize| {
            let y = usize::try_from(position as isize + side * distance).ok();
            let inked = |x: &usize| y.is_some_and(|y| bitmap.is_ink(*x, y));
            (from as usize..to as usize).filter(inked).count() as f64
        };
        (near..=far).map(row).sum::<f64>() / (far - near + 1).max(1) as f64
    };
    at_ends == 0
        && worn > 0.0
        && between as f64 <= worn * along.len() as f64
        && ink >= DENSE * along.len() as f64
        && beside(-1).min(beside(1)) <= BESIDE_INK * ink
}

/// The pixels of gaps that no line has: at its ends and between them.
fn wide_gaps(along: &[bool], unit: f64) -> (usize, usize) {
    let (inside, at_end) = ((GAP * unit).max(2.0) as usize, (END_GAP * unit).max(2.0) as usize);
    let edge = (EDGE * unit) as usize;
    let gaps = along.chunk_by(|a, b| a == b).filter(|run| run.first() == Some(&false)).count();
    let at_end = if gaps >= DOTTED { inside } else { at_end };
    let (mut place, mut at_ends, mut between) = (0, 0, 0);
    for run in along.chunk_by(|a, b| a == b) {
        // The line across may be all that is seen at an end.
        let is_end = place <= edge || place + run.len() + edge >= along.len();
        place += run.len();
        match run.first() {
            Some(false) if is_end && run.len() > at_end => at_ends += run.len(),
            Some(false) if !is_end && run.len() > inside => between += run.len(),
            _ => {}
        }
    }
    (at_ends, between)
}

/// A line with so many gaps is dotted.
const DOTTED: usize = 4;

/// This share of a long line may be worn off.
const MISSING: f64 = 0.06;

/// A line that may lean a little is followed in steps of this length, in points, and leaves its row by so many pixels.
const STEP: f64 = 24.0;
const SHIFTS: [isize; 3] = [0, -1, 1];

/// How far a line leans at most.
const MOST_LEAN: f64 = 0.004;

/// Where there is ink along a line.
fn followed(bitmap: &Bitmap, position: f64, (from, to): (f64, f64), unit: f64) -> Vec<bool> {
    let (from, to) = (from.max(0.0) as usize, to.max(0.0) as usize);
    let inked = |x: usize, y: isize| {
        let rows = (y - 1).max(0) as usize..=(y + 1).max(0) as usize;
        rows.into_iter().any(|y| bitmap.is_ink(x, y))
    };
    let mut along = Vec::with_capacity(to.saturating_sub(from));
    let mut row = position as isize;
    let step = (STEP * unit).max(1.0) as usize;
    for start in (from..to).step_by(step) {
        let end = (start + step).min(to);
        let lean = ((start - from) as f64 * MOST_LEAN + 1.0) as isize;
        let near = |shift: &&isize| (row + **shift - position as isize).abs() <= lean;
        let ink = |shift: &&isize| (start..end).filter(|x| inked(*x, row + **shift)).count();
        // The first of equal ones: a line stays where it is unless another row has more ink.
        let best = SHIFTS.iter().rev().filter(near).max_by_key(ink).copied().unwrap_or(0);
        row += best;
        along.extend((start..end).map(|x| inked(x, row)));
    }
    along
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
        let leaning = (line.end - line.start) as f64 * MOST_LEAN;
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
    fn a_dotted_line_between_two_others_is_one_segment() {
        let ends = |x: usize| (20..22).contains(&x) || (278..280).contains(&x);
        let page = page(|x, y| {
            (50..52).contains(&y) && (20..280).contains(&x) && x % 5 < 2 || ends(x) && (30..190).contains(&y)
        });
        let (across, _) = ruling(&page, 2.0);
        assert_eq!(across.len(), 1);
        assert!(across[0].end - across[0].start > 250.0, "{across:?}");
    }

    #[test]
    fn a_filled_block_is_no_line() {
        let page = page(|x, y| (50..90).contains(&y) && (20..280).contains(&x));
        assert_eq!(ruling(&page, 2.0).0, []);
    }

    #[test]
    fn a_stroke_that_leaves_a_gap_is_no_line_and_text_on_a_line_does_not_hide_it() {
        let ruled = |x: usize, y: usize| {
            let across = (40..42).contains(&y) || (90..92).contains(&y);
            let down = (20..22).contains(&x) || (278..280).contains(&x);
            (across && (20..280).contains(&x)) || (down && (40..92).contains(&y))
        };
        let stroke = |x: usize, y: usize| (150..153).contains(&x) && (48..84).contains(&y);
        let text = |x: usize, y: usize| (100..220).contains(&x) && (84..91).contains(&y) && x % 7 < 4;
        let (across, down) = ruling(&page(|x, y| ruled(x, y) || stroke(x, y) || text(x, y)), 2.0);
        assert!(down.iter().all(|line| !(140.0..160.0).contains(&line.position)), "{down:?}");
        let lower: f64 = (20..280)
            .filter(|x| across.iter().any(|l| l.position > 80.0 && l.start <= *x as f64 && l.end > *x as f64))
            .count() as f64;
        assert!(lower > 250.0, "{across:?}");
    }
}
