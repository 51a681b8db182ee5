//! 卷宗 (dossier): what a document says around its forms, and what speaks of the same thing.
//!
//! A disclosure holds budget tables, running text and forms. The tables become [`BudgetTable`]s, the text becomes
//! [`Statement`]s, and projects are joined by code and name. Checks ask the dossier; none searches the document itself.

mod budget;
mod name;
mod project;
pub(crate) mod prose;
mod statement;

use crate::document::{Document, Place};
use crate::form::Form;
use crate::indicator::Figure;
use crate::vocabulary::{BudgetKind, Vocabulary};

pub use budget::{Amount, BudgetLine, BudgetTable};
pub use name::{Likeness, likeness, same_name};
pub use project::{Bundle, Head, Joined, Mention};
pub use statement::{Measure, Passage, Said, Statement, figures};

/// 卷宗: one document, ready to be asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dossier {
    /// 部门预算表、决算表, in reading order.
    pub tables: Vec<BudgetTable>,
    /// 正文, between two tables each.
    pub passages: Vec<Passage>,
    /// Projects that running text speaks of, with their amounts.
    pub told: Vec<Mention>,
    /// What the head of each form says, in the order of the forms.
    pub heads: Vec<Head>,
    /// For each form of a project, its line in the budget tables.
    pub joined: Vec<Option<Joined>>,
}

impl Dossier {
    /// The dossier of a document whose forms are known.
    pub fn of<'a>(document: &Document, forms: impl Iterator<Item = &'a Form>) -> Dossier {
        let vocabulary = Vocabulary::builtin();
        let tables = budget::tables(document, vocabulary);
        let passages = statement::passages(document);
        let told = project::told(&passages, &vocabulary.budget);
        let heads: Vec<Head> = forms.map(|form| Head::of(form, &vocabulary.budget)).collect();
        let joined = project::join(&heads, &tables);
        Dossier { tables, passages, told, heads, joined }
    }

    /// The tables of one kind.
    pub fn tables_of(&self, kind: BudgetKind) -> impl Iterator<Item = &BudgetTable> {
        self.tables.iter().filter(move |table| table.kind == kind)
    }

    /// The lines of projects in the budget tables, sums left out.
    pub fn project_lines(&self) -> impl Iterator<Item = (&BudgetTable, &BudgetLine)> {
        self.tables_of(BudgetKind::Projects).flat_map(|table| table.projects().map(move |line| (table, line)))
    }

    /// What the text says of a form's project, or of the projects that the form bundles.
    pub fn told_of(&self, name: &str, amount: Option<Figure>) -> Vec<&Mention> {
        let own: Vec<&Mention> = self.told.iter().filter(|told| same_name(name, &told.name)).collect();
        if !own.is_empty() {
            return own;
        }
        let lines = amount.and_then(|amount| self.bundle(amount)).map(|bundle| bundle.lines).unwrap_or_default();
        self.told.iter().filter(|told| lines.iter().any(|line| same_name(&line.name, &told.name))).collect()
    }

    /// Several lines of the budget tables that are one project of a form.
    pub fn bundle(&self, amount: Figure) -> Option<Bundle> {
        project::bundle(&self.tables, amount)
    }

    /// 收支总计: what the unit has and spends in all, with the place where it stands.
    pub fn grand_total(&self) -> Option<(Figure, &Place)> {
        let lines = self.tables_of(BudgetKind::Balance).flat_map(|table| &table.lines);
        let mut totals =
            lines.filter(|line| line.name.ends_with("总计")).filter_map(|line| Some((line.amount()?, &line.place)));
        let first = totals.next()?;
        totals.all(|other| other.0.value == first.0.value).then_some(first)
    }

    /// Every statement of the running text.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.passages.iter().flat_map(|passage| &passage.statements)
    }

    /// Whether a name stands anywhere in the running text or in a budget table.
    pub fn speaks_of(&self, name: &str) -> bool {
        self.passages.iter().any(|passage| passage.text.contains(name))
            || self.tables.iter().flat_map(|table| &table.lines).any(|line| line.name.contains(name))
    }
}
