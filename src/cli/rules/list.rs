//! `jixiao rules list`

use serde_json::json;

use jixiao::report::Grid;
use jixiao::ruleset::{Listing, Provenance, RuleSet, builtin, listings};

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

/// Narrower terminals show the titles with `show` only.
const ROOM_FOR_TITLES: usize = 120;

fn table() -> String {
    let view = output::view(None, false);
    let titled = view.width >= ROOM_FOR_TITLES;
    let heading = ["编号", "地区", "年度", "依据", "名称"];
    let mut grid = Grid::new(heading.into_iter().take(if titled { 5 } else { 4 }));
    for set in listings() {
        let grades = set.grades_short();
        let cells = [set.id, set.place, set.years, grades, set.title];
        grid.push(cells.into_iter().take(if titled { 5 } else { 4 }));
    }
    format!("{}\n{}\n查看某个规则集：jixiao rules show 编号\n", grid.draw(view.width, view.colour), legend())
}

/// What the grades of the column stand for, with what is counted.
fn legend() -> String {
    let grades = [
        Provenance::Published,
        Provenance::Form,
        Provenance::Implementation,
        Provenance::Inferred,
        Provenance::Unconfirmed,
    ];
    let meanings: Vec<String> = grades.iter().map(|grade| format!("  {}  {}", grade.short(), grade.words())).collect();
    format!("依据一栏是给分规定的条数，按依据等级分别计数：\n{}", meanings.join("\n"))
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
