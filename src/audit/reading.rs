//! 读取 (reading): JX001–JX005 and JX010, what was or was not found in the document.

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene, Scenes, at};
use crate::audit::words::{AuditWords, ends_with_any};
use crate::audit::{Code, Finding, Severity};
use crate::form::{Column, Field};
use crate::text::{fold, squeeze};

/// JX001: the document has no form at all.
pub(super) fn form_missing(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    if !scenes.case.forms.is_empty() {
        return Vec::new();
    }
    let missing = "文件中没有找到绩效自评表或绩效目标表";
    let finding = match scenes.case.notes.first() {
        Some(note) => Finding { place: Some(note.place.clone()), ..Finding::new(Code::FormMissing, missing) }
            .evidence_lines(scenes.case.notes.iter().map(|note| note.why.clone()))
            .suggest("文件中有绩效表的痕迹，但表格已经打乱；请改用原文件（docx、xlsx 或带文字的 pdf）再审核"),
        None => Finding::new(Code::FormMissing, missing)
            .suggest("请确认文件是否为绩效表；如果表头用词特殊，可在用词表中补充后再读"),
    };
    vec![finding]
}

/// JX002: a part of a broken dump that could not be put back with certainty; JX001 has it where nothing else was found.
pub(super) fn dump_not_mended(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let notes = scenes.case.notes.iter().filter(|_| !scenes.case.forms.is_empty());
    let findings = notes.map(|note| {
        let mut finding = Finding::new(Code::RowUnplaced, note.why.clone())
            .suggest("这部分内容没有可靠地参与审核，请对照原文，或改用原文件再审核");
        finding.place = Some(note.place.clone());
        finding
    });
    findings.collect()
}

/// JX010: pages that were left out; nothing was looked for there.
pub(super) fn page_unread(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let mut reasons: Vec<(&str, Vec<usize>)> = Vec::new();
    let unread = &scenes.case.document.unread;
    for left in unread {
        let page = left.place.page.unwrap_or_default();
        match reasons.iter_mut().find(|(why, _)| *why == left.why) {
            Some((_, pages)) => pages.push(page),
            None => reasons.push((&left.why, vec![page])),
        }
    }
    let finding = |(why, pages): (&str, Vec<usize>)| {
        let message = format!("{}是扫描件或图片，没有读取；其中如有绩效表，没有审核", page_numbers(&pages));
        let mut finding = Finding::new(Code::PageUnread, message)
            .evidence(why)
            .suggest("请看这些页面是不是绩效表；是的话，请按上面的办法处理后重新审核，或换用有文字的原文件");
        finding.place = unread.iter().find(|left| left.why == why).map(|left| left.place.clone());
        finding
    };
    reasons.into_iter().map(finding).collect()
}

/// Page numbers as a person writes them: 第3、5—8页.
fn page_numbers(pages: &[usize]) -> String {
    let runs = pages.chunk_by(|one, next| one + 1 == *next).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(if first == last { first.to_string() } else { format!("{first}—{last}") })
    });
    format!("第{}页", runs.collect::<Vec<String>>().join("、"))
}

/// JX002: text beside the forms that belongs to none of them.
pub(super) fn text_unplaced(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    unplaced("文件中", &scenes.case.unplaced).into_iter().collect()
}

/// JX002: text inside a form that fits no column.
pub(super) fn row_unplaced(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let finding = unplaced(&format!("{}：表中", scene.name()), &scene.form().unplaced);
    finding.into_iter().map(|finding| Finding { form: Some(scene.number), ..finding }).collect()
}

fn unplaced(prefix: &str, fields: &[Field]) -> Option<Finding> {
    let texts: Vec<&Field> = fields.iter().filter(|field| says_something(&field.text)).collect();
    let first = texts.first()?;
    let message =
        format!("{prefix}有 {} 处内容无法归入任何栏目，未参与评分：“{}”", texts.len(), shorten(&first.squeezed(), 30));
    let mut finding = Finding::new(Code::RowUnplaced, message)
        .printed(first.squeezed())
        .evidence_lines(texts.iter().map(|field| format!("“{}”{}", shorten(&field.squeezed(), 60), at(&field.place))))
        .suggest("请核对原文，看这些内容是否属于某个指标");
    finding.place = Some(first.place.clone());
    Some(finding)
}

/// Whether a text is more than a page number, a rule or a heading within the form.
fn says_something(text: &str) -> bool {
    let headings = &AuditWords::builtin().headings;
    let bare: String = squeeze(&fold(text)).chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = bare.chars().count();
    let heading = letters <= headings.longest && ends_with_any(&bare, &headings.endings);
    letters > 1 && bare.chars().any(char::is_alphabetic) && !heading
}

/// JX003: a cell that must be filled in is empty.
pub(super) fn cell_empty(row: &RowScene, found: &Found) -> Option<Finding> {
    if found.has(row.form.number, None, &[Code::CellEmpty]) {
        return None;
    }
    let empty: Vec<Column> = row.form.facts.required.iter().copied().filter(|column| is_empty(row, *column)).collect();
    let first = *empty.first()?;
    let titles: Vec<&str> = empty.iter().map(|column| column.title()).collect();
    let finding = row
        .finding(Code::CellEmpty, first, format!("{}没有填写", titles.join("、")))
        .printed("")
        .suggest(format!("请补填{}", titles.join("、")));
    // A row that was put together from a broken dump may have lost the cell on the way.
    let rows = &row.form.form().rows;
    let most = rows.iter().filter(|row| row.repaired()).count() * 2 > rows.len();
    Some(match (row.row.repaired(), most) {
        (true, true) => finding.graded(Severity::Note),
        (true, false) | (false, true) => finding.graded(Severity::Warning),
        (false, false) => finding,
    })
}

/// JX003: a form without indicator rows, or one in which a whole required column is empty.
pub(super) fn column_empty(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let form = scene.form();
    if form.rows.is_empty() {
        let finding = scene.finding(Code::CellEmpty, "表中没有任何绩效指标").suggest("请补填绩效指标");
        return vec![finding];
    }
    let blank = |column: &Column| {
        [Column::Actual, Column::Score].contains(column) && scene.rows().all(|row| is_empty(&row, *column))
    };
    let columns: Vec<&str> =
        scene.facts.required.iter().filter(|column| blank(column)).map(|column| column.title()).collect();
    if columns.is_empty() {
        return Vec::new();
    }
    let titles = columns.join("、");
    let finding = scene
        .finding(Code::CellEmpty, format!("全部 {} 行指标的{titles}都没有填写", form.rows.len()))
        .suggest(format!("请补填{titles}后再审核"));
    vec![finding]
}

/// Whether a row has the cell and nothing stands in it; tables of one form may differ in their columns.
fn is_empty(row: &RowScene, column: Column) -> bool {
    row.row.get(column).is_some_and(Field::is_blank)
}

/// JX005: a row that still carries the words of the template.
pub(super) fn placeholder_left(row: &RowScene, _: &Found) -> Option<Finding> {
    let columns = [Column::Name, Column::Target, Column::Actual, Column::Previous, Column::Reason];
    let left = columns.into_iter().find_map(|column| {
        let text = row.text(column);
        // Some official tables name indicators 项目总投入(≤**万元); the figure stands in the target.
        let official = column == Column::Name && ["≥**", "≤**", "=**"].iter().any(|limit| fold(&text).contains(limit));
        let what = if official { None } else { residue(row.form.words, &text) };
        what.map(|what| (column, text, what))
    });
    let (column, text, what) = left?;
    let message = match what.split_once('“') {
        Some((kind, word)) if word.trim_end_matches('”') == fold(&text) => {
            format!("{}仍是{kind}“{text}”", column.title())
        }
        _ => format!("{}“{}”中留有{what}", column.title(), shorten(&text, 30)),
    };
    let finding =
        row.finding(Code::PlaceholderLeft, column, message).printed(text).suggest("请填写实际内容，删去模板留下的文字");
    Some(finding)
}

/// JX005: a head or a goal that still carries the words of the template.
pub(super) fn placeholder_in_head(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let form = scene.form();
    let goal = form.goal.as_ref();
    let fields = [
        ("project", "项目名称", form.project.as_ref()),
        ("unit", "单位名称", form.unit.as_ref()),
        ("goal", "预期目标", goal.and_then(|goal| goal.expected.as_ref())),
        ("goal", "目标完成情况", goal.and_then(|goal| goal.achieved.as_ref())),
    ];
    let left = fields.into_iter().filter_map(|(key, title, field)| {
        let field = field?;
        let text = field.squeezed();
        let what = residue(scene.words, &text)?;
        let mut finding = scene
            .finding(Code::PlaceholderLeft, format!("{title}中留有{what}"))
            .printed(shorten(&text, 60))
            .suggest("请填写实际内容，删去模板留下的文字");
        finding.field = Some(key);
        finding.place = Some(field.place.clone());
        Some(finding)
    });
    left.collect()
}

/// What a text still carries of its template, in words.
pub(super) fn residue(words: &AuditWords, text: &str) -> Option<String> {
    let folded = fold(text);
    if let Some(tag) = tag(&folded) {
        return Some(format!("网页标记“{tag}”"));
    }
    let has = words.placeholders.has.iter().find(|word| folded.contains(&fold(word)));
    if let Some(word) = has {
        return Some(format!("占位符“{word}”"));
    }
    let is = words.placeholders.is.iter().any(|pattern| is_pattern(&folded, &fold(pattern)));
    is.then(|| "模板文字".to_owned())
}

/// An HTML tag or a space entity in a text.
fn tag(text: &str) -> Option<&str> {
    if text.contains("&nbsp;") {
        return Some("&nbsp;");
    }
    text.match_indices('<').find_map(|(open, _)| {
        let rest = text.get(open..)?;
        let close = rest.find('>')?;
        let inside = rest.get(1..close)?.trim_start_matches('/').trim_end_matches('/');
        let name_ends = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside.get(..name_ends)?;
        const TAGS: [&str; 12] = ["p", "br", "div", "span", "td", "tr", "table", "b", "font", "a", "li", "u"];
        TAGS.contains(&name.to_ascii_lowercase().as_str()).then(|| rest.get(..=close)).flatten()
    })
}

/// Whether a text is a pattern in which `#` stands for digits.
fn is_pattern(text: &str, pattern: &str) -> bool {
    match pattern.split_once('#') {
        None => text == pattern,
        Some((before, after)) => {
            let number = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            number.is_some_and(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()))
        }
    }
}

/// A text cut to a number of characters.
pub(super) fn shorten(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_are_told_as_one() {
        assert_eq!(page_numbers(&[3, 5, 6, 7, 9]), "第3、5—7、9页");
    }

    #[test]
    fn template_residue_is_seen_and_comparators_are_not() {
        let words = AuditWords::builtin();
        for text in ["**项目", "指标1", "<p>内容</p>", "……", "ＸＸ县"] {
            assert!(residue(words, text).is_some(), "{text}");
        }
        for text in ["<=95%", "目标1：完成培训", "≥95%", "a<b", "2024年<12月>"] {
            assert!(residue(words, text).is_none(), "{text}");
        }
    }
}
