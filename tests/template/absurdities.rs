//! What an evaluator would call absurd, over all forms of two units and over any pair of target and result.

use std::sync::Arc;

use jixiao::audit::{Severity, audit};
use jixiao::case::{Case, FormCase};
use jixiao::document::{Document, Format, Source};
use jixiao::form::{Column, Form};
use jixiao::indicator::{Comparator, Meaning, Quantity, Value, interpret};
use jixiao::score::score;
use jixiao::template::{Draft, DraftRow, Need};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{CHANGJI, KASHI, cell, drafted, form, forms, output, rules};

fn quantity(text: &str) -> Option<(Option<Comparator>, Quantity)> {
    match Value::parse(text).meaning {
        Meaning::Bound(bound) => Some((bound.comparator, bound.quantity)),
        _ => None,
    }
}

fn rows(draft: &Draft) -> impl Iterator<Item = &DraftRow> {
    draft.forms.iter().flat_map(|form| &form.rows)
}

fn all() -> Vec<(Vec<Form>, Draft)> {
    [CHANGJI, KASHI].map(forms).map(|forms| (forms.clone(), drafted(&forms, 2025))).into()
}

#[test]
fn no_rate_exceeds_hundred_and_no_count_is_broken() {
    for (_, draft) in all() {
        for row in rows(&draft) {
            let Some((_, quantity)) = quantity(row.text(Column::Target)) else { continue };
            let text = row.text(Column::Target);
            assert!(quantity.unit != "%" || quantity.number <= Decimal::ONE_HUNDRED, "{text}");
            let counted = matches!(quantity.unit.as_str(), "人" | "次" | "辆" | "个" | "家");
            assert!(!counted || quantity.value().unwrap().fract().is_zero(), "{text}");
        }
    }
}

#[test]
fn no_floor_is_below_and_no_ceiling_above_what_was_reached() {
    for (_, draft) in all() {
        for row in rows(&draft) {
            let (Some(target), Some(last)) = (quantity(row.text(Column::Target)), quantity(row.text(Column::Previous)))
            else {
                continue;
            };
            let (wanted, reached) = target.1.in_common(&last.1).expect("units that can be compared");
            let satisfaction = row.text(Column::Name).contains("满意");
            let told =
                format!("{} {} {}", row.text(Column::Name), row.text(Column::Target), row.text(Column::Previous));
            match target.0 {
                Some(Comparator::AtMost) => assert!(wanted <= reached, "{told}"),
                _ if satisfaction => assert!(wanted < Decimal::ONE_HUNDRED, "{told}"),
                _ if target.1.unit == "%" => assert!(wanted >= reached.min(Decimal::ONE_HUNDRED), "{told}"),
                _ => assert!(wanted >= reached, "{told}"),
            }
        }
    }
}

#[test]
fn no_year_of_last_year_is_left_in_a_table() {
    for (_, draft) in all() {
        for form in draft.to_forms() {
            let texts =
                form.rows.iter().flat_map(|row| row.cells().map(|(_, field)| field.text.clone()).collect::<Vec<_>>());
            let head = [&form.title, &form.unit, &form.project].into_iter().flatten().map(|field| field.text.clone());
            let goal = form.goal.iter().filter_map(|goal| goal.expected.as_ref()).map(|field| field.text.clone());
            for text in texts.chain(head).chain(goal) {
                assert!(!text.contains("2024") && !text.contains("2023"), "{text}");
            }
        }
    }
}

#[test]
fn costs_stay_within_the_budget_and_weights_add_up() {
    for (_, draft) in all() {
        for form in &draft.forms {
            let weights: Decimal =
                form.rows.iter().map(|row| row.text(Column::Weight).parse::<Decimal>().unwrap()).sum();
            assert_eq!(weights, Decimal::from(90), "{:?}", form.project);
            let costs = form.rows.iter().filter(|row| row.text(Column::Level1).contains("成本"));
            let total = costs
                .filter_map(|row| quantity(row.text(Column::Target)))
                .filter(|(_, quantity)| quantity.unit == "元");
            let sum: Decimal = total.filter_map(|(_, quantity)| quantity.value()).sum();
            let budget = form.budget.unwrap_or(Decimal::MAX / Decimal::from(100_000)) * Decimal::from(10_000);
            assert!(sum <= budget, "{sum} {budget} {:?}", form.project);
        }
    }
}

#[test]
fn audit_speaks_only_of_what_is_left_to_fill() {
    for (_, draft) in all() {
        for finding in audit(&case(&draft)).into_iter().filter(|finding| finding.severity > Severity::Note) {
            let form = &draft.forms[finding.form.expect("a form") - 1];
            let left = match finding.row.and_then(|row| row.checked_sub(1)) {
                Some(row) => form.rows[row].cells().any(|(_, cell)| cell.need == Need::Fill),
                None => form.goal.need == Need::Fill || form.unit.need == Need::Fill,
            };
            assert!(left, "{} {:?}", finding.code.number(), finding.message);
        }
    }
}

fn case(draft: &Draft) -> Case {
    let source = Source { file: String::new(), sha256: String::new(), format: Format::Yaml };
    let scored = |form: Form| {
        let indicators = interpret(&form);
        let card = score(&indicators, form.kind, &rules());
        FormCase { form, indicators, card, rules: rules(), chosen_because: String::new() }
    };
    let document = Document { source: source.clone(), blocks: Vec::new(), unread: Vec::new() };
    Case {
        source,
        document: Arc::new(document),
        forms: draft.to_forms().into_iter().map(scored).collect(),
        unplaced: Vec::new(),
        notes: Vec::new(),
    }
}

proptest! {
    #[test]
    fn any_floor_keeps_target_and_result(planned in 1u32..2000, reached in 0u32..2000) {
        let draft = drafted(&[form(2024, &[&output("培训人数", &format!(">={planned}人"), &format!("{reached}人"))])], 2025);
        let (comparator, next) = quantity(&cell(&draft, 0, Column::Target)).unwrap();
        prop_assert_eq!(comparator, Some(Comparator::AtLeast));
        prop_assert_eq!(next.number, Decimal::from(planned.max(reached)));
    }

    #[test]
    fn any_share_stays_within_the_whole(planned in 1u32..=100, tenths in 0u32..1500) {
        let reached = Decimal::new(i64::from(tenths), 1);
        let draft = drafted(&[form(2024, &[&output("覆盖率", &format!(">={planned}%"), &format!("{reached}%"))])], 2025);
        let (_, next) = quantity(&cell(&draft, 0, Column::Target)).unwrap();
        prop_assert!(next.number <= Decimal::ONE_HUNDRED);
        prop_assert!(next.number >= reached.min(Decimal::ONE_HUNDRED) && next.number >= Decimal::from(planned));
    }

    #[test]
    fn no_text_makes_drafting_fail(name in ".{0,40}", planned in ".{0,40}", reached in ".{0,40}") {
        let mut form = form(2024, &[&output("甲", "1人", "1人")]);
        for (column, text) in [(Column::Name, name), (Column::Target, planned), (Column::Actual, reached)] {
            form.rows[0].set(column, jixiao::form::Field::new(text, Default::default()));
        }
        let draft = drafted(&[form], 2025);
        prop_assert_eq!(draft.forms[0].rows.len(), 1);
    }
}
