//! 候选直线 (line): the lines that a piece of a scoring curve may be, simplest first, in fixed-point integers.

/// One, in the fixed-point numbers of the search: nine decimals, far finer than any printed score.
pub const ONE: i128 = 1_000_000_000;

const HUNDREDTH: i128 = ONE / 100;
const TWENTIETH: i128 = ONE / 20;

/// A point of the unknown curve: the measure, and the printed score with its weight.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    pub x: i128,
    pub weight: i128,
    pub printed: i128,
    /// Half a unit of the last printed place.
    pub half: i128,
}

/// A line through two points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub from: (i128, i128),
    pub to: (i128, i128),
    /// How contrived it is; simple lines are preferred.
    pub cost: u32,
}

impl Line {
    /// The share of the weight at a measure, not below 0 nor above 1.
    pub fn at(&self, x: i128) -> i128 {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        if x0 == x1 || y0 == y1 {
            return y0;
        }
        y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    }

    /// Whether the line gives the printed score within its rounding.
    pub fn explains(&self, point: &Point) -> bool {
        let share = self.at(point.x);
        if !(-2..=ONE + 2).contains(&share) {
            return false;
        }
        let score = point.weight * share / ONE;
        (score - point.printed).abs() <= point.half + 10
    }

    pub fn is_flat(&self) -> bool {
        self.from.1 == self.to.1
    }

    /// The measure at which the line has a share; `None` for a flat line.
    pub fn reaches(&self, share: i128) -> Option<i128> {
        let ((x0, y0), (x1, y1)) = (self.from, self.to);
        (y0 != y1).then(|| x0 + (share - y0) * (x1 - x0) / (y1 - y0))
    }
}

/// The candidates for a set of points.
pub fn candidates(points: &[Point]) -> Vec<Line> {
    let mut lines = Vec::new();
    let flat = |share: i128, cost| Line { from: (0, share), to: (ONE, share), cost };
    lines.extend([ONE, 0].map(|share| flat(share, 0)));
    lines.extend((1..20).map(|step| flat(step * TWENTIETH, 2)));
    lines.extend((1..100).map(|step| flat(step * HUNDREDTH, 4)));
    let through = |zero: i128, full: i128, cost| Line { from: (zero, 0), to: (full, ONE), cost };
    lines.extend((0..=300).filter(|step| *step != 100).map(|step| {
        let cost = if step % 10 == 0 { 0 } else { 3 };
        through(step * HUNDREDTH, ONE, cost)
    }));
    for zero in -20..=80 {
        let fulls = (-20..=80).filter(|full| *full != zero && *full != 20);
        lines.extend(fulls.map(|full| through(zero * TWENTIETH, full * TWENTIETH, 4)));
    }
    for share in 0..=20 {
        let slopes = (-100..=100).filter(|slope| *slope != 0);
        lines.extend(slopes.map(|slope| Line {
            from: (ONE, share * TWENTIETH),
            to: (2 * ONE, share * TWENTIETH + slope * TWENTIETH),
            cost: 6,
        }));
    }
    lines.extend(through_pairs(points));
    lines
}

/// Most points whose pairs are tried; more give no new lines in practice but cost the square.
const MOST_PAIRED: usize = 60;

/// The lines through two points each, for curves whose numbers are not round.
fn through_pairs(points: &[Point]) -> Vec<Line> {
    let step = points.len().div_ceil(MOST_PAIRED).max(1);
    let some: Vec<(i128, i128)> =
        points.iter().step_by(step).map(|point| (point.x, point.printed * ONE / point.weight)).collect();
    let mut lines = Vec::new();
    for (index, from) in some.iter().enumerate() {
        let others = some.iter().skip(index + 1).filter(|to| to.0 != from.0);
        lines.extend(others.map(|to| Line { from: *from, to: *to, cost: 12 }));
    }
    lines
}
