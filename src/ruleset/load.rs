//! 读取规则文件 (load): a file with those it extends, merged, validated and given its hash.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::audit::Code;
use crate::document::{explain, read_settings};
use crate::ruleset::builtin;
use crate::ruleset::file::{AuditText, RuleFile, ground};
use crate::ruleset::locate::{Step, locate};
use crate::ruleset::validate::{SourceFile, validate};
use crate::ruleset::{Problem, RuleFileError, RuleSet, syntax};
use crate::text::label;

/// Longest chain of `extends`.
const LONGEST_CHAIN: usize = 8;

/// Reads a rule set from a file; what it extends is a built-in set or a file in the same folder.
///
/// # Errors
///
/// Every problem of the file, each with line, what was expected and how to mend it.
pub fn read_file(path: &Path) -> Result<RuleSet, RuleFileError> {
    let name = path.display().to_string();
    let text = read_text(path, &name).map_err(|problem| one(&name, *problem))?;
    parse(&name, &text, path.parent())
}

/// Reads a rule set from text; `file` is named in the problems, `folder` is where `extends` looks for files.
///
/// # Errors
///
/// As for [`read_file`].
pub fn parse(file: &str, text: &str, folder: Option<&Path>) -> Result<RuleSet, RuleFileError> {
    let mut chain = Chain { folder, sources: Vec::new(), ids: Vec::new() };
    let merged = chain.read(file, text).map_err(|problems| RuleFileError { file: file.to_owned(), problems })?;
    let hash = hash(&chain.sources);
    validate(&merged, &chain.sources, hash).map_err(|problems| RuleFileError { file: file.to_owned(), problems })
}

fn one(file: &str, problem: Problem) -> RuleFileError {
    RuleFileError { file: file.to_owned(), problems: vec![problem] }
}

fn invalid(file: &str, line: Option<usize>, message: String, mend: &str) -> Box<Problem> {
    Box::new(Problem {
        code: Code::RuleFileInvalid,
        file: file.to_owned(),
        line,
        part: String::new(),
        message,
        mend: Some(mend.to_owned()),
    })
}

/// The text of a rule file, with the size checked before it is read.
fn read_text(path: &Path, name: &str) -> Result<String, Box<Problem>> {
    let unreadable = |error: std::io::Error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "找不到这个文件".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
            _ => format!("无法读取（{}）", explain(&error)),
        };
        invalid(name, None, message, "请核对路径；内置规则集用编号即可，见 jixiao rules list")
    };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > syntax::LARGEST_FILE as u64 {
        let message = format!("文件有 {size} 字节，超过规则文件的上限 {} 字节", syntax::LARGEST_FILE);
        return Err(invalid(name, None, message, "请确认选对了文件；规则文件只写规则，不放数据"));
    }
    read_settings(path, syntax::LARGEST_FILE as u64).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => {
            invalid(name, None, "文件不是 UTF-8 编码".to_owned(), "请用编辑器另存为 UTF-8 编码")
        }
        _ => unreadable(error),
    })
}

/// The files read so far, the first one first.
struct Chain<'f> {
    folder: Option<&'f Path>,
    sources: Vec<SourceFile>,
    ids: Vec<String>,
}

impl Chain<'_> {
    fn read(&mut self, file: &str, text: &str) -> Result<RuleFile, Vec<Problem>> {
        let own = ground(syntax::read(file, text)?);
        let line = |text: &str| locate(text, &[Step::Key("extends")]);
        self.sources.push(SourceFile { name: file.to_owned(), text: text.to_owned() });
        self.ids.push(own.id.clone());
        let Some(base) = own.extends.clone() else { return Ok(own) };
        if let Some(at) = self.ids.iter().position(|id| *id == base) {
            let circle: Vec<&str> = self.ids.iter().skip(at).map(String::as_str).chain([base.as_str()]).collect();
            let message = format!("extends 绕成了圈：{}", circle.join(" → "));
            return Err(vec![*invalid(file, line(text), message, "请让最基础的规则集不再写 extends")]);
        }
        if self.ids.len() >= LONGEST_CHAIN {
            let message = format!("extends 超过 {LONGEST_CHAIN} 层");
            return Err(vec![*invalid(file, line(text), message, "请合并中间的规则文件")]);
        }
        let (base_name, base_text) = self.find(file, &base, line(text)).map_err(|problem| vec![*problem])?;
        let base_file = self.read(&base_name, &base_text)?;
        Ok(merge(own, base_file))
    }

    fn find(&self, file: &str, base: &str, line: Option<usize>) -> Result<(String, String), Box<Problem>> {
        if let Some((name, text)) = builtin::text(base) {
            return Ok((name.to_owned(), text.to_owned()));
        }
        let is_plain_name = !base.contains(['/', '\\']) && base.ends_with(".yaml");
        if let (Some(folder), true) = (self.folder, is_plain_name) {
            let path = folder.join(base);
            let name = path.display().to_string();
            if self.sources.iter().any(|source| source.name == name) {
                return Err(invalid(
                    file,
                    line,
                    format!("extends 绕成了圈：又回到 {base}"),
                    "请让最基础的规则集不再写 extends",
                ));
            }
            let text = read_text(&path, &name)?;
            return Ok((name, text));
        }
        let near = syntax::nearest(base, builtin::ids());
        let mend = near.map_or_else(
            || "请写内置规则集的编号（见 jixiao rules list），或同一文件夹的 .yaml 文件名".to_owned(),
            |near| format!("是否想写“{near}”？"),
        );
        Err(invalid(file, line, format!("extends 所指的“{base}”不存在"), &mend))
    }
}

/// The file over its base: what it says has precedence, rules by name, everything else by section.
fn merge(own: RuleFile, base: RuleFile) -> RuleFile {
    let omitted: Vec<String> = own.omit.iter().map(|name| label(name)).collect();
    let claimed: Vec<String> = own
        .rules
        .iter()
        .flat_map(|rule| std::iter::once(&rule.name).chain(&rule.aliases))
        .map(|name| label(name))
        .collect();
    let replaced = |name: &str| own.rules.iter().any(|rule| label(&rule.name) == label(name));
    let inherited =
        base.rules.into_iter().filter(|rule| !omitted.contains(&label(&rule.name)) && !replaced(&rule.name));
    // A name that the file uses itself no longer leads to the inherited rule.
    let inherited = inherited.map(|mut rule| {
        rule.aliases.retain(|alias| !claimed.contains(&label(alias)));
        rule
    });
    let rules = own.rules.iter().cloned().chain(inherited).collect();
    let names: Vec<String> = own.rules.iter().map(|rule| label(&rule.name)).collect();
    let alive = |name: &str| !omitted.contains(&label(name)) || names.contains(&label(name));
    let defaults = own.defaults.or_else(|| {
        base.defaults.map(|defaults| defaults.into_iter().filter(|default| alive(&default.rule)).collect())
    });
    RuleFile {
        rules,
        defaults,
        execution: own.execution.or(base.execution),
        caps: own.caps.or(base.caps),
        weights: own.weights.or(base.weights),
        grades: own.grades.or(base.grades),
        rounding: own.rounding.or(base.rounding),
        tolerance: own.tolerance.or(base.tolerance),
        dropped: own.dropped.or(base.dropped),
        audit: Some(merge_audit(own.audit.unwrap_or_default(), base.audit.unwrap_or_default())),
        ..own
    }
}

fn merge_audit(own: AuditText, base: AuditText) -> AuditText {
    AuditText {
        reason_deviation: own.reason_deviation.or(base.reason_deviation),
        reason_missed: own.reason_missed.or(base.reason_missed),
        reason_score_below_weight: own.reason_score_below_weight.or(base.reason_score_below_weight),
        reason_over: own.reason_over.or(base.reason_over),
        reason_execution_below: own.reason_execution_below.or(base.reason_execution_below),
        far_above: own.far_above.or(base.far_above),
        share_too_large: own.share_too_large.or(base.share_too_large),
    }
}

/// SHA-256 over the texts in the order of the chain.
fn hash(sources: &[SourceFile]) -> String {
    let mut hasher = Sha256::new();
    for source in sources {
        hasher.update(source.text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
