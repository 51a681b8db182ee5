//! 表单 (form): a performance form as it was filled in, cell for cell, each with its place.
//!
//! Here the texts are still texts: what they mean is decided by [`crate::indicator`].

mod column;
pub mod contract;
mod decode;
mod field;
mod find;
mod flat;
pub mod mend;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use column::Column;
pub use decode::{Costs, CostsError};
pub use field::Field;
pub use find::{Found, find, find_with_trace};
pub use flat::unfold;
pub use mend::{MendNote, Mended, mend, mend_with_trace};

pub use crate::document::{Doubt, Repair};

use crate::document::Place;

/// 表单类型
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormKind {
    /// 项目支出绩效自评表
    ProjectSelfEvaluation,
    /// 部门（单位）整体支出绩效自评表
    OverallSelfEvaluation,
    /// 项目支出绩效目标表
    ProjectTarget,
    /// 部门（单位）整体绩效目标表
    OverallTarget,
}

impl FormKind {
    /// Whether the form reports results, and so has actual values and scores.
    pub fn is_self_evaluation(self) -> bool {
        matches!(self, FormKind::ProjectSelfEvaluation | FormKind::OverallSelfEvaluation)
    }

    /// Whether the form is about the whole unit rather than one project.
    pub fn is_overall(self) -> bool {
        matches!(self, FormKind::OverallSelfEvaluation | FormKind::OverallTarget)
    }

    /// The key in JSON and YAML.
    pub fn key(self) -> &'static str {
        match self {
            FormKind::ProjectSelfEvaluation => "project-self-evaluation",
            FormKind::OverallSelfEvaluation => "overall-self-evaluation",
            FormKind::ProjectTarget => "project-target",
            FormKind::OverallTarget => "overall-target",
        }
    }

    /// The name a user reads.
    pub fn title(self) -> &'static str {
        match self {
            FormKind::ProjectSelfEvaluation => "项目支出绩效自评表",
            FormKind::OverallSelfEvaluation => "整体支出绩效自评表",
            FormKind::ProjectTarget => "项目支出绩效目标表",
            FormKind::OverallTarget => "整体绩效目标表",
        }
    }
}

/// 表单: one performance form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    pub kind: FormKind,
    /// The caption as printed.
    pub title: Option<Field>,
    /// 年度, from the caption line `（2024年度）` or the text around it.
    pub year: Option<i32>,
    /// 预算单位, 单位名称, 部门名称 (for project forms with both, the 实施单位 is in `header`).
    pub unit: Option<Field>,
    /// 项目名称
    pub project: Option<Field>,
    /// 项目负责人
    pub leader: Option<Field>,
    /// Every other label of the header block with its value, in order: 主管部门, 实施单位, 项目属性 …
    pub header: Vec<(Field, Field)>,
    /// 项目资金, 部门资金: the lines of the funds block in order.
    pub funds: Vec<FundsLine>,
    /// 年度总体目标
    pub goal: Option<Goal>,
    /// The indicator rows in order, merged cells filled down.
    pub rows: Vec<Row>,
    /// 总分
    pub total: Option<Total>,
    /// Text that fits no column, with its place; nothing is thrown away.
    pub unplaced: Vec<Field>,
    /// Where the form begins.
    pub place: Place,
    /// The columns that the indicator table has, so that an absent column can be told from a blank cell.
    pub columns: Vec<Column>,
}

/// 资金行: one line of the funds block.
#[derive(Debug, Clone, PartialEq)]
pub struct FundsLine {
    /// 年度资金总额, 其中：当年财政拨款, 上级资金 …
    pub name: Field,
    /// 年初预算数
    pub initial: Option<Field>,
    /// 全年预算数 (target forms: the amount)
    pub budget: Option<Field>,
    /// 全年执行数
    pub spent: Option<Field>,
    /// 分值
    pub weight: Option<Field>,
    /// 执行率
    pub rate: Option<Field>,
    /// 得分
    pub score: Option<Field>,
}

/// 年度总体目标
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// 预期目标
    pub expected: Option<Field>,
    /// 实际完成情况
    pub achieved: Option<Field>,
}

/// 总分 row.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    pub weight: Option<Field>,
    pub score: Option<Field>,
}

/// 指标行: one indicator row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    cells: BTreeMap<Column, Field>,
    /// Where the row stands.
    pub place: Place,
}

impl Row {
    /// An empty row at a place.
    pub fn new(place: Place) -> Self {
        Row { cells: BTreeMap::new(), place }
    }

    /// The cell of a column: `None` where the form has no such column, a blank field where the cell is empty.
    pub fn get(&self, column: Column) -> Option<&Field> {
        self.cells.get(&column)
    }

    /// The text of a column with white space removed; empty where absent.
    pub fn text(&self, column: Column) -> String {
        self.get(column).map(Field::squeezed).unwrap_or_default()
    }

    /// Puts a cell into its column.
    pub fn set(&mut self, column: Column, field: Field) {
        self.cells.insert(column, field);
    }

    /// Takes a cell out of its column.
    pub fn remove(&mut self, column: Column) -> Option<Field> {
        self.cells.remove(&column)
    }

    /// All cells in the order of the columns.
    pub fn cells(&self) -> impl Iterator<Item = (Column, &Field)> {
        self.cells.iter().map(|(column, field)| (*column, field))
    }

    /// Whether any cell of the row had to be repaired.
    pub fn repaired(&self) -> bool {
        self.cells.values().any(|field| field.repair.is_some())
    }
}
