//! 指标值 (values): JX101–JX105, whether target and actual can be read and compared.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::plain;
use crate::audit::unit::{self, Relation};
use crate::audit::{Code, Finding, Severity};
use crate::form::Column;
use crate::indicator::{Bound, Deadline, Figure, Meaning, Quantity, Reading, Value};
use crate::text::squeeze;

/// JX101: a target, result or figure that cannot be read.
pub(super) fn value_not_understood(scene: &FormScene, _: &Found) -> Vec<Finding> {
    scene.rows().flat_map(|row| not_understood(&row)).collect()
}

fn not_understood(row: &RowScene) -> Vec<Finding> {
    let indicator = row.indicator;
    let values = [
        (Column::Target, Some(&indicator.target)),
        (Column::Actual, indicator.actual.as_ref()),
        (Column::Previous, indicator.previous.as_ref()),
    ];
    let written = values.into_iter().filter(|(column, _)| !row.is_placeholder(*column));
    let unread = written.filter_map(|(column, value)| match &value?.meaning {
        Meaning::NotUnderstood(why) if !is_date_like(&value?.written) => {
            Some((column, squeeze(&value?.written), why.clone()))
        }
        _ => None,
    });
    let figures =
        [(Column::Weight, &indicator.weight), (Column::Rate, &indicator.rate), (Column::Score, &indicator.score)];
    let written = figures.into_iter().filter(|(column, _)| !row.is_placeholder(*column));
    let no_numbers = written.filter_map(|(column, reading): (Column, &Reading<Figure>)| match reading {
        Reading::NotUnderstood(text) => Some((column, text.clone(), "不是数字".to_owned())),
        _ => None,
    });
    let findings = unread.chain(no_numbers).map(|(column, text, why)| {
        row.finding(Code::ValueNotUnderstood, column, format!("{}“{text}”无法识别：{why}", column.title()))
            .printed(text)
            .suggest("请改为“比较符号＋数值＋单位”、具体日期或明确的定性表述")
    });
    findings.collect()
}

/// JX102: a number without its unit.
pub(super) fn unit_missing(row: &RowScene, found: &Found) -> Option<Finding> {
    if found.has(row.form.number, Some(row.number), &[Code::ValueNotUnderstood]) {
        return None;
    }
    let target = unit::bound(&row.indicator.target)?;
    let actual = row.indicator.actual.as_ref().and_then(unit::bound);
    let bare = |bound: &Bound| bound.quantity.unit.is_empty() && !bound.quantity.number.is_zero();
    if bare(target) && !unit_in_name(&row.indicator.name) {
        return Some(missing(row, Column::Target, &row.indicator.target, "请写明计量单位"));
    }
    let actual = actual.filter(|actual| bare(actual) && !target.quantity.unit.is_empty())?;
    if !unit::magnitude_open(row.indicator)
        && actual.quantity.scale == target.quantity.scale
        && row.form.facts.bare_results
    {
        return None;
    }
    let hint = format!("目标值的单位是“{}”，请写明同样的单位", unit_words(&target.quantity));
    Some(missing(row, Column::Actual, row.indicator.actual.as_ref()?, &hint))
}

fn missing(row: &RowScene, column: Column, value: &Value, hint: &str) -> Finding {
    let written = squeeze(&value.written);
    let multiplier = unit::bound(value).map(|bound| unit_words(&bound.quantity)).filter(|words| !words.is_empty());
    let half = multiplier.map(|word| format!("，只写了“{word}”")).unwrap_or_default();
    row.finding(Code::UnitMissing, column, format!("{}“{written}”缺少计量单位{half}", column.title()))
        .printed(written)
        .suggest(hint)
}

/// Whether a name carries the unit in a bracket: 培训次数（次）.
fn unit_in_name(name: &str) -> bool {
    let short = |inside: &str| (1..=5).contains(&inside.chars().count());
    let inside = |open, close| {
        name.rsplit_once(close).and_then(|(before, _)| before.rsplit_once(open)).map(|(_, inside)| inside)
    };
    inside('（', '）').or_else(|| inside('(', ')')).is_some_and(short)
}

/// The multiplier and unit as printed: 万人.
pub(super) fn unit_words(quantity: &Quantity) -> String {
    let words = quantity.canonical();
    words.strip_prefix(&quantity.number.to_string()).map_or_else(|| quantity.unit.clone(), str::to_owned)
}

/// JX103: units that cannot be compared.
pub(super) fn units_differ(row: &RowScene, _: &Found) -> Option<Finding> {
    let target = unit::bound(&row.indicator.target)?;
    let actual = unit::bound(row.indicator.actual.as_ref()?)?;
    if let Some(factor) = unit::scale_slip(target, actual) {
        return Some(scale_slip(row, target, actual, factor));
    }
    let severity = match unit::relation(&target.quantity, &actual.quantity) {
        Relation::Different => Severity::Error,
        Relation::Related => Severity::Warning,
        Relation::Comparable | Relation::OneMissing | Relation::Similar => return None,
    };
    let (wanted, got) = (unit_words(&target.quantity), unit_words(&actual.quantity));
    let finding = row
        .finding(
            Code::UnitsDiffer,
            Column::Actual,
            format!("目标值的单位是“{wanted}”，实际完成值的单位是“{got}”，无法比较"),
        )
        .graded(severity)
        .printed(squeeze(&row.indicator.actual.as_ref()?.written))
        .evidence(format!("目标值：{}", squeeze(&row.indicator.target.written)))
        .suggest(format!("请把实际完成值改用“{wanted}”填写"));
    Some(finding)
}

/// The numbers are alike, but 万 or 亿 is missing in one of them.
fn scale_slip(row: &RowScene, target: &Bound, actual: &Bound, factor: Decimal) -> Finding {
    let (wanted, got) = (unit_words(&target.quantity), unit_words(&actual.quantity));
    let written = row.text(Column::Actual);
    let message = format!(
        "目标值的单位是“{wanted}”，实际完成值“{written}”的单位是“{got}”，换算后相差约 {} 倍，其中一处的单位可能写错",
        plain(factor)
    );
    row.finding(Code::UnitsDiffer, Column::Actual, message)
        .printed(written)
        .evidence(format!("目标值：{}", row.text(Column::Target)))
        .suggest(format!("请核对单位；如属漏写，请改为“{}{wanted}”", plain(actual.quantity.number)))
}

/// JX104: a deadline that is no date, lacks its day, or carries an operator beside 前.
pub(super) fn date_impossible(row: &RowScene, _: &Found) -> Option<Finding> {
    let target = (Column::Target, Some(&row.indicator.target));
    let actual = (Column::Actual, row.indicator.actual.as_ref());
    let written = [target, actual].into_iter().filter(|(column, _)| !row.is_placeholder(*column));
    written.into_iter().find_map(|(column, value)| date_fault(row, column, value?))
}

fn date_fault(row: &RowScene, column: Column, value: &Value) -> Option<Finding> {
    let written = squeeze(&value.written);
    let (fault, hint) = match &value.meaning {
        Meaning::NotUnderstood(why) if is_date_like(&written) => (format!("不是有效日期：{why}"), "请改为存在的日期"),
        Meaning::Deadline(deadline) => deadline_fault(deadline, &written, column, row.form.form().year)?,
        _ => return None,
    };
    let finding = row
        .finding(Code::DateImpossible, column, format!("{}“{written}”{fault}", column.title()))
        .printed(written)
        .suggest(hint);
    Some(finding)
}

fn deadline_fault(
    deadline: &Deadline,
    written: &str,
    column: Column,
    year: Option<i32>,
) -> Option<(String, &'static str)> {
    let date = deadline.date;
    if !date.is_possible() {
        return Some(("不是存在的日期".to_owned(), "请改为存在的日期"));
    }
    if column != Column::Target {
        return None;
    }
    if written.starts_with(['=', '＝']) && written.contains('前') {
        return Some(("同时写了“=”和“前”，含义不清".to_owned(), "请删去“=”，写成“某年某月某日前”"));
    }
    let ends_month = ["底", "末", "月内", "年内"].iter().any(|word| written.contains(word));
    if date.day.is_none() && !ends_month {
        let precision = if date.month.is_some() { "没有写到日" } else { "只写了年份" };
        return Some((format!("{precision}，无法判断是否按时完成"), "请写明具体日期"));
    }
    let (due, budget_year) = (date.year?, year?);
    (due < budget_year).then(|| (format!("早于预算年度 {budget_year} 年"), "请核对年份，可能沿用了上年的时限"))
}

/// Whether a text that is not understood was meant as a date.
fn is_date_like(written: &str) -> bool {
    let digits = written.chars().any(|c| c.is_ascii_digit());
    digits
        && written.contains('月')
        && (written.contains('日') || written.contains('年'))
        && written.chars().count() <= 16
}

/// JX105: a number against words, or another pair of kinds that cannot be compared.
pub(super) fn kinds_differ(row: &RowScene, _: &Found) -> Option<Finding> {
    let target = &row.indicator.target;
    let actual = row.indicator.actual.as_ref()?;
    let left_open = [Column::Target, Column::Actual].iter().any(|column| row.is_placeholder(*column));
    if left_open || fits(&target.meaning, &actual.meaning) {
        return None;
    }
    let (wanted, got) = (unit::kind_words(target), unit::kind_words(actual));
    let finding = row
        .finding(Code::KindsDiffer, Column::Actual, format!("目标值是{wanted}，实际完成值是{got}，无法比较"))
        .printed(squeeze(&actual.written))
        .evidence(format!("目标值：{}", squeeze(&target.written)))
        .suggest(format!("请按目标值的形式填写实际完成的{wanted}"));
    Some(finding)
}

/// Whether a result answers a target at all.
fn fits(target: &Meaning, actual: &Meaning) -> bool {
    use Meaning::{Bound, Deadline, Missing, NotUnderstood, Phrase, Range, Recurring};
    match (target, actual) {
        (Missing | NotUnderstood(_), _) | (_, Missing | NotUnderstood(_)) => true,
        (Bound(_) | Range(_), Bound(_) | Range(_)) => true,
        (Deadline(_), Deadline(_)) => true,
        (Recurring(_), _) => true,
        // Words that answer a date or words ("按时完成") are judged by their meaning.
        (Deadline(_) | Phrase(_), Phrase(_) | Recurring(_)) => true,
        _ => false,
    }
}
