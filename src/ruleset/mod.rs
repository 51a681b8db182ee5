//! 规则集 (rule set): the published scoring rules as validated data.

mod provenance;

pub use provenance::Provenance;

/// 规则集 (placeholder while the schema is written).
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub id: String,
}
