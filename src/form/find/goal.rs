//! 总体目标 (goal): what was expected and what was achieved, in words.

use super::builder::{Builder, State};
use super::line::RowView;
use crate::document::Cell;
use crate::form::Field;
use crate::text::label;
use crate::vocabulary::{Label, Vocabulary};

/// The grid columns below 预期目标 and 实际完成情况; empty for a block without these headings.
#[derive(Debug, Clone, Default)]
pub(super) struct GoalBlock {
    expected: Option<(usize, usize)>,
    achieved: Option<(usize, usize)>,
    /// Further headings of expected goals: 年度目标 beside 中期目标.
    headings: Vec<(usize, usize, Field)>,
    /// The row below the label of the block, where the label is merged over several rows.
    end: Option<usize>,
}

impl GoalBlock {
    /// The block that a row begins: it has the label of the goal, or the headings of its two texts.
    pub fn begin(row: &RowView, vocabulary: &Vocabulary) -> Option<GoalBlock> {
        let mut block = GoalBlock::default();
        let mut labelled = false;
        let count = row.texts().count();
        for (index, cell) in row.texts().enumerate() {
            let span = (cell.column, cell.end_column());
            let achieved = vocabulary.is_label(&cell.text, Label::GoalAchieved);
            let weak = || vocabulary.weak_label(&cell.text).filter(|label| *label == Label::GoalExpected && index > 0);
            match vocabulary.label(&cell.text).or_else(weak) {
                Some(Label::Goal | Label::GoalAchieved) if index == 0 && (count > 1 || !achieved) => labelled = true,
                Some(Label::GoalAchieved) => block.achieved = Some(span),
                // 年度总体目标完成情况 may head the right half.
                Some(Label::Goal) if achieved && block.expected.is_some() => block.achieved = Some(span),
                Some(Label::GoalExpected | Label::Goal) => {
                    block.headings.push((span.0, span.1, row.field(cell)));
                    block.expected = block.expected.or(Some(span));
                }
                _ => {}
            }
        }
        let headed = block.expected.is_some() && (block.achieved.is_some() || labelled);
        let first = block.expected.map_or(usize::MAX, |(start, _)| start);
        let labels = row.cells.iter().filter(|cell| cell.column < first && cell.row_span > 1);
        block.end = labels.map(|cell| cell.end_row()).filter(|end| *end > row.row + 1).min();
        (labelled || headed).then_some(block)
    }

    /// Whether a row stands below the block.
    fn ends_before(&self, row: &RowView) -> bool {
        self.end.is_some_and(|end| row.row >= end)
    }

    fn is_achieved(&self, cell: &Cell) -> bool {
        overlap(self.achieved, cell) > overlap(self.expected, cell)
    }

    /// Whether a cell stands under neither heading, where there are both.
    fn is_beside(&self, cell: &Cell) -> bool {
        let under = |(start, end, _): &(usize, usize, Field)| overlap(Some((*start, *end)), cell) > 0;
        let both = self.expected.is_some() && self.achieved.is_some();
        both && overlap(self.achieved, cell) == 0 && !self.headings.iter().any(under)
    }
}

/// Longest text that heads a section or counts its lines rather than tells a goal, in characters.
const LONGEST_HEAD: usize = 20;

/// Whether a text is a heading or a number: short and no sentence.
fn is_short(text: &str) -> bool {
    let text = label(text);
    text.chars().count() <= LONGEST_HEAD && !text.contains([',', '，', '。', ';', ':', '%'])
}

fn overlap(span: Option<(usize, usize)>, cell: &Cell) -> usize {
    span.map_or(0, |(start, end)| end.min(cell.end_column()).saturating_sub(start.max(cell.column)))
}

impl Builder<'_> {
    /// The first row of the block: texts beside the label are goals already.
    pub(super) fn begin_goal(&mut self, row: &RowView, block: GoalBlock) -> &'static str {
        let headed = block.expected.is_some() || block.achieved.is_some();
        let heading = |cell: &&Cell| block.headings.iter().any(|(start, _, _)| *start == cell.column);
        let mut rest: Vec<&Cell> =
            row.texts().filter(|cell| self.vocabulary.label(&cell.text).is_none() && !heading(cell)).collect();
        if block.headings.len() > 1 {
            self.parts.goal_headings = block.headings.clone();
        }
        if headed {
            // 预期目标 | text | 实际完成情况 | text: the texts stand beside their headings.
            let from = block.expected.into_iter().chain(block.achieved).map(|(start, _)| start).min().unwrap_or(0);
            let achieved_from = block.achieved.map(|(start, _)| start);
            for cell in rest.drain(..).filter(|cell| cell.column > from) {
                let achieved = achieved_from.is_some_and(|start| cell.column > start);
                self.add_goal(row.field(cell), achieved);
            }
        }
        for cell in rest {
            self.add_goal(row.field(cell), false);
        }
        self.state = State::Goal(block);
        "总体目标"
    }

    /// A further row of the block; `None` if it stands below it.
    pub(super) fn goal_row(&mut self, row: &RowView, block: &GoalBlock) -> Option<&'static str> {
        let complete = self.parts.goal_expected.is_some() && row.lone_text().is_some_and(|cell| is_short(&cell.text));
        let first = row.texts().next().and_then(|cell| self.vocabulary.label(&cell.text));
        if block.ends_before(row) || complete || first == Some(Label::Task) && self.parts.goal_expected.is_some() {
            return None;
        }
        for cell in row.texts() {
            if self.vocabulary.label(&cell.text).is_some() {
                continue;
            }
            if block.is_beside(cell) && is_short(&cell.text) {
                let (name, blank) = (row.field(cell), Field::new("", row.place()));
                self.parts.pairs.push((None, name, blank));
                continue;
            }
            self.add_goal(row.field(cell), block.is_achieved(cell));
        }
        Some("总体目标")
    }

    /// Takes a row of 预期目标 or 实际完成情况 with its text beside it; `false` if the row is none.
    pub(super) fn goal_beside_label(&mut self, row: &RowView) -> bool {
        let texts: Vec<&Cell> = row.texts().collect();
        let [name, text] = texts.as_slice() else { return false };
        let achieved = match self.vocabulary.label(&name.text) {
            Some(Label::GoalExpected) => false,
            Some(Label::GoalAchieved) => true,
            _ => return false,
        };
        if self.vocabulary.label(&text.text).is_some() {
            return false;
        }
        self.add_goal(row.field(text), achieved);
        true
    }

    fn add_goal(&mut self, field: Field, achieved: bool) {
        let goal = if achieved { &mut self.parts.goal_achieved } else { &mut self.parts.goal_expected };
        match goal {
            None => *goal = Some(field),
            Some(text) => {
                text.text.push('\n');
                text.text.push_str(&field.text);
            }
        }
    }
}
