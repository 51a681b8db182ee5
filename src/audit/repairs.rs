//! 修复记录 (repairs): JX004, cells that were read otherwise than printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::found::Found;
use crate::audit::scene::RowScene;
use crate::audit::{Code, Finding};
use crate::form::{Column, Doubt, Field};
use crate::text::squeeze;

/// JX004: what was printed in the cells of a row, and what was read.
pub(super) fn dump_repaired(row: &RowScene, _: &Found) -> Option<Finding> {
    let mended = mended_cells(row);
    let tidied = tidied_values(row);
    let columns: BTreeSet<Column> =
        mended.columns.iter().chain(tidied.iter().map(|(column, _)| column)).copied().collect();
    let first = mended.columns.first().or(tidied.first().map(|(column, _)| column)).copied()?;
    let finding = row
        .finding(Code::DumpRepaired, first, format!("有 {} 个单元格的内容是修复后读取的", columns.len()))
        .evidence_lines(mended.lines)
        .evidence_lines(tidied.into_iter().map(|(_, line)| line))
        .suggest("请对照原文确认修复无误");
    Some(finding)
}

/// Cells that were mended, and what is to be said of them.
#[derive(Default)]
struct Mended {
    columns: Vec<Column>,
    lines: Vec<String>,
}

/// The mended cells of a row; those that read as printed, and were only joined or moved, share a line.
fn mended_cells(row: &RowScene) -> Mended {
    let mut mended = Mended::default();
    let mut as_printed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (column, field) in row.row.cells() {
        if field.repair.is_some() || field.doubt.is_some() {
            mended.columns.push(column);
        }
        if let Some(doubt) = &field.doubt {
            mended.lines.push(doubted(column, field, doubt));
        }
        let Some(repair) = &field.repair else { continue };
        let (printed, read) = (squeeze(&repair.printed), field.squeezed());
        if printed == read {
            as_printed.entry(&repair.why).or_default().push(column.title());
        } else {
            mended.lines.push(format!("{}：原文“{printed}”，读作“{read}”（{}）", column.title(), repair.why));
        }
    }
    mended.lines.extend(as_printed.iter().map(|(why, titles)| format!("{}：{why}", titles.join("、"))));
    mended
}

/// What is to be said of a cell that was not read with certainty.
fn doubted(column: Column, field: &Field, doubt: &Doubt) -> String {
    let others: Vec<String> = doubt.others.iter().map(|other| format!("“{other}”")).collect();
    let others = if others.is_empty() { String::new() } else { format!("，也可能是{}", others.join("或")) };
    format!("{}：读作“{}”存疑{others}（{}）", column.title(), field.squeezed(), doubt.why)
}

/// Values whose spelling was put right when they were read.
fn tidied_values(row: &RowScene) -> Vec<(Column, String)> {
    let indicator = row.indicator;
    let values = [
        (Column::Target, Some(&indicator.target)),
        (Column::Actual, indicator.actual.as_ref()),
        (Column::Previous, indicator.previous.as_ref()),
    ];
    let written = values.into_iter().filter_map(|(column, value)| Some((column, value?)));
    let repairs = written.flat_map(|(column, value)| value.repairs.iter().map(move |repair| (column, value, repair)));
    let lines = repairs
        .map(|(column, value, repair)| (column, format!("{}“{}”：{repair}", column.title(), squeeze(&value.written))));
    lines.collect()
}
