//! 上年完成值 (previous): JX403 and JX404, targets against what was reached last year.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::unit::{self, Relation};
use crate::audit::values::unit_words;
use crate::audit::words::{Sense, has_any};
use crate::audit::{Code, Finding};
use crate::form::{Column, Field};
use crate::indicator::{Comparator, Meaning, Value};
use crate::text::squeeze;

/// JX404: no value of last year in the whole form although there is a column for it.
pub(super) fn previous_left_blank(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let cells: Vec<&Field> = scene.rows().filter_map(|row| row.row.get(Column::Previous)).collect();
    if cells.is_empty() || !cells.iter().all(|cell| cell.is_blank()) {
        return Vec::new();
    }
    let finding = Finding {
        field: Some(Column::Previous.key()),
        ..scene.finding(Code::LastYearDoesNotFit, "“上年完成值”一栏全部空白")
    }
    .suggest("请填写上年完成值；没有的写“新增”或“/”");
    vec![finding]
}

/// JX404: a value of last year that cannot be compared with the target, or is missing where the basis is history.
pub(super) fn last_year_does_not_fit(row: &RowScene, found: &Found) -> Option<Finding> {
    let all_blank = found.has(row.form.number, None, &[Code::LastYearDoesNotFit]);
    let covered = &[Code::ValueNotUnderstood, Code::PlaceholderLeft, Code::PhraseForNumber];
    if all_blank || found.has(row.form.number, Some(row.number), covered) {
        return None;
    }
    let previous = row.row.get(Column::Previous).and(row.indicator.previous.as_ref())?;
    let (why, hint) = misfit(row, previous)?;
    let finding = row
        .finding(Code::LastYearDoesNotFit, Column::Previous, why)
        .printed(squeeze(&previous.written))
        .evidence(row.values(&[Column::Target, Column::Previous, Column::Basis]))
        .suggest(hint);
    Some(finding)
}

fn misfit(row: &RowScene, previous: &Value) -> Option<(String, String)> {
    let written = squeeze(&previous.written);
    let target = &row.indicator.target;
    if matches!(previous.meaning, Meaning::Missing) {
        return missing(row, &written);
    }
    match (&target.meaning, &previous.meaning) {
        (Meaning::Missing | Meaning::NotUnderstood(_), _) | (_, Meaning::NotUnderstood(_)) => None,
        (Meaning::Bound(_), Meaning::Bound(_)) => unit_misfit(row, previous),
        (Meaning::Bound(_) | Meaning::Range(_), Meaning::Bound(_) | Meaning::Range(_))
        | (Meaning::Deadline(_) | Meaning::Recurring(_), Meaning::Deadline(_) | Meaning::Recurring(_))
        | (Meaning::Phrase(_), Meaning::Phrase(_))
        | (Meaning::Deadline(_) | Meaning::Recurring(_), Meaning::Phrase(_)) => None,
        _ => {
            let (wanted, got) = (unit::kind_words(target), unit::kind_words(previous));
            let why = format!("目标值是{wanted}，上年完成值“{written}”是{got}，无法比较");
            Some((why, format!("请按目标值的形式填写上年完成的{wanted}")))
        }
    }
}

/// 新增 under 历史标准, or a blank cell among filled ones.
fn missing(row: &RowScene, written: &str) -> Option<(String, String)> {
    if written.is_empty() && !row.form.facts.previous_filled {
        return None;
    }
    let basis = row.text(Column::Basis);
    if has_any(&basis, &row.form.words.previous.historical) {
        let said = if written.is_empty() { "空白".to_owned() } else { format!("“{written}”") };
        let why = format!("依据为“{basis}”，上年完成值却是{said}");
        return Some((why, "请补填上年完成值，或改用其他设定依据".to_owned()));
    }
    written.is_empty().then(|| ("上年完成值没有填写".to_owned(), "请补填；没有的写“新增”或“/”".to_owned()))
}

/// Another unit, no unit, or a number of another order of magnitude.
fn unit_misfit(row: &RowScene, previous: &Value) -> Option<(String, String)> {
    let (target, last) = (unit::bound(&row.indicator.target)?, unit::bound(previous)?);
    let written = squeeze(&previous.written);
    let wanted = unit_words(&target.quantity);
    match unit::relation(&target.quantity, &last.quantity) {
        Relation::OneMissing if last.quantity.unit.is_empty() && !last.quantity.number.is_zero() => {
            let why = format!("上年完成值“{written}”缺少计量单位，目标值的单位是“{wanted}”");
            Some((why, format!("请写明单位，如“{written}{wanted}”")))
        }
        Relation::OneMissing | Relation::Similar => None,
        Relation::Related | Relation::Different => {
            let why = format!("上年完成值“{written}”与目标值的单位“{wanted}”不一致");
            Some((why, format!("请把上年完成值改用“{wanted}”填写")))
        }
        Relation::Comparable => {
            let (wanted, got) = target.quantity.in_common(&last.quantity)?;
            let (small, large) =
                if wanted.abs() < got.abs() { (wanted.abs(), got.abs()) } else { (got.abs(), wanted.abs()) };
            let far = !small.is_zero()
                && large >= small.checked_mul(row.form.words.previous.magnitude)?
                && target.quantity.unit != "%";
            let why = || format!("上年完成值“{written}”与目标值“{}”相差悬殊", row.text(Column::Target));
            far.then(|| (why(), "请核对两处的计量单位和数字".to_owned()))
        }
    }
}

/// JX403: less is wanted than was reached last year; of a ceiling, more is allowed.
pub(super) fn target_below_last_year(row: &RowScene, found: &Found) -> Option<Finding> {
    if found.has(row.form.number, Some(row.number), &[Code::ValueNotUnderstood, Code::ComparatorAgainstSense]) {
        return None;
    }
    let (target, last) = (unit::bound(&row.indicator.target)?, unit::bound(row.indicator.previous.as_ref()?)?);
    let (wanted, reached) = unit::numbers(target, last)?;
    let worse = if is_ceiling(row, target.comparator) { exceeds(row, wanted, reached) } else { wanted < reached };
    if !worse || far_apart(row, wanted, reached) || is_at_its_most(row, wanted, reached) {
        return None;
    }
    let (written, before) = (row.text(Column::Target), row.text(Column::Previous));
    let (message, hint) = match wanted.cmp(&reached) {
        Ordering::Less => {
            (format!("目标值 {written} 低于上年完成值 {before}"), "请说明调低目标的理由，或参照上年完成水平设定目标")
        }
        _ => (
            format!("目标上限 {written} 高于上年完成值 {before}"),
            "请说明提高上限的理由（如任务量、单价变化），或参照上年完成水平设定上限",
        ),
    };
    let finding =
        row.finding(Code::TargetBelowLastYear, Column::Target, message).figures(written, before).suggest(hint);
    Some(finding)
}

/// Whether a ceiling lies above last year's result by more than prices and tasks move in a year.
fn exceeds(row: &RowScene, wanted: Decimal, reached: Decimal) -> bool {
    let slack = Decimal::ONE.checked_add(row.form.words.previous.ceiling_slack);
    let limit = slack.and_then(|slack| reached.checked_mul(slack));
    !reached.is_zero() && limit.is_some_and(|limit| wanted > limit)
}

/// Whether no higher target can be asked for: a rate of the whole, or a satisfaction target below 100 % (JX407) after a year
/// in which everybody was satisfied.
fn is_at_its_most(row: &RowScene, wanted: Decimal, reached: Decimal) -> bool {
    let percent = unit::bound(&row.indicator.target).is_some_and(|bound| bound.quantity.unit == "%");
    let satisfied = row.is_satisfaction() && reached >= Decimal::ONE_HUNDRED;
    percent && (wanted == Decimal::ONE_HUNDRED || satisfied)
}

/// Whether the numbers are so far apart that the unit is in doubt (JX404).
fn far_apart(row: &RowScene, left: Decimal, right: Decimal) -> bool {
    let factor = row.form.words.previous.magnitude;
    let many = |small: Decimal, large: Decimal| {
        small.checked_mul(factor).is_some_and(|bound| !small.is_zero() && large >= bound)
    };
    let percent = unit::bound(&row.indicator.target).is_some_and(|bound| bound.quantity.unit == "%");
    !percent && (many(left, right) || many(right, left))
}

fn is_ceiling(row: &RowScene, comparator: Option<Comparator>) -> bool {
    let indicator = row.indicator;
    match comparator {
        Some(Comparator::AtMost | Comparator::LessThan) => true,
        Some(Comparator::AtLeast | Comparator::MoreThan) => false,
        _ => row.form.words.sense(&indicator.name, &indicator.level1, &indicator.level2) == Some(Sense::Smaller),
    }
}
