//! 汉字数词 (numeral): `百分之九十五`, `两次`, `三个月` in digits.

use super::unit::read_unit;
use super::words::words;

/// The text with Chinese numerals that count something written in digits; others (`一般`, `三级`) stay as they are.
pub(super) fn with_digits(text: &str) -> String {
    if !text.chars().any(is_numeral) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while let Some(&c) = chars.get(index) {
        let rest = chars.get(index..).unwrap_or_default();
        match percentage(rest).or_else(|| counted(&out, rest)) {
            Some((digits, length)) => {
                out.push_str(&digits);
                index += length.max(1);
            }
            None => {
                out.push(c);
                index += 1;
            }
        }
    }
    out
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '廿')
}

fn digit(c: char) -> Option<u64> {
    let digit = match c {
        '〇' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(digit)
}

/// `百分之九十五`, `百分之95`, `百分百`, `千分之三` as `95%`, `3‰`.
fn percentage(text: &[char]) -> Option<(String, usize)> {
    let (sign, rest) = match text {
        ['百', '分', '百', ..] | ['百', '分', '之', '百', ..] => {
            let length = if text.get(2) == Some(&'百') { 3 } else { 4 };
            return Some(("100%".to_owned(), length));
        }
        ['百', '分', '之', rest @ ..] => ('%', rest),
        ['千', '分', '之', rest @ ..] => ('‰', rest),
        _ => return None,
    };
    let plain = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    if plain > 0 {
        let digits: String = rest.iter().take(plain).collect();
        return Some((format!("{digits}{sign}"), 3 + plain));
    }
    let run = run_length(rest);
    let number = number(rest.get(..run)?)?;
    let point = decimals(rest.get(run..).unwrap_or_default());
    let places: String = point.iter().map(|digit| digit.to_string()).collect();
    let text = if places.is_empty() { format!("{number}{sign}") } else { format!("{number}.{places}{sign}") };
    let pointed = if places.is_empty() { 0 } else { point.len() + 1 };
    Some((text, 3 + run + pointed))
}

/// The digits of `点五` after a numeral.
fn decimals(text: &[char]) -> Vec<u64> {
    match text {
        ['点', rest @ ..] => rest.iter().map_while(|c| digit(*c)).take(8).collect(),
        _ => Vec::new(),
    }
}

/// A numeral that stands where a number can stand and is followed by a unit that is counted.
fn counted(before: &str, text: &[char]) -> Option<(String, usize)> {
    let run = run_length(text);
    let numeral = text.get(..run).filter(|run| !run.is_empty())?;
    let rest = text.get(run..).unwrap_or_default();
    if let Some(year) = year(numeral, rest) {
        return Some((year, run));
    }
    let large_first = matches!(numeral.first(), Some('百' | '千'));
    if numeral == ['零']
        || large_first
        || before.ends_with(|c: char| c.is_ascii_digit())
        || before.ends_with(['第', '前', '十', '百', '千', '万', '统', '唯', '专', '逐', '同', '之'])
    {
        return None;
    }
    let alone = before.is_empty()
        || before.starts_with('每')
        || !before.ends_with(|c: char| c.is_alphabetic())
        || before.ends_with(['年', '月', '每', '于', '过', '少', '约', '达', '到', '成', '展', '训', '办']);
    if !alone {
        return None;
    }
    let two = numeral == ['两'];
    let date = matches!(rest, ['月', ..] | ['日', ..]) && number(numeral).is_some_and(|n| n <= 31) && !two;
    let dated = date && (before.ends_with(['年', '月']) || (before.is_empty() && rest.first() == Some(&'月')));
    if dated || is_counted(rest, two) {
        return number(numeral).map(|number| (number.to_string(), run));
    }
    None
}

/// `二〇二四年`
fn year(numeral: &[char], rest: &[char]) -> Option<String> {
    if numeral.len() != 4 || rest.first() != Some(&'年') {
        return None;
    }
    let digits: Option<Vec<u64>> = numeral.iter().map(|c| digit(*c)).collect();
    digits.map(|digits| digits.iter().map(u64::to_string).collect())
}

/// Whether a counted unit follows, and after it the end, a sign or a word about the amount.
fn is_counted(rest: &[char], two: bool) -> bool {
    let words = words();
    let longest = words.longest_unit.min(rest.len());
    (1..=longest).rev().any(|length| {
        let (unit, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let unit: String = unit.iter().collect();
        let countable = read_unit(&unit).is_ok_and(|read| read.known) && (two || !words.ordinal.contains(&unit));
        let open =
            tail.first().is_none_or(|c| !c.is_alphabetic() || matches!(c, '以' | '及' | '内' | '左' | '每' | '前'));
        countable && open
    })
}

fn run_length(text: &[char]) -> usize {
    text.iter().take(16).take_while(|c| is_numeral(**c)).count()
}

/// The number that a numeral up to 9999 stands for.
fn number(numeral: &[char]) -> Option<u64> {
    let (mut total, mut pending): (u64, Option<u64>) = (0, None);
    for c in numeral {
        let weight = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                if pending.is_some_and(|digit| digit > 0) {
                    return None;
                }
                pending = Some(digit(*c)?);
                continue;
            }
        };
        total = total.checked_add(pending.take().unwrap_or(1) * weight)?;
    }
    total.checked_add(pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::with_digits;

    #[test]
    fn numerals_that_count_become_digits() {
        for (text, digits) in [
            ("百分之九十五", "95%"),
            ("百分之百", "100%"),
            ("百分百", "100%"),
            ("百分之九十九点五", "99.5%"),
            ("一次", "1次"),
            ("两次", "2次"),
            ("十二个月", "12个月"),
            ("三十人", "30人"),
            ("十万元", "10万元"),
            ("三百万人", "300万人"),
            ("二〇二四年十二月底前", "2024年12月底前"),
        ] {
            assert_eq!(with_digits(text), digits, "{text}");
        }
    }

    #[test]
    fn numerals_that_name_or_praise_stay() {
        for text in [
            "一般",
            "三级",
            "一等奖",
            "一次性支付",
            "零差错",
            "第一时间",
            "十分满意",
            "百年",
            "千方百计",
            "一站式结算",
            "统一",
        ] {
            assert_eq!(with_digits(text), text);
        }
    }
}
