//! 最便宜的读法 (path): the assignment of tokens to columns with the smallest cost, by dynamic programming.
//!
//! A state is how many tokens are read and which column was filled last; the last column's successor is the end of a row.
//! From each state a run of tokens becomes the next cell, a token is dropped, or the row ends. A state far dearer than
//! the best one at its place is not followed, so that the time is linear in the number of tokens.

use rust_decimal::Decimal;

use super::costs::{Costs, GapCost};
use super::fit::Shape;
use super::token::{Gap, Token};
use super::words::Words;
use crate::form::Column;
use crate::text::label;

/// Tokens of one cell at most, and its letters; what joining may cost before it is not tried.
const MOST_TOKENS: usize = 24;
const MOST_LETTERS: usize = 160;
const MOST_JOINING: i32 = 900;
/// How much dearer than the best a state may be.
const BEAM: i32 = 1500;

/// 单元格: the tokens `from..to` in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub column: usize,
    pub from: usize,
    pub to: usize,
}

/// 行: the cells of one row, with the tokens that it spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    pub cells: Vec<Segment>,
    pub dropped: Vec<usize>,
    pub cost: i32,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Start,
    End,
    Drop,
    Cell,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    cost: i32,
    /// Where it came from: token, column and rank there.
    from: (usize, usize, usize),
    step: Step,
}

/// A candidate cell: how many tokens, what joining them costs, and what it costs in each column.
struct Candidate {
    length: usize,
    joining: i32,
    /// The same in a column of free text, whose cells are broken at any place.
    loose_joining: i32,
    fits: Vec<Option<i32>>,
}

/// The tokens of one table with its columns, ready to be read.
pub(super) struct Lattice<'a> {
    tokens: &'a [Token],
    folded: Vec<String>,
    columns: Vec<Column>,
    skips: Vec<i32>,
    last_level: Option<usize>,
    words: &'a Words,
    costs: &'a Costs,
    /// Whether a line holds several cells, so that a new line speaks for a new row.
    row_lines: bool,
}

impl<'a> Lattice<'a> {
    pub fn new(tokens: &'a [Token], columns: Vec<Column>, words: &'a Words, costs: &'a Costs) -> Self {
        let mut skips = vec![0];
        for column in &columns {
            skips.push(skips.last().copied().unwrap_or(0) + costs.skip(*column));
        }
        let last_level = columns.iter().rposition(|c| matches!(c, Column::Level1 | Column::Level2));
        let lines = tokens.iter().filter(|token| token.opens_line).count().max(1);
        let cells = tokens.iter().filter(|token| !token.gap.is_cut()).count();
        let run = tokens.iter().filter(|token| token.gap.is_cut() && token.gap != Gap::None).count();
        let row_lines = cells * 10 > lines * 18 && lines > 2 && run * 4 < tokens.len();
        let folded = tokens.iter().map(|token| label(&token.text)).collect();
        Lattice { tokens, folded, columns, skips, last_level, words, costs, row_lines }
    }

    fn gap(&self, gap: Gap) -> GapCost {
        let gaps = &self.costs.gaps;
        match gap {
            Gap::Line => gaps.line,
            Gap::Bar => gaps.bar,
            Gap::Wide => gaps.wide,
            Gap::Space => gaps.space,
            Gap::None => gaps.none,
            Gap::Run => gaps.run,
            Gap::Digit => gaps.digit,
            Gap::Sign => gaps.sign,
            Gap::Percent => gaps.percent,
            Gap::Word => gaps.word,
        }
    }

    /// The best readings of the tokens `range`, the cheapest first, each a list of rows. With `one` they are a single row.
    pub fn read(&self, range: std::ops::Range<usize>, ranks: usize, one: bool) -> Vec<(i32, Vec<Reading>)> {
        let (first, count, width) = (range.start, range.len(), self.columns.len());
        let mut table: Vec<Vec<Vec<Node>>> = vec![vec![Vec::new(); width + 1]; count + 1];
        if let Some(state) = table.first_mut().and_then(|states| states.get_mut(width)) {
            state.push(Node { cost: 0, from: (0, width, 0), step: Step::Start });
        }
        for at in 0..=count {
            if !one || at == count {
                self.end_rows(&mut table, at, ranks);
            }
            if at == count {
                break;
            }
            let best = table.get(at).into_iter().flatten().flatten().map(|node| node.cost).min();
            let Some(best) = best else { continue };
            let candidates = self.candidates(first + at, range.end);
            for column in 0..=width {
                let nodes = table.get(at).and_then(|states| states.get(column)).cloned().unwrap_or_default();
                for (rank, node) in nodes.iter().enumerate().filter(|(_, node)| node.cost <= best + BEAM) {
                    // Within one row nothing may follow its end.
                    if one && column == width && at > 0 && !matches!(node.step, Step::Start | Step::Drop) {
                        continue;
                    }
                    let from = (at, column, rank);
                    let dropped = Node { cost: node.cost + self.drop_cost(first + at), from, step: Step::Drop };
                    put(&mut table, at + 1, column, dropped, ranks);
                    self.follow(&mut table, &candidates, node.cost, from, first, ranks);
                }
            }
        }
        let ends = table.get(count).and_then(|states| states.get(width)).cloned().unwrap_or_default();
        (0..ends.len()).map(|rank| (ends[rank].cost, self.trace(&table, first, (count, width, rank)))).collect()
    }

    /// Makes each candidate the next cell.
    fn follow(
        &self,
        table: &mut [Vec<Vec<Node>>],
        candidates: &[Candidate],
        cost: i32,
        from: (usize, usize, usize),
        first: usize,
        ranks: usize,
    ) {
        let (at, last, width) = (from.0, from.1, self.columns.len());
        let Some(token) = self.tokens.get(first + at) else { return };
        let fresh = last == width;
        let start = if fresh { 0 } else { last + 1 };
        let mut base = cost + self.gap(token.gap).start;
        if token.gap.is_cut() && at > 0 && self.tears_unit(first + at) {
            base += self.costs.gaps.unit_torn;
        }
        if fresh {
            let rows = &self.costs.rows;
            base += match token.opens_line {
                true => rows.at_line,
                false if self.row_lines => rows.elsewhere,
                false => rows.unlined,
            };
        } else if token.opens_line && self.row_lines {
            base += self.costs.rows.inner_line;
        }
        for candidate in candidates {
            for column in start..width {
                let Some(fit) = candidate.fits.get(column).copied().flatten() else { continue };
                let free = matches!(self.columns.get(column), Some(Column::Reason | Column::Remark));
                let joining = if free { candidate.loose_joining } else { candidate.joining };
                let skipped = self.skip(start, column, token.blanks, fresh);
                let node = Node { cost: base + skipped + fit + joining, from, step: Step::Cell };
                put(table, at + candidate.length, column, node, ranks);
            }
        }
    }

    /// What leaving out the columns `from..to` costs, where some blank cells stand there.
    fn skip(&self, from: usize, to: usize, blanks: usize, fresh: bool) -> i32 {
        let sum =
            |a: usize, b: usize| self.skips.get(b).copied().unwrap_or(0) - self.skips.get(a).copied().unwrap_or(0);
        let costs = &self.costs.blanks;
        let most = |count: usize| i32::try_from(count.min(40)).unwrap_or(40);
        if fresh {
            return sum(from, to);
        }
        let matched = blanks.min(to - from);
        // The blanks stand for the dearest columns left out.
        let mut own: Vec<i32> = (from..to).map(|column| sum(column, column + 1)).collect();
        own.sort_unstable();
        own.truncate(own.len() - matched);
        let spare = (most(blanks - matched) * costs.unmatched).min(costs.most);
        own.iter().sum::<i32>() + most(matched) * costs.matched + spare
    }

    /// Whether a token is the unit of the number before it.
    fn tears_unit(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.folded.get(at));
        let in_date = before.is_some_and(|text| text.ends_with(['年', '月']) && text.chars().count() < 5)
            && self.folded.get(at).is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        let ends_in_digit = before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()));
        in_date
            || ends_in_digit && self.folded.get(at).is_some_and(|text| text == "%" || self.words.units.contains(text))
    }

    /// Whether a token is a number with a gap on either side.
    fn is_lone_number(&self, at: usize) -> bool {
        let apart = |at: usize| self.tokens.get(at).is_none_or(|token| !token.gap.is_cut());
        apart(at) && apart(at + 1) && self.folded.get(at).is_some_and(|text| super::fit::plain_number(text).is_some())
    }

    fn drop_cost(&self, at: usize) -> i32 {
        let drop = &self.costs.drop;
        let text = self.folded.get(at).map(String::as_str).unwrap_or_default();
        let empty = text
            .strip_prefix("指标")
            .is_some_and(|rest| rest.trim_end_matches(':').chars().all(|c| c.is_ascii_digit()));
        if empty || text.chars().all(|c| !c.is_alphanumeric() && !super::token::is_comparison(c)) {
            return drop.placeholder;
        }
        drop.token + drop.letter * i32::try_from(text.chars().count().min(200)).unwrap_or(200)
    }

    /// Ends the row of every state at a place.
    fn end_rows(&self, table: &mut [Vec<Vec<Node>>], at: usize, ranks: usize) {
        let width = self.columns.len();
        for column in 0..width {
            let nodes = table.get(at).and_then(|states| states.get(column)).cloned().unwrap_or_default();
            let total = self.skips.last().copied().unwrap_or(0);
            let rest = total - self.skips.get(column + 1).copied().unwrap_or(0);
            let rest = match self.last_level {
                Some(level) if column <= level => self.costs.rows.only_levels,
                _ => rest,
            };
            for (rank, node) in nodes.iter().enumerate() {
                let ended = Node { cost: node.cost + rest, from: (at, column, rank), step: Step::End };
                put(table, at, width, ended, ranks);
            }
        }
    }

    /// The cells that may begin at a token.
    fn candidates(&self, at: usize, end: usize) -> Vec<Candidate> {
        let mut out = Vec::new();
        let mut text = String::new();
        let (mut joining, mut loose_joining) = (0, 0);
        for length in 1..=MOST_TOKENS {
            let index = at + length - 1;
            let (Some(token), Some(folded)) = (self.tokens.get(index).filter(|_| index < end), self.folded.get(index))
            else {
                break;
            };
            if length > 1 {
                let join = self.gap(token.gap).join + if token.blanks > 0 { 300 } else { 0 };
                joining += join;
                loose_joining += if token.gap.is_cut() || token.blanks > 0 { join } else { join / 2 };
                joining += if self.is_lone_number(index) { self.costs.gaps.lone_number } else { 0 };
            }
            text.push_str(folded);
            if joining > MOST_JOINING || text.len() > MOST_LETTERS * 3 {
                break;
            }
            let shape = Shape::of(&text, self.words, self.costs);
            let fits = self.columns.iter().map(|column| shape.cost(*column, self.costs)).collect();
            out.push(Candidate { length, joining, loose_joining, fits });
        }
        out
    }

    fn trace(&self, table: &[Vec<Vec<Node>>], first: usize, end: (usize, usize, usize)) -> Vec<Reading> {
        let width = self.columns.len();
        let mut rows = Vec::new();
        let mut row = Reading::default();
        let mut at = end;
        loop {
            let node = table.get(at.0).and_then(|states| states.get(at.1)).and_then(|nodes| nodes.get(at.2));
            let Some(node) = node else { break };
            match node.step {
                Step::Start => break,
                Step::End => {
                    if !row.cells.is_empty() || !row.dropped.is_empty() {
                        rows.push(std::mem::take(&mut row));
                    }
                    row.cost = node.cost;
                }
                Step::Drop => row.dropped.push(first + node.from.0),
                Step::Cell => {
                    row.cells.push(Segment { column: at.1, from: first + node.from.0, to: first + at.0 });
                    if node.from.1 == width {
                        rows.push(std::mem::take(&mut row));
                    }
                }
            }
            at = node.from;
        }
        if !row.cells.is_empty() || !row.dropped.is_empty() {
            rows.push(row);
        }
        rows.reverse();
        for row in &mut rows {
            row.cells.reverse();
        }
        rows
    }

    /// The text of a cell as printed, joined without blanks.
    pub fn text(&self, cell: &Segment) -> String {
        self.tokens.get(cell.from..cell.to).unwrap_or_default().iter().map(|token| token.text.as_str()).collect()
    }

    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub fn column(&self, index: usize) -> Option<Column> {
        self.columns.get(index).copied()
    }

    /// The cell of a column as it is compared, if the reading has it.
    pub fn cell(&self, reading: &Reading, column: Column) -> Option<String> {
        let cell = reading.cells.iter().find(|cell| self.column(cell.column) == Some(column))?;
        Some(label(&self.text(cell)))
    }

    /// The cell of a column as a number.
    pub fn number(&self, reading: &Reading, column: Column) -> Option<Decimal> {
        let text = self.cell(reading, column)?;
        super::fit::plain_number(text.strip_suffix('分').unwrap_or(&text))
    }

    /// Whether a reading is an indicator whose target or result says by itself that it is one.
    pub fn is_sound(&self, reading: &Reading) -> bool {
        let valued = [Column::Target, Column::Actual].into_iter().filter_map(|column| self.cell(reading, column));
        let is_value = |text: String| Shape::of(&text, self.words, self.costs).is_value(self.costs);
        self.is_indicator(reading) && valued.into_iter().any(is_value)
    }

    /// Whether a reading is an indicator: a name with a value or a weight.
    pub fn is_indicator(&self, reading: &Reading) -> bool {
        let has = |column| reading.cells.iter().any(|cell| self.column(cell.column) == Some(column));
        has(Column::Name) && (has(Column::Target) || has(Column::Actual) || has(Column::Weight))
    }
}

/// Keeps a node among the best of its state.
fn put(table: &mut [Vec<Vec<Node>>], at: usize, column: usize, node: Node, ranks: usize) {
    let Some(nodes) = table.get_mut(at).and_then(|states| states.get_mut(column)) else { return };
    let place = nodes.partition_point(|known| known.cost <= node.cost);
    if place < ranks {
        nodes.insert(place, node);
        nodes.truncate(ranks);
    }
}
