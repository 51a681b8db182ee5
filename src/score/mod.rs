//! 评分 (score): a rule set applied to an indicator table.
//!
//! Every score carries the steps that led to it and the clause it rests on; every row without a score carries the reason.

mod card;
mod ratio;

pub use card::{Alternative, Basis, Cause, NotEvaluated, Outcome, Points, Score, ScoreCard, TotalScore};
pub use ratio::Ratio;
