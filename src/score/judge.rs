//! 判分 (judge): the rule applied to one row, without a word of explanation.
//!
//! Millions of rows pass here, so a judgement borrows from the rule set and allocates nothing; [`super::explain`] turns it
//! into a [`super::Score`] with its steps where somebody reads them.

use rust_decimal::Decimal;

use crate::form::FormKind;
use crate::indicator::{Bound, Comparator, Figure, Indicator, Meaning, Reading, Value};
use crate::ruleset::{
    Band, Case, DefaultRule, Measure, OverCompletion, Provenance, Rule, RuleSet, Scale, Share, Statement, Steps,
    TargetKind, Tier, Verdict, is_rule_name,
};
use crate::score::compare::{self, Pair};
use crate::score::unjudged::Unjudged;
use crate::score::{AnswerWords, Points, Ratio, grade, scale};

/// 判分结果: points with everything needed to explain them.
#[derive(Debug, Clone)]
pub struct Judgement<'r> {
    /// Actual ÷ target (or as the rule forms it), where the row has one.
    pub rate: Option<Ratio>,
    pub points: Points,
    pub weight: Decimal,
    pub rule: &'r Rule,
    /// The very statement that was applied.
    pub statement: &'r Statement,
    /// The weakest grade among the statement and the choice of the rule.
    pub provenance: Provenance,
    pub(super) way: Way<'r>,
    /// Target and actual in one unit, where both are numbers.
    pub(super) pair: Option<Pair>,
    /// The over-completion deduction that was made.
    pub(super) deducted: Option<(&'r OverCompletion, Decimal)>,
}

/// Which statement gave the points.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'r> {
    Line { band: &'r Band, measure: Measure, ratio: Ratio },
    Steps { steps: &'r Steps, measure: Measure, ratio: Ratio },
    Met,
    Missed,
    ZeroTarget { met: bool },
    Tier(&'r Tier),
}

/// The rule that a row follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen<'r> {
    pub rule: &'r Rule,
    /// The default that led to it, where the form names no rule.
    pub default: Option<&'r DefaultRule>,
}

/// Scores one row.
///
/// # Errors
///
/// Why the row cannot be scored; its `Display` is a Chinese sentence.
pub fn judge<'r>(indicator: &Indicator, kind: FormKind, rules: &'r RuleSet) -> Result<Judgement<'r>, Unjudged> {
    if !kind.is_self_evaluation() {
        return Err(Unjudged::TargetForm);
    }
    let weight = weight(&indicator.weight)?;
    let target = row_kind(indicator)?;
    let chosen = choose(indicator, kind, target, rules)?;
    judge_by(indicator, weight, target, chosen, rules)
}

/// Scores one row by a given rule.
pub(super) fn judge_by<'r>(
    indicator: &Indicator,
    weight: Decimal,
    target: TargetKind,
    chosen: Chosen<'r>,
    rules: &'r RuleSet,
) -> Result<Judgement<'r>, Unjudged> {
    let actual = actual(indicator)?;
    let case = case(chosen.rule, target)?;
    let pair = match (&indicator.target.meaning, &actual.meaning) {
        (Meaning::Bound(wanted), Meaning::Bound(got)) => Some(compare::bounds(wanted, got)?),
        _ => None,
    };
    let row = RowCase { indicator, weight, chosen, case, rules, pair };
    match (&indicator.target.meaning, &actual.meaning) {
        (Meaning::Bound(wanted), Meaning::Bound(got)) => row.number(wanted, got),
        _ => row.other(target, actual),
    }
}

/// The points a rule's case gives at a rate, whatever the row's values are; `None` where the case does not go by a rate.
pub(super) fn judge_at<'r>(
    indicator: &Indicator,
    weight: Decimal,
    chosen: Chosen<'r>,
    case: &'r Case,
    rules: &'r RuleSet,
    rate: Ratio,
) -> Option<Judgement<'r>> {
    let row = RowCase { indicator, weight, chosen, case, rules, pair: None };
    if case.met_in_full && compare::target_met(indicator) == Some(true) {
        return row.full(Way::Met, &case.statement, Some(rate)).ok();
    }
    let ratio = match case.measure {
        Measure::ActualToTarget | Measure::TargetToActual => rate,
        Measure::Actual => return None,
        Measure::Deviation => beyond_full(rate)?.abs(),
        Measure::Overrun => beyond_full(rate)?.positive_part(),
    };
    match &case.scale {
        Scale::Curve(bands) => row.on_line(bands, ratio, Some(rate)).ok(),
        Scale::Steps(steps) => row.stepped(steps, ratio, Some(rate)).ok(),
        Scale::Verdict(_) | Scale::Tiers(_) => None,
    }
}

/// The rate less 100 %.
fn beyond_full(rate: Ratio) -> Option<Ratio> {
    Ratio::new(rate.numerator.checked_sub(rate.denominator)?, rate.denominator)
}

/// The rule of a row: the one it names, else the set's default.
pub(super) fn choose<'r>(
    indicator: &Indicator,
    form: FormKind,
    target: TargetKind,
    rules: &'r RuleSet,
) -> Result<Chosen<'r>, Unjudged> {
    if let Some(printed) = indicator.rule.as_deref() {
        match rules.rule(printed) {
            Some(rule) => return Ok(Chosen { rule, default: None }),
            None if is_dash(printed) => {}
            None if !is_rule_name(printed) => return Err(Unjudged::RuleIsText { printed: printed.to_owned() }),
            None => {
                return Err(Unjudged::RuleUnknown { printed: printed.to_owned(), rules: rules.id.clone() });
            }
        }
    }
    let default = rules.defaults.iter().find(|default| default.covers(indicator, form, target));
    let chosen = default.and_then(|default| {
        let rule = rules.rules.get(default.rule)?;
        Some(Chosen { rule, default: Some(default) })
    });
    chosen.ok_or_else(|| Unjudged::NoDefault { kind: target, rules: rules.id.clone() })
}

fn is_dash(printed: &str) -> bool {
    printed.chars().all(|c| !c.is_alphanumeric())
}

impl DefaultRule {
    /// Whether a row without a rule name falls under this default.
    pub fn covers(&self, indicator: &Indicator, form: FormKind, target: TargetKind) -> bool {
        let level = |word: &String| {
            [&indicator.level1, &indicator.level2, &indicator.name].iter().any(|text| text.contains(word.as_str()))
        };
        (self.forms.is_empty() || self.forms.contains(&form))
            && (self.kinds.is_empty() || self.kinds.contains(&target))
            && (self.level.is_empty() || self.level.iter().any(level))
    }
}

/// The printed weight.
pub(super) fn weight(printed: &Reading<Figure>) -> Result<Decimal, Unjudged> {
    match printed {
        Reading::Read(figure) => Ok(figure.value),
        Reading::NotUnderstood(text) => Err(Unjudged::WeightNotUnderstood(text.clone())),
        Reading::Absent | Reading::Blank => Err(Unjudged::WeightMissing),
    }
}

/// The kind of the target.
pub(super) fn target_kind(target: &Value) -> Result<TargetKind, Unjudged> {
    TargetKind::of(target).ok_or_else(|| match target.meaning {
        Meaning::Missing => Unjudged::TargetMissing,
        _ => Unjudged::TargetNotUnderstood(target.written.clone()),
    })
}

/// The kind of a row's target: a number without a sign is a ceiling where less is better.
pub(super) fn row_kind(indicator: &Indicator) -> Result<TargetKind, Unjudged> {
    let kind = target_kind(&indicator.target)?;
    let is_ceiling = kind == TargetKind::Bare && compare::ceiling_or_floor(None, indicator) == Comparator::AtMost;
    Ok(if is_ceiling { TargetKind::AtMost } else { kind })
}

/// The result, where it says anything.
pub(super) fn actual(indicator: &Indicator) -> Result<&Value, Unjudged> {
    let actual = indicator.actual.as_ref().ok_or(Unjudged::ActualMissing)?;
    match actual.meaning {
        Meaning::Missing => Err(Unjudged::ActualMissing),
        Meaning::NotUnderstood(_) => Err(Unjudged::ActualNotUnderstood(actual.written.clone())),
        _ => Ok(actual),
    }
}

/// The case of a rule for a kind of target.
pub(super) fn case(rule: &Rule, kind: TargetKind) -> Result<&Case, Unjudged> {
    let covers = |case: &&Case| case.kinds.contains(&kind);
    rule.cases.iter().find(covers).ok_or_else(|| Unjudged::KindNotCovered { rule: rule.name.clone(), kind })
}

/// One row before the case of its rule.
struct RowCase<'i, 'r> {
    indicator: &'i Indicator,
    weight: Decimal,
    chosen: Chosen<'r>,
    case: &'r Case,
    rules: &'r RuleSet,
    pair: Option<Pair>,
}

impl<'r> RowCase<'_, 'r> {
    /// A number against a number.
    fn number(&self, wanted: &Bound, got: &Bound) -> Result<Judgement<'r>, Unjudged> {
        let pair = self.pair.ok_or(Unjudged::VerdictOpen)?;
        let comparator = compare::ceiling_or_floor(wanted.comparator, self.indicator);
        let met = comparator.holds(pair.actual, pair.target);
        if pair.target.is_zero() && self.needs_ratio() {
            return self.zero_target(met);
        }
        let rate = Ratio::new(pair.actual, pair.target);
        if self.case.met_in_full && met == Some(true) {
            return self.full(Way::Met, &self.case.statement, rate);
        }
        match &self.case.scale {
            Scale::Curve(bands) => {
                let ratio = self.measure(pair, got)?;
                let rate = if self.case.measure == Measure::TargetToActual { Some(ratio) } else { rate };
                self.on_line(bands, ratio, rate)
            }
            Scale::Steps(steps) => self.stepped(steps, self.measure(pair, got)?, rate),
            Scale::Verdict(verdict) => self.verdict(verdict, met, rate),
            Scale::Tiers(tiers) => match (met, tiers.first()) {
                (Some(true), Some(tier)) => self.tier(tier, rate),
                _ => Err(Unjudged::MissedNotStated { rule: self.chosen.rule.name.clone() }),
            },
        }
    }

    /// Anything but two numbers.
    fn other(&self, target: TargetKind, actual: &Value) -> Result<Judgement<'r>, Unjudged> {
        let met = compare::target_met(self.indicator);
        if let (Scale::Tiers(tiers), Meaning::Phrase(phrase)) = (&self.case.scale, &actual.meaning) {
            let same = matches!(&self.indicator.target.meaning, Meaning::Phrase(wanted) if wanted == phrase);
            let tier = if same { tiers.first() } else { tier_of(tiers, &phrase.words) };
            return match tier {
                Some(tier) => self.tier(tier, None),
                None => Err(Unjudged::AnswerUnknown { words: phrase.words.clone() }),
            };
        }
        match (&self.case.scale, TargetKind::of(actual)) {
            (Scale::Verdict(verdict), _) if met.is_some() => self.verdict(verdict, met, None),
            (_, Some(TargetKind::Phrase)) if !target.is_number() => {
                Err(Unjudged::AnswerUnknown { words: actual.written.clone() })
            }
            (_, Some(kind)) if kind.family() == target.family() => Err(Unjudged::VerdictOpen),
            (_, kind) => Err(Unjudged::KindsDiffer {
                target: target.family(),
                actual: kind.map_or("无法识别的内容", TargetKind::family),
            }),
        }
    }

    fn needs_ratio(&self) -> bool {
        matches!(self.case.scale, Scale::Curve(_) | Scale::Steps(_)) && self.case.measure != Measure::Actual
    }

    fn zero_target(&self, met: Option<bool>) -> Result<Judgement<'r>, Unjudged> {
        let verdict = self
            .case
            .zero_target
            .as_ref()
            .ok_or_else(|| Unjudged::ZeroTarget { rule: self.chosen.rule.name.clone() })?;
        let met = met.ok_or(Unjudged::VerdictOpen)?;
        let share = self.share_of(verdict, met)?;
        self.give(Way::ZeroTarget { met }, &verdict.statement, None, share)
    }

    fn verdict(&self, verdict: &'r Verdict, met: Option<bool>, rate: Option<Ratio>) -> Result<Judgement<'r>, Unjudged> {
        let met = met.ok_or(Unjudged::VerdictOpen)?;
        if !met && let Some(open) = self.open_deduction(verdict, rate) {
            return Ok(open);
        }
        let share = self.share_of(verdict, met)?;
        let way = if met { Way::Met } else { Way::Missed };
        self.give(way, &verdict.statement, rate, share)
    }

    /// A missed target whose deduction the text leaves open; `None` where it does not.
    fn open_deduction(&self, verdict: &'r Verdict, rate: Option<Ratio>) -> Option<Judgement<'r>> {
        let low = verdict.missed?.points(self.weight)?;
        let high = verdict.missed_below?.points(self.weight)?;
        let points = Points::Within { low, high, high_open: true };
        Some(self.judgement(Way::Missed, &verdict.statement, rate, points, None))
    }

    fn share_of(&self, verdict: &Verdict, met: bool) -> Result<Share, Unjudged> {
        let share = if met { Some(verdict.met) } else { verdict.missed };
        share.ok_or_else(|| Unjudged::MissedNotStated { rule: self.chosen.rule.name.clone() })
    }

    fn measure(&self, pair: Pair, got: &Bound) -> Result<Ratio, Unjudged> {
        measure(self.case.measure, pair, got)
            .ok_or_else(|| Unjudged::NotPercent { rule: self.chosen.rule.name.clone() })
    }

    fn on_line(&self, bands: &'r [Band], ratio: Ratio, rate: Option<Ratio>) -> Result<Judgement<'r>, Unjudged> {
        let ratio = ratio.positive_part();
        let (band, unrounded) = scale::on_curve(bands, ratio, self.weight).ok_or(Unjudged::OutOfRange)?;
        let way = Way::Line { band, measure: self.case.measure, ratio };
        self.finish(way, &band.statement, rate, unrounded)
    }

    fn stepped(&self, steps: &'r Steps, ratio: Ratio, rate: Option<Ratio>) -> Result<Judgement<'r>, Unjudged> {
        let statement = &self.case.statement;
        let way = Way::Steps { steps, measure: self.case.measure, ratio };
        let (low, high) = scale::on_steps(steps, ratio, self.weight).ok_or(Unjudged::OutOfRange)?;
        if low == high {
            return self.finish(way, statement, rate, low);
        }
        let points = Points::Within { low, high, high_open: false };
        Ok(self.judgement(way, statement, rate, points, None))
    }

    fn tier(&self, tier: &'r Tier, rate: Option<Ratio>) -> Result<Judgement<'r>, Unjudged> {
        let share = |fraction| self.weight.checked_mul(fraction).ok_or(Unjudged::OutOfRange);
        let (low, high) = (share(tier.low)?, share(tier.high)?);
        if tier.low == tier.high {
            return self.finish(Way::Tier(tier), &tier.statement, rate, high);
        }
        let round = |points| grade::round(&self.rules.rounding, points);
        let points = Points::Within { low: round(low), high: round(high), high_open: tier.high_open };
        Ok(self.judgement(Way::Tier(tier), &tier.statement, rate, points, None))
    }

    fn full(&self, way: Way<'r>, statement: &'r Statement, rate: Option<Ratio>) -> Result<Judgement<'r>, Unjudged> {
        self.finish(way, statement, rate, self.weight)
    }

    fn give(
        &self,
        way: Way<'r>,
        statement: &'r Statement,
        rate: Option<Ratio>,
        share: Share,
    ) -> Result<Judgement<'r>, Unjudged> {
        let points = share.points(self.weight).ok_or(Unjudged::OutOfRange)?;
        self.finish(way, statement, rate, points)
    }

    /// Over-completion, the cap at the weight, and the one rounding.
    fn finish(
        &self,
        way: Way<'r>,
        statement: &'r Statement,
        rate: Option<Ratio>,
        unrounded: Decimal,
    ) -> Result<Judgement<'r>, Unjudged> {
        let deducted = scale::over_deduction(self.case.over.as_ref(), rate, self.weight);
        let after = match deducted {
            Some((_, points)) => unrounded.checked_sub(points).ok_or(Unjudged::OutOfRange)?,
            None => unrounded,
        };
        let bounded = after.min(self.weight).max(Decimal::ZERO);
        let points = Points::Exact { rounded: grade::round(&self.rules.rounding, bounded), unrounded: bounded };
        Ok(self.judgement(way, statement, rate, points, deducted))
    }

    fn judgement(
        &self,
        way: Way<'r>,
        statement: &'r Statement,
        rate: Option<Ratio>,
        points: Points,
        deducted: Option<(&'r OverCompletion, Decimal)>,
    ) -> Judgement<'r> {
        let by_default = self.chosen.default.map_or(Provenance::Published, |default| default.statement.provenance);
        let by_deduction = deducted.map_or(Provenance::Published, |(over, _)| over.statement.provenance);
        let provenance = statement.provenance.max(by_default).max(by_deduction);
        Judgement {
            rate,
            points,
            weight: self.weight,
            rule: self.chosen.rule,
            statement,
            provenance,
            way,
            pair: self.pair,
            deducted,
        }
    }
}

/// The measure of a pair; `None` where the result is no percentage but the scale is read at one.
pub(super) fn measure(measure: Measure, pair: Pair, got: &Bound) -> Option<Ratio> {
    let Pair { target, actual, .. } = pair;
    match measure {
        Measure::ActualToTarget => Ratio::new(actual, target),
        Measure::TargetToActual => Ratio::new(target, actual),
        Measure::Actual => (got.quantity.unit == "%").then(|| Ratio::from_percent(got.quantity.number)),
        Measure::Deviation => Ratio::new(actual.checked_sub(target)?.abs(), target.abs()),
        Measure::Overrun => Ratio::new(actual.checked_sub(target)?.max(Decimal::ZERO), target),
    }
}

/// The tier whose wording the answer uses; the longest wording decides.
fn tier_of<'r>(tiers: &'r [Tier], words: &str) -> Option<&'r Tier> {
    let lists = AnswerWords::builtin();
    let found = tiers.iter().filter_map(|tier| lists.longest(words, &tier.words).map(|length| (length, tier)));
    found.max_by_key(|(length, _)| *length).map(|(_, tier)| tier)
}
