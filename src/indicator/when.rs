//! 时间 (when): dates, periods and recurring limits built from what the grammar finds.
//!
//! A period (`第四季度`, `上半年`, `2024年1月-12月`, `2024年内`) is understood as the deadline at its end.

use pest::iterators::Pair;

use super::syntax::{Rule, quantity};
use super::words::words;
use super::{Comparator, Deadline, Meaning, PartialDate, Quantity, Recurring};

/// What one date says.
#[derive(Default)]
struct Found {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// The date is the end of a period: 底, 季度, 上半年.
    ends: bool,
}

impl Found {
    fn date(&self) -> PartialDate {
        PartialDate { year: self.year, month: self.month, day: self.day }
    }
}

/// Years that are written with two digits are of this century.
const CENTURY: i32 = 2000;

fn read_date(pair: Pair<Rule>) -> Found {
    let mut found = Found::default();
    for part in pair.into_inner() {
        let text = part.as_str();
        match part.as_rule() {
            Rule::year | Rule::recent_year => found.year = text.parse().ok(),
            Rule::short_year => found.year = text.parse::<i32>().ok().map(|year| CENTURY + year),
            Rule::month | Rule::two_month => found.month = text.parse().ok(),
            Rule::day | Rule::two_day => found.day = text.parse().ok(),
            Rule::quarter => {
                found.month = quarter_end(text);
                found.ends = true;
            }
            Rule::half => {
                found.month = Some(if text.starts_with('上') { 6 } else { 12 });
                found.ends = true;
            }
            Rule::month_end | Rule::year_end => found.ends = true,
            Rule::whole_year_end | Rule::inside_year => {
                (found.month, found.day) = (Some(12), Some(31));
                found.ends = true;
            }
            _ => {}
        }
    }
    found
}

fn quarter_end(text: &str) -> Option<u32> {
    match text.trim_start_matches('Q').chars().next()? {
        '1' | '一' => Some(3),
        '2' | '二' => Some(6),
        '3' | '三' => Some(9),
        '4' | '四' => Some(12),
        _ => None,
    }
}

/// `2024年12月25日前`, `=2024年12月31日`, `截至2024.12.31`
pub(super) fn deadline(pair: Pair<Rule>) -> Result<Meaning, String> {
    let mut found = Found::default();
    let (mut sign, mut until, mut before, mut later, mut due) = (None, false, None, false, "");
    let mut next_year = false;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::comparator => sign = comparator(part.as_str()),
            Rule::until => until = true,
            Rule::before => before = Some(part.as_str()),
            Rule::later => later = true,
            Rule::due => due = part.as_str().trim_start_matches(','),
            Rule::next_year => next_year = true,
            Rule::worded_date | Rule::figures | Rule::short_day => found = read_date(part),
            _ => {}
        }
    }
    let year_only = found.month.is_none() && !found.ends;
    if let (true, Some("前" | "之前" | "以前")) = (year_only, before) {
        let year = found.year.unwrap_or_default();
        return Err(format!("“{year}年前”是否包括{year}年不明，请写明日期"));
    }
    let named = words().due.iter().any(|word| due.starts_with(word.as_str()));
    let month_only = found.year.is_none() && found.day.is_none() && !found.ends;
    if before.is_none() && !due.is_empty() && !named && (year_only || month_only) {
        return Err(format!("时间后的“{due}”不合时限的写法"));
    }
    if year_only && before.is_none() && matches!(sign, Some(Comparator::AtLeast | Comparator::MoreThan)) {
        return Err("比较符号后只有年份，可能指该年的水平，也可能指时间".to_owned());
    }
    // 2024年9月1日开学前
    let event = found.day.is_some() && due.ends_with('前');
    let comparator = match (before.is_some() || until || found.ends || event, later) {
        (_, true) => Some(Comparator::AtLeast),
        (true, false) => Some(Comparator::AtMost),
        (false, false) => sign,
    };
    if next_year && found.year.is_some() {
        return Err("“次年”与年份同时出现".to_owned());
    }
    Ok(Meaning::Deadline(Deadline { comparator, next_year, date: found.date() }))
}

fn comparator(mark: &str) -> Option<Comparator> {
    match mark {
        "≥" => Some(Comparator::AtLeast),
        "≤" => Some(Comparator::AtMost),
        ">" => Some(Comparator::MoreThan),
        "<" => Some(Comparator::LessThan),
        "=" => Some(Comparator::Equal),
        _ => Some(Comparator::About),
    }
}

/// `2024年1月-12月`: what is done over a period is done by its end.
pub(super) fn period_span(pair: Pair<Rule>) -> Result<Meaning, String> {
    let (mut start, mut end) = (Found::default(), Found::default());
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::from_date | Rule::loose_from => start = read_date(part),
            Rule::loose_to | Rule::short_to => end = read_date(part),
            Rule::year => start.year = part.as_str().parse().ok(),
            Rule::month => start.month = part.as_str().parse().ok(),
            Rule::date => end = read_date(part),
            _ => {}
        }
    }
    let carried = PartialDate { year: end.year.or(start.year), ..end.date() };
    let key = |date: PartialDate| (date.year, date.month, date.day);
    let comparable = start.year.is_some() && carried.year.is_some();
    if comparable && key(start.date()) > key(carried) {
        return Err("起始时间晚于结束时间".to_owned());
    }
    Ok(Meaning::Deadline(Deadline { comparator: Some(Comparator::AtMost), next_year: false, date: carried }))
}

/// `每季度结束后的15日内`, `每月按时缴纳`
pub(super) fn recurring(pair: Pair<Rule>) -> Result<Meaning, String> {
    let text = pair.as_str();
    let mut period = None;
    let mut within: Option<Quantity> = None;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::period => period = period.or_else(|| words().period(part.as_str())),
            Rule::within => within = Some(limit(part)?),
            _ => {}
        }
    }
    let next = [("次月", "月"), ("下月", "月"), ("翌月", "月"), ("下季度", "季度")];
    let next = next.iter().find(|(word, _)| text.starts_with(word)).and_then(|(_, period)| words().period(period));
    let Some(period) = period.or(next) else { return Err("周期不能识别".to_owned()) };
    Ok(Meaning::Recurring(Recurring { period, within, words: text.to_owned() }))
}

fn limit(pair: Pair<Rule>) -> Result<Quantity, String> {
    let (mut number, mut unit) = ("", "");
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::number => number = part.as_str(),
            Rule::span_unit => unit = part.as_str(),
            _ => {}
        }
    }
    quantity(number, unit).map(|(quantity, _)| quantity)
}
