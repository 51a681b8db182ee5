//! 取值列 (value): signs put right in the columns that hold values, in every table.

use std::collections::HashMap;

use super::heading::Heading;
use super::lexicon::Lexicon;
use super::piece::{Piece, Row};
use super::residue::{DIGIT, SIGN, with_proven_sign, with_signs};
use crate::document::{Cell, Repair, Table};
use crate::form::Column;
use crate::text::squeeze;

/// Which cells of a table are values of which indicator.
#[derive(Default)]
struct Values {
    /// Index of the cell, name of its indicator.
    cells: Vec<(usize, String)>,
}

/// Puts misread signs right in the value columns of a table whose columns are known; returns how many.
pub(super) fn mend_signs(table: &mut Table, lexicon: &Lexicon) -> usize {
    let values = find(table, lexicon);
    let mut mended = 0;
    for (index, _) in &values.cells {
        let Some(cell) = table.cells.get_mut(*index) else { continue };
        if let Some(text) = with_signs(&cell.text, &lexicon.vocabulary.dump) {
            record(cell, text, SIGN);
            mended += 1;
        }
    }
    mended + mend_digits(table, &values, lexicon)
}

/// Restores signs that were read as digits, where another value of the same indicator proves it.
fn mend_digits(table: &mut Table, values: &Values, lexicon: &Lexicon) -> usize {
    let mut by_name: HashMap<&str, Vec<String>> = HashMap::new();
    for (index, name) in &values.cells {
        if let Some(cell) = table.cells.get(*index) {
            by_name.entry(name).or_default().push(cell.text.clone());
        }
    }
    let mut mended = 0;
    for (index, name) in &values.cells {
        let Some(cell) = table.cells.get_mut(*index) else { continue };
        let others = by_name.get(name.as_str()).into_iter().flatten().map(String::as_str);
        if let Some(text) = with_proven_sign(&cell.text, others, lexicon) {
            record(cell, text, DIGIT);
            mended += 1;
        }
    }
    mended
}

/// Changes the text of a cell, with a record of what was printed first.
pub(super) fn record(cell: &mut Cell, text: String, why: &str) {
    let printed = std::mem::replace(&mut cell.text, text);
    let repair = match cell.repair.take() {
        Some(earlier) => Repair { printed: earlier.printed, why: format!("{}；{why}", earlier.why) },
        None => Repair { printed, why: why.to_owned() },
    };
    cell.repair = Some(Box::new(repair));
}

/// The value cells below the headings of a table.
fn find(table: &Table, lexicon: &Lexicon) -> Values {
    let mut values = Values::default();
    let mut heading: Option<Heading> = None;
    let mut at = 0;
    while at < table.cells.len() {
        let row = table.cells[at].row;
        let end = at + table.cells[at..].iter().take_while(|cell| cell.row == row).count();
        let printed = printed_row(&table.cells[at..end]);
        match Heading::read(&[printed], lexicon, None).filter(|heading| heading.exact) {
            Some(found) => heading = Some(found),
            None => {
                if let Some(heading) = &heading {
                    take(&table.cells[at..end], at, heading, lexicon, &mut values);
                }
            }
        }
        at = end;
    }
    values
}

fn printed_row(cells: &[Cell]) -> Row {
    let line = cells.first().map_or(0, |cell| cell.row);
    let pieces = cells.iter().map(|cell| Piece::new(cell.column, cell.text.clone(), line)).collect();
    Row { pieces, line, opens: false }
}

fn take(cells: &[Cell], start: usize, heading: &Heading, lexicon: &Lexicon, values: &mut Values) {
    let column =
        |cell: &Cell| heading.at(cell.column).and_then(|index| heading.slots.get(index)).and_then(|slot| slot.column);
    let name = cells.iter().find(|cell| column(cell) == Some(Column::Name)).map(|cell| squeeze(&cell.text));
    let Some(name) = name.filter(|name| !name.is_empty()) else { return };
    for (offset, cell) in cells.iter().enumerate() {
        if column(cell).is_some_and(|column| lexicon.is_value_column(column)) {
            values.cells.push((start + offset, name.clone()));
        }
    }
}
