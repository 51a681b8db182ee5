//! How deep a page nests, estimated before it is parsed: the parser's time grows with the square of the depth.

use super::INLINE;

/// Elements that end without an end tag, or have no content.
const ENDS_BY_ITSELF: [&str; 30] = [
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "caption", "dt", "dd", "option", "optgroup",
    "html", "head", "body", "br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source",
    "wbr", "param",
];

/// Elements whose beginning or end closes what was left open in a line of text before.
const PARTS_TEXT: [&str; 6] = ["p", "li", "td", "th", "tr", "table"];

/// How far back an end tag looks for the element it ends.
const FARTHEST_END: usize = 64;

/// The most elements that are open at once; counting ends a little above `enough`.
pub(super) fn deepest(page: &str, enough: usize) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut deepest = 0;
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        rest = after;
        let (is_end, after) = after.strip_prefix('/').map_or((false, after), |after| (true, after));
        let length = after.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(after.len());
        let name = after.get(..length).unwrap_or_default();
        if is_any(name, &PARTS_TEXT) {
            while open.last().is_some_and(|last| last.contains(':') || is_any(last, &INLINE)) {
                open.pop();
            }
        }
        if name.is_empty() || is_any(name, &ENDS_BY_ITSELF) {
            continue;
        }
        if is_end {
            end(&mut open, name);
        } else {
            open.push(name);
        }
        deepest = deepest.max(open.len());
        if deepest > enough {
            break;
        }
    }
    deepest
}

/// Closes an element and all that was left open in it.
fn end(open: &mut Vec<&str>, name: &str) {
    let near = open.iter().rev().take(FARTHEST_END).position(|known| known.eq_ignore_ascii_case(name));
    if let Some(distance) = near {
        open.truncate(open.len().saturating_sub(distance + 1));
    }
}

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_elements_left_open_add_up() {
        assert_eq!(deepest("<div><span>绩效</span><p>一<p>二<br></div><!-- <b><b><b> --><table><tr><td>三", 99), 2);
        assert_eq!(deepest(&"<div>".repeat(500), 99), 100);
    }

    #[test]
    fn elements_left_open_in_cells_do_not_add_up() {
        let row = "<tr><td><span>一<o:p/></td><td><font>二</td></tr>";
        assert!(deepest(&format!("<table>{}</table>", row.repeat(1000)), 99) < 5);
    }
}
