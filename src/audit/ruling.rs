//! 另一说 (ruling): how a finding on a score is graded by the rules that give the printed figure all the same.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::audit::clause::{self, graded};
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::plain;
use crate::audit::{Finding, Severity};
use crate::indicator::Comparator;
use crate::ruleset::{OverAction, RuleSet};
use crate::score::{Basis, Excuse, Points, Score, Standing, over_completion, row_agrees, row_excuse};

/// Whether the printed score of a row is the one that the chosen rules give; `None` where none is printed.
pub(super) fn agrees(row: &RowScene, score: &Score) -> Option<bool> {
    row_agrees(row.indicator, row.form.form().kind, row.form.rules(), score, row.form.facts.measure)
}

/// What gives the printed score of a row although the chosen rules do not.
pub(super) fn excuse(row: &RowScene) -> Option<Excuse> {
    let form = row.form.form();
    row_excuse(row.indicator, form.kind, row.form.rules(), form.year, row.form.facts.measure)
}

/// A finding on a score that the rule of `basis` does not give: an error only where nothing known gives it.
pub(super) fn ruled(scene: &FormScene, finding: Finding, basis: &Basis, excuse: Option<&Excuse>) -> Finding {
    let finding = clause::of(finding, basis);
    let Some(excuse) = excuse else {
        let finding = graded(finding, basis.provenance);
        return if finding.severity == Severity::Error && is_for_instance(scene.rules(), basis) {
            finding
                .graded(Severity::Warning)
                .evidence("原文用“如：”举例，各地可以另定算法；已知的规则集都算不出填报的得分")
        } else {
            finding
        };
    };
    let severity = match excuse.standing {
        Standing::Supposed if !excuse.elsewhere && is_for_instance(scene.rules(), basis) => Severity::Note,
        Standing::Published | Standing::Usual => Severity::Note,
        Standing::Turned | Standing::Supposed => Severity::Warning,
    };
    let line = excuse_line(excuse);
    let message = format!("{}；{}", finding.message, excuse_words(excuse));
    let severity = severity.min(finding.severity);
    Finding { message, severity, ..finding }
        .evidence(line)
        .suggest("两种算法都可能适用，请查明本地适用的规定，并在表中写明")
}

/// Whether the text gives the scale only by way of example.
fn is_for_instance(rules: &RuleSet, basis: &Basis) -> bool {
    let by_rule = rules.rules.iter().find(|rule| rule.name == basis.rule);
    let execution = rules.execution.as_ref().filter(|rule| rule.name == basis.rule);
    by_rule.is_some_and(|rule| rule.cases.iter().any(|case| case.for_instance))
        || execution.is_some_and(|rule| rule.for_instance)
}

/// 按财预〔2021〕101号……得10分: the other rule in a message.
fn excuse_words(excuse: &Excuse) -> String {
    let points = points_words(&excuse.score.points);
    match excuse.comparator {
        Some(comparator) => format!("比较符号如为“{}”，则得 {points}，与填报一致", sign(comparator)),
        None => format!("按“{}”得 {points}，与填报一致", excuse.score.basis.clause),
    }
}

/// The other rule with its set, its grade and the arithmetic, for the evidence.
fn excuse_line(excuse: &Excuse) -> String {
    let Score { basis, steps, .. } = &excuse.score;
    let place = if excuse.elsewhere { "，属于别的地区" } else { "" };
    let set = if excuse.rules.is_empty() { String::new() } else { format!("规则集 {}{place}，", excuse.rules) };
    format!("另一说（{set}{}）：{}", basis.provenance.words(), steps.join("；"))
}

fn points_words(points: &Points) -> String {
    match points {
        Points::Exact { rounded, .. } => plain(*rounded),
        Points::Within { low, high, .. } => format!("{}～{}", plain(*low), plain(*high)),
    }
}

/// The sign of a comparator.
pub(super) fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::MoreThan => ">",
        Comparator::AtMost => "≤",
        Comparator::LessThan => "<",
        Comparator::Equal => "=",
        Comparator::About => "约",
    }
}

/// A score below the one for a met target, where the text lets a person reduce what was exceeded by far.
pub(super) fn left_to_a_person(row: &RowScene, score: &Score, printed: Decimal, finding: Finding) -> Finding {
    let over = over_completion(row.indicator, row.form.form().kind, row.form.rules());
    let flagged = over.filter(|over| over.action == OverAction::Flag);
    let exceeded = score.rate.and_then(|rate| rate.compare(Decimal::ONE)).is_some_and(Ordering::is_gt);
    let reduced =
        matches!(score.points, Points::Exact { rounded, .. } if printed < rounded && printed >= Decimal::ZERO);
    match flagged.filter(|_| exceeded && reduced && finding.severity == Severity::Error) {
        Some(over) => {
            finding.graded(Severity::Warning).evidence(format!("{}，请人核对扣减的依据", over.statement.clause))
        }
        None => finding,
    }
}
