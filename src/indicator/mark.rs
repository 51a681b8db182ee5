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

/// Replaces words by the signs of the grammar.
pub(super) fn mark(text: &str) -> Marked {
    let words = words();
    let mut copy = with_digits(text);
    if copy.contains('(') {
        for note in &words.inclusive {
            copy = copy.replace(note.as_str(), "");
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
    if rest.iter().any(|c| !c.is_ascii()) { body(rest, words, &mut out) } else { out.extend(rest) }
    Marked { text: out, act }
}

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

/// Everything from the first number on.
fn body(chars: &[char], words: &ValueWords, out: &mut String) {
    let mut index = 0;
    let mut digits = false;
    while let Some((&c, rest)) = chars.get(index..).and_then(<[char]>::split_first) {
        let text = chars.get(index..).unwrap_or_default();
        digits |= c.is_ascii_digit();
        if digits && !c.is_ascii() {
            if ends_here(out, text, words) {
                return;
            }
            if let Some((length, mark)) = suffix(chars, index, text, words) {
                out.push(mark);
                index += length;
                continue;
            }
        }
        if let Some((length, Lead::Mark(mark))) = words.before.longest(text)
            && text.get(length..).is_some_and(starts_number)
        {
            out.push(mark);
            index += length;
            continue;
        }
        out.push(c);
        index += 1;
        if rest.is_empty() {
            break;
        }
    }
}

/// Whether the rest of the text only says what the number already says: `100%完成`, `80%~90%之间`.
fn ends_here(out: &str, text: &[char], words: &ValueWords) -> bool {
    let rest: String = text.iter().take(8).collect();
    (out.ends_with('%') && words.done.contains(&rest)) || words.between.contains(&rest)
}

fn suffix(chars: &[char], index: usize, text: &[char], words: &ValueWords) -> Option<(usize, char)> {
    if let Some(found) = words.after.longest(text) {
        return Some(found);
    }
    let found = words.after_time.longest(text)?;
    let time = (1..=4usize).any(|length| {
        let start = index.checked_sub(length);
        let unit: String = start.and_then(|start| chars.get(start..index)).unwrap_or_default().iter().collect();
        words.unit(&unit).and_then(|unit| unit.dimension.as_deref()).is_some_and(|dimension| TIME.contains(&dimension))
    });
    time.then_some(found)
}
