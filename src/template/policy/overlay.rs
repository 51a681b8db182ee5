//! 局部修改 (overlay): a policy file that states only what differs, laid over the built-in one.

use serde_yaml::{Mapping, Value};

use super::fault::in_chinese;
use crate::ruleset::{habits, syntax};
use crate::text::is_nested_too_deep;

/// 问题: the key it is about, dotted, and what is wrong.
pub(super) type Fault = (String, String);

/// The built-in policy with what the file says in place; or every key that does not fit.
pub(super) fn overlaid(text: &str, base: &str) -> Result<Value, Vec<String>> {
    if is_nested_too_deep(text) {
        return Err(vec!["  括号或列表嵌套过深，不是起草口径文件；请确认选对了文件".to_owned()]);
    }
    let own: Value = serde_yaml::from_str(text).map_err(|error| unreadable(text, &error))?;
    if own.is_string() && !habits::slips(text).is_empty() {
        return Err(slips(text));
    }
    let mut merged: Value = serde_yaml::from_str(base).map_err(|error| vec![in_chinese(&error.to_string())])?;
    let mut faults = Vec::new();
    match own {
        Value::Mapping(_) => lay(&[], own, &mut merged, &mut faults),
        Value::Null => {
            faults.push((String::new(), "文件是空的；只写要改的项，例如：satisfaction: {at_full: \"90\"}".into()))
        }
        _ => faults.push((String::new(), "内容应为“键: 值”，例如：satisfaction: {at_full: \"90\"}".into())),
    }
    if faults.is_empty() { Ok(merged) } else { Err(faults.into_iter().map(|fault| placed(text, fault)).collect()) }
}

/// A fault with its key and the line of the key.
pub(super) fn placed(text: &str, (key, what): Fault) -> String {
    let line = line_of(text, &key).map(|line| format!("第{line}行 ")).unwrap_or_default();
    if key.is_empty() { format!("  {line}{what}") } else { format!("  {line}{key}：{what}") }
}

/// Slips of typing with their lines, else the reader's own message.
fn unreadable(text: &str, error: &serde_yaml::Error) -> Vec<String> {
    let slips = slips(text);
    if !slips.is_empty() {
        return slips;
    }
    let line = error.location().map(|location| format!("第{}行附近：", location.line())).unwrap_or_default();
    vec![format!("  {line}{}", in_chinese(&error.to_string()))]
}

fn slips(text: &str) -> Vec<String> {
    let slips = habits::slips(text).into_iter();
    slips.map(|slip| format!("  第{}行：{}；{}", slip.line, slip.message, slip.mend)).collect()
}

fn lay(path: &[&str], own: Value, base: &mut Value, faults: &mut Vec<Fault>) {
    let mut fault = |what: String| faults.push((path.join("."), what));
    match (own, base) {
        (Value::Mapping(own), Value::Mapping(base)) => lay_mapping(path, own, base, faults),
        (own @ Value::Sequence(_), base @ Value::Sequence(_)) => *base = own,
        (_, Value::Sequence(_)) => fault("应为列表，例如 [甲, 乙]".into()),
        (_, Value::Mapping(_)) => fault("应为下一级的“键: 值”".into()),
        (Value::Mapping(_) | Value::Sequence(_), _) => fault("应为一个值，不是列表或“键: 值”".into()),
        (Value::Null, _) => fault("没有写内容；不改的项请整行删去".into()),
        // Figures may be written without quotes.
        (Value::Number(number), base @ Value::String(_)) => *base = Value::String(number.to_string()),
        (Value::String(text), base @ Value::Number(_)) => match text.trim().parse::<u64>() {
            Ok(number) => *base = Value::Number(number.into()),
            Err(_) => fault(format!("“{text}”不是整数")),
        },
        (own, base) => *base = own,
    }
}

fn lay_mapping(path: &[&str], own: Mapping, base: &mut Mapping, faults: &mut Vec<Fault>) {
    let known: Vec<String> = base.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect();
    for (key, value) in own {
        let Some(name) = key.as_str() else {
            faults.push((path.join("."), "键应为文字".into()));
            continue;
        };
        let inner: Vec<&str> = path.iter().copied().chain([name]).collect();
        match base.get_mut(name) {
            Some(slot) => lay(&inner, value, slot, faults),
            None => {
                let near = syntax::nearest(name, known.iter().map(String::as_str));
                let mend = near
                    .map_or_else(|| format!("这里可以写：{}", known.join("、")), |near| format!("是否想写“{near}”？"));
                faults.push((inner.join("."), format!("不认识“{name}”这一项；{mend}")));
            }
        }
    }
}

/// The line at which a dotted key stands; the nearest part above it where it is on no line of its own.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut at, mut found) = (0, None);
    for part in key.split('.').filter(|part| !part.is_empty()) {
        let heads = |line: &str| {
            line.trim_start_matches([' ', '-', '{'])
                .strip_prefix(part)
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        let inside = |line: &str| line.contains(&format!("{part}:"));
        let here = lines.get(at..)?.iter().position(|line| heads(line) || inside(line));
        let Some(here) = here else { break };
        at += here;
        found = Some(at + 1);
    }
    found
}
