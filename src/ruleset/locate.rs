//! 定位 (locate): the line of a rule file at which a part stands.
//!
//! The YAML reader gives lines only for its own errors; problems that show after reading are found again by walking the
//! indentation of the text along the path of the part.

/// 路径: one step from a section of a rule file into a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key of a mapping.
    Key(&'static str),
    /// An item of a list, from 0.
    Item(usize),
    /// The item of a list that has this `name`.
    Named(String),
}

/// A line with its indentation; `- ` counts as two columns of it.
struct Line<'t> {
    number: usize,
    indent: usize,
    dash: bool,
    text: &'t str,
}

/// The line, from 1, of the part at the end of the path, or of the nearest part before it; `None` where even the first step
/// is not in the text.
pub fn locate(text: &str, path: &[Step]) -> Option<usize> {
    let lines: Vec<Line> = text.lines().enumerate().filter_map(|(index, line)| split(index + 1, line)).collect();
    let mut block = lines.as_slice();
    let mut found = None;
    for step in path {
        let next = match step {
            Step::Key(key) => enter_key(block, key),
            Step::Item(index) => items(block).nth(*index),
            Step::Named(name) => items(block).find(|item| has_name(item, name)),
        };
        let Some(next) = next else { break };
        found = next.first().map(|line| line.number);
        block = next;
    }
    found
}

fn split(number: usize, line: &str) -> Option<Line<'_>> {
    let trimmed = line.trim_start();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return None;
    }
    let indent = line.len() - trimmed.len();
    let dash = trimmed.starts_with("- ") || trimmed == "-";
    Some(Line { number, indent, dash, text: trimmed.trim_start_matches("- ").trim_start() })
}

impl Line<'_> {
    /// Where the text itself begins.
    fn column(&self) -> usize {
        if self.dash { self.indent + 2 } else { self.indent }
    }

    fn has_key(&self, key: &str) -> bool {
        let plain = self.text.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
        plain || (self.text.starts_with('{') && find_flow_key(self.text, key))
    }
}

/// Whether a `{…}` on one line has the key.
fn find_flow_key(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().last());
        let after = text.get(at + key.len()..).map(str::trim_start);
        before.is_some_and(|c| !c.is_alphanumeric() && c != '-') && after.is_some_and(|rest| rest.starts_with(':'))
    })
}

/// The line of a key with what is indented below it.
fn enter_key<'b, 't>(block: &'b [Line<'t>], key: &str) -> Option<&'b [Line<'t>]> {
    let column = block.first()?.column();
    let at = block.iter().position(|line| line.column() == column && line.has_key(key))?;
    let rest = block.get(at + 1..)?;
    let inside = |line: &Line| line.column() > column || (line.dash && line.indent >= column && line.column() > column);
    let length = rest.iter().take_while(|line| inside(line)).count();
    block.get(at..at + 1 + length)
}

/// The items of a list; the block's first line is the key that holds the list.
fn items<'b, 't>(block: &'b [Line<'t>]) -> impl Iterator<Item = &'b [Line<'t>]> {
    let rest = block.get(1..).unwrap_or_default();
    let indent = rest.iter().find(|line| line.dash).map(|line| line.indent);
    let starts: Vec<usize> = rest
        .iter()
        .enumerate()
        .filter(|(_, line)| line.dash && Some(line.indent) == indent)
        .map(|(index, _)| index)
        .collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([rest.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(start, end)| rest.get(start..end))
}

fn has_name(item: &[Line], name: &str) -> bool {
    let Some(first) = item.first() else { return false };
    let column = first.column();
    item.iter().filter(|line| line.column() == column).any(|line| line.has_key("name") && line.text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id: a\nrules:\n  - name: 甲\n    cases:\n      - for: [number]\n        curve:\n          - {to: 60%, give: 0%}\n          - {above: 60%, give: 100%}\n  - name: 乙\n    cases: []\n";

    #[test]
    fn parts_are_found_by_their_path() {
        let rule = |name: &str| Step::Named(name.to_owned());
        let path =
            [Step::Key("rules"), rule("甲"), Step::Key("cases"), Step::Item(0), Step::Key("curve"), Step::Item(1)];
        assert_eq!(locate(TEXT, &path), Some(8));
        assert_eq!(locate(TEXT, &[Step::Key("rules"), rule("乙")]), Some(9));
        assert_eq!(locate(TEXT, &[Step::Key("rules"), rule("乙"), Step::Key("cases")]), Some(10));
        assert_eq!(locate(TEXT, &[Step::Key("grades")]), None);
    }
}
