//! 规则集 (rule set): the published scoring rules as validated data.
//!
//! A rule file is read into raw structures, validated as a whole (problems are collected, not thrown one by one) and only
//! then becomes a [`RuleSet`]; nothing unvalidated reaches the engine.

mod example;
mod kind;
mod problem;
mod provenance;
mod rule;
mod scale;
mod select;
mod set;

pub use example::{Example, ExampleCase, Expected};
pub use kind::TargetKind;
pub use problem::{Problem, RuleFileError};
pub use provenance::Provenance;
pub use rule::{Case, Measure, OverAction, OverCompletion, Rule, Scale, Statement, Tier, Verdict};
pub use scale::{Band, Count, Share, Side, Steps};
pub use select::{Chosen, Evidence, Selection};
pub use set::{
    DefaultRule, Divisor, ExecutionRule, ExecutionScale, FormCap, Grade, InForce, Jurisdiction, JurisdictionLevel,
    LevelWeight, Note, Rounding, RoundingMode, RuleSet, SourceText, Threshold, Thresholds, Tolerance, WeightStructure,
};
