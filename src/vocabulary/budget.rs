//! 预算表用词 (budget words): how the budget tables of a document are called and what their lines say.

use serde::Deserialize;

/// 预算表用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetWords {
    /// Which titles announce which table; the first that fits counts.
    pub(super) tables: Vec<BudgetTitle>,
    /// Names of lines that hold the sum of a table.
    pub totals: Vec<String>,
    /// Words of the headings of a table, by which a row without amounts is known for one.
    pub headings: Vec<String>,
    /// Labels in running text behind which the name of a project stands, and those behind which its amount stands.
    pub project_labels: Vec<String>,
    pub amount_labels: Vec<String>,
    /// Labels that follow the name of a project in running text.
    pub next_labels: Vec<String>,
    /// Labels of a form's head: the code of the project, its first and its last year.
    pub code_labels: Vec<String>,
    pub start_labels: Vec<String>,
    pub end_labels: Vec<String>,
    pub phone_labels: Vec<String>,
    /// Words at either end of a project's name that make no other project of it.
    pub project_noise: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetTitle {
    kind: BudgetKind,
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

/// 预算表的种类
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetKind {
    /// 收支总表
    Balance,
    /// 财政拨款收支总表
    FiscalBalance,
    /// 收入总表
    Income,
    /// 支出总表
    Spending,
    /// 一般公共预算支出表
    GeneralSpending,
    /// 基本支出表
    BasicSpending,
    /// 项目支出表
    Projects,
    /// 政府性基金预算支出表
    Fund,
    /// 国有资本经营预算支出表
    Capital,
    /// 三公经费表
    ThreePublic,
    /// 结转结余表
    Carried,
}

impl BudgetKind {
    /// Whether income stands beside spending, so that a row has two lines.
    pub fn is_balance(self) -> bool {
        matches!(self, BudgetKind::Balance | BudgetKind::FiscalBalance)
    }
}

impl BudgetWords {
    /// The kind of table that a title announces.
    pub(super) fn kind(&self, title: &str) -> Option<BudgetKind> {
        let fits = |known: &&BudgetTitle| {
            known.all.iter().all(|word| title.contains(word.as_str()))
                && !known.none.iter().any(|word| title.contains(word.as_str()))
        };
        self.tables.iter().find(fits).map(|known| known.kind)
    }

    /// Whether the name of a line says that it holds the sum.
    pub fn is_total(&self, name: &str) -> bool {
        self.totals.iter().any(|total| total == name)
    }
}
