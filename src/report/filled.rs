//! 填写结果 (filled): what was filled into self-evaluations, with its arithmetic, and what a person has still to fill.

use super::table::layout::{hanging, indented};
use crate::template::fill::{Filled, FilledCell, Spot};
use crate::template::is_clause;

/// Every filled and every open cell; `missed` names cells that could not be written into the file.
pub fn filled_cells(filled: &[Filled], missed: &[String], width: usize) -> String {
    let count = |cells: fn(&Filled) -> usize| filled.iter().map(cells).sum::<usize>();
    let (done, open) = (count(|filled| filled.cells.len()), count(|filled| filled.open.len()));
    let mut text = format!("已填写{done}处，另有{open}处须由单位填写\n");
    let mut clauses: Vec<String> = Vec::new();
    for (number, form) in (1..).zip(filled).filter(|(_, form)| !form.cells.is_empty() || !form.open.is_empty()) {
        let project = form.form.project.as_ref().map(|project| project.squeezed()).unwrap_or_default();
        text.push_str(format!("\n表{number} {project}").trim_end());
        text.push('\n');
        for (label, cells) in [("待填", &form.open), ("已填", &form.cells)] {
            for together in cells.chunk_by(|one, two| one.reasons == two.reasons && row(one) == row(two)) {
                text.push_str(&indented(2, label, &said(form, together, &mut clauses), width));
            }
        }
    }
    if !clauses.is_empty() {
        text.push('\n');
    }
    for (index, clause) in clauses.iter().enumerate() {
        text.push_str(&hanging(&format!("[{}]", index + 1), clause, width));
    }
    for cell in missed {
        let said = format!("未写入：{cell}，在原文件中找不到这个单元格，请手工填写");
        text.push_str(&indented(2, "注意", &said, width));
    }
    text
}

/// The indicator row of a cell; `None` for the head of the form.
fn row(cell: &FilledCell) -> Option<usize> {
    match cell.spot {
        Spot::Row(row, _) => Some(row),
        _ => None,
    }
}

/// Cells that rest on the same arithmetic: `第1行指标“…”的完成率：100%，得分：10（1 ÷ 1 = 100.00%）[1]`.
fn said(form: &Filled, cells: &[FilledCell], clauses: &mut Vec<String>) -> String {
    let mut text = String::new();
    for (index, cell) in cells.iter().enumerate() {
        let words = cell.spot.words(&form.form);
        match words.rsplit_once('的').filter(|_| index > 0) {
            Some((_, column)) => text.push_str(&format!("，{column}：{}", cell.text)),
            None => text.push_str(&format!("{words}：{}", cell.text)),
        }
    }
    let (cited, steps): (Vec<&String>, Vec<&String>) =
        cells.iter().take(1).flat_map(|cell| &cell.reasons).partition(|reason| is_clause(reason));
    let steps: Vec<&str> = steps.into_iter().map(String::as_str).collect();
    if !steps.is_empty() {
        text.push_str(&format!("（{}）", steps.join("；")));
    }
    for clause in cited {
        let known = clauses.iter().position(|known| known == clause).unwrap_or_else(|| {
            clauses.push(clause.clone());
            clauses.len() - 1
        });
        text.push_str(&format!("[{}]", known + 1));
    }
    text
}
