//! 口径文件 (file): the YAML as people write it, before anything is checked.

use serde::Deserialize;

use crate::ruleset::Provenance;

/// The policy file as written; every key is required, unknown keys are errors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyFile {
    pub id: String,
    pub title: String,
    pub to_fill: String,
    pub floors: FloorsText,
    pub trend: TrendText,
    pub shares: SharesText,
    pub satisfaction: SatisfactionText,
    pub costs: CostsText,
    pub deadlines: DeadlinesText,
    pub phrases: PhrasesText,
    pub senses: SensesText,
    pub units: UnitsText,
    pub levels: LevelsText,
    pub bases: BasesText,
    pub rules: RulesText,
    pub evidence: EvidenceText,
    pub weights: WeightsText,
    pub one_off: OneOffText,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementText {
    pub clause: String,
    pub provenance: Provenance,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FloorsText {
    pub statement: StatementText,
    pub far_above: String,
    pub far_below: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrendText {
    pub statement: StatementText,
    pub least_results: usize,
    pub most_growth: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharesText {
    pub statement: StatementText,
    pub unit: String,
    pub most: String,
    pub growth: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SatisfactionText {
    pub statement: StatementText,
    pub words: Vec<String>,
    pub at_full: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CostsText {
    pub statement: StatementText,
    pub levels: Vec<String>,
    pub reversing: Vec<String>,
    pub money: String,
    pub places: u32,
    pub far_below: String,
    pub totals: Vec<String>,
    pub unit_prices: Vec<String>,
    pub one_off: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlinesText {
    pub statement: StatementText,
    pub before: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhrasesText {
    pub statement: StatementText,
    pub measurable: Vec<String>,
    pub no_rates: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SensesText {
    pub statement: StatementText,
    pub larger: Vec<String>,
    pub smaller: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitsText {
    pub statement: StatementText,
    pub divisible: Vec<String>,
    pub from_names: Vec<NamedUnitText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedUnitText {
    pub ending: String,
    pub unit: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelsText {
    pub statement: StatementText,
    pub quantity: String,
    pub quality: String,
    pub timeliness: String,
    pub timely: Vec<String>,
    pub quality_money: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BasesText {
    pub statement: StatementText,
    pub result: String,
    pub plan: String,
    pub cost: String,
    pub kept: Vec<String>,
    pub new: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesText {
    pub statement: StatementText,
    pub number: String,
    pub date: String,
    pub phrase: String,
    pub satisfaction: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceText {
    pub statement: StatementText,
    pub cost: String,
    pub other: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeightsText {
    pub statement: StatementText,
    pub step: String,
    pub sums: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneOffText {
    pub statement: StatementText,
    pub words: Vec<String>,
}
