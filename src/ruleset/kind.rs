//! 目标值类型 (kind of target): what a rule's case applies to.

use serde::{Deserialize, Serialize};

use crate::indicator::{Comparator, Meaning, Value};

/// 目标值类型
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// ≥
    AtLeast,
    /// >
    MoreThan,
    /// ≤
    AtMost,
    /// <
    LessThan,
    /// =
    Equal,
    /// 左右
    About,
    /// A number without a comparator.
    Bare,
    /// 区间
    Range,
    /// 时限
    Date,
    /// 周期性时限
    Recurring,
    /// 定性
    Phrase,
}

impl TargetKind {
    /// Every kind, in the order of [`TargetKind::index`].
    pub const ALL: [TargetKind; 11] = [
        TargetKind::AtLeast,
        TargetKind::MoreThan,
        TargetKind::AtMost,
        TargetKind::LessThan,
        TargetKind::Equal,
        TargetKind::About,
        TargetKind::Bare,
        TargetKind::Range,
        TargetKind::Date,
        TargetKind::Recurring,
        TargetKind::Phrase,
    ];

    /// The kind of a target value; `None` for a missing value or one that is not understood.
    pub fn of(value: &Value) -> Option<TargetKind> {
        match &value.meaning {
            Meaning::Bound(bound) => Some(match bound.comparator {
                Some(Comparator::AtLeast) => TargetKind::AtLeast,
                Some(Comparator::AtMost) => TargetKind::AtMost,
                Some(Comparator::MoreThan) => TargetKind::MoreThan,
                Some(Comparator::LessThan) => TargetKind::LessThan,
                Some(Comparator::Equal) => TargetKind::Equal,
                Some(Comparator::About) => TargetKind::About,
                None => TargetKind::Bare,
            }),
            Meaning::Range(_) => Some(TargetKind::Range),
            Meaning::Deadline(_) => Some(TargetKind::Date),
            Meaning::Recurring(_) => Some(TargetKind::Recurring),
            Meaning::Phrase(_) => Some(TargetKind::Phrase),
            Meaning::Missing | Meaning::NotUnderstood(_) => None,
        }
    }

    /// The position in [`TargetKind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether the target is a number with or without a comparator.
    pub fn is_number(self) -> bool {
        self <= TargetKind::Bare
    }

    /// The key in rule files.
    pub fn key(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(key)) => key,
            _ => String::new(),
        }
    }

    /// The family a user reads where values of different kinds meet: 数值, 时限, 定性描述.
    pub fn family(self) -> &'static str {
        match self {
            TargetKind::Range => "区间",
            TargetKind::Date | TargetKind::Recurring => "时限",
            TargetKind::Phrase => "文字描述",
            _ => "数值",
        }
    }

    /// The word a user reads.
    pub fn words(self) -> &'static str {
        match self {
            TargetKind::AtLeast => "≥",
            TargetKind::MoreThan => ">",
            TargetKind::AtMost => "≤",
            TargetKind::LessThan => "<",
            TargetKind::Equal => "=",
            TargetKind::About => "约数",
            TargetKind::Bare => "无符号数值",
            TargetKind::Range => "区间",
            TargetKind::Date => "时限",
            TargetKind::Recurring => "周期性时限",
            TargetKind::Phrase => "定性描述",
        }
    }
}
