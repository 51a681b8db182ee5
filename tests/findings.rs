//! Every check on small forms: for each code one form that fires and one that does not, with all findings as expected.
//!
//! `JIXIAO_BLESS=1 cargo test --test findings` rewrites the expected half of the fixtures; read the difference before
//! committing it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jixiao::audit::{self, Finding};
use jixiao::case::{Case, FormCase};
use jixiao::document::{Block, Document, Format, Layout, Paragraph, Place, Source, Table, Unread};
use jixiao::form::{Field, MendNote, contract};
use jixiao::{indicator, ruleset, score};

/// Small forms, two for each code.
const CODES: &str = "tests/fixtures/findings";

/// Whole forms as different places print them: what a reviewer would say of them, and nothing else.
const PLACES: &str = "tests/fixtures/forms";

#[test]
fn every_fixture_gives_exactly_its_findings() {
    gives_exactly_its_findings(CODES);
}

#[test]
fn forms_of_different_places_give_what_a_reviewer_would_say() {
    gives_exactly_its_findings(PLACES);
}

fn gives_exactly_its_findings(folder: &str) {
    let bless = std::env::var_os("JIXIAO_BLESS").is_some();
    let mut wrong = String::new();
    for path in fixtures(folder) {
        let fixture = Fixture::read(&path);
        let found = fixture.findings();
        if bless {
            std::fs::write(&path, fixture.with(&found)).unwrap();
        } else if found != fixture.expected {
            let _ = writeln!(wrong, "{}\n预期：\n{}\n实际：\n{found}", path.display(), fixture.expected);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_fires_in_its_own_fixture_and_not_in_the_silent_one() {
    for path in fixtures(CODES) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (code, kind) = name.split_once('-').unwrap();
        let fires = Fixture::read(&path).expected.lines().any(|line| line.starts_with(code));
        assert_eq!(fires, kind.starts_with("fires"), "{name}");
    }
}

#[test]
fn the_order_of_findings_does_not_depend_on_chance() {
    for path in fixtures(CODES) {
        let fixture = Fixture::read(&path);
        assert_eq!(fixture.findings(), fixture.findings(), "{}", path.display());
    }
}

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A fixture: sections that begin with `=== name`, the last of which holds the expected findings.
#[derive(Default)]
struct Fixture {
    /// What the fixture is about, in the lines before the first section.
    heading: String,
    sections: Vec<(String, String)>,
    expected: String,
}

impl Fixture {
    fn read(path: &Path) -> Fixture {
        let text = std::fs::read_to_string(path).unwrap();
        let mut fixture = Fixture::default();
        for line in text.lines() {
            match (line.strip_prefix("=== "), fixture.sections.last_mut()) {
                (Some(name), _) => fixture.sections.push((name.to_owned(), String::new())),
                (None, Some((_, body))) => *body += &format!("{line}\n"),
                (None, None) => fixture.heading += &format!("{line}\n"),
            }
        }
        let last = fixture.sections.pop().filter(|(name, _)| name == "意见");
        fixture.expected = last.unwrap_or_else(|| panic!("{} 没有“意见”一节", path.display())).1;
        fixture
    }

    fn with(&self, findings: &str) -> String {
        let sections: String = self.sections.iter().map(|(name, body)| format!("=== {name}\n{body}")).collect();
        format!("{}{sections}=== 意见\n{findings}", self.heading)
    }

    fn section(&self, name: &str) -> Option<&str> {
        self.sections.iter().find(|(known, _)| known == name).map(|(_, body)| body.as_str())
    }

    fn findings(&self) -> String {
        if let Some(rules) = self.section("规则文件") {
            return match ruleset::parse("本地.yaml", rules, None) {
                Ok(_) => String::new(),
                Err(error) => {
                    error.problems.iter().map(|problem| format!("{} {problem}\n", problem.code.number())).collect()
                }
            };
        }
        let findings = match (self.section("批复表"), self.section("表")) {
            (Some(earlier), Some(later)) => audit::compare(&self.case(earlier), &self.case(later)),
            (None, Some(forms)) if self.section("上年文件").is_some() => {
                let before = self.section("上年文件").unwrap_or_default();
                audit::across(&[self.case(before), self.case(forms)]).pop().unwrap_or_default()
            }
            (None, Some(forms)) => audit::audit(&self.case(forms)),
            _ => panic!("没有“表”一节"),
        };
        findings.iter().map(show).collect()
    }

    /// The budget tables of the document: the title in the first line, then rows with cells between strokes.
    fn budget_tables(&self) -> Vec<Block> {
        let sections = self.sections.iter().filter(|(name, _)| name.starts_with("预算表")).enumerate();
        sections
            .flat_map(|(number, (_, body))| {
                let (title, rows) = body.split_once('\n').unwrap_or((body, ""));
                let rows: Vec<Vec<String>> =
                    rows.lines().map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
                let title = Paragraph { text: title.to_owned(), place: Place::line(1000 + number) };
                [Block::Paragraph(title), Block::Table(Table::from_rows(number + 1, Layout::Grid, rows))]
            })
            .collect()
    }

    /// Pages that were left out, one a line: the number and the reason.
    fn unread(&self) -> Vec<Unread> {
        let lines = self.section("未读页").unwrap_or_default().lines();
        let left = |line: &str| {
            let (page, why) = line.split_once(' ')?;
            Some(Unread { place: Place { page: page.parse().ok(), ..Place::default() }, why: why.to_owned() })
        };
        lines.filter_map(left).collect()
    }

    fn case(&self, forms: &str) -> Case {
        let id = self.section("规则").map_or("xinjiang-2024", str::trim);
        let rules = ruleset::builtin::find(id).unwrap_or_else(|| panic!("没有规则集 {id}"));
        let forms = contract::read_forms(forms).unwrap_or_else(|error| panic!("{error}"));
        let cases = forms.into_iter().map(|form| {
            let indicators = indicator::interpret(&form);
            let card = score::score(&indicators, form.kind, &rules);
            FormCase { form, indicators, card, rules: Arc::clone(&rules), chosen_because: String::new() }
        });
        let source = Source { file: "表.yaml".to_owned(), sha256: String::new(), format: Format::Yaml };
        let lines = self.section("正文").unwrap_or_default().lines().enumerate();
        let blocks =
            lines.map(|(at, text)| Block::Paragraph(Paragraph { text: text.to_owned(), place: Place::line(at + 1) }));
        let blocks = blocks.chain(self.budget_tables()).collect();
        let document = Document { source: source.clone(), blocks, unread: self.unread() };
        let unplaced =
            self.section("零散文字").unwrap_or_default().lines().map(|text| Field::new(text, Place::default()));
        let note = |(at, why): (usize, &str)| MendNote { place: Place::line(at + 1), why: why.to_owned() };
        let notes = self.section("修复说明").unwrap_or_default().lines().enumerate().map(note);
        Case {
            source,
            document: Arc::new(document),
            forms: cases.collect(),
            unplaced: unplaced.collect(),
            notes: notes.collect(),
        }
    }
}

/// A finding as the fixtures show it.
fn show(finding: &Finding) -> String {
    let number = |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
    let mut text = format!(
        "{} {} 表{}行{} {}\n  {}\n",
        finding.code.number(),
        finding.severity.key(),
        number(finding.form),
        number(finding.row),
        finding.field.unwrap_or("-"),
        finding.message
    );
    let lines = [
        ("填报", finding.published.as_deref().filter(|text| !text.is_empty())),
        ("应为", finding.computed.as_deref()),
        ("原因", finding.cause),
        ("依据", finding.clause.as_deref()),
        ("建议", finding.suggestion.as_deref()),
    ];
    for (name, line) in lines {
        if let Some(line) = line {
            let _ = writeln!(text, "  {name}：{line}");
        }
    }
    for line in &finding.evidence {
        let _ = writeln!(text, "  · {line}");
    }
    text
}
