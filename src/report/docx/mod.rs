//! 复核报告 (docx): what a reviewer hands in, in the parts and on the page that offices use.

mod problem;
mod return_slip;

use std::collections::BTreeMap;
use std::io::Write;

use rust_decimal::Decimal;

use super::{DocumentReport, FormReport, RenderError, Report, RowReport, Verdict, percent, plain, points};
use crate::audit::Severity;
use crate::word::{Align, Column, Orientation, Paper, Style};
use problem::{Problem, problems};

pub use return_slip::{ReturnSlip, return_slips};

/// Runs over more documents than this show in the annex only the rows that need a look.
const WHOLE_ANNEX: usize = 20;

/// Writes the report as a document for Word and WPS.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut paper = Paper::new(Orientation::Portrait);
    paper.paragraph(Style::Title, report.purpose.title());
    paper.paragraph(Style::Subtitle, &subject(report));
    let problems = problems(report);
    situation(report, &mut paper);
    grounds(report, &mut paper);
    results(report, &mut paper);
    list(&problems, &mut paper);
    advice(&problems, &mut paper);
    signatures(&mut paper);
    annex(report, &mut paper);
    receipt(report, &mut paper);
    out.write_all(&paper.finish().map_err(std::io::Error::from)?)?;
    Ok(())
}

/// The unit, or how many, and the years.
fn subject(report: &Report) -> String {
    let units = report.units();
    let unit = match units.as_slice() {
        [] => "（表中未写单位）".to_owned(),
        [unit] => unit.clone(),
        [first, ..] => format!("{first}等{}个单位", units.len()),
    };
    let mut years: Vec<i32> = report.forms().filter_map(|(_, form)| form.year).collect();
    years.sort_unstable();
    years.dedup();
    let years: Vec<String> = years.iter().map(|year| format!("{year}年度")).collect();
    format!("{unit}　{}", years.join("、")).trim().to_owned()
}

impl Report {
    /// Every form with its document.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&DocumentReport, &FormReport)> {
        self.documents.iter().flat_map(|document| document.forms.iter().map(move |form| (document, form)))
    }

    /// The units named by the forms, each once, in the order of the input.
    pub(super) fn units(&self) -> Vec<String> {
        let mut units: Vec<String> = Vec::new();
        for unit in self.forms().filter_map(|(_, form)| form.unit.as_ref()) {
            if !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        units
    }
}

fn situation(report: &Report, paper: &mut Paper) {
    paper.paragraph(Style::Heading, "一、基本情况");
    let total = report.summary().total;
    let scored = report.forms().filter(|(_, form)| form.kind.is_self_evaluation()).count();
    let text = format!(
        "本次复核文件{}份，读出绩效表{}张，其中自评表{scored}张、目标表{}张。自评表计分{}行，填报得分与复核一致的{}行，不一致的{}行，无法复核的{}行；满分合计{}分，其中可复核{}分。",
        report.documents.len(),
        total.forms,
        total.forms.saturating_sub(scored),
        total.rows(),
        total.agrees,
        total.differs,
        total.not_evaluated,
        plain(total.weight),
        plain(total.verified),
    );
    paper.paragraph(Style::Body, &text);
    if report.purpose.has_findings() {
        let text = format!(
            "发现问题：错误{}处（由数字或规则原文可以证明）、警告{}处（需由人判断）；另有提示{}处，未列入问题清单。",
            total.errors, total.warnings, total.notes
        );
        paper.paragraph(Style::Body, &text);
    }
    for file in &report.unreadable {
        paper.paragraph(Style::Body, &format!("未能读取：{}（{}）。", file.file, file.why));
    }
    for file in &report.skipped {
        paper.paragraph(Style::Body, &format!("未列入复核：{}（{}）。", file.file, file.why));
    }
}

fn grounds(report: &Report, paper: &mut Paper) {
    paper.paragraph(Style::Heading, "二、复核依据");
    let mut grounds: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    for (_, form) in report.forms() {
        let rules = &form.rules;
        let text = || format!("{}（{}，{}）", rules.title, rules.id, rules.because);
        grounds.entry(&rules.id).or_insert_with(|| (text(), 0)).1 += 1;
    }
    for (number, (text, forms)) in grounds.values().enumerate() {
        paper.paragraph(Style::Body, &format!("{}．{text}，用于{forms}张表。", number + 1));
    }
    paper.paragraph(Style::Body, "得分按规则保留的小数位比较，四舍五入、舍去尾数均视为一致。");
}

const RESULTS: [Column; 8] = [
    Column { heading: "序号", share: 5, align: Align::Centre },
    Column { heading: "单位", share: 20, align: Align::Left },
    Column { heading: "项目（表）", share: 24, align: Align::Left },
    Column { heading: "填报总分", share: 10, align: Align::Right },
    Column { heading: "复核总分", share: 10, align: Align::Right },
    Column { heading: "差额", share: 9, align: Align::Right },
    Column { heading: "等级", share: 7, align: Align::Centre },
    Column { heading: "问题（错误/警告）", share: 12, align: Align::Centre },
];

fn results(report: &Report, paper: &mut Paper) {
    paper.paragraph(Style::Heading, "三、复核结果汇总表");
    let figure = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), points);
    let rows: Vec<Vec<String>> = report
        .forms()
        .enumerate()
        .map(|(index, (document, form))| {
            let graded =
                |severity| document.findings_of(Some(form.form)).filter(|finding| finding.severity == severity).count();
            vec![
                (index + 1).to_string(),
                form.unit.clone().unwrap_or_else(|| "（未识别单位）".to_owned()),
                form.project.clone().unwrap_or_else(|| form.title.clone()),
                figure(form.published),
                if form.kind.is_self_evaluation() { figure(form.computed) } else { "不计分".to_owned() },
                figure(form.difference()),
                form.grade.clone().unwrap_or_else(|| "—".to_owned()),
                format!("{}/{}", graded(Severity::Error), graded(Severity::Warning)),
            ]
        })
        .collect();
    paper.table(&RESULTS, &rows);
}

const PROBLEMS: [Column; 8] = [
    Column { heading: "编号", share: 5, align: Align::Centre },
    Column { heading: "级别", share: 5, align: Align::Centre },
    Column { heading: "位置", share: 17, align: Align::Left },
    Column { heading: "填报", share: 9, align: Align::Left },
    Column { heading: "应为", share: 9, align: Align::Left },
    Column { heading: "问题及依据", share: 35, align: Align::Left },
    Column { heading: "单位反馈", share: 12, align: Align::Left },
    Column { heading: "是否采纳", share: 8, align: Align::Centre },
];

fn list(problems: &[Problem], paper: &mut Paper) {
    paper.turn(Orientation::Landscape);
    paper.paragraph(Style::Heading, "四、问题清单");
    if problems.is_empty() {
        paper.paragraph(Style::Body, "未发现错误和警告。");
        return;
    }
    let rows: Vec<Vec<String>> = problems
        .iter()
        .map(|problem| {
            vec![
                problem.number.to_string(),
                problem.severity.words().to_owned(),
                problem.place.clone(),
                problem.published.clone(),
                problem.computed.clone(),
                problem.text.clone(),
                String::new(),
                String::new(),
            ]
        })
        .collect();
    paper.table(&PROBLEMS, &rows);
}

fn advice(problems: &[Problem], paper: &mut Paper) {
    paper.turn(Orientation::Portrait);
    paper.paragraph(Style::Heading, "五、建议");
    let mut advice: Vec<(&str, Vec<usize>)> = Vec::new();
    let of_errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    for (number, text) in of_errors.filter_map(|problem| Some((problem.number, problem.suggestion.as_deref()?))) {
        match advice.iter_mut().find(|(known, _)| *known == text) {
            Some((_, numbers)) => numbers.push(number),
            None => advice.push((text, vec![number])),
        }
    }
    for (index, (text, numbers)) in advice.iter().enumerate() {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        paper.paragraph(Style::Body, &format!("{}．{text}（问题{}）。", index + 1, numbers.join("、")));
    }
    if advice.is_empty() {
        paper.paragraph(Style::Body, "没有必须修改的错误；警告请填报单位核对后答复。");
    } else {
        paper.paragraph(Style::Body, "警告各项请填报单位核对，在“单位反馈”栏写明情况。");
    }
}

fn signatures(paper: &mut Paper) {
    for line in ["复核机构（盖章）：", "复核人：", "复核日期：　　　　年　　月　　日"] {
        paper.paragraph(Style::Signature, line);
    }
}

const ROWS: [Column; 10] = [
    Column { heading: "序号", share: 5, align: Align::Centre },
    Column { heading: "指标", share: 24, align: Align::Left },
    Column { heading: "目标值", share: 13, align: Align::Left },
    Column { heading: "完成值", share: 13, align: Align::Left },
    Column { heading: "分值", share: 6, align: Align::Right },
    Column { heading: "填报完成率", share: 9, align: Align::Right },
    Column { heading: "复核完成率", share: 9, align: Align::Right },
    Column { heading: "填报得分", share: 8, align: Align::Right },
    Column { heading: "复核得分", share: 8, align: Align::Right },
    Column { heading: "结论", share: 8, align: Align::Centre },
];

fn annex(report: &Report, paper: &mut Paper) {
    let whole = report.documents.len() <= WHOLE_ANNEX;
    let shown = |row: &&RowReport| whole || row.verdict != Verdict::Agrees;
    paper.turn(Orientation::Landscape);
    paper.paragraph(Style::Heading, "附表　逐项复核表");
    if !whole {
        paper.paragraph(Style::Small, "文件较多，只列不一致和无法复核的指标。");
    }
    for (document, form) in report.forms().filter(|(_, form)| form.kind.is_self_evaluation()) {
        let rows: Vec<Vec<String>> = form.lines().filter(shown).map(row_cells).collect();
        if rows.is_empty() {
            continue;
        }
        let name = form.project.as_ref().unwrap_or(&form.title);
        let file = if report.is_run() { format!("（{}）", document.file) } else { String::new() };
        paper.paragraph(Style::Subheading, &format!("表{}　{name}{file}", form.form));
        paper.table(&ROWS, &rows);
    }
}

fn row_cells(row: &RowReport) -> Vec<String> {
    let cell = |text: &Option<String>| text.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| "—".to_owned());
    vec![
        if row.row == 0 { "资金".to_owned() } else { row.row.to_string() },
        row.name.clone(),
        cell(&row.target),
        cell(&row.actual),
        row.weight.clone(),
        cell(&row.printed_rate),
        row.rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", percent(rate))),
        cell(&row.printed_score),
        row.points_text().unwrap_or_else(|| "—".to_owned()),
        row.verdict.words().to_owned(),
    ]
}

fn receipt(report: &Report, paper: &mut Paper) {
    paper.paragraph(Style::Subheading, "复核凭据（凭此可重新得出相同结果）");
    for document in &report.documents {
        let lines = super::receipt::lines(report, document);
        paper.paragraph(Style::Small, &format!("{}：{}", document.file, lines.join("；")));
    }
}
