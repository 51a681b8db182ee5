//! 相称 (fit): what it costs to read a text as the cell of a column.

use rust_decimal::Decimal;

use super::costs::Costs;
use super::token::is_comparison;
use super::words::{Words, without_brackets};
use crate::form::Column;

/// 字形: what a text is, whatever column it may stand in.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    length: i32,
    level1: Option<i32>,
    level2: Option<i32>,
    /// The number that the text is, 分 behind it aside.
    pub number: Option<Decimal>,
    /// Whether it is a number with no sign, unit or 分 beside it.
    bare: bool,
    percent: bool,
    compared: bool,
    /// The sign is that of equality.
    equals: bool,
    lone_comparison: bool,
    /// A floor or a ceiling with its number stands within the text, brackets aside.
    holds_bound: bool,
    /// The word of a level begins the text and more follows.
    led_by_level: bool,
    value: i32,
    word: Option<Column>,
    sign: bool,
    unit: bool,
    digits: bool,
    blank: bool,
    letters: usize,
    sentence: bool,
    numbered: bool,
    holds_numbered: bool,
}

/// Why a text can never stand in a column.
const NEVER: i32 = 1_000_000;

/// Level words this long may have one character wrong.
const NEAR_LENGTH: usize = 4;

impl Shape {
    /// Looks at a folded text without white space.
    pub fn of(text: &str, words: &Words, costs: &Costs) -> Shape {
        let mut bare_text = without_brackets(text).replace(['★', '*'], "");
        if bare_text.len() < text.len() && bare_text.ends_with('分') {
            bare_text.pop();
        }
        let letters: Vec<char> = text.chars().collect();
        let length = letters.len();
        let fits = &costs.fits;
        let level = |set: &std::collections::HashSet<String>, other: &std::collections::HashSet<String>| {
            if set.contains(&bare_text) {
                Some(fits.level)
            } else if other.contains(&bare_text) {
                (length > 3).then_some(fits.other_level)
            } else if near(set, &bare_text) {
                Some(fits.near_level)
            } else if bare_text.ends_with("指标") && (4..=8).contains(&bare_text.chars().count()) {
                Some(fits.unknown_level)
            } else {
                None
            }
        };
        let scored = text.strip_suffix('分').unwrap_or(text);
        let number = plain_number(scored);
        let compared = letters.first().is_some_and(|c| is_comparison(*c)) || starts_with_comparison(text);
        let word = if words.basis.contains(text) {
            Some(Column::Basis)
        } else if words.rule.contains(text) || text.contains("赋分") {
            Some(Column::Rule)
        } else if words.evidence.contains(text) {
            Some(Column::Evidence)
        } else {
            None
        };
        Shape {
            length: i32::try_from(length).unwrap_or(i32::MAX / 100).min(400),
            level1: level(&words.level1, &words.level2),
            level2: level(&words.level2, &words.level1),
            number,
            bare: number.is_some() && scored == text,
            percent: text.strip_suffix('%').is_some_and(|rest| plain_number(rest).is_some()),
            compared,
            equals: text.starts_with('='),
            lone_comparison: letters.iter().all(|c| is_comparison(*c)),
            holds_bound: holds_bound(&bare_text),
            led_by_level: words.led_by_level(&letters),
            value: value(text, &letters, compared, costs, words),
            word,
            sign: words.signs.contains(text),
            unit: words.units.contains(text) || text == "%",
            digits: letters.iter().any(char::is_ascii_digit),
            blank: words.blanks.contains(text),
            letters: letters.iter().filter(|c| c.is_alphabetic()).count(),
            sentence: letters.contains(&'。') || letters.contains(&';'),
            numbered: is_numbered(text),
            holds_numbered: text.match_indices("指标").any(|(at, word)| {
                text.get(at + word.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            }),
        }
    }

    /// Whether the text says by itself that it is a target or a result.
    pub fn is_value(&self, costs: &Costs) -> bool {
        self.value <= costs.fits.number
    }

    /// What it costs as the cell of a column; `None` where it cannot stand there.
    pub fn cost(&self, column: Column, costs: &Costs) -> Option<i32> {
        let cost = self.column_cost(column, costs);
        (cost < NEVER).then_some(cost)
    }

    fn column_cost(&self, column: Column, costs: &Costs) -> i32 {
        let fits = &costs.fits;
        let is_level = self.level1 == Some(fits.level) || self.level2 == Some(fits.level);
        match column {
            Column::Level1 => self.level1.unwrap_or(NEVER),
            Column::Level2 => self.level2.unwrap_or(NEVER),
            Column::Name => self.name(is_level, fits.wrong, costs),
            Column::Target | Column::Actual | Column::InitialTarget => {
                if self.lone_comparison || is_level && self.letters > 2 || self.word.is_some() {
                    return NEVER;
                }
                let number = if column == Column::Target && self.bare { 60 } else { 0 };
                // A floor or a ceiling is a target's; results that repeat the sign stand beside one.
                let number =
                    number + if column == Column::Actual && self.compared && !self.equals { fits.bound } else { 0 };
                self.value + number + if self.numbered || self.holds_numbered { 300 } else { 0 }
            }
            Column::Previous | Column::BeforePrevious if self.blank => fits.number / 2,
            Column::Previous | Column::BeforePrevious => self.value.max(fits.number / 2) + 30,
            Column::Weight | Column::Score | Column::Coefficient | Column::ReviewScore => match self.number {
                Some(number) if number <= Decimal::ONE_HUNDRED && number >= Decimal::ZERO => fits.score,
                _ if self.blank && column != Column::Weight => 0,
                _ => NEVER,
            },
            Column::Rate if self.percent => fits.measured,
            Column::Rate if self.bare => fits.number,
            Column::Rate => NEVER,
            Column::Sign if self.sign || self.lone_comparison => fits.sign,
            Column::Sign => NEVER,
            Column::Unit if self.unit => fits.unit,
            Column::Unit if self.digits || self.length > 8 || is_level || self.compared => NEVER,
            Column::Unit => {
                if self.length <= 3 {
                    fits.unit / 2
                } else {
                    fits.free
                }
            }
            Column::Number if self.bare && self.length <= 3 => fits.number,
            Column::Number => NEVER,
            Column::Basis | Column::Rule | Column::Evidence if self.word == Some(column) => fits.word,
            Column::Basis | Column::Rule | Column::Evidence => {
                2 * fits.free + 5 * self.length + if self.digits { 100 } else { 0 }
            }
            Column::Group => 2 * fits.free + if is_level { fits.wrong } else { 0 },
            Column::Reason | Column::Remark => {
                let wrong = if is_level { fits.wrong } else { 0 };
                let measured = if self.is_value(costs) { 300 } else { 0 };
                fits.free + fits.free_letter * self.length + wrong + measured
            }
        }
    }

    fn name(&self, is_level: bool, wrong: i32, costs: &Costs) -> i32 {
        if self.holds_bound || self.led_by_level {
            return NEVER;
        }
        if self.bare || self.number.is_some() || self.percent || self.lone_comparison || self.letters == 0 {
            return NEVER;
        }
        let mut cost = costs.fits.name;
        cost += if is_level { wrong } else { 0 };
        cost += if self.word.is_some() { wrong } else { 0 };
        cost += if self.value <= costs.fits.number { 500 } else { 0 };
        cost += if self.compared { 500 } else { 0 };
        cost += (self.length - 45).max(0) * 10;
        cost += if self.sentence { 200 } else { 0 };
        cost += if self.numbered { -150 } else { 0 };
        cost + match self.length {
            0 | 1 => 500,
            2 | 3 => 100,
            _ => 0,
        }
    }
}

/// Whether a floor or a ceiling stands behind the first character: `受益人口≥800人`.
pub(in crate::form) fn holds_bound(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(2)
        .skip(1)
        .any(|pair| matches!(pair, ['≥' | '≤' | '<' | '>', next] if next.is_ascii_digit() || *next == '='))
}

/// `指标1：…` begins a name and nothing else.
fn is_numbered(text: &str) -> bool {
    text.strip_prefix("指标").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || text.starts_with('★')
}

/// A number without sign or unit, thousands separators allowed.
pub(super) fn plain_number(text: &str) -> Option<Decimal> {
    let first = text.chars().next()?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = first.is_ascii_digit() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let padded = text.len() > 1 && first == '0' && !text.starts_with("0.");
    if !plain || padded || digits > 20 || text.ends_with('.') {
        return None;
    }
    text.replace(',', "").parse().ok()
}

/// Whether a level word is printed with one character wrong or lost.
fn near(set: &std::collections::HashSet<String>, text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    if !(NEAR_LENGTH..=14).contains(&letters.len()) {
        return false;
    }
    set.iter().any(|word| {
        let known: Vec<char> = word.chars().collect();
        let wrong = known.iter().zip(&letters).filter(|(a, b)| a != b).count();
        known.len() == letters.len() && wrong <= 1 && known.last() == letters.last()
    })
}

const COMPARISONS: [&str; 9] = ["大于等于", "小于等于", "不少于", "不低于", "不超过", "大于", "小于", "等于", "不高于"];

fn starts_with_comparison(text: &str) -> bool {
    COMPARISONS.iter().any(|word| text.starts_with(word))
}

/// How much a text looks like a target or a result.
fn value(text: &str, letters: &[char], compared: bool, costs: &Costs, words: &Words) -> i32 {
    let fits = &costs.fits;
    let mut rest = text.trim_start_matches(is_comparison);
    for word in COMPARISONS {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let digits = rest.trim_start_matches('-');
    let end = digits.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(digits.len());
    let (number, tail) = digits.split_at(end);
    let tail_length = tail.chars().count();
    let tail_digits = tail.chars().any(|c| c.is_ascii_digit());
    let sound = plain_number(number).is_some();
    if sound && !tail_digits {
        let ended = words.units.iter().any(|unit| tail.starts_with(unit.as_str())) || tail.starts_with(['%', '‰', '/']);
        if tail.is_empty() {
            return if compared { fits.measured } else { fits.number };
        }
        if tail_length <= 3 || ended && tail_length <= 8 || compared && tail_length <= 8 {
            return fits.measured;
        }
    }
    // 2021年11月30日前, 2023.07-2024.01, 95%-100%
    let dated =
        text.chars().any(|c| c.is_ascii_digit()) && (text.contains('月') || text.contains('年')) && letters.len() < 20;
    let deadline = || words.deadlines.iter().any(|ending| text.ends_with(ending.as_str()));
    if dated && !text.starts_with(|c: char| c.is_ascii_digit()) && !compared && deadline() {
        return fits.measured / 2;
    }
    if dated && (text.starts_with(|c: char| c.is_ascii_digit()) || compared) {
        return fits.measured;
    }
    let ranged = sound && tail.starts_with(['-', '~', '至', '%', '.', '—']) && letters.len() < 20;
    if ranged && tail.chars().filter(|c| is_chinese(*c)).count() <= 4 {
        return fits.measured;
    }
    if letters.len() <= 8 && costs.phrases.iter().any(|phrase| text.contains(phrase.as_str())) {
        return fits.phrase;
    }
    if compared || words.blanks.contains(text) {
        return fits.compared;
    }
    let length = i32::try_from(letters.len()).unwrap_or(400).min(fits.longest_text);
    fits.text + fits.letter * length
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
