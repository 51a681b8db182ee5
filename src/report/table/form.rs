//! 表 (form): the heading of one form and its rows, published beside recomputed.

use std::io::Write;

use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::WIDE;
use super::layout::{Grid, Tone, hanging, indented, strong, wrap};
use crate::report::{
    DocumentReport, FormReport, Purpose, RenderError, RowReport, Verdict, View, percent, plain, points,
};

/// Blank of a cell that the form does not have.
const NOTHING: &str = "—";

/// Writes the heading and the rows of a form.
pub fn render(
    form: &FormReport,
    document: &DocumentReport,
    purpose: Purpose,
    view: &View,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    write!(out, "{}", heading(form, purpose, view))?;
    if purpose == Purpose::Compare || form.lines().next().is_none() {
        return Ok(());
    }
    writeln!(out)?;
    if view.explain {
        for row in form.lines() {
            write!(out, "{}", explained(row, view))?;
        }
        return Ok(());
    }
    let grid = match form.kind.is_self_evaluation() {
        false => targets(form, document),
        true if view.width >= WIDE => wide(form, document),
        true => narrow(form, document, view),
    };
    write!(out, "{}", grid.draw(view.width, view.colour))?;
    Ok(())
}

fn heading(form: &FormReport, purpose: Purpose, view: &View) -> String {
    let year = form.year.map(|year| format!("（{year}年度）")).unwrap_or_default();
    let mut text = strong(&format!("表{} {}{year}", form.form, form.title), view.colour);
    text.push('\n');
    for (label, value) in [("单位", &form.unit), ("项目", &form.project)] {
        if let Some(value) = value {
            text.push_str(&hanging(label, value, view.width));
        }
    }
    if purpose == Purpose::Compare {
        return text;
    }
    if form.kind.is_self_evaluation() {
        text.push_str(&hanging("总分", &total(form), view.width));
    }
    text.push_str(&hanging("规则", &rules(form), view.width));
    if form.kind.is_self_evaluation() {
        text.push_str(&hanging("取舍", &form.rounding.words(), view.width));
        if let Some(words) = form.support.words() {
            text.push_str(&hanging("他规", &words, view.width));
        }
    }
    text
}

/// `填报 96.25 → 复核 95.46（多 0.79）；已核实 80/100 分`.
fn total(form: &FormReport) -> String {
    let figure = |value: Option<Decimal>| value.map_or_else(|| NOTHING.to_owned(), points);
    let grade = form.grade.as_ref().map(|grade| format!("，等级{grade}")).unwrap_or_default();
    format!(
        "填报 {} → 复核 {}{}{grade}；已核实 {}/{} 分",
        figure(form.published),
        figure(form.computed),
        form.difference().map(difference).unwrap_or_default(),
        plain(form.verified),
        plain(form.weight)
    )
}

/// What was published too much or too little, in brackets; nothing where both agree.
fn difference(value: Decimal) -> String {
    if value.is_zero() {
        return String::new();
    }
    let word = if value.is_sign_positive() { "多" } else { "少" };
    format!("（{word} {}）", points(value.abs()))
}

fn rules(form: &FormReport) -> String {
    let title = if form.rules.title.is_empty() { String::new() } else { format!(" {}", form.rules.title) };
    format!("{}{title}：{}", form.rules.id, form.rules.because)
}

fn wide(form: &FormReport, document: &DocumentReport) -> Grid {
    let mut grid = Grid::new(["序号", "指标", "目标值", "完成值", "权重", "完成率", "填报得分", "复核得分", "结论"])
        .right([4, 5, 6, 7]);
    for row in form.lines() {
        grid.push([
            number(row),
            row.name.clone(),
            or_nothing(&row.target),
            or_nothing(&row.actual),
            row.weight.clone(),
            rate(row),
            or_nothing(&row.printed_score),
            row.points_text().unwrap_or_else(|| NOTHING.to_owned()),
            conclusion(form, row, document),
        ]);
        grid.tint(8, tone(row.verdict));
    }
    grid
}

/// Columns of the narrow layout that the name of the indicator does not get.
const NARROW_REST: usize = 42;

fn narrow(form: &FormReport, document: &DocumentReport, view: &View) -> Grid {
    let room = view.width.saturating_sub(NARROW_REST);
    let mut grid = Grid::new(["序号", "指标", "权重", "填报", "复核", "结论"]).right([2, 3, 4]);
    for row in form.lines() {
        grid.push([
            number(row),
            format!("{}\n{}", wrap(&row.name, room).join("\n"), details(row, room)),
            row.weight.clone(),
            or_nothing(&row.printed_score),
            row.points_text().unwrap_or_else(|| NOTHING.to_owned()),
            conclusion(form, row, document).replace(' ', "\n"),
        ]);
        grid.tint(5, tone(row.verdict));
    }
    grid
}

/// What the wide layout has in columns of its own, as indented lines that break between the values where they can.
fn details(row: &RowReport, room: usize) -> String {
    let room = room.saturating_sub(2);
    let values = [
        format!("目标 {}", or_nothing(&row.target)),
        format!("完成 {}", or_nothing(&row.actual)),
        format!("完成率 {}", rate(row)),
    ];
    let mut lines: Vec<String> = Vec::new();
    for value in values {
        match lines.last_mut() {
            Some(line) if line.width() + value.width() + 2 <= room => {
                line.push('，');
                line.push_str(&value);
            }
            _ => lines.push(value),
        }
    }
    let lines = lines.iter().flat_map(|line| wrap(line, room)).map(|line| format!("  {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A target table: nothing is scored, so the targets and what was found about them.
fn targets(form: &FormReport, document: &DocumentReport) -> Grid {
    let mut grid = Grid::new(["序号", "指标", "目标值", "权重", "意见"]).right([3]);
    for row in form.lines() {
        let codes = codes(form, row, document).join(" ");
        grid.push([number(row), row.name.clone(), or_nothing(&row.target), row.weight.clone(), codes]);
    }
    grid
}

fn explained(row: &RowReport, view: &View) -> String {
    let levels: Vec<&str> =
        [row.level1.as_str(), row.level2.as_str()].into_iter().filter(|level| !level.is_empty()).collect();
    let levels = if levels.is_empty() { String::new() } else { format!("（{}）", levels.join("/")) };
    let mut text = hanging(&number(row), &format!("{}{levels}", row.name), view.width);
    let mut add = |label: &str, line: &str| text.push_str(&indented(6, label, line, view.width));
    add("填报", &printed(row));
    let points = row.points_text().unwrap_or_else(|| NOTHING.to_owned());
    add("复核", &format!("得分 {points}（{}）", row.verdict.words()));
    if !row.steps.is_empty() {
        add("计算", &row.steps.join("\n"));
    }
    if let Some(basis) = &row.basis {
        add("依据", &format!("{}：{}（依据等级：{}）", basis.rule, basis.clause, basis.provenance.words()));
    }
    if let Some(why) = &row.why {
        add("说明", why);
    }
    text
}

fn printed(row: &RowReport) -> String {
    format!(
        "权重 {}，目标 {}，完成 {}，完成率 {}，得分 {}",
        row.weight,
        or_nothing(&row.target),
        or_nothing(&row.actual),
        or_nothing(&row.printed_rate),
        or_nothing(&row.printed_score)
    )
}

fn number(row: &RowReport) -> String {
    if row.row == 0 { "资金".to_owned() } else { row.row.to_string() }
}

fn rate(row: &RowReport) -> String {
    row.rate.map_or_else(|| NOTHING.to_owned(), |rate| format!("{}%", percent(rate)))
}

fn or_nothing(text: &Option<String>) -> String {
    text.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| NOTHING.to_owned())
}

/// The verdict with the codes of the findings on the row.
fn conclusion(form: &FormReport, row: &RowReport, document: &DocumentReport) -> String {
    std::iter::once(row.verdict.words()).chain(codes(form, row, document)).collect::<Vec<_>>().join(" ")
}

fn codes(form: &FormReport, row: &RowReport, document: &DocumentReport) -> Vec<&'static str> {
    let mut codes: Vec<&str> = document.findings_at(form.form, row.row).map(|finding| finding.code.number()).collect();
    codes.dedup();
    codes
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Agrees => Tone::Good,
        Verdict::Differs => Tone::Bad,
        Verdict::NotEvaluated => Tone::Quiet,
    }
}
