//! Values as people write them: each line of `tests/fixtures/values/*.tsv` is a text, its kind and its canonical spelling
//! (for a text that is not understood: why); `provinces.tsv` has the readings that a person accepts instead.
//!
//! With `JIXIAO_REWRITE=1` the last two columns are written anew; read the difference before keeping it.

use std::fs;
use std::path::PathBuf;

use jixiao::indicator::{Meaning, Value};
use proptest::prelude::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/values")
}

fn read_table(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("##"));
    lines.map(|line| line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect()).collect()
}

fn outcome(value: &Value) -> (String, String) {
    let last = match &value.meaning {
        Meaning::NotUnderstood(why) => why.clone(),
        _ => value.canonical(),
    };
    (value.meaning.kind().to_owned(), last)
}

#[track_caller]
fn check_table(name: &str) {
    let table = read_table(name);
    if std::env::var_os("JIXIAO_REWRITE").is_some() {
        return rewrite(name, &table);
    }
    let mut wrong = Vec::new();
    for line in &table {
        let value = Value::parse(&line[0]);
        let (kind, last) = outcome(&value);
        if line.get(1) != Some(&kind) || line.get(2) != Some(&last) {
            wrong.push(format!("{:?}: {kind} {last}, expected {:?}", line[0], &line[1..]));
        }
        assert_eq!(value.written, line[0]);
        check_round_trip(&value);
    }
    assert!(wrong.is_empty(), "{} of {} values in {name}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

fn rewrite(name: &str, table: &[Vec<String>]) {
    let line = |line: &Vec<String>| {
        let (kind, last) = outcome(&Value::parse(&line[0]));
        format!("{}\t{kind}\t{last}\n", line[0].replace('\n', "\\n"))
    };
    fs::write(folder().join(name), table.iter().map(line).collect::<String>()).unwrap();
}

/// What is printed canonically, and what was written, both mean the same when parsed again.
#[track_caller]
fn check_round_trip(value: &Value) {
    if matches!(value.meaning, Meaning::NotUnderstood(_)) {
        return;
    }
    let canonical = value.canonical();
    let again = Value::parse(&canonical);
    assert_eq!(again.meaning, value.meaning, "{:?} printed as {canonical:?}", value.written);
    assert_eq!(again.canonical(), canonical);
    assert!(again.repairs.is_empty(), "{canonical:?} needs repairs: {:?}", again.repairs);
    assert_eq!(Value::parse(&value.written), *value);
}

#[test]
fn values_of_published_forms_are_read_as_a_person_reads_them() {
    check_table("published.tsv");
}

#[test]
fn values_in_the_style_of_other_provinces_are_read() {
    check_table("styles.tsv");
}

/// What a value is read as: `bound >= 95 1 %`, `range 80 90 %`, `deadline <= 2023-12-31`, otherwise the kind alone.
fn reading(value: &Value) -> String {
    let json = value.to_json();
    let cell = |key: &str| match json[key].as_str() {
        None | Some("") => "none".to_owned(),
        Some(text) => text.to_owned(),
    };
    let cells: &[&str] = match value.meaning {
        Meaning::Bound(_) => &["kind", "comparator", "number", "scale", "unit"],
        Meaning::Range(_) => &["kind", "low", "high", "unit"],
        Meaning::Deadline(_) if json.get("year").is_some() => &["kind", "comparator", "year", "date"],
        Meaning::Deadline(_) => &["kind", "comparator", "date"],
        _ => &["kind"],
    };
    cells.iter().map(|key| cell(key)).collect::<Vec<_>>().join(" ")
}

/// Each line is a text and, between bars, the readings that a careful person would accept; a kind alone accepts every
/// value of the kind.
#[test]
fn values_of_many_provinces_are_read_as_a_careful_person_reads_them() {
    let table = read_table("provinces.tsv");
    let mut wrong = Vec::new();
    for line in &table {
        let value = Value::parse(&line[0]);
        let (read, kind) = (reading(&value), value.meaning.kind());
        if !line[1].split('|').any(|accepted| accepted == read || accepted == kind) {
            wrong.push(format!("{:?}: {read}, expected {}", line[0], line[1]));
        }
        check_round_trip(&value);
    }
    assert!(table.len() > 1000, "{}", table.len());
    assert!(wrong.is_empty(), "{} of {} values:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// Values as other places write them; nothing is read otherwise than a careful person reads it.
#[test]
fn values_of_other_places_are_read_as_a_careful_person_reads_them() {
    let table = read_table("places.tsv");
    let (mut wrong, mut open) = (Vec::new(), Vec::new());
    for line in &table {
        let value = Value::parse(&line[0]);
        let (read, kind) = (reading(&value), value.meaning.kind());
        if !line[1].split('|').any(|accepted| accepted == read || accepted == kind) {
            let fault = format!("{:?}: {read}, expected {}", line[0], line[1]);
            if kind == "not-understood" { open.push(fault) } else { wrong.push(fault) }
        }
        check_round_trip(&value);
    }
    assert!(wrong.is_empty(), "{} of {} values misread:\n{}", wrong.len(), table.len(), wrong.join("\n"));
    assert!(open.is_empty(), "{} of {} values open:\n{}", open.len(), table.len(), open.join("\n"));
}

#[test]
fn what_is_not_understood_says_why() {
    check_table("not_understood.tsv");
}

#[test]
fn repairs_are_named_and_ordinary_blanks_are_none() {
    for (text, repairs) in [
        ("> =407 万人", vec!["比较符号中的空格已去掉"]),
        ("》97%", vec!["“》”按“≥”读取"]),
        ("》=97%", vec!["“》=”按“≥”读取"]),
        ("€2%", vec!["“€”按“≤”读取"]),
        ("═100%", vec!["“═”按“=”读取"]),
        ("$>=70\\%$", vec!["公式标记（$、\\）已去掉"]),
        ("<i>≥</i>90%", vec!["网页标记已去掉"]),
        ("< =16.7 2万元", vec!["比较符号中的空格已去掉", "数字中的空格已去掉"]),
        ("1 00%", vec!["数字中的空格已去掉"]),
        ("≥1 人", vec![]),
        ("=2024 年 12 月 31 日", vec![]),
        ("＞＝９５％", vec![]),
        ("10 元 /人", vec![]),
    ] {
        let value = Value::parse(text);
        assert_eq!(value.repairs, repairs, "{text}");
        assert_eq!(value.to_json()["repaired"], !repairs.is_empty());
    }
}

#[test]
fn json_is_the_contract() {
    for (text, json) in [
        (
            "> =407 万人",
            r#"{"canonical":"≥407万人","comparator":">=","kind":"bound","number":"407","repaired":true,"repairs":["比较符号中的空格已去掉"],"scale":"10000","unit":"人","value":"4070000","written":"> =407 万人"}"#,
        ),
        (
            "80%-90%",
            r#"{"canonical":"80%~90%","high":"90","high_value":"90","kind":"range","low":"80","low_value":"80","repaired":false,"scale":"1","unit":"%","written":"80%-90%"}"#,
        ),
        (
            "=2024年12月25日前",
            r#"{"canonical":"2024年12月25日前","comparator":"<=","date":"2024-12-25","kind":"deadline","precision":"day","repaired":false,"written":"=2024年12月25日前"}"#,
        ),
        (
            "11月30日之前",
            r#"{"canonical":"11月30日前","comparator":"<=","date":"--11-30","kind":"deadline","precision":"day","repaired":false,"written":"11月30日之前"}"#,
        ),
        (
            "30日内拨付",
            r#"{"canonical":"≤30日","comparator":"<=","kind":"bound","number":"30","repaired":false,"scale":"1","unit":"日","value":"30","written":"30日内拨付"}"#,
        ),
        (
            ">=",
            r#"{"canonical":">=","kind":"not-understood","repaired":false,"why":"只有比较符号“>=”，第3字处应为数字","written":">="}"#,
        ),
    ] {
        let expected: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(Value::parse(text).to_json(), expected, "{text}");
    }
}

#[test]
fn separate_columns_read_like_one_cell() {
    for (sign, number, unit, canonical) in [
        ("≥", "95", "%", "≥95%"),
        (">=", "95%", "%", "≥95%"),
        ("正向", "10", "万元", "≥10万元"),
        ("反向指标", "5", "%", "≤5%"),
        ("反向", "5", "%", "≤5%"),
        ("=", "12", "月", "=12个月"),
        ("=", "2024年12月31日", "", "=2024年12月31日"),
        ("定性", "优良中低差", "", "优良中低差"),
        ("定性", "有效提升", "无", "有效提升"),
        ("定量", "≥3", "场次", "≥3场次"),
        ("", "100", "", "100"),
        ("大于等于", "4.5", "万人次", "≥4.5万人次"),
        ("≤", "80-90", "分", "80分~90分"),
        ("=", "80-90", "分", "80分~90分"),
        ("≥", "/", "%", "/"),
        ("=", "2024.12", "万元", "=2024.12万元"),
    ] {
        assert_eq!(Value::from_parts(sign, number, unit).canonical(), canonical, "{sign} | {number} | {unit}");
    }
}

#[test]
fn an_impossible_date_is_a_deadline_that_shows_it() {
    for text in ["2024年2月30日", "=2024年13月", "2024-02-30", "11月31日前", "2024年0月5日", "2023年2月29日"]
    {
        match Value::parse(text).meaning {
            Meaning::Deadline(deadline) => assert!(!deadline.date.is_possible(), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in ["2024年2月29日", "2月29日前", "2024年", "12月"] {
        match Value::parse(text).meaning {
            Meaning::Deadline(deadline) => assert!(deadline.date.is_possible(), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_deadline_is_kept_on_the_day_and_before_it() {
    let met = |target: &str, actual: &str| match (Value::parse(target).meaning, Value::parse(actual).meaning) {
        (Meaning::Deadline(target), Meaning::Deadline(actual)) => target.satisfied_by(&actual.date),
        other => panic!("{other:?}"),
    };
    assert_eq!(met("2024年12月25日前", "2024年12月25日"), Some(true));
    assert_eq!(met("2024年12月25日前", "2024年12月26日"), Some(false));
    assert_eq!(met("=2024年12月31日", "2024年6月6日"), Some(true));
    assert_eq!(met("11月30日前", "2024年11月30日"), Some(true));
    assert_eq!(met("2024年12月25日前", "2024年12月"), None);
    assert_eq!(met("2024年12月31日前", "2024年12月"), Some(true));
    assert_eq!(met("2024年底前", "2024年12月31日"), Some(true));
    assert_eq!(met("2024年2月30日前", "2024年1月1日"), None);
}

#[test]
fn a_huge_text_is_refused_quickly_and_in_words() {
    let huge = "9".repeat(5_000_000);
    let value = Value::parse(&huge);
    assert_eq!(outcome(&value).1, "文字共5000000字，过长，不像一个指标值");
}

proptest! {
    #[test]
    fn parsing_never_panics_and_round_trips(text in "\\PC{0,40}") {
        let value = Value::parse(&text);
        prop_assert_eq!(&value.written, &text);
        check_round_trip(&value);
    }

    #[test]
    fn parsing_the_alphabet_of_values_round_trips(text in "[0-9０-９.,，%％‰≥≤><=＞＝《》»€═~～—/·*()（）\\[\\] $\\\\至到且前后内以上下不少于超过约左右年月日度季每人次个万亿千元增长下降百分之十二两一底末完成无第者含±增正反向定性-]{0,14}") {
        check_round_trip(&Value::parse(&text));
    }
}
