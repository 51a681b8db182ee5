//! 拟合 (fit): the fewest straight pieces that reproduce the printed scores, and the points that no simple curve explains.

use crate::ruleset::infer::line::{Line, ONE, Point, candidates};

/// What a piece costs, against the cost of leaving a point unexplained.
const PIECE: u32 = 40;
const OUTLIER: u32 = 25;
/// Distinct measures that a piece must explain, so that no piece is made up for a pair of outliers.
const LEAST_SUPPORT: usize = 3;
/// Lines that are kept for the search, best first.
const MOST_LINES: usize = 240;
/// Points that are searched; more are thinned out evenly and only checked at the end.
const MOST_POINTS: usize = 160;

/// 一段: a straight piece with the range of measures that data cover.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    pub line: Line,
    pub first: i128,
    pub last: i128,
}

/// The pieces for a set of points, and what they cost.
#[derive(Debug, Clone)]
pub struct Pieces {
    pub pieces: Vec<Piece>,
    pub cost: u32,
}

/// The cheapest pieces; `None` without points.
pub fn fit(points: &[Point]) -> Option<Pieces> {
    let mut points = points.to_vec();
    points.sort_by_key(|point| point.x);
    let step = points.len().div_ceil(MOST_POINTS).max(1);
    let points: Vec<Point> = points.into_iter().step_by(step).collect();
    let lines = promising(&points);
    let search = Search { points: &points, lines: &lines };
    search.run()
}

/// Candidate lines with the points they explain, the most useful first.
fn promising(points: &[Point]) -> Vec<(Line, Vec<bool>)> {
    let mut lines: Vec<(usize, Line, Vec<bool>)> = Vec::new();
    for line in candidates(points) {
        let explained: Vec<bool> = points.iter().map(|point| line.explains(point)).collect();
        let count = explained.iter().filter(|yes| **yes).count();
        if count > 0 {
            lines.push((count, line, explained));
        }
    }
    lines.sort_by_key(|(count, line, _)| (std::cmp::Reverse(*count), line.cost));
    let mut kept: Vec<(Line, Vec<bool>)> = Vec::new();
    for (_, line, explained) in lines {
        // A line that explains the same points as a simpler one adds nothing.
        if kept.len() < MOST_LINES && !kept.iter().any(|(other, same)| *same == explained && other.cost <= line.cost) {
            kept.push((line, explained));
        }
    }
    kept
}

struct Search<'p> {
    points: &'p [Point],
    lines: &'p [(Line, Vec<bool>)],
}

/// The best way to explain the points before a position.
#[derive(Clone, Copy)]
struct Best {
    cost: u32,
    /// Where the last piece begins, and its line.
    last: Option<(usize, usize)>,
}

impl Search<'_> {
    fn run(&self) -> Option<Pieces> {
        let count = self.points.len();
        let mut best: Vec<Best> = vec![Best { cost: 0, last: None }];
        for end in 1..=count {
            let mut here = Best { cost: u32::MAX, last: None };
            for (index, (line, explained)) in self.lines.iter().enumerate() {
                self.extend(&best, end, (index, line.cost, explained), &mut here);
            }
            // Without any line the point stays unexplained.
            let skipped = best.get(end - 1).map_or(u32::MAX, |before| before.cost.saturating_add(OUTLIER));
            if skipped < here.cost {
                here = Best { cost: skipped, last: None };
            }
            best.push(here);
        }
        let cost = best.last()?.cost;
        Some(Pieces { pieces: self.pieces(&best), cost })
    }

    /// Tries a line for every piece that ends here.
    fn extend(&self, best: &[Best], end: usize, line: (usize, u32, &[bool]), here: &mut Best) {
        let (index, line_cost, explained) = line;
        let needed = LEAST_SUPPORT.min(self.distinct());
        let (mut missed, mut support, mut previous) = (0u32, 0usize, None);
        for start in (0..end).rev() {
            let (Some(point), Some(yes)) = (self.points.get(start), explained.get(start)) else { break };
            if *yes {
                support += usize::from(previous != Some(point.x));
                previous = Some(point.x);
            } else {
                missed += 1;
            }
            let before = best.get(start).map_or(u32::MAX, |before| before.cost);
            let cost = before.saturating_add(PIECE + line_cost).saturating_add(missed * OUTLIER);
            if support >= needed && cost < here.cost {
                *here = Best { cost, last: Some((start, index)) };
            }
        }
    }

    fn distinct(&self) -> usize {
        1 + self.points.windows(2).filter(|pair| matches!(pair, [left, right] if left.x != right.x)).count()
    }

    fn pieces(&self, best: &[Best]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut end = self.points.len();
        while end > 0 {
            let Some((start, index)) = best.get(end).and_then(|here| here.last) else {
                end -= 1;
                continue;
            };
            if let Some((line, explained)) = self.lines.get(index) {
                let range = self.points.get(start..end).unwrap_or_default();
                let explained = explained.get(start..end).unwrap_or_default();
                let covered = || range.iter().zip(explained).filter(|(_, yes)| **yes).map(|(point, _)| point.x);
                let (first, last) = (covered().min().unwrap_or(0), covered().max().unwrap_or(0));
                pieces.push(Piece { line: *line, first, last });
            }
            end = start;
        }
        pieces.reverse();
        pieces
    }
}

/// 曲线的一段, from one measure to another, with the share at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: i128,
    /// `None`: without end.
    pub to: Option<i128>,
    pub give: (i128, i128),
    /// Whether the lower end belongs to the stretch before.
    pub open: bool,
    /// Whether data lie in it.
    pub seen: bool,
}

/// The pieces as stretches that cover every measure from zero on; beyond the data lines run on to 0 or 1 and stay there.
pub fn stretches(pieces: &[Piece]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let end = pieces.get(index + 1).map(|next| (knot(piece, next), next));
        if index == 0 {
            at = lead_in(piece, &mut stretches);
        }
        let give = |x: i128| piece.line.at(x).clamp(0, ONE);
        match end {
            Some((to, _)) if to > at => {
                stretches.push(Stretch {
                    from: at,
                    to: Some(to),
                    give: (give(at), give(to)),
                    open: at > 0,
                    seen: true,
                });
                at = to;
            }
            Some(_) => {}
            None => lead_out(piece, at, &mut stretches),
        }
    }
    stretches
}

/// Where two pieces meet: their intersection if it lies between their data, else half way.
fn knot(left: &Piece, right: &Piece) -> i128 {
    let middle = (left.last + right.first) / 2;
    let difference = |x: i128| left.line.at(x) - right.line.at(x);
    let (here, there) = (difference(0), difference(4 * ONE));
    if here == there {
        return middle;
    }
    let crossing = 4 * ONE * here / (here - there);
    // Rounded to what a person would write, if that is still between the data.
    let round = (crossing + ONE / 2_000) / (ONE / 1_000) * (ONE / 1_000);
    let between = |x: i128| (left.last..=right.first).contains(&x);
    [round, crossing].into_iter().find(|x| between(*x)).unwrap_or(middle)
}

/// The flat part before the first data: of a piece that reaches 0 or 1 there, or that is flat itself.
fn lead_in(piece: &Piece, stretches: &mut Vec<Stretch>) -> i128 {
    // Whole per cent, as a person would write it.
    let edge = piece.first / (ONE / 100) * (ONE / 100);
    if piece.line.is_flat() && edge > 0 {
        let give = (piece.line.at(0), piece.line.at(0));
        stretches.push(Stretch { from: 0, to: Some(edge), give, open: false, seen: false });
        return edge;
    }
    let ends = [0, ONE].into_iter().filter_map(|share| piece.line.reaches(share).map(|x| (x, share)));
    let Some((x, share)) = ends.filter(|(x, _)| *x > 0 && *x <= piece.first).max() else { return 0 };
    stretches.push(Stretch { from: 0, to: Some(x), give: (share, share), open: false, seen: false });
    x
}

/// The last piece up to where it reaches 0 or 1, and flat from there.
fn lead_out(piece: &Piece, at: i128, stretches: &mut Vec<Stretch>) {
    let give = |x: i128| piece.line.at(x).clamp(0, ONE);
    let open = at > 0;
    if piece.line.is_flat() {
        stretches.push(Stretch { from: at, to: None, give: (give(at), give(at)), open, seen: true });
        return;
    }
    let ends = [0, ONE].into_iter().filter_map(|share| piece.line.reaches(share).map(|x| (x, share)));
    let Some((x, share)) = ends.filter(|(x, _)| *x >= piece.last && *x > at).min() else {
        stretches.push(Stretch {
            from: at,
            to: Some(piece.last),
            give: (give(at), give(piece.last)),
            open,
            seen: true,
        });
        stretches.push(Stretch {
            from: piece.last,
            to: None,
            give: (give(piece.last), give(piece.last)),
            open: true,
            seen: false,
        });
        return;
    };
    stretches.push(Stretch { from: at, to: Some(x), give: (give(at), share), open, seen: true });
    stretches.push(Stretch { from: x, to: None, give: (share, share), open: true, seen: false });
}
