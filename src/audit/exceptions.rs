//! 例外 (exceptions): findings that a project folder accepts, each with its reason, from `jixiao.yaml`.

use serde::Deserialize;

use crate::text::is_nested_too_deep;

use crate::audit::{Finding, Selector};

/// 例外清单
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    entries: Vec<Exception>,
}

/// 例外: which findings are accepted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    pub code: Selector,
    /// The end of the path of the file; `None` for every file.
    pub file: Option<String>,
    /// Number of the form in the document.
    pub form: Option<usize>,
    /// Number of the row in the form, 0 for the funds.
    pub row: Option<usize>,
    pub reason: String,
}

/// An exception file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExceptionsError {
    #[error("例外清单 {file} 无法读取：{source}")]
    Unreadable { file: String, source: serde_yaml::Error },
    #[error("例外清单 {file} 的括号或列表嵌套过深；请确认选对了文件")]
    TooDeep { file: String },
    #[error("例外清单 {file} 第 {entry} 条：{why}")]
    Invalid { file: String, entry: usize, why: String },
}

/// 应用结果: what remains, and what was accepted for which reason.
#[derive(Debug, Clone, Default)]
pub struct Sifted {
    pub kept: Vec<Finding>,
    /// Accepted findings, each with the number of its exception, from 1.
    pub accepted: Vec<(Finding, usize)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    exceptions: Vec<RawException>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawException {
    code: String,
    file: Option<String>,
    form: Option<usize>,
    row: Option<usize>,
    reason: String,
}

impl Exceptions {
    /// Reads an exception file; `file` is named in the error.
    ///
    /// # Errors
    ///
    /// When the text is no such YAML, a code is unknown, or a reason is blank.
    pub fn parse(file: &str, yaml: &str) -> Result<Exceptions, ExceptionsError> {
        if is_nested_too_deep(yaml) {
            return Err(ExceptionsError::TooDeep { file: file.to_owned() });
        }
        let raw: RawFile = serde_yaml::from_str(yaml)
            .map_err(|source| ExceptionsError::Unreadable { file: file.to_owned(), source })?;
        let invalid =
            |entry: usize, why: String| ExceptionsError::Invalid { file: file.to_owned(), entry: entry + 1, why };
        let entries = raw.exceptions.into_iter().enumerate().map(|(index, entry)| {
            if entry.reason.trim().is_empty() {
                return Err(invalid(index, "没有写明理由（reason）".to_owned()));
            }
            let code = entry.code.parse().map_err(|error: super::UnknownCode| invalid(index, error.to_string()))?;
            Ok(Exception { code, file: entry.file, form: entry.form, row: entry.row, reason: entry.reason })
        });
        Ok(Exceptions { entries: entries.collect::<Result<_, _>>()? })
    }

    /// The exceptions in the order of the file.
    pub fn entries(&self) -> &[Exception] {
        &self.entries
    }

    /// Takes out the findings about a file that are accepted.
    pub fn sift(&self, file: &str, findings: Vec<Finding>) -> Sifted {
        let mut sifted = Sifted::default();
        for finding in findings {
            match self.entries.iter().position(|exception| exception.covers(file, &finding)) {
                Some(entry) => sifted.accepted.push((finding, entry + 1)),
                None => sifted.kept.push(finding),
            }
        }
        sifted
    }
}

impl Exception {
    /// Whether a finding about a file is accepted by this exception.
    pub fn covers(&self, file: &str, finding: &Finding) -> bool {
        let path = file.replace('\\', "/");
        let same_file = self
            .file
            .as_deref()
            .is_none_or(|end| path == end || path.strip_suffix(end).is_some_and(|before| before.ends_with('/')));
        same_file
            && self.code.covers(finding.code)
            && self.form.is_none_or(|form| finding.form == Some(form))
            && self.row.is_none_or(|row| finding.row == Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Code;

    #[test]
    fn an_exception_takes_out_what_it_names_and_nothing_else() {
        let yaml = "exceptions:\n  - {code: JX402, file: 自评表.docx, form: 3, reason: 追加任务，年中已报备}\n";
        let exceptions = Exceptions::parse("jixiao.yaml", yaml).unwrap();
        let at = |form| Finding { form: Some(form), ..Finding::new(Code::TargetSetTooLow, "") };
        let sifted = exceptions.sift("数据/自评表.docx", vec![at(3), at(4)]);
        assert_eq!((sifted.kept.len(), sifted.accepted.len()), (1, 1));
        assert_eq!(exceptions.sift("数据/新自评表.docx", vec![at(3)]).kept.len(), 1);
    }

    #[test]
    fn an_exception_without_a_reason_is_refused() {
        let error = Exceptions::parse("jixiao.yaml", "exceptions:\n  - {code: JX402, reason: ' '}\n").unwrap_err();
        assert_eq!(error.to_string(), "例外清单 jixiao.yaml 第 1 条：没有写明理由（reason）");
        assert!(Exceptions::parse("jixiao.yaml", "exceptions:\n  - {code: JX402}\n").is_err());
    }
}
