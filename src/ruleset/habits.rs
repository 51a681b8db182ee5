//! 书写习惯 (habits): what Chinese input and word processors do to YAML, line by line.
//!
//! Looked for only in a file that could not be read, and all at once, so that a file is mended in one go.

use crate::ruleset::layout;

/// 可疑之处: one habit found, with its line from 1, what is wrong and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    pub line: usize,
    pub message: String,
    pub mend: String,
}

/// Most slips that are told at once; a file that has more is something else altogether.
const MOST: usize = 20;

/// Every habit found in the text, in the order of its lines.
pub(crate) fn slips(text: &str) -> Vec<Slip> {
    let content = |line: &&str| !line.trim_start().starts_with('#');
    let lines = text.lines().enumerate().filter(|(_, line)| content(line));
    let mut found: Vec<Slip> = lines.flat_map(|(index, line)| of_line(index + 1, line)).take(MOST).collect();
    for misaligned in layout::misaligned(text) {
        if found.len() < MOST && !found.iter().any(|slip| slip.line == misaligned.line) {
            let (key, column, expected) = (misaligned.key, misaligned.column, misaligned.expected);
            found.push(Slip {
                line: misaligned.line,
                message: format!("“{key}”前面有{column}个空格，与同级内容（{expected}个空格）没有对齐"),
                mend: format!("请把“{key}”一行改为以{expected}个空格开头"),
            });
        }
    }
    found.sort_by_key(|slip| slip.line);
    found
}

fn of_line(number: usize, line: &str) -> Vec<Slip> {
    let slip = |message: String, mend: String| Slip { line: number, message, mend };
    if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
        let mend = "请把行首的制表符（Tab）换成空格，每级缩进两个空格".to_owned();
        return vec![slip("行首用了制表符，YAML 只允许用空格缩进".into(), mend)];
    }
    let mut found = Vec::new();
    if let Some(key) = key_before(line, '：') {
        let mend = format!("请改为半角冒号加一个空格：“{key}: ”");
        found.push(slip(format!("“{key}”后面是全角冒号“：”"), mend));
    }
    if let Some((key, rest)) = key_without_blank(line) {
        let mend = format!("请在冒号后面加一个空格：“{key}: {rest}”");
        found.push(slip(format!("“{key}:”的冒号后面缺少空格"), mend));
    }
    if line.contains('{') && fullwidth_comma(line) {
        found.push(slip("花括号里用了全角逗号“，”".into(), "请改为半角逗号加一个空格：“, ”".into()));
    }
    if let Some(written) = fullwidth_percent(line) {
        let half = written.replace('％', "%");
        found.push(slip(format!("“{written}”用了全角百分号“％”"), format!("请改为半角：{half}")));
    }
    found
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The key that stands before a mark, at the head of the line or behind a brace or comma.
fn key_before(line: &str, mark: char) -> Option<String> {
    line.match_indices(mark).find_map(|(at, _)| {
        let before = line.get(..at)?.trim_end();
        let start =
            before.rfind(|c| !is_key(c)).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let key = before.get(start..).filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))?;
        let head = before.get(..start)?.trim_end();
        let stands = head.trim_start().trim_end_matches('-').trim().is_empty() || head.ends_with(['{', ',', '，']);
        stands.then(|| key.to_owned())
    })
}

/// The key at the head of the line whose colon is followed by its value at once.
fn key_without_blank(line: &str) -> Option<(String, String)> {
    let content = line.trim_start().trim_start_matches("- ").trim_start_matches('{');
    let length = content.find(|c| !is_key(c))?;
    let (key, after) = content.split_at(length);
    let rest = after.strip_prefix(':').filter(|rest| !rest.is_empty() && !rest.starts_with([' ', '/']))?;
    (!key.is_empty()).then(|| (key.to_owned(), rest.to_owned()))
}

/// `，` where the next key of a `{…}` begins.
fn fullwidth_comma(line: &str) -> bool {
    line.split('，').skip(1).any(|rest| {
        let rest = rest.trim_start();
        let key = rest.find(|c| !is_key(c)).unwrap_or(0);
        key > 0 && rest.get(key..).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    })
}

fn fullwidth_percent(line: &str) -> Option<String> {
    let before = line.split_once('％')?.0;
    let start = before
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let figure = before.get(start..).filter(|figure| !figure.is_empty())?;
    Some(format!("{figure}％"))
}
