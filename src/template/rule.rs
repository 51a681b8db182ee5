//! 赋分规则 (rule): the rule that fits the kind of a drafted target.

use crate::indicator::Value;
use crate::ruleset::{Rule, RuleSet, TargetKind};
use crate::template::draft::DraftCell;
use crate::template::policy::{Policy, has_any};
use crate::template::target::{Proposal, Sort, clause};

/// What a rule has to fit.
pub(super) struct Wanted<'a> {
    pub proposal: &'a Proposal,
    pub name: &'a str,
    pub level1: &'a str,
    pub level2: &'a str,
    /// This year's rule as printed, empty where none.
    pub printed: &'a str,
}

/// The rule's name: this year's where it fits, else the policy's for the kind, else one of the rule set that fits.
pub(super) fn choose(wanted: &Wanted, rules: &RuleSet, policy: &Policy) -> DraftCell {
    let preferred = preferred(wanted.proposal, policy);
    let kind = kind(wanted.proposal);
    let fits = |rule: &&Rule| kind.is_none_or(|kind| fits(rule, kind, wanted));
    let printed = rules.rule(wanted.printed).filter(fits);
    if printed.is_some() && !misplaced(wanted, policy) && !wanted.printed.is_empty() {
        return DraftCell::because(wanted.printed, "上年的赋分规则与指标值类型相符，沿用");
    }
    let by_policy = rules.rule(preferred).filter(fits).map(|rule| (rule, preferred));
    let by_set = || rules.rules.iter().find(fits).map(|rule| (rule, rule.name.as_str()));
    let Some((rule, name)) = by_policy.or_else(by_set) else {
        let reason = format!("规则集“{}”没有适合这类指标值的规则", rules.title);
        return DraftCell::because(preferred, reason).to_confirm();
    };
    let was = if wanted.printed.is_empty() {
        "上年没有写".to_owned()
    } else {
        format!("上年写“{}”", wanted.printed)
    };
    let mut cell = DraftCell::because(name, format!("{was}，这类指标值适用“{name}”"));
    cell.reasons.push(clause(&rule.statement));
    cell
}

/// A rule that the policy has for another kind of target.
fn misplaced(wanted: &Wanted, policy: &Policy) -> bool {
    let rules = &policy.rules;
    let own = preferred(wanted.proposal, policy);
    let others = [&rules.number, &rules.date, &rules.phrase, &rules.satisfaction];
    others.iter().any(|name| name.as_str() == wanted.printed && name.as_str() != own)
}

fn fits(rule: &Rule, kind: TargetKind, wanted: &Wanted) -> bool {
    let unsuited = [wanted.name, wanted.level1, wanted.level2].iter().any(|text| has_any(text, &rule.unsuited));
    !unsuited && rule.cases.iter().any(|case| case.fitting && case.kinds.contains(&kind))
}

/// The kind of the drafted target; a cell that is still to be filled has the kind that it asks for.
fn kind(proposal: &Proposal) -> Option<TargetKind> {
    match proposal.sort {
        Sort::Date => Some(TargetKind::Date),
        Sort::Recurring => Some(TargetKind::Recurring),
        Sort::Phrase => Some(TargetKind::Phrase),
        Sort::Number | Sort::Satisfaction | Sort::Cost if proposal.bound.is_none() => {
            TargetKind::of(&Value::parse(&proposal.text)).filter(|kind| kind.is_number()).or(Some(TargetKind::AtLeast))
        }
        Sort::Number | Sort::Satisfaction | Sort::Cost => TargetKind::of(&Value::parse(&proposal.text)),
        Sort::Open => None,
    }
}

fn preferred<'p>(proposal: &Proposal, policy: &'p Policy) -> &'p str {
    let rules = &policy.rules;
    let zero = proposal.bound.as_ref().is_some_and(|(_, quantity)| quantity.number.is_zero());
    match proposal.sort {
        _ if zero => &rules.date,
        Sort::Date | Sort::Recurring => &rules.date,
        Sort::Phrase => &rules.phrase,
        Sort::Satisfaction => &rules.satisfaction,
        Sort::Number | Sort::Cost | Sort::Open => &rules.number,
    }
}
