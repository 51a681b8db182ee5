//! 待办汇总 (open): what is left to a person, told once for all cells that share a reason.

use crate::template::draft::{Need, OpenItem};

/// Most names that are listed before the rest is only counted.
const MOST_NAMES: usize = 4;

/// 待办汇总: the cells that are open for the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenGroup {
    pub need: Need,
    /// Which cells, in words: `表2—12 项目负责人`.
    pub cells: String,
    /// Why, in Chinese.
    pub why: String,
    /// How many cells.
    pub count: usize,
}

/// The items with the same need and reason together, what has to be filled first; forms are named where `forms` is set.
pub fn gathered(items: &[OpenItem], forms: bool) -> Vec<OpenGroup> {
    let mut groups: Vec<(Need, &str, Vec<&OpenItem>)> = Vec::new();
    for item in items {
        let known = groups.iter_mut().find(|(need, why, _)| *need == item.need && *why == item.why);
        match known {
            Some((_, _, items)) => items.push(item),
            None => groups.push((item.need, item.why.as_str(), vec![item])),
        }
    }
    groups.sort_by_key(|(need, _, _)| std::cmp::Reverse(*need));
    let group = |(need, why, items): (Need, &str, Vec<&OpenItem>)| OpenGroup {
        need,
        cells: if forms { by_form(&items) } else { cells(&items) },
        why: why.to_owned(),
        count: items.len(),
    };
    groups.into_iter().map(group).collect()
}

/// The cells with the numbers of their forms; forms with the same cells stand together.
fn by_form(items: &[&OpenItem]) -> String {
    let mut parts: Vec<(Vec<usize>, String)> = Vec::new();
    for same_form in items.chunk_by(|one, two| one.form == two.form) {
        let Some(form) = same_form.first().map(|item| item.form) else { continue };
        let cells = cells(same_form);
        match parts.iter_mut().find(|(_, known)| *known == cells) {
            Some((numbers, _)) => numbers.push(form),
            None => parts.push((vec![form], cells)),
        }
    }
    let words: Vec<String> = parts.into_iter().map(|(forms, cells)| format!("表{} {cells}", spans(&forms))).collect();
    words.join("；")
}

/// 1、3—5
fn spans(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, two| one + 1 == *two);
    let words: Vec<String> = runs
        .filter_map(|run| match (run.first()?, run.last()?) {
            (first, last) if first == last => Some(first.to_string()),
            (first, last) => Some(format!("{first}—{last}")),
        })
        .collect();
    words.join("、")
}

/// The cells of one form; indicators that are open in the same column are named together.
fn cells(items: &[&OpenItem]) -> String {
    let mut columns: Vec<(&str, Vec<&str>)> = Vec::new();
    for item in items {
        let (column, name) = split(&item.cell);
        match columns.iter_mut().find(|(known, _)| *known == column) {
            Some((_, names)) => names.push(name),
            None => columns.push((column, vec![name])),
        }
    }
    let words: Vec<String> = columns.into_iter().map(|(column, names)| named(column, &names)).collect();
    words.join("、")
}

/// The column and the name of the indicator or of the funds line; other cells name themselves.
fn split(cell: &str) -> (&str, &str) {
    let indicator = || cell.strip_prefix("指标“")?.rsplit_once("”的").map(|(name, column)| (column, name));
    let funds = || Some(("资金", cell.strip_prefix("资金“")?.strip_suffix('”')?));
    indicator().or_else(funds).unwrap_or((cell, ""))
}

fn named(column: &str, names: &[&str]) -> String {
    if names.iter().all(|name| name.is_empty()) {
        return column.to_owned();
    }
    let listed: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("“{name}”")).collect();
    let rest = if names.len() > MOST_NAMES { format!("等{}项", names.len()) } else { String::new() };
    match column {
        "资金" => format!("资金{}{rest}", listed.concat()),
        _ => format!("指标{}{rest}的{column}", listed.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(form: usize, cell: &str, need: Need, why: &str) -> OpenItem {
        OpenItem { form, row: None, cell: cell.to_owned(), need, why: why.to_owned() }
    }

    #[test]
    fn cells_with_one_reason_are_told_once() {
        let mut items =
            vec![item(1, "资金“总额”", Need::Confirm, "未批复"), item(1, "资金“其他”", Need::Confirm, "未批复")];
        for form in [2, 3, 4, 6] {
            items.push(item(form, "项目负责人", Need::Fill, "没有"));
        }
        let groups = gathered(&items, true);
        let told: Vec<(&str, usize)> = groups.iter().map(|group| (group.cells.as_str(), group.count)).collect();
        assert_eq!(told, [("表2—4、6 项目负责人", 4), ("表1 资金“总额”“其他”", 2)]);
    }

    #[test]
    fn long_lists_of_indicators_are_counted() {
        let items: Vec<OpenItem> =
            (1..=6).map(|row| item(1, &format!("指标“甲{row}”的上年完成值"), Need::Fill, "未知")).collect();
        let groups = gathered(&items, false);
        assert_eq!(groups[0].cells, "指标“甲1”“甲2”“甲3”“甲4”等6项的上年完成值");
    }
}
