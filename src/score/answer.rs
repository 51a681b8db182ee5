//! 定性完成情况 (answer): what the wording of a result says, by the word lists in `rules/answers.yaml`.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// 完成情况: the three answers that rule texts tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 达成年度指标
    Met,
    /// 部分达成
    Partly,
    /// 未达成
    Missed,
}

/// 说法表: the wording of each answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerWords {
    met: Vec<String>,
    partly: Vec<String>,
    missed: Vec<String>,
    negations: Vec<String>,
    ceiling_levels: Vec<String>,
    output_levels: Vec<String>,
    /// Wording of so few characters must be the whole text.
    whole_up_to: usize,
    /// A text may have so many characters besides the wording.
    longest_addition: usize,
}

impl AnswerWords {
    /// The built-in word lists.
    ///
    /// A test reads them, so they cannot fail in a released program.
    pub fn builtin() -> &'static AnswerWords {
        static BUILTIN: OnceLock<AnswerWords> = OnceLock::new();
        BUILTIN.get_or_init(|| match serde_yaml::from_str(include_str!("../../rules/answers.yaml")) {
            Ok(words) => words,
            Err(error) => unreachable!("rules/answers.yaml: {error}"),
        })
    }

    /// The wording of one answer.
    pub fn of(&self, answer: Answer) -> &[String] {
        match answer {
            Answer::Met => &self.met,
            Answer::Partly => &self.partly,
            Answer::Missed => &self.missed,
        }
    }

    /// The answer that a text gives: the longest wording in it decides; `None` where it has none, or a negated one.
    pub fn answer(&self, text: &str) -> Option<Answer> {
        let answers = [Answer::Met, Answer::Partly, Answer::Missed];
        let found = answers.into_iter().filter_map(|answer| self.longest(text, self.of(answer)).map(|n| (n, answer)));
        found.max_by_key(|(length, _)| *length).map(|(_, answer)| answer)
    }

    /// Length in bytes of the longest of the words that occurs in the text without a negation before it.
    pub fn longest(&self, text: &str, words: &[String]) -> Option<usize> {
        let length = text.chars().count();
        let occurs = |word: &&String| {
            let own = word.chars().count();
            if own <= self.whole_up_to || length > own + self.longest_addition {
                return text == word.as_str();
            }
            text.match_indices(word.as_str()).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default();
                !self.negations.iter().any(|negation| before.ends_with(negation.as_str()))
            })
        };
        words.iter().filter(occurs).map(String::len).max()
    }

    /// Whether a level 1 is that of the outputs (产出), by which a project is complete or not.
    pub fn is_output_level(&self, level1: &str) -> bool {
        self.output_levels.iter().any(|word| level1.contains(word.as_str()))
    }

    /// Whether a number without a comparator is a ceiling under these levels.
    pub fn is_ceiling_level(&self, level1: &str, level2: &str) -> bool {
        self.ceiling_levels.iter().any(|word| level1.contains(word.as_str()) || level2.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_wording_decides_and_a_negation_takes_it_away() {
        let words = AnswerWords::builtin();
        assert_eq!(words.answer("达到预期指标"), Some(Answer::Met));
        assert_eq!(words.answer("部分达到预期指标并具有一定效果"), Some(Answer::Partly));
        assert_eq!(words.answer("未达到预期指标且效果较差"), Some(Answer::Missed));
        assert_eq!(words.answer("未能按时完成"), None);
        assert_eq!(words.answer("完成"), Some(Answer::Met));
        assert_eq!(words.answer("完成八成任务"), None);
        assert_eq!(words.answer("因故没有按计划推进，预计下一年度全部完成"), None);
        assert_eq!(words.answer("有效提升"), None);
    }
}
