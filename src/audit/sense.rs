//! 指标含义 (sense): JX106 and JX107, targets that contradict what the indicator is about.

use rust_decimal::Decimal;

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::ruling;
use crate::audit::scene::RowScene;
use crate::audit::span::plain;
use crate::audit::unit;
use crate::audit::words::{Sense, has_any};
use crate::audit::{Code, Finding};
use crate::form::Column;
use crate::indicator::{Comparator, Meaning};
use crate::score::{Outcome, Points};
use crate::text::squeeze;

/// JX106: a cost with ≥, a rate of success with ≤.
pub(super) fn comparator_against_sense(row: &RowScene, _: &Found) -> Option<Finding> {
    let indicator = row.indicator;
    let bound = unit::bound(&indicator.target).filter(|bound| bound.change.is_none())?;
    let comparator = bound.comparator?;
    let sense = row.form.words.sense(&indicator.name, &indicator.level1, &indicator.level2)?;
    let (says, wanted) = match (sense, comparator) {
        (Sense::Smaller, Comparator::AtLeast | Comparator::MoreThan) => ("越低越好", "≤"),
        (Sense::Larger, Comparator::AtMost | Comparator::LessThan) => ("越高越好", "≥"),
        _ => return None,
    };
    let written = squeeze(&indicator.target.written);
    if let Some(finding) = contradicted_by_score(row, says, wanted, &written) {
        return Some(finding);
    }
    let finding = row
        .finding(
            Code::ComparatorAgainstSense,
            Column::Target,
            format!("这类指标{says}，目标值“{written}”的比较符号方向相反"),
        )
        .printed(written)
        .suggest(format!("请核对比较符号，一般应为“{wanted}”"));
    Some(finding)
}

/// The comparator and the printed score contradict each other: one of the two is wrong, and it is one fault.
fn contradicted_by_score(row: &RowScene, says: &str, wanted: &str, written: &str) -> Option<Finding> {
    let Outcome::Scored(score) = row.outcome? else { return None };
    if ruling::agrees(row, score)? {
        return None;
    }
    let excuse = ruling::excuse(row).filter(|excuse| excuse.comparator.is_some())?;
    let Points::Exact { rounded, .. } = score.points else { return None };
    let (published, right) = (row.text(Column::Score), plain(rounded));
    let message = format!(
        "这类指标{says}，目标值“{written}”的比较符号方向相反，与得分 {published} 也矛盾：符号应为“{wanted}”，或得分应为 {right}"
    );
    let finding = row
        .finding(Code::ComparatorAgainstSense, Column::Target, message)
        .printed(written)
        .evidence(format!("符号为“{wanted}”时：{}", excuse.score.steps.join("；")))
        .evidence(format!("按填报的符号：{}", score.steps.join("；")))
        .suggest(format!("改一处即可：把符号改为“{wanted}”，得分不动；或保留符号，把得分改为 {right} 并同步修改总分"));
    Some(clause::of(finding, &score.basis))
}

/// JX107: a share of more than the whole.
pub(super) fn percentage_above_hundred(row: &RowScene, _: &Found) -> Option<Finding> {
    let indicator = row.indicator;
    let number = match &indicator.target.meaning {
        Meaning::Bound(bound) if bound.quantity.unit == "%" && bound.change.is_none() => bound.quantity.number,
        Meaning::Range(range) if range.high.unit == "%" => range.high.number,
        _ => return None,
    };
    let growth = [indicator.name.as_str(), indicator.target.written.as_str()]
        .iter()
        .any(|text| has_any(text, &row.form.words.growth));
    if number <= Decimal::ONE_HUNDRED || growth {
        return None;
    }
    let written = squeeze(&indicator.target.written);
    let finding = row
        .finding(
            Code::PercentageAboveHundred,
            Column::Target,
            format!("目标值“{written}”超过 100%，除增长率外不可能达到"),
        )
        .printed(written)
        .suggest("请核对目标值；如果是增长率，请在指标名称中写明");
    Some(finding)
}
