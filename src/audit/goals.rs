//! 总体目标 (goals): JX412, figures in the goal text against the indicators and the budget.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::prose::{Number, find_pattern, number_at};
use crate::audit::reading::shorten;
use crate::audit::scene::{FormScene, RowScene, at};
use crate::audit::span::{half_unit, plain};
use crate::audit::unit;
use crate::audit::words::{GoalWords, core};
use crate::audit::{Code, Finding, Severity};
use crate::form::{Column, Field};
use crate::indicator::{Comparator, Deadline, Meaning, Quantity, Value};
use crate::text::label;

/// Shortest name that is looked for in running text, in characters.
const SHORTEST_NAME: usize = 4;

/// Most characters between a name and its figure.
const WIDEST_GAP: usize = 14;

/// JX412: a figure in the goal text that is not the one in the table.
pub(super) fn goal_contradicts_indicators(row: &RowScene, found: &Found) -> Option<Finding> {
    let covered = [Code::ValueNotUnderstood, Code::NameContradictsValue, Code::CellEmpty];
    if found.has(row.form.number, Some(row.number), &covered) {
        return None;
    }
    let goal = row.form.form().goal.as_ref()?;
    let expected = goal.expected.as_ref().map(|field| (Column::Target, "预期目标", field, Some(&row.indicator.target)));
    let achieved =
        goal.achieved.as_ref().map(|field| (Column::Actual, "目标完成情况", field, row.indicator.actual.as_ref()));
    [expected, achieved].into_iter().flatten().find_map(|(column, title, field, value)| {
        let text = if column == Column::Target { &row.form.facts.expected } else { &row.form.facts.achieved };
        let Contradiction { words: said, proves } = contradiction(row, text, value?)?;
        let written = row.text(column);
        let message = format!("{title}中写“{said}”，指标表的{}是“{written}”", column.title());
        let finding = row
            .finding(Code::GoalContradictsIndicators, column, message)
            .graded(if proves { Severity::Error } else { Severity::Warning })
            .figures(said, written)
            .evidence(format!("{title}{}：{}", at(&field.place), shorten(&field.squeezed(), 80)))
            .evidence(format!("指标表的{}{}", column.title(), at(&row.place(column))))
            .suggest("请核对文字与指标表，改正写错的一处");
        Some(quoting(finding, if column == Column::Target { "goal" } else { "achieved" }, field))
    })
}

/// The finding at the cell that it quotes: the goal text, not the target beside it.
fn quoting(mut finding: Finding, key: &'static str, field: &Field) -> Finding {
    finding.field = Some(key);
    finding.place = Some(field.place.clone());
    finding
}

/// What a text says otherwise than a cell.
pub(super) struct Contradiction {
    pub words: String,
    /// Whether the figure of the text would miss the target, or is another result: one of the two must be wrong.
    pub proves: bool,
}

/// What a text says of a row's quantity, where that is another number than the value.
pub(super) fn contradiction(row: &RowScene, text: &str, value: &Value) -> Option<Contradiction> {
    let bound = unit::bound(value)?;
    let quantity = &bound.quantity;
    let name = core(&row.indicator.name);
    if name.chars().count() < SHORTEST_NAME {
        return None;
    }
    let goals = &row.form.words.goals;
    let year = row.form.form().year;
    let of_this_year = |(at, _): &(usize, &str)| !is_of_another_year(goals, text.get(..*at).unwrap_or_default(), year);
    let mentions: Vec<Mention> = text
        .match_indices(&name)
        .filter(of_this_year)
        .filter_map(|(at, _)| mention(goals, text, at, &name, quantity))
        .collect();
    if mentions.iter().any(|mention| mention.agrees) {
        return None;
    }
    let first = mentions.into_iter().next()?;
    let comparator = bound.comparator.unwrap_or(Comparator::Equal);
    let met = comparator.holds(first.value, quantity.value()?);
    Some(Contradiction { words: first.words, proves: first.verbatim && met == Some(false) })
}

/// A figure that stands after a name.
struct Mention {
    words: String,
    agrees: bool,
    value: Decimal,
    /// Whether only linking words stand between the name and the figure.
    verbatim: bool,
}

fn mention(goals: &GoalWords, text: &str, at: usize, name: &str, quantity: &Quantity) -> Option<Mention> {
    if !begins_here(goals, text.get(..at)?) {
        return None;
    }
    let rest = text.get(at + name.len()..)?;
    let gap = rest.find(|c: char| c.is_ascii_digit())?;
    let between = rest.get(..gap)?;
    if between.chars().count() > WIDEST_GAP || !links(goals, between, name) {
        return None;
    }
    let after = rest.get(gap..)?;
    let number = number_at(after)?;
    let (scale, unit_length) = unit_after(goals, after.get(number.length..)?, quantity)?;
    let end = number.length + unit_length;
    if goals.about.iter().any(|word| {
        between.ends_with(word.as_str()) || after.get(end..).is_some_and(|tail| tail.starts_with(word.as_str()))
    }) {
        return None;
    }
    if is_list(after.get(end..)?) {
        return None;
    }
    let agrees = same_number(&number, scale, quantity)?;
    let value = number.value.checked_mul(scale)?;
    let verbatim = !between.contains(',');
    Some(Mention { words: rest_words(text, at, name.len() + gap + end)?, agrees, value, verbatim })
}

/// Whether the words before a name speak of another year than the form's: of those in the sentence the last one counts.
fn is_of_another_year(goals: &GoalWords, before: &str, year: Option<i32>) -> bool {
    let sentence = before.rsplit(['。', ';', '；', '!', '\n']).next().unwrap_or_default();
    let compared = |at: usize| {
        let head = sentence.get(..at).unwrap_or_default();
        goals.comparing.iter().any(|word| head.ends_with(word.as_str()))
    };
    let said = |words: &[String], other: bool| {
        let places = words.iter().flat_map(|word| sentence.match_indices(word.as_str()).map(|(at, _)| at));
        places.filter(|at| !compared(*at)).max().map(|at| (at, other))
    };
    let printed = sentence.match_indices('年').filter_map(|(end, _)| {
        let digits: String = sentence.get(..end)?.chars().rev().take_while(char::is_ascii_digit).collect();
        let number: i32 = digits.chars().rev().collect::<String>().parse().ok().filter(|_| digits.len() == 4)?;
        let at = end.checked_sub(digits.len())?;
        (!compared(at)).then_some((at, year != Some(number)))
    });
    let last = printed.chain(said(&goals.this_year, false)).chain(said(&goals.other_years, true)).max();
    last.is_some_and(|(_, other)| other)
}

/// Whether another figure follows: 需达到70%、80%以上 speaks of two indicators.
fn is_list(tail: &str) -> bool {
    tail.strip_prefix(['、', '和', '及', '/']).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
}

fn rest_words(text: &str, at: usize, length: usize) -> Option<String> {
    text.get(at..at + length).map(str::to_owned)
}

/// Whether a name begins after this text, and is not the tail of a longer one.
fn begins_here(goals: &GoalWords, before: &str) -> bool {
    let boundary = before.chars().next_back().is_none_or(|c| !c.is_alphabetic());
    boundary || goals.before.iter().any(|word| before.ends_with(word.as_str()))
}

/// Whether only linking words stand between a name and a figure, or a tail of the name: 电子凭证，激活率达.
fn links(goals: &GoalWords, between: &str, name: &str) -> bool {
    let mut rest = between;
    loop {
        let longest = goals
            .linking
            .iter()
            .filter_map(|word| rest.strip_prefix(crate::text::fold(word).as_str()))
            .min_by_key(|rest| rest.len());
        match longest {
            Some(shorter) if shorter.len() < rest.len() => rest = shorter,
            _ => break,
        }
    }
    if rest.is_empty() {
        return true;
    }
    let Some(tail) = rest.strip_prefix(',') else { return false };
    let tail = goals.linking.iter().find_map(|word| tail.strip_suffix(word.as_str())).unwrap_or(tail);
    let shared = tail.chars().filter(|c| name.contains(*c)).count();
    let letters = tail.chars().count();
    letters >= 2 && shared + 1 >= letters
}

/// The multiplier and the length of the unit that follows a number, if it is the quantity's own unit.
fn unit_after(goals: &GoalWords, text: &str, quantity: &Quantity) -> Option<(Decimal, usize)> {
    let multiplier = goals.multipliers.iter().find(|(word, _)| text.starts_with(word.as_str()));
    let (length, scale) = multiplier.map_or((0, Decimal::ONE), |(word, factor)| (word.len(), *factor));
    let unit = quantity.unit.as_str();
    let rest = text.get(length..)?;
    if unit.is_empty() {
        return Some((scale, length));
    }
    let follows = rest.starts_with(unit) && !rest.get(unit.len()..)?.starts_with('/');
    follows.then_some((scale, length + unit.len()))
}

fn same_number(number: &Number, scale: Decimal, quantity: &Quantity) -> Option<bool> {
    let said = number.value.checked_mul(scale)?;
    let slack = half_unit(number.places).checked_mul(scale)?;
    let table = quantity.value()?;
    let own_slack = half_unit(quantity.places).checked_mul(quantity.scale)?;
    let slack = if scale > quantity.scale { slack } else { slack.min(own_slack) };
    // A table that leaves the unit out is told so elsewhere; its number is compared as it stands.
    let bare = quantity.unit.is_empty() && number.value == quantity.number;
    Some(bare || said == table || (scale != quantity.scale && said.checked_sub(table)?.abs() <= slack))
}

/// JX412: a day in the goal text that is not the deadline in the table.
pub(super) fn goal_contradicts_deadline(row: &RowScene, found: &Found) -> Option<Finding> {
    let covered = [Code::ValueNotUnderstood, Code::DateImpossible, Code::GoalContradictsIndicators];
    if found.has(row.form.number, Some(row.number), &covered) {
        return None;
    }
    let Meaning::Deadline(deadline) = &row.indicator.target.meaning else { return None };
    let field = row.form.form().goal.as_ref()?.expected.as_ref()?;
    let text = &row.form.facts.expected;
    let name = core(&row.indicator.name);
    if name.chars().count() < SHORTEST_NAME {
        return None;
    }
    let goals = &row.form.words.goals;
    let days: Vec<(String, bool)> =
        text.match_indices(&name).filter_map(|(at, _)| day_after(goals, text, at, &name, deadline)).collect();
    let (said, _) = days.first().filter(|_| !days.iter().any(|(_, agrees)| *agrees))?;
    let written = row.text(Column::Target);
    let finding = row
        .finding(
            Code::GoalContradictsIndicators,
            Column::Target,
            format!("预期目标中写“{said}”，指标表的目标值是“{written}”"),
        )
        .figures(said, written)
        .evidence(format!("预期目标{}：{}", at(&field.place), shorten(&field.squeezed(), 80)))
        .evidence(format!("指标表的目标值{}", at(&row.place(Column::Target))))
        .suggest("请核对文字与指标表，改正写错的一处");
    Some(quoting(finding, "goal", field))
}

/// The day that follows a name, and whether it is the deadline's.
fn day_after(goals: &GoalWords, text: &str, at: usize, name: &str, deadline: &Deadline) -> Option<(String, bool)> {
    if !begins_here(goals, text.get(..at)?) {
        return None;
    }
    let rest = text.get(at + name.len()..)?;
    let gap = rest.find(|c: char| c.is_ascii_digit())?;
    let between = rest.get(..gap)?;
    if between.chars().count() > WIDEST_GAP || !links(goals, between, name) {
        return None;
    }
    let after = rest.get(gap..)?;
    let length = after.find('日')? + '日'.len_utf8();
    let Meaning::Deadline(said) = Value::parse(after.get(..length)?).meaning else { return None };
    let (said, due) = (said.date, deadline.date);
    let same = |said: Option<u32>, due: Option<u32>| said.is_some() && said == due;
    let year = said.year.is_none_or(|year| due.year.is_none_or(|due| due == year));
    let agrees = year && same(said.month, due.month) && same(said.day, due.day);
    let comparable = said.day.is_some() && due.day.is_some();
    comparable.then_some((rest_words(text, at, name.len() + gap + length)?, agrees))
}

/// JX412: a budget in the goal text that is not the one in the funds block.
pub(super) fn goal_contradicts_budget(scene: &FormScene, _: &Found) -> Vec<Finding> {
    budget_fault(scene).into_iter().collect()
}

fn budget_fault(scene: &FormScene) -> Option<Finding> {
    let field = scene.form().goal.as_ref()?.expected.as_ref()?;
    let text = &scene.facts.expected;
    let (start, end, said) = scene.words.goals.budget.iter().find_map(|pattern| find_pattern(text, pattern))?;
    let name = |text: &str| label(text).split('(').next().unwrap_or_default().to_owned();
    let total = scene.funds().find(|line| scene.words.funds.totals.contains(&name(&line.funds.name)))?;
    let printed = [&total.funds.initial, &total.funds.budget].into_iter().filter_map(|reading| reading.get()).copied();
    let figures: Vec<_> = printed.collect();
    let matches = |value: Decimal| {
        value.checked_sub(said.value).is_some_and(|difference| difference.abs() <= half_unit(said.places))
    };
    let budget = figures.last().filter(|_| !figures.iter().any(|figure| matches(figure.value)))?;
    let words = text.get(start..end)?;
    let mut finding = scene
        .finding(
            Code::GoalContradictsIndicators,
            format!("预期目标中写“{words}”，资金表的预算数是 {} 万元", plain(budget.value)),
        )
        .graded(Severity::Error)
        .figures(plain(said.value), plain(budget.value))
        .suggest("请核对文字与资金表，改正写错的一处");
    finding.field = Some("goal");
    finding.place = Some(field.place.clone());
    Some(finding)
}
