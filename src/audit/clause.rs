//! 依据 (clause): the other end of a finding, with how well it is known.

use crate::audit::{Finding, Severity};
use crate::ruleset::{Provenance, Statement};
use crate::score::Basis;

/// A finding that rests on the rule that gave a score.
pub(super) fn of(finding: Finding, basis: &Basis) -> Finding {
    let rule = if basis.clause.contains(&basis.rule) { String::new() } else { format!(" {}", basis.rule) };
    finding.clause(format!("{}{rule}（{}）", basis.clause, basis.provenance.words()))
}

/// A finding that rests on a statement of the rule set.
pub(super) fn stated(finding: Finding, statement: &Statement) -> Finding {
    finding.clause(format!("{}（{}）", statement.clause, statement.provenance.words()))
}

/// A finding whose severity is lowered where the rule it rests on is not firmly known.
pub(super) fn graded(finding: Finding, provenance: Provenance) -> Finding {
    if provenance.is_firm() || finding.severity < Severity::Error {
        return finding;
    }
    let message = format!("{}（所依规则：{}，仅作提醒）", finding.message, provenance.words());
    Finding { message, severity: Severity::Warning, ..finding }
}
