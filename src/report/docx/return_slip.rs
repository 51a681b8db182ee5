//! 退回修改通知 (return slip): what one unit has to put right, as a letter of its own.

use super::problem::{Problem, problems};
use crate::report::{DocumentReport, RenderError, Report};
use crate::word::{Align, Column, Orientation, Paper, Style};

/// 退回修改通知 for one unit.
#[derive(Debug, Clone)]
pub struct ReturnSlip {
    /// 单位, as the forms name it; `None` where they name none.
    pub unit: Option<String>,
    /// The letter as the bytes of a .docx file.
    pub bytes: Vec<u8>,
}

/// Longest part of a file name that is taken from the name of a unit, in characters.
const LONGEST: usize = 60;

impl ReturnSlip {
    /// The name that the letter is saved under, without its ending; every system takes it, and it leaves no folder.
    pub fn file_stem(&self) -> String {
        let unit = self.unit.as_deref().unwrap_or("未识别单位").chars().filter(|c| !c.is_control());
        let safe = unit.map(|c| if r#"/\:*?"<>|."#.contains(c) { '_' } else { c });
        format!("退回修改通知-{}", safe.take(LONGEST).collect::<String>().trim())
    }
}

const ITEMS: [Column; 6] = [
    Column { heading: "编号", share: 5, align: Align::Centre },
    Column { heading: "位置", share: 22, align: Align::Left },
    Column { heading: "填报", share: 10, align: Align::Left },
    Column { heading: "应为", share: 10, align: Align::Left },
    Column { heading: "问题、依据和处理建议", share: 38, align: Align::Left },
    Column { heading: "修改情况", share: 15, align: Align::Left },
];

/// One letter for each unit that has an error or a warning, in the order of the input.
///
/// # Errors
/// Where the package cannot be written.
pub fn return_slips(report: &Report) -> Result<Vec<ReturnSlip>, RenderError> {
    let mut units: Vec<Option<String>> = report.units().into_iter().map(Some).collect();
    units.push(None);
    let mut slips = Vec::new();
    for unit in units {
        let problems = problems(&of_unit(report, unit.as_deref()));
        if !problems.is_empty() {
            slips.push(ReturnSlip { bytes: letter(unit.as_deref(), &problems)?, unit });
        }
    }
    Ok(slips)
}

/// The report with the forms of one unit and what was found about them; what is said of a document as a whole goes to the
/// unit of its first form.
fn of_unit(report: &Report, unit: Option<&str>) -> Report {
    let documents = report.documents.iter().filter_map(|document| {
        let forms: Vec<_> = document.forms.iter().filter(|form| form.unit.as_deref() == unit).cloned().collect();
        let first = document.forms.first().and_then(|form| form.unit.as_deref()) == unit;
        let findings = document.findings.iter().filter(|finding| match finding.form {
            Some(number) => forms.iter().any(|form| form.form == number),
            None => first,
        });
        let findings: Vec<_> = findings.cloned().collect();
        (!findings.is_empty()).then(|| DocumentReport { forms, findings, ..document.clone() })
    });
    let documents = documents.collect();
    Report {
        purpose: report.purpose,
        engine: report.engine.clone(),
        documents,
        unreadable: Vec::new(),
        skipped: Vec::new(),
    }
}

fn letter(unit: Option<&str>, problems: &[Problem]) -> Result<Vec<u8>, RenderError> {
    let mut paper = Paper::new(Orientation::Landscape);
    paper.paragraph(Style::Title, "绩效自评表退回修改通知");
    paper.paragraph(Style::Subheading, &format!("{}：", unit.unwrap_or("（表中未写单位）")));
    let text = format!(
        "你单位报送的绩效表经复核，有下列{}处需要修改或说明。请逐项核对，属填报错误的改正后重新报送，其余在“修改情况”栏说明理由，并于　　　　年　　月　　日前反馈。",
        problems.len()
    );
    paper.paragraph(Style::Body, &text);
    let rows: Vec<Vec<String>> = problems.iter().map(item).collect();
    paper.table(&ITEMS, &rows);
    for line in ["复核机构（盖章）：", "联系人及电话：", "日期：　　　　年　　月　　日"] {
        paper.paragraph(Style::Signature, line);
    }
    Ok(paper.finish().map_err(std::io::Error::from)?)
}

fn item(problem: &Problem) -> Vec<String> {
    let suggestion = problem.suggestion.as_ref().map(|text| format!("\n建议：{text}")).unwrap_or_default();
    let text = format!("【{}】{}{suggestion}", problem.severity.words(), problem.text);
    let (number, place) = (problem.number.to_string(), problem.place.clone());
    vec![number, place, problem.published.clone(), problem.computed.clone(), text, String::new()]
}
