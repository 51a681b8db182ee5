//! 核对 (check): a policy file as a whole; problems are collected and told at once.

use rust_decimal::Decimal;

use super::file::{PolicyFile, StatementText};
use super::overlay::Fault;
use super::{
    Bases, Costs, Deadlines, Evidence, Floors, Levels, OneOff, Phrases, Policy, RuleNames, Satisfaction, Senses,
    Shares, Trend, Units, Weights,
};
use crate::ruleset::Statement;

/// Collects what is wrong, so that a file is mended in one go.
#[derive(Default)]
struct Inspector {
    faults: Vec<Fault>,
}

impl Inspector {
    fn fault(&mut self, key: &str, what: impl AsRef<str>) {
        self.faults.push((key.to_owned(), what.as_ref().to_owned()));
    }

    fn statement(&mut self, key: &str, text: StatementText) -> Statement {
        if text.clause.trim().is_empty() {
            self.fault(&format!("{key}.statement.clause"), "没有写依据；请写明文件和条款，或说明是推断");
        }
        Statement { clause: text.clause, provenance: text.provenance }
    }

    fn number(&mut self, key: &str, text: &str) -> Decimal {
        text.trim().parse().unwrap_or_else(|_| {
            self.fault(key, format!("“{text}”不是数字；请写成带引号的小数，例如 \"0.8\""));
            Decimal::ONE
        })
    }

    /// A number within limits, both included.
    fn within(&mut self, key: &str, text: &str, low: Decimal, high: Decimal) -> Decimal {
        let number = self.number(key, text);
        if number < low || number > high {
            self.fault(key, format!("{number} 不在 {low} 到 {high} 之间"));
        }
        number
    }

    fn word(&mut self, key: &str, text: String) -> String {
        if text.trim().is_empty() {
            self.fault(key, "不能为空");
        }
        text
    }

    fn words(&mut self, key: &str, words: Vec<String>) -> Vec<String> {
        if words.iter().any(|word| word.trim().is_empty()) {
            self.fault(key, "列表中有空白的词，会与任何文字相符；请删去");
        }
        words
    }
}

/// Turns the file into a policy.
pub(super) fn validated(text: PolicyFile) -> Result<Policy, Vec<Fault>> {
    let mut look = Inspector::default();
    let policy = Policy {
        id: look.word("id", text.id),
        title: text.title,
        to_fill: look.word("to_fill", text.to_fill),
        floors: Floors {
            statement: look.statement("floors", text.floors.statement),
            far_above: look.within("floors.far_above", &text.floors.far_above, Decimal::ONE, Decimal::TEN),
            far_below: look.within("floors.far_below", &text.floors.far_below, Decimal::ZERO, Decimal::ONE),
        },
        trend: Trend {
            statement: look.statement("trend", text.trend.statement),
            least_results: text.trend.least_results,
            most_growth: look.within("trend.most_growth", &text.trend.most_growth, Decimal::ZERO, Decimal::ONE),
        },
        shares: Shares {
            statement: look.statement("shares", text.shares.statement),
            unit: look.word("shares.unit", text.shares.unit),
            most: look.within("shares.most", &text.shares.most, Decimal::ONE, Decimal::ONE_HUNDRED),
            growth: look.words("shares.growth", text.shares.growth),
        },
        satisfaction: satisfaction(&mut look, text.satisfaction),
        costs: Costs {
            statement: look.statement("costs", text.costs.statement),
            levels: look.words("costs.levels", text.costs.levels),
            reversing: look.words("costs.reversing", text.costs.reversing),
            money: look.word("costs.money", text.costs.money),
            places: text.costs.places,
            far_below: look.within("costs.far_below", &text.costs.far_below, Decimal::ZERO, Decimal::ONE),
            totals: look.words("costs.totals", text.costs.totals),
            unit_prices: look.words("costs.unit_prices", text.costs.unit_prices),
            one_off: look.words("costs.one_off", text.costs.one_off),
        },
        deadlines: Deadlines {
            statement: look.statement("deadlines", text.deadlines.statement),
            before: text.deadlines.before,
        },
        phrases: Phrases {
            statement: look.statement("phrases", text.phrases.statement),
            measurable: look.words("phrases.measurable", text.phrases.measurable),
            no_rates: look.words("phrases.no_rates", text.phrases.no_rates),
        },
        senses: Senses {
            statement: look.statement("senses", text.senses.statement),
            larger: look.words("senses.larger", text.senses.larger),
            smaller: look.words("senses.smaller", text.senses.smaller),
        },
        units: Units {
            statement: look.statement("units", text.units.statement),
            divisible: look.words("units.divisible", text.units.divisible),
            from_names: text.units.from_names.into_iter().map(|named| (named.ending, named.unit)).collect(),
        },
        levels: Levels {
            statement: look.statement("levels", text.levels.statement),
            quantity: look.word("levels.quantity", text.levels.quantity),
            quality: look.word("levels.quality", text.levels.quality),
            timeliness: look.word("levels.timeliness", text.levels.timeliness),
            timely: look.words("levels.timely", text.levels.timely),
            quality_money: look.words("levels.quality_money", text.levels.quality_money),
        },
        bases: Bases {
            statement: look.statement("bases", text.bases.statement),
            result: look.word("bases.result", text.bases.result),
            plan: look.word("bases.plan", text.bases.plan),
            cost: look.word("bases.cost", text.bases.cost),
            kept: look.words("bases.kept", text.bases.kept),
            new: look.word("bases.new", text.bases.new),
        },
        rules: RuleNames {
            statement: look.statement("rules", text.rules.statement),
            number: text.rules.number,
            date: text.rules.date,
            phrase: text.rules.phrase,
            satisfaction: text.rules.satisfaction,
        },
        evidence: Evidence {
            statement: look.statement("evidence", text.evidence.statement),
            cost: text.evidence.cost,
            other: text.evidence.other,
        },
        weights: weights(&mut look, text.weights),
        one_off: OneOff {
            statement: look.statement("one_off", text.one_off.statement),
            words: look.words("one_off.words", text.one_off.words),
        },
    };
    contradictions(&mut look, &policy);
    if look.faults.is_empty() {
        return Ok(policy);
    }
    Err(look.faults)
}

fn satisfaction(look: &mut Inspector, text: super::file::SatisfactionText) -> Satisfaction {
    Satisfaction {
        statement: look.statement("satisfaction", text.statement),
        words: look.words("satisfaction.words", text.words),
        at_full: look.within("satisfaction.at_full", &text.at_full, Decimal::ZERO, Decimal::ONE_HUNDRED),
    }
}

fn weights(look: &mut Inspector, text: super::file::WeightsText) -> Weights {
    let smallest = Decimal::new(1, 2);
    Weights {
        statement: look.statement("weights", text.statement),
        step: look.within("weights.step", &text.step, smallest, Decimal::TEN),
        sums: text.sums.iter().map(|sum| look.number("weights.sums", sum)).collect(),
    }
}

/// What each key alone cannot show.
fn contradictions(look: &mut Inspector, policy: &Policy) {
    if policy.satisfaction.at_full >= Decimal::ONE_HUNDRED {
        look.fault("satisfaction.at_full", "满意度目标不应设为 100，审核会给出 JX407 警告");
    }
    if policy.trend.least_results < 2 {
        look.fault("trend.least_results", "至少要有 2 年的数据才谈得上趋势");
    }
    if policy.weights.sums.is_empty() {
        look.fault("weights.sums", "至少写一个合计，例如 \"90\"");
    }
    if policy.costs.places > 6 {
        look.fault("costs.places", "小数位过多，最多 6 位");
    }
}
