//! 填表 (fill): the completion rates, scores and totals of a half-filled self-evaluation, under a rule set.
//!
//! Only blank cells are filled; what is printed stays, right or wrong, for the audit to judge. What the rules leave to a
//! person is marked 待填 and listed.

mod filling;
mod patch;
mod search;
mod sheets;
mod write;

use crate::form::{Column, Form};

pub use filling::fill;
pub use patch::{Patched, patch_docx};
pub use sheets::patch_xlsx;
pub use write::{write_docx, write_xlsx};

/// 填写结果: a form with what could be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The form with every cell that was filled.
    pub form: Form,
    /// What was filled, in the order of the form.
    pub cells: Vec<FilledCell>,
    /// What a person has still to fill, in the order of the form.
    pub open: Vec<FilledCell>,
}

/// 填写的单元格
#[derive(Debug, Clone, PartialEq)]
pub struct FilledCell {
    pub spot: Spot,
    /// What was written into it.
    pub text: String,
    /// The arithmetic and the clause; for an open cell what a person has to do.
    pub reasons: Vec<String>,
}

/// 位置: which cell of a form, rows and lines counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// 执行率 of a funds line.
    FundsRate(usize),
    /// 得分 of a funds line.
    FundsScore(usize),
    /// A cell of an indicator row.
    Row(usize, Column),
    /// 总分
    TotalScore,
}

impl Spot {
    /// The cell in words: `第3行指标“参保人数”的得分`.
    pub fn words(self, form: &Form) -> String {
        match self {
            Spot::FundsRate(line) => format!("{}的执行率", funds_name(form, line)),
            Spot::FundsScore(line) => format!("{}的得分", funds_name(form, line)),
            Spot::Row(row, column) => {
                let name = form.rows.get(row).map(|row| row.text(Column::Name)).unwrap_or_default();
                format!("第{}行指标“{name}”的{}", row + 1, column.title())
            }
            Spot::TotalScore => "总分".to_owned(),
        }
    }
}

fn funds_name(form: &Form, line: usize) -> String {
    form.funds.get(line).map(|line| format!("资金“{}”", line.name.squeezed())).unwrap_or_default()
}
