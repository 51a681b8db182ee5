//! 会话 (session): the files that are open in the page, with what the reviewer changed.

use std::collections::BTreeMap;

use jixiao::audit::{Finding, audit};
use jixiao::case::Case;
use jixiao::engine::{EngineError, Extracted, Rules, case, extract_bytes};
use jixiao::form::{Column, Field};
use jixiao::report::{Accepted, DocumentReport, Purpose, Report};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::request::{Edit, Mark, Request};
use crate::{detail, draft, export, listing, sheet, unpack};

/// 会话
#[derive(Default)]
pub struct Session {
    documents: BTreeMap<u32, Opened>,
    rules: Option<Rules>,
}

/// 打开的文件: as it was read, and its case under the rules and with the edits of the moment.
pub struct Opened {
    pub name: String,
    pub bytes: Vec<u8>,
    pub extracted: Extracted,
    pub edits: Vec<Edit>,
    pub case: Case,
    pub findings: Vec<Finding>,
    /// The report of all findings, whatever the reviewer thinks of them.
    pub whole: DocumentReport,
}

impl Opened {
    fn new(name: String, bytes: &[u8], rules: &Rules) -> Result<Opened, EngineError> {
        let extracted = extract_bytes(&name, bytes)?;
        let case = case(extracted.clone(), rules)?;
        let findings = audit(&case);
        let whole = DocumentReport::new(&case, findings.clone());
        Ok(Opened { name, bytes: bytes.to_vec(), extracted, edits: Vec::new(), case, findings, whole })
    }

    /// Scores and audits again, with the edits in their cells.
    fn renew(&mut self, rules: &Rules) -> Result<(), EngineError> {
        let mut extracted = self.extracted.clone();
        for edit in &self.edits {
            let form = edit.form.checked_sub(1).and_then(|form| extracted.forms.get_mut(form));
            let row = form.and_then(|form| form.rows.get_mut(edit.row.checked_sub(1)?));
            if let (Some(row), Some(column)) = (row, column(&edit.column)) {
                let place = row.get(column).map_or_else(|| row.place.clone(), |field| field.place.clone());
                row.set(column, Field::new(edit.text.clone(), place));
            }
        }
        self.case = case(extracted, rules)?;
        self.findings = audit(&self.case);
        self.whole = DocumentReport::new(&self.case, self.findings.clone());
        Ok(())
    }

    /// The report of the document; findings that the reviewer rejects stand apart with the reason.
    pub fn report(&self, marks: &[Mark]) -> DocumentReport {
        let mut kept = Vec::new();
        let mut accepted = Vec::new();
        for finding in &self.findings {
            let key = finding_key(finding);
            match marks.iter().find(|mark| mark.key == key) {
                Some(mark) => accepted.push(Accepted { finding: finding.clone(), reason: mark.reason.clone() }),
                None => kept.push(finding.clone()),
            }
        }
        DocumentReport { accepted, ..DocumentReport::new(&self.case, kept) }
    }
}

/// What names a finding from one reading of a file to the next.
pub fn finding_key(finding: &Finding) -> String {
    let number = |value: Option<usize>| value.map_or_else(String::new, |value| value.to_string());
    let field = finding.field.unwrap_or_default();
    format!("{}/{}/{}/{field}/{}", finding.code.number(), number(finding.form), number(finding.row), finding.message)
}

/// The columns that a reviewer may change.
pub const EDITABLE: [Column; 5] = [Column::Target, Column::Actual, Column::Weight, Column::Score, Column::Rule];

fn column(key: &str) -> Option<Column> {
    EDITABLE.into_iter().find(|column| column.key() == key)
}

impl Session {
    /// Answers a request.
    pub fn answer(&mut self, request: Request, body: &[u8]) -> Answer {
        match request {
            Request::Open { id, name } => self.open(id, name, body),
            Request::Unpack => unpack::unpacked(body),
            Request::Close { id } => {
                self.documents.remove(&id);
                Answer::value(json!({}))
            }
            Request::Rules { rules, text } => self.change_rules(&rules, text),
            Request::Show { id, form } => self.with(id, |opened| Answer::value(sheet::show(opened, form))),
            Request::Detail { id, form, row } => {
                self.with(id, |opened| Answer::value(detail::detail(opened, form, row)))
            }
            Request::Edit { id, edits } => self.edit(id, edits),
            Request::Export { ids, format, marks } => self.export(&ids, &format, &marks),
            Request::Draft { id, year } => self.with(id, |opened| draft::drafted(opened, year)),
            Request::Sets => Answer::value(listing::sets()),
            Request::RuleSet { rules } => listing::rule_set(&rules),
        }
    }

    fn rules(&self) -> Rules {
        self.rules.clone().unwrap_or_else(Rules::auto)
    }

    fn open(&mut self, id: u32, name: String, body: &[u8]) -> Answer {
        match Opened::new(name, body, &self.rules()) {
            Ok(opened) => {
                let line = line(&opened);
                self.documents.insert(id, opened);
                Answer::value(line)
            }
            Err(EngineError::Read(error)) => Answer::error(error.reason().to_string()),
            Err(EngineError::Contract { source, .. }) => Answer::error(source.to_string()),
            Err(error) => Answer::error(error.to_string()),
        }
    }

    fn change_rules(&mut self, rules: &str, text: Option<String>) -> Answer {
        let chosen = match text {
            Some(text) => Rules::from_yaml(rules, &text),
            None => Rules::named(rules),
        };
        let rules = match chosen {
            Ok(rules) => rules,
            Err(error) => return Answer::error(error.to_string()),
        };
        self.rules = Some(rules.clone());
        let mut lines = Vec::new();
        for (id, opened) in &mut self.documents {
            match opened.renew(&rules) {
                Ok(()) => lines.push(json!({ "id": id, "line": line(opened) })),
                Err(error) => return Answer::error(error.to_string()),
            }
        }
        Answer::value(json!({ "lines": lines }))
    }

    fn edit(&mut self, id: u32, edits: Vec<Edit>) -> Answer {
        let rules = self.rules();
        let Some(opened) = self.documents.get_mut(&id) else { return unknown() };
        opened.edits = edits;
        match opened.renew(&rules) {
            Ok(()) => Answer::value(line(opened)),
            Err(error) => Answer::error(error.to_string()),
        }
    }

    fn export(&self, ids: &[u32], format: &str, marks: &BTreeMap<String, Vec<Mark>>) -> Answer {
        let opened: Vec<(&Opened, &[Mark])> = ids
            .iter()
            .filter_map(|id| Some((self.documents.get(id)?, marks.get(&id.to_string()).map_or(&[][..], Vec::as_slice))))
            .collect();
        let mut report = Report::new(Purpose::Audit);
        report.documents = opened.iter().map(|(opened, marks)| opened.report(marks)).collect();
        export::export(&opened, &report, format)
    }

    fn with(&self, id: u32, answer: impl FnOnce(&Opened) -> Answer) -> Answer {
        self.documents.get(&id).map_or_else(unknown, answer)
    }
}

fn unknown() -> Answer {
    Answer::error("这个文件已经关闭；请重新放入")
}

/// The line of a file in the list.
fn line(opened: &Opened) -> Value {
    let report = &opened.whole;
    let counts = report.counts();
    let mut units: Vec<&str> = report.forms.iter().filter_map(|form| form.unit.as_deref()).collect();
    units.dedup();
    // A form without a printed total would make the sums differ by itself.
    let sum = |figure: fn(&jixiao::report::FormReport) -> Option<rust_decimal::Decimal>| {
        let both = report.forms.iter().filter(|form| form.published.is_some() && form.computed.is_some());
        let figures: Vec<_> = both.filter_map(figure).collect();
        let total = figures.iter().try_fold(rust_decimal::Decimal::ZERO, |sum, figure| sum.checked_add(*figure));
        total.filter(|_| !figures.is_empty()).map(jixiao::report::points)
    };
    let codes: Vec<&str> = opened.findings.iter().map(|finding| finding.code.number()).collect();
    json!({
        "sha256": report.sha256,
        "unit": units.first().copied().unwrap_or("（未识别单位）"),
        "forms": counts.forms,
        "published": sum(|form| form.published),
        "computed": sum(|form| form.computed),
        "difference": jixiao::report::points(counts.difference),
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.notes,
        "verified": jixiao::report::plain(counts.verified),
        "weight": jixiao::report::plain(counts.weight),
        "codes": codes,
        "gist": report.gist(),
        "titles": listing::titles(report),
    })
}
