//! 工作表 (sheet): cells, styles and row heights.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Note, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// Height of one line of text, in points.
const LINE: f64 = 16.5;

/// Tallest row that a spreadsheet program allows, in points.
const TALLEST: f64 = 400.0;

/// The number of A4 among the paper sizes of the format.
const PAPER_A4: u8 = 9;

/// The formats of every sheet.
pub struct Styles {
    pub title: Format,
    pub heading: Format,
    pub text: Format,
    pub figure: Format,
    pub wrong: Format,
    pub wrong_figure: Format,
    pub sum: Format,
    pub quiet: Format,
    pub label: Format,
}

impl Styles {
    /// The formats, made once for a workbook.
    pub fn new() -> Self {
        let bordered = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00BF_BFBF))
                .set_text_wrap()
                .set_align(FormatAlign::Top)
        };
        let wrong = Color::RGB(0x00FD_D9D5);
        let two_places = "0.00##";
        Styles {
            title: Format::new().set_bold().set_font_size(14),
            heading: bordered().set_bold().set_background_color(Color::RGB(0x00E8_EEF4)).set_align(FormatAlign::Center),
            text: bordered(),
            figure: bordered().set_num_format(two_places),
            wrong: bordered().set_background_color(wrong),
            wrong_figure: bordered().set_num_format(two_places).set_background_color(wrong),
            sum: bordered().set_bold().set_num_format(two_places).set_background_color(Color::RGB(0x00F2_F2F2)),
            quiet: bordered().set_font_color(Color::RGB(0x0080_8080)),
            label: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// What a cell holds.
pub enum Cell {
    /// A text as it is: never a formula, never a number.
    Text(String),
    /// A figure of our own, or a printed one that is a plain number.
    Number(Decimal),
    /// A live formula with the value it has now.
    Formula(String, Option<Decimal>),
    Blank,
}

impl Cell {
    /// A printed text, or nothing.
    pub fn printed(text: Option<&str>) -> Cell {
        text.map_or(Cell::Blank, |text| Cell::Text(text.to_owned()))
    }

    /// A printed figure as a number where it is one, so that sums work; else as text.
    pub fn printed_figure(text: Option<&str>, figure: Option<Decimal>) -> Cell {
        figure.map_or_else(|| Cell::printed(text), Cell::Number)
    }

    /// A number, or nothing.
    pub fn number(figure: Option<Decimal>) -> Cell {
        figure.map_or(Cell::Blank, Cell::Number)
    }

    fn shown(&self) -> &str {
        match self {
            Cell::Text(text) => text,
            _ => "",
        }
    }
}

/// A sheet whose columns have known widths, so that rows can be made high enough.
pub struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    widths: &'a [u16],
}

impl<'a> Sheet<'a> {
    /// Sets the widths of the columns and a landscape A4 page that is one page wide.
    pub fn new(sheet: &'a mut Worksheet, widths: &'a [u16]) -> Result<Self, XlsxError> {
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, f64::from(*width))?;
        }
        sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&C第 &P 页，共 &N 页");
        Ok(Sheet { sheet, widths })
    }

    /// Writes a row and makes it high enough for its longest text.
    pub fn row<'f>(&mut self, row: u32, cells: impl IntoIterator<Item = (Cell, &'f Format)>) -> Result<(), XlsxError> {
        let mut lines = 1;
        for (column, (cell, format)) in (0u16..).zip(cells) {
            lines = lines.max(self.lines(usize::from(column), cell.shown()));
            self.cell(row, column, &cell, format)?;
        }
        self.height(row, lines)
    }

    /// Writes a row of texts in one format.
    pub fn texts<S: Into<String>>(
        &mut self,
        row: u32,
        texts: impl IntoIterator<Item = S>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.row(row, texts.into_iter().map(|text| (Cell::Text(text.into()), format)))
    }

    /// Writes a paragraph over the whole width.
    pub fn paragraph(&mut self, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
        let last = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        let room = self.widths.iter().map(|width| usize::from(*width)).sum();
        if last == 0 {
            self.sheet.write_string_with_format(row, 0, text, format)?;
        } else {
            self.sheet.merge_range(row, 0, row, last, text, format)?;
        }
        self.height(row, lines(text, room))
    }

    /// Puts a comment on a cell.
    pub fn comment(&mut self, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        let width = 320;
        let height = u32::try_from(lines(text, 42)).unwrap_or(20).clamp(3, 30) * 18;
        let note = Note::new(text).set_author("jixiao").add_author_prefix(false).set_width(width).set_height(height);
        self.sheet.insert_note(row, column, &note)?;
        Ok(())
    }

    /// Freezes and repeats the heading, and filters the rows below it.
    pub fn table(&mut self, heading: u32, last: u32) -> Result<(), XlsxError> {
        let columns = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        self.sheet.set_freeze_panes(heading + 1, 0)?;
        self.sheet.set_repeat_rows(heading, heading)?;
        self.sheet.autofilter(heading, 0, last.max(heading), columns)?;
        Ok(())
    }

    /// The sheet itself, for charts.
    pub fn inner(&mut self) -> &mut Worksheet {
        self.sheet
    }

    fn cell(&mut self, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(text) => self.sheet.write_string_with_format(row, column, clipped(text), format)?,
            Cell::Number(value) => match value.to_f64() {
                Some(number) => self.sheet.write_number_with_format(row, column, number, format)?,
                None => self.sheet.write_string_with_format(row, column, value.to_string(), format)?,
            },
            Cell::Formula(formula, result) => {
                let result = result.map(|value| value.normalize().to_string()).unwrap_or_default();
                let formula = Formula::new(formula).set_result(result);
                self.sheet.write_formula_with_format(row, column, formula, format)?
            }
            Cell::Blank => self.sheet.write_blank(row, column, format)?,
        };
        Ok(())
    }

    fn lines(&self, column: usize, text: &str) -> usize {
        lines(text, self.widths.get(column).map_or(10, |width| usize::from(*width)))
    }

    fn height(&mut self, row: u32, lines: usize) -> Result<(), XlsxError> {
        let lines = u32::try_from(lines).unwrap_or(1);
        self.sheet.set_row_height(row, (f64::from(lines) * LINE + 2.0).min(TALLEST))?;
        Ok(())
    }
}

/// Lines that a text takes in a cell; Chinese glyphs are a little wider than two digits, so one column is kept free.
fn lines(text: &str, width: usize) -> usize {
    let room = width.saturating_sub(1).max(2);
    text.lines().map(|line| line.width().div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// Longest text of a cell, in characters.
const LONGEST_TEXT: usize = 32_000;

fn clipped(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
