//! 目标设定 (targets): JX402, JX407, JX408 and JX414, targets that are set too low, too high or not as their name says.

use rust_decimal::Decimal;

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::scene::RowScene;
use crate::audit::scores::unscorable;
use crate::audit::span::plain;
use crate::audit::unit;
use crate::audit::words::{Content, Sense, core, ends_with_any};
use crate::audit::{Code, Finding};
use crate::form::Column;
use crate::indicator::Meaning;
use crate::score::completion_rate;
use crate::text::squeeze;

/// JX402: a result far above the target.
pub(super) fn target_set_too_low(row: &RowScene, found: &Found) -> Option<Finding> {
    if unscorable(row, found, &[]) {
        return None;
    }
    let ceiling = unit::is_ceiling(unit::bound(&row.indicator.target)?);
    let indicator = row.indicator;
    let smaller = row.form.words.sense(&indicator.name, &indicator.level1, &indicator.level2) == Some(Sense::Smaller);
    if ceiling || smaller {
        return None;
    }
    let ratio = completion_rate(indicator, row.form.form().kind, row.form.rules())?;
    let threshold = &row.form.rules().thresholds.far_above;
    if ratio.compare(threshold.value)?.is_lt() {
        return None;
    }
    let rate = plain(ratio.percent(2)?);
    let limit = plain(threshold.value.checked_mul(Decimal::ONE_HUNDRED)?);
    let finding = row
        .finding(
            Code::TargetSetTooLow,
            Column::Target,
            format!("完成率 {rate}%，达到 {limit}% 以上，目标值可能设得偏低"),
        )
        .printed(row.text(Column::Target))
        .evidence(format!("目标值 {}，实际完成值 {}", row.text(Column::Target), row.text(Column::Actual)))
        .suggest(if row.gives_reason() {
            "下年设定目标时请参照实际完成水平"
        } else {
            "请说明大幅超额的原因；下年设定目标时参照实际完成水平"
        });
    Some(clause::stated(finding, &threshold.statement))
}

/// JX407: everybody is to be satisfied.
pub(super) fn satisfaction_at_hundred(row: &RowScene, _: &Found) -> Option<Finding> {
    let bound = unit::bound(&row.indicator.target)?;
    let ceiling = unit::is_ceiling(bound);
    let whole = bound.quantity.unit == "%" && bound.quantity.number == Decimal::ONE_HUNDRED;
    if !row.is_satisfaction() || !whole || ceiling {
        return None;
    }
    let written = squeeze(&row.indicator.target.written);
    let finding = row
        .finding(Code::SatisfactionAtHundred, Column::Target, format!("满意度目标设为“{written}”，几乎不可能如实达到"))
        .printed(written)
        .suggest("满意度目标一般设为 ≥90% 或 ≥95%，并以问卷调查为依据");
    Some(finding)
}

/// JX408: words where the name calls for a number.
pub(super) fn phrase_for_number(row: &RowScene, _: &Found) -> Option<Finding> {
    let Meaning::Phrase(phrase) = &row.indicator.target.meaning else { return None };
    let name = core(&row.indicator.name);
    let words = row.form.words;
    let measurable = ends_with_any(&name, &words.measurable) && !ends_with_any(&name, &words.rate_exceptions);
    let quantity = row.indicator.level2.contains("数量");
    if (!measurable && !quantity) || row.is_placeholder(Column::Target) {
        return None;
    }
    let why = if measurable { "指标名称要求给出数值" } else { "数量指标应当量化" };
    let finding = row
        .finding(Code::PhraseForNumber, Column::Target, format!("{why}，目标值却是“{}”", phrase.words))
        .printed(phrase.words.clone())
        .evidence_lines(last_year(row))
        .suggest("请写明可以核对的数值，如 ≥90%；确实无法量化的，请换一个指标名称");
    Some(finding)
}

/// The number of last year, which shows that the indicator can be counted.
fn last_year(row: &RowScene) -> Option<String> {
    unit::bound(row.indicator.previous.as_ref()?)?;
    Some(format!("上年完成值是数值：{}", row.text(Column::Previous)))
}

/// JX414: a target that is not what the name announces: a date under a rate, half a person, a unit price under a total.
pub(super) fn name_contradicts_value(row: &RowScene, found: &Found) -> Option<Finding> {
    if found.has(
        row.form.number,
        Some(row.number),
        &[Code::ValueNotUnderstood, Code::PhraseForNumber, Code::UnitMissing],
    ) {
        return None;
    }
    let name = core(&row.indicator.name);
    let words = row.form.words;
    let target = &row.indicator.target;
    let content = unit::content(target);
    let quantity = unit::bound(target).map(|bound| &bound.quantity);
    let fault = if words.is_rate(&name) {
        let other_unit = quantity.is_some_and(|quantity| !quantity.unit.is_empty() && content != Some(Content::Share));
        (content == Some(Content::Date))
            .then_some("名称是比率，目标值却是日期")
            .or(other_unit.then_some("名称是比率，目标值的单位却不是百分号"))
    } else if ends_with_any(&name, &words.head_counts) {
        let broken = quantity
            .filter(|_| content == Some(Content::People))
            .and_then(|quantity| quantity.value())
            .is_some_and(|count| !count.fract().is_zero());
        (content == Some(Content::Share))
            .then_some("名称是人数，目标值却是百分比")
            .or(broken.then_some("人数不是整数，可能漏写了“万”"))
    } else {
        let per_head = quantity.is_some_and(|quantity| quantity.unit.contains('/'));
        ((name.ends_with("总额") || name.ends_with("总数")) && per_head).then_some("名称是总额，目标值的单位却是单价")
    }?;
    let written = squeeze(&target.written);
    let finding = row
        .finding(Code::NameContradictsValue, Column::Target, format!("目标值“{written}”与指标名称不符：{fault}"))
        .printed(written)
        .suggest("请修改目标值或指标名称，使两者一致");
    Some(finding)
}
