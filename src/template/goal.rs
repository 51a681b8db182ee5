//! 总体目标 (goal): left to a person, with the figures that it must contain.

use rust_decimal::Decimal;

use crate::form::{Column, Form};
use crate::template::draft::{DraftCell, DraftRow, Need};
use crate::template::policy::Policy;

/// The goal's cell: what is wanted and the figures of the drafted targets.
pub(super) fn goal(form: &Form, rows: &[DraftRow], budget: Option<Decimal>, year: i32, policy: &Policy) -> DraftCell {
    let figures: Vec<String> = rows
        .iter()
        .filter(|row| row.get(Column::Target).is_some_and(|cell| cell.need != Need::Fill))
        .filter(|row| row.text(Column::Target).chars().any(|c| c.is_ascii_digit()))
        .map(|row| format!("{}{}", row.text(Column::Name), row.text(Column::Target)))
        .collect();
    let budget = budget.map(|budget| format!("预算资金{budget}万元；")).unwrap_or_default();
    let text =
        format!("{}：请写明{year}年度总体目标，文中应有以下数字：{budget}{}", policy.to_fill, figures.join("；"));
    let expected = form.goal.as_ref().and_then(|goal| goal.expected.as_ref());
    let mut reasons: Vec<String> =
        expected.map(|field| format!("上年总体目标：{}", field.squeezed())).into_iter().collect();
    reasons.push("总体目标由单位撰写；文中数字须与各指标目标值一致".to_owned());
    DraftCell { text, reasons, need: Need::Fill }
}
