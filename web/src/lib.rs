//! 网页引擎 (web): the engine for a page that works without a network.
//!
//! The page puts a request into memory (a line of JSON, then bytes), calls [`call`], and takes the answer (the length of its
//! JSON in four bytes, the JSON, then bytes). Fragments of HTML are made here, so that the page moves bytes and events only.

mod answer;
mod curve;
mod detail;
mod draft;
mod export;
mod listing;
mod request;
mod session;
mod sheet;
mod unpack;

use std::cell::RefCell;

use answer::Answer;
use request::Request;
use session::Session;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SESSION: RefCell<Session> = RefCell::new(Session::default());
}

/// Room for a request of so many bytes; where it begins.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(length, 0);
        input.as_mut_ptr()
    })
}

/// Answers the request that was put into memory; the length of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn call() -> usize {
    let bytes = INPUT.with_borrow_mut(std::mem::take);
    let answer = SESSION.with_borrow_mut(|session| answered(session, &bytes));
    OUTPUT.with_borrow_mut(|output| {
        *output = answer;
        output.len()
    })
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// The answer to a request, both as bytes.
fn answered(session: &mut Session, bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (head, body) = (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default());
    let answer = match serde_json::from_slice::<Request>(head) {
        Ok(request) => session.answer(request, body),
        Err(_) => Answer::error("页面和引擎的版本不一致；请重新打开页面"),
    };
    answer.bytes()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn ask(session: &mut Session, request: &Value, body: &[u8]) -> (Value, Vec<u8>) {
        let mut bytes = request.to_string().into_bytes();
        bytes.push(b'\n');
        bytes.extend(body);
        let answer = answered(session, &bytes);
        let (size, rest) = answer.split_at(4);
        let size = u32::from_le_bytes(size.try_into().unwrap()) as usize;
        (serde_json::from_slice(&rest[..size]).unwrap(), rest[size..].to_vec())
    }

    const FORM: &str = "项目,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n\
        绿化,产出指标,数量指标,面积,≥5亩,4亩,50,50\n绿化,产出指标,质量指标,成活率<5&A,≥95%,96%,40,40\n";

    #[test]
    fn a_file_is_opened_shown_edited_and_exported() {
        let mut session = Session::default();
        let (line, _) = ask(&mut session, &json!({"do": "open", "id": 1, "name": "甲.csv"}), FORM.as_bytes());
        assert_eq!((&line["forms"], &line["errors"]), (&json!(1), &json!(1)), "{line}");
        let (shown, _) = ask(&mut session, &json!({"do": "show", "id": 1, "form": 1}), b"");
        let form = shown["form"].as_str().unwrap();
        assert!(form.contains("成活率&lt;5&amp;A"), "{form}");
        let (detail, _) = ask(&mut session, &json!({"do": "detail", "id": 1, "form": 1, "row": 1}), b"");
        assert!(detail["html"].as_str().unwrap().contains("80"), "{detail}");
        let edit = json!({"do": "edit", "id": 1, "edits": [{"form": 1, "row": 1, "column": "actual", "text": "6亩"}]});
        let (line, _) = ask(&mut session, &edit, b"");
        assert_eq!(line["errors"], json!(0), "{line}");
        let (line, _) = ask(&mut session, &json!({"do": "edit", "id": 1, "edits": []}), b"");
        assert_eq!(line["errors"], json!(1), "{line}");
        let findings = shown["findings"].as_str().unwrap();
        let key = findings.split("data-key=\"").nth(1).unwrap().split('"').next().unwrap();
        let marks = json!({"1": [{"key": key, "reason": "已说明"}]});
        for format in ["json", "docx", "xlsx", "html", "csv", "slips"] {
            let export = json!({"do": "export", "ids": [1], "format": format, "marks": marks});
            let (name, file) = ask(&mut session, &export, b"");
            assert!(name.get("error").is_none() && !file.is_empty(), "{format}: {name}");
            if format == "json" {
                assert!(String::from_utf8(file).unwrap().contains("已说明"));
            }
        }
    }

    #[test]
    fn what_is_no_request_and_what_is_no_form_is_an_error_in_words() {
        let mut session = Session::default();
        for bytes in [&b""[..], b"{}", b"\xff\n", br#"{"do":"open"}"#] {
            let answer = answered(&mut session, bytes);
            assert!(String::from_utf8_lossy(&answer[4..]).contains("error"));
        }
        for request in
            [json!({"do": "show", "id": 9, "form": 1}), json!({"do": "rules", "rules": "没有这个", "text": null})]
        {
            assert!(ask(&mut session, &request, b"").0["error"].is_string(), "{request}");
        }
        let (answer, _) = ask(&mut session, &json!({"do": "open", "id": 1, "name": "空"}), b"");
        assert!(answer["error"].as_str().unwrap().contains("空"));
    }
}
