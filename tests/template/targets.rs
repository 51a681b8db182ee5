//! The target of one indicator, as the policy has it.

use jixiao::form::Column;
use jixiao::template::Need;

use super::{cell, drafted, drafted_with, form, output};

fn target(row: &str) -> String {
    cell(&drafted(&[form(2024, &[row])], 2025), 0, Column::Target)
}

#[test]
fn floors_follow_the_result_and_are_never_lowered() {
    let table = [
        // name, target, result, next target
        ("长期护理保险享受人数", ">=180人", "=294人", "≥294人"),
        ("参保缴费人数", ">=114万人", "=115.76万人", "≥115.76万人"),
        ("培训人数", ">=100人", "=60人", "≥100人"),
        ("统筹地区医疗覆盖面", ">=70%", "=100%", "=100%"),
        ("跨省直接结算率", ">=95%", "96.92%", "≥96.92%"),
        ("基本医疗保险参保率", ">=100%", "100.88%", "=100%"),
        ("检查医疗机构个数", ">=1294", "=1338", "≥1338个"),
        ("培训次数（次）", "2", "2", "≥2次"),
        ("政策知晓率", "=90%", "92%", "≥92%"),
        ("鉴定执行率", "<=95%", "=100%", "=100%"),
        ("群众投诉次数", "<=3次", "2次", "≤2次"),
        ("群众投诉次数", "<=3次", "5次", "≤3次"),
        ("系统故障率", ">=2%", "1%", "≤1%"),
    ];
    for (name, planned, reached, wanted) in table {
        assert_eq!(target(&output(name, planned, reached)), wanted, "{name} {planned} {reached}");
    }
}

#[test]
fn exact_counts_stay_exact() {
    assert_eq!(target(&output("租赁车辆数量", "=1辆", "=1辆")), "=1辆");
    assert_eq!(target(&output("保健对象人数", "=9人", "=11人")), "=11人");
    assert_eq!(target(&output("鉴定次数", "=12次", "8次")), "=12次");
    assert_eq!(target(&output("系统正常运行率", "=100%", "99%")), "=100%");
    assert_eq!(target(&output("安全事故", "0起", "0起")), "=0起");
}

#[test]
fn satisfaction_stays_below_hundred() {
    let row = |planned: &str, reached: &str| {
        format!(
            "level1: 满意度指标, level2: 满意度指标, name: 群众满意度, weight: '10', target: '{planned}', actual: '{reached}'"
        )
    };
    let table = [
        (">=95%", "=100%", "≥95%"),
        (">=90%", "=100%", "≥95%"),
        (">=98%", "100%", "≥98%"),
        ("=100%", "=100%", "≥95%"),
        (">=90%", "96.5%", "≥96.5%"),
        (">=95%", "80%", "≥95%"),
        ("<=95%", "97%", "≥97%"),
    ];
    for (planned, reached, wanted) in table {
        assert_eq!(target(&row(planned, reached)), wanted, "{planned} {reached}");
    }
}

#[test]
fn ceilings_of_cost_follow_what_was_spent() {
    let row = |planned: &str, spent: &str| {
        format!(
            "level1: 成本指标, level2: 经济成本指标, name: 印刷费, weight: '20', target: '{planned}', actual: '{spent}'"
        )
    };
    let table = [
        ("<=3.5万元", "=2.87万元", "≤2.87万元"),
        ("<=127.4565万元", "=127.7696万元", "≤127.4565万元"),
        ("=5万元", "=5万元", "≤5万元"),
        ("<=94万", "=93.5万元", "≤93.5万元"),
        ("<=450元/天/人", "=420元/天/人", "≤420元/天/人"),
        ("<=4万元", "0万元", "≤4万元"),
    ];
    for (planned, spent, wanted) in table {
        assert_eq!(target(&row(planned, spent)), wanted, "{planned} {spent}");
    }
}

#[test]
fn deadlines_move_to_the_same_day() {
    let row = |planned: &str, reached: &str| {
        format!(
            "level1: 产出指标, level2: 时效指标, name: 项目完成时间, weight: '10', target: '{planned}', actual: '{reached}'"
        )
    };
    let table = [
        ("2024年12月10日", "2024年8月27日", "2025年12月10日前"),
        ("=2024年12月25日前", "2024年12月1日", "2025年12月25日前"),
        ("2024年2月29日前", "2024年2月20日", "2025年2月28日前"),
        ("2025年3月31日前", "2025年3月1日", "2026年3月31日前"),
        ("2024年12月", "2024年12月20日", "2025年12月20日前"),
        ("每季度结束后的15日内", "每季度结束后的15日内", "每季度结束后的15日内"),
    ];
    for (planned, reached, wanted) in table {
        assert_eq!(target(&row(planned, reached)), wanted, "{planned}");
    }
    assert!(target(&row("2024年12月", "2024年11月3日")).starts_with("待填"));
    assert!(target(&row("2024年", "2024年11月3日")).starts_with("待填"));
}

#[test]
fn words_stay_and_numbers_are_asked_for() {
    let row = |name: &str, reached: &str| {
        format!("level1: 效益指标, level2: 社会效益指标, name: {name}, weight: '20', target: 提升, actual: {reached}")
    };
    assert_eq!(target(&row("提升经办办事效率", "达到预期指标")), "提升");
    assert!(target(&row("提升医保政策知晓率", "达到预期指标")).starts_with("待填"));
    assert_eq!(target(&row("提升医保政策知晓率", "92%")), "≥92%");
    let draft = drafted(&[form(2024, &[&row("提升经办办事效率", "达到预期指标")])], 2025);
    let reasons = draft.forms[0].rows[0].get(Column::Target).unwrap().reasons.join("\n");
    assert!(reasons.contains("达到预期指标 100%") && reasons.contains("60%~80%"), "{reasons}");
}

#[test]
fn results_far_from_the_target_are_told() {
    let draft = drafted(
        &[form(2024, &[&output("享受人数", ">=180人", "294人"), &output("培训人数", ">=100人", "60人")])],
        2025,
    );
    let [beaten, missed] = [0, 1].map(|row| draft.forms[0].rows[row].get(Column::Target).unwrap().clone());
    assert!(beaten.reasons.iter().any(|reason| reason.contains("目标偏低")), "{:?}", beaten.reasons);
    assert!(beaten.reasons[0].contains("完成率163.33%"), "{:?}", beaten.reasons);
    assert_eq!(missed.need, Need::Confirm);
    assert!(missed.why().contains("由人决定"), "{:?}", missed.reasons);
}

#[test]
fn counts_that_are_none_are_asked_for() {
    assert!(target(&output("参保人数", ">=9.54人", "9.6人")).starts_with("待填"));
    assert!(target(&output("开展情况", ">=12", "12")).starts_with("待填"));
}

#[test]
fn misfiled_rows_are_asked_about() {
    let row = "level1: 成本指标, level2: 经济成本指标, name: 稽查次数, weight: '10', target: '>=12次', actual: 12次";
    assert!(target(row).starts_with("待填"));
    let draft = drafted(&[form(2024, &[&output("", ">=12次", "12次")])], 2025);
    assert_eq!(cell(&draft, 0, Column::Name), "待填");
}

#[test]
fn several_years_are_carried_on_within_the_limit() {
    let history = [
        form(2022, &[&output("参保人数", ">=100人", "100人")]),
        form(2023, &[&output("参保人数", ">=100人", "105人")]),
    ];
    let now = [form(2024, &[&output("参保人数", ">=105人", "111人")])];
    // (111 − 100) ÷ 2 = 5.5 a year, in whole persons
    assert_eq!(cell(&drafted_with(&now, &history, 2025, None), 0, Column::Target), "≥116人");
    let steep = [form(2024, &[&output("参保人数", ">=105人", "300人")])];
    assert_eq!(cell(&drafted_with(&steep, &history, 2025, None), 0, Column::Target), "≥330人");
    let falling = [form(2024, &[&output("参保人数", ">=90人", "95人")])];
    assert_eq!(cell(&drafted_with(&falling, &history, 2025, None), 0, Column::Target), "≥95人");
}

#[test]
fn last_year_and_basis_agree() {
    let rows = [
        output("参保人数", ">=390000人", "=393911人"),
        "level1: 产出指标, level2: 时效指标, name: 项目完成时间, weight: '10', target: 2024年12月10日前, actual: 2024年12月6日".to_owned(),
        output("培训人数", ">=10人", ""),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let draft = drafted(&[form(2024, &rows)], 2025);
    assert_eq!(
        (cell(&draft, 0, Column::Previous).as_str(), cell(&draft, 0, Column::Basis).as_str()),
        ("393911人", "历史标准")
    );
    let of = |name: &str| draft.forms[0].rows.iter().find(|row| row.text(Column::Name) == name).unwrap();
    assert_eq!(of("项目完成时间").text(Column::Previous), "12月6日");
    assert_eq!(of("项目完成时间").text(Column::Basis), "计划标准");
    assert_eq!(of("培训人数").text(Column::Previous), "待填");
    assert_eq!(of("培训人数").text(Column::Basis), "计划标准");
}
