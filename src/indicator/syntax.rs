//! 句式 (syntax): the pest grammar, and quantities built from what it finds.

use pest::Parser;
use pest::error::{Error, InputLocation};
use pest::iterators::{Pair, Pairs};
use rust_decimal::Decimal;

use super::exact;
use super::mark::{AFTER_EVENT, Marked, is_time};
use super::unit::{UnitReading, read_unit};
use super::when::{deadline, period_span, recurring};
use super::words::{Lead, words};
use super::{Bound, Change, Comparator, Meaning, Quantity, Range};

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/value.pest"]
struct Grammar;

pub(super) type Tokens<'a> = Pairs<'a, Rule>;

/// The meaning of a marked copy; the error says in Chinese why it has none.
pub(super) fn understand(marked: &Marked) -> Result<Meaning, String> {
    let mut pairs = Grammar::parse(Rule::value, &marked.text).map_err(|error| unexpected(&marked.text, &error))?;
    let Some(found) = pairs.next() else { return Err("没有可以识别的内容".to_owned()) };
    match found.as_rule() {
        Rule::recurring => recurring(found),
        Rule::period_span => period_span(found),
        Rule::deadline => deadline(found),
        Rule::between => between(found),
        Rule::tolerance => tolerance(found),
        Rule::range => range(found),
        Rule::frequency => frequency(found),
        _ => bound(found, marked.act),
    }
}

/// Where the grammar stopped, in the characters of the copy.
fn unexpected(text: &str, error: &Error<Rule>) -> String {
    let at = match error.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((start, _)) => start,
    };
    let place = text.get(..at).unwrap_or_default().chars().count() + 1;
    let replaced = text.contains(['⇧', '⇩', '↗', '↘', '≈']);
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some(c) if !replaced => format!("第{place}字“{c}”处不合指标值的写法"),
        Some(_) => "不合指标值的写法".to_owned(),
        None => "写到这里没有结束，缺少数字或单位".to_owned(),
    }
}

/// The parts of a quantity while they are collected.
#[derive(Default)]
struct Parts {
    before: Option<Comparator>,
    after: Option<Comparator>,
    change: Option<Change>,
    about: bool,
    label: String,
    numbers: Vec<String>,
    units: Vec<String>,
    /// For each number, the position of its unit in `units`.
    unit_of: Vec<Option<usize>>,
    comparators: Vec<Comparator>,
    rate: String,
    per: Vec<String>,
}

fn collect(pairs: Tokens) -> Parts {
    let mut parts = Parts::default();
    for pair in pairs {
        let text = pair.as_str();
        match pair.as_rule() {
            Rule::comparator => parts.comparators.extend(comparator(text)),
            Rule::after => parts.after = comparator(text),
            Rule::change => parts.change = Some(if text == "↗" { Change::Rise } else { Change::Fall }),
            Rule::more => parts.about = true,
            Rule::label => parts.label = text.trim_matches(['(', ')']).to_owned(),
            Rule::number | Rule::plain => {
                parts.numbers.push(text.to_owned());
                parts.unit_of.push(None);
            }
            Rule::unit => {
                let rounded = without_more(text);
                parts.about |= rounded.is_some();
                parts.units.push(rounded.unwrap_or_else(|| text.to_owned()));
                if let Some(last) = parts.unit_of.last_mut() {
                    *last = Some(parts.units.len() - 1);
                }
            }
            Rule::rate => parts.rate = text.trim_start_matches(['/', '每']).to_owned(),
            Rule::per => parts.per.push(text.trim_start_matches('每').to_owned()),
            _ => {}
        }
    }
    parts.before = parts.comparators.first().copied();
    parts
}

/// `万余人` is about so many 万人.
fn without_more(unit: &str) -> Option<String> {
    let word =
        words().multipliers.iter().map(|multiplier| multiplier.word.as_str()).find(|word| unit.starts_with(word))?;
    let rest = unit.strip_prefix(word)?.strip_prefix(['余', '多'])?;
    Some(format!("{word}{rest}"))
}

fn comparator(mark: &str) -> Option<Comparator> {
    match mark {
        "≥" | "⇧" => Some(Comparator::AtLeast),
        "≤" | "⇩" => Some(Comparator::AtMost),
        ">" => Some(Comparator::MoreThan),
        "<" => Some(Comparator::LessThan),
        "=" => Some(Comparator::Equal),
        "≈" => Some(Comparator::About),
        _ => None,
    }
}

impl Parts {
    fn unit_text(&self, number: usize) -> &str {
        let unit = self.unit_of.get(number).copied().flatten();
        unit.and_then(|unit| self.units.get(unit)).map(String::as_str).unwrap_or_default()
    }

    fn quantity(&self, number: usize) -> Result<(Quantity, bool), String> {
        let printed = self.numbers.get(number).map(String::as_str).unwrap_or_default();
        quantity(printed, self.unit_text(number))
    }
}

/// A number and a unit as printed.
pub(super) fn quantity(printed: &str, unit: &str) -> Result<(Quantity, bool), String> {
    let number = exact(printed)?;
    check_not_a_year(printed, unit)?;
    let UnitReading { scale, unit, known } = read_unit(without_deed(unit))?;
    let places = number.scale();
    let unit = match unit.as_str() {
        // Alone after a number these would name a month or a quarter of the year.
        "月" => "个月".to_owned(),
        "季度" => "个季度".to_owned(),
        _ => unit,
    };
    let quantity = Quantity { number, places, scale, unit };
    if quantity.value().is_none() {
        return Err(format!("数字“{printed}”超出可精确计算的范围"));
    }
    Ok((quantity, known))
}

/// `2024年度预算` is no quantity of 2024, `12月工资` none of 12.
fn check_not_a_year(printed: &str, unit: &str) -> Result<(), String> {
    let year = printed.len() == 4 && ["19", "20"].iter().any(|century| printed.starts_with(century));
    let dated = year && (unit.starts_with('年') || unit.starts_with("学年"));
    let month = unit.starts_with("月") && !matches!(unit, "月" | "月度") && !unit.starts_with("月/");
    if dated || month { Err(format!("“{printed}{unit}”像时间而不像数量")) } else { Ok(()) }
}

/// The unit without words that say what is done with it: `3个月完成`, `4次培训`.
fn without_deed(unit: &str) -> &str {
    if read_unit(unit).is_ok_and(|read| read.known) {
        return unit;
    }
    let ends = unit.char_indices().map(|(at, _)| at).skip(1);
    let deed = |text: &str| is_verb(text) || words().due.iter().any(|word| text.starts_with(word.as_str()));
    for end in ends {
        let (known, rest) = unit.split_at_checked(end).unwrap_or((unit, ""));
        if deed(rest) && read_unit(known).is_ok_and(|read| read.known) {
            return known;
        }
    }
    unit
}

/// The number, exact; an error where it has more digits than can be kept.
pub(super) fn exact(printed: &str) -> Result<Decimal, String> {
    let plain: String = printed.chars().filter(|c| *c != ',').collect();
    exact::exact(&plain).ok_or_else(|| format!("数字“{}”位数过多，超出可精确计算的范围", short(printed)))
}

/// At most the first characters of a text that is quoted.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("……".chars()).collect()
}

fn bound(pair: Pair<Rule>, act: bool) -> Result<Meaning, String> {
    let mut parts = collect(pair.into_inner());
    if let Some(unit) = label_unit(&parts) {
        parts.units = vec![unit];
        parts.unit_of = vec![Some(0)];
    } else {
        check_label(&parts.label)?;
    }
    if !parts.rate.is_empty() {
        let with_rate = format!("{}/{}", parts.unit_text(0), parts.rate);
        parts.units = vec![with_rate];
        parts.unit_of = vec![Some(0)];
    }
    let (quantity, known) = parts.quantity(0)?;
    let counted = !quantity.unit.is_empty() || words().names_figure(&parts.label);
    if act && !(known && counted) {
        return Err("数字前后的文字不是指标值的写法".to_owned());
    }
    let comparator = combined(parts.before, parts.after.or(parts.about.then_some(Comparator::About)))?;
    check_event(&parts, &quantity, comparator)?;
    check_not_a_date(&parts, &quantity, comparator)?;
    Ok(Meaning::Bound(Bound { comparator, change: parts.change, quantity }))
}

/// `次≥4`: the unit stands where a label would.
fn label_unit(parts: &Parts) -> Option<String> {
    let alone = parts.units.is_empty() && !parts.label.is_empty();
    (alone && words().unit(&parts.label).is_some()).then(|| parts.label.clone())
}

/// A word before the comparator that would turn it into its opposite.
fn check_label(label: &str) -> Result<(), String> {
    const TURNING: [&str; 6] = ["不", "未", "非", "无", "没", "第"];
    match words().turns_meaning(label) {
        Some(turning) if TURNING.contains(&turning) => Err(format!("数字前的“{turning}”使含义不明")),
        _ => Ok(()),
    }
}

/// After an event (`接报后30分钟内`) only a limit in a unit of time is understood.
fn check_event(parts: &Parts, quantity: &Quantity, comparator: Option<Comparator>) -> Result<(), String> {
    if !parts.label.ends_with(AFTER_EVENT) || (comparator == Some(Comparator::AtMost) && is_time(&quantity.unit)) {
        return Ok(());
    }
    Err(format!("“{}”之后不是时间的限度", parts.label))
}

/// The comparator before the number with the word after it: `=95%以上` is at least 95 %.
fn combined(before: Option<Comparator>, after: Option<Comparator>) -> Result<Option<Comparator>, String> {
    use Comparator::{About, AtLeast, AtMost, Equal, LessThan, MoreThan};
    match (before, after) {
        (before, None) => Ok(before),
        (None | Some(Equal | About), Some(after)) => Ok(Some(after)),
        (Some(before), Some(About)) => Ok(Some(before)),
        (Some(before @ (AtLeast | MoreThan)), Some(AtLeast)) => Ok(Some(before)),
        (Some(before @ (AtMost | LessThan)), Some(AtMost)) => Ok(Some(before)),
        (Some(before), Some(after)) => Err(format!(
            "数字前的“{}”与数字后的“{}”互相矛盾",
            super::words::mark_before(before),
            if after == AtLeast { "以上" } else { "以内" }
        )),
    }
}

/// `2024.5` alone is May 2024 to one reader and a number to another.
fn check_not_a_date(parts: &Parts, quantity: &Quantity, comparator: Option<Comparator>) -> Result<(), String> {
    let bare = quantity.unit.is_empty() && quantity.scale == Decimal::ONE && quantity.places == 1;
    let open = matches!(comparator, None | Some(Comparator::Equal));
    let years = Decimal::from(2015)..Decimal::from(2036);
    if !bare || !open || !years.contains(&quantity.number) || quantity.number.fract().is_zero() {
        return Ok(());
    }
    let printed = parts.numbers.first().map(String::as_str).unwrap_or_default();
    Err(format!("“{printed}”可能是年月，也可能是小数，请写明“年”“月”或计量单位"))
}

/// `每年4次` is 4 次/年, `每人每年100元` is 100 元/人/年.
fn frequency(pair: Pair<Rule>) -> Result<Meaning, String> {
    let mut parts = collect(pair.into_inner());
    let mut unit = parts.unit_text(0).to_owned();
    if matches!(unit.as_str(), "日" | "号" | "时" | "点") && parts.per.iter().any(|per| words().period(per).is_some())
    {
        return Err(format!("“每{}……{unit}”像时间而不像数量", parts.per.concat()));
    }
    for per in &parts.per {
        unit.push('/');
        unit.push_str(per_unit(per)?);
    }
    parts.units = vec![unit];
    parts.unit_of = vec![Some(0)];
    let (quantity, _) = parts.quantity(0)?;
    let comparator = combined(parts.before, parts.after.or(parts.about.then_some(Comparator::About)))?;
    Ok(Meaning::Bound(Bound { comparator, change: None, quantity }))
}

/// The unit after 每; a verb may follow it: `每年开展`.
fn per_unit(per: &str) -> Result<&str, String> {
    let ends = per.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    for end in ends {
        let (unit, rest) = per.split_at_checked(end).unwrap_or((per, ""));
        if read_unit(unit).is_ok_and(|read| read.known) && is_verb(rest) {
            return Ok(unit);
        }
    }
    Err(format!("“每{per}”不是可以识别的周期或单位"))
}

fn is_verb(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.is_empty()
        || words()
            .before
            .matches(&chars)
            .any(|(length, lead)| length == chars.len() && matches!(lead, Lead::Act | Lead::Neutral))
}

fn range(pair: Pair<Rule>) -> Result<Meaning, String> {
    let open = pair.as_str().starts_with('(') || pair.as_str().ends_with(')') && !pair.as_str().contains("(");
    if open {
        return Err("区间不含端点，无法精确表示".to_owned());
    }
    let parts = collect(pair.into_inner());
    if !matches!(parts.after, None | Some(Comparator::AtMost)) {
        return Err("区间之后的比较词使含义不明".to_owned());
    }
    let years = |text: &String| {
        text.split('.')
            .next()
            .is_some_and(|whole| whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20")))
    };
    if parts.units.is_empty() && parts.numbers.len() == 2 && parts.numbers.iter().all(years) {
        return Err("两个数像年份，请写明“年”或计量单位".to_owned());
    }
    ends(&parts)
}

/// `>=80%且<=90%`, `80%≤x≤90%`, `[80,90]`
fn between(pair: Pair<Rule>) -> Result<Meaning, String> {
    let Some(form) = pair.into_inner().next() else { return Err("区间不完整".to_owned()) };
    let rule = form.as_rule();
    let mut parts = collect(form.into_inner());
    check_label(&parts.label)?;
    match (rule, parts.comparators.as_slice()) {
        (Rule::closed, _)
        | (Rule::two_sided, [Comparator::AtLeast, Comparator::AtMost])
        | (Rule::chained, [Comparator::AtMost, Comparator::AtMost]) => {}
        (Rule::two_sided, [Comparator::AtMost, Comparator::AtLeast])
        | (Rule::chained, [Comparator::AtLeast, Comparator::AtLeast]) => {
            parts.numbers.reverse();
            parts.unit_of.reverse();
        }
        (_, signs) if signs.iter().any(|sign| matches!(sign, Comparator::MoreThan | Comparator::LessThan)) => {
            return Err("区间不含端点，无法精确表示".to_owned());
        }
        _ => return Err("两个比较符号不能合成一个区间，可能写了两个指标值".to_owned()),
    }
    ends(&parts)
}

/// `±5%` is the range from -5 % to 5 %.
fn tolerance(pair: Pair<Rule>) -> Result<Meaning, String> {
    let parts = collect(pair.into_inner());
    match combined(parts.before, parts.after)? {
        None | Some(Comparator::AtMost | Comparator::Equal) => {}
        Some(_) => return Err("“±”前后的比较符号含义不明".to_owned()),
    }
    let (high, _) = parts.quantity(0)?;
    if high.number.is_sign_negative() {
        return Err("“±”后不应为负数".to_owned());
    }
    let low = Quantity { number: Decimal::ZERO - high.number, ..high.clone() };
    Ok(Meaning::Range(Range { low, high }))
}

/// Both ends in one unit, the lower first; a unit written once holds for both.
fn ends(parts: &Parts) -> Result<Meaning, String> {
    if parts.about {
        return Err("区间的一端只是约数".to_owned());
    }
    let ((mut low, _), (mut high, _)) = (parts.quantity(0)?, parts.quantity(1)?);
    let plain = |end: &Quantity| end.unit.is_empty() && end.scale == Decimal::ONE;
    if plain(&low) {
        (low.unit, low.scale) = (high.unit.clone(), high.scale);
    } else if plain(&high) {
        (high.unit, high.scale) = (low.unit.clone(), low.scale);
    } else if low.unit.is_empty() {
        low.unit.clone_from(&high.unit);
    }
    if low.unit != high.unit {
        return Err(format!("区间两端的单位“{}”与“{}”不同", low.unit, high.unit));
    }
    match (low.value(), high.value()) {
        (Some(bottom), Some(top)) if bottom <= top => Ok(Meaning::Range(Range { low, high })),
        (Some(_), Some(_)) => Err("区间的下限大于上限".to_owned()),
        _ => Err("数字超出可精确计算的范围".to_owned()),
    }
}
