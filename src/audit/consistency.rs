//! 前后一致 (consistency): JX308, JX410 and JX503, rows that contradict or repeat each other.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene, Scenes, at};
use crate::audit::similar::similar;
use crate::audit::unit;
use crate::audit::words::{Content, core, has_any};
use crate::audit::{Code, Finding, Severity};
use crate::form::Column;
use crate::indicator::{Comparator, Quantity};
use crate::ruleset::TargetKind;

/// JX308: the same kind of row scored by two rules.
pub(super) fn same_case_scored_twice(scenes: &Scenes, found: &Found) -> Vec<Finding> {
    let mut kinds: Vec<Vec<RuledRow>> = Vec::new();
    for form in scenes.forms() {
        for row in form.rows().filter_map(|row| ruled(row, found)) {
            let like = |kind: &Vec<RuledRow>| kind.first().is_some_and(|first| first.is_like(&row));
            let index = kinds.iter().position(like).unwrap_or(kinds.len());
            if index == kinds.len() && index < MOST_KINDS {
                kinds.push(Vec::new());
            }
            if let Some(kind) = kinds.get_mut(index) {
                kind.push(row);
            }
        }
    }
    kinds.iter().flat_map(|kind| minority(kind)).collect()
}

/// Most kinds of rows that are told apart; a document with more is a data set, where every pair would be compared.
const MOST_KINDS: usize = 2_000;

/// Most rows of a form whose names are compared letter by letter.
const MOST_ROWS: usize = 200;

/// A row with what makes it the same case as another.
struct RuledRow<'a> {
    row: RowScene<'a>,
    /// The name without figures.
    name: String,
    kind: TargetKind,
    unit: &'a str,
    /// The rule's own name in the rule set.
    rule: &'a str,
}

fn ruled<'a>(row: RowScene<'a>, found: &Found) -> Option<RuledRow<'a>> {
    if found.has(row.form.number, Some(row.number), &[Code::RuleDoesNotFit, Code::ValueNotUnderstood]) {
        return None;
    }
    let rule = row.form.rules().rule(row.named_rule()?)?.name.as_str();
    let kind = TargetKind::of(&row.indicator.target)?;
    let unit = unit::bound(&row.indicator.target).map_or("", |bound| bound.quantity.unit.as_str());
    let name = core(&row.indicator.name).chars().filter(|c| !c.is_ascii_digit()).collect();
    Some(RuledRow { row, name, kind, unit, rule })
}

impl RuledRow<'_> {
    /// Same name anywhere in the document, or nearly the same name in the same form.
    fn is_like(&self, other: &RuledRow) -> bool {
        let same_target = self.kind == other.kind && self.unit == other.unit;
        let same_form = self.row.form.number == other.row.form.number
            && self.row.indicator.level2 == other.row.indicator.level2
            && self.row.form.form().rows.len() <= MOST_ROWS;
        same_target
            && (self.name == other.name
                || (same_form && similar(&self.name, &other.name, self.row.form.words.similarity.same_kind)))
    }
}

/// A finding for each row that is scored otherwise than most of its kind.
fn minority(kind: &[RuledRow]) -> Vec<Finding> {
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for row in kind {
        match rules.iter_mut().find(|(rule, _)| *rule == row.rule) {
            Some((_, count)) => *count += 1,
            None => rules.push((row.rule, 1)),
        }
    }
    let most = rules.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let Some((usual, _)) = rules.iter().find(|(_, count)| *count == most) else { return Vec::new() };
    let Some(model) = kind.iter().find(|row| row.rule == *usual) else { return Vec::new() };
    let others = kind.iter().filter(|row| row.rule != *usual);
    let findings = others.map(|row| {
        let message = format!("按“{}”赋分，而同类的{}按“{usual}”赋分，标准不一", row.rule, model.row.whereabouts());
        row.row
            .finding(Code::SameCaseScoredTwice, Column::Rule, message)
            .printed(row.rule)
            .evidence_lines(kind.iter().map(|row| format!("{}：{}", row.row.whereabouts(), row.rule)))
            .suggest("同类指标请使用同一赋分规则")
    });
    findings.collect()
}

/// JX410: an indicator that stands twice in a form.
pub(super) fn indicator_repeated(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let mut seen: BTreeMap<(String, String), RowScene> = BTreeMap::new();
    let mut findings = Vec::new();
    for row in scene.rows() {
        let name = core(&row.indicator.name);
        if name.is_empty() {
            continue;
        }
        let key = (row.text(Column::Group), name);
        let Some(first) = seen.get(&key) else {
            seen.insert(key, row);
            continue;
        };
        let same = if first.text(Column::Target) == row.text(Column::Target) {
            "目标值也相同"
        } else {
            "目标值不同"
        };
        let finding = row
            .finding(Code::IndicatorRepeated, Column::Name, format!("与第{}行指标重复（{same}）", first.number))
            .printed(row.indicator.name.clone())
            .evidence(format!(
                "第{}行：{}；第{}行：{}",
                first.number,
                first.text(Column::Target),
                row.number,
                row.text(Column::Target)
            ))
            .suggest("请删去重复的指标，或写明两者的区别");
        findings.push(finding);
    }
    if is_second_table(findings.len(), scene.form().rows.len()) { Vec::new() } else { findings }
}

/// Whether so many rows repeat others that the form has two tables, of long-term and annual goals, whose headings were lost.
fn is_second_table(repeated: usize, rows: usize) -> bool {
    repeated >= 3 && repeated * 3 >= rows
}

/// JX503: the same indicator with another target or result elsewhere in the document.
pub(super) fn forms_contradict(scenes: &Scenes, found: &Found) -> Vec<Finding> {
    let mut seen: BTreeMap<String, Vec<RowScene>> = BTreeMap::new();
    let mut findings = Vec::new();
    for row in scenes.rows() {
        let covered = [Code::ValueNotUnderstood, Code::NameContradictsValue, Code::IndicatorRepeated];
        if found.has(row.form.number, Some(row.number), &covered) || unit::bound(&row.indicator.target).is_none() {
            continue;
        }
        let earlier = seen.entry(core(&row.indicator.name)).or_default();
        findings.extend(earlier.iter().find_map(|other| contradiction(other, &row)));
        if earlier.len() < MOST_NAMESAKES {
            earlier.push(row);
        }
    }
    findings
}

/// Most rows of one name that are compared with each other.
const MOST_NAMESAKES: usize = 50;

fn contradiction(first: &RowScene, second: &RowScene) -> Option<Finding> {
    let same_form = first.form.number == second.form.number;
    if !(if same_form { groups_clash(first, second) } else { comparable(first, second) }) {
        return None;
    }
    let (left, right) = (unit::bound(&first.indicator.target)?, unit::bound(&second.indicator.target)?);
    let (column, title) = if differ(&left.quantity, &right.quantity) {
        (Column::Target, "目标值")
    } else {
        let (left, right) = (first.indicator.actual.as_ref()?, second.indicator.actual.as_ref()?);
        let both = (unit::bound(left)?, unit::bound(right)?);
        differ(&both.0.quantity, &both.1.quantity).then_some((Column::Actual, "实际完成值"))?
    };
    let (here, there) = (second.text(column), first.text(column));
    let finding = second
        .finding(Code::FormsContradict, column, format!("{title} {here} 与{}的 {there} 不一致", first.whereabouts()))
        .graded(if proves(first, second, column) { Severity::Error } else { Severity::Warning })
        .figures(here, there)
        .evidence(format!("{}{}", first.whereabouts(), at(&first.place(column))))
        .evidence(format!("{}{}", second.whereabouts(), at(&second.place(column))))
        .suggest("同一指标在不同表中应当一致，请核对");
    Some(finding)
}

/// Whether the overall form and a project's, which speak of the same people and things, give two numbers.
fn proves(first: &RowScene, second: &RowScene, column: Column) -> bool {
    let overall = first.form.form().kind.is_overall() != second.form.form().kind.is_overall();
    let certain = [first, second].iter().all(|row| {
        let cells = [Column::Name, column].into_iter().filter_map(|column| row.row.get(column));
        cells.into_iter().all(|cell| cell.repair.is_none() && cell.doubt.is_none())
    });
    overall && certain
}

fn differ(left: &Quantity, right: &Quantity) -> bool {
    left.unit == right.unit && left.value() != right.value()
}

/// Whether two rows of different forms speak of one and the same thing.
fn comparable(first: &RowScene, second: &RowScene) -> bool {
    let across = &second.form.words.across_forms;
    let name = core(&second.indicator.name);
    let general = name.chars().count() >= across.shortest && !has_any(&name, &across.own) && !second.is_satisfaction();
    let same_kind = first.form.form().kind.is_self_evaluation() == second.form.form().kind.is_self_evaluation();
    let same_year = first.form.form().year == second.form.form().year;
    let overall = first.form.form().kind.is_overall() != second.form.form().kind.is_overall();
    let share = unit::content(&second.indicator.target) == Some(Content::Share);
    general && same_kind && same_year && (share || overall)
}

/// Whether two rows of one form stand under goals that must not clash: two long-term goals, or a year that wants more than
/// the long term does.
fn groups_clash(first: &RowScene, second: &RowScene) -> bool {
    let (one, two) = (first.text(Column::Group), second.text(Column::Group));
    if one == two || one.is_empty() || two.is_empty() {
        return false;
    }
    let long_term = |group: &str| group.contains("长期");
    match (long_term(&one), long_term(&two)) {
        (true, true) | (false, false) => true,
        (true, false) => asks_more(second, first),
        (false, true) => asks_more(first, second),
    }
}

/// Whether the target of one row is stricter than that of another.
fn asks_more(year: &RowScene, long_term: &RowScene) -> bool {
    let value = |row: &RowScene| -> Option<(Option<Comparator>, Decimal)> {
        let bound = unit::bound(&row.indicator.target)?;
        Some((bound.comparator, bound.quantity.value()?))
    };
    match (value(year), value(long_term)) {
        (Some((Some(Comparator::AtMost | Comparator::LessThan), wanted)), Some((_, later))) => wanted < later,
        (Some((_, wanted)), Some((_, later))) => wanted > later,
        _ => false,
    }
}
