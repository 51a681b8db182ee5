//! 打印 (print): a value in its canonical spelling, as JSON and in words.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::unit::multiplier_word;
use super::words::mark_before;
use super::{
    Bound, Change, Comparator, Deadline, Meaning, PartialDate, Period, Precision, Quantity, Range, Recurring, Value,
};

impl Value {
    /// The value in its one canonical spelling: `≥407万人`, `80%~90%`, `2024年12月25日前`.
    ///
    /// Parsed again it has the same meaning. A missing value is `/`, one that is not understood stays as written.
    pub fn canonical(&self) -> String {
        match &self.meaning {
            Meaning::Bound(bound) => bound.canonical(),
            Meaning::Range(range) => format!("{}~{}", range.low.canonical(), range.high.canonical()),
            Meaning::Deadline(deadline) => deadline.canonical(),
            Meaning::Recurring(recurring) => recurring.words.clone(),
            Meaning::Phrase(phrase) => phrase.words.clone(),
            Meaning::Missing => "/".to_owned(),
            Meaning::NotUnderstood(_) => crate::text::squeeze(&self.written),
        }
    }

    /// The value in the JSON contract of `jixiao parse`; numbers are strings.
    pub fn to_json(&self) -> Json {
        let mut json = Map::new();
        json.insert("written".to_owned(), json!(self.written));
        json.insert("kind".to_owned(), json!(self.meaning.kind()));
        match &self.meaning {
            Meaning::Bound(bound) => bound.add_to(&mut json),
            Meaning::Range(range) => range.add_to(&mut json),
            Meaning::Deadline(deadline) => deadline.add_to(&mut json),
            Meaning::Recurring(recurring) => recurring.add_to(&mut json),
            Meaning::Phrase(phrase) => add(&mut json, "words", json!(phrase.words)),
            Meaning::Missing => {}
            Meaning::NotUnderstood(why) => add(&mut json, "why", json!(why)),
        }
        add(&mut json, "canonical", json!(self.canonical()));
        add(&mut json, "repaired", json!(!self.repairs.is_empty()));
        if !self.repairs.is_empty() {
            add(&mut json, "repairs", json!(self.repairs));
        }
        Json::Object(json)
    }

    /// What was understood, in Chinese, for a person at a terminal.
    pub fn describe(&self) -> String {
        let mut words = match &self.meaning {
            Meaning::Bound(bound) => format!("定量值：{}", bound.describe()),
            Meaning::Range(range) => {
                format!("区间值：{}至{}，含两端", range.low.canonical(), range.high.canonical())
            }
            Meaning::Deadline(deadline) => format!("时限：{}", deadline.describe()),
            Meaning::Recurring(recurring) => recurring.describe(),
            Meaning::Phrase(phrase) => format!("定性值：“{}”", phrase.words),
            Meaning::Missing => "没有填写指标值".to_owned(),
            Meaning::NotUnderstood(why) => format!("无法识别：{why}"),
        };
        if !self.repairs.is_empty() {
            words.push_str(&format!("（读取时作了修复：{}）", self.repairs.join("；")));
        }
        words
    }
}

fn add(json: &mut Map<String, Json>, key: &str, value: Json) {
    json.insert(key.to_owned(), value);
}

impl Meaning {
    /// The kind in the JSON contract.
    pub fn kind(&self) -> &'static str {
        match self {
            Meaning::Bound(_) => "bound",
            Meaning::Range(_) => "range",
            Meaning::Deadline(_) => "deadline",
            Meaning::Recurring(_) => "recurring",
            Meaning::Phrase(_) => "phrase",
            Meaning::Missing => "missing",
            Meaning::NotUnderstood(_) => "not-understood",
        }
    }

    /// The kind in words.
    pub fn title(&self) -> &'static str {
        match self {
            Meaning::Bound(_) => "定量值",
            Meaning::Range(_) => "区间值",
            Meaning::Deadline(_) => "时限",
            Meaning::Recurring(_) => "周期性时限",
            Meaning::Phrase(_) => "定性值",
            Meaning::Missing => "未填写",
            Meaning::NotUnderstood(_) => "无法识别",
        }
    }
}

impl Comparator {
    /// The comparator in words: 不少于.
    pub fn words(self) -> &'static str {
        match self {
            Comparator::AtLeast => "不少于",
            Comparator::AtMost => "不超过",
            Comparator::MoreThan => "大于",
            Comparator::LessThan => "小于",
            Comparator::Equal => "等于",
            Comparator::About => "约",
        }
    }
}

impl Change {
    fn words(self) -> &'static str {
        match self {
            Change::Rise => "增长",
            Change::Fall => "下降",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Change::Rise => "rise",
            Change::Fall => "fall",
        }
    }
}

impl Bound {
    fn canonical(&self) -> String {
        let change = self.change.map(Change::words).unwrap_or_default();
        let comparator = match self.comparator {
            Some(Comparator::About) => "约".to_owned(),
            Some(comparator) => mark_before(comparator).to_string(),
            None => String::new(),
        };
        format!("{change}{comparator}{}", self.quantity.canonical())
    }

    fn add_to(&self, json: &mut Map<String, Json>) {
        add(json, "comparator", json!(self.comparator.map(Comparator::sign)));
        if let Some(change) = self.change {
            add(json, "change", json!(change.key()));
        }
        add(json, "number", json!(self.quantity.number.to_string()));
        add(json, "scale", json!(self.quantity.scale.to_string()));
        add(json, "value", json!(self.quantity.value().map(plain)));
        add(json, "unit", json!(self.quantity.unit));
    }

    fn describe(&self) -> String {
        let change = self.change.map(Change::words).unwrap_or_default();
        let comparator = self.comparator.map(Comparator::words).unwrap_or_default();
        let unit = if self.quantity.unit.is_empty() { "，未写计量单位" } else { "" };
        let scaled = match self.quantity.value() {
            Some(value) if self.quantity.scale != Decimal::ONE => {
                format!("（即{}{}）", plain(value), self.quantity.unit)
            }
            _ => String::new(),
        };
        format!("{change}{comparator}{}{scaled}{unit}", self.quantity.canonical())
    }
}

/// A product without the zeros that the printed places leave behind it.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

impl Quantity {
    /// The quantity as it is printed: number, multiplier, unit.
    pub fn canonical(&self) -> String {
        match multiplier_word(self.scale) {
            Some(word) => format!("{}{word}{}", self.number, self.unit),
            None => format!("{}{}", self.value().unwrap_or(self.number), self.unit),
        }
    }
}

impl Range {
    fn add_to(&self, json: &mut Map<String, Json>) {
        add(json, "low", json!(self.low.number.to_string()));
        add(json, "high", json!(self.high.number.to_string()));
        if self.low.scale == self.high.scale {
            add(json, "scale", json!(self.low.scale.to_string()));
        } else {
            add(json, "low_scale", json!(self.low.scale.to_string()));
            add(json, "high_scale", json!(self.high.scale.to_string()));
        }
        add(json, "low_value", json!(self.low.value().map(plain)));
        add(json, "high_value", json!(self.high.value().map(plain)));
        add(json, "unit", json!(self.high.unit));
    }
}

impl PartialDate {
    /// The date in the JSON contract: `2024-12-25`, `2024-12`, `2024`, and `--11-30` or `--11` without a year.
    pub fn iso(&self) -> String {
        let mut text = match self.year {
            Some(year) => format!("{year:04}"),
            None => "-".to_owned(),
        };
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }

    /// The date as a form prints it: `2024年12月25日`.
    pub fn words(&self) -> String {
        let part = |value: Option<String>, word: &str| value.map(|value| value + word).unwrap_or_default();
        let year = part(self.year.map(|year| year.to_string()), "年");
        let month = part(self.month.map(|month| month.to_string()), "月");
        let day = part(self.day.map(|day| day.to_string()), "日");
        format!("{year}{month}{day}")
    }
}

impl Precision {
    /// The key in the JSON contract.
    pub fn key(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
        }
    }
}

impl Deadline {
    fn canonical(&self) -> String {
        let date = self.words();
        match (self.comparator, self.date.precision()) {
            (None, _) => date,
            (Some(Comparator::AtMost), Precision::Day) => format!("{date}前"),
            (Some(Comparator::AtMost), _) => format!("{date}底前"),
            (Some(Comparator::About), _) => format!("约{date}"),
            (Some(comparator), _) => format!("{}{date}", mark_before(comparator)),
        }
    }

    fn add_to(&self, json: &mut Map<String, Json>) {
        add(json, "comparator", json!(self.comparator.map(Comparator::sign)));
        add(json, "date", json!(self.date.iso()));
        if self.next_year {
            add(json, "year", json!("next"));
        }
        add(json, "precision", json!(self.date.precision().key()));
        if !self.date.is_possible() {
            add(json, "possible", json!(false));
        }
    }

    /// The date with 次年 before it.
    fn words(&self) -> String {
        format!("{}{}", if self.next_year { "次年" } else { "" }, self.date.words())
    }

    fn describe(&self) -> String {
        let date = self.words();
        let when = match (self.comparator, self.date.precision()) {
            (Some(Comparator::AtMost), Precision::Day) => format!("{date}前（含当日）"),
            (Some(Comparator::AtMost), _) => format!("{date}底前"),
            (Some(Comparator::AtLeast), _) => format!("{date}起"),
            _ => date,
        };
        if self.date.is_possible() { when } else { format!("{when}，但历法上没有这一天") }
    }
}

impl Period {
    /// The key in JSON and YAML.
    pub fn key(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::HalfYear => "half-year",
            Period::Year => "year",
        }
    }

    /// The period in words.
    pub fn words(self) -> &'static str {
        match self {
            Period::Day => "日",
            Period::Week => "周",
            Period::Month => "月",
            Period::Quarter => "季度",
            Period::HalfYear => "半年",
            Period::Year => "年",
        }
    }
}

impl Recurring {
    fn add_to(&self, json: &mut Map<String, Json>) {
        add(json, "period", json!(self.period.key()));
        if let Some(within) = &self.within {
            add(json, "within", json!(within.canonical()));
        }
        add(json, "words", json!(self.words));
    }

    fn describe(&self) -> String {
        let within = self.within.as_ref().map(|within| format!("，期满后{}内", within.canonical())).unwrap_or_default();
        format!("周期性时限：每{}一次{within}（“{}”）", self.period.words(), self.words)
    }
}
