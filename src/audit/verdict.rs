//! 是否完成 (verdict): JX307, scores that contradict whether the target was met, where the form names no rule.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::ruling::{self, agrees};
use crate::audit::scene::RowScene;
use crate::audit::scores::{is_said_of_the_sign, unscorable};
use crate::audit::span::plain;
use crate::audit::{Code, Finding, Severity, unit};
use crate::form::Column;
use crate::indicator::Meaning;
use crate::score::{Cause, Outcome, Points, Ratio, alternatives, completion_rate, other_comparator, target_met};
use crate::text::squeeze;

/// JX307: missed but given in full, or met but cut.
pub(super) fn verdict_contradicts_target(row: &RowScene, found: &Found) -> Option<Finding> {
    if row.named_rule().is_some() || unscorable(row, found, &[Code::ScoreOutsideWeight]) {
        return None;
    }
    let (score, weight) = (row.score()?, row.weight()?);
    let met = target_met(row.indicator)?;
    let full = score == weight;
    if met == full || weight.is_zero() || (met && is_judged(row)) || explained(row, met) {
        return None;
    }
    let excuse = ruling::excuse(row);
    if is_said_of_the_sign(row, found, excuse.as_ref()) {
        return None;
    }
    // Better than the target and cut: a local rule may say so, though the form does not.
    let over = met && completion(row).is_some_and(|ratio| ratio.compare(Decimal::ONE).is_some_and(Ordering::is_gt));
    let severity = match (over && !is_ceiling(row), met && row.gives_reason()) {
        (false, false) => Severity::Error,
        (true, true) => Severity::Note,
        _ => Severity::Warning,
    };
    let (target, actual) = (squeeze(&row.indicator.target.written), row.text(Column::Actual));
    let published = row.text(Column::Score);
    let message = if met {
        format!("目标 {target}，实际 {actual}，已经完成，却只得 {published}（满分 {}）", plain(weight))
    } else {
        format!("目标 {target}，实际 {actual}，没有完成，却得了满分 {published}")
    };
    let computed = if met { plain(weight) } else { format!("<{}", plain(weight)) };
    let cause = cause(row, score).filter(|_| met).or_else(|| (!met).then_some(Cause::GivenInFull));
    let finding = row
        .finding(Code::VerdictContradictsTarget, Column::Score, message)
        .graded(severity)
        .figures(published, computed)
        .caused_by(cause.map(Cause::key))
        .evidence_lines(cause.map(|cause| format!("可能原因：{}", cause.words())))
        .clause("表中没有列明赋分规则，按目标值的比较符号判断是否完成")
        .suggest(if met {
            "请给足分值，或写明扣分依据"
        } else {
            "请按当地规则扣分，并说明未完成的原因"
        });
    Some(match row.outcome {
        Some(Outcome::Scored(score)) if excuse.is_some() => {
            ruling::ruled(&row.form, finding, &score.basis, excuse.as_ref())
        }
        _ if other_comparator(row.indicator).is_some() => finding.graded(severity.min(Severity::Warning)),
        _ => finding,
    })
}

/// Whether the rule set gives exactly the printed score all the same, or over-completion may be the reason for a cut.
fn explained(row: &RowScene, met: bool) -> bool {
    if let Some(Outcome::Scored(score)) = row.outcome
        && agrees(row, score) == Some(true)
    {
        return true;
    }
    met && over_completed(row) == Some(true)
}

/// Whether a person decides how far the target was reached: words may deserve full marks or nearly so.
fn is_judged(row: &RowScene) -> bool {
    matches!(row.indicator.target.meaning, Meaning::Phrase(_) | Meaning::Recurring(_))
}

fn completion(row: &RowScene) -> Option<Ratio> {
    completion_rate(row.indicator, row.form.form().kind, row.form.rules())
}

fn is_ceiling(row: &RowScene) -> bool {
    unit::bound(&row.indicator.target).is_some_and(unit::is_ceiling)
}

/// Whether the result is better than the target by so much that a cut is a matter of the local rule.
fn over_completed(row: &RowScene) -> Option<bool> {
    let far = row.form.rules().thresholds.far_above.value;
    Some(!is_ceiling(row) && completion(row)?.compare(far)? != Ordering::Less)
}

/// The mistake that gives the printed score, rounded to whole points where the form prints whole points.
fn cause(row: &RowScene, printed: Decimal) -> Option<Cause> {
    let found = alternatives(row.indicator, row.form.form().kind, row.form.rules());
    let gives = |points: &Points| matches!(points, Points::Exact { rounded, .. } if *rounded == printed);
    found.into_iter().find(|alternative| gives(&alternative.points)).map(|alternative| alternative.cause)
}
