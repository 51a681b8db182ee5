//! 评判等级 (scale): the answers that a rule knows for words, with what each gives.

use rust_decimal::Decimal;

use crate::ruleset::{Rule, Scale, TargetKind, Tier};

/// The scale of a rule for words in one line: `评判等级：达到预期指标 100%；部分达到… 60%~80%`; `None` without tiers.
pub(super) fn of_phrases(rule: &Rule) -> Option<String> {
    let case = rule.cases.iter().find(|case| case.kinds.contains(&TargetKind::Phrase))?;
    let Scale::Tiers(tiers) = &case.scale else { return None };
    let tiers: Vec<String> = tiers.iter().map(tier).collect();
    Some(format!("完成情况按评判等级填写（{}）：{}", rule.name, tiers.join("；")))
}

fn tier(tier: &Tier) -> String {
    let percent = |share: Decimal| share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default().normalize();
    let (low, high) = (percent(tier.low), percent(tier.high));
    let share = match (low == high, tier.high_open) {
        (true, _) => format!("{high}%"),
        (false, true) => format!("{low}%~{high}%（不含{high}%）"),
        (false, false) => format!("{low}%~{high}%"),
    };
    format!("{} {share}", tier.name)
}
