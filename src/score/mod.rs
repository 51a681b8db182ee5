//! 评分 (score): a rule set applied to an indicator table.
//!
//! Every score carries the steps that led to it and the clause it rests on; every row without a score carries the reason.

mod admissible;
mod alternative;
mod answer;
mod card;
mod compare;
mod completion;
mod execution;
mod explain;
mod grade;
mod judge;
mod ratio;
mod scale;
mod sense;
mod support;
mod table;
mod unjudged;
mod verdict;

pub use admissible::{Excuse, Standing, execution_excuse, row_excuse};
pub use alternative::{alternatives, completion_rate, score_for_rate};
pub use answer::{Answer, AnswerWords};
pub use card::{Alternative, Basis, Cause, NotEvaluated, Outcome, Points, Score, ScoreCard, TotalScore};
pub use compare::{deviates, target_met};
pub use completion::Completion;
pub use execution::{execution_line, execution_outcome, score_for_execution_rate};
pub use explain::explain;
pub(crate) use explain::{band_words, percent, plain, share_words, verdict_words};
pub use grade::{cap, grade, round};
pub use judge::{Judgement, judge};
pub use ratio::Ratio;
pub use sense::{Sense, SenseWords, other_comparator};
pub use support::{OtherTotal, Support, support};
pub(crate) use table::rate;
pub use table::{over_completion, score};
pub use unjudged::Unjudged;
pub use verdict::{Measure, Verdict, execution_agrees, execution_verdict, row_agrees, row_verdict};
