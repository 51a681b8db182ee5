//! 目标表草稿 (draft): next year's tables on a terminal, each target with its reasons, and what is left to a person.

use super::View;
use super::table::layout::{Grid, Tone, hanging, indented, strong};
use crate::form::Column;
use crate::template::{Draft, DraftCell, DraftForm, DraftRow, Need, gathered, is_clause};

/// From this width on the reasons stand beside the rows, else below the table.
const WIDE: usize = 130;

/// A reason that more rows share is told once, below the table.
const SHARED: usize = 2;

/// Every drafted table with the reasons of its cells.
pub fn draft_table(draft: &Draft, view: &View) -> String {
    let forms = draft.forms.iter().enumerate();
    let forms: Vec<String> = forms.map(|(index, form)| form_table(index + 1, form, view)).collect();
    forms.join("\n")
}

/// What a person has to fill or confirm, cells with the same reason together.
pub fn open_items(draft: &Draft, width: usize) -> String {
    let items = draft.open_items();
    let mut text = format!("已起草{}张{}年度目标表，有{}处待填或待确认\n", draft.forms.len(), draft.year, items.len());
    for group in gathered(&items, draft.forms.len() > 1) {
        let label = if group.need == Need::Fill { "待填" } else { "确认" };
        text.push_str(&indented(2, label, &format!("{}：{}", group.cells, group.why), width));
    }
    text
}

fn form_table(number: usize, form: &DraftForm, view: &View) -> String {
    let mut text = strong(&format!("表{number} {}（{}年）", form.title, form.year), view.colour);
    text.push('\n');
    text.push_str(&head(form, view.width));
    let notes = footnotes(form);
    let wide = view.width >= WIDE;
    text.push('\n');
    text.push_str(&rows(form, &notes, wide).draw(view.width, view.colour));
    if !wide {
        text.push_str("\n理由\n");
        for (index, row) in form.rows.iter().enumerate() {
            text.push_str(&hanging(&format!("{:>4}", index + 1), &row_reasons(form, row, &notes), view.width));
        }
    }
    for (index, note) in notes.iter().enumerate() {
        text.push_str(&hanging(&format!("[{}]", index + 1), note, view.width));
    }
    text
}

/// The indicators; on a wide terminal with their reasons beside them.
fn rows(form: &DraftForm, notes: &[String], wide: bool) -> Grid {
    let mut columns = vec![Column::Name, Column::Target, Column::Previous, Column::Weight, Column::Rule];
    columns.retain(|column| form.columns.contains(column));
    let titles = columns.iter().map(|column| if *column == Column::Name { "指标" } else { column.title() });
    let heading = std::iter::once("序号").chain(titles).chain(wide.then_some("理由"));
    let mut grid = Grid::new(heading).right([0]);
    for (index, row) in form.rows.iter().enumerate() {
        let cells = columns.iter().map(|column| row.get(*column).map(marked).unwrap_or_default());
        let cells = std::iter::once((index + 1).to_string()).chain(cells);
        grid.push(cells.chain(wide.then(|| row_reasons(form, row, notes))).collect::<Vec<String>>());
        for (at, column) in (1..).zip(&columns) {
            match row.get(*column).map(|cell| cell.need) {
                Some(Need::Fill) => grid.tint(at, Tone::Bad),
                Some(Need::Confirm) => grid.tint(at, Tone::Doubtful),
                _ => {}
            }
        }
    }
    grid
}

/// Unit, project, funds, goal and notes above the table.
fn head(form: &DraftForm, width: usize) -> String {
    let mut text = hanging("单位", &marked(&form.unit), width);
    if let Some(project) = &form.project {
        text.push_str(&hanging("项目", &marked(project), width));
    }
    let funds: Vec<String> =
        form.funds.iter().map(|line| format!("{}{}", line.name, marked_amount(&line.amount))).collect();
    text.push_str(&hanging("资金", &funds.join("，"), width));
    text.push_str(&hanging("目标", &form.goal.text, width));
    for note in &form.notes {
        text.push_str(&hanging("提示", note, width));
    }
    text
}

/// A text with the word for what is left to do about it.
fn marked(cell: &DraftCell) -> String {
    match cell.need {
        Need::Confirm => format!("{}（{}）", cell.text, cell.need.words()),
        Need::Nothing | Need::Fill => cell.text.clone(),
    }
}

fn marked_amount(cell: &DraftCell) -> String {
    match cell.need {
        Need::Fill => cell.text.clone(),
        Need::Confirm => format!("{}万元（{}）", cell.text, cell.need.words()),
        Need::Nothing => format!("{}万元", cell.text),
    }
}

/// The reasons of a row, each with the column it is about; those of the target stand for themselves.
fn told(form: &DraftForm, row: &DraftRow) -> Vec<String> {
    // The figures of last year stand among the reasons of the target already.
    let said = |column: Column, cell: &DraftCell| column == Column::Previous && cell.need == Need::Nothing;
    let cells = form.columns.iter().filter_map(|column| Some((*column, row.get(*column)?)));
    let cells = cells.filter(|(column, cell)| !said(*column, cell));
    let mut reasons: Vec<(bool, String)> = Vec::new();
    for (column, cell) in cells {
        for reason in &cell.reasons {
            let own = column == Column::Target || is_clause(reason);
            let text = if own { reason.clone() } else { format!("{}：{reason}", column.title()) };
            reasons.push((column != Column::Target, text));
        }
    }
    reasons.sort_by_key(|(other, _)| *other);
    let mut texts: Vec<String> = Vec::new();
    for (_, text) in reasons {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// The clauses and the reasons that many rows share, told once below the table.
fn footnotes(form: &DraftForm) -> Vec<String> {
    let all: Vec<String> = form.rows.iter().flat_map(|row| told(form, row)).collect();
    let mut notes: Vec<String> = Vec::new();
    for reason in &all {
        let shared = all.iter().filter(|other| *other == reason).count() > SHARED;
        if (is_clause(reason) || shared) && !notes.contains(reason) {
            notes.push(reason.clone());
        }
    }
    notes
}

fn row_reasons(form: &DraftForm, row: &DraftRow, notes: &[String]) -> String {
    let (mut own, mut numbers) = (Vec::new(), Vec::new());
    for reason in told(form, row) {
        match notes.iter().position(|note| *note == reason) {
            Some(index) => numbers.push(index + 1),
            None => own.push(reason),
        }
    }
    numbers.sort_unstable();
    let numbers: String = numbers.into_iter().map(|number| format!("[{number}]")).collect();
    format!("{}{numbers}", own.join("；"))
}
