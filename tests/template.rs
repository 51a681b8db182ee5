//! 目标表起草与填表: what is drafted, that nothing absurd is, and that everything written reads back.

use std::sync::Arc;

use jixiao::form::contract::read_forms;
use jixiao::form::{Column, Form};
use jixiao::ruleset::{RuleSet, builtin};
use jixiao::template::{Draft, DraftInput, Policy, draft};

#[path = "template/absurdities.rs"]
mod absurdities;
#[path = "template/filled.rs"]
mod filled;
#[path = "template/tables.rs"]
mod tables;
#[path = "template/targets.rs"]
mod targets;
#[path = "template/written.rs"]
mod written;

const CHANGJI: &str = include_str!("fixtures/template/changji-2024.yaml");
const KASHI: &str = include_str!("fixtures/template/kashi-2024.yaml");

fn rules() -> Arc<RuleSet> {
    builtin::find("xinjiang-2024").expect("a built-in rule set")
}

fn forms(yaml: &str) -> Vec<Form> {
    read_forms(yaml).expect("forms as YAML")
}

fn drafted(forms: &[Form], year: i32) -> Draft {
    drafted_with(forms, &[], year, None)
}

fn drafted_with(forms: &[Form], history: &[Form], year: i32, budget: Option<&str>) -> Draft {
    let budget = budget.map(|budget| budget.parse().expect("a budget"));
    draft(&DraftInput { forms, history, year, budget, rules: &rules(), policy: Policy::builtin() })
}

/// A self-evaluation with one indicator for each list of cells.
fn form(year: i32, rows: &[&str]) -> Form {
    let rows: Vec<String> = rows.iter().map(|row| format!("      - {{{row}}}")).collect();
    let yaml = format!(
        "forms:\n  - kind: project-self-evaluation\n    year: {year}\n    unit: 某局\n    project: 某项目\n    funds:\n      - {{name: 年度资金总额, budget: '10.00'}}\n    indicators:\n{}\n",
        rows.join("\n")
    );
    forms(&yaml).remove(0)
}

/// An output indicator under 数量指标 with target and result.
fn output(name: &str, target: &str, actual: &str) -> String {
    format!("level1: 产出指标, level2: 数量指标, name: '{name}', weight: '10', target: '{target}', actual: '{actual}'")
}

/// The text of a cell of the first form's row.
fn cell(draft: &Draft, row: usize, column: Column) -> String {
    draft.forms[0].rows[row].text(column).to_owned()
}
