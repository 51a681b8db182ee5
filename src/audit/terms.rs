//! 长期与年度 (terms): JX512, the same indicator otherwise under the long-term goal and under the annual one.

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene, at};
use crate::audit::words::core;
use crate::audit::{Code, Finding, unit};
use crate::form::Column;
use crate::vocabulary::Vocabulary;

/// JX512: another level 2, another basis or another sign in the long-term table than in the annual one.
pub(super) fn terms_differ(form: &FormScene, _: &Found) -> Vec<Finding> {
    let (long, annual): (Vec<RowScene>, Vec<RowScene>) = form
        .rows()
        .filter(|row| !row.text(Column::Group).is_empty())
        .partition(|row| row.text(Column::Group).contains("长期"));
    let namesakes = |rows: &[RowScene], name: &str| rows.iter().filter(|row| core(&row.indicator.name) == name).count();
    let mut findings = Vec::new();
    for row in &annual {
        let name = core(&row.indicator.name);
        if name.chars().count() < 4 || namesakes(&long, &name) != 1 || namesakes(&annual, &name) != 1 {
            continue;
        }
        let lasting = long.iter().find(|other| core(&other.indicator.name) == name);
        findings.extend(lasting.and_then(|lasting| difference(lasting, row)));
    }
    findings
}

fn difference(long: &RowScene, annual: &RowScene) -> Option<Finding> {
    let words = &Vocabulary::builtin().words;
    let known = |column: Column, words: &[String]| {
        if [long, annual].iter().any(|row| is_uncertain(row, column)) {
            return None;
        }
        let (one, two) = (long.text(column), annual.text(column));
        let plain = |text: &str| words.iter().any(|word| word == text);
        (plain(&one) && plain(&two) && one.trim_end_matches("指标") != two.trim_end_matches("指标"))
            .then_some((column, one, two))
    };
    let differing: Vec<(Column, String, String)> =
        [known(Column::Level2, &words.level2), known(Column::Basis, &words.basis), sign(long, annual)]
            .into_iter()
            .flatten()
            .collect();
    let (column, _, _) = differing.first()?;
    let said: Vec<String> = differing
        .iter()
        .map(|(column, one, two)| format!("{}由长期的“{one}”变为年度的“{two}”", column.title()))
        .collect();
    let finding = annual
        .finding(Code::TermsDiffer, *column, said.join("，"))
        .printed(annual.text(*column))
        .evidence(format!("长期：{}{}", long.whereabouts(), at(&long.place(*column))))
        .evidence(format!("年度：{}{}", annual.whereabouts(), at(&annual.place(*column))))
        .suggest("同一指标在长期目标与年度目标中请归入同一类、用同一依据和符号");
    Some(finding)
}

/// Whether a cell was put together from a dump, or stands for the rows below it where nobody can say how far it reaches.
fn is_uncertain(row: &RowScene, column: Column) -> bool {
    let (Some(cell), Some(name)) = (row.row.get(column), row.row.get(Column::Name)) else { return true };
    let below = cell.place.line.is_some() && cell.place.line != name.place.line;
    cell.repair.is_some() || cell.doubt.is_some() || below
}

/// Another comparator or a lost unit before the same number.
fn sign(long: &RowScene, annual: &RowScene) -> Option<(Column, String, String)> {
    let (one, two) = (unit::bound(&long.indicator.target)?, unit::bound(&annual.indicator.target)?);
    let same_number = one.quantity.value() == two.quantity.value();
    let other = one.comparator.is_some() && two.comparator.is_some() && one.comparator != two.comparator;
    (same_number && other).then(|| (Column::Target, long.text(Column::Target), annual.text(Column::Target)))
}
