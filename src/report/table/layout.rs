//! 排版 (layout): grids and paragraphs measured in terminal columns, where a Chinese character takes two.

use tabled::builder::Builder;
use tabled::settings::object::{Cell, Columns};
use tabled::settings::peaker::PriorityMax;
use tabled::settings::style::HorizontalLine;
use tabled::settings::{Alignment, Color, Padding, Style, Width};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Closing punctuation never begins a line.
const CLOSING: &str = "，。；：、）】》”’！？%％),;:";

/// Columns that a label and its two blanks take before a hanging paragraph.
const LABEL: usize = 6;

/// 网格: a table of texts with a heading, drawn within a width.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<String>>,
    right: Vec<usize>,
    colours: Vec<(usize, usize, Tone)>,
}

/// 色调 of a cell or word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Bad,
    Doubtful,
    Quiet,
    Good,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Tone::Bad => "31",
            Tone::Doubtful => "33",
            Tone::Quiet => "36",
            Tone::Good => "32",
        }
    }

    fn color(self) -> Color {
        match self {
            Tone::Bad => Color::FG_RED,
            Tone::Doubtful => Color::FG_YELLOW,
            Tone::Quiet => Color::FG_CYAN,
            Tone::Good => Color::FG_GREEN,
        }
    }
}

impl Grid {
    /// An empty grid with its heading.
    pub fn new<S: Into<String>>(heading: impl IntoIterator<Item = S>) -> Self {
        let heading = heading.into_iter().map(Into::into).collect();
        Grid { rows: vec![heading], right: Vec::new(), colours: Vec::new() }
    }

    /// Sets columns of figures against the right.
    pub fn right(mut self, columns: impl IntoIterator<Item = usize>) -> Self {
        self.right = columns.into_iter().collect();
        self
    }

    /// Adds a row.
    pub fn push<S: Into<String>>(&mut self, row: impl IntoIterator<Item = S>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    /// Colours a cell of the row added last.
    pub fn tint(&mut self, column: usize, tone: Tone) {
        self.colours.push((self.rows.len() - 1, column, tone));
    }

    /// Draws the grid at most `width` columns wide; the widest columns wrap first.
    pub fn draw(&self, width: usize, colour: bool) -> String {
        let mut table = Builder::from_iter(self.rows.iter().cloned()).build();
        table
            .with(Style::empty().horizontals([(1, HorizontalLine::new('─'))]))
            .with(Padding::new(0, 2, 0, 0))
            .with(Width::wrap(width).priority(PriorityMax::left()));
        for column in &self.right {
            table.modify(Columns::one(*column), Alignment::right());
        }
        for (row, column, tone) in self.colours.iter().filter(|_| colour) {
            table.modify(Cell::new(*row, *column), tone.color());
        }
        let mut text = String::new();
        for line in table.to_string().lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// A label and its text, later lines hanging under the first; the last line ends.
pub fn hanging(label: &str, text: &str, width: usize) -> String {
    indented(0, label, text, width)
}

/// The same, moved to the right.
pub fn indented(indent: usize, label: &str, text: &str, width: usize) -> String {
    let mut out = String::new();
    let room = width.saturating_sub(indent + LABEL).max(20);
    let lines = text.lines().flat_map(|line| wrap(line, room));
    for (index, line) in lines.enumerate() {
        let label = if index == 0 { label } else { "" };
        let blank = " ".repeat(LABEL.saturating_sub(label.width()));
        out.push_str(&" ".repeat(indent));
        out.push_str(format!("{label}{blank}{line}").trim_end());
        out.push('\n');
    }
    out
}

/// A text broken into lines of at most `width` columns; words and figures stay whole where they fit, and closing
/// punctuation never begins a line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<&str> = Vec::new();
    let mut used = 0;
    for piece in pieces(text).into_iter().flat_map(|piece| chunks(piece, width)) {
        if used + piece.width() > width && !line.is_empty() {
            let rest = if is_closing(piece) { carried(&mut line) } else { Vec::new() };
            lines.push(line.concat());
            line = rest;
            used = line.iter().map(|piece| piece.width()).sum();
        }
        used += piece.width();
        line.push(piece);
    }
    lines.push(line.concat());
    lines
}

/// Takes from the end of a line what goes to the next one with closing punctuation: the last piece before it.
fn carried<'t>(line: &mut Vec<&'t str>) -> Vec<&'t str> {
    let start = line.iter().rposition(|piece| !is_closing(piece)).unwrap_or(0);
    if start == 0 { Vec::new() } else { line.split_off(start) }
}

fn is_closing(piece: &str) -> bool {
    piece.chars().all(|c| CLOSING.contains(c))
}

/// A piece wider than a line, cut to fit; others whole.
fn chunks(piece: &str, width: usize) -> Vec<&str> {
    let mut chunks = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, c) in piece.char_indices() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width && at > start {
            chunks.push(&piece[start..at]);
            (start, used) = (at, 0);
        }
        used += wide;
    }
    chunks.push(&piece[start..]);
    chunks
}

/// A text cut into what may not be broken: a run of Latin letters and digits, or one character.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joined = previous.is_some_and(|p| is_word(p) && is_word(c));
        if at > start && !joined {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn is_word(c: char) -> bool {
    c.is_ascii_graphic()
}

/// The first characters of a text.
pub fn clip(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// A text in bold, where colours are wanted.
pub fn strong(text: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A text in a tone, where colours are wanted.
pub fn toned(text: &str, tone: Tone, colour: bool) -> String {
    if colour { format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code()) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "填报9.75，应为9.63（多0.12），完成率98.5%÷100%=0.985。";
        let lines = wrap(text, 20);
        assert_eq!(lines.concat(), text);
        assert!(lines.iter().all(|line| line.width() <= 20), "{lines:?}");
        assert!(lines.iter().skip(1).all(|line| !line.starts_with('，')), "{lines:?}");
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefgh", 4), ["abcd", "efgh"]);
    }

    #[test]
    fn grids_keep_within_the_width() {
        let mut grid = Grid::new(["序号", "指标", "得分"]).right([2]);
        grid.push(["1", "参加城乡居民基本医疗保险人数占应参保人数的比例不低于国家规定的水平", "10.00"]);
        let text = grid.draw(40, false);
        assert!(text.lines().all(|line| line.width() <= 40), "{text}");
        assert!(text.lines().count() > 3, "{text}");
    }
}
