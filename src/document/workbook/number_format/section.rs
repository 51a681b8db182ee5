//! One section of a format code, and numbers under it.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use super::general;

/// The most decimals a decimal number can be rounded to.
const MOST_DECIMALS: u32 = 28;

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text shown as it is.
    Literal(String),
    /// A digit place: `0` always shows, `#` only where there is a digit, `?` leaves a blank.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+00`.
    Exponent,
    Slash,
    /// The number as the general format shows it, or text.
    General,
    /// A part of a date: the letter and how often it stands; `elapsed` for hours beyond a day (`[h]`).
    Date {
        letter: char,
        count: usize,
        elapsed: bool,
    },
    /// `AM/PM` or 上午/下午.
    HalfDay {
        chinese: bool,
    },
}

/// `[>=100]`: the section applies to such values only.
#[derive(Debug, Clone)]
struct Condition {
    sign: String,
    limit: Decimal,
}

/// One section of a format code.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub tokens: Vec<Token>,
    condition: Option<Condition>,
}

/// The sections of a code, which semicolons separate.
pub(super) fn split(code: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    code.split(move |c| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        c == ';' && !quoted
    })
}

impl Section {
    /// Takes a section apart.
    pub fn parse(code: &str) -> Section {
        let mut section = Section { tokens: Vec::new(), condition: None };
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            rest = section.token(c, rest);
        }
        section
    }

    /// Reads one token at the start of `rest` and returns what follows it.
    fn token<'a>(&mut self, c: char, rest: &'a str) -> &'a str {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let lower = rest.get(..7).unwrap_or(rest.get(..5).unwrap_or_default()).to_ascii_lowercase();
        match c {
            '"' => {
                let (literal, after) = after.split_once('"').unwrap_or((after, ""));
                self.literal(literal);
                return after;
            }
            '\\' => return self.escaped(after, true),
            // A blank of another character's width, and a filler.
            '_' => return self.escaped(after, false),
            '*' => return self.escaped(after, false),
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                self.bracket(inside);
                return after;
            }
            _ if lower == "general" => {
                self.tokens.push(Token::General);
                return rest.get(7..).unwrap_or_default();
            }
            _ if lower.starts_with("am/pm") => {
                self.tokens.push(Token::HalfDay { chinese: false });
                return rest.get(5..).unwrap_or_default();
            }
            _ if rest.starts_with("上午/下午") => {
                self.tokens.push(Token::HalfDay { chinese: true });
                return rest.get("上午/下午".len()..).unwrap_or_default();
            }
            'E' if after.starts_with(['+', '-']) => {
                self.tokens.push(Token::Exponent);
                return after.get(1..).unwrap_or_default();
            }
            '0' | '#' | '?' => self.tokens.push(Token::Digit(c)),
            '.' => self.tokens.push(Token::Point),
            ',' => self.tokens.push(Token::Comma),
            '%' => self.tokens.push(Token::Percent),
            '/' => self.tokens.push(Token::Slash),
            '@' => self.tokens.push(Token::General),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' => return self.date(c, rest, false),
            _ => self.literal(c.encode_utf8(&mut [0; 4])),
        }
        after
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    fn escaped<'a>(&mut self, after: &'a str, shown: bool) -> &'a str {
        let mut characters = after.chars();
        if let Some(c) = characters.next().filter(|_| shown) {
            self.literal(c.encode_utf8(&mut [0; 4]));
        }
        characters.as_str()
    }

    fn date<'a>(&mut self, letter: char, rest: &'a str, elapsed: bool) -> &'a str {
        let count = rest.chars().take_while(|c| c.eq_ignore_ascii_case(&letter)).count();
        self.tokens.push(Token::Date { letter: letter.to_ascii_lowercase(), count, elapsed });
        rest.get(count..).unwrap_or_default()
    }

    /// Colours and numeral systems are passed over; a currency sign is shown; `[h]` counts beyond a day.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default();
            if !sign.is_empty() {
                self.literal(sign);
            }
        } else if let Some(first) = inside.chars().next() {
            if matches!(first, 'h' | 'H' | 'm' | 'M' | 's' | 'S')
                && inside.chars().all(|c| c.eq_ignore_ascii_case(&first))
            {
                self.date(first, inside, true);
            } else if matches!(first, '<' | '>' | '=') {
                let number = inside.trim_start_matches(['<', '>', '=']);
                let sign = inside.strip_suffix(number).unwrap_or_default().to_owned();
                self.condition = Decimal::from_str(number.trim()).ok().map(|limit| Condition { sign, limit });
            }
        }
    }

    /// Whether the section applies only under a condition of its own.
    pub fn has_condition(&self) -> bool {
        self.condition.is_some()
    }

    /// Whether its own condition holds for a value.
    pub fn condition_holds(&self, value: Decimal) -> bool {
        self.condition.as_ref().is_some_and(|condition| match condition.sign.as_str() {
            "<" => value < condition.limit,
            "<=" => value <= condition.limit,
            ">" => value > condition.limit,
            ">=" => value >= condition.limit,
            "=" => value == condition.limit,
            "<>" => value != condition.limit,
            _ => false,
        })
    }

    /// Whether the section shows a date or a time.
    pub fn is_date(&self) -> bool {
        let has_date = self.tokens.iter().any(|token| matches!(token, Token::Date { .. } | Token::HalfDay { .. }));
        let has_digit = self.tokens.iter().any(|token| matches!(token, Token::Digit('#' | '?') | Token::General));
        has_date && !has_digit
    }

    /// A number under the section.
    pub fn number(&self, value: Decimal) -> String {
        let digits = self.tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        if self.tokens.iter().any(|token| matches!(token, Token::General)) {
            return self.around(&general(value));
        }
        if digits == 0 {
            return if self.tokens.is_empty() { general(value) } else { self.around("") };
        }
        let Some(scaled) = self.scaled(value) else { return general(value) };
        if self.tokens.contains(&Token::Exponent) {
            return self.around(&self.scientific(scaled));
        }
        if self.tokens.contains(&Token::Slash) {
            return self.around(&self.fraction(scaled));
        }
        self.around(&self.fixed(scaled))
    }

    /// Percent signs multiply by a hundred, commas behind the last digit divide by a thousand.
    fn scaled(&self, value: Decimal) -> Option<Decimal> {
        let percents = self.tokens.iter().filter(|token| **token == Token::Percent).count();
        let last_digit = self.tokens.iter().rposition(|token| matches!(token, Token::Digit(_)))?;
        let thousands = self.tokens.iter().skip(last_digit + 1).take_while(|token| **token == Token::Comma).count();
        let hundred = Decimal::ONE_HUNDRED;
        let up = (0..percents.min(4)).try_fold(value, |value, _| value.checked_mul(hundred))?;
        (0..thousands.min(4)).try_fold(up, |value, _| value.checked_div(Decimal::ONE_THOUSAND))
    }

    /// The number of digit places of a kind behind the point.
    fn decimals(&self, kinds: &[char]) -> u32 {
        let after = self.tokens.iter().skip_while(|token| **token != Token::Point).skip(1);
        let places = after
            .take_while(|token| !matches!(token, Token::Exponent))
            .filter(|token| matches!(token, Token::Digit(kind) if kinds.contains(kind)));
        u32::try_from(places.count()).unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS)
    }

    fn fixed(&self, value: Decimal) -> String {
        let places = self.decimals(&['0', '#', '?']);
        let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let text = format!("{:.*}", places as usize, rounded.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole_places = self.tokens.iter().take_while(|token| !matches!(token, Token::Point | Token::Exponent));
        let least = whole_places.clone().filter(|token| **token == Token::Digit('0')).count();
        let whole = if whole == "0" && least == 0 { "" } else { whole };
        let mut shown = format!("{whole:0>least$}");
        if self.groups() {
            shown = grouped(&shown);
        }
        let kept = decimals.trim_end_matches('0').len().max(self.decimals(&['0']) as usize);
        if self.tokens.contains(&Token::Point) && places > 0 && kept > 0 {
            shown.push('.');
            shown.push_str(decimals.get(..kept).unwrap_or(decimals));
        }
        if rounded.is_sign_negative() && !rounded.is_zero() { format!("-{shown}") } else { shown }
    }

    /// Whether a comma stands between digit places, which groups the thousands.
    fn groups(&self) -> bool {
        let last_digit = self.tokens.iter().rposition(|token| matches!(token, Token::Digit(_))).unwrap_or(0);
        self.tokens.iter().take(last_digit).any(|token| *token == Token::Comma)
    }

    fn scientific(&self, value: Decimal) -> String {
        let mut exponent = 0i32;
        let mut mantissa = value.abs();
        while mantissa >= Decimal::TEN {
            mantissa /= Decimal::TEN;
            exponent += 1;
        }
        while !mantissa.is_zero() && mantissa < Decimal::ONE && exponent > -30 {
            mantissa *= Decimal::TEN;
            exponent -= 1;
        }
        let places = self.decimals(&['0', '#', '?']);
        let rounded = mantissa.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let sign = if value < Decimal::ZERO { "-" } else { "" };
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        format!("{sign}{rounded:.*}E{exponent_sign}{:02}", places as usize, exponent.unsigned_abs())
    }

    /// The nearest fraction whose denominator has as many digits as there are places behind the slash.
    fn fraction(&self, value: Decimal) -> String {
        let places = self.tokens.iter().skip_while(|token| **token != Token::Slash).skip(1);
        let digits = places.take_while(|token| matches!(token, Token::Digit(_))).count().clamp(1, 3);
        let most = 10u32.pow(digits as u32) - 1;
        let (whole, part) = (value.abs().trunc(), value.abs().fract());
        let nearest = (1..=most)
            .map(|denominator| {
                let numerator = (part * Decimal::from(denominator))
                    .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                ((numerator / Decimal::from(denominator) - part).abs(), numerator, denominator)
            })
            .min_by(|a, b| a.0.cmp(&b.0));
        let sign = if value < Decimal::ZERO { "-" } else { "" };
        match nearest {
            Some((_, numerator, denominator)) if !numerator.is_zero() && numerator < Decimal::from(denominator) => {
                let whole = if whole.is_zero() { String::new() } else { format!("{whole} ") };
                format!("{sign}{whole}{numerator}/{denominator}")
            }
            Some((_, numerator, _)) if !numerator.is_zero() => format!("{sign}{}", whole + Decimal::ONE),
            _ => format!("{sign}{whole}"),
        }
    }

    /// The number with the texts before, between and behind its places.
    fn around(&self, number: &str) -> String {
        let is_place = |token: &Token| {
            matches!(
                token,
                Token::Digit(_) | Token::Point | Token::Comma | Token::Exponent | Token::Slash | Token::General
            )
        };
        let first = self.tokens.iter().position(is_place).unwrap_or(self.tokens.len());
        let last = self.tokens.iter().rposition(is_place).unwrap_or(first);
        let (sign, number) = match number.strip_prefix('-') {
            Some(number) => ("-", number),
            None => ("", number),
        };
        let mut text = sign.to_owned();
        for (index, token) in self.tokens.iter().enumerate() {
            match token {
                _ if index == first => text.push_str(number),
                Token::Literal(literal) if index < first || index > last => text.push_str(literal),
                Token::Percent => text.push('%'),
                _ => {}
            }
        }
        text
    }
}

fn grouped(whole: &str) -> String {
    let length = whole.len();
    let mut text = String::with_capacity(length + length / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (length - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
