//! 完成率 (rates): JX302, printed completion rates against the values, and the score that was taken from a wrong one.

use rust_decimal::Decimal;

use crate::audit::clause::{self, graded};
use crate::audit::found::Found;
use crate::audit::ruling::agrees;
use crate::audit::scene::RowScene;
use crate::audit::scores::unscorable;
use crate::audit::span::{plain, prints_as};
use crate::audit::{Code, Finding, unit};
use crate::form::Column;
use crate::score::{
    Alternative, Cause, Outcome, Points, Ratio, Score, alternatives, completion_rate, score_for_rate, target_met,
};
use crate::text::squeeze;

/// JX302: a completion rate that is not actual ÷ target.
pub(super) fn rate_differs(row: &RowScene, found: &Found) -> Option<Finding> {
    if unscorable(row, found, &[]) {
        return None;
    }
    let (printed, places) = row.indicator.rate.get()?.percentage();
    let rules = row.form.rules();
    let kind = row.form.form().kind;
    let ratio = completion_rate(row.indicator, kind, rules)?;
    if ratio_prints_as(&ratio, printed, places)? || is_other_reading(row, &ratio, printed, places) {
        return None;
    }
    let right = format!("{}%", plain(ratio.percent(2)?));
    let published = row.text(Column::Rate);
    let follows = score_for_rate(row.indicator, kind, rules, printed).filter(|score| agrees(row, score) == Some(true));
    let cause = cause(row, printed, places);
    let mut message = format!("完成率填报 {published}，应为 {right}");
    let score = scored(row);
    let score_words = score.and_then(|score| score_words(row, score, follows.is_some()));
    if let Some((words, _)) = &score_words {
        message += words;
    }
    let finding = row
        .finding(Code::RateDiffers, Column::Rate, message)
        .figures(published.clone(), right.clone())
        .caused_by(cause.map(Cause::key))
        .evidence(format!("完成率：填报 {published}，应为 {right}（{}）", division(row, &ratio)))
        .evidence_lines(score_words.map(|(_, line)| line))
        .evidence_lines(cause.map(|cause| format!("可能原因：{}", cause.words())))
        .suggest(suggestion(row, &right, score));
    let finding = match score {
        Some(score) => clause::of(finding, &score.basis),
        None => finding.clause("完成率＝实际完成值÷目标值"),
    };
    // Actual ÷ target is arithmetic; only for a ceiling does it depend on the rule which way to divide.
    let ceiling = unit::bound(&row.indicator.target).is_some_and(unit::is_ceiling);
    Some(match score.filter(|_| ceiling) {
        Some(score) => graded(finding, score.basis.provenance),
        None => finding,
    })
}

fn scored<'a>(row: &RowScene<'a>) -> Option<&'a Score> {
    match row.outcome? {
        Outcome::Scored(score) => Some(score),
        Outcome::NotEvaluated(_) => None,
    }
}

fn ratio_prints_as(ratio: &Ratio, printed: Decimal, places: u32) -> Option<bool> {
    Some(prints_as(ratio.percent_unrounded()?, printed, places))
}

/// Whether a printed rate is one of the ways in which forms write the same thing: the rate cut off at 100 % where more
/// does not count, or target ÷ actual for a ceiling, as long as the points do not depend on it.
fn is_other_reading(row: &RowScene, ratio: &Ratio, printed: Decimal, places: u32) -> bool {
    let same_points = || {
        let score = score_for_rate(row.indicator, row.form.form().kind, row.form.rules(), printed);
        match (score, scored(row)) {
            (Some(at_printed), Some(right)) => points(&at_printed) == points(right),
            (None, _) => true,
            (Some(_), None) => false,
        }
    };
    let capped = printed == Decimal::ONE_HUNDRED && target_met(row.indicator) == Some(true);
    let inverse = || ratio.inverse().and_then(|inverse| ratio_prints_as(&inverse, printed, places)) == Some(true);
    let is_ceiling = unit::bound(&row.indicator.target).is_some_and(unit::is_ceiling);
    (capped || (is_ceiling && inverse())) && same_points()
}

fn points(score: &Score) -> Option<Decimal> {
    match score.points {
        Points::Exact { rounded, .. } => Some(rounded),
        Points::Within { .. } => None,
    }
}

/// What the message and the evidence say of the score beside a wrong rate.
fn score_words(row: &RowScene, score: &Score, follows: bool) -> Option<(String, String)> {
    if agrees(row, score)? {
        return None;
    }
    let (published, right) = (row.text(Column::Score), plain(points(score)?));
    let words = if follows {
        format!("；得分 {published} 取自这一完成率，应为 {right}")
    } else {
        format!("；得分 {published} 与规则也不符，应为 {right}")
    };
    Some((words, format!("得分：填报 {published}，应为 {right}（{}）", score.steps.last().map_or("", String::as_str))))
}

fn suggestion(row: &RowScene, right: &str, score: Option<&Score>) -> String {
    if score.and_then(|score| agrees(row, score)) == Some(true) {
        return format!("请把完成率改为 {right}；得分已按正确的完成率计算，不必修改");
    }
    match score.and_then(points) {
        Some(points) => format!("请把完成率改为 {right}，得分改为 {}，并同步修改总分", plain(points)),
        None => format!("请把完成率改为 {right}，并重新计算得分"),
    }
}

/// The mistake that prints exactly the printed rate.
fn cause(row: &RowScene, printed: Decimal, places: u32) -> Option<Cause> {
    let prints = |alternative: &Alternative| {
        let rate = alternative.rate?;
        ratio_prints_as(&rate, printed, places)
    };
    let found = alternatives(row.indicator, row.form.form().kind, row.form.rules());
    let by_rate =
        [Cause::InverseRatio, Cause::DeviationMistaken, Cause::ScaleMistaken, Cause::RateRounded, Cause::Truncated];
    let known =
        found.iter().find(|alternative| by_rate.contains(&alternative.cause) && prints(alternative) == Some(true));
    known.map(|alternative| alternative.cause).or_else(|| copied(row))
}

/// Whether another row of the form prints the very same odd rate.
fn copied(row: &RowScene) -> Option<Cause> {
    let rate = row.indicator.rate.get()?;
    let same = row.form.rows().any(|other| other.number != row.number && other.indicator.rate.get() == Some(rate));
    (same && rate.value != Decimal::ONE_HUNDRED).then_some(Cause::CopiedFromRow)
}

/// The division as a message shows it: 100% ÷ 95%.
fn division(row: &RowScene, ratio: &Ratio) -> String {
    let actual = row.indicator.actual.as_ref().map(|actual| squeeze(&actual.written)).unwrap_or_default();
    format!(
        "{actual}对{}，{} ÷ {}",
        squeeze(&row.indicator.target.written),
        plain(ratio.numerator),
        plain(ratio.denominator)
    )
}
