//! 页眉页脚 (furniture): lines that every page repeats, and page numbers.

use std::collections::HashMap;

use super::line::Line;

/// Height of the strips at the top and bottom of a page where furniture stands, as a share of the page.
const STRIP: f64 = 0.09;

/// A repeated line shorter than this is not taken for a running head.
const SHORTEST_HEAD: usize = 4;

/// How often each line stands at the top or bottom of a page, digits masked.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    counts: HashMap<String, usize>,
    pages: usize,
}

impl Furniture {
    /// Takes note of the lines of one more page.
    pub fn note(&mut self, lines: &[Line], page_height: f64) {
        self.pages += 1;
        for line in lines.iter().filter(|line| is_at_edge(line, page_height)) {
            *self.counts.entry(masked(&line.text)).or_default() += 1;
        }
    }

    /// Whether a line is a page number or stands on more than half of the pages.
    pub fn is(&self, line: &Line, page_height: f64) -> bool {
        if !is_at_edge(line, page_height) {
            return false;
        }
        let text = masked(&line.text);
        if is_page_number(&text) {
            return true;
        }
        let count = self.counts.get(&text).copied().unwrap_or(0);
        text.chars().count() >= SHORTEST_HEAD && count >= 2 && count * 2 > self.pages
    }
}

fn is_at_edge(line: &Line, page_height: f64) -> bool {
    let middle = line.area.center().y;
    middle < page_height * STRIP || middle > page_height * (1.0 - STRIP)
}

/// The text without blanks, every digit as `#`.
fn masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

fn is_page_number(masked: &str) -> bool {
    masked.contains('#') && masked.chars().all(|c| "#-—–－―第页共/·．.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kurbo::Rect;

    fn line(y: f64, text: &str) -> Line {
        Line { area: Rect::new(10.0, y, 90.0, y + 10.0), text: text.to_owned(), pieces: Vec::new() }
    }

    #[test]
    fn running_heads_and_page_numbers_are_furniture_and_captions_are_not() {
        let mut furniture = Furniture::default();
        for page in 1..=3 {
            furniture.note(&[line(20.0, "2024年度部门决算公开"), line(400.0, &format!("第{page}章"))], 800.0);
        }
        assert!(furniture.is(&line(20.0, "2024年度部门决算公开"), 800.0));
        assert!(furniture.is(&line(780.0, "— 12 —"), 800.0));
        assert!(!furniture.is(&line(20.0, "项目支出绩效自评表"), 800.0));
        assert!(!furniture.is(&line(400.0, "2024年度部门决算公开"), 800.0));
    }
}
