//! 汇总 (run): the tables at the end of a run over several files.

use std::io::Write;

use super::layout::{Grid, hanging, strong};
use crate::report::{Counts, RenderError, Report, View, plain};

/// Writes the summary by unit, by code and by document, then the files that could not be read.
pub fn render(report: &Report, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    let summary = report.summary();
    let unit = |name: &Option<String>| name.clone().unwrap_or_else(|| "（未识别单位）".to_owned());
    section(
        "按单位汇总",
        counted("单位", summary.units.iter().map(|line| (unit(&line.unit), &line.counts))),
        view,
        out,
    )?;
    if report.purpose.has_findings() && !summary.codes.is_empty() {
        let mut grid = Grid::new(["代码", "级别", "意见", "条数"]).right([3]);
        for (code, severity, count) in &summary.codes {
            grid.push([code.number(), severity.words(), code.title(), &count.to_string()]);
        }
        section("按意见汇总", grid, view, out)?;
    }
    let documents = summary.documents.iter().map(|line| (line.file.clone(), &line.counts));
    section("按文件汇总", counted("文件", documents), view, out)?;
    if !report.unreadable.is_empty() {
        writeln!(out)?;
        writeln!(out, "{}", strong("无法读取的文件", view.colour))?;
        for file in &report.unreadable {
            write!(out, "{}", hanging("", &format!("{}：{}", file.file, file.why), view.width))?;
        }
    }
    if !report.skipped.is_empty() {
        writeln!(out)?;
        writeln!(out, "{}", strong("跳过的文件", view.colour))?;
        for file in &report.skipped {
            write!(out, "{}", hanging("", &format!("{}：{}", file.file, file.why), view.width))?;
        }
    }
    writeln!(out)?;
    let total = &summary.total;
    let line = format!(
        "{}个文件（另有{}个无法读取、{}个跳过），{}张表，{}行计分：一致{}，不一致{}，未评价{}；错误{}，警告{}，提示{}；已核实{}分（满分合计{}分）",
        report.documents.len(),
        report.unreadable.len(),
        report.skipped.len(),
        total.forms,
        total.rows(),
        total.agrees,
        total.differs,
        total.not_evaluated,
        total.errors,
        total.warnings,
        total.notes,
        plain(total.verified),
        plain(total.weight)
    );
    write!(out, "{}", hanging("总计", &line, view.width))?;
    Ok(())
}

fn section(title: &str, grid: Grid, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    writeln!(out)?;
    writeln!(out, "{}", strong(title, view.colour))?;
    write!(out, "{}", grid.draw(view.width, view.colour))?;
    Ok(())
}

fn counted<'a>(heading: &str, lines: impl Iterator<Item = (String, &'a Counts)>) -> Grid {
    let mut grid = Grid::new(std::iter::once(heading).chain(Counts::HEADING)).right(1..=Counts::HEADING.len());
    for (name, counts) in lines {
        grid.push(std::iter::once(name).chain(counts.cells()));
    }
    grid
}
