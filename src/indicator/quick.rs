//! 直读 (quick): the most common plain texts, read without the grammar and with the same meaning.
//!
//! Nine cells of ten are a number with a unit, a full date or plain words. Whatever is in the least unusual is left to the
//! grammar, and a test compares the two.

use super::exact;
use super::unit::{UnitReading, read_unit};
use super::words::words;
use super::{Bound, Comparator, Deadline, Meaning, PartialDate, Phrase, Quantity};

/// Longest number that is read here; longer ones are left to the grammar, which knows the limits.
const LONGEST_NUMBER: usize = 15;

/// Longest phrase that is read here, in bytes.
const LONGEST_PHRASE: usize = 96;

/// The meaning of a plain text; `None` leaves it to the grammar.
pub(super) fn quick(text: &str) -> Option<Meaning> {
    let text = text.trim_matches(' ');
    let (comparator, rest) = sign(text);
    let rest = rest.trim_start_matches(' ');
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return if comparator.is_none() { phrase(text) } else { None };
    }
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let (number, unit) = rest.split_at_checked(length)?;
    let unit = unit.trim_start_matches(' ');
    if unit.starts_with('年') && number.len() == 4 {
        return date(comparator, number, unit);
    }
    bound(comparator, number, unit)
}

fn sign(text: &str) -> (Option<Comparator>, &str) {
    const SIGNS: [(&str, Comparator); 7] = [
        (">=", Comparator::AtLeast),
        ("<=", Comparator::AtMost),
        ("≥", Comparator::AtLeast),
        ("≤", Comparator::AtMost),
        ("=", Comparator::Equal),
        (">", Comparator::MoreThan),
        ("<", Comparator::LessThan),
    ];
    let found = SIGNS.iter().find_map(|(sign, comparator)| text.strip_prefix(sign).map(|rest| (*comparator, rest)));
    found.map_or((None, text), |(comparator, rest)| (Some(comparator), rest))
}

fn bound(comparator: Option<Comparator>, number: &str, unit: &str) -> Option<Meaning> {
    let (whole, places) = number.split_once('.').unwrap_or((number, "0"));
    let plain = !whole.is_empty() && !places.is_empty() && !places.contains('.') && number.len() <= LONGEST_NUMBER;
    let like_date = unit.is_empty() && (whole.len() == 4 || whole.len() == 8);
    let of_time = unit.contains(['年', '月', '日', '号', '季', ' ', '.', '每']);
    if !plain || like_date || of_time {
        return None;
    }
    let UnitReading { scale, unit, known } = read_unit(unit).ok()?;
    let number = exact::exact(number)?;
    let quantity = Quantity { number, places: number.scale(), scale, unit };
    quantity.value()?;
    known.then_some(Meaning::Bound(Bound { comparator, change: None, quantity }))
}

/// `2024年12月25日前` and `=2024年12月31日`; anything shorter or longer is left to the grammar.
fn date(comparator: Option<Comparator>, year: &str, rest: &str) -> Option<Meaning> {
    if !["19", "20", "21"].iter().any(|century| year.starts_with(century)) {
        return None;
    }
    let (month, rest) = part(rest.strip_prefix('年')?, '月')?;
    let (day, rest) = part(rest, '日')?;
    let comparator = match rest.trim_start_matches(' ') {
        "" => comparator,
        "前" => Some(Comparator::AtMost),
        _ => return None,
    };
    let date = PartialDate { year: Some(year.parse().ok()?), month: Some(month), day: Some(day) };
    Some(Meaning::Deadline(Deadline { comparator, next_year: false, date }))
}

/// A number of one or two digits with the word after it.
fn part(text: &str, word: char) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(' ');
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    let rest = rest.trim_start_matches(' ').strip_prefix(word)?;
    (1..=2).contains(&digits.len()).then_some(())?;
    Some((digits.parse().ok()?, rest))
}

/// Words in which nothing could be a number, a time, a sign or a note.
fn phrase(text: &str) -> Option<Meaning> {
    const UNUSUAL: &str =
        "〇零一二三四五六七八九十百千万亿两廿壹贰叁半年月日天周季度星每按各次翌下上底末定无空缺新未暂首";
    let plain = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}') && !UNUSUAL.contains(c);
    if text.is_empty() || text.len() > LONGEST_PHRASE || !text.chars().all(plain) || words().missing.contains(text) {
        return None;
    }
    Some(Meaning::Phrase(Phrase { words: text.to_owned() }))
}
