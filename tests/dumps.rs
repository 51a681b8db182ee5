//! Broken text dumps become tables whose cells stand under their headings.

use jixiao::document::{Block, Document, Format, Layout, Paragraph, Place, Source, Table};
use jixiao::form::{Column, Mended, mend, mend_with_trace};
use jixiao::text::squeeze;
use jixiao::vocabulary::{Label, Vocabulary};
use proptest::prelude::*;

fn dump(text: &str) -> Document {
    let paragraph = |(index, line): (usize, &str)| {
        Block::Paragraph(Paragraph { text: line.trim_end_matches('\r').to_owned(), place: Place::line(index + 1) })
    };
    let source = Source { file: "dump.txt".to_owned(), sha256: String::new(), format: Format::Text };
    Document { source, blocks: text.split('\n').enumerate().map(paragraph).collect(), unread: Vec::new() }
}

fn mended(text: &str) -> Mended {
    mend(&dump(text), Vocabulary::builtin())
}

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/dumps/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The columns of a heading row, by index.
fn heading(table: &Table, row: usize) -> Option<Vec<(usize, Column)>> {
    let vocabulary = Vocabulary::builtin();
    let columns: Vec<_> =
        table.row(row).filter_map(|cell| Some((cell.column, vocabulary.column(&cell.text)?))).collect();
    let has = |wanted| columns.iter().any(|(_, column)| *column == wanted);
    (has(Column::Level2) && has(Column::Name)).then_some(columns)
}

/// Every indicator row as it reads under its heading, levels filled down; headings begin with `#`, totals with 总分.
fn rows(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    for table in document.tables() {
        assert_eq!(table.layout, Layout::Grid);
        let mut columns = None;
        let mut levels = [String::new(), String::new()];
        for row in 0..table.rows {
            if let Some(found) = heading(table, row) {
                out.push(format!("# {}", found.iter().map(|(_, column)| column.key()).collect::<Vec<_>>().join(" ")));
                columns = Some(found);
                levels = Default::default();
                continue;
            }
            let Some(found) = &columns else { continue };
            let first = table.row(row).find(|cell| !cell.text.trim().is_empty());
            let Some(first) = first.filter(|cell| cell.column_span == 1) else {
                columns = None;
                continue;
            };
            let cell = |index: usize| {
                table.row(row).find(|cell| cell.column == index).map(|cell| squeeze(&cell.text)).unwrap_or_default()
            };
            match Vocabulary::builtin().label(&first.text) {
                Some(Label::Total) => out.push(format!("总分|{}", texts_after(table, row).join("|"))),
                Some(Label::Unit | Label::Project) => columns = None,
                _ => {
                    let texts = found.iter().map(|(index, column)| {
                        let level = match column {
                            Column::Level1 => 0,
                            Column::Level2 => 1,
                            _ => return cell(*index),
                        };
                        if !cell(*index).is_empty() {
                            levels[level] = cell(*index);
                        }
                        levels[level].clone()
                    });
                    out.push(texts.collect::<Vec<_>>().join("|"));
                }
            }
        }
    }
    out
}

fn texts_after(table: &Table, row: usize) -> Vec<String> {
    table.row(row).skip(1).map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect()
}

fn assert_rows(name: &str) {
    let found = rows(&mended(&fixture(name)).document);
    let stem = name.split('.').next().unwrap();
    let expected = fixture(&format!("{stem}.rows"));
    if std::env::var_os("UPDATE_DUMPS").is_some() {
        let path = format!("{}/tests/fixtures/dumps/{stem}.rows", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, found.join("\n") + "\n").unwrap();
        return;
    }
    let expected: Vec<&str> = expected.lines().collect();
    for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "{name}: row {}", at + 1);
    }
    assert_eq!(found.len(), expected.len(), "{name}: rows lost or invented");
}

#[test]
fn one_cell_on_each_line_keeps_every_cell_and_tabs_inside_texts() {
    assert_rows("cell_lines.txt");
}

#[test]
fn shifted_rows_and_rests_after_page_breaks_come_back_under_their_headings() {
    assert_rows("tabs_page_breaks.txt");
    assert_rows("tabs_shifted.txt");
}

#[test]
fn markdown_tables_are_read_like_tabs() {
    assert_rows("piped.md");
}

#[test]
fn badly_scanned_groups_keep_every_row_and_its_group() {
    assert_rows("scanned_groups.txt");
}

#[test]
fn cells_wrapped_over_lines_are_cut_by_what_they_are() {
    assert_rows("wrapped.txt");
    assert_rows("wrapped_results.txt");
}

#[test]
fn the_rest_of_a_wrapped_row_on_the_next_page_is_joined() {
    assert_rows("wrapped_page_break.txt");
    assert_rows("wrapped_blanks.txt");
}

#[test]
fn rows_broken_at_the_width_of_a_page_are_read_as_a_stream() {
    assert_rows("broken_tabs.txt");
}

#[test]
fn interleaved_columns_stay_lines_and_are_named() {
    let mended = mended(&fixture("interleaved.txt"));
    assert_eq!(mended.document.tables().count(), 0);
    assert!(mended.notes.iter().any(|note| note.why.contains("列已交错，无法可靠还原")));
}

#[test]
fn a_rest_is_recorded_with_what_was_printed() {
    let mended = mended(&fixture("tabs_page_breaks.txt"));
    let cells = || mended.document.tables().flat_map(|table| &table.cells);
    let repair = |text: &str| {
        let cell = cells().find(|cell| squeeze(&cell.text) == text).unwrap_or_else(|| panic!("{text} not found"));
        cell.repair.as_ref().map(|repair| (repair.printed.as_str(), repair.why.as_str()))
    };
    assert_eq!(repair("<=6.68万元"), Some(("< | =6.68 万元", "跨页或换行拆开的单元格已合并")));
    assert_eq!(repair("<=63156万元"), Some(("<=63156 万元 | 6万元", "跨页或换行拆开的单元格已合并")));
    let (printed, why) = repair("726.93万元").unwrap();
    assert_eq!((printed, why), ("726.9 | 3万元", "跨页或换行拆开的单元格已合并"));
    assert!(repair("<=700万元").unwrap().1.contains("公式或网页标记残留已清除"));
}

#[test]
fn misread_signs_are_restored_in_values_only() {
    let text = "一级指标\t二级指标\t三级指标\t前年\t上年\t预计当年实现\t指标值确定依据\n\
        产出指标\t数量指标\t学习《条例》场次\t》90%\t€2%\t各类培训》4次\t计划标准\n\
        \t质量指标\t合格率\t≥90%\t≪24小时\t290%\t计划标准\n\
        \t质量指标\t增长率\t≥90%\t≥90%\t280%\t计划标准\n";
    let found = rows(&mended(text).document);
    assert_eq!(found[1], "产出指标|数量指标|学习《条例》场次|≥90%|≤2%|各类培训≥4次|计划标准");
    assert_eq!(found[2], "产出指标|质量指标|合格率|≥90%|≤24小时|≥90%|计划标准");
    assert_eq!(found[3], "产出指标|质量指标|增长率|≥90%|≥90%|280%|计划标准", "nothing proves 280%");
}

#[test]
fn markup_is_cleaned_in_any_document() {
    let mut table =
        Table::from_rows(1, Layout::Grid, vec![vec!["<p>目标</p>".into(), r"$\geq 70\%$".into(), "a < b".into()]]);
    table.number = 1;
    let source = Source { file: "form.docx".to_owned(), sha256: String::new(), format: Format::Docx };
    let mended =
        mend(&Document { source, blocks: vec![Block::Table(table)], unread: Vec::new() }, Vocabulary::builtin());
    let cells: Vec<_> = mended.document.tables().flat_map(|table| &table.cells).collect();
    assert_eq!(cells[0].text, "目标");
    assert_eq!(cells[1].text, "≥ 70%");
    assert_eq!(cells[1].repair.as_ref().unwrap().printed, r"$\geq 70\%$");
    assert!(cells[2].repair.is_none());
}

#[test]
fn ragged_tables_of_other_documents_are_aligned() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let rows_in = vec![
        row(&["一级指标", "二级指标", "三级指标", "指标值", "指标值设置依据", "指标分值权重"]),
        row(&["产出指标", "数量指标", "补助人数", "=1人", "计划标准", "10"]),
        row(&["补助次数", "=1次", "计划标准", "20"]),
    ];
    let source = Source { file: "form.csv".to_owned(), sha256: String::new(), format: Format::Csv };
    let blocks = vec![Block::Table(Table::from_rows(1, Layout::Ragged, rows_in))];
    let found = rows(&mend(&Document { source, blocks, unread: Vec::new() }, Vocabulary::builtin()).document);
    assert_eq!(found[2], "产出指标|数量指标|补助次数|=1次|计划标准|20");
}

#[test]
fn words_unknown_to_the_vocabulary_stay_where_they_are_printed() {
    let text = "一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t分值\n\
        治理成效\t协同水平\t联席会议召开\t按需\t办公室约定\t10\n\
        \t\t档案电子化\t全部\t办公室约定\t10\n";
    let found = rows(&mended(text).document);
    assert_eq!(found[1], "治理成效|协同水平|联席会议召开|按需|办公室约定|10");
    assert_eq!(found[2], "治理成效|协同水平|档案电子化|全部|办公室约定|10");
    assert_eq!(found.len(), 3);
}

#[test]
fn other_layouts_shift_back_as_well() {
    let text = "一级指标\t二级指标\t三级指标\t年度指标值\t全年实际值\t分值\t得分\t未完成原因和改进措施\n\
        产出指标（50分）\t数量指标\t防汛物资储备批次\t≥3批\t3批\t10\t10\t\n\
        巡查人员数量\t120人\t118人\t10\t9.83\t人员调出\n\
        质量指标\t堤防验收合格率\t100%\t100\t15\t15\t\n\
        \n\
        \t\t\t\t%\n\
        \t\t\t5月底前\t5月底\t15\t15\t\n";
    let found = rows(&mended(text).document);
    assert_eq!(found[1], "产出指标（50分）|数量指标|防汛物资储备批次|≥3批|3批|10|10|");
    assert_eq!(found[2], "产出指标（50分）|数量指标|巡查人员数量|120人|118人|10|9.83|人员调出");
    assert_eq!(found[3], "产出指标（50分）|质量指标|堤防验收合格率|100%|100%|15|15|");
    assert_eq!(found[4], "产出指标（50分）|质量指标||5月底前|5月底|15|15|", "a row without a name is no rest");
    assert_eq!(found.len(), 5);
}

#[test]
fn a_total_row_with_merged_label_stands_under_weight_and_score() {
    let text = "\t一级指标\n\t二级指标\n\t三级指标\n\t权重\n\t目标值\n\t业绩值\n\t指标得分\n\n\
        \t产出指标\n\t数量指标\n\t租赁车辆\n\t90\n\t1辆\n\t1辆\n\t90\n\n\t总分\n\t100\n\t\n\t\n\t99.50分\n";
    let mended = mended(text);
    let table = mended.document.tables().next().unwrap();
    let total: Vec<_> = table.row(2).map(|cell| (cell.column, cell.text.as_str())).collect();
    assert_eq!(total, [(0, "总分"), (3, "100"), (6, "99.50分")]);
}

#[test]
fn labels_torn_or_run_together_are_whole_again() {
    let text = "项目名\t称\t城区防\t汛经费\t项目编码\t42000\n\
        项目名称\t防汛经费项目编码\t42000\n\
        项目负责人\t某某\t联系电话\t0000\n";
    let mended = mended(text);
    let table = mended.document.tables().next().unwrap();
    let texts = |row: usize| table.row(row).map(|cell| cell.text.as_str()).collect::<Vec<_>>();
    assert_eq!(texts(0), ["项目名称", "城区防汛经费", "项目编码", "42000"]);
    assert_eq!(texts(1), ["项目名称", "防汛经费", "项目编码", "42000"]);
    assert_eq!(texts(2), ["项目负责人", "某某", "联系电话", "0000"]);
}

#[test]
fn a_header_block_run_into_one_line_becomes_labels_and_values() {
    let text = "申报日期: 2023年 项目名称 项目编码 防汛经费 42000 项目负责人 某某 联系电话 0000 起始年度 终止年度 2023 2024 项目属性 延续";
    let mended = mended(text);
    let table = mended.document.tables().next().unwrap();
    let pairs: Vec<Vec<&str>> =
        (0..table.rows).map(|row| table.row(row).map(|cell| cell.text.as_str()).collect()).collect();
    assert!(pairs.contains(&vec!["项目名称", "防汛经费"]));
    assert!(pairs.contains(&vec!["终止年度", "2024"]));
    assert!(pairs.contains(&vec!["项目属性", "延续"]));
}

#[test]
fn a_heading_on_two_levels_becomes_one() {
    let text = "目标名称\t一级指标\t二级指标\t三级指标\t指标值\t\t\t指标值确定依据\n\
        \t\t\t\t前年\t上年\t预计当年实现\t\n\
        年度绩效目标\t产出指标\t数量指标\t巡查次数\t10次\t11次\t12次\t历史标准\n";
    let found = rows(&mended(text).document);
    assert_eq!(found[0], "# group level1 level2 name before_previous previous target basis");
    assert_eq!(found[1], "年度绩效目标|产出指标|数量指标|巡查次数|10次|11次|12次|历史标准");
}

#[test]
fn indented_prose_is_no_table() {
    let text = "\t第一段，说明年度预算安排情况。\n\n\t第二段，说明三公经费情况。\n";
    assert_eq!(mended(text).document, dump(text));
}

#[test]
fn the_trace_names_every_heading() {
    let (_, trace) = mend_with_trace(&dump(&fixture("tabs_shifted.txt")), Vocabulary::builtin());
    assert_eq!(trace.iter().filter(|line| line.contains("表头")).count(), 2);
}

/// Pieces of which hostile dumps are made.
const PIECES: &[&str] = &[
    "\t",
    "\t",
    "\n",
    "\n",
    "\n\n",
    "|",
    " ",
    "\u{c}",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "权重",
    "赋分规则",
    "佐证资料",
    "产出指标",
    "数量指标",
    "≥95%",
    "$",
    "<p",
    ">",
    "》",
    "10",
    "计划标准",
    "直接赋分",
    "工作资料",
    "总分",
    "项目名称",
    "项目支出绩效目标表",
    "长期目标1",
    "年度绩效目标表",
    "前年",
    "上年",
    "预计当年实现",
    "示",
    "满意度",
    "分",
    "a\\",
    "|---|",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_mended_without_panic(text in "\\PC{0,400}") {
        mended(&text);
    }

    #[test]
    fn any_mixture_of_pieces_is_mended_without_panic(picks in prop::collection::vec(0..PIECES.len(), 0..200)) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        let found = mended(&text);
        for table in found.document.tables() {
            let mut last = (0, 0);
            for cell in &table.cells {
                prop_assert!(cell.end_row() <= table.rows && cell.end_column() <= table.columns);
                prop_assert!((cell.row, cell.column) >= last);
                last = (cell.row, cell.end_column());
            }
        }
    }
}
