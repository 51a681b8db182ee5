//! One form in the contract: header, funds, goal, rows, total.

use serde::{Deserialize, Serialize};

use super::indicator::IndicatorEntry;
use crate::document::Place;
use crate::form::{Column, Field, Form, FormKind, FundsLine, Goal, Total};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormEntry {
    kind: FormKind,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    year: Option<i32>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    project: Option<String>,
    #[serde(default)]
    leader: Option<String>,
    #[serde(default)]
    header: Vec<HeaderEntry>,
    #[serde(default)]
    funds: Vec<FundsEntry>,
    #[serde(default)]
    goal: Option<GoalEntry>,
    #[serde(default)]
    indicators: Vec<IndicatorEntry>,
    #[serde(default)]
    total: Option<TotalEntry>,
    #[serde(default)]
    place: Place,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderEntry {
    label: String,
    value: String,
}

/// Target forms have names and amounts only, so the other keys are left out there.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FundsEntry {
    name: String,
    #[serde(default, skip_serializing_if = "Slot::is_left_out")]
    initial: Slot,
    #[serde(default)]
    budget: Option<String>,
    #[serde(default, skip_serializing_if = "Slot::is_left_out")]
    spent: Slot,
    #[serde(default, skip_serializing_if = "Slot::is_left_out")]
    weight: Slot,
    #[serde(default, skip_serializing_if = "Slot::is_left_out")]
    rate: Slot,
    #[serde(default, skip_serializing_if = "Slot::is_left_out")]
    score: Slot,
}

/// A cell that is null where absent, or left out where the kind of form never has it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "Option<String>", into = "Option<String>")]
enum Slot {
    #[default]
    LeftOut,
    Cell(Option<String>),
}

impl Clone for Slot {
    fn clone(&self) -> Self {
        match self {
            Slot::LeftOut => Slot::LeftOut,
            Slot::Cell(text) => Slot::Cell(text.clone()),
        }
    }
}

impl From<Option<String>> for Slot {
    fn from(text: Option<String>) -> Self {
        Slot::Cell(text)
    }
}

impl From<Slot> for Option<String> {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::LeftOut => None,
            Slot::Cell(text) => text,
        }
    }
}

impl Slot {
    fn is_left_out(&self) -> bool {
        matches!(self, Slot::LeftOut)
    }

    fn of(field: Option<&Field>, kind: FormKind) -> Self {
        match (field, kind.is_self_evaluation()) {
            (None, false) => Slot::LeftOut,
            (field, _) => Slot::Cell(field.map(Field::squeezed)),
        }
    }

    fn field(self, place: &Place) -> Option<Field> {
        Option::<String>::from(self).map(|text| Field::new(text, place.clone()))
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalEntry {
    #[serde(default)]
    expected: Option<String>,
    #[serde(default)]
    achieved: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TotalEntry {
    #[serde(default)]
    weight: Option<String>,
    #[serde(default)]
    score: Option<String>,
}

fn squeezed(field: &Option<Field>) -> Option<String> {
    field.as_ref().map(Field::squeezed)
}

fn field(text: Option<String>) -> Option<Field> {
    text.map(|text| Field::new(text, Place::default()))
}

impl From<&Form> for FormEntry {
    fn from(form: &Form) -> Self {
        let header = form
            .header
            .iter()
            .map(|(label, value)| HeaderEntry { label: label.squeezed(), value: value.squeezed() })
            .collect();
        FormEntry {
            kind: form.kind,
            title: squeezed(&form.title),
            year: form.year,
            unit: squeezed(&form.unit),
            project: squeezed(&form.project),
            leader: squeezed(&form.leader),
            header,
            funds: form.funds.iter().map(|line| FundsEntry::new(line, form.kind)).collect(),
            goal: form
                .goal
                .as_ref()
                .map(|goal| GoalEntry { expected: squeezed(&goal.expected), achieved: squeezed(&goal.achieved) }),
            indicators: form.rows.iter().map(IndicatorEntry::from).collect(),
            total: form
                .total
                .as_ref()
                .map(|total| TotalEntry { weight: squeezed(&total.weight), score: squeezed(&total.score) }),
            place: form.place.clone(),
        }
    }
}

impl FundsEntry {
    fn new(line: &FundsLine, kind: FormKind) -> Self {
        FundsEntry {
            name: line.name.squeezed(),
            initial: Slot::of(line.initial.as_ref(), kind),
            budget: squeezed(&line.budget),
            spent: Slot::of(line.spent.as_ref(), kind),
            weight: Slot::of(line.weight.as_ref(), kind),
            rate: Slot::of(line.rate.as_ref(), kind),
            score: Slot::of(line.score.as_ref(), kind),
        }
    }
}

impl From<FundsEntry> for FundsLine {
    fn from(entry: FundsEntry) -> Self {
        let place = Place::default();
        FundsLine {
            name: Field::new(entry.name, place.clone()),
            initial: entry.initial.field(&place),
            budget: field(entry.budget),
            spent: entry.spent.field(&place),
            weight: entry.weight.field(&place),
            rate: entry.rate.field(&place),
            score: entry.score.field(&place),
        }
    }
}

impl From<FormEntry> for Form {
    fn from(entry: FormEntry) -> Self {
        let rows: Vec<_> = entry.indicators.into_iter().map(crate::form::Row::from).collect();
        let has = |column: &Column| rows.iter().any(|row| row.get(*column).is_some());
        let columns = Column::CONTRACT.iter().chain(&Column::OPTIONAL).copied().filter(|column| has(column)).collect();
        Form {
            kind: entry.kind,
            title: field(entry.title),
            year: entry.year,
            unit: field(entry.unit),
            project: field(entry.project),
            leader: field(entry.leader),
            header: entry
                .header
                .into_iter()
                .map(|pair| (Field::new(pair.label, Place::default()), Field::new(pair.value, Place::default())))
                .collect(),
            funds: entry.funds.into_iter().map(FundsLine::from).collect(),
            goal: entry.goal.map(|goal| Goal { expected: field(goal.expected), achieved: field(goal.achieved) }),
            rows,
            total: entry.total.map(|total| Total { weight: field(total.weight), score: field(total.score) }),
            unplaced: Vec::new(),
            place: entry.place,
            columns,
        }
    }
}
