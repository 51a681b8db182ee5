//! 图形 (shape): the ruling lines in a painted path.
//!
//! Word and WPS paint a border as a thin filled rectangle, LibreOffice and Excel as a stroke; both become rules.

use kurbo::{Affine, BezPath, PathEl, Point, Rect};

use super::page::Rule;

/// A filled rectangle not wider than this is a rule, in points.
const THICKEST_RULE: f64 = 3.0;

/// Greatest slant of a stroke that still counts as parallel to the page, in points.
const SLANT: f64 = 0.5;

/// The rules in a filled path: its thin rectangles. Shading is not a border.
pub(super) fn rules_of_fill(path: &BezPath, transform: Affine) -> Vec<Rule> {
    let polygons = polylines(path, transform);
    let closed = polygons.iter().filter(|line| line.curved == 0 && line.points.len() >= 4);
    closed.flat_map(|line| rules_of_rectangle(line.bounds())).collect()
}

/// The rules in a stroked path: its segments that run along the page.
pub(super) fn rules_of_stroke(path: &BezPath, transform: Affine) -> Vec<Rule> {
    let lines = polylines(path, transform);
    lines.iter().flat_map(|line| line.points.windows(2)).filter_map(|pair| rule_of_segment(pair[0], pair[1])).collect()
}

fn rule_of_segment(from: Point, to: Point) -> Option<Rule> {
    if !from.is_finite() || !to.is_finite() {
        return None;
    }
    if (from.y - to.y).abs() < SLANT {
        Some(Rule::horizontal((from.y + to.y) / 2.0, from.x, to.x))
    } else if (from.x - to.x).abs() < SLANT {
        Some(Rule::vertical((from.x + to.x) / 2.0, from.y, to.y))
    } else {
        None
    }
}

/// A thin rectangle is a rule, a dot (the corner squares of Word) is one in both directions.
fn rules_of_rectangle(area: Rect) -> Vec<Rule> {
    let mut rules = Vec::new();
    if !area.is_finite() {
        return rules;
    }
    let center = area.center();
    if area.height() <= THICKEST_RULE {
        rules.push(Rule::horizontal(center.y, area.x0, area.x1));
    }
    if area.width() <= THICKEST_RULE {
        rules.push(Rule::vertical(center.x, area.y0, area.y1));
    }
    rules
}

/// A subpath as its corners, on the page.
#[derive(Default)]
struct Polyline {
    points: Vec<Point>,
    /// How many curves were left out.
    curved: usize,
}

impl Polyline {
    fn bounds(&self) -> Rect {
        let first = self.points.first().copied().unwrap_or_default();
        self.points.iter().fold(Rect::from_points(first, first), |bounds, point| bounds.union_pt(*point))
    }
}

/// The straight pieces of a path; a curve ends a piece and begins the next.
fn polylines(path: &BezPath, transform: Affine) -> Vec<Polyline> {
    let mut lines: Vec<Polyline> = Vec::new();
    let mut start = Point::ORIGIN;
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(point) => {
                start = transform * point;
                lines.push(Polyline { points: vec![start], curved: 0 });
            }
            PathEl::LineTo(point) => add_point(&mut lines, transform * point),
            PathEl::ClosePath => add_point(&mut lines, start),
            PathEl::QuadTo(_, end) | PathEl::CurveTo(_, _, end) => {
                if let Some(line) = lines.last_mut() {
                    line.curved += 1;
                }
                lines.push(Polyline { points: vec![transform * end], curved: 1 });
            }
        }
    }
    lines
}

fn add_point(lines: &mut [Polyline], point: Point) {
    if let Some(line) = lines.last_mut() {
        line.points.push(point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Shape;

    #[test]
    fn a_thin_filled_rectangle_is_a_rule_and_shading_is_not() {
        let thin = Rect::new(10.0, 20.0, 110.0, 20.5).to_path(0.1);
        assert_eq!(rules_of_fill(&thin, Affine::IDENTITY), [Rule::horizontal(20.25, 10.0, 110.0)]);
        let shading = Rect::new(10.0, 20.0, 110.0, 40.0).to_path(0.1);
        assert!(rules_of_fill(&shading, Affine::IDENTITY).is_empty());
    }

    #[test]
    fn a_stroked_rectangle_has_four_rules_and_a_slanted_stroke_none() {
        let frame = Rect::new(0.0, 0.0, 50.0, 30.0).to_path(0.1);
        let rules = rules_of_stroke(&frame, Affine::IDENTITY);
        assert_eq!(rules.iter().filter(|rule| rule.length() > 0.0).count(), 4);
        let mut slanted = BezPath::new();
        slanted.move_to((0.0, 0.0));
        slanted.line_to((30.0, 30.0));
        assert!(rules_of_stroke(&slanted, Affine::IDENTITY).is_empty());
    }
}
