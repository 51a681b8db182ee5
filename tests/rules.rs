//! Rule files: the built-in sets hold, and broken files say what is wrong and how to mend it.

mod published;

use jixiao::ruleset::{self, Evidence, Provenance, Selection, builtin};

#[path = "rules/inferred.rs"]
mod inferred;

#[test]
fn every_built_in_rule_set_is_valid_and_reproduces_its_examples() {
    for result in builtin::read_all() {
        match result {
            Ok(set) => assert!(!set.examples.is_empty(), "{} 没有算例", set.id),
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn built_in_sets_have_the_id_of_their_file() {
    let ids: Vec<&str> = builtin::ids().collect();
    let read: Vec<String> = builtin::sets().iter().map(|set| set.id.clone()).collect();
    assert_eq!(ids, read);
    assert!(ruleset::builtin::find("xinjiang-2024").is_some());
}

/// Every broken file with the whole message beside it; `JIXIAO_UPDATE_MESSAGES=1` writes the messages anew for review.
#[test]
fn broken_files_say_line_expectation_and_remedy() {
    let folder = std::path::Path::new("tests/fixtures/rules/broken");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    assert!(files.len() >= 38, "{}", files.len());
    for file in files {
        let message = match ruleset::read_file(&file) {
            Ok(_) => panic!("{} 应当报错", file.display()),
            Err(error) => error.to_string() + "\n",
        };
        let expected = file.with_extension("txt");
        if std::env::var_os("JIXIAO_UPDATE_MESSAGES").is_some() {
            std::fs::write(&expected, &message).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&expected).unwrap_or_default(), message, "{}", file.display());
    }
}

#[test]
fn a_huge_rule_file_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.yaml");
    std::fs::write(&path, "# 注释\n".repeat(60_000)).unwrap();
    let message = ruleset::read_file(&path).unwrap_err().to_string();
    assert!(message.contains("超过规则文件的上限 262144 字节"), "{message}");
    let missing = ruleset::read_file(&folder.path().join("none.yaml")).unwrap_err().to_string();
    assert!(missing.contains("找不到这个文件"), "{missing}");
}

fn evidence(names: &[&str], texts: &[&str], year: Option<i32>) -> Evidence {
    Evidence {
        rule_names: names.iter().map(|name| ((*name).to_owned(), 1)).collect(),
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        year,
    }
}

#[test]
fn the_rule_set_is_chosen_by_names_then_place_then_year() {
    let xinjiang = ["按照完成比例赋分", "直接赋分", "满意度赋分"];
    for (names, texts, year, id, because) in [
        (
            &xinjiang[..],
            &["昌吉回族自治州医疗保障局"][..],
            Some(2024),
            "xinjiang-2024",
            "表中印有赋分规则“按照完成比例赋分”等3种，“昌吉”属于新疆",
        ),
        (&xinjiang, &["某单位"], Some(2024), "xinjiang-2024", "表中印有赋分规则“按照完成比例赋分”等3种"),
        (&xinjiang, &["广东省某厅"], Some(2024), "mof-2021-101", "表中印有赋分规则“按照完成比例赋分”等3种"),
        (
            &xinjiang,
            &["昌吉州"],
            Some(2023),
            "xinjiang-2024",
            "表中印有赋分规则“按照完成比例赋分”等3种，“昌吉”属于新疆，没有适用2023年度的规则集，暂用现行的",
        ),
        (&[], &["轮台县农业农村局"], Some(2024), "xinjiang-2024", "“轮台县”属于新疆"),
        (&[], &["武汉市商务局"], Some(2021), "hubei-2020", "“武汉”属于湖北"),
        (&[], &["银川市教育局"], Some(2021), "yinchuan-2021", "“银川”属于宁夏"),
        (&[], &["固原市教育局"], Some(2021), "mof-2020-10", "没有宁夏的规则集，用全国的"),
        (&[], &["青神县水利局"], Some(2023), "sichuan-2023", "“青神县”属于四川"),
        (&[], &["江西省政协"], Some(2023), "jiangxi-platform", "文件属于江西"),
        (&[], &["江西省政协"], Some(2018), "jiangxi-2017", "文件属于江西"),
        (&[], &["河南省某厅"], Some(2022), "henan-2020", "文件属于河南"),
        (&[], &["广东省某厅"], Some(2023), "mof-2020-10", "没有广东的规则集，用全国的"),
        (&[], &["青神县水利局"], Some(2021), "sichuan-2023", "“青神县”属于四川，没有适用2021年度的规则集，暂用现行的"),
        (&[], &["某单位"], None, "mof-2020-10", "看不出地区，用全国的规则集"),
        (
            &[],
            &["某单位"],
            Some(2015),
            "mof-2020-10",
            "看不出地区，用全国的规则集，没有适用2015年度的规则集，暂用现行的",
        ),
    ] {
        let chosen = ruleset::select(&Selection::Auto, &evidence(names, texts, year)).unwrap();
        assert_eq!((chosen.rules.id.as_str(), chosen.because.as_str()), (id, because), "{texts:?}");
    }
}

#[test]
fn a_document_tells_its_place_and_its_rule_names() {
    use jixiao::document::{Block, Document, Format, Paragraph, Place, Source};
    let text = "昌吉州某局2024年度部门决算公开说明".to_owned();
    let document = Document {
        source: Source { file: "某局.docx".into(), sha256: String::new(), format: Format::Docx },
        blocks: vec![Block::Paragraph(Paragraph { text, place: Place::default() })],
        unread: Vec::new(),
    };
    let forms = published::forms();
    let named = Evidence::of(&document, &forms[2]);
    assert_eq!(named.year, Some(2024));
    assert!(named.rule_names.iter().any(|(name, _)| name == "按照完成比例赋分"), "{named:?}");
    assert_eq!(named.place().map(|found| found.province), Some("新疆"));
    let unnamed = Evidence::of(&document, &forms[0]);
    assert!(unnamed.rule_names.is_empty());
    assert_eq!(ruleset::select(&Selection::Auto, &unnamed).unwrap().rules.id, "xinjiang-2024");
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest_one() {
    let error = ruleset::select(&Selection::from_argument("xinjang-2024"), &Evidence::default()).unwrap_err();
    assert!(error.to_string().contains("是否想用“xinjiang-2024”？"), "{error}");
    assert_eq!(Selection::from_argument("auto"), Selection::Auto);
    assert_eq!(Selection::from_argument("own.yaml"), Selection::File("own.yaml".into()));
}

#[test]
fn prose_shows_every_clause_with_its_grade_and_the_curve() {
    let set = builtin::find("xinjiang-2024").unwrap();
    let prose = ruleset::prose(&set);
    for part in [
        "■ 按照完成比例赋分",
        "60%至100%（含）：由分值的0%按直线到100% 【由已公开的自评表归纳】",
        "200%及以上：得分值的0% 【推断，原文未明说】",
        "10 ┤                         •",
        "权重结构：",
        "依据待核对原文",
    ] {
        assert!(prose.contains(part), "{part}\n{prose}");
    }
    for set in builtin::sets() {
        assert!(ruleset::prose(set).contains(&set.title));
    }
}

#[test]
fn differences_name_where_two_sets_part() {
    let (left, right) = (builtin::find("mof-2020-10").unwrap(), builtin::find("platform-module").unwrap());
    let found = ruleset::differences(&left, &right, &["1.1".parse().unwrap()]);
    let parted: Vec<String> = found
        .iter()
        .filter(|difference| !difference.is_none() && difference.rule.is_none())
        .map(|difference| format!("{} {:?} {:?}", difference.kind.words(), difference.left, difference.right))
        .collect();
    assert_eq!(parted.len(), 1, "{parted:?}");
    assert!(parted[0].starts_with("≤") && parted[0].contains("9.09") && parted[0].contains("9.00"), "{parted:?}");
}

#[test]
fn a_starting_file_is_valid_for_every_built_in_set() {
    for set in builtin::sets() {
        let text = ruleset::starting_file("own", set);
        ruleset::parse("own.yaml", &text, None).unwrap_or_else(|error| panic!("{}: {error}\n{text}", set.id));
    }
}

#[test]
fn what_is_not_confirmed_says_so() {
    for set in builtin::sets() {
        let listing = ruleset::Listing::of(set);
        assert!(!listing.grades.is_empty(), "{}", set.id);
        assert!(!set.source.document.is_empty() && !set.source.statement.clause.is_empty(), "{}", set.id);
    }
    let national = builtin::find("mof-2021-101").unwrap();
    let curve = national.rule("按照完成比例赋分").unwrap();
    assert_eq!(curve.statement.provenance, Provenance::Published);
    assert!(curve.statement.clause.starts_with("财预〔2021〕101号，附件1 三（七）2"), "{}", curve.statement.clause);
}

#[test]
fn an_inherited_statement_keeps_its_own_source() {
    let xinjiang = builtin::find("xinjiang-2024").unwrap();
    let grade = &xinjiang.grades[0];
    assert!(grade.statement.clause.starts_with("财预〔2020〕10号"), "{}", grade.statement.clause);
    assert_eq!(grade.statement.provenance, Provenance::Published);
}

#[test]
fn rules_that_do_not_fit_a_row_say_why() {
    use jixiao::indicator::{Indicator, Reading, Value};
    let set = builtin::find("xinjiang-2024").unwrap();
    let row = |level: &str, target: &str| Indicator {
        name: "某指标".into(),
        level1: level.into(),
        level2: String::new(),
        weight: Reading::Absent,
        target: Value::parse(target),
        actual: None,
        previous: None,
        rate: Reading::Absent,
        score: Reading::Absent,
        rule: None,
        reason: None,
    };
    let misfit = |rule: &str, level: &str, target: &str| set.misfit(set.rule(rule).unwrap(), &row(level, target));
    assert_eq!(misfit("按照完成比例赋分", "产出指标", "≥95%"), None);
    assert_eq!(misfit("按照完成比例赋分", "满意度指标", "≥95%").unwrap(), "满意度指标不宜用规则“按照完成比例赋分”");
    assert_eq!(
        misfit("按照完成比例赋分", "效益指标", "显著提升").unwrap(),
        "规则“按照完成比例赋分”不适用于定性描述目标"
    );
    assert_eq!(misfit("按评判等级赋分", "效益指标", "≥95%").unwrap(), "规则“按评判等级赋分”不适用于≥目标");
    assert_eq!(
        misfit("按照完成比例赋分", "产出指标", "2024年12月31日前").unwrap(),
        "规则“按照完成比例赋分”不适用于时限目标"
    );
}

#[test]
fn the_example_in_the_documentation_is_a_valid_rule_file() {
    let documentation = include_str!("../docs/rules.md");
    let example = documentation.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    ruleset::parse("docs/rules.md", example, None).unwrap_or_else(|error| panic!("{error}"));
    for id in builtin::ids() {
        assert!(documentation.contains(&format!("`{id}`")), "docs/rules.md 没有 {id}");
    }
}

#[test]
fn a_file_with_thousands_of_mistakes_is_answered_quickly() {
    let mut text = String::from(
        "id: own\ntitle: 大量错误\nextends: mof-2020-10\nplace: {level: unplaced}\nsource: {document: 某文件, provenance: published}\nrules:\n",
    );
    for number in 0..3000 {
        text.push_str(&format!("  - name: 规则{number}\n    cases:\n      - for: [number]\n"));
    }
    let start = std::time::Instant::now();
    let error = ruleset::parse("own.yaml", &text, None).unwrap_err();
    assert_eq!(error.problems.len(), 100);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

mod mutations {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_rule_file_with_a_slip_never_panics(
            which in 0usize..20, at in 0usize..4000, length in 0usize..12,
            slip in prop::sample::select(vec!["", "：", "％", "\t", "  ", "-", "- ", ":", "{", "}", "[", "\"", "&a ", "*a", "999999999999999999999999999999%", "\n"])
        ) {
            let id = builtin::ids().nth(which % builtin::ids().count()).unwrap();
            let (file, text) = builtin::text(id).unwrap();
            let mut letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            let end = (at + length).min(letters.len());
            letters.splice(at..end, slip.chars());
            let broken: String = letters.into_iter().collect();
            if let Err(error) = ruleset::parse(file, &broken, None) {
                prop_assert!(!error.problems.is_empty());
                prop_assert!(error.to_string().contains("[JX90"));
            }
        }
    }
}
