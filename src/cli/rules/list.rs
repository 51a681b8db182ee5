//! `jixiao rules list`

use serde_json::json;

use jixiao::report::Grid;
use jixiao::ruleset::{Listing, RuleSet, builtin, listings};

use crate::cli::arguments::ListFormat;
use crate::cli::failure::Failure;
use crate::cli::{Outcome, output};

/// Lists the built-in sets with place, years and provenance at a glance.
pub fn run(format: Option<ListFormat>) -> Result<Outcome, Failure> {
    output::deliver(None, |out| match format.unwrap_or(ListFormat::Table) {
        ListFormat::Table => Ok(out.write_all(table().as_bytes())?),
        ListFormat::Json => {
            let sets: Vec<_> = builtin::sets().iter().map(|set| entry(set)).collect();
            serde_json::to_writer_pretty(&mut *out, &json!({"schema": "jixiao.rules/1", "rules": sets}))?;
            Ok(writeln!(out)?)
        }
    })?;
    Ok(Outcome::Clean)
}

fn table() -> String {
    let mut grid = Grid::new(["编号", "地区", "年度", "名称和依据等级"]);
    for set in listings() {
        let grades = set.grades.iter().map(|(grade, count)| format!("  {}：{count}条", grade.words()));
        let grades = grades.collect::<Vec<_>>().join("\n");
        grid.push([set.id, set.place, set.years, format!("{}\n{grades}", set.title)]);
    }
    let view = output::view(None, false);
    format!("{}\n查看某个规则集：jixiao rules show 编号\n", grid.draw(view.width, view.colour))
}

fn entry(set: &RuleSet) -> serde_json::Value {
    let listing = Listing::of(set);
    let grades: serde_json::Map<String, serde_json::Value> =
        listing.grades.iter().map(|(grade, count)| (grade.key().to_owned(), json!(count))).collect();
    json!({
        "id": set.id,
        "title": set.title,
        "place": listing.place,
        "from": set.in_force.from,
        "until": set.in_force.until,
        "extends": set.extends,
        "rules": listing.rules,
        "source": {"document": set.source.document, "number": set.source.number},
        "provenance": grades,
        "hash": set.hash,
    })
}
