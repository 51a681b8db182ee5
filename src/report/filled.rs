//! 填写结果 (filled): what was filled into self-evaluations, with its arithmetic, and what a person has still to fill.

use super::table::layout::indented;
use crate::template::fill::{Filled, FilledCell};

/// Every filled and every open cell; `missed` names cells that could not be written into the file.
pub fn filled_cells(filled: &[Filled], missed: &[String], width: usize) -> String {
    let count = |cells: fn(&Filled) -> usize| filled.iter().map(cells).sum::<usize>();
    let (done, open) = (count(|filled| filled.cells.len()), count(|filled| filled.open.len()));
    let mut text = format!("已填写{done}处，另有{open}处须由单位填写\n");
    for (number, form) in (1..).zip(filled).filter(|(_, form)| !form.cells.is_empty() || !form.open.is_empty()) {
        let project = form.form.project.as_ref().map(|project| project.squeezed()).unwrap_or_default();
        text.push_str(format!("\n表{number} {project}").trim_end());
        text.push('\n');
        let told = |label: &str, cell: &FilledCell| {
            let reasons = cell.reasons.join("；");
            let said = format!("{}：{}（{reasons}）", cell.spot.words(&form.form), cell.text);
            indented(2, label, &said, width)
        };
        form.open.iter().for_each(|cell| text.push_str(&told("待填", cell)));
        form.cells.iter().for_each(|cell| text.push_str(&told("已填", cell)));
    }
    for cell in missed {
        let said = format!("未写入：{cell}，在原文件中找不到这个单元格，请手工填写");
        text.push_str(&indented(2, "注意", &said, width));
    }
    text
}
