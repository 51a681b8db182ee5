//! Speed of the stages: `cargo bench`.
//!
//! One 12-form document in each format to its forms, the whole path from file to findings, and 100,000 rows parsed and
//! scored in memory.

use std::path::Path;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jixiao::document::read_bytes;
use jixiao::form::{FormKind, find, mend};
use jixiao::indicator::{Figure, Indicator, IndicatorTable, Reading, Value};
use jixiao::ruleset::builtin;
use jixiao::score::score;
use jixiao::vocabulary::Vocabulary;

fn main() {
    divan::main();
}

/// The example documents, each with the same kind of forms.
const DOCUMENTS: &[&str] = &[
    "examples/changji-2024.docx",
    "examples/changji-2024.xlsx",
    "examples/changji-2024.pdf",
    "examples/changji-2024.html",
    "examples/changji-2024.txt",
];

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the example is part of the project")
}

/// From the bytes of a file to its forms.
#[divan::bench(args = DOCUMENTS)]
fn read_forms(bencher: Bencher, path: &str) {
    let bytes = bytes(path);
    bencher.bench(|| {
        let document = read_bytes(path, black_box(&bytes)).expect("the example is readable");
        let mended = mend(&document, Vocabulary::builtin()).document;
        find(&mended, Vocabulary::builtin()).forms.len()
    });
}

/// Parsing of one target, over the spellings that forms use most.
#[divan::bench]
fn parse_value(bencher: Bencher) {
    const TEXTS: &[&str] =
        &[">=95%", "≤2083.33元/人", "2024年12月25日前", "有效提升", "=100%", "> =407 万人", "1338", "/"];
    bencher.counter(ItemsCount::new(TEXTS.len())).bench(|| {
        TEXTS.iter().map(|text| Value::parse(black_box(text))).filter(|value| value.repairs.is_empty()).count()
    });
}

fn row(index: usize) -> Indicator {
    let actual = 60 + index % 80;
    Indicator {
        name: String::from("覆盖率"),
        level1: String::from("产出指标"),
        level2: String::from("质量指标"),
        weight: Figure::parse("10"),
        target: Value::parse(">=95%"),
        actual: Some(Value::parse(&format!("{actual}%"))),
        previous: None,
        rate: Reading::Absent,
        score: Reading::Absent,
        rule: Some(String::from("按照完成比例赋分")),
        reason: None,
    }
}

const ROWS: usize = 100_000;

/// 100,000 rows parsed and scored, with every step written out.
#[divan::bench(sample_count = 10)]
fn parse_and_score_100k(bencher: Bencher) {
    let rules = builtin::find("xinjiang-2024").expect("a built-in rule set");
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let table = IndicatorTable {
            rows: (0..ROWS).map(row).collect(),
            funds: Vec::new(),
            total_weight: Reading::Absent,
            total_score: Reading::Absent,
        };
        score(&table, FormKind::ProjectSelfEvaluation, &rules).rows.len()
    });
}
