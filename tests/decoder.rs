//! Texts of many places become rows: the kinds of separators, lost cells, glued and broken headings, and what is no form.

use jixiao::document::{Block, Document, Format, Paragraph, Place, Source};
use jixiao::form::{Column, Form, Mended, find, mend};
use jixiao::vocabulary::Vocabulary;

fn text(text: &str) -> Document {
    let paragraph = |(index, line): (usize, &str)| {
        Block::Paragraph(Paragraph { text: line.to_owned(), place: Place::line(index + 1) })
    };
    let source = Source { file: "text.txt".to_owned(), sha256: String::new(), format: Format::Text };
    Document { source, blocks: text.split('\n').enumerate().map(paragraph).collect(), unread: Vec::new() }
}

fn read(lines: &str) -> (Vec<Form>, Mended) {
    let mended = mend(&text(lines), Vocabulary::builtin());
    (find(&mended.document, Vocabulary::builtin()).forms, mended)
}

/// Every row as level 1, level 2, name, target, actual, weight and score.
fn rows(lines: &str) -> Vec<String> {
    use Column::{Actual, Level1, Level2, Name, Score, Target, Weight};
    let row = |row: &jixiao::form::Row| {
        [Level1, Level2, Name, Target, Actual, Weight, Score].map(|column| row.text(column)).join("|")
    };
    read(lines).0.iter().flat_map(|form| form.rows.iter().map(row)).collect()
}

const EXPECTED: [&str; 4] = [
    "产出指标|数量指标|清淤河道长度|≥12公里|13公里|30|30",
    "产出指标|质量指标|验收合格率|≥95%|96%|20|20",
    "效益指标|社会效益指标|受益村数|≥6个|6个|30|30",
    "满意度指标|服务对象满意度指标|村民满意度|≥90%|92%|10|10",
];

const HEADING: [&str; 8] =
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"];

/// The expected rows with levels printed once, every cell of a row between separators.
fn printed(cell: &str, row: &str) -> String {
    let mut out = vec![HEADING.join(cell)];
    let mut above = ["", ""];
    for expected in EXPECTED {
        let cells: Vec<&str> = expected.split('|').collect();
        let from = if cells[0] != above[0] { 0 } else { 1 };
        above = [cells[0], cells[1]];
        out.push(cells[from..].join(cell));
    }
    format!("项目支出绩效自评表\n{}", out.join(row))
}

#[test]
fn every_kind_of_separator_gives_the_same_rows() {
    for (cell, row) in [(" | ", " | |\n"), ("\t", "\n"), (" ", "\n"), (" |\n", " |\n|\n"), ("\n\n", "\n\n"), (" ", " ")]
    {
        assert_eq!(rows(&printed(cell, row)), EXPECTED, "{cell:?} {row:?}");
    }
}

#[test]
fn a_text_without_any_separator_is_cut_by_its_words_and_figures() {
    let lines = "项目支出绩效自评表(2031年度)项目名称河道清淤主管部门甲县水务局绩效指标一级指标二级指标三级指标分值年度指标值全年实际值得分\
        未完成原因及拟采取的改进措施产出指标(60分)数量指标清淤河道长度30≥12公里≥13公里30质量指标验收合格率30100%100%30\
        效益指标(20分)社会效益指标受益村数20≥6个≥6个20满意度指标(10分)服务对象满意度指标村民满意度10≥90%≥92%10总分10099.6";
    assert_eq!(
        rows(lines),
        [
            "产出指标(60分)|数量指标|清淤河道长度|≥12公里|≥13公里|30|30",
            "产出指标(60分)|质量指标|验收合格率|100%|100%|30|30",
            "效益指标(20分)|社会效益指标|受益村数|≥6个|≥6个|20|20",
            "满意度指标(10分)|服务对象满意度指标|村民满意度|≥90%|≥92%|10|10",
        ]
    );
    let (forms, _) = read(lines);
    assert_eq!(forms[0].year, Some(2031));
    let total = forms[0].total.as_ref().and_then(|total| total.score.as_ref());
    assert_eq!(total.map(|score| score.text.as_str()), Some("99.6"));
    let doubted = |row: &jixiao::form::Row| row.cells().any(|(_, field)| field.doubt.is_some());
    assert!(forms[0].rows.iter().all(doubted), "cells cut where nothing was printed are in doubt");
}

#[test]
fn a_heading_on_two_lines_and_a_label_beside_it_are_read() {
    let lines = "项目支出绩效自评表\n绩效指标 一级指标 二级指标 三级指标 年度 实际 分值 得分 偏差原因分析及改进措施\n指标值 完成值\n\
        产出指标 数量指标 清淤河道长度 ≥12公里 13公里 30 30\n质量指标 验收合格率 ≥95% 96% 20 20\n\
        效益指标 社会效益指标 受益村数 ≥6个 6个 30 30\n满意度指标 服务对象满意度指标 村民满意度 ≥90% 92% 10 10";
    assert_eq!(rows(lines), EXPECTED);
}

#[test]
fn a_table_without_heading_is_read_in_doubt_and_said() {
    let lines = "产出指标 | 数量指标 | 清淤河道长度 | ≥12公里 | 13公里 | 30 | 30 |\n质量指标 | 验收合格率 | ≥95% | 96% | 20 | 20 |\n\
        效益指标 | 社会效益指标 | 受益村数 | ≥6个 | 6个 | 30 | 30 |\n满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% | 10 | 10 |";
    assert_eq!(rows(lines), EXPECTED);
    let (forms, mended) = read(lines);
    assert!(
        mended.notes.iter().any(|note| note
            .why
            .contains("没有表头，暂按“一级指标、二级指标、三级指标、目标值、实际完成值、权重、得分"))
    );
    assert!(forms[0].rows.iter().all(|row| row.cells().any(|(_, field)| field.doubt.is_some())));
}

#[test]
fn levels_lost_are_those_of_their_family() {
    let lines = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n(50分)\n数量指标 清淤河道长度 ≥12公里 13公里 50 50\n\
        (40分)\n社会效益指标 受益村数 ≥6个 6个 40 40";
    let found = rows(lines);
    assert!(found[0].starts_with("产出指标|数量指标|清淤河道长度|≥12公里"), "{found:?}");
    assert!(found[1].starts_with("效益指标|"), "{found:?}");
}

#[test]
fn a_table_cut_off_gives_no_error_about_its_sum() {
    let lines = "项目支出绩效自评表\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
        产出指标 数量指标 清淤河道长度 ≥12公里 13公里 30 30\n质量指标 验收合格率 ≥95% 96% 20 20\n效益指标 社会";
    let (forms, mended) = read(lines);
    assert_eq!(forms[0].rows.len(), 2);
    assert!(mended.notes.iter().any(|note| note.why.contains("各行权重合计为50")), "{:?}", mended.notes);
}

#[test]
fn prose_with_the_words_of_a_form_gives_no_rows() {
    let prose = "本部门共设置产出指标3个，其中数量指标1个，质量指标1个，时效指标1个，完成率均为100%。\n\
        效益指标方面，社会效益指标完成较好，得分10分，服务对象满意度指标达到95%以上，分值10分。\n";
    assert!(read(&prose.repeat(200)).0.is_empty());
    assert!(read("绩效 指标 表").0.is_empty());
}

#[test]
fn long_and_empty_texts_end_without_rows() {
    for lines in [
        "|".repeat(20_000),
        "一级指标 | 二级指标 | 三级指标 | 指标值 |\n".repeat(200),
        "一级指标二级指标三级指标指标值".repeat(200),
    ] {
        assert!(read(&lines).0.is_empty());
    }
}

/// A self-evaluation of one row a line, and what of it is said.
fn said(rows: &str) -> (Vec<String>, Vec<(String, String)>) {
    let text = format!(
        "项目支出绩效自评表\n(2031年度)\n项目名称 河道清淤\n主管部门 甲县水务局 实施单位 乙镇水管站\n\
         项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 50 50 48 10 96% 9.6\n\
         一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n{rows}\n总分 100 99.6\n"
    );
    let audited = jixiao::audit_bytes("甲.txt", text.as_bytes(), &jixiao::Rules::auto()).unwrap();
    let form = &audited.case.forms[0].form;
    assert_eq!(form.project.as_ref().map(|project| project.squeezed()).as_deref(), Some("河道清淤"));
    let cells = |row: &jixiao::form::Row| {
        use jixiao::form::Column::{Actual, Name, Score, Target, Weight};
        [Name, Target, Actual, Weight, Score].map(|column| row.text(column)).join("|")
    };
    let findings = audited.findings.iter();
    let told = findings.map(|finding| (finding.code.number().to_owned(), finding.severity.key().to_owned()));
    (form.rows.iter().map(cells).collect(), told.collect())
}

#[test]
fn a_bound_stands_with_its_target_and_in_no_name_and_no_error_rests_on_a_torn_row() {
    let (rows, told) = said(
        "产出指标 数量指标 清淤河道长度 ≥12公里 13公里 30 30\n质量指标 验收合格率 ≥95% 20 20\n\
         效益指标 社会效益指标 受益人口 ≥800人 900人 30 30 0\n满意度指标 服务对象满意度指标 村民满意度 ≥90% 92% 10 10",
    );
    assert_eq!(
        rows,
        [
            "清淤河道长度|≥12公里|13公里|30|30",
            "验收合格率|≥95%||20|20",
            "受益人口|≥800人|900人|30|30",
            "村民满意度|≥90%|92%|10|10",
        ]
    );
    assert!(told.iter().all(|(_, severity)| severity != "error"), "{told:?}");
}

#[test]
fn an_empty_level_is_no_part_of_the_next_name() {
    let (rows, told) = said(
        "产出指标 数量指标 清淤河道长度 ≥12公里 13公里 30 30\n经济效益指标\n质量指标 验收合格率 ≥95% 96% 20 20\n\
         效益指标 社会效益指标 受益村数 ≥6个 6个 30 30\n满意度指标 服务对象满意度指标 村民满意度 ≥90% 92% 10 10",
    );
    assert_eq!(rows[1], "验收合格率|≥95%|96%|20|20");
    assert!(told.iter().all(|(_, severity)| severity != "error"), "{told:?}");
}
