//! 归类 (levels): JX409, indicators under a level 2 that they do not belong to.

use crate::audit::found::Found;
use crate::audit::scene::RowScene;
use crate::audit::unit;
use crate::audit::words::{Content, has_any};
use crate::audit::{Code, Finding};
use crate::form::Column;
use crate::indicator::Comparator;
use crate::text::squeeze;

/// JX409: a rate under 数量指标, an amount of money under 质量指标, satisfaction outside 满意度.
pub(super) fn wrong_level(row: &RowScene, _: &Found) -> Option<Finding> {
    let indicator = row.indicator;
    let target = squeeze(&indicator.target.written);
    let (why, better) = misplaced(row)?;
    let finding = row
        .finding(Code::WrongLevel, Column::Level2, format!("{why}（目标值“{target}”）"))
        .printed(indicator.level2.clone())
        .suggest(format!("请考虑归入“{better}”"));
    Some(finding)
}

fn misplaced(row: &RowScene) -> Option<(String, &'static str)> {
    let indicator = row.indicator;
    let named = |text: &str| has_any(text, &row.form.words.satisfaction);
    let elsewhere = !indicator.level1.is_empty() && !named(&indicator.level1) && !named(&indicator.level2);
    if !row.form.form().kind.is_overall() && named(&indicator.name) && elsewhere && !indicator.level1.contains("效益")
    {
        return Some((format!("满意度指标放在了“{}”下", level(row)), "满意度指标"));
    }
    let fit = row.form.words.levels.iter().find(|fit| indicator.level2.contains(fit.level.trim_end_matches("指标")))?;
    let content = unit::content(&indicator.target).filter(|content| fit.unfit.contains(content))?;
    if has_any(&indicator.name, &fit.except) {
        return None;
    }
    let (what, better) = match content {
        Content::Share => ("比率", "质量指标"),
        // A subsidy of so much at least is what people get, not what it may cost.
        Content::Money if is_floor(row) => ("金额", "数量指标"),
        Content::Money => ("金额", "成本指标"),
        Content::People => ("人数", "数量指标"),
        Content::Date => ("时限", "时效指标"),
    };
    Some((format!("“{}”下的指标是{what}", indicator.level2), better))
}

fn is_floor(row: &RowScene) -> bool {
    let comparator = unit::bound(&row.indicator.target).and_then(|bound| bound.comparator);
    matches!(comparator, Some(Comparator::AtLeast | Comparator::MoreThan))
}

fn level<'a>(row: &RowScene<'a>) -> &'a str {
    if row.indicator.level2.is_empty() { &row.indicator.level1 } else { &row.indicator.level2 }
}
