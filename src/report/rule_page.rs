//! 规则集页面 (rule page): a rule set explained on one page of HTML, its curves as drawings.

use rust_decimal::Decimal;

use super::html::{STYLE, escape};
use crate::ruleset::{Passage, RuleSet, TargetKind, passages, points_at};
use crate::score::Points;

/// The rule set as a page without anything outside it.
pub fn rule_page(set: &RuleSet) -> String {
    let title = escape(&set.title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for passage in passages(set).iter().skip(1) {
        match passage {
            Passage::Line(line) => page.push_str(&line_html(line)),
            Passage::Curve { rule, kind } => page.push_str(&figure(set, rule, *kind)),
        }
    }
    page.push_str(&format!(
        "<footer>jixiao {}；规则集 {}（{}）</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        escape(&set.id),
        escape(&set.hash)
    ));
    page
}

/// A line of the explanation, as deep as its leading blanks say.
fn line_html(line: &str) -> String {
    let text = line.trim_start();
    if text.is_empty() {
        return String::new();
    }
    if let Some(name) = text.strip_prefix("■ ") {
        return format!("<h2>{}</h2>\n", escape(name));
    }
    let depth = (line.len() - text.len()) / 2;
    format!("<p style=\"margin:.2em 0 .2em {depth}em\">{}</p>\n", escape(text))
}

/// Left edge, top, pixels for one per cent and for one point of a drawing.
const LEFT: i64 = 34;
const TOP: i64 = 12;
const PERCENT: i64 = 2;
const POINT: i64 = 14;
/// Per cent that a drawing shows, and its points.
const MOST_PERCENT: i64 = 220;
const MOST_POINTS: i64 = 10;
/// A difference of so many points within one per cent is a jump, which no line joins.
const JUMP: Decimal = Decimal::from_parts(12, 0, 0, false, 1);

/// The curve for a weight of 10 over the completion rate; empty where the set gives no figure.
fn figure(set: &RuleSet, rule: &str, kind: TargetKind) -> String {
    let pieces = pieces(set, rule, kind);
    if pieces.is_empty() {
        return String::new();
    }
    let (width, height) = (LEFT + MOST_PERCENT * PERCENT + 40, TOP + MOST_POINTS * POINT + 24);
    let caption = format!("{rule}，{}目标：分值10分时的得分（横轴为完成率）", kind.words());
    let mut svg = format!(
        "<figure><figcaption>{caption}</figcaption>\n<svg viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{caption}\">\n",
        caption = escape(&caption)
    );
    svg.push_str(&axes());
    for piece in pieces {
        svg.push_str(&drawn(&piece));
    }
    svg.push_str("</svg></figure>\n");
    svg
}

/// The sampled curve, broken where it jumps or where the set is silent.
fn pieces(set: &RuleSet, rule: &str, kind: TargetKind) -> Vec<Vec<(i64, Decimal)>> {
    let mut pieces: Vec<Vec<(i64, Decimal)>> = Vec::new();
    let mut open = false;
    for percent in 0..=MOST_PERCENT {
        let points = match points_at(set, Some(rule), kind, Decimal::new(percent, 2), Decimal::TEN) {
            Some(Points::Exact { rounded, .. }) => rounded,
            Some(Points::Within { high, .. }) => high,
            None => {
                open = false;
                continue;
            }
        };
        match pieces.last_mut().filter(|_| open) {
            Some(piece) if piece.last().is_some_and(|(_, last)| (points - last).abs() <= JUMP) => {
                piece.push((percent, points));
            }
            _ => pieces.push(vec![(percent, points)]),
        }
        open = true;
    }
    pieces
}

fn drawn(piece: &[(i64, Decimal)]) -> String {
    let at = |(percent, points): &(i64, Decimal)| {
        let y = Decimal::from(TOP + MOST_POINTS * POINT) - points * Decimal::from(POINT);
        format!("{},{}", LEFT + percent * PERCENT, y.round_dp(1).normalize())
    };
    match piece {
        [one] => {
            let spot = at(one);
            let (x, y) = spot.split_once(',').unwrap_or_default();
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"#2874a6\"/>\n")
        }
        _ => {
            let spots: Vec<String> = piece.iter().map(at).collect();
            format!("<polyline points=\"{}\" fill=\"none\" stroke=\"#2874a6\" stroke-width=\"2\"/>\n", spots.join(" "))
        }
    }
}

/// Lines and figures at the usual rates and at every fifth point.
fn axes() -> String {
    let (bottom, right) = (TOP + MOST_POINTS * POINT, LEFT + MOST_PERCENT * PERCENT);
    let mut svg = String::new();
    for points in [0, 5, 10] {
        let y = bottom - points * POINT;
        svg.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{right}\" y2=\"{y}\" stroke=\"#ccc\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{points}</text>\n",
            LEFT - 6,
            y + 4
        ));
    }
    for percent in [0, 60, 80, 100, 150, 200] {
        let x = LEFT + percent * PERCENT;
        svg.push_str(&format!(
            "<line x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#eee\"/>\
             <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{percent}%</text>\n",
            bottom + 18
        ));
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::builtin;

    #[test]
    fn every_set_has_a_page_of_its_own_with_nothing_fetched() {
        for set in builtin::sets() {
            let page = rule_page(set);
            assert!(page.contains(&escape(&set.title)), "{}", set.id);
            let fetching = ["<script", "<img", "<link", "src=", "url("];
            assert!(!fetching.iter().any(|word| page.contains(word)), "{}", set.id);
        }
    }

    #[test]
    fn a_curve_is_broken_where_it_jumps() {
        let set = builtin::find("xinjiang-2024").unwrap();
        let page = rule_page(&set);
        assert!(page.contains("<polyline"), "{page}");
        let national = builtin::find("mof-2021-101").unwrap();
        let steps = pieces(&national, "满意度赋分", TargetKind::AtLeast);
        assert_eq!(steps.len(), 4, "{steps:?}");
    }
}
