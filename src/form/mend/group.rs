//! 目标分组 (group): the sections of a form that has long-term and annual targets, or several goals.

use super::heading::Heading;
use super::lexicon::Lexicon;
use super::piece::Row;
use crate::text::{label, squeeze};

/// Longest row that is taken for the title of a section.
const LONGEST_TITLE: usize = 14;

/// What the title of a section says.
pub(super) enum Title {
    /// The group's name.
    Named(String),
    /// A title too torn to tell which group it names.
    Torn,
}

/// The group that a row before a heading announces: 长期绩效目标 of `长期绩效目标表`, 年度目标2 of `年度目标 2: …`.
pub(super) fn announced(row: &Row, lexicon: &Lexicon) -> Option<Title> {
    let groups = &lexicon.vocabulary.dump.groups;
    let first = row.filled().next().map(|piece| label(&piece.text))?;
    if let Some(numbered) = numbered(&first, groups) {
        return Some(Title::Named(numbered));
    }
    let text: String = squeeze(&row.squeezed());
    let letters: String = text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect();
    let is_title = text.chars().count() <= LONGEST_TITLE && letters.ends_with('表');
    if !is_title {
        return None;
    }
    let distance = |group: &&String| strsim::levenshtein(&format!("{group}表"), &letters);
    let best = groups.iter().min_by_key(distance).filter(|group| distance(group) <= 3)?;
    let ties = groups.iter().filter(|group| distance(group) == distance(&best)).count();
    Some(if ties > 1 { Title::Torn } else { Title::Named(best.clone()) })
}

/// `长期目标1` with at most two letters misread.
fn numbered(text: &str, groups: &[String]) -> Option<String> {
    let digits: String =
        text.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let word = text.strip_suffix(&digits)?;
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let length = word.chars().count();
    let near = |group: &&String| group.chars().count() == length && strsim::hamming(group, word).is_ok_and(|d| d <= 2);
    let best = |group: &&String| strsim::hamming(group, word).unwrap_or(usize::MAX);
    groups.iter().filter(near).min_by_key(best).map(|group| format!("{group}{digits}"))
}

/// The group of a section whose title was lost, told by its heading.
pub(super) fn implied(heading: &Heading, lexicon: &Lexicon) -> String {
    let dump = &lexicon.vocabulary.dump;
    if heading.is_yearly() { dump.yearly_group.clone() } else { dump.lasting_group.clone() }
}
