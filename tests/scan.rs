//! Scans: what is said without a model, and hostile pictures.
#![cfg(feature = "ocr")]

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
