//! 并列表头 (halves): heading rows that hold more than one indicator, one region or one project.

use super::columns::{Heading, Headings};
use crate::document::Cell;
use crate::form::Column;
use crate::text::{label, squeeze};
use crate::vocabulary::{Label, Vocabulary};

/// 项目栏: a column beside the indicators that names the project, its unit, its goal or its budget.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub start: usize,
    pub end: usize,
    pub kind: SubjectKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectKind {
    Project,
    Unit,
    Goal,
    Budget,
}

/// Longest heading without a meaning of its own whose texts go to the remarks, in characters.
const LONGEST_ASIDE: usize = 16;

/// Columns of which a table has only one; a further one of that meaning is a remark under its own heading.
const SINGLE: [Column; 10] = [
    Column::Weight,
    Column::Target,
    Column::Actual,
    Column::Rate,
    Column::Score,
    Column::Sign,
    Column::Reason,
    Column::Rule,
    Column::Evidence,
    Column::ReviewScore,
];

impl Headings {
    /// Takes the columns that name the project of each row: one table may hold the indicators of several.
    pub(super) fn take_subjects(&mut self, vocabulary: &Vocabulary) {
        let names = |heading: &Heading| vocabulary.label(&heading.text) == Some(Label::Project);
        if !self.all.iter().any(names) {
            return;
        }
        for heading in &mut self.all {
            let kind = match vocabulary.label(&heading.text) {
                Some(Label::Project) => SubjectKind::Project,
                Some(Label::Unit) => SubjectKind::Unit,
                Some(Label::Goal) => SubjectKind::Goal,
                _ if vocabulary.funds_column(&heading.text).is_some() && heading.column.is_none() => {
                    SubjectKind::Budget
                }
                _ => continue,
            };
            heading.column = None;
            self.subjects.push(Subject { start: heading.start, end: heading.end, kind, text: heading.text.clone() });
        }
        let taken = &self.subjects;
        self.all.retain(|heading| !taken.iter().any(|subject| subject.start == heading.start));
    }

    /// Parts the headings of a table with two indicators in each row: a second name and a second target stand right of the
    /// first ones. What stands left of the second levels belongs to both.
    pub(super) fn split_halves(&mut self) {
        let at = |wanted: Column| {
            let places = self.all.iter().enumerate().filter(move |(_, heading)| heading.column == Some(wanted));
            places.map(|(index, _)| index).collect::<Vec<_>>()
        };
        let (names, targets) = (at(Column::Name), at(Column::Target));
        let (Some(&first_target), Some(&last_target)) = (targets.first(), targets.last()) else { return };
        let second_name = names.iter().copied().find(|name| *name > first_target && *name < last_target);
        if second_name.is_none() || !names.iter().any(|name| *name < first_target) {
            return;
        }
        let begins = |heading: &Heading| matches!(heading.column, Some(Column::Level1 | Column::Level2 | Column::Name));
        let second = self.all.iter().enumerate().skip(first_target).find(|(_, heading)| begins(heading));
        let Some((second, _)) = second else { return };
        let right = self.all.split_off(second);
        let own = |column: Column| right.iter().any(|heading| heading.column == Some(column));
        let shared = self.all.iter().filter(
            |heading| matches!(heading.column, Some(column @ (Column::Level1 | Column::Level2)) if !own(column)),
        );
        let all = shared.cloned().chain(right.iter().cloned()).collect();
        self.half = true;
        self.beside = Some(Box::new(Headings { all, half: true, ..Headings::default() }));
    }

    /// Takes the names of regions below the heading of a value: the whole, else the first region, has the value; the others
    /// are remarks.
    pub(super) fn split_regions(&mut self, texts: &[&Cell], vocabulary: &Vocabulary) -> bool {
        let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return false };
        let covers = |heading: &Heading| heading.start <= first.column && last.end_column() <= heading.end;
        let Some(index) = self.all.iter().position(covers) else { return false };
        let column = self.all.get(index).and_then(|heading| heading.column);
        let named = texts.iter().all(|cell| {
            let text = label(&cell.text);
            text.chars().count() <= LONGEST_ASIDE && !text.chars().any(|c| c.is_ascii_digit() || "≥≤=<>%".contains(c))
        });
        if !named || !matches!(column, Some(Column::Target | Column::Actual | Column::Score)) {
            return false;
        }
        let whole = |cell: &&&Cell| vocabulary.words.whole_regions.contains(&label(&cell.text));
        let chosen = texts.iter().find(whole).map_or(first.column, |cell| cell.column);
        self.all.remove(index);
        for cell in texts {
            let main = cell.column == chosen;
            self.all.push(Heading {
                start: cell.column,
                end: cell.end_column(),
                column: if main { column } else { None },
                text: cell.text.clone(),
                aside: (!main).then(|| squeeze(&cell.text)),
                spare: None,
            });
        }
        self.all.sort_by_key(|heading| heading.start);
        true
    }

    /// Lets the texts below headings without a column of their own go to the remarks under the heading: 是否核心指标, a second
    /// column of the same meaning.
    pub(super) fn set_aside(&mut self, vocabulary: &Vocabulary) {
        for column in SINGLE {
            self.demote_repeated(column);
        }
        let levels = |heading: &Heading| {
            matches!(heading.column, Some(Column::Level1 | Column::Level2 | Column::Name | Column::Number))
        };
        let Some(from) = self.all.iter().find(|heading| levels(heading)).map(|heading| heading.start) else { return };
        for heading in &mut self.all {
            let text = label(&heading.text);
            let unknown = heading.column.is_none() && heading.aside.is_none() && heading.start > from;
            let short = !text.is_empty() && text.chars().count() <= LONGEST_ASIDE;
            if unknown && short && vocabulary.label(&text) != Some(Label::Indicators) {
                heading.aside = Some(text);
            }
        }
    }

    /// Keeps one of several headings of the same meaning: the weight beside the name, the sign in the column of signs, else
    /// the first.
    fn demote_repeated(&mut self, column: Column) {
        let places: Vec<usize> = self
            .all
            .iter()
            .enumerate()
            .filter(|(_, heading)| heading.column == Some(column))
            .map(|(at, _)| at)
            .collect();
        if places.len() < 2 {
            return;
        }
        let name = self.all.iter().position(|heading| heading.column == Some(Column::Name));
        let rank = |at: &usize| self.all.get(*at).map_or(0, |heading| sign_rank(&heading.text));
        let kept = match column {
            Column::Weight => places.iter().copied().find(|at| name.is_some_and(|name| *at > name)),
            Column::Sign => places.iter().copied().rev().max_by_key(rank),
            _ => places.first().copied(),
        };
        let kept = kept.or(places.last().copied());
        let kept_text = kept.and_then(|at| self.all.get(at)).map(|heading| heading.text.clone());
        let mut above = None;
        for (at, heading) in self.all.iter_mut().enumerate() {
            if let Some(level @ (Column::Level1 | Column::Level2 | Column::Name)) = heading.column {
                above = Some(level);
            }
            let same_text = kept_text.as_ref() == Some(&heading.text) && column != Column::Weight;
            if heading.column != Some(column) || Some(at) == kept || same_text {
                continue;
            }
            let of_level = above.filter(|level| column == Column::Weight && *level != Column::Name);
            heading.column = None;
            heading.aside = Some(format!("{}{}", of_level.map_or("", Column::title), squeeze(&heading.text)));
            heading.spare = (column == Column::Sign).then_some(column);
        }
    }
}

/// How likely a column with this heading holds the sign itself rather than a word about it.
fn sign_rank(heading: &str) -> usize {
    let text = label(heading);
    match (text.contains("符号"), text.contains("性质")) {
        (true, _) => 3,
        (_, true) => 2,
        _ => 1,
    }
}
