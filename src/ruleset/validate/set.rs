//! 规则集各部分的核对 (set): everything but the rules themselves.

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::ruleset::file::{
    AuditText, CapText, DefaultText, DemandText, DivisorWord, ExecutionText, GradeText, LevelWord, PlaceText,
    RoundingText, RoundingWord, StructureText, ThresholdText,
};
use crate::ruleset::locate::Step;
use crate::ruleset::syntax::nearest;
use crate::ruleset::validate::curve;
use crate::ruleset::validate::inspector::{Inspector, statement};
use crate::ruleset::validate::rule::{kinds, steps};
use crate::ruleset::{
    DefaultRule, Divisor, ExecutionRule, ExecutionScale, FormCap, Grade, Jurisdiction, JurisdictionLevel, LevelWeight,
    Rounding, RoundingMode, Rule, Statement, Threshold, Thresholds, WeightStructure,
};
use crate::score::{percent, plain};
use crate::text::label;

pub fn place(here: &mut Inspector, text: &PlaceText) -> Jurisdiction {
    let level = match text.level {
        LevelWord::National => JurisdictionLevel::National,
        LevelWord::Province => JurisdictionLevel::Province,
        LevelWord::City => JurisdictionLevel::City,
        LevelWord::Unplaced => JurisdictionLevel::Unplaced,
    };
    let incomplete = match level {
        JurisdictionLevel::Province => text.province.is_none(),
        JurisdictionLevel::City => text.province.is_none() || text.city.is_none(),
        _ => false,
    };
    if incomplete {
        here.within(Step::Key("place"), |here| {
            here.report(Code::RuleFileInvalid, "地区没有写全", "省级写 province，市县级再写 city，例如 province: 新疆");
        });
    }
    Jurisdiction {
        level,
        province: text.province.clone(),
        city: text.city.clone(),
        automatic: text.automatic.unwrap_or(true),
    }
}

/// The default rules, each pointing at a rule of the set.
pub fn defaults(here: &mut Inspector, texts: &[DefaultText], rules: &[Rule], around: &Statement) -> Vec<DefaultRule> {
    let mut defaults = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let wanted = label(&text.rule);
        let Some(rule) = rules.iter().position(|rule| rule.spellings.contains(&wanted)) else {
            here.within(Step::Item(index), |here| {
                let near = nearest(&wanted, rules.iter().map(|rule| rule.name.as_str()));
                let names: Vec<&str> = rules.iter().map(|rule| rule.name.as_str()).collect();
                let mend = near
                    .map_or(format!("本规则集有：{}", names.join("、")), |near| format!("是否想写“{near}”？"));
                here.report(Code::RuleFileInvalid, format!("没有名为“{}”的规则", text.rule), mend);
            });
            continue;
        };
        let own = rules.get(rule).map_or(around, |rule| &rule.statement);
        defaults.push(DefaultRule {
            forms: text.forms.iter().map(|form| (*form).into()).collect(),
            level: text.level.clone(),
            kinds: kinds(&text.kinds),
            rule,
            statement: statement(text.clause.as_ref(), text.provenance, own),
        });
    }
    defaults
}

pub fn execution(here: &mut Inspector, text: &ExecutionText, around: &Statement) -> Option<ExecutionRule> {
    let statement = statement(text.clause.as_ref(), text.provenance, around);
    let weight = here.number("weight", &text.weight);
    let scale = match (&text.curve, &text.steps) {
        (Some(bands), None) => {
            Some(ExecutionScale::Curve(here.within(Step::Key("curve"), |here| curve::bands(here, bands, &statement))))
        }
        (None, Some(text)) => here.within(Step::Key("steps"), |here| steps(here, text)).map(ExecutionScale::Steps),
        _ => {
            here.report(Code::RuleFileInvalid, "没有写清执行率怎样计分", "请写 curve（曲线）或 steps（逐档扣分）之一");
            None
        }
    };
    let complete = text.complete.as_ref().map_or_else(Vec::new, |bands| {
        here.within(Step::Key("complete"), |here| curve::bands(here, bands, &statement))
    });
    Some(ExecutionRule {
        name: text.name.clone().unwrap_or_else(|| "预算执行率".to_owned()),
        weight: weight?,
        divisor: match text.divisor {
            Some(DivisorWord::Initial) => Divisor::Initial,
            _ => Divisor::Budget,
        },
        scale: scale?,
        complete,
        for_instance: text.for_instance.unwrap_or(false),
        capped: text.capped.unwrap_or(true),
        statement,
    })
}

/// The caps, which may not overlap.
pub fn caps(here: &mut Inspector, texts: &[CapText], around: &Statement) -> Vec<FormCap> {
    let mut caps = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        here.within(Step::Item(index), |here| {
            let from = text.from.as_ref().map(|from| here.percentage("from", from));
            let below = here.percentage("below", &text.below);
            let total = here.number("total", &text.total);
            let (Some(below), Some(total)) = (below, total) else { return };
            let cap = FormCap {
                from: from.flatten(),
                below,
                total,
                statement: statement(text.clause.as_ref(), text.provenance, around),
            };
            let overlaps = |other: &&FormCap| {
                cap.from.is_none_or(|from| from < other.below) && other.from.is_none_or(|from| from < cap.below)
            };
            if let Some(other) = caps.iter().find(overlaps) {
                let message = format!("与另一条封顶（低于 {}）的执行率范围重叠", percent(other.below));
                here.report(Code::RuleBandsOverlap, message, "请给两条都写上 from（含）与 below（不含），使它们相接");
            }
            caps.push(cap);
        });
    }
    caps
}

/// The weight structures, each of which adds up to 100.
pub fn weights(here: &mut Inspector, texts: &[StructureText], around: &Statement) -> Vec<WeightStructure> {
    let mut structures = Vec::new();
    for text in texts {
        here.within(Step::Named(text.name.clone()), |here| {
            let before = here.problems.len();
            let execution = text.execution.as_ref().map(|weight| here.number("execution", weight));
            let execution = execution.map_or(Some(Decimal::ZERO), |weight| weight);
            let levels: Vec<LevelWeight> = here.within(Step::Key("levels"), |here| {
                let level = |(index, level): (usize, &crate::ruleset::file::LevelText)| {
                    let weight = here.within(Step::Item(index), |here| here.number("weight", &level.weight))?;
                    Some(LevelWeight { level: label(&level.level), weight })
                };
                text.levels.iter().enumerate().filter_map(level).collect()
            });
            let (Some(execution), true) = (execution, here.problems.len() == before) else { return };
            adds_up(here, &levels, execution);
            structures.push(WeightStructure {
                name: text.name.clone(),
                forms: text.forms.iter().map(|form| (*form).into()).collect(),
                levels,
                execution,
                statement: statement(text.clause.as_ref(), text.provenance, around),
            });
        });
    }
    structures
}

fn adds_up(here: &mut Inspector, levels: &[LevelWeight], execution: Decimal) {
    let sum = levels.iter().map(|level| level.weight).fold(execution, |sum, weight| sum.saturating_add(weight));
    if sum == Decimal::ONE_HUNDRED {
        return;
    }
    let mut parts: Vec<String> =
        levels.iter().map(|level| format!("{} {}", level.level, plain(level.weight))).collect();
    if !execution.is_zero() {
        parts.push(format!("预算执行 {}", plain(execution)));
    }
    let message = format!("{} = {}，不等于100", parts.join(" + "), plain(sum));
    here.report(Code::RuleFileInvalid, message, "请核对各一级指标与预算执行率（execution）的权重");
}

/// The grades from 0 to 100, without gap or overlap.
pub fn grades(here: &mut Inspector, texts: &[GradeText], around: &Statement) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for text in texts {
        here.within(Step::Named(text.name.clone()), |here| {
            let from = here.number("from", &text.from);
            let below = text.below.as_ref().map(|below| here.number("below", below));
            let (Some(from), false) = (from, below == Some(None)) else { return };
            let statement = statement(text.clause.as_ref(), text.provenance, around);
            grades.push(Grade { name: text.name.clone(), from, below: below.flatten(), statement });
        });
    }
    if grades.len() == texts.len() {
        grades.sort_by_key(|grade| grade.from);
        grade_bands(here, &grades);
    }
    grades
}

fn grade_bands(here: &mut Inspector, grades: &[Grade]) {
    if let Some(lowest) = grades.first().filter(|grade| grade.from > Decimal::ZERO) {
        let message = format!("{}分以下不属于任何等级", plain(lowest.from));
        here.report(Code::RuleBandsGap, message, "请加一个 from: 0 的等级");
    }
    for pair in grades.windows(2) {
        let [lower, upper] = pair else { continue };
        here.within(Step::Named(lower.name.clone()), |here| match lower.below {
            Some(below) if below < upper.from => {
                let message =
                    format!("{}分至{}分之间不属于任何等级（例如 {}）", plain(below), plain(upper.from), between(below));
                here.report(Code::RuleBandsGap, message, format!("请把 below 改为 {}", plain(upper.from)));
            }
            Some(below) if below == upper.from => {}
            _ => {
                let message = format!("与等级“{}”（{}分起）重叠", upper.name, plain(upper.from));
                here.report(Code::RuleBandsOverlap, message, format!("请写 below: {}", plain(upper.from)));
            }
        });
    }
}

fn between(below: Decimal) -> String {
    plain(below.saturating_add(Decimal::new(5, 1)))
}

pub fn rounding(text: Option<&RoundingText>, around: &Statement) -> Rounding {
    match text {
        Some(text) => Rounding {
            places: text.places,
            mode: match text.mode {
                RoundingWord::HalfUp => RoundingMode::HalfUp,
                RoundingWord::Truncate => RoundingMode::Truncate,
            },
            statement: statement(text.clause.as_ref(), text.provenance, around),
        },
        None => Rounding { places: 2, mode: RoundingMode::HalfUp, statement: around.clone() },
    }
}

/// The thresholds of the audit; two of them every set must have, its own or inherited.
pub fn thresholds(here: &mut Inspector, text: &AuditText, around: &Statement) -> Option<Thresholds> {
    let mut threshold = |key: &'static str, text: &Option<ThresholdText>| {
        let text = text.as_ref()?;
        let value = here.within(Step::Key(key), |here| here.percentage("value", &text.value))?;
        Some(Threshold { value, statement: statement(text.clause.as_ref(), text.provenance, around) })
    };
    let reason_deviation = threshold("reason-deviation", &text.reason_deviation);
    let reason_over = threshold("reason-over", &text.reason_over);
    let reason_execution_below = threshold("reason-execution-below", &text.reason_execution_below);
    let far_above = threshold("far-above", &text.far_above);
    let share_too_large = threshold("share-too-large", &text.share_too_large);
    for (key, missing) in [("far-above", text.far_above.is_none()), ("share-too-large", text.share_too_large.is_none())]
    {
        if missing {
            let mend = format!("请写 {key}: {{value: …%}}，或用 extends 沿用一个有该阈值的规则集");
            here.report(Code::RuleFileInvalid, format!("没有写 {key}"), mend);
        }
    }
    Some(Thresholds {
        reason_deviation,
        reason_missed: demand(text.reason_missed.as_ref(), around),
        reason_score_below_weight: demand(text.reason_score_below_weight.as_ref(), around),
        reason_over,
        reason_execution_below,
        far_above: far_above?,
        share_too_large: share_too_large?,
    })
}

fn demand(text: Option<&DemandText>, around: &Statement) -> Option<Statement> {
    let text = text.filter(|text| text.required)?;
    Some(statement(text.clause.as_ref(), text.provenance, around))
}
