//! 资金 (funds): the budget lines of the drafted table.

use rust_decimal::Decimal;

use crate::form::Form;
use crate::indicator::{Funds, interpret};
use crate::template::draft::{DraftCell, DraftFunds};
use crate::template::policy::Policy;

/// A line of the published layout and the words by which this year's form names it.
struct Line {
    name: &'static str,
    words: &'static [&'static str],
}

const PROJECT: [Line; 3] = [
    Line { name: "年度预算总额", words: &["资金总额", "预算总额", "总额", "合计"] },
    Line { name: "其中：财政拨款", words: &["财政拨款", "财政资金"] },
    Line { name: "其他资金", words: &["其他"] },
];

const OVERALL: [Line; 3] = [
    Line { name: "上级安排", words: &["上级"] },
    Line { name: "本级安排", words: &["本级"] },
    Line { name: "其他", words: &["其他"] },
];

/// The budget lines, and the budget that the cost ceilings may not exceed (万元).
pub(super) fn funds(
    form: &Form,
    year: i32,
    budget: Option<Decimal>,
    policy: &Policy,
) -> (Vec<DraftFunds>, Option<Decimal>) {
    let table = interpret(form).funds;
    let lines = if form.kind.is_overall() { &OVERALL } else { &PROJECT };
    let amounts: Vec<Option<Decimal>> = lines.iter().map(|line| amount(&table, line)).collect();
    let total = amounts.first().copied().flatten().or_else(|| amount_of_first(&table));
    if form.kind.is_overall() {
        let cells = lines.iter().zip(&amounts).map(|(line, known)| provisional(line.name, *known, year, policy));
        return (cells.collect(), None);
    }
    let Some(budget) = budget else {
        let known = [total, amounts.get(1).copied().flatten(), amounts.get(2).copied().flatten()];
        let cells = lines.iter().zip(known).map(|(line, known)| provisional(line.name, known, year, policy));
        return (cells.collect(), total);
    };
    let parts = split(budget, amounts.get(1).copied().flatten(), amounts.get(2).copied().flatten());
    let figures = [Some(budget), parts.map(|parts| parts.0), parts.map(|parts| parts.1)];
    let cells = lines.iter().zip(figures).map(|(line, figure)| given(line.name, figure, year, policy));
    (cells.collect(), Some(budget))
}

fn amount(table: &[Funds], line: &Line) -> Option<Decimal> {
    let mut named = table.iter().filter(|funds| line.words.iter().any(|word| funds.name.contains(word)));
    named.find_map(|funds| Some(funds.budget.get().or_else(|| funds.initial.get())?.value))
}

fn amount_of_first(table: &[Funds]) -> Option<Decimal> {
    let first = table.first()?;
    first.budget.get().or_else(|| first.initial.get()).map(|figure| figure.value)
}

/// This year's budget, until the next is approved.
fn provisional(name: &str, known: Option<Decimal>, year: i32, policy: &Policy) -> DraftFunds {
    let amount = match known {
        Some(amount) => {
            let mut cell = DraftCell::because(two(amount), format!("{}年预算数{}万元", year - 1, two(amount)));
            cell.reasons.push(format!("{year}年预算尚未给出，暂按上年预算数；以批复数为准"));
            cell.to_confirm()
        }
        None => DraftCell::to_fill(policy, "", format!("{year}年预算数未知")),
    };
    DraftFunds { name: name.to_owned(), amount }
}

fn given(name: &str, figure: Option<Decimal>, year: i32, policy: &Policy) -> DraftFunds {
    let amount = match figure {
        Some(figure) => DraftCell::because(two(figure), format!("给出的{year}年预算")),
        None => DraftCell::to_fill(policy, "", "财政拨款与其他资金各占多少须由人填写"),
    };
    DraftFunds { name: name.to_owned(), amount }
}

/// The budget as 财政拨款 and 其他资金, where this year had only one of them.
fn split(budget: Decimal, fiscal: Option<Decimal>, other: Option<Decimal>) -> Option<(Decimal, Decimal)> {
    let none = |amount: Option<Decimal>| amount.is_none_or(|amount| amount.is_zero());
    match (none(fiscal), none(other)) {
        (_, true) => Some((budget, Decimal::ZERO)),
        (true, false) => Some((Decimal::ZERO, budget)),
        (false, false) => None,
    }
}

/// An amount with at least two places, as budgets print them.
fn two(amount: Decimal) -> String {
    let mut amount = amount;
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount.to_string()
}
