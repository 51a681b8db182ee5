//! 取值 (formats): the words that options take.

use clap::ValueEnum;

use jixiao::audit::Severity;
use jixiao::report;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The lowest severity that fails the run.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Xlsx,
    #[value(alias = "htm")]
    Html,
    Md,
    Docx,
}

impl From<ReportFormat> for report::Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Table => report::Format::Table,
            ReportFormat::Json => report::Format::Json,
            ReportFormat::Jsonl => report::Format::Jsonl,
            ReportFormat::Csv => report::Format::Csv,
            ReportFormat::Xlsx => report::Format::Xlsx,
            ReportFormat::Html => report::Format::Html,
            ReportFormat::Md => report::Format::Md,
            ReportFormat::Docx => report::Format::Docx,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractFormat {
    Yaml,
    Json,
    Csv,
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TemplateFormat {
    Table,
    Yaml,
    Json,
    Xlsx,
    Docx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    Text,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    Text,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Json,
}
