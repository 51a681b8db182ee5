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
        if let Some(cell) = row.lone_text()
            && self.take_inline_total(&row.field(cell))
        {
            self.state = state;
            return "总分";
        }
        if self.goal_beside_label(row) {
            self.state = state;
            return "总体目标";
        }
        if let Some(block) = GoalBlock::begin(row, self.vocabulary) {
            return self.begin_goal(row, block);
        }
        match state {
            State::Funds(block) if !leaves && self.funds_line(row, &block) => {
                self.state = State::Funds(block);
                return "资金";
            }
            State::Goal(block) if !leaves => {
                if let Some(kind) = self.goal_row(row, &block) {
                    self.state = State::Goal(block);
                    return kind;
                }
            }
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
            if open.is_none() && self.inline_pair(&field) {
                continue;
            }
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

    /// Takes a label and its value from one cell or line (`填报单位：某局`); `false` if the text is none.
    fn inline_pair(&mut self, field: &Field) -> bool {
        let Some((label, name, value)) = self.vocabulary.inline_label(&field.text) else { return false };
        let part = |text: String| Field { text, ..field.clone() };
        self.parts.pairs.push((Some(label), part(name), part(value)));
        true
    }

    /// Takes a line between the caption and the table: it may name the unit or give the total.
    pub(super) fn line_above(&mut self, field: &Field) {
        if self.take_inline_total(field) || self.inline_pair(field) {
            return;
        }
        // 部门：某局  单位：万元
        let known = self.parts.pairs.len();
        for text in field.text.split([' ', '\t', '\u{3000}', '\u{a0}']).filter(|text| !text.is_empty()) {
            self.inline_pair(&Field { text: text.to_owned(), ..field.clone() });
        }
        if self.parts.pairs.len() == known && field.place.row.is_some() {
            self.parts.pairs.push((None, field.clone(), Field::new("", field.place.clone())));
        }
    }
}
