//! 核对 (inspector): walks a rule file, remembers where it is, and collects problems.

use rust_decimal::Decimal;

use crate::audit::Code;
use crate::ruleset::file::Scalar;
use crate::ruleset::locate::{Step, locate};
use crate::ruleset::{Problem, Provenance, Share, Statement};

/// A file with its text; the file itself first, then those it extends.
#[derive(Debug, Clone)]
pub struct SourceFile {
    pub name: String,
    pub text: String,
}

/// Most problems that are reported at once; a file with more is better mended and checked again.
const MOST_PROBLEMS: usize = 100;

/// Collects problems while a file is validated.
pub struct Inspector<'s> {
    sources: &'s [SourceFile],
    path: Vec<Step>,
    pub problems: Vec<Problem>,
}

impl<'s> Inspector<'s> {
    pub fn new(sources: &'s [SourceFile]) -> Self {
        Inspector { sources, path: Vec::new(), problems: Vec::new() }
    }

    /// Runs a check one step further into the file.
    pub fn within<T>(&mut self, step: Step, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = check(self);
        self.path.pop();
        result
    }

    /// Notes a problem here.
    pub fn report(&mut self, code: Code, message: impl Into<String>, mend: impl Into<String>) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let (file, line) = self.place();
        let mend = mend.into();
        let mend = (!mend.is_empty()).then_some(mend);
        let part = self.part();
        self.problems.push(Problem { code, file, line, part, message: message.into(), mend });
    }

    /// Line of the present part in the first of the files that has it.
    pub fn place(&self) -> (String, Option<usize>) {
        let first = self.sources.first().map(|source| source.name.clone()).unwrap_or_default();
        let mut best: Option<(usize, String, usize)> = None;
        for source in self.sources {
            for depth in (1..=self.path.len()).rev() {
                let path = self.path.get(..depth).unwrap_or_default();
                let Some(line) = locate_exactly(&source.text, path) else { continue };
                if best.as_ref().is_none_or(|(deepest, _, _)| depth > *deepest) {
                    best = Some((depth, source.name.clone(), line));
                }
                break;
            }
        }
        best.map_or((first, None), |(_, name, line)| (name, Some(line)))
    }

    /// The present part in words: 规则“…”第2种情形第3段.
    fn part(&self) -> String {
        let mut words = String::new();
        let mut section = "";
        for step in &self.path {
            match step {
                Step::Key(key) => section = key,
                Step::Named(name) => words.push_str(&format!("{}“{name}”", title(section))),
                Step::Item(index) => words.push_str(&format!("第{}{}", index + 1, counter(section))),
            }
        }
        match self.path.last() {
            Some(Step::Key(key)) => words + title(key),
            _ => words,
        }
    }

    /// A percentage as a fraction: `60%` is 0.6.
    pub fn percentage(&mut self, key: &'static str, scalar: &Scalar) -> Option<Decimal> {
        self.within(Step::Key(key), |here| {
            let text = scalar.text();
            if let Some(number) = text.strip_suffix('%') {
                let value =
                    number.trim().parse::<Decimal>().ok().and_then(|number| number.checked_div(Decimal::ONE_HUNDRED));
                return here.expect(value, text);
            }
            if let Some(number) = text.strip_suffix('％') {
                here.report(
                    Code::RuleFileInvalid,
                    format!("“{text}”用了全角百分号“％”"),
                    format!("请改为半角：{}%", number.trim()),
                );
                return None;
            }
            match text.parse::<Decimal>() {
                Ok(_) => here.report(
                    Code::RuleFileInvalid,
                    format!("“{text}”缺少百分号，看不出是 {text}% 还是 {text} 倍"),
                    "百分率请写成 60% 这样的形式",
                ),
                Err(_) => {
                    here.report(Code::RuleFileInvalid, format!("“{text}”不是百分率"), "百分率请写成 60% 这样的形式")
                }
            }
            None
        })
    }

    /// Points (`2分`) or a share of the weight (`10%`).
    pub fn share(&mut self, key: &'static str, scalar: &Scalar) -> Option<Share> {
        let text = scalar.text();
        match text.strip_suffix('分') {
            Some(number) => {
                let value = number.trim().parse::<Decimal>().ok();
                self.within(Step::Key(key), |here| here.expect(value, text)).map(Share::Points)
            }
            None => self.percentage(key, scalar).map(Share::OfWeight),
        }
    }

    /// A plain number; a closing 分 is allowed.
    pub fn number(&mut self, key: &'static str, scalar: &Scalar) -> Option<Decimal> {
        let text = scalar.text();
        let value = text.strip_suffix('分').unwrap_or(text).trim().parse::<Decimal>().ok();
        self.within(Step::Key(key), |here| here.expect(value, text))
    }

    fn expect(&mut self, value: Option<Decimal>, text: &str) -> Option<Decimal> {
        if value.is_none() {
            self.report(Code::RuleFileInvalid, not_a_number(text), "请只写数字和单位，例如 60%、2分、12.5");
        }
        value
    }
}

fn not_a_number(text: &str) -> String {
    format!("“{text}”不是数字")
}

/// The line of the last step, only where every step is in the text.
fn locate_exactly(text: &str, path: &[Step]) -> Option<usize> {
    let line = locate(text, path)?;
    let before = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
    let parent = if before.is_empty() { None } else { locate(text, before) };
    // A list written on one line has its parts on the parent's line.
    let inline =
        text.lines().nth(line.saturating_sub(1)).is_some_and(|content| content.contains('{') || content.contains('['));
    (parent != Some(line) || inline || matches!(path.last(), Some(Step::Key("name")))).then_some(line)
}

fn title(section: &str) -> &'static str {
    TITLES.iter().find(|(key, _)| *key == section).map_or("", |pair| pair.1)
}

fn counter(section: &str) -> &'static str {
    COUNTERS.iter().find(|(key, _)| *key == section).map_or("项", |pair| pair.1)
}

/// How a person calls the parts of a rule file.
const TITLES: [(&str, &str); 24] = [
    ("rules", "规则"),
    ("weights", "权重结构"),
    ("tiers", "等级"),
    ("grades", "总评等级"),
    ("execution", "预算执行率（execution）"),
    ("caps", "总分封顶（caps）"),
    ("defaults", "默认规则（defaults）"),
    ("examples", "算例（examples）"),
    ("audit", "审核阈值（audit）"),
    ("tolerance", "容差（tolerance）"),
    ("rounding", "小数处理（rounding）"),
    ("extends", "基础规则集（extends）"),
    ("in-force", "适用年度（in-force）"),
    ("curve", "曲线（curve）"),
    ("steps", "逐档扣分（steps）"),
    ("aliases", "的别名（aliases）"),
    ("cases", "的情形（cases）"),
    ("levels", "的一级指标（levels）"),
    ("place", "适用地区（place）"),
    ("omit", "不沿用的规则（omit）"),
    ("give", "的得分（give）"),
    ("name", "的名称（name）"),
    ("words", "的说法（words）"),
    ("id", "编号（id）"),
];

const COUNTERS: [(&str, &str); 6] = [
    ("cases", "种情形"),
    ("curve", "段"),
    ("defaults", "条默认规则"),
    ("examples", "个算例"),
    ("caps", "条封顶"),
    ("levels", "个一级指标"),
];

/// The statement of a part: its own clause and grade, else those of the part around it.
pub fn statement(clause: Option<&String>, provenance: Option<Provenance>, around: &Statement) -> Statement {
    Statement {
        clause: clause.cloned().unwrap_or_else(|| around.clause.clone()),
        provenance: provenance.unwrap_or(around.provenance),
    }
}
