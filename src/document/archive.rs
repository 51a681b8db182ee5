//! 压缩包 (archive): the members of a zip file, unpacked within the limits.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::megabytes;
use super::{Limits, ReadError};

/// 压缩包: a zip file in memory (docx, xlsx, odt, ods).
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    format: &'static str,
    limits: &'a Limits,
}

impl<'a> Archive<'a> {
    /// Opens the archive; `format` names the kind of file in errors.
    pub fn open(bytes: &'a [u8], format: &'static str, limits: &'a Limits) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| explain(format, &error))?;
        let names = zip.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        Ok(Archive { zip, names, format, limits })
    }

    /// The names of all members, as written in the archive.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The first member whose name (with forward slashes) fulfils a condition.
    pub fn find(&self, condition: impl Fn(&str) -> bool) -> Option<&str> {
        self.names.iter().find(|name| condition(&name.replace('\\', "/"))).map(String::as_str)
    }

    /// The unpacked bytes of a member.
    pub fn member(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let mut unpacked = Vec::new();
        self.unpack(name, self.limits.unpacked_bytes, &mut unpacked)?;
        Ok(unpacked)
    }

    /// Unpacks every member that a condition selects into nothing, to learn that they stay within the limits together.
    pub fn check_members(&mut self, condition: impl Fn(&str) -> bool) -> Result<(), ReadError> {
        let mut left = self.limits.unpacked_bytes;
        let selected: Vec<String> = self.names.iter().filter(|name| condition(name)).cloned().collect();
        for name in selected {
            left = left.saturating_sub(self.unpack(&name, left, &mut io::sink())?);
        }
        Ok(())
    }

    fn unpack(&mut self, name: &str, allowed: u64, into: &mut impl io::Write) -> Result<u64, ReadError> {
        let (format, limits) = (self.format, self.limits);
        let member = self.zip.by_name(name).map_err(|error| explain(format, &error))?;
        if member.encrypted() {
            return Err(ReadError::Encrypted { format });
        }
        let ratio_bytes = member.compressed_size().saturating_mul(limits.unpacked_ratio).max(limits.unquestioned_bytes);
        let ceiling = allowed.min(ratio_bytes);
        let unpacked = io::copy(&mut member.take(ceiling.saturating_add(1)), into)
            .map_err(|_| ReadError::damaged(format, format!("“{name}”解压不完整")))?;
        if unpacked <= ceiling {
            return Ok(unpacked);
        }
        if ceiling == ratio_bytes {
            return Err(ReadError::Bomb { member: name.to_owned(), ratio: limits.unpacked_ratio });
        }
        let limit = megabytes(limits.unpacked_bytes);
        Err(ReadError::too_large("解压后的内容", format!("“{name}”处已超过{limit}"), limit))
    }
}

fn explain(format: &'static str, error: &ZipError) -> ReadError {
    match error {
        ZipError::InvalidPassword => ReadError::Encrypted { format },
        ZipError::UnsupportedArchive(what) if what.contains("assword") => ReadError::Encrypted { format },
        ZipError::InvalidArchive(_) => ReadError::damaged(format, "压缩包目录缺失，文件尾部可能被截断"),
        ZipError::FileNotFound => ReadError::damaged(format, "缺少必需的部件"),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ReadError::damaged(format, "压缩方式不受支持")
        }
        _ => ReadError::damaged(format, "压缩包无法打开"),
    }
}
