//! The user's own file, marked and filled: what is asked for changes, everything else stays byte for byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use jixiao::audit::Severity;
use jixiao::engine::{Audited, Rules, audit_bytes, extract_bytes};
use jixiao::form::{Column, Form};
use jixiao::original::mark;
use jixiao::template::Look;
use jixiao::template::fill::{fill, patch_xlsx};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn example(ending: &str) -> Vec<u8> {
    let path = format!("{}/examples/changji-2024.{ending}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        parts.insert(member.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// The names of the parts that are not the same in both.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    assert!(before.keys().all(|name| after.contains_key(name)), "a part was lost");
    after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).map(|(name, _)| name.clone()).collect()
}

fn audited(name: &str, bytes: &[u8]) -> Audited {
    audit_bytes(name, bytes, &Rules::auto()).unwrap()
}

fn forms(bytes: &[u8]) -> Vec<Form> {
    extract_bytes("file", bytes).unwrap().forms
}

/// The texts of a form, without places.
fn texts(forms: &[Form]) -> Vec<Vec<String>> {
    let row = |row: &jixiao::form::Row| row.cells().map(|(_, field)| field.squeezed()).collect::<Vec<_>>();
    forms.iter().flat_map(|form| form.rows.iter().map(row)).collect()
}

/// The places that errors and warnings name.
fn spoken_of(audited: &Audited) -> usize {
    let grave = audited.findings.iter().filter(|finding| finding.severity >= Severity::Warning);
    let mut places: Vec<String> = grave.filter_map(|finding| Some(format!("{:?}", finding.place.as_ref()?))).collect();
    places.sort();
    places.dedup();
    places.len()
}

#[test]
fn a_marked_document_differs_in_its_comments_alone_and_reads_as_before() {
    let original = example("docx");
    let audited = audited("a.docx", &original);
    let marked = mark(&original, &audited.case.document, &audited.findings).unwrap();
    assert_eq!(marked.missed, Vec::<String>::new());
    assert!(marked.cells > 40 && marked.cells <= spoken_of(&audited), "{}", marked.cells);
    let names = ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml", "word/document.xml"];
    assert_eq!(changed(&original, &marked.bytes), names);
    let comments = String::from_utf8(parts(&marked.bytes)["word/comments.xml"].clone()).unwrap();
    assert!(comments.contains("填报：5.4；应为：5.35"), "{comments}");
    let body = String::from_utf8(parts(&marked.bytes)["word/document.xml"].clone()).unwrap();
    for anchor in ["<w:commentRangeStart ", "<w:commentRangeEnd ", "<w:commentReference "] {
        assert_eq!(body.matches(anchor).count(), marked.cells, "{anchor}");
    }
    assert_eq!(texts(&forms(&marked.bytes)), texts(&forms(&original)));
    // What was taken out again is the original.
    let bare = without(without(body, "<w:commentRangeStart ", "/>"), "<w:commentRangeEnd ", "</w:r>");
    let before = String::from_utf8(parts(&original)["word/document.xml"].clone()).unwrap();
    assert_eq!(bare.len(), before.len());
}

/// A text without the pieces that begin and end so.
fn without(mut text: String, from: &str, to: &str) -> String {
    while let Some(start) = text.find(from) {
        let end = text[start..].find(to).unwrap() + start + to.len();
        text.replace_range(start..end, "");
    }
    text
}

#[test]
fn comments_that_a_document_has_stay_and_new_ones_follow() {
    let original = example("docx");
    let first = audited("a.docx", &original);
    let once = mark(&original, &first.case.document, &first.findings).unwrap();
    let second = audited("a.docx", &once.bytes);
    let twice = mark(&once.bytes, &second.case.document, &second.findings).unwrap();
    let comments = String::from_utf8(parts(&twice.bytes)["word/comments.xml"].clone()).unwrap();
    assert_eq!(comments.matches("<w:comment ").count(), 2 * once.cells);
    let mut numbers: Vec<&str> =
        comments.split("w:id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 2 * once.cells, "every comment has a number of its own");
}

#[test]
fn a_marked_workbook_carries_a_note_on_each_cell_and_reads_as_before() {
    let original = example("xlsx");
    let audited = audited("a.xlsx", &original);
    let marked = mark(&original, &audited.case.document, &audited.findings).unwrap();
    assert_eq!(marked.missed, Vec::<String>::new());
    let after = parts(&marked.bytes);
    let notes: usize = after
        .iter()
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).matches("<comment ").count())
        .sum();
    assert_eq!(notes, marked.cells);
    let touched = |name: &String| {
        name == "[Content_Types].xml"
            || ["xl/comments", "xl/drawings/", "xl/worksheets/"].iter().any(|folder| name.starts_with(folder))
    };
    assert!(changed(&original, &marked.bytes).iter().all(touched));
    assert_eq!(texts(&forms(&marked.bytes)), texts(&forms(&original)));
    // Marked again, the notes grow; no cell has two.
    let again = mark(&marked.bytes, &audited.case.document, &audited.findings).unwrap();
    assert_eq!(again.cells, marked.cells);
    let grown = String::from_utf8_lossy(&parts(&again.bytes)["xl/comments1.xml"]).into_owned();
    assert_eq!(
        grown.matches("<comment ").count(),
        String::from_utf8_lossy(&after["xl/comments1.xml"]).matches("<comment ").count()
    );
}

#[test]
fn what_is_no_office_file_is_refused_in_words() {
    let audited = audited("a.pdf", &example("pdf"));
    let error = mark(&example("pdf"), &audited.case.document, &audited.findings).unwrap_err().to_string();
    assert!(error.contains("PDF") && error.contains("另存为"), "{error}");
}

/// The workbook with the rates of the project forms taken out, one of each left to a formula.
fn half_filled() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(&example("xlsx")) {
        let mut text = bytes;
        if name.starts_with("xl/worksheets/sheet") && name != "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(text).unwrap();
            for row in 12..=18 {
                blank(&mut xml, &format!("<c r=\"H{row}\""), row == 12);
            }
            text = xml.into_bytes();
        }
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Empties a cell, keeping its style; or leaves it to a formula.
fn blank(xml: &mut String, from: &str, formula: bool) {
    let Some(start) = xml.find(from) else { return };
    let end = xml[start..].find('>').unwrap() + start;
    if xml[..end].ends_with('/') {
        return;
    }
    let close = xml[end..].find("</c>").unwrap() + end;
    let content = if formula { "<f>1+0</f>" } else { "" };
    xml.replace_range(end + 1..close, content);
    if let Some(kind) = xml[start..end].find(" t=\"") {
        let kind = start + kind;
        let length = xml[kind + 4..].find('"').unwrap() + 5;
        xml.replace_range(kind..kind + length, "");
    }
}

#[test]
fn a_workbook_is_filled_in_place_and_a_formula_is_left_to_itself() {
    let original = half_filled();
    let extracted = extract_bytes("half.xlsx", &original).unwrap();
    let rules = Rules::auto();
    let filled: Vec<_> = extracted
        .forms
        .iter()
        .map(|form| fill(form, &rules.for_form(form, &extracted.document).unwrap().rules))
        .collect();
    for look in [Look::Marked, Look::Clean] {
        let patched = patch_xlsx(&original, &extracted.document, &filled, look).unwrap();
        assert!(patched.missed.iter().all(|missed| missed.contains("公式")), "{:?}", patched.missed);
        assert!(!patched.missed.is_empty());
        let changed = changed(&original, &patched.bytes);
        assert_eq!(changed.contains(&"xl/styles.xml".to_owned()), look == Look::Marked);
        assert!(changed.iter().all(|name| name.starts_with("xl/worksheets/sheet") || name == "xl/styles.xml"));
        let (before, after) = (forms(&example("xlsx")), forms(&patched.bytes));
        let mut differing = Vec::new();
        for (before, after) in before.iter().zip(&after).flat_map(|(a, b)| a.rows.iter().zip(&b.rows)) {
            if before.text(Column::Rate) != after.text(Column::Rate) && !after.text(Column::Rate).is_empty() {
                differing.push(after.text(Column::Rate));
            }
            assert_eq!(before.text(Column::Score), after.text(Column::Score));
        }
        // The two rows whose published rate is wrong; every other rate is the published one.
        assert_eq!(differing, ["83.78%", "105.26%"]);
    }
}
