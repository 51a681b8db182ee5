//! 读取 (read): the text of a value as its meaning.

use super::mark::mark;
use super::quick::quick;
use super::syntax::understand;
use super::tidy::{Tidy, UNCLEAR_BLANK, tidy};
use super::unit::read_unit;
use super::words::words;
use super::{Meaning, Phrase, Recurring, Value};
use crate::text::{fold, squeeze};

/// Longest text that is read, in bytes; no cell of a form comes near it.
const LONGEST_TEXT: usize = 8192;

impl Value {
    /// Reads a value; never fails, because what is not understood says so.
    ///
    /// ```
    /// use jixiao::indicator::Value;
    /// assert_eq!(Value::parse("> =407 万人").canonical(), "≥407万人");
    /// assert_eq!(Value::parse("80%-90%").canonical(), "80%~90%");
    /// ```
    pub fn parse(text: &str) -> Value {
        match quick(text) {
            Some(meaning) => Value { written: text.to_owned(), meaning, repairs: Vec::new() },
            None => Value::read(text, quick),
        }
    }

    /// Reads a value by way of its tidied copy; `shortcut` may know the meaning of the copy without the grammar.
    fn read(text: &str, shortcut: impl Fn(&str) -> Option<Meaning>) -> Value {
        let written = text.to_owned();
        if text.len() > LONGEST_TEXT {
            let why = format!("文字共{}字，过长，不像一个指标值", text.chars().count());
            return Value { written, meaning: Meaning::NotUnderstood(why), repairs: Vec::new() };
        }
        if is_missing(&squeeze(&fold(text))) {
            return Value { written, meaning: Meaning::Missing, repairs: Vec::new() };
        }
        let Tidy { text: copy, repairs } = tidy(text);
        let copy = without_closing(&copy);
        let copy = without_nature(copy);
        // Words stay as printed, so only quantities and dates are taken from the copy.
        if let Some(meaning @ (Meaning::Bound(_) | Meaning::Deadline(_))) = shortcut(copy) {
            return Value { written, meaning, repairs };
        }
        let bare = copy.trim_start_matches('=');
        if is_missing(copy) || (!bare.is_empty() && is_missing(bare)) {
            return Value { written, meaning: Meaning::Missing, repairs };
        }
        let equated = (bare.len() < copy.len() && !bare.is_empty()).then_some(bare);
        let understood = understand(&mark(without_remark(copy)));
        // Systems print = before everything, words and limits included.
        let (copy, understood) = match (understood, equated) {
            (Err(_), Some(bare)) => (bare, understand(&mark(without_remark(bare)))),
            (understood, _) => (copy, understood),
        };
        let meaning = match understood {
            Ok(Meaning::Recurring(recurring)) => Meaning::Recurring(Recurring { words: copy.to_owned(), ..recurring }),
            Ok(meaning) => meaning,
            Err(why) => words_only(text, copy, !repairs.is_empty(), why),
        };
        Value { written, meaning, repairs }
    }

    /// Reads a value that a form spreads over columns: 指标性质 (or 计算符号), 指标值 and 度量单位.
    pub fn from_parts(sign: &str, number: &str, unit: &str) -> Value {
        let (sign, bare, unit) = (clean(sign), clean(number), clean(unit));
        let written = joined(&sign, number.trim(), &unit);
        let alone = Value::parse(number);
        let quantity = match &alone.meaning {
            Meaning::Bound(bound) => Some((bound.comparator.is_some(), !bound.quantity.unit.is_empty())),
            Meaning::Range(range) => Some((true, !range.high.unit.is_empty())),
            Meaning::Deadline(deadline) if could_be_number(&bare) => Some((deadline.comparator.is_some(), false)),
            Meaning::NotUnderstood(_) => Some((false, false)),
            _ => None,
        };
        let Some((has_sign, has_unit)) = quantity else {
            let signed = matches!(alone.meaning, Meaning::Deadline(_)) && sign.chars().any(|c| !c.is_alphabetic());
            let value = if signed { Value::parse(&format!("{sign}{number}")) } else { alone };
            return Value { written, ..value };
        };
        let sign = sign.strip_suffix("指标").unwrap_or(&sign).to_owned();
        let sign = if has_sign || words().qualitative.contains(&sign) { "" } else { sign.as_str() };
        let unit = match unit.as_str() {
            _ if has_unit || is_missing(&unit) => "",
            // 12 with 月 beside it is a count, while 12月 in one cell is December.
            "月" => "个月",
            unit => unit,
        };
        let value = Value::parse(&format!("{sign}{number}{unit}"));
        match value.meaning {
            Meaning::NotUnderstood(_) if !matches!(alone.meaning, Meaning::NotUnderstood(_)) && unit.is_empty() => {
                Value { written, ..alone }
            }
            _ => Value { written, ..value },
        }
    }
}

fn clean(text: &str) -> String {
    squeeze(&fold(text))
}

fn joined(sign: &str, number: &str, unit: &str) -> String {
    let unit = if is_missing(unit) || number.ends_with(unit) { "" } else { unit };
    let sign = if is_missing(sign) || number.starts_with(sign) { "" } else { sign };
    format!("{sign}{number}{unit}")
}

fn could_be_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_missing(copy: &str) -> bool {
    if copy.is_empty() {
        return true;
    }
    let words = &words().missing;
    words.contains(copy) || (copy.is_ascii() && words.contains(&copy.to_ascii_lowercase()))
}

/// The text without punctuation that closes a sentence.
fn without_closing(text: &str) -> &str {
    text.trim_end_matches(['。', ';', ',', '、', '.', '!', '…', '．'])
}

/// 定性 before the words says only what kind of value it is.
fn without_nature(text: &str) -> &str {
    let strip = |prefix: &str| text.strip_prefix(prefix).map(|rest| rest.trim_start_matches(':'));
    match strip("定性") {
        Some(rest) if !rest.is_empty() && !rest.starts_with("指标") => rest,
        _ => text,
    }
}

/// The text without a closing bracket that only explains it: `≥80分(百分制)`.
fn without_remark(text: &str) -> &str {
    let Some((value, remark)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) else { return text };
    let turns = ['不', '除', '非', '扣', '减', '未', '或', '无', '上', '下'];
    let plain = remark.chars().count() >= 2 && remark.chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    let unit = read_unit(remark).is_ok_and(|read| read.known);
    let dropped = plain && !unit && !value.is_empty() && !remark.contains(turns);
    if dropped || is_counted_out(value, remark) { value } else { text }
}

/// Whether a remark only shows how a quantity comes about or what it is held against: `100%(36/36)`, `12次(每月1次)`.
fn is_counted_out(value: &str, remark: &str) -> bool {
    let turns = ['不', '除', '非', '扣', '减', '未', '或', '无', '±', '↗', '↘', '('];
    let counts = remark.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '、' | ';' | ':'));
    if !counts || remark.contains(turns) || remark.chars().count() < SHORTEST_REMARK {
        return false;
    }
    let Ok(Meaning::Bound(bound)) = understand(&mark(value)) else { return false };
    if bound.quantity.unit.is_empty() {
        return false;
    }
    match understand(&mark(remark)) {
        Ok(Meaning::Bound(other)) if other.quantity.unit == bound.quantity.unit => {
            let named = remark.starts_with(|c: char| c.is_alphabetic());
            let target = bound.comparator.is_none() && (other.comparator.is_some() || named);
            // 95%(≥95%) may be the limit itself.
            let same = other.quantity == bound.quantity;
            if same { other.comparator == bound.comparator } else { target }
        }
        Ok(Meaning::Range(_)) => false,
        _ => true,
    }
}

/// Fewest characters of a remark with numbers; what is shorter is a unit or a mark.
const SHORTEST_REMARK: usize = 3;

/// Least number of Chinese characters beside numbers that make a text a sentence.
const SENTENCE: usize = 8;

/// A text that is no quantity and no date: words, or something that is not understood.
fn words_only(written: &str, copy: &str, mended: bool, why: String) -> Meaning {
    if copy.contains(UNCLEAR_BLANK) {
        let why = "两个数字之间有空格，无法确定是一个数还是两个数".to_owned();
        return Meaning::NotUnderstood(why);
    }
    let rest = copy.trim_start_matches(SIGNS);
    if rest.is_empty() {
        let place = written.chars().count() + 1;
        let why = format!("只有比较符号“{}”，第{place}字处应为数字", squeeze(written));
        return Meaning::NotUnderstood(why);
    }
    let numbered = copy.chars().any(|c| c.is_numeric() && !c.is_alphabetic());
    let signed = rest.len() < copy.len();
    let lettered = match signed {
        true => rest.chars().all(|c| c.is_alphabetic() && !c.is_ascii()),
        false => rest.chars().any(char::is_alphabetic),
    };
    if rest.contains(SIGNS) || !lettered {
        return Meaning::NotUnderstood(why);
    }
    let han = copy.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    if numbered && (han < SENTENCE || signed) {
        return Meaning::NotUnderstood(why);
    }
    let mended = mended || copy.starts_with(SIGNS) || copy.contains(['\\', '$', '&']);
    let words = phrase_words(if mended { copy } else { written });
    if mended && (tidy(&words).text != words || !tidy(&words).repairs.is_empty()) {
        return Meaning::NotUnderstood("文字中夹有网页或公式标记，去掉后仍无法识别".to_owned());
    }
    Meaning::Phrase(Phrase { words })
}

/// Signs that no words contain.
const SIGNS: [char; 7] = ['≥', '≤', '>', '<', '=', '≈', '±'];

/// The words as printed, without white space, an equals sign before them or punctuation after them.
fn phrase_words(text: &str) -> String {
    let words = squeeze(text);
    let words = words.trim_end_matches(['。', '；', ';', '，', ',', '、', '.', '!', '！', '…', '．']);
    let words = words.trim_start_matches(['=', '＝', '═']);
    without_nature(words).trim_start_matches(['=', '＝', '═', '：']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_mean_the_same_with_and_without_the_grammar() {
        let tables = [
            include_str!("../../tests/fixtures/values/published.tsv"),
            include_str!("../../tests/fixtures/values/styles.tsv"),
            include_str!("../../tests/fixtures/values/not_understood.tsv"),
        ];
        let texts = tables.iter().flat_map(|table| table.lines()).filter_map(|line| line.split('\t').next());
        let mut plain = 0;
        for text in texts {
            assert_eq!(Value::read(text, quick), Value::read(text, |_| None), "{text}");
            let Some(meaning) = quick(text) else { continue };
            plain += 1;
            let read = Value::read(text, |_| None);
            assert_eq!((read.meaning, read.repairs), (meaning, Vec::new()), "{text}");
        }
        assert!(plain > 200, "{plain}");
    }

    proptest::proptest! {
        #[test]
        fn any_number_and_unit_mean_the_same(text in "(>=|<=|≥|≤|=|>|<)? ?[0-9]{1,9}(\\.[0-9]{1,3})? ?(个|万元|元/人·月|%|千米|月|年|季度|小时|工作日|年12月3日前?)?") {
            if let Some(meaning) = quick(&text) {
                proptest::prop_assert_eq!(Value::read(&text, |_| None).meaning, meaning);
            }
        }
    }
}
