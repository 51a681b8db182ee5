//! 还原 (table): printed rows made into a grid whose cells stand under their headings.

use super::align::{Aligned, align};
use super::group::Title;
use super::heading::Heading;
use super::lexicon::{Lexicon, number};
use super::piece::{Piece, Row};
use super::{group, label, level, rest};
use crate::document::{Cell, Layout, Repair, Table};
use crate::form::Column;
use crate::vocabulary::Label;

/// What the rows of one dump become.
pub(super) struct Rebuilt {
    pub rows: Vec<Vec<Piece>>,
    /// What was decided, row by row.
    pub trace: Vec<String>,
    /// Rows that fit their heading badly, and rows in all.
    pub doubtful: usize,
    pub aligned: usize,
    /// The rows that are titles over the whole width.
    pub titles: Vec<usize>,
}

/// Goes down the rows of a table and keeps what the heading above says about them.
struct Walker<'a> {
    lexicon: &'a Lexicon<'a>,
    out: Rebuilt,
    heading: Option<Heading>,
    /// The heading before the current one, for one whose end was cut off.
    before: Option<Heading>,
    /// The last row of the current section and its line, not yet written because a rest may follow.
    open: Option<(Aligned, usize)>,
    /// The group of the current section, and the one that the title just read announces.
    group: Option<String>,
    announced: Option<String>,
    grouped: bool,
    /// The first written row of the current section.
    section: usize,
}

/// Puts the rows of one table into columns.
pub(super) fn rebuild(rows: &[Row], lexicon: &Lexicon) -> Rebuilt {
    let out = Rebuilt { rows: Vec::new(), trace: Vec::new(), doubtful: 0, aligned: 0, titles: Vec::new() };
    let mut walker = Walker {
        lexicon,
        out,
        heading: None,
        before: None,
        open: None,
        group: None,
        announced: None,
        grouped: false,
        section: 0,
    };
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        at += walker.step(row, &rows[at..]);
    }
    walker.close_section();
    walker.out
}

impl Walker<'_> {
    /// Takes the next row, and says how many it was.
    fn step(&mut self, row: &Row, rows: &[Row]) -> usize {
        let earlier = self.heading.as_ref().or(self.before.as_ref());
        if let Some(heading) = Heading::read(rows, self.lexicon, earlier) {
            let used = heading.rows;
            self.open_section(heading, row);
            return used;
        }
        if let Some(title) = self.announced(rows) {
            self.close_section();
            self.title(row, title);
            return 1;
        }
        match self.heading.clone() {
            None => self.plain(row),
            Some(heading) if self.is_total(row) => {
                self.close_section();
                self.total(row, &heading);
            }
            Some(_) if self.ends_section(row) => {
                self.say(row, "指标行到此为止".to_owned());
                self.close_section();
                self.plain(row);
            }
            Some(heading) => self.indicator(row, &heading),
        }
        1
    }

    /// The group that the first of the rows announces, where a heading follows it.
    fn announced(&self, rows: &[Row]) -> Option<Title> {
        let group = group::announced(rows.first()?, self.lexicon)?;
        let follows = (1..=2).any(|ahead| {
            rows.get(ahead..).is_some_and(|rows| Heading::read(rows, self.lexicon, self.before.as_ref()).is_some())
        });
        follows.then_some(group)
    }

    /// Writes the title of a section as one cell over the whole width, so that no one takes it for a row.
    fn title(&mut self, row: &Row, title: Title) {
        self.grouped = true;
        let printed: Vec<&str> = row.filled().map(Piece::printed).collect();
        let mut text = format!("（{}）", row.squeezed());
        if let Title::Named(group) = &title {
            self.say(row, format!("分组标题：{group}"));
            let is_numbered = group.ends_with(|c: char| c.is_ascii_digit());
            text = if is_numbered { row.squeezed() } else { format!("（{group}）") };
        }
        self.announced = match title {
            Title::Named(group) => Some(group),
            Title::Torn => None,
        };
        let mut piece = Piece::new(0, text, row.line);
        piece.record(printed.join(" | "), "分组标题已合并");
        self.out.rows.push(vec![piece]);
        self.out.titles.push(self.out.rows.len() - 1);
    }

    fn say(&mut self, row: &Row, what: String) {
        self.out.trace.push(format!("第{}行：{what}", row.line));
    }

    fn close_section(&mut self) {
        self.flush();
        if let Some(heading) = &self.heading {
            let section = self.out.rows.get_mut(self.section..).unwrap_or_default();
            level::fill_up(section, heading, self.lexicon);
        }
        self.before = self.heading.take().or(self.before.take());
    }

    fn open_section(&mut self, mut heading: Heading, row: &Row) {
        self.close_section();
        if self.grouped || heading.index(Column::Group).is_some() {
            self.grouped = true;
            add_group_slot(&mut heading);
            let same = self.before.as_ref().is_some_and(|before| before.is_yearly() == heading.is_yearly());
            let kept = self.group.take().filter(|_| same);
            let implied = || group::implied(&heading, self.lexicon);
            self.group = Some(self.announced.take().or(kept).unwrap_or_else(implied));
        }
        let names: Vec<&str> = heading.slots.iter().map(|slot| slot.column.map_or("", Column::title)).collect();
        let what = format!("表头（{}）：{}", if heading.exact { "完整" } else { "拼合" }, names.join("、"));
        self.say(row, what);
        let cells = heading.slots.iter().enumerate().filter(|(_, slot)| !slot.text.is_empty());
        let cells = cells.map(|(index, slot)| {
            let mut piece = Piece::new(index, slot.text.clone(), row.line);
            if let Some(printed) = slot.printed.as_ref().filter(|printed| **printed != slot.text) {
                piece.record(printed.clone(), "表头已还原");
            }
            piece
        });
        self.out.rows.push(cells.collect());
        self.section = self.out.rows.len();
        self.heading = Some(heading);
    }

    fn indicator(&mut self, row: &Row, heading: &Heading) {
        if row.filled().next().is_none() {
            return;
        }
        if let Some((above, _)) = self.open.as_mut()
            && rest::append(row, above, heading, self.lexicon)
        {
            self.say(row, "接上一行".to_owned());
            return;
        }
        if row.is_noise() {
            self.say(row, "只有符号，略去".to_owned());
            return;
        }
        let mut aligned = align(row, heading, self.lexicon);
        self.out.aligned += 1;
        self.out.doubtful += usize::from(is_doubtful(&aligned, heading));
        if aligned.moved || !aligned.loose.is_empty() {
            let what = format!("移位对齐，得分{}，无处安放{}格", aligned.score, aligned.loose.len());
            self.say(row, what);
        }
        self.set_group(&mut aligned, heading, row);
        level::mend(self.open.as_mut().map(|(above, _)| above), &mut aligned, heading, self.lexicon);
        self.flush();
        self.open = Some((aligned, row.line));
    }

    /// Fills the group of a row in; what stood in its place is kept on record.
    fn set_group(&self, aligned: &mut Aligned, heading: &Heading, row: &Row) {
        let (Some(group), Some(index)) = (&self.group, heading.index(Column::Group)) else { return };
        if aligned.cells.is_empty() {
            return;
        }
        let Some(cell) = aligned.cells.get_mut(index) else { return };
        let printed = cell.as_ref().map(Piece::squeezed).unwrap_or_default();
        let mut piece = Piece::new(index, group.clone(), row.line);
        if !printed.is_empty() && printed != *group {
            piece.record(printed, "目标名称取自分组标题");
        }
        *cell = Some(piece);
    }

    fn flush(&mut self) {
        let Some((aligned, line)) = self.open.take() else { return };
        let width = aligned.cells.len();
        let mut row: Vec<Piece> = Vec::new();
        for (index, cell) in aligned.cells.into_iter().enumerate() {
            let mut piece = cell.unwrap_or_else(|| Piece::new(index, "", line));
            let moved = aligned.moved && piece.position != index && !piece.is_blank() && piece.repair.is_none();
            if moved {
                piece.record(piece.text.clone(), "错位的单元格已移回所属栏目");
            }
            row.push(Piece { position: index, ..piece });
        }
        let loose = aligned.loose.into_iter().enumerate();
        row.extend(loose.map(|(index, piece)| Piece { position: width + index, ..piece }));
        self.out.rows.push(row);
    }

    fn plain(&mut self, row: &Row) {
        let rejoined = label::rejoin(row, self.lexicon);
        if rejoined.is_some() {
            self.say(row, "拆开的标签已合并".to_owned());
        }
        self.out.rows.push(rejoined.map_or_else(|| row.pieces.clone(), |row| row.pieces));
    }

    fn is_total(&self, row: &Row) -> bool {
        let first = row.filled().next();
        let label = first.and_then(|piece| self.lexicon.vocabulary.label(&piece.text));
        label == Some(Label::Total) && !row.filled().any(|piece| self.lexicon.is_level(&piece.text))
    }

    /// A row that no longer belongs to the indicators: it begins with a label of the header block or is a caption.
    fn ends_section(&self, row: &Row) -> bool {
        let Some(first) = row.filled().next() else { return false };
        if row.filled().any(|piece| self.lexicon.is_level(&piece.text)) {
            return false;
        }
        let text = crate::text::label(&first.text);
        let is_group = self.grouped && self.lexicon.vocabulary.dump.groups.contains(&text);
        let is_label = self.lexicon.labels.contains(text.as_str()) && !self.lexicon.is_value(&text) && !is_group;
        let torn = label::rejoin(row, self.lexicon)
            .is_some_and(|row| row.filled().next().is_some_and(|piece| piece.squeezed() != text));
        is_label || torn || self.lexicon.vocabulary.form_kind(&row.squeezed()).is_some()
    }

    /// Writes the 总分 row with its numbers under weight and score.
    fn total(&mut self, row: &Row, heading: &Heading) {
        let numbers: Vec<&Piece> = row.filled().skip(1).filter(|piece| number(&piece.squeezed()).is_some()).collect();
        let weight = heading.index(Column::Weight);
        let score = heading.index(Column::Score);
        let stands = |piece: &&Piece| [weight, score].contains(&heading.at(piece.position));
        let (first, last) = match (weight, score) {
            (Some(weight), Some(score)) if weight < score => (weight, score),
            (Some(weight), _) => (weight, weight),
            (None, Some(score)) => (score, score),
            (None, None) => return self.plain(row),
        };
        if numbers.iter().all(stands) || numbers.len() > 2 || numbers.len() == 1 && first != last {
            return self.plain(row);
        }
        let mut cells: Vec<Piece> = row.filled().take(1).cloned().collect();
        for (piece, position) in numbers.into_iter().zip([first, last]) {
            let mut piece = Piece { position, ..piece.clone() };
            if piece.repair.is_none() {
                piece.record(piece.text.clone(), "错位的单元格已移回所属栏目");
            }
            cells.push(piece);
        }
        self.say(row, "总分行已移回权重、得分两栏".to_owned());
        self.out.rows.push(cells);
    }
}

/// Gives a section with groups a column for them, where its heading has none.
fn add_group_slot(heading: &mut Heading) {
    if heading.index(Column::Group).is_some() {
        return;
    }
    let title = Column::Group.title().to_owned();
    match heading.slots.first_mut().filter(|slot| slot.column.is_none()) {
        Some(slot) => {
            slot.column = Some(Column::Group);
            slot.printed = Some(std::mem::replace(&mut slot.text, title));
        }
        None => {
            let printed = Some(String::new());
            let slot = super::heading::Slot { column: Some(Column::Group), position: 0, text: title, printed };
            heading.slots.insert(0, slot);
            heading.exact = false;
        }
    }
}

/// Whether a row lacks its name or holds cells that fit nowhere.
fn is_doubtful(aligned: &Aligned, heading: &Heading) -> bool {
    let name = heading.index(Column::Name).and_then(|index| aligned.cells.get(index));
    !aligned.loose.is_empty() || name.is_some_and(Option::is_none) || aligned.moved && aligned.score < 0
}

/// The rows as a table of single cells.
pub(super) fn table(rows: Vec<Vec<Piece>>, titles: &[usize]) -> Table {
    let count = rows.len();
    let mut cells: Vec<Cell> = Vec::new();
    for (row, pieces) in rows.into_iter().enumerate() {
        for piece in pieces {
            let repair = piece.repair.map(|Repair { printed, why }| Box::new(Repair { printed, why }));
            let single = Cell::single(row, piece.position, piece.text);
            cells.push(Cell { line: piece.line, page: piece.page, repair, ..single });
        }
    }
    let columns = cells.iter().map(Cell::end_column).max().unwrap_or(0);
    let is_title = |cell: &&mut Cell| titles.binary_search(&cell.row).is_ok();
    cells.iter_mut().filter(is_title).for_each(|cell| cell.column_span = columns);
    Table { number: 0, sheet: None, layout: Layout::Grid, rows: count, columns, cells, first_row: 1, first_column: 1 }
}
