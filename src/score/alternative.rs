//! 另解 (alternative): what a plausible mistake would print, so that a wrong figure can be traced to it.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::form::FormKind;
use crate::indicator::{Comparator, Indicator, Meaning};
use crate::ruleset::{Measure, RuleSet, TargetKind};
use crate::score::explain::{explain, plain};
use crate::score::judge::{self, Chosen, Judgement};
use crate::score::{Alternative, Cause, Points, Ratio, Score, compare, grade, table};

/// The exact completion rate of a row as its rule forms it: actual ÷ target, or target ÷ actual for a missed ceiling of a
/// rule that divides the other way.
///
/// `None` where target and actual are not two numbers in comparable units, or the divisor is zero.
pub fn completion_rate(indicator: &Indicator, kind: FormKind, rules: &RuleSet) -> Option<Ratio> {
    let ratio = table::rate(indicator)?;
    let inverse = row(indicator, kind, rules)
        .and_then(|(_, target, chosen)| judge::case(chosen.rule, target).ok())
        .is_some_and(|case| case.measure == Measure::TargetToActual && compare::target_met(indicator) == Some(false));
    if inverse { ratio.inverse() } else { Some(ratio) }
}

/// The points that the row's rule gives for a rate, in percent: to see whether a printed score follows the printed rate.
///
/// `None` where the rule does not go by the completion rate, or the row cannot be scored.
pub fn score_for_rate(indicator: &Indicator, kind: FormKind, rules: &RuleSet, rate_percent: Decimal) -> Option<Score> {
    let (weight, target, chosen) = row(indicator, kind, rules)?;
    let case = judge::case(chosen.rule, target).ok()?;
    let rate = Ratio::from_percent(rate_percent);
    let judgement = judge::judge_at(indicator, weight, chosen, case, rules, rate)?;
    Some(explain(&judgement, indicator))
}

/// Every plausible mistake that would print something else than the rule gives, most specific first.
pub fn alternatives(indicator: &Indicator, kind: FormKind, rules: &RuleSet) -> Vec<Alternative> {
    let Some((weight, target, chosen)) = row(indicator, kind, rules) else { return Vec::new() };
    let right = judge::judge_by(indicator, weight, target, chosen, rules).ok();
    let search = Search { indicator, weight, target, chosen, rules, right };
    let mut found = Vec::new();
    search.rounded_rates(&mut found);
    search.truncated(&mut found);
    search.over_completion(&mut found);
    search.other_side(&mut found);
    search.inverse(&mut found);
    search.deviations(&mut found);
    search.scales(&mut found);
    search.other_rules(&mut found);
    search.in_full(&mut found);
    found.retain(|alternative| search.differs(alternative));
    found
}

fn row<'r>(indicator: &Indicator, kind: FormKind, rules: &'r RuleSet) -> Option<(Decimal, TargetKind, Chosen<'r>)> {
    let weight = judge::weight(&indicator.weight).ok()?;
    let target = judge::row_kind(indicator).ok()?;
    let chosen = judge::choose(indicator, kind, target, rules).ok()?;
    Some((weight, target, chosen))
}

struct Search<'i, 'r> {
    indicator: &'i Indicator,
    weight: Decimal,
    target: TargetKind,
    chosen: Chosen<'r>,
    rules: &'r RuleSet,
    /// What the rule gives.
    right: Option<Judgement<'r>>,
}

impl<'r> Search<'_, 'r> {
    /// Whether an alternative would print a rate or a score other than the right one.
    fn differs(&self, alternative: &Alternative) -> bool {
        let Some(right) = &self.right else { return true };
        let rate = |ratio: Option<Ratio>| ratio.and_then(|ratio| ratio.percent(2));
        rounded(&alternative.points) != rounded(&right.points) || rate(alternative.rate) != rate(right.rate)
    }

    fn at(&self, cause: Cause, rate: Ratio) -> Option<Alternative> {
        let case = judge::case(self.chosen.rule, self.target).ok()?;
        let judgement = judge::judge_at(self.indicator, self.weight, self.chosen, case, self.rules, rate)?;
        Some(self.alternative(cause, &judgement))
    }

    fn alternative(&self, cause: Cause, judgement: &Judgement<'r>) -> Alternative {
        let score = explain(judgement, self.indicator);
        Alternative { cause, rate: score.rate, points: score.points, steps: score.steps }
    }

    fn given(&self, cause: Cause, rate: Option<Ratio>, unrounded: Decimal, step: String) -> Alternative {
        let points = Points::Exact { rounded: grade::round(&self.rules.rounding, unrounded), unrounded };
        Alternative { cause, rate, points, steps: vec![step] }
    }

    /// Rounded to whole per cent, then to one place.
    fn rounded_rates(&self, found: &mut Vec<Alternative>) {
        let Some(rate) = table::rate(self.indicator) else { return };
        let rates = [0, 1].into_iter().filter_map(|places| rate.percent(places)).map(Ratio::from_percent);
        found.extend(rates.filter_map(|rate| self.at(Cause::RateRounded, rate)));
    }

    /// Cut off instead of rounded: the score, or the rate before it.
    fn truncated(&self, found: &mut Vec<Alternative>) {
        let Some(right) = &self.right else { return };
        if let Points::Exact { unrounded, .. } = right.points {
            let cut = unrounded.round_dp_with_strategy(self.rules.rounding.places, RoundingStrategy::ToZero);
            let step = format!("{} 舍去尾数得 {}", plain(unrounded.round_dp(6)), plain(cut));
            found.push(self.given(Cause::Truncated, right.rate, cut, step));
        }
        let Some(percent) = table::rate(self.indicator).and_then(|rate| rate.percent_unrounded()) else { return };
        let rates = [2, 0].into_iter().map(|places| percent.round_dp_with_strategy(places, RoundingStrategy::ToZero));
        found.extend(rates.filter_map(|rate| self.at(Cause::Truncated, Ratio::from_percent(rate))));
    }

    fn over_completion(&self, found: &mut Vec<Alternative>) {
        let Some(rate) = table::rate(self.indicator) else { return };
        let two = Decimal::TWO;
        let above = rate.compare(Decimal::ONE).is_some_and(std::cmp::Ordering::is_gt);
        let full = matches!(&self.right, Some(right) if rounded(&right.points) == Some(self.weight));
        if above && !full {
            let step = format!("超额部分不扣分，得 {}", plain(self.weight));
            found.push(self.given(Cause::OverCompletionNotDeducted, Some(rate), self.weight, step));
        }
        let tapered = two.checked_mul(rate.denominator).and_then(|twofold| {
            twofold.checked_sub(rate.numerator)?.checked_mul(self.weight)?.checked_div(rate.denominator)
        });
        if let Some(points) = tapered.filter(|points| above && full && !points.is_sign_negative()) {
            let step = format!("{} × (2 − {}/{})", plain(self.weight), plain(rate.numerator), plain(rate.denominator));
            found.push(self.given(Cause::OverCompletionDeducted, Some(rate), points, step));
        }
    }

    /// A ceiling scored as a floor, or a floor as a ceiling.
    fn other_side(&self, found: &mut Vec<Alternative>) {
        let Meaning::Bound(bound) = &self.indicator.target.meaning else { return };
        let comparator = compare::ceiling_or_floor(bound.comparator, self.indicator);
        let (cause, other) = match comparator {
            Comparator::AtMost | Comparator::LessThan => (Cause::CeilingAsFloor, Comparator::AtLeast),
            Comparator::AtLeast | Comparator::MoreThan => (Cause::FloorAsCeiling, Comparator::AtMost),
            Comparator::Equal | Comparator::About => return,
        };
        let mut turned = self.indicator.clone();
        if let Meaning::Bound(bound) = &mut turned.target.meaning {
            bound.comparator = Some(other);
        }
        let Some(kind) = TargetKind::of(&turned.target) else { return };
        if let Ok(judgement) = judge::judge_by(&turned, self.weight, kind, self.chosen, self.rules) {
            found.push(self.alternative(cause, &judgement));
        }
        let plain_ratio = table::rate(self.indicator).filter(|_| cause == Cause::CeilingAsFloor);
        found.extend(plain_ratio.and_then(|rate| self.proportional(cause, rate)));
    }

    /// W × rate, not above W.
    fn proportional(&self, cause: Cause, rate: Ratio) -> Option<Alternative> {
        let points = self.weight.checked_mul(rate.numerator)?.checked_div(rate.denominator)?;
        let step = format!("{} × {}/{}", plain(self.weight), plain(rate.numerator), plain(rate.denominator));
        Some(self.given(cause, Some(rate), points.min(self.weight).max(Decimal::ZERO), step))
    }

    fn inverse(&self, found: &mut Vec<Alternative>) {
        let inverse = table::rate(self.indicator).and_then(|rate| rate.inverse());
        found.extend(inverse.and_then(|rate| self.at(Cause::InverseRatio, rate)));
    }

    /// 100 % plus or minus the difference in percentage points, or minus the relative deviation.
    fn deviations(&self, found: &mut Vec<Alternative>) {
        let Some(pair) = compare::numbers(self.indicator) else { return };
        let Some(difference) = pair.actual.checked_sub(pair.target) else { return };
        let is_percent = matches!(&self.indicator.target.meaning, Meaning::Bound(bound) if bound.quantity.unit == "%");
        let mut rates = Vec::new();
        if is_percent {
            rates.push(Decimal::ONE_HUNDRED.checked_add(difference).map(Ratio::from_percent));
            rates.push(Decimal::ONE_HUNDRED.checked_sub(difference).map(Ratio::from_percent));
        }
        let mirrored = pair.target.checked_sub(difference).and_then(|numerator| Ratio::new(numerator, pair.target));
        rates.push(mirrored);
        found.extend(rates.into_iter().flatten().filter_map(|rate| self.at(Cause::DeviationMistaken, rate)));
    }

    /// A hundredfold (95 for 0.95) or ten thousandfold (元 for 万元), up and down.
    fn scales(&self, found: &mut Vec<Alternative>) {
        let Some(rate) = table::rate(self.indicator) else { return };
        for factor in [Decimal::ONE_HUNDRED, Decimal::from(10_000)] {
            let up = rate.numerator.checked_mul(factor).and_then(|numerator| Ratio::new(numerator, rate.denominator));
            let down = rate.denominator.checked_mul(factor).and_then(|divisor| Ratio::new(rate.numerator, divisor));
            let both = [up, down].into_iter().flatten();
            found.extend(both.filter_map(|rate| self.at(Cause::ScaleMistaken, rate)));
        }
    }

    fn other_rules(&self, found: &mut Vec<Alternative>) {
        for rule in self.rules.rules.iter().filter(|rule| rule.name != self.chosen.rule.name) {
            let chosen = Chosen { rule, default: None };
            if let Ok(judgement) = judge::judge_by(self.indicator, self.weight, self.target, chosen, self.rules) {
                let mut alternative = self.alternative(Cause::AnotherRule, &judgement);
                alternative.steps.insert(0, format!("按规则“{}”", rule.name));
                found.push(alternative);
            }
        }
    }

    fn in_full(&self, found: &mut Vec<Alternative>) {
        let rate = self.right.as_ref().and_then(|right| right.rate);
        let step = format!("直接给满分 {}", plain(self.weight));
        found.push(self.given(Cause::GivenInFull, rate, self.weight, step));
    }
}

fn rounded(points: &Points) -> Option<Decimal> {
    match points {
        Points::Exact { rounded, .. } => Some(*rounded),
        Points::Within { .. } => None,
    }
}
