//! The table as a whole: weights, rules, levels, budget, names.

use jixiao::form::Column;
use jixiao::template::{DraftInput, Need, Policy, draft};
use rust_decimal::Decimal;

use super::{cell, drafted, drafted_with, form, forms, output, rules};

fn cost(name: &str, target: &str, spent: &str) -> String {
    format!("level1: 成本指标, level2: 经济成本指标, name: {name}, weight: '10', target: '{target}', actual: '{spent}'")
}

#[test]
fn weights_come_back_to_the_structure() {
    let rows = [
        output("甲", ">=1次", "1次"),
        output("乙", ">=1次", "1次"),
        "level1: 效益指标, level2: 社会效益指标, name: 丙, weight: '25', target: 提升, actual: 达到预期指标".to_owned(),
        "level1: 满意度指标, level2: 满意度指标, name: 群众满意度, weight: '10', target: '>=95%', actual: '96%'"
            .to_owned(),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let draft = drafted(&[form(2024, &rows)], 2025);
    let weights: Vec<String> = (0..4).map(|row| cell(&draft, row, Column::Weight)).collect();
    assert_eq!(weights, ["25", "25", "30", "10"]);
    let reason = draft.forms[0].rows[0].get(Column::Weight).unwrap().reasons[0].clone();
    assert!(reason.contains("上年合计20，应为50"), "{reason}");
}

#[test]
fn rule_fits_the_kind_of_target() {
    let rule = |row: String| {
        let draft = drafted(&[form(2024, &[&row])], 2025);
        cell(&draft, 0, Column::Rule)
    };
    let date = "level1: 产出指标, level2: 时效指标, name: 完成时间, weight: '10', target: 2024年12月10日前, actual: 2024年12月6日, rule: 按照完成比例赋分";
    assert_eq!(rule(date.to_owned()), "直接赋分");
    let phrase = "level1: 效益指标, level2: 社会效益指标, name: 能力, weight: '20', target: 提升, actual: 达到预期指标, rule: 按照完成比例赋分";
    assert_eq!(rule(phrase.to_owned()), "按评判等级赋分");
    let satisfaction = "level1: 满意度指标, level2: 满意度指标, name: 群众满意度, weight: '10', target: '>=95%', actual: '96%', rule: 按照完成比例赋分";
    assert_eq!(rule(satisfaction.to_owned()), "满意度赋分");
    assert_eq!(rule(format!("{}, rule: 按评判等级赋分", output("合格率", ">=95%", "96%"))), "按照完成比例赋分");
    assert_eq!(rule(format!("{}, rule: 按照正常比例赋分", output("合格率", ">=95%", "96%"))), "按照正常比例赋分");
}

#[test]
fn rates_move_from_quantity_to_quality() {
    let draft = drafted(
        &[form(2024, &[&output("统筹地区医疗覆盖面", ">=70%", "100%"), &output("培训人数", ">=10人", "10人")])],
        2025,
    );
    assert_eq!(
        (cell(&draft, 0, Column::Name), cell(&draft, 0, Column::Level2)),
        ("培训人数".into(), "数量指标".into())
    );
    assert_eq!(
        (cell(&draft, 1, Column::Name), cell(&draft, 1, Column::Level2)),
        ("统筹地区医疗覆盖面".into(), "质量指标".into())
    );
}

#[test]
fn cost_ceilings_add_up_to_the_budget() {
    let rows = [
        cost("印刷费", "<=3万元", "3万元"),
        cost("劳务费", "<=4万元", "3.77万元"),
        cost("邮电费", "<=1万元", "0.9万元"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    for budget in ["5", "7.67", "10.01", "123.45"] {
        let draft = drafted_with(&[form(2024, &rows)], &[], 2025, Some(budget));
        let number = |row: usize| -> Decimal {
            cell(&draft, row, Column::Target).trim_start_matches('≤').trim_end_matches("万元").parse().unwrap()
        };
        assert_eq!((0..3).map(number).sum::<Decimal>(), budget.parse().unwrap(), "{budget}");
        assert_eq!(draft.forms[0].funds[0].amount.text.parse::<Decimal>().unwrap(), budget.parse().unwrap());
    }
}

#[test]
fn one_budget_for_many_forms_is_told_and_not_used() {
    let one = form(2024, &[&output("培训人数", ">=10人", "10人")]);
    let draft = drafted_with(&[one.clone(), one], &[], 2025, Some("5"));
    assert!(draft.forms[0].notes.iter().any(|note| note.contains("多张表")), "{:?}", draft.forms[0].notes);
    assert_eq!(draft.forms[0].funds[0].amount.text, "10.00");
}

#[test]
fn names_carry_the_new_year_and_one_off_projects_are_told() {
    let yaml = "forms:\n  - kind: project-self-evaluation\n    year: 2024\n    unit: 某局\n    project: 2023年租赁尾款\n    indicators:\n      - {level1: 产出指标, level2: 数量指标, name: 2024年参保人数, weight: '10', target: '>=10人', actual: 10人}\n";
    let draft = drafted(&forms(yaml), 2025);
    let project = draft.forms[0].project.clone().unwrap();
    assert_eq!((project.text.as_str(), project.need), ("2025年租赁尾款", Need::Confirm));
    assert_eq!(cell(&draft, 0, Column::Name), "2025年参保人数");
    assert!(draft.forms[0].notes.iter().any(|note| note.contains("一次性")), "{:?}", draft.forms[0].notes);
}

#[test]
fn another_policy_gives_other_targets() {
    let text = include_str!("../../rules/policy.yaml").replace("at_full: \"95\"", "at_full: \"90\"");
    let policy = Policy::parse("my.yaml", &text).unwrap();
    let row = "level1: 满意度指标, level2: 满意度指标, name: 群众满意度, weight: '10', target: '>=85%', actual: '100%'";
    let forms = [form(2024, &[row])];
    let drafted =
        draft(&DraftInput { forms: &forms, history: &[], year: 2025, budget: None, rules: &rules(), policy: &policy });
    assert_eq!(cell(&drafted, 0, Column::Target), "≥90%");
}

#[test]
fn what_a_person_must_decide_is_listed() {
    let draft = drafted(&[form(2024, &[&output("情况", ">=12", "12")])], 2025);
    let open = draft.open_items();
    assert!(
        open.iter().any(|item| item.row == Some(1) && item.need == Need::Fill && item.cell.contains("目标值")),
        "{open:?}"
    );
    assert!(open.iter().any(|item| item.row.is_none() && item.cell == "总体目标"));
    assert!(open.iter().all(|item| !item.why.is_empty()), "{open:?}");
}
