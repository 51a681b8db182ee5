//! 表头 (columns): which grid columns stand under which heading.

use super::halves::Subject;
use super::line::{RowView, blank};
use crate::document::Cell;
use crate::form::Column;
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// One heading: the grid columns it covers and what it announces, if anything known.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    pub start: usize,
    pub end: usize,
    pub column: Option<Column>,
    pub text: String,
    /// The name under which the texts below go to the remarks, where they have no column of their own.
    pub aside: Option<String>,
    /// The column that a text below fills where the first column of that meaning says nothing.
    pub spare: Option<Column>,
}

/// The heading row (or two) of an indicator table.
#[derive(Debug, Clone, Default)]
pub(super) struct Headings {
    pub all: Vec<Heading>,
    /// The second half of a table with two indicators in each row (中期目标 beside 年度目标).
    pub beside: Option<Box<Headings>>,
    /// Whether these are one half of such a table: the cells of the other half are none of theirs.
    pub half: bool,
    /// Columns that say what project a row belongs to, where one table holds several.
    pub subjects: Vec<Subject>,
}

impl Headings {
    /// The headings of a row, if it is the heading row of an indicator table.
    ///
    /// It must name the indicators (or their levels) and at least three columns in all.
    pub fn read(row: &RowView, vocabulary: &Vocabulary) -> Option<Headings> {
        let all: Vec<Heading> = row
            .cells
            .iter()
            .map(|cell| Heading {
                start: cell.column,
                end: cell.end_column(),
                column: if cell.row == row.row { vocabulary.column(&cell.text) } else { None },
                text: if cell.row == row.row { cell.text.clone() } else { String::new() },
                ..Heading::default()
            })
            .collect();
        let mut headings = Headings { all, ..Headings::default() };
        headings.take_subjects(vocabulary);
        headings.split_halves();
        headings.settle(vocabulary);
        let has = |column| headings.has(column);
        let names = has(Column::Name) || (has(Column::Level1) && has(Column::Level2));
        let levels = has(Column::Level1) || has(Column::Level2);
        let values = has(Column::Target) || has(Column::Actual) || has(Column::Weight);
        let known = headings.all.iter().filter(|heading| heading.column.is_some()).count();
        (names && (levels || values) && known >= 3).then_some(headings)
    }

    /// Gives each column one heading: 绩效指标 beside 三级指标 is only the label of the block, and 年初指标值 is the target
    /// where no adjusted one stands beside it.
    fn settle(&mut self, vocabulary: &Vocabulary) {
        let named = self.all.iter().rposition(|heading| heading.column == Some(Column::Name));
        let target = self.has(Column::Target);
        for (index, heading) in self.all.iter_mut().enumerate() {
            match heading.column {
                Some(Column::Name) if Some(index) != named => heading.column = None,
                Some(Column::InitialTarget) if !target => heading.column = Some(Column::Target),
                _ => {}
            }
        }
        self.set_aside(vocabulary);
        if let Some(beside) = &mut self.beside {
            beside.settle(vocabulary);
        }
    }

    /// Whether a column is announced.
    pub fn has(&self, column: Column) -> bool {
        self.all.iter().any(|heading| heading.column == Some(column))
    }

    /// Takes the sub-headings of a second heading row, if the row is one: every text in it stands under a heading of more
    /// than one column and most are headings themselves.
    pub fn refine(&mut self, row: &RowView, vocabulary: &Vocabulary) -> bool {
        let texts: Vec<_> = row.texts().collect();
        let known = texts.iter().filter(|cell| vocabulary.column(&cell.text).is_some()).count();
        let narrow = self.all.clone();
        self.widen(&texts);
        if self.take_sub_headings(&texts, known, vocabulary) {
            return true;
        }
        self.all = narrow;
        false
    }

    /// Lets a heading reach over the blank columns right of it that have sub-headings: a merged heading in a file that keeps
    /// no merging.
    fn widen(&mut self, texts: &[&Cell]) {
        let above = |heading: &Heading| texts.iter().any(|cell| cell.column == heading.start);
        let is_blank = |heading: &Heading| heading.column.is_none() && label(&heading.text).is_empty();
        let mut all: Vec<Heading> = Vec::with_capacity(self.all.len());
        for heading in std::mem::take(&mut self.all) {
            match all.last_mut() {
                Some(last) if is_blank(&heading) && above(&heading) && !label(&last.text).is_empty() => {
                    last.end = heading.end;
                }
                _ => all.push(heading),
            }
        }
        self.all = all;
    }

    fn take_sub_headings(&mut self, texts: &[&Cell], known: usize, vocabulary: &Vocabulary) -> bool {
        let under_wide = |start: usize, end: usize| {
            self.all.iter().any(|heading| {
                heading.start <= start && end <= heading.end && heading.end - heading.start > end - start
            })
        };
        let all_under = texts.iter().all(|cell| under_wide(cell.column, cell.end_column()));
        let repeated = |text: &str| self.all.iter().any(|heading| heading.text == text);
        let plain = texts.iter().filter(|cell| !repeated(&cell.text)).count();
        if plain < 2 || !all_under {
            return false;
        }
        if known == 0 {
            return self.split_regions(texts, vocabulary);
        }
        if known * 2 < texts.len() {
            return false;
        }
        for cell in texts {
            let (start, end) = (cell.column, cell.end_column());
            self.all.retain(|heading| !(start <= heading.start && heading.end <= end));
            let parent = self.all.iter().position(|heading| heading.start <= start && end <= heading.end);
            let inherited = parent.and_then(|index| self.all.get(index)).and_then(|heading| heading.column);
            self.split(parent, start, end);
            let column = vocabulary.column(&cell.text).or(inherited);
            self.all.push(Heading { start, end, column, text: cell.text.clone(), ..Heading::default() });
        }
        self.all.sort_by_key(|heading| heading.start);
        self.set_aside(vocabulary);
        true
    }

    /// Takes the span of a sub-heading out of its parent.
    pub(super) fn split(&mut self, parent: Option<usize>, start: usize, end: usize) {
        let Some(heading) = parent.and_then(|index| self.all.get(index)).cloned() else { return };
        if let Some(index) = parent {
            self.all.remove(index);
        }
        if heading.start < start {
            self.all.push(Heading { end: start, ..heading.clone() });
        }
        if end < heading.end {
            self.all.push(Heading { start: end, ..heading });
        }
    }

    /// Whether the first row of another table goes on below these headings: it repeats them, or its cells stand under them
    /// and name a level or give a weight. A table that stands apart from the rows must be as wide as they are.
    pub fn continued_by(&self, row: &RowView, vocabulary: &Vocabulary, interrupted: bool) -> bool {
        if self.repeated_by(row, vocabulary) || Headings::read(row, vocabulary).is_some() {
            return true;
        }
        let width = self.all.iter().map(|heading| heading.end).max().unwrap_or(0);
        let words = &vocabulary.words;
        let typed = row.texts().any(|cell| {
            let text = label(&cell.text);
            words.level1.contains(&text) || words.level2.contains(&text) || words.rule.contains(&text)
        });
        let total = row.texts().next().is_some_and(|cell| vocabulary.label(&cell.text) == Some(Label::Total));
        let same_width = row.table.columns == width;
        (same_width && row.texts().count() >= 3 || total) && (typed || total || !interrupted)
    }

    /// Whether a row repeats these headings, as after a page break.
    pub fn repeated_by(&self, row: &RowView, vocabulary: &Vocabulary) -> bool {
        let texts: Vec<_> = row.texts().collect();
        let same = |text: &str| self.all.iter().any(|heading| !heading.text.is_empty() && label(&heading.text) == text);
        texts.len() >= 3 && texts.iter().all(|cell| vocabulary.column(&cell.text).is_some() || same(&label(&cell.text)))
    }

    /// The text of the column without a heading left of the levels, which stands in the heading row where the file keeps no
    /// merging.
    pub fn margin(&self) -> Option<&str> {
        let first = self.all.first()?;
        (first.column.is_none() && first.aside.is_none() && !label(&first.text).is_empty())
            .then_some(first.text.as_str())
    }

    /// Whether a cell belongs to none of these headings and need not: it is of the other half, or names the project.
    pub fn passes_over(&self, cell: &Cell) -> bool {
        let subject = |subject: &Subject| cell.column < subject.end && subject.start < cell.end_column();
        self.half || self.subjects.iter().any(subject)
    }

    /// The columns announced, in order, without repetition.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = self.all.iter().filter_map(|heading| heading.column).collect();
        columns.sort();
        columns.dedup();
        columns
    }

    /// The index of the heading a cell belongs to: the one it overlaps most, the indicator's name before all others.
    pub fn of(&self, start: usize, end: usize) -> Option<usize> {
        let overlap = |heading: &Heading| heading.end.min(end).saturating_sub(heading.start.max(start));
        let weighed = |heading: &Heading| match overlap(heading) {
            0 => 0,
            width => width * 2 + usize::from(heading.column == Some(Column::Name)) * 1000,
        };
        let mut best: Option<(usize, usize)> = None;
        for (index, heading) in self.all.iter().enumerate() {
            let weight = weighed(heading);
            if weight > 0 && best.is_none_or(|(_, most)| weight > most) {
                best = Some((index, weight));
            }
        }
        best.map(|(index, _)| index)
    }
}

/// Whether a row holds nothing at all.
pub(super) fn is_empty(row: &RowView) -> bool {
    row.cells.iter().all(|cell| cell.row != row.row || blank(cell))
}
