//! 年份 (year): the years that texts name, moved to the year that is drafted.

/// A year found in a text.
struct Mention {
    /// Byte range of its four digits.
    start: usize,
    end: usize,
    year: i32,
    /// Whether it belongs to a span of years or to the number of a document, which stay as they are.
    fixed: bool,
}

/// A text with its years moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    pub text: String,
    /// The years that were replaced, in order.
    pub replaced: Vec<i32>,
    /// Years before the one that is drafted which were left, because they belong to a document or a span of years.
    pub left: Vec<i32>,
}

/// Every year of a name becomes `to`, but for those of documents (〔2021〕) and spans (2023—2026年).
pub(super) fn move_all(text: &str, to: i32) -> Moved {
    move_years(text, to, |_| to)
}

/// The years from `from − 1` on are moved by the same distance as `from` to `to`; older ones name something else.
pub(super) fn move_near(text: &str, from: i32, to: i32) -> Moved {
    move_years(text, to, |year| if (from - 1..=from + 1).contains(&year) { year + (to - from) } else { year })
}

/// The text without the years that it names.
pub(super) fn without_years(text: &str) -> String {
    let mut out = text.to_owned();
    for mention in mentions(text).into_iter().rev().filter(|mention| !mention.fixed) {
        let after = out.get(mention.end..).unwrap_or_default();
        let suffix = ["年度", "年"].into_iter().find(|word| after.starts_with(word)).map_or(0, str::len);
        out.replace_range(mention.start..mention.end + suffix, "");
    }
    out
}

fn move_years(text: &str, to: i32, moved: impl Fn(i32) -> i32) -> Moved {
    let mut out = text.to_owned();
    let mut replaced = Vec::new();
    let mut left = Vec::new();
    for mention in mentions(text).into_iter().rev() {
        let new = moved(mention.year);
        if mention.fixed || new == mention.year {
            if mention.year < to {
                left.push(mention.year);
            }
            continue;
        }
        out.replace_range(mention.start..mention.end, &new.to_string());
        replaced.push(mention.year);
    }
    replaced.reverse();
    left.reverse();
    Moved { text: out, replaced, left }
}

/// Characters that join two years to a span.
const JOINTS: [char; 9] = ['-', '—', '–', '~', '～', '至', '－', '、', '/'];

/// Four digits from 1990 to 2099 that stand alone and are followed by 年, or head the text.
fn mentions(text: &str) -> Vec<Mention> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |index: usize| chars.get(index).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut found = Vec::new();
    let mut index = 0;
    while index + 4 <= chars.len() {
        let alone = (index == 0 || !digit(index - 1)) && !digit(index + 4) && (index..index + 4).all(digit);
        if !alone {
            index += 1;
            continue;
        }
        let start = chars.get(index).map_or(0, |(at, _)| *at);
        let end = chars.get(index + 4).map_or(text.len(), |(at, _)| *at);
        let before = index.checked_sub(1).and_then(|before| chars.get(before)).map(|(_, c)| *c);
        let after: Vec<char> = chars.iter().skip(index + 4).map(|(_, c)| *c).filter(|c| !c.is_whitespace()).collect();
        if let Some(year) = year_at(text.get(start..end), before, &after) {
            found.push(Mention { start, end, year, fixed: is_fixed(before, &after) });
        }
        index += 4;
    }
    found
}

fn year_at(digits: Option<&str>, before: Option<char>, after: &[char]) -> Option<i32> {
    let year: i32 = digits?.parse().ok()?;
    if !(1990..=2099).contains(&year) {
        return None;
    }
    let named = after.first() == Some(&'年');
    let document = matches!(before, Some('〔' | '[' | '【'));
    let span = after.first().is_some_and(|c| JOINTS.contains(c)) && after.get(1).is_some_and(char::is_ascii_digit);
    // 2024自治区… at the head of a name is a year as well; 2024人 is a number.
    let head =
        before.is_none() && after.len() > 4 && after.first().is_some_and(|c| !"人次个家元万亿%.,件户台".contains(*c));
    (named || document || span || head).then_some(year)
}

/// 〔2021〕101号, 2023—2026年.
fn is_fixed(before: Option<char>, after: &[char]) -> bool {
    let joins = |c: Option<&char>| c.is_some_and(|c| JOINTS.contains(c));
    let next = if after.first() == Some(&'年') { after.get(1..).unwrap_or_default() } else { after };
    let begins_span = joins(next.first()) && next.get(1).is_some_and(char::is_ascii_digit);
    let ends_span = before.is_some_and(|c| JOINTS.contains(&c) && c != '、');
    begins_span || ends_span || matches!(before, Some('〔' | '[' | '【'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_names_move_and_those_of_documents_stay() {
        let table = [
            ("2024年自治区全民参保及医疗服务补助项目", "2025年自治区全民参保及医疗服务补助项目"),
            ("2023年租赁公务用车费用", "2025年租赁公务用车费用"),
            ("关于提前下达2023年中央财政医疗服务", "关于提前下达2025年中央财政医疗服务"),
            ("财预〔2021〕101号专项", "财预〔2021〕101号专项"),
            ("2023-2026年三年行动", "2023-2026年三年行动"),
            ("2024自治区重点研发专项", "2025自治区重点研发专项"),
            ("培训2024人", "培训2024人"),
            ("1-6级伤残人民警察医疗费项目", "1-6级伤残人民警察医疗费项目"),
            ("购置20241型设备", "购置20241型设备"),
        ];
        for (text, wanted) in table {
            assert_eq!(move_all(text, 2025).text, wanted, "{text}");
        }
    }

    #[test]
    fn years_of_a_basis_move_together_and_old_ones_are_told() {
        let moved = move_near("2024年度工作总结及2025年度工作计划", 2025, 2026);
        assert_eq!(moved.text, "2025年度工作总结及2026年度工作计划");
        let moved = move_near("喀什地区医疗保障局2020年工作任务", 2024, 2025);
        assert_eq!((moved.text.as_str(), moved.left.as_slice()), ("喀什地区医疗保障局2020年工作任务", &[2020][..]));
    }

    #[test]
    fn name_without_years_is_the_same_over_the_years() {
        assert_eq!(without_years("2024年自治州基本医疗保险参保缴费人数"), "自治州基本医疗保险参保缴费人数");
        assert_eq!(without_years("2024年度经费"), "经费");
    }
}
