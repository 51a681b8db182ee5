//! `jixiao rules infer`

use std::fmt::Write as _;

use rust_decimal::Decimal;

use jixiao::form::Form;
use jixiao::indicator::{IndicatorTable, interpret};
use jixiao::report::{Grid, plain};
use jixiao::ruleset::{Doubt, FittedCurve, Inference, Miss, infer};
use rayon::prelude::*;

use crate::cli::arguments::{Input, Output};
use crate::cli::failure::Failure;
use crate::cli::input::Inputs;
use crate::cli::{Outcome, output, pipeline};

/// Most rows that are listed one by one.
const MOST_ROWS: usize = 20;

/// Says which rule set explains the printed scores best, and fits curves where none does; `-o` takes the drafted file.
pub fn run(input: &Input, draft: &Output) -> Result<Outcome, Failure> {
    let mut complete = true;
    let mut forms: Vec<Form> = Vec::new();
    let inputs = Inputs::find(&input.paths, draft.path.as_deref());
    let files: Vec<_> = inputs
        .files
        .par_iter()
        .map(|file| match file {
            Ok(file) => pipeline::extract_input(file, false).map_err(|failure| failure.to_string()),
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
    let mut text = format!("{}\n\n", conclusion(inference));
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

/// Which set explains the scores, in one sentence.
fn conclusion(inference: &Inference) -> String {
    let rows = inference.rows;
    let Some(best) = inference.sets.first().filter(|best| best.reproduced > 0) else {
        return format!("共有{rows}行填了权重和得分，没有规则集能说明这些得分");
    };
    let equal = inference.sets.iter().filter(|set| set.reproduced == best.reproduced).count();
    let others = if equal > 1 {
        format!("；另有{}个规则集同样相符，这些行分不出是哪一个", equal - 1)
    } else {
        String::new()
    };
    let (id, reproduced, missed) = (&best.id, best.reproduced, best.missed.len());
    format!("共有{rows}行填了权重和得分。最相符的是 {id}：{reproduced}行逐位相符，{missed}行不符{others}")
}

/// What the rows of a group can say, where it is no curve.
fn doubted(curve: &FittedCurve) -> Option<String> {
    let (low, high) = curve.covered;
    match curve.doubt? {
        Doubt::AllFull => Some(format!(
            "{}行都得满分，完成率在 {}～{} 之间；其余完成率如何给分，没有数据",
            curve.rows,
            rate(low),
            rate(high)
        )),
        Doubt::TooFew { cut, whole } => {
            let rounded = if whole { "，且得分都是整数，可能取过整" } else { "" };
            Some(format!("{}行中只有{cut}行没有得满分{rounded}，太少，看不出曲线，不拟合", curve.rows))
        }
    }
}

/// 1.1 as 110%.
fn rate(ratio: Decimal) -> String {
    ratio.checked_mul(Decimal::ONE_HUNDRED).map_or_else(String::new, |rate| format!("{}%", plain(rate)))
}

fn described_curve(curve: &FittedCurve) -> String {
    let rule = curve.rule.as_deref().unwrap_or("（未写规则）");
    if let Some(doubt) = doubted(curve) {
        return format!("\n{rule}：{doubt}\n");
    }
    let kinds: Vec<&str> = curve.kinds.iter().map(|kind| kind.words()).collect();
    let ratio = if curve.inverse { "目标÷完成" } else { "完成÷目标" };
    let (low, high) = curve.covered;
    let mut text = format!(
        "\n拟合曲线：{rule}（{}），按 {ratio}，依据{}行，数据范围 {}～{}\n",
        kinds.join("、"),
        curve.rows,
        rate(low),
        rate(high)
    );
    for band in &curve.bands {
        let to = band.to.map_or_else(|| "以上".to_owned(), |to| format!("～{}", rate(to)));
        let (start, end) = band.give;
        let give = if start == end {
            format!("得权重的 {}", rate(start))
        } else {
            format!("由权重的 {} 按直线到 {}", rate(start), rate(end))
        };
        let seen = if band.seen { "" } else { "（没有数据，推测）" };
        let _ = writeln!(text, "  {}{to}：{give}{seen}", rate(band.from));
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
