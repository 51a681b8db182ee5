//! jixiao (绩效) reads Chinese budget performance forms, scores them again exactly and names every wrong score.

pub mod audit;
pub mod case;
pub mod document;
pub mod form;
pub mod indicator;
pub mod ruleset;
pub mod score;
pub mod template;
pub mod text;
pub mod vocabulary;
