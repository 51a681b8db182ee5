//! 结构 (structure): JX207 and JX413, how the weights are spread over the form.

use rust_decimal::Decimal;

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::{plain, sum};
use crate::audit::sums::grouped;
use crate::audit::{Code, Finding};
use crate::form::Column;
use crate::ruleset::WeightStructure;

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
    if levels.iter().any(|(level, weight)| level.is_empty() || weight.is_zero()) || structures.iter().any(|structure| follows(&levels, structure)) {
        return None;
    }
    let nearest = structures.iter().copied().min_by_key(|structure| missing(&levels, structure).len()).unwrap_or(nearest);
    let actual = words(levels.iter().map(|(level, weight)| (level.as_str(), *weight)));
    let wanted = words(nearest.levels.iter().map(|level| (level.level.as_str(), level.weight)));
    let missing = missing(&levels, nearest);
    let message = if missing.is_empty() {
        format!("一级指标权重为 {actual}，规则集为 {wanted}")
    } else {
        format!("缺少一级指标“{}”，现有权重为 {actual}，规则集为 {wanted}", missing.join("、"))
    };
    let finding = Finding { field: Some("weight"), ..scene.finding(Code::StructureDiffers, message) }
        .figures(actual, wanted)
        .suggest("请确认当地是否允许调整权重；如允许，请留存依据");
    Some(clause::stated(finding, &nearest.statement))
}

/// 产出 for 产出指标.
fn level(printed: &str) -> String {
    let short = printed.trim_end_matches("指标");
    let short = short.strip_prefix("服务对象").unwrap_or(short);
    short.to_owned()
}

fn follows(levels: &[(String, Decimal)], structure: &WeightStructure) -> bool {
    let known = |wanted: &str| sum(levels.iter().filter(|(level, _)| level.contains(wanted)).map(|(_, weight)| *weight));
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
    let weights: Vec<Decimal> = row.form.rows().map(|row| row.weight()).collect::<Option<_>>()?;
    let total = sum(weights.iter().copied()).filter(|total| !total.is_zero())?;
    let threshold = &row.form.rules().thresholds.share_too_large;
    let weight = row.weight()?;
    let limit = total.checked_mul(threshold.value)?;
    if weight <= limit || weights.len() < 3 {
        return None;
    }
    let percent = |share: Decimal| share.checked_mul(Decimal::ONE_HUNDRED).map(|share| plain(share.round_dp(1)));
    let (share, most) = (percent(weight.checked_div(total)?)?, percent(threshold.value)?);
    let message = format!("权重 {} 占全部指标权重 {} 的 {share}%，超过 {most}%，一项指标就能左右总分", plain(weight), plain(total));
    let finding = row
        .finding(Code::ShareTooLarge, Column::Weight, message)
        .figures(plain(weight), format!("≤{}", plain(limit)))
        .suggest("请拆分为几项指标，或降低这一项的权重");
    Some(clause::stated(finding, &threshold.statement))
}
