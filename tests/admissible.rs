//! A score is an error only where no rule that may apply gives it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jixiao::audit::{self, Code, Finding, Severity};
use jixiao::case::{Case, FormCase};
use jixiao::document::{Document, Format, Source};
use jixiao::form::{FormKind, contract};
use jixiao::indicator::{Indicator, interpret};
use jixiao::ruleset::{self, Evidence, RuleSet, Selection, builtin};
use jixiao::score::{self, Completion, Measure, Outcome, Points};
use rust_decimal::Decimal;

/// A case from forms in YAML, under a given set or the one that is chosen for it.
fn case(forms: &str, rules: Option<&Arc<RuleSet>>) -> Case {
    let source = Source { file: "表.yaml".to_owned(), sha256: String::new(), format: Format::Yaml };
    let document = Document { source: source.clone(), blocks: Vec::new(), unread: Vec::new() };
    let forms = contract::read_forms(forms).unwrap_or_else(|error| panic!("{error}\n{forms}"));
    let forms = forms.into_iter().map(|form| {
        let chosen = || ruleset::select(&Selection::Auto, &Evidence::of(&document, &form)).unwrap().rules;
        let rules = rules.cloned().unwrap_or_else(chosen);
        let indicators = interpret(&form);
        let card = score::score(&indicators, form.kind, &rules);
        FormCase { form, indicators, card, rules, chosen_because: String::new() }
    });
    let forms = forms.collect();
    Case { source, document: Arc::new(document), forms, unplaced: Vec::new(), notes: Vec::new() }
}

fn errors(case: &Case) -> Vec<Finding> {
    audit::audit(case).into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

#[test]
fn the_published_example_has_two_errors_in_every_container() {
    for ending in ["docx", "html", "pdf", "txt", "xlsx"] {
        let file = format!("examples/changji-2024.{ending}");
        let output =
            Command::new(env!("CARGO_BIN_EXE_jixiao")).args(["audit", &file, "--format", "json"]).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let told = |severity: &str| -> Vec<String> {
            let score = |finding: &&serde_json::Value| {
                finding["severity"] == severity
                    && ["JX2", "JX3"].iter().any(|code| finding["code"].as_str().unwrap().starts_with(code))
            };
            findings
                .iter()
                .filter(score)
                .map(|finding| {
                    format!("{} 表{}行{}", finding["code"].as_str().unwrap(), finding["form"], finding["row"])
                })
                .collect()
        };
        let all: Vec<_> = findings.iter().filter(|finding| finding["severity"] == "error").collect();
        assert_eq!(told("error"), ["JX301 表9行6", "JX302 表11行7"], "{ending}");
        assert_eq!(all.len(), 2, "{ending}: {all:?}");
        let notes = told("note");
        assert!(notes.contains(&"JX204 表9行0".to_owned()) && notes.contains(&"JX204 表11行0".to_owned()), "{notes:?}");
        for row in [6, 7] {
            let here: Vec<_> =
                findings.iter().filter(|finding| finding["form"] == 1 && finding["row"] == row).collect();
            let codes: Vec<_> = here.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
            assert!(codes.contains(&"JX106") && !codes.contains(&"JX307") && !codes.contains(&"JX301"), "{codes:?}");
        }
    }
}

/// A form whose scores are those of a rule set, over many completion rates and kinds of target.
fn clean_form(set: &RuleSet) -> String {
    let mut rows = String::new();
    let targets = [
        ("产出指标", "数量指标", "培训人次", "≥100人次", &["40", "60", "75", "90", "100", "105", "130", "160"][..]),
        ("产出指标", "质量指标", "验收合格率", "≥95%", &["50%", "80%", "94%", "95%", "100%"]),
        ("成本指标", "经济成本指标", "设备购置成本", "≤80万元", &["60万元", "76万元", "80万元", "88万元"]),
        ("产出指标", "时效指标", "完成时间", "2024年10月31日前", &["2024年9月30日"]),
        ("效益指标", "社会效益指标", "公众认知", "有效提升", &["有效提升"]),
        ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", &["55%", "70%", "85%", "90%", "96%"]),
    ];
    for (level1, level2, name, target, actuals) in targets {
        for (number, actual) in actuals.iter().enumerate() {
            let yaml = format!(
                "      - {{level1: {level1}, level2: {level2}, name: {name}{number}, weight: \"3\", target: \"{target}\", actual: \"{actual}\", reason: 说明原因"
            );
            let form = format!("forms:\n  - kind: project-self-evaluation\n    indicators:\n{yaml}}}\n");
            let form = contract::read_forms(&form).unwrap();
            let card = score::score(&interpret(&form[0]), FormKind::ProjectSelfEvaluation, set);
            let points = match &card.rows[0] {
                Outcome::Scored(score) => match score.points {
                    Points::Exact { rounded, .. } => rounded,
                    Points::Within { low, high, high_open } => {
                        if high_open {
                            low
                        } else {
                            high
                        }
                    }
                },
                Outcome::NotEvaluated(_) => continue,
            };
            rows += &format!("{yaml}, score: \"{points}\"}}\n");
        }
    }
    format!("forms:\n  - kind: project-self-evaluation\n    year: 2024\n    indicators:\n{rows}")
}

/// Errors that are about scores and rates; the made-up weights add up to nothing in particular.
const SCORES: [Code; 5] = [
    Code::ScoreDiffers,
    Code::RateDiffers,
    Code::ExecutionScoreDiffers,
    Code::VerdictContradictsTarget,
    Code::ScoreOutsideWeight,
];

#[test]
fn clean_forms_made_under_any_shipped_set_have_no_error_when_no_place_is_named() {
    let mut wrong = Vec::new();
    for set in builtin::sets() {
        let form = clean_form(set);
        assert!(form.lines().count() > 8, "{} scores almost nothing", set.id);
        for finding in errors(&case(&form, None)).into_iter().filter(|finding| SCORES.contains(&finding.code)) {
            wrong.push(format!("{}: {}", set.id, finding.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a set gives a printed score, counted here and not by the engine's own search: rounded or cut off.
fn gives(set: &RuleSet, row: &Indicator, kind: FormKind, places: u32) -> bool {
    let printed = row.score.get().unwrap();
    let unnamed = Indicator { rule: None, ..row.clone() };
    [row, &unnamed].into_iter().any(|row| {
        let Ok(judgement) = score::judge(row, kind, set) else { return false };
        match judgement.points {
            Points::Exact { rounded, unrounded } => {
                let places = places.max(printed.places);
                let half_up =
                    unrounded.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                rounded == printed.value
                    || half_up == printed.value
                    || (places > 0 && unrounded.trunc_with_scale(places) == printed.value)
            }
            Points::Within { low, high, high_open } => {
                low <= printed.value && (printed.value < high || (!high_open && printed.value == high))
            }
        }
    })
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The forms of a fixture, and the rule set it names.
fn fixture(path: &Path) -> Option<(String, Arc<RuleSet>)> {
    let text = std::fs::read_to_string(path).unwrap();
    let section = |name: &str| {
        let (_, rest) = text.split_once(&format!("=== {name}\n"))?;
        Some(rest.split("\n=== ").next().unwrap().to_owned())
    };
    let id = section("规则").map_or("xinjiang-2024".to_owned(), |id| id.trim().to_owned());
    Some((section("表")?, builtin::find(&id)?))
}

#[test]
fn no_error_on_a_score_is_excused_by_a_shipped_set() {
    let mut judged = 0;
    let paths = fixtures("tests/fixtures/findings").into_iter().chain(fixtures("tests/fixtures/forms"));
    for path in paths {
        let Some((forms, rules)) = fixture(&path) else { continue };
        let case = case(&forms, Some(&rules));
        for finding in errors(&case) {
            let Some(form) = finding.form.and_then(|number| case.forms.get(number - 1)) else { continue };
            let places = Measure::of(&form.indicators, &form.rules).places;
            match (finding.code, finding.row) {
                (Code::ScoreDiffers | Code::VerdictContradictsTarget, Some(row)) => {
                    let row = &form.indicators.rows[row - 1];
                    judged += 1;
                    for set in builtin::sets() {
                        assert!(
                            !gives(set, row, form.form.kind, places),
                            "{}: {} gives {}",
                            path.display(),
                            set.id,
                            finding.message
                        );
                    }
                }
                (Code::ExecutionScoreDiffers, _) => {
                    let funds = &form.indicators.funds[score::execution_line(&form.indicators).unwrap()];
                    let printed = funds.score.get().unwrap().value;
                    judged += 1;
                    for (set, completion) in builtin::sets()
                        .iter()
                        .flat_map(|set| [(set, Completion::Complete), (set, Completion::Unfinished)])
                    {
                        let given = score::execution_outcome(funds, set, completion);
                        assert!(
                            !matches!(given, Outcome::Scored(score) if matches!(score.points, Points::Exact { rounded, .. } if rounded == printed)),
                            "{}: {} gives {}",
                            path.display(),
                            set.id,
                            finding.message
                        );
                    }
                }
                _ => {}
            }
        }
    }
    assert!(judged >= 8, "only {judged} errors were looked at");
}

/// The findings on the only row of a form that names no rule.
fn row(cells: &str) -> Vec<Finding> {
    let form = format!("forms:\n  - kind: project-self-evaluation\n    indicators:\n      - {{{cells}}}\n");
    audit::audit(&case(&form, None)).into_iter().filter(|finding| SCORES.contains(&finding.code)).collect()
}

#[test]
fn a_bare_target_is_judged_by_what_the_indicator_is_about() {
    let cells = |name: &str, target: &str, actual: &str, score: &str| {
        row(&format!(
            "level1: 效益指标, level2: 生态效益指标, name: {name}, weight: \"10\", target: {target}, actual: {actual}, score: \"{score}\""
        ))
    };
    for name in ["森林火灾受害率", "有害生物成灾率", "预算调整率", "结转结余率", "平均办结天数"]
    {
        assert_eq!(cells(name, "5", "3", "10"), [], "{name} is better when lower");
    }
    let unknown = cells("高血压控制率", "60%", "50%", "10");
    assert!(unknown.iter().all(|finding| finding.severity < Severity::Error), "{unknown:?}");
    let known = row(
        "level1: 产出指标, level2: 数量指标, name: 培训人次, weight: \"10\", target: 100人次, actual: 80人次, score: \"10\"",
    );
    assert_eq!(known.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Error]);
}

#[test]
fn no_finding_stands_on_a_row_that_the_report_calls_right() {
    assert_eq!(row("name: 验收合格率, weight: \"10\", target: \">90%\", actual: 90%, score: \"10\""), []);
}

#[test]
fn report_and_audit_agree_on_every_row() {
    let form = "forms:\n  - kind: project-self-evaluation\n    year: 2024\n    indicators:\n      - {level1: 产出指标, name: 人数, weight: \"10\", target: \"≥36000人\", actual: \"30160人\", rate: \"83.78%\", score: \"5.95\", rule: 按照完成比例赋分}\n";
    let xinjiang = builtin::find("xinjiang-2024").unwrap();
    let case = case(form, Some(&xinjiang));
    let form = &case.forms[0];
    let measure = Measure::of(&form.indicators, &form.rules);
    let verdict =
        score::row_verdict(&form.indicators.rows[0], form.form.kind, &form.rules, &form.card.rows[0], measure);
    let told = audit::audit(&case).into_iter().any(|finding| finding.code == Code::ScoreDiffers);
    assert_eq!(verdict == score::Verdict::Differs, told);
    assert_eq!(form.indicators.rows[0].weight.get().unwrap().value, Decimal::TEN);
}
