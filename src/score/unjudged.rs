//! 未评价的原因 (unjudged): why a row has no score, as a value that becomes a sentence only when somebody reads it.

use std::fmt;

use crate::ruleset::TargetKind;

/// 未评价的原因
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unjudged {
    /// The form reports no results.
    TargetForm,
    WeightMissing,
    WeightNotUnderstood(String),
    TargetMissing,
    TargetNotUnderstood(String),
    ActualMissing,
    ActualNotUnderstood(String),
    RuleUnknown {
        printed: String,
        rules: String,
    },
    /// The form explains its rule in a sentence instead of naming one.
    RuleIsText {
        printed: String,
    },
    NoDefault {
        kind: TargetKind,
        rules: String,
    },
    KindNotCovered {
        rule: String,
        kind: TargetKind,
    },
    KindsDiffer {
        target: &'static str,
        actual: &'static str,
    },
    UnitsDiffer {
        target: String,
        actual: String,
    },
    ZeroTarget {
        rule: String,
    },
    NotPercent {
        rule: String,
    },
    AnswerUnknown {
        words: String,
    },
    /// Target and result leave open whether the target is met.
    VerdictOpen,
    /// The rule does not say what a missed target gives.
    MissedNotStated {
        rule: String,
    },
    OutOfRange,
    ExecutionNotStated {
        rules: String,
    },
    FundsMissing,
    BudgetZero,
}

/// Characters of an explanation that a message shows.
const SHOWN: usize = 30;

impl fmt::Display for Unjudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unjudged::TargetForm => f.write_str("绩效目标表没有实际完成值，不计分"),
            Unjudged::WeightMissing => f.write_str("没有填写权重（分值），无法计分"),
            Unjudged::WeightNotUnderstood(text) => write!(f, "权重“{text}”不是数字，无法计分"),
            Unjudged::TargetMissing => f.write_str("没有填写目标值，无法计算完成率"),
            Unjudged::TargetNotUnderstood(text) => write!(f, "目标值“{text}”无法识别，无法计算完成率"),
            Unjudged::ActualMissing => f.write_str("没有填写实际完成值，无法计算完成率"),
            Unjudged::ActualNotUnderstood(text) => write!(f, "实际完成值“{text}”无法识别，无法计算完成率"),
            Unjudged::RuleUnknown { printed, rules } => {
                write!(f, "赋分规则“{printed}”不在规则集 {rules} 中，不知道应如何计分")
            }
            Unjudged::RuleIsText { printed } => {
                let short: String = printed.chars().take(SHOWN).collect();
                let rest = if printed.chars().count() > SHOWN { "…" } else { "" };
                write!(f, "评分标准“{short}{rest}”是一段说明而不是规则名称，程序不能据此计分，需由人核对")
            }
            Unjudged::NoDefault { kind, rules } => {
                write!(f, "表中没有写明赋分规则，规则集 {rules} 也没有规定{}目标默认如何计分", kind.words())
            }
            Unjudged::KindNotCovered { rule, kind } => {
                write!(f, "规则“{rule}”没有规定{}目标如何计分", kind.words())
            }
            Unjudged::KindsDiffer { target, actual } => {
                write!(f, "目标值是{target}，而实际完成值是{actual}，两者不能相比")
            }
            Unjudged::UnitsDiffer { target, actual } => {
                write!(f, "目标值的单位是“{target}”，实际完成值的单位是“{actual}”，两者不能换算")
            }
            Unjudged::ZeroTarget { rule } => {
                write!(f, "目标值为0，无法计算完成率，规则“{rule}”没有规定此时如何计分")
            }
            Unjudged::NotPercent { rule } => write!(f, "规则“{rule}”按百分率计分，而实际完成值不是百分率"),
            Unjudged::AnswerUnknown { words } => {
                write!(f, "完成情况“{words}”是文字描述，看不出属于哪个评判等级，需由人评定")
            }
            Unjudged::VerdictOpen => f.write_str("从所填内容看不出目标是否完成，需由人核对"),
            Unjudged::MissedNotStated { rule } => {
                write!(f, "目标没有完成，而规则“{rule}”没有写明此时如何扣分，需由人评定")
            }
            Unjudged::OutOfRange => f.write_str("数字过大或小数位过多，超出可精确计算的范围"),
            Unjudged::ExecutionNotStated { rules } => write!(f, "规则集 {rules} 没有规定预算执行率如何计分"),
            Unjudged::FundsMissing => f.write_str("没有填写预算数或执行数，无法计算预算执行率"),
            Unjudged::BudgetZero => f.write_str("预算数为0，无法计算预算执行率"),
        }
    }
}
