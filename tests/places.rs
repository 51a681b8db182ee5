//! Forms as other places fill them (`tests/fixtures/places`): what the report of each must say, and must not.

use std::path::PathBuf;
use std::process::Command;

fn report(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/places").join(file);
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao")).arg("audit").arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn forms_of_other_places_come_out_right() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("dir_zero_accident.docx", &["JX307", "不一致1"], &[]),
        ("zero_words.docx", &["JX307"], &["JX105"]),
        ("sign_in_name.docx", &["一致7，不一致0"], &["JX005"]),
        ("tsv_group_column.txt", &["复核 98.00", "一致7，不一致0，未评价0"], &["JX001"]),
        ("tsv_flat.txt", &["2张表", "一致7，不一致1，未评价0", "图书购置", "JX307"], &[]),
        ("tsv_mid_annual.txt", &["复核 98.30", "不一致0，未评价0"], &["错误["]),
        ("midterm_taken_as_target.docx", &["复核 98.30", "目标 ≥1200件", "不一致0，未评价0"], &["错误["]),
        ("funds_amount_with_note.docx", &["目标 48，完成 45.6，完成率 95.00%"], &["JX201", "JX202"]),
        ("yearless_day_met.docx", &["不一致0，未评价0"], &[]),
        ("unit_per_year.docx", &["不一致0，未评价0"], &["JX103"]),
        ("unit_mu_ha.docx", &["不一致0，未评价0"], &["JX103"]),
        ("unit_bracket.docx", &["不一致0，未评价0"], &["JX306"]),
        ("unit_zheng.docx", &["不一致0，未评价0"], &["JX103"]),
        ("full_coverage.docx", &["不一致0，未评价0"], &["JX105"]),
        ("identical_text.docx", &["不一致0，未评价0"], &["JX101"]),
        ("sign_and_done.docx", &["不一致0，未评价0"], &["JX101"]),
        ("pm25.docx", &["不一致0，未评价0"], &["JX101"]),
        ("quarter_once.docx", &["不一致0，未评价0"], &["JX104"]),
        ("fraction_one.docx", &["未评价1", "JX102"], &["复核 0.20"]),
        ("formula_text_no_cache.xlsx", &["复核 98.00", "不一致0，未评价0"], &["JX003"]),
        ("strike_and_new_number.docx", &["复核 98.00", "不一致0，未评价0"], &["1513.5", "JX303"]),
        ("csv_pandas_index.csv", &["复核 98.00", "广场文化惠民演出", "不一致0，未评价0"], &["JX201"]),
    ];
    let mut wrong = Vec::new();
    for (file, wanted, unwanted) in cases {
        let report = report(file);
        wrong.extend(wanted.iter().filter(|text| !report.contains(**text)).map(|text| format!("{file}: no {text}")));
        wrong.extend(unwanted.iter().filter(|text| report.contains(**text)).map(|text| format!("{file}: has {text}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
