//! The indicator rows of a published document, as printed: figures and names of indicators only.

use jixiao::document::Place;
use jixiao::form::{Column, Field, Form, FormKind, FundsLine, Row};

/// One printed row.
#[derive(Debug, Clone)]
pub struct Printed {
    pub form: usize,
    pub kind: FormKind,
    pub level1: String,
    pub level2: String,
    pub name: String,
    pub weight: String,
    pub target: String,
    pub actual: String,
    pub rate: String,
    pub score: String,
    pub rule: String,
}

/// The 103 rows of the twelve forms of a 2024 disclosure.
pub fn rows() -> Vec<Printed> {
    let text = include_str!("../fixtures/scoring/changji-2024.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let cell = |index: usize| record.get(index).unwrap().to_owned();
        let kind = match record.get(1).unwrap() {
            "overall" => FormKind::OverallSelfEvaluation,
            _ => FormKind::ProjectSelfEvaluation,
        };
        rows.push(Printed {
            form: cell(0).parse().unwrap(),
            kind,
            level1: cell(2),
            level2: cell(3),
            name: cell(4),
            weight: cell(5),
            target: cell(6),
            actual: cell(7),
            rate: cell(8),
            score: cell(9),
            rule: cell(10),
        });
    }
    rows
}

/// A form with the given rows.
#[allow(dead_code)]
pub fn form(kind: FormKind, rows: &[Printed], funds: Option<FundsLine>) -> Form {
    let field = |text: &str| Field::new(text, Place::default());
    let row = |printed: &Printed| {
        let mut row = Row::new(Place::default());
        row.set(Column::Level1, field(&printed.level1));
        row.set(Column::Level2, field(&printed.level2));
        row.set(Column::Name, field(&printed.name));
        row.set(Column::Weight, field(&printed.weight));
        row.set(Column::Target, field(&printed.target));
        row.set(Column::Actual, field(&printed.actual));
        row.set(Column::Score, field(&printed.score));
        if kind == FormKind::ProjectSelfEvaluation {
            row.set(Column::Rate, field(&printed.rate));
            row.set(Column::Rule, field(&printed.rule));
        }
        row
    };
    Form {
        kind,
        title: Some(field(kind.title())),
        year: Some(2024),
        unit: None,
        project: None,
        leader: None,
        header: Vec::new(),
        funds: funds.into_iter().collect(),
        goal: None,
        rows: rows.iter().map(row).collect(),
        total: None,
        unplaced: Vec::new(),
        place: Place::default(),
        columns: Vec::new(),
    }
}

/// The forms of the document, in order.
#[allow(dead_code)]
pub fn forms() -> Vec<Form> {
    let rows = rows();
    let count = rows.iter().map(|row| row.form).max().unwrap_or(0);
    (1..=count)
        .map(|number| {
            let own: Vec<Printed> = rows.iter().filter(|row| row.form == number).cloned().collect();
            form(own[0].kind, &own, None)
        })
        .collect()
}

/// A funds line with weight 10.
#[allow(dead_code)]
pub fn funds(budget: &str, spent: &str) -> FundsLine {
    let field = |text: &str| Some(Field::new(text, Place::default()));
    FundsLine {
        name: Field::new("年度资金总额", Place::default()),
        initial: None,
        budget: field(budget),
        spent: field(spent),
        weight: field("10"),
        rate: None,
        score: None,
    }
}
