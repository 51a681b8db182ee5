//! 交换格式 (contract): forms as JSON and YAML, written by `jixiao extract` and read back from what people type by hand.
//!
//! The keys are a promise: additions are allowed, renames are not. Cells are the printed text with white space inside
//! removed; an absent cell is null, a blank one the empty string.

mod entry;
mod indicator;

use serde::{Deserialize, Serialize};

use super::{Field, Form};
use crate::document::{Place, Source};
use crate::text::is_nested_too_deep;
use entry::FormEntry;

/// Name and version of the contract.
pub const SCHEMA: &str = "jixiao.extract/1";

/// The document that `jixiao extract` writes.
#[derive(Debug, Serialize)]
pub struct Extract {
    schema: &'static str,
    source: SourceEntry,
    forms: Vec<FormEntry>,
    unplaced: Vec<UnplacedEntry>,
}

#[derive(Debug, Serialize)]
struct SourceEntry {
    file: String,
    sha256: String,
}

/// Text that belongs to no cell of a form, with its place.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnplacedEntry {
    text: String,
    #[serde(default)]
    form: Option<usize>,
    #[serde(default)]
    place: Place,
}

/// A file of forms that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The text is no YAML or JSON of the contract.
    #[error("表单文件格式有误：{0}")]
    Syntax(#[from] serde_yaml::Error),
    /// Brackets within brackets without end.
    #[error("表单文件的括号或列表嵌套过深，不是 jixiao extract 写出的格式；请重新导出")]
    TooDeep,
    /// The text is valid but holds no form.
    #[error("文件中没有 forms 列表，无法作为表单读取；请参照 jixiao extract 的输出填写")]
    NoForms,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    #[serde(default)]
    #[allow(dead_code)]
    schema: Option<String>,
    #[serde(default)]
    #[allow(dead_code)]
    source: Option<serde::de::IgnoredAny>,
    forms: Option<Vec<FormEntry>>,
    /// What `jixiao template` adds: the reasons behind a draft.
    #[serde(default)]
    #[allow(dead_code)]
    draft: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    unplaced: Vec<UnplacedEntry>,
}

impl Extract {
    /// The contract for the forms of one file.
    pub fn new(source: &Source, forms: &[Form], unplaced: &[Field]) -> Self {
        let of_document = unplaced.iter().map(|field| (None, field));
        let of_forms = forms
            .iter()
            .enumerate()
            .flat_map(|(index, form)| form.unplaced.iter().map(move |field| (Some(index + 1), field)));
        let unplaced = of_forms
            .chain(of_document)
            .map(|(form, field)| UnplacedEntry { text: field.squeezed(), form, place: field.place.clone() })
            .collect();
        Extract {
            schema: SCHEMA,
            source: SourceEntry { file: source.file.clone(), sha256: source.sha256.clone() },
            forms: forms.iter().map(FormEntry::from).collect(),
            unplaced,
        }
    }
}

/// Reads forms from YAML or JSON of the contract.
///
/// Numbers need no quotes: they are read from their digits, so `3.50` keeps its zero.
///
/// # Errors
/// [`ContractError`] with line and column where the text does not follow the contract.
pub fn read_forms(text: &str) -> Result<Vec<Form>, ContractError> {
    if is_nested_too_deep(text) {
        return Err(ContractError::TooDeep);
    }
    let file: FormsFile = serde_yaml::from_str(text)?;
    let mut forms: Vec<Form> = file.forms.ok_or(ContractError::NoForms)?.into_iter().map(Form::from).collect();
    for entry in file.unplaced {
        let form = entry.form.and_then(|number| forms.get_mut(number.checked_sub(1)?));
        if let Some(form) = form {
            form.unplaced.push(Field::new(entry.text, entry.place));
        }
    }
    Ok(forms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::form::Column;

    const FORM: &str = r#"
forms:
  - kind: project-self-evaluation
    title: 项目支出绩效自评表
    year: 2024
    unit: 某局
    project: 某项目
    funds:
      - {name: 年度资金总额, initial: 3.50, budget: 3.50, spent: 3.50, weight: 10, rate: 100.00%, score: 10.00}
    goal: {expected: 做好, achieved: 做好了}
    indicators:
      - {level1: 产出指标, level2: 数量指标, name: 车辆数量, weight: 10, target: "=1辆", actual: "=1辆", rate: 100%, score: 10, reason: ""}
    total: {weight: 100, score: 100.00分}
"#;

    #[test]
    fn hand_written_yaml_keeps_digits_and_tells_absent_from_blank() {
        let forms = read_forms(FORM).unwrap();
        assert_eq!(forms[0].funds[0].budget.as_ref().unwrap().text, "3.50");
        assert_eq!(forms[0].rows[0].text(Column::Target), "=1辆");
        assert!(forms[0].rows[0].get(Column::Reason).unwrap().is_blank());
        assert!(forms[0].rows[0].get(Column::Basis).is_none());
    }

    #[test]
    fn written_contract_reads_back_to_the_same_forms() {
        let forms = read_forms(FORM).unwrap();
        let source = Source { file: "a.yaml".into(), sha256: "00".into(), format: Format::Yaml };
        let json = serde_json::to_string(&Extract::new(&source, &forms, &[])).unwrap();
        assert_eq!(read_forms(&json).unwrap(), forms);
        let yaml = serde_yaml::to_string(&Extract::new(&source, &forms, &[])).unwrap();
        assert_eq!(read_forms(&yaml).unwrap(), forms);
    }

    #[test]
    fn unknown_key_is_named_with_its_line() {
        let error = read_forms("forms:\n  - kind: project-target\n    titel: x\n").unwrap_err().to_string();
        assert!(error.contains("titel") && error.contains("line 3"), "{error}");
    }
}
