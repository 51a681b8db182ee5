//! 核对规则文件 (validate): from what people write to a [`RuleSet`] that the engine may trust; problems are collected.

mod curve;
mod examples;
mod inspector;
mod rule;
mod set;

pub use inspector::SourceFile;

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::ruleset::file::{RuleFile, RuleText};
use crate::ruleset::locate::Step;
use crate::ruleset::{InForce, Note, Problem, Rule, RuleSet, SourceText, Statement, Tolerance};
use crate::text::label;
use inspector::{Inspector, statement};

/// Validates a file that has been merged with those it extends; `sources` are the texts, the file itself first.
///
/// # Errors
///
/// Every problem, in the order of the lines.
pub fn validate(file: &RuleFile, sources: &[SourceFile], hash: String) -> Result<RuleSet, Vec<Problem>> {
    let mut inspector = Inspector::new(sources);
    let set = assemble(&mut inspector, file, hash);
    let mut problems = inspector.problems;
    if problems.is_empty()
        && let Some(set) = set
    {
        problems = examples::failures(&set, sources);
        if problems.is_empty() {
            return Ok(set);
        }
    }
    problems.sort_by_key(|problem| problem.line);
    Err(problems)
}

fn assemble(inspector: &mut Inspector, file: &RuleFile, hash: String) -> Option<RuleSet> {
    let origin = &file.source;
    let around = Statement {
        clause: source_words(origin.number.as_deref().unwrap_or(&origin.document), origin.clause.as_deref()),
        provenance: origin.provenance,
    };
    check_id(inspector, &file.id);
    names_differ(inspector, &file.rules);
    let rules: Vec<Rule> = inspector
        .within(Step::Key("rules"), |here| file.rules.iter().map(|text| rule::rule(here, text, &around)).collect());
    let defaults = file.defaults.as_deref().unwrap_or_default();
    let defaults = inspector.within(Step::Key("defaults"), |here| set::defaults(here, defaults, &rules, &around));
    let execution = file.execution.as_ref();
    let execution =
        inspector.within(Step::Key("execution"), |here| execution.and_then(|text| set::execution(here, text, &around)));
    let caps = file.caps.as_deref().unwrap_or_default();
    let caps = inspector.within(Step::Key("caps"), |here| set::caps(here, caps, &around));
    let weights = file.weights.as_deref().unwrap_or_default();
    let weights = inspector.within(Step::Key("weights"), |here| set::weights(here, weights, &around));
    let grades = file.grades.as_deref().unwrap_or_default();
    let grades = inspector.within(Step::Key("grades"), |here| set::grades(here, grades, &around));
    let audit = file.audit.clone().unwrap_or_default();
    let thresholds = inspector.within(Step::Key("audit"), |here| set::thresholds(here, &audit, &around));
    let note = |text: &crate::ruleset::file::NoteText| Note {
        text: text.text.clone(),
        statement: statement(text.clause.as_ref(), text.provenance, &around),
    };
    let examples = inspector.within(Step::Key("examples"), |here| examples::examples(here, &file.examples, &around));
    Some(RuleSet {
        id: file.id.clone(),
        title: file.title.clone(),
        hash,
        jurisdiction: set::place(inspector, &file.place),
        in_force: years(inspector, file),
        source: SourceText {
            document: origin.document.clone(),
            number: origin.number.clone(),
            address: origin.address.clone(),
            statement: around.clone(),
            note: origin.note.clone(),
        },
        extends: file.extends.clone(),
        rules,
        defaults,
        execution,
        caps,
        weights,
        grades,
        rounding: set::rounding(file.rounding.as_ref(), &around),
        tolerance: tolerance(inspector, file),
        dropped: file.dropped.clone().unwrap_or_default(),
        thresholds: thresholds?,
        notes: file.notes.iter().map(note).collect(),
        examples,
    })
}

fn source_words(document: &str, clause: Option<&str>) -> String {
    clause.map_or_else(|| document.to_owned(), |clause| format!("{document}，{clause}"))
}

fn check_id(inspector: &mut Inspector, id: &str) {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(allowed) {
        inspector.within(Step::Key("id"), |here| {
            let message = format!("“{id}”含有不能用的字符");
            here.report(Code::RuleFileInvalid, message, "编号只用小写字母、数字和连字符，例如 xinjiang-2024");
        });
    }
}

fn years(inspector: &mut Inspector, file: &RuleFile) -> InForce {
    let in_force = InForce { from: file.in_force.from, until: file.in_force.until };
    if let (Some(from), Some(until)) = (in_force.from, in_force.until)
        && from > until
    {
        inspector.within(Step::Key("in-force"), |here| {
            here.report(Code::RuleFileInvalid, format!("年度写反了：{from} 晚于 {until}"), "请核对 from 与 until");
        });
    }
    in_force
}

fn tolerance(inspector: &mut Inspector, file: &RuleFile) -> Tolerance {
    let Some(text) = &file.tolerance else { return Tolerance { row: Decimal::ZERO, total: Decimal::ZERO } };
    inspector.within(Step::Key("tolerance"), |here| Tolerance {
        row: here.number("row", &text.row).unwrap_or_default(),
        total: here.number("total", &text.total).unwrap_or_default(),
    })
}

/// No name or alias belongs to two rules.
fn names_differ(inspector: &mut Inspector, rules: &[RuleText]) {
    let mut taken: Vec<(String, &str)> = Vec::new();
    for rule in rules {
        for name in std::iter::once(&rule.name).chain(&rule.aliases) {
            let folded = label(name);
            if let Some((_, owner)) = taken.iter().find(|(other, _)| *other == folded) {
                let message = if *owner == rule.name {
                    format!("名称“{name}”写了两次")
                } else {
                    format!("名称“{name}”已属于规则“{owner}”")
                };
                inspector.within(Step::Key("rules"), |here| {
                    here.within(Step::Named(rule.name.clone()), |here| {
                        here.report(Code::RuleFileInvalid, message, "每个名称和别名只能属于一条规则，请删去或改名");
                    });
                });
            }
            taken.push((folded, &rule.name));
        }
    }
}
