//! 所写 (typed): what people type who do not know the commands, as the commands understand it.
//!
//! A path alone is audited, with a page beside it, which is what dropping a file onto the program does; `help` and `version`
//! are words of other programs.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::arguments::Arguments;
use jixiao::document::OWN_MARK;

/// Ending of the page that is written beside what was audited.
const PAGE: &str = "复核报告";

/// Bytes at the head of a page within which the mark of a report stands.
const HEAD: usize = 1024;

/// The arguments as the parser knows them.
pub fn understood(typed: Vec<OsString>) -> Vec<OsString> {
    let Some((program, rest)) = typed.split_first() else { return typed };
    let Some((first, others)) = rest.split_first() else { return typed };
    let word = |text: &str| OsString::from(text);
    let mut understood = vec![program.clone()];
    match first.to_str() {
        Some("help" | "帮助") => {
            understood.extend(others.iter().cloned());
            understood.push(word("--help"));
        }
        Some("version" | "版本") if others.is_empty() => understood.push(word("--version")),
        _ if !is_command(first) && Path::new(first).exists() => {
            understood.push(word("audit"));
            understood.extend(rest.iter().cloned());
            if !others.iter().any(|word| is_target(word)) {
                understood.extend([word("-o"), page(Path::new(first)).into_os_string()]);
            }
        }
        _ => return typed,
    }
    understood
}

fn is_command(word: &OsStr) -> bool {
    word.to_str().is_some_and(|word| word.starts_with('-')) || Arguments::command().find_subcommand(word).is_some()
}

/// Whether an argument says where the result goes, or in which format.
fn is_target(word: &OsStr) -> bool {
    let word = word.to_string_lossy();
    word.starts_with("-o") || word.starts_with("--output") || word.starts_with("--format")
}

/// The page beside a file or folder: `自评表.复核报告.html`; never onto a page that is no report of this program.
fn page(path: &Path) -> PathBuf {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let numbered = (2_usize..).map(|number| format!("{name}.{PAGE}{number}.html"));
    let names = std::iter::once(format!("{name}.{PAGE}.html")).chain(numbered);
    let mut pages = names.map(|name| path.with_file_name(name));
    pages.find(|page| !page.exists() || is_own(page)).unwrap_or_default()
}

fn is_own(page: &Path) -> bool {
    use std::io::Read;

    let mut head = Vec::new();
    let read = std::fs::File::open(page).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(OWN_MARK)
}
