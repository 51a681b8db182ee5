//! Scans: what is said without a model, and hostile pictures.
#![cfg(feature = "ocr")]

#[path = "pdf/objects.rs"]
mod objects;

use std::io::Cursor;

use assert_cmd::Command;
use image::{ImageFormat, RgbImage};
use jixiao::document::read_bytes;

fn says(bytes: &[u8]) -> String {
    read_bytes("图", bytes).unwrap_err().to_string()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let blank = RgbImage::from_pixel(width, height, image::Rgb([255; 3]));
    blank.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn a_huge_picture_is_refused_by_its_header() {
    // The header of a bitmap alone: 30,000 by 30,000 pixels.
    let mut bitmap = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bitmap.extend(30_000_i32.to_le_bytes());
    bitmap.extend(30_000_i32.to_le_bytes());
    bitmap.extend([1, 0, 24, 0]);
    bitmap.extend([0; 24]);
    let message = says(&bitmap);
    assert!(message.contains("30000×30000"), "{message}");
}

#[test]
fn without_a_model_the_two_lines_that_get_it_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("页.png");
    std::fs::write(&file, png(200, 100)).unwrap();
    let output = Command::cargo_bin("jixiao")
        .unwrap()
        .env("JIXIAO_MODELS", folder.path().join("none"))
        .args(["extract"])
        .arg(&file)
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("pip download --no-deps rapidocr==3.10.0"), "{message}");
    assert!(message.contains("jixiao models add"), "{message}");
}

#[test]
fn a_file_that_is_no_model_is_not_added() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.onnx");
    std::fs::write(&file, "no weights").unwrap();
    let output = Command::cargo_bin("jixiao")
        .unwrap()
        .env("JIXIAO_MODELS", folder.path())
        .args(["models", "add"])
        .arg(&file)
        .output()
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("SHA-256"), "{message}");
}

/// The recogniser of the user's folder; where it is not installed, the test says so and sees nothing.
fn has_model() -> bool {
    let output = Command::cargo_bin("jixiao").unwrap().args(["models", "list"]).output().unwrap();
    let installed = !String::from_utf8_lossy(&output.stdout).contains("未安装");
    assert!(installed || std::env::var_os("JIXIAO_MODELS").is_none(), "JIXIAO_MODELS names a folder without the model");
    if !installed {
        println!("skipped: the model is not installed (jixiao models list)");
    }
    installed
}

/// Level 1, level 2, name, target, previous and weight of the rows of a scanned target table, as a person reads them.
const ROWS: [[&str; 6]; 8] = [
    ["产出指标", "数量指标", "补助全区1-6级伤残人民警察人数", ">=1人", "1人", "10"],
    ["产出指标", "质量指标", "医疗费补助覆盖率", "=100%", "100%", "5"],
    ["产出指标", "质量指标", "资金支付合规率", "=100%", "100%", "5"],
    ["产出指标", "时效指标", "资金拨付及时率", "=100%", "100%", "10"],
    ["产出指标", "时效指标", "项目完成时间", "=2024年12月25日前", "新增", "10"],
    ["成本指标", "经济成本指标", "月人均医疗费补助标准", "<=2083.33元/人", "新增", "20"],
    ["效益指标", "社会效益指标", "提升1-6级伤残人民警察幸福感", "提升", "提升", "20"],
    ["满意度指标", "满意度指标", "1-6级伤残人民警察满意度", "=100%", "100%", "10"],
];

#[test]
fn a_scanned_form_is_read_cell_for_cell() {
    if !has_model() {
        return;
    }
    let file = "tests/fixtures/scan/target-form-200dpi.jpg";
    let run = || {
        let output =
            Command::cargo_bin("jixiao").unwrap().args(["extract", file, "--format", "json"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let first = run();
    assert_eq!(first, run(), "the same picture gives the same answer");
    let extract: serde_json::Value = serde_json::from_slice(&first).unwrap();
    let rows = extract["forms"][0]["indicators"].as_array().unwrap();
    let columns = ["level1", "level2", "name", "target", "previous", "weight"];
    let read: Vec<Vec<&str>> =
        rows.iter().map(|row| columns.iter().map(|column| row[column].as_str().unwrap_or("")).collect()).collect();
    assert_eq!(read, ROWS.map(|row| row.to_vec()).to_vec());
}

#[test]
fn a_jpeg_that_was_cut_off_is_told_as_damaged() {
    let whole = std::fs::read("tests/fixtures/scan/target-form-200dpi.jpg").unwrap();
    for part in [whole.len() / 3, whole.len() * 9 / 10] {
        let message = says(&whole[..part]);
        assert!(message.contains("只收到一部分"), "{message}");
    }
}

/// A TIFF of pages that are each a grey picture without compression.
fn tiff(pages: &[image::GrayImage]) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for page in pages {
        let data = bytes.len() as u32;
        bytes.extend(page.as_raw());
        let directory = bytes.len() as u32;
        bytes[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let (width, height) = page.dimensions();
        let entries = [
            (256, width),
            (257, height),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, data),
            (278, height),
            (279, width * height),
        ];
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            bytes.extend((tag as u16).to_le_bytes());
            bytes.extend([4, 0]);
            bytes.extend(1_u32.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        link = bytes.len();
        bytes.extend([0; 4]);
    }
    bytes
}

#[test]
fn every_page_of_a_tiff_is_read() {
    if !has_model() {
        return;
    }
    let form = image::open("tests/fixtures/scan/target-form-200dpi.jpg").unwrap().into_luma8();
    let blank = image::GrayImage::from_pixel(600, 800, image::Luma([255]));
    let document = read_bytes("两页.tif", &tiff(&[blank, form])).unwrap();
    let table = document.tables().next().unwrap();
    assert!(table.cells.iter().any(|cell| cell.text.replace('\n', "") == "医疗费补助覆盖率"));
    assert!(table.cells.iter().all(|cell| cell.page == Some(2)));
}

/// A PDF whose first page has text and whose second is a picture.
fn text_beside_a_scan() -> Vec<u8> {
    let text = "BT /F 12 Tf 20 50 Td (A page of text stands before the scanned one.) Tj ET";
    let picture = "q 200 0 0 100 0 0 cm /P Do Q";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 5 0 R /Resources << /Font << /F 7 0 R >> >> >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 6 0 R /Resources << /XObject << /P 8 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        format!("<< /Length {} >>\nstream\n{picture}\nendstream", picture.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream".to_owned(),
    ];
    objects::build(&objects)
}

#[test]
fn a_scanned_page_beside_text_is_told_where_no_model_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("决算.pdf");
    std::fs::write(&file, text_beside_a_scan()).unwrap();
    let output = Command::cargo_bin("jixiao")
        .unwrap()
        .env("JIXIAO_MODELS", folder.path().join("none"))
        .arg("audit")
        .arg(&file)
        .args(["--format", "json"])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(report.contains("JX010") && report.contains("第2页是扫描件"), "{report}");
}
