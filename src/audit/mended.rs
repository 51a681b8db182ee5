//! 修复存疑 (mended): findings that rest on the wording of cells which a broken dump left in doubt are worth knowing, no more.

use crate::audit::{Code, Finding, Severity};
use crate::case::{Case, FormCase};
use crate::document::Format;
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
    Code::TermsDiffer,
    Code::TextContradictsIndicator,
];

/// Findings that numbers prove where the names are read as printed.
const PROVEN_BY_WORDING: &[Code] = &[Code::GoalContradictsIndicators, Code::FormsContradict];

/// The cells by which an indicator is known.
const WORDING: [Column; 4] = [Column::Level1, Column::Level2, Column::Name, Column::Target];

/// Findings that are about all rows together, and wrong where one was lost.
const RESTS_ON_ALL_ROWS: &[Code] = &[Code::WeightsDoNotAddUp, Code::TotalNotSum, Code::TextContradictsForms];

/// A finding with its severity lowered: to a note where it rests on mended cells, to a warning where it counts the rows of a
/// table that could not be put back as a whole.
pub(super) fn graded(case: &Case, finding: Finding) -> Finding {
    if finding.severity == Severity::Error && rests_on_doubt(case, &finding) {
        return finding.graded(Severity::Warning).evidence("这一行有读取时存疑的单元格，请先对照原文核对");
    }
    if finding.severity == Severity::Error && finding.code == Code::CellEmpty && text_ends_in(case, &finding) {
        return finding.graded(Severity::Warning).evidence("文本到这一行为止，可能在这里中断，请先对照原文核对");
    }
    if finding.severity == Severity::Error
        && RESTS_ON_ALL_ROWS.contains(&finding.code)
        && rows_may_be_lost(case, &finding)
    {
        return finding.graded(Severity::Warning).evidence("这部分表格由残缺的文本还原，可能缺行，请先对照原文核对");
    }
    if finding.severity == Severity::Error
        && finding.row.is_some_and(|row| row > 0)
        && PROVEN_BY_WORDING.contains(&finding.code)
        && is_doubtful(case, &finding)
    {
        return finding.graded(Severity::Warning);
    }
    if finding.severity == Severity::Warning && RESTS_ON_WORDING.contains(&finding.code) && is_doubtful(case, &finding)
    {
        return finding.graded(Severity::Note);
    }
    finding
}

/// Whether the mending left a note about the form, or about any where the finding is about the document.
fn rows_may_be_lost(case: &Case, finding: &Finding) -> bool {
    let line = |form: &FormCase| form.form.place.line;
    let Some(index) = finding.form.and_then(|number| number.checked_sub(1)) else { return !case.notes.is_empty() };
    let first = case.forms.get(index).and_then(line);
    let next = case.forms.get(index + 1).and_then(line);
    let touches = |noted: usize| first.is_none_or(|first| noted >= first) && next.is_none_or(|next| noted < next);
    case.notes.iter().any(|note| note.place.line.is_none_or(touches))
}

/// Whether the finding is about the last row of a text without a total below it: the text may have been cut off there.
fn text_ends_in(case: &Case, finding: &Finding) -> bool {
    let last = case.forms.last().filter(|_| finding.form == Some(case.forms.len()));
    case.source.format == Format::Text
        && last.is_some_and(|last| last.form.total.is_none() && finding.row == Some(last.form.rows.len()))
}

/// Whether a cell of the finding's row was not read with certainty.
fn rests_on_doubt(case: &Case, finding: &Finding) -> bool {
    let at = |number: Option<usize>| number?.checked_sub(1);
    let form = at(finding.form).and_then(|index| case.forms.get(index));
    let row = form.and_then(|form| form.form.rows.get(at(finding.row)?));
    row.is_some_and(|row| row.cells().any(|(_, field)| field.doubt.is_some()))
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
