//! 一表多项目 (subject): a table whose rows say themselves what project they belong to; each project is a form.

use super::builder::Builder;
use super::columns::Headings;
use super::halves::{Subject, SubjectKind};
use super::line::{RowView, blank};
use crate::document::Cell;
use crate::form::{Field, FundsLine};
use crate::text::squeeze;
use crate::vocabulary::Label;

impl Builder<'_> {
    /// Begins the form of another project where the row names one.
    pub(super) fn change_subject(&mut self, row: &RowView, headings: &Headings) {
        let cell_of = |subject: &Subject| {
            let covers = |cell: &&Cell| cell.column < subject.end && subject.start < cell.end_column() && !blank(cell);
            row.cells.iter().copied().find(covers)
        };
        let project = headings.subjects.iter().find(|subject| subject.kind == SubjectKind::Project);
        let Some(name) = project.and_then(cell_of) else { return };
        let name = squeeze(&name.text);
        if self.subject.as_ref() == Some(&name) {
            return;
        }
        if self.subject.is_none() {
            self.parts.shared = self.parts.pairs.clone();
        }
        if !self.parts.rows.is_empty() {
            self.reopen(row);
        }
        self.subject = Some(name);
        for subject in &headings.subjects {
            let Some(cell) = cell_of(subject) else { continue };
            let heading = Field::new(subject.text.clone(), row.place());
            let value = row.field(cell);
            match subject.kind {
                SubjectKind::Project => self.parts.pairs.push((Some(Label::Project), heading, value)),
                SubjectKind::Unit => self.parts.pairs.push((Some(Label::Unit), heading, value)),
                SubjectKind::Goal => self.parts.goal_expected = Some(value),
                SubjectKind::Budget => self.parts.funds.push(FundsLine {
                    name: heading,
                    initial: None,
                    budget: Some(value),
                    spent: None,
                    weight: None,
                    rate: None,
                    score: None,
                }),
            }
        }
    }
}
