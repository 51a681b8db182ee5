//! 目标文字中的比率 (goal rates): JX102 and JX414, rates in the goal text that lack their percent sign or count something else.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::prose::number_at;
use crate::audit::reading::shorten;
use crate::audit::scene::{FormScene, at};
use crate::audit::words::ends_with_any;
use crate::audit::{Code, Finding};
use crate::form::{Field, Goal};
use crate::text::fold;

/// How a rate is written: 参保率 and not only 率.
const RATE: char = '率';

/// Most characters of a rate's name that a message shows.
const LONGEST_NAME: usize = 12;

/// Shortest name that is left when a verb is cut off, in characters.
const SHORTEST_NAME: usize = 3;

/// What is wrong with a rate in running text.
enum Fault {
    /// 参保率达到100.88
    NoSign,
    /// 参保率达到115.76万人
    Counts(String),
}

/// JX102, JX414: a rate in the goal text without a percent sign, or with the unit of a count.
pub(super) fn rate_without_percent(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let goal = scene.form().goal.as_ref();
    let expected: fn(&Goal) -> Option<&Field> = |goal| goal.expected.as_ref();
    let achieved: fn(&Goal) -> Option<&Field> = |goal| goal.achieved.as_ref();
    let texts = [
        ("goal", "预期目标", goal.and_then(expected), &scene.facts.expected),
        ("achieved", "目标完成情况", goal.and_then(achieved), &scene.facts.achieved),
    ];
    let found =
        texts.into_iter().filter_map(|(key, title, field, text)| first_fault(scene, (key, title), field?, text));
    found.collect()
}

fn first_fault(scene: &FormScene, (key, title): (&'static str, &str), field: &Field, text: &str) -> Option<Finding> {
    let (words, fault) = text.match_indices(RATE).find_map(|(at, _)| fault_at(scene, text, at))?;
    let (code, message, hint) = match fault {
        Fault::NoSign => (Code::UnitMissing, format!("{title}中“{words}”没有写百分号"), "请在数字后补写“%”"),
        Fault::Counts(unit) => (
            Code::NameContradictsValue,
            format!("{title}中“{words}”自相矛盾：名称是比率，数字的单位却是“{unit}”"),
            "请改写名称，或改填百分比",
        ),
    };
    let mut finding = scene
        .finding(code, message)
        .printed(words)
        .evidence(format!("{title}{}：{}", at(&field.place), shorten(&field.squeezed(), 80)))
        .suggest(hint);
    finding.field = Some(key);
    finding.place = Some(field.place.clone());
    Some(finding)
}

fn fault_at(scene: &FormScene, text: &str, at: usize) -> Option<(String, Fault)> {
    let words = scene.words;
    let end = at + RATE.len_utf8();
    let name = name_before(scene, text.get(..end)?);
    if name.chars().count() < SHORTEST_NAME || ends_with_any(name, &words.rate_exceptions) {
        return None;
    }
    let number_start = end + linking(scene, text.get(end..)?);
    let number = number_at(text.get(number_start..)?).filter(|number| number.value > Decimal::ONE)?;
    let number_end = number_start + number.length;
    let rest = text.get(number_end..)?;
    let shown = |length: usize| text.get(end - name.len()..number_end + length).map(str::to_owned);
    let mut following = rest.chars();
    match following.next() {
        Some('、' | '/') if following.next().is_some_and(|c| c.is_ascii_digit()) => None,
        None | Some(';' | ',' | '。' | '、' | ')') => Some((shown(0)?, Fault::NoSign)),
        Some(_) => {
            let unit = counted(scene, rest)?;
            Some((shown(unit.len())?, Fault::Counts(unit)))
        }
    }
}

/// The name that a text ends with, back to the last stop or to a verb: 实际完成参保率.
fn name_before<'t>(scene: &FormScene, text: &'t str) -> &'t str {
    let from = text.char_indices().rev().find(|(_, c)| !c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
    let name = text.get(from..).unwrap_or_default();
    let cut = name.char_indices().rev().nth(LONGEST_NAME - 1).map_or(0, |(at, _)| at);
    let verbs = scene.words.goals.before.iter().filter(|word| word.chars().count() > 1);
    let after_verb = verbs.filter_map(|verb| name.rfind(verb.as_str()).map(|at| at + verb.len()));
    let left = |start: &usize| name.get(*start..).is_some_and(|rest| rest.chars().count() >= SHORTEST_NAME);
    let start = after_verb.filter(left).max().unwrap_or(0).max(cut);
    name.get(start..).unwrap_or_default()
}

/// How long the linking words are that a text begins with.
fn linking(scene: &FormScene, text: &str) -> usize {
    let mut rest = text;
    while let Some(shorter) = scene
        .words
        .goals
        .linking
        .iter()
        .filter_map(|word| rest.strip_prefix(fold(word).as_str()))
        .min_by_key(|rest| rest.len())
        .filter(|shorter| shorter.len() < rest.len())
    {
        rest = shorter;
    }
    text.len() - rest.len()
}

/// The unit of people or money that a text begins with.
fn counted(scene: &FormScene, text: &str) -> Option<String> {
    let multiplier = scene.words.goals.multipliers.iter().find(|(word, _)| text.starts_with(word.as_str()));
    let scale = multiplier.map_or("", |(word, _)| word.as_str());
    let rest = text.get(scale.len()..)?;
    let units = scene.words.costs.person.iter().chain(&scene.words.costs.money);
    units.into_iter().find(|unit| rest.starts_with(unit.as_str())).map(|unit| format!("{scale}{unit}"))
}
