//! `jixiao rules infer`

use std::fmt::Write as _;

use jixiao::form::Form;
use jixiao::indicator::{IndicatorTable, interpret};
use jixiao::report::{Grid, plain};
use jixiao::ruleset::{FittedCurve, Inference, Miss, infer};
use rayon::prelude::*;

use crate::cli::arguments::{Input, Output};
use crate::cli::failure::Failure;
use crate::cli::{Outcome, input, output, pipeline};

/// Most rows that are listed one by one.
const MOST_ROWS: usize = 20;

/// Says which rule set explains the printed scores best, and fits curves where none does; `-o` takes the drafted file.
pub fn run(input: &Input, draft: &Output) -> Result<Outcome, Failure> {
    let mut complete = true;
    let mut forms: Vec<Form> = Vec::new();
    let files: Vec<_> = input::files(&input.paths)
        .into_par_iter()
        .map(|file| match file {
            Ok(file) => pipeline::extract(&file, false).map_err(|failure| failure.to_string()),
            Err(error) => Err(format!("{}：{}", error.path().display(), error.reason())),
        })
        .collect();
    for file in files {
        match file {
            Ok(extracted) => forms.extend(extracted.forms),
            Err(message) => {
                complete = false;
                output::complain(&format!("错误：{message}\n"));
            }
        }
    }
    let tables: Vec<IndicatorTable> = forms.iter().map(interpret).collect();
    let pairs: Vec<(&Form, &IndicatorTable)> = forms.iter().zip(&tables).collect();
    let inference = infer(&pairs);
    let text = described(&inference, draft.path.is_none());
    output::deliver(None, |out| Ok(out.write_all(text.as_bytes())?))?;
    if let (Some(path), Some(drafted)) = (&draft.path, &inference.draft) {
        output::deliver(Some(path), |out| Ok(out.write_all(drafted.as_bytes())?))?;
        output::complain(&format!("规则草稿已写入 {}；其中各条都标为推断，请对照原文核对\n", path.display()));
    }
    Ok(if complete { Outcome::Clean } else { Outcome::Incomplete })
}

fn described(inference: &Inference, with_draft: bool) -> String {
    let view = output::view(None, false);
    let mut text = format!("共有{}行填了权重和得分\n\n", inference.rows);
    let mut grid = Grid::new(["规则集", "名称", "逐位相符", "不符", "未评分"]).right([2, 3, 4]);
    for set in &inference.sets {
        let counts = [set.reproduced, set.missed.len(), set.not_scored].map(|count| count.to_string());
        let [reproduced, missed, not_scored] = counts;
        grid.push([set.id.clone(), set.title.clone(), reproduced, missed, not_scored]);
    }
    text.push_str(&grid.draw(view.width, view.colour));
    if let Some(best) = inference.sets.first() {
        let heading = format!("{} 与填报不符的行", best.id);
        text.push_str(&misses(&heading, &best.missed, view.width));
    }
    for curve in &inference.curves {
        text.push_str(&described_curve(curve));
    }
    text.push_str(&misses("拟合曲线无法解释的行", &inference.outliers, view.width));
    if let Some(draft) = inference.draft.as_deref().filter(|_| with_draft) {
        let _ = write!(text, "\n规则草稿（可用 -o 写入文件）：\n\n{draft}");
    }
    text
}

fn described_curve(curve: &FittedCurve) -> String {
    let rule = curve.rule.as_deref().unwrap_or("（未写规则）");
    let kinds: Vec<&str> = curve.kinds.iter().map(|kind| kind.words()).collect();
    let ratio = if curve.inverse { "目标÷完成" } else { "完成÷目标" };
    let (low, high) = curve.covered;
    let mut text = format!(
        "\n拟合曲线：{rule}（{}），按 {ratio}，依据{}行，数据范围 {}～{}\n",
        kinds.join("、"),
        curve.rows,
        plain(low),
        plain(high)
    );
    for band in &curve.bands {
        let to = band.to.map_or_else(|| "以上".to_owned(), |to| format!("～{}", plain(to)));
        let (start, end) = band.give;
        let seen = if band.seen { "" } else { "（没有数据，推测）" };
        let _ = writeln!(text, "  {}{to}：权重的 {} → {}{seen}", plain(band.from), plain(start), plain(end));
    }
    text
}

fn misses(heading: &str, misses: &[Miss], width: usize) -> String {
    if misses.is_empty() {
        return String::new();
    }
    let mut grid = Grid::new(["表", "行", "指标", "目标值", "完成值", "权重", "填报", "应为"]).right([5, 6, 7]);
    for miss in misses.iter().take(MOST_ROWS) {
        grid.push([
            miss.place.form.to_string(),
            miss.place.row.to_string(),
            miss.place.name.clone(),
            miss.target.clone(),
            miss.actual.clone(),
            plain(miss.weight),
            plain(miss.printed),
            miss.computed.map_or_else(|| "—".to_owned(), plain),
        ]);
    }
    let mut text = format!("\n{heading}（{}行）\n{}", misses.len(), grid.draw(width, false));
    if misses.len() > MOST_ROWS {
        let _ = writeln!(text, "另有{}行未列出", misses.len() - MOST_ROWS);
    }
    text
}
