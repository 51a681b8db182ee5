//! 定量目标 (number): floors are not lowered, ceilings not raised, counts stay whole and shares within the whole.

use super::measure::{Toward, bare_name, unit_of, whole, with_number};
use super::{Context, Proposal, Sort, clause, comparable, is_below, is_from, quantity_like, trend};
use crate::indicator::{Bound, Comparator, Quantity};
use crate::score::{Sense, SenseWords};
use crate::template::draft::Need;
use crate::template::policy::has_any;

/// Which way the target points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// ≥
    Floor,
    /// ≤
    Ceiling,
    /// =
    Exact,
}

/// A target under construction.
struct Work {
    quantity: Quantity,
    reasons: Vec<String>,
    /// What a person has to agree to; stands after the reasons.
    questions: Vec<String>,
}

impl Work {
    fn say(&mut self, reason: impl Into<String>) {
        self.reasons.push(reason.into());
    }

    fn confirm(&mut self, question: impl Into<String>) {
        self.questions.push(question.into());
    }

    fn finish(self, comparator: Comparator) -> Proposal {
        let text = printed(comparator, &self.quantity);
        let need = if self.questions.is_empty() { Need::Nothing } else { Need::Confirm };
        let reasons = self.reasons.into_iter().chain(self.questions).collect();
        Proposal { text, reasons, need, sort: Sort::Number, bound: Some((comparator, self.quantity)) }
    }
}

pub(super) fn propose(bound: &Bound, context: &Context) -> Proposal {
    let mut work = Work { quantity: bound.quantity.clone(), reasons: Vec::new(), questions: Vec::new() };
    if !settle_unit(&mut work, context) {
        return without_unit(bound, context);
    }
    let (way, against) = way(bound, &work.quantity, context);
    if against {
        let (sense, limit) = if way == Way::Floor { ("越大越好", "下限") } else { ("越小越好", "上限") };
        work.confirm(format!("指标{sense}，上年比较符号却写反了；改为以上年完成值为{limit}，请确认"));
        work.say(clause(&context.policy.senses.statement));
        if let Some(result) = context.result_like(&work.quantity) {
            work.quantity = result;
        }
    }
    if whole(work.quantity.clone(), &context.policy.units, Toward::Up) != work.quantity {
        return broken_count(work, context);
    }
    let comparator = match way {
        Way::Floor => floor(&mut work, context),
        Way::Ceiling => ceiling(&mut work, context),
        Way::Exact => exact(&mut work, context),
    };
    if comparator == Comparator::AtLeast && context.under_cost() {
        return floor_among_costs(work, context);
    }
    work.finish(comparator)
}

/// ≥4次 under 成本指标: the level or the sign is wrong.
fn floor_among_costs(work: Work, context: &Context) -> Proposal {
    let text = format!("{}：{}列在成本指标下", context.policy.to_fill, printed(Comparator::AtLeast, &work.quantity));
    let mut reasons = work.reasons;
    reasons.push("成本指标越低越好，目标值却是“≥”；请改一级指标，或改比较符号".to_owned());
    reasons.push(clause(&context.policy.senses.statement));
    Proposal { text, reasons, need: Need::Fill, sort: Sort::Number, bound: None }
}

/// The target as printed: sign, number, unit.
pub(in crate::template) fn printed(comparator: Comparator, quantity: &Quantity) -> String {
    let sign = match comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        _ => "=",
    };
    format!("{sign}{}", quantity.canonical())
}

/// Adds a unit that was left out; `false` where nobody can say which.
fn settle_unit(work: &mut Work, context: &Context) -> bool {
    if !work.quantity.unit.is_empty() || work.quantity.number.is_zero() {
        return true;
    }
    let Some(unit) = unit_of(&work.quantity, context) else { return false };
    work.say(format!("上年目标值没有写单位，按指标名称和完成值补为“{unit}”"));
    work.quantity.unit = unit;
    true
}

fn without_unit(bound: &Bound, context: &Context) -> Proposal {
    let text = format!("{}：{}，请补计量单位", context.policy.to_fill, bound.quantity.canonical());
    let reasons = vec!["上年目标值和完成值都没有写计量单位".to_owned(), clause(&context.policy.units.statement)];
    Proposal { text, reasons, need: Need::Fill, sort: Sort::Number, bound: None }
}

/// 9.54人: nobody can say whether the unit is wrong or the number.
fn broken_count(work: Work, context: &Context) -> Proposal {
    let printed = work.quantity.canonical();
    let text = format!("{}：{printed}不是整数，请核对单位", context.policy.to_fill);
    let mut reasons = work.reasons;
    reasons.push(format!("“{}”应为整数，{printed}可能漏写了“万”", work.quantity.unit));
    reasons.push(clause(&context.policy.units.statement));
    Proposal { text, reasons, need: Need::Fill, sort: Sort::Number, bound: None }
}

/// The way a target points, and whether this year's sign pointed the other way.
fn way(bound: &Bound, quantity: &Quantity, context: &Context) -> (Way, bool) {
    let smaller = is_smaller_better(context);
    let larger = !smaller && ends_with_any(context, &context.policy.senses.larger);
    let share = quantity.unit == context.policy.shares.unit;
    match bound.comparator {
        Some(Comparator::AtLeast | Comparator::MoreThan) => (if smaller { Way::Ceiling } else { Way::Floor }, smaller),
        Some(Comparator::AtMost | Comparator::LessThan) => (if larger { Way::Floor } else { Way::Ceiling }, larger),
        // 满分的比率和零差错是确数；其余比率写“=”等于不许超过，按下限处理。
        Some(Comparator::Equal) | None if share && quantity.number == context.policy.shares.most => (Way::Exact, false),
        _ if quantity.number.is_zero() => (Way::Exact, false),
        Some(Comparator::Equal) if !share => (Way::Exact, false),
        _ => (if smaller { Way::Ceiling } else { Way::Floor }, false),
    }
}

/// Whether the name says that less is better.
fn is_smaller_better(context: &Context) -> bool {
    // Only the name: a row under 成本指标 that counts something is misfiled, not better when smaller.
    ends_with_any(context, &context.policy.senses.smaller)
        || SenseWords::builtin().sense(context.name(), "", "") == Some(Sense::Smaller)
}

fn ends_with_any(context: &Context, words: &[String]) -> bool {
    let name = bare_name(context.name());
    words.iter().any(|word| name.ends_with(word.as_str()))
}

/// ≥: not below last year's result, nor below last year's target.
fn floor(work: &mut Work, context: &Context) -> Comparator {
    let target = work.quantity.clone();
    if let Some(result) = context.result_like(&target) {
        above_result(work, &target, result, context);
        trend::extend(&mut work.quantity, &mut work.reasons, context);
    } else {
        above_older(work, &target, context);
    }
    cap_share(work, context)
}

fn above_result(work: &mut Work, target: &Quantity, result: Quantity, context: &Context) {
    let Some((reached, planned)) = comparable(&result, target) else { return };
    let floors = &context.policy.floors;
    if reached < planned {
        let far = is_below(reached, planned, floors.far_below);
        let why = format!("上年未完成目标（完成{}，目标{}），目标不降低", result.canonical(), target.canonical());
        if far {
            work.confirm(format!("{why}；差距较大，是否调整须由人决定并说明理由"));
        } else {
            work.say(why);
        }
    } else {
        let why = format!("不低于上年完成值{}", result.canonical());
        if is_from(reached, planned, floors.far_above) {
            work.say(format!("上年完成值远超目标，目标偏低，按完成值重新设定：{why}"));
        } else {
            work.say(why);
        }
        work.quantity = whole(result, &context.policy.units, Toward::Up);
    }
    work.say(clause(&floors.statement));
}

/// Without last year's result the newest older one counts.
fn above_older(work: &mut Work, target: &Quantity, context: &Context) {
    let older = context.older_result().and_then(|(year, value)| Some((year, quantity_like(value, target)?)));
    match older {
        Some((year, result)) if comparable(&result, target).is_some_and(|(reached, planned)| reached > planned) => {
            work.say(format!("不低于{year}年完成值{}；上年完成值补填后须再核对", result.canonical()));
            work.quantity = result;
        }
        _ => work.say("上年完成值未知，暂不低于上年目标；上年完成值补填后须再核对"),
    }
    work.say(clause(&context.policy.floors.statement));
}

/// A share stops at 100 %, and a floor of the whole is written as `=100%`.
fn cap_share(work: &mut Work, context: &Context) -> Comparator {
    let shares = &context.policy.shares;
    let growth = has_any(context.name(), &shares.growth);
    if work.quantity.unit != shares.unit || growth || work.quantity.number < shares.most {
        return Comparator::AtLeast;
    }
    if work.quantity.number > shares.most {
        work.say(format!("比率以{}{}为限，不取{}", shares.most, shares.unit, work.quantity.canonical()));
        work.say(clause(&shares.statement));
    } else {
        work.say(format!("比率已达{}{}，不可能超过，写作“=”", shares.most, shares.unit));
    }
    work.quantity = with_number(&work.quantity, shares.most, 0);
    Comparator::Equal
}

/// ≤: not above last year's result, nor above last year's target.
fn ceiling(work: &mut Work, context: &Context) -> Comparator {
    let target = work.quantity.clone();
    let Some(result) = context.result_like(&target) else {
        work.say("上年完成值未知，暂沿用上年目标；上年完成值补填后须再核对");
        return Comparator::AtMost;
    };
    let Some((reached, planned)) = comparable(&result, &target) else { return Comparator::AtMost };
    if reached > planned {
        work.confirm(format!("上年超出上限（完成{}，上限{}），上限不放宽", result.canonical(), target.canonical()));
    } else {
        work.say(format!("不高于上年完成值{}", result.canonical()));
        work.quantity = whole(result, &context.policy.units, Toward::Down);
    }
    work.say(clause(&context.policy.floors.statement));
    if context.past.indicator.level2 == context.policy.levels.quantity && !is_smaller_better(context) {
        work.confirm("数量指标一般写“≥”，请确认这里确实是上限");
    }
    if work.quantity.number.is_zero() { Comparator::Equal } else { Comparator::AtMost }
}

/// =: counts that are known beforehand.
fn exact(work: &mut Work, context: &Context) -> Comparator {
    let target = work.quantity.clone();
    let pair = context.result_like(&target).and_then(|result| Some((comparable(&result, &target)?, result)));
    let Some(((reached, planned), result)) = pair else {
        work.say("按确数设定，沿用上年目标");
        return Comparator::Equal;
    };
    if reached == planned {
        work.say("上年按确数完成，沿用");
    } else if planned.is_zero() {
        work.confirm(format!("目标为零，上年完成{}，目标不放宽", result.canonical()));
    } else if reached > planned && target.unit != context.policy.shares.unit {
        work.confirm(format!("上年完成{}，多于目标，按完成值设定；如下年计划数不同请改", result.canonical()));
        work.quantity = whole(result, &context.policy.units, Toward::Up);
    } else {
        let far = is_below(reached, planned, context.policy.floors.far_below);
        let why = format!("上年未完成（完成{}），目标不降低", result.canonical());
        if far { work.confirm(format!("{why}；差距较大，须由人决定")) } else { work.say(why) }
    }
    Comparator::Equal
}

/// A number proposed where this year's target was words: last year's result as the floor.
pub(super) fn from_result(quantity: Quantity, year: i32, context: &Context) -> Proposal {
    let mut work = Work { quantity, reasons: Vec::new(), questions: Vec::new() };
    let printed_result = work.quantity.canonical();
    work.confirm(format!("该指标应当量化，上年却用文字表述；{year}年完成值为{printed_result}，以此为下限"));
    work.say(clause(&context.policy.phrases.statement));
    let units = &context.policy.units;
    work.quantity = whole(work.quantity.clone(), units, Toward::Up);
    let comparator = cap_share(&mut work, context);
    work.finish(comparator)
}
