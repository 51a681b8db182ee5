//! 依据与上年值 (standing): where a target comes from and what was reached, so that the two agree.

use crate::form::Column;
use crate::indicator::{Meaning, PartialDate, Value};
use crate::template::draft::DraftCell;
use crate::template::policy::has_any;
use crate::template::target::{Context, Proposal, Sort, clause};
use crate::template::year::move_near;

/// 上年完成值: in the unit of the target, dates without their year.
pub(super) fn previous(proposal: &Proposal, context: &Context) -> DraftCell {
    let year = context.year - 1;
    let Some(result) = context.last_result() else {
        let reason = format!("{year}年完成值未知（材料中只有目标），填报前须补{year}年实际完成值");
        return DraftCell::to_fill(context.policy, "", reason);
    };
    let reason = format!("{year}年完成值，原表写“{}”", crate::text::squeeze(&result.written));
    match text(result, proposal, context) {
        Some(text) => DraftCell::because(text, reason),
        None => {
            let reason = format!("{reason}，与目标值“{}”不能相比，须补可比的数值", proposal.text);
            DraftCell::to_fill(context.policy, "", reason)
        }
    }
}

/// The result as it is printed; `None` where it cannot be compared with the target.
fn text(result: &Value, proposal: &Proposal, context: &Context) -> Option<String> {
    match (&result.meaning, proposal.sort) {
        (Meaning::Bound(_), _) if proposal.bound.is_some() => {
            let (_, quantity) = proposal.bound.as_ref()?;
            context.result_like(quantity).map(|result| result.canonical())
        }
        (Meaning::Deadline(deadline), Sort::Date) => Some(PartialDate { year: None, ..deadline.date }.words()),
        (Meaning::Phrase(phrase), Sort::Phrase | Sort::Date | Sort::Recurring) => Some(phrase.words.clone()),
        (Meaning::Recurring(recurring), Sort::Recurring) => Some(recurring.words.clone()),
        (Meaning::Range(_), Sort::Number) => Some(result.canonical()),
        (Meaning::Bound(bound), Sort::Number) => Some(bound.quantity.canonical()),
        _ => None,
    }
}

/// 指标值设定依据: 历史标准 where the target comes from last year's result.
pub(super) fn basis(proposal: &Proposal, context: &Context, known_result: bool) -> DraftCell {
    let bases = &context.policy.bases;
    let printed = context.past.row.text(Column::Basis);
    if !printed.is_empty() && !is_standard(&printed, context) {
        return document(&printed, context);
    }
    let keep = |why: &str| DraftCell::because(printed.clone(), why.to_owned());
    let mut cell = match proposal.sort {
        Sort::Date | Sort::Recurring => DraftCell::because(bases.plan.clone(), "时限按年度计划确定"),
        Sort::Cost => DraftCell::because(bases.cost.clone(), "成本控制数按预算支出标准确定，以上年实际为参照"),
        Sort::Number | Sort::Satisfaction if known_result => {
            DraftCell::because(bases.result.clone(), "目标取自上年完成值，故为历史标准，与上年完成值一栏相符")
        }
        _ if !printed.is_empty() && (known_result || printed != bases.result) => keep("沿用上年依据"),
        _ => DraftCell::because(bases.plan.clone(), "没有可用的上年完成值，按年度计划确定"),
    };
    cell.reasons.push(clause(&bases.statement));
    cell
}

/// One of the standard bases that the policy assigns itself.
fn is_standard(printed: &str, context: &Context) -> bool {
    let bases = &context.policy.bases;
    let standard = printed.chars().count() <= 6
        && (printed.contains("标准") || printed.contains("数据") || printed.contains("根据"));
    standard && !has_any(printed, &bases.kept)
}

/// A plan or report that the form names: its years move with the table.
fn document(printed: &str, context: &Context) -> DraftCell {
    let moved = move_near(printed, context.from, context.year);
    let mut cell = DraftCell::because(moved.text, "沿用上年依据");
    if !moved.replaced.is_empty() {
        cell.reasons.push(format!("依据中的年份移到{}年，文件是否已印发须由人确认", context.year));
        cell = cell.to_confirm();
    }
    if !moved.left.is_empty() {
        let years: Vec<String> = moved.left.iter().map(|year| format!("{year}年")).collect();
        cell.reasons.push(format!("依据是{}的文件，是否仍然适用须由人确认", years.join("、")));
        cell = cell.to_confirm();
    }
    cell
}
