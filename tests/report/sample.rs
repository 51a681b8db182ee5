//! A report made by hand: one form with an execution line given in full, a row that agrees, one that differs, one within
//! a tier and one that was not evaluated; cells that look like formulas and markup.

use jixiao::audit::{Code, Finding};
use jixiao::document::Place;
use jixiao::form::FormKind;
use jixiao::report::{DocumentReport, FormReport, Purpose, Report, Rounding, RowReport, RulesReceipt, Verdict};
use jixiao::ruleset::Provenance;
use jixiao::score::{Basis, Cause, Points};
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn exact(rounded: &str, unrounded: &str) -> Option<Points> {
    Some(Points::Exact { rounded: decimal(rounded), unrounded: decimal(unrounded) })
}

fn basis(rule: &str) -> Option<Basis> {
    Some(Basis { rule: rule.into(), clause: "自评表所列赋分规则".into(), provenance: Provenance::Form })
}

fn row(number: usize, name: &str, [weight, target, actual, rate, score]: [&str; 5]) -> RowReport {
    RowReport {
        row: number,
        level1: "产出指标".into(),
        level2: "数量指标".into(),
        name: name.into(),
        weight: weight.into(),
        target: Some(target.into()),
        actual: Some(actual.into()),
        printed_rate: Some(rate.into()),
        printed_score: Some(score.into()),
        rule: Some("按照完成比例赋分".into()),
        published: score.parse().ok(),
        rate: None,
        points: None,
        verdict: Verdict::NotEvaluated,
        steps: Vec::new(),
        why: None,
        basis: None,
    }
}

fn execution() -> RowReport {
    RowReport {
        level1: String::new(),
        level2: String::new(),
        rule: None,
        rate: Some(decimal("83.40")),
        points: exact("8.34", "8.34"),
        verdict: Verdict::Differs,
        steps: vec!["83.40 ÷ 100 = 83.40%".into(), "10 × 83.40% = 8.34".into()],
        basis: basis("预算执行率"),
        ..row(0, "预算执行率", ["10", "100.00", "83.40", "83.40%", "10.00"])
    }
}

fn rows() -> Vec<RowReport> {
    vec![
        RowReport {
            rate: Some(decimal("100.00")),
            points: exact("20.00", "20"),
            verdict: Verdict::Agrees,
            steps: vec!["100 ÷ 100 = 100.00%".into(), "20 × 100% = 20.00".into()],
            basis: basis("按照完成比例赋分"),
            ..row(1, "<script>alert(1)</script>补助发放覆盖率", ["20", "=100%", "=100%", "100%", "20.00"])
        },
        RowReport {
            rate: Some(decimal("83.78")),
            points: exact("5.35", "5.3513513513"),
            verdict: Verdict::Differs,
            steps: vec!["31 ÷ 37 = 83.78%".into(), "9 × (31/37 − 0.6) ÷ 0.4 = 5.35".into()],
            basis: basis("按照完成比例赋分"),
            ..row(
                2,
                "享受补助的村卫生室医务人员人数（含当年新增和当年退出后重新进入的人员）",
                ["9", ">=37人", "=31人", "84%", "5.40"],
            )
        },
        RowReport {
            points: Some(Points::Within { low: decimal("9"), high: decimal("15"), high_open: true }),
            verdict: Verdict::Agrees,
            steps: vec!["完成值 部分达成：属于“部分达成”，15 × 60% 至 15 × 100%".into()],
            basis: basis("按评判等级赋分"),
            ..row(3, "基层服务能力", ["15", "明显提升", "有所提升", "80%", "12.00"])
        },
        RowReport {
            why: Some("完成值“见附件”无法识别为数值".into()),
            ..row(4, "群众满意度", ["46", ">=95%", "见附件", "100%", "51.00"])
        },
    ]
}

fn form() -> FormReport {
    FormReport {
        form: 1,
        kind: FormKind::ProjectSelfEvaluation,
        title: "项目支出绩效自评表".into(),
        year: Some(2024),
        unit: Some("某县医疗保障局".into()),
        project: Some("村医补助".into()),
        rules: RulesReceipt {
            id: "xinjiang-2024".into(),
            title: "新疆项目支出绩效自评赋分规则（2024年度）".into(),
            hash: "abc123".into(),
            because: "表中列出的赋分规则名称与该规则集相符".into(),
        },
        published: Some(decimal("98.40")),
        computed: Some(decimal("96.69")),
        verified: decimal("39"),
        weight: decimal("100"),
        grade: Some("优".into()),
        execution: Some(execution()),
        rows: rows(),
        rounding: Rounding { rounded: 1, truncated: 0 },
        support: Default::default(),
    }
}

fn findings() -> Vec<Finding> {
    let at = |row, column| Some(Place { table: Some(3), row: Some(row), column: Some(column), ..Place::default() });
    vec![
        Finding {
            form: Some(1),
            row: Some(0),
            field: Some("score"),
            published: Some("10.00".into()),
            computed: Some("8.34".into()),
            cause: Some(Cause::GivenInFull.key()),
            evidence: vec!["83.40 ÷ 100 = 83.40%".into(), "10 × 83.40% = 8.34".into()],
            clause: Some("财预〔2020〕10号 第十条（依据等级：已核对公开原文）".into()),
            suggestion: Some("将预算执行得分改为8.34，并同步修改总分".into()),
            place: at(6, 7),
            ..Finding::new(Code::ExecutionScoreDiffers, "村医补助：预算执行得分填报10.00，应为8.34（多1.66）")
        },
        Finding {
            form: Some(1),
            row: Some(2),
            field: Some("score"),
            published: Some("5.40".into()),
            computed: Some("5.35".into()),
            cause: Some(Cause::RateRounded.key()),
            evidence: vec!["31 ÷ 37 = 83.78%".into(), "9 × (31/37 − 0.6) ÷ 0.4 = 5.35".into()],
            clause: Some("按照完成比例赋分（依据等级：由已公开的自评表归纳）".into()),
            suggestion: Some("将得分改为5.35，并同步修改总分".into()),
            place: at(14, 8),
            ..Finding::new(Code::ScoreDiffers, "得分填报5.40，应为5.35（多0.05）")
        },
        Finding {
            evidence: vec!["正文：评价项目11个".into(), "表格：1张".into()],
            suggestion: Some("核对正文与附表".into()),
            place: Some(Place::line(12)),
            ..Finding::new(Code::FormsContradict, "正文所述项目数与所附表格数不一致")
        },
    ]
}

/// One document with one form.
pub fn report() -> Report {
    let document = DocumentReport {
        file: "示例.docx".into(),
        sha256: "0123456789abcdef0123456789abcdef".into(),
        forms: vec![form()],
        findings: findings(),
        accepted: Vec::new(),
        before: None,
    };
    Report {
        purpose: Purpose::Audit,
        engine: "0.1.0".into(),
        documents: vec![document],
        unreadable: Vec::new(),
        skipped: Vec::new(),
    }
}

/// Two documents and a file that could not be read.
pub fn run() -> Report {
    let mut report = report();
    let mut target = form();
    target.kind = FormKind::ProjectTarget;
    target.title = "项目支出绩效目标表".into();
    target.unit = None;
    target.execution = None;
    target.published = None;
    report.documents.push(DocumentReport {
        file: "子文件夹/目标表.xlsx".into(),
        sha256: "fedcba98".into(),
        forms: vec![target],
        findings: Vec::new(),
        accepted: Vec::new(),
        before: None,
    });
    report.add_unreadable("空.docx", "文件是空的");
    report
}
