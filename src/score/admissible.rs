//! 可采用的规则 (admissible): whether any rule that may apply gives a printed score which the chosen one does not.
//!
//! A score is wrong only where none does: neither the chosen set, nor those it rests on, nor the national texts, nor the
//! rules of another place, nor the row read the other way where its sign is in doubt.

use std::sync::Arc;

use crate::form::FormKind;
use crate::indicator::{Comparator, Figure, Funds, Indicator};
use crate::ruleset::{JurisdictionLevel, Provenance, RuleSet, TargetKind, builtin};
use crate::score::judge::row_kind;
use crate::score::sense::{other_comparator, turned};
use crate::score::verdict::{Measure, execution_agrees, row_agrees};
use crate::score::{Completion, Outcome, Score, execution_outcome, explain, judge, plain};

/// 效力: how far a rule that gives a printed score may be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A published text that applies to the form gives it.
    Published,
    /// The chosen rules give it where the row is read with the other sign, its own being in doubt.
    Turned,
    /// The usual proportion gives it, where the chosen rule itself is only supposed.
    Usual,
    /// Only an unconfirmed statement, the rule of another place, or another reading of the row gives it.
    Supposed,
}

/// 另一说: a rule or a reading that gives the printed score.
#[derive(Debug, Clone)]
pub struct Excuse {
    pub standing: Standing,
    /// Id of the rule set; empty for the plain proportion.
    pub rules: String,
    /// The score that it gives, with the arithmetic and the clause.
    pub score: Score,
    /// How the row is read otherwise: with ≥ instead of ≤.
    pub comparator: Option<Comparator>,
    /// Whether the set belongs to another place.
    pub elsewhere: bool,
}

/// A rule set with its relation to the form.
struct Candidate {
    set: Arc<RuleSet>,
    /// Whether it is one the chosen set rests on, or a national text in force.
    applies: bool,
}

/// The rule sets that apply to a form besides the chosen one: those it rests on and the national texts in force.
pub(super) fn applying(chosen: &RuleSet, year: Option<i32>) -> impl Iterator<Item = Arc<RuleSet>> {
    candidates(chosen, year).into_iter().filter(|candidate| candidate.applies).map(|candidate| candidate.set)
}

/// The rule sets that may apply besides the chosen one, nearest first.
fn candidates(chosen: &RuleSet, year: Option<i32>) -> Vec<Candidate> {
    let mut bases = Vec::new();
    let mut base = chosen.extends.clone();
    while let Some(set) = base.as_deref().and_then(builtin::find).filter(|_| bases.len() < builtin::sets().len()) {
        base.clone_from(&set.extends);
        bases.push(set.id.clone());
    }
    let in_force = |set: &RuleSet| year.is_none_or(|year| set.in_force.holds(year));
    let national = |set: &RuleSet| set.jurisdiction.level == JurisdictionLevel::National && in_force(set);
    let others = builtin::sets().iter().filter(|set| set.id != chosen.id);
    let mut found: Vec<Candidate> = others
        .map(|set| Candidate { set: Arc::clone(set), applies: bases.contains(&set.id) || national(set) })
        .collect();
    found.sort_by_key(|candidate| !candidate.applies);
    found
}

/// What gives the printed score of a row, where the chosen rules do not; the strongest first found.
///
/// `None` where nothing known does, or no score is printed.
pub fn row_excuse(
    indicator: &Indicator,
    kind: FormKind,
    rules: &RuleSet,
    year: Option<i32>,
    measure: Measure,
) -> Option<Excuse> {
    let printed = *indicator.score.get()?;
    let mut best: Option<Excuse> = usual(indicator, kind, rules, printed, measure);
    let mut consider = |excuse: Option<Excuse>| {
        if let Some(excuse) = excuse
            && best.as_ref().is_none_or(|best| excuse.standing < best.standing)
        {
            best = Some(excuse);
        }
    };
    let other = other_comparator(indicator).map(|comparator| (comparator, turned(indicator, comparator)));
    if let Some((comparator, row)) = &other {
        let turned = given(row, kind, rules, measure).map(|score| Excuse {
            standing: Standing::Turned,
            rules: rules.id.clone(),
            score,
            comparator: Some(*comparator),
            elsewhere: false,
        });
        consider(turned);
    }
    for candidate in candidates(rules, year) {
        consider(row_under(indicator, kind, &candidate, None, measure));
        if let Some((comparator, row)) = &other {
            consider(row_under(row, kind, &candidate, Some(*comparator), measure));
        }
    }
    best
}

fn row_under(
    indicator: &Indicator,
    kind: FormKind,
    candidate: &Candidate,
    comparator: Option<Comparator>,
    measure: Measure,
) -> Option<Excuse> {
    let set = candidate.set.as_ref();
    let unknown = names_rule(indicator) && indicator.rule.as_deref().is_some_and(|name| set.rule(name).is_none());
    let unnamed;
    let row = if unknown {
        // The form names a rule that this text does not have: that the text applies is a supposition.
        unnamed = Indicator { rule: None, ..indicator.clone() };
        &unnamed
    } else {
        indicator
    };
    let score = given(row, kind, set, measure)?;
    let published = score.basis.provenance == Provenance::Published;
    let standing = if published && candidate.applies && !unknown && comparator.is_none() {
        Standing::Published
    } else {
        Standing::Supposed
    };
    Some(Excuse { standing, rules: set.id.clone(), score, comparator, elsewhere: !candidate.applies })
}

/// Whether the target is one not to be exceeded, which no plain proportion scores.
fn is_ceiling(indicator: &Indicator) -> bool {
    matches!(row_kind(indicator), Ok(TargetKind::AtMost | TargetKind::LessThan))
}

/// Whether the form names a rule for the row.
fn names_rule(indicator: &Indicator) -> bool {
    indicator.rule.as_deref().is_some_and(|name| name.chars().any(char::is_alphanumeric))
}

/// The score of a row under a set, where it is the printed one.
fn given(indicator: &Indicator, kind: FormKind, rules: &RuleSet, measure: Measure) -> Option<Score> {
    let judgement = judge(indicator, kind, rules).ok()?;
    let score = explain(&judgement, indicator);
    (row_agrees(indicator, kind, rules, &score, measure)?).then_some(score)
}

/// The plain proportion that most places use, where the chosen rule is only supposed.
fn usual(indicator: &Indicator, kind: FormKind, rules: &RuleSet, printed: Figure, measure: Measure) -> Option<Excuse> {
    let judgement = judge(indicator, kind, rules).ok()?;
    if judgement.provenance.is_firm() || names_rule(indicator) || is_ceiling(indicator) {
        return None;
    }
    let rate = judgement.rate?;
    let points = rate.numerator.checked_mul(judgement.weight)?.checked_div(rate.denominator)?.min(judgement.weight);
    let exact = crate::score::Points::Exact { rounded: points, unrounded: points };
    if !measure.admits(&exact, printed) {
        return None;
    }
    let mut score = explain(&judgement, indicator);
    score.points = exact;
    let (numerator, denominator) = (plain(rate.numerator), plain(rate.denominator));
    score.steps =
        vec![format!("{} × {numerator}/{denominator} = {}", plain(judgement.weight), plain(points.round_dp(4)))];
    score.basis.rule = "按完成比例计分".to_owned();
    score.basis.clause = "各地通行的按比例计分".to_owned();
    Some(Excuse { standing: Standing::Usual, rules: String::new(), score, comparator: None, elsewhere: false })
}

/// What gives the printed execution score, where the chosen rules do not; the strongest first found.
pub fn execution_excuse(
    funds: &Funds,
    kind: FormKind,
    rules: &RuleSet,
    year: Option<i32>,
    completion: Completion,
    measure: Measure,
) -> Option<Excuse> {
    let mut best: Option<Excuse> = None;
    for candidate in candidates(rules, year) {
        let set = candidate.set.as_ref();
        for supposed in [Completion::Complete, Completion::Unfinished] {
            let Outcome::Scored(score) = execution_outcome(funds, set, supposed) else { continue };
            if execution_agrees(funds, set, supposed, &score, measure) != Some(true) {
                continue;
            }
            let published = score.basis.provenance == Provenance::Published;
            // The national texts on projects do not speak to the form of a whole unit.
            let speaks = candidate.applies && kind == FormKind::ProjectSelfEvaluation;
            let sure = supposed == completion && completion != Completion::Open;
            let standing = if published && speaks && sure { Standing::Published } else { Standing::Supposed };
            if best.as_ref().is_none_or(|best| standing < best.standing) {
                let elsewhere = !candidate.applies;
                best = Some(Excuse { standing, rules: set.id.clone(), score, comparator: None, elsewhere });
            }
        }
    }
    best
}
