//! 表头 (heading): the heading row of an indicator table, whole, torn over cells or printed on two levels.

use super::lexicon::Lexicon;
use super::piece::{Piece, Row};
use crate::form::Column;

/// One column of an indicator table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// What the column means; `None` where nothing is printed above it.
    pub column: Option<Column>,
    /// Position of the printed cell it was read from.
    pub position: usize,
    /// The heading.
    pub text: String,
    /// What was printed, where the heading had to be put together.
    pub printed: Option<String>,
}

/// The heading of an indicator table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub slots: Vec<Slot>,
    /// How many printed rows it takes.
    pub rows: usize,
    /// Whether every slot stands at its printed position.
    pub exact: bool,
}

/// Most columns that a heading may have.
const MOST_COLUMNS: usize = 32;

impl Heading {
    /// The heading that begins with the first of the rows; `before` completes one whose end was cut off.
    pub fn read(rows: &[Row], lexicon: &Lexicon, before: Option<&Heading>) -> Option<Heading> {
        let first = rows.first()?;
        if first.pieces.len() > MOST_COLUMNS {
            return None;
        }
        let second = rows.get(1).filter(|row| row.pieces.len() <= MOST_COLUMNS && years(row, lexicon) >= 2);
        if let Some(second) = second.filter(|_| !first.is_noise() && is_heading_part(first, lexicon)) {
            let merged = merge(first, second, lexicon);
            if let Some(heading) = whole(&merged, lexicon, 2).or_else(|| torn(&merged, lexicon, 2, before)) {
                return Some(heading);
            }
        }
        whole(first, lexicon, 1).or_else(|| torn(first, lexicon, 1, before))
    }

    /// The index of a column.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.slots.iter().position(|slot| slot.column == Some(column))
    }

    /// Whether the section gives values for several years.
    pub fn is_yearly(&self) -> bool {
        self.index(Column::BeforePrevious).is_some()
    }

    /// The slot at a printed position, if there is exactly one.
    pub fn at(&self, position: usize) -> Option<usize> {
        let mut found = self.slots.iter().enumerate().filter(|(_, slot)| slot.position == position);
        let first = found.next().map(|(index, _)| index);
        first.filter(|_| found.next().is_none())
    }
}

/// How many columns of years a row names.
fn years(row: &Row, lexicon: &Lexicon) -> usize {
    let is_year = |piece: &&Piece| {
        let column = lexicon.vocabulary.column(&piece.text);
        matches!(column, Some(Column::Previous | Column::BeforePrevious | Column::Target))
            && !lexicon.vocabulary.dump.year_parents.contains(&crate::text::label(&piece.text))
    };
    row.filled().filter(is_year).count()
}

/// Whether a row is the upper level of a heading: it names a column, or the parent of the years.
fn is_heading_part(row: &Row, lexicon: &Lexicon) -> bool {
    let parents = &lexicon.vocabulary.dump.year_parents;
    let named = |piece: &Piece| parents.contains(&crate::text::label(&piece.text));
    row.filled().any(named) && row.filled().all(|piece| !lexicon.is_closing_word(&piece.text))
}

/// Both levels of a heading in one row: the parent of the years gives way to the years.
fn merge(upper: &Row, lower: &Row, lexicon: &Lexicon) -> Row {
    let parents = &lexicon.vocabulary.dump.year_parents;
    let width = upper.pieces.len().max(lower.pieces.len());
    let text = |row: &Row, position| row.pieces.get(position).map(Piece::squeezed).unwrap_or_default();
    let pieces = (0..width).map(|position| {
        let (above, below) = (text(upper, position), text(lower, position));
        let is_year = lexicon.vocabulary.column(&below).is_some();
        let above = if parents.contains(&above) && is_year { String::new() } else { above };
        let mut piece = Piece::new(position, format!("{above}{below}"), lower.line);
        if !above.is_empty() && !below.is_empty() {
            piece.record(format!("{above} | {below}"), "两级表头已合并");
        }
        piece
    });
    Row { pieces: pieces.collect(), line: lower.line, opens: upper.opens }
}

/// A heading whose every cell is one known heading.
fn whole(row: &Row, lexicon: &Lexicon, rows: usize) -> Option<Heading> {
    let mut slots: Vec<Slot> = Vec::new();
    for piece in &row.pieces {
        let column = lexicon.vocabulary.column(&piece.text);
        if !piece.is_blank() && (column.is_none() || slots.iter().any(|slot| slot.column == column)) {
            return None;
        }
        let printed = piece.repair.as_ref().map(|repair| repair.printed.clone());
        slots.push(Slot { column, position: piece.position, text: piece.text.clone(), printed });
    }
    while slots.last().is_some_and(|slot| slot.column.is_none()) {
        slots.pop();
    }
    let heading = Heading { slots, rows, exact: true };
    is_indicator_heading(&heading).then_some(heading)
}

/// Whether the columns are those of an indicator table.
fn is_indicator_heading(heading: &Heading) -> bool {
    let has = |column| heading.index(column).is_some();
    let levels = [Column::Level1, Column::Level2, Column::Name].into_iter().filter(|column| has(*column)).count();
    let values = [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Basis, Column::Previous];
    levels >= 2 && values.into_iter().any(has)
}

/// A heading read from the row's letters in order, whatever cells they were torn into.
fn torn(row: &Row, lexicon: &Lexicon, rows: usize, before: Option<&Heading>) -> Option<Heading> {
    let letters: Vec<(char, usize)> = row
        .filled()
        .flat_map(|piece| piece.squeezed().chars().map(|c| (c, piece.position)).collect::<Vec<_>>())
        .collect();
    const LONGEST: usize = 160;
    if letters.len() > LONGEST {
        return None;
    }
    let mut slots = scan(&letters, lexicon);
    drop_parents(&mut slots, lexicon);
    order_levels(&mut slots);
    insert_name(&mut slots);
    complete(&mut slots, before);
    let levels = slots.iter().filter(|slot| matches!(slot.column, Some(Column::Level1 | Column::Level2))).count();
    let known: usize = slots.iter().map(|slot| slot.text.chars().count()).sum();
    let (slots, exact) = in_place(&slots, row, lexicon).map_or((slots, false), |slots| (slots, true));
    let heading = Heading { slots, rows, exact };
    let mostly_headings = known * 3 >= letters.len() * 2;
    (levels == 2 && mostly_headings && is_indicator_heading(&heading)).then_some(heading)
}

/// The slots at their printed places with their printed texts, where every heading stands whole in a cell of its own and
/// what else is printed is a heading that the vocabulary does not know.
fn in_place(slots: &[Slot], row: &Row, lexicon: &Lexicon) -> Option<Vec<Slot>> {
    let mut left = slots.iter().peekable();
    let mut placed = Vec::with_capacity(row.pieces.len());
    for piece in &row.pieces {
        let slot = left.next_if(|slot| slot.position == piece.position && slot.printed.is_some());
        let column = slot.and_then(|slot| slot.column);
        let letters = piece.text.chars().filter(|c| c.is_alphabetic()).count();
        if column != lexicon.vocabulary.column(&piece.text) || slot.is_none() && !piece.is_blank() && letters < 2 {
            return None;
        }
        placed.push(Slot { column, position: piece.position, text: piece.text.clone(), printed: None });
    }
    left.next().is_none().then_some(placed)
}

fn scan(letters: &[(char, usize)], lexicon: &Lexicon) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let found = lexicon.headings.iter().find(|(word, _)| {
            word.len() <= rest.len() && word.iter().zip(rest).all(|(letter, (other, _))| letter == other)
        });
        let Some((word, column)) = found else {
            at += 1;
            continue;
        };
        at += word.len();
        let position = rest.first().map_or(0, |(_, position)| *position);
        let text: String = word.iter().collect();
        let slot = Slot { column: Some(*column), position, printed: Some(text.clone()), text };
        let is_upper = |other: &Slot| lexicon.vocabulary.dump.year_parents.contains(&other.text);
        match slots.iter().position(|other| other.column == slot.column) {
            None => slots.push(slot),
            Some(index) if slots.get(index).is_some_and(is_upper) && !is_upper(&slot) => {
                slots.remove(index);
                slots.push(slot);
            }
            Some(_) => {}
        }
    }
    slots
}

/// Drops the parent of the years where the years stand below it.
fn drop_parents(slots: &mut Vec<Slot>, lexicon: &Lexicon) {
    let yearly = slots.iter().any(|slot| slot.column == Some(Column::BeforePrevious));
    let has_year = slots.iter().filter(|slot| slot.column == Some(Column::Target)).count() > 1;
    if yearly && has_year {
        slots.retain(|slot| !lexicon.vocabulary.dump.year_parents.contains(&slot.text));
    }
}

/// Puts level 1 before level 2 where tearing changed their order.
fn order_levels(slots: &mut [Slot]) {
    let find = |column| slots.iter().position(|slot| slot.column == Some(column));
    if let (Some(first), Some(second)) = (find(Column::Level1), find(Column::Level2))
        && second < first
    {
        slots.swap(first, second);
    }
}

/// Puts the column of names behind level 2 where its heading was lost.
fn insert_name(slots: &mut Vec<Slot>) {
    if slots.iter().any(|slot| slot.column == Some(Column::Name)) {
        return;
    }
    let level2 = slots.iter().position(|slot| slot.column == Some(Column::Level2));
    let level1 = slots.iter().position(|slot| slot.column == Some(Column::Level1));
    let Some(index) = level2.or(level1) else { return };
    let position = slots.get(index).map_or(0, |slot| slot.position + 1);
    if level2.is_none() {
        let slot =
            Slot { column: Some(Column::Level2), position, text: Column::Level2.title().to_owned(), printed: None };
        slots.insert(index + 1, slot);
    }
    let at = index + 1 + usize::from(level2.is_none());
    let slot = Slot { column: Some(Column::Name), position, text: Column::Name.title().to_owned(), printed: None };
    slots.insert(at.min(slots.len()), slot);
}

/// Completes a heading whose end was cut off from the heading before it.
fn complete(slots: &mut Vec<Slot>, before: Option<&Heading>) {
    let Some(before) = before else { return };
    let columns: Vec<_> =
        slots.iter().map(|slot| slot.column).filter(|column| *column != Some(Column::Group)).collect();
    let earlier: Vec<&Slot> =
        before.slots.iter().filter(|slot| slot.column.is_some_and(|c| c != Column::Group)).collect();
    let is_start =
        columns.len() < earlier.len() && columns.iter().zip(&earlier).all(|(column, slot)| *column == slot.column);
    if columns.len() < 3 || !is_start {
        return;
    }
    slots.extend(earlier.into_iter().skip(columns.len()).map(|slot| Slot { printed: None, ..slot.clone() }));
}
