//! 总体目标 (goal): what was expected and what was achieved, in words.

use super::builder::{Builder, State};
use super::line::RowView;
use crate::document::Cell;
use crate::form::Field;
use crate::vocabulary::{Label, Vocabulary};

/// The grid columns below 预期目标 and 实际完成情况; empty for a block without these headings.
#[derive(Debug, Clone, Default)]
pub(super) struct GoalBlock {
    expected: Option<(usize, usize)>,
    achieved: Option<(usize, usize)>,
}

impl GoalBlock {
    /// The block that a row begins: it has the label of the goal, or the headings of its two texts.
    pub fn begin(row: &RowView, vocabulary: &Vocabulary) -> Option<GoalBlock> {
        let mut block = GoalBlock::default();
        let mut labelled = false;
        for (index, cell) in row.texts().enumerate() {
            match vocabulary.label(&cell.text) {
                Some(Label::GoalExpected) => block.expected = Some((cell.column, cell.end_column())),
                Some(Label::GoalAchieved) => block.achieved = Some((cell.column, cell.end_column())),
                Some(Label::Goal) if index == 0 => labelled = true,
                // 年度总体目标完成情况 may head the right half.
                Some(Label::Goal) if block.expected.is_some() => {
                    block.achieved = Some((cell.column, cell.end_column()));
                }
                _ => {}
            }
        }
        let headed = block.expected.is_some() && (block.achieved.is_some() || labelled);
        (labelled || headed).then_some(block)
    }

    fn is_achieved(&self, cell: &Cell) -> bool {
        let overlap = |span: Option<(usize, usize)>| {
            span.map_or(0, |(start, end)| end.min(cell.end_column()).saturating_sub(start.max(cell.column)))
        };
        overlap(self.achieved) > overlap(self.expected)
    }
}

impl Builder<'_> {
    /// The first row of the block: texts beside the label are goals already.
    pub(super) fn begin_goal(&mut self, row: &RowView, block: GoalBlock) -> &'static str {
        let headed = block.expected.is_some() || block.achieved.is_some();
        let mut rest: Vec<&Cell> = row.texts().filter(|cell| self.vocabulary.label(&cell.text).is_none()).collect();
        if headed {
            // 预期目标 | text | 实际完成情况 | text: the texts stand beside their headings.
            let achieved_from = block.achieved.map(|(start, _)| start);
            for cell in rest.drain(..) {
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

    /// A further row of the block.
    pub(super) fn goal_row(&mut self, row: &RowView, block: GoalBlock) -> &'static str {
        for cell in row.texts() {
            if self.vocabulary.label(&cell.text).is_none() {
                self.add_goal(row.field(cell), block.is_achieved(cell));
            }
        }
        self.state = State::Goal(block);
        "总体目标"
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
