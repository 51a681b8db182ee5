//! 起草 (draft): next year's target tables as a page, each cell with its reason.

use jixiao::form::Form;
use jixiao::template::{Draft, DraftInput, Need, Policy, draft};
use maud::{Markup, html};
use serde_json::json;

use crate::answer::Answer;
use crate::session::Opened;

/// The drafts of a file and the year they are for; why there is none in words.
pub fn draft_of(opened: &Opened, year: Option<i32>) -> Result<Draft, String> {
    let forms: Vec<Form> = opened.case.forms.iter().map(|case| case.form.clone()).collect();
    let first = opened.case.forms.first().ok_or("文件中没有识别出绩效表，无法起草")?;
    let newest = forms.iter().filter_map(|form| form.year).max();
    let year = year.or(newest.map(|year| year + 1)).ok_or("表中看不出年度；请写明要起草的年度")?;
    if newest.is_some_and(|newest| year <= newest) {
        return Err(format!("{year}年不在表的年度之后；由这张表只能起草以后年度的目标"));
    }
    Ok(draft(&DraftInput {
        forms: &forms,
        history: &[],
        year,
        budget: None,
        rules: &first.rules,
        policy: Policy::builtin(),
    }))
}

/// The drafts as a page.
pub fn drafted(opened: &Opened, year: Option<i32>) -> Answer {
    match draft_of(opened, year) {
        Ok(draft) => Answer::value(json!({ "html": page(&draft).into_string(), "year": draft.year })),
        Err(why) => Answer::error(why),
    }
}

fn page(draft: &Draft) -> Markup {
    let open = draft.open_items();
    html! {
        h2 { (draft.year) "年度绩效目标表草稿" }
        p { "粉色为待填，橙色为待确认；鼠标停在格上看理由。另有" (open.len()) "处须由单位填写或确认。" }
        @for form in &draft.forms {
            h3 { (form.title) @if let Some(project) = &form.project { "　" (project.text) } }
            table class="printed" {
                thead { tr { @for column in &form.columns { th { (column.title()) } } } }
                tbody {
                    @for row in &form.rows {
                        tr {
                            @for column in &form.columns {
                                @match row.get(*column) {
                                    Some(cell) => {
                                        td class=(need(cell.need)) title=(cell.reasons.join("\n")) { (cell.text) }
                                    },
                                    None => { td {} },
                                }
                            }
                        }
                    }
                }
            }
            @for note in &form.notes { p class="todo" { (note) } }
        }
    }
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Nothing => "",
        Need::Confirm => "confirm",
        Need::Fill => "fill",
    }
}
