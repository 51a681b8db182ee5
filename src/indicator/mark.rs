//! 换符号 (mark): words that the grammar knows as signs, replaced in the copy: `不少于95%以上` is `≥95%⇧`.

use super::numeral::with_digits;
use super::words::{Lead, ValueWords, words};

/// A copy ready for the grammar.
pub(super) struct Marked {
    pub text: String,
    /// A verb was taken off before the number, so that only a known unit makes this a quantity.
    pub act: bool,
}

/// Dimensions after whose units 内 means 以内.
const TIME: [&str; 3] = ["时间", "年月", "工作日"];

/// Ends the name of an event from which a limit is counted: `接报后30分钟内`.
pub(super) const AFTER_EVENT: char = '后';

/// Whether a unit measures time.
pub(super) fn is_time(unit: &str) -> bool {
    words().unit(unit).and_then(|unit| unit.dimension.as_deref()).is_some_and(|dimension| TIME.contains(&dimension))
}

/// Replaces words by the signs of the grammar.
pub(super) fn mark(text: &str) -> Marked {
    let words = words();
    let named = without_name(text, words);
    let mut copy = with_digits(&in_words(&every_period(named, words)));
    if copy.contains('(') {
        copy = without_notes(copy, words);
    }
    for (printed, unit) in [("m2", "m²"), ("m3", "m³"), ("M2", "m²"), ("M3", "m³")] {
        if copy.ends_with(printed) || copy.contains(&format!("{printed}/")) {
            copy = copy.replace(printed, unit);
        }
    }
    let chars: Vec<char> = copy.chars().collect();
    let mut out = String::with_capacity(copy.len());
    let mut act = false;
    let start = match opening(&chars, words) {
        Some(opening) => {
            out.push_str(&opening.marks);
            act = opening.act;
            opening.length
        }
        None => 0,
    };
    let rest = chars.get(start..).unwrap_or_default();
    if rest.iter().any(|c| !c.is_ascii()) {
        let labelled = body(rest, words, &mut out);
        act = act || labelled;
    } else {
        out.extend(rest);
    }
    Marked { text: out, act }
}

/// The text without a name that has digits or letters in it: `PM2.5≤35` is `≤35`.
fn without_name<'t>(text: &'t str, words: &ValueWords) -> &'t str {
    let stripped = words.named.iter().find_map(|name| text.strip_prefix(name.as_str()).map(|rest| (name, rest)));
    let Some((name, rest)) = stripped else { return text };
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let glued =
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') && name.ends_with(|c: char| c.is_ascii_digit());
    let value = rest.starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii_alphanumeric())
        && !rest.starts_with(['-', '.', '/']);
    if value && !glued && !rest.is_empty() { rest } else { text }
}

/// `一季度一次` is `每季度一次`; the number of what is repeated tells it from the first quarter.
fn every_period(text: &str, words: &ValueWords) -> String {
    let period = text.strip_prefix(['一', '1']).unwrap_or(text);
    let period = period.strip_prefix('个').unwrap_or(period);
    let names = words.periods.iter().flat_map(|period| &period.words);
    let ends = names.filter_map(|name| period.strip_prefix(name.as_str()).map(|rest| (name, rest)));
    let Some((name, rest)) = ends.max_by_key(|(name, _)| name.len()) else { return text.to_owned() };
    let half = name.starts_with('半');
    if period.len() == text.len() && !half {
        return text.to_owned();
    }
    let chars: Vec<char> = rest.chars().collect();
    let limit =
        words.before.longest(&chars).filter(|(_, lead)| matches!(lead, Lead::Mark(_))).map_or(0, |(length, _)| length);
    let sign = chars.get(limit..).unwrap_or_default();
    let sign = sign.strip_prefix(&['≥']).or_else(|| sign.strip_prefix(&['≤'])).unwrap_or(sign);
    let number = sign.iter().take_while(|c| c.is_ascii_digit() || NUMERALS.contains(**c)).count();
    let counter: String = sign.iter().skip(number).collect();
    if number > 0 && words.repeated.contains(&counter) { format!("每{name}{rest}") } else { text.to_owned() }
}

/// Numerals of what is done again in a period.
const NUMERALS: &str = "一二两三四五六七八九十";

/// An amount with its currency before it, as one with the unit behind it: `¥50000` is `50000元`.
fn in_words(text: &str) -> String {
    let Some((sign, amount)) = text.split_once(['¥', '￥']) else { return text.to_owned() };
    let end = amount.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, unit) = amount.split_at_checked(end).unwrap_or((amount, ""));
    let leads = sign.chars().all(|c| !c.is_ascii_digit());
    let first = amount.starts_with(|c: char| c.is_ascii_digit());
    if !leads || !first || amount.contains(['¥', '￥']) {
        return text.to_owned();
    }
    let split = unit.find(|c: char| !matches!(c, '万' | '亿' | '千' | '百' | '十')).unwrap_or(unit.len());
    let (multiplier, rest) = unit.split_at_checked(split).unwrap_or((unit, ""));
    let rest = rest.strip_prefix('元').unwrap_or(rest);
    format!("{sign}{number}{multiplier}元{rest}")
}

/// The text without bracketed notes that the end counts in, and with `/(人·天)` as `/人·天`.
fn without_notes(mut text: String, words: &ValueWords) -> String {
    for note in &words.inclusive {
        text = text.replace(note.as_str(), "");
    }
    for opening in ["(含", "/("] {
        let Some(start) = text.find(opening) else { continue };
        let Some(length) = text.get(start..).and_then(|rest| rest.find(')')) else { continue };
        let inside = text.get(start + opening.len()..start + length).unwrap_or_default().to_owned();
        let short = inside.chars().count() <= LONGEST_NOTE && !inside.contains(['不', '(']);
        if short && opening == "/(" {
            text.replace_range(start..=start + length, &format!("/{inside}"));
        } else if short && inside.starts_with(|c: char| c.is_ascii_digit()) {
            text.replace_range(start..=start + length, "");
        }
    }
    text
}

/// Longest bracketed note that is looked into, in characters.
const LONGEST_NOTE: usize = 12;

struct Opening {
    marks: String,
    length: usize,
    act: bool,
}

/// Most words that are taken off before a number.
const MOST_LEADS: usize = 6;

/// The words before the first number; `None` where something else stands before it.
fn opening(chars: &[char], words: &ValueWords) -> Option<Opening> {
    let mut opening = Opening { marks: String::new(), length: 0, act: false };
    for _ in 0..MOST_LEADS {
        let rest = chars.get(opening.length..)?;
        if starts_number(rest) {
            return Some(opening);
        }
        if opening.length > 0 && rest.first() == Some(&',') {
            opening.length += 1;
            continue;
        }
        let (length, lead) = words.before.longest(rest)?;
        match lead {
            Lead::Mark(mark) => opening.marks.push(mark),
            Lead::Act => opening.act = true,
            Lead::Neutral => {}
        }
        opening.length += length;
    }
    None
}

fn starts_number(text: &[char]) -> bool {
    text.first().is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | '±' | '≥' | '≤' | '>' | '<' | '=' | '≈' | '['))
}

/// Everything from the first number on, or the whole text where something else stands before the number; says whether
/// words that tell what is counted were set off by a colon.
fn body(chars: &[char], words: &ValueWords, out: &mut String) -> bool {
    let mut labelled = false;
    let mut index = 0;
    let mut digits = false;
    while let Some((&c, rest)) = chars.get(index..).and_then(<[char]>::split_first) {
        let text = chars.get(index..).unwrap_or_default();
        if c.is_ascii_digit() && !digits {
            digits = true;
            if is_label(out, words) {
                out.push(':');
                labelled = true;
            }
        }
        if digits && (!c.is_ascii() || c == ',') {
            if let Some((length, mark)) = suffix(chars, index, text, words) {
                out.push(mark);
                index += length;
                continue;
            }
            if ends_here(out, text, words) {
                return labelled;
            }
        }
        if let Some((length, mark)) = prefix(text, digits, words) {
            out.extend(mark);
            index += length;
            continue;
        }
        out.push(c);
        index += 1;
        if rest.is_empty() {
            break;
        }
    }
    labelled
}

/// Longest text that is taken for the name of what a number counts, in characters.
const LONGEST_LABEL: usize = 12;

/// Whether the text so far names what the number counts: `合格率`, `宣传活动`.
fn is_label(text: &str, words: &ValueWords) -> bool {
    let length = text.chars().count();
    let named = text.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    let plain = || is_event(text, words) || words.turns_meaning(text).is_none();
    (2..=LONGEST_LABEL).contains(&length) && named && !is_span(text, words) && plain()
}

/// Whether a text ends with so many periods: `两年1次` is not once.
fn is_span(text: &str, words: &ValueWords) -> bool {
    let before =
        words.periods.iter().flat_map(|period| &period.words).filter_map(|word| text.strip_suffix(word.as_str()));
    before.into_iter().any(|before| before.trim_end_matches('个').ends_with(|c: char| NUMERALS.contains(c)))
}

/// Whether a limit is counted from what the text names: `验收合格后`, but neither `年度结束后`, which comes again, nor
/// `不合格后`.
fn is_event(text: &str, words: &ValueWords) -> bool {
    const TURNING: [char; 8] = ['不', '未', '非', '无', '没', '第', '每', '前'];
    let Some(event) = text.strip_suffix(AFTER_EVENT).filter(|event| event.chars().count() > 1) else { return false };
    let closes = ["结束", "终了"].iter().any(|end| event.ends_with(end));
    let comes_again = closes && words.periods.iter().flat_map(|period| &period.words).any(|word| event.contains(word));
    !comes_again && !event.contains(TURNING)
}

/// A word directly before a number: a comparator, or one that says nothing after the name of what is counted.
fn prefix(text: &[char], digits: bool, words: &ValueWords) -> Option<(usize, Option<char>)> {
    let (length, lead) = words.before.longest(text)?;
    if !text.get(length..).is_some_and(starts_number) {
        return None;
    }
    match lead {
        Lead::Mark(mark) => Some((length, Some(mark))),
        Lead::Neutral if !digits => Some((length, None)),
        Lead::Neutral | Lead::Act => None,
    }
}

/// Whether the rest of the text only says what the number already says: `100%完成`, `80%~90%之间`.
fn ends_here(out: &str, text: &[char], words: &ValueWords) -> bool {
    if text.len() > LONGEST_LABEL {
        return false;
    }
    let rest: String = text.iter().collect();
    let next = rest.strip_prefix([',', '、', ';', '。']);
    if next.is_some_and(|next| words.done.contains(next)) {
        return true;
    }
    let rest = match next {
        Some(words) if words.contains("完成") => words.to_owned(),
        _ => rest,
    };
    let plain = || {
        rest.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
            && !words.not_after_percent.iter().any(|word| rest.contains(word.as_str()))
    };
    words.between.contains(&rest) || (out.ends_with('%') && plain())
}

fn suffix(chars: &[char], index: usize, text: &[char], words: &ValueWords) -> Option<(usize, char)> {
    if let Some(found) = words.after.longest(text) {
        return Some(found);
    }
    let found = words.after_time.longest(text)?;
    let time = (1..=4usize).any(|length| {
        let start = index.checked_sub(length);
        let unit: String = start.and_then(|start| chars.get(start..index)).unwrap_or_default().iter().collect();
        is_time(&unit)
    });
    time.then_some(found)
}
