//! Dates and times: a count of days, shown as the section says.

use chrono::{Datelike, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::section::{Section, Token};

/// Days between the first days of the two ways of counting.
const DAYS_1904: i64 = 1462;

/// Day 60 stands for 29 February 1900, which never was.
const PHANTOM_DAY: i64 = 60;

const SECONDS_OF_DAY: i64 = 86_400;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// A moment taken apart.
struct Moment {
    year: i32,
    month: u32,
    day: u32,
    weekday: usize,
    /// Seconds since midnight, and since the count began.
    second_of_day: i64,
    elapsed: i64,
}

/// A count of days as a date or time; `None` where it is outside the calendar.
pub(super) fn show(section: &Section, days: Decimal, from_1904: bool) -> Option<String> {
    let moment = moment(days, from_1904)?;
    let twelve_hours = section.tokens.iter().any(|token| matches!(token, Token::HalfDay { .. }));
    let mut text = String::new();
    for (index, token) in section.tokens.iter().enumerate() {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Slash => text.push('/'),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::HalfDay { chinese } => text.push_str(half_day(&moment, *chinese)),
            Token::Date { letter: 'm', count, elapsed } if *elapsed || is_minute(section, index) => {
                let minutes = if *elapsed { moment.elapsed / 60 } else { moment.second_of_day / 60 % 60 };
                text.push_str(&padded(minutes, *count));
            }
            Token::Date { letter, count, elapsed } => {
                text.push_str(&part(&moment, *letter, *count, *elapsed, twelve_hours));
            }
            Token::Digit(_) => text.push('0'),
            Token::Percent | Token::Exponent | Token::General => {}
        }
    }
    Some(text)
}

fn moment(days: Decimal, from_1904: bool) -> Option<Moment> {
    let seconds = days.checked_mul(Decimal::from(SECONDS_OF_DAY))?;
    let elapsed = seconds.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()?;
    if elapsed < 0 {
        return None;
    }
    let mut day_count = elapsed / SECONDS_OF_DAY;
    if from_1904 {
        day_count += DAYS_1904;
    }
    let second_of_day = elapsed % SECONDS_OF_DAY;
    if day_count == PHANTOM_DAY {
        return Some(Moment { year: 1900, month: 2, day: 29, weekday: 2, second_of_day, elapsed });
    }
    let first = if day_count < PHANTOM_DAY { (1899, 12, 31) } else { (1899, 12, 30) };
    let first = NaiveDate::from_ymd_opt(first.0, first.1, first.2)?;
    let date = first.checked_add_signed(chrono::Duration::try_days(day_count)?)?;
    let weekday = date.weekday().num_days_from_monday() as usize;
    Some(Moment { year: date.year(), month: date.month(), day: date.day(), weekday, second_of_day, elapsed })
}

/// An `m` means minutes beside hours or seconds, months elsewhere.
fn is_minute(section: &Section, index: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Date { letter, .. } => Some(*letter),
        _ => None,
    };
    let before = section.tokens.iter().take(index).rev().find_map(letter);
    let after = section.tokens.iter().skip(index + 1).find_map(letter);
    before == Some('h') || after == Some('s')
}

fn part(moment: &Moment, letter: char, count: usize, elapsed: bool, twelve_hours: bool) -> String {
    let hour = moment.second_of_day / 3600;
    match letter {
        'y' if count <= 2 => format!("{:02}", moment.year.rem_euclid(100)),
        'y' => format!("{:04}", moment.year),
        'm' if count >= 3 => {
            MONTHS.get((moment.month as usize).saturating_sub(1)).copied().unwrap_or_default().to_owned()
        }
        'm' => padded(i64::from(moment.month), count),
        'd' if count >= 3 => weekday(moment, "星期"),
        'd' => padded(i64::from(moment.day), count),
        'a' => weekday(moment, if count >= 4 { "星期" } else { "" }),
        'h' if elapsed => padded(moment.elapsed / 3600, count),
        'h' if twelve_hours => padded(if hour % 12 == 0 { 12 } else { hour % 12 }, count),
        'h' => padded(hour, count),
        's' if elapsed => padded(moment.elapsed, count),
        's' => padded(moment.second_of_day % 60, count),
        _ => String::new(),
    }
}

fn half_day(moment: &Moment, chinese: bool) -> &'static str {
    match (chinese, moment.second_of_day < SECONDS_OF_DAY / 2) {
        (true, true) => "上午",
        (true, false) => "下午",
        (false, true) => "AM",
        (false, false) => "PM",
    }
}

fn weekday(moment: &Moment, prefix: &str) -> String {
    format!("{prefix}{}", WEEKDAYS.get(moment.weekday).copied().unwrap_or_default())
}

fn padded(number: i64, width: usize) -> String {
    if width >= 2 { format!("{number:02}") } else { number.to_string() }
}
