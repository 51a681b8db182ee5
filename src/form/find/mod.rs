//! 识别表单 (find): from the tables of a document to its performance forms.
//!
//! The document is walked once, line by line: paragraphs and table rows. A caption or a new header block begins a form;
//! within a form each row is a header row, a line of the funds block, a goal text, a heading, an indicator or the total.
//! What fits none of these is kept as unplaced.

mod block;
mod builder;
mod columns;
mod finish;
mod funds;
mod goal;
mod halves;
mod header;
mod indicators;
mod line;
mod subject;
mod total;

use super::{Field, Form};
use crate::document::{Block, Document};
use crate::vocabulary::Vocabulary;
use builder::Builder;
use line::RowView;

/// What a document holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    pub forms: Vec<Form>,
    /// How each line was taken, for `jixiao extract --debug-tables`; empty unless asked for.
    pub trace: Vec<String>,
}

/// Finds the forms of a document whose tables are grids (a text dump is mended first).
pub fn find(document: &Document, vocabulary: &Vocabulary) -> Found {
    walk(document, vocabulary, false)
}

/// Like [`find`], and tells how every row was taken.
pub fn find_with_trace(document: &Document, vocabulary: &Vocabulary) -> Found {
    walk(document, vocabulary, true)
}

fn walk(document: &Document, vocabulary: &Vocabulary, traced: bool) -> Found {
    let mut builder = Builder::new(vocabulary, traced);
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                builder.paragraph(&Field::new(paragraph.text.clone(), paragraph.place.clone()));
            }
            Block::Table(table) => {
                builder.begin_table(RowView::first_with_text(table).as_ref());
                RowView::for_each(table, |row| builder.row(row));
            }
        }
    }
    let (mut forms, trace) = builder.finish();
    finish::settle_years(&mut forms, document);
    Found { forms, trace }
}
