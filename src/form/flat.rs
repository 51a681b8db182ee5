//! 平铺表 (flat): a list with one indicator a row, which says in columns of its own to which unit and project each belongs,
//! as the tables of its forms.
//!
//! Data exported from a system, a ledger that a bureau keeps, and what `jixiao extract` writes as CSV and workbook.

use std::collections::BTreeMap;

use super::Column;
use crate::document::{Block, Document, Layout, Paragraph, Place, Table};
use crate::text::{label, squeeze};
use crate::vocabulary::{FlatWords, Vocabulary};

/// Rows above the headings.
const ROWS_ABOVE: usize = 4;

/// What the columns beside those of the indicators hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    File,
    Number,
    Title,
    Unit,
    Project,
    Year,
    Row,
}

/// The document with every flat list cut into the tables of its forms; any other document as it is.
pub fn unfold(document: Document, vocabulary: &Vocabulary) -> Document {
    let lists: Vec<Option<List>> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Table(table) if table.layout == Layout::Grid => List::of(table, vocabulary),
            _ => None,
        })
        .collect();
    if lists.iter().all(Option::is_none) {
        return document;
    }
    let mut blocks = Vec::new();
    for (block, list) in document.blocks.iter().zip(&lists) {
        match (block, list) {
            (Block::Table(table), Some(list)) => blocks.extend(list.forms(table, &vocabulary.flat)),
            _ => blocks.push(block.clone()),
        }
    }
    Document { source: document.source, blocks, unread: document.unread }
}

/// 平铺表: where its headings stand and which columns tell the form.
struct List {
    heading: usize,
    keys: BTreeMap<usize, Key>,
    has_results: bool,
}

impl List {
    /// The list that a table is, if its headings name indicators and what they belong to.
    fn of(table: &Table, vocabulary: &Vocabulary) -> Option<List> {
        let heading = (0..table.rows.min(ROWS_ABOVE + 1)).find(|row| {
            let columns: Vec<Column> = table.row(*row).filter_map(|cell| vocabulary.column(&cell.text)).collect();
            columns.contains(&Column::Name) && columns.contains(&Column::Target)
        })?;
        let words = &vocabulary.flat;
        let mut keys = BTreeMap::new();
        for cell in table.row(heading) {
            let Some(key) = key(&label(&cell.text), words) else { continue };
            // The first of several columns of a kind is the one that the forms belong to.
            if !keys.values().any(|known| *known == key) {
                keys.insert(cell.column, key);
            }
        }
        let has = |wanted: Key| keys.values().any(|key| *key == wanted);
        let named = has(Key::Project) || has(Key::Number) || has(Key::File);
        let unit = keys.iter().find(|(_, key)| **key == Key::Unit).map(|(column, _)| *column);
        let organised = unit.is_some_and(|column| are_organisations(table, heading, column, words));
        if !(named || organised) || table.rows <= heading + 1 {
            return None;
        }
        if !organised && let Some(column) = unit {
            keys.remove(&column);
        }
        let result = |cell: &crate::document::Cell| {
            matches!(vocabulary.column(&cell.text), Some(Column::Actual | Column::Score))
        };
        Some(List { heading, has_results: table.row(heading).any(result), keys })
    }

    /// The forms of the list in the order in which they appear, each as a few lines and a table.
    fn forms(&self, table: &Table, words: &FlatWords) -> Vec<Block> {
        let mut forms: Vec<(BTreeMap<Key, String>, Vec<usize>)> = Vec::new();
        let mut position: BTreeMap<BTreeMap<Key, String>, usize> = BTreeMap::new();
        for row in self.heading + 1..table.rows {
            if table.row(row).all(|cell| cell.text.trim().is_empty()) {
                continue;
            }
            let told: BTreeMap<Key, String> = self
                .keys
                .iter()
                .filter(|(_, key)| **key != Key::Row)
                .filter_map(|(column, key)| Some((*key, covering(table, row, *column)?)))
                .collect();
            let at = *position.entry(told.clone()).or_insert_with(|| {
                forms.push((told, Vec::new()));
                forms.len() - 1
            });
            if let Some((_, rows)) = forms.get_mut(at) {
                rows.push(row);
            }
        }
        forms.iter().flat_map(|(told, rows)| self.form(table, told, rows, words)).collect()
    }

    fn form(&self, table: &Table, told: &BTreeMap<Key, String>, rows: &[usize], words: &FlatWords) -> Vec<Block> {
        let row = rows.first().map(|row| row + table.first_row);
        let place = Place { table: Some(table.number), row, sheet: table.sheet.clone(), ..Place::default() };
        let line = |text: String| Block::Paragraph(Paragraph { text, place: place.clone() });
        let usual = if self.has_results { &words.evaluation_title } else { &words.target_title };
        let title = told.get(&Key::Title).filter(|title| !title.is_empty()).unwrap_or(usual);
        let mut blocks = vec![line(title.clone())];
        let printed = |key: Key| told.get(&key).filter(|text| !text.is_empty());
        if let Some(year) = printed(Key::Year) {
            blocks.push(line(format!("（{}年度）", year.trim_end_matches(['年', '度']))));
        }
        let head = [("项目名称", printed(Key::Project)), ("单位名称", printed(Key::Unit))];
        let head: Vec<String> =
            head.into_iter().filter_map(|(label, text)| Some([label.to_owned(), text?.clone()])).flatten().collect();
        if !head.is_empty() {
            let head = Table::from_rows(table.number, Layout::Grid, vec![head]);
            let first_row = row.unwrap_or(table.first_row);
            blocks.push(Block::Table(Table { sheet: table.sheet.clone(), first_row, ..head }));
        }
        let kept = |cell: &&crate::document::Cell| {
            let is_row = cell.row == self.heading || rows.binary_search(&cell.row).is_ok();
            is_row && !self.keys.contains_key(&cell.column)
        };
        let cells = table.cells.iter().filter(kept).cloned().collect();
        let last = rows.last().map_or(self.heading + 1, |row| row + 1);
        blocks.push(Block::Table(Table { rows: last, cells, ..table.clone() }));
        blocks
    }
}

/// What stands in a column of a row, merged cells included.
fn covering(table: &Table, row: usize, column: usize) -> Option<String> {
    let covers = |cell: &&crate::document::Cell| {
        cell.column <= column && column < cell.end_column() && cell.row <= row && row < cell.end_row()
    };
    table.row(row).find(covers).or_else(|| table.cells.iter().find(covers)).map(|cell| squeeze(&cell.text))
}

fn key(heading: &str, words: &FlatWords) -> Option<Key> {
    let kinds = [
        (&words.file, Key::File),
        (&words.number, Key::Number),
        (&words.title, Key::Title),
        (&words.unit, Key::Unit),
        (&words.project, Key::Project),
        (&words.year, Key::Year),
        (&words.row, Key::Row),
    ];
    kinds.into_iter().find(|(known, _)| known.iter().any(|word| word == heading)).map(|(_, key)| key)
}

/// Whether a column holds names of organisations, not units of measure.
fn are_organisations(table: &Table, heading: usize, column: usize, words: &FlatWords) -> bool {
    let below = table.cells.iter().filter(|cell| cell.row > heading && cell.column == column);
    let names: Vec<String> = below.map(|cell| squeeze(&cell.text)).filter(|name| !name.is_empty()).collect();
    let is_one = |name: &String| {
        name.chars().count() > 1 && words.organisations.iter().any(|ending| name.ends_with(ending.as_str()))
    };
    !names.is_empty() && names.iter().filter(|name| is_one(name)).count().saturating_mul(2) > names.len()
}
