//! 计量单位 (unit): one spelling for each unit, its multiplier taken off, and what can be compared with what.

use rust_decimal::Decimal;

use super::Quantity;
use super::words::words;

/// Longest unit that is accepted without being in the list, in characters; what is longer is a sentence.
const LONGEST_UNKNOWN: usize = 6;

/// A unit as read: multiplier, canonical spelling, and whether the list has it.
pub(super) struct UnitReading {
    pub scale: Decimal,
    pub unit: String,
    pub known: bool,
}

/// Reads a unit with the multiplier before it; the error says in Chinese why it is none.
pub(super) fn read_unit(written: &str) -> Result<UnitReading, String> {
    let inner = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(written);
    if inner.is_empty() {
        return Ok(UnitReading { scale: Decimal::ONE, unit: String::new(), known: true });
    }
    if let Some(unit) = words().unit(inner) {
        return Ok(UnitReading { scale: Decimal::ONE, unit: unit.name.clone(), known: true });
    }
    let spelled = inner.replace("/每", "/").replace('每', "/").replace('.', "·");
    let (scale, rest) = split_multiplier(&spelled);
    let (unit, known) = canonical(rest)?;
    Ok(UnitReading { scale, unit, known })
}

/// 万元 is 10000 元; 千米 is a unit of its own.
fn split_multiplier(text: &str) -> (Decimal, &str) {
    let first = text.split(['/', '·']).next().unwrap_or_default();
    if words().unit(text).is_some() || words().unit(first).is_some() {
        return (Decimal::ONE, text);
    }
    let stripped = words()
        .multipliers
        .iter()
        .find_map(|multiplier| text.strip_prefix(multiplier.word.as_str()).map(|rest| (multiplier.factor, rest)));
    stripped.unwrap_or((Decimal::ONE, text))
}

/// The canonical spelling of a unit, part by part.
fn canonical(text: &str) -> Result<(String, bool), String> {
    if text.is_empty() {
        return Ok((String::new(), true));
    }
    if let Some(unit) = words().unit(text) {
        return Ok((unit.name.clone(), true));
    }
    if text.split(['/', '·']).any(str::is_empty) {
        return Err(format!("计量单位“{text}”不完整"));
    }
    let mut out = String::with_capacity(text.len());
    let mut known = true;
    for part in text.split_inclusive(['/', '·']) {
        let (name, joint) = match part.char_indices().next_back() {
            Some((at, joint @ ('/' | '·'))) => (part.get(..at).unwrap_or_default(), Some(joint)),
            _ => (part, None),
        };
        match words().unit(name) {
            Some(unit) => out.push_str(&unit.name),
            None => {
                known = false;
                check_unknown(name)?;
                out.push_str(name);
            }
        }
        out.extend(joint);
    }
    Ok((out, known))
}

fn check_unknown(name: &str) -> Result<(), String> {
    let length = name.chars().filter(|c| !matches!(c, '(' | ')')).count();
    if length > LONGEST_UNKNOWN {
        return Err(format!("数字后的“{name}”太长，不像计量单位"));
    }
    if name.chars().any(|c| c.is_ascii_alphanumeric() || matches!(c, '%' | '‰')) {
        return Err(format!("不认识计量单位“{name}”"));
    }
    if let Some(word) = words().not_in_units.iter().find(|word| name.contains(word.as_str())) {
        return Err(format!("数字后的“{name}”含有“{word}”，不像计量单位"));
    }
    Ok(())
}

/// The multiplier before the unit, as a word: 10000 is 万.
pub(super) fn multiplier_word(scale: Decimal) -> Option<&'static str> {
    if scale == Decimal::ONE {
        return Some("");
    }
    words().multipliers.iter().find(|multiplier| multiplier.factor == scale).map(|found| found.word.as_str())
}

/// 单位关系: how the units of two quantities stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitRelation {
    /// The same unit, or both without one.
    Same,
    /// Units of one dimension: one of the first is so many of the second, as numerator and denominator.
    Convertible { numerator: Decimal, denominator: Decimal },
    /// One of the two has no unit.
    OneMissing,
    /// Different units that one may take for each other: 人 and 人次.
    Similar,
    /// Units that have nothing in common.
    Different,
}

impl UnitRelation {
    /// Whether quantities in the two units can be compared.
    pub fn is_comparable(self) -> bool {
        matches!(self, UnitRelation::Same | UnitRelation::Convertible { .. })
    }
}

/// How two units in canonical spelling stand to each other; multipliers (万) are no matter of units.
pub fn relate_units(one: &str, other: &str) -> UnitRelation {
    if one == other {
        return UnitRelation::Same;
    }
    if one.is_empty() || other.is_empty() {
        return UnitRelation::OneMissing;
    }
    let (first, second) = (Compound::split(one), Compound::split(other));
    if let Some(relation) = first.relate(&second) {
        return relation;
    }
    if words().similar(one, other) { UnitRelation::Similar } else { UnitRelation::Different }
}

/// A unit as parts over parts: `元/人·月` is 元 over 人 and 月, and so is `元/月/人`.
struct Compound<'a> {
    top: &'a str,
    below: Vec<&'a str>,
}

impl<'a> Compound<'a> {
    fn split(unit: &'a str) -> Self {
        let mut parts = unit.split(['/', '·']);
        let top = parts.next().unwrap_or_default();
        let mut below: Vec<&str> = parts.collect();
        below.sort_unstable();
        // A form is for a year: 12次/年 are 12次.
        below.retain(|part| *part != "年");
        Compound { top, below }
    }

    /// Same parts below and convertible units above.
    fn relate(&self, other: &Compound) -> Option<UnitRelation> {
        if self.below != other.below {
            return None;
        }
        if self.top == other.top {
            return Some(UnitRelation::Same);
        }
        if holds(self.top, other.top) || holds(other.top, self.top) {
            return Some(UnitRelation::Same);
        }
        let (first, second) = (words().unit(self.top)?, words().unit(other.top)?);
        let same_dimension = first.dimension.is_some() && first.dimension == second.dimension;
        same_dimension.then_some(UnitRelation::Convertible { numerator: first.factor, denominator: second.factor })
    }
}

/// Whether a unit with another in brackets stands for either: 台(套) for 台.
fn holds(both: &str, one: &str) -> bool {
    both.strip_suffix(')')
        .and_then(|both| both.split_once('('))
        .is_some_and(|(first, second)| first == one || second == one)
}

impl Quantity {
    /// How the units of two quantities stand to each other.
    pub fn relation(&self, other: &Quantity) -> UnitRelation {
        relate_units(&self.unit, &other.unit)
    }

    /// The values of both quantities in one unit, exact; `None` where the units cannot be compared or a value is beyond
    /// the range of exact decimals.
    pub fn in_common(&self, other: &Quantity) -> Option<(Decimal, Decimal)> {
        let (one, two) = (self.value()?, other.value()?);
        match self.relation(other) {
            UnitRelation::Same => Some((one, two)),
            UnitRelation::Convertible { numerator, denominator } => {
                Some((one.checked_mul(numerator)?, two.checked_mul(denominator)?))
            }
            UnitRelation::OneMissing | UnitRelation::Similar | UnitRelation::Different => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(written: &str) -> (String, String) {
        let read = read_unit(written).unwrap();
        (read.scale.to_string(), read.unit)
    }

    #[test]
    fn multipliers_come_off_and_spellings_become_one() {
        for (written, scale, name) in [
            ("万元", "10000", "元"),
            ("万元/人", "10000", "元/人"),
            ("亿元", "100000000", "元"),
            ("万人次", "10000", "人次"),
            ("千米", "1", "千米"),
            ("千瓦时", "1", "千瓦时"),
            ("km", "1", "公里"),
            ("元/人.月", "1", "元/人·月"),
            ("元每人每天", "1", "元/人/天"),
            ("(%)", "1", "%"),
            ("工作日", "1", "个工作日"),
            ("台(套)", "1", "台(套)"),
            ("台/套", "1", "台(套)"),
            ("个县市", "1", "个县市"),
            ("万", "10000", ""),
        ] {
            assert_eq!(unit(written), (scale.to_owned(), name.to_owned()), "{written}");
        }
    }

    #[test]
    fn a_sentence_is_no_unit() {
        assert!(read_unit("个平台建设并投入使用").is_err());
        assert!(read_unit("A级").is_err());
    }

    #[test]
    fn units_are_comparable_only_where_the_kind_is_the_same() {
        assert_eq!(relate_units("元", "元"), UnitRelation::Same);
        assert_eq!(relate_units("元/人·月", "元/月/人"), UnitRelation::Same);
        assert!(relate_units("名", "人").is_comparable());
        assert!(relate_units("公里", "米").is_comparable());
        assert_eq!(relate_units("人", "人次"), UnitRelation::Similar);
        assert_eq!(relate_units("%", ""), UnitRelation::OneMissing);
        assert_eq!(relate_units("元/人", "元"), UnitRelation::Different);
        assert_eq!(relate_units("%", "个百分点"), UnitRelation::Similar);
    }
}
