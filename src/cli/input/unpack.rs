//! 解压 (unpack): a .zip handed in by a unit as a folder of its own.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use jixiao::document::{Allowance, Member};
use tempfile::TempDir;

/// What was unpacked, and the members that were refused with the reason.
pub(super) struct Unpacked {
    pub folder: TempDir,
    pub refused: Vec<(String, &'static str)>,
}

/// Unpacks an archive, as far as the run still may; none of its members leaves the folder.
pub(super) fn unpack(path: &Path, allowance: &mut Allowance) -> Result<Unpacked, &'static str> {
    let file = File::open(path).map_err(|_| "文件打不开；请核对读取权限")?;
    let folder =
        tempfile::Builder::new().prefix("jixiao-zip-").tempdir().map_err(|_| "没有地方解压；请检查临时文件夹")?;
    let mut refused = Vec::new();
    allowance.unpack(BufReader::new(file), |Member { name, content }| {
        let written = content.and_then(|bytes| write(folder.path(), &name, &bytes));
        if let Err(why) = written {
            refused.push((name, why));
        }
    })?;
    Ok(Unpacked { folder, refused })
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), &'static str> {
    let target = folder.join(inside(name).ok_or("文件名指向压缩包之外，没有解压")?);
    let failed = |_| "无法解压，磁盘空间可能不足";
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::options().write(true).create_new(true).open(target).map_err(|_| "压缩包里有同名的文件")?;
    file.write_all(bytes).map_err(failed)
}

/// The path of a member inside the folder; `None` where it would leave it.
fn inside(name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for step in name.split('/') {
        match step {
            "" | "." => {}
            ".." => return None,
            step if step.contains(':') || step.chars().any(char::is_control) => return None,
            step => path.push(step),
        }
    }
    (path.components().count() > 0).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_member_leaves_the_folder() {
        assert_eq!(inside("甲局/自评表.docx"), Some(PathBuf::from("甲局/自评表.docx")));
        assert_eq!(inside("/甲局.docx"), Some(PathBuf::from("甲局.docx")));
        assert_eq!(inside("../甲局.docx"), None);
        assert_eq!(inside("C:/甲局.docx"), None);
        assert_eq!(inside(""), None);
    }
}
