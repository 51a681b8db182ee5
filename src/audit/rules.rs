//! 赋分规则 (rules): JX304–JX306, the rules that a form names.

use crate::audit::clause;
use crate::audit::found::Found;
use crate::audit::scene::{FormScene, RowScene};
use crate::audit::scores::UNSCORABLE;
use crate::audit::unit;
use crate::audit::{Code, Finding};
use crate::form::Column;
use crate::ruleset::{Rule, TargetKind, is_rule_name};
use crate::score::Outcome;
use crate::text::squeeze;

/// JX304: a rule that is not meant for such a target.
pub(super) fn rule_does_not_fit(row: &RowScene, _: &Found) -> Option<Finding> {
    let printed = row.named_rule()?;
    let rule = row.form.rules().rule(printed)?;
    let target = &row.indicator.target;
    let kind = TargetKind::of(target).filter(|_| !row.is_placeholder(Column::Target))?;
    let written = squeeze(&target.written);
    let (why, statement) = match unsuited(row, rule) {
        Some(word) => (format!("“{word}”类指标不宜用“{printed}”"), &rule.statement),
        None => {
            let case = rule.cases.iter().find(|case| case.kinds.contains(&kind));
            if case.is_some_and(|case| case.fitting) {
                return None;
            }
            let statement = case.map_or(&rule.statement, |case| &case.statement);
            (format!("目标值“{written}”是{}，不宜用“{printed}”", unit::kind_words(target)), statement)
        }
    };
    let finding = row
        .finding(Code::RuleDoesNotFit, Column::Rule, why)
        .printed(printed)
        .evidence(row.values(&[Column::Level2, Column::Target, Column::Actual]))
        .suggest(suggestion(row, kind));
    Some(clause::stated(finding, statement))
}

/// The word that makes a row one that the rule is not meant for.
fn unsuited<'r>(row: &RowScene, rule: &'r Rule) -> Option<&'r str> {
    let indicator = row.indicator;
    let texts = [&indicator.level1, &indicator.level2, &indicator.name];
    rule.unsuited.iter().map(String::as_str).find(|word| texts.iter().any(|text| text.contains(word)))
}

/// The rule of the set that fits, by name.
fn suggestion(row: &RowScene, kind: TargetKind) -> String {
    let fits = |rule: &&Rule| {
        let fitting = rule.cases.iter().any(|case| case.fitting && case.kinds.contains(&kind));
        fitting && unsuited(row, rule).is_none()
    };
    let rules = row.form.rules();
    let form = row.form.form().kind;
    // The rule that the set applies where a form names none is the one that people expect.
    let usual = rules.defaults.iter().find(|default| default.covers(row.indicator, form, kind));
    let usual = usual.and_then(|default| rules.rules.get(default.rule)).filter(fits);
    let fitting: Vec<&Rule> = rules.rules.iter().filter(fits).collect();
    let satisfaction = || fitting.iter().copied().find(|rule| rule.name.contains("满意") == row.is_satisfaction());
    match usual.or_else(satisfaction).or(fitting.first().copied()) {
        Some(rule) => format!("可改用“{}”，或相应修改目标值", rule.name),
        None => "请改用适合这类目标值的规则，或修改目标值".to_owned(),
    }
}

/// JX305: rule names that the rule set does not know, one finding for each name in a form.
pub(super) fn rule_unknown(scene: &FormScene, _: &Found) -> Vec<Finding> {
    let mut names: Vec<(String, Vec<RowScene>)> = Vec::new();
    for row in scene.rows() {
        let Some(printed) = row.named_rule() else { continue };
        if scene.rules().rule(printed).is_some() || !is_rule_name(printed) {
            continue;
        }
        match names.iter_mut().find(|(known, _)| known == printed) {
            Some((_, rows)) => rows.push(row),
            None => names.push((printed.to_owned(), vec![row])),
        }
    }
    names.iter().filter_map(|(name, rows)| unknown(scene, name, rows)).collect()
}

fn unknown(scene: &FormScene, name: &str, rows: &[RowScene]) -> Option<Finding> {
    let first = rows.first()?;
    let others = if rows.len() > 1 { format!("（本表共 {} 行）", rows.len()) } else { String::new() };
    let known: Vec<&str> = scene.rules().rules.iter().map(|rule| rule.name.as_str()).collect();
    let finding = first
        .finding(
            Code::RuleUnknown,
            Column::Rule,
            format!("赋分规则“{name}”不在规则集“{}”中，未能复算{others}", scene.rules().title),
        )
        .printed(name)
        .evidence_lines(rows.iter().map(|row| format!("第{}行“{}”", row.number, row.name())))
        .suggest(format!("请核对规则名称；规则集中有：{}", known.join("、")));
    Some(finding)
}

/// JX306: a row without a recomputed score, and why.
pub(super) fn not_evaluated(row: &RowScene, found: &Found) -> Option<Finding> {
    if !row.form.form().kind.is_self_evaluation() {
        return None;
    }
    let form = row.form.number;
    let covered = [UNSCORABLE, &[Code::RuleUnknown, Code::VerdictContradictsTarget, Code::DateImpossible]].concat();
    let form_wide = found.has(form, None, &[Code::CellEmpty]);
    if form_wide || found.has(form, Some(row.number), &covered) || rule_is_unknown(row) {
        return None;
    }
    let left_open = [Column::Target, Column::Actual, Column::Score].iter().any(|column| row.is_placeholder(*column));
    let Outcome::NotEvaluated(reason) = row.outcome.filter(|_| !left_open)? else { return None };
    let finding = row
        .finding(Code::NotEvaluated, Column::Score, format!("未能复算得分：{}", reason.why))
        .printed(row.text(Column::Score))
        .suggest("这一行的得分没有经过核对，请人工复核");
    Some(finding)
}

fn rule_is_unknown(row: &RowScene) -> bool {
    row.named_rule().is_some_and(|printed| row.form.rules().rule(printed).is_none() && is_rule_name(printed))
}
