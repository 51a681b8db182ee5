//! 输入 (input): the files that the given paths stand for, and what of a folder is passed over.
//!
//! A folder and a .zip inside it are followed; every file that is not read is named with the reason, so that no unit is
//! missed in silence.

mod kind;
mod unpack;

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use jixiao::document::Allowance;
use tempfile::TempDir;

use kind::{Kind, kind};
use unpack::{Unpacked, unpack};

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
    Archive(PathBuf, String),
}

impl InputError {
    /// The path it is about.
    pub fn path(&self) -> &Path {
        match self {
            InputError::Missing(path)
            | InputError::Folder(path, _)
            | InputError::Nothing(path)
            | InputError::Archive(path, _) => path,
        }
    }

    /// Why, without the path.
    pub fn reason(&self) -> String {
        match self {
            InputError::Missing(_) => "找不到这个文件或文件夹".to_owned(),
            InputError::Folder(_, error) => format!("无法打开文件夹（{}）", jixiao::document::explain(error)),
            InputError::Nothing(_) => "文件夹中没有可以读取的文件".to_owned(),
            InputError::Archive(_, why) => why.clone(),
        }
    }
}

/// 文件: one to read, with the name that a person knows it by (`报送.zip/甲局.docx`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InputFile {
    pub path: PathBuf,
    pub name: String,
}

impl InputFile {
    /// A file that was given as it is.
    pub fn given(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        InputFile { name: path.display().to_string(), path }
    }
}

/// 跳过的文件: passed over in a folder, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub name: String,
    pub why: String,
}

/// 输入: what a run reads, in the order of the paths and of the names.
#[derive(Debug, Default)]
pub struct Inputs {
    pub files: Vec<Result<InputFile, InputError>>,
    pub skipped: Vec<Skipped>,
    allowance: Allowance,
    /// What was unpacked; gone when the run is over.
    unpacked: Vec<TempDir>,
}

impl Inputs {
    /// Files as given and, for folders and archives, every file in them that may hold a form; each once. The file that the
    /// run itself writes is never read.
    pub fn find(paths: &[PathBuf], target: Option<&Path>) -> Inputs {
        let mut inputs = Inputs::default();
        for path in paths {
            if path.is_dir() {
                let before = inputs.files.len();
                inputs.folder(path, &path.display().to_string(), 0);
                if inputs.files.len() == before {
                    inputs.files.push(Err(InputError::Nothing(path.clone())));
                }
            } else if !path.exists() {
                inputs.files.push(Err(InputError::Missing(path.clone())));
            } else if path.is_file() && matches!(kind(path), Kind::Archive) {
                inputs.archive(path, &path.display().to_string(), 0);
            } else {
                inputs.files.push(Ok(InputFile::given(path)));
            }
        }
        let target = target.and_then(|target| target.canonicalize().ok());
        let mut seen = HashSet::new();
        let is_target = |file: &InputFile| {
            target.as_ref().is_some_and(|target| file.path.canonicalize().is_ok_and(|file| file == *target))
        };
        let mut own = Vec::new();
        inputs.files.retain(|file| match file {
            Ok(file) if is_target(file) => {
                own.push(Skipped { name: file.name.clone(), why: "是本次要写入的文件".to_owned() });
                false
            }
            Ok(file) => seen.insert(file.path.clone()),
            Err(_) => true,
        });
        inputs.skipped.extend(own);
        inputs
    }

    fn folder(&mut self, path: &Path, name: &str, depth: usize) {
        let entries = std::fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.files.push(Err(InputError::Folder(PathBuf::from(name), error))),
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let inner = Path::new(name).join(entry.file_name()).display().to_string();
            // The type of the entry itself: a link to a folder is not followed, so links cannot form a circle.
            let Ok(file_type) = entry.file_type() else { continue };
            let hidden = is_hidden(&path);
            if file_type.is_dir() {
                match () {
                    () if hidden => {}
                    () if depth < DEEPEST => self.folder(&path, &inner, depth + 1),
                    () => self.skip(&inner, "文件夹嵌套过深"),
                }
            } else if !path.is_file() {
                self.skip(&inner, "不是普通文件");
            } else if path.file_name().is_some_and(|file| file == CONFIG) || is_system(&path) {
                // Neither was handed in by anyone.
            } else if hidden {
                self.skip(&inner, "隐藏文件或办公软件的临时文件");
            } else {
                self.entry(path, inner, depth);
            }
        }
    }

    fn entry(&mut self, path: PathBuf, name: String, depth: usize) {
        match kind(&path) {
            Kind::Form => self.files.push(Ok(InputFile { path, name })),
            Kind::Archive if depth < DEEPEST => self.archive(&path, &name, depth + 1),
            Kind::Archive => self.skip(&name, "压缩包嵌套过深"),
            Kind::Other(why) => self.skip(&name, &why),
        }
    }

    fn archive(&mut self, path: &Path, name: &str, depth: usize) {
        match unpack(path, &mut self.allowance) {
            Ok(Unpacked { folder, refused }) => {
                self.folder(folder.path(), name, depth);
                self.skipped.extend(
                    refused
                        .into_iter()
                        .map(|(member, why)| Skipped { name: format!("{name}/{member}"), why: why.to_owned() }),
                );
                self.unpacked.push(folder);
            }
            Err(why) => self.files.push(Err(InputError::Archive(PathBuf::from(name), why.to_owned()))),
        }
    }

    fn skip(&mut self, name: &str, why: &str) {
        self.skipped.push(Skipped { name: name.to_owned(), why: why.to_owned() });
    }
}

/// Files that a system puts into every folder.
fn is_system(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    matches!(name.as_str(), ".ds_store" | "thumbs.db" | "desktop.ini" | ".gitignore" | ".gitkeep")
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.starts_with('.') || name.starts_with("~$")
}
