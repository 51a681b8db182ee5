//! 结构 (structure): JX207 and JX413, how the weights are spread over the form.

use rust_decimal::Decimal;

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::{plain, sum};
use crate::audit::sums::grouped;
use crate::audit::words::{core, has_any};
use crate::audit::{Code, Finding, Severity};
use crate::form::Column;
use crate::ruleset::{JurisdictionLevel, WeightStructure};

/// JX207: level-1 weights that follow none of the rule set's structures.
pub(super) fn structure_differs(scene: &FormScene, found: &Found) -> Vec<Finding> {
    if found.has(scene.number, None, &[Code::WeightsDoNotAddUp, Code::CellEmpty]) {
        return Vec::new();
    }
    structure_fault(scene).into_iter().collect()
}

fn structure_fault(scene: &FormScene) -> Option<Finding> {
    let kind = scene.form().kind;
    let applies = |structure: &&WeightStructure| structure.forms.is_empty() || structure.forms.contains(&kind);
    let structures: Vec<&WeightStructure> = scene.rules().weights.iter().filter(applies).collect();
    let nearest = *structures.first()?;
    let levels = grouped(scene.rows(), |row| level(&row.indicator.level1))?;
    if levels.iter().any(|(level, weight)| level.is_empty() || weight.is_zero())
        || structures.iter().any(|structure| follows(&levels, structure))
    {
        return None;
    }
    let nearest =
        structures.iter().copied().min_by_key(|structure| missing(&levels, structure).len()).unwrap_or(nearest);
    let actual = words(levels.iter().map(|(level, weight)| (level.as_str(), *weight)));
    let wanted = words(nearest.levels.iter().map(|level| (level.level.as_str(), level.weight)));
    let missing = missing(&levels, nearest);
    let message = if missing.is_empty() {
        format!("一级指标权重为 {actual}，规则集为 {wanted}")
    } else {
        format!("缺少一级指标“{}”，现有权重为 {actual}，规则集为 {wanted}", missing.join("、"))
    };
    // The national texts let weights be adjusted, and a text that was not checked proves nothing: only worth knowing.
    let everywhere =
        |level: &str| structures.iter().all(|structure| structure.levels.iter().any(|known| known.level == level));
    let required = missing.iter().any(|level| everywhere(level) && !has_any(level, &scene.words.satisfaction));
    let national = scene.rules().jurisdiction.level == JurisdictionLevel::National;
    let known = required || (nearest.statement.provenance.is_firm() && !national);
    let severity = if known { Severity::Warning } else { Severity::Note };
    let finding = Finding { field: Some("weight"), ..scene.finding(Code::StructureDiffers, message) }
        .graded(severity)
        .figures(actual, wanted)
        .suggest("请确认当地是否允许调整权重；如允许，请留存依据");
    Some(clause::stated(finding, &nearest.statement))
}

/// 产出 for 产出指标.
fn level(printed: &str) -> String {
    core(printed).trim_end_matches("指标").to_owned()
}

fn follows(levels: &[(String, Decimal)], structure: &WeightStructure) -> bool {
    let known =
        |wanted: &str| sum(levels.iter().filter(|(level, _)| level.contains(wanted)).map(|(_, weight)| *weight));
    let same = structure.levels.iter().all(|wanted| known(&wanted.level) == Some(wanted.weight));
    let named = |level: &str| structure.levels.iter().any(|wanted| level.contains(wanted.level.as_str()));
    same && levels.iter().all(|(level, _)| named(level))
}

fn missing<'s>(levels: &[(String, Decimal)], structure: &'s WeightStructure) -> Vec<&'s str> {
    let has = |wanted: &str| levels.iter().any(|(level, _)| level.contains(wanted));
    structure.levels.iter().map(|wanted| wanted.level.as_str()).filter(|wanted| !has(wanted)).collect()
}

fn words<'a>(levels: impl Iterator<Item = (&'a str, Decimal)>) -> String {
    levels.map(|(level, weight)| format!("{level} {}", plain(weight))).collect::<Vec<_>>().join("、")
}

/// JX413: one indicator that carries too much of the weight.
pub(super) fn share_too_large(row: &RowScene, found: &Found) -> Option<Finding> {
    if found.has(row.form.number, None, &[Code::WeightsDoNotAddUp]) {
        return None;
    }
    let total = row.form.facts.weight.filter(|total| !total.is_zero())?;
    let threshold = &row.form.rules().thresholds.share_too_large;
    let weight = row.weight()?;
    let limit = total.checked_mul(threshold.value)?;
    if weight <= limit || row.form.form().rows.len() < 3 {
        return None;
    }
    let percent = |share: Decimal| share.checked_mul(Decimal::ONE_HUNDRED).map(|share| plain(share.round_dp(1)));
    let (share, most) = (percent(weight.checked_div(total)?)?, percent(threshold.value)?);
    let message = format!(
        "权重 {} 占全部指标权重 {} 的 {share}%，超过 {most}%，一项指标就能左右总分",
        plain(weight),
        plain(total)
    );
    let finding = row
        .finding(Code::ShareTooLarge, Column::Weight, message)
        .figures(plain(weight), format!("≤{}", plain(limit)))
        .suggest("请拆分为几项指标，或降低这一项的权重");
    Some(clause::stated(finding, &threshold.statement))
}
