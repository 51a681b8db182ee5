//! 修复存疑 (mended): findings that rest on the wording of cells which a broken dump left in doubt are worth knowing, no more.

use crate::audit::{Code, Finding, Severity};
use crate::case::{Case, FormCase};
use crate::form::{Column, Field, Row};

/// Findings that are about wording, and as doubtful as the wording.
const RESTS_ON_WORDING: &[Code] = &[
    Code::CellEmpty,
    Code::ValueNotUnderstood,
    Code::UnitMissing,
    Code::ComparatorAgainstSense,
    Code::TargetBelowLastYear,
    Code::LastYearDoesNotFit,
    Code::PhraseForNumber,
    Code::WrongLevel,
    Code::NameContradictsValue,
    Code::FormsContradict,
];

/// The cells by which an indicator is known.
const WORDING: [Column; 4] = [Column::Level1, Column::Level2, Column::Name, Column::Target];

/// A finding with its severity lowered to a note where it rests on mended cells.
pub(super) fn graded(case: &Case, finding: Finding) -> Finding {
    if finding.severity == Severity::Warning && RESTS_ON_WORDING.contains(&finding.code) && is_doubtful(case, &finding)
    {
        return finding.graded(Severity::Note);
    }
    finding
}

fn is_doubtful(case: &Case, finding: &Finding) -> bool {
    let at = |number: Option<usize>| number?.checked_sub(1);
    let Some(form) = at(finding.form).and_then(|index| case.forms.get(index)) else { return false };
    let Some(row) = at(finding.row).and_then(|index| form.form.rows.get(index)) else { return false };
    let own = row.cells().any(|(column, field)| finding.field == Some(column.key()) && is_changed(field));
    own || is_mended(row) || mostly_mended(form)
}

/// Whether the cells by which a row is known were read otherwise than printed.
fn is_mended(row: &Row) -> bool {
    WORDING.iter().filter_map(|column| row.get(*column)).any(is_changed)
}

/// Whether the rows of a form were put together from a dump so broken that the other rows cannot be trusted either.
fn mostly_mended(form: &FormCase) -> bool {
    form.form.rows.iter().filter(|row| is_mended(row)).count() * 2 > form.form.rows.len()
}

/// Whether a cell's letters and digits are not those that were printed; joined lines, blanks and signs do not count.
fn is_changed(field: &Field) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    field.repair.as_ref().is_some_and(|repair| letters(&repair.printed) != letters(&field.text))
}
