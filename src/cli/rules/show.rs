//! `jixiao rules show`

use jixiao::report::rule_page;
use jixiao::ruleset::prose;

use super::named;
use crate::cli::arguments::{Output, ShowFormat};
use crate::cli::failure::Failure;
use crate::cli::{Outcome, format, output};

/// Explains a rule set in prose, its curves drawn on the terminal or, in HTML, as drawings.
pub fn run(rules: &str, format: Option<ShowFormat>, target: &Output) -> Result<Outcome, Failure> {
    let set = named(rules)?;
    let target = target.path.as_deref();
    let text = match format::choose(format, target, ShowFormat::Text)? {
        ShowFormat::Text => format!("{}\n", prose(&set).trim_end()),
        ShowFormat::Html => rule_page(&set),
    };
    output::deliver(target, |out| Ok(out.write_all(text.as_bytes())?))?;
    Ok(Outcome::Clean)
}
