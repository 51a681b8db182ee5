//! 偏差原因 (reasons): JX401, JX405 and JX406, what a form says about its deviations.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::scene::{RowScene, Scenes, is_dash};
use crate::audit::scores::unscorable;
use crate::audit::span::plain;
use crate::audit::unit;
use crate::audit::words::{Content, has_any};
use crate::audit::{Code, Finding, Severity};
use crate::form::Column;
use crate::ruleset::Statement;
use crate::score::{Ratio, completion_rate, target_met};
use crate::text::squeeze;

/// JX401: a deviation that the form does not explain although it has a column for it.
pub(super) fn reason_missing(row: &RowScene, found: &Found) -> Option<Finding> {
    let has_column = row.form.form().columns.contains(&Column::Reason);
    if !has_column
        || !row.form.form().kind.is_self_evaluation()
        || unscorable(row, found, &[Code::VerdictContradictsTarget])
    {
        return None;
    }
    if row.gives_reason() {
        return None;
    }
    let written = row.reason();
    let (why, statement, severity) = called_for(row)?;
    let blank = if written.is_empty() {
        "没有说明原因".to_owned()
    } else {
        format!("偏差原因只写了“{written}”")
    };
    let finding = row
        .finding(Code::ReasonMissing, Column::Reason, format!("{why}，{blank}"))
        .graded(severity)
        .printed(written)
        .evidence(row.values(&[Column::Target, Column::Actual]))
        .suggest("请在偏差原因栏说明偏差的原因和改进措施");
    Some(match statement {
        Some(statement) => clause::stated(finding, statement),
        None => finding,
    })
}

/// What calls for a reason, the statement of the rule set that says so, and how grave it is that there is none.
type Call<'a> = (String, Option<&'a Statement>, Severity);

fn called_for<'a>(row: &RowScene<'a>) -> Option<Call<'a>> {
    let thresholds = &row.form.rules().thresholds;
    let ratio = completion_rate(row.indicator, row.form.form().kind, row.form.rules());
    let rate = ratio.and_then(shown).map(|rate| format!("（完成率 {rate}%）")).unwrap_or_default();
    let ceiling = unit::bound(&row.indicator.target).is_some_and(unit::is_ceiling);
    if target_met(row.indicator) == Some(false) {
        let what = if ceiling { "超过了目标上限" } else { "没有达到目标值" };
        let severity = if passes_as_met(row, ratio) { Severity::Note } else { Severity::Warning };
        return Some((format!("{what}{rate}"), thresholds.reason_missed.as_ref(), severity));
    }
    if let (Some(score), Some(weight)) = (row.score(), row.weight())
        && score < weight
    {
        let lost = plain(weight.checked_sub(score)?);
        let statement = thresholds.reason_score_below_weight.as_ref();
        return Some((format!("被扣 {lost} 分{rate}"), statement, Severity::Warning));
    }
    if ceiling {
        return None;
    }
    beyond_threshold(row, ratio?, &rate)
}

/// Whether a target was missed by so little that the rate prints as 100 %, and no points were lost: worth
/// knowing, no more.
fn passes_as_met(row: &RowScene, ratio: Option<Ratio>) -> bool {
    let whole = ratio.and_then(|ratio| ratio.percent(2)) == Some(Decimal::ONE_HUNDRED);
    whole && row.score().is_some() && row.score() == row.weight()
}

/// A target that was met without loss, but by more than the rule set lets pass without a word.
fn beyond_threshold<'a>(row: &RowScene<'a>, ratio: Ratio, rate: &str) -> Option<Call<'a>> {
    let thresholds = &row.form.rules().thresholds;
    // What prints as 100 % is no deviation.
    if ratio.percent(2) == Some(Decimal::ONE_HUNDRED) {
        return None;
    }
    let firmly =
        |statement: &Statement| if statement.provenance.is_firm() { Severity::Warning } else { Severity::Note };
    if let Some(over) = thresholds.reason_over.as_ref().filter(|over| at_least(ratio, over.value)) {
        return Some((format!("超额完成{rate}"), Some(&over.statement), firmly(&over.statement)));
    }
    let allowed = thresholds.reason_deviation.as_ref()?;
    let high = Decimal::ONE.checked_add(allowed.value)?;
    let low = Decimal::ONE.checked_sub(allowed.value)?;
    let outside = ratio.compare(high)? == Ordering::Greater || ratio.compare(low)? == Ordering::Less;
    outside.then(|| (format!("与目标值有偏差{rate}"), Some(&allowed.statement), firmly(&allowed.statement)))
}

/// A rate with as many places as it takes to tell it from 100 %.
fn shown(ratio: Ratio) -> Option<String> {
    let places = (2..=6).find(|places| ratio.percent(*places) != Some(Decimal::ONE_HUNDRED)).unwrap_or(2);
    ratio.percent(places).map(plain)
}

fn at_least(ratio: Ratio, threshold: Decimal) -> bool {
    ratio.compare(threshold).is_some_and(Ordering::is_ge)
}

/// JX405: a reason that says the opposite of the numbers.
pub(super) fn reason_contradicts_numbers(row: &RowScene, _: &Found) -> Option<Finding> {
    let target = unit::bound(&row.indicator.target)?;
    let actual = unit::bound(row.indicator.actual.as_ref()?)?;
    let (wanted, got) = unit::numbers(target, actual).filter(|_| !unit::magnitude_open(row.indicator))?;
    let says = said(row, unit::content(&row.indicator.target) == Some(Content::Money))?;
    let order = got.cmp(&wanted);
    if order == Ordering::Equal || order == says {
        return None;
    }
    let (says, is) = if says == Ordering::Greater { ("高于目标", "低于") } else { ("低于目标", "高于") };
    let (target, actual) = (row.text(Column::Target), row.text(Column::Actual));
    let finding = row
        .finding(
            Code::ReasonContradictsNumbers,
            Column::Reason,
            format!("偏差原因说{says}，而实际值 {actual} {is}目标值 {target}"),
        )
        .printed(squeeze(row.indicator.reason.as_deref().unwrap_or_default()))
        .evidence(row.values(&[Column::Target, Column::Actual]))
        .suggest("请核对数字与原因，改正其中写错的一处");
    Some(finding)
}

/// What a reason says of the result compared with the target; `None` where it says both, neither, or denies it.
fn said(row: &RowScene, is_money: bool) -> Option<Ordering> {
    let written = row.reason();
    let words = &row.form.words.reasons;
    if has_any(&written, &words.denying) {
        return None;
    }
    let above = has_any(&written, &words.above);
    let below = has_any(&written, &words.below) || (is_money && has_any(&written, &words.saving));
    match (above, below) {
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        _ => None,
    }
}

/// JX406: the same reason under several indicators.
pub(super) fn reason_copied(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let mut rows: BTreeMap<String, Vec<RowScene>> = BTreeMap::new();
    for row in scenes.rows() {
        let text: String = row.reason().chars().filter(|c| c.is_alphanumeric()).collect();
        if text.chars().count() >= row.form.words.reasons.copied_from && !is_dash(&text) {
            rows.entry(text).or_default().push(row);
        }
    }
    rows.values().filter(|rows| rows.len() > 1).filter_map(|rows| copied(rows)).collect()
}

fn copied(rows: &[RowScene]) -> Option<Finding> {
    let first = rows.first()?;
    let again = rows.get(1)?;
    let written = squeeze(again.indicator.reason.as_deref().unwrap_or_default());
    let finding = again
        .finding(
            Code::ReasonCopied,
            Column::Reason,
            format!("偏差原因与{}完全相同，全文共出现 {} 次", first.whereabouts(), rows.len()),
        )
        .printed(written)
        .evidence_lines(rows.iter().map(RowScene::whereabouts))
        .suggest("请按各项指标的实际情况分别说明");
    Some(finding)
}
