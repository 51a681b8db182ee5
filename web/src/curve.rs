//! 曲线 (curve): the points that a rule gives over the completion rate, with the row's own point on it.

use jixiao::ruleset::{RuleSet, TargetKind, points_at};
use jixiao::score::Points;
use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Drawn to this rate in per cent, a point every so many.
const MOST: i64 = 200;
const STEP: usize = 2;

/// Pixels for one per cent and for one of ten points, and the room around.
const WIDTH: i64 = 1;
const HEIGHT: i64 = 10;
const LEFT: i64 = 30;
const TOP: i64 = 10;

/// A jump larger than this, in points of ten, is no line.
const JUMP: i64 = 3;

/// The curve of a rule for a kind of target; nothing where it gives no figure.
pub fn curve(rules: &RuleSet, rule: Option<&str>, kind: TargetKind, rate: Option<Decimal>) -> Markup {
    let mut pieces: Vec<Vec<(i64, Decimal)>> = Vec::new();
    for percent in (0..=MOST).step_by(STEP) {
        let Some(points) = at(rules, rule, kind, Decimal::from(percent)) else {
            pieces.push(Vec::new());
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if piece.last().is_some_and(|(_, last)| (points - *last).abs() <= Decimal::from(JUMP)) => {
                piece.push((percent, points));
            }
            _ => pieces.push(vec![(percent, points)]),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    if pieces.is_empty() {
        return html! {};
    }
    let own = rate.and_then(|rate| Some((rate.round().to_i64()?.clamp(0, MOST), at(rules, rule, kind, rate)?)));
    let (width, height) = (LEFT + MOST * WIDTH + 20, TOP + 10 * HEIGHT + 24);
    html! {
        figure class="curve" {
            svg viewBox=(format!("0 0 {width} {height}")) role="img" aria-label="完成率与得分的关系" {
                @for tick in [0, 5, 10] {
                    text x="0" y=(y(Decimal::from(tick)) + 4) { (tick) }
                    line x1=(LEFT) x2=(LEFT + MOST * WIDTH) y1=(y(Decimal::from(tick))) y2=(y(Decimal::from(tick))) class="grid" {}
                }
                @for tick in [0, 60, 100, 200] {
                    text x=(LEFT + tick * WIDTH) y=(TOP + 10 * HEIGHT + 18) text-anchor="middle" { (tick) "%" }
                }
                @for piece in &pieces {
                    @let spots: Vec<String> = piece.iter().map(|(x, points)| format!("{},{}", LEFT + x * WIDTH, y(*points))).collect();
                    polyline points=(spots.join(" ")) class="line" {}
                }
                @if let Some((x, points)) = own {
                    circle cx=(LEFT + x * WIDTH) cy=(y(points)) r="4" class="own" {}
                }
            }
            figcaption { "满分10分时，完成率与得分的关系；圆点为本行" }
        }
    }
}

fn at(rules: &RuleSet, rule: Option<&str>, kind: TargetKind, percent: Decimal) -> Option<Decimal> {
    let rate = percent.checked_div(Decimal::ONE_HUNDRED)?;
    match points_at(rules, rule, kind, rate, Decimal::TEN)? {
        Points::Exact { rounded, .. } => Some(rounded),
        Points::Within { high, .. } => Some(high),
    }
}

fn y(points: Decimal) -> i64 {
    let down = Decimal::from(10).checked_sub(points).and_then(|down| down.checked_mul(Decimal::from(HEIGHT)));
    TOP + down.and_then(|down| down.round().to_i64()).unwrap_or(0).clamp(0, 10 * HEIGHT)
}
