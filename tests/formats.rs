//! The same twelve forms in every format must come out the same, cell for cell; only the places differ.

use std::path::Path;

use jixiao::document::read;
use jixiao::form::contract::Extract;
use jixiao::form::{find, mend};
use jixiao::vocabulary::Vocabulary;
use serde_json::Value;

fn forms(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let document = read(&path).unwrap();
    let mended = mend(&document, Vocabulary::builtin()).document;
    let found = find(&mended, Vocabulary::builtin());
    let mut json = serde_json::to_value(Extract::new(&document.source, &found.forms, &[])).unwrap();
    drop_places(&mut json);
    json["forms"].take()
}

/// Removes what may differ between formats: places, and that a dump was mended.
fn drop_places(json: &mut Value) {
    match json {
        Value::Object(map) => {
            for key in ["place", "repaired", "repairs"] {
                map.remove(key);
            }
            map.values_mut().for_each(drop_places);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_places),
        _ => {}
    }
}

/// Every cell of the form that differs, so that a failure names it.
fn differences(expected: &Value, found: &Value, at: &str, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                differences(value, b.get(key).unwrap_or(&Value::Null), &format!("{at}.{key}"), out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                out.push(format!("{at}: {} against {}", a.len(), b.len()));
            }
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{at}[{index}]"), out);
            }
        }
        (a, b) if a != b => out.push(format!("{at}: {a} against {b}")),
        _ => {}
    }
}

#[track_caller]
fn same_as_docx(file: &str) {
    let mut out = Vec::new();
    differences(&forms("examples/changji-2024.docx"), &forms(file), "forms", &mut out);
    assert!(out.is_empty(), "{file}: {} cells differ\n{}", out.len(), out.join("\n"));
}

#[test]
fn docx_holds_twelve_forms_and_a_hundred_and_three_rows() {
    let forms = forms("examples/changji-2024.docx");
    let forms = forms.as_array().unwrap();
    let rows: usize = forms.iter().map(|form| form["indicators"].as_array().unwrap().len()).sum();
    assert_eq!((forms.len(), rows), (12, 103));
}

#[test]
fn xlsx_gives_the_same_forms() {
    same_as_docx("examples/changji-2024.xlsx");
}

#[test]
#[cfg(feature = "pdf")]
fn pdf_gives_the_same_forms() {
    same_as_docx("examples/changji-2024.pdf");
}

#[test]
fn web_page_in_gbk_gives_the_same_forms() {
    same_as_docx("examples/changji-2024.html");
}

#[test]
fn one_cell_per_line_gives_the_same_forms() {
    same_as_docx("examples/changji-2024.txt");
}

#[test]
fn xls_gives_the_same_forms() {
    same_as_docx("tests/fixtures/documents/forms.xls");
}

#[test]
fn ods_gives_the_same_forms() {
    same_as_docx("tests/fixtures/documents/forms.ods");
}

#[test]
fn twelve_forms_stacked_on_one_sheet_give_the_same_forms() {
    same_as_docx("tests/fixtures/documents/one-sheet.xlsx");
}
