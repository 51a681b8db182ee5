//! 往年 (past): what is known of an indicator, its target of this year and its results year by year.

use std::collections::BTreeMap;

use crate::form::{Column, Form, Row};
use crate::indicator::{Indicator, Meaning, Value, interpret};
use crate::template::year::without_years;
use crate::text::{label, squeeze};

/// 往年数据 of one indicator.
#[derive(Debug, Clone)]
pub(super) struct Past<'a> {
    pub row: &'a Row,
    pub indicator: Indicator,
    /// Results by year; missing ones are left out.
    pub results: BTreeMap<i32, Value>,
}

impl Past<'_> {
    /// The result of a year.
    pub fn result(&self, year: i32) -> Option<&Value> {
        self.results.get(&year)
    }
}

/// The rows of a form with what the form itself and the history say of them.
pub(super) fn pasts<'a>(form: &'a Form, year: i32, history: &[Form]) -> Vec<Past<'a>> {
    let table = interpret(form);
    let earlier: Vec<History> = history.iter().filter(|other| same_subject(form, other)).map(History::of).collect();
    let pairs = form.rows.iter().zip(table.rows);
    pairs
        .map(|(row, indicator)| {
            let mut results = own_results(row, &indicator, year);
            let key = key(&indicator.name);
            for (result_year, value) in earlier.iter().flat_map(|history| history.of_name(&key)) {
                results.entry(*result_year).or_insert_with(|| value.clone());
            }
            Past { row, indicator, results }
        })
        .collect()
}

/// The results that a row prints: this year's, last year's, the year before.
fn own_results(row: &Row, indicator: &Indicator, year: i32) -> BTreeMap<i32, Value> {
    let before = row.get(Column::BeforePrevious).map(|field| Value::parse(&field.text));
    let printed = [(year, indicator.actual.clone()), (year - 1, indicator.previous.clone()), (year - 2, before)];
    printed.into_iter().filter_map(|(year, value)| Some((year, value.filter(is_known)?))).collect()
}

fn is_known(value: &Value) -> bool {
    !matches!(value.meaning, Meaning::Missing) && !squeeze(&value.written).is_empty()
}

/// The results of one earlier form by the names of its indicators.
struct History {
    results: BTreeMap<String, Vec<(i32, Value)>>,
}

impl History {
    fn of(form: &Form) -> Self {
        let mut results: BTreeMap<String, Vec<(i32, Value)>> = BTreeMap::new();
        let Some(year) = form.year else { return History { results } };
        for (row, indicator) in form.rows.iter().zip(interpret(form).rows) {
            results.entry(key(&indicator.name)).or_default().extend(own_results(row, &indicator, year));
        }
        History { results }
    }

    fn of_name(&self, key: &str) -> &[(i32, Value)] {
        self.results.get(key).map_or(&[], Vec::as_slice)
    }
}

/// A name for matching over the years: without years, brackets and white space.
fn key(name: &str) -> String {
    let bare: String = label(&without_years(name));
    let mut depth = 0usize;
    let mut out = String::with_capacity(bare.len());
    for c in bare.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.is_empty() { bare } else { out }
}

/// Whether two forms are about the same project (or the same unit as a whole).
fn same_subject(form: &Form, other: &Form) -> bool {
    if form.kind.is_overall() != other.kind.is_overall() {
        return false;
    }
    let name = |form: &Form| form.project.as_ref().map(|project| key(&project.squeezed())).unwrap_or_default();
    form.kind.is_overall() || name(form) == name(other)
}
