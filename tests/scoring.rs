//! Scoring: boundaries of the bands, the execution line, totals, what is not evaluated, alternatives, properties.

mod published;

use jixiao::form::FormKind;
use jixiao::indicator::{Figure, Funds, Indicator, IndicatorTable, Reading, Value, interpret};
use jixiao::ruleset::{self, Provenance, RuleSet, builtin};
use jixiao::score::{self, Cause, Outcome, Points, Score};
use rust_decimal::Decimal;

const PROJECT: FormKind = FormKind::ProjectSelfEvaluation;

fn rules(id: &str) -> std::sync::Arc<RuleSet> {
    builtin::find(id).unwrap_or_else(|| panic!("没有规则集 {id}"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn figure(text: &str) -> Reading<Figure> {
    let value = decimal(text);
    Reading::Read(Figure { value, places: value.scale(), percent: false })
}

fn row(rule: Option<&str>, target: &str, actual: &str, weight: &str) -> Indicator {
    Indicator {
        name: "某指标".into(),
        level1: "产出指标".into(),
        level2: "数量指标".into(),
        weight: figure(weight),
        target: Value::parse(target),
        actual: Some(Value::parse(actual)),
        previous: None,
        rate: Reading::Absent,
        score: Reading::Absent,
        rule: rule.map(str::to_owned),
        reason: None,
    }
}

fn table(rows: Vec<Indicator>, funds: Vec<Funds>) -> IndicatorTable {
    IndicatorTable { rows, funds, total_weight: Reading::Absent, total_score: Reading::Absent }
}

fn funds(budget: &str, spent: &str, weight: &str) -> Funds {
    Funds {
        name: "年度资金总额".into(),
        initial: Reading::Absent,
        budget: figure(budget),
        spent: figure(spent),
        weight: figure(weight),
        rate: Reading::Absent,
        score: Reading::Absent,
    }
}

fn outcome(id: &str, indicator: Indicator) -> Outcome {
    score::score(&table(vec![indicator], vec![]), PROJECT, &rules(id)).rows.remove(0)
}

fn scored(id: &str, indicator: Indicator) -> Score {
    match outcome(id, indicator) {
        Outcome::Scored(score) => score,
        Outcome::NotEvaluated(why) => panic!("{why:?}"),
    }
}

fn points(id: &str, indicator: Indicator) -> String {
    match scored(id, indicator).points {
        Points::Exact { rounded, .. } => rounded.to_string(),
        Points::Within { low, high, .. } => format!("{low}～{high}"),
    }
}

fn why(id: &str, indicator: Indicator) -> String {
    match outcome(id, indicator) {
        Outcome::NotEvaluated(reason) => reason.why,
        Outcome::Scored(score) => panic!("{score:?}"),
    }
}

const RATIO: Option<&str> = Some("按照完成比例赋分");

#[test]
fn xinjiang_curve_is_exact_at_below_and_above_each_knot() {
    for (actual, expected) in [
        ("0", "0.00"),
        ("599", "0.00"),
        ("600", "0.00"),
        ("601", "0.03"),
        ("800", "5.00"),
        ("999", "9.98"),
        ("1000", "10.00"),
        ("1001", "9.99"),
        ("1500", "5.00"),
        ("1999", "0.01"),
        ("2000", "0.00"),
        ("9000", "0.00"),
    ] {
        assert_eq!(points("xinjiang-2024", row(RATIO, ">=1000人", actual, "10")), expected, "{actual}");
    }
}

#[test]
fn national_pass_line_gives_nothing_at_sixty_per_cent_and_no_taper_above() {
    for (actual, expected) in
        [("59.99", "0.00"), ("60", "0.00"), ("60.04", "0.01"), ("80", "5.00"), ("100", "10.00"), ("300", "10.00")]
    {
        assert_eq!(points("mof-2021-101", row(RATIO, "≥100", actual, "10")), expected, "{actual}");
    }
}

#[test]
fn satisfaction_is_read_at_its_own_percentage_in_the_national_guideline() {
    for (actual, expected) in
        [("59.9%", "0.00"), ("60%", "5.00"), ("79.9%", "5.00"), ("85%", "8.00"), ("90%", "10.00"), ("100%", "10.00")]
    {
        assert_eq!(points("mof-2021-101", row(Some("满意度赋分"), "≥95%", actual, "10")), expected, "{actual}");
    }
}

#[test]
fn ceilings_lose_in_three_ways() {
    let over = |id: &str| points(id, row(None, "≤10万元", "12万元", "10"));
    assert_eq!(over("beijing-2016"), "8.33");
    assert_eq!(over("platform-module"), "8.00");
    assert_eq!(points("xinjiang-2024", row(RATIO, "≤10万元", "8.2万元", "10")), "5.50");
    assert_eq!(points("platform-module", row(None, "≤10万元", "8.2万元", "10")), "10.00");
    assert_eq!(points("platform-module", row(None, "≤10万元", "20万元", "10")), "0.00");
}

#[test]
fn the_steps_show_the_arithmetic_and_the_clause_its_grade() {
    let score = scored("xinjiang-2024", row(RATIO, ">=390000人", "=393911人", "10"));
    assert_eq!(score.steps, ["393911 ÷ 390000 = 101.00%", "10 × (2 − 393911/390000) = 9.90"]);
    assert_eq!(score.basis.provenance, Provenance::Form);
    let low = scored("xinjiang-2024", row(RATIO, ">=100人", "50人", "10"));
    assert_eq!(low.basis.provenance, Provenance::Inferred);
    let rising = scored("xinjiang-2024", row(RATIO, "<=3.5万元", "2.87万元", "10"));
    assert_eq!(rising.steps, ["2.87 ÷ 3.5 = 82.00%", "10 × (2.87/3.5 − 0.6) ÷ (1 − 0.6) = 5.50"]);
}

#[test]
fn units_are_brought_together_before_the_division() {
    let score = scored("mof-2020-10", row(None, "≥1万元", "9500元", "10"));
    assert_eq!(score.points, Points::Exact { rounded: decimal("9.50"), unrounded: decimal("9.5") });
    assert_eq!(score.steps[0], "统一单位：目标 ≥1万元 即 10000，完成 9500元 即 9500");
}

#[test]
fn deadlines_score_in_full_when_kept_and_nothing_when_missed() {
    let direct = Some("直接赋分");
    assert_eq!(points("xinjiang-2024", row(direct, "2024年12月10日", "2024年8月27日", "10")), "10.00");
    assert_eq!(points("xinjiang-2024", row(direct, "=2024年12月25日前", "2024年12月25日", "10")), "10.00");
    assert_eq!(points("xinjiang-2024", row(direct, "2024年12月25日前", "2024年12月26日", "10")), "0～10");
    assert_eq!(
        why("xinjiang-2024", row(direct, "2024年12月25日前", "2024年12月", "10")),
        "从所填内容看不出目标是否完成，需由人核对"
    );
}

#[test]
fn wording_chooses_the_tier() {
    let tier = Some("按评判等级赋分");
    assert_eq!(points("xinjiang-2024", row(tier, "有效提升", "达到预期指标", "20")), "20.00");
    assert_eq!(points("xinjiang-2024", row(tier, "有效提升", "部分达到预期指标", "20")), "12.00～16.00");
    assert_eq!(points("mof-2021-101", row(tier, "有效提升", "有效提升", "20")), "16.00～20.00");
    assert_eq!(
        why("xinjiang-2024", row(tier, "有效提升", "情况良好", "20")),
        "完成情况“情况良好”是文字描述，看不出属于哪个评判等级，需由人评定"
    );
}

#[test]
fn what_cannot_be_scored_says_why_in_a_whole_sentence() {
    assert_eq!(
        why("xinjiang-2024", row(Some("按心情赋分"), "≥1", "1", "10")),
        "赋分规则“按心情赋分”不在规则集 xinjiang-2024 中，不知道应如何计分"
    );
    assert_eq!(
        why("xinjiang-2024", row(RATIO, "≥100人", "100场", "10")),
        "目标值的单位是“人”，实际完成值的单位是“场”，两者不能换算"
    );
    assert_eq!(
        why("xinjiang-2024", row(RATIO, "≥95%", "显著提升", "10")),
        "目标值是数值，而实际完成值是文字描述，两者不能相比"
    );
    assert_eq!(why("xinjiang-2024", row(RATIO, "≥95%", "/", "10")), "没有填写实际完成值，无法计算完成率");
    assert_eq!(
        why("xinjiang-2024", row(Some("按评判等级赋分"), "≥95%", "90%", "10")),
        "目标没有完成，而规则“按评判等级赋分”没有写明此时如何扣分，需由人评定"
    );
    assert_eq!(
        why("mof-2020-10", row(Some("完成得满分，否则酌情扣分；没有佐证资料的不得分。"), "≥1", "1", "10")),
        "评分标准“完成得满分，否则酌情扣分；没有佐证资料的不得分。”是一段说明而不是规则名称，程序不能据此计分，需由人核对"
    );
    let mut weightless = row(RATIO, "≥1", "1", "10");
    weightless.weight = Reading::NotUnderstood("abc".into());
    assert_eq!(why("xinjiang-2024", weightless), "权重“abc”不是数字，无法计分");
}

#[test]
fn zero_targets_are_met_or_missed() {
    assert_eq!(points("platform-module", row(None, "=0次", "0次", "5")), "5.00");
    assert_eq!(points("platform-module", row(None, "=0次", "1次", "5")), "0.00");
    assert_eq!(points("xinjiang-2024", row(RATIO, "≤0次", "0次", "5")), "5.00");
}

#[test]
fn absurd_numbers_are_refused_and_never_panic() {
    let huge = "79228162514264337593543950335";
    let tiny = "0.0000000000000000000000000001";
    let below = "-79228162514264337593543950335";
    for (target, actual) in
        [(huge, tiny), (tiny, huge), (huge, huge), (tiny, tiny), (huge, below), (below, huge), ("-1", "5"), ("5", "-1")]
    {
        for id in builtin::ids() {
            let indicator = row(None, &format!("≤{target}"), actual, huge);
            let _ = score::alternatives(&indicator, PROJECT, &rules(id));
            let _ = score::score_for_rate(&indicator, PROJECT, &rules(id), decimal(huge));
            let _ = outcome(id, row(None, &format!("≥{target}"), actual, "10"));
            let _ = outcome(id, row(None, &format!("≤{target}"), actual, huge));
        }
    }
}

#[test]
fn execution_line_uses_the_amounts_and_the_rules_weight() {
    let line = |id: &str, budget: &str, spent: &str, weight: &str| {
        let card = score::score(&table(vec![], vec![funds(budget, spent, weight)]), PROJECT, &rules(id));
        match card.execution.unwrap() {
            Outcome::Scored(score) => (score.points, score.steps),
            Outcome::NotEvaluated(why) => panic!("{why:?}"),
        }
    };
    let (points, steps) = line("xinjiang-2024", "9.93", "9.20", "10");
    assert!(matches!(points, Points::Exact { rounded, .. } if rounded == decimal("9.26")));
    assert_eq!(steps, ["9.2 ÷ 9.93 = 92.65%", "10 × 9.2/9.93 = 9.26"]);
    let (points, _) = line("mof-2021-101", "100", "85", "10");
    assert_eq!(points, Points::Within { low: decimal("7.00"), high: decimal("10.00"), high_open: false });
    let (points, _) = line("guizhou-2022", "1172.55", "1268.72", "10");
    assert!(matches!(points, Points::Exact { rounded, .. } if rounded == decimal("10")));
    let funds = funds("9.93", "9.20", "10");
    let rules = rules("xinjiang-2024");
    let printed = score::score_for_execution_rate(&funds, &rules, score::Completion::Open, decimal("92.65"));
    assert!(matches!(printed.unwrap().points, Points::Exact { rounded, .. } if rounded == decimal("9.27")));
}

#[test]
fn execution_points_may_depend_on_whether_the_project_is_complete() {
    let points = |actual: &str, spent: &str| {
        let mut output = row(Some("直接赋分"), "≥100", actual, "90");
        output.level1 = "产出指标".to_owned();
        let table = table(vec![output], vec![funds("100", spent, "10")]);
        match score::score(&table, PROJECT, &rules("mof-2021-101")).execution.unwrap() {
            Outcome::Scored(score) => match score.points {
                Points::Exact { rounded, .. } => rounded,
                Points::Within { .. } => panic!("the outputs tell"),
            },
            Outcome::NotEvaluated(why) => panic!("{why:?}"),
        }
    };
    for (spent, expected) in [("59.99", "0"), ("60", "5"), ("79.99", "5"), ("80", "7"), ("99.99", "7"), ("100", "10")] {
        assert_eq!(points("99", spent), decimal(expected), "unfinished, {spent}");
        assert_eq!(points("100", spent), decimal("10"), "finished, {spent}");
    }
}

#[test]
fn a_budget_of_zero_is_not_evaluated() {
    let card = score::score(&table(vec![], vec![funds("0", "5", "10")]), PROJECT, &rules("xinjiang-2024"));
    assert!(matches!(card.execution, Some(Outcome::NotEvaluated(why)) if why.why == "预算数为0，无法计算预算执行率"));
}

#[test]
fn totals_count_what_was_verified_and_take_printed_scores_for_the_rest() {
    let mut open = row(Some("按评判等级赋分"), "有效提升", "情况良好", "20");
    open.score = figure("18");
    let rows = vec![row(RATIO, "≥100", "100", "70"), open];
    let card = score::score(&table(rows, vec![funds("100", "90", "10")]), PROJECT, &rules("xinjiang-2024"));
    assert_eq!(card.total.points, Some(decimal("97.00")));
    assert_eq!(card.total.verified, decimal("80"));
    assert_eq!(card.total.weight, decimal("100"));
    assert_eq!(card.total.grade.as_deref(), Some("优"));
}

#[test]
fn execution_rate_caps_the_total_in_the_platform_manual() {
    let rows = vec![row(None, "≥100", "100", "90")];
    let card = score::score(&table(rows, vec![funds("100", "65", "10")]), PROJECT, &rules("platform-manual"));
    assert_eq!(card.total.points, Some(decimal("79")));
    assert_eq!(card.total.grade.as_deref(), Some("中"));
}

#[test]
fn over_completion_is_told_where_the_rule_says_something_about_it() {
    use jixiao::ruleset::OverAction;
    let over = |id: &str, actual: &str| {
        score::over_completion(&row(None, "≥100", actual, "10"), PROJECT, &rules(id)).map(|over| over.action)
    };
    assert_eq!(over("platform-module", "119.99"), None);
    assert_eq!(over("platform-module", "120"), Some(OverAction::Flag));
    assert_eq!(over("chengdu-pidu-2025", "130"), Some(OverAction::Nothing));
    assert!(matches!(over("platform-manual", "130"), Some(OverAction::Deduct(_))));
    assert_eq!(over("xinjiang-2024", "150"), None);
}

#[test]
fn rows_that_do_not_apply_are_dropped_and_the_rest_rescaled() {
    let rows = vec![row(None, "≥100", "90", "60"), row(None, "≥100", "100", "20"), row(None, "≥100", "不适用", "20")];
    let card = score::score(&table(rows, vec![]), PROJECT, &rules("template-generic"));
    // (54 + 20) of 80 points.
    assert_eq!(card.total.points, Some(decimal("92.50")));
}

#[test]
fn target_forms_are_not_scored() {
    let card = score::score(
        &table(vec![row(RATIO, "≥1", "1", "10")], vec![]),
        FormKind::ProjectTarget,
        &rules("xinjiang-2024"),
    );
    assert!(matches!(&card.rows[0], Outcome::NotEvaluated(why) if why.why == "绩效目标表没有实际完成值，不计分"));
}

#[test]
fn alternatives_find_the_mistake_behind_a_printed_figure() {
    let set = rules("xinjiang-2024");
    let has = |indicator: &Indicator, cause: Cause, expected: &str| {
        score::alternatives(indicator, PROJECT, &set).iter().any(|alternative| {
            alternative.cause == cause
                && matches!(alternative.points, Points::Exact { rounded, .. } if rounded == decimal(expected))
        })
    };
    assert!(has(&row(RATIO, "<=4.50万元", "3.77万元", "9"), Cause::RateRounded, "5.4"));
    let over = row(RATIO, ">=80%", "100%", "10");
    assert!(has(&over, Cause::OverCompletionNotDeducted, "10"));
    assert!(has(&over, Cause::GivenInFull, "10"));
    assert!(has(&over, Cause::InverseRatio, "5"));
    assert!(has(&row(Some("满意度赋分"), ">=80%", "100%", "10"), Cause::OverCompletionDeducted, "7.5"));
    assert!(
        has(&row(RATIO, "≥3", "2.5", "10"), Cause::Truncated, "5.83")
            || has(&row(RATIO, "≥3", "2.9", "10"), Cause::Truncated, "9.16")
    );
    let ceiling = row(None, "<=30%", "25%", "6");
    let found = score::alternatives(&ceiling, FormKind::OverallSelfEvaluation, &set);
    assert!(found.iter().any(|alternative| alternative.cause == Cause::CeilingAsFloor
        && matches!(alternative.points, Points::Exact { rounded, .. } if rounded == decimal("5"))));
}

#[test]
fn a_printed_rate_leads_to_the_score_that_follows_it() {
    let set = rules("xinjiang-2024");
    let row = row(RATIO, "<=95%", "100%", "20");
    let score = score::score_for_rate(&row, PROJECT, &set, decimal("97.95")).unwrap();
    assert!(matches!(score.points, Points::Exact { rounded, .. } if rounded == decimal("18.98")));
    assert_eq!(score::completion_rate(&row, PROJECT, &set).unwrap().percent(2), Some(decimal("105.26")));
}

#[test]
fn met_and_deviating_are_told_by_the_values_alone() {
    let met = |target: &str, actual: &str| score::target_met(&row(None, target, actual, "10"));
    assert_eq!(met("<=94万元", "94.00312万元"), Some(false));
    assert_eq!(met("≥95%", "95%"), Some(true));
    assert_eq!(met("=2024年12月25日前", "2024年12月26日"), Some(false));
    assert_eq!(met("有效提升", "达到预期指标"), Some(true));
    assert_eq!(met("有效提升", "部分达到预期指标"), Some(false));
    assert_eq!(met("有效提升", "100%"), None);
    assert_eq!(met("80%-90%", "85%"), Some(true));
    assert_eq!(score::deviates(&row(None, "≥95%", "100%", "10")), Some(true));
    assert_eq!(score::deviates(&row(None, "≥95%", "95%", "10")), Some(false));
}

#[test]
fn overall_form_judges_rows_without_rule_names_by_the_default() {
    let forms = published::forms();
    let card = score::score(&interpret(&forms[0]), forms[0].kind, &rules("xinjiang-2024"));
    let points: Vec<String> = card
        .rows
        .iter()
        .map(|outcome| match outcome {
            Outcome::Scored(Score { points: Points::Exact { rounded, .. }, .. }) => rounded.normalize().to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(points, ["20", "20", "20", "6", "6", "5.99", "6", "6"]);
}

#[test]
fn infer_finds_the_published_curve_and_the_two_wrong_rows() {
    let forms: Vec<_> = published::forms().into_iter().filter(|form| form.kind == PROJECT).collect();
    let tables: Vec<IndicatorTable> = forms.iter().map(interpret).collect();
    let pairs: Vec<_> = forms.iter().zip(&tables).collect();
    let found = ruleset::infer(&pairs);
    assert_eq!(found.rows, 95);
    assert_eq!(
        (found.sets[0].id.as_str(), found.sets[0].reproduced, found.sets[0].missed.len()),
        ("xinjiang-2024", 93, 2)
    );
    let curve = found.curves.iter().find(|curve| curve.rule.as_deref() == RATIO).unwrap();
    let knots: Vec<(String, String, String)> = curve
        .bands
        .iter()
        .map(|band| (band.from.to_string(), band.give.0.to_string(), band.give.1.to_string()))
        .collect();
    let expected = [("0", "0", "0"), ("0.6", "0", "1"), ("1", "1", "0"), ("2", "0", "0")];
    assert_eq!(knots, expected.map(|(x, y, z)| (x.to_owned(), y.to_owned(), z.to_owned())));
    let names: Vec<&str> = found.outliers.iter().map(|miss| miss.place.name.as_str()).collect();
    assert_eq!(names, ["扩面征收劳务费", "长期护理保险鉴定执行率"]);
    let draft = found.draft.unwrap();
    let set = ruleset::parse("draft.yaml", &draft, None).unwrap_or_else(|error| panic!("{error}\n{draft}"));
    assert!(set.examples.len() >= 20, "{draft}");
}

#[test]
fn infer_finds_an_unknown_curve_within_the_printed_rounding() {
    // Half the points below 50 %, a line up to full marks at 95 %, then flat.
    let share = |rate: Decimal| {
        let (half, top) = (decimal("0.5"), decimal("0.95"));
        if rate <= half {
            half
        } else if rate < top {
            half + (rate - half) * half / (top - half)
        } else {
            Decimal::ONE
        }
    };
    let mut rows = Vec::new();
    for step in 5..28 {
        let actual = Decimal::from(step * 5 + step % 3);
        let score = (Decimal::from(12) * share(actual / Decimal::ONE_HUNDRED)).round_dp(2);
        rows.push(published::Printed {
            form: 1,
            kind: PROJECT,
            level1: "产出指标".into(),
            level2: "数量指标".into(),
            name: format!("指标{step}"),
            weight: "12".into(),
            target: "≥100".into(),
            actual: actual.to_string(),
            rate: String::new(),
            score: score.to_string(),
            rule: "某规则".into(),
        });
    }
    let form = published::form(PROJECT, &rows, None);
    let table = interpret(&form);
    let found = ruleset::infer(&[(&form, &table)]);
    assert!(found.outliers.is_empty(), "{:#?}\n{:#?}", found.curves, found.outliers);
    let knots: Vec<(String, bool)> =
        found.curves[0].bands.iter().map(|band| (band.from.to_string(), band.seen)).collect();
    // The first band says that nothing is known below the lowest row.
    assert_eq!(
        knots,
        [("0", false), ("0.27", true), ("0.5", true), ("0.95", true)].map(|(x, seen)| (x.to_owned(), seen))
    );
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_score_is_never_below_zero_nor_above_the_weight(
            target in 0u32..200_000, actual in 0u32..500_000, weight in 1u32..60, sign in 0usize..5, set in 0usize..19
        ) {
            let sign = ["≥", "≤", "=", ">", ""][sign];
            let id = builtin::ids().nth(set % builtin::ids().count()).unwrap();
            let row = row(None, &format!("{sign}{target}"), &actual.to_string(), &weight.to_string());
            if let Outcome::Scored(score) = outcome(id, row) {
                let (low, high) = match score.points {
                    Points::Exact { rounded, .. } => (rounded, rounded),
                    Points::Within { low, high, .. } => (low, high),
                };
                prop_assert!(low >= Decimal::ZERO && high <= Decimal::from(weight) && low <= high);
            }
        }

        #[test]
        fn a_floor_never_scores_less_for_coming_closer_to_its_target(
            target in 1u32..10_000, first in 0u32..10_000, second in 0u32..10_000
        ) {
            let (less, more) = (first.min(second).min(target), first.max(second).min(target));
            for id in ["xinjiang-2024", "mof-2021-101", "mof-2020-10", "platform-module", "hubei-2020"] {
                let rule = if id.starts_with('h') || id.starts_with('p') || id == "mof-2020-10" { None } else { RATIO };
                let value = |actual: u32| match scored(id, row(rule, &format!("≥{target}"), &actual.to_string(), "10")).points {
                    Points::Exact { rounded, .. } => rounded,
                    Points::Within { low, .. } => low,
                };
                prop_assert!(value(less) <= value(more), "{} {} {}", id, less, more);
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter(actuals in prop::collection::vec(0u32..300, 1..8), turn in 0usize..8) {
            let rows: Vec<Indicator> = actuals.iter().map(|actual| row(RATIO, "≥100", &actual.to_string(), "10")).collect();
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            let total = |rows: Vec<Indicator>| score::score(&table(rows, vec![]), PROJECT, &rules("xinjiang-2024")).total;
            prop_assert_eq!(total(rows), total(turned));
        }
    }
}

#[test]
fn infer_makes_up_no_curve_for_the_overall_form_with_one_cut_row() {
    let forms: Vec<_> = published::forms();
    let tables: Vec<IndicatorTable> = forms.iter().map(interpret).collect();
    let pairs: Vec<_> = forms.iter().zip(&tables).collect();
    let found = ruleset::infer(&pairs);
    let unnamed = found.curves.iter().find(|curve| curve.rule.is_none()).unwrap();
    assert_eq!(unnamed.doubt, Some(ruleset::Doubt::TooFew { cut: 1, whole: true }));
    assert!(found.outliers.iter().all(|miss| miss.rule.is_some()), "{:#?}", found.outliers);
}

#[test]
fn infer_takes_whole_points_for_what_they_are() {
    let mut rows = Vec::new();
    for actual in [40, 52, 61, 67, 73, 78, 86, 93, 97, 100, 104] {
        let share = Decimal::from(actual.min(100)) / Decimal::ONE_HUNDRED;
        let score =
            (Decimal::from(15) * share).round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        rows.push(published::Printed {
            form: 1,
            kind: PROJECT,
            level1: "产出指标".into(),
            level2: "数量指标".into(),
            name: format!("指标{actual}"),
            weight: "15".into(),
            target: "≥100".into(),
            actual: actual.to_string(),
            rate: String::new(),
            score: score.to_string(),
            rule: String::new(),
        });
    }
    let form = published::form(PROJECT, &rows, None);
    let table = interpret(&form);
    let found = ruleset::infer(&[(&form, &table)]);
    assert!(found.outliers.is_empty(), "{:#?}", found.outliers);
    assert_eq!(found.sets.iter().find(|set| set.id == "hebei-2019").unwrap().reproduced, 11);
}

#[test]
fn a_hundred_thousand_rows_are_judged_quickly() {
    let set = rules("xinjiang-2024");
    let shapes: Vec<Indicator> =
        (0..100u32).map(|n| row(RATIO, "≥1000人", &format!("{}人", 500 + 9 * n), "10")).collect();
    let start = std::time::Instant::now();
    let judged = shapes.iter().cycle().take(100_000).filter(|row| score::judge(row, PROJECT, &set).is_ok()).count();
    let time = start.elapsed();
    println!("100000 rows judged in {time:?}");
    assert_eq!(judged, 100_000);
    // Generous, because tests run without optimisation beside others.
    assert!(time.as_secs() < 10);
}
