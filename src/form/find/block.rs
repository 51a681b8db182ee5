//! 标题 (caption): the title of a form and the year below it.

use crate::form::{Field, FormKind};
use crate::text::label;

/// The title of a form, with the year it names.
#[derive(Debug, Clone)]
pub(super) struct Caption {
    pub kind: FormKind,
    pub title: Field,
    pub year: Option<i32>,
}

/// Longest text that is taken for the year line below a title, in characters.
const LONGEST_YEAR_LINE: usize = 30;

impl Caption {
    pub fn new(kind: FormKind, title: Field) -> Self {
        let year = year_in(&title.text);
        Caption { kind, title, year }
    }

    /// Takes a line between title and table, if it names the year: `（2024年度）`.
    pub fn add_line(&mut self, field: &Field) -> bool {
        let line = label(&field.text);
        if line.chars().count() > LONGEST_YEAR_LINE {
            return false;
        }
        let Some(year) = year_in(&line) else { return false };
        let dated = line.contains("日期") || line.contains('月');
        if self.year.is_none() && !dated {
            self.year = Some(year);
        }
        !dated
    }
}

/// The first year from 2000 to 2099 that a text names as 年 (or stands in brackets alone).
pub(super) fn year_in(text: &str) -> Option<i32> {
    let folded = label(text);
    let chars: Vec<char> = folded.chars().collect();
    chars.windows(5).find_map(|window| {
        let digits: String = window.iter().take(4).collect();
        let follows = matches!(window.last(), Some('年' | ')'));
        let year: i32 = digits.parse().ok()?;
        (follows && (2000..2100).contains(&year)).then_some(year)
    })
}
