//! 合计 (sums): JX201 and JX202, weights and scores that do not add up.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::span::{Span, half_unit, plain, sum};
use crate::audit::{Code, Finding};
use crate::form::{Column, Field};
use crate::indicator::{Figure, Reading};

/// JX201: weights that are neither 100 with the execution line nor 90 (or 100) without.
pub(super) fn weights_do_not_add_up(scene: &FormScene, _: &Found) -> Vec<Finding> {
    weight_fault(scene).into_iter().collect()
}

fn weight_fault(scene: &FormScene) -> Option<Finding> {
    let rows: Vec<Decimal> = scene.rows().map(|row| row.weight()).collect::<Option<_>>()?;
    let indicators = sum(rows.iter().copied()).filter(|_| !rows.is_empty())?;
    let execution = scene.execution().and_then(|line| line.funds.weight.get()).map(|figure| figure.value);
    let total = indicators.checked_add(execution.unwrap_or_default())?;
    let printed =
        scene.case.indicators.total_weight.get().map(|figure| figure.value).filter(|weight| !weight.is_zero());
    let groups_add_up =
        || by_group(*scene).is_some_and(|groups| groups.iter().all(|group| adds_up(scene, *group, None)));
    let mut message = format!("指标权重合计 {}", plain(indicators));
    if let Some(weight) = execution {
        message += &format!("，加预算执行率 {} 共 {}", plain(weight), plain(total));
    }
    let (published, computed) = if !adds_up(scene, indicators, execution) {
        if groups_add_up() {
            return None;
        }
        let sums = &scene.words.weights;
        let expected = if execution.is_some() { sums.full } else { sums.without_execution };
        message += &format!("，应为 {}", plain(expected));
        (if execution.is_some() { total } else { indicators }, expected)
    } else {
        let printed = printed.filter(|weight| *weight != total && *weight != indicators)?;
        message += &format!("，与填报的合计 {} 不符", plain(printed));
        (printed, total)
    };
    let summands: Vec<String> = rows.iter().map(|weight| plain(*weight)).collect();
    let finding = Finding { field: Some("weight"), ..scene.finding(Code::WeightsDoNotAddUp, message) }
        .figures(plain(published), plain(computed))
        .evidence(format!("{} = {}", summands.join(" + "), plain(indicators)))
        .evidence_lines(levels(*scene))
        .suggest("请核对各指标权重，使合计为满分");
    Some(finding)
}

/// Whether the sum of the indicators' weights is one that forms use.
fn adds_up(scene: &FormScene, indicators: Decimal, execution: Option<Decimal>) -> bool {
    let sums = &scene.words.weights;
    match execution {
        Some(weight) => indicators.checked_add(weight) == Some(sums.full),
        None => [sums.full, sums.without_execution, Decimal::ONE].contains(&indicators),
    }
}

/// The sums of the weights under each goal, where a form has several.
fn by_group(scene: FormScene) -> Option<Vec<Decimal>> {
    let groups = grouped(scene.rows(), |row| row.text(Column::Group))?;
    (groups.len() > 1).then(|| groups.into_iter().map(|(_, weight)| weight).collect())
}

/// The sums by level 1, one line each.
fn levels(scene: FormScene) -> Vec<String> {
    let groups = grouped(scene.rows(), |row| row.indicator.level1.clone()).unwrap_or_default();
    groups
        .into_iter()
        .filter(|(level, _)| !level.is_empty())
        .map(|(level, weight)| format!("{level}：{}", plain(weight)))
        .collect()
}

/// Weights added up by a key, in the order in which the keys appear.
pub(super) fn grouped<'a>(
    rows: impl Iterator<Item = RowScene<'a>>,
    key: impl Fn(&RowScene) -> String,
) -> Option<Vec<(String, Decimal)>> {
    let mut groups: Vec<(String, Decimal)> = Vec::new();
    for row in rows {
        let key = key(&row);
        let weight = row.weight()?;
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, total)) => *total = total.checked_add(weight)?,
            None => groups.push((key, weight)),
        }
    }
    Some(groups)
}

/// JX202: a total that is not the sum of the printed scores.
pub(super) fn total_not_sum(scene: &FormScene, _: &Found) -> Vec<Finding> {
    total_fault(scene).into_iter().collect()
}

fn total_fault(scene: &FormScene) -> Option<Finding> {
    let printed = scene.case.indicators.total_score.get()?;
    let parts = parts(scene)?;
    let added = sum(parts.iter().map(|part| part.value))?;
    if agrees(&parts, added, printed)? {
        return None;
    }
    let difference = printed.value.checked_sub(added)?;
    let direction = if difference.is_sign_negative() { "少" } else { "多" };
    let cell = scene.form().total.as_ref().and_then(|total| total.score.as_ref());
    let published = cell.map_or_else(|| plain(printed.value), Field::squeezed);
    let message =
        format!("总分填报 {published}，各项得分合计为 {}（{direction} {}）", plain(added), plain(difference.abs()));
    let mut finding = scene
        .finding(Code::TotalNotSum, message)
        .figures(published, plain(added))
        .evidence(format!(
            "{} = {}",
            parts.iter().map(|part| plain(part.value)).collect::<Vec<_>>().join(" + "),
            plain(added)
        ))
        .evidence_lines(without_execution(scene, added, printed))
        .suggest(format!("请把总分改为 {}，或核对各项得分", plain(added)));
    finding.field = Some("total");
    if let Some(cell) = cell {
        finding.place = Some(cell.place.clone());
    }
    Some(finding)
}

/// The printed scores that make up the total; `None` where one cannot be read.
fn parts(scene: &FormScene) -> Option<Vec<Figure>> {
    let mut parts: Vec<Figure> = Vec::new();
    if let Some(line) = scene.execution() {
        match &line.funds.score {
            Reading::Read(figure) => parts.push(*figure),
            Reading::Absent => {}
            Reading::Blank if line.funds.weight.get().is_none() => {}
            _ => return None,
        }
    }
    for row in scene.rows() {
        parts.push(*row.indicator.score.get()?);
    }
    (parts.len() > 1).then_some(parts)
}

/// Whether a total can be the sum of its parts, each of which was rounded before it was printed.
fn agrees(parts: &[Figure], added: Decimal, printed: &Figure) -> Option<bool> {
    let broken = parts.iter().filter(|part| !part.value.fract().is_zero());
    let places = broken.clone().map(|part| part.places).max().unwrap_or(0);
    let slack = half_unit(places).checked_mul(Decimal::from(broken.count()))?;
    let coarser = printed.places < places;
    let reach = if coarser { half_unit(printed.places) } else { Decimal::ZERO };
    Some(Span::around(added, slack)?.meets(Span::around(printed.value, reach)?))
}

/// The remark that the execution score was left out, where that explains the total.
fn without_execution(scene: &FormScene, added: Decimal, printed: &Figure) -> Option<String> {
    let execution = scene.execution()?.funds.score.get()?.value;
    (added.checked_sub(execution)? == printed.value)
        .then(|| format!("填报的总分恰好漏加了预算执行得分 {}", plain(execution)))
}
