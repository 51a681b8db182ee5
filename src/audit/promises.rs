//! 目标文字的承诺 (promises): JX416 and JX417, rates that the goal text promises without a row, or under another spelling.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::reading::shorten;
use crate::audit::scene::{FormScene, RowScene, at};
use crate::audit::similar::similarity;
use crate::audit::span::plain;
use crate::audit::unit;
use crate::audit::words::{GoalWords, core, has_any};
use crate::audit::{Code, Finding};
use crate::dossier::{Measure, figures};
use crate::form::Field;

/// Shortest and longest name of a rate in running text, in characters.
const SHORTEST: usize = 4;
const LONGEST: usize = 16;

/// Most characters by which two spellings of one name differ.
const MOST_WRONG: usize = 2;

/// What a goal text promises: the name of a rate, its figure and the words.
struct Promise {
    name: String,
    value: Decimal,
    words: String,
}

/// JX416: a rate with its figure in the goal text that no row of the form speaks of.
/// JX417: one that a row speaks of under a name that differs in a character or two.
pub(super) fn promise_without_row(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let goal = scene.form().goal.as_ref().and_then(|goal| goal.expected.as_ref());
    let Some(field) = goal.filter(|_| scene.rows().next().is_some()) else { return Vec::new() };
    let mut findings = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for promise in promises(&scene.facts.expected, &scene.words.goals) {
        if said.contains(&promise.name) || scene.rows().any(|row| speaks_of(&row, &promise.name)) {
            continue;
        }
        said.push(promise.name.clone());
        let other = scene.rows().find(|row| is_other_spelling(row, &promise));
        findings.push(match other {
            Some(row) => spelled_otherwise(scene, &row, &promise, field),
            None if scene.rows().any(|row| is_like(&row, &promise)) => continue,
            None => without_row(scene, &promise, field),
        });
    }
    findings
}

fn without_row(scene: &FormScene, promise: &Promise, field: &Field) -> Finding {
    let message = format!("预期目标写有“{}”，指标表没有对应的指标", promise.words);
    quoting(scene.finding(Code::PromiseWithoutRow, message), promise, field)
        .suggest("请增设这一指标，或在目标文字中删去")
}

fn spelled_otherwise(scene: &FormScene, row: &RowScene, promise: &Promise, field: &Field) -> Finding {
    let name = row.name();
    let message = format!("预期目标写“{}”，指标表写“{name}”，数字相同而名称不同", promise.name);
    let finding = quoting(scene.finding(Code::NameSpelledOtherwise, message), promise, field);
    Finding {
        row: Some(row.number), ..finding.evidence(row.whereabouts()).suggest("请核对是哪一处写错，使两处一致")
    }
}

/// The finding at the goal text that it quotes.
fn quoting(finding: Finding, promise: &Promise, field: &Field) -> Finding {
    let finding = finding.printed(promise.words.clone()).evidence(format!(
        "预期目标{}：{}",
        at(&field.place),
        shorten(&field.squeezed(), 80)
    ));
    Finding { field: Some("goal"), place: Some(field.place.clone()), ..finding }
}

fn promises(text: &str, words: &GoalWords) -> Vec<Promise> {
    let mut promises = Vec::new();
    for sentence in text.split_inclusive(['。', ';']) {
        for said in figures(sentence).into_iter().filter(|said| said.measure == Measure::Percent) {
            if has_any(&said.lead, &words.other_years) {
                continue;
            }
            if let Some(name) = rate_name(&said.lead, words) {
                let number = sentence.get(said.start..said.end).unwrap_or_default();
                let start = said.lead.rfind(&name).unwrap_or(0);
                let lead = said.lead.get(start..).unwrap_or_default();
                promises.push(Promise { words: format!("{lead}{number}"), name, value: said.figure.value });
            }
        }
    }
    promises
}

/// The name of the rate that a figure follows: what stands behind the last stop, without verbs.
fn rate_name(lead: &str, words: &GoalWords) -> Option<String> {
    let mut lead = lead;
    // 覆盖率:2024年底不低于
    loop {
        let shorter = words.linking.iter().find_map(|word| lead.strip_suffix(word.as_str()));
        match shorter.or_else(|| without_year(lead)) {
            Some(shorter) => lead = shorter,
            None => break,
        }
    }
    let mut name = lead.rsplit([',', '、', ':', ';', '。', '(', ')', '“', '”']).next()?.to_owned();
    loop {
        let shorter = words.before.iter().find_map(|word| name.strip_prefix(word.as_str()).map(str::to_owned));
        match shorter.filter(|shorter| shorter.chars().count() >= SHORTEST) {
            Some(shorter) => name = shorter,
            None => break,
        }
    }
    let length = name.chars().count();
    let fits = name.ends_with('率') && (SHORTEST..=LONGEST).contains(&length) && !has_any(&name, &words.changing);
    (fits && !name.contains(|c: char| c.is_ascii_digit())).then_some(name)
}

/// A text without the year at its end: `2024年底`.
fn without_year(text: &str) -> Option<&str> {
    let before = ["年底", "年末", "年"].iter().find_map(|word| text.strip_suffix(word))?;
    let year = before.get(before.len().checked_sub(4)?..)?;
    year.bytes().all(|byte| byte.is_ascii_digit()).then(|| before.get(..before.len() - 4)).flatten()
}

/// Whether a row is about a rate: its name holds the other's, or the other way round.
fn speaks_of(row: &RowScene, name: &str) -> bool {
    let (own, name) = (core(&row.indicator.name), core(name));
    own.contains(&name) || own.chars().count() >= SHORTEST && name.contains(&own)
}

/// How much of the end of a name says what kind of rate it is: 及时率.
const ENDING: usize = 3;

/// A name of which so many characters in ten are in another may mean the same.
const MOSTLY: usize = 7;

/// Whether a row may mean the same, more loosely said.
fn is_like(row: &RowScene, promise: &Promise) -> bool {
    let (own, name) = (core(&row.indicator.name), core(&promise.name));
    let same_kind = ending(&own) == ending(&name) && has_figure(row, promise);
    same_kind || is_mostly_in(&name, &own) || similarity(&own, &name).is_some_and(|alike| alike >= Decimal::new(6, 1))
}

fn ending(name: &str) -> String {
    name.chars().rev().take(ENDING).collect()
}

fn is_mostly_in(name: &str, other: &str) -> bool {
    let shared = name.chars().filter(|c| other.contains(*c)).count();
    shared.saturating_mul(10) >= name.chars().count().saturating_mul(MOSTLY)
}

fn has_figure(row: &RowScene, promise: &Promise) -> bool {
    let value = unit::bound(&row.indicator.target).and_then(|bound| bound.quantity.value());
    value.is_some_and(|value| plain(value) == plain(promise.value))
}

/// Whether a row has the same figure under a name that differs in a character or two, or is another kind of rate of the
/// same thing.
fn is_other_spelling(row: &RowScene, promise: &Promise) -> bool {
    let (own, name) = (core(&row.indicator.name), core(&promise.name));
    let wrong = strsim::hamming(&own, &name);
    let misspelled = own.chars().count() > SHORTEST && wrong.is_ok_and(|wrong| (1..=MOST_WRONG).contains(&wrong));
    let other_kind = own.ends_with('率') && is_mostly_in(&name, &own) && ending(&own) != ending(&name);
    (misspelled || other_kind) && has_figure(row, promise)
}
