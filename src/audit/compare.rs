//! 对照 (compare): JX501 and JX502, two documents that should say the same.
//!
//! The approved targets against the self-evaluation, or last year's form against this year's. Forms are paired by project,
//! rows by name; small edits and renumbering do not hide a row.

use crate::audit::scene::{FormScene, RowScene, Scenes, at};
use crate::audit::similar::similarity;
use crate::audit::span::plain;
use crate::audit::words::core;
use crate::audit::{Code, Finding, Severity, unit};
use crate::case::Case;
use crate::dossier::{Head, same_name};
use crate::form::{Column, Field};
use crate::indicator::{Meaning, Value};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// What two documents are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// 批复的目标表与自评表: nothing may change.
    Approval,
    /// 上年与本年: changes are worth knowing.
    Years,
}

/// Everything that differs between an earlier and a later document; the findings stand at the places of the later one.
pub fn compare(earlier: &Case, later: &Case) -> Vec<Finding> {
    let (earlier, later) = (Scenes::new(earlier), Scenes::new(later));
    let mut findings = Vec::new();
    for overall in [false, true] {
        let left: Vec<FormScene> = earlier.forms().filter(|form| form.form().kind.is_overall() == overall).collect();
        let right: Vec<FormScene> = later.forms().filter(|form| form.form().kind.is_overall() == overall).collect();
        findings.extend(compare_forms(&left, &right));
    }
    findings.sort_by(|a, b| (a.form, a.row, a.code, a.field).cmp(&(b.form, b.row, b.code, b.field)));
    findings
}

fn compare_forms(left: &[FormScene], right: &[FormScene]) -> Vec<Finding> {
    let (Some(first), Some(_)) = (left.first(), right.first()) else { return Vec::new() };
    let degree = first.words.similarity.same_project;
    let single = left.len() == 1 && right.len() == 1;
    let codes = |forms: &[FormScene]| forms.iter().filter_map(project_code).collect::<Vec<_>>();
    let (before, after) = (codes(left), codes(right));
    // One code is one project, whatever it is called.
    let names = |forms: &[FormScene]| {
        let shared = |code: &String| before.contains(code) && after.contains(code);
        forms
            .iter()
            .map(|form| project_code(form).filter(shared).unwrap_or_else(|| project_name(form)))
            .collect::<Vec<_>>()
    };
    let pairs = if single { vec![(0, 0)] } else { pair(&names(left), &names(right), degree) };
    let mut findings = Vec::new();
    for (one, two) in &pairs {
        let (Some(one), Some(two)) = (left.get(*one), right.get(*two)) else { continue };
        findings.extend(compare_rows(one, two));
    }
    let unpaired = |count: usize, side: fn(&(usize, usize)) -> usize| {
        let paired: Vec<usize> = pairs.iter().map(side).collect();
        (0..count).filter(move |index| !paired.contains(index)).collect::<Vec<_>>()
    };
    let dropped = unpaired(left.len(), |pair| pair.0);
    findings.extend(dropped.iter().filter_map(|index| left.get(*index)).map(form_dropped));
    let added = unpaired(right.len(), |pair| pair.1);
    findings.extend(added.iter().filter_map(|index| right.get(*index)).map(form_added));
    findings
}

/// 项目编码, where the form prints one.
fn project_code(form: &FormScene) -> Option<String> {
    Head::of(form.form(), &Vocabulary::builtin().budget).code.map(|code| code.squeezed())
}

/// What differs between the target tables of one document and the self-evaluations of another where both are of one unit,
/// one year and one project; forms without a counterpart may stand in other files and are left alone.
pub(super) fn compare_joined(earlier: &Scenes, later: &Scenes) -> Vec<Finding> {
    let mut findings = Vec::new();
    for two in later.forms() {
        let approved: Vec<FormScene> = earlier
            .forms()
            .filter(|one| {
                relation(one, &two) == Relation::Approval && one.form().year == two.form().year && is_joined(one, &two)
            })
            .collect();
        if let [one] = approved.as_slice() {
            findings.extend(compare_rows(one, &two));
        }
    }
    findings
}

/// Whether two forms are of one unit and one project, by code or by name.
pub(super) fn is_joined(one: &FormScene, two: &FormScene) -> bool {
    let text = |field: &Option<Field>| field.as_ref().map(Field::squeezed).filter(|text| !text.is_empty());
    let same = |left: Option<String>, right: Option<String>| left.is_some() && left == right;
    let (first, second) = (one.form(), two.form());
    if first.kind.is_overall() != second.kind.is_overall() || first.year.is_none() || second.year.is_none() {
        return false;
    }
    let unit = same(text(&first.unit), text(&second.unit));
    if first.kind.is_overall() {
        return unit;
    }
    let named = text(&first.project).zip(text(&second.project)).is_some_and(|(left, right)| same_name(&left, &right));
    named && (unit || same(project_code(one), project_code(two)))
}

/// The name of a form for matching, without the years in it.
fn project_name(form: &FormScene) -> String {
    core(&form.name()).chars().filter(|c| !c.is_ascii_digit()).collect::<String>().replace('年', "")
}

fn relation(one: &FormScene, two: &FormScene) -> Relation {
    let approved = !one.form().kind.is_self_evaluation() && two.form().kind.is_self_evaluation();
    let same_year = one.form().year.is_none() || two.form().year.is_none() || one.form().year == two.form().year;
    if approved && same_year { Relation::Approval } else { Relation::Years }
}

impl Relation {
    fn severity(self, otherwise: Severity) -> Severity {
        match self {
            Relation::Approval => Severity::Error,
            Relation::Years => otherwise,
        }
    }

    /// What the earlier document is called.
    fn earlier(self) -> &'static str {
        match self {
            Relation::Approval => "批复的目标表",
            Relation::Years => "上年的表",
        }
    }
}

/// Pairs by name: equal ones first, then the most alike; every item at most once.
fn pair(left: &[String], right: &[String], degree: Decimal) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(Decimal, usize, usize)> = Vec::new();
    for (one, first) in left.iter().enumerate() {
        for (two, second) in right.iter().enumerate() {
            candidates
                .extend(similarity(first, second).filter(|found| *found >= degree).map(|found| (found, one, two)));
        }
    }
    let apart = |candidate: &(Decimal, usize, usize)| candidate.1.abs_diff(candidate.2);
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(apart(a).cmp(&apart(b))).then(a.1.cmp(&b.1)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, one, two) in candidates {
        if pairs.iter().all(|pair| pair.0 != one && pair.1 != two) {
            pairs.push((one, two));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn compare_rows(one: &FormScene, two: &FormScene) -> Vec<Finding> {
    let relation = relation(one, two);
    let (left, right): (Vec<RowScene>, Vec<RowScene>) = (relevant(*one), relevant(*two));
    let names = |rows: &[RowScene]| rows.iter().map(|row| core(&row.indicator.name)).collect::<Vec<_>>();
    let pairs = pair(&names(&left), &names(&right), one.words.similarity.same_indicator);
    let mut findings = Vec::new();
    for (before, after) in &pairs {
        let (Some(before), Some(after)) = (left.get(*before), right.get(*after)) else { continue };
        findings.extend(changes(relation, before, after));
    }
    let dropped = left.iter().enumerate().filter(|(index, _)| pairs.iter().all(|pair| pair.0 != *index));
    findings.extend(dropped.map(|(_, row)| row_dropped(relation, row, two)));
    let added = right.iter().enumerate().filter(|(index, _)| pairs.iter().all(|pair| pair.1 != *index));
    findings.extend(added.map(|(_, row)| row_added(relation, row)));
    findings
}

/// The rows of a year: where a target form has long-term goals as well, those are left out.
fn relevant(form: FormScene) -> Vec<RowScene> {
    let long_term = |row: &RowScene| row.text(Column::Group).contains("长期");
    let rows: Vec<RowScene> = form.rows().filter(|row| !long_term(row)).collect();
    if rows.is_empty() { form.rows().collect() } else { rows }
}

fn changes(relation: Relation, before: &RowScene, after: &RowScene) -> Vec<Finding> {
    let target = target_changed(before, after).map(|severity| (Column::Target, relation.severity(severity)));
    let weights = (before.weight(), after.weight());
    let weight = matches!(weights, (Some(one), Some(two)) if one != two)
        .then_some((Column::Weight, relation.severity(Severity::Note)));
    let rules = before.named_rule().zip(after.named_rule());
    let rule = rules
        .filter(|(one, two)| rule_name(before, one) != rule_name(after, two))
        .map(|_| (Column::Rule, relation.severity(Severity::Warning)));
    let renamed = (letters(before) != letters(after))
        .then_some((Column::Name, if relation == Relation::Approval { Severity::Warning } else { Severity::Note }));
    let changed = [renamed, target, weight, rule].into_iter().flatten();
    changed.map(|(column, severity)| change(relation, before, after, column).graded(severity)).collect()
}

/// A name without its numbering, signs, white space and particles, whose loss changes nothing.
fn letters(row: &RowScene) -> String {
    let particles = &row.form.words.similarity.particles;
    core(&row.indicator.name).chars().filter(|c| c.is_alphanumeric() && !particles.contains(*c)).collect()
}

/// The rule's name in the rule set, so that two spellings of one rule are one rule.
fn rule_name(row: &RowScene, printed: &str) -> String {
    row.form.rules().rule(printed).map_or_else(|| printed.to_owned(), |rule| rule.name.clone())
}

/// How grave a changed target is between years; `None` where it means the same.
fn target_changed(before: &RowScene, after: &RowScene) -> Option<Severity> {
    let (one, two) = (&before.indicator.target, &after.indicator.target);
    if same_meaning(one, two) {
        return None;
    }
    Some(if is_lower(one, two) { Severity::Warning } else { Severity::Note })
}

fn same_meaning(one: &Value, two: &Value) -> bool {
    match (&one.meaning, &two.meaning) {
        (Meaning::Bound(one), Meaning::Bound(two)) => {
            one.comparator == two.comparator
                && one.quantity.unit == two.quantity.unit
                && one.quantity.value() == two.quantity.value()
        }
        (Meaning::Deadline(one), Meaning::Deadline(two)) => one.date == two.date,
        (Meaning::NotUnderstood(_), _) | (_, Meaning::NotUnderstood(_)) => {
            crate::text::label(&one.written) == crate::text::label(&two.written)
        }
        (one, two) => one == two,
    }
}

fn is_lower(one: &Value, two: &Value) -> bool {
    let (Meaning::Bound(one), Meaning::Bound(two)) = (&one.meaning, &two.meaning) else { return false };
    let ceiling = unit::is_ceiling(one);
    match (one.quantity.value(), two.quantity.value()) {
        (Some(before), Some(after)) if ceiling => after > before,
        (Some(before), Some(after)) => after < before,
        _ => false,
    }
}

fn change(relation: Relation, before: &RowScene, after: &RowScene, column: Column) -> Finding {
    let (was, is) = (before.text(column), after.text(column));
    let renamed = column == Column::Name;
    let title = if renamed { "指标名称" } else { column.title() };
    let value = if renamed { String::new() } else { format!("，{title}“{was}”") };
    let earlier = relation.earlier();
    after
        .finding(Code::ChangedSinceApproval, column, format!("{title}由“{was}”改为“{is}”"))
        .figures(is, was)
        .evidence(format!("{earlier}：{}{value}{}", before.whereabouts(), at(&before.place(column))))
        .suggest(match relation {
            Relation::Approval if renamed => "请核对是否为同一指标；确需更名的，请附依据",
            Relation::Approval => "自评应按批复的目标进行；确需调整的，请附调整批复",
            Relation::Years => "请说明与上年不同的理由",
        })
}

fn row_dropped(relation: Relation, row: &RowScene, later: &FormScene) -> Finding {
    let weight = row.weight().map(|weight| format!("（权重 {}）", plain(weight))).unwrap_or_default();
    let message = format!("{}中的指标“{}”{weight}没有出现", relation.earlier(), row.name());
    later
        .finding(Code::DroppedOrAdded, message)
        .graded(relation.severity(Severity::Warning))
        .printed(row.text(Column::Target))
        .evidence(format!(
            "{}：{}，目标值“{}”{}",
            relation.earlier(),
            row.whereabouts(),
            row.text(Column::Target),
            at(&row.row.place)
        ))
        .suggest("请补上这一指标，或说明取消的依据")
}

fn row_added(relation: Relation, row: &RowScene) -> Finding {
    row.finding(Code::DroppedOrAdded, Column::Name, format!("{}中没有这一指标", relation.earlier()))
        .graded(relation.severity(Severity::Note))
        .printed(row.indicator.name.clone())
        .suggest("请说明新增的依据")
}

fn form_dropped(form: &FormScene) -> Finding {
    let mut finding = form
        .finding(Code::DroppedOrAdded, "在后一份文件中没有对应的表")
        .graded(Severity::Warning)
        .evidence(format!("前一份文件第{}张表{}", form.number, at(&form.form().place)))
        .suggest("请确认项目是否取消或更名");
    finding.form = None;
    finding.place = None;
    finding
}

fn form_added(form: &FormScene) -> Finding {
    let project = form.form().project.as_ref().map(Field::squeezed);
    form.finding(Code::DroppedOrAdded, "在前一份文件中没有对应的表")
        .graded(Severity::Warning)
        .printed(project.unwrap_or_default())
        .suggest("请确认项目是否新增或更名")
}
