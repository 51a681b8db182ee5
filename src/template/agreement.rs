//! 一致 (agreement): the same rate in several tables of one unit has one target.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::form::Column;
use crate::indicator::{Comparator, Meaning, Value};
use crate::template::draft::{DraftCell, DraftForm, DraftRow};
use crate::template::policy::{Policy, has_any};

/// Raises the floors of equally named rates to the highest of them, for a person to confirm.
pub(super) fn settle(forms: &mut [DraftForm], policy: &Policy) {
    let mut highest: BTreeMap<(String, String), (Decimal, String)> = BTreeMap::new();
    for form in forms.iter() {
        for row in &form.rows {
            let Some(share) = share(row, policy) else { continue };
            let key = (form.unit.text.clone(), row.text(Column::Name).to_owned());
            let known = highest.entry(key).or_insert_with(|| (share, row.text(Column::Target).to_owned()));
            if share > known.0 {
                *known = (share, row.text(Column::Target).to_owned());
            }
        }
    }
    for form in forms {
        for row in &mut form.rows {
            let Some(share) = share(row, policy) else { continue };
            let key = (form.unit.text.clone(), row.text(Column::Name).to_owned());
            let Some((most, text)) = highest.get(&key).filter(|(most, _)| *most > share) else { continue };
            let Some(cell) = row.get(Column::Target).cloned() else { continue };
            row.set(Column::Target, raised(cell, *most, text));
        }
    }
}

fn raised(mut cell: DraftCell, most: Decimal, text: &str) -> DraftCell {
    cell.reasons.push(format!("同一指标在另一处的目标为{most}%，两处应当一致，取较高者；口径不同的请改名称"));
    cell.text = text.to_owned();
    cell.to_confirm()
}

/// A share that has to be reached: `≥95%`, `=100%`; satisfaction differs with those who are asked.
fn share(row: &DraftRow, policy: &Policy) -> Option<Decimal> {
    if has_any(row.text(Column::Name), &policy.satisfaction.words) {
        return None;
    }
    match Value::parse(row.text(Column::Target)).meaning {
        Meaning::Bound(bound) if bound.quantity.unit == policy.shares.unit => {
            let floor = matches!(bound.comparator, Some(Comparator::AtLeast | Comparator::Equal));
            floor.then_some(bound.quantity.number)
        }
        _ => None,
    }
}
