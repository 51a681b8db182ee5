//! 缩进 (layout): lines of a YAML text that stand at none of the columns that are open to them.

/// A key that is not aligned with its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Misaligned<'t> {
    /// From 1.
    pub line: usize,
    pub key: &'t str,
    /// Blanks before it.
    pub column: usize,
    /// Blanks that its neighbours have.
    pub expected: usize,
}

/// Every key that stands between the columns of its neighbours.
pub(super) fn misaligned(text: &str) -> Vec<Misaligned<'_>> {
    let mut open: Vec<usize> = vec![0];
    let mut begins_block = false;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        let dashes = content.len() - content.trim_start_matches("- ").len();
        let Some(key) = key(content.get(dashes..).unwrap_or_default()) else { continue };
        match enter(&mut open, column, begins_block) {
            Ok(()) => {
                if dashes > 0 {
                    open.push(column + dashes);
                }
            }
            Err(expected) => found.push(Misaligned { line: index + 1, key, column, expected }),
        }
        begins_block = bare(content).ends_with(':');
    }
    found
}

/// Goes to the column of a line; the column that was expected where it is none of the open ones.
fn enter(open: &mut Vec<usize>, column: usize, begins_block: bool) -> Result<(), usize> {
    let inner = open.iter().rev().take_while(|known| **known > column).last().copied();
    open.retain(|known| *known <= column);
    let outer = open.last().copied().unwrap_or(0);
    if outer == column {
        return Ok(());
    }
    if inner.is_none() && begins_block {
        open.push(column);
        return Ok(());
    }
    let expected = inner.unwrap_or(outer);
    // The lines after it are measured from where it should have stood.
    if inner.is_some() {
        open.push(expected);
    }
    Err(expected)
}

/// The key at the head of a text, where there is one.
fn key(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
    let (key, rest) = text.split_at(end);
    (!key.is_empty() && rest.starts_with(':')).then_some(key)
}

/// A line without its comment.
fn bare(line: &str) -> &str {
    line.split_once(" #").map_or(line, |(before, _)| before).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligned_text_has_no_slip() {
        let text = "id: a\nrules:\n  - name: 甲\n    cases:\n      - for: [number]\n        curve:\n          - {to: 1%}\n\
                    examples:\n- {a: 1}\nsource:\n    document: 长\n    clause: 短\n";
        assert_eq!(misaligned(text), []);
    }

    #[test]
    fn a_key_between_the_columns_is_found() {
        let text = "source:\n  document: 甲\n   provenance: form\nrules:\n  - name: 甲\n   clause: 乙\n    cases: []\n";
        let found: Vec<(usize, &str, usize, usize)> =
            misaligned(text).iter().map(|slip| (slip.line, slip.key, slip.column, slip.expected)).collect();
        assert_eq!(found, [(3, "provenance", 3, 2), (6, "clause", 3, 4)]);
    }

    #[test]
    fn built_in_sets_are_aligned() {
        for id in crate::ruleset::builtin::ids() {
            let (_, text) = crate::ruleset::builtin::text(id).unwrap();
            assert_eq!(misaligned(text), [], "{id}");
        }
    }
}
