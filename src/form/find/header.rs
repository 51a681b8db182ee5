//! 表头区 (header): labels with their values above the indicator table.

use super::builder::{Builder, State};
use super::funds::FundsBlock;
use super::goal::GoalBlock;
use super::line::RowView;
use crate::form::Field;
use crate::vocabulary::Label;

impl Builder<'_> {
    /// A row above the headings: a line of the funds block, a goal text, or labels with values.
    pub(super) fn header_row(&mut self, row: &RowView, state: State) -> &'static str {
        let first = row.texts().next().and_then(|cell| self.vocabulary.label(&cell.text));
        let leaves = matches!(
            first,
            Some(Label::Unit | Label::Project | Label::Authority | Label::Executor | Label::Leader | Label::Contact)
        );
        if let Some(block) = FundsBlock::begin(row, self.vocabulary) {
            self.state = State::Funds(block);
            return "资金表头";
        }
        if self.funds_by_kind(row) || self.funds_pairs(row) {
            self.state = State::Header;
            return "资金";
        }
        if let Some(block) = GoalBlock::begin(row, self.vocabulary) {
            return self.begin_goal(row, block);
        }
        match state {
            State::Funds(block) if !leaves => {
                if self.funds_line(row, &block) {
                    self.state = State::Funds(block);
                    return "资金";
                }
            }
            State::Goal(block) if !leaves => return self.goal_row(row, block),
            _ => {}
        }
        self.state = State::Header;
        self.label_row(row);
        "表头"
    }

    /// Labels with values: a label takes the next text that is no label itself; two unknown texts are taken as a pair.
    pub(super) fn label_row(&mut self, row: &RowView) {
        let mut open: Option<(Option<Label>, Field)> = None;
        for cell in row.texts() {
            let field = row.field(cell);
            let label = self.vocabulary.label(&cell.text);
            open = match (open, label) {
                (Some((known, name)), Some(label)) => {
                    let blank = Field::new("", name.place.clone());
                    self.parts.pairs.push((known, name, blank));
                    Some((Some(label), field))
                }
                (None, label) => Some((label, field)),
                (Some((known, name)), None) => {
                    self.parts.pairs.push((known, name, field));
                    None
                }
            };
        }
        if let Some((label, name)) = open {
            let blank = Field::new("", name.place.clone());
            self.parts.pairs.push((label, name, blank));
        }
    }
}
