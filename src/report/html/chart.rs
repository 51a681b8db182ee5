//! 差额图 (chart): what each form published above or below the recomputed total, as bars.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::escape;
use crate::report::{FormReport, points};

/// Width of half the chart, height of a bar and room for the names, in pixels.
const HALF: i64 = 160;
const BAR: i64 = 20;
const NAMES: i64 = 260;

/// Longest name beside a bar, in characters.
const NAME: usize = 18;

/// Bars of (published − recomputed); empty where every form agrees.
pub fn differences(forms: &[FormReport]) -> String {
    let differing: Vec<(&FormReport, Decimal)> = forms
        .iter()
        .filter_map(|form| Some((form, form.difference()?)))
        .filter(|(_, difference)| !difference.is_zero())
        .collect();
    let Some(longest) = differing.iter().map(|(_, difference)| difference.abs()).max() else { return String::new() };
    let height = BAR * i64::try_from(differing.len()).unwrap_or(0);
    let width = NAMES + 2 * HALF + 60;
    let mut svg = format!(
        "<figure><figcaption>总分差额（填报 − 复核）</figcaption>\n<svg viewBox=\"0 0 {width} {height}\" role=\"img\">\n"
    );
    for (index, (form, difference)) in (0i64..).zip(differing) {
        svg.push_str(&bar(index, form, difference, longest));
    }
    svg.push_str("</svg></figure>\n");
    svg
}

fn bar(index: i64, form: &FormReport, difference: Decimal, longest: Decimal) -> String {
    let share = difference.abs().checked_div(longest).unwrap_or_default();
    let length = (share * Decimal::from(HALF - 20)).round().to_i64().unwrap_or(0).max(1);
    let (top, middle) = (index * BAR, NAMES + HALF);
    let above = difference.is_sign_positive();
    let (left, class) = if above { (middle, "above") } else { (middle - length, "below") };
    let (label, anchor) = if above { (middle + length + 4, "start") } else { (middle - length - 4, "end") };
    let name = form.project.as_deref().unwrap_or(&form.title);
    let name: String = name.chars().take(NAME).collect();
    let base = top + 15;
    format!(
        "<text x=\"0\" y=\"{base}\">表{} {}</text><rect class=\"{class}\" x=\"{left}\" y=\"{}\" width=\"{length}\" height=\"{}\"/>\
         <text x=\"{label}\" y=\"{base}\" text-anchor=\"{anchor}\">{}</text>\n",
        form.form,
        escape(&name),
        top + 3,
        BAR - 6,
        points(difference)
    )
}
