//! 输入 (input): the files that the given paths stand for.

use std::io;
use std::path::{Path, PathBuf};

/// File names' endings that a folder is searched for.
const ENDINGS: [&str; 26] = [
    "docx", "doc", "wps", "odt", "xlsx", "xlsm", "xls", "ods", "et", "pdf", "html", "htm", "mht", "csv", "tsv", "txt",
    "md", "yaml", "yml", "json", "png", "jpg", "jpeg", "tif", "tiff", "bmp",
];

/// The name of the list of exceptions, which is no form.
pub const CONFIG: &str = "jixiao.yaml";

/// Folders inside folders are followed this far.
const DEEPEST: usize = 32;

/// A path that cannot be followed.
#[derive(Debug)]
pub enum InputError {
    Missing(PathBuf),
    Folder(PathBuf, io::Error),
    Nothing(PathBuf),
}

impl InputError {
    /// The path it is about.
    pub fn path(&self) -> &Path {
        match self {
            InputError::Missing(path) | InputError::Folder(path, _) | InputError::Nothing(path) => path,
        }
    }

    /// Why, without the path.
    pub fn reason(&self) -> String {
        match self {
            InputError::Missing(_) => "找不到这个文件或文件夹".to_owned(),
            InputError::Folder(_, error) => format!("无法打开文件夹：{error}"),
            InputError::Nothing(_) => "文件夹中没有可以读取的文件".to_owned(),
        }
    }
}

/// Files as given and, for folders, every readable file below in the order of the names; each once.
pub fn files(paths: &[PathBuf]) -> Vec<Result<PathBuf, InputError>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            folder(path, 0, &mut found);
            if found.len() == before {
                found.push(Err(InputError::Nothing(path.clone())));
            }
        } else if path.exists() {
            found.push(Ok(path.clone()));
        } else {
            found.push(Err(InputError::Missing(path.clone())));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|file| file.as_ref().map_or(true, |path| seen.insert(path.clone())));
    found
}

fn folder(path: &Path, depth: usize, found: &mut Vec<Result<PathBuf, InputError>>) {
    let entries = std::fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(InputError::Folder(path.to_owned(), error))),
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // The type of the entry itself: a link to a folder is not followed, so links cannot form a circle.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if depth < DEEPEST && !is_hidden(&path) {
                folder(&path, depth + 1, found);
            }
        } else if is_form_file(&path) && path.is_file() {
            found.push(Ok(path));
        }
    }
}

/// Whether a file in a folder may hold a form: a known ending, not hidden, no lock file of an office program.
fn is_form_file(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let known = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    known && !is_hidden(path) && path.file_name().is_none_or(|name| name != CONFIG)
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || name.starts_with("~$")
}
