//! Files that are broken, locked, something else, or made to do harm.

use std::time::{Duration, Instant};

use jixiao::document::{ReadError, read_bytes};

use crate::archive::{archive, compound, docx, ods, xlsx};
use crate::{bytes, shapes};

/// The message for a file that cannot be read.
fn message(name: &str, content: &[u8]) -> String {
    match read_bytes(name, content) {
        Ok(document) => panic!("{name} was read: {} blocks", document.blocks.len()),
        Err(error) => {
            assert!(!matches!(error.reason(), ReadError::Crashed | ReadError::TooSlow { .. }), "{error}");
            error.to_string()
        }
    }
}

fn assert_says(name: &str, content: &[u8], parts: &[&str]) {
    let message = message(name, content);
    assert!(message.contains(name), "{message} names no file");
    for part in parts {
        assert!(message.contains(part), "“{message}” lacks “{part}”");
    }
}

/// The first half of a file.
fn half(content: &[u8]) -> &[u8] {
    &content[..content.len() / 2]
}

#[test]
fn a_file_that_is_no_document_is_called_what_it_is() {
    assert_says("空.docx", b"", &["空"]);
    assert_says("空白.txt", b" \n\t ", &["空"]);
    assert_says("图.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["图片", "不完整"]);
    assert_says("包.docx", &archive(&[("a.txt", b"a"), ("b.txt", b"b")]), &["含2个文件的 ZIP 压缩包"]);
    assert_says("码.txt", &(0..=255u8).cycle().take(4000).collect::<Vec<_>>(), &["二进制"]);
}

#[test]
fn a_format_that_is_not_read_comes_with_a_way_out() {
    assert_says("表.doc", b"{\\rtf1\\ansi}", &["RTF", ".docx"]);
    assert_says("页.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", &[".mht", ".docx"]);
    assert_says("表.ofd", &archive(&[("OFD.xml", b"<ofd/>")]), &["OFD", "PDF"]);
    assert_says("旧.xls", &compound(&[("Book", b"\x09\x08")]), &["Excel 95", ".xlsx"]);
    let mut old_word = vec![0u8; 4096];
    old_word[..2].copy_from_slice(&[0xdc, 0xa5]);
    assert_says("旧.doc", &compound(&[("WordDocument", &old_word)]), &["Word 6/95", ".docx"]);
    let spreadsheet = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table/></Worksheet></Workbook>";
    assert_says("表.xls", spreadsheet.as_bytes(), &["XML 表格 2003", ".xlsx"]);
}

#[test]
fn a_locked_file_asks_for_the_password_to_be_removed() {
    let locked = compound(&[("EncryptionInfo", b"i"), ("EncryptedPackage", b"p")]);
    assert_says("密.xlsx", &locked, &["密码"]);
    let mut word = bytes("overall.doc");
    let start = word.windows(2).position(|pair| pair == [0xec, 0xa5]).expect("the document begins somewhere");
    word[start + 0x0b] |= 0x01;
    assert_says("密.doc", &word, &["密码"]);
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let odt = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", b"\x01\x02"),
    ]);
    assert_says("密.odt", &odt, &["密码"]);
}

#[test]
fn a_file_cut_off_says_so() {
    for name in ["overall.docx", "overall.doc", "overall.odt", "forms.xlsx", "forms.xls"] {
        assert_says(name, half(&bytes(name)), &["不完整"]);
    }
}

#[test]
fn a_zip_bomb_is_refused() {
    let bomb = archive(&[("word/document.xml", &vec![b' '; 64 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_says("弹.docx", &bomb, &["压缩炸弹", "word/document.xml"]);
    let mut sheet = b"<sheetData>".to_vec();
    sheet.resize(64 << 20, b' ');
    assert_says("弹.xlsx", &xlsx(&String::from_utf8_lossy(&sheet)), &["压缩炸弹"]);
}

#[test]
fn entities_are_never_expanded() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
                  <w:document><w:body><w:p><w:r><w:t>绩效&b;表&lt;</w:t></w:r></w:p></w:body></w:document>";
    let file = archive(&[("word/document.xml", laughs.as_bytes())]);
    let document = read_bytes("实体.docx", &file).expect("the rest can be read");
    assert_eq!(document.text(), "绩效表<\n");
}

#[test]
fn a_cell_at_the_far_corner_does_not_make_a_giant_table() {
    let cell = |place: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>甲</t></is></c>");
    let far = format!("<sheetData><row r=\"1\">{}{}</row></sheetData>", cell("A1"), cell("XFD1"));
    assert_says("宽.xlsx", &xlsx(&far), &["表格列数", "16384"]);
    let deep = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        cell("A1"),
        cell("A1048576")
    );
    let document = read_bytes("长.xlsx", &xlsx(&deep)).expect("blank rows part the blocks");
    let rows: Vec<usize> = document.tables().map(|table| table.first_row).collect();
    assert_eq!(rows, [1, 1_048_576]);
}

#[test]
fn a_merge_of_whole_rows_ends_where_the_content_ends() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>自评表</t></is></c></row>\
                 <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"C2\"><v>2.5</v></c></row></sheetData>\
                 <mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1\"/></mergeCells>";
    let document = read_bytes("题.xlsx", &xlsx(sheet)).expect("it can be read");
    let table = document.tables().next().expect("there is a table");
    let shape = |row, column, span, text: &str| (row, column, 1, span, text.to_owned());
    let expected = [shape(0, 0, 3, "自评表"), shape(1, 0, 1, "1"), shape(1, 1, 1, ""), shape(1, 2, 1, "2.5")];
    assert_eq!(shapes(table), expected);
}

#[test]
fn spans_without_measure_are_refused() {
    let wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"99999999\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";
    assert_says("宽.docx", &docx(wide), &["表格列数", "99999999", "2048"]);
    let row = "<tr>".to_owned() + &"<td colspan=1000 rowspan=65000>甲</td>".repeat(5) + "</tr>";
    assert_says("宽.html", format!("<table>{row}</table>").as_bytes(), &["表格列数"]);
    let rows = "<tr><td colspan=1000>甲</td></tr>".repeat(3000);
    assert_says("多.html", format!("<table>{rows}</table>").as_bytes(), &["单元格数"]);
    let repeated = "<table:table><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
                    table:number-columns-repeated=\"16384\"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>";
    assert_says("多.ods", &ods(repeated), &["单元格数"]);
}

#[test]
fn elements_nested_without_end_are_refused() {
    let deep = "<w:sdt><w:sdtContent>".repeat(50_000);
    assert_says("深.docx", &docx(&deep), &["嵌套层数"]);
    let tables = "<w:tbl><w:tr><w:tc>".repeat(20_000);
    assert_says("深表.docx", &docx(&tables), &["嵌套层数"]);
    let page = "<div>".repeat(200_000) + "绩效";
    assert_says("深.html", page.as_bytes(), &["嵌套层数"]);
}

#[test]
fn damaged_bytes_give_an_error_or_a_document_but_never_a_crash() {
    let names = ["quirks.docx", "overall.doc", "overall.gbk.html", "forms.xls", "overall.odt", "one-sheet.xlsx"];
    let started = Instant::now();
    for name in names {
        let content = bytes(name);
        for seed in 0..40 {
            if started.elapsed() > Duration::from_secs(60) {
                return;
            }
            assert_survives(name, &damaged(&content, seed));
        }
    }
}

#[test]
fn damaged_xml_gives_an_error_or_a_document_but_never_a_crash() {
    let file = bytes("quirks.docx");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file.as_slice())).expect("the fixture is an archive");
    let mut part = Vec::new();
    std::io::copy(&mut zip.by_name("word/document.xml").expect("it has a body"), &mut part).expect("it unpacks");
    for seed in 0..300 {
        assert_survives("quirks.docx", &archive(&[("word/document.xml", &damaged(&part, seed))]));
    }
}

fn assert_survives(name: &str, content: &[u8]) {
    if let Err(error) = read_bytes(name, content) {
        assert!(!matches!(error.reason(), ReadError::Crashed | ReadError::TooSlow { .. }), "{name}: {error}");
    }
}

/// A copy with a few bytes changed, moved or cut, the same for the same seed.
fn damaged(content: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut copy = content.to_vec();
    for _ in 0..1 + random(30) {
        let position = random(copy.len());
        copy[position] = random(256) as u8;
    }
    if random(4) == 0 {
        copy.truncate(random(copy.len()));
    }
    copy
}
