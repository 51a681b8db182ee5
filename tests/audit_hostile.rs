//! The audit on input that nobody would file: it must end, and it must not panic.

use std::sync::Arc;

use jixiao::audit::{self, Finding};
use jixiao::case::{Case, FormCase};
use jixiao::document::{Block, Document, Format, Paragraph, Place, Source};
use jixiao::form::{Column, Field, Form, FormKind, FundsLine, Goal, Row, Total};
use jixiao::{indicator, ruleset, score};

/// Texts that break assumptions, for any cell.
const TEXTS: [&str; 24] = [
    "",
    "-",
    "/",
    "0",
    "=0",
    ">=0%",
    "<=0万元",
    ">=95%",
    "100",
    "-5",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    ">=79228162514264337593543950335亿元",
    "2024年2月30日前",
    "2024年12月",
    "达到预期指标",
    "有效提升",
    "80%-90%",
    "（）",
    "。",
    "<p>",
    "**",
    "#个",
    "万",
];

const COLUMNS: [Column; 14] = [
    Column::Group,
    Column::Level1,
    Column::Level2,
    Column::Name,
    Column::Weight,
    Column::Target,
    Column::Actual,
    Column::Rate,
    Column::Score,
    Column::Basis,
    Column::Previous,
    Column::Rule,
    Column::Evidence,
    Column::Reason,
];

#[test]
fn any_text_in_any_cell_is_audited_without_panic() {
    let mut random = Random(7);
    for round in 0..300 {
        let kind =
            [FormKind::ProjectSelfEvaluation, FormKind::OverallTarget, FormKind::OverallSelfEvaluation][round % 3];
        let rows = (0..6).map(|_| row(|_| random.text())).collect();
        let mut form = form(kind, rows);
        form.funds = (0..4).map(|_| funds(|| random.text())).collect();
        form.goal = Some(Goal { expected: Some(field(random.text())), achieved: Some(field(random.text())) });
        form.total = Some(Total { weight: Some(field(random.text())), score: Some(field(random.text())) });
        let case = case(vec![form], random.text());
        audit::audit(&case);
        audit::compare(&case, &case);
    }
}

#[test]
fn many_rows_are_audited_in_passable_time() {
    let text = |column| match column {
        Column::Name => "设备巡检次数",
        Column::Weight => "1",
        Column::Target => ">=12次",
        Column::Actual => "=11次",
        Column::Score => "0.5",
        Column::Rate => "91%",
        Column::Reason => "设备检修，低于预期目标",
        _ => "",
    };
    let rows = (0..5_000).map(|_| row(text)).collect();
    let findings = audit::audit(&case(
        vec![form(FormKind::ProjectSelfEvaluation, rows)],
        "评价项目99999999999999999999999999999个",
    ));
    assert!(!findings.is_empty());
}

#[test]
fn comparing_a_document_with_itself_finds_nothing() {
    let text = |column| match column {
        Column::Name => "设备巡检次数",
        Column::Weight => "90",
        Column::Target => ">=12次",
        _ => "",
    };
    let case = case(vec![form(FormKind::ProjectTarget, vec![row(text)])], "");
    assert_eq!(audit::compare(&case, &case), Vec::<Finding>::new());
}

/// A small deterministic generator.
struct Random(u64);

impl Random {
    fn text(&mut self) -> &'static str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        TEXTS[(self.0 >> 33) as usize % TEXTS.len()]
    }
}

fn field(text: &str) -> Field {
    Field::new(text, Place::default())
}

fn row(mut text: impl FnMut(Column) -> &'static str) -> Row {
    let mut row = Row::new(Place::default());
    for column in COLUMNS {
        row.set(column, field(text(column)));
    }
    row
}

fn funds(mut text: impl FnMut() -> &'static str) -> FundsLine {
    let mut cell = || Some(field(text()));
    FundsLine {
        name: field("年度资金总额"),
        initial: cell(),
        budget: cell(),
        spent: cell(),
        weight: cell(),
        rate: cell(),
        score: cell(),
    }
}

fn form(kind: FormKind, rows: Vec<Row>) -> Form {
    Form {
        kind,
        title: None,
        year: Some(2024),
        unit: None,
        project: Some(field("设备维护")),
        leader: None,
        header: Vec::new(),
        funds: Vec::new(),
        goal: None,
        rows,
        total: None,
        unplaced: Vec::new(),
        place: Place::default(),
        columns: COLUMNS.to_vec(),
    }
}

fn case(forms: Vec<Form>, text: &str) -> Case {
    let rules = ruleset::builtin::find("xinjiang-2024").unwrap();
    let forms = forms.into_iter().map(|form| {
        let indicators = indicator::interpret(&form);
        let card = score::score(&indicators, form.kind, &rules);
        FormCase { form, indicators, card, rules: Arc::clone(&rules), chosen_because: String::new() }
    });
    let source = Source { file: "表.yaml".to_owned(), sha256: String::new(), format: Format::Yaml };
    let blocks = vec![Block::Paragraph(Paragraph { text: text.to_owned(), place: Place::line(1) })];
    let document = Document { source: source.clone(), blocks, unread: Vec::new() };
    Case { source, document: Arc::new(document), forms: forms.collect(), unplaced: Vec::new(), notes: Vec::new() }
}
