//! 规则文件的问题 (problem): what is wrong with a rule file, where, and how to mend it.

use std::fmt;

use crate::audit::Code;

/// 问题: one mistake of a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub file: String,
    /// Line in the file, from 1, where it is known.
    pub line: Option<usize>,
    /// Which part of the file, as a person would say it: 规则“按照完成比例赋分”第2种情形.
    pub part: String,
    /// What is wrong and what was expected, in Chinese, without a full stop.
    pub message: String,
    /// How to mend it, in Chinese.
    pub mend: Option<String>,
}

/// `rules/my.yaml:12: [JX902] 规则“…”：…`, with how to mend it on a second line.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, " 第{line}行")?;
        }
        write!(f, " [{}] ", self.code.number())?;
        if !self.part.is_empty() {
            write!(f, "{}：", self.part)?;
        }
        f.write_str(&self.message)?;
        match &self.mend {
            Some(mend) => write!(f, "\n  改法：{mend}"),
            None => Ok(()),
        }
    }
}

/// 规则文件不可用: every problem that was found, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFileError {
    pub file: String,
    pub problems: Vec<Problem>,
}

impl fmt::Display for RuleFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "规则文件 {} 有 {} 处问题", self.file, self.problems.len())?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

impl std::error::Error for RuleFileError {}
