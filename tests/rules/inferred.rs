//! Curves are found again from tables that were scored by them.

use std::fmt::Write as _;

use jixiao::form::contract::read_forms;
use jixiao::indicator::interpret;
use jixiao::ruleset::{Doubt, FittedBand, FittedCurve, Inference, infer};
use rust_decimal::{Decimal, RoundingStrategy};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Points of a curve: rate and share.
type Curve = [(&'static str, &'static str)];

/// A self-evaluation whose rows follow a curve, given as (rate, share) points; beyond the last one the share stays.
///
/// Results run through the rates unevenly, weights change, and every score is rounded half up to `places`.
fn table(curve: &Curve, rates: impl Iterator<Item = i64>, places: u32, wrong: &[usize]) -> String {
    let points: Vec<(Decimal, Decimal)> = curve.iter().map(|(x, y)| (decimal(x), decimal(y))).collect();
    let share = |rate: Decimal| {
        let above = points.iter().position(|(x, _)| rate <= *x).unwrap_or(points.len());
        match (above.checked_sub(1).map(|below| points[below]), points.get(above).copied()) {
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (rate - x0) / (x1 - x0),
            (Some((_, y)), None) | (None, Some((_, y))) => y,
            (None, None) => Decimal::ONE,
        }
    };
    let mut yaml = String::from("forms:\n- kind: project-self-evaluation\n  year: 2024\n  indicators:\n");
    for (index, thousandths) in rates.enumerate() {
        let weight = Decimal::from([10, 15, 20, 8, 5, 12][index % 6]);
        let exact = weight * share(Decimal::new(thousandths, 3));
        let mut score = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        if wrong.contains(&index) {
            score -= Decimal::new(7, 1);
        }
        let _ = writeln!(
            yaml,
            "  - {{level1: 产出指标, level2: 数量指标, name: 指标{index}, weight: \"{weight}\", target: ≥1000人, \
             actual: {thousandths}人, score: \"{score}\", rule: 按本地办法计分}}"
        );
    }
    yaml
}

fn inferred(yaml: &str) -> Inference {
    let forms = read_forms(yaml).unwrap();
    let tables: Vec<_> = forms.iter().map(interpret).collect();
    let pairs: Vec<_> = forms.iter().zip(&tables).collect();
    infer(&pairs)
}

/// The inner ends of the bands where the curve bends; between two flat stretches of one height it does not.
fn knots(curve: &FittedCurve) -> Vec<Decimal> {
    let bends = |pair: &&[FittedBand]| !matches!(pair, [left, right] if left.give == right.give);
    curve.bands.windows(2).filter(bends).filter_map(|pair| pair[0].to).collect()
}

#[track_caller]
fn assert_near(found: &[Decimal], wanted: &[&str]) {
    let wanted: Vec<Decimal> = wanted.iter().map(|knot| decimal(knot)).collect();
    let near = |(one, two): (&Decimal, &Decimal)| (one - two).abs() <= decimal("0.01");
    assert!(found.len() == wanted.len() && found.iter().zip(&wanted).all(near), "{found:?} for {wanted:?}");
}

#[test]
fn knots_of_an_unknown_curve_are_found_within_the_printed_rounding() {
    let curves: [(&Curve, &[&str]); 4] = [
        (&[("0.5", "0"), ("1", "1"), ("1.5", "0")], &["0.5", "1", "1.5"]),
        (&[("0.6", "0"), ("1", "1"), ("2", "0")], &["0.6", "1", "2"]),
        (&[("0.7", "0"), ("1", "1")], &["0.7", "1"]),
        (&[("0", "0"), ("0.8", "0.4"), ("1", "1"), ("1.2", "1"), ("1.6", "0.5")], &["0.8", "1", "1.2", "1.6"]),
    ];
    for (curve, wanted) in curves {
        let inference = inferred(&table(curve, (0..90).map(|step| 20 + step * 23), 2, &[]));
        assert_eq!(inference.outliers, [], "{curve:?}");
        assert_near(&knots(&inference.curves[0]), wanted);
    }
}

#[test]
fn rows_that_no_curve_explains_are_named() {
    let curve = [("0.6", "0"), ("1", "1"), ("2", "0")];
    let inference = inferred(&table(&curve, (0..60).map(|step| 620 + step * 19), 2, &[11, 33]));
    let rows: Vec<usize> = inference.outliers.iter().map(|miss| miss.place.row).collect();
    assert_eq!(rows, [12, 34]);
    assert_near(&knots(&inference.curves[0]), &["0.6", "1", "2"]);
}

#[test]
fn too_few_cut_rows_are_no_curve() {
    let curve = [("0.6", "0"), ("1", "1"), ("2", "0")];
    let inference = inferred(&table(&curve, [1000, 1000, 950, 1000, 800].into_iter(), 0, &[]));
    assert!(matches!(inference.curves[0].doubt, Some(Doubt::TooFew { whole: true, .. })), "{:?}", inference.curves);
    assert_eq!(inference.draft, None);
}

#[test]
fn rows_that_all_got_their_weight_say_so() {
    let inference = inferred(&table(&[("1", "1")], [1000, 1020, 1050, 1110].into_iter(), 2, &[]));
    assert_eq!(inference.curves[0].doubt, Some(Doubt::AllFull));
}
