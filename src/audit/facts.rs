//! 整表事实 (facts): what several checks need to know of a form as a whole, found once.

use rust_decimal::Decimal;

use crate::audit::prose::prose;
use crate::audit::span::sum;
use crate::audit::unit;
use crate::audit::words::{AuditWords, core, ends_with_any};
use crate::case::FormCase;
use crate::form::{Column, Field};
use crate::indicator::{Indicator, Reading};
use crate::score::{Completion, Measure};

/// Most of a goal text that is searched, in characters; a goal is a paragraph or two.
const LONGEST_GOAL: usize = 10_000;

/// What holds for a form as a whole.
#[derive(Debug)]
pub(super) struct FormFacts {
    /// What the printed scores may differ by.
    pub measure: Measure,
    /// Whether the project is complete.
    pub completion: Completion,
    /// With how many places the form prints its amounts.
    pub amount_places: u32,
    /// The weights of all indicators, added up; `None` where one cannot be read.
    pub weight: Option<Decimal>,
    /// Whether the form writes its results without units throughout, as some forms ask for.
    pub bare_results: bool,
    /// Whether blanks are the exception under 上年完成值, and not the sign of a table without this column.
    pub previous_filled: bool,
    /// The columns that no row may leave empty.
    pub required: Vec<Column>,
    /// The number of people in the only row that counts them.
    pub people: Option<Decimal>,
    /// 预期目标 and 实际完成情况, ready for searching.
    pub expected: String,
    pub achieved: String,
}

impl FormFacts {
    /// The facts of a form.
    pub fn of(case: &FormCase, words: &AuditWords) -> Self {
        let rows = &case.indicators.rows;
        let goal = case.form.goal.as_ref();
        FormFacts {
            measure: Measure::of(&case.indicators, &case.rules),
            completion: Completion::of(&case.indicators),
            amount_places: amount_places(case),
            weight: weight(rows),
            bare_results: bare_results(rows),
            previous_filled: previous_filled(case),
            required: required(case),
            people: people(rows, words),
            expected: goal.and_then(|goal| goal.expected.as_ref()).map(searchable).unwrap_or_default(),
            achieved: goal.and_then(|goal| goal.achieved.as_ref()).map(searchable).unwrap_or_default(),
        }
    }
}

fn searchable(field: &Field) -> String {
    prose(&field.text.chars().take(LONGEST_GOAL).collect::<String>())
}

fn amount_places(case: &FormCase) -> u32 {
    let amounts = case.indicators.funds.iter().flat_map(|funds| [&funds.initial, &funds.budget, &funds.spent]);
    amounts.filter_map(Reading::get).map(|figure| figure.places).max().unwrap_or(0)
}

fn weight(rows: &[Indicator]) -> Option<Decimal> {
    let weights: Vec<Decimal> =
        rows.iter().map(|row| row.weight.get().map(|figure| figure.value)).collect::<Option<_>>()?;
    sum(weights)
}

fn bare_results(rows: &[Indicator]) -> bool {
    let bare = |row: &Indicator| {
        let target = unit::bound(&row.target)?;
        let actual = unit::bound(row.actual.as_ref()?)?;
        (!target.quantity.unit.is_empty()).then_some(actual.quantity.unit.is_empty())
    };
    let count = |(bare, all): (usize, usize), is_bare| (bare + usize::from(is_bare), all + 1);
    let (bare, all) = rows.iter().filter_map(bare).fold((0, 0), count);
    bare >= 3 && bare * 2 > all
}

fn previous_filled(case: &FormCase) -> bool {
    let blank = |row: &&crate::form::Row| row.get(Column::Previous).is_none_or(Field::is_blank);
    case.form.rows.iter().filter(blank).count() * 3 <= case.form.rows.len()
}

fn required(case: &FormCase) -> Vec<Column> {
    let mut columns = vec![Column::Name, Column::Target];
    if case.indicators.rows.iter().any(|row| row.weight.get().is_some()) {
        columns.push(Column::Weight);
    }
    if case.form.kind.is_self_evaluation() {
        columns.extend([Column::Actual, Column::Score]);
    }
    columns.retain(|column| case.form.columns.contains(column));
    columns
}

fn people(rows: &[Indicator], words: &AuditWords) -> Option<Decimal> {
    let counted = |row: &Indicator| {
        let quantity = &unit::bound(&row.target)?.quantity;
        let counts =
            words.costs.person.contains(&quantity.unit) && ends_with_any(&core(&row.name), &words.costs.people);
        counts.then(|| quantity.value()).flatten()
    };
    let mut counts = rows.iter().filter_map(counted);
    counts.next().filter(|_| counts.next().is_none())
}
