//! 语法问题 (syntax): what the YAML reader stumbles over, said in Chinese with a remedy.

use crate::audit::Code;
use crate::ruleset::file::RuleFile;
use crate::ruleset::{Problem, habits, mistyped};
use crate::text::is_nested_too_deep;

/// Largest rule file that is read, in bytes; the longest built-in set has a tenth of it.
pub const LARGEST_FILE: usize = 256 * 1024;

/// Reads a rule file as written.
///
/// # Errors
///
/// The first place where the text is no rule file, with its line and how to mend it.
pub fn read(file: &str, text: &str) -> Result<RuleFile, Vec<Problem>> {
    if text.len() > LARGEST_FILE {
        let message = format!("文件有 {} 字节，超过规则文件的上限 {LARGEST_FILE} 字节", text.len());
        return Err(vec![*problem(file, None, message, Some("请确认选对了文件；规则文件只写规则，不放数据".into()))]);
    }
    if is_nested_too_deep(text) {
        let message = "括号或列表嵌套过深，不是规则文件".to_owned();
        return Err(vec![*problem(file, None, message, Some("请确认选对了文件".into()))]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_content = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if !text.lines().any(is_content) {
        let mend = "可以用 jixiao rules new --from 编号 生成一份起始文件".to_owned();
        return Err(vec![*problem(file, None, "文件是空的".into(), Some(mend))]);
    }
    serde_yaml::from_str(text).map_err(|error| {
        let error = error.to_string();
        let line = trailing_number(&error, "at line ");
        let slips = habits::slips(text);
        // A slip explains what the reader stumbled over, unless that is a fault of its own on another line.
        let own = slips.is_empty() || OWN_FAULTS.iter().any(|words| error.contains(words));
        let read = own.then(|| translate(file, text, &error, line));
        let read = read.filter(|read| !slips.iter().any(|slip| Some(slip.line) == read.line));
        let slips = slips.into_iter().map(|slip| problem(file, Some(slip.line), slip.message, Some(slip.mend)));
        let mut problems: Vec<Problem> = slips.chain(read).map(|problem| *problem).collect();
        problems.sort_by_key(|problem| problem.line);
        problems
    })
}

/// Faults of content, which a slip elsewhere in the file does not cause.
const OWN_FAULTS: [&str; 3] = ["unknown variant", "invalid type", "duplicate"];

/// The number after the first occurrence of some words: the line in the reader's messages.
fn trailing_number(error: &str, words: &str) -> Option<usize> {
    let rest = error.split_once(words)?.1;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn problem(file: &str, line: Option<usize>, message: String, mend: Option<String>) -> Box<Problem> {
    Box::new(Problem { code: Code::RuleFileInvalid, file: file.into(), line, part: String::new(), message, mend })
}

/// The reader's message in Chinese.
fn translate(file: &str, text: &str, error: &str, line: Option<usize>) -> Box<Problem> {
    let quoted: Vec<&str> = error.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let at = |message: String, mend: Option<String>| problem(file, line, message, mend);
    if error.contains("unknown field") {
        return unknown_key(file, text, first, quoted.get(1..).unwrap_or_default(), line);
    }
    if error.contains("unknown variant") {
        let known = quoted.get(1..).unwrap_or_default().join("、");
        let mend = format!("请从这些写法中选一个：{known}");
        return at(format!("“{first}”不是这里可用的写法"), Some(mend));
    }
    if let (true, Some((found, column, expected))) = (error.contains("missing field"), misplaced(text, first, line)) {
        let message = format!("“{first}”前面有{column}个空格，与同级内容（{expected}个空格）没有对齐");
        return problem(file, Some(found), message, Some(format!("请把“{first}”一行改为以{expected}个空格开头")));
    }
    if error.contains("missing field") {
        let sample = mistyped::sample(first).map(|sample| format!("，例如：{sample}")).unwrap_or_default();
        return at(format!("缺少必须填写的“{first}”"), Some(format!("请补上“{first}: …”一行{sample}")));
    }
    if error.contains("duplicate field") || error.contains("duplicate entry") {
        let key = if first.is_empty() { error.split('"').nth(1).unwrap_or_default() } else { first };
        let mend = Some("同一处只能写一次，请删去或合并其中一处".into());
        return match twice(text, key, line) {
            Some((one, two)) => problem(file, Some(two), format!("“{key}”写了两次：第{one}行和第{two}行"), mend),
            None => at(format!("“{key}”写了两次"), mend),
        };
    }
    if let Some(mistyped) = mistyped::explained(error) {
        return at(mistyped.message, Some(mistyped.mend));
    }
    if error.contains("invalid type") || error.contains("did not match any variant") {
        let mend = "请对照 docs/rules.md 的格式：列表每项以“- ”开头，下一级内容比上一级多缩进两个空格";
        return at("这里的内容与要求的格式不同（例如应为列表却写成了一段文字）".into(), Some(mend.into()));
    }
    if error.contains("recursion") || error.contains("repetition") || error.contains("anchor") {
        return at("用了过多的引用（& 和 *）或嵌套".into(), Some("请把被引用的内容直接写出来".into()));
    }
    if error.contains("more than one document") {
        return at("一个文件里有两份内容（以“---”分隔）".into(), Some("请把每个规则集各存为一个文件".into()));
    }
    if let Some(start) = trailing_number(error, "while scanning a quoted scalar at line ") {
        let mend = "请在这段文字的末尾补上同样的半角引号，或把两边的引号都删去".to_owned();
        return problem(file, Some(start), "引号没有成对".into(), Some(mend));
    }
    for (words, open, close) in
        [("while parsing a flow mapping at line ", '{', '}'), ("while parsing a flow sequence at line ", '[', ']')]
    {
        if let Some(start) = trailing_number(error, words) {
            let mend = format!("请检查这一行：补上“{close}”，各项之间用半角逗号“,”隔开");
            return problem(file, Some(start), format!("“{open}”后面没有读到配对的“{close}”"), Some(mend));
        }
    }
    let mend = "请检查这一行和上一行的缩进、引号和括号是否成对，同级的内容是否左对齐";
    at("YAML 格式有误，读到这里无法继续".into(), Some(mend.into()))
}

/// The two lines, equally far to the right, at which a key stands.
fn twice(text: &str, key: &str, line: Option<usize>) -> Option<(usize, usize)> {
    let has = |line: &str| {
        line.trim_start_matches([' ', '-']).strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let column = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let from = line.unwrap_or(1).saturating_sub(1);
    let mut lines = text.lines().enumerate().skip(from).filter(|(_, line)| has(line));
    let (first, one) = lines.next()?;
    let (second, _) = lines.find(|(_, two)| column(two) == column(one))?;
    Some((first + 1, second + 1))
}

/// Lines after the beginning of a part in which a key of it may stand misplaced.
const NEAR: usize = 12;

/// A key that stands near the part that lacks it, but not under its first key: line, its column, and the right column.
fn misplaced(text: &str, key: &str, line: Option<usize>) -> Option<(usize, usize, usize)> {
    let start = line?;
    let part = text.lines().nth(start.checked_sub(1)?)?;
    let expected = part.len() - part.trim_start_matches([' ', '-']).len();
    let near = text.lines().enumerate().skip(start).take(NEAR);
    near.map(|(index, line)| (index + 1, line.len() - line.trim_start().len(), line.trim_start()))
        .find(|(_, column, content)| {
            content.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) && *column != expected
        })
        .map(|(number, column, _)| (number, column, expected))
}

fn unknown_key(file: &str, text: &str, key: &str, known: &[&str], line: Option<usize>) -> Box<Problem> {
    // The reader points at the mapping; the key itself stands at or below it.
    let start = line.unwrap_or(1).saturating_sub(1);
    let has = |line: &str| {
        line.match_indices(key)
            .any(|(at, _)| line.get(at + key.len()..).is_some_and(|rest| rest.trim_start().starts_with(':')))
    };
    let here = text.lines().enumerate().skip(start).find(|(_, line)| has(line)).map(|(index, _)| index + 1);
    let near = nearest(key, known.iter().copied());
    let mend = match near {
        Some(near) => format!("是否想写“{near}”？"),
        None => format!("这里可以写：{}", known.join("、")),
    };
    problem(file, here.or(line), format!("不认识“{key}”这一项"), Some(mend))
}

/// The most similar of the known words, if any is similar enough to be a slip.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let scored = known.map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)));
    best.filter(|(similarity, _)| *similarity >= 0.6).map(|(_, candidate)| candidate)
}
