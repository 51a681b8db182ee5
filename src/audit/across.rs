//! 跨文件 (across): documents of a folder that belong together: the approved targets, the self-evaluation, last year's.

use std::collections::BTreeMap;

use crate::audit::compare::{compare_joined, is_joined};
use crate::audit::scene::{FormScene, RowScene, Scenes, at};
use crate::audit::words::core;
use crate::audit::{Code, Finding, unit};
use crate::case::Case;
use crate::form::{Column, Field};

/// Most documents that are compared with each other; a folder with more is an archive, and is audited file by file.
pub const MOST_DOCUMENTS: usize = 200;

/// What contradicts another document of the run, for each document; the findings stand at the places of the later one.
///
/// Documents are brought together by unit, then forms by year and by project (code or name). A self-evaluation is held
/// against the approved targets of its year, 上年完成值 against the results of the year before.
pub fn across(cases: &[Case]) -> Vec<Vec<Finding>> {
    let mut findings: Vec<Vec<Finding>> = cases.iter().map(|_| Vec::new()).collect();
    if cases.len() > MOST_DOCUMENTS {
        return findings;
    }
    let mut units: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let mut named: Vec<String> =
            case.forms.iter().filter_map(|form| form.form.unit.as_ref()).map(Field::squeezed).collect();
        named.sort();
        named.dedup();
        named.into_iter().for_each(|unit| units.entry(unit).or_default().push(index));
    }
    let mut pairs: Vec<(usize, usize)> = units
        .values()
        .flat_map(|ones| ones.iter().flat_map(|one| ones.iter().map(move |two| (*one, *two))))
        .filter(|(one, two)| one != two)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let scenes: Vec<Option<Scenes>> = cases
        .iter()
        .enumerate()
        .map(|(index, case)| pairs.iter().any(|pair| pair.0 == index || pair.1 == index).then(|| Scenes::new(case)))
        .collect();
    for (earlier, later) in pairs {
        let (Some(Some(one)), Some(Some(two))) = (scenes.get(earlier), scenes.get(later)) else { continue };
        let mut found = compare_joined(one, two);
        found.extend(last_year_differs(one, two));
        let file = &one.case.source.file;
        found.iter_mut().for_each(|finding| finding.evidence.push(format!("对照文件：{file}")));
        if let Some(own) = findings.get_mut(later) {
            own.extend(found);
        }
    }
    findings
}

/// JX516: 上年完成值 that is not what last year's self-evaluation reports.
fn last_year_differs(earlier: &Scenes, later: &Scenes) -> Vec<Finding> {
    let mut findings = Vec::new();
    for form in later.forms() {
        let before: Vec<FormScene> = earlier
            .forms()
            .filter(|one| {
                let follows = one.form().year.zip(form.form().year).is_some_and(|(one, two)| one + 1 == two);
                follows && one.form().kind.is_self_evaluation() && is_joined(one, &form)
            })
            .collect();
        let [last] = before.as_slice() else { continue };
        let rows: Vec<RowScene> = last.rows().collect();
        findings.extend(form.rows().filter_map(|row| {
            let name = core(&row.indicator.name);
            let mut namesakes = rows.iter().filter(|other| core(&other.indicator.name) == name && !name.is_empty());
            let first = namesakes.next().filter(|_| namesakes.next().is_none())?;
            reported_otherwise(first, &row)
        }));
    }
    findings
}

fn reported_otherwise(last: &RowScene, row: &RowScene) -> Option<Finding> {
    let (reached, said) =
        (unit::bound(last.indicator.actual.as_ref()?)?, unit::bound(row.indicator.previous.as_ref()?)?);
    let (left, right) = unit::numbers(reached, said)?;
    let places = reached.quantity.places.min(said.quantity.places);
    let alike = reached.quantity.scale == said.quantity.scale
        && crate::audit::span::rounded(left, places) == crate::audit::span::rounded(right, places);
    if left == right || alike {
        return None;
    }
    let (printed, was) = (row.text(Column::Previous), last.text(Column::Actual));
    let finding = row
        .finding(
            Code::LastYearReportedOtherwise,
            Column::Previous,
            format!("上年完成值填“{printed}”，上年自评表的实际完成值是“{was}”"),
        )
        .figures(printed, was)
        .evidence(format!("上年自评表：{}{}", last.whereabouts(), at(&last.place(Column::Actual))))
        .suggest("请与上年自评表核对，改正写错的一处");
    Some(finding)
}
