//! JSON: the stable contract `jixiao.audit/1`; decimals are strings, absent things are null.

use std::io::Write;

use serde_json::{Value, json};

use super::{
    Accepted, Counts, DocumentReport, FormReport, RenderError, Report, RowReport, RulesReceipt, Summary, percent,
    plain, points,
};
use crate::audit::Finding;
use crate::score::Points;

/// One document for one file; a run over several files is one object with all of them and the summary.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    let value = match report.documents.as_slice() {
        [document] if !report.is_run() => document_value(report, document),
        _ => run_value(report),
    };
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)?;
    Ok(())
}

/// One document a line; a file that could not be read is a line with `error`.
pub fn render_lines(report: &Report, out: &mut dyn Write) -> Result<(), RenderError> {
    for document in &report.documents {
        serde_json::to_writer(&mut *out, &document_value(report, document))?;
        writeln!(out)?;
    }
    for file in &report.unreadable {
        let line = json!({"schema": report.purpose.schema(), "source": {"file": file.file}, "error": file.why});
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    for file in &report.skipped {
        let line = json!({"schema": report.purpose.schema(), "source": {"file": file.file}, "skipped": file.why});
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}

fn run_value(report: &Report) -> Value {
    let documents: Vec<Value> = report.documents.iter().map(|document| document_value(report, document)).collect();
    let unreadable: Vec<Value> =
        report.unreadable.iter().map(|file| json!({"file": file.file, "error": file.why})).collect();
    json!({
        "schema": format!("{}+run", report.purpose.schema()),
        "engine": report.engine,
        "documents": documents,
        "unreadable": unreadable,
        "skipped": report.skipped.iter().map(|file| json!({"file": file.file, "why": file.why})).collect::<Vec<_>>(),
        "summary": summary_value(&report.summary()),
    })
}

fn document_value(report: &Report, document: &DocumentReport) -> Value {
    let mut value = json!({
        "schema": report.purpose.schema(),
        "engine": report.engine,
        "rules": document.forms.first().map(|form| rules_value(&form.rules)),
        "source": {"file": document.file, "sha256": document.sha256},
        "forms": document.forms.iter().map(form_value).collect::<Vec<_>>(),
    });
    let Some(object) = value.as_object_mut() else { return value };
    if let Some(before) = &document.before {
        object.insert("before".to_owned(), json!({"file": before.file, "sha256": before.sha256}));
    }
    if report.purpose.has_findings() {
        object.insert("findings".to_owned(), document.findings.iter().map(finding_value).collect());
    }
    if !document.accepted.is_empty() {
        object.insert("accepted".to_owned(), document.accepted.iter().map(accepted_value).collect());
    }
    value
}

fn rules_value(rules: &RulesReceipt) -> Value {
    json!({"id": rules.id, "title": rules.title, "hash": rules.hash, "because": rules.because})
}

fn form_value(form: &FormReport) -> Value {
    json!({
        "form": form.form,
        "kind": form.kind.key(),
        "title": form.title,
        "year": form.year,
        "unit": form.unit,
        "project": form.project,
        "rules": rules_value(&form.rules),
        "published": form.published.map(|value| value.to_string()),
        "computed": form.computed.map(points),
        "points_verified": plain(form.verified),
        "points_total": plain(form.weight),
        "grade": form.grade,
        "points_under_rules": {
            "every": plain(form.support.every),
            "some": plain(form.support.some),
            "none": plain(form.support.none),
            "other_totals": form.support.others.iter().map(|other| json!({
                "rules": other.rules, "total": points(other.points), "grade": other.grade,
            })).collect::<Vec<_>>(),
        },
        "rounding": {"accepted": ["round", "truncate"], "used": form.rounding.key()},
        "execution": form.execution.as_ref().map(row_value),
        "indicators": form.rows.iter().map(row_value).collect::<Vec<_>>(),
    })
}

fn row_value(row: &RowReport) -> Value {
    let (score, low, high) = match row.points {
        Some(Points::Exact { rounded, .. }) => (Some(points(rounded)), None, None),
        Some(Points::Within { low, high, .. }) => (None, Some(points(low)), Some(points(high))),
        None => (None, None, None),
    };
    let mut value = json!({
        "row": row.row,
        "name": row.name,
        "weight": row.weight,
        "target": row.target,
        "actual": row.actual,
        "published_rate": row.printed_rate,
        "published": row.printed_score,
        "rate": row.rate.map(percent),
        "score": score,
        "verdict": row.verdict.key(),
        "steps": row.steps,
        "why": row.why,
        "rule": row.basis.as_ref().map(|basis| &basis.rule),
        "clause": row.basis.as_ref().map(|basis| &basis.clause),
        "provenance": row.basis.as_ref().map(|basis| basis.provenance.key()),
    });
    if let (Some(low), Some(high), Some(object)) = (low, high, value.as_object_mut()) {
        object.insert("score_range".to_owned(), json!({"low": low, "high": high}));
    }
    value
}

/// A finding as the contract has it.
fn finding_value(finding: &Finding) -> Value {
    json!({
        "code": finding.code.number(),
        "severity": finding.severity.key(),
        "title": finding.code.title(),
        "form": finding.form,
        "row": finding.row,
        "field": finding.field,
        "message": finding.message,
        "published": finding.published,
        "computed": finding.computed,
        "cause": finding.cause,
        "evidence": finding.evidence,
        "clause": finding.clause,
        "suggestion": finding.suggestion,
        "place": finding.place,
    })
}

/// An accepted finding: the finding and the reason for which it is accepted.
fn accepted_value(accepted: &Accepted) -> Value {
    let mut value = finding_value(&accepted.finding);
    if let Some(object) = value.as_object_mut() {
        object.insert("reason".to_owned(), json!(accepted.reason));
    }
    value
}

fn summary_value(summary: &Summary) -> Value {
    json!({
        "total": counts_value(&summary.total),
        "units": summary.units.iter().map(|line| json!({"unit": line.unit, "counts": counts_value(&line.counts)})).collect::<Vec<_>>(),
        "codes": summary.codes.iter().map(|(code, severity, count)| json!({"code": code.number(), "title": code.title(), "severity": severity.key(), "count": count})).collect::<Vec<_>>(),
        "documents": summary.documents.iter().map(|line| json!({"file": line.file, "counts": counts_value(&line.counts)})).collect::<Vec<_>>(),
    })
}

fn counts_value(counts: &Counts) -> Value {
    json!({
        "forms": counts.forms,
        "rows": counts.rows(),
        "agrees": counts.agrees,
        "differs": counts.differs,
        "not_evaluated": counts.not_evaluated,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.notes,
        "difference": points(counts.difference),
        "points_verified": plain(counts.verified),
        "points_total": plain(counts.weight),
    })
}
