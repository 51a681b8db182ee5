//! An oracle written apart from the engine: plain fractions of integers over the rows of a published document.
//!
//! It reads the printed texts itself and knows the four rule names only by the formulas that the rows obey.

mod published;

use jixiao::indicator::interpret;
use jixiao::ruleset::builtin;
use jixiao::score::{self, Outcome, Points};
use published::Printed;

/// A fraction of integers.
#[derive(Debug, Clone, Copy)]
struct Fraction(i128, i128);

/// The first number of a text with 万 multiplied out.
fn number(text: &str) -> Option<Fraction> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits: String = text[start..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let ten = 10i128.pow(part.len() as u32);
    let mut value = whole.parse::<i128>().unwrap() * ten;
    if !part.is_empty() {
        value += part.parse::<i128>().unwrap();
    }
    let wan = text[start + digits.len()..].starts_with('万');
    Some(Fraction(value * if wan { 10_000 } else { 1 }, ten))
}

/// A fraction in hundredths, half up.
fn hundredths(value: Fraction) -> i128 {
    (value.0 * 200 + value.1) / (2 * value.1)
}

/// W · f(A/T) in hundredths of a point.
fn expected(row: &Printed) -> Option<i128> {
    let weight = number(&row.weight)?;
    let full = hundredths(weight);
    let is_date = row.target.contains('月') || row.target.contains('日');
    let worded = !row.target.contains(|c: char| c.is_ascii_digit());
    if row.rule == "直接赋分" || row.rule == "按评判等级赋分" || is_date || worded {
        return Some(full);
    }
    let (target, actual) = (number(&row.target)?, number(&row.actual)?);
    // r = n / d
    let (n, d) = (actual.0 * target.1, actual.1 * target.0);
    if row.rule == "满意度赋分" && n >= d {
        return Some(full);
    }
    let share = if 10 * n <= 6 * d || n >= 2 * d {
        Fraction(0, 1)
    } else if n <= d {
        Fraction(10 * n - 6 * d, 4 * d)
    } else {
        Fraction(2 * d - n, d)
    };
    Some(hundredths(Fraction(weight.0 * share.0, weight.1 * share.1)))
}

#[test]
fn oracle_and_engine_agree_on_every_published_row_with_a_rule_name() {
    let rules = builtin::find("xinjiang-2024").unwrap();
    let mut compared = 0;
    for (number, form) in published::forms().iter().enumerate() {
        let printed: Vec<Printed> = published::rows().into_iter().filter(|row| row.form == number + 1).collect();
        let card = score::score(&interpret(form), form.kind, &rules);
        for (row, outcome) in printed.iter().zip(&card.rows).filter(|(row, _)| !row.rule.is_empty()) {
            let Outcome::Scored(score) = outcome else { panic!("{row:?}: {outcome:?}") };
            let Points::Exact { rounded, .. } = score.points else { panic!("{row:?}: {score:?}") };
            let computed = (rounded * rust_decimal::Decimal::ONE_HUNDRED).normalize().to_string();
            assert_eq!(expected(row).map(|points| points.to_string()), Some(computed), "{row:?}");
            compared += 1;
        }
    }
    assert_eq!(compared, 95);
}

#[test]
fn oracle_agrees_with_ninety_three_of_the_ninety_five_printed_scores() {
    let named: Vec<Printed> = published::rows().into_iter().filter(|row| !row.rule.is_empty()).collect();
    let wrong: Vec<&str> = named
        .iter()
        .filter(|row| expected(row) != number(&row.score).map(hundredths))
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(named.len(), 95);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert_eq!(wrong, ["扩面征收劳务费", "长期护理保险鉴定执行率"]);
}
