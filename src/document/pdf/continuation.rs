//! 续表 (continuation): whether a table at the top of a page goes on from the page before.

use super::fragment::Fragment;
use crate::text::squeeze;
use crate::vocabulary::{Label, Vocabulary};

/// Columns of two pages nearer than this are the same, in points.
pub(super) const SAME_COLUMN: f64 = 6.0;

/// Longest caption of a form, in characters.
const LONGEST_CAPTION: usize = 40;

/// In how many of the first rows equal labels are looked for, and how many show that a new form of the same kind begins.
const LABEL_ROWS: usize = 4;
const EQUAL_LABELS: usize = 3;

/// Whether `below` goes on from `above`: it stands on the next page, has the same columns, and begins no new form.
pub(super) fn is_continuation(above: &Fragment, below: &Fragment) -> bool {
    below.page == above.page + 1
        && has_same_columns(above, below)
        && !begins_form(above, below)
        && !repeats_labels(above, below)
}

/// Same outer edges, and at least four fifths of the coarser columns are columns of the finer.
fn has_same_columns(above: &Fragment, below: &Fragment) -> bool {
    let near = |a: Option<&f64>, b: Option<&f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() <= SAME_COLUMN);
    if !near(above.columns.first(), below.columns.first()) || !near(above.columns.last(), below.columns.last()) {
        return false;
    }
    let (coarse, fine) = if above.columns.len() <= below.columns.len() {
        (&above.columns, &below.columns)
    } else {
        (&below.columns, &above.columns)
    };
    let common = coarse.iter().filter(|x| fine.iter().any(|y| near(Some(x), Some(y)))).count();
    common * 10 >= coarse.len() * 8
}

/// Whether the fragment begins with the caption of a form, unless that is the caption of the table above repeated as a
/// heading row.
fn begins_form(above: &Fragment, below: &Fragment) -> bool {
    let Some(caption) = caption(below) else { return false };
    if self::caption(above).as_ref() != Some(&caption) {
        return true;
    }
    let first = |fragment: &Fragment| {
        let mut cells = fragment.cells.iter().filter(|cell| cell.row > 0 && !is_year(&cell.text));
        cells.next().map(|cell| Vocabulary::builtin().label(&cell.text))
    };
    first(above).is_some() && first(below).is_none_or(|label| BEGINNING.contains(&label) && has_label(above, label))
}

fn has_label(fragment: &Fragment, label: Option<Label>) -> bool {
    let mut labels = fragment.cells.iter().filter(|cell| cell.column == 0);
    labels.any(|cell| Vocabulary::builtin().label(&cell.text) == label)
}

/// The labels of the first row below a form's caption.
const BEGINNING: [Option<Label>; 4] =
    [Some(Label::Unit), Some(Label::Executor), Some(Label::Authority), Some(Label::Project)];

/// Longest year line below a caption, such as （2024年度）, in characters.
const LONGEST_YEAR: usize = 12;

fn is_year(text: &str) -> bool {
    let text = squeeze(text);
    text.contains('年') && text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() < LONGEST_YEAR
}

/// The text of a first row that is a single short cell ending in 表.
fn caption(fragment: &Fragment) -> Option<String> {
    let mut row = fragment.row(0);
    let (cell, others) = (row.next()?, row.next());
    if others.is_some() || cell.column_span != fragment.width() || cell.lines > 2 {
        return None;
    }
    let text = squeeze(&cell.text);
    (text.ends_with('表') && text.chars().count() < LONGEST_CAPTION).then_some(text)
}

/// Whether the first rows carry the labels of the first rows above (项目名称, 主管部门 …): another form of the same kind.
fn repeats_labels(above: &Fragment, below: &Fragment) -> bool {
    let label = |fragment: &Fragment, row| {
        let first = fragment.row(row).find(|cell| cell.column == 0)?;
        Some(squeeze(&first.text)).filter(|text| !text.is_empty())
    };
    let is_equal = |row: &usize| label(below, *row).is_some_and(|text| label(above, *row) == Some(text));
    (0..LABEL_ROWS).filter(is_equal).count() >= EQUAL_LABELS
}
