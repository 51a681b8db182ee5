//! 明细 (detail): a row with every step of its score, the clause, the curve of its rule, and the cells to try others in.

use jixiao::report::{RowReport, percent};
use jixiao::ruleset::TargetKind;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::curve::curve;
use crate::session::{EDITABLE, Opened};

/// The row of a form; 0 is the execution line.
pub fn detail(opened: &Opened, number: usize, row: usize) -> Value {
    let report = &opened.whole;
    let index = number.saturating_sub(1);
    let (Some(form), Some(case)) = (report.forms.get(index), opened.case.forms.get(index)) else {
        return json!({ "html": "" });
    };
    let Some(line) = form.row(Some(row)) else { return json!({ "html": "" }) };
    let indicator = row.checked_sub(1).and_then(|row| case.indicators.rows.get(row));
    let kind = indicator.and_then(|indicator| TargetKind::of(&indicator.target));
    let drawn = kind.map(|kind| {
        let rule = indicator.and_then(|indicator| indicator.rule.as_deref());
        curve(&case.rules, rule, kind, line.rate)
    });
    let cells = row.checked_sub(1).and_then(|row| case.form.rows.get(row));
    let page = html! {
        h3 { (line.name) }
        (steps(line))
        @if let Some(drawn) = drawn { (drawn) }
        @if let Some(cells) = cells {
            form class="what-if" {
                p { "改一格，看得分和意见如何变化：" }
                @for column in EDITABLE {
                    @if cells.get(column).is_some() {
                        @let edited = opened.edits.iter().any(|edit| (edit.form, edit.row) == (number, row) && edit.column == column.key());
                        label class=[edited.then_some("edited")] {
                            (column.title())
                            input type="text" name=(column.key()) value=(cells.text(column)) autocomplete="off";
                        }
                    }
                }
            }
        }
    };
    json!({ "html": page.into_string() })
}

fn steps(row: &RowReport) -> Markup {
    html! {
        dl class="facts" {
            dt { "完成率" }
            dd {
                @if let Some(printed) = &row.printed_rate { "填报 " (printed) "　" }
                @if let Some(rate) = row.rate { "复核 " (percent(rate)) "%" }
            }
            dt { "得分" }
            dd {
                @if let Some(printed) = &row.printed_score { "填报 " (printed) "　" }
                "复核 " (row.points_text().unwrap_or_else(|| "—".to_owned())) "　" b { (row.verdict.words()) }
            }
            @if !row.steps.is_empty() {
                dt { "计算" }
                dd { @for step in &row.steps { div { (step) } } }
            }
            @if let Some(why) = &row.why { dt { "说明" } dd { (why) } }
            @if let Some(basis) = &row.basis {
                dt { "依据" }
                dd { (basis.rule) "：" (basis.clause) "（" (basis.provenance.words()) "）" }
            }
        }
    }
}
