//! 审核 (audit): compares what a form prints with what the rule gives.
//!
//! Only this module makes findings, and it computes no score itself.

mod code;
mod finding;

pub use code::{Code, Severity};
pub use finding::Finding;
