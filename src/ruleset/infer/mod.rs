//! 反推规则 (infer): which rule set explains the printed scores, and, where none does, the simplest curve that would.

mod draft;
mod fit;
mod line;
mod sample;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::form::Form;
use crate::indicator::IndicatorTable;
use crate::ruleset::{RuleSet, TargetKind, builtin, load};
use crate::score::{self, Points};
use fit::{Pieces, Stretch};
use line::{ONE, Point};
pub use sample::RowPlace;
use sample::Sample;

/// 反推结果
#[derive(Debug, Clone)]
pub struct Inference {
    /// Rows that print a weight and a score.
    pub rows: usize,
    /// One report for each built-in set, the best first.
    pub sets: Vec<SetReport>,
    /// The curves that were fitted, one for each rule name and kind of target.
    pub curves: Vec<FittedCurve>,
    /// Rows that no simple curve explains.
    pub outliers: Vec<Miss>,
    /// A rule file with the curves, marked as inferred; `None` where there was nothing to fit.
    pub draft: Option<String>,
}

/// How well one rule set explains the rows.
#[derive(Debug, Clone)]
pub struct SetReport {
    pub id: String,
    pub title: String,
    /// Rows whose printed score the set gives to the printed digit.
    pub reproduced: usize,
    /// Rows that the set scores otherwise.
    pub missed: Vec<Miss>,
    /// Rows that the set does not score, or leaves to a person.
    pub not_scored: usize,
}

/// A row whose printed score is not explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    pub place: RowPlace,
    pub rule: Option<String>,
    pub target: String,
    pub actual: String,
    pub weight: Decimal,
    pub printed: Decimal,
    /// What the set or the fitted curve gives.
    pub computed: Option<Decimal>,
}

/// 拟合出的曲线
#[derive(Debug, Clone)]
pub struct FittedCurve {
    /// The printed rule name; `None` for rows that name none.
    pub rule: Option<String>,
    pub kinds: Vec<TargetKind>,
    /// Whether the curve goes by target ÷ actual.
    pub inverse: bool,
    /// Rows it rests on.
    pub rows: usize,
    /// Lowest and highest completion rate of these rows; beyond it the curve is a guess.
    pub covered: (Decimal, Decimal),
    pub bands: Vec<FittedBand>,
    /// Why the rows cannot tell the curve; `None` where they can.
    pub doubt: Option<Doubt>,
}

/// 看不出曲线的缘由
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Every row got its weight: the curve is full where there are data, and nothing is known elsewhere.
    AllFull,
    /// Fewer rows were cut than a straight piece needs.
    TooFew {
        /// Rows that did not get their weight.
        cut: usize,
        /// Whether every score is a whole number, which may be rounded.
        whole: bool,
    },
}

/// 拟合曲线的一段
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittedBand {
    pub from: Decimal,
    pub to: Option<Decimal>,
    /// Share of the weight at both ends.
    pub give: (Decimal, Decimal),
    /// Whether rows lie in it.
    pub seen: bool,
    open: bool,
}

impl FittedCurve {
    /// Whether the rows say too little for any curve.
    pub fn is_unknown(&self) -> bool {
        matches!(self.doubt, Some(Doubt::TooFew { .. }))
    }
}

/// Rows below the weight that a curve needs at least; the same as a straight piece needs.
const LEAST_CUT: usize = 3;

/// Whether a group of rows can tell its curve.
fn doubt(rows: &[&Sample]) -> Option<Doubt> {
    let mut rates: Vec<Decimal> = rows
        .iter()
        .filter(|row| row.printed != row.weight)
        .filter_map(|row| row.rate.and_then(|rate| rate.numerator.checked_div(rate.denominator)))
        .collect();
    rates.sort_unstable();
    rates.dedup();
    match rates.len() {
        0 => Some(Doubt::AllFull),
        cut if cut < LEAST_CUT => {
            Some(Doubt::TooFew { cut, whole: rows.iter().all(|row| row.printed.fract().is_zero()) })
        }
        _ => None,
    }
}

/// Explains the printed scores of forms.
pub fn infer(forms: &[(&Form, &IndicatorTable)]) -> Inference {
    let samples = sample::samples(forms);
    let mut sets: Vec<SetReport> = builtin::sets().iter().map(|set| report(&samples, set)).collect();
    sets.sort_by_key(|set| (std::cmp::Reverse(set.reproduced), set.missed.len()));
    let finest = finest(&samples);
    let curves = curves(&samples, finest);
    // What the rows cannot tell is not drafted either.
    let known: Vec<FittedCurve> = curves.iter().filter(|curve| !curve.is_unknown()).cloned().collect();
    let draft = (!known.is_empty()).then(|| draft::draft(&samples, &known, finest));
    let outliers = draft.as_deref().map(|draft| unexplained(&samples, draft)).unwrap_or_default();
    Inference { rows: samples.len(), sets, curves, outliers, draft }
}

/// Places of the scores: the most that any row prints, since forms drop closing zeros; two at most.
fn finest(samples: &[Sample]) -> u32 {
    samples.iter().map(|sample| sample.places).max().unwrap_or(2).min(MOST_PLACES)
}

/// No rule text known rounds a row's score to more places.
const MOST_PLACES: u32 = 2;

fn report(samples: &[Sample], set: &RuleSet) -> SetReport {
    let mut report =
        SetReport { id: set.id.clone(), title: set.title.clone(), reproduced: 0, missed: Vec::new(), not_scored: 0 };
    for sample in samples {
        match points(sample, set) {
            Some(Points::Exact { rounded, .. }) if agrees(sample, rounded) => report.reproduced += 1,
            Some(Points::Exact { rounded, .. }) => report.missed.push(miss(sample, Some(rounded))),
            Some(Points::Within { .. }) | None => report.not_scored += 1,
        }
    }
    report
}

fn points(sample: &Sample, set: &RuleSet) -> Option<Points> {
    score::judge(sample.indicator, sample.kind, set).ok().map(|judgement| judgement.points)
}

/// Whether a computed score is the printed one; forms drop closing zeros, so two places are the least.
fn agrees(sample: &Sample, computed: Decimal) -> bool {
    computed == sample.printed
}

fn miss(sample: &Sample, computed: Option<Decimal>) -> Miss {
    Miss {
        place: sample.place.clone(),
        rule: sample.indicator.rule.clone(),
        target: sample.indicator.target.written.clone(),
        actual: sample.indicator.actual.as_ref().map(|actual| actual.written.clone()).unwrap_or_default(),
        weight: sample.weight,
        printed: sample.printed,
        computed,
    }
}

/// The rows that the drafted set does not give.
fn unexplained(samples: &[Sample], draft: &str) -> Vec<Miss> {
    let Ok(set) = load::parse("draft.yaml", draft, None) else { return Vec::new() };
    let mut outliers = Vec::new();
    for sample in samples {
        match points(sample, &set) {
            Some(Points::Exact { rounded, .. }) if !agrees(sample, rounded) => {
                outliers.push(miss(sample, Some(rounded)))
            }
            _ => {}
        }
    }
    outliers
}

/// One curve for each rule name, or one for each side where a common one explains too little.
fn curves(samples: &[Sample], finest: u32) -> Vec<FittedCurve> {
    let mut names: Vec<Option<&str>> = samples.iter().map(|sample| sample.indicator.rule.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let mut curves = Vec::new();
    for name in names {
        let rows: Vec<&Sample> = samples
            .iter()
            .filter(|sample| {
                sample.indicator.rule.as_deref() == name && sample.rate.is_some() && sample.target.is_number()
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        curves.extend(for_name(name, &rows, finest));
    }
    curves
}

const SIDES: [&[TargetKind]; 3] = [
    &[TargetKind::AtLeast, TargetKind::MoreThan, TargetKind::Bare, TargetKind::About],
    &[TargetKind::AtMost, TargetKind::LessThan],
    &[TargetKind::Equal],
];

fn for_name(name: Option<&str>, rows: &[&Sample], finest: u32) -> Vec<FittedCurve> {
    let all: Vec<TargetKind> = SIDES.iter().flat_map(|side| side.iter().copied()).collect();
    let Some(common) = best(name, rows, &all, finest) else { return Vec::new() };
    let mut apart = Vec::new();
    for side in SIDES {
        let rows: Vec<&Sample> = rows.iter().copied().filter(|row| side.contains(&row.target)).collect();
        apart.extend(best(name, &rows, side, finest));
    }
    // One curve is the simpler answer unless the sides together cost less.
    let apart_cost: u32 = apart.iter().map(|(_, cost)| *cost).sum();
    if apart_cost < common.1 { apart.into_iter().map(|(curve, _)| curve).collect() } else { vec![common.0] }
}

/// The better of the curves over actual ÷ target and target ÷ actual, with its cost.
fn best(name: Option<&str>, rows: &[&Sample], kinds: &[TargetKind], finest: u32) -> Option<(FittedCurve, u32)> {
    let fitted = |inverse: bool| {
        let points: Vec<Point> = rows.iter().filter_map(|row| point(row, inverse, finest)).collect();
        let pieces = fit::fit(&points)?;
        // The ordinary ratio is preferred unless the other explains more.
        let cost = pieces.cost + if inverse { 5 } else { 0 };
        Some((curve(name, rows, kinds, inverse, &points, &pieces), cost))
    };
    [fitted(false), fitted(true)].into_iter().flatten().min_by_key(|(_, cost)| *cost)
}

fn point(row: &Sample, inverse: bool, places: u32) -> Option<Point> {
    let rate = if inverse { row.rate?.inverse()? } else { row.rate? };
    let half = ONE / 10i128.checked_pow(places)? / 2;
    let x = fixed(rate.numerator.checked_div(rate.denominator)?)?;
    let point = Point { x, weight: fixed(row.weight)?, printed: fixed(row.printed)?, half };
    // Beyond these bounds a row says nothing about a curve, and the search could leave the range of its integers.
    let sensible = (0..=100 * ONE).contains(&x)
        && (1..=10_000 * ONE).contains(&point.weight)
        && (0..=2 * point.weight).contains(&point.printed);
    sensible.then_some(point)
}

fn fixed(number: Decimal) -> Option<i128> {
    number.checked_mul(Decimal::from(1_000_000_000))?.round().to_i128()
}

fn decimal(number: i128) -> Decimal {
    Decimal::from_i128_with_scale(number, 9).normalize()
}

fn curve(
    name: Option<&str>,
    rows: &[&Sample],
    kinds: &[TargetKind],
    inverse: bool,
    points: &[Point],
    pieces: &Pieces,
) -> FittedCurve {
    let lowest = points.iter().map(|point| point.x).min().unwrap_or(0);
    let highest = points.iter().map(|point| point.x).max().unwrap_or(0);
    let band = |stretch: Stretch| FittedBand {
        from: decimal(stretch.from),
        to: stretch.to.map(decimal),
        give: (decimal(stretch.give.0), decimal(stretch.give.1)),
        seen: stretch.seen,
        open: stretch.open,
    };
    FittedCurve {
        rule: name.map(str::to_owned),
        kinds: kinds.to_vec(),
        inverse,
        rows: rows.len(),
        covered: (decimal(lowest).round_dp(4).normalize(), decimal(highest).round_dp(4).normalize()),
        bands: fit::stretches(&pieces.pieces).into_iter().map(band).collect(),
        doubt: doubt(rows),
    }
}
