//! 各规则下的结果 (support): how far the printed scores of a form hold under all the rules that apply to it.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::{Figure, IndicatorTable, Reading};
use crate::ruleset::RuleSet;
use crate::score::admissible::applying;
use crate::score::execution::{execution_line, execution_weight};
use crate::score::verdict::{execution_verdict, row_verdict};
use crate::score::{Completion, Measure, Outcome, Points, ScoreCard, Verdict, score};

/// 各规则下的结果: points by how many of the applying rules that score them exactly agree with the printed score.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Support {
    /// Points whose printed score every such rule gives.
    pub every: Decimal,
    /// Points whose printed score some give and some do not.
    pub some: Decimal,
    /// Points whose printed score none gives.
    pub none: Decimal,
    /// The total under each other set that would make it another, or another grade.
    pub others: Vec<OtherTotal>,
}

/// 另一总分: what another applying set would make of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTotal {
    /// Id of the rule set.
    pub rules: String,
    pub points: Decimal,
    pub grade: Option<String>,
}

/// How far the printed scores of a form hold under its own rule set, those it rests on, and the national texts in force.
pub fn support(
    table: &IndicatorTable,
    kind: FormKind,
    rules: &Arc<RuleSet>,
    card: &ScoreCard,
    year: Option<i32>,
) -> Support {
    let mut support = Support::default();
    if !kind.is_self_evaluation() {
        return support;
    }
    let mut sets = vec![(Arc::clone(rules), card.clone())];
    for set in applying(rules, year) {
        let other = score(table, kind, &set);
        sets.push((set, other));
    }
    let measure = Measure::of(table, rules);
    for (at, row) in table.rows.iter().enumerate() {
        let verdicts = sets.iter().filter_map(|(set, card)| {
            let outcome = card.rows.get(at).filter(is_exact)?;
            agrees(row_verdict(row, kind, set, outcome, measure))
        });
        support.count(&row.weight, verdicts);
    }
    if let Some(funds) = execution_line(table).and_then(|line| table.funds.get(line)) {
        let completion = Completion::of(table);
        let verdicts = sets.iter().filter_map(|(set, card)| {
            let outcome = card.execution.as_ref().filter(is_exact)?;
            agrees(execution_verdict(funds, set, completion, outcome, measure))
        });
        let weight = execution_weight(funds, rules).unwrap_or_default();
        support.add(weight, verdicts);
    }
    let differs = |other: &ScoreCard| other.total.points != card.total.points || other.total.grade != card.total.grade;
    let others = sets.iter().skip(1).filter(|(_, other)| differs(other));
    support.others = others
        .filter_map(|(set, other)| {
            let (points, grade) = (other.total.points?, other.total.grade.clone());
            Some(OtherTotal { rules: set.id.clone(), points, grade })
        })
        .collect();
    support
}

impl Support {
    fn count(&mut self, weight: &Reading<Figure>, verdicts: impl Iterator<Item = bool>) {
        if let Some(weight) = weight.get() {
            self.add(weight.value, verdicts);
        }
    }

    fn add(&mut self, weight: Decimal, verdicts: impl Iterator<Item = bool>) {
        let (agree, differ) = verdicts.fold((false, false), |(agree, differ), one| (agree || one, differ || !one));
        let points = match (agree, differ) {
            (true, false) => &mut self.every,
            (true, true) => &mut self.some,
            (false, true) => &mut self.none,
            (false, false) => return,
        };
        *points = points.saturating_add(weight);
    }

    /// In words; `None` where every rule agrees with every score and the total.
    pub fn words(&self) -> Option<String> {
        let plain = |number: Decimal| number.normalize().to_string();
        if self.some.is_zero() && self.none.is_zero() && self.others.is_empty() {
            return None;
        }
        let (every, some, none) = (plain(self.every), plain(self.some), plain(self.none));
        let mut words = format!("得分在各适用规则下都成立{every}分，部分规则下成立{some}分，都不成立{none}分");
        for OtherTotal { rules, points, grade } in &self.others {
            let grade = grade.as_ref().map(|grade| format!("，等级{grade}")).unwrap_or_default();
            words += &format!("；改按{rules}总分{}{grade}", plain(*points));
        }
        Some(words)
    }
}

fn is_exact(outcome: &&Outcome) -> bool {
    matches!(outcome, Outcome::Scored(score) if matches!(score.points, Points::Exact { .. }))
}

fn agrees(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Agrees => Some(true),
        Verdict::Differs => Some(false),
        Verdict::NotEvaluated => None,
    }
}
