//! 规则集目录 (listing): the sets at a glance.

use crate::ruleset::{Provenance, RuleSet, Scale, builtin};

/// 目录项: one rule set at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub id: String,
    pub title: String,
    /// 全国, 新疆, 四川郫都 …
    pub place: String,
    /// `2024年起`, `2016—2019年`
    pub years: String,
    /// How many statements that give points are known how well, the best grade first.
    pub grades: Vec<(Provenance, usize)>,
    pub extends: Option<String>,
    /// Names of the rules.
    pub rules: Vec<String>,
}

/// The built-in sets, in the order of the list.
pub fn listings() -> Vec<Listing> {
    builtin::sets().iter().map(|set| Listing::of(set)).collect()
}

impl Listing {
    /// A set at a glance.
    pub fn of(set: &RuleSet) -> Self {
        Listing {
            id: set.id.clone(),
            title: set.title.clone(),
            place: set.jurisdiction.words(),
            years: years(set),
            grades: grades(set),
            extends: set.extends.clone(),
            rules: set.rules.iter().map(|rule| rule.name.clone()).collect(),
        }
    }

    /// The grades at a glance: `归纳9 推断23 待核9`.
    pub fn grades_short(&self) -> String {
        let words: Vec<String> = self.grades.iter().map(|(grade, count)| format!("{}{count}", grade.short())).collect();
        words.join(" ")
    }

    /// The grades in words: `由已公开的自评表归纳 8 条，推断，原文未明说 5 条`.
    pub fn grades_words(&self) -> String {
        let words: Vec<String> =
            self.grades.iter().map(|(grade, count)| format!("{}（{count}条）", grade.words())).collect();
        words.join("；")
    }
}

fn years(set: &RuleSet) -> String {
    match (set.in_force.from, set.in_force.until) {
        (Some(from), Some(until)) if from == until => format!("{from}年"),
        (Some(from), Some(until)) => format!("{from}—{until}年"),
        (Some(from), None) => format!("{from}年起"),
        (None, Some(until)) => format!("{until}年及以前"),
        (None, None) => "年度不限".to_owned(),
    }
}

/// The statements by which points are given, counted by grade.
pub(super) fn grades(set: &RuleSet) -> Vec<(Provenance, usize)> {
    let mut found: Vec<Provenance> = Vec::new();
    for case in set.rules.iter().flat_map(|rule| &rule.cases) {
        match &case.scale {
            Scale::Curve(bands) => found.extend(bands.iter().map(|band| band.statement.provenance)),
            Scale::Tiers(tiers) => found.extend(tiers.iter().map(|tier| tier.statement.provenance)),
            Scale::Verdict(verdict) => found.push(verdict.statement.provenance),
            Scale::Steps(_) => found.push(case.statement.provenance),
        }
    }
    found.extend(set.execution.iter().map(|execution| execution.statement.provenance));
    found.extend(set.caps.iter().map(|cap| cap.statement.provenance));
    found.sort_unstable();
    let mut counted: Vec<(Provenance, usize)> = Vec::new();
    for grade in found {
        match counted.last_mut() {
            Some((last, count)) if *last == grade => *count += 1,
            _ => counted.push((grade, 1)),
        }
    }
    counted
}
