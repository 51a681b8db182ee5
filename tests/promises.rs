//! Promises to whoever runs the program on files of others: bounded, nothing destroyed, nothing of the input steers a terminal.

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;

fn jixiao() -> Command {
    Command::cargo_bin("jixiao").unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = jixiao().current_dir(folder).args(arguments).timeout(Duration::from_secs(60)).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

const FORM: &str = "项目支出绩效自评表\n（2024年度）\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t培训次数\t≥1次\t1次\tWEIGHT\t1\n产出指标\t数量指标\t检查次数\t≥1次\t1次\tWEIGHT\t1\n";

#[test]
fn extreme_weights_end_no_command() {
    let folder = tempfile::tempdir().unwrap();
    for weight in ["79228162514264337593543950335", "-79228162514264337593543950335", "99999999999999.99999999999999"] {
        fs::write(folder.path().join("form.txt"), FORM.replace("WEIGHT", weight)).unwrap();
        for command in
            [&["audit", "form.txt"][..], &["score", "form.txt"], &["template", "form.txt"], &["fill", "form.txt"]]
        {
            let (code, _, complaint) = run(folder.path(), command);
            assert!((0..=2).contains(&code), "{weight} {command:?}: {code}\n{complaint}");
        }
    }
}

/// A PDF of one page whose stream and fonts are given.
#[cfg(all(unix, feature = "pdf"))]
fn pdf(stream: &str, font: &str) -> String {
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n3 0 obj\n<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 9 0 R>>>>>>\nendobj\n4 0 obj\n{stream}\nendobj\n{font}\ntrailer\n<</Size 11/Root 1 0 R>>\nstartxref\n%%EOF\n"
    )
}

#[cfg(all(unix, feature = "pdf"))]
#[test]
fn a_pdf_that_asks_for_gigabytes_is_refused_and_the_others_are_read() {
    let text = "BT /F 12 Tf 10 10 Td (hello) Tj ET";
    let stream = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    let font = "9 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[10 0 R]>>\nendobj\n10 0 obj\n<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 2147483647 500]/W2[0 2147483647 -1000 500 880]>>\nendobj";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.pdf"), pdf(&stream, font)).unwrap();
    fs::write(folder.path().join("b.txt"), FORM.replace("WEIGHT", "50")).unwrap();
    let begun = std::time::Instant::now();
    let (code, out, complaint) = run(folder.path(), &["audit", "."]);
    assert_eq!(code, 2, "{complaint}");
    assert!(complaint.contains("a.pdf") && complaint.contains("超过上限"), "{complaint}");
    assert!(out.contains("培训次数"), "{out}");
    assert!(begun.elapsed() < Duration::from_secs(50), "{:?}", begun.elapsed());
}

#[test]
fn nesting_without_end_is_refused_wherever_yaml_and_json_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let deep = "[".repeat(200_000);
    fs::write(folder.path().join("deep.json"), format!("{{\"forms\": {deep}")).unwrap();
    fs::write(folder.path().join("deep.yaml"), format!("exceptions: {deep}")).unwrap();
    fs::write(folder.path().join("form.txt"), FORM.replace("WEIGHT", "50")).unwrap();
    for command in [
        &["audit", "deep.json"][..],
        &["audit", "form.txt", "--rules", "deep.yaml"],
        &["audit", "form.txt", "--config", "deep.yaml"],
        &["template", "form.txt", "--policy", "deep.yaml"],
    ] {
        let (code, _, complaint) = run(folder.path(), command);
        assert_eq!(code, 2, "{command:?}: {complaint}");
        assert!(complaint.contains("嵌套过深"), "{command:?}: {complaint}");
    }
}

#[test]
fn nothing_of_the_input_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let steering = "\\u001b[31m\\u0007\\u009b2J\\u202e";
    let form = format!(
        r#"{{"forms": [{{"kind": "project-self-evaluation", "unit": "某局{steering}", "indicators": [
            {{"level1": "产出指标", "name": "培训{steering}次数", "target": ">=1{steering}", "actual": "1次", "weight": "50", "score": "5"}}]}}]}}"#
    );
    let name = "某\u{1b}[2J\u{202e}表.json";
    fs::write(folder.path().join(name), form).unwrap();
    for command in [
        &["audit", name][..],
        &["extract", name],
        &["parse", "1\u{1b}[2J\u{9b}次"],
        &["explain", "JX\u{1b}[2J"],
        &["audit", "无\u{1b}]0;x\u{7}"],
    ] {
        let (_, out, complaint) = run(folder.path(), command);
        for text in [out, complaint] {
            let steers =
                |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}');
            assert!(!text.contains(steers), "{command:?}: {text:?}");
        }
    }
}

#[test]
fn the_original_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let form = FORM.replace("WEIGHT", "50");
    fs::write(folder.path().join("form.txt"), &form).unwrap();
    for command in ["audit", "score", "extract", "template", "fill"] {
        let (code, _, complaint) = run(folder.path(), &[command, "form.txt", "-o", "./form.txt"]);
        assert_eq!(code, 2, "{command}: {complaint}");
        assert_eq!(fs::read_to_string(folder.path().join("form.txt")).unwrap(), form, "{command}");
    }
    let (code, _, complaint) = run(folder.path(), &["audit", "form.txt", "-o", "报告.pdf"]);
    assert_eq!(code, 2, "{complaint}");
    assert!(complaint.contains("不能写成 pdf") && !folder.path().join("报告.pdf").exists(), "{complaint}");
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_a_device_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("form.txt"), FORM.replace("WEIGHT", "50")).unwrap();
    fs::write(folder.path().join("real.json"), "").unwrap();
    std::os::unix::fs::symlink("real.json", folder.path().join("link.json")).unwrap();
    run(folder.path(), &["audit", "form.txt", "-o", "link.json"]);
    assert!(folder.path().join("link.json").is_symlink());
    assert!(fs::read_to_string(folder.path().join("real.json")).unwrap().contains("jixiao.audit"));
    for device in ["/dev/null", "/dev/zero"] {
        let (code, _, complaint) = run(folder.path(), &["audit", "form.txt", "--format", "json", "-o", device]);
        assert_eq!(code, 2, "{device}");
        assert!(complaint.contains("是设备"), "{complaint}");
        let (code, _, complaint) = run(folder.path(), &["audit", device]);
        assert_eq!(code, 2, "{device}");
        assert!(complaint.contains("不是普通文件"), "{complaint}");
    }
}
