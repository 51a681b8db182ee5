//! 失败 (failure): why a command could not run, in Chinese.

use std::io;
use std::path::PathBuf;

use jixiao::ruleset::RuleFileError;
use jixiao::template::WriteError;

use super::output::OutputError;
use super::policy::PolicyError;

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Policy(#[from] PolicyError),
    #[error("没有代码 {0}；运行 jixiao explain 可列出全部代码")]
    UnknownCode(String),
    #[error(transparent)]
    Rules(#[from] RuleFileError),
    #[error(transparent)]
    Template(#[from] WriteError),
    #[error(transparent)]
    TemplatePolicy(#[from] jixiao::template::PolicyError),
    #[error("{}：{why}", file.display())]
    Unreadable { file: PathBuf, why: String },
    #[error("{}：{why}", file.display())]
    OwnReport { file: PathBuf, why: String },
    #[cfg(feature = "ocr")]
    #[error(transparent)]
    Model(#[from] jixiao::document::model::ModelError),
    #[error("无法读取标准输入：{0}")]
    Stdin(io::Error),
    #[error("{0}")]
    Unsupported(String),
}

impl Failure {
    /// Whether the reader of the output went away, which is no mistake.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.is_broken_pipe())
    }
}
