//! 栏目 (column): what the columns of an indicator table mean.

use serde::{Deserialize, Serialize};

/// 栏目: the meaning of one column of an indicator table, whatever its heading is called.
///
/// The headings themselves are data (`rules/vocabulary.yaml`); the serialised name is the key there and in the JSON
/// contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 目标名称: 长期绩效目标, 年度绩效目标, 长期目标1 …
    Group,
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标, 指标内容
    Name,
    /// 分值, 权重
    Weight,
    /// 年度指标值, 目标值
    Target,
    /// 实际完成值, 业绩值
    Actual,
    /// 完成率
    Rate,
    /// 得分, 自评得分
    Score,
    /// 指标值设定依据
    Basis,
    /// 上年完成值
    Previous,
    /// 前年完成值
    BeforePrevious,
    /// 赋分规则
    Rule,
    /// 佐证资料
    Evidence,
    /// 偏差原因分析及改进措施
    Reason,
    /// 计算符号, 指标性质, 指标方向: joined with the target when the form is found.
    Sign,
    /// 度量单位: joined with the target (and the actual) when the form is found.
    Unit,
    /// 年初指标值, where the form also has an adjusted target.
    InitialTarget,
    /// 复核得分
    ReviewScore,
    /// 得分系数
    Coefficient,
    /// 序号
    Number,
    /// 备注, 指标解释 and whatever else a form explains.
    Remark,
}

impl Column {
    /// The columns of the JSON contract, in its order.
    pub const CONTRACT: [Column; 15] = [
        Column::Group,
        Column::Level1,
        Column::Level2,
        Column::Name,
        Column::Weight,
        Column::Target,
        Column::Actual,
        Column::Rate,
        Column::Score,
        Column::Basis,
        Column::Previous,
        Column::BeforePrevious,
        Column::Rule,
        Column::Evidence,
        Column::Reason,
    ];

    /// Columns that appear in the JSON only where a form has them.
    pub const OPTIONAL: [Column; 7] = [
        Column::InitialTarget,
        Column::Sign,
        Column::Unit,
        Column::ReviewScore,
        Column::Coefficient,
        Column::Number,
        Column::Remark,
    ];

    /// The column with a key.
    pub fn from_key(key: &str) -> Option<Column> {
        Column::CONTRACT.iter().chain(&Column::OPTIONAL).copied().find(|column| column.key() == key)
    }

    /// The key in JSON and YAML.
    pub fn key(self) -> &'static str {
        match self {
            Column::Group => "group",
            Column::Level1 => "level1",
            Column::Level2 => "level2",
            Column::Name => "name",
            Column::Weight => "weight",
            Column::Target => "target",
            Column::Actual => "actual",
            Column::Rate => "rate",
            Column::Score => "score",
            Column::Basis => "basis",
            Column::Previous => "previous",
            Column::BeforePrevious => "before_previous",
            Column::Rule => "rule",
            Column::Evidence => "evidence",
            Column::Reason => "reason",
            Column::Sign => "sign",
            Column::Unit => "unit",
            Column::InitialTarget => "initial_target",
            Column::ReviewScore => "review_score",
            Column::Coefficient => "coefficient",
            Column::Number => "number",
            Column::Remark => "remark",
        }
    }

    /// The name a user reads in messages.
    pub fn title(self) -> &'static str {
        match self {
            Column::Group => "目标名称",
            Column::Level1 => "一级指标",
            Column::Level2 => "二级指标",
            Column::Name => "三级指标",
            Column::Weight => "权重",
            Column::Target => "目标值",
            Column::Actual => "实际完成值",
            Column::Rate => "完成率",
            Column::Score => "得分",
            Column::Basis => "指标值设定依据",
            Column::Previous => "上年完成值",
            Column::BeforePrevious => "前年完成值",
            Column::Rule => "赋分规则",
            Column::Evidence => "佐证资料",
            Column::Reason => "偏差原因",
            Column::Sign => "指标性质",
            Column::Unit => "度量单位",
            Column::InitialTarget => "年初指标值",
            Column::ReviewScore => "复核得分",
            Column::Coefficient => "得分系数",
            Column::Number => "序号",
            Column::Remark => "备注",
        }
    }
}
