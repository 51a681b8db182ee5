//! Layouts of forms met in different provinces: each fixture is a table drawn with bars and the rows it must give.

use jixiao::document::{Block, Cell, Document, Format, Layout, Paragraph, Place, Source, Table};
use jixiao::form::{Column, Field, Form, find, mend};
use jixiao::vocabulary::Vocabulary;

/// A drawing: a line without bars is a paragraph; `|` separates cells; `<` goes on with the cell to the left, `^` with the
/// cell above.
fn document(drawing: &str) -> Document {
    let mut blocks = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut number = 0;
    for line in drawing.lines().chain([""]) {
        if line.contains('|') {
            rows.push(line.split('|').map(str::trim).collect());
            continue;
        }
        if !rows.is_empty() {
            number += 1;
            blocks.push(Block::Table(table(number, &std::mem::take(&mut rows))));
        }
        if !line.trim().is_empty() {
            blocks.push(Block::Paragraph(Paragraph { text: line.trim().into(), place: Place::default() }));
        }
    }
    Document {
        source: Source { file: "drawing".into(), sha256: String::new(), format: Format::Docx },
        blocks,
        unread: Vec::new(),
    }
}

fn table(number: usize, rows: &[Vec<&str>]) -> Table {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut cells: Vec<Cell> = Vec::new();
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            match *text {
                // Below a merged cell that is as wide, the cell above goes on already.
                "<" if texts[..column].iter().rev().find(|text| **text != "<") == Some(&"^") => {}
                "<" => cells.last_mut().unwrap().column_span += 1,
                "^" => {
                    let above = cells.iter_mut().rev().find(|cell| cell.column == column && cell.end_row() == row);
                    above.unwrap().row_span += 1;
                }
                text => cells.push(Cell::single(row, column, text.replace("\\n", "\n"))),
            }
        }
    }
    Table { number, sheet: None, layout: Layout::Grid, rows: rows.len(), columns, cells, first_row: 1, first_column: 1 }
}

fn forms(drawing: &str) -> Vec<Form> {
    let mended = mend(&document(drawing), Vocabulary::builtin()).document;
    find(&mended, Vocabulary::builtin()).forms
}

fn column(form: &Form, column: Column) -> Vec<String> {
    form.rows.iter().map(|row| row.text(column)).collect()
}

#[test]
fn national_self_evaluation_with_block_label_beside_the_levels() {
    let forms = forms(
        "项目支出绩效自评表
（2023年度）
项目名称 | < | 某项目 | < | < | < | < | < | <
主管部门 | < | 某局 | < | < | 实施单位 | 某中心 | < | <
项目资金（万元） | < |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | < | 年度资金总额 | 100 | 90 | 81 | 10 | 90% | 9
^ | < | 其中：当年财政拨款 | 100 | 90 | 81 | - | 90% | -
^ | < | 上年结转资金 | 0 | 0 | 0 | - |  | -
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 做好某事 | < | < | < | 做好了某事 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标 | 数量指标 | 培训次数 | ≥4次 | 4次 | 20 | 20 |
^ | ^ | 质量指标 | 合格率 | ≥95% | 96% | 30 | 30 |
^ | 效益指标 | 社会效益指标 | 知晓率 | 提高 | 提高 | 30 | 28 |
^ | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 92% | 10 | 10 |
总分 | < | < | < | < | < | 100 | 97 |",
    );
    let form = &forms[0];
    assert_eq!((form.kind.key(), form.year), ("project-self-evaluation", Some(2023)));
    assert_eq!(form.unit.as_ref().unwrap().text, "某中心");
    assert_eq!(form.funds.len(), 3);
    assert_eq!(form.funds[0].spent.as_ref().unwrap().text, "81");
    assert_eq!(form.goal.as_ref().unwrap().achieved.as_ref().unwrap().text, "做好了某事");
    assert_eq!(column(form, Column::Level1), ["产出指标", "产出指标", "效益指标", "满意度指标"]);
    assert_eq!(column(form, Column::Name), ["培训次数", "合格率", "知晓率", "满意度"]);
    assert_eq!(form.total.as_ref().unwrap().score.as_ref().unwrap().text, "97");
    assert!(form.unplaced.is_empty() && form.rows[0].get(Column::Group).is_none());
}

#[test]
fn sign_value_and_unit_in_columns_of_their_own_are_joined() {
    let forms = forms(
        "部门预算项目支出绩效自评表（2023年度）
项目名称 | 某项目 | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分
产出指标 | 数量指标 | 发放人数 | ≥ | 120 | 人 | 121 | 45 | 45
产出指标 | 质量指标 | 及时率 | ＝ | 100 | % | 100% | 22.5 | 22.5
效益指标 | 社会效益指标 | 影响 | 定性 | 优良中低差 |  | 优 | 22.5 | 22.5",
    );
    assert_eq!(column(&forms[0], Column::Target), ["≥120人", "＝100%", "优良中低差"]);
    assert_eq!(column(&forms[0], Column::Actual), ["121人", "100%", "优"]);
}

#[test]
fn adjusted_target_counts_before_the_initial_one() {
    let forms = forms(
        "项目自评表
项目名称 | 某项目 | < | < | < | < | < | < | <
指标 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数（%） | 指标权重（分） | 指标得分（分）
改造面积 | 平方米 | ≥ | 500 | 400 | 420 | 100 | 20 | 20
培训 | 次 | ≥ | 2 |  | 2 | 100 | 20 | 20",
    );
    assert_eq!(column(&forms[0], Column::Name), ["改造面积", "培训"]);
    assert_eq!(column(&forms[0], Column::Target), ["≥400平方米", "≥2次"]);
    assert_eq!(column(&forms[0], Column::Coefficient), ["100", "100"]);
}

#[test]
fn two_heading_rows_split_the_target_over_years() {
    let forms = forms(
        "部门项目申报表（含绩效目标）
项目名称 | 某项目 | < | < | < | < | < | <
长期绩效目标表 | < | < | < | < | < | < | <
目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < | 指标值确定依据
长期绩效目标 | 产出指标 | 数量指标 | 人数 | ≥20人 | < | < | 历史数据
年度绩效目标表 | < | < | < | < | < | < | <
目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | < | 指标值确定依据
^ | ^ | ^ | ^ | 前年 | 上年 | 预计当年实现 | ^
年度绩效目标 | 产出指标 | 数量指标 | 人数 | 23人 | 22人 | ≥21人 | 历史数据",
    );
    assert_eq!(forms.len(), 1);
    let form = &forms[0];
    assert_eq!(form.kind.key(), "project-target");
    assert_eq!(column(form, Column::Group), ["长期绩效目标", "年度绩效目标"]);
    assert_eq!(column(form, Column::Target), ["≥20人", "≥21人"]);
    assert_eq!(column(form, Column::Previous), ["", "22人"]);
    assert_eq!(column(form, Column::BeforePrevious), ["", "23人"]);
}

#[test]
fn amounts_by_kind_fill_one_line_for_each_source() {
    let forms = forms(
        "项目支出绩效自评表
项目名称 | 某项目 | < | < | < | < | <
预算执行情况（万元） | 预算数： | 100 | 其中：财政拨款 | 90 | 其他资金 | 10
^ | 执行数： | 95 | 其中：财政拨款 | 88 | 其他资金 | 7
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 次数 | 4次 | 4次 | 90 | 90",
    );
    let funds = &forms[0].funds;
    assert_eq!(funds.len(), 3);
    assert_eq!(funds[0].spent.as_ref().unwrap().text, "95");
    assert_eq!(funds[1].budget.as_ref().unwrap().text, "90");
}

#[test]
fn table_after_the_last_form_does_not_go_on_with_it() {
    let forms = forms(
        "项目支出绩效目标表
项目名称 | 某项目 | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重
产出指标 | 数量指标 | 次数 | 4次 | 90

名词解释如下
科目 | 金额 | 比上年 | 说明 | 备注
基本支出 | 10 | 5 | 增人 | 无",
    );
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0].rows.len(), 1);
    assert!(forms[0].unplaced.is_empty());
}

#[test]
fn form_that_goes_on_in_a_second_table_keeps_its_rows_together() {
    let forms = forms(
        "项目支出绩效自评表
项目名称 | 某项目 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 得分
产出指标 | 数量指标 | 次数 | 4次 | 40 | 40

产出指标 | 质量指标 | 合格率 | 95% | 50 | 50
总分 | < | < | < | 90 | 90",
    );
    assert_eq!(forms.len(), 1);
    assert_eq!(column(&forms[0], Column::Name), ["次数", "合格率"]);
    assert_eq!(forms[0].total.as_ref().unwrap().weight.as_ref().unwrap().text, "90");
}

#[test]
fn forms_without_captions_are_told_apart_by_their_header() {
    let forms = forms(
        "项目名称 | 甲 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 得分
产出指标 | 数量指标 | 次数 | 4次 | 40 | 40
项目名称 | 乙 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 | 得分
产出指标 | 数量指标 | 人数 | 4人 | 40 | 40",
    );
    let projects: Vec<&str> = forms.iter().map(|form| form.project.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(projects, ["甲", "乙"]);
}

/// 表单的全部内容: everything that was read, a line for each part, to be compared with what a person reads.
fn render(form: &Form) -> String {
    let text = |field: &Option<Field>| field.as_ref().map(Field::squeezed).unwrap_or("–".into());
    let mut lines = vec![format!("form {} {}", form.kind.key(), form.year.map_or("–".into(), |year| year.to_string()))];
    for (name, field) in [("unit", &form.unit), ("project", &form.project), ("leader", &form.leader)] {
        lines.extend(field.as_ref().map(|field| format!("{name} {}", field.squeezed())));
    }
    lines.extend(form.header.iter().map(|(name, value)| format!("header {}={}", name.squeezed(), value.squeezed())));
    for line in &form.funds {
        let figures = [&line.initial, &line.budget, &line.spent, &line.weight, &line.rate, &line.score].map(text);
        lines.push(format!("funds {} | {}", line.name.squeezed(), figures.join(" | ")));
    }
    lines.extend(form.goal.as_ref().map(|goal| format!("goal {} | {}", text(&goal.expected), text(&goal.achieved))));
    for row in &form.rows {
        let cells: Vec<String> = row
            .cells()
            .filter(|(_, field)| !field.is_blank())
            .map(|(column, field)| format!("{}={}", column.key(), field.squeezed()))
            .collect();
        lines.push(format!("row {}", cells.join(" ")));
    }
    lines.extend(form.total.as_ref().map(|total| format!("total {} | {}", text(&total.weight), text(&total.score))));
    lines.extend(form.unplaced.iter().map(|field| format!("unplaced {}", field.squeezed())));
    lines.join("\n")
}

/// Every file under `tests/fixtures/layouts` is a drawing and, below a line of dashes, what must be read from it.
#[test]
fn layouts_of_the_provinces_read_as_a_person_reads_them() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let (drawing, expected) = text.split_once("\n----\n").unwrap_or((&text, ""));
        let read = forms(drawing).iter().map(render).collect::<Vec<_>>().join("\n");
        if read.trim() != expected.trim() {
            let name = file.file_stem().unwrap().to_string_lossy();
            wrong.push(format!("== {name}\n-- expected\n{}\n-- read\n{read}", expected.trim()));
        }
    }
    assert!(files.len() > 30, "the fixtures are missing");
    assert!(wrong.is_empty(), "{} of {} layouts are read otherwise\n{}", wrong.len(), files.len(), wrong.join("\n"));
}
