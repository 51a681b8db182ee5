//! 时限目标 (deadline): the same day of the drafted year.

use super::phrase::wants_figure;
use super::{Context, Proposal, Sort, clause};
use crate::indicator::{Deadline, Meaning, PartialDate, Value};
use crate::template::draft::Need;

pub(super) fn propose(deadline: &Deadline, context: &Context) -> Proposal {
    let mut reasons = Vec::new();
    let year = moved_year(deadline.date.year, context);
    let (date, leap) = clamped(PartialDate { year: Some(year), ..deadline.date });
    if leap {
        reasons.push(format!("{year}年2月没有29日，改为28日"));
    }
    let date = with_day(date, context, &mut reasons);
    if date.day.is_none() || !date.is_possible() {
        return without_day(date, context, reasons);
    }
    let mut text = format!("{}{}", date.words(), context.policy.deadlines.before);
    reasons.push(format!("时限移到{year}年的同月同日"));
    let mut need = Need::Nothing;
    if wants_figure(context) {
        need = Need::Fill;
        text = format!("{}：{text}完成，名称却是比率", context.policy.to_fill);
        reasons.push("名称是比率或数量，目标值却是日期；请改名称，或改用百分比".to_owned());
    }
    reasons.push(clause(&context.policy.deadlines.statement));
    Proposal { text, reasons, need, sort: Sort::Date, bound: None }
}

/// A date of this year moves to the drafted year, one of the year after to the year after; older ones to the drafted.
fn moved_year(year: Option<i32>, context: &Context) -> i32 {
    let ahead = year.map_or(0, |year| (year - context.from).clamp(0, 1));
    context.year + ahead
}

/// 29 February becomes the 28th in a year without it.
fn clamped(date: PartialDate) -> (PartialDate, bool) {
    let leap_day = date.month == Some(2) && date.day == Some(29) && !date.is_possible();
    if leap_day { (PartialDate { day: Some(28), ..date }, true) } else { (date, false) }
}

/// The day that an earlier result names in the same month, where the target has none.
fn with_day(date: PartialDate, context: &Context, reasons: &mut Vec<String>) -> PartialDate {
    if date.day.is_some() || date.month.is_none() {
        return date;
    }
    let of_month = |value: &Value| match &value.meaning {
        Meaning::Deadline(known) if known.date.month == date.month => known.date.day,
        _ => None,
    };
    let Some(day) = context.past.results.values().rev().find_map(of_month) else { return date };
    reasons.push(format!("上年目标没有写到日，按往年完成日期补为{day}日"));
    clamped(PartialDate { day: Some(day), ..date }).0
}

fn without_day(date: PartialDate, context: &Context, mut reasons: Vec<String>) -> Proposal {
    let known = PartialDate { day: None, ..date };
    let hint = match known.month {
        Some(_) => format!("{}几日前", known.words()),
        None => format!("{}几月几日前", known.words()),
    };
    reasons.push("上年目标没有写到日，须由人补全，例如写到月末".to_owned());
    reasons.push(clause(&context.policy.deadlines.statement));
    let text = format!("{}：{hint}", context.policy.to_fill);
    Proposal { text, reasons, need: Need::Fill, sort: Sort::Date, bound: None }
}
