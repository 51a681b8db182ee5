//! 规则草稿 (draft): the fitted curves as a rule file, with the rows as examples.

use crate::ruleset::infer::sample::Sample;
use crate::ruleset::infer::{FittedBand, FittedCurve};
use crate::ruleset::{TargetKind, load};
use crate::score::{percent, plain};

/// Most rows that are written as examples; more make the file long without saying more.
const MOST_EXAMPLES: usize = 30;

/// Name of the rule for rows that print none.
const UNNAMED: &str = "未写明规则";

/// A rule file with the curves.
pub fn draft(samples: &[Sample], curves: &[FittedCurve], places: u32) -> String {
    let mut text = String::from(HEAD);
    text.push_str(&format!("rounding: {{places: {places}, mode: half-up}}\n\nrules:\n"));
    let mut names: Vec<Option<&str>> = curves.iter().map(|curve| curve.rule.as_deref()).collect();
    names.dedup();
    for name in &names {
        let curves: Vec<&FittedCurve> = curves.iter().filter(|curve| curve.rule.as_deref() == *name).collect();
        rule(&mut text, name.unwrap_or(UNNAMED), &curves);
    }
    text.push_str("\ndefaults:\n");
    if names.contains(&None) {
        text.push_str(&format!("  - {{for: [number], rule: {}}}\n", quoted(UNNAMED)));
    }
    text.push_str("  - {for: [phrase], rule: 定性指标得分}\n");
    let examples = examples(samples, &text);
    text + &examples
}

const HEAD: &str = "\
# 由已填报的自评表反推的草稿：每一段曲线都注明有没有数据支持。用之前请核对，并补上地区、年度和来源。
id: draft
title: 由自评表反推的赋分规则（草稿）
extends: mof-2020-10
place: {level: unplaced, automatic: false}
source:
  document: 已填报的自评表
  clause: 反推
  provenance: inferred
omit: [定量指标得分]
";

fn rule(text: &mut String, name: &str, curves: &[&FittedCurve]) {
    text.push_str(&format!("  - name: {}\n    cases:\n", quoted(name)));
    for curve in curves {
        let kinds: Vec<String> = curve.kinds.iter().map(|kind| kind.key()).collect();
        text.push_str(&format!("      - for: [{}]\n", kinds.join(", ")));
        text.push_str(&format!(
            "        # {}行，完成率 {} 至 {}；此外没有数据\n",
            curve.rows,
            percent(curve.covered.0.round_dp(4)),
            percent(curve.covered.1.round_dp(4))
        ));
        if curve.inverse {
            text.push_str("        measure: target/actual\n");
        }
        text.push_str("        curve:\n");
        for (index, band) in curve.bands.iter().enumerate() {
            let next_open = curve.bands.get(index + 1).is_none_or(|next| next.open);
            text.push_str(&format!("          - {{{}}}\n", self::band(band, next_open)));
        }
        text.push_str("        zero-target: {met: 100%, missed: 0%, clause: 没有数据}\n");
    }
    let others = [TargetKind::Range, TargetKind::Date, TargetKind::Recurring].map(|kind| kind.key());
    text.push_str(&format!("      - for: [{}]\n        verdict: {{met: 100%}}\n", others.join(", ")));
    text.push_str("      - for: [phrase]\n        tiers:\n          - {name: 达到预期指标, answer: met, give: 100%}\n");
}

fn band(band: &FittedBand, next_open: bool) -> String {
    let low = if band.open { "above" } else { "from" };
    let mut parts = vec![format!("{low}: {}", percent(band.from))];
    if let Some(to) = band.to {
        parts.push(format!("{}: {}", if next_open { "to" } else { "below" }, percent(to)));
    }
    let (start, end) = (percent(band.give.0), percent(band.give.1));
    parts.push(if start == end { format!("give: {start}") } else { format!("give: [{start}, {end}]") });
    if !band.seen {
        parts.push("clause: 没有数据".to_owned());
    }
    parts.join(", ")
}

/// The rows that the draft gives, as examples.
fn examples(samples: &[Sample], draft: &str) -> String {
    let Ok(set) = load::parse("draft.yaml", draft, None) else { return String::new() };
    let mut lines: Vec<String> = Vec::new();
    for sample in samples {
        let agrees = super::points(sample, &set).is_some_and(
            |points| matches!(points, crate::score::Points::Exact { rounded, .. } if rounded == sample.printed),
        );
        let off_target = sample.rate.is_some_and(|rate| rate.numerator != rate.denominator);
        let Some(actual) = sample.indicator.actual.as_ref().filter(|_| agrees && off_target) else { continue };
        let rule =
            sample.indicator.rule.as_deref().map_or_else(String::new, |rule| format!("rule: {}, ", quoted(rule)));
        let line = format!(
            "  - {{{rule}target: {}, actual: {}, weight: {}, score: {}}}\n",
            quoted(&sample.indicator.target.written),
            quoted(&actual.written),
            plain(sample.weight),
            plain(sample.printed)
        );
        if !lines.contains(&line) && lines.len() < MOST_EXAMPLES {
            lines.push(line);
        }
    }
    if lines.is_empty() { String::new() } else { format!("\nexamples:\n{}", lines.concat()) }
}

/// A text as a quoted YAML scalar.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
