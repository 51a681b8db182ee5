//! Every format reads back to the same forms.

use jixiao::document::{Format, Source, read_bytes};
use jixiao::form::contract::{Extract, read_forms};
use jixiao::form::{Form, find, mend};
use jixiao::template::Draft;
use jixiao::template::Look;
use jixiao::vocabulary::Vocabulary;

use super::{CHANGJI, KASHI, drafted, forms, rules};

fn source() -> Source {
    Source { file: "本年.docx".into(), sha256: "00".into(), format: Format::Docx }
}

/// The contract of forms without places and repairs.
fn contract(forms: &[Form]) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                ["place", "repaired", "repairs"].iter().for_each(|key| drop(map.remove(*key)));
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(Extract::new(&source(), forms, &[])).unwrap();
    strip(&mut value["forms"]);
    value["forms"].take()
}

/// Asserts form by form, so that a failure shows the first that differs.
fn assert_same(back: &[Form], wanted: &[Form]) {
    assert_eq!(back.len(), wanted.len());
    for (form, wanted) in back.iter().zip(wanted) {
        let (form, wanted) = (contract(std::slice::from_ref(form)), contract(std::slice::from_ref(wanted)));
        for (key, value) in wanted[0].as_object().unwrap() {
            assert_eq!(form[0][key], *value, "{key}");
        }
    }
}

fn read_back(name: &str, bytes: &[u8]) -> Vec<Form> {
    let document = read_bytes(name, bytes).unwrap();
    find(&mend(&document, Vocabulary::builtin()).document, Vocabulary::builtin()).forms
}

fn drafts() -> Vec<Draft> {
    [CHANGJI, KASHI].map(|yaml| drafted(&forms(yaml), 2025)).into()
}

#[test]
fn workbook_reads_back_to_the_same_forms() {
    for draft in drafts() {
        let mut bytes = Vec::new();
        draft.write_xlsx(&rules(), Look::Marked, &mut bytes).unwrap();
        assert_same(&read_back("draft.xlsx", &bytes), &draft.to_forms());
    }
}

#[test]
fn document_reads_back_to_the_same_forms() {
    for draft in drafts() {
        let mut bytes = Vec::new();
        draft.write_docx(&rules(), Look::Marked, &mut bytes).unwrap();
        assert_same(&read_back("draft.docx", &bytes), &draft.to_forms());
    }
}

#[test]
fn yaml_and_json_read_back_and_carry_every_reason() {
    for draft in drafts() {
        let (mut yaml, mut json) = (Vec::new(), Vec::new());
        draft.write_yaml(&source(), &mut yaml).unwrap();
        draft.write_json(&source(), &mut json).unwrap();
        let (yaml, json) = (String::from_utf8(yaml).unwrap(), String::from_utf8(json).unwrap());
        for text in [&yaml, &json] {
            assert_same(&read_forms(text).unwrap(), &draft.to_forms());
        }
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["schema"], "jixiao.extract/1");
        let cells = value["draft"]["forms"][0]["cells"].as_array().unwrap();
        assert!(cells.iter().all(|cell| !cell["reasons"].as_array().unwrap().is_empty()));
    }
}

#[test]
fn same_draft_gives_the_same_bytes() {
    let draft = drafted(&forms(KASHI), 2025);
    let written = || {
        let (mut xlsx, mut docx) = (Vec::new(), Vec::new());
        draft.write_xlsx(&rules(), Look::Marked, &mut xlsx).unwrap();
        draft.write_docx(&rules(), Look::Marked, &mut docx).unwrap();
        (xlsx, docx)
    };
    assert!(written() == written());
}

#[test]
fn texts_never_become_formulas_or_markup() {
    let yaml = "forms:\n  - kind: project-self-evaluation\n    year: 2024\n    unit: '=1+1'\n    project: '<w:p>&\"'\n    indicators:\n      - {level1: 产出指标, level2: 质量指标, name: '=HYPERLINK(1)', weight: '10', target: =100%, actual: =100%}\n";
    let draft = drafted(&forms(yaml), 2025);
    let (mut xlsx, mut docx) = (Vec::new(), Vec::new());
    draft.write_xlsx(&rules(), Look::Marked, &mut xlsx).unwrap();
    draft.write_docx(&rules(), Look::Marked, &mut docx).unwrap();
    for (name, bytes) in [("a.xlsx", xlsx), ("a.docx", docx)] {
        assert_same(&read_back(name, &bytes), &draft.to_forms());
    }
}
