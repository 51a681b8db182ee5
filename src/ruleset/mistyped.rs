//! 写错类型 (mistyped): a list where a text belongs, or the like, said with what stands there and what belongs there.

/// What is wrong with a part, and a sample of the right form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistyped {
    pub message: String,
    pub mend: String,
}

/// Keys with a sample of how they are written.
const SAMPLES: &[(&str, &str)] = &[
    ("in-force", "in-force: {from: 2024}"),
    ("from", "只写数字，例如 from: 2024"),
    ("until", "只写数字，例如 until: 2026"),
    ("place", "place: {level: province, province: 新疆}"),
    ("source", "source: {document: 文件名称, provenance: unconfirmed}"),
    ("rules", "“rules:”下一行写“  - name: 按照完成比例赋分”，列表每项以“- ”开头"),
    ("cases", "“cases:”下一行写“  - for: [number]”，列表每项以“- ”开头"),
    ("for", "for: [number]，几种目标用逗号隔开"),
    ("curve", "每一段单独一行，以“- ”开头：“- {to: 60%, give: 0%}”"),
    ("give", "give: 100% 或 give: [0%, 100%]"),
    ("tiers", "每一等单独一行，以“- ”开头：“- {name: 达到预期指标, answer: met, give: 100%}”"),
    ("verdict", "verdict: {met: 100%, missed: 0%}"),
    ("aliases", "aliases: [按比例赋分, 按完成比例计分]"),
    ("omit", "omit: [定量指标得分]"),
    ("execution", "“execution:”下面写 weight、curve、clause 各一行"),
    ("weights", "“weights:”下一行写“  - name: 项目支出”，列表每项以“- ”开头"),
    ("grades", "“grades:”下一行写“  - {name: 优, from: 90}”，列表每项以“- ”开头"),
    ("rounding", "rounding: {places: 2, mode: half-up}"),
    ("examples", "每个算例单独一行，以“- ”开头：“- {target: ≥100, actual: 80, weight: 10, score: 8}”"),
    ("notes", "每条单独一行，以“- ”开头：“- {text: 说明文字}”"),
    ("id", "id: my-rules"),
    ("title", "title: 某省项目支出绩效自评计分办法（2024年）"),
];

/// How a key is written.
pub(super) fn sample(key: &str) -> Option<&'static str> {
    SAMPLES.iter().find(|(known, _)| *known == key).map(|(_, sample)| *sample)
}

/// The reader's `rules[0].cases[0].curve: invalid type: map, expected a sequence` in Chinese; `None` for other messages.
pub(super) fn explained(error: &str) -> Option<Mistyped> {
    let (before, rest) = error.split_once("invalid type: ").or_else(|| error.split_once("invalid value: "))?;
    let (found, rest) = rest.split_once(", expected ")?;
    let expected = rest.split_once(" at line ").map_or(rest, |(expected, _)| expected);
    let path = before.trim_end().trim_end_matches(':');
    let key = path.rsplit('.').next().unwrap_or(path).split('[').next().unwrap_or_default();
    let what = if key.is_empty() { "这里".to_owned() } else { format!("“{key}”") };
    let message = format!("{what}应为{}，写的却是{}", wanted(expected), stands(found));
    let general = "列表每项以“- ”开头，下一级内容比上一级多缩进两个空格；格式见 docs/rules.md";
    let mend = sample(key).map_or_else(|| general.to_owned(), |sample| format!("请写成：{sample}"));
    Some(Mistyped { message, mend })
}

fn wanted(expected: &str) -> &'static str {
    const WANTED: [(&str, &str); 7] = [
        ("a sequence", "列表"),
        ("struct", "下一级的“键: 值”"),
        ("a map", "下一级的“键: 值”"),
        ("a string", "一段文字"),
        ("a boolean", "true 或 false"),
        ("i32", "整数"),
        ("u", "整数"),
    ];
    WANTED.iter().find(|(start, _)| expected.starts_with(start)).map_or("另一种内容", |(_, words)| words)
}

fn stands(found: &str) -> String {
    let quoted = |open: char| found.split(open).nth(1).map(|text| format!("“{text}”"));
    match found.split_once(' ').map_or(found, |(first, _)| first) {
        "map" => "“键: 值”（可能缺了开头的“- ”）".to_owned(),
        "sequence" => "列表".to_owned(),
        "unit" | "null" => "空白".to_owned(),
        "string" => quoted('"').unwrap_or_else(|| "文字".to_owned()),
        "boolean" | "integer" | "floating" => quoted('`').unwrap_or_else(|| "数字".to_owned()),
        _ => "别的内容".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_named_with_what_stands_there_and_a_sample() {
        let told =
            explained("in-force.from: invalid type: string \"2024年\", expected i32 at line 5 column 18").unwrap();
        assert_eq!(told.message, "“from”应为整数，写的却是“2024年”");
        assert!(told.mend.contains("from: 2024"), "{}", told.mend);
        let told = explained("rules[0].cases[0].curve: invalid type: map, expected a sequence at line 15").unwrap();
        assert!(told.message.starts_with("“curve”应为列表") && told.mend.contains("- {to: 60%"), "{told:?}");
        assert_eq!(explained("missing field `id`"), None);
    }
}
