//! 得分 (scores): JX301 and JX303, printed scores against the rule.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::ruling::{self, agrees};
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::{plain, prints_as};
use crate::audit::{Code, Finding, unit};
use crate::form::Column;
use crate::score::{Alternative, Cause, Excuse, Outcome, Points, Score, alternatives, score_for_rate};

/// Faults of a row after which its rate and score cannot be judged.
pub(super) const UNSCORABLE: &[Code] =
    &[Code::CellEmpty, Code::ValueNotUnderstood, Code::UnitsDiffer, Code::KindsDiffer];

/// Whether the rate and the score of a row cannot be judged, after such a fault, one of the other faults named, or where a
/// result without a unit leaves its magnitude open.
pub(super) fn unscorable(row: &RowScene, found: &Found, also: &[Code]) -> bool {
    let has = |codes: &[Code]| found.has(row.form.number, Some(row.number), codes);
    has(UNSCORABLE) || has(also) || unit::magnitude_open(row.indicator)
}

/// JX303: a score above the weight, or below zero.
pub(super) fn score_outside_weight(row: &RowScene, _: &Found) -> Option<Finding> {
    let (score, weight) = (row.score()?, row.weight()?);
    let published = row.text(Column::Score);
    let message = if score.is_sign_negative() && !score.is_zero() {
        format!("得分 {published} 为负数")
    } else if score > weight {
        format!("得分 {published} 超过权重 {}（多 {}）", plain(weight), plain(score.checked_sub(weight)?))
    } else {
        return None;
    };
    let finding = row
        .finding(Code::ScoreOutsideWeight, Column::Score, message)
        .figures(published, format!("0～{}", plain(weight)))
        .suggest("得分应在 0 与权重之间，请重新计算");
    Some(finding)
}

/// JX303: an execution score above its weight, or below zero.
pub(super) fn execution_score_outside_weight(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let fault = || {
        let line = scene.execution()?;
        let (score, weight) = (line.funds.score.get()?.value, line.funds.weight.get()?.value);
        if !score.is_sign_negative() && score <= weight {
            return None;
        }
        let message = format!("预算执行得分 {} 不在 0 与分值 {} 之间", plain(score), plain(weight));
        let finding = scene
            .funds_finding(Code::ScoreOutsideWeight, "score", line.line.score.as_ref(), message)
            .figures(plain(score), format!("0～{}", plain(weight)))
            .suggest("得分应在 0 与分值之间，请重新计算");
        Some(finding)
    };
    fault().into_iter().collect()
}

/// JX301: a score that the rule does not give.
pub(super) fn score_differs(row: &RowScene, found: &Found) -> Option<Finding> {
    if unscorable(row, found, &[Code::RateDiffers, Code::ScoreOutsideWeight, Code::VerdictContradictsTarget]) {
        return None;
    }
    let Outcome::Scored(score) = row.outcome? else { return None };
    if agrees(row, score)? {
        return None;
    }
    let excuse = ruling::excuse(row);
    if is_said_of_the_sign(row, found, excuse.as_ref()) {
        return None;
    }
    let published = row.text(Column::Score);
    let printed = row.score()?;
    let (right, difference) = expected(score, printed)?;
    let cause = cause(row, printed);
    let why = cause.as_ref().map(|alternative| alternative.cause);
    let finding = row
        .finding(
            Code::ScoreDiffers,
            Column::Score,
            format!("得分与规则计算不符，填报 {published}，应为 {right}（{difference}）"),
        )
        .figures(published, right.clone())
        .caused_by(why.map(Cause::key))
        .evidence_lines(score.steps.iter().cloned())
        .evidence_lines(cause.map(|alternative| cause_line(&alternative)))
        .suggest(format!("请把得分改为 {right}，并同步修改总分"));
    let finding = ruling::ruled(&row.form, finding, &score.basis, excuse.as_ref());
    Some(ruling::left_to_a_person(row, score, printed, finding))
}

/// The right points in words, and by how much the printed ones miss them.
fn expected(score: &Score, printed: Decimal) -> Option<(String, String)> {
    let by = |right: Decimal| {
        let difference = printed.checked_sub(right)?;
        let direction = if difference.is_sign_negative() { "少" } else { "多" };
        Some(format!("{direction} {}", plain(difference.abs())))
    };
    match score.points {
        Points::Exact { rounded, .. } => Some((plain(rounded), by(rounded)?)),
        Points::Within { low, high, .. } => {
            let nearest = if printed < low { low } else { high };
            Some((format!("{}～{}", plain(low), plain(high)), by(nearest)?))
        }
    }
}

/// Whether the finding on the comparator already says that score and sign contradict each other.
pub(super) fn is_said_of_the_sign(row: &RowScene, found: &Found, excuse: Option<&Excuse>) -> bool {
    excuse.is_some_and(|excuse| excuse.comparator.is_some())
        && found.has(row.form.number, Some(row.number), &[Code::ComparatorAgainstSense])
}

/// The mistake that prints exactly the printed score.
fn cause(row: &RowScene, printed: Decimal) -> Option<Alternative> {
    let kind = row.form.form().kind;
    let rules = row.form.rules();
    let gives = |points: &Points| match points {
        Points::Exact { rounded, unrounded } => {
            *rounded == printed || prints_as(*unrounded, printed, rules.rounding.places)
        }
        Points::Within { .. } => false,
    };
    let found = alternatives(row.indicator, kind, rules);
    let from_rate =
        row.indicator.rate.get().and_then(|rate| score_for_rate(row.indicator, kind, rules, rate.percentage().0));
    let follows_rate = from_rate.filter(|score| gives(&score.points)).map(|score| Alternative {
        cause: Cause::RateRounded,
        rate: score.rate,
        points: score.points,
        steps: score.steps,
    });
    follows_rate
        .or_else(|| found.into_iter().find(|alternative| gives(&alternative.points)))
        .or_else(|| copied(row, printed))
}

/// The row whose score was copied, where another row with the same weight prints the very same odd score.
fn copied(row: &RowScene, printed: Decimal) -> Option<Alternative> {
    let same = |other: &RowScene| {
        other.number != row.number && other.weight() == row.weight() && other.score() == Some(printed)
    };
    let other = row.form.rows().find(|other| same(other) && Some(printed) != row.weight())?;
    let points = Points::Exact { rounded: printed, unrounded: printed };
    let steps = vec![format!("{}的得分也是 {}", other.whereabouts(), plain(printed))];
    Some(Alternative { cause: Cause::CopiedFromRow, rate: None, points, steps })
}

fn cause_line(alternative: &Alternative) -> String {
    let step = alternative.steps.last().map(|step| format!("：{step}")).unwrap_or_default();
    format!("可能原因：{}{step}", alternative.cause.words())
}
