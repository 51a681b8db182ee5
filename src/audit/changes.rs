//! 增减 (changes): JX506, sentences whose amount, change and rate do not go together.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::Scenes;
use crate::audit::span::{half_unit, plain, rounded};
use crate::audit::words::ChangeWords;
use crate::audit::{AuditWords, Code, Finding};
use crate::dossier::{Measure, Said, Statement};

/// Most amounts before a change that it may be the change of.
const MOST_AMOUNTS: usize = 12;

/// JX506: 比上年减少4万元，下降400% of an amount that was 4.8 万元.
pub(super) fn change_differs(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let words = &AuditWords::builtin().changes;
    let mut findings = Vec::new();
    for passage in &scenes.dossier.passages {
        let mut amounts: Vec<&Said> = Vec::new();
        // What was said last before a change, shares left out: 2,361.22万元，占71.31%，比上年减少……
        let mut last: Option<&Said> = None;
        for statement in &passage.statements {
            let figures: Vec<&Said> = statement.figures.iter().filter(|said| said.measure != Measure::Year).collect();
            for (at, said) in figures.iter().copied().enumerate() {
                let rate = figures.get(at + 1).copied();
                match rate.and_then(|rate| change(words, said, rate)) {
                    Some(change) if last.is_some_and(|last| last.measure == Measure::TenThousandYuan) => {
                        findings.extend(fault(statement, &amounts, &change));
                    }
                    None if said.measure == Measure::TenThousandYuan => amounts.push(said),
                    Some(_) | None => {}
                }
                if said.measure != Measure::Percent {
                    last = Some(said);
                }
            }
        }
    }
    findings
}

/// By how much an amount changed, and the rate printed for it.
struct Change<'a> {
    amount: &'a Said,
    rate: &'a Said,
    rises: bool,
    /// Whether the rate is said to go the same way.
    agrees: bool,
}

fn change<'a>(words: &ChangeWords, amount: &'a Said, rate: &'a Said) -> Option<Change<'a>> {
    let compared = words.compared.iter().any(|word| amount.lead.contains(word.as_str()));
    let moved = |lead: &str| {
        let ends = |words: &[String]| words.iter().any(|word| lead.ends_with(word.as_str()));
        match (ends(&words.rising), ends(&words.falling)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    };
    let short = rate.lead.chars().count() <= words.longest_lead;
    if !compared || !short || amount.measure != Measure::TenThousandYuan || rate.measure != Measure::Percent {
        return None;
    }
    let (rises, also) = (moved(&amount.lead)?, moved(&rate.lead)?);
    Some(Change { amount, rate, rises, agrees: rises == also })
}

fn fault(statement: &Statement, amounts: &[&Said], change: &Change) -> Option<Finding> {
    let zero = change.amount.figure.value.is_zero() || change.rate.figure.value.is_zero();
    if zero || !change.agrees {
        return None;
    }
    let candidates: Vec<&&Said> = amounts.iter().rev().take(MOST_AMOUNTS).collect();
    let nearest = candidates.first()?;
    let explained = candidates.iter().any(|amount| explains(amount, change).unwrap_or(true));
    if explained || !stands_before(nearest, change) {
        return None;
    }
    let base = base(nearest, change)?;
    let right = if base.is_zero() { return None } else { percent(change.amount.figure.value, base)? };
    let words = if change.rises { "增加" } else { "减少" };
    let printed = plain(change.rate.figure.value);
    let places = change.rate.figure.places.max(2);
    let right = plain(rounded(right, places));
    let message = format!(
        "正文写 {} 万元、比上年{words} {} 万元，{words}率却写 {printed}%，应为 {right}%",
        plain(nearest.figure.value),
        plain(change.amount.figure.value)
    );
    let from = quoted(statement);
    let mut finding = Finding::new(Code::ChangeDiffers, message)
        .figures(format!("{printed}%"), format!("{right}%"))
        .evidence(format!(
            "上年 {} 万元；{} ÷ {} = {right}%",
            plain(base),
            plain(change.amount.figure.value),
            plain(base)
        ))
        .evidence(format!("正文：{from}"))
        .suggest("请核对金额、增减额和增减率，改正写错的一处");
    finding.place = Some(statement.place.clone());
    Some(finding)
}

/// Whether nothing but stops and a share stand between an amount and its change, so that no other subject comes between.
fn stands_before(amount: &Said, change: &Change) -> bool {
    let words = &AuditWords::builtin().changes;
    let lead = &change.amount.lead;
    let Some(at) = words.compared.iter().filter_map(|word| lead.find(word.as_str())).min() else { return false };
    let between = lead.get(..at).unwrap_or_default();
    let ends = between.chars().all(|c| !c.is_alphanumeric() || words.joining.contains(c));
    ends && amount.figure.value > Decimal::ZERO
}

fn base(amount: &Said, change: &Change) -> Option<Decimal> {
    let (now, by) = (amount.figure.value, change.amount.figure.value);
    if change.rises { now.checked_sub(by) } else { now.checked_add(by) }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// Whether an amount gives the printed rate, at the precision of all three.
fn explains(amount: &Said, change: &Change) -> Option<bool> {
    let by = change.amount.figure;
    let base = base(amount, change)?;
    let slack = half_unit(by.places.max(2));
    let loose = slack.checked_add(half_unit(amount.figure.places.max(2)))?;
    let (low, high) = (base.checked_sub(loose)?, base.checked_add(loose)?);
    if base.is_zero() {
        return Some(change.rate.figure.value == Decimal::ONE_HUNDRED);
    }
    if low <= Decimal::ZERO {
        return Some(base > Decimal::ZERO);
    }
    let least = percent(by.value.checked_sub(slack)?, high)?;
    let most = percent(by.value.checked_add(slack)?, low)?;
    let rate = change.rate.figure;
    // A rate that is cut off instead of rounded is a matter of taste.
    let unit = half_unit(rate.places).checked_mul(Decimal::TWO)?;
    Some(rate.value.checked_add(unit)? >= least && rate.value.checked_sub(unit)? <= most)
}

/// Most of a sentence that is quoted, in characters.
const LONGEST_QUOTE: usize = 120;

fn quoted(statement: &Statement) -> String {
    crate::audit::reading::shorten(&statement.text, LONGEST_QUOTE)
}
