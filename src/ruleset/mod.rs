//! 规则集 (rule set): the published scoring rules as validated data.
//!
//! A rule file is read into raw structures ([`file`]), validated as a whole (problems are collected, not thrown one by one)
//! and only then becomes a [`RuleSet`]; nothing unvalidated reaches the engine.

pub mod builtin;
mod example;
pub mod file;
pub(crate) mod habits;
mod infer;
mod kind;
mod layout;
mod load;
mod locate;
mod mistyped;
mod places;
mod present;
mod problem;
mod provenance;
mod rule;
mod scale;
mod select;
mod set;
pub(crate) mod syntax;
mod validate;

pub use example::{Example, ExampleCase, Expected, Got};
pub use infer::{Doubt, FittedBand, FittedCurve, Inference, Miss, RowPlace, SetReport, infer};
pub use kind::TargetKind;
pub use load::{parse, read_file};
pub use places::{PlaceFound, Places};
pub use present::{
    Difference, Listing, Passage, differences, drawn_curve, listings, passages, points_at, prose, starting_file,
};
pub use problem::{Problem, RuleFileError};
pub use provenance::Provenance;
pub use rule::{Case, Measure, OverAction, OverCompletion, Rule, Scale, Statement, Tier, Verdict};
pub use scale::{Band, Count, Share, Side, Steps};
pub use select::{Chosen, Evidence, Selection, is_rule_name, select};
pub use set::{
    DefaultRule, Divisor, ExecutionRule, ExecutionScale, FormCap, Grade, InForce, Jurisdiction, JurisdictionLevel,
    LevelWeight, Note, Rounding, RoundingMode, RuleSet, SourceText, Threshold, Thresholds, Tolerance, WeightStructure,
};
