//! 已有意见 (found): what earlier checks have found, so that one fault makes one finding.

use std::collections::BTreeSet;

use crate::audit::{Code, Finding};

/// The findings so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    findings: Vec<Finding>,
    known: BTreeSet<(Option<usize>, Option<usize>, Code)>,
}

impl Found {
    /// Adds findings.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for mut finding in findings {
            if self.rests_on_placeholder(&finding) {
                continue;
            }
            shorten(&mut finding.evidence);
            self.known.insert((finding.form, finding.row, finding.code));
            self.findings.push(finding);
        }
    }

    /// Whether a finding only says in other words that a cell has still to be filled.
    fn rests_on_placeholder(&self, finding: &Finding) -> bool {
        let left = |field: &str| {
            self.findings.iter().any(|known| {
                known.code == Code::PlaceholderLeft
                    && (known.form, known.row) == (finding.form, finding.row)
                    && known.field == Some(field)
            })
        };
        let about_target = matches!(finding.code, Code::RuleDoesNotFit) && left("target");
        finding.code != Code::PlaceholderLeft
            && (about_target || finding.row.is_some() && finding.field.is_some_and(left))
    }

    /// Whether a row (0 for the funds, `None` for the form itself) has a finding of one of the codes.
    pub fn has(&self, form: usize, row: Option<usize>, codes: &[Code]) -> bool {
        codes.iter().any(|code| self.known.contains(&(Some(form), row, *code)))
    }

    /// The findings in the order in which a reader goes through the document.
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.findings.sort_by(|a, b| order(a).cmp(&order(b)));
        self.findings
    }
}

/// Most lines of evidence that one finding shows.
const MOST_LINES: usize = 40;

/// Cuts a list of evidence that nobody would read to its end.
fn shorten(lines: &mut Vec<String>) {
    let all = lines.len();
    if all > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push(format!("……共 {all} 行"));
    }
}

/// Document first, then form by form: the form as a whole, its funds, its rows; within a row by code.
fn order(finding: &Finding) -> (Option<usize>, Option<usize>, Code, Option<&'static str>) {
    (finding.form, finding.row, finding.code, finding.field)
}
