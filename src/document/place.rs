//! 位置 (place): where in the file something stands.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// 位置: where a cell or line stands in its file; all numbers count from 1 as a person would count them.
///
/// What a format does not have stays `None`: a text dump has lines but no pages, a workbook has sheets but no lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Number of the table in the document.
    pub table: Option<usize>,
    /// Row within the table (for a workbook: the row number of the sheet).
    pub row: Option<usize>,
    /// Column within the table (for a workbook: the column number of the sheet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Line of a text file.
    pub line: Option<usize>,
    /// Name of the sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// Page of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
}

impl Place {
    /// The place of a line of a text file.
    pub fn line(line: usize) -> Self {
        Place { line: Some(line), ..Place::default() }
    }
}

/// The place in words: `工作表“自评表”第12行H列`, `第3个表第12行第6列（第2页）`, `第810行`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "工作表“{sheet}”")?;
            if let Some(row) = self.row {
                write!(f, "第{row}行")?;
            }
            return match self.column {
                Some(column) => write!(f, "{}列", column_letters(column)),
                None => Ok(()),
            };
        }
        if let Some(line) = self.line {
            return write!(f, "第{line}行");
        }
        if let Some(table) = self.table {
            write!(f, "第{table}个表")?;
        }
        if let Some(row) = self.row {
            write!(f, "第{row}行")?;
        }
        if let Some(column) = self.column {
            write!(f, "第{column}列")?;
        }
        match self.page {
            Some(page) => write!(f, "（第{page}页）"),
            None => Ok(()),
        }
    }
}

/// The letters a spreadsheet program shows for a column number: 1 is A, 27 is AA.
pub(crate) fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}
