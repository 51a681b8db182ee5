//! 赋分规则的核对 (rule): each rule and its cases.

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::ruleset::file::{
    CaseText, KindWord, MeasureWord, OverActionWord, OverText, RuleText, StepsText, TierText, VerdictText,
};
use crate::ruleset::locate::Step;
use crate::ruleset::validate::curve;
use crate::ruleset::validate::inspector::{Inspector, statement};
use crate::ruleset::{
    Case, Measure, OverAction, OverCompletion, Rule, Scale, Share, Statement, Steps, TargetKind, Tier, Verdict,
};
use crate::score::{AnswerWords, percent};
use crate::text::label;

/// A rule, validated; problems are collected.
pub fn rule(inspector: &mut Inspector, text: &RuleText, around: &Statement) -> Rule {
    let statement = statement(text.clause.as_ref(), text.provenance, around);
    inspector.within(Step::Named(text.name.clone()), |here| {
        let cases = here.within(Step::Key("cases"), |here| cases(here, &text.cases, &statement));
        Rule {
            name: text.name.clone(),
            spellings: std::iter::once(&text.name).chain(&text.aliases).map(|name| label(name)).collect(),
            wording: text.wording.iter().map(|words| words.iter().map(|word| label(word)).collect()).collect(),
            unsuited: text.unsuited.clone(),
            cases,
            statement,
        }
    })
}

fn cases(here: &mut Inspector, texts: &[CaseText], around: &Statement) -> Vec<Case> {
    let mut taken: Vec<(TargetKind, usize)> = Vec::new();
    let mut cases = Vec::new();
    if texts.is_empty() {
        here.report(
            Code::RuleFileInvalid,
            "一种情形都没有写，这条规则无法使用",
            "请至少写一种情形，例如 - for: [number]",
        );
    }
    for (index, text) in texts.iter().enumerate() {
        here.within(Step::Item(index), |here| {
            let kinds = kinds(&text.kinds);
            if let Some((kind, earlier)) = taken.iter().find(|(kind, _)| kinds.contains(kind)) {
                here.report(
                    Code::RuleBandsOverlap,
                    format!("“{}”目标已由第{}种情形规定，这里重复", kind.words(), earlier + 1),
                    "同一种目标值只能归入一种情形，请从其中一处的 for 里删去",
                );
            }
            taken.extend(kinds.iter().map(|kind| (*kind, index)));
            cases.extend(case(here, text, kinds, around));
        });
    }
    cases
}

/// The kinds of target that words of `for` stand for.
pub fn kinds(words: &[KindWord]) -> Vec<TargetKind> {
    use TargetKind as Kind;
    let mut kinds: Vec<Kind> = words
        .iter()
        .flat_map(|word| match word {
            KindWord::Number => TargetKind::ALL.into_iter().filter(|kind| kind.is_number()).collect(),
            KindWord::Floor => vec![Kind::AtLeast, Kind::MoreThan, Kind::Bare],
            KindWord::Ceiling => vec![Kind::AtMost, Kind::LessThan],
            KindWord::AtLeast => vec![Kind::AtLeast],
            KindWord::MoreThan => vec![Kind::MoreThan],
            KindWord::AtMost => vec![Kind::AtMost],
            KindWord::LessThan => vec![Kind::LessThan],
            KindWord::Equal => vec![Kind::Equal],
            KindWord::About => vec![Kind::About],
            KindWord::Bare => vec![Kind::Bare],
            KindWord::Range => vec![Kind::Range],
            KindWord::Date => vec![Kind::Date],
            KindWord::Recurring => vec![Kind::Recurring],
            KindWord::Phrase => vec![Kind::Phrase],
        })
        .collect();
    kinds.dedup();
    kinds
}

fn case(here: &mut Inspector, text: &CaseText, kinds: Vec<TargetKind>, around: &Statement) -> Option<Case> {
    let statement = statement(text.clause.as_ref(), text.provenance, around);
    let scale = scale(here, text, &statement);
    let by_rate = matches!(scale, Some(Scale::Curve(_) | Scale::Steps(_)));
    if let Some(kind) = kinds.iter().find(|kind| by_rate && !kind.is_number()) {
        here.report(
            Code::RuleFileInvalid,
            format!("{}目标没有完成率，不能用曲线或逐档扣分", kind.words()),
            "请为这种目标另写一种情形，用 verdict（完成、未完成）或 tiers（等级）",
        );
    }
    let zero_target = text
        .zero_target
        .as_ref()
        .and_then(|verdict_text| here.within(Step::Key("zero-target"), |here| verdict(here, verdict_text, &statement)));
    let over = text
        .over
        .as_ref()
        .and_then(|over_text| here.within(Step::Key("over"), |here| over(here, over_text, &statement)));
    Some(Case {
        kinds,
        fitting: text.fitting.unwrap_or(true),
        measure: text.measure.map_or(Measure::ActualToTarget, measure),
        met_in_full: text.met_in_full.unwrap_or(false),
        scale: scale?,
        zero_target,
        over,
        for_instance: text.for_instance.unwrap_or(false),
        statement,
    })
}

fn measure(word: MeasureWord) -> Measure {
    match word {
        MeasureWord::ActualToTarget => Measure::ActualToTarget,
        MeasureWord::TargetToActual => Measure::TargetToActual,
        MeasureWord::Actual => Measure::Actual,
        MeasureWord::Deviation => Measure::Deviation,
        MeasureWord::Overrun => Measure::Overrun,
    }
}

fn scale(here: &mut Inspector, text: &CaseText, around: &Statement) -> Option<Scale> {
    match (&text.curve, &text.steps, &text.verdict, &text.tiers) {
        (Some(bands), None, None, None) => {
            Some(Scale::Curve(here.within(Step::Key("curve"), |here| curve::bands(here, bands, around))))
        }
        (None, Some(text), None, None) => here.within(Step::Key("steps"), |here| steps(here, text)).map(Scale::Steps),
        (None, None, Some(text), None) => {
            here.within(Step::Key("verdict"), |here| verdict(here, text, around)).map(Scale::Verdict)
        }
        (None, None, None, Some(texts)) => {
            Some(Scale::Tiers(here.within(Step::Key("tiers"), |here| tiers(here, texts, around))))
        }
        (None, None, None, None) => {
            here.report(
                Code::RuleFileInvalid,
                "没有写怎样计分",
                "请写 curve（曲线）、steps（逐档扣分）、verdict（完成、未完成）或 tiers（等级）之一",
            );
            None
        }
        _ => {
            here.report(
                Code::RuleFileInvalid,
                "curve、steps、verdict、tiers 只能写一个",
                "请把不同目标值的计分办法拆成几种情形",
            );
            None
        }
    }
}

/// 逐档扣分, validated.
pub fn steps(here: &mut Inspector, text: &StepsText) -> Option<Steps> {
    let from = here.percentage("from", &text.from);
    let each = here.percentage("each", &text.each);
    let deduct = here.share("deduct", &text.deduct);
    let floor = text.floor.as_ref().map_or(Some(Share::Points(Decimal::ZERO)), |floor| here.share("floor", floor));
    if each.is_some_and(|each| each <= Decimal::ZERO) {
        here.report(Code::RuleFileInvalid, "每档宽度（each）必须大于0%", "例如每低5个百分点扣分，写 each: 5%");
        return None;
    }
    Some(Steps { from: from?, side: text.side, each: each?, deduct: deduct?, count: text.count, floor: floor? })
}

fn verdict(here: &mut Inspector, text: &VerdictText, around: &Statement) -> Option<Verdict> {
    let met = here.share("met", &text.met)?;
    let missed = match &text.missed {
        Some(scalar) => Some(here.share("missed", scalar)?),
        None => None,
    };
    let missed_below = match &text.missed_below {
        Some(scalar) => Some(here.share("missed-below", scalar)?),
        None => None,
    };
    let reversed = |low: Option<Share>| match (low, missed_below) {
        (Some(Share::OfWeight(low)), Some(Share::OfWeight(high))) => low >= high,
        (None, Some(_)) => true,
        _ => false,
    };
    if reversed(missed) {
        here.report(
            Code::RuleFileInvalid,
            "missed-below 须与 missed 一起写，并且高于 missed",
            "例如 missed: 0%, missed-below: 100%，表示未完成时得0分以上、满分以下，由人酌定",
        );
    }
    if let (Share::OfWeight(met), Some(Share::OfWeight(missed))) = (met, missed)
        && missed > met
    {
        here.report(
            Code::RuleFileInvalid,
            format!("未完成得 {}，反而高于完成得 {}", percent(missed), percent(met)),
            "请核对 met 与 missed 是否写反",
        );
    }
    Some(Verdict { met, missed, missed_below, statement: statement(text.clause.as_ref(), text.provenance, around) })
}

fn over(here: &mut Inspector, text: &OverText, around: &Statement) -> Option<OverCompletion> {
    let from = here.percentage("from", &text.from);
    let action = match (text.action, &text.deduct) {
        (OverActionWord::Deduct, Some(scalar)) => here.share("deduct", scalar).map(OverAction::Deduct),
        (OverActionWord::Deduct, None) => {
            here.report(Code::RuleFileInvalid, "超额扣分没有写扣多少", "请加 deduct，例如 deduct: 2分");
            None
        }
        (OverActionWord::Nothing, _) => Some(OverAction::Nothing),
        (OverActionWord::Flag, _) => Some(OverAction::Flag),
        (OverActionWord::Reason, _) => Some(OverAction::Reason),
    };
    Some(OverCompletion {
        from: from?,
        action: action?,
        statement: statement(text.clause.as_ref(), text.provenance, around),
    })
}

fn tiers(here: &mut Inspector, texts: &[TierText], around: &Statement) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for text in texts {
        let Some(tier) = here.within(Step::Named(text.name.clone()), |here| tier(here, text, around)) else { continue };
        here.within(Step::Named(text.name.clone()), |here| below_previous(here, tiers.last(), &tier));
        tiers.push(tier);
    }
    tiers
}

fn tier(here: &mut Inspector, text: &TierText, around: &Statement) -> Option<Tier> {
    let (low, high, high_open) = match (&text.give, &text.from, &text.below, &text.to) {
        (Some(give), None, None, None) => {
            let share = here.percentage("give", give)?;
            (share, share, false)
        }
        (None, Some(from), Some(below), None) => {
            (here.percentage("from", from)?, here.percentage("below", below)?, true)
        }
        (None, Some(from), None, Some(to)) => (here.percentage("from", from)?, here.percentage("to", to)?, false),
        _ => {
            here.report(
                Code::RuleFileInvalid,
                "等级的得分写法不完整",
                "请写 give（确定的比例），或 from（含）加 below（不含）/ to（含）",
            );
            return None;
        }
    };
    if low > high {
        here.report(
            Code::RuleFileInvalid,
            format!("区间写反了：下限 {} 大于上限 {}", percent(low), percent(high)),
            "请把 from 写成较小的一端",
        );
    }
    let mut words: Vec<String> = text.words.iter().map(|word| label(word)).collect();
    words.extend(text.answer.iter().flat_map(|answer| AnswerWords::builtin().of(*answer).iter().cloned()));
    words.push(label(&text.name));
    let statement = statement(text.clause.as_ref(), text.provenance, around);
    Some(Tier { name: text.name.clone(), words, low, high, high_open, statement })
}

/// Tiers stand from high to low, without sharing a share or a word.
fn below_previous(here: &mut Inspector, previous: Option<&Tier>, tier: &Tier) {
    let Some(previous) = previous else { return };
    let shared_end = tier.high == previous.low && !tier.high_open && previous.low != previous.high;
    if tier.high > previous.low || shared_end {
        here.report(
            Code::RuleBandsOverlap,
            format!("与上一等级“{}”的得分重叠（同为 {}）", previous.name, percent(previous.low)),
            "等级应从高到低写；相接的一端，低的等级用 below（不含）",
        );
    }
    let is_exact = previous.low == previous.high;
    if tier.high < previous.low && !is_exact {
        here.report(
            Code::RuleBandsGap,
            format!("{} 至 {} 之间的得分不属于任何等级", percent(tier.high), percent(previous.low)),
            "请让下一等级的上限等于上一等级的下限",
        );
    }
    if let Some(word) = tier.words.iter().find(|word| previous.words.contains(word)) {
        here.report(
            Code::RuleBandsOverlap,
            format!("“{word}”同时属于等级“{}”和“{}”", previous.name, tier.name),
            "同一个说法只能属于一个等级",
        );
    }
}
