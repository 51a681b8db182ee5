//! 指标方向 (sense): whether more or less is better, by the words in `rules/sense.yaml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::indicator::{Bound, Comparator, Indicator, Meaning};
use crate::text::name_core;

/// Which way an indicator improves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Larger,
    Smaller,
}

/// 方向用词
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SenseWords {
    pub larger: Vec<String>,
    pub smaller: Vec<String>,
    pub reversing: Vec<String>,
    pub smaller_levels: Vec<String>,
    /// Endings of names that may be either.
    pub uncertain: Vec<String>,
    pub larger_levels: Vec<String>,
    /// Endings of names that count what is to be reached.
    pub counts: Vec<String>,
}

impl SenseWords {
    /// The built-in words.
    ///
    /// A test reads them, so they cannot fail in a released program.
    pub fn builtin() -> &'static SenseWords {
        static BUILTIN: OnceLock<SenseWords> = OnceLock::new();
        BUILTIN.get_or_init(|| match serde_yaml::from_str(include_str!("../../rules/sense.yaml")) {
            Ok(words) => words,
            Err(error) => unreachable!("rules/sense.yaml: {error}"),
        })
    }

    /// Which way an indicator improves, where its name or its level says so.
    pub fn sense(&self, name: &str, level1: &str, level2: &str) -> Option<Sense> {
        let name = name_core(name);
        let larger = longest_ending(&name, &self.larger);
        let smaller = longest_ending(&name, &self.smaller);
        if larger.is_some() && larger >= smaller {
            return Some(Sense::Larger);
        }
        if occurs(&name, &self.reversing) {
            return None;
        }
        // 成本指标 over 数量指标 is a merged cell that was put back wrongly, or counts things all the same.
        let level = if level2.is_empty() { level1 } else { level2 };
        (occurs(level, &self.smaller_levels) || smaller.is_some()).then_some(Sense::Smaller)
    }

    /// Which way an indicator improves, a number to be reached under 数量指标 included.
    fn of(&self, indicator: &Indicator) -> Option<Sense> {
        let Indicator { name, level1, level2, .. } = indicator;
        self.sense(name, level1, level2).or_else(|| {
            let core = name_core(name);
            let counts = occurs(level2, &self.larger_levels) || longest_ending(&core, &self.counts).is_some();
            let is_count = counts
                && !occurs(&core, &self.reversing)
                && !self.uncertain.iter().any(|word| core.ends_with(word.as_str()) || core.contains(word.as_str()));
            is_count.then_some(Sense::Larger)
        })
    }
}

fn occurs(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Characters of the longest of the words that a name ends with.
fn longest_ending(name: &str, words: &[String]) -> Option<usize> {
    words.iter().filter(|word| name.ends_with(word.as_str())).map(|word| word.chars().count()).max()
}

/// The comparator that a number without one stands for: by the sense of the indicator, a floor where it is not known.
pub(super) fn bare_comparator(indicator: &Indicator) -> Comparator {
    match SenseWords::builtin().of(indicator) {
        Some(Sense::Smaller) => Comparator::AtMost,
        Some(Sense::Larger) | None => Comparator::AtLeast,
    }
}

/// 另一方向: the comparator by which a target may be meant just as well, because it has none and the sense is not known, or
/// because the one it has goes against the sense.
///
/// `None` where there is no doubt which way the indicator improves.
pub fn other_comparator(indicator: &Indicator) -> Option<Comparator> {
    let bound = target_bound(indicator).filter(|bound| bound.change.is_none())?;
    let sense = SenseWords::builtin().of(indicator);
    match (bound.comparator, sense) {
        (None, None) => Some(Comparator::AtMost),
        (Some(Comparator::AtMost | Comparator::LessThan), Some(Sense::Larger)) => Some(Comparator::AtLeast),
        (Some(Comparator::AtLeast | Comparator::MoreThan), Some(Sense::Smaller)) => Some(Comparator::AtMost),
        (Some(Comparator::Equal | Comparator::About), Some(Sense::Smaller)) => Some(Comparator::AtMost),
        (Some(Comparator::Equal | Comparator::About), Some(Sense::Larger)) => Some(Comparator::AtLeast),
        _ => None,
    }
}

/// The row as it would read with another comparator.
pub(super) fn turned(indicator: &Indicator, comparator: Comparator) -> Indicator {
    let mut turned = indicator.clone();
    if let Meaning::Bound(bound) = &mut turned.target.meaning {
        bound.comparator = Some(comparator);
    }
    turned
}

fn target_bound(indicator: &Indicator) -> Option<&Bound> {
    match &indicator.target.meaning {
        Meaning::Bound(bound) => Some(bound),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_tells_its_sense() {
        let sense = |name| SenseWords::builtin().sense(name, "产出指标", "质量指标");
        assert_eq!(sense("医疗费用报销合格率"), Some(Sense::Larger));
        assert_eq!(sense("投诉举报查处率"), Some(Sense::Larger));
        assert_eq!(sense("扩面征收劳务费"), None, "征收 makes the sense of the fee uncertain");
        assert_eq!(sense("培训费"), Some(Sense::Smaller));
        assert_eq!(sense("不合格率"), Some(Sense::Smaller));
        assert_eq!(sense("超时办结率"), Some(Sense::Smaller), "the longer ending decides");
        assert_eq!(sense("森林火灾受害率"), Some(Sense::Smaller));
        assert_eq!(sense("血压控制率"), None);
        assert_eq!(sense("参保人数"), None);
        let cost = |name| SenseWords::builtin().sense(name, "成本指标", "经济成本指标");
        assert_eq!(cost("租赁价格"), Some(Sense::Smaller));
        assert_eq!(cost("节约成本"), None);
    }
}
