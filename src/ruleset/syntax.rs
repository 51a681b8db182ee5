//! 语法问题 (syntax): what the YAML reader stumbles over, said in Chinese with a remedy.

use crate::audit::Code;
use crate::ruleset::Problem;
use crate::ruleset::file::RuleFile;

/// Largest rule file that is read, in bytes; the longest built-in set has a tenth of it.
pub const LARGEST_FILE: usize = 256 * 1024;

/// Reads a rule file as written.
///
/// # Errors
///
/// The first place where the text is no rule file, with its line and how to mend it.
pub fn read(file: &str, text: &str) -> Result<RuleFile, Box<Problem>> {
    if text.len() > LARGEST_FILE {
        let message = format!("文件有 {} 字节，超过规则文件的上限 {LARGEST_FILE} 字节", text.len());
        return Err(problem(file, None, message, Some("请确认选对了文件；规则文件只写规则，不放数据".into())));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_content = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if !text.lines().any(is_content) {
        let mend = "可以用 jixiao rules new --from 编号 生成一份起始文件".to_owned();
        return Err(problem(file, None, "文件是空的".into(), Some(mend)));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let line = error.location().map(|location| location.line());
        suspicious(file, text).unwrap_or_else(|| translate(file, text, &error.to_string(), line))
    })
}

fn problem(file: &str, line: Option<usize>, message: String, mend: Option<String>) -> Box<Problem> {
    Box::new(Problem { code: Code::RuleFileInvalid, file: file.into(), line, part: String::new(), message, mend })
}

/// Habits of Chinese input that break YAML, looked for only in a file that could not be read.
fn suspicious(file: &str, text: &str) -> Option<Box<Problem>> {
    text.lines().enumerate().find_map(|(index, line)| {
        let number = Some(index + 1);
        let content = line.trim_start().trim_start_matches("- ").trim_start_matches('{');
        if content.starts_with('#') {
            return None;
        }
        if line.starts_with('\t') || line.trim_start_matches(' ').starts_with('\t') {
            let mend = "请把行首的制表符（Tab）换成空格，每级缩进两个空格".to_owned();
            return Some(problem(file, number, "行首用了制表符，YAML 只允许用空格缩进".into(), Some(mend)));
        }
        let key: String = content.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
        let after = content.get(key.len()..)?.trim_start();
        if !key.is_empty() && after.starts_with('：') {
            let mend = format!("请改为半角冒号加一个空格：“{key}: ”");
            return Some(problem(file, number, format!("“{key}”后面是全角冒号“：”"), Some(mend)));
        }
        if !key.is_empty() && after.starts_with(':') && !after.starts_with(": ") && after.len() > 1 {
            let mend = format!("请在冒号后面加一个空格：“{key}: {}”", after.trim_start_matches(':'));
            return Some(problem(file, number, format!("“{key}:”的冒号后面缺少空格"), Some(mend)));
        }
        None
    })
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
        return at(format!("缺少必须填写的“{first}”"), Some(format!("请补上“{first}: …”一行")));
    }
    if error.contains("duplicate field") || error.contains("duplicate entry") {
        let key = if first.is_empty() { error.split('"').nth(1).unwrap_or_default() } else { first };
        return at(format!("“{key}”写了两次"), Some("同一处只能写一次，请删去或合并其中一处".into()));
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
    let mend = "请检查这一行和上一行的缩进、引号和括号是否成对，同级的内容是否左对齐";
    at("YAML 格式有误，读到这里无法继续".into(), Some(mend.into()))
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
