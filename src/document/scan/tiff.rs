//! 多页图片 (tiff): the pages of a TIFF, each as a file of its own.
//!
//! A TIFF is a chain of directories, one a page; the decoder reads the first alone. The header says where that one lies,
//! so a copy whose header points to another directory is a file whose first page is that one.

use std::borrow::Cow;

use super::picture::MOST_PAGES;
use crate::document::ReadError;

/// The pages of a picture; anything but a TIFF has one.
pub(super) struct Pages<'b> {
    bytes: &'b [u8],
    /// Where the directories lie; empty for other files.
    directories: std::vec::IntoIter<u64>,
    header: Option<Header>,
    done: bool,
}

/// How a TIFF writes its numbers.
#[derive(Debug, Clone, Copy)]
struct Header {
    big_endian: bool,
    /// BigTIFF: offsets of eight bytes.
    is_big: bool,
}

/// The tag that says what a directory holds; its lowest bit marks a small copy of another page.
const SUBFILE: u64 = 254;

impl<'b> Pages<'b> {
    /// # Errors
    /// [`ReadError`] where a TIFF has too many pages or its chain of directories is broken.
    pub fn of(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let header = Header::of(bytes);
        let directories = match header {
            Some(header) => header.directories(bytes)?,
            None => Vec::new(),
        };
        Ok(Pages { bytes, directories: directories.into_iter(), header, done: false })
    }
}

impl<'b> Iterator for Pages<'b> {
    type Item = Result<Cow<'b, [u8]>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(header) = self.header else {
            return (!std::mem::replace(&mut self.done, true)).then_some(Ok(Cow::Borrowed(self.bytes)));
        };
        let directory = self.directories.next()?;
        let mut copy = self.bytes.to_vec();
        let (at, size) = header.first();
        let number = directory.to_be_bytes();
        let mut number = number.get(8 - size..)?.to_vec();
        if !header.big_endian {
            number.reverse();
        }
        copy.get_mut(at..at + size)?.copy_from_slice(&number);
        Some(Ok(Cow::Owned(copy)))
    }
}

impl Header {
    fn of(bytes: &[u8]) -> Option<Header> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Header { big_endian: false, is_big: false }),
            b"MM\0*" => Some(Header { big_endian: true, is_big: false }),
            b"II+\0" => Some(Header { big_endian: false, is_big: true }),
            b"MM\0+" => Some(Header { big_endian: true, is_big: true }),
            _ => None,
        }
    }

    /// Where the header names the first directory, and in how many bytes.
    fn first(self) -> (usize, usize) {
        if self.is_big { (8, 8) } else { (4, 4) }
    }

    fn number(self, bytes: &[u8], at: u64, size: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let digits = bytes.get(at..at.checked_add(size)?)?;
        let sum = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        Some(if self.big_endian { digits.iter().fold(0, sum) } else { digits.iter().rev().fold(0, sum) })
    }

    /// The directories of all pages in their order; small copies of pages are left out.
    fn directories(self, bytes: &[u8]) -> Result<Vec<u64>, ReadError> {
        let broken = || ReadError::damaged("图片", "各页的目录不完整");
        let (place, size) = self.first();
        let mut next = self.number(bytes, place as u64, size).ok_or_else(broken)?;
        let mut found = Vec::new();
        let mut seen = 0;
        while next != 0 {
            seen += 1;
            if seen > MOST_PAGES {
                return Err(ReadError::too_large("图片页数", format!("超过{MOST_PAGES}页"), format!("{MOST_PAGES}页")));
            }
            let (is_copy, after) = self.directory(bytes, next).ok_or_else(broken)?;
            if !is_copy {
                found.push(next);
            }
            next = after;
        }
        if found.is_empty() { Err(broken()) } else { Ok(found) }
    }

    /// Whether a directory holds a small copy, and where the next one lies.
    fn directory(self, bytes: &[u8], at: u64) -> Option<(bool, u64)> {
        let (counter, entry, offset) = if self.is_big { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.number(bytes, at, counter)?;
        let first = at.checked_add(counter as u64)?;
        let last = first.checked_add(count.checked_mul(entry)?)?;
        let value_at = entry - offset as u64;
        let is_copy = (0..count.min(64)).any(|index| {
            let place = first + index * entry;
            let is_subfile = self.number(bytes, place, 2) == Some(SUBFILE);
            is_subfile && self.number(bytes, place + value_at, 4).is_some_and(|value| value & 1 == 1)
        });
        Some((is_copy, self.number(bytes, last, offset)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two directories without entries.
    fn chained() -> Vec<u8> {
        let mut bytes = b"II*\0".to_vec();
        for number in [8_u32, 0] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.truncate(8);
        bytes.extend([0, 0]);
        bytes.extend(14_u32.to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(0_u32.to_le_bytes());
        bytes
    }

    #[test]
    fn each_page_is_a_file_whose_header_points_to_it() {
        let bytes = chained();
        let pages: Vec<_> = Pages::of(&bytes).unwrap().map(|page| page.unwrap().into_owned()).collect();
        let first: Vec<u8> = pages.iter().map(|page| page[4]).collect();
        assert_eq!(first, [8, 14]);
    }

    #[test]
    fn a_chain_that_bites_its_tail_is_refused() {
        let mut bytes = chained();
        bytes[16] = 8;
        assert!(Pages::of(&bytes).is_err());
        assert!(Pages::of(b"II*\0\xff\xff\xff\x7f").is_err());
    }
}
