//! 报告 (report): what a run found, as one value that every format is rendered from.
//!
//! A [`Report`] is built from the cases and their findings and knows nothing of terminals; the renderers read it and nothing
//! else, so the table, the JSON and the workbook can never disagree.

mod build;
mod csv;
mod docx;
mod draft;
pub mod extracted;
mod figures;
mod filled;
mod gist;
mod html;
mod json;
mod markdown;
mod receipt;
mod rule_page;
pub mod side_by_side;
mod summary;
mod table;
mod verdict;
mod workbook;

use std::io::{self, Write};

use rust_decimal::Decimal;

pub use docx::{ReturnSlip, return_slips};
pub use draft::{draft_table, open_items};
pub use figures::{percent, plain, points, points_span};
pub use filled::filled_cells;
pub use rule_page::rule_page;
pub use summary::{Counts, DocumentLine, Summary, UnitLine};
pub use table::layout::Grid;
pub use verdict::{Rounding, Verdict};

use crate::audit::Finding;
use crate::form::FormKind;
use crate::score::Support;
use crate::score::{Basis, Cause, Points};

/// 报告: the outcome of one run over one or more files.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the run was asked for.
    pub purpose: Purpose,
    /// Version of the engine.
    pub engine: String,
    /// The documents that could be read, in the order of the input.
    pub documents: Vec<DocumentReport>,
    /// The files that could not be read, in the order of the input.
    pub unreadable: Vec<Unreadable>,
    /// The files of a folder that were passed over, with the reason.
    pub skipped: Vec<Unreadable>,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// 审核: scores and findings.
    Audit,
    /// 复核: scores alone.
    Score,
    /// 对照: what changed between two documents.
    Compare,
}

impl Purpose {
    /// Name and version of the JSON contract.
    pub fn schema(self) -> &'static str {
        match self {
            Purpose::Audit => "jixiao.audit/1",
            Purpose::Score => "jixiao.score/1",
            Purpose::Compare => "jixiao.compare/1",
        }
    }

    /// The title of a report.
    pub fn title(self) -> &'static str {
        match self {
            Purpose::Audit => "绩效自评审核报告",
            Purpose::Score => "绩效自评复核报告",
            Purpose::Compare => "绩效目标对照报告",
        }
    }

    /// Whether the report lists findings.
    pub fn has_findings(self) -> bool {
        self != Purpose::Score
    }
}

/// 无法读取的文件, with the reason in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub file: String,
    pub why: String,
}

/// 文件报告: one document.
#[derive(Debug, Clone)]
pub struct DocumentReport {
    /// The path as the user gave it.
    pub file: String,
    /// SHA-256 of the file, for the receipt.
    pub sha256: String,
    /// The earlier document, where two are compared.
    pub before: Option<Origin>,
    pub forms: Vec<FormReport>,
    /// The findings that the user's overrides leave, in the order of the document.
    pub findings: Vec<Finding>,
    /// The findings that a list of exceptions accepts, each with the reason given there.
    pub accepted: Vec<Accepted>,
}

/// 来源: the other document of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub file: String,
    pub sha256: String,
}

/// 例外: a finding that a list of exceptions accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub finding: Finding,
    pub reason: String,
}

/// 规则收据: which rule set was applied, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesReceipt {
    pub id: String,
    pub title: String,
    pub hash: String,
    /// One sentence in Chinese.
    pub because: String,
}

/// 表报告: one form with its published and recomputed scores.
#[derive(Debug, Clone)]
pub struct FormReport {
    /// Number of the form in the document, from 1.
    pub form: usize,
    pub kind: FormKind,
    /// The caption as printed, else the name of the kind.
    pub title: String,
    pub year: Option<i32>,
    pub unit: Option<String>,
    pub project: Option<String>,
    pub rules: RulesReceipt,
    /// The printed total.
    pub published: Option<Decimal>,
    /// The recomputed total.
    pub computed: Option<Decimal>,
    /// Points whose score was recomputed exactly, of `weight`.
    pub verified: Decimal,
    pub weight: Decimal,
    /// 等级
    pub grade: Option<String>,
    /// The budget execution line, where it carries points.
    pub execution: Option<RowReport>,
    pub rows: Vec<RowReport>,
    /// Which rounding the form's own figures obey.
    pub rounding: Rounding,
    /// How far the printed scores hold under all the rules that apply.
    pub support: Support,
}

/// 行报告: one indicator row (or the budget execution line, whose `row` is 0).
#[derive(Debug, Clone)]
pub struct RowReport {
    pub row: usize,
    pub level1: String,
    pub level2: String,
    pub name: String,
    /// The cells as printed, white space removed; `None` where the form has no such column.
    pub weight: String,
    pub target: Option<String>,
    pub actual: Option<String>,
    pub printed_rate: Option<String>,
    pub printed_score: Option<String>,
    pub rule: Option<String>,
    /// The printed score as a number.
    pub published: Option<Decimal>,
    /// The recomputed completion rate in per cent.
    pub rate: Option<Decimal>,
    pub points: Option<Points>,
    pub verdict: Verdict,
    pub steps: Vec<String>,
    /// Why there is no verdict, in Chinese.
    pub why: Option<String>,
    pub basis: Option<Basis>,
}

/// 输出格式
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
    Xlsx,
    Html,
    Md,
    Docx,
}

/// How a report is shown on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether to colour severities and verdicts.
    pub colour: bool,
    /// Whether to print the steps and the clause of every row.
    pub explain: bool,
}

impl Default for View {
    fn default() -> Self {
        View { width: 100, colour: false, explain: false }
    }
}

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("生成 JSON 失败：{0}")]
    Json(#[from] serde_json::Error),
    #[error("生成 YAML 失败：{0}")]
    Yaml(#[from] serde_yaml::Error),
    #[error("生成 CSV 失败：{0}")]
    Csv(#[from] ::csv::Error),
    #[error("生成工作簿失败：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl Report {
    /// Writes the report in a format.
    pub fn render(&self, format: Format, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
        match format {
            Format::Table => table::render(self, view, out),
            Format::Json => json::render(self, out),
            Format::Jsonl => json::render_lines(self, out),
            Format::Csv => csv::render(self, out),
            Format::Xlsx => workbook::render(self, out),
            Format::Html => html::render(self, out),
            Format::Md => markdown::render(self, out),
            Format::Docx => docx::render(self, out),
        }
    }

    /// Whether several files were asked for, so that a summary belongs at the end.
    pub fn is_run(&self) -> bool {
        self.documents.len() + self.unreadable.len() > 1 || !self.skipped.is_empty()
    }
}

impl DocumentReport {
    /// The findings about a form, those of the document itself for `None`.
    pub fn findings_of(&self, form: Option<usize>) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.form == form)
    }

    /// The findings about one row of a form.
    pub fn findings_at(&self, form: usize, row: usize) -> impl Iterator<Item = &Finding> {
        self.findings_of(Some(form)).filter(move |finding| finding.row == Some(row))
    }
}

impl FormReport {
    /// The budget execution line, then the indicator rows.
    pub fn lines(&self) -> impl Iterator<Item = &RowReport> {
        self.execution.iter().chain(&self.rows)
    }

    /// The row with a number; 0 is the budget execution line.
    pub fn row(&self, number: Option<usize>) -> Option<&RowReport> {
        self.lines().find(|row| Some(row.row) == number)
    }

    /// The published total less the recomputed one.
    pub fn difference(&self) -> Option<Decimal> {
        self.published?.checked_sub(self.computed?)
    }
}

impl RowReport {
    /// The recomputed score in words: `5.35`, `6.00~8.00`.
    pub fn points_text(&self) -> Option<String> {
        self.points.as_ref().map(points_span)
    }

    /// The published score less the recomputed one, where both are figures.
    pub fn difference(&self) -> Option<Decimal> {
        match self.points? {
            Points::Exact { rounded, .. } => self.published?.checked_sub(rounded),
            Points::Within { .. } => None,
        }
    }
}

/// Every cause that a finding may name.
const CAUSES: [Cause; 13] = [
    Cause::RateRounded,
    Cause::CeilingAsFloor,
    Cause::FloorAsCeiling,
    Cause::InverseRatio,
    Cause::OverCompletionNotDeducted,
    Cause::OverCompletionDeducted,
    Cause::AnotherRule,
    Cause::GivenInFull,
    Cause::CopiedFromRow,
    Cause::Truncated,
    Cause::FollowsPrintedRate,
    Cause::DeviationMistaken,
    Cause::ScaleMistaken,
];

/// What a line of evidence begins with that names the likely cause.
const LIKELY: &str = "可能原因：";

/// The arithmetic of a finding, without the line that names the likely cause.
pub fn arithmetic(finding: &Finding) -> String {
    let lines: Vec<&str> =
        finding.evidence.iter().map(String::as_str).filter(|line| !line.starts_with(LIKELY)).collect();
    lines.join("\n")
}

/// The likely cause of a finding in words, with its arithmetic where the evidence gives it; nothing where the message says
/// it already.
pub fn cause_words(finding: &Finding) -> Option<&str> {
    let spelled = finding.evidence.iter().find_map(|line| line.strip_prefix(LIKELY));
    let named =
        finding.cause.map(|key| CAUSES.iter().find(|cause| cause.key() == key).map_or(key, |cause| cause.words()));
    spelled.or(named).filter(|words| !finding.message.contains(words))
}
