//! 选择规则集 (select): which rule set a form is judged by, and why.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::audit::Code;
use crate::document::{Block, Document};
use crate::form::{Column, Form};
use crate::ruleset::places::{PlaceFound, Places};
use crate::ruleset::{JurisdictionLevel, Problem, RuleFileError, RuleSet, builtin, load, syntax};
use crate::text::{fold, label, squeeze};

/// What the user asked for: `auto`, an id, or a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    Auto,
    Id(String),
    File(PathBuf),
}

/// 线索: what a document tells about its rules.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The rule names that the rows print, each with the number of rows.
    pub rule_names: Vec<(String, usize)>,
    /// Text in which a place may be named, most telling first: the unit, the title, the running text.
    pub texts: Vec<String>,
    pub year: Option<i32>,
}

/// 选定的规则集
#[derive(Debug, Clone)]
pub struct Chosen {
    pub rules: Arc<RuleSet>,
    /// One Chinese sentence without a full stop.
    pub because: String,
}

impl Selection {
    /// What a command line argument asks for: `auto`, a path (with a separator or a `.yaml` ending), else an id.
    pub fn from_argument(argument: &str) -> Self {
        let path = Path::new(argument);
        let is_file =
            path.components().count() > 1 || path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        match argument {
            "auto" => Selection::Auto,
            _ if is_file => Selection::File(path.to_owned()),
            _ => Selection::Id(argument.to_owned()),
        }
    }
}

/// Longest text that is taken for the name of a rule, in characters; the longest name known has 16.
const LONGEST_NAME: usize = 20;

/// Whether a printed 赋分规则 is a name; some forms print a dash there, others a whole explanation.
pub fn is_rule_name(printed: &str) -> bool {
    let is_sentence = |c: char| matches!(c, '。' | '；' | ';' | '=' | '×' | '%');
    let tells = ["满分", "不得分", "扣完"].iter().any(|word| printed.contains(word));
    let worded = printed.chars().any(char::is_alphanumeric);
    worded && !tells && printed.chars().count() <= LONGEST_NAME && !printed.chars().any(is_sentence)
}

/// Most characters of running text that are searched for places.
const LONGEST_TEXT: usize = 200_000;

impl Evidence {
    /// What a document and one of its forms tell.
    pub fn of(document: &Document, form: &Form) -> Self {
        let mut names: Vec<(String, usize)> = Vec::new();
        for row in &form.rows {
            let name = label(&row.text(Column::Rule));
            match names.iter_mut().find(|(known, _)| *known == name) {
                _ if !is_rule_name(&name) => {}
                Some((_, count)) => *count += 1,
                None => names.push((name, 1)),
            }
        }
        let head = [&form.unit, &form.title, &form.project].into_iter().flatten().map(|field| field.text.as_str());
        let header = form.header.iter().map(|(_, value)| value.text.as_str());
        let paragraphs = document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        });
        let mut running = String::new();
        for text in paragraphs {
            if running.len() + text.len() > LONGEST_TEXT {
                break;
            }
            running.push_str(text);
            running.push('\n');
        }
        let texts = head.chain(header).map(str::to_owned).chain([running, document.source.file.clone()]);
        let texts = texts.map(|text| squeeze(&fold(&text))).filter(|text| !text.is_empty()).collect();
        Evidence { rule_names: names, texts, year: form.year }
    }

    /// The place that the most telling text names.
    pub fn place(&self) -> Option<PlaceFound<'static>> {
        self.texts.iter().find_map(|text| Places::builtin().find(text))
    }

    fn names_city(&self, city: &str) -> bool {
        self.texts.iter().any(|text| text.contains(city))
    }
}

/// The rule set for a form: the one asked for, else by the rule names it prints, then by place, year, and the national one.
///
/// # Errors
///
/// An unknown id, or the problems of the file.
pub fn select(selection: &Selection, evidence: &Evidence) -> Result<Chosen, RuleFileError> {
    match selection {
        Selection::Auto => Ok(automatic(evidence, builtin::sets()).unwrap_or_else(fallback)),
        Selection::Id(id) => {
            let rules = builtin::find(id).ok_or_else(|| unknown_id(id))?;
            Ok(Chosen { rules, because: format!("按指定的规则集 {id}") })
        }
        Selection::File(path) => {
            let rules = Arc::new(load::read_file(path)?);
            Ok(Chosen { because: format!("按指定的规则文件 {}", path.display()), rules })
        }
    }
}

fn unknown_id(id: &str) -> RuleFileError {
    let near = syntax::nearest(id, builtin::ids());
    let mend = near.map_or_else(
        || "内置规则集的编号见 jixiao rules list；自己的规则文件请写带 .yaml 的路径".to_owned(),
        |near| format!("是否想用“{near}”？全部编号见 jixiao rules list"),
    );
    let problem = Problem {
        code: Code::RuleFileInvalid,
        file: id.to_owned(),
        line: None,
        part: String::new(),
        message: format!("没有编号为“{id}”的内置规则集"),
        mend: Some(mend),
    };
    RuleFileError { file: id.to_owned(), problems: vec![problem] }
}

/// How well a set fits; greater is better, and the order of the fields is the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Printed rule names that the set knows.
    names: usize,
    /// Of these, names that are the set's own and not only another spelling.
    own_names: usize,
    city: bool,
    province: bool,
    national: bool,
    /// Whether it holds for the year.
    held: bool,
    /// Its first year; where it does not hold, how many years it is away, negative.
    from: i32,
}

fn automatic(evidence: &Evidence, sets: &[Arc<RuleSet>]) -> Option<Chosen> {
    let place = evidence.place();
    let fits = sets.iter().filter_map(|set| fit(evidence, place, set).map(|fit| (fit, set)));
    // The first of equals in the order of the list, so that the choice never depends on chance.
    let best = fits.reduce(|best, other| if other.0 > best.0 { other } else { best });
    let (fit, rules) = best?;
    let because = because(evidence, place, fit, rules);
    Some(Chosen { rules: Arc::clone(rules), because })
}

fn fit(evidence: &Evidence, place: Option<PlaceFound>, set: &RuleSet) -> Option<Fit> {
    let jurisdiction = &set.jurisdiction;
    let province = place.is_some() && jurisdiction.province.as_deref() == place.map(|found| found.province);
    let city = province && jurisdiction.city.as_deref().is_some_and(|city| evidence.names_city(city));
    let national = jurisdiction.level == JurisdictionLevel::National;
    let elsewhere = place.is_some() && jurisdiction.province.is_some() && !province;
    let other_city = jurisdiction.city.is_some() && !city;
    let (names, own_names) = known_names(evidence, set);
    let by_name = names > 0 && names == evidence.rule_names.len();
    let by_place = jurisdiction.automatic && (province || national);
    let out_of_force = evidence.year.is_some_and(|year| !set.in_force.holds(year));
    // Names of a set's own are better evidence than the year, whose limits are often not known.
    // A set of the very place from another year is nearer than the national text; the choice says so.
    let stands_anyway = national || province || (by_name && own_names == names);
    let too_late = out_of_force && !stands_anyway;
    if elsewhere || other_city || too_late || !(by_name || by_place) {
        return None;
    }
    let held = evidence.year.is_none_or(|year| set.in_force.holds(year));
    let from = if held {
        set.in_force.from.unwrap_or(0)
    } else {
        -evidence.year.map_or(0, |year| set.in_force.distance(year))
    };
    Some(Fit { names, own_names, city, province, national, held, from })
}

fn known_names(evidence: &Evidence, set: &RuleSet) -> (usize, usize) {
    let spelled = |name: &String| set.rules.iter().find(|rule| rule.spellings.contains(name));
    let known: Vec<bool> = evidence
        .rule_names
        .iter()
        .filter_map(|(name, _)| spelled(name).map(|rule| label(&rule.name) == *name))
        .collect();
    (known.len(), known.iter().filter(|own| **own).count())
}

fn because(evidence: &Evidence, place: Option<PlaceFound>, fit: Fit, rules: &RuleSet) -> String {
    let mut reasons = Vec::new();
    if let (Some((name, _)), true) = (evidence.rule_names.first(), fit.names > 0) {
        let several = if fit.names > 1 { format!("等{}种", fit.names) } else { String::new() };
        reasons.push(format!("表中印有赋分规则“{name}”{several}"));
    }
    match place {
        Some(found) if fit.province && found.name == found.province => {
            reasons.push(format!("文件属于{}", found.province));
        }
        Some(found) if fit.province => reasons.push(format!("“{}”属于{}", found.name, found.province)),
        Some(found) if fit.names == 0 => reasons.push(format!("没有{}的规则集，用全国的", found.province)),
        None if fit.names == 0 => reasons.push("看不出地区，用全国的规则集".to_owned()),
        _ => {}
    }
    if let Some(year) = evidence.year.filter(|year| !rules.in_force.holds(*year)) {
        reasons.push(format!("没有适用{year}年度的规则集，暂用现行的"));
    }
    if reasons.is_empty() { "按全国的规则集".to_owned() } else { reasons.join("，") }
}

/// A rule set for the case that no built-in file can be read at all; it knows no rule, so nothing is scored by it.
fn fallback() -> Chosen {
    Chosen { rules: Arc::new(RuleSet::empty()), because: "内置规则集无法读取".to_owned() }
}
