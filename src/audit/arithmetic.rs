//! 文字中的算式 (arithmetic): JX415, a product or a sum of products that a text writes out and gets wrong.
//!
//! `22人×300元+10人×400元=1.06万元` is read as numbers with their units, as targets are; a percentage is a share. Nothing is
//! said where a number is only about, or where the sides are not of one kind.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::reading::shorten;
use crate::audit::scene::{FormScene, at};
use crate::audit::span::{half_unit, plain};
use crate::audit::unit;
use crate::audit::words::GoalWords;
use crate::audit::{Code, Finding};
use crate::dossier::prose::{number_at, prose};
use crate::form::{Column, Field};
use crate::indicator::Value;

/// Most factors and summands of a calculation.
const MOST_TERMS: usize = 40;

/// JX415: a calculation in the goal text, the head or a row whose result is another.
pub(super) fn arithmetic_fails(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let form = scene.form();
    let goal = form.goal.as_ref();
    let head = form.header.iter().map(|(_, value)| ("header", value));
    let texts = [
        ("goal", goal.and_then(|goal| goal.expected.as_ref())),
        ("achieved", goal.and_then(|goal| goal.achieved.as_ref())),
    ];
    let texts = texts.into_iter().filter_map(|(key, field)| Some((key, field?)));
    let mut findings: Vec<Finding> =
        texts.chain(head).filter_map(|(key, field)| about(scene, None, key, field)).collect();
    for row in scene.rows() {
        for column in [Column::Name, Column::Target, Column::Actual, Column::Reason] {
            let finding = row.row.get(column).and_then(|field| about(scene, Some(row.number), column.key(), field));
            findings.extend(finding);
        }
    }
    findings
}

fn about(scene: &FormScene, row: Option<usize>, key: &'static str, field: &Field) -> Option<Finding> {
    let fault = first_fault(&prose(&field.text), &scene.words.goals)?;
    let mut finding = scene
        .finding(Code::ArithmeticFails, format!("“{}”算错了，应为 {}", fault.written, fault.right))
        .figures(fault.stated.clone(), fault.right)
        .evidence(fault.steps)
        .evidence(format!("原文{}：{}", at(&field.place), shorten(&field.squeezed(), 80)))
        .suggest("请核对算式中的每一个数，改正写错的一处");
    finding.row = row;
    finding.field = Some(key);
    finding.place = Some(field.place.clone());
    Some(finding)
}

/// A calculation whose printed result is not what it gives.
struct Fault {
    written: String,
    stated: String,
    right: String,
    steps: String,
}

/// A number with what stands behind it.
struct Term {
    value: Decimal,
    places: u32,
    /// What 万, 亿 or % make of one.
    scale: Decimal,
    unit: String,
    length: usize,
}

fn first_fault(text: &str, words: &GoalWords) -> Option<Fault> {
    let mut from = 0;
    while let Some(step) = text.get(from..)?.find(|c: char| c.is_ascii_digit()) {
        let start = from + step;
        let whole = text.get(..start)?.chars().next_back().is_none_or(|before| !matches!(before, '.' | '-' | '/'));
        let Some((length, fault)) = calculation(text.get(start..)?, words).filter(|_| whole) else {
            from = start + number_at(text.get(start..)?)?.length;
            continue;
        };
        if fault.is_some() {
            return fault;
        }
        from = start + length;
    }
    None
}

/// The calculation that a text begins with, its length, and what is wrong with it.
fn calculation(text: &str, words: &GoalWords) -> Option<(usize, Option<Fault>)> {
    let mut sum = Decimal::ZERO;
    let mut steps = Vec::new();
    let (mut product, mut rest, mut factors, mut terms) = (Decimal::ONE, text, 0, Vec::new());
    loop {
        let term = term(rest)?;
        factors += 1;
        if terms.len() >= MOST_TERMS {
            return None;
        }
        product = product.checked_mul(term.value.checked_mul(term.scale)?)?;
        steps.push(plain(term.value.checked_mul(term.scale)?));
        rest = rest.get(term.length..)?;
        terms.push(term);
        let operator = rest.chars().next()?;
        rest = rest.get(operator.len_utf8()..)?;
        match operator {
            '×' | '*' | '✕' | '╳' | 'x' | 'X' => steps.push("×".to_owned()),
            // A sum of what are no products may add unlike things.
            '+' | '=' if factors < 2 => return None,
            '+' => {
                sum = sum.checked_add(product)?;
                (product, factors) = (Decimal::ONE, 0);
                steps.push("+".to_owned());
            }
            '=' => break,
            _ => return None,
        }
    }
    let sum = sum.checked_add(product)?;
    let stated = term(rest)?;
    let length = text.len() - rest.len() + stated.length;
    // What goes on is no result but the next step.
    let goes_on = rest.get(stated.length..)?.starts_with(['×', '*', '+', '÷', '/', '=']);
    let about =
        words.about.iter().any(|word| rest.get(stated.length..).is_some_and(|after| after.starts_with(word.as_str())));
    if goes_on || about || !is_of_one_kind(&terms, &stated) {
        return Some((length, None));
    }
    let reach = half_unit(stated.places).checked_mul(stated.scale)?;
    let difference = sum.checked_sub(stated.value.checked_mul(stated.scale)?)?.abs();
    if difference <= reach {
        return Some((length, None));
    }
    let printed = rest.get(..stated.length)?;
    let unit_words = printed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let right = sum.checked_div(stated.scale)?.round_dp(stated.places.max(2)).normalize();
    let fault = Fault {
        written: text.get(..length)?.to_owned(),
        stated: printed.to_owned(),
        right: format!("{}{unit_words}", plain(right)),
        steps: format!("{} = {}", steps.join(" "), plain(sum.normalize())),
    };
    Some((length, Some(fault)))
}

/// Whether the result is of the kind that the factors make: its unit is one of theirs, and every 元/天 has its 天.
fn is_of_one_kind(factors: &[Term], stated: &Term) -> bool {
    let units = || factors.iter().map(|term| term.unit.as_str()).filter(|unit| *unit != "%");
    let counted = |wanted: &str| units().any(|unit| unit == wanted);
    let per = units().filter_map(|unit| unit.split_once('/')).flat_map(|(_, per)| per.split(['/', '·']));
    let same = units().any(|unit| unit.split('/').next() == Some(stated.unit.as_str()));
    let bare = stated.unit.is_empty() && units().all(str::is_empty);
    per.into_iter().all(counted) && (same || bare)
}

/// The number that a text begins with, with its unit as targets are read.
fn term(text: &str) -> Option<Term> {
    let number = number_at(text)?;
    let rest = text.get(number.length..)?;
    let is_unit = |c: &char| c.is_alphabetic() && !matches!(c, 'x' | 'X') || matches!(c, '/' | '%' | '·' | '(' | ')');
    let length = number.length + rest.chars().take_while(is_unit).map(char::len_utf8).sum::<usize>();
    let value = Value::parse(text.get(..length)?);
    let quantity = &unit::bound(&value)?.quantity;
    let scale = if quantity.unit == "%" { Decimal::new(1, 2) } else { quantity.scale };
    Some(Term { value: quantity.number, places: quantity.places, scale, unit: quantity.unit.clone(), length })
}
