//! `jixiao explain`

use std::fmt::Write as _;

use jixiao::audit::Code;
use jixiao::report::Grid;

use super::arguments::ExplainArguments;
use super::failure::Failure;
use super::{Outcome, output};

/// Prints the page of a code, or the list of all.
pub fn run(arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let text = match &arguments.code {
        Some(number) => page(number)?,
        None => list(),
    };
    output::deliver(None, |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(Outcome::Clean)
}

fn page(number: &str) -> Result<String, Failure> {
    let code = Code::from_number(number).ok_or_else(|| Failure::UnknownCode(number.to_owned()))?;
    let mut page = code.page().trim_end().to_owned();
    let _ = write!(page, "\n\n默认级别：{}\n", code.severity().words());
    Ok(page)
}

fn list() -> String {
    let mut grid = Grid::new(["代码", "级别", "意见"]);
    for code in Code::ALL {
        grid.push([code.number(), code.severity().words(), code.title()]);
    }
    format!("{}\n查看某个代码：jixiao explain JX301\n", grid.draw(output::view(None, false).width, false))
}
