//! 资金 (funds): JX203–JX206, the arithmetic of the funds block.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::ruling;
use crate::audit::scene::{FormScene, FundsScene};
use crate::audit::span::{Span, amount, half_unit, plain, sum};
use crate::audit::words::has_any;
use crate::audit::{Code, Finding};
use crate::form::{Field, FundsLine};
use crate::indicator::{Figure, Funds, Reading};
use crate::ruleset::{Divisor, RuleSet};
use crate::score::{Cause, Outcome, Points, Ratio, execution_agrees, execution_excuse, score_for_execution_rate};
use crate::text::label;

/// JX203: an execution rate that is not spent ÷ budget.
pub(super) fn execution_rate_differs(scene: &FormScene, _: &Found) -> Vec<Finding> {
    scene.funds().filter_map(|line| rate_fault(scene, &line)).collect()
}

fn rate_fault(scene: &FormScene, line: &FundsScene) -> Option<Finding> {
    let (budget, spent, rate) = (divisor(scene.rules(), line.funds)?, line.funds.spent.get()?, line.funds.rate.get()?);
    let (printed, places) = rate.percentage();
    let amount_places = scene.facts.amount_places;
    if explains(budget, spent, amount_places, printed, places)? {
        return None;
    }
    let ratio = Ratio::new(spent.value, budget.value)?;
    let right = ratio.percent(places.max(2))?;
    let published = text(line.line.rate.as_ref());
    let name = line_name(line);
    let mut finding = scene
        .funds_finding(
            Code::ExecutionRateDiffers,
            "rate",
            line.line.rate.as_ref(),
            format!("{name}执行率填报 {published}，应为 {}%", plain(right)),
        )
        .figures(published, format!("{}%", plain(right)))
        .evidence(format!("{} ÷ {} = {}%", plain(spent.value), plain(budget.value), plain(right)))
        .suggest(format!("请把执行率改为 {}%", plain(right)));
    let by_initial = line.funds.initial.get().filter(|initial| initial.value != budget.value);
    if by_initial.and_then(|initial| explains(initial, spent, amount_places, printed, places)) == Some(true) {
        finding = finding.evidence("填报的执行率是按年初预算数计算的");
    }
    Some(finding)
}

/// The budget that the spending is divided by.
fn divisor<'a>(rules: &RuleSet, funds: &'a Funds) -> Option<&'a Figure> {
    let initial_first = rules.execution.as_ref().is_some_and(|rule| rule.divisor == Divisor::Initial);
    let (first, second) = if initial_first { (&funds.initial, &funds.budget) } else { (&funds.budget, &funds.initial) };
    first.get().or_else(|| second.get()).filter(|figure| !figure.value.is_zero())
}

/// Whether amounts that print like these can give a rate that prints like this, rounded or cut off.
fn explains(budget: &Figure, spent: &Figure, amount_places: u32, printed: Decimal, places: u32) -> Option<bool> {
    let half = half_unit(amount_places);
    let (budget, spent) = (Span::around(budget.value, half)?, Span::around(spent.value, half)?);
    if budget.low <= Decimal::ZERO {
        return Some(true);
    }
    let low = spent.low.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget.high)?;
    let high = spent.high.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget.low)?;
    let unit = half_unit(places).checked_mul(Decimal::TWO)?;
    let stands_for = Span { low: printed.checked_sub(half_unit(places))?, high: printed.checked_add(unit)? };
    Some(Span { low, high }.meets(stands_for))
}

fn text(field: Option<&Field>) -> String {
    field.map(Field::squeezed).unwrap_or_default()
}

/// What a message calls a funds line.
fn line_name(line: &FundsScene) -> String {
    let name = line.funds.name.trim_start_matches("其中").trim_matches(['：', ':']);
    if name.is_empty() { "预算".to_owned() } else { format!("“{name}”") }
}

/// JX204: an execution score that does not follow from the rate.
pub(super) fn execution_score_differs(scene: &FormScene, found: &Found) -> Vec<Finding> {
    score_fault(scene, found).into_iter().collect()
}

fn score_fault(scene: &FormScene, found: &Found) -> Option<Finding> {
    let line = scene.execution()?;
    let printed = line.funds.score.get()?;
    let Some(Outcome::Scored(score)) = &scene.case.card.execution else { return None };
    let weight = line.funds.weight.get().map(|figure| figure.value);
    let outside = printed.value.is_sign_negative() || weight.is_some_and(|weight| printed.value > weight);
    let (measure, completion) = (scene.facts.measure, scene.facts.completion);
    if execution_agrees(line.funds, scene.rules(), completion, score, measure)? {
        return None;
    }
    if found.has(scene.number, Some(0), &[Code::ExecutionRateDiffers]) && !outside {
        return None;
    }
    let form = scene.form();
    let excuse = execution_excuse(line.funds, form.kind, scene.rules(), form.year, completion, measure);
    let from_rate = by_printed_rate(scene, line.funds);
    let published = text(line.line.score.as_ref());
    let rate = text(line.line.rate.as_ref());
    let given_in_full = weight == Some(printed.value);
    let (right, is_exact) = match score.points {
        Points::Exact { rounded, .. } => (plain(rounded), true),
        Points::Within { low, high, .. } => (format!("{}～{}", plain(low), plain(high)), false),
    };
    let expected = match from_rate.map(plain) {
        Some(points) if points != right && is_exact => {
            format!("按执行率 {rate} 应为 {points}，按金额计算为 {right}")
        }
        _ => format!("应为 {right}"),
    };
    let cause = given_in_full.then_some(Cause::GivenInFull).filter(|_| excuse.is_none());
    let why = cause.map(|cause| format!("（{}）", cause.words())).unwrap_or_default();
    let message = format!("预算执行得分填报 {published}，{expected}{why}");
    let finding = scene
        .funds_finding(Code::ExecutionScoreDiffers, "score", line.line.score.as_ref(), message)
        .figures(published, right.clone())
        .caused_by(cause.map(Cause::key))
        .evidence_lines(score.steps.iter().cloned())
        .suggest(format!("请把预算执行得分改为 {right}，并同步修改总分"));
    Some(ruling::ruled(scene, finding, &score.basis, excuse.as_ref()))
}

/// The points that the printed rate gives.
fn by_printed_rate(scene: &FormScene, funds: &Funds) -> Option<Decimal> {
    let (rate, _) = funds.rate.get()?.percentage();
    match score_for_execution_rate(funds, scene.rules(), scene.facts.completion, rate)?.points {
        Points::Exact { rounded, .. } => Some(rounded),
        Points::Within { .. } => None,
    }
}

/// JX206: more spent than there was.
pub(super) fn spent_above_budget(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let over = scene.funds().filter_map(|line| {
        let (budget, spent) = (line.funds.budget.get()?, line.funds.spent.get()?);
        let excess = spent.value.checked_sub(budget.value)?;
        let places = scene.facts.amount_places;
        if amount(spent.value, places)?.low <= amount(budget.value, places)?.high {
            return None;
        }
        let (published, limit) = (text(line.line.spent.as_ref()), text(line.line.budget.as_ref()));
        let message =
            format!("{}全年执行数 {published} 超过全年预算数 {limit}（多 {}）", line_name(&line), plain(excess));
        let finding = scene
            .funds_finding(Code::SpentAboveBudget, "spent", line.line.spent.as_ref(), message)
            .figures(published, limit)
            .evidence(format!("{} − {} = {}", plain(spent.value), plain(budget.value), plain(excess)))
            .suggest("请核对预算调整手续，或改正填错的金额");
        Some(finding)
    });
    over.collect()
}

/// A column of amounts: key, name, and the amount of a line.
type AmountColumn = (&'static str, &'static str, fn(&Funds) -> &Reading<Figure>, fn(&FundsLine) -> Option<&Field>);

const AMOUNTS: [AmountColumn; 3] = [
    ("initial", "年初预算数", |funds| &funds.initial, |line| line.initial.as_ref()),
    ("budget", "全年预算数", |funds| &funds.budget, |line| line.budget.as_ref()),
    ("spent", "全年执行数", |funds| &funds.spent, |line| line.spent.as_ref()),
];

/// JX205: parts that do not add up to their total line.
pub(super) fn funds_do_not_add_up(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let lines: Vec<FundsScene> = scene.funds().collect();
    let is_total = |line: &&FundsScene| scene.words.funds.totals.contains(&total_label(&line.funds.name));
    let mut totals = lines.iter().filter(is_total);
    let (Some(total), None) = (totals.next(), totals.next()) else { return Vec::new() };
    let parts: Vec<&FundsScene> = lines.iter().filter(|line| !is_total(line)).collect();
    let faults: Vec<Finding> = AMOUNTS.iter().filter_map(|column| amount_fault(scene, total, &parts, column)).collect();
    merged(faults).into_iter().collect()
}

/// One finding for a total line, however many of its amounts do not add up.
fn merged(faults: Vec<Finding>) -> Option<Finding> {
    faults.into_iter().reduce(|mut first, other| {
        first.evidence.push(other.message);
        first.evidence.extend(other.evidence);
        first
    })
}

fn total_label(name: &str) -> String {
    label(name).split('(').next().unwrap_or_default().to_owned()
}

fn amount_fault(
    scene: &FormScene,
    total: &FundsScene,
    parts: &[&FundsScene],
    column: &AmountColumn,
) -> Option<Finding> {
    let (key, title, of, cell) = *column;
    let whole = of(total.funds).get()?;
    let read: Vec<(&FundsScene, Figure)> =
        parts.iter().filter_map(|part| Some((*part, *of(part.funds).get()?))).collect();
    let sole_part_exceeds = read.len() == 1 && read.iter().all(|(_, figure)| figure.value > whole.value);
    if (read.len() < 2 && !sole_part_exceeds)
        || parts.iter().any(|part| matches!(of(part.funds), Reading::NotUnderstood(_)))
    {
        return None;
    }
    let figures: Vec<Figure> = read.iter().map(|(_, figure)| *figure).collect();
    let nested = read.iter().any(|(part, _)| has_any(&part.funds.name, &scene.words.funds.nested)) && read.len() > 2;
    let places = scene.facts.amount_places;
    if add_up(&figures, whole, places)? || (nested && some_add_up(&figures, whole, places)) {
        return None;
    }
    let added = sum(figures.iter().map(|figure| figure.value))?;
    let published = text(cell(total.line));
    let difference = whole.value.checked_sub(added)?;
    let message = format!(
        "{title}：{}填报 {published}，各分项合计 {}（差 {}）",
        line_name(total),
        plain(added),
        plain(difference.abs())
    );
    let lines = read.iter().map(|(part, figure)| format!("{}：{}", part.funds.name, plain(figure.value)));
    let finding = scene
        .funds_finding(Code::FundsDoNotAddUp, key, cell(total.line), message)
        .figures(published, plain(added))
        .evidence_lines(lines)
        .suggest("请核对各资金来源的金额与合计");
    Some(finding)
}

/// Most lines for which every choice of parts is tried.
const MOST_PARTS: usize = 10;

/// Whether figures add up to a total, each being rounded.
fn add_up(figures: &[Figure], total: &Figure, places: u32) -> Option<bool> {
    let mut added = Span::around(Decimal::ZERO, Decimal::ZERO)?;
    for figure in figures {
        added = added.plus(amount(figure.value, places)?)?;
    }
    Some(added.meets(amount(total.value, places)?))
}

/// Whether some of the figures add up to a total, the others being parts of parts.
fn some_add_up(figures: &[Figure], total: &Figure, places: u32) -> bool {
    if figures.len() > MOST_PARTS {
        return true;
    }
    (1u32..1 << figures.len()).any(|choice| {
        let chosen: Vec<Figure> = figures
            .iter()
            .enumerate()
            .filter(|(index, _)| choice & (1 << index) != 0)
            .map(|(_, figure)| *figure)
            .collect();
        add_up(&chosen, total, places) == Some(true)
    })
}
