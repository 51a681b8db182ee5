//! 规则说明 (prose): a rule set as Chinese prose, with its curves drawn.

use crate::ruleset::present::listing::Listing;
use crate::ruleset::present::probe::drawn_curve;
use crate::ruleset::{
    Band, Case, Count, ExecutionScale, Measure, OverAction, OverCompletion, Rule, RuleSet, Scale, Side, Statement,
    Steps, TargetKind, Tier,
};
use crate::score::{band_words, percent, plain, share_words, verdict_words};

/// 说明段落: one line of the explanation, or a curve to be drawn where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A line; leading blanks say how deep it stands, `■` heads a rule.
    Line(String),
    /// The curve of a rule for a kind of target.
    Curve { rule: String, kind: TargetKind },
}

/// The whole rule set as a person reads it on a terminal, curves drawn with characters.
pub fn prose(set: &RuleSet) -> String {
    let mut text = String::new();
    for passage in passages(set) {
        match passage {
            Passage::Line(line) => text.push_str(&format!("{line}\n")),
            Passage::Curve { rule, kind } => {
                let drawing = drawn_curve(set, Some(&rule), kind);
                if !drawing.is_empty() {
                    text.push_str("    分值10分时的得分（横轴为完成率）：\n");
                    drawing.lines().for_each(|line| text.push_str(&format!("    {line}\n")));
                }
            }
        }
    }
    text
}

/// The explanation of a rule set, line by line, in the order of reading.
pub fn passages(set: &RuleSet) -> Vec<Passage> {
    let listing = Listing::of(set);
    let mut head = vec![
        set.title.clone(),
        format!("编号 {}｜{}｜{}", set.id, listing.place, listing.years),
        format!("来源：{}", source(set)),
        format!("依据：{}", listing.grades_words()),
    ];
    head.extend(set.source.note.iter().map(|note| format!("说明：{note}")));
    head.extend(set.extends.iter().map(|base| format!("未写明的部分沿用 {base}")));
    let mut passages: Vec<Passage> = head.into_iter().map(Passage::Line).collect();
    set.rules.iter().for_each(|rule| passages.extend(rule_passages(rule)));
    let rest = [defaults(set), execution(set), structure(set), rest(set)];
    passages.extend(rest.iter().flat_map(|section| section.lines()).map(|line| Passage::Line(line.to_owned())));
    passages
}

fn source(set: &RuleSet) -> String {
    let number = set.source.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    let address = set.source.address.as_ref().map(|address| format!("，{address}")).unwrap_or_default();
    format!("{}{number}{address}", set.source.document)
}

/// The clause with its grade, for the end of a line.
fn cited(statement: &Statement) -> String {
    format!("【{}】", statement.provenance.words())
}

fn rule_passages(rule: &Rule) -> Vec<Passage> {
    let mut lines = vec![
        String::new(),
        format!("■ {}", rule.name),
        format!("  {} {}", rule.statement.clause, cited(&rule.statement)),
    ];
    if let Some(others) = rule.spellings.get(1..).filter(|others| !others.is_empty()) {
        lines.push(format!("  又写作：{}", others.join("、")));
    }
    if !rule.unsuited.is_empty() {
        lines.push(format!("  不宜用于：{}", rule.unsuited.join("、")));
    }
    let mut passages: Vec<Passage> = lines.into_iter().map(Passage::Line).collect();
    for case in &rule.cases {
        passages.extend(case_words(case).lines().map(|line| Passage::Line(line.to_owned())));
        if let (Scale::Curve(_) | Scale::Steps(_), Some(kind)) = (&case.scale, case.kinds.first()) {
            passages.push(Passage::Curve { rule: rule.name.clone(), kind: *kind });
        }
    }
    passages
}

fn case_words(case: &Case) -> String {
    let kinds: Vec<&str> = case.kinds.iter().map(|kind| kind.words()).collect();
    let unfit = if case.fitting { "" } else { "（规则本不适用，但实际有这样填的）" };
    let measure = match case.measure {
        Measure::ActualToTarget => "实际÷目标",
        Measure::TargetToActual => "目标÷实际",
        Measure::Actual => "实际完成的百分率",
        Measure::Deviation => "偏离目标的幅度",
        Measure::Overrun => "超出目标的幅度",
    };
    let mut lines = vec![format!("  {}目标{unfit}：", kinds.join("、"))];
    if case.met_in_full {
        lines.push("    完成目标得满分；否则：".to_owned());
    }
    match &case.scale {
        Scale::Curve(bands) => {
            lines.push(format!("    按{measure}："));
            lines.extend(bands.iter().map(|band| format!("      {}", line_words(band))));
        }
        Scale::Steps(steps) => {
            lines.push(format!("    按{measure}，{} {}", steps_words(steps), cited(&case.statement)))
        }
        Scale::Verdict(verdict) => lines.push(format!("    {} {}", verdict_words(verdict), cited(&verdict.statement))),
        Scale::Tiers(tiers) => lines.extend(tiers.iter().map(|tier| format!("    {}", tier_words(tier)))),
    }
    if let Some(zero) = &case.zero_target {
        lines.push(format!("    目标为0时，{} {}", verdict_words(zero), cited(&zero.statement)));
    }
    lines.extend(case.over.iter().map(|over| format!("    {}", over_words(over))));
    lines.join("\n")
}

fn line_words(band: &Band) -> String {
    let (start, end) = (percent(band.give.0), percent(band.give.1));
    let give =
        if start == end { format!("得分值的{start}") } else { format!("由分值的{start}按直线到{end}") };
    format!("{}：{give} {}", band_words(band), cited(&band.statement))
}

fn steps_words(steps: &Steps) -> String {
    let side = match steps.side {
        Side::Below => "每低",
        Side::Above => "每超",
    };
    let count = match steps.count {
        Count::Whole => "满一档才扣",
        Count::Started => "不足一档按一档扣",
        Count::Unstated => "不足一档是否扣，原文没有说明",
    };
    let (from, each, deduct) = (percent(steps.from), percent(steps.each), share_words(steps.deduct));
    format!("{from}为界，{side}{each}扣{deduct}（{count}），扣完为止")
}

fn tier_words(tier: &Tier) -> String {
    let (low, high) = (percent(tier.low), percent(tier.high));
    let give = if tier.low == tier.high {
        format!("得分值的{high}")
    } else {
        let open = if tier.high_open { "（不含）" } else { "" };
        format!("得分值的{low}至{high}{open}，由人评定")
    };
    format!("{}：{give} {}", tier.name, cited(&tier.statement))
}

fn over_words(over: &OverCompletion) -> String {
    let action = match over.action {
        OverAction::Nothing => "不扣分".to_owned(),
        OverAction::Flag => "标出，可由人调减".to_owned(),
        OverAction::Reason => "须说明原因".to_owned(),
        OverAction::Deduct(share) => format!("扣{}", share_words(share)),
    };
    format!("完成率达到{}：{action} {}", percent(over.from), cited(&over.statement))
}

fn defaults(set: &RuleSet) -> String {
    if set.defaults.is_empty() {
        return String::new();
    }
    let mut lines = vec!["\n没有写明赋分规则的行（先写的优先）：".to_owned()];
    for default in &set.defaults {
        let Some(rule) = set.rules.get(default.rule) else { continue };
        let mut conditions: Vec<String> = default.forms.iter().map(|form| form.title().to_owned()).collect();
        conditions.extend((!default.level.is_empty()).then(|| format!("{}类指标", default.level.join("、"))));
        let kinds: Vec<&str> = default.kinds.iter().map(|kind| kind.words()).collect();
        conditions.extend((!kinds.is_empty()).then(|| format!("{}目标", kinds.join("、"))));
        let who = if conditions.is_empty() { "其余".to_owned() } else { conditions.join("，") };
        lines.push(format!("  {who} → {} {}", rule.name, cited(&default.statement)));
    }
    lines.join("\n")
}

fn execution(set: &RuleSet) -> String {
    let Some(rule) = &set.execution else { return String::new() };
    let mut lines = vec![
        format!("\n■ {}（{}分）", rule.name, plain(rule.weight)),
        format!("  {} {}", rule.statement.clause, cited(&rule.statement)),
    ];
    match &rule.scale {
        ExecutionScale::Curve(bands) => lines.extend(bands.iter().map(|band| format!("    {}", line_words(band)))),
        ExecutionScale::Steps(steps) => lines.push(format!("    {}", steps_words(steps))),
    }
    if !rule.complete.is_empty() {
        lines.push("  以上用于尚未完成的项目；项目已经完成的：".to_owned());
        lines.extend(rule.complete.iter().map(|band| format!("    {}", line_words(band))));
    }
    if rule.for_instance {
        lines.push("    原文以“如：”举例，各地可以另定".to_owned());
    }
    if !rule.capped {
        lines.push("    超过100%时不封顶".to_owned());
    }
    for cap in &set.caps {
        let from = cap.from.map(|from| format!("{}（含）至", percent(from))).unwrap_or_else(|| "低于".to_owned());
        lines.push(format!(
            "  执行率{from}{}：总分不超过{} {}",
            percent(cap.below),
            plain(cap.total),
            cited(&cap.statement)
        ));
    }
    lines.join("\n")
}

fn structure(set: &RuleSet) -> String {
    let mut lines = Vec::new();
    for structure in &set.weights {
        let mut parts: Vec<String> =
            structure.levels.iter().map(|level| format!("{}{}", level.level, plain(level.weight))).collect();
        parts.extend((!structure.execution.is_zero()).then(|| format!("预算执行{}", plain(structure.execution))));
        lines.push(format!("  {}：{} {}", structure.name, parts.join("、"), cited(&structure.statement)));
    }
    if lines.is_empty() { String::new() } else { format!("\n权重结构：\n{}", lines.join("\n")) }
}

fn rest(set: &RuleSet) -> String {
    let mut lines = Vec::new();
    let grades: Vec<String> =
        set.grades.iter().rev().map(|grade| format!("{}≥{}", grade.name, plain(grade.from))).collect();
    if let Some(first) = set.grades.first() {
        lines.push(format!("\n等级：{} {}", grades.join("，"), cited(&first.statement)));
    }
    let rounding = match set.rounding.mode {
        crate::ruleset::RoundingMode::HalfUp => "四舍五入",
        crate::ruleset::RoundingMode::Truncate => "舍去尾数",
    };
    lines.push(format!("得分保留{}位小数，{rounding} {}", set.rounding.places, cited(&set.rounding.statement)));
    lines.extend(set.notes.iter().map(|note| format!("另：{} {}", note.text, cited(&note.statement))));
    lines.join("\n")
}
