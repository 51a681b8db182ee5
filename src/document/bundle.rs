//! 打包的文件 (bundle): a .zip of files that was handed in, member by member, within bounds.

use std::io::{Read, Seek};

use encoding_rs::GBK;
use zip::ZipArchive;

/// Most members of all archives of a run, most bytes of all of them and of one.
const MOST_MEMBERS: usize = 20_000;
const MOST_BYTES: u64 = 2 << 30;
const MOST_OF_ONE: u64 = 256 << 20;

/// How many times its packed size a member may unpack to, where it is larger than 16 MB.
const MOST_RATIO: u64 = 250;
const UNQUESTIONED: u64 = 16 << 20;

/// 打包的文件: a member by the name it has in the archive, with its bytes or the reason why it was not unpacked.
#[derive(Debug)]
pub struct Member {
    /// With forward slashes; GBK where it is no UTF-8, as Windows writes it.
    pub name: String,
    pub content: Result<Vec<u8>, &'static str>,
}

/// 解压限额: what the archives of one run may still unpack to, those within others included.
#[derive(Debug)]
pub struct Allowance {
    members: usize,
    bytes: u64,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance { members: MOST_MEMBERS, bytes: MOST_BYTES }
    }
}

impl Allowance {
    /// Hands over the files of an archive one after the other; folders are left out.
    ///
    /// # Errors
    /// Where the archive cannot be opened or the members are too many, in Chinese.
    pub fn unpack(&mut self, archive: impl Read + Seek, mut take: impl FnMut(Member)) -> Result<(), &'static str> {
        let mut archive = ZipArchive::new(archive).map_err(|_| "压缩包打不开，可能已损坏；请重新打包")?;
        self.members =
            self.members.checked_sub(archive.len()).ok_or("压缩包里的文件太多（上限 20000 个）；请分批打包")?;
        for index in 0..archive.len() {
            let raw = archive.by_index_raw(index).ok().map(|member| decoded(member.name_raw()));
            let name = raw.unwrap_or_else(|| format!("第{}个文件", index + 1));
            match archive.by_index(index) {
                Err(_) => take(Member { name, content: Err("加密或损坏，无法解压") }),
                Ok(member) if member.is_dir() => {}
                Ok(member) => {
                    let ratio = member.compressed_size().saturating_mul(MOST_RATIO).max(UNQUESTIONED);
                    let content = self.content(member, ratio.min(MOST_OF_ONE));
                    take(Member { name, content });
                }
            }
        }
        Ok(())
    }

    fn content(&mut self, member: impl Read, most: u64) -> Result<Vec<u8>, &'static str> {
        let allowed = self.bytes.min(most);
        let mut bytes = Vec::new();
        member.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| "加密或损坏，无法解压")?;
        let length = bytes.len() as u64;
        self.bytes = self.bytes.saturating_sub(length);
        if length > allowed { Err("解压后过大") } else { Ok(bytes) }
    }
}

fn decoded(raw: &[u8]) -> String {
    let name = std::str::from_utf8(raw).map_or_else(|_| GBK.decode(raw).0.into_owned(), str::to_owned);
    name.replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(members: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap()
    }

    #[test]
    fn names_as_windows_writes_them_are_read() {
        assert_eq!(decoded(&GBK.encode("甲局\\表.docx").0), "甲局/表.docx");
    }

    #[test]
    fn what_archives_unpack_to_is_bounded_over_all_of_them() {
        let mut allowance = Allowance { members: 3, bytes: 10 };
        let mut read = Vec::new();
        let mut unpack = |members: &[(&str, &[u8])]| {
            allowance.unpack(archive(members), |member| read.push((member.name, member.content.is_ok())))
        };
        unpack(&[("甲.txt", b"12345678"), ("乙.txt", b"123")]).unwrap();
        assert!(unpack(&[("丙.txt", b"1"), ("丁.txt", b"1")]).unwrap_err().contains("太多"));
        assert_eq!(read, [("甲.txt".to_owned(), true), ("乙.txt".to_owned(), false)]);
    }
}
