//! 样本 (sample): the scored rows of forms, as points of an unknown curve.

use rust_decimal::Decimal;

use crate::form::{Form, FormKind};
use crate::indicator::{Indicator, IndicatorTable, Meaning};
use crate::ruleset::TargetKind;
use crate::score::{Ratio, rate};

/// 样本行: one row with a printed score.
#[derive(Debug, Clone)]
pub struct Sample<'f> {
    pub place: RowPlace,
    pub kind: FormKind,
    pub indicator: &'f Indicator,
    pub target: TargetKind,
    /// Actual ÷ target, where both are numbers.
    pub rate: Option<Ratio>,
    pub weight: Decimal,
    pub printed: Decimal,
    /// Places of the printed score.
    pub places: u32,
}

/// 行的位置: form and row, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    pub form: usize,
    pub row: usize,
    pub name: String,
}

/// Every row of self-evaluation forms that prints a weight and a score.
pub fn samples<'f>(forms: &[(&'f Form, &'f IndicatorTable)]) -> Vec<Sample<'f>> {
    let mut samples = Vec::new();
    for (number, (form, table)) in forms.iter().enumerate().filter(|(_, (form, _))| form.kind.is_self_evaluation()) {
        for (row, indicator) in table.rows.iter().enumerate() {
            let place = RowPlace { form: number + 1, row: row + 1, name: indicator.name.clone() };
            samples.extend(sample(place, form.kind, indicator));
        }
    }
    samples
}

fn sample(place: RowPlace, kind: FormKind, indicator: &Indicator) -> Option<Sample<'_>> {
    let weight = indicator.weight.get()?.value;
    let score = indicator.score.get()?;
    let target = TargetKind::of(&indicator.target)?;
    let actual = indicator.actual.as_ref()?;
    if weight <= Decimal::ZERO || matches!(actual.meaning, Meaning::Missing | Meaning::NotUnderstood(_)) {
        return None;
    }
    let rate = rate(indicator);
    Some(Sample { place, kind, indicator, target, rate, weight, printed: score.value, places: score.places })
}
