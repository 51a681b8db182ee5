//! 分段直线 (curve): the bands of a curve cover every rate once, in order.

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::ruleset::file::{BandText, GiveText, Scalar};
use crate::ruleset::locate::Step;
use crate::ruleset::validate::inspector::{Inspector, statement};
use crate::ruleset::{Band, Statement};
use crate::score::percent;

/// The bands of a curve; problems are collected.
pub fn bands(inspector: &mut Inspector, texts: &[BandText], around: &Statement) -> Vec<Band> {
    let mut found: Vec<(usize, Band)> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let band = inspector.within(Step::Item(index), |here| band(here, text, around));
        found.extend(band.map(|band| (index, band)));
    }
    if found.len() == texts.len() {
        found.sort_by_key(|(_, band)| (band.low.is_some(), band.low, !band.low_closed));
        covers(inspector, &found);
    }
    found.into_iter().map(|(_, band)| band).collect()
}

fn band(here: &mut Inspector, text: &BandText, around: &Statement) -> Option<Band> {
    let before = here.problems.len();
    let (low, low_closed) = end(here, ("above", &text.above), ("from", &text.from));
    let (high, high_closed) = end(here, ("below", &text.below), ("to", &text.to));
    let give = give(here, &text.give, low.is_some() && high.is_some());
    if let (Some(low), Some(high)) = (low, high) {
        if low > high {
            here.report(
                Code::RuleFileInvalid,
                format!("区间写反了：下限 {} 大于上限 {}", percent(low), percent(high)),
                format!("请改为从 {} 到 {}，并核对两端的得分", percent(high), percent(low)),
            );
        } else if low == high && !(low_closed && high_closed) {
            here.report(
                Code::RuleFileInvalid,
                format!("区间的两端都是 {}，其中没有任何完成率，这一段永远用不到", percent(low)),
                "请删去这一段，或改正它的上下限",
            );
        }
    }
    let give = give?;
    (here.problems.len() == before).then(|| Band {
        low,
        low_closed,
        high,
        high_closed,
        give,
        statement: statement(text.clause.as_ref(), text.provenance, around),
    })
}

type End<'t> = (&'static str, &'t Option<Scalar>);

/// One end of a band: the open or the closed key, not both. An end without key is open to infinity.
fn end(here: &mut Inspector, open: End, closed: End) -> (Option<Decimal>, bool) {
    match (open.1, closed.1) {
        (Some(_), Some(_)) => {
            here.report(
                Code::RuleFileInvalid,
                format!("同一端既写了 {}（不含）又写了 {}（含）", open.0, closed.0),
                "请只保留其中一个",
            );
            (None, false)
        }
        (Some(scalar), None) => (here.percentage(open.0, scalar), false),
        (None, Some(scalar)) => (here.percentage(closed.0, scalar), true),
        (None, None) => (None, false),
    }
}

fn give(here: &mut Inspector, text: &GiveText, finite: bool) -> Option<(Decimal, Decimal)> {
    let (start, end) = match text {
        GiveText::One(scalar) => {
            let share = here.percentage("give", scalar)?;
            (share, share)
        }
        GiveText::Line(ends) => match ends.as_slice() {
            [start, end] => (here.percentage("give", start)?, here.percentage("give", end)?),
            _ => {
                here.report(
                    Code::RuleFileInvalid,
                    "give 应写一个百分率，或起点和终点两个百分率",
                    "例如 give: [0%, 100%]",
                );
                return None;
            }
        },
    };
    if start != end && !finite {
        here.report(
            Code::RuleFileInvalid,
            "斜线需要上下限都写明，这一段只写了一端",
            "请补上另一端，或把 give 改为一个数",
        );
    }
    for share in [start, end].into_iter().take(if start == end { 1 } else { 2 }) {
        if share > Decimal::ONE || share.is_sign_negative() {
            here.report(
                Code::RuleFileInvalid,
                format!("得分比例 {} 不在 0% 至 100% 之间", percent(share)),
                "得分不能超过分值，也不能为负；超额扣分请写在 over 里",
            );
        }
    }
    Some((start, end))
}

/// Gaps and overlaps between neighbours, from zero to infinity.
fn covers(inspector: &mut Inspector, bands: &[(usize, Band)]) {
    let Some((_, first)) = bands.first() else {
        inspector.report(Code::RuleBandsGap, "一段都没有写", "请至少写一段，例如 - {from: 0%, give: 100%}");
        return;
    };
    if let Some(low) = first.low.filter(|low| *low > Decimal::ZERO || (low.is_zero() && !first.low_closed)) {
        inspector.report(
            Code::RuleBandsGap,
            format!("{}以下没有规定得分", percent(low)),
            format!(
                "请加一段，例如 - {{{}: {}, give: 0%}}",
                if first.low_closed { "below" } else { "to" },
                percent(low)
            ),
        );
    }
    // The band that reaches farthest so far: one that lies inside it hides no gap behind it.
    let mut farthest = first;
    for (index, band) in bands.iter().skip(1) {
        inspector.within(Step::Item(*index), |here| neighbours(here, farthest, band));
        let farther = match (band.high, farthest.high) {
            (None, _) => true,
            (Some(high), Some(reached)) => high >= reached,
            (Some(_), None) => false,
        };
        farthest = if farther { band } else { farthest };
    }
    let last = farthest;
    if let Some(high) = last.high {
        inspector.report(
            Code::RuleBandsGap,
            format!("{}以上没有规定得分", percent(high)),
            format!(
                "请加一段，例如 - {{{}: {}, give: 100%}}",
                if last.high_closed { "above" } else { "from" },
                percent(high)
            ),
        );
    }
}

fn neighbours(here: &mut Inspector, left: &Band, right: &Band) {
    let low = right.low.unwrap_or(Decimal::ZERO);
    let Some(high) = left.high else {
        here.report(Code::RuleBandsOverlap, "前一段没有上限，这一段永远用不到", "请给前一段写上限，或删去这一段");
        return;
    };
    if low > high {
        here.report(
            Code::RuleBandsGap,
            format!("{} 至 {} 之间没有规定得分", percent(high), percent(low)),
            "请让前一段的上限等于后一段的下限",
        );
    } else if low == high && !left.high_closed && !right.low_closed {
        here.report(
            Code::RuleBandsGap,
            format!("恰好 {} 时没有规定得分：前一段写 below（不含），这一段写 above（不含）", percent(low)),
            "请把其中一个改为 to 或 from（含）",
        );
    } else if low == high && left.high_closed && right.low_closed {
        here.report(
            Code::RuleBandsOverlap,
            format!("恰好 {} 时两段都适用：前一段写 to（含），这一段写 from（含）", percent(low)),
            "请把其中一个改为 below 或 above（不含）",
        );
    } else if low < high {
        let covered = right.high.is_some_and(|right| right <= high);
        let unreachable = if covered { "，这一段永远用不到" } else { "" };
        here.report(
            Code::RuleBandsOverlap,
            format!("与前一段重叠：前一段到 {}，这一段从 {} 开始{unreachable}", percent(high), percent(low)),
            "请让前一段的上限等于这一段的下限",
        );
    }
}
