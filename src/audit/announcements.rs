//! 正文说法 (announcements): JX208, what the text of a document says of its forms.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::prose::{Number, find_pattern, prose};
use crate::audit::scene::{FormScene, Scenes};
use crate::audit::span::{Span, amount, half_unit, plain, sum};
use crate::audit::words::{Announcement, AuditWords, has_any};
use crate::audit::{Code, Finding, Severity};
use crate::document::{Block, Document, Place};
use crate::indicator::{Figure, Funds, Reading};
use crate::text::label;

/// 一段正文: the paragraphs between two tables, joined, so that a sentence broken over lines is whole.
struct Passage {
    text: String,
    /// Where each paragraph begins in the joined text.
    starts: Vec<(usize, Place)>,
}

/// JX208: numbers of forms and sums of money that differ from what the text says.
pub(super) fn text_contradicts_forms(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let words = AuditWords::builtin();
    let passages = passages(&scenes.case.document);
    let withheld = passages.iter().any(|passage| has_any(&passage.text, &words.withheld));
    let mut findings = Vec::new();
    for announcement in &words.announcements {
        if withheld && !announcement.kind.is_overall() {
            continue;
        }
        let said = passages.iter().find_map(|passage| Said::find(announcement, passage));
        findings.extend(said.map(|said| said.faults(scenes, announcement)).unwrap_or_default());
    }
    findings
}

fn passages(document: &Document) -> Vec<Passage> {
    let mut passages = vec![Passage { text: String::new(), starts: Vec::new() }];
    for block in &document.blocks {
        match (block, passages.last_mut()) {
            (Block::Paragraph(paragraph), Some(passage)) => {
                passage.starts.push((passage.text.len(), paragraph.place.clone()));
                passage.text += &prose(&paragraph.text);
            }
            (Block::Table(_), Some(passage)) if !passage.text.is_empty() => {
                passages.push(Passage { text: String::new(), starts: Vec::new() });
            }
            _ => {}
        }
    }
    passages
}

impl Passage {
    fn place(&self, at: usize) -> Option<Place> {
        self.starts.iter().rev().find(|(start, _)| *start <= at).map(|(_, place)| place.clone())
    }
}

/// What one sentence says.
struct Said {
    sentence: String,
    place: Option<Place>,
    count: Number,
    /// A second count, to be added.
    more: Option<Number>,
    budget: Option<Number>,
    spent: Option<Number>,
}

impl Said {
    fn find(announcement: &Announcement, passage: &Passage) -> Option<Said> {
        let text = &passage.text;
        let (start, end, count) = announcement.count.iter().find_map(|pattern| {
            let found = find_pattern(text, pattern)?;
            (!text.get(..found.0)?.ends_with('非')).then_some(found)
        })?;
        let rest = text.get(end..)?;
        let sentence = rest.split(['。', ';']).next().unwrap_or(rest);
        let first = |patterns: &[String], text: &str| {
            patterns.iter().find_map(|pattern| find_pattern(text, pattern)).map(|found| found.2)
        };
        Some(Said {
            sentence: text.get(start..end + sentence.len())?.to_owned(),
            place: passage.place(start),
            count,
            more: first(&announcement.more, rest),
            budget: first(&announcement.budget, sentence),
            spent: first(&announcement.spent, sentence),
        })
    }

    fn faults(&self, scenes: &Scenes, announcement: &Announcement) -> Vec<Finding> {
        let kind = announcement.kind;
        let all: Vec<FormScene> = scenes.forms().filter(|scene| scene.form().kind == kind).collect();
        if all.is_empty() {
            return Vec::new();
        }
        let count = Decimal::from(all.len());
        let announced = self.count.value.checked_add(self.more.map_or(Decimal::ZERO, |more| more.value));
        if announced != Some(count) {
            let announced = announced.map(plain).unwrap_or_default();
            let message = format!("正文说{}共 {announced} 个，文件中有 {} 张", kind.title(), all.len());
            // The other forms may stand in another file, or not be published: a count alone proves nothing.
            let finding = self.finding(message, announced, plain(count)).graded(Severity::Warning);
            return vec![finding.suggest("请核对正文与所附表格是否齐全")];
        }
        let one_source = self.more.is_none_or(|more| more.value.is_zero());
        let budget = self
            .budget
            .filter(|_| one_source)
            .and_then(|said| self.sum_fault(&all, kind.title(), "预算数", said, |funds| &funds.budget));
        let spent =
            self.spent.and_then(|said| self.sum_fault(&all, kind.title(), "执行数", said, |funds| &funds.spent));
        budget.into_iter().chain(spent).collect()
    }

    fn sum_fault(
        &self,
        all: &[FormScene],
        title: &str,
        what: &str,
        said: Number,
        of: fn(&Funds) -> &Reading<Figure>,
    ) -> Option<Finding> {
        let figures: Vec<Figure> = all.iter().map(|scene| form_amount(scene, of)).collect::<Option<_>>()?;
        let added = sum(figures.iter().map(|figure| figure.value))?;
        let places = figures.iter().map(|figure| figure.places).max().unwrap_or(0);
        let rounded = figures.iter().try_fold(Span::around(Decimal::ZERO, Decimal::ZERO)?, |total, figure| {
            total.plus(amount(figure.value, places)?)
        });
        let reach = if said.places < places { half_unit(said.places) } else { Decimal::ZERO };
        if rounded?.meets(Span::around(said.value, reach)?) {
            return None;
        }
        let difference = plain(said.value.checked_sub(added)?.abs());
        let mut message = format!(
            "正文说{title}的{what} {} 万元，{} 张表合计 {} 万元（差 {difference}）",
            plain(said.value),
            all.len(),
            plain(added)
        );
        if same_digits(said.value, added) {
            message += "，数字相同而次序不同，可能抄写时颠倒";
        }
        let lines =
            all.iter().zip(&figures).map(|(scene, figure)| format!("{}：{}", scene.name(), plain(figure.value)));
        Some(
            self.finding(message, plain(said.value), plain(added))
                .evidence_lines(lines)
                .suggest("请核对正文与表格，改正写错的一处"),
        )
    }

    fn finding(&self, message: String, published: String, computed: String) -> Finding {
        let mut finding = Finding::new(Code::TextContradictsForms, message)
            .figures(published, computed)
            .evidence(format!("正文：{}", self.sentence));
        finding.place.clone_from(&self.place);
        finding
    }
}

/// The amount of a form: its total line, or the sum of its lines where it has none.
pub(super) fn form_amount(scene: &FormScene, amount: fn(&Funds) -> &Reading<Figure>) -> Option<Figure> {
    let name = |funds: &Funds| label(&funds.name).split('(').next().unwrap_or_default().to_owned();
    let total = scene.funds().find(|line| scene.words.funds.totals.contains(&name(line.funds)));
    if let Some(total) = total {
        return amount(total.funds).get().copied();
    }
    let figures: Vec<Figure> = scene.funds().filter_map(|line| amount(line.funds).get().copied()).collect();
    let value = sum(figures.iter().map(|figure| figure.value)).filter(|_| !figures.is_empty())?;
    let places = figures.iter().map(|figure| figure.places).max()?;
    Some(Figure { value, places, percent: false })
}

/// Whether two numbers have the same digits in another order.
pub(super) fn same_digits(left: Decimal, right: Decimal) -> bool {
    let digits = |number: Decimal| {
        let mut digits: Vec<char> = plain(number).chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    left != right && digits(left) == digits(right)
}
