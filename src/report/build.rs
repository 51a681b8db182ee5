//! 汇集 (build): a report from cases and findings.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{DocumentReport, FormReport, Purpose, Report, Rounding, RowReport, RulesReceipt, Unreadable, Verdict};
use crate::audit::Finding;
use crate::case::{Case, FormCase};
use crate::form::{Column, Field, Row};
use crate::indicator::{Figure, Reading};
use crate::ruleset::RuleSet;
use crate::score::{Completion, Measure, Outcome, execution_line, execution_verdict, row_verdict, support};
use crate::text::visible;

/// Places of the completion rate in a report.
const RATE_PLACES: u32 = 2;

/// Name of the budget execution line in a report.
const EXECUTION: &str = "预算执行率";

impl Report {
    /// An empty report.
    pub fn new(purpose: Purpose) -> Self {
        Report {
            purpose,
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            documents: Vec::new(),
            unreadable: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Adds a document that was read.
    pub fn add(&mut self, case: &Case, findings: Vec<Finding>) {
        self.documents.push(DocumentReport::new(case, findings));
    }

    /// Adds a file that could not be read.
    pub fn add_unreadable(&mut self, file: impl Into<String>, why: impl Into<String>) {
        self.unreadable
            .push(Unreadable { file: visible(&file.into()).into_owned(), why: visible(&why.into()).into_owned() });
    }
}

impl Report {
    /// Adds a file of a folder that was passed over.
    pub fn add_skipped(&mut self, file: impl Into<String>, why: impl Into<String>) {
        self.skipped
            .push(Unreadable { file: visible(&file.into()).into_owned(), why: visible(&why.into()).into_owned() });
    }
}

impl DocumentReport {
    /// The report of one document; `findings` are what the user's overrides leave.
    pub fn new(case: &Case, mut findings: Vec<Finding>) -> Self {
        order(&mut findings);
        DocumentReport {
            file: case.source.file.clone(),
            sha256: case.source.sha256.clone(),
            before: None,
            forms: case.forms.iter().enumerate().map(|(index, form)| form_report(index + 1, form)).collect(),
            findings,
            accepted: Vec::new(),
        }
    }

    /// Adds findings to a document, in their place.
    pub fn add(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
        order(&mut self.findings);
    }
}

/// Within a form, what has to be put right comes before what has to be looked at.
fn order(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (finding.form, std::cmp::Reverse(finding.severity)));
}

impl RulesReceipt {
    /// The receipt of a rule set.
    pub fn new(rules: &RuleSet, because: &str) -> Self {
        RulesReceipt {
            id: rules.id.clone(),
            title: rules.title.clone(),
            hash: rules.hash.clone(),
            because: because.to_owned(),
        }
    }
}

fn form_report(number: usize, case: &FormCase) -> FormReport {
    let form = &case.form;
    let scale = Scale::of(case);
    let rows: Vec<RowReport> =
        form.rows.iter().enumerate().map(|(index, row)| row_report(index, row, case, &scale)).collect();
    let execution = case.card.execution.as_ref().map(|outcome| execution_report(case, outcome, &scale));
    FormReport {
        form: number,
        kind: form.kind,
        title: text(&form.title).unwrap_or_else(|| form.kind.title().to_owned()),
        year: form.year,
        unit: text(&form.unit),
        project: text(&form.project),
        rules: RulesReceipt::new(&case.rules, &case.chosen_because),
        published: value(figure(&case.indicators.total_score)),
        computed: case.card.total.points,
        verified: case.card.total.verified,
        weight: case.card.total.weight,
        grade: case.card.total.grade.clone(),
        execution,
        rows,
        rounding: scale.rounding,
        support: support(&case.indicators, form.kind, &case.rules, &case.card, form.year),
    }
}

/// What the scores of one form are compared by, and which rounding they obey.
struct Scale {
    measure: Measure,
    rounding: Rounding,
    is_self_evaluation: bool,
}

impl Scale {
    fn of(case: &FormCase) -> Scale {
        let table = &case.indicators;
        let execution =
            execution_line(table).and_then(|line| table.funds.get(line)).and_then(|line| figure(&line.score));
        let rows = || table.rows.iter().map(|row| figure(&row.score));
        let measure = Measure::of(table, &case.rules);
        let mut rounding = Rounding::default();
        let outcomes = case.card.rows.iter().chain(&case.card.execution);
        for (published, outcome) in rows().chain([execution]).zip(outcomes) {
            if let Outcome::Scored(score) = outcome {
                rounding.count(published, Some(&score.points), &measure);
            }
        }
        Scale { measure, rounding, is_self_evaluation: case.form.kind.is_self_evaluation() }
    }
}

fn row_report(index: usize, row: &Row, case: &FormCase, scale: &Scale) -> RowReport {
    let indicator = case.indicators.rows.get(index);
    let printed = |column| row.get(column).map(Field::squeezed);
    let published = indicator.and_then(|indicator| figure(&indicator.score));
    let report = RowReport {
        row: index + 1,
        level1: row.text(Column::Level1),
        level2: row.text(Column::Level2),
        name: row.text(Column::Name),
        weight: row.text(Column::Weight),
        target: printed(Column::Target),
        actual: printed(Column::Actual),
        printed_rate: printed(Column::Rate),
        printed_score: printed(Column::Score),
        rule: printed(Column::Rule),
        published: value(published),
        rate: None,
        points: None,
        verdict: Verdict::NotEvaluated,
        steps: Vec::new(),
        why: None,
        basis: None,
    };
    let outcome = case.card.rows.get(index);
    let verdict = indicator
        .zip(outcome)
        .map(|(row, outcome)| row_verdict(row, case.form.kind, &case.rules, outcome, scale.measure));
    judged(report, outcome, verdict, scale)
}

fn execution_report(case: &FormCase, outcome: &Outcome, scale: &Scale) -> RowReport {
    let carrying = execution_line(&case.indicators).unwrap_or(0);
    let line = case.form.funds.get(carrying);
    let cell = |field: Option<&Option<Field>>| field.and_then(Option::as_ref).map(Field::squeezed);
    let published = case.indicators.funds.get(carrying).and_then(|line| figure(&line.score));
    let report = RowReport {
        row: 0,
        level1: String::new(),
        level2: String::new(),
        name: EXECUTION.to_owned(),
        weight: cell(line.map(|line| &line.weight)).unwrap_or_default(),
        target: cell(line.map(|line| &line.budget)),
        actual: cell(line.map(|line| &line.spent)),
        printed_rate: cell(line.map(|line| &line.rate)),
        printed_score: cell(line.map(|line| &line.score)),
        rule: None,
        published: value(published),
        rate: None,
        points: None,
        verdict: Verdict::NotEvaluated,
        steps: Vec::new(),
        why: None,
        basis: None,
    };
    let completion = Completion::of(&case.indicators);
    let funds = case.indicators.funds.get(carrying);
    let verdict = funds.map(|funds| execution_verdict(funds, &case.rules, completion, outcome, scale.measure));
    judged(report, Some(outcome), verdict, scale)
}

/// The row with what the engine found for it.
fn judged(mut row: RowReport, outcome: Option<&Outcome>, verdict: Option<Verdict>, scale: &Scale) -> RowReport {
    match outcome {
        Some(Outcome::Scored(score)) => {
            row.rate = score.rate.as_ref().and_then(|rate| rate.percent(RATE_PLACES));
            row.points = Some(score.points);
            row.steps = score.steps.clone();
            row.basis = Some(score.basis.clone());
            row.verdict = verdict.unwrap_or(Verdict::NotEvaluated);
            if row.verdict == Verdict::NotEvaluated {
                row.why = Some(without_score(scale.is_self_evaluation).to_owned());
            }
        }
        Some(Outcome::NotEvaluated(reason)) => {
            row.rate = reason.rate.map(rounded_rate);
            row.why = Some(reason.why.clone());
        }
        None => row.why = Some(without_score(scale.is_self_evaluation).to_owned()),
    }
    row
}

fn rounded_rate(rate: Decimal) -> Decimal {
    rate.round_dp_with_strategy(RATE_PLACES, RoundingStrategy::MidpointAwayFromZero)
}

fn without_score(is_self_evaluation: bool) -> &'static str {
    if is_self_evaluation { "表中没有填写可比较的得分" } else { "绩效目标表不计分" }
}

fn figure(reading: &Reading<Figure>) -> Option<Figure> {
    reading.get().copied()
}

fn value(figure: Option<Figure>) -> Option<Decimal> {
    figure.map(|figure| figure.value)
}

fn text(field: &Option<Field>) -> Option<String> {
    field.as_ref().map(Field::squeezed).filter(|text| !text.is_empty())
}
