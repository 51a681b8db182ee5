//! 项目 (project): what forms, tables and text say of the same project, joined by code and name.

use rust_decimal::Decimal;

use crate::document::Place;
use crate::form::{Field, Form};
use crate::indicator::Figure;
use crate::text::label;
use crate::vocabulary::{BudgetKind, BudgetWords};

use super::budget::{BudgetLine, BudgetTable};
use super::name::{Likeness, Name};
use super::prose::number_at;
use super::statement::Passage;

/// 表头: what identifies a form and its project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The name of the project; `None` for overall forms and where it was not read.
    pub project: Option<String>,
    /// 项目编码, where it is one.
    pub code: Option<Field>,
    /// 起始年度 and 终止年度.
    pub first_year: Option<(i32, Field)>,
    pub last_year: Option<(i32, Field)>,
    pub phone: Option<Field>,
}

/// 正文所述项目: a project that running text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub name: String,
    pub amount: Figure,
    pub place: Place,
    /// What the text says of it, from its name to the next project, folded.
    pub section: String,
}

/// 对上的预算行: the line of the budget tables that is about the project of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub likeness: Likeness,
    pub table: Field,
    pub line: BudgetLine,
}

impl Head {
    /// The head of a form.
    pub fn of(form: &Form, words: &BudgetWords) -> Head {
        let labelled = |labels: &[String]| {
            let known = |field: &Field| labels.contains(&label(&field.text));
            form.header.iter().find(|(name, value)| known(name) && !value.is_blank()).map(|(_, value)| value)
        };
        let year =
            |labels: &[String]| labelled(labels).and_then(|field| Some((year(&field.squeezed())?, field.clone())));
        let project = form.project.as_ref().filter(|_| !form.kind.is_overall()).map(Field::squeezed);
        Head {
            project: project.filter(|name| !name.is_empty()),
            code: labelled(&words.code_labels).filter(|field| is_code(&field.squeezed())).cloned(),
            first_year: year(&words.start_labels),
            last_year: year(&words.end_labels),
            phone: labelled(&words.phone_labels).cloned(),
        }
    }
}

/// A year that is written alone: 2024, 2024年.
fn year(text: &str) -> Option<i32> {
    let digits = text.trim_end_matches(['年', '度']);
    let is_year = digits.len() == 4 && digits.starts_with("20") && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| digits.parse().ok()).flatten()
}

/// Shortest code that can tell one project from another.
const SHORTEST_CODE: usize = 10;

fn is_code(text: &str) -> bool {
    text.len() >= SHORTEST_CODE && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Most of what the text says of a project that is kept, in characters.
const LONGEST_SECTION: usize = 1_500;

/// Longest name of a project in running text, in bytes.
const LONGEST_NAME: usize = 300;

/// The projects that running text introduces by a label, each with the amount behind its own label.
pub(super) fn told(passages: &[Passage], words: &BudgetWords) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for passage in passages {
        let text = &passage.text;
        for project in &words.project_labels {
            let label = format!("{project}:");
            let starts: Vec<usize> = text.match_indices(label.as_str()).map(|(at, _)| at + label.len()).collect();
            for (index, start) in starts.iter().enumerate() {
                let end = starts.get(index + 1).map_or(text.len(), |next| next - label.len());
                let Some(section) = text.get(*start..end) else { continue };
                mentions.extend(mention(section, words).map(|(name, amount)| Mention {
                    name,
                    amount,
                    place: passage.place(*start),
                    section: section.chars().take(LONGEST_SECTION).collect(),
                }));
            }
        }
    }
    mentions
}

fn mention(section: &str, words: &BudgetWords) -> Option<(String, Figure)> {
    let end = words.next_labels.iter().filter_map(|label| section.find(&format!("{label}:"))).min()?;
    let name = section.get(..end).filter(|name| !name.is_empty() && name.len() <= LONGEST_NAME)?;
    let amount = words.amount_labels.iter().find_map(|label| {
        let label = format!("{label}:");
        let from = section.find(&label)? + label.len();
        let number = number_at(section.get(from..)?)?;
        let unit = section.get(from + number.length..)?;
        unit.starts_with("万元").then_some(Figure { value: number.value, places: number.places, percent: false })
    })?;
    Some((name.to_owned(), amount))
}

/// Most forms and lines that are joined; a document with more is a data set.
const MOST: usize = 2_000;

/// Several lines of a table of projects that are one project of a form: their subject, and their amounts in all.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    pub table: Field,
    pub lines: Vec<BudgetLine>,
}

/// The lines of one subject that add up to an amount, where there are at least two: one form for the money of several
/// sources.
pub(super) fn bundle(tables: &[BudgetTable], amount: Figure) -> Option<Bundle> {
    tables.iter().filter(|table| table.kind == BudgetKind::Projects).find_map(|table| {
        let subjects: Vec<&str> = table.projects().filter_map(|line| line.subject.as_deref()).collect();
        subjects
            .iter()
            .enumerate()
            .filter(|(at, name)| subjects.get(..*at).is_some_and(|known| !known.contains(name)))
            .find_map(|(_, subject)| {
                let lines: Vec<BudgetLine> =
                    table.projects().filter(|line| line.subject.as_deref() == Some(subject)).cloned().collect();
                let added = lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.amount()?.value))?;
                (lines.len() > 1 && added == amount.value).then(|| Bundle { table: table.title.clone(), lines })
            })
    })
}

/// The line of each form: the only one of its name, or else the only one alike, neither of which may be another's.
pub(super) fn join(heads: &[Head], tables: &[BudgetTable]) -> Vec<Option<Joined>> {
    let of_kind = tables.iter().filter(|table| table.kind == BudgetKind::Projects);
    let lines: Vec<(&BudgetTable, &BudgetLine)> =
        of_kind.flat_map(|table| table.projects().map(move |line| (table, line))).take(MOST).collect();
    let names: Vec<Name> = lines.iter().map(|(_, line)| Name::of(&line.name)).collect();
    let degrees: Vec<Vec<(usize, Likeness)>> = heads
        .iter()
        .take(MOST)
        .map(|head| {
            let Some(name) = head.project.as_deref().map(Name::of) else { return Vec::new() };
            names.iter().enumerate().filter_map(|(at, line)| Some((at, name.likeness(line)?))).collect()
        })
        .collect();
    let best = |row: &Vec<(usize, Likeness)>| {
        let top = row.iter().map(|(_, degree)| *degree).max()?;
        let mut ones = row.iter().filter(|(_, degree)| *degree == top);
        ones.next().copied().filter(|_| ones.next().is_none())
    };
    let chosen: Vec<Option<(usize, Likeness)>> = degrees.iter().map(best).collect();
    let taken = |at: usize| chosen.iter().flatten().filter(|(other, _)| *other == at).count();
    let mut joined: Vec<Option<Joined>> = chosen
        .iter()
        .map(|choice| {
            let (at, likeness) = (*choice)?;
            let (table, line) = lines.get(at).filter(|_| taken(at) == 1)?;
            Some(Joined { likeness, table: table.title.clone(), line: (*line).clone() })
        })
        .collect();
    joined.resize(heads.len(), None);
    joined
}
