//! 项目是否完成 (completion): the condition on which some texts give the execution points.

use crate::indicator::{Indicator, IndicatorTable};
use crate::score::AnswerWords;
use crate::score::compare::target_met;

/// 项目是否完成, as far as the output rows of a form tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// Every output row meets its target.
    Complete,
    /// An output row misses its target.
    Unfinished,
    /// The form does not tell.
    Open,
}

impl Completion {
    /// The completion that the output rows of a form show.
    pub fn of(table: &IndicatorTable) -> Completion {
        let words = AnswerWords::builtin();
        let is_output = |row: &&Indicator| words.is_output_level(&row.level1);
        let mut met = table.rows.iter().filter(is_output).map(target_met).peekable();
        if met.peek().is_none() {
            return Completion::Open;
        }
        met.fold(Completion::Complete, |so_far, row| match (so_far, row) {
            (Completion::Unfinished, _) | (_, Some(false)) => Completion::Unfinished,
            (Completion::Open, _) | (_, None) => Completion::Open,
            (Completion::Complete, Some(true)) => Completion::Complete,
        })
    }

    /// The completion that somebody states.
    pub fn from_answer(complete: Option<bool>) -> Completion {
        match complete {
            Some(true) => Completion::Complete,
            Some(false) => Completion::Unfinished,
            None => Completion::Open,
        }
    }

    /// The condition in words, as a step of the arithmetic shows it.
    pub fn words(self) -> &'static str {
        match self {
            Completion::Complete => "产出指标全部完成",
            Completion::Unfinished => "有产出指标没有完成",
            Completion::Open => "表中看不出项目是否完成",
        }
    }
}
