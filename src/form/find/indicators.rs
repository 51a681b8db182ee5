//! 指标区 (indicators): the rows below the headings.

use super::builder::{Builder, State};
use super::columns::{Heading, Headings};
use super::line::{RowView, blank};
use crate::document::Cell;
use crate::form::{Column, Field, Row};
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// Columns whose merged cells go on below.
const LEVELS: [Column; 3] = [Column::Group, Column::Level1, Column::Level2];

impl Builder<'_> {
    /// A row below the headings: an indicator, the total, or a remark.
    pub(super) fn indicator_row(&mut self, row: &RowView, headings: Headings) -> &'static str {
        if headings.repeated_by(row, self.vocabulary) {
            self.state = State::Indicators { headings, fresh: false };
            return "重复表头";
        }
        if self.is_total(row) {
            self.take_total(row, &headings);
            self.state = State::After { headings };
            return "总分";
        }
        if row.lone_text().is_some_and(|cell| self.take_inline_total(&row.field(cell))) {
            self.state = State::After { headings };
            return "总分";
        }
        if self.is_footer(row) {
            self.label_row(row);
            self.state = State::After { headings };
            return "表后文字";
        }
        let kind = self.row_below(row, &headings);
        self.state = State::Indicators { headings, fresh: false };
        kind
    }

    /// A row that is neither total nor below it.
    fn row_below(&mut self, row: &RowView, headings: &Headings) -> &'static str {
        if self.take_subtotal(row) {
            return "小计";
        }
        if let Some(cell) = row.lone_text()
            && cell.column_span * 2 > row.table.columns
        {
            self.parts.unplaced.push(row.field(cell));
            return "说明";
        }
        self.change_subject(row, headings);
        let (indicator, margin) = self.read_row(row, headings, Half::Left);
        if let Some(beside) = &headings.beside {
            let (second, _) = self.read_row(row, beside, Half::Right);
            self.parts.columns.extend(beside.columns());
            if says_something(&second, row) {
                self.parts.beside.push(second);
            }
        }
        if self.take_execution(&indicator) {
            return "预算执行得分";
        }
        self.keep_levels(&indicator);
        if !says_something(&indicator, row) {
            if !is_placeholder(&indicator) {
                self.keep_unplaced(row);
            }
            return "未归入";
        }
        self.parts.margin = margin.or(self.parts.margin.take());
        self.parts.rows.push(indicator);
        self.parts.margins.push(self.parts.margin.clone());
        "指标"
    }

    /// A row below the total: another indicator where rows go on, another total, else remarks and signatures.
    pub(super) fn after_row(&mut self, row: &RowView, headings: Headings) -> &'static str {
        if self.is_total(row) {
            self.take_total(row, &headings);
            self.state = State::After { headings };
            return "总分";
        }
        if !self.is_footer(row) && row.texts().count() >= 3 && self.goes_on(row, &headings) {
            return self.indicator_row(row, headings);
        }
        self.state = State::After { headings };
        if !row.lone_text().is_some_and(|cell| self.take_inline_total(&row.field(cell))) {
            self.label_row(row);
        }
        "表后文字"
    }

    /// Whether a row below a total is an indicator all the same: it has a name, and a weight or score that is a number.
    fn goes_on(&mut self, row: &RowView, headings: &Headings) -> bool {
        let (indicator, _) = self.read_row(row, headings, Half::Left);
        let amount = |column| super::funds::is_amount(&indicator.text(column));
        !indicator.text(Column::Name).is_empty() && (amount(Column::Weight) || amount(Column::Score))
    }

    /// Whether a row ends the indicators: a remark, a grade or a signature, alone or before its text.
    fn is_footer(&self, row: &RowView) -> bool {
        let Some(cell) = row.texts().next() else { return false };
        let inline = self.vocabulary.inline_label(&cell.text).map(|(label, _, _)| label);
        let known = self.vocabulary.label(&cell.text).or(inline);
        matches!(known, Some(Label::Remark | Label::Contact | Label::Leader | Label::Phone))
            && !row.cells.iter().any(|other| other.row < row.row && !blank(other) && other.column > cell.column)
            && row.texts().count() <= FOOTER_CELLS
    }

    fn keep_unplaced(&mut self, row: &RowView) {
        for cell in row.texts() {
            if self.vocabulary.label(&cell.text).is_none() {
                self.parts.unplaced.push(row.field(cell));
            }
        }
    }

    /// The cells of a row under their headings; the text of a column without a heading comes back apart.
    fn read_row(&mut self, row: &RowView, headings: &Headings, half: Half) -> (Row, Option<Field>) {
        let mut indicator = Row::new(row.place());
        let mut margin = None;
        for heading in &headings.all {
            if let Some(column) = heading.column {
                indicator.set(column, Field::new("", indicator.place.clone()));
            }
        }
        let mut last = None;
        let mut asides = Vec::new();
        for cell in &row.cells {
            let index = headings.of(cell.column, cell.end_column());
            let heading = index.and_then(|index| headings.all.get(index));
            if let Some(heading) = heading.filter(|heading| heading.aside.is_some()) {
                asides.push((heading, row.field(cell)));
                continue;
            }
            match heading.and_then(|heading| heading.column) {
                Some(column) => {
                    if !put(&mut indicator, column, row.field(cell), index == last) {
                        self.parts.unplaced.push(row.field(cell));
                    }
                    spread_levels(&mut indicator, headings, row, cell);
                    spread_values(&mut indicator, headings, row, cell);
                    last = index;
                }
                None if blank(cell) || headings.passes_over(cell) => {}
                None => margin = self.keep_margin(row, cell, margin),
            }
        }
        for (heading, field) in asides {
            put_aside(&mut indicator, heading, field, self.vocabulary);
        }
        self.drop_block_label(&mut indicator);
        fall_back_on_initial_target(&mut indicator);
        self.name_by_level(&mut indicator);
        self.fill_down(&mut indicator, half);
        self.set_half(&mut indicator, headings, half);
        if let Some(section) = &self.parts.section
            && indicator.text(Column::Group).is_empty()
        {
            indicator.set(Column::Group, section.clone());
        }
        (indicator, margin)
    }

    /// A text in a column without a heading: left of the indicator it may name a group, elsewhere it is unplaced.
    fn keep_margin(&mut self, row: &RowView, cell: &Cell, margin: Option<Field>) -> Option<Field> {
        let left = row.cells.iter().take_while(|other| !std::ptr::eq(**other, cell)).all(|other| blank(other));
        if margin.is_none() && left {
            return Some(row.field(cell));
        }
        if cell.row == row.row {
            self.parts.unplaced.push(row.field(cell));
        }
        margin
    }

    /// The label of the block (绩效指标) may stand where groups stand; it is none.
    fn drop_block_label(&mut self, indicator: &mut Row) {
        let label = self.vocabulary.label(&indicator.text(Column::Group));
        if label == Some(Label::Indicators)
            && let Some(mut field) = indicator.remove(Column::Group)
        {
            field.text.clear();
            indicator.set(Column::Group, field);
        }
    }

    /// 预算执行率 under 一级指标 with figures beside it is the indicator itself, its cell being merged over the levels in files
    /// that keep no merging.
    fn name_by_level(&self, indicator: &mut Row) {
        let blank = [Column::Level2, Column::Name].iter().all(|column| indicator.text(*column).is_empty());
        let words = &self.vocabulary.words;
        let level = label(&indicator.text(Column::Level1));
        let level = level.split('(').next().unwrap_or_default().to_owned();
        let known = level.is_empty() || words.level1.contains(&level) || words.level2.contains(&level);
        if blank
            && !known
            && indicator.get(Column::Name).is_some()
            && has_content(indicator)
            && let Some(field) = indicator.get(Column::Level1).cloned()
        {
            indicator.set(Column::Name, field);
        }
    }

    /// Level cells left blank go on from the row above: a new level 1 ends the level 2 above it.
    fn fill_down(&mut self, indicator: &mut Row, half: Half) {
        let above = match half {
            Half::Left => self.parts.levels.as_ref(),
            Half::Right => self.parts.beside.last(),
        };
        let Some(above) = above else { return };
        for column in LEVELS {
            let Some(field) = indicator.get(column) else { continue };
            if !field.is_blank() {
                if field.squeezed() != above.text(column) {
                    return;
                }
                continue;
            }
            let same_table = above.place.table == indicator.place.table || column != Column::Group;
            if let Some(field) = above.get(column).filter(|_| same_table).cloned() {
                indicator.set(column, field);
            }
        }
    }

    /// Remembers the levels of a row for the rows below it, whether it holds an indicator or not.
    fn keep_levels(&mut self, indicator: &Row) {
        let mut levels = Row::new(indicator.place.clone());
        for column in LEVELS {
            if let Some(field) = indicator.get(column) {
                levels.set(column, field.clone());
            }
        }
        self.parts.levels = Some(levels);
    }

    /// Rows of a table of two halves belong to the goals that stand above the halves.
    fn set_half(&self, indicator: &mut Row, headings: &Headings, half: Half) {
        if !headings.half || !indicator.text(Column::Group).is_empty() {
            return;
        }
        let name = headings.all.iter().find(|heading| heading.column == Some(Column::Name));
        let Some(name) = name else { return };
        let above = self.parts.goal_headings.iter().rev().find(|(start, _, _)| *start <= name.start);
        let dump = &self.vocabulary.dump;
        let fallback = match half {
            Half::Left => &dump.lasting_group,
            Half::Right => &dump.yearly_group,
        };
        let group = above.map_or_else(|| Field::new(fallback.clone(), indicator.place.clone()), |goal| goal.2.clone());
        indicator.set(Column::Group, group);
    }
}

/// Which of two indicators that stand in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Left,
    Right,
}

/// Most cells with text of a row of remarks or signatures.
const FOOTER_CELLS: usize = 8;

/// Whether a row is an indicator: it has a name that is more than dots, or figures without one.
fn says_something(indicator: &Row, row: &RowView) -> bool {
    let name = indicator.text(Column::Name);
    let named = !is_dots(&name) && (!is_template_name(&name) || has_any(indicator));
    let valued = !is_dots(&indicator.text(Column::Target)) && row.texts().count() >= 2;
    named || valued || has_content(indicator)
}

/// Whether a row without an indicator holds nothing but levels and the dots of the blank form.
fn is_placeholder(indicator: &Row) -> bool {
    let ignored = [Column::Group, Column::Level1, Column::Level2, Column::Number, Column::Name];
    indicator.cells().all(|(column, field)| ignored.contains(&column) || is_dots(&field.squeezed()))
}

/// Nothing, or the dots that stand for further rows in the blank form.
fn is_dots(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '…' | '.' | '。' | '·' | '⋯'))
}

/// `指标1：` and `指标2：……`: the name that the blank form has, not filled in.
fn is_template_name(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("指标") else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    is_dots(rest.trim_start_matches([':', '：']))
}

/// Whether anything is written beside the name.
fn has_any(indicator: &Row) -> bool {
    let columns = [Column::Target, Column::Actual, Column::Weight, Column::Score];
    columns.iter().any(|column| !is_dots(&indicator.text(*column)))
}

/// Puts a text that has no column of its own into the remarks, under its heading.
fn put_aside(indicator: &mut Row, heading: &Heading, field: Field, vocabulary: &Vocabulary) {
    if field.is_blank() {
        return;
    }
    if let Some(column) = heading.spare {
        let first = indicator.text(column);
        if first.is_empty() || vocabulary.words.neutral_signs.contains(&first) {
            indicator.set(column, field);
            return;
        }
    }
    let noted = format!("{}：{}", heading.aside.as_deref().unwrap_or_default(), field.squeezed());
    let text = match indicator.text(Column::Remark) {
        earlier if earlier.is_empty() => noted,
        earlier => format!("{earlier}；{noted}"),
    };
    indicator.set(Column::Remark, Field { text, ..field });
}

/// A cell merged over target and result, or over weight and score, stands for both.
fn spread_values(indicator: &mut Row, headings: &Headings, row: &RowView, cell: &Cell) {
    if cell.column_span < 2 || blank(cell) {
        return;
    }
    let covered: Vec<Column> = headings
        .all
        .iter()
        .filter(|heading| cell.column <= heading.start && heading.end <= cell.end_column())
        .filter_map(|heading| heading.column)
        .collect();
    let pairs = [[Column::Target, Column::Actual], [Column::Weight, Column::Score]];
    let Some(pair) = pairs.iter().find(|pair| covered.len() == 2 && pair.iter().all(|column| covered.contains(column)))
    else {
        return;
    };
    for column in pair {
        indicator.set(*column, row.field(cell));
    }
}

/// Puts a cell into its column; a second cell under the same heading is joined to the first (`≥` `95` `%`). A second text
/// under another heading of the same meaning does not fit: `false`.
fn put(indicator: &mut Row, column: Column, field: Field, same_heading: bool) -> bool {
    match indicator.get(column) {
        Some(first) if first.is_blank() || field.is_blank() => {
            if !field.is_blank() {
                indicator.set(column, field);
            }
            true
        }
        Some(first) if same_heading => {
            let mut joined = first.clone();
            joined.text.push_str(&field.text);
            indicator.set(column, joined);
            true
        }
        Some(_) => false,
        None => {
            indicator.set(column, field);
            true
        }
    }
}

/// A row whose adjusted target is blank keeps the initial one.
fn fall_back_on_initial_target(indicator: &mut Row) {
    if indicator.text(Column::Target).is_empty()
        && let Some(initial) = indicator.get(Column::InitialTarget).cloned()
    {
        indicator.set(Column::Target, initial);
    }
}

/// A label merged over both level columns stands for both.
fn spread_levels(indicator: &mut Row, headings: &Headings, row: &RowView, cell: &Cell) {
    for heading in &headings.all {
        let covered = cell.column <= heading.start && heading.end <= cell.end_column();
        if let Some(column @ (Column::Level1 | Column::Level2)) = heading.column
            && covered
            && indicator.get(column).is_none_or(Field::is_blank)
        {
            indicator.set(column, row.field(cell));
        }
    }
}

/// Whether a row without a name still says something: a value, a weight or a score.
fn has_content(indicator: &Row) -> bool {
    let columns =
        [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Basis, Column::Previous, Column::Rule];
    columns.iter().filter(|column| !indicator.text(**column).is_empty()).count() >= 2
}
