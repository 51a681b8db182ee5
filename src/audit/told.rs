//! 正文与指标 (told): JX507 and JX514, sentences that give another figure than a table or a row.

use crate::audit::found::Found;
use crate::audit::goals::contradiction;
use crate::audit::scene::{RowScene, Scenes, at};
use crate::audit::span::{plain, rounded};
use crate::audit::words::{core, has_any};
use crate::audit::{AuditWords, Code, Finding, Severity};
use crate::dossier::{Dossier, Measure, Said, Statement};
use crate::form::Column;
use crate::text::{fold, squeeze};

/// JX507: an amount in the text that no line of that name has in any budget table.
pub(super) fn text_contradicts_budget(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let dossier = &scenes.dossier;
    let words = &AuditWords::builtin().told;
    let names = line_names(dossier);
    let mut findings: Vec<Finding> = Vec::new();
    for statement in dossier.statements().filter(|statement| !has_any(&statement.text, &words.other_years)) {
        for said in statement.figures.iter().filter(|said| said.measure == Measure::TenThousandYuan) {
            findings.extend(amount_fault(dossier, &names, statement, said));
        }
    }
    findings.extend(told_fault(dossier));
    findings
}

/// The names of lines that are long enough to be found in running text, longest first.
fn line_names(dossier: &Dossier) -> Vec<String> {
    let lines = dossier.tables.iter().flat_map(|table| &table.lines);
    let mut names: Vec<String> =
        lines.map(|line| squeeze(&fold(&line.name))).filter(|name| name.chars().count() >= 5).collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names.dedup();
    names
}

fn amount_fault(dossier: &Dossier, names: &[String], statement: &Statement, said: &Said) -> Option<Finding> {
    let words = &AuditWords::builtin().told;
    let mut lead = said.lead.as_str();
    for word in &words.linking {
        lead = lead.strip_suffix(word.as_str()).unwrap_or(lead);
    }
    let name = names.iter().find(|name| lead.ends_with(name.as_str()))?;
    let before = lead.strip_suffix(name.as_str())?;
    // A name that is only the end of a longer one speaks of something else.
    if before.chars().next_back().is_some_and(|c| c.is_alphanumeric() && !has_any(&c.to_string(), &words.before)) {
        return None;
    }
    let lines = dossier.tables.iter().flat_map(|table| table.lines.iter().map(move |line| (table, line)));
    let own: Vec<_> = lines.filter(|(_, line)| squeeze(&fold(&line.name)) == *name).collect();
    let agrees = own.iter().flat_map(|(_, line)| &line.amounts).any(|amount| {
        let places = said.figure.places.min(amount.figure.places);
        rounded(amount.figure.value, places) == rounded(said.figure.value, places)
    });
    let (table, line) = own.first()?;
    let printed = line.amount()?;
    let certain = own.iter().all(|(_, other)| other.amount().map(|figure| figure.value) == Some(printed.value));
    if agrees || !certain {
        return None;
    }
    let message = format!(
        "正文写“{name}”{} 万元，{}中是 {} 万元",
        plain(said.figure.value),
        table.title.squeezed(),
        plain(printed.value)
    );
    let mut finding = Finding::new(Code::TextContradictsBudget, message)
        .figures(plain(said.figure.value), plain(printed.value))
        .evidence(format!("正文{}：{}", at(&statement.place), quoted(&statement.text)))
        .evidence(format!("{}{}", table.title.squeezed(), at(&line.place)))
        .suggest("请核对正文与预算表，改正写错的一处");
    finding.place = Some(statement.place.clone());
    Some(finding)
}

/// Projects that the text introduces with another amount than the table of projects.
fn told_fault(dossier: &Dossier) -> Vec<Finding> {
    let fault = |told: &crate::dossier::Mention| {
        let mut lines = dossier.project_lines().filter(|(_, line)| crate::dossier::same_name(&told.name, &line.name));
        let (table, line) = lines.next().filter(|_| lines.next().is_none())?;
        let printed = line.amount()?;
        let places = printed.places.min(told.amount.places);
        if rounded(printed.value, places) == rounded(told.amount.value, places) {
            return None;
        }
        let message = format!(
            "正文写项目“{}”{} 万元，{}中是 {} 万元",
            quoted(&told.name),
            plain(told.amount.value),
            table.title.squeezed(),
            plain(printed.value)
        );
        let mut finding = Finding::new(Code::TextContradictsBudget, message)
            .figures(plain(told.amount.value), plain(printed.value))
            .evidence(format!("{}{}", table.title.squeezed(), at(&line.place)))
            .suggest("请核对正文与预算表，改正写错的一处");
        finding.place = Some(told.place.clone());
        Some(finding)
    };
    dossier.told.iter().filter_map(fault).collect()
}

/// Most of a sentence that is quoted, in characters.
const LONGEST_QUOTE: usize = 100;

fn quoted(text: &str) -> String {
    crate::audit::reading::shorten(text, LONGEST_QUOTE)
}

/// Shortest name of an indicator that is looked for in the text around the forms, in characters.
const SHORTEST_NAME: usize = 6;

/// JX514: a sentence of the text that gives an indicator another figure than its row.
pub(super) fn text_contradicts_indicators(scenes: &Scenes, found: &Found) -> Vec<Finding> {
    scenes.rows().filter_map(|row| indicator_fault(&row, &scenes.dossier, found)).collect()
}

fn indicator_fault(row: &RowScene, dossier: &Dossier, found: &Found) -> Option<Finding> {
    let covered =
        [Code::ValueNotUnderstood, Code::NameContradictsValue, Code::CellEmpty, Code::GoalContradictsIndicators];
    let name = core(&row.indicator.name);
    if name.chars().count() < SHORTEST_NAME || found.has(row.form.number, Some(row.number), &covered) {
        return None;
    }
    let words = &row.form.words.told;
    let own: Vec<&Statement> = dossier
        .statements()
        .filter(|statement| statement.text.contains(&name) && !has_any(&statement.text, &words.other_years))
        .collect();
    let values = [Some(&row.indicator.target), row.indicator.actual.as_ref()];
    let fault = |statement: &&Statement| {
        let against: Option<Vec<String>> =
            values.into_iter().flatten().map(|value| contradiction(row, &statement.text, value)).collect();
        against?.into_iter().next()
    };
    let said: Vec<(String, &Statement)> = own.iter().filter_map(|one| Some((fault(one)?, *one))).collect();
    if said.len() != own.len() {
        return None;
    }
    let (said, statement) = said.into_iter().next()?;
    let written = row.text(Column::Target);
    let finding = row
        .finding(Code::TextContradictsIndicator, Column::Target, format!("正文写“{said}”，指标表的目标值是“{written}”"))
        .graded(Severity::Warning)
        .figures(said, written)
        .evidence(format!("正文{}：{}", at(&statement.place), quoted(&statement.text)))
        .suggest("请核对正文与指标表，改正写错的一处");
    Some(finding)
}
