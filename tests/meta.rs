//! The registry of findings: every code has its page and its fixtures, and no number changes its meaning.

use std::collections::BTreeSet;
use std::path::Path;

use jixiao::audit::Code;

const HEADINGS: [&str; 6] =
    ["## 这是什么", "## 为什么重要", "## 怎样判定", "## 怎么办", "## 会触发的例子", "## 不会触发的例子"];

#[test]
fn every_code_has_a_page_with_all_headings() {
    for code in Code::ALL {
        let page = code.page();
        let title = format!("# {} {}", code.number(), code.title());
        assert_eq!(page.lines().next(), Some(title.as_str()), "{}", code.number());
        let mut rest = page;
        for heading in HEADINGS {
            let (_, after) =
                rest.split_once(heading).unwrap_or_else(|| panic!("{} 缺“{heading}”或次序不对", code.number()));
            let body = after.split("\n## ").next().unwrap_or_default();
            assert!(body.trim().chars().count() >= 4, "{} 的“{heading}”没有内容", code.number());
            rest = after;
        }
    }
}

#[test]
fn every_code_has_a_firing_and_a_silent_fixture() {
    for code in Code::ALL {
        for kind in ["fires", "silent"] {
            let path = format!("tests/fixtures/findings/{}-{kind}.txt", code.number());
            assert!(Path::new(&path).is_file(), "{path}");
        }
    }
}

#[test]
fn every_number_is_used_once_and_found_by_its_text() {
    let numbers: BTreeSet<&str> = Code::ALL.iter().map(|code| code.number()).collect();
    assert_eq!(numbers.len(), Code::ALL.len());
    assert!(Code::ALL.iter().all(|code| Code::from_number(&code.number().to_lowercase()) == Some(*code)));
}

#[test]
fn the_list_of_codes_is_the_published_one() {
    let list: String = Code::ALL
        .iter()
        .map(|code| format!("{} {} {}\n", code.number(), code.severity().key(), code.title()))
        .collect();
    insta::assert_snapshot!("codes", list);
}
