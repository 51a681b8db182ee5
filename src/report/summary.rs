//! 汇总 (summary): a run counted by unit, by code and by document.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{DocumentReport, FormReport, Report, Verdict, points};
use crate::audit::{Code, Finding, Severity};

/// 汇总 of a run.
#[derive(Debug, Clone)]
pub struct Summary {
    pub documents: Vec<DocumentLine>,
    /// In the order of the input; forms without a unit are under `None`.
    pub units: Vec<UnitLine>,
    /// How often each code was found at each severity, in the order of the codes, the gravest first.
    pub codes: Vec<(Code, Severity, usize)>,
    pub total: Counts,
}

/// What is counted everywhere; a target table counts as a form and nothing more, because nothing in it is scored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub forms: usize,
    pub agrees: usize,
    pub differs: usize,
    pub not_evaluated: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Sum of (published − recomputed) over the forms that have both.
    pub difference: Decimal,
    pub verified: Decimal,
    pub weight: Decimal,
}

/// One document of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    pub file: String,
    pub counts: Counts,
}

/// One unit of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    pub unit: Option<String>,
    pub counts: Counts,
}

impl Counts {
    /// Headings of [`Counts::cells`].
    pub const HEADING: [&str; 8] = ["表数", "一致", "不一致", "未评价", "错误", "警告", "提示", "得分差额"];

    /// The figures as a table shows them.
    pub fn cells(&self) -> [String; 8] {
        let counted =
            [self.forms, self.agrees, self.differs, self.not_evaluated, self.errors, self.warnings, self.notes];
        let [forms, agrees, differs, not_evaluated, errors, warnings, notes] = counted.map(|count| count.to_string());
        [forms, agrees, differs, not_evaluated, errors, warnings, notes, points(self.difference)]
    }

    /// Rows and execution lines in all.
    pub fn rows(&self) -> usize {
        self.agrees + self.differs + self.not_evaluated
    }

    fn add_form(&mut self, form: &FormReport) {
        self.forms += 1;
        if !form.kind.is_self_evaluation() {
            return;
        }
        for row in form.lines() {
            match row.verdict {
                Verdict::Agrees => self.agrees += 1,
                Verdict::Differs => self.differs += 1,
                Verdict::NotEvaluated => self.not_evaluated += 1,
            }
        }
        self.difference = plus(self.difference, form.difference().unwrap_or_default());
        self.verified = plus(self.verified, form.verified);
        self.weight = plus(self.weight, form.weight);
    }

    fn add_finding(&mut self, finding: &Finding) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
}

fn plus(sum: Decimal, part: Decimal) -> Decimal {
    sum.checked_add(part).unwrap_or(sum)
}

impl DocumentReport {
    /// The document counted.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.forms.iter().for_each(|form| counts.add_form(form));
        self.findings.iter().for_each(|finding| counts.add_finding(finding));
        counts
    }
}

impl Report {
    /// The run counted.
    pub fn summary(&self) -> Summary {
        let mut total = Counts::default();
        let mut codes: BTreeMap<(Code, Reverse<Severity>), usize> = BTreeMap::new();
        let mut units: Vec<UnitLine> = Vec::new();
        let mut position: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for document in &self.documents {
            for form in &document.forms {
                total.add_form(form);
                let line = *position.entry(form.unit.as_deref()).or_insert_with(|| {
                    units.push(UnitLine { unit: form.unit.clone(), counts: Counts::default() });
                    units.len() - 1
                });
                let Some(line) = units.get_mut(line) else { continue };
                line.counts.add_form(form);
                document.findings_of(Some(form.form)).for_each(|finding| line.counts.add_finding(finding));
            }
            for finding in &document.findings {
                total.add_finding(finding);
                *codes.entry((finding.code, Reverse(finding.severity))).or_default() += 1;
            }
            // What is said of the document itself belongs to no unit; the sums still add up.
            for finding in document.findings_of(None) {
                let line = *position.entry(None).or_insert_with(|| {
                    units.push(UnitLine { unit: None, counts: Counts::default() });
                    units.len() - 1
                });
                if let Some(line) = units.get_mut(line) {
                    line.counts.add_finding(finding);
                }
            }
        }
        let documents = self
            .documents
            .iter()
            .map(|document| DocumentLine { file: document.file.clone(), counts: document.counts() })
            .collect();
        let codes = codes.into_iter().map(|((code, Reverse(severity)), count)| (code, severity, count)).collect();
        Summary { documents, units, codes, total }
    }
}
