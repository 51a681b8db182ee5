//! 解压 (unpack): a .zip handed in by a unit as a folder of its own, within bounds.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs::GBK;
use tempfile::TempDir;
use zip::ZipArchive;

/// Most members of an archive, and most bytes of all and of one.
const MOST_MEMBERS: usize = 20_000;
const MOST_BYTES: u64 = 2 << 30;
const MOST_OF_ONE: u64 = 256 << 20;

/// How many times its packed size a member may unpack to, where it is larger than 16 MB.
const MOST_RATIO: u64 = 250;
const UNQUESTIONED: u64 = 16 << 20;

/// What was unpacked, and the members that were refused with the reason.
pub(super) struct Unpacked {
    pub folder: TempDir,
    pub refused: Vec<(String, &'static str)>,
}

/// Unpacks an archive; also what of it was refused, with the reason.
///
/// The names of the members are those of the archive (GBK where they are no UTF-8, as Windows writes them); none leaves the
/// folder.
pub(super) fn unpack(path: &Path) -> Result<Unpacked, &'static str> {
    let broken = "压缩包打不开，可能已损坏；请重新打包";
    let file = File::open(path).map_err(|_| "文件打不开；请核对读取权限")?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| broken)?;
    if archive.len() > MOST_MEMBERS {
        return Err("压缩包里的文件太多（上限 20000 个）；请分批打包");
    }
    let folder =
        tempfile::Builder::new().prefix("jixiao-zip-").tempdir().map_err(|_| "没有地方解压；请检查临时文件夹")?;
    let mut refused = Vec::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let Ok(mut member) = archive.by_index(index) else {
            refused.push((format!("第{}个文件", index + 1), "加密或损坏，无法解压"));
            continue;
        };
        let name = decoded(member.name_raw());
        if member.is_dir() {
            continue;
        }
        let Some(inside) = inside(&name) else {
            refused.push((name, "文件名指向压缩包之外，没有解压"));
            continue;
        };
        let allowed = left.min(MOST_OF_ONE).min(member.compressed_size().saturating_mul(MOST_RATIO).max(UNQUESTIONED));
        let target = folder.path().join(inside);
        match write(&mut member, &target, allowed) {
            Ok(written) => left = left.saturating_sub(written),
            Err(why) => refused.push((name, why)),
        }
    }
    Ok(Unpacked { folder, refused })
}

fn write(member: &mut impl Read, target: &Path, allowed: u64) -> Result<u64, &'static str> {
    let failed = |_| "无法解压，可能已损坏或磁盘空间不足";
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::options().write(true).create_new(true).open(target).map_err(|_| "压缩包里有同名的文件")?;
    let written = io::copy(&mut member.take(allowed.saturating_add(1)), &mut file).map_err(failed)?;
    if written > allowed {
        drop(file);
        let _ = std::fs::remove_file(target);
        return Err("解压后过大");
    }
    Ok(written)
}

fn decoded(raw: &[u8]) -> String {
    let name = std::str::from_utf8(raw).map_or_else(|_| GBK.decode(raw).0.into_owned(), str::to_owned);
    name.replace('\\', "/")
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

    #[test]
    fn names_as_windows_writes_them_are_read() {
        assert_eq!(decoded(&GBK.encode("甲局\\表.docx").0), "甲局/表.docx");
    }
}
