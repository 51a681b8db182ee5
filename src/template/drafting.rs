//! 起草 (drafting): one form of this year becomes next year's table.

use rust_decimal::Decimal;

use crate::form::{Column, Form, FormKind};
use crate::indicator::Comparator;
use crate::ruleset::RuleSet;
use crate::template::budget::{self, Ceiling, Fitted};
use crate::template::draft::{Draft, DraftCell, DraftForm, DraftInput, DraftRow, Need};
use crate::template::past::{Past, pasts};
use crate::template::policy::{Policy, has_any};
use crate::template::rule::{self, Wanted};
use crate::template::target::{Context, Proposal, Sort, clause, printed, propose};
use crate::template::weights::{Reweighed, Weighed, reweigh};
use crate::template::year::move_all;
use crate::template::{agreement, funds, goal, level, scale, standing};

/// Drafts next year's table for each form.
///
/// Never fails: what cannot be decided is marked for a person.
pub fn draft(input: &DraftInput) -> Draft {
    let mut forms: Vec<DraftForm> = input.forms.iter().map(|form| draft_form(form, input)).collect();
    agreement::settle(&mut forms, input.policy);
    for (draft, form) in forms.iter_mut().zip(input.forms) {
        draft.goal = goal::goal(form, &draft.rows, draft.budget, input.year, input.policy);
    }
    Draft { year: input.year, forms }
}

/// A row on its way into the table.
struct Line<'a> {
    past: Past<'a>,
    proposal: Proposal,
}

fn draft_form(form: &Form, input: &DraftInput) -> DraftForm {
    let policy = input.policy;
    let from = form.year.unwrap_or(input.year - 1);
    let mut notes = Vec::new();
    let budget = input.budget.filter(|_| input.forms.len() == 1);
    if input.budget.is_some() && budget.is_none() {
        notes.push("给出了一个预算数，却有多张表；预算只在一次起草一张表时使用，各表预算请分别给出".to_owned());
    }
    if from != input.year - 1 {
        notes.push(format!("本表是{from}年的，不是{}年的，“上年完成值”须另行核对", input.year - 1));
    }
    let mut lines = proposals(form, from, input);
    let (funds, budget_known) = funds::funds(form, input.year, budget, policy);
    if let Some(budget) = budget {
        fit_budget(&mut lines, budget, policy, &mut notes);
    }
    let kind = if form.kind.is_overall() { FormKind::OverallTarget } else { FormKind::ProjectTarget };
    let columns = columns(kind, form);
    let reweighed = weights(&lines, kind, input);
    structure_notes(&reweighed, input.rules, &mut notes);
    let mut rows: Vec<DraftRow> =
        lines.iter().enumerate().map(|(index, line)| row(line, index, &reweighed, from, input)).collect();
    regroup(&mut rows, policy);
    let title = if kind.is_overall() { "部门整体绩效目标表" } else { "项目支出绩效目标表" };
    DraftForm {
        kind,
        year: input.year,
        title: title.to_owned(),
        unit: unit(form, policy),
        project: (!kind.is_overall()).then(|| project(form, from, input, &mut notes)),
        leader: leader(form, policy),
        phone: kind.is_overall().then(|| DraftCell::to_fill(policy, "", "联系电话由单位填写")),
        funds,
        budget: budget_known,
        goal: DraftCell::default(),
        columns,
        rows,
        notes,
    }
}

fn proposals<'a>(form: &'a Form, from: i32, input: &DraftInput) -> Vec<Line<'a>> {
    let pasts = pasts(form, from, input.history);
    let line = |past: Past<'a>| {
        let proposal = propose(&Context { past: &past, policy: input.policy, from, year: input.year });
        Line { past, proposal }
    };
    pasts.into_iter().map(line).collect()
}

/// The columns as published; a weight column only where weights mean something.
fn columns(kind: FormKind, form: &Form) -> Vec<Column> {
    let grouped = form.rows.iter().any(|row| !row.text(Column::Group).is_empty());
    let weighed = form.columns.contains(&Column::Weight) || !grouped;
    let all: &[Column] = if kind.is_overall() {
        &[Column::Level1, Column::Level2, Column::Name, Column::Target, Column::Basis, Column::Weight]
    } else {
        &[
            Column::Level1,
            Column::Level2,
            Column::Name,
            Column::Target,
            Column::Basis,
            Column::Previous,
            Column::Weight,
            Column::Rule,
            Column::Evidence,
        ]
    };
    let group = grouped.then_some(Column::Group);
    group.into_iter().chain(all.iter().copied().filter(|column| weighed || *column != Column::Weight)).collect()
}

/// Scales the cost ceilings to the budget of the year.
fn fit_budget(lines: &mut [Line], budget: Decimal, policy: &Policy, notes: &mut Vec<String>) {
    let ceilings: Vec<Ceiling> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.proposal.sort == Sort::Cost)
        .filter_map(|(row, line)| {
            let (_, quantity) = line.proposal.bound.clone()?;
            let periodic = has_any(&line.past.indicator.name, &policy.costs.unit_prices);
            let unit_price = quantity.unit.contains('/') || periodic;
            Some(Ceiling { row, quantity, unit_price })
        })
        .collect();
    match budget::fit(&ceilings, budget, &policy.costs) {
        Fitted::AsTheyAre => {}
        Fitted::Undecided { sum } => notes.push(format!(
            "成本指标中有单价，也有总额；总额各项合计{}万元，预算{}万元，其余部分由单价乘数量构成，请核对",
            sum,
            budget.normalize()
        )),
        Fitted::Scaled { ceilings, arithmetic } => {
            for (row, quantity) in ceilings {
                let Some(line) = lines.get_mut(row) else { continue };
                let proposal = &mut line.proposal;
                proposal.reasons.push(format!("{arithmetic}：{}", quantity.canonical()));
                proposal.text = printed(Comparator::AtMost, &quantity);
                proposal.bound = Some((Comparator::AtMost, quantity));
                proposal.need = proposal.need.max(Need::Confirm);
            }
        }
    }
}

fn weights(lines: &[Line], kind: FormKind, input: &DraftInput) -> Reweighed {
    let weighed: Vec<Weighed> = lines
        .iter()
        .map(|line| Weighed {
            level1: line.past.indicator.level1.clone(),
            weight: line.past.indicator.weight.get().map(|figure| figure.value),
        })
        .collect();
    reweigh(&weighed, kind, input.rules, &input.policy.weights)
}

/// What the weights alone cannot bring about.
fn structure_notes(reweighed: &Reweighed, rules: &RuleSet, notes: &mut Vec<String>) {
    if !reweighed.missing.is_empty() {
        let levels = reweighed.missing.join("、");
        notes.push(format!("本表没有{levels}指标，权重结构要求有；请补上（{}）", clause(&reweighed.statement)));
    }
    if reweighed.unlike {
        notes.push(format!("本表的一级指标与规则集“{}”的权重结构不同，各级权重未作调整，请核对", rules.title));
    }
}

/// One row of the table, every cell with its reasons.
fn row(line: &Line, index: usize, reweighed: &Reweighed, from: i32, input: &DraftInput) -> DraftRow {
    let policy = input.policy;
    let indicator = &line.past.indicator;
    let context = Context { past: &line.past, policy, from, year: input.year };
    let level2 = level::settle(&indicator.level2, &indicator.name, &line.proposal, policy);
    let previous = standing::previous(&line.proposal, &context);
    let basis = standing::basis(&line.proposal, &context, previous.need == Need::Nothing);
    let printed = line.past.row.text(Column::Rule);
    let wanted = Wanted {
        proposal: &line.proposal,
        name: &indicator.name,
        level1: &indicator.level1,
        level2: &level2.text,
        printed: &printed,
    };
    let rule = rule::choose(&wanted, input.rules, policy);
    let mut row = DraftRow::default();
    row.set(Column::Group, DraftCell::plain(line.past.row.text(Column::Group)));
    row.set(Column::Level1, DraftCell::plain(indicator.level1.clone()));
    row.set(Column::Level2, level2);
    row.set(Column::Name, name(&indicator.name, from, input));
    row.set(Column::Target, target(&line.proposal, &rule.text, input));
    row.set(Column::Basis, basis);
    row.set(Column::Previous, previous);
    row.set(Column::Weight, weight(index, reweighed));
    row.set(Column::Rule, rule);
    row.set(Column::Evidence, evidence(line, policy));
    row
}

/// The target; for words with the scale on which their result will be judged.
fn target(proposal: &Proposal, rule: &str, input: &DraftInput) -> DraftCell {
    let mut reasons = proposal.reasons.clone();
    if proposal.sort == Sort::Phrase {
        reasons.extend(input.rules.rule(rule).and_then(scale::of_phrases));
    }
    DraftCell { text: proposal.text.clone(), reasons, need: proposal.need }
}

fn weight(index: usize, reweighed: &Reweighed) -> DraftCell {
    let weight = reweighed.weights.get(index).copied().unwrap_or_default().normalize();
    let reason = reweighed.reasons.get(index).cloned().unwrap_or_default();
    let mut cell = DraftCell::because(weight.to_string(), reason);
    cell.reasons.push(clause(&reweighed.statement));
    cell
}

fn evidence(line: &Line, policy: &Policy) -> DraftCell {
    let printed = line.past.row.text(Column::Evidence);
    if !printed.is_empty() {
        return DraftCell::because(printed, "沿用上年");
    }
    let kind = if line.proposal.sort == Sort::Cost { &policy.evidence.cost } else { &policy.evidence.other };
    DraftCell::because(kind.clone(), clause(&policy.evidence.statement))
}

/// The indicator's name with its years moved.
fn name(name: &str, from: i32, input: &DraftInput) -> DraftCell {
    if name.is_empty() {
        return DraftCell::to_fill(input.policy, "", "上年表中没有指标名称");
    }
    let moved = move_all(name, input.year);
    if moved.replaced.is_empty() {
        return DraftCell::plain(name);
    }
    let cell = DraftCell::because(moved.text, format!("名称中的{}改为{}年", years(&moved.replaced), input.year));
    if moved.replaced.iter().any(|year| *year != from) { cell.to_confirm() } else { cell }
}

fn project(form: &Form, from: i32, input: &DraftInput, notes: &mut Vec<String>) -> DraftCell {
    let one_off = &input.policy.one_off;
    let printed = form.project.as_ref().map(|field| field.squeezed()).unwrap_or_default();
    if printed.is_empty() {
        return DraftCell::to_fill(input.policy, "", "上年表中没有项目名称");
    }
    let moved = move_all(&printed, input.year);
    let mut cell = DraftCell::because(moved.text, format!("上年项目名称：{printed}"));
    if !moved.replaced.is_empty() {
        cell.reasons.push(format!("名称中的{}改为{}年", years(&moved.replaced), input.year));
    }
    let other_year = moved.replaced.iter().any(|year| *year != from);
    let word = one_off.words.iter().find(|word| printed.contains(word.as_str()));
    if other_year || word.is_some() {
        let sign = match word {
            Some(word) => format!("名称含“{word}”"),
            None => format!("名称写的是{}，与{from}年度不同", years(&moved.replaced)),
        };
        let note = format!("“{printed}”像一次性项目（{sign}），{}年是否仍安排须由人确认", input.year);
        cell.reasons.push(format!("{note}；{}", clause(&one_off.statement)));
        cell = cell.to_confirm();
        notes.push(note);
    }
    cell
}

fn years(years: &[i32]) -> String {
    let words: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
    words.join("、")
}

fn unit(form: &Form, policy: &Policy) -> DraftCell {
    match form.unit.as_ref().map(|field| field.squeezed()).filter(|unit| !unit.is_empty()) {
        Some(unit) => DraftCell::because(unit, "沿用上年"),
        None => DraftCell::to_fill(policy, "", "上年表中没有单位名称"),
    }
}

fn leader(form: &Form, policy: &Policy) -> DraftCell {
    let leader = form.leader.as_ref().map(|field| field.squeezed()).filter(|leader| !leader.is_empty());
    match leader {
        Some(leader) if !form.kind.is_overall() => DraftCell::because(leader, "沿用上年，如有变动请改").to_confirm(),
        _ => DraftCell::to_fill(policy, "", "上年表中没有，由单位填写"),
    }
}

/// Rows that moved to another level 2 stand beside their kind; everything else keeps its place.
fn regroup(rows: &mut [DraftRow], policy: &Policy) {
    let moved = |row: &DraftRow| row.get(Column::Level2).is_some_and(|cell| !cell.reasons.is_empty());
    if !rows.iter().any(moved) {
        return;
    }
    let levels = &policy.levels;
    let order = [&levels.quantity, &levels.quality, &levels.timeliness];
    let rank = |text: &str| order.iter().position(|level| level.as_str() == text);
    let keys: Vec<(String, String)> =
        rows.iter().map(|row| (row.text(Column::Group).to_owned(), row.text(Column::Level1).to_owned())).collect();
    let mut first: Vec<(String, String)> = Vec::new();
    for key in keys {
        if !first.contains(&key) {
            first.push(key);
        }
    }
    let place = |row: &DraftRow| {
        let key = (row.text(Column::Group).to_owned(), row.text(Column::Level1).to_owned());
        first.iter().position(|known| *known == key)
    };
    rows.sort_by_key(|row| (place(row), rank(row.text(Column::Level2)).unwrap_or(order.len())));
}
