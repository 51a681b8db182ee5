//! 并排比较 (side by side): the same forms under several rule sets, row by row, with the totals.

use std::io::Write;

use serde_json::json;

use super::csv::inert;
use super::table::layout::{hanging, strong};
use super::{DocumentReport, FormReport, Grid, RenderError, Report, RowReport, View, plain, points};

/// How the comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Table,
    Json,
    Csv,
}

/// One row under every rule set.
struct Line<'a> {
    document: &'a DocumentReport,
    form: &'a FormReport,
    /// The row under the first set.
    row: Option<&'a RowReport>,
    /// The score under each set, in the order given.
    scores: Vec<Option<String>>,
}

/// Writes reports over the same files, one for each rule set.
pub fn render(reports: &[Report], layout: Layout, view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    match layout {
        Layout::Table => table(reports, view, out),
        Layout::Json => json_lines(reports, out),
        Layout::Csv => csv(reports, out),
    }
}

/// The id of the rule set of each report, for the form at a position.
fn sets(reports: &[Report], document: usize, form: usize) -> Vec<&str> {
    reports
        .iter()
        .map(|report| {
            let form = report.documents.get(document).and_then(|document| document.forms.get(form));
            form.map_or("", |form| form.rules.id.as_str())
        })
        .collect()
}

/// Every row of a form, then its total.
fn lines<'a>(reports: &'a [Report], document: usize, form: usize) -> Vec<Line<'a>> {
    let forms: Vec<Option<&FormReport>> = reports
        .iter()
        .map(|report| report.documents.get(document).and_then(|document| document.forms.get(form)))
        .collect();
    let first = reports.first().and_then(|report| report.documents.get(document));
    let (Some(first), Some(Some(form))) = (first, forms.first()) else { return Vec::new() };
    let score = |other: &Option<&FormReport>, number: usize| {
        let row = other.and_then(|other| other.lines().find(|row| row.row == number))?;
        row.points_text()
    };
    let mut lines: Vec<Line> = form
        .lines()
        .map(|row| Line {
            document: first,
            form,
            row: Some(row),
            scores: forms.iter().map(|other| score(other, row.row)).collect(),
        })
        .collect();
    let totals = forms.iter().map(|other| other.and_then(|form| form.computed).map(points)).collect();
    lines.push(Line { document: first, form, row: None, scores: totals });
    lines
}

/// The positions of every form of the run.
fn positions(reports: &[Report]) -> Vec<(usize, usize)> {
    let documents = reports.first().map(|report| report.documents.as_slice()).unwrap_or_default();
    let forms = |(number, document): (usize, &DocumentReport)| {
        (0..document.forms.len()).map(move |form| (number, form)).collect::<Vec<_>>()
    };
    documents.iter().enumerate().flat_map(forms).collect()
}

impl Line<'_> {
    fn number(&self) -> String {
        match self.row {
            Some(row) if row.row == 0 => "资金".to_owned(),
            Some(row) => row.row.to_string(),
            None => String::new(),
        }
    }

    fn name(&self) -> &str {
        self.row.map_or("总分", |row| row.name.as_str())
    }

    fn published(&self) -> Option<String> {
        match self.row {
            Some(row) => row.printed_score.clone(),
            None => self.form.published.map(points),
        }
    }

    fn cells(&self) -> Vec<String> {
        let weight = self.row.map(|row| row.weight.clone()).unwrap_or_default();
        let mut cells = vec![self.number(), self.name().to_owned(), weight, self.published().unwrap_or_default()];
        cells.extend(self.scores.iter().map(|score| score.clone().unwrap_or_else(|| "—".to_owned())));
        cells
    }
}

fn table(reports: &[Report], view: &View, out: &mut dyn Write) -> Result<(), RenderError> {
    for (document, form) in positions(reports) {
        let lines = lines(reports, document, form);
        let Some(first) = lines.first() else { continue };
        if form == 0 {
            writeln!(out, "{}", strong(&format!("文件 {}", first.document.file), view.colour))?;
        }
        writeln!(out)?;
        writeln!(out, "{}", strong(&format!("表{} {}", first.form.form, first.form.title), view.colour))?;
        if let Some(project) = &first.form.project {
            write!(out, "{}", hanging("项目", project, view.width))?;
        }
        writeln!(out)?;
        let sets = sets(reports, document, form);
        let heading = ["序号", "指标", "权重", "填报"].into_iter().chain(sets.iter().copied());
        let mut grid = Grid::new(heading).right(2..4 + sets.len());
        for line in &lines {
            grid.push(line.cells());
        }
        write!(out, "{}", grid.draw(view.width, view.colour))?;
        for note in kept_as_filed(reports, document, form) {
            write!(out, "{}", hanging("注", &note, view.width))?;
        }
    }
    let legend = "表中写明的赋分规则，规则集里没有的，按该规则集的默认规则计分；—表示该规则集定不出分数。";
    write!(out, "\n{}", hanging("说明", legend, view.width))?;
    Ok(())
}

/// What of each total rests on the form and not on the rule set.
fn kept_as_filed(reports: &[Report], document: usize, form: usize) -> Vec<String> {
    let forms = reports
        .iter()
        .filter_map(|report| report.documents.get(document).and_then(|document| document.forms.get(form)));
    forms
        .filter(|form| form.verified < form.weight)
        .map(|form| {
            let open = plain(form.weight - form.verified);
            format!("{} 的总分中有{open}分定不出，照填报计入", form.rules.id)
        })
        .collect()
}

fn json_lines(reports: &[Report], out: &mut dyn Write) -> Result<(), RenderError> {
    let mut forms = Vec::new();
    for (document, form) in positions(reports) {
        let sets = sets(reports, document, form);
        let lines = lines(reports, document, form);
        let Some(first) = lines.first() else { continue };
        let rows: Vec<_> = lines
            .iter()
            .map(|line| {
                json!({
                    "row": line.row.map(|row| row.row),
                    "name": line.name(),
                    "published": line.published(),
                    "scores": line.scores,
                })
            })
            .collect();
        forms.push(json!({
            "file": first.document.file,
            "form": first.form.form,
            "project": first.form.project,
            "rules": sets,
            "rows": rows,
        }));
    }
    serde_json::to_writer_pretty(&mut *out, &json!({"schema": "jixiao.what-if/1", "forms": forms}))?;
    writeln!(out)?;
    Ok(())
}

fn csv(reports: &[Report], out: &mut dyn Write) -> Result<(), RenderError> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(out);
    for (document, form) in positions(reports) {
        let mut heading: Vec<String> = ["文件", "表号", "序号", "指标", "权重", "填报"].map(str::to_owned).to_vec();
        heading.extend(sets(reports, document, form).into_iter().map(str::to_owned));
        writer.write_record(&heading)?;
        for line in lines(reports, document, form) {
            let mut cells = vec![line.document.file.clone(), line.form.form.to_string()];
            cells.extend(line.cells());
            writer.write_record(cells.iter().map(|cell| inert(cell).into_owned()))?;
        }
    }
    writer.flush()?;
    Ok(())
}
