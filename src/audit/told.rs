//! 正文与指标 (told): JX507 and JX514, sentences that give another figure than a table or a row.

use crate::audit::budgets::{asked, other_unit};
use crate::audit::found::Found;
use crate::audit::goals::contradiction;
use crate::audit::scene::{RowScene, Scenes, at};
use crate::audit::span::{plain, rounded};
use crate::audit::words::{core, has_any};
use crate::audit::{AuditWords, Code, Finding, Severity, unit};
use crate::dossier::prose::find_pattern;
use crate::dossier::{Dossier, Measure, Mention, Said, Statement, figures};
use crate::form::{Column, Field};
use crate::text::fold;

/// JX507: an amount in the text that no line of that name has in any budget table.
pub(super) fn text_contradicts_budget(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let dossier = &scenes.dossier;
    let words = &AuditWords::builtin().told;
    let names = line_names(dossier);
    let mut findings: Vec<Finding> = Vec::new();
    for statement in
        dossier.statements().take(MOST_STATEMENTS).filter(|statement| !has_any(&statement.text, &words.other_years))
    {
        for said in statement.figures.iter().filter(|said| said.measure == Measure::TenThousandYuan) {
            findings.extend(amount_fault(dossier, &names, statement, said));
        }
    }
    findings.extend(told_fault(dossier));
    findings
}

/// Most names, sentences and rows that are held against each other; a document with more is a data set.
const MOST_NAMES: usize = 2_000;
const MOST_STATEMENTS: usize = 3_000;
const MOST_ROWS: usize = 2_000;

/// The names of lines that are long enough to be found in running text, longest first.
fn line_names(dossier: &Dossier) -> Vec<String> {
    let lines = dossier.tables.iter().flat_map(|table| &table.lines);
    let mut names: Vec<String> = lines.map(|line| line.name.clone()).filter(|name| name.chars().count() >= 5).collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names.dedup();
    names.truncate(MOST_NAMES);
    names
}

fn amount_fault(dossier: &Dossier, names: &[String], statement: &Statement, said: &Said) -> Option<Finding> {
    let words = &AuditWords::builtin().told;
    let mut lead = said.lead.as_str();
    for word in &words.linking {
        lead = lead.strip_suffix(word.as_str()).unwrap_or(lead);
    }
    let name = names.iter().find(|name| lead.ends_with(name.as_str()))?;
    let before = lead.strip_suffix(name.as_str())?;
    // A name that is only the end of a longer one speaks of something else.
    if before.chars().next_back().is_some_and(|c| c.is_alphanumeric() && !has_any(&c.to_string(), &words.before)) {
        return None;
    }
    let lines = dossier.tables.iter().flat_map(|table| table.lines.iter().map(move |line| (table, line)));
    let own: Vec<_> = lines.filter(|(_, line)| line.name == *name).collect();
    let agrees = own.iter().flat_map(|(_, line)| &line.amounts).any(|amount| {
        let places = said.figure.places.min(amount.figure.places);
        rounded(amount.figure.value, places) == rounded(said.figure.value, places)
    });
    let (table, line) = own.first()?;
    let printed = line.amount()?;
    let certain = own.iter().all(|(_, other)| other.amount().map(|figure| figure.value) == Some(printed.value));
    if agrees || !certain || other_unit(printed, said.figure) {
        return None;
    }
    let message = format!(
        "正文写“{name}”{} 万元，{}中是 {} 万元",
        plain(said.figure.value),
        table.title.squeezed(),
        plain(printed.value)
    );
    let mut finding = Finding::new(Code::TextContradictsBudget, message)
        .figures(plain(said.figure.value), plain(printed.value))
        .evidence(format!("正文{}：{}", at(&statement.place), quoted(&statement.text)))
        .evidence(format!("{}{}", table.title.squeezed(), at(&line.place)))
        .suggest("请核对正文与预算表，改正写错的一处");
    finding.place = Some(statement.place.clone());
    Some(finding)
}

/// Projects that the text introduces with another amount than the table of projects.
fn told_fault(dossier: &Dossier) -> Vec<Finding> {
    let fault = |told: &crate::dossier::Mention| {
        let mut lines = dossier.project_lines().filter(|(_, line)| crate::dossier::same_name(&told.name, &line.name));
        let (table, line) = lines.next().filter(|_| lines.next().is_none())?;
        let printed = line.amount()?;
        let places = printed.places.min(told.amount.places);
        if rounded(printed.value, places) == rounded(told.amount.value, places) || other_unit(printed, told.amount) {
            return None;
        }
        let message = format!(
            "正文写项目“{}”{} 万元，{}中是 {} 万元",
            quoted(&told.name),
            plain(told.amount.value),
            table.title.squeezed(),
            plain(printed.value)
        );
        let mut finding = Finding::new(Code::TextContradictsBudget, message)
            .figures(plain(told.amount.value), plain(printed.value))
            .evidence(format!("{}{}", table.title.squeezed(), at(&line.place)))
            .suggest("请核对正文与预算表，改正写错的一处");
        finding.place = Some(told.place.clone());
        Some(finding)
    };
    dossier.told.iter().filter_map(fault).collect()
}

/// Most of a sentence that is quoted, in characters.
const LONGEST_QUOTE: usize = 100;

fn quoted(text: &str) -> String {
    crate::audit::reading::shorten(text, LONGEST_QUOTE)
}

/// Shortest name of an indicator that is looked for in the text around the forms, in characters.
const SHORTEST_NAME: usize = 6;

/// JX514: a sentence of the text that gives an indicator another figure than its row.
pub(super) fn text_contradicts_indicators(scenes: &Scenes, found: &Found) -> Vec<Finding> {
    scenes.rows().take(MOST_ROWS).filter_map(|row| indicator_fault(&row, &scenes.dossier, found)).collect()
}

fn indicator_fault(row: &RowScene, dossier: &Dossier, found: &Found) -> Option<Finding> {
    let covered =
        [Code::ValueNotUnderstood, Code::NameContradictsValue, Code::CellEmpty, Code::GoalContradictsIndicators];
    let name = core(&row.indicator.name);
    if name.chars().count() < SHORTEST_NAME || found.has(row.form.number, Some(row.number), &covered) {
        return None;
    }
    let words = &row.form.words.told;
    let own: Vec<&Statement> = dossier
        .statements()
        .take(MOST_STATEMENTS)
        .filter(|statement| statement.text.contains(&name) && !has_any(&statement.text, &words.other_years))
        .collect();
    let values = [Some(&row.indicator.target), row.indicator.actual.as_ref()];
    let fault = |statement: &&Statement| {
        let against: Option<Vec<String>> =
            values.into_iter().flatten().map(|value| Some(contradiction(row, &statement.text, value)?.words)).collect();
        against?.into_iter().next()
    };
    let said: Vec<(String, &Statement)> = own.iter().filter_map(|one| Some((fault(one)?, *one))).collect();
    if said.len() != own.len() {
        return None;
    }
    let (said, statement) = said.into_iter().next()?;
    let written = row.text(Column::Target);
    let finding = row
        .finding(Code::TextContradictsIndicator, Column::Target, format!("正文写“{said}”，指标表的目标值是“{written}”"))
        .graded(Severity::Warning)
        .figures(said, written)
        .evidence(format!("正文{}：{}", at(&statement.place), quoted(&statement.text)))
        .suggest("请核对正文与指标表，改正写错的一处");
    Some(finding)
}

/// Characters at the end that two names of one rate share: 救助比例.
const SHARED_ENDING: usize = 4;

/// JX514: what the text says of a form's own project, under a name that is nearly the row's.
pub(super) fn section_contradicts_indicators(scenes: &Scenes, found: &Found) -> Vec<Finding> {
    let mut findings = Vec::new();
    for form in scenes.forms().filter(|form| !form.form().kind.is_overall()) {
        let Some(name) = form.form().project.as_ref().map(Field::squeezed) else { continue };
        let told = scenes.dossier.told_of(&name, asked(&form));
        let rows: Vec<RowScene> = form.rows().collect();
        for mention in told {
            for said in figures(&mention.section).iter().filter(|said| said.measure == Measure::Percent) {
                findings.extend(section_fault(&rows, mention, said, found));
            }
        }
    }
    // The sections of several lines often say the same; one fault is one finding.
    let mut seen: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    findings.retain(|finding: &Finding| {
        let key = (finding.form, finding.row);
        let first = !seen.contains(&key);
        seen.push(key);
        first
    });
    findings
}

fn section_fault(rows: &[RowScene], mention: &Mention, said: &Said, found: &Found) -> Option<Finding> {
    let subject = rate_subject(&said.lead)?;
    let mut alike = rows.iter().filter(|row| is_alike(&subject, &core(&row.indicator.name)));
    let row = alike.next().filter(|_| alike.next().is_none())?;
    if found.has(row.form.number, Some(row.number), &[Code::TextContradictsIndicator, Code::ValueNotUnderstood]) {
        return None;
    }
    let target = &unit::bound(&row.indicator.target)?.quantity;
    if target.unit != "%" || target.value()? == said.figure.value {
        return None;
    }
    let written = row.text(Column::Target);
    let words = format!("{subject}{}%", plain(said.figure.value));
    let message = format!("正文项目说明写“{words}”，指标表的目标值是“{written}”");
    let finding = row
        .finding(Code::TextContradictsIndicator, Column::Target, message)
        .figures(words, written)
        .evidence(format!("正文项目“{}”{}", mention.name, at(&mention.place)))
        .suggest("两处若是同一指标，请核对后改正；不是的，请写明区别");
    Some(finding)
}

/// The name before a rate, without the words that link them.
fn rate_subject(lead: &str) -> Option<String> {
    let words = AuditWords::builtin();
    let clause = lead.rsplit([',', '。', ';', ':', '、', ')']).next()?;
    let mut subject = clause;
    for link in &words.goals.linking {
        subject = subject.strip_suffix(fold(link).as_str()).unwrap_or(subject);
    }
    (subject.chars().count() >= SHORTEST_NAME && words.is_rate(subject)).then(|| subject.to_owned())
}

/// Whether two names of a rate end alike and share most of their letters in order.
fn is_alike(subject: &str, name: &str) -> bool {
    let tail = |text: &str| text.chars().rev().take(SHARED_ENDING).collect::<String>();
    let mut rest: Vec<char> = name.chars().collect();
    let mut shared = 0;
    for wanted in subject.chars() {
        if let Some(at) = rest.iter().position(|letter| *letter == wanted) {
            rest.drain(..=at);
            shared += 1;
        }
    }
    tail(subject) == tail(name) && shared * 10 >= subject.chars().count() * 6 && subject != name
}

/// JX514: the text says that a rate per head is raised, while the row keeps last year's.
pub(super) fn raise_not_in_target(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    scenes.rows().filter_map(|row| raise_fault(scenes, &row)).collect()
}

fn raise_fault(scenes: &Scenes, row: &RowScene) -> Option<Finding> {
    let words = &row.form.words.told;
    let (target, last) = (unit::bound(&row.indicator.target)?, unit::bound(row.indicator.previous.as_ref()?)?);
    let (wanted, reached) = unit::numbers(target, last)?;
    if wanted != reached || !has_any(&core(&row.indicator.name), &words.per_head) {
        return None;
    }
    let project = row.form.form().project.as_ref()?.squeezed();
    let (statement, said) = scenes.dossier.statements().take(MOST_STATEMENTS).find_map(|statement| {
        let text = &statement.text;
        let (start, end, _) = words.raised.iter().find_map(|pattern| find_pattern(text, pattern))?;
        Some((statement, text.get(start..end)?.to_owned())).filter(|_| shares_words(&project, text))
    })?;
    let written = row.text(Column::Target);
    let message = format!("正文写“{said}”，目标值“{written}”却与上年完成值相同");
    let finding = row
        .finding(Code::TextContradictsIndicator, Column::Target, message)
        .figures(said, written)
        .evidence(format!("正文{}：{}", at(&statement.place), quoted(&statement.text)))
        .evidence(format!("上年完成值“{}”{}", row.text(Column::Previous), at(&row.place(Column::Previous))))
        .suggest("请核对补助标准，改正写错的一处");
    Some(finding)
}

/// Characters in a row that a project's name and a sentence share where they speak of one thing.
const SHARED_WORDS: usize = 8;

fn shares_words(name: &str, text: &str) -> bool {
    let letters: Vec<char> = name.chars().collect();
    letters.windows(SHARED_WORDS).any(|window| text.contains(&window.iter().collect::<String>()))
}
