//! Every format yields the same tables, and no file can do harm.

#[path = "readers/archive.rs"]
mod archive;
#[path = "readers/hostile.rs"]
mod hostile;

use std::path::PathBuf;

use jixiao::document::{self, Block, Document, Format, Table};
use jixiao::text::squeeze;

/// Row, column, row span, column span and text of a cell.
type Shape = (usize, usize, usize, usize, String);

pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).expect("the fixture is there")
}

fn document(name: &str) -> Document {
    document::read(&fixture(name)).expect("the fixture can be read")
}

fn gold(name: &str) -> Vec<Vec<Shape>> {
    let tables: Vec<Vec<Shape>> = serde_json::from_slice(&bytes(name)).expect("the gold is JSON");
    let squeezed = |cell: Shape| (cell.0, cell.1, cell.2, cell.3, squeeze(&cell.4));
    tables.into_iter().map(|table| table.into_iter().map(squeezed).collect()).collect()
}

fn shapes(table: &Table) -> Vec<Shape> {
    let shape = |cell: &document::Cell| (cell.row, cell.column, cell.row_span, cell.column_span, squeeze(&cell.text));
    table.cells.iter().map(shape).collect()
}

fn assert_reads_as(name: &str, format: Format, gold_name: &str) {
    let document = document(name);
    assert_eq!(document.source.format, format, "{name}");
    let gold = gold(gold_name);
    assert_eq!(document.tables().count(), gold.len(), "tables of {name}");
    for (number, (table, gold)) in document.tables().zip(gold).enumerate() {
        assert_eq!(table.number, number + 1, "{name}");
        assert_eq!(shapes(table), gold, "table {} of {name}", number + 1);
    }
}

#[test]
fn text_documents_and_pages_yield_every_cell_with_its_span() {
    assert_reads_as("overall.docx", Format::Docx, "overall.gold.json");
    assert_reads_as("overall.doc", Format::Doc, "overall.gold.json");
    assert_reads_as("overall.odt", Format::Odt, "overall.gold.json");
    assert_reads_as("overall.gbk.html", Format::Html, "overall.gold.json");
}

#[test]
fn workbooks_yield_every_cell_as_the_sheet_shows_it() {
    assert_reads_as("forms.xlsx", Format::Xlsx, "forms.gold.json");
    assert_reads_as("forms.xls", Format::Xls, "forms.gold.json");
    assert_reads_as("forms.ods", Format::Ods, "forms.gold.json");
    assert_reads_as("one-sheet.xlsx", Format::Xlsx, "forms.gold.json");
}

#[test]
fn oddities_of_word_documents_are_read_as_the_page_shows_them() {
    assert_reads_as("quirks.docx", Format::Docx, "quirks.gold.json");
    let paragraphs: Vec<String> = document("quirks.docx")
        .blocks
        .into_iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text),
            Block::Table(_) => None,
        })
        .collect();
    assert_eq!(paragraphs, ["项目支出绩效自评表", "附件3：项目支出绩效自评表（文本框）"]);
}

#[test]
fn a_place_on_a_sheet_names_its_own_row_and_column() {
    let document = document("one-sheet.xlsx");
    let second = document.tables().nth(1).expect("there are twelve tables");
    let first_cell = second.cells.first().expect("the table has cells");
    let before = document.tables().next().map_or(0, |table| table.rows);
    assert!(second.first_row > before, "the second form begins below the first, not in row 1 again");
    let place = second.place(first_cell);
    assert_eq!(place.row, Some(second.first_row));
    assert_eq!(
        place.to_string(),
        format!("工作表“{}”第{}行A列", place.sheet.as_deref().unwrap_or(""), second.first_row)
    );
}

#[test]
fn the_name_of_a_file_does_not_decide_its_format() {
    for (name, format) in
        [("overall.docx", Format::Docx), ("overall.doc", Format::Doc), ("overall.gbk.html", Format::Html)]
    {
        let document = document::read_bytes("部门绩效.xls", &bytes(name)).expect("the content decides");
        assert_eq!(document.source.format, format);
        assert_eq!(document.source.file, "部门绩效.xls");
    }
}

#[test]
fn the_source_carries_the_hash_of_the_bytes() {
    let document = document::read_bytes("说明.txt", "绩效".as_bytes()).expect("it is a text");
    assert_eq!(document.source.sha256, "f2baa1e47b631edf13c3f965197ac6efe0dc91fb96b543f3f9cb76113160c83f");
}

#[test]
fn texts_tables_and_forms_typed_by_hand_are_told_apart() {
    let cases = [
        ("项目支出绩效自评表\n项目名称\t甲\n三级指标\t指标值\n", Format::Text),
        ("| 三级指标 | 指标值 |\n|---|---|\n| 数量 | ≥3个 |\n", Format::Text),
        ("项目名称,甲\n三级指标,指标值\n数量,≥3个\n", Format::Csv),
        ("kind: project-self-evaluation\nyear: 2024\nindicators:\n  - name: 数量\n", Format::Yaml),
        ("{\"schema\":\"jixiao.extract/1\",\"forms\":[]}", Format::Json),
        ("<table><tr><td>项目名称</td><td>甲</td></tr></table>", Format::Html),
    ];
    for (text, format) in cases {
        let document = document::read_bytes("来稿", text.as_bytes()).expect("it can be read");
        assert_eq!(document.source.format, format, "{text}");
    }
}

#[test]
fn the_text_of_a_form_typed_by_hand_stays_available() {
    let text = "kind: project-self-evaluation\n\nindicators:\n  - name: 数量\n";
    let document = document::read_bytes("表.yaml", text.as_bytes()).expect("it can be read");
    assert_eq!(document.text(), text);
}

#[test]
fn merged_cells_of_pages_push_their_neighbours_aside() {
    let page = "<table><tr><td rowspan=2>一级<td colspan=2>二级</tr><tr><td>甲</td><td>乙&nbsp;丙</td></tr>\
                <tr style='display: none'><td>隐藏</td></tr></table>";
    let document = document::read_bytes("页.html", page.as_bytes()).expect("it can be read");
    let table = document.tables().next().expect("there is a table");
    let expected = [(0, 0, 2, 1, "一级"), (0, 1, 1, 2, "二级"), (1, 1, 1, 1, "甲"), (1, 2, 1, 1, "乙丙")];
    assert_eq!(
        shapes(table),
        expected.map(|(row, column, rows, columns, text)| (row, column, rows, columns, text.to_owned()))
    );
}

#[test]
fn hidden_rows_and_columns_are_not_read_and_do_not_cut_the_table() {
    let cell = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |number: usize, hidden: &str, name: &str| {
        let (a, b, c) = (format!("A{number}"), format!("B{number}"), format!("C{number}"));
        let cells = cell(&a, name) + &cell(&b, "内部") + &cell(&c, "10");
        format!("<row r=\"{number}\"{hidden}>{cells}</row>")
    };
    let sheet = format!(
        "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>{}{}{}</sheetData>",
        row(1, "", "甲"),
        row(2, " hidden=\"1\"", "乙"),
        row(3, "", "丙")
    );
    let document = document::read_bytes("表.xlsx", &archive::xlsx(&sheet)).expect("it can be read");
    let tables: Vec<Vec<&str>> = document
        .tables()
        .map(|table| table.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect())
        .collect();
    assert_eq!(tables, [["甲", "10", "丙", "10"]]);

    let sheet = "<table:table table:name=\"表\"><table:table-column/><table:table-row table:visibility=\"collapse\">\
                 <table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row><table:table-row>\
                 <table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row></table:table>";
    let document = document::read_bytes("表.ods", &archive::ods(sheet)).expect("it can be read");
    let table = document.tables().next().expect("there is a table");
    assert_eq!(shapes(table), [(0, 0, 1, 1, "乙".to_owned())]);
    assert_eq!(table.first_row, 2);
}

#[test]
fn a_form_with_a_table_inside_keeps_its_own_rows() {
    let page = "<table><tr><td>项目名称</td><td>甲</td></tr><tr><td>主管部门</td><td>某局</td></tr>\
                <tr><td>全年预算</td><td>10</td></tr>\
                <tr><td colspan=2><table><tr><td>三级指标</td><td>分值</td></tr></table></td></tr></table>";
    let document = document::read_bytes("页.html", page.as_bytes()).expect("it can be read");
    let sizes: Vec<(usize, usize)> = document.tables().map(|table| (table.rows, table.columns)).collect();
    assert_eq!(sizes, [(4, 2), (1, 2)]);
}
