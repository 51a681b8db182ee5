//! Strings: one byte for each character or two, perhaps going on in the next record.

use super::record::{Record, word};

/// Flags of a string.
const WIDE: u8 = 0x01;
const EXTENDED: u8 = 0x04;
const RICH: u8 = 0x08;

/// A string that lies within one record: the flags, then the characters.
pub(super) fn plain(data: &[u8], offset: usize, length: usize) -> String {
    let Some((flags, characters)) = data.get(offset..).and_then(<[u8]>::split_first) else { return String::new() };
    let units: Vec<u16> = if flags & WIDE == 0 {
        characters.iter().take(length).map(|byte| u16::from(*byte)).collect()
    } else {
        (0..length).map_while(|index| word(characters, 2 * index)).collect()
    };
    String::from_utf16_lossy(&units)
}

/// The data of a record and of those that continue it, read from front to back.
pub(super) struct Parts<'a> {
    part: &'a [u8],
    rest: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// Begins at an offset of the record's data.
    pub fn new(record: &Record<'a>, offset: usize) -> Self {
        Parts { part: record.data.get(offset..).unwrap_or_default(), rest: record.continued.clone().into_iter() }
    }

    /// A string that may carry formats and phonetic marks, which are passed over.
    pub fn rich(&mut self) -> Option<String> {
        let length = usize::from(self.word()?);
        let flags = self.byte()?;
        let runs = if flags & RICH != 0 { usize::from(self.word()?) } else { 0 };
        let extension = if flags & EXTENDED != 0 { (self.word()? as usize) | (self.word()? as usize) << 16 } else { 0 };
        let text = self.characters(length, flags)?;
        self.pass(runs.checked_mul(4)?.checked_add(extension)?)?;
        Some(text)
    }

    /// A string without formats: a length, the flags, the characters.
    pub fn simple(&mut self) -> Option<String> {
        let length = usize::from(self.word()?);
        let flags = self.byte()?;
        self.characters(length, flags)
    }

    /// Where characters go on in the next record, that record begins with new flags.
    fn characters(&mut self, length: usize, mut flags: u8) -> Option<String> {
        let mut units = Vec::new();
        while units.len() < length {
            if self.part.is_empty() {
                self.part = self.rest.next()?;
                flags = self.byte()?;
                continue;
            }
            units.push(if flags & WIDE == 0 { u16::from(self.byte()?) } else { self.word()? });
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn byte(&mut self) -> Option<u8> {
        while self.part.is_empty() {
            self.part = self.rest.next()?;
        }
        let (first, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn pass(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.part.len() {
            bytes -= self.part.len();
            self.part = self.rest.next()?;
        }
        self.part = self.part.get(bytes..)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record_with_new_flags() {
        let first = [3, 0, 0, b'a', b'b'];
        let second = [1, 0xee, 0x76, 2, 0, 0, b'c', b'd'];
        let record = Record { kind: 0xfc, data: &first, continued: vec![&second] };
        let mut parts = Parts::new(&record, 0);
        assert_eq!(parts.rich().as_deref(), Some("ab目"));
        assert_eq!(parts.rich().as_deref(), Some("cd"));
        assert_eq!(parts.rich(), None);
    }

    #[test]
    fn formats_behind_a_string_are_passed_over() {
        let data = [1, 0, RICH, 1, 0, b'a', 9, 9, 9, 9, 1, 0, 0, b'b'];
        let record = Record { kind: 0xfc, data: &data, continued: Vec::new() };
        let mut parts = Parts::new(&record, 0);
        assert_eq!((parts.rich().as_deref(), parts.rich().as_deref()), (Some("a"), Some("b")));
    }
}
