//! 拼接 (join): the part of a table on the next page put under the part above, rows and merged cells that the page break
//! cut made whole again.

use super::continuation::SAME_COLUMN;
use super::fragment::{Fragment, FragmentCell};
use crate::form::Column;
use crate::text::squeeze;
use crate::vocabulary::Vocabulary;

/// How many rows at the top of a page may be repeated heading rows.
const MOST_HEADING_ROWS: usize = 4;

/// A row with less text than this is not taken for a repeated heading row, in bytes.
const SHORTEST_HEADING: usize = 7;

/// The columns left of this one hold labels that are merged over several rows.
const LABEL_COLUMNS: usize = 3;

/// A row of at least this many cells is a row of data; one with fewer is a label with its text.
const DATA_CELLS: usize = 5;

/// A row with fewer cells than this has no label that could go on.
const FEWEST_CELLS: usize = 3;

/// The table of `above` and `below`, which goes on from it.
pub(super) fn join(mut above: Fragment, mut below: Fragment) -> Fragment {
    let columns = common_columns(&above.columns, &below.columns);
    above.set_columns(&columns);
    below.set_columns(&columns);
    below.drop_heading_rows(&above);
    above.page = below.page;
    if below.rows == 0 {
        return above;
    }
    let seam = Seam::between(&above, &below);
    if seam.cuts_row(&above, &below) { seam.mend_row(above, below) } else { seam.mend_labels(above, below) }
}

/// The columns of both, near ones once.
fn common_columns(above: &[f64], below: &[f64]) -> Vec<f64> {
    let mut columns = above.to_vec();
    for x in below {
        if !columns.iter().any(|column| (x - column).abs() <= SAME_COLUMN) {
            columns.push(*x);
        }
    }
    columns.sort_by(f64::total_cmp);
    columns
}

impl Fragment {
    /// Places the cells on other columns.
    fn set_columns(&mut self, columns: &[f64]) {
        let distance = |index: &usize, x: f64| columns.get(*index).map_or(f64::MAX, |column| (column - x).abs());
        let nearest =
            |x: f64| (0..columns.len()).min_by(|a, b| distance(a, x).total_cmp(&distance(b, x))).unwrap_or_default();
        for cell in &mut self.cells {
            cell.column = nearest(cell.left);
            cell.column_span = nearest(cell.right).saturating_sub(cell.column).max(1);
        }
        self.columns = columns.to_vec();
    }

    /// Drops the first rows where they repeat rows of the table above. What comes below them is not ruled off from the page
    /// before more than the table itself is.
    fn drop_heading_rows(&mut self, above: &Fragment) {
        let texts =
            |fragment: &Fragment, row| -> Vec<String> { fragment.row(row).map(|cell| squeeze(&cell.text)).collect() };
        let is_heading = |row: &usize| {
            let heading = texts(self, *row);
            let length: usize = heading.iter().map(String::len).sum();
            length >= SHORTEST_HEADING && (0..above.rows).any(|other| texts(above, other) == heading)
        };
        let repeated = (0..self.rows.min(MOST_HEADING_ROWS)).take_while(is_heading).count();
        self.cells.retain(|cell| cell.row >= repeated);
        for cell in &mut self.cells {
            cell.row -= repeated;
            cell.open_above |= repeated > 0 && cell.row == 0;
        }
        self.rows -= repeated;
    }
}

/// The cells on both sides of a page break.
struct Seam {
    /// Indices of the cells that end above and begin below with the same columns.
    pairs: Vec<(usize, usize)>,
    /// How many cells begin below.
    below: usize,
    /// Whether every cell on either side has its counterpart.
    is_complete: bool,
}

impl Seam {
    fn between(above: &Fragment, below: &Fragment) -> Seam {
        let indices = |fragment: &Fragment, touches: fn(&FragmentCell, usize) -> bool| -> Vec<usize> {
            let touching = fragment.cells.iter().enumerate().filter(|(_, cell)| touches(cell, fragment.rows));
            touching.map(|(index, _)| index).collect()
        };
        let last = indices(above, |cell, rows| cell.end_row() == rows);
        let first = indices(below, |cell, _| cell.row == 0);
        let fits = |a: &usize, b: &usize| match (above.cells.get(*a), below.cells.get(*b)) {
            (Some(a), Some(b)) => a.column == b.column && a.column_span == b.column_span,
            _ => false,
        };
        let pair = |a: &usize| first.iter().find(|b| fits(a, b)).map(|b| (*a, *b));
        let pairs: Vec<(usize, usize)> = last.iter().filter_map(pair).collect();
        let is_complete = pairs.len() == last.len() && pairs.len() == first.len();
        Seam { pairs, below: first.len(), is_complete }
    }

    fn cells<'f>(
        &'f self,
        above: &'f Fragment,
        below: &'f Fragment,
    ) -> impl Iterator<Item = (&'f FragmentCell, &'f FragmentCell)> {
        self.pairs.iter().filter_map(|(a, b)| above.cells.get(*a).zip(below.cells.get(*b)))
    }

    /// Whether the first row below is the rest of the last row above.
    fn cuts_row(&self, above: &Fragment, below: &Fragment) -> bool {
        if !self.is_complete {
            return false;
        }
        let texts = SeamTexts::of(self.cells(above, below));
        match self.openness(above, below) {
            Openness::Whole if texts.ended > 0 && texts.ended >= texts.begun => true,
            Openness::Part => false,
            _ if self.pairs.len() >= DATA_CELLS => texts.end_a_row(),
            _ => texts.end_a_label() && self.parts_label(above, below),
        }
    }

    /// Whether the label of the row stands above the break or on both sides of it, and what follows is no heading.
    fn parts_label(&self, above: &Fragment, below: &Fragment) -> bool {
        let is_heading =
            |(upper, lower): (&FragmentCell, &FragmentCell)| !lower.text.is_empty() && is_label(&upper.text);
        let mut cells = self.cells(above, below);
        let parted =
            |(upper, lower): (&FragmentCell, &FragmentCell)| lower.text.is_empty() || completes_label(upper, lower);
        cells.next().is_some_and(parted) && !cells.any(is_heading)
    }

    /// How much of the break is not ruled off on either page: Chromium rules a row off where it ends, but not where the
    /// page break cuts it. Other producers rule off every page.
    fn openness(&self, above: &Fragment, below: &Fragment) -> Openness {
        let open = self.cells(above, below).filter(|(upper, lower)| is_open(upper, lower)).count();
        match open {
            0 => Openness::None,
            _ if open == self.pairs.len() && self.is_complete => Openness::Whole,
            _ => Openness::Part,
        }
    }

    /// Appends the first row below to the last row above.
    fn mend_row(&self, mut above: Fragment, below: Fragment) -> Fragment {
        for (a, b) in &self.pairs {
            if let (Some(upper), Some(rest)) = (above.cells.get_mut(*a), below.cells.get(*b)) {
                upper.append(rest);
                upper.row_span += rest.row_span - 1;
            }
        }
        let rest = below.cells.into_iter().filter(|cell| cell.row > 0);
        let shift = above.rows.saturating_sub(1);
        above.rows += below.rows - 1;
        above.add(rest, shift)
    }

    /// Whether a label cell goes on overleaf: its text stands on one side only, or is the same on both. A heading row of an
    /// indicator table, above or below the break, has a label cell of its own, which is often empty.
    fn is_same_label(&self, upper: &FragmentCell, lower: &FragmentCell, heading: (bool, bool)) -> bool {
        if upper.column >= LABEL_COLUMNS || self.below < FEWEST_CELLS {
            return false;
        }
        let is_merged = upper.row_span > 1 || lower.row_span > 1;
        match (upper.text.is_empty(), lower.text.is_empty()) {
            (_, true) => !heading.1 && (is_merged || upper.column == 0 || self.below > DATA_CELLS),
            (true, false) => upper.row_span > 1 || upper.column == 0 && !heading.0,
            (false, false) => is_merged && upper.text == lower.text,
        }
    }

    /// Puts `below` under `above` and joins the merged labels that the page break cut.
    fn mend_labels(&self, mut above: Fragment, below: Fragment) -> Fragment {
        let last = above.rows.saturating_sub(1);
        let breaks_at_heading = (is_heading(above.row(last)), is_heading(below.row(0)));
        let openness = self.openness(&above, &below);
        let mut joined = Vec::new();
        for (a, b) in &self.pairs {
            let (Some(upper), Some(lower)) = (above.cells.get_mut(*a), below.cells.get(*b)) else { continue };
            let goes_on = match openness {
                _ if completes_label(upper, lower) => true,
                Openness::Part => is_open(upper, lower) && !are_different_words(upper, lower),
                _ => self.is_same_label(upper, lower, breaks_at_heading),
            };
            if !goes_on {
                continue;
            }
            upper.row_span += lower.row_span;
            if upper.text != lower.text {
                upper.append(lower);
            }
            joined.push(*b);
        }
        let shift = above.rows;
        above.rows += below.rows;
        let kept = below.cells.into_iter().enumerate().filter(|(index, _)| !joined.contains(index));
        above.add(kept.map(|(_, cell)| cell), shift)
    }
}

/// How much of a page break is not ruled off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Openness {
    None,
    Part,
    Whole,
}

fn is_open(upper: &FragmentCell, lower: &FragmentCell) -> bool {
    upper.open_below && lower.open_above
}

/// What happens to the texts of a row at a page break, cells that are merged over several rows left aside.
#[derive(Debug, Default)]
struct SeamTexts {
    /// Cells with text above only, on both sides, below only.
    ended: usize,
    continued: usize,
    begun: usize,
    /// Cells on both sides whose text above runs to the edge of the cell, or does not end like a sentence.
    full: usize,
    unfinished: usize,
    /// Cells whose texts on both sides make one word of a form together.
    completed: usize,
}

impl SeamTexts {
    fn of<'f>(cells: impl Iterator<Item = (&'f FragmentCell, &'f FragmentCell)>) -> Self {
        let mut texts = SeamTexts::default();
        for (upper, lower) in cells.filter(|(upper, lower)| upper.row_span == 1 && lower.row_span == 1) {
            match (upper.text.is_empty(), lower.text.is_empty()) {
                (false, true) => texts.ended += 1,
                (false, false) => texts.continued += 1,
                (true, false) => texts.begun += 1,
                (true, true) => {}
            }
            if !upper.text.is_empty() && !lower.text.is_empty() {
                texts.full += usize::from(upper.is_full);
                texts.unfinished += usize::from(!upper.text.ends_with(SENTENCE_ENDS));
                texts.completed += usize::from(completes_word(upper, lower));
            }
        }
        texts
    }

    /// A row of data was cut: none of its cells has text now that had none, and either words are parted, or several
    /// cells are empty now that had text and text above runs to the edge of its cell.
    fn end_a_row(&self) -> bool {
        let most_ended = self.ended >= 3 || self.ended == 2 && self.continued < 2;
        self.begun == 0 && (self.completed > 0 || self.full > 0 && most_ended)
    }

    /// A label with its text may have been cut: there is nothing new below, and text above is not at its end.
    fn end_a_label(&self) -> bool {
        self.begun == 0 && self.full + self.unfinished > 0
    }
}

/// Signs that end a text.
const SENTENCE_ENDS: [char; 6] = ['。', '；', ';', '！', '!', '？'];

/// Whether the letters of one word of a form (计划标准, 按照完成比例赋分, 工作资料) stand on both sides of the break.
fn completes_word(upper: &FragmentCell, lower: &FragmentCell) -> bool {
    let whole = squeeze(&format!("{}{}", upper.text, lower.text));
    let words = &Vocabulary::builtin().words;
    [&words.basis, &words.rule, &words.evidence].iter().any(|words| words.contains(&whole))
}

/// Whether each side has a whole word of its own.
fn are_different_words(upper: &FragmentCell, lower: &FragmentCell) -> bool {
    upper.text != lower.text && is_word(&upper.text) && is_word(&lower.text)
}

/// Whether the letters of one label stand on both sides of the break.
fn completes_label(upper: &FragmentCell, lower: &FragmentCell) -> bool {
    if upper.text.is_empty() || lower.text.is_empty() {
        return false;
    }
    let whole = squeeze(&format!("{}{}", upper.text, lower.text));
    is_word(&whole)
}

/// Whether a text is a whole label, or names a level-1 or level-2 indicator.
fn is_word(text: &str) -> bool {
    let (text, words) = (squeeze(text), &Vocabulary::builtin().words);
    is_label(&text) || words.level1.contains(&text) || words.level2.contains(&text)
}

fn is_label(text: &str) -> bool {
    Vocabulary::builtin().label(text).is_some()
}

/// Whether the cells are the headings of an indicator table.
fn is_heading<'f>(mut cells: impl Iterator<Item = &'f FragmentCell>) -> bool {
    cells.any(|cell| Vocabulary::builtin().column(&cell.text) == Some(Column::Level1))
}

impl Fragment {
    fn add(mut self, cells: impl Iterator<Item = FragmentCell>, shift: usize) -> Fragment {
        self.cells.extend(cells.map(|cell| FragmentCell { row: cell.row + shift, ..cell }));
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self
    }
}

impl FragmentCell {
    fn append(&mut self, rest: &FragmentCell) {
        if !self.text.is_empty() && !rest.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&rest.text);
        if self.doubt.is_none() {
            self.doubt = rest.doubt.clone();
        }
    }
}
