//! `jixiao rules list`

use std::collections::BTreeMap;

use serde_json::json;

use jixiao::report::Grid;
use jixiao::ruleset::{InForce, Provenance, RuleSet, Statement, builtin};

use crate::cli::arguments::ListFormat;
use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Lists the built-in sets with place, years and provenance at a glance.
pub fn run(format: Option<ListFormat>) -> Result<Outcome, Failure> {
    output::deliver(None, |out| match format.unwrap_or(ListFormat::Table) {
        ListFormat::Table => Ok(out.write_all(table().as_bytes())?),
        ListFormat::Json => {
            let sets: Vec<_> = builtin::sets().iter().map(|set| entry(set)).collect();
            serde_json::to_writer_pretty(&mut *out, &json!({"schema": "jixiao.rules/1", "rules": sets}))?;
            Ok(writeln!(out)?)
        }
    })?;
    Ok(Outcome::Clean)
}

fn table() -> String {
    let mut grid = Grid::new(["编号", "地区", "年度", "名称", "依据等级"]);
    for set in builtin::sets() {
        grid.push([set.id.clone(), set.jurisdiction.words(), years(set.in_force), set.title.clone(), provenance(set)]);
    }
    let view = output::view(None, false);
    format!("{}\n查看某个规则集：jixiao rules show 编号\n", grid.draw(view.width, view.colour))
}

/// `2024起`, `2011～2019`.
fn years(in_force: InForce) -> String {
    match (in_force.from, in_force.until) {
        (Some(from), Some(until)) if from == until => from.to_string(),
        (Some(from), Some(until)) => format!("{from}～{until}"),
        (Some(from), None) => format!("{from}起"),
        (None, Some(until)) => format!("至{until}"),
        (None, None) => "不限".to_owned(),
    }
}

/// How many statements of the rules are known how well: `公开原文12、推断3`.
fn provenance(set: &RuleSet) -> String {
    let grades = counted(set);
    let words: Vec<String> = grades.iter().map(|(grade, count)| format!("{}：{count}条", grade.words())).collect();
    words.join("\n")
}

fn counted(set: &RuleSet) -> BTreeMap<Provenance, usize> {
    let mut grades = BTreeMap::new();
    for statement in statements(set) {
        *grades.entry(statement.provenance).or_default() += 1;
    }
    grades
}

/// The statements that scores rest on: the cases of every rule and the execution line.
fn statements(set: &RuleSet) -> impl Iterator<Item = &Statement> {
    let cases = set.rules.iter().flat_map(|rule| rule.cases.iter().map(|case| &case.statement));
    cases.chain(set.execution.iter().map(|execution| &execution.statement))
}

fn entry(set: &RuleSet) -> serde_json::Value {
    let grades: BTreeMap<&str, usize> = counted(set).into_iter().map(|(grade, count)| (grade.key(), count)).collect();
    json!({
        "id": set.id,
        "title": set.title,
        "place": set.jurisdiction.words(),
        "from": set.in_force.from,
        "until": set.in_force.until,
        "source": {"document": set.source.document, "number": set.source.number},
        "provenance": grades,
        "hash": set.hash,
    })
}
