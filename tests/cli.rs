//! The command line: what is typed, what comes out on both streams, and the exit code.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use calamine::{Reader, Xlsx};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// Runs a command among the fixtures.
fn jixiao(arguments: &[&str]) -> Output {
    in_folder(&fixtures(), arguments, 80)
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn in_folder(folder: &Path, arguments: &[&str], width: usize) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"));
    command.current_dir(folder).env("COLUMNS", width.to_string()).env_remove("RUST_BACKTRACE").args(arguments);
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

/// Command, streams and exit code in one text; hashes are masked, because rule sets and versions change.
fn session(arguments: &[&str], width: usize) -> String {
    let output = in_folder(&fixtures(), arguments, width);
    let mut text = format!("$ jixiao {}\n", arguments.join(" "));
    for (name, stream) in [("", stdout(&output)), ("--- stderr\n", stderr(&output))] {
        if !stream.is_empty() {
            let _ = write!(text, "{name}{}", masked(&stream));
        }
    }
    let _ = writeln!(text, "--- exit {}", output.status.code().unwrap());
    text
}

fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() {
            run.push(c);
            continue;
        }
        out.push_str(if run.len() >= 16 { "HASH" } else { &run });
        run.clear();
        out.push(c);
    }
    out.trim_end_matches('\0').to_owned()
}

macro_rules! sessions {
    ($($name:ident: $width:literal, $arguments:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(session(&$arguments, $width)); })+
    };
}

sessions! {
    help: 100, ["--help"];
    help_of_audit: 100, ["audit", "--help"];
    nothing_typed: 100, [""; 0];
    audit_of_a_wrong_form_80: 80, ["audit", "wrong.yaml"];
    audit_of_a_wrong_form_160: 160, ["audit", "wrong.yaml"];
    audit_of_a_right_form: 80, ["audit", "right.yaml"];
    audit_of_a_target_table: 80, ["audit", "target.yaml"];
    audit_with_an_exception: 160, ["audit", "wrong.yaml", "--config", "exceptions.yaml"];
    audit_of_a_folder: 100, ["audit", "folder", "--only", "JX2xx"];
    score_explained: 80, ["score", "wrong.yaml", "--explain"];
    score_under_two_rule_sets: 100, ["score", "wrong.yaml", "--rules", "xinjiang-2024", "--rules", "mof-2021-101"];
    compare_approved_with_reported: 100, ["compare", "target.yaml", "right.yaml"];
    parse_in_words: 80, ["parse", "> =407 万人"];
    parse_as_json: 80, ["parse", "80%-90%", "--format", "json"];
    parse_of_a_negative_looking_text: 80, ["parse", "-5万元", "--format", "jsonl"];
    rules_check_of_a_gap: 100, ["rules", "check", "gap.yaml"];
    unknown_command: 80, ["adit"];
    unknown_option: 80, ["audit", "wrong.yaml", "--fomat", "json"];
    unknown_format: 80, ["audit", "wrong.yaml", "--format", "pdf"];
    unknown_code: 80, ["explain", "JX999"];
    unknown_series: 80, ["audit", "wrong.yaml", "--allow", "JX7xx"];
    unknown_rule_set: 80, ["audit", "wrong.yaml", "--rules", "xinjiang-2042"];
    broken_rule_file: 80, ["audit", "wrong.yaml", "--rules", "gap.yaml"];
    path_missing: 80, ["audit"];
    file_missing: 80, ["audit", "没有.docx"];
}

#[test]
fn fail_on_decides_the_exit_code() {
    for (level, code) in [("error", 1), ("warning", 1), ("note", 1), ("never", 0)] {
        assert_eq!(jixiao(&["audit", "wrong.yaml", "--fail-on", level]).status.code(), Some(code), "{level}");
    }
    assert_eq!(jixiao(&["audit", "wrong.yaml", "--allow", "JX2xx,JX3xx"]).status.code(), Some(0));
    assert_eq!(jixiao(&["audit", "wrong.yaml", "--warn", "JX204", "--warn", "JX301"]).status.code(), Some(0));
}

#[test]
fn json_keeps_the_contract() {
    let value = json(&jixiao(&["audit", "wrong.yaml", "--format", "json"]));
    assert_eq!(value["schema"], "jixiao.audit/1");
    assert_eq!(value["rules"]["id"], "xinjiang-2024");
    assert_eq!(value["source"]["file"], "wrong.yaml");
    let form = &value["forms"][0];
    assert_eq!((&form["published"], &form["computed"]), (&"92.00".into(), &"90.23".into()));
    assert_eq!((&form["points_verified"], &form["points_total"]), (&"100".into(), &"100".into()));
    let row = &form["indicators"][1];
    assert_eq!((&row["row"], &row["rate"], &row["score"]), (&2.into(), &"83.78".into(), &"11.89".into()));
    assert_eq!(row["verdict"], "differs");
    let findings = value["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["code"] == "JX301").unwrap();
    assert_eq!((&finding["form"], &finding["row"], &finding["field"]), (&1.into(), &2.into(), &"score".into()));
    assert_eq!(finding["cause"], "rate-rounded");
    for key in ["severity", "message", "published", "computed", "evidence", "clause", "suggestion", "place"] {
        assert!(finding.get(key).is_some(), "{key}");
    }
}

#[test]
fn the_example_document_is_audited_within_any_width() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for width in [80, 160] {
        let output = in_folder(&example, &["audit", "changji-2024.docx"], width);
        assert_eq!(output.status.code(), Some(1));
        let text = stdout(&output);
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{widest} columns at {width}");
        assert_eq!(text.lines().filter(|line| line.starts_with('表')).count(), 12);
    }
}

#[test]
fn every_format_goes_to_a_file_named_after_it() {
    let folder = tempfile::tempdir().unwrap();
    for ending in ["json", "jsonl", "csv", "html", "md", "xlsx"] {
        let target = folder.path().join(format!("报告.{ending}"));
        let output = jixiao(&["audit", "wrong.yaml", "-o", target.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
        assert!(fs::metadata(&target).unwrap().len() > 500, "{ending}");
    }
    let workbook = fs::read(folder.path().join("报告.xlsx")).unwrap();
    let workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    assert_eq!(workbook.sheet_names(), ["汇总", "表1 村医补助", "审核意见"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6, "nothing else is written");
}

#[test]
fn a_failed_run_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("报告.json");
    fs::write(&target, "旧").unwrap();
    let output = jixiao(&["audit", "没有.docx", "-o", target.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(&target).unwrap(), "旧");
    let nowhere = folder.path().join("没有这个文件夹/报告.json");
    let output = jixiao(&["audit", "wrong.yaml", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("错误：无法写入"), "{}", stderr(&output));
}

#[test]
fn a_bad_file_does_not_stop_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(fixtures().join("right.yaml"), folder.path().join("好.yaml")).unwrap();
    fs::write(folder.path().join("空.docx"), "").unwrap();
    fs::write(folder.path().join("图.docx"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0")
        .unwrap();
    fs::write(folder.path().join("~$好.docx"), "lock").unwrap();
    fs::write(folder.path().join("说明.exe"), "MZ").unwrap();
    let output = in_folder(folder.path(), &["audit", ".", "--format", "json"], 80);
    assert_eq!(output.status.code(), Some(2));
    let value = json(&output);
    assert_eq!(value["documents"].as_array().unwrap().len(), 1);
    let errors = stderr(&output);
    assert_eq!(value["unreadable"].as_array().unwrap().len(), 2, "{errors}");
    for (file, reason) in [("空.docx", "文件是空的"), ("图.docx", "图片")] {
        assert!(errors.lines().any(|line| line.contains(file) && line.contains(reason)), "{errors}");
    }
}

#[test]
fn folders_are_read_in_the_order_of_the_names() {
    let lines = |output: &Output| stdout(output).lines().map(str::to_owned).collect::<Vec<_>>();
    let first = lines(&jixiao(&["audit", "folder", "--format", "jsonl"]));
    let files: Vec<Value> = first.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&str> = files.iter().map(|value| value["source"]["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["folder/内层/乙.yaml", "folder/甲.yaml"]);
    assert_eq!(first, lines(&jixiao(&["audit", "folder", "--format", "jsonl"])));
}

#[test]
fn values_are_parsed_one_a_line_from_standard_input() {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"));
    let output =
        command.args(["parse", "-", "--format", "jsonl"]).write_stdin("≥95%\r\n\n=2024年12月25日前\n>=\n").output();
    let text = stdout(&output.unwrap());
    let kinds: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds, ["bound", "missing", "deadline", "not-understood"]);
}

#[test]
fn every_code_can_be_explained() {
    for code in jixiao::audit::Code::ALL {
        let output = jixiao(&["explain", code.number()]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).starts_with(&format!("# {} {}", code.number(), code.title())));
    }
    let list = stdout(&jixiao(&["explain"]));
    assert!(jixiao::audit::Code::ALL.iter().all(|code| list.contains(code.number())));
}

#[test]
fn extracted_forms_read_back_as_the_same_forms() {
    let folder = tempfile::tempdir().unwrap();
    for ending in ["yaml", "json"] {
        let target = folder.path().join(format!("表.{ending}"));
        assert_eq!(jixiao(&["extract", "wrong.yaml", "-o", target.to_str().unwrap()]).status.code(), Some(0));
        let again = in_folder(folder.path(), &["audit", &format!("表.{ending}"), "--format", "json"], 80);
        let first = jixiao(&["audit", "wrong.yaml", "--format", "json"]);
        assert_eq!(json(&again)["forms"], json(&first)["forms"], "{ending}");
    }
}

#[test]
fn every_built_in_rule_set_is_listed_shown_and_passes_its_check() {
    let list = json(&jixiao(&["rules", "list", "--format", "json"]));
    let ids: Vec<&str> = list["rules"].as_array().unwrap().iter().map(|set| set["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"xinjiang-2024"), "{ids:?}");
    let table = stdout(&jixiao(&["rules", "list"]));
    for id in &ids {
        assert!(table.contains(id), "{id}");
    }
    let shown = stdout(&jixiao(&["rules", "show", "xinjiang-2024"]));
    assert!(shown.contains("按照完成比例赋分") && shown.contains('•'), "{shown}");
    let checked = jixiao(&["rules", "check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    assert_eq!(stdout(&checked).lines().count(), ids.len());
}

#[test]
fn a_new_rule_file_passes_its_check_and_differs_in_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = in_folder(folder.path(), &["rules", "new", "--from", "xinjiang-2024", "-o", "新.yaml"], 80);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let checked = in_folder(folder.path(), &["rules", "check", "新.yaml"], 80);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    let compared = in_folder(folder.path(), &["rules", "diff", "xinjiang-2024", "新.yaml"], 80);
    assert!(stdout(&compared).ends_with("没有不同\n"), "{}", stdout(&compared));
    let other = stdout(&in_folder(folder.path(), &["rules", "diff", "xinjiang-2024", "mof-2021-101"], 80));
    assert!(other.contains("130%") && other.contains("7.00"), "{other}");
}

#[test]
fn a_drafted_target_table_passes_its_own_audit() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixtures().join("right.yaml");
    for ending in ["yaml", "json", "xlsx", "docx"] {
        let draft = format!("草稿.{ending}");
        let output =
            in_folder(folder.path(), &["template", source.to_str().unwrap(), "--budget", "120", "-o", &draft], 80);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("已起草1张2025年度目标表"), "{}", stderr(&output));
        let audited = in_folder(folder.path(), &["audit", &draft, "--format", "json"], 80);
        assert_eq!(audited.status.code(), Some(0), "{ending}: {}", stdout(&audited));
        assert_eq!(json(&audited)["forms"][0]["kind"], "project-target", "{ending}");
    }
}

#[test]
fn a_draft_on_the_terminal_shows_targets_reasons_and_what_is_left() {
    for columns in [80, 160] {
        let output = in_folder(&fixtures(), &["template", "right.yaml"], columns);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = stdout(&output);
        for told in ["目标值", "理由", "2024年目标值", "依据：", "有", "待填"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max();
        assert!(widest <= Some(columns), "{widest:?}: {text}");
    }
}

#[test]
fn a_draft_that_cannot_be_meant_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixtures().join("right.yaml");
    let source = source.to_str().unwrap();
    for (arguments, told) in [
        (["--year", "2024"], "2025年及以后"),
        (["--budget", "-5"], "大于0"),
        (["-o", "草稿.pdf"], "不能写成 pdf"),
        (["--policy", "没有.yaml"], "找不到这个口径文件"),
    ] {
        let output = in_folder(folder.path(), &[&["template", source], &arguments[..]].concat(), 80);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_rule_set_is_shown_as_a_page_with_its_curves() {
    let page = stdout(&jixiao(&["rules", "show", "xinjiang-2024", "--format", "html"]));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<polyline") && page.contains("按照完成比例赋分"));
}

#[test]
fn the_list_of_rule_sets_has_one_line_each() {
    let list = stdout(&in_folder(&fixtures(), &["rules", "list"], 80));
    let line = list.lines().find(|line| line.starts_with("beijing-2016")).unwrap();
    assert!(line.contains("原文8 推断1"), "{line}");
}

#[test]
fn a_half_filled_form_is_filled_and_passes_its_audit() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::read_to_string(fixtures().join("right.yaml")).unwrap();
    let half = full.replace("score: \"30\"", "score: \"\"").replace("100分", "");
    assert_ne!(half, full);
    fs::write(folder.path().join("半.yaml"), half).unwrap();
    let output = in_folder(folder.path(), &["fill", "半.yaml", "-o", "全.yaml"], 80);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("填写依据：规则集 xinjiang-2024") && stderr(&output).contains("已填写2处"),
        "{}",
        stderr(&output)
    );
    let audited = json(&in_folder(folder.path(), &["audit", "全.yaml", "--format", "json"], 80));
    assert_eq!(audited["forms"][0]["indicators"][0]["verdict"], "agrees");
    assert_eq!(audited["forms"][0]["published"].as_str().unwrap().trim_end_matches(".00"), "100");
}

#[test]
fn inference_finds_the_rule_set_behind_printed_scores() {
    let output = jixiao(&["rules", "infer", "right.yaml"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let best = text.lines().skip_while(|line| !line.starts_with('─')).nth(1).unwrap();
    assert!(best.starts_with("xinjiang-2024"), "{text}");
}

#[test]
fn the_reader_of_the_output_may_go_away() {
    let command = format!(
        "{} extract ../../examples/changji-2024.docx | head -1",
        assert_cmd::cargo::cargo_bin!("jixiao").display()
    );
    let output = std::process::Command::new("sh").args(["-c", &command]).current_dir(fixtures()).output().unwrap();
    assert_eq!(stderr(&output), "");
}

#[test]
fn mark_hangs_comments_on_the_original_and_in_place_keeps_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let original = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/changji-2024.docx")).unwrap();
    fs::write(folder.path().join("自评表.docx"), &original).unwrap();
    let refused = in_folder(folder.path(), &["mark", "自评表.docx", "-o", "批注.pdf"], 80);
    assert!(stderr(&refused).contains("扩展名应与原件"), "{}", stderr(&refused));
    let refused = in_folder(folder.path(), &["mark", "自评表.docx"], 80);
    assert!(stderr(&refused).contains("请用 -o"), "{}", stderr(&refused));
    let output = in_folder(folder.path(), &["mark", "自评表.docx", "-o", "批注.docx"], 80);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("个单元格加了批注"), "{}", stderr(&output));
    assert_eq!(fs::read(folder.path().join("自评表.docx")).unwrap(), original);
    let output = in_folder(folder.path(), &["mark", "自评表.docx", "--in-place"], 80);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(fs::read(folder.path().join("自评表.备份.docx")).unwrap(), original);
    let marked = fs::read(folder.path().join("自评表.docx")).unwrap();
    assert_eq!(marked, fs::read(folder.path().join("批注.docx")).unwrap());
}

#[test]
fn a_folder_accounts_for_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let form = fs::read(fixtures().join("right.yaml")).unwrap();
    let docx = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/changji-2024.docx")).unwrap();
    write("甲局.yaml", &form);
    write("乙局.bin", &docx);
    write("照片.rar", b"Rar!\x1a\x07\x00");
    write("记录.log", b"hello");
    write("~$甲局.docx", b"lock");
    write("空.docx", b"");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("丙局/自评表.yaml", form.as_slice()), ("../丁局.yaml", &form), ("说明.pptx", b"PK")]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    write("报送.zip", &zip.finish().unwrap().into_inner());
    let first = in_folder(folder.path(), &["audit", ".", "-o", "报告.json"], 80);
    assert_eq!(first.status.code(), Some(2), "{}", stderr(&first));
    // The second run reads neither its own target nor the report of the first.
    fs::copy(folder.path().join("报告.json"), folder.path().join("上次的报告.json")).unwrap();
    in_folder(folder.path(), &["audit", ".", "-o", "报告.json"], 80);
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("报告.json")).unwrap()).unwrap();
    let names = |list: &str, key: &str| -> Vec<String> {
        let list = report[list].as_array().unwrap().iter();
        let mut names: Vec<String> = list.map(|file| file.pointer(key).unwrap().as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let named = |name: &str| Path::new(".").join(name).display().to_string();
    let inside = |name: &str| Path::new(&named("报送.zip")).join(name).display().to_string();
    let mut read = vec![named("乙局.bin"), inside("丙局/自评表.yaml"), named("甲局.yaml")];
    read.sort();
    assert_eq!(names("documents", "/source/file"), read);
    assert_eq!(names("unreadable", "/file"), [named("空.docx")]);
    let mut skipped = vec![
        named("~$甲局.docx"),
        named("照片.rar"),
        named("记录.log"),
        named("上次的报告.json"),
        named("报告.json"),
        format!("{}/../丁局.yaml", named("报送.zip")),
        inside("说明.pptx"),
    ];
    skipped.sort();
    assert_eq!(names("skipped", "/file"), skipped);
    assert!(!folder.path().join("../丁局.yaml").exists());
    for format in ["table", "html", "md", "csv", "jsonl"] {
        let output = in_folder(folder.path(), &["audit", ".", "--format", format], 80);
        assert!(stdout(&output).contains("照片.rar"), "{format}");
    }
}

#[test]
fn a_path_alone_is_audited_with_a_page_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(fixtures().join("right.yaml"), folder.path().join("自评表.yaml")).unwrap();
    fs::write(folder.path().join("自评表.复核报告.html"), "<p>别人的网页</p>").unwrap();
    let output = in_folder(folder.path(), &["自评表.yaml"], 80);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = folder.path().join("自评表.复核报告2.html");
    assert!(fs::read_to_string(&page).unwrap().contains("jixiao:report"));
    // The page of an earlier run is replaced, a page of someone else is not.
    in_folder(folder.path(), &["自评表.yaml"], 80);
    assert!(!folder.path().join("自评表.复核报告3.html").exists());
    assert_eq!(fs::read_to_string(folder.path().join("自评表.复核报告.html")).unwrap(), "<p>别人的网页</p>");
}

#[test]
fn words_of_other_programs_and_chinese_names_are_understood() {
    assert_eq!(stdout(&jixiao(&["help", "audit"])), stdout(&jixiao(&["audit", "--help"])));
    assert_eq!(stdout(&jixiao(&["审核", "--help"])), stdout(&jixiao(&["audit", "--help"])));
    assert_eq!(stdout(&jixiao(&["version"])), stdout(&jixiao(&["--version"])));
    let output = in_folder(&fixtures(), &["score", "right.yaml", "--rules", "新疆", "--format", "json"], 80);
    assert_eq!(json(&output)["rules"]["id"], "xinjiang-2024");
    let output = in_folder(&fixtures(), &["score", "right.yaml", "--rules", "月球"], 80);
    assert_eq!(output.status.code(), Some(2));
}
