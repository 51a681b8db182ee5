//! 限额 (limits): how much of a file is read at most, so that a hostile one costs bounded memory and time.

use std::time::Duration;

use super::ReadError;

/// 限额: what a reader may use up before it gives a clear error instead.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of a web page, which takes many times its size while it is read.
    pub markup_bytes: u64,
    /// Bytes of everything unpacked from a compressed file.
    pub unpacked_bytes: u64,
    /// How many times its packed size a member may unpack to.
    pub unpacked_ratio: u64,
    /// Bytes of a member below which its ratio is not questioned.
    pub unquestioned_bytes: u64,
    /// Grid positions of all tables of a document together, merged and empty ones included.
    pub cells: usize,
    /// Columns of one table.
    pub columns: usize,
    /// Rows of one table.
    pub rows: usize,
    /// Characters of one cell or paragraph.
    pub cell_chars: usize,
    /// Bytes of the texts of all cells together: a short file can repeat a long text many times.
    pub text_bytes: usize,
    /// Elements nested in each other.
    pub nesting: usize,
    /// Time for one file.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_bytes: 256 << 20,
            markup_bytes: 32 << 20,
            unpacked_bytes: 512 << 20,
            unpacked_ratio: 250,
            unquestioned_bytes: 16 << 20,
            cells: 2_000_000,
            columns: 2_048,
            rows: 200_000,
            cell_chars: 1 << 20,
            text_bytes: 256 << 20,
            nesting: 256,
            time: Duration::from_secs(120),
        }
    }
}

impl Limits {
    /// Refuses a file that is too large to be read.
    pub fn check_file(&self, bytes: u64) -> Result<(), ReadError> {
        if bytes <= self.file_bytes {
            return Ok(());
        }
        Err(ReadError::too_large("文件", megabytes(bytes), megabytes(self.file_bytes)))
    }

    /// Refuses a table that is too wide or too long.
    pub fn check_table(&self, rows: usize, columns: usize) -> Result<(), ReadError> {
        if columns > self.columns {
            return Err(ReadError::too_large("表格列数", columns, self.columns));
        }
        if rows > self.rows {
            return Err(ReadError::too_large("表格行数", rows, self.rows));
        }
        Ok(())
    }

    /// Refuses a text that is too long for a cell or paragraph.
    pub fn check_text(&self, text: &str) -> Result<(), ReadError> {
        // Counting characters costs time; a text with fewer bytes than the limit cannot have more characters.
        if text.len() <= self.cell_chars {
            return Ok(());
        }
        let chars = text.chars().count();
        if chars <= self.cell_chars {
            return Ok(());
        }
        Err(ReadError::too_large("单元格或段落字数", chars, self.cell_chars))
    }
}

/// 余量: what is left of the limits for all tables of a document together.
pub(super) struct Budget<'a> {
    pub limits: &'a Limits,
    cells: usize,
    text_bytes: usize,
}

impl<'a> Budget<'a> {
    /// All that the limits allow.
    pub fn new(limits: &'a Limits) -> Self {
        Budget { limits, cells: limits.cells, text_bytes: limits.text_bytes }
    }

    /// Takes the positions of a table; refuses one that is too wide, too long, or one too many.
    pub fn take_table(&mut self, rows: usize, columns: usize) -> Result<(), ReadError> {
        self.limits.check_table(rows, columns)?;
        self.take_cells(rows.saturating_mul(columns))
    }

    /// Takes grid positions.
    pub fn take_cells(&mut self, cells: usize) -> Result<(), ReadError> {
        let limit = self.limits.cells;
        self.cells = self
            .cells
            .checked_sub(cells)
            .ok_or_else(|| ReadError::too_large("单元格数", format!("超过{limit}个"), format!("{limit}个")))?;
        Ok(())
    }

    /// Takes the text of a cell or paragraph.
    pub fn take_text(&mut self, text: &str) -> Result<(), ReadError> {
        self.limits.check_text(text)?;
        let limit = megabytes(self.limits.text_bytes as u64);
        self.text_bytes = self
            .text_bytes
            .checked_sub(text.len())
            .ok_or_else(|| ReadError::too_large("文字总量", format!("超过{limit}"), limit))?;
        Ok(())
    }
}

/// A size as a person reads it.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{}MB", bytes.div_ceil(1 << 20))
}
