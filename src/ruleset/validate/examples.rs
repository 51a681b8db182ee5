//! 算例的核对 (examples): every worked example is scored by the engine and must give what it says.

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::form::FormKind;
use crate::ruleset::file::{ExampleText, GiveText, Scalar};
use crate::ruleset::locate::Step;
use crate::ruleset::validate::inspector::{Inspector, SourceFile, statement};
use crate::ruleset::{Example, ExampleCase, Expected, Problem, RuleSet, Statement};

/// The examples, as far as they are written completely; problems are collected.
pub fn examples(here: &mut Inspector, texts: &[ExampleText], around: &Statement) -> Vec<Example> {
    let mut examples = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        examples.extend(here.within(Step::Item(index), |here| example(here, text, around)));
    }
    examples
}

fn example(here: &mut Inspector, text: &ExampleText, around: &Statement) -> Option<Example> {
    let weight = match &text.weight {
        Some(weight) => here.number("weight", weight)?,
        None => Decimal::TEN,
    };
    let case = case(here, text)?;
    let expect = expected(here, text)?;
    let line = here.place().1.unwrap_or_default();
    let statement = statement(text.clause.as_ref(), text.provenance, around);
    Some(Example { case, weight, expect, statement, line })
}

fn case(here: &mut Inspector, text: &ExampleText) -> Option<ExampleCase> {
    let written = |scalar: &Scalar| scalar.text().to_owned();
    match (&text.target, &text.actual, &text.budget, &text.spent, &text.total) {
        (Some(target), Some(actual), None, None, None) => Some(ExampleCase::Row {
            rule: text.rule.clone(),
            form: text.form.map_or(FormKind::ProjectSelfEvaluation, Into::into),
            level: text.level.clone(),
            target: written(target),
            actual: written(actual),
        }),
        (None, None, Some(budget), Some(spent), None) => {
            let (budget, spent) = (here.number("budget", budget)?, here.number("spent", spent)?);
            Some(ExampleCase::Execution { budget, spent, complete: text.complete })
        }
        (None, None, None, None, Some(total)) => {
            let execution_rate = match &text.execution_rate {
                Some(rate) => Some(here.percentage("execution-rate", rate)?),
                None => None,
            };
            Some(ExampleCase::Total { total: here.number("total", total)?, execution_rate })
        }
        _ => {
            let mend = "请写 target 与 actual（指标），或 budget 与 spent（预算执行率），或 total（总分）";
            here.report(Code::RuleFileInvalid, "算例没有写全", mend);
            None
        }
    }
}

fn expected(here: &mut Inspector, text: &ExampleText) -> Option<Expected> {
    match (&text.score, &text.grade, text.not_evaluated) {
        (Some(GiveText::One(score)), None, None) => here.number("score", score).map(Expected::Points),
        (Some(GiveText::Line(ends)), None, None) if ends.len() == 2 => {
            let mut ends = ends.iter().filter_map(|end| here.number("score", end));
            Some(Expected::Within { low: ends.next()?, high: ends.next()? })
        }
        (None, Some(grade), None) => Some(Expected::Grade(grade.clone())),
        (None, None, Some(true)) => Some(Expected::NotEvaluated),
        _ => {
            let mend = "请写 score: 应得分，或 grade: 等级，或 not-evaluated: true，只写一个";
            here.report(Code::RuleFileInvalid, "算例没有写清应得的结果", mend);
            None
        }
    }
}

/// The examples that the engine does not reproduce.
pub fn failures(set: &RuleSet, sources: &[SourceFile]) -> Vec<Problem> {
    let file = sources.first().map(|source| source.name.clone()).unwrap_or_default();
    let failing = |example: &Example| {
        let got = example.run(set);
        (got.result != example.expect).then(|| Problem {
            code: Code::RuleExampleFails,
            file: file.clone(),
            line: Some(example.line).filter(|line| *line > 0),
            part: format!("算例 {}", example.words()),
            message: format!("应得 {}，按本规则集算得 {}", example.expect, got),
            mend: Some("请核对规则的曲线与算例的数字；算例以原文为准时，改规则".to_owned()),
        })
    };
    set.examples.iter().filter_map(failing).collect()
}
