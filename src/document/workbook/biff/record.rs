//! Records: type, length and data; long data goes on in records that continue it.

/// The type of a record that continues the one before it.
const CONTINUE: u16 = 0x003c;

/// 记录: a record, with the data of the records that continue it.
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    pub continued: Vec<&'a [u8]>,
}

/// The records from an offset to the end of the stream, or as far as they are whole.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    offset: usize,
}

impl<'a> Records<'a> {
    /// Begins at an offset of the stream.
    pub fn new(stream: &'a [u8], offset: usize) -> Self {
        Records { stream, offset }
    }

    /// Whether everything was read, with no broken record left over.
    pub fn is_at_end(&self) -> bool {
        self.offset >= self.stream.len()
    }

    fn single(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = word(self.stream, self.offset)?;
        let length = usize::from(word(self.stream, self.offset.checked_add(2)?)?);
        let start = self.offset.checked_add(4)?;
        let end = start.checked_add(length)?;
        let data = self.stream.get(start..end)?;
        self.offset = end;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.single()?;
        let mut continued = Vec::new();
        while word(self.stream, self.offset) == Some(CONTINUE) {
            continued.push(self.single()?.1);
        }
        Some(Record { kind, data, continued })
    }
}

/// A byte.
pub(super) fn byte(data: &[u8], offset: usize) -> Option<u8> {
    data.get(offset).copied()
}

/// A 16-bit little-endian number.
pub(super) fn word(data: &[u8], offset: usize) -> Option<u16> {
    let pair = data.get(offset..offset.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// A 32-bit little-endian number.
pub(super) fn double_word(data: &[u8], offset: usize) -> Option<u32> {
    let four = data.get(offset..offset.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// A 64-bit floating point number.
pub(super) fn number(data: &[u8], offset: usize) -> Option<f64> {
    let eight = data.get(offset..offset.checked_add(8)?)?;
    Some(f64::from_le_bytes(eight.try_into().ok()?))
}
