//! 碎片 (piece): the cells of a dump as they were printed, before their columns are known.

use crate::document::Repair;
use crate::text::squeeze;

/// One printed cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Zero-based position among the separators of its row.
    pub position: usize,
    /// The text, residue of markup removed.
    pub text: String,
    pub line: Option<usize>,
    pub page: Option<usize>,
    /// What was printed, where the text was cleaned or joined.
    pub repair: Option<Repair>,
}

impl Piece {
    /// A cell read as printed.
    pub fn new(position: usize, text: impl Into<String>, line: usize) -> Self {
        Piece { position, text: text.into(), line: Some(line), page: None, repair: None }
    }

    /// The text without white space.
    pub fn squeezed(&self) -> String {
        squeeze(&self.text)
    }

    /// Whether the cell holds anything but white space.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(crate::text::is_blank)
    }

    /// What the file shows: the text before any mending.
    pub fn printed(&self) -> &str {
        self.repair.as_ref().map_or(&self.text, |repair| &repair.printed)
    }

    /// Appends another cell's text, with a record of both.
    pub fn join(&mut self, other: &Piece, why: &str) {
        let printed = format!("{} | {}", self.printed(), other.printed());
        self.text.push_str(&other.text);
        self.record(printed, why);
    }

    /// Records what was printed; an earlier reason is kept.
    pub fn record(&mut self, printed: String, why: &str) {
        let why = match &self.repair {
            Some(repair) if !repair.why.contains(why) => format!("{}；{why}", repair.why),
            _ => why.to_owned(),
        };
        self.repair = Some(Repair { printed, why });
    }
}

/// One printed row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The cells, blank ones included, in order.
    pub pieces: Vec<Piece>,
    /// Line of the text file, or row of the table it came from.
    pub line: usize,
    /// Whether the row opens a table: what follows a rule of a Markdown table, or stands above it.
    pub opens: bool,
}

impl Row {
    /// The cells that hold something.
    pub fn filled(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.is_blank())
    }

    /// All texts of the row in one, without white space.
    pub fn squeezed(&self) -> String {
        self.pieces.iter().map(Piece::squeezed).collect()
    }

    /// Whether nothing but signs is printed in the row.
    pub fn is_noise(&self) -> bool {
        !self.squeezed().chars().any(char::is_alphanumeric)
    }
}
