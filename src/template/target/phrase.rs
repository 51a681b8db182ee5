//! 定性目标 (phrase): the words are kept; where a number is wanted it is asked for.

use super::measure::bare_name;
use super::{Context, Proposal, Sort, clause, number};
use crate::indicator::{Meaning, Quantity, Value};
use crate::template::draft::Need;
use crate::text::squeeze;

pub(super) fn propose(context: &Context) -> Proposal {
    if is_measurable(context) {
        return match newest_number(context) {
            Some((year, quantity)) => number::from_result(quantity, year, context),
            None => wants_number(context),
        };
    }
    let text = squeeze(&context.past.indicator.target.written);
    let reasons =
        vec!["定性表述沿用上年，完成情况按评判等级填写".to_owned(), clause(&context.policy.phrases.statement)];
    Proposal { text, reasons, need: Need::Nothing, sort: Sort::Phrase, bound: None }
}

/// Whether the name wants a number, or earlier results were numbers.
fn is_measurable(context: &Context) -> bool {
    let level2 = &context.past.indicator.level2;
    wants_figure(context)
        || level2.contains(&context.policy.levels.quantity)
        || context.last_result().and_then(quantity).is_some()
}

/// Whether the name ends as a number or a rate does.
pub(super) fn wants_figure(context: &Context) -> bool {
    let phrases = &context.policy.phrases;
    let name = bare_name(context.name());
    let ends = |words: &[String]| words.iter().any(|word| name.ends_with(word.as_str()));
    ends(&phrases.measurable) && !ends(&phrases.no_rates)
}

/// The newest result that is a number with its unit.
fn newest_number(context: &Context) -> Option<(i32, Quantity)> {
    let results = context.past.results.range(..context.year);
    results.rev().find_map(|(year, value)| Some((*year, quantity(value).filter(|quantity| !quantity.unit.is_empty())?)))
}

fn quantity(value: &Value) -> Option<Quantity> {
    match &value.meaning {
        Meaning::Bound(bound) if bound.change.is_none() => Some(bound.quantity.clone()),
        _ => None,
    }
}

fn wants_number(context: &Context) -> Proposal {
    let written = squeeze(&context.past.indicator.target.written);
    let text = format!("{}：≥多少（应当量化）", context.policy.to_fill);
    let reasons = vec![
        format!("该指标应当量化，上年目标只写了“{written}”，又没有完成数据"),
        clause(&context.policy.phrases.statement),
    ];
    Proposal { text, reasons, need: Need::Fill, sort: Sort::Number, bound: None }
}
