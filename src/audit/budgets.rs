//! 预算表核对 (budgets): JX504 and JX505, forms against the budget tables of their document.

use rust_decimal::Decimal;

use crate::audit::announcements::{form_amount, same_digits};
use crate::audit::found::Found;
use crate::audit::scene::{FormScene, Scenes, at};
use crate::audit::span::{plain, sum};
use crate::audit::words::has_any;
use crate::audit::{Code, Finding, Severity};
use crate::dossier::{Joined, Likeness, Measure};
use crate::form::Field;
use crate::indicator::Figure;
use crate::text::label;

/// JX504: an amount of a form that is not the one of the budget tables.
pub(super) fn budget_table_differs(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let mut findings: Vec<Finding> = scenes.forms().filter_map(|form| project_differs(scenes, &form)).collect();
    findings.extend(scenes.forms().filter_map(|form| overall_differs(scenes, &form)));
    findings.extend(scenes.forms().flat_map(|form| rounded_apart(scenes, &form)));
    findings.extend(scenes.forms().filter_map(|form| told_differs(scenes, &form)));
    findings
}

/// The amount that a form asks for; of a self-evaluation the one at the beginning of the year.
pub(super) fn asked(form: &FormScene) -> Option<Figure> {
    if form.form().kind.is_self_evaluation() {
        return form_amount(form, |funds| &funds.initial);
    }
    form_amount(form, |funds| &funds.budget)
        .or_else(|| form_amount(form, |funds| &funds.initial))
        .or_else(|| headed(form).map(|(_, figure)| figure))
}

/// The total that a form prints in a block of its own and not under 项目资金: the only amount beside 合计.
fn headed<'a>(form: &FormScene<'a>) -> Option<(&'a Field, Figure)> {
    let total = |name: &Field| form.words.funds.totals.contains(&label(&name.text));
    let mut totals = form.form().header.iter().filter(|(name, _)| total(name)).filter_map(|(_, cell)| {
        let figure = *Figure::parse(&cell.text).get()?;
        (!figure.percent).then_some((cell, figure))
    });
    let first = totals.next()?;
    totals.all(|other| other.1.value == first.1.value).then_some(first)
}

/// Every amount of a form's funds, with its line's name and cell.
fn amounts<'a>(form: &FormScene<'a>) -> Vec<(&'a Field, &'a Field, Figure)> {
    let printed = |line: crate::audit::scene::FundsScene<'a>| {
        let cells = [(&line.line.initial, &line.funds.initial), (&line.line.budget, &line.funds.budget)];
        let read = cells.into_iter().filter_map(|(cell, reading)| Some((cell.as_ref()?, *reading.get()?)));
        read.map(move |(cell, figure)| (&line.line.name, cell, figure)).collect::<Vec<_>>()
    };
    form.funds().flat_map(printed).collect()
}

fn project_differs(scenes: &Scenes, form: &FormScene) -> Option<Finding> {
    let joined = scenes.dossier.joined.get(form.number.checked_sub(1)?)?.as_ref()?;
    let line = joined.line.amount()?;
    let asked = asked(form).filter(|asked| !form.form().kind.is_self_evaluation() && !other_unit(*asked, line))?;
    let printed = amounts(form);
    let agrees = |figure: &Figure| prints_alike(figure, &line);
    if agrees(&asked) || printed.iter().any(|(_, _, figure)| agrees(figure)) {
        return None;
    }
    let difference = asked.value.checked_sub(line.value)?.abs();
    if difference <= rounding() {
        return Some(project_finding(form, joined, asked, line, "，多为四舍五入的尾差").graded(Severity::Warning));
    }
    let told = scenes.dossier.told.iter().find(|told| {
        form.form().project.as_ref().is_some_and(|name| crate::dossier::same_name(&name.squeezed(), &told.name))
    });
    let mut finding = project_finding(form, joined, asked, line, &format!("（差 {}）", plain(difference)));
    if same_digits(asked.value, line.value) {
        finding = finding.evidence("两处数字相同而次序不同，可能抄写时颠倒");
    }
    if let Some(told) = told {
        finding = finding.evidence(format!("正文{}：{} 万元", at(&told.place), plain(told.amount.value)));
    }
    // Where the names only resemble each other, a person has to say whether they are one project.
    Some(if joined.likeness == Likeness::Same { finding } else { finding.graded(Severity::Warning) })
}

/// A project that the text gives another amount than its form, where no table speaks of it.
fn told_differs(scenes: &Scenes, form: &FormScene) -> Option<Finding> {
    let index = form.number.checked_sub(1)?;
    let name = scenes.dossier.heads.get(index)?.project.as_ref()?;
    let mut told = scenes.dossier.told.iter().filter(|told| crate::dossier::same_name(name, &told.name));
    let told_one = told.next().filter(|_| told.next().is_none())?;
    let asked = asked(form)?;
    let agrees = amounts(form).iter().any(|(_, _, figure)| prints_alike(figure, &told_one.amount));
    if agrees || prints_alike(&asked, &told_one.amount) || scenes.dossier.joined.get(index)?.is_some() {
        return None;
    }
    let cell = amounts(form).into_iter().find(|(_, _, figure)| figure.value == asked.value).map(|(_, cell, _)| cell);
    let message =
        format!("绩效表的预算 {} 万元，正文写预算安排 {} 万元", plain(asked.value), plain(told_one.amount.value));
    let finding = form
        .funds_finding(Code::BudgetTableDiffers, "budget", cell, message)
        .figures(plain(asked.value), plain(told_one.amount.value))
        .evidence(format!("正文{}：{}", at(&told_one.place), told_one.name))
        .suggest("请核对正文与绩效表，改正写错的一处");
    Some(finding)
}

fn project_finding(form: &FormScene, joined: &Joined, asked: Figure, line: Figure, tail: &str) -> Finding {
    let cell = amounts(form).into_iter().find(|(_, _, figure)| figure.value == asked.value).map(|(_, cell, _)| cell);
    let message = format!(
        "绩效表的预算 {} 万元，{}中“{}”一行是 {} 万元{tail}",
        plain(asked.value),
        joined.table.squeezed(),
        joined.line.name,
        plain(line.value)
    );
    let mut finding = form
        .funds_finding(Code::BudgetTableDiffers, "budget", cell, message)
        .figures(plain(asked.value), plain(line.value))
        .evidence(format!("{}{}", joined.table.squeezed(), at(&joined.line.place)))
        .suggest("请核对预算表与绩效表，改正写错的一处");
    if let Some(cell) = cell {
        finding = finding.evidence(format!("绩效表{}", at(&cell.place)));
    }
    finding
}

/// The overall form against the grand total of the budget.
fn overall_differs(scenes: &Scenes, form: &FormScene) -> Option<Finding> {
    if form.form().kind != crate::form::FormKind::OverallTarget {
        return None;
    }
    let (total, place) = scenes.dossier.grand_total()?;
    let asked = asked(form).filter(|asked| !other_unit(*asked, total))?;
    let difference = asked.value.checked_sub(total.value)?.abs();
    let parts = u32::try_from(form.funds().count().max(1)).unwrap_or(u32::MAX);
    let tail = rounding().checked_mul(Decimal::from(parts))?;
    let fiscal = scenes.dossier.tables.iter().filter_map(|table| table.total());
    if difference <= tail || prints_alike(&asked, &total) || fiscal.into_iter().any(|(one, _)| one.value == asked.value)
    {
        return None;
    }
    let message = format!(
        "整体绩效目标表的资金合计 {} 万元，收支总表的总计是 {} 万元（差 {}）",
        plain(asked.value),
        plain(total.value),
        plain(difference)
    );
    let mut finding = form
        .funds_finding(Code::BudgetTableDiffers, "budget", headed(form).map(|(cell, _)| cell), message)
        .figures(plain(asked.value), plain(total.value))
        .evidence(format!("收支总表{}", at(place)))
        .suggest("请核对收支总表与整体绩效目标表，改正写错的一处");
    if let Some(last) = last_year(scenes, total).filter(|last| *last == asked.value) {
        finding = finding.evidence(format!("{} 万元是按正文推算的上年预算数，可能沿用了上年的表", plain(last)));
    }
    Some(finding)
}

/// Last year's total, from a sentence that gives this year's and by how much it changed.
fn last_year(scenes: &Scenes, total: Figure) -> Option<Decimal> {
    let words = &crate::audit::AuditWords::builtin().changes;
    scenes.dossier.passages.iter().find_map(|passage| {
        let all = passage.statements.iter().flat_map(|statement| &statement.figures);
        let figures: Vec<_> = all.filter(|said| said.measure != Measure::Year).collect();
        figures.windows(3).find_map(|window| {
            let amount = window.first().filter(|said| said.figure.value == total.value)?;
            let change = window.iter().skip(1).find(|said| {
                said.measure == Measure::TenThousandYuan
                    && words.compared.iter().any(|word| said.lead.contains(word.as_str()))
            })?;
            let rises = words.rising.iter().any(|word| change.lead.ends_with(word.as_str()));
            let falls = words.falling.iter().any(|word| change.lead.ends_with(word.as_str()));
            match (rises, falls) {
                (true, false) => amount.figure.value.checked_sub(change.figure.value),
                (false, true) => amount.figure.value.checked_add(change.figure.value),
                _ => None,
            }
        })
    })
}

/// Amounts of a form that stand in no budget table, while one a rounding apart does.
fn rounded_apart(scenes: &Scenes, form: &FormScene) -> Vec<Finding> {
    if form.form().kind.is_self_evaluation() {
        return Vec::new();
    }
    let lines: Vec<_> =
        scenes.dossier.tables.iter().flat_map(|table| table.lines.iter().map(move |line| (table, line))).collect();
    let among =
        |wanted: Decimal| lines.iter().any(|(_, line)| line.amounts.iter().any(|amount| amount.figure.value == wanted));
    let mut seen: Vec<Decimal> = Vec::new();
    let mut findings = Vec::new();
    for (name, cell, figure) in amounts(form) {
        let own_parts = sum(amounts(form).iter().map(|(_, _, other)| other.value)).unwrap_or_default();
        let small = figure.value < Decimal::TEN || figure.places < 2 || figure.value.fract().is_zero();
        if small || seen.contains(&figure.value) || among(figure.value) || own_parts.is_zero() {
            continue;
        }
        seen.push(figure.value);
        let near: Vec<_> = lines
            .iter()
            .filter(|(table, _)| table.kind.is_balance() || table.kind == crate::vocabulary::BudgetKind::Carried)
            .filter_map(|(table, line)| {
                let other = line.amount()?;
                let apart = other.value.checked_sub(figure.value)?.abs();
                (apart == rounding()).then_some((table, line, other))
            })
            .collect();
        // Income is named after its source, spending by a code and a subject.
        let by_source = near.iter().find(|(_, line, _)| !line.name.starts_with(|c: char| c.is_ascii_digit()));
        let Some((table, line, other)) =
            by_source.or(near.first()).filter(|first| near.iter().all(|one| one.2.value == first.2.value))
        else {
            continue;
        };
        let message = format!(
            "“{}”填 {} 万元，{}中“{}”是 {} 万元，相差 {}，多为四舍五入的尾差",
            name.squeezed(),
            plain(figure.value),
            table.title.squeezed(),
            line.name,
            plain(other.value),
            plain(rounding())
        );
        findings.push(
            form.funds_finding(Code::BudgetTableDiffers, "budget", Some(cell), message)
                .graded(Severity::Warning)
                .figures(plain(figure.value), plain(other.value))
                .evidence(format!("{}{}", table.title.squeezed(), at(&line.place)))
                .evidence(format!("绩效表{}", at(&cell.place)))
                .suggest("同一笔资金请按同一个数填写"),
        );
    }
    findings
}

/// Whether two amounts are so far apart that one is in 元 and the other in 万元.
pub(super) fn other_unit(one: Figure, two: Figure) -> bool {
    let (small, large) = (one.value.abs().min(two.value.abs()), one.value.abs().max(two.value.abs()));
    small.checked_mul(Decimal::ONE_THOUSAND).is_some_and(|limit| large >= limit)
}

/// One unit of the last place of an amount in 万元.
fn rounding() -> Decimal {
    Decimal::try_new(1, 2).unwrap_or_default()
}

/// Whether one figure is the other, or the other rounded.
fn prints_alike(one: &Figure, other: &Figure) -> bool {
    let places = one.places.min(other.places);
    let round = |figure: &Figure| crate::audit::span::rounded(figure.value, places);
    one.value == other.value || (one.places != other.places && round(one) == round(other))
}

/// JX505: a project of a form that the table of projects does not have.
pub(super) fn project_not_in_budget(scenes: &Scenes, _: &Found) -> Vec<Finding> {
    let dossier = &scenes.dossier;
    let joined = dossier.joined.iter().flatten().count();
    let complete = dossier.project_lines().next().is_some() && tables_add_up(scenes);
    // A table that few forms are found in is one of codes, or of another part of the budget.
    if !complete || joined < 2 {
        return Vec::new();
    }
    let lonely = |form: &FormScene| {
        let index = form.number.checked_sub(1)?;
        let name = dossier.heads.get(index)?.project.as_ref()?;
        let field = form.form().project.as_ref()?;
        let certain = field.doubt.is_none() && field.repair.is_none() && name.chars().count() >= 4;
        let near = dossier.project_lines().any(|(_, line)| {
            crate::audit::similar::similarity(name, &line.name)
                .is_some_and(|degree| degree >= form.words.similarity.same_project)
                || crate::dossier::likeness(name, &line.name).is_some()
        });
        let amount = asked(form)?;
        let bundled = dossier.bundle(amount).is_some();
        (dossier.joined.get(index)?.is_none() && certain && !near && !bundled).then_some((name.clone(), amount))
    };
    let mut findings: Vec<Finding> = scenes
        .forms()
        .filter(|form| !form.form().kind.is_self_evaluation())
        .filter_map(|form| {
            let (name, amount) = lonely(&form)?;
            let (table, _) = dossier.project_lines().next()?;
            let message =
                format!("绩效表的项目（{} 万元）在{}中没有对应的一行", plain(amount.value), table.title.squeezed());
            let finding = form
                .finding(Code::ProjectNotInBudget, message)
                .printed(name)
                .evidence(format!("{}{}", table.title.squeezed(), at(&table.title.place)))
                .suggest("请核对项目是否列入预算，或两处名称是否一致");
            Some(finding)
        })
        .collect();
    findings.extend(lines_without_form(scenes));
    findings
}

/// The lines of the table of projects that no form is about, where most have one and none is withheld.
fn lines_without_form(scenes: &Scenes) -> Option<Finding> {
    let dossier = &scenes.dossier;
    let words = crate::audit::AuditWords::builtin();
    let withheld = dossier.passages.iter().any(|passage| has_any(&passage.text, &words.withheld));
    let targets: Vec<FormScene> =
        scenes.forms().filter(|form| form.form().kind == crate::form::FormKind::ProjectTarget).collect();
    let unread = targets.iter().any(|form| form.form().project.is_none());
    if withheld || unread || !targets.iter().any(|form| !form.form().rows.is_empty()) {
        return None;
    }
    let mut covered: Vec<String> = dossier.joined.iter().flatten().map(|joined| joined.line.name.clone()).collect();
    covered.extend(
        targets
            .iter()
            .filter_map(|form| dossier.bundle(asked(form)?))
            .flat_map(|bundle| bundle.lines)
            .map(|line| line.name),
    );
    let lines: Vec<_> = dossier.project_lines().collect();
    let lonely: Vec<_> = lines.iter().filter(|(_, line)| !covered.contains(&line.name)).collect();
    let (table, line) = lonely.first()?;
    let near = |line: &crate::dossier::BudgetLine| {
        targets.iter().filter_map(|form| form.form().project.as_ref()).any(|name| {
            let degree = crate::audit::similar::similarity(&name.squeezed(), &line.name);
            degree.is_some_and(|degree| degree >= words.similarity.same_project)
        })
    };
    if lonely.len() * 3 > lines.len() || lonely.iter().any(|(_, line)| near(line)) {
        return None;
    }
    let named: Vec<String> = lonely
        .iter()
        .map(|(_, line)| {
            format!("{}（{} 万元）", line.name, line.amount().map(|figure| plain(figure.value)).unwrap_or_default())
        })
        .collect();
    let message = format!("{}中有 {} 个项目没有绩效目标表：{}", table.title.squeezed(), lonely.len(), named.join("、"));
    let mut finding = Finding::new(Code::ProjectNotInBudget, message)
        .evidence_lines(lonely.iter().map(|(_, line)| format!("{}{}", line.name, at(&line.place))))
        .suggest("请补上绩效目标表，或写明不公开的理由");
    finding.place = Some(line.place.clone());
    Some(finding)
}

/// Whether every table of projects was read whole: its lines add up to the total that it prints.
fn tables_add_up(scenes: &Scenes) -> bool {
    scenes.dossier.tables_of(crate::vocabulary::BudgetKind::Projects).all(|table| {
        let Some((total, _)) = table.total() else { return false };
        let added = sum(table.projects().filter_map(|line| Some(line.amount()?.value)));
        added
            .and_then(|added| added.checked_sub(total.value))
            .is_some_and(|apart| apart.abs() <= Decimal::ONE / Decimal::TEN)
    })
}
