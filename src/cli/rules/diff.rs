//! `jixiao rules diff`

use std::fmt::Write as _;

use rust_decimal::Decimal;

use jixiao::report::{Grid, plain, points_span};
use jixiao::ruleset::{Difference, TargetKind, differences};
use jixiao::score::Points;

use super::named;
use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Shows where two rule sets give other points for a weight of 10.
pub fn run(left: &str, right: &str) -> Result<Outcome, Failure> {
    let (left, right) = (named(left)?, named(right)?);
    let found = differences(&left, &right, &[]);
    let view = output::view(None, false);
    let mut text = format!("权重10分，{} 与 {} 得分不同之处\n", left.id, right.id);
    for group in found.chunk_by(same_rows) {
        let parting: Vec<&Difference> = group.iter().filter(|difference| !difference.is_none()).collect();
        let (Some(first), false) = (group.first(), parting.is_empty()) else { continue };
        let rule = first.rule.as_deref().unwrap_or("没有写明规则的行");
        let mut grid = Grid::new(["完成率", left.id.as_str(), right.id.as_str()]).right(0..3);
        for difference in parting {
            grid.push([percent(difference.rate), shown(&difference.left), shown(&difference.right)]);
        }
        let _ = write!(text, "\n{rule}（{}）\n{}", kind(first.kind), grid.draw(view.width, false));
    }
    if found.iter().all(Difference::is_none) {
        text.push_str("没有不同\n");
    }
    output::deliver(None, |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(Outcome::Clean)
}

fn same_rows(one: &Difference, two: &Difference) -> bool {
    one.rule == two.rule && one.kind == two.kind
}

fn kind(kind: TargetKind) -> &'static str {
    kind.words()
}

fn percent(rate: Decimal) -> String {
    rate.checked_mul(Decimal::ONE_HUNDRED).map_or_else(String::new, |rate| format!("{}%", plain(rate)))
}

fn shown(points: &Option<Points>) -> String {
    points.as_ref().map_or_else(|| "不评分".to_owned(), points_span)
}
