//! One wrong cell is one finding that names the cell: forms made under every shipped rule set, one cell of each changed.

use std::sync::Arc;

use jixiao::audit::{Code, Finding, audit};
use jixiao::case::{Case, FormCase};
use jixiao::document::{Document, Format, Source};
use jixiao::form::{Column, Field, Form, FormKind, contract};
use jixiao::indicator::interpret;
use jixiao::ruleset::{Chosen, RuleSet, builtin};
use jixiao::score::{Outcome, Points, score};

/// Findings that one wrong weight, score or total can cause.
const BOUND: [Code; 6] = [
    Code::WeightsDoNotAddUp,
    Code::TotalNotSum,
    Code::ScoreDiffers,
    Code::ScoreOutsideWeight,
    Code::VerdictContradictsTarget,
    Code::ReasonMissing,
];

/// Nine rows of ten points that a rule set scores exactly, with the sum of their scores; fewer where it scores fewer.
fn clean(set: &Arc<RuleSet>) -> Option<Form> {
    let targets = [
        ("产出指标", "数量指标", "培训人次", "≥100人次", "105人次"),
        ("产出指标", "数量指标", "巡查次数", "≥24次", "24次"),
        ("产出指标", "质量指标", "验收合格率", "≥95%", "96%"),
        ("产出指标", "质量指标", "抽检合格率", "≥98%", "98%"),
        ("成本指标", "经济成本指标", "设备购置成本", "≤80万元", "76万元"),
        ("效益指标", "社会效益指标", "受益村数", "≥6个", "6个"),
        ("效益指标", "社会效益指标", "受益户数", "≥60户", "62户"),
        ("效益指标", "生态效益指标", "绿化面积", "≥9亩", "9亩"),
        ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "96%"),
    ];
    let rows: String = targets
        .iter()
        .map(|(level1, level2, name, target, actual)| {
            format!("      - {{level1: {level1}, level2: {level2}, name: {name}, weight: \"10\", target: \"{target}\", actual: \"{actual}\", score: \"\", reason: 见说明}}\n")
        })
        .collect();
    let text = format!(
        "forms:\n  - kind: project-self-evaluation\n    year: 2024\n    project: 河道清淤\n    indicators:\n{rows}    total: {{weight: \"\", score: \"\"}}\n"
    );
    let mut form = contract::read_forms(&text).unwrap().remove(0);
    let card = score(&interpret(&form), FormKind::ProjectSelfEvaluation, set);
    let mut total = rust_decimal::Decimal::ZERO;
    for (row, outcome) in form.rows.iter_mut().zip(&card.rows) {
        let Outcome::Scored(score) = outcome else { return None };
        let Points::Exact { rounded, .. } = score.points else { return None };
        total += rounded;
        put(row, Column::Score, &rounded.to_string());
    }
    form.total.as_mut()?.score = Some(Field::new(total.to_string(), Default::default()));
    Some(form)
}

fn put(row: &mut jixiao::form::Row, column: Column, text: &str) {
    let place = row.get(column).map(|field| field.place.clone()).unwrap_or_default();
    row.set(column, Field::new(text, place));
}

fn found(form: Form, set: &Arc<RuleSet>) -> Vec<Finding> {
    let source = Source { file: "甲".into(), sha256: String::new(), format: Format::Yaml };
    let document = Document { source: source.clone(), blocks: Vec::new(), unread: Vec::new() };
    let forms = vec![FormCase::scored(form, Chosen { rules: set.clone(), because: String::new() })];
    let case = Case { source, document: Arc::new(document), forms, unplaced: Vec::new(), notes: Vec::new() };
    audit(&case).into_iter().filter(|finding| BOUND.contains(&finding.code)).collect()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn one_wrong_cell_is_one_finding_that_names_it() {
    let mut dice = Dice(2024);
    let (mut planted, mut told, mut sets) = (0, 0, 0);
    let mut missed = Vec::new();
    for set in builtin::sets() {
        let Some(form) = clean(set) else { continue };
        if !found(form.clone(), set).is_empty() {
            continue;
        }
        sets += 1;
        for _ in 0..8 {
            let row = dice.below(9) as usize;
            let column = if dice.below(2) == 0 { Column::Weight } else { Column::Score };
            let printed: i64 =
                form.rows[row].text(column).parse::<rust_decimal::Decimal>().unwrap().try_into().unwrap();
            let step = 1 + dice.below(4) as i64;
            let text = if column == Column::Score || dice.below(2) == 0 { printed - step } else { printed + step };
            let mut wrong = form.clone();
            put(&mut wrong.rows[row], column, &text.to_string());
            let findings = found(wrong, set);
            planted += 1;
            let name = form.rows[row].text(Column::Name);
            let cell = format!("第{}行“{name}”的{} {text} → ", row + 1, column.title());
            let names_it = findings.iter().any(|finding| {
                finding.row == Some(row + 1) && finding.evidence.iter().any(|line| line.contains(&cell))
            });
            if names_it && findings.len() == 1 {
                told += 1;
            } else {
                let codes: Vec<_> = findings.iter().map(|finding| (finding.code.number(), finding.row)).collect();
                missed.push(format!("{} {cell} {codes:?}", set.id));
            }
        }
    }
    println!("{sets} rule sets, {planted} planted, {told} told as one finding on the cell");
    assert!(sets >= 8, "only {sets} rule sets score the form");
    assert!(told * 100 >= planted * 95, "{told} of {planted}:\n{}", missed.join("\n"));
}

#[test]
fn two_wrong_cells_are_not_told_as_one() {
    let set = builtin::find("xinjiang-2024").unwrap();
    let mut form = clean(&set).unwrap();
    put(&mut form.rows[0], Column::Weight, "12");
    put(&mut form.rows[3], Column::Score, "7");
    let findings = found(form, &set);
    let rows: Vec<_> = findings.iter().map(|finding| finding.row).collect();
    assert!(rows.contains(&Some(1)) && rows.contains(&Some(4)), "{rows:?}");
}
