//! 计算过程 (explain): a judgement in words, one step a line.

use rust_decimal::Decimal;

use crate::indicator::Indicator;
use crate::ruleset::{Band, Count, Measure, Share, Side, Steps, Verdict};
use crate::score::judge::{Judgement, Way};
use crate::score::{Basis, Points, Ratio, Score};

/// The score behind a judgement, with its steps.
pub fn explain(judgement: &Judgement, indicator: &Indicator) -> Score {
    let mut steps = Vec::new();
    if let Some(line) = conversion(judgement, indicator) {
        steps.push(line);
    }
    if let Some(line) = rate_line(judgement) {
        steps.push(line);
    }
    steps.push(points_line(judgement, indicator));
    if let Some((over, points)) = judgement.deducted {
        steps.push(format!("完成率达到{}，扣{}分，得 {}", percent(over.from), plain(points), shown(&judgement.points)));
    }
    Score { rate: judgement.rate, points: judgement.points, steps, basis: basis(judgement) }
}

/// The basis of a judgement.
pub(super) fn basis(judgement: &Judgement) -> Basis {
    Basis {
        rule: judgement.rule.name.clone(),
        clause: judgement.statement.clause.clone(),
        provenance: judgement.provenance,
    }
}

/// `目标 1万元 = 10000，完成 9500元 = 9500` where the multipliers differ.
fn conversion(judgement: &Judgement, indicator: &Indicator) -> Option<String> {
    let pair = judgement.pair.filter(|pair| pair.converted)?;
    let actual = indicator.actual.as_ref()?;
    let (target, actual) = (&indicator.target.written, &actual.written);
    Some(format!("统一单位：目标 {target} 即 {}，完成 {actual} 即 {}", plain(pair.target), plain(pair.actual)))
}

/// `393911 ÷ 390000 = 101.00%`
fn rate_line(judgement: &Judgement) -> Option<String> {
    let pair = judgement.pair?;
    let (measure, ratio) = match judgement.way {
        Way::Line { measure, ratio, .. } | Way::Steps { measure, ratio, .. } => (measure, ratio),
        _ => (Measure::ActualToTarget, judgement.rate?),
    };
    let (target, actual) = (plain(pair.target), plain(pair.actual));
    let value = percent_of(ratio)?;
    Some(match measure {
        Measure::ActualToTarget => format!("{actual} ÷ {target} = {value}"),
        Measure::TargetToActual => format!("{target} ÷ {actual} = {value}"),
        Measure::Actual => return None,
        Measure::Deviation => format!("|{actual} − {target}| ÷ {target} = {value}"),
        Measure::Overrun => format!("({actual} − {target}) ÷ {target} = {value}"),
    })
}

fn points_line(judgement: &Judgement, indicator: &Indicator) -> String {
    let weight = plain(judgement.weight);
    let points = shown(&judgement.points);
    let written = || {
        let actual = indicator.actual.as_ref().map_or("", |actual| actual.written.as_str());
        format!("完成值 {actual}，目标值 {}", indicator.target.written)
    };
    match judgement.way {
        Way::Line { band, ratio, .. } => {
            // A deduction has a line of its own, so this one shows the points before it.
            let before =
                match (judgement.deducted, super::scale::on_curve(std::slice::from_ref(band), ratio, judgement.weight))
                {
                    (Some(_), Some((_, unrounded))) => plain(unrounded.round_dp(2)),
                    _ => points,
                };
            line_formula(band, &fraction(judgement, ratio), &weight, &before)
        }
        Way::Steps { steps, .. } => step_formula(steps, &weight, &points),
        Way::Met => format!("{}：完成目标，得 {points}", written()),
        Way::Missed => format!("{}：未完成目标，得 {points}", written()),
        Way::ZeroTarget { met: true } => format!("目标值为0，{}：完成目标，得 {points}", written()),
        Way::ZeroTarget { met: false } => format!("目标值为0，{}：未完成目标，得 {points}", written()),
        Way::Tier(tier) if tier.low == tier.high => format!("{}：属于“{}”，得 {points}", written(), tier.name),
        Way::Tier(tier) => {
            let (low, high) = (percent(tier.low), percent(tier.high));
            format!("{}：属于“{}”，{weight} × {low} 至 {weight} × {high}，得 {points}", written(), tier.name)
        }
    }
}

/// `393911/390000`, or the percentage where the rate was given as one.
fn fraction(judgement: &Judgement, ratio: Ratio) -> String {
    if judgement.pair.is_some() {
        format!("{}/{}", plain(ratio.numerator), plain(ratio.denominator))
    } else {
        ratio.percent_unrounded().map_or_else(String::new, |value| format!("{}%", plain(value)))
    }
}

/// `10 × (2 − 393911/390000) = 9.90`
pub(super) fn line_formula(band: &Band, x: &str, weight: &str, points: &str) -> String {
    let (start, end) = band.give;
    let (Some(low), Some(high)) = (band.low, band.high) else {
        return format!("{}：{weight} × {} = {points}", band_words(band), percent(start));
    };
    if start == end {
        return format!("{}：{weight} × {} = {points}", band_words(band), percent(start));
    }
    let width = high.saturating_sub(low);
    let over = if width == Decimal::ONE { String::new() } else { format!(" ÷ ({} − {})", plain(high), plain(low)) };
    if start.is_zero() && end == Decimal::ONE {
        let along = if low.is_zero() { x.to_owned() } else { format!("({x} − {})", plain(low)) };
        let over = if low.is_zero() && width != Decimal::ONE { format!(" ÷ {}", plain(high)) } else { over };
        return format!("{weight} × {along}{over} = {points}");
    }
    if start == Decimal::ONE && end.is_zero() {
        return format!("{weight} × ({} − {x}){over} = {points}", plain(high));
    }
    let slope = format!("({x} − {}) × ({} − {})", plain(low), plain(end), plain(start));
    format!("{weight} × [{} + {slope}{over}] = {points}", plain(start))
}

fn step_formula(steps: &Steps, weight: &str, points: &str) -> String {
    let side = match steps.side {
        Side::Below => "低于",
        Side::Above => "超过",
    };
    let count = match steps.count {
        Count::Whole => "按满档计",
        Count::Started => "不足一档按一档计",
        Count::Unstated => "原文未说明不足一档是否扣分",
    };
    let (from, each, deduct) = (percent(steps.from), percent(steps.each), share_words(steps.deduct));
    format!("{side}{from}的部分每{each}扣{deduct}（{count}），{weight}分扣减后得 {points}")
}

/// `完成率不超过60%`, `完成率在60%至100%之间`
pub(crate) fn band_words(band: &Band) -> String {
    let low = band.low.filter(|low| !low.is_zero() || !band.low_closed);
    match (low, band.high) {
        (None, None) => "不论完成率高低".to_owned(),
        (None, Some(high)) if band.high_closed => format!("不超过{}", percent(high)),
        (None, Some(high)) => format!("低于{}", percent(high)),
        (Some(low), None) if band.low_closed => format!("{}及以上", percent(low)),
        (Some(low), None) => format!("超过{}", percent(low)),
        (Some(low), Some(high)) if low == high => format!("恰好{}", percent(low)),
        (Some(low), Some(high)) => {
            let open = if band.low_closed { "（含）" } else { "" };
            let close = if band.high_closed { "（含）" } else { "" };
            format!("{}{open}至{}{close}", percent(low), percent(high))
        }
    }
}

/// `10%的分值` or `2分`
pub(crate) fn share_words(share: Share) -> String {
    match share {
        Share::OfWeight(fraction) => format!("分值的{}", percent(fraction)),
        Share::Points(points) => format!("{}分", plain(points)),
    }
}

/// What a verdict gives, for prose.
pub(crate) fn verdict_words(verdict: &Verdict) -> String {
    let missed = match (verdict.missed, verdict.missed_below) {
        (Some(_), Some(_)) => "不得分或者扣相应的分数".to_owned(),
        (Some(share), None) => format!("得{}", share_words(share)),
        _ => "没有写明".to_owned(),
    };
    format!("完成得{}，未完成{missed}", share_words(verdict.met))
}

/// A fraction as a percentage: 0.6 is `60%`.
pub(crate) fn percent(fraction: Decimal) -> String {
    fraction.checked_mul(Decimal::ONE_HUNDRED).map_or_else(String::new, |value| format!("{}%", plain(value)))
}

fn percent_of(ratio: Ratio) -> Option<String> {
    ratio.percent(2).map(|value| format!("{value:.2}%"))
}

/// A number without closing zeros.
pub(crate) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Points as a message shows them.
fn shown(points: &Points) -> String {
    match points {
        Points::Exact { rounded, .. } => rounded.to_string(),
        Points::Within { low, high, high_open: false } => format!("{low}～{high}"),
        Points::Within { low, high, high_open: true } => format!("{low}～{high}（不含）"),
    }
}
