//! 审核意见 (findings): every finding in one list that can be filtered.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Sheet, Styles};
use crate::audit::Finding;
use crate::report::{DocumentReport, Report, arithmetic, cause_words};

/// Name of the sheet.
pub const NAME: &str = "审核意见";

/// Headings and widths of the columns.
const COLUMNS: [(&str, u16); 17] = [
    ("级别", 7),
    ("代码", 8),
    ("类别", 22),
    ("意见", 46),
    ("文件", 24),
    ("表号", 6),
    ("单位", 18),
    ("项目", 22),
    ("序号", 6),
    ("指标", 24),
    ("位置", 24),
    ("填报", 14),
    ("应为", 14),
    ("计算过程", 40),
    ("可能原因", 24),
    ("依据", 30),
    ("建议", 36),
];

/// Writes the sheet.
pub fn write(report: &Report, sheet: &mut Worksheet, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let widths = COLUMNS.map(|(_, width)| width);
    let mut sheet = Sheet::new(sheet, &widths)?;
    sheet.texts(0, COLUMNS.map(|(name, _)| name), &styles.heading)?;
    let mut row = 0;
    for document in &report.documents {
        for finding in &document.findings {
            row += 1;
            sheet.texts(row, line(document, finding), &styles.text)?;
        }
        for accepted in &document.accepted {
            row += 1;
            let mut cells = line(document, &accepted.finding);
            cells[0] = "例外".to_owned();
            cells[16] = format!("理由：{}", accepted.reason);
            sheet.texts(row, cells, &styles.quiet)?;
        }
    }
    sheet.table(0, row)
}

fn line(document: &DocumentReport, finding: &Finding) -> [String; 17] {
    let form = document.forms.iter().find(|form| Some(form.form) == finding.form);
    let row = form.and_then(|form| form.row(finding.row));
    let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    [
        finding.severity.words().to_owned(),
        finding.code.number().to_owned(),
        finding.code.title().to_owned(),
        finding.message.clone(),
        document.file.clone(),
        number(finding.form),
        text(form.and_then(|form| form.unit.as_ref())),
        text(form.and_then(|form| form.project.as_ref())),
        number(finding.row),
        text(row.map(|row| &row.name)),
        finding.place.as_ref().map(ToString::to_string).unwrap_or_default(),
        text(finding.published.as_ref()),
        text(finding.computed.as_ref()),
        arithmetic(finding),
        cause_words(finding).unwrap_or_default().to_owned(),
        text(finding.clause.as_ref()),
        text(finding.suggestion.as_ref()),
    ]
}
