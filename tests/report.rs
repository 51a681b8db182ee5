//! The renderers: one report value in every format.

#[path = "report/sample.rs"]
mod sample;

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use jixiao::audit::Severity;
use jixiao::document;
use jixiao::report::{Format, Purpose, Report, ReturnSlip, View, return_slips, side_by_side};

fn text(report: &Report, format: Format, view: View) -> String {
    String::from_utf8(bytes(report, format, view)).unwrap()
}

fn bytes(report: &Report, format: Format, view: View) -> Vec<u8> {
    let mut out = Vec::new();
    report.render(format, &view, &mut out).unwrap();
    out
}

fn wide(width: usize) -> View {
    View { width, ..View::default() }
}

/// A report of our own, read as if another program had written it.
fn unmarked(name: &str, file: &[u8]) -> document::Document {
    assert!(matches!(document::read_bytes(name, file).unwrap_err().reason(), document::ReadError::OwnReport));
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut bare = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let member = zip.by_index_raw(index).unwrap();
        if member.name().unwrap() != "docProps/core.xml" {
            bare.raw_copy_file(member).unwrap();
        }
    }
    document::read_bytes(name, &bare.finish().unwrap().into_inner()).unwrap()
}

#[test]
fn no_report_is_taken_for_a_form() {
    for format in [Format::Table, Format::Json, Format::Csv, Format::Xlsx, Format::Html, Format::Md, Format::Docx] {
        for report in [sample::report(), sample::run()] {
            let file = bytes(&report, format, wide(100));
            let error = document::read_bytes("报告", &file).unwrap_err();
            assert!(matches!(error.reason(), document::ReadError::OwnReport), "{format:?}: {error}");
        }
    }
}

#[test]
fn table_on_a_narrow_terminal() {
    insta::assert_snapshot!(text(&sample::report(), Format::Table, wide(80)));
}

#[test]
fn table_on_a_wide_terminal() {
    insta::assert_snapshot!(text(&sample::report(), Format::Table, wide(160)));
}

#[test]
fn every_line_of_the_table_fits_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    for width in [80, 100, 160] {
        let text = text(&sample::run(), Format::Table, wide(width));
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{widest} columns at {width}");
    }
}

#[test]
fn colours_are_only_used_when_asked_for() {
    assert!(!text(&sample::report(), Format::Table, wide(80)).contains('\u{1b}'));
    let coloured = View { colour: true, ..wide(80) };
    assert!(text(&sample::report(), Format::Table, coloured).contains('\u{1b}'));
}

#[test]
fn explained_scores_show_steps_clause_and_provenance() {
    let mut report = sample::report();
    report.purpose = Purpose::Score;
    report.documents[0].findings.clear();
    insta::assert_snapshot!(text(&report, Format::Table, View { explain: true, ..wide(80) }));
}

#[test]
fn a_run_ends_with_a_summary() {
    insta::assert_snapshot!(text(&sample::run(), Format::Table, wide(100)));
}

#[test]
fn json_of_one_document() {
    insta::assert_snapshot!(text(&sample::report(), Format::Json, View::default()));
}

#[test]
fn json_lines_are_one_document_each() {
    let text = text(&sample::run(), Format::Jsonl, View::default());
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line["schema"] == "jixiao.audit/1"));
    assert_eq!(lines[2]["error"], "文件是空的");
}

#[test]
fn json_of_a_run_has_the_summary() {
    let text = text(&sample::run(), Format::Json, View::default());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["documents"].as_array().unwrap().len(), 2);
    assert_eq!(value["unreadable"][0]["file"], "空.docx");
    assert_eq!(value["summary"]["total"]["errors"], 2);
    assert_eq!(value["summary"]["units"][0]["unit"], "某县医疗保障局");
}

#[test]
fn csv_begins_with_a_byte_order_mark_and_carries_no_formula() {
    let text = text(&sample::report(), Format::Csv, View::default());
    assert!(text.starts_with('\u{feff}'));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let risky = ['=', '+', '@', '\t', '\r'];
    for record in reader.records() {
        let record = record.unwrap();
        assert!(record.iter().all(|cell| !cell.starts_with(risky)), "{record:?}");
        assert!(record.iter().any(|cell| cell == "abc123"), "no receipt in {record:?}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn markdown_for_people_who_edit_further() {
    insta::assert_snapshot!(text(&sample::report(), Format::Md, View::default()));
}

#[test]
fn html_is_escaped_and_refers_to_nothing_outside() {
    let text = text(&sample::run(), Format::Html, View::default());
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for outside in ["<script", "<link", "<img", "http://", "https://", "src=", "@import", "url("] {
        assert!(!text.contains(outside), "{outside}");
    }
    assert!(text.contains("size: A4"));
    assert!(text.contains("sha256"));
}

#[test]
fn workbook_reads_back_with_published_and_recomputed_side_by_side() {
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes(&sample::report(), Format::Xlsx, View::default()))).unwrap();
    let names = workbook.sheet_names();
    assert_eq!(names, ["汇总", "表1 村医补助", "审核意见"]);
    let sheet = workbook.worksheet_range("表1 村医补助").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let heading = rows.iter().position(|row| row[0] == Data::String("序号".into())).unwrap();
    let execution = &rows[heading + 1];
    assert_eq!(execution[9], Data::Float(10.0));
    assert_eq!(execution[10], Data::Float(8.34));
    let first = &rows[heading + 2];
    assert_eq!(first[5], Data::String("=100%".into()));
    assert_eq!(first[9], Data::Float(20.0));
    let total = rows.iter().find(|row| row[3] == Data::String("合计".into())).unwrap();
    assert_eq!(total[9], Data::Float(98.4));
    assert_eq!(total[11], Data::Float(96.69));
}

#[test]
fn workbook_has_formulas_only_of_our_own() {
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes(&sample::run(), Format::Xlsx, View::default()))).unwrap();
    let mut count = 0;
    for name in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&name).unwrap();
        for (_, _, formula) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
            count += 1;
            let ours = formula.starts_with("SUM(")
                || formula.starts_with("N(")
                || formula.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            assert!(ours, "{name}: {formula}");
        }
    }
    assert!(count > 10, "only {count} formulas");
}

#[test]
fn workbook_comments_on_wrong_cells_and_charts_the_differences() {
    let workbook = bytes(&sample::report(), Format::Xlsx, View::default());
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("xl/charts/chart")), "{names:?}");
    let mut comments = String::new();
    archive.by_name("xl/comments1.xml").unwrap().read_to_string(&mut comments).unwrap();
    assert!(comments.contains("JX301") && comments.contains("JX204"), "{comments}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for format in [Format::Json, Format::Csv, Format::Html, Format::Md, Format::Xlsx, Format::Docx] {
        let (first, second) =
            (bytes(&sample::run(), format, View::default()), bytes(&sample::run(), format, View::default()));
        assert_eq!(first, second, "{format:?}");
    }
}

#[test]
fn rule_sets_side_by_side() {
    let mut other = sample::report();
    other.documents[0].forms[0].rules.id = "mof-2021-101".into();
    other.documents[0].forms[0].computed = Some("98.40".parse().unwrap());
    let mut out = Vec::new();
    side_by_side::render(&[sample::report(), other], side_by_side::Layout::Table, &wide(100), &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn the_document_that_is_handed_in_has_every_part_and_every_wrong_figure() {
    let file = bytes(&sample::report(), Format::Docx, View::default());
    let document = unmarked("复核报告.docx", &file);
    let text: String = document
        .blocks
        .iter()
        .map(|block| match block {
            document::Block::Paragraph(paragraph) => paragraph.text.clone(),
            document::Block::Table(table) => {
                table.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("｜")
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    for part in [
        "一、基本情况",
        "二、复核依据",
        "三、复核结果汇总表",
        "四、问题清单",
        "五、建议",
        "附表",
        "复核凭据",
        "（盖章）",
        "单位反馈｜是否采纳",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    let findings = &sample::report().documents[0].findings;
    assert!(findings.iter().any(|finding| finding.severity == Severity::Error), "the sample has no error");
    for finding in findings.iter().filter(|finding| finding.severity > Severity::Note) {
        assert!(text.contains(&finding.message), "{} is missing in:\n{text}", finding.message);
        assert!(finding.computed.as_ref().is_none_or(|computed| text.contains(computed)));
    }
}

#[test]
fn a_letter_names_only_what_is_its_unit_s_own() {
    let mut report = sample::run();
    let mut other = report.documents[0].clone();
    for form in &mut other.forms {
        form.unit = Some("乙局".into());
    }
    other.findings.iter_mut().for_each(|finding| finding.message = format!("乙局的{}", finding.message));
    report.documents.push(other);
    let slips = return_slips(&report).unwrap();
    let of_other = slips.iter().find(|slip| slip.unit.as_deref() == Some("乙局")).unwrap();
    let text = |slip: &ReturnSlip| unmarked("通知.docx", &slip.bytes);
    assert!(format!("{:?}", text(of_other)).contains("乙局的"));
    for slip in slips.iter().filter(|slip| slip.unit.as_deref() != Some("乙局")) {
        assert!(!format!("{:?}", text(slip)).contains("乙局的"), "{:?}", slip.unit);
    }
}
