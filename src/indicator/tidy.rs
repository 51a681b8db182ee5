//! 整理 (tidy): the folded, blank-free copy of a value's text, with a note of everything that had to be mended.

use crate::text::{fold, is_blank};

/// The copy that is read, and what was mended to get it.
pub(super) struct Tidy {
    pub text: String,
    pub repairs: Vec<String>,
}

/// Stands for a blank between two numbers that may or may not belong together; the grammar has no place for it.
pub(super) const UNCLEAR_BLANK: char = '␣';

/// Makes the copy: full width folded, residue of markup removed, signs in one spelling, blanks dropped.
pub(super) fn tidy(text: &str) -> Tidy {
    let mut repairs = Vec::new();
    let mut copy = fold(text);
    for _ in 0..DEEPEST_MARKUP {
        let before = repairs.len();
        let length = copy.len();
        if copy.contains('<') || copy.contains('&') {
            copy = without_html(&copy, &mut repairs);
        }
        if copy.contains('$') || copy.contains('\\') {
            copy = without_latex(&copy, &mut repairs);
        }
        if repairs.len() == before && copy.len() == length {
            break;
        }
    }
    let chars = without_blanks(copy.trim(), &mut repairs);
    let text = signs(&chars, &mut repairs);
    Tidy { text, repairs }
}

/// Rounds in which markup inside markup is removed.
const DEEPEST_MARKUP: usize = 8;

fn note(repairs: &mut Vec<String>, what: impl Into<String>) {
    let what = what.into();
    if !repairs.contains(&what) {
        repairs.push(what);
    }
}

/// Longest text in angle brackets that is taken for a tag, in bytes.
const LONGEST_TAG: usize = 80;

/// Character references that stand for signs of a value.
const REFERENCES: [(&str, &str); 12] = [
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
    ("&#8805;", "≥"),
    ("&#8804;", "≤"),
    ("&permil;", "‰"),
    ("&plusmn;", "±"),
    ("&sup2;", "²"),
    ("&quot;", "\""),
];

fn without_html(text: &str, repairs: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        match tag_end(tag) {
            Some(end) => {
                note(repairs, "网页标记已去掉");
                rest = tag.get(end..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    for (reference, sign) in REFERENCES {
        if out.contains(reference) {
            out = out.replace(reference, sign);
            note(repairs, format!("网页字符“{reference}”按“{sign}”读取"));
        }
    }
    out
}

/// The length of the tag at the start of a text.
fn tag_end(text: &str) -> Option<usize> {
    let name = text.get(1..)?.trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let tag = text.get(1..end)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || " /=\"'-:;#.%".contains(c);
    tag.chars().all(plain).then_some(end + 1)
}

/// LaTeX commands that stand for signs of a value; the longer spelling stands first.
const COMMANDS: [(&str, &str); 20] = [
    ("\\geqslant", "≥"),
    ("\\leqslant", "≤"),
    ("\\geqq", "≥"),
    ("\\leqq", "≤"),
    ("\\geq", "≥"),
    ("\\leq", "≤"),
    ("\\ge", "≥"),
    ("\\le", "≤"),
    ("\\gt", ">"),
    ("\\lt", "<"),
    ("\\approx", "≈"),
    ("\\sim", "~"),
    ("\\pm", "±"),
    ("\\times", "*"),
    ("\\cdot", "·"),
    ("\\%", "%"),
    ("\\,", " "),
    ("\\;", " "),
    ("\\mathrm", ""),
    ("\\text", ""),
];

fn without_latex(text: &str, repairs: &mut Vec<String>) -> String {
    if !text.contains('$') && !COMMANDS.iter().any(|(command, _)| text.contains(command)) {
        return text.to_owned();
    }
    let mut out: String = text.chars().filter(|c| !matches!(c, '$' | '{' | '}')).collect();
    for (command, sign) in COMMANDS {
        out = out.replace(command, sign);
    }
    for (power, sign) in [("^{2}", "²"), ("^2", "²"), ("^{3}", "³"), ("^3", "³")] {
        out = out.replace(power, sign);
    }
    note(repairs, "公式标记（$、\\）已去掉");
    out
}

/// The characters without blanks; blanks inside numbers and comparators are noted.
fn without_blanks(text: &str, repairs: &mut Vec<String>) -> Vec<char> {
    let text = text
        .strip_suffix("00:00:00")
        .map_or(text, |date| if date.ends_with(is_blank) { date.trim_end() } else { text });
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut blank = false;
    let chars: Vec<char> = text.chars().collect();
    for (index, &c) in chars.iter().enumerate() {
        if is_blank(c) {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            let following: Vec<char> = chars.iter().skip(index).copied().take(LONGEST_GROUP).collect();
            close_blank(&mut out, &following, repairs);
        }
        out.push(c);
    }
    out
}

/// Digits after a blank that are looked at to decide whether they go on with the number before it.
const LONGEST_GROUP: usize = 32;

/// Decides what a blank between the text so far and the text that follows meant.
fn close_blank(before: &mut Vec<char>, following: &[char], repairs: &mut Vec<String>) {
    let (Some(&last), Some(&next)) = (before.last(), following.first()) else { return };
    if is_comparator_part(last) && is_comparator_part(next) {
        note(repairs, "比较符号中的空格已去掉");
        return;
    }
    let digit_after_point = following.get(1).is_some_and(char::is_ascii_digit);
    let in_number =
        last.is_ascii_digit() && (next.is_ascii_digit() || (matches!(next, '.' | ',') && digit_after_point));
    let after_point = matches!(last, '.' | ',')
        && next.is_ascii_digit()
        && before.len() >= 2
        && before.get(before.len() - 2).is_some_and(char::is_ascii_digit);
    if !in_number && !after_point {
        return;
    }
    // 1. 100% may be the first entry of a list.
    let listed = after_point && before.len() == 2 && following.iter().take_while(|c| c.is_ascii_digit()).count() > 1;
    if listed || (in_number && next.is_ascii_digit() && !goes_on(before, following)) {
        before.push(UNCLEAR_BLANK);
        return;
    }
    note(repairs, "数字中的空格已去掉");
}

/// Whether the digits after a blank go on with the number before it; two groups of two digits may be two numbers.
fn goes_on(before: &[char], following: &[char]) -> bool {
    let in_number = |c: &&char| c.is_ascii_digit() || matches!(**c, '.' | ',');
    let number: Vec<char> = before.iter().rev().take_while(in_number).copied().take(LONGEST_GROUP).collect();
    if number.contains(&'.') || following.first() == Some(&'0') {
        return true;
    }
    let first = number.iter().take_while(|c| c.is_ascii_digit()).count();
    let second = following.iter().take_while(|c| c.is_ascii_digit()).count();
    first == 1 || second == 1 || (first > second && first != 4)
}

fn is_comparator_part(c: char) -> bool {
    matches!(c, '>' | '<' | '=' | '≥' | '≤')
}

/// Signs in one spelling: `>=` is `≥`, a dash is `-`, `《` before a number is what a scan makes of `≤`.
fn signs(chars: &[char], repairs: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(chars.len() * 3);
    let mut index = 0;
    while let Some(rest) = chars.get(index..).filter(|rest| !rest.is_empty()) {
        let (sign, length) = comparator(rest, repairs).unwrap_or_else(|| (other_sign(rest, index > 0), 1));
        out.push(sign);
        index += length.max(1);
    }
    out
}

/// The comparator at the start of a text, in its one spelling, with its length.
fn comparator(text: &[char], repairs: &mut Vec<String>) -> Option<(char, usize)> {
    let length = text.iter().take_while(|c| is_comparator_part(**c) || is_scanned(**c)).count();
    let run = text.get(..length).filter(|run| !run.is_empty())?;
    let sign = match run {
        ['>', '='] | ['=', '>'] | ['≥'] => '≥',
        ['<', '='] | ['=', '<'] | ['≤'] => '≤',
        ['>'] | ['﹥'] => '>',
        ['<'] | ['﹤'] => '<',
        ['='] | ['=', '='] | ['﹦'] => '=',
        ['≧'] | ['⩾'] | ['≥', '='] | ['≥', '≥'] => '≥',
        ['≦'] | ['⩽'] | ['≤', '='] | ['≤', '≤'] => '≤',
        _ => return scanned(text, length, repairs),
    };
    if matches!(run, ['≥' | '≤', _]) {
        note(repairs, format!("“{}”按“{sign}”读取", run.iter().collect::<String>()));
    }
    Some((sign, length))
}

/// Characters that a scan prints in place of a comparator.
fn is_scanned(c: char) -> bool {
    matches!(
        c,
        '》' | '»'
            | '《'
            | '≪'
            | '«'
            | '€'
            | '═'
            | '〉'
            | '〈'
            | '≧'
            | '⩾'
            | '≦'
            | '⩽'
            | '﹥'
            | '﹤'
            | '﹦'
            | '≫'
    )
}

/// A comparator that was printed as something else; only before a number, because `《` and `》` also stand around titles.
fn scanned(text: &[char], length: usize, repairs: &mut Vec<String>) -> Option<(char, usize)> {
    let after = text.get(length).copied();
    if !after.is_some_and(|c| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let sign = match text.get(..length)? {
        ['》' | '»' | '〉' | '≫'] | ['》' | '»' | '〉' | '≧' | '⩾', '='] => '≥',
        ['《' | '≪' | '«' | '〈' | '€'] | ['《' | '≪' | '«' | '〈' | '≦' | '⩽', '='] => '≤',
        ['═'] | ['═', '═'] => '=',
        ['>', '═'] => '≥',
        ['<', '═'] => '≤',
        _ => return None,
    };
    let printed: String = text.iter().take(length).collect();
    note(repairs, format!("“{printed}”按“{sign}”读取"));
    Some((sign, length))
}

/// Other signs in one spelling; a dash at the start of a text is no minus.
fn other_sign(text: &[char], inside: bool) -> char {
    match text.first().copied().unwrap_or_default() {
        '～' | '〜' | '∼' | '˜' | '﹏' => '~',
        '–' | '—' | '―' | '─' if inside => '-',
        '−' | '﹣' | '‐' | '‑' => '-',
        '×' | '*' | '•' | '∙' | '⋅' | '・' | '●' => '·',
        '﹪' => '%',
        '∶' | '︰' => ':',
        '，' => ',',
        '【' => '[',
        '】' => ']',
        '≌' | '≒' => '≈',
        '↑' => '↗',
        '↓' => '↘',
        c => c,
    }
}
