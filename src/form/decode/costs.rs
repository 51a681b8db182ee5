//! 代价 (costs): what every choice of the decoder costs, read from `rules/decoder.yaml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::form::Column;
use crate::text::label;

/// 代价表: in hundredths; the reading with the smallest sum is taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    pub(super) gaps: Gaps,
    pub(super) rows: RowCosts,
    pub(super) blanks: BlankCosts,
    pub(super) drop: DropCosts,
    skip: BTreeMap<Column, i32>,
    skip_other: i32,
    pub(super) fits: FitCosts,
    pub(super) agreement: Agreement,
    /// Rows that cost more than this on the average are no rows.
    pub(super) hopeless: i32,
    pub(super) margin: i32,
    pub(super) sums: SumCosts,
    pub(super) schemas: Vec<Vec<Column>>,
    pub(super) ends: Vec<String>,
    pub(super) hard_ends: Vec<String>,
    pub(super) level1: Vec<String>,
    pub(super) level2: Vec<String>,
    pub(super) phrases: Vec<String>,
}

/// 间隔: a cell begins behind the gap, or goes on over it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GapCost {
    pub start: i32,
    pub join: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gaps {
    pub line: GapCost,
    pub bar: GapCost,
    pub wide: GapCost,
    pub space: GapCost,
    pub none: GapCost,
    /// Added where a cell would begin with the unit of the number before it.
    pub unit_torn: i32,
    /// Added for joining a number that stands alone between two gaps.
    pub lone_number: i32,
    pub run: GapCost,
    pub digit: GapCost,
    pub sign: GapCost,
    pub percent: GapCost,
    pub word: GapCost,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowCosts {
    pub at_line: i32,
    pub elsewhere: i32,
    pub unlined: i32,
    pub only_levels: i32,
    pub inner_line: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlankCosts {
    pub matched: i32,
    pub unmatched: i32,
    pub most: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DropCosts {
    pub token: i32,
    pub letter: i32,
    pub placeholder: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FitCosts {
    pub level: i32,
    pub near_level: i32,
    pub unknown_level: i32,
    pub other_level: i32,
    pub longest_text: i32,
    pub word: i32,
    pub measured: i32,
    pub number: i32,
    pub phrase: i32,
    pub compared: i32,
    pub text: i32,
    pub letter: i32,
    pub free: i32,
    pub free_letter: i32,
    pub score: i32,
    pub sign: i32,
    pub unit: i32,
    pub name: i32,
    pub wrong: i32,
    /// A floor or ceiling read as a result.
    pub bound: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreement {
    pub score_above_weight: i32,
    pub actual_is_target: i32,
    pub score_is_weight: i32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SumCosts {
    pub most: i32,
}

/// 代价表无法使用
#[derive(Debug, thiserror::Error)]
pub enum CostsError {
    #[error("{file}：{source}")]
    Yaml { file: String, source: serde_yaml::Error },
    #[error("{file}：{clause}应为{expected}，现为{found}")]
    Value { file: String, clause: String, expected: String, found: String },
}

/// No single cost may be larger, so that no sum of them can overflow.
const LARGEST: i32 = 10_000;

impl Costs {
    /// The built-in costs. A test reads them, so they cannot fail in a released program.
    pub fn builtin() -> &'static Costs {
        static BUILTIN: OnceLock<Costs> = OnceLock::new();
        BUILTIN.get_or_init(|| match Costs::parse("rules/decoder.yaml", include_str!("../../../rules/decoder.yaml")) {
            Ok(costs) => costs,
            Err(error) => unreachable!("{error}"),
        })
    }

    /// Reads costs from YAML; the error names the file and the clause.
    pub fn parse(file: &str, yaml: &str) -> Result<Costs, CostsError> {
        let mut costs: Costs =
            serde_yaml::from_str(yaml).map_err(|source| CostsError::Yaml { file: file.to_owned(), source })?;
        costs.check(file)?;
        for word in [&mut costs.ends, &mut costs.hard_ends, &mut costs.level1, &mut costs.level2].into_iter().flatten()
        {
            *word = word.chars().filter(|c| !c.is_whitespace()).collect();
        }
        for word in &mut costs.phrases {
            *word = label(word);
        }
        Ok(costs)
    }

    fn check(&self, file: &str) -> Result<(), CostsError> {
        let wrong = |clause: &str, expected: &str, found: String| {
            let (clause, expected) = (clause.to_owned(), expected.to_owned());
            Err(CostsError::Value { file: file.to_owned(), clause, expected, found })
        };
        for (clause, cost) in self.all() {
            if cost.abs() > LARGEST {
                return wrong(clause, "不超过一万的整数", cost.to_string());
            }
        }
        for (clause, cost) in [("margin", self.margin), ("sums.most", self.sums.most), ("drop.token", self.drop.token)]
        {
            if cost < 0 {
                return wrong(clause, "不小于0的整数", cost.to_string());
            }
        }
        for schema in &self.schemas {
            let named = schema.contains(&Column::Name) && schema.contains(&Column::Target);
            let mut unique = schema.clone();
            unique.sort();
            unique.dedup();
            if !named || unique.len() != schema.len() {
                return wrong("schemas", "含name和target且各栏不重复", format!("{schema:?}"));
            }
        }
        Ok(())
    }

    fn all(&self) -> Vec<(&'static str, i32)> {
        let gaps = &self.gaps;
        let pairs = [
            ("gaps.line", gaps.line),
            ("gaps.bar", gaps.bar),
            ("gaps.wide", gaps.wide),
            ("gaps.space", gaps.space),
            ("gaps.none", gaps.none),
            ("gaps.run", gaps.run),
            ("gaps.digit", gaps.digit),
            ("gaps.sign", gaps.sign),
            ("gaps.percent", gaps.percent),
            ("gaps.word", gaps.word),
        ];
        let (fits, rows) = (&self.fits, &self.rows);
        let mut all: Vec<_> = pairs.iter().flat_map(|(name, gap)| [(*name, gap.start), (*name, gap.join)]).collect();
        all.extend(self.skip.values().map(|cost| ("skip", *cost)));
        all.extend(
            [rows.at_line, rows.elsewhere, rows.unlined, rows.only_levels, rows.inner_line].map(|cost| ("rows", cost)),
        );
        all.extend([self.blanks.matched, self.blanks.unmatched, self.blanks.most].map(|cost| ("blanks", cost)));
        all.extend([self.drop.token, self.drop.letter, self.drop.placeholder].map(|cost| ("drop", cost)));
        all.extend([fits.level, fits.near_level, fits.word, fits.measured, fits.number].map(|cost| ("fits", cost)));
        all.extend([fits.phrase, fits.compared, fits.text, fits.letter, fits.free].map(|cost| ("fits", cost)));
        all.extend([fits.free_letter, fits.score, fits.sign, fits.unit, fits.name].map(|cost| ("fits", cost)));
        let agreement = &self.agreement;
        let own = [agreement.score_above_weight, agreement.actual_is_target, agreement.score_is_weight];
        all.extend(own.map(|cost| ("agreement", cost)));
        all.extend([fits.unknown_level, fits.other_level, fits.longest_text].map(|cost| ("fits", cost)));
        all.extend([("gaps", gaps.unit_torn), ("gaps", gaps.lone_number), ("hopeless", self.hopeless)]);
        all.extend([
            ("fits.wrong", fits.wrong),
            ("fits.bound", fits.bound),
            ("skip_other", self.skip_other),
            ("margin", self.margin),
        ]);
        all.push(("sums.most", self.sums.most));
        all
    }

    /// What it costs to leave a column of a row out.
    pub(super) fn skip(&self, column: Column) -> i32 {
        self.skip.get(&column).copied().unwrap_or(self.skip_other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILTIN: &str = include_str!("../../../rules/decoder.yaml");

    #[test]
    fn builtin_costs_read() {
        assert!(Costs::parse("decoder.yaml", BUILTIN).is_ok());
    }

    #[test]
    fn a_wrong_cost_is_named_with_its_clause() {
        let message = |from: &str, to: &str| {
            Costs::parse("decoder.yaml", &BUILTIN.replace(from, to)).map_err(|error| error.to_string()).err()
        };
        let found = message("margin: 120", "margin: -5");
        assert_eq!(found.as_deref(), Some("decoder.yaml：margin应为不小于0的整数，现为-5"));
        assert!(message("join: 120", "join: 120000").is_some_and(|message| message.contains("gaps.line")));
        assert!(message("skip_other: 80", "skip_any: 80").is_some_and(|message| message.contains("skip_any")));
        assert!(message("name, target]", "name, name, target]").is_some_and(|message| message.contains("schemas")));
    }
}
