//! 二级指标 (level): the level 2 that suits a drafted target.

use crate::template::draft::DraftCell;
use crate::template::policy::{Policy, has_any};
use crate::template::target::{Proposal, Sort, clause};

/// The level 2 of a row under 产出: rates go to 质量, amounts and heads to 数量, dates to 时效.
pub(super) fn settle(level2: &str, name: &str, proposal: &Proposal, policy: &Policy) -> DraftCell {
    let levels = &policy.levels;
    let own = [&levels.quantity, &levels.quality, &levels.timeliness];
    if !own.iter().any(|level| level.as_str() == level2) {
        return DraftCell::plain(level2);
    }
    let unit = proposal.bound.as_ref().map(|(_, quantity)| quantity.unit.as_str()).unwrap_or_default();
    let money_or_heads = unit.starts_with(policy.costs.money.as_str()) || unit == "人";
    let wanted = if proposal.sort == Sort::Date {
        &levels.timeliness
    } else if unit == policy.shares.unit {
        let stays = level2 == levels.timeliness && has_any(name, &levels.timely);
        if stays { &levels.timeliness } else { &levels.quality }
    } else if money_or_heads && level2 != levels.quantity && !has_any(name, &levels.quality_money) {
        &levels.quantity
    } else {
        return DraftCell::plain(level2);
    };
    if wanted == level2 {
        return DraftCell::plain(level2);
    }
    let mut cell =
        DraftCell::because(wanted.clone(), format!("上年列在“{level2}”下，与指标值类型不符，移到“{wanted}”"));
    cell.reasons.push(clause(&levels.statement));
    cell
}
