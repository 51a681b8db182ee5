//! 表头 (heads): JX508–JX511 and JX513, heads of forms that contradict their document or each other.

use rust_decimal::Decimal;

use crate::audit::found::Found;
use crate::audit::scene::{FormScene, Scenes, at};
use crate::audit::span::plain;
use crate::audit::words::has_any;
use crate::audit::{AuditWords, Code, Finding, Severity};
use crate::dossier::{Head, prose::find_pattern, same_name};
use crate::form::{Field, FormKind};
use crate::text::label;

/// Most forms that are compared with each other; a document with more is a data set.
const MOST_FORMS: usize = 1_000;

/// JX508: projects that are said not to be published, and the forms that are.
pub(super) fn withheld_yet_published(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let words = &AuditWords::builtin().withheld_counts;
    let forms: Vec<FormScene> = scenes.forms().filter(|form| form.form().kind == FormKind::ProjectTarget).collect();
    let said = |patterns: &[String]| {
        scenes.dossier.passages.iter().find_map(|passage| {
            let found = patterns.iter().find_map(|pattern| find_pattern(&passage.text, pattern))?;
            Some((found.2.value, passage.text.get(found.0..found.1)?.to_owned(), passage.place(found.0)))
        })
    };
    let (Some(all), Some(withheld)) = (said(&words.all), said(&words.withheld)) else { return Vec::new() };
    let published = Decimal::from(forms.len());
    let more = withheld.0.checked_add(published).is_some_and(|sum| sum > all.0);
    if forms.is_empty() || !more {
        return Vec::new();
    }
    let message = format!(
        "正文说项目共 {} 个，其中 {} 个不公开绩效目标，文件中却公开了 {} 张项目绩效目标表",
        plain(all.0),
        plain(withheld.0),
        forms.len()
    );
    let mut finding = Finding::new(Code::WithheldYetPublished, message)
        .figures(plain(published), plain(all.0.checked_sub(withheld.0).unwrap_or_default()))
        .evidence(format!("正文：{}{}", all.1, at(&all.2)))
        .evidence(format!("正文：{}{}", withheld.1, at(&withheld.2)))
        .evidence_lines(forms.iter().map(|form| format!("{}{}", form.name(), at(&form.form().place))))
        .suggest("请核对项目个数和不公开的项目，改正写错的一处");
    finding.place = Some(withheld.2);
    vec![finding]
}

/// JX509: one project code on two projects.
pub(super) fn code_repeated(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let heads = &scenes.dossier.heads;
    let named = |head: &Head| Some((head.code.clone()?, head.project.clone()?));
    let mut findings = Vec::new();
    for form in scenes.forms().take(MOST_FORMS) {
        let Some(index) = form.number.checked_sub(1) else { continue };
        let Some((code, name)) = heads.get(index).and_then(named) else { continue };
        let earlier = heads.iter().take(index).enumerate().find_map(|(other, head)| {
            let (known, project) = named(head)?;
            (known.squeezed() == code.squeezed() && !same_name(&project, &name)).then_some((other + 1, project, known))
        });
        let Some((other, project, known)) = earlier else { continue };
        let message = format!("项目编码 {} 与第{other}张表“{project}”相同", code.squeezed());
        let mut finding = form
            .finding(Code::ProjectCodeRepeated, message)
            .printed(code.squeezed())
            .evidence(format!("第{other}张表“{project}”{}", at(&known.place)))
            .evidence(format!("第{}张表“{name}”{}", form.number, at(&code.place)))
            .suggest("一个项目一个编码，请核对后改正");
        finding.field = Some("project_code");
        finding.place = Some(code.place.clone());
        findings.push(finding);
    }
    findings
}

/// JX510: years of the project that leave out the year of the form, and a leader who is nobody.
pub(super) fn head_does_not_fit(form: &FormScene, _: &Found) -> Vec<Finding> {
    let head = Head::of(form.form(), &crate::vocabulary::Vocabulary::builtin().budget);
    let mut findings: Vec<Finding> = years(form, &head).into_iter().collect();
    findings.extend(leader(form));
    findings
}

fn years(form: &FormScene, head: &Head) -> Option<Finding> {
    let year = form.form().year?;
    let outside = |found: &Option<(i32, Field)>, before: bool| {
        let (value, field) = found.clone()?;
        let wrong = if before { value < year } else { value > year };
        wrong.then_some((value, field))
    };
    let (last, first) = (outside(&head.last_year, true), outside(&head.first_year, false));
    let (title, (value, field)) = last.map(|found| ("终止", found)).or_else(|| first.map(|found| ("起始", found)))?;
    let message = format!("{title}年度 {value} 与表的年度 {year} 不符，项目期不含本年");
    let mut finding = form
        .finding(Code::HeadDoesNotFit, message)
        .figures(value.to_string(), year.to_string())
        .evidence(format!("{title}年度{}", at(&field.place)))
        .suggest("请核对项目起止年度，可能沿用了上年的表");
    finding.field = Some("year");
    finding.place = Some(field.place);
    Some(finding)
}

fn leader(form: &FormScene) -> Option<Finding> {
    let field = form.form().leader.as_ref()?;
    let name = field.squeezed();
    if !has_any(&name, &form.words.heads.no_person) {
        return None;
    }
    let mut finding = form
        .finding(Code::HeadDoesNotFit, format!("项目负责人填“{name}”，不是人名"))
        .printed(name)
        .suggest("请填写负责人姓名");
    finding.field = Some("leader");
    finding.place = Some(field.place.clone());
    Some(finding)
}

/// JX511: a name that says whose money it is, and money of others.
pub(super) fn name_contradicts_funds(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    scenes.forms().filter_map(|form| bundled_funds(scenes, &form).or_else(|| named_funds(&form))).collect()
}

/// A form whose name says that the money comes from above, made up of lines of which one is of the unit's own money.
fn bundled_funds(scenes: &Scenes, form: &FormScene) -> Option<Finding> {
    let words = &form.words.heads;
    let project = form.form().project.as_ref()?;
    let name = project.squeezed();
    if !has_any(&name, &words.central_names) || has_any(&name, &words.local_names) {
        return None;
    }
    let amount = crate::audit::budgets::asked(form)?;
    let bundle = scenes.dossier.bundle(amount)?;
    let local = bundle.lines.iter().find(|line| has_any(&line.name, &words.local_names))?;
    let message = format!(
        "项目名称是上级补助资金，{} 万元中却有{}的“{}” {} 万元",
        plain(amount.value),
        bundle.table.squeezed(),
        local.name,
        local.amount().map(|figure| plain(figure.value)).unwrap_or_default()
    );
    let lines = bundle.lines.iter().map(|line| {
        format!(
            "{} {}{}",
            line.name,
            line.amount().map(|figure| plain(figure.value)).unwrap_or_default(),
            at(&line.place)
        )
    });
    let finding = form
        .finding(Code::NameContradictsFunds, message)
        .printed(name)
        .evidence_lines(lines)
        .suggest("请核对资金来源；本级资金请另行设项，或在项目名称中写明");
    Some(finding)
}

fn named_funds(form: &FormScene) -> Option<Finding> {
    let words = &form.words.heads;
    let project = form.form().project.as_ref()?;
    let name = project.squeezed();
    if !has_any(&name, &words.central_names) || has_any(&name, &words.local_names) {
        return None;
    }
    let local = form.funds().find_map(|line| {
        let local = has_any(&label(&line.funds.name), &words.local_funds);
        let figure = [&line.funds.budget, &line.funds.initial].into_iter().find_map(|reading| reading.get().copied());
        figure.filter(|figure| local && !figure.value.is_zero()).map(|figure| (line, figure))
    });
    let (line, figure) = local?;
    let title = line.line.name.squeezed();
    let message = format!("项目名称是上级补助资金，资金来源却有“{title}” {} 万元", plain(figure.value));
    let cell = line.line.budget.as_ref().or(line.line.initial.as_ref());
    let finding = form
        .funds_finding(Code::NameContradictsFunds, "budget", cell, message)
        .printed(name)
        .evidence(format!(
            "项目名称{}；{title}{}",
            at(&project.place),
            cell.map(|cell| at(&cell.place)).unwrap_or_default()
        ))
        .suggest("请核对资金来源；确有配套资金的，请在项目名称或目标中写明");
    Some(finding)
}

/// JX515: money spent after the year that the form is about.
pub(super) fn spent_after_year(form: &FormScene, _: &Found) -> Vec<Finding> {
    late_spending(form).into_iter().collect()
}

fn late_spending(form: &FormScene) -> Option<Finding> {
    let year = form.form().year?;
    let field = form.form().goal.as_ref()?.achieved.as_ref()?;
    let text = &form.facts.achieved;
    let until = form.words.heads.until.iter().find_map(|word| {
        let rest = text.get(text.find(word.as_str())? + word.len()..)?;
        let said: i32 = rest.get(..4)?.parse().ok()?;
        rest.get(4..)?.starts_with('年').then_some((said, rest))
    });
    let (said, rest) = until.filter(|(said, _)| *said > year && *said <= year + 2)?;
    let clause: String = rest.split(['。', ';']).next().unwrap_or_default().chars().take(40).collect();
    if !has_any(&clause, &form.words.heads.spending) {
        return None;
    }
    let message = format!("{year}年度的自评写到{said}年的支出");
    let mut finding = form
        .finding(Code::SpentAfterYear, message)
        .figures(said.to_string(), year.to_string())
        .evidence(format!("实际完成情况{}：截至{clause}", at(&field.place)))
        .suggest("全年执行数只计本年12月31日以前的支出，请核对");
    finding.field = Some("achieved");
    finding.place = Some(field.place.clone());
    Some(finding)
}

/// Shortest goal text that tells one project from another, in characters.
const SHORTEST_GOAL: usize = 24;

/// JX513: two projects with one goal text, or one mobile number for two leaders.
pub(super) fn forms_alike(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let forms: Vec<FormScene> = scenes.forms().filter(|form| !form.form().kind.is_overall()).take(MOST_FORMS).collect();
    let mut findings = Vec::new();
    for (at_form, form) in forms.iter().enumerate() {
        let earlier = forms.get(..at_form).unwrap_or_default();
        findings.extend(earlier.iter().find_map(|other| same_goal(other, form)));
        findings.extend(earlier.iter().find_map(|other| same_phone(scenes, other, form)));
    }
    findings
}

fn names(one: &FormScene, two: &FormScene) -> Option<(String, String)> {
    let name = |form: &FormScene| form.form().project.as_ref().map(Field::squeezed).filter(|name| !name.is_empty());
    let (first, second) = (name(one)?, name(two)?);
    (!same_name(&first, &second)).then_some((first, second))
}

fn same_goal(one: &FormScene, two: &FormScene) -> Option<Finding> {
    let (first, _) = names(one, two)?;
    let same = one.facts.expected == two.facts.expected && two.facts.expected.chars().count() >= SHORTEST_GOAL;
    if !same || one.form().year != two.form().year {
        return None;
    }
    let field = two.form().goal.as_ref()?.expected.as_ref()?;
    let before = one.form().goal.as_ref()?.expected.as_ref()?;
    let mut finding = two
        .finding(Code::FormsAlike, format!("预期目标与第{}张表“{first}”一字不差", one.number))
        .printed(crate::audit::reading::shorten(&field.squeezed(), 60))
        .evidence(format!("第{}张表“{first}”{}", one.number, at(&before.place)))
        .evidence(format!("第{}张表{}", two.number, at(&field.place)))
        .suggest("请按各自的项目写明目标");
    finding.field = Some("goal");
    finding.place = Some(field.place.clone());
    Some(finding)
}

fn same_phone(scenes: &Scenes, one: &FormScene, two: &FormScene) -> Option<Finding> {
    let phone = |form: &FormScene| {
        let head = scenes.dossier.heads.get(form.number.checked_sub(1)?)?;
        head.phone.as_ref().map(Field::squeezed).filter(|number| is_mobile(number))
    };
    let leader = |form: &FormScene| form.form().leader.as_ref().map(Field::squeezed).filter(|name| !name.is_empty());
    let (first, second) = (phone(one)?, phone(two)?);
    let (who, other) = (leader(two)?, leader(one)?);
    if first != second || who == other {
        return None;
    }
    let mut finding = two
        .finding(Code::FormsAlike, format!("负责人与第{}张表不同，联系电话却相同", one.number))
        .graded(Severity::Note)
        .evidence(format!("第{}张表{}", one.number, at(&one.form().place)))
        .suggest("请核对负责人和联系电话");
    finding.field = Some("phone");
    Some(finding)
}

/// Whether a number is one person's own.
fn is_mobile(number: &str) -> bool {
    number.len() == 11 && number.starts_with('1') && number.bytes().all(|byte| byte.is_ascii_digit())
}
