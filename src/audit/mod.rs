//! 审核 (audit): compares what a form prints with what the rule gives.
//!
//! Only this module makes findings, and it computes no score itself. A check is a function named after the defect; it sees
//! a document, a form or a row together with what earlier checks have found, and stays silent where its own input is
//! already in doubt. [`CHECKS`] has them in that order.

mod across;
mod announcements;
mod arithmetic;
mod budgets;
mod changes;
mod clause;
mod code;
mod compare;
mod consistency;
mod costs;
mod exceptions;
mod facts;
mod finding;
mod found;
mod funds;
mod goal_rates;
mod goals;
mod heads;
mod levels;
mod mended;
mod overrides;
mod previous;
mod promises;
mod rates;
mod reading;
mod reasons;
mod repairs;
mod rounding;
mod rules;
mod ruling;
mod scene;
mod scores;
mod sense;
mod similar;
mod smallest;
mod span;
mod structure;
mod sums;
mod targets;
mod terms;
mod told;
mod unit;
mod values;
mod verdict;
mod words;

pub use across::{MOST_DOCUMENTS, across};
pub use code::{Code, Severity};
pub use compare::compare;
pub use exceptions::{Exception, Exceptions, ExceptionsError, Sifted};
pub use finding::Finding;
pub use overrides::{Overrides, Selector, UnknownCode};
pub use rounding::{RoundingUsed, rounding_used};
pub use words::AuditWords;

use crate::case::Case;
use crate::dossier::prose;
use found::Found;
use scene::{FormScene, RowScene, Scenes};

/// A check and what it looks at.
enum Check {
    Document(fn(&Scenes, &Found) -> Vec<Finding>),
    Form(fn(&FormScene, &Found) -> Vec<Finding>),
    Row(fn(&RowScene, &Found) -> Option<Finding>),
}

/// Every check; those that depend on others come after them.
const CHECKS: &[Check] = &[
    Check::Document(reading::form_missing),
    Check::Document(reading::dump_not_mended),
    Check::Document(reading::page_unread),
    Check::Document(reading::text_unplaced),
    Check::Form(reading::row_unplaced),
    Check::Form(reading::column_empty),
    Check::Row(reading::cell_empty),
    Check::Row(repairs::dump_repaired),
    Check::Row(reading::placeholder_left),
    Check::Form(reading::placeholder_in_head),
    Check::Form(values::value_not_understood),
    Check::Row(values::unit_missing),
    Check::Row(values::units_differ),
    Check::Row(values::date_impossible),
    Check::Row(targets::phrase_for_number),
    Check::Row(values::kinds_differ),
    Check::Row(sense::comparator_against_sense),
    Check::Row(sense::percentage_above_hundred),
    Check::Form(sums::weights_do_not_add_up),
    Check::Form(sums::total_not_sum),
    Check::Form(funds::execution_rate_differs),
    Check::Form(scores::execution_score_outside_weight),
    Check::Form(funds::execution_score_differs),
    Check::Form(funds::funds_do_not_add_up),
    Check::Form(funds::spent_above_budget),
    Check::Form(structure::structure_differs),
    Check::Document(announcements::text_contradicts_forms),
    Check::Row(scores::score_outside_weight),
    Check::Row(rates::rate_differs),
    Check::Row(verdict::verdict_contradicts_target),
    Check::Row(scores::score_differs),
    Check::Row(rules::rule_does_not_fit),
    Check::Form(rules::rule_unknown),
    Check::Row(rules::not_evaluated),
    Check::Document(consistency::same_case_scored_twice),
    Check::Row(reasons::reason_missing),
    Check::Row(reasons::reason_contradicts_numbers),
    Check::Document(reasons::reason_copied),
    Check::Row(targets::target_set_too_low),
    Check::Form(previous::previous_left_blank),
    Check::Row(previous::last_year_does_not_fit),
    Check::Row(previous::target_below_last_year),
    Check::Row(targets::satisfaction_at_hundred),
    Check::Row(targets::name_contradicts_value),
    Check::Row(levels::wrong_level),
    Check::Form(consistency::indicator_repeated),
    Check::Form(costs::cost_does_not_fit_budget),
    Check::Row(goals::goal_contradicts_indicators),
    Check::Row(goals::goal_contradicts_deadline),
    Check::Form(goals::goal_contradicts_budget),
    Check::Form(goal_rates::rate_without_percent),
    Check::Form(arithmetic::arithmetic_fails),
    Check::Form(promises::promise_without_row),
    Check::Row(structure::share_too_large),
    Check::Document(consistency::forms_contradict),
    Check::Document(budgets::budget_table_differs),
    Check::Document(budgets::project_not_in_budget),
    Check::Document(changes::change_differs),
    Check::Document(told::text_contradicts_budget),
    Check::Document(heads::withheld_yet_published),
    Check::Document(heads::code_repeated),
    Check::Form(heads::head_does_not_fit),
    Check::Document(heads::name_contradicts_funds),
    Check::Form(heads::spent_after_year),
    Check::Form(terms::terms_differ),
    Check::Document(heads::forms_alike),
    Check::Document(told::text_contradicts_indicators),
    Check::Document(told::section_contradicts_indicators),
    Check::Document(told::raise_not_in_target),
];

/// Every finding about a case, in the order in which a reader goes through the document.
pub fn audit(case: &Case) -> Vec<Finding> {
    smallest::folded(case, run(case, |_| true))
}

/// What the checks that are wanted find.
fn run(case: &Case, wanted: impl Fn(&Check) -> bool) -> Vec<Finding> {
    let scenes = Scenes::new(case);
    let mut found = Found::default();
    for check in CHECKS.iter().filter(|check| wanted(check)) {
        let findings: Vec<Finding> = match check {
            Check::Document(check) => check(&scenes, &found),
            Check::Form(check) => scenes.forms().flat_map(|form| check(&form, &found)).collect(),
            Check::Row(check) => scenes.rows().filter_map(|row| check(&row, &found)).collect(),
        };
        found.extend(findings.into_iter().map(|finding| mended::graded(case, finding)));
    }
    found.into_sorted()
}
