//! 工作簿 (xlsx): pages as sheets ready to be printed.
//!
//! Every text is written as a text, so that `=100%` can never become a formula; only weights are numbers, and their sums
//! are live formulas.

use std::collections::HashSet;
use std::io::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Note, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::{Cell, Mark, Page, Role};
use crate::template::WriteError;

/// The number of A4 among the paper sizes of the format.
const PAPER_A4: u8 = 9;

/// Height of one line of text, in points.
const LINE: f64 = 18.0;

/// Tallest row that a spreadsheet program allows, in points.
const TALLEST: f64 = 400.0;

/// Longest name of a sheet, in characters.
const LONGEST_NAME: usize = 31;

/// Longest list that a data validation takes, in characters.
const LONGEST_LIST: usize = 255;

/// Rows above the table: the caption and the year.
const CAPTION_ROWS: u32 = 2;

/// Tables of no more rows are printed on one page.
const ROWS_ON_A_PAGE: usize = 26;

const BODY: &str = "仿宋";
const HEAD: &str = "宋体";

/// Writes pages as a workbook, one sheet each; `names` are the sheets' names, `rules` the choices for the rule column.
pub(in crate::template) fn write(
    pages: &[(String, Page)],
    rules: &[String],
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut workbook = Workbook::new();
    // A fixed date of creation: the same input gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut taken = HashSet::from([NOTES.to_owned(), SUMS.to_owned()]);
    let mut sheets = Vec::new();
    for (number, (name, page)) in pages.iter().enumerate() {
        let name = sheet_name(number + 1, name, &mut taken);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        write_page(page, rules, sheet)?;
        sheets.push(name);
    }
    if pages.iter().any(|(_, page)| !page.sums.is_empty()) {
        write_sums(&sheets, pages, workbook.add_worksheet())?;
    }
    if pages.iter().any(|(_, page)| !page.lines.is_empty()) {
        write_lines(&sheets, pages, workbook.add_worksheet())?;
    }
    out.write_all(&workbook.save_to_buffer()?)?;
    Ok(())
}

/// A name that no other sheet has, without the characters that names may not have.
fn sheet_name(number: usize, name: &str, taken: &mut HashSet<String>) -> String {
    let usable = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let whole: String = format!("表{number} {}", name.chars().filter(usable).collect::<String>());
    let short: String = whole.chars().take(LONGEST_NAME).collect();
    let name = short.trim_end().to_owned();
    if taken.insert(name.clone()) { name } else { format!("表{number}") }
}

fn write_page(page: &Page, rules: &[String], sheet: &mut Worksheet) -> Result<(), WriteError> {
    let last_column = u16::try_from(page.widths.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for (column, width) in (0u16..).zip(&page.widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    let title = Format::new().set_font_name(HEAD).set_font_size(18).set_bold().set_align(FormatAlign::Center);
    let year = Format::new().set_font_name(BODY).set_font_size(12).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last_column, &page.title, &title)?;
    let caption = page.year.map(|year| format!("（{year}年）")).unwrap_or_default();
    sheet.merge_range(1, 0, 1, last_column, &caption, &year)?;
    sheet.set_row_height(0, 30.0)?;
    for (index, row) in (0u32..).zip(&page.rows) {
        let at = index + CAPTION_ROWS;
        sheet.set_row_height(at, row_height(row, &page.widths))?;
        for cell in row {
            write_cell(cell, at, sheet)?;
        }
    }
    validations(page, rules, sheet)?;
    print_setup(page, last_column, sheet)?;
    Ok(())
}

fn write_cell(cell: &Cell, row: u32, sheet: &mut Worksheet) -> Result<(), WriteError> {
    let format = format(cell);
    let column = u16::try_from(cell.column).unwrap_or(u16::MAX);
    let last_column = column.saturating_add(u16::try_from(cell.columns - 1).unwrap_or(0));
    let last_row = row.saturating_add(u32::try_from(cell.rows - 1).unwrap_or(0));
    if last_column > column || last_row > row {
        sheet.merge_range(row, column, last_row, last_column, "", &format)?;
    }
    match cell.text.parse::<Decimal>().ok().filter(|_| cell.role == Role::Weight).and_then(|number| number.to_f64()) {
        Some(number) => sheet.write_number_with_format(row, column, number, &format)?,
        None => sheet.write_string_with_format(row, column, &cell.text, &format)?,
    };
    if !cell.notes.is_empty() {
        sheet.insert_note(row, column, &note(&cell.notes))?;
    }
    Ok(())
}

/// The reasons as a comment, large enough to be read without scrolling.
fn note(lines: &[String]) -> Note {
    let height: usize = lines.iter().map(|line| line.width() / 46 + 1).sum();
    let height = u32::try_from(height).unwrap_or(u32::MAX).saturating_mul(18).saturating_add(12).min(600);
    let text = lines.join("\n");
    Note::new(text).set_author("jixiao").add_author_prefix(false).set_width(340).set_height(height).set_font_name(HEAD)
}

fn format(cell: &Cell) -> Format {
    let base = Format::new().set_font_size(10.5).set_border(FormatBorder::Thin).set_text_wrap();
    let base = base.set_align(FormatAlign::VerticalCenter);
    let base = match cell.role {
        Role::Heading => base.set_font_name(HEAD).set_bold().set_align(FormatAlign::Center),
        Role::Label => base.set_font_name(HEAD).set_align(FormatAlign::Center),
        Role::Prose => base.set_font_name(BODY).set_align(FormatAlign::Left),
        _ => base.set_font_name(BODY).set_align(FormatAlign::Center),
    };
    match cell.mark {
        Mark::None => base,
        Mark::Confirm => base.set_background_color(Color::RGB(0x00FC_E4D6)),
        Mark::Fill => base.set_background_color(Color::RGB(0x00FF_C7CE)),
        Mark::Filled => base.set_background_color(Color::RGB(0x00FF_FF00)),
    }
}

/// The height that the longest text of a row needs; cells that run over several rows do not count.
fn row_height(row: &[Cell], widths: &[u16]) -> f64 {
    let lines = |cell: &Cell| {
        let room: usize = widths.iter().skip(cell.column).take(cell.columns).map(|width| usize::from(*width)).sum();
        let lines = cell.text.lines().map(|line| line.width() / room.saturating_sub(1).max(1) + 1).sum::<usize>();
        if cell.rows > 1 { 1 } else { lines.max(1) }
    };
    let most = row.iter().map(lines).max().unwrap_or(1);
    (most as f64 * LINE + 6.0).min(TALLEST)
}

/// Rule names to choose from, and a warning where a number has no comparator.
fn validations(page: &Page, rules: &[String], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let first = u32::try_from(page.heading + 1).unwrap_or(u32::MAX).saturating_add(CAPTION_ROWS);
    let last = u32::try_from(page.rows.len()).unwrap_or(u32::MAX).saturating_add(CAPTION_ROWS - 1);
    let body = page.rows.get(page.heading + 1..).unwrap_or_default();
    let column = |role: Role| {
        body.iter().flatten().find(|cell| cell.role == role).and_then(|cell| u16::try_from(cell.column).ok())
    };
    let listed: usize = rules.iter().map(|rule| rule.chars().count() + 1).sum();
    if let Some(column) = column(Role::Rule).filter(|_| !rules.is_empty() && listed <= LONGEST_LIST) {
        let choices = DataValidation::new()
            .allow_list_strings(rules)?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("赋分规则")?
            .set_error_message("这不是规则集中的赋分规则，请从下拉列表中选择")?;
        sheet.add_data_validation(first, column, last, column, &choices)?;
    }
    if let Some(column) = column(Role::Target) {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(first, column);
        let formula = format!(
            "=OR(ISNUMBER(FIND(LEFT({cell},1),\"≥≤=><\")),ISNUMBER(FIND(\"年\",{cell})),ISNUMBER(FIND(\"月\",{cell})),ISERROR(VALUE(LEFT({cell},1))))"
        );
        let comparator = DataValidation::new()
            .allow_custom(Formula::new(formula))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("指标值")?
            .set_error_message("数值前请写比较符号：≥、≤ 或 =，例如 ≥95%")?;
        sheet.add_data_validation(first, column, last, column, &comparator)?;
    }
    Ok(())
}

fn print_setup(page: &Page, last_column: u16, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let last_row = u32::try_from(page.rows.len()).unwrap_or(u32::MAX).saturating_add(CAPTION_ROWS - 1);
    let tall = if page.rows.len() <= ROWS_ON_A_PAGE { 1 } else { 0 };
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, tall).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_area(0, 0, last_row, last_column)?;
    Ok(())
}

/// The sheet with the sums of the weights.
const SUMS: &str = "权重核对";

/// Width of its only column, in Latin characters.
const NOTES_WIDTH: usize = 110;

/// The sheet with the list of what is left to do.
const NOTES: &str = "填写说明";

/// Sums of the weights as formulas over the tables, with what they should be.
fn write_sums(sheets: &[String], pages: &[(String, Page)], sheet: &mut Worksheet) -> Result<(), WriteError> {
    sheet.set_name(SUMS)?;
    let head =
        Format::new().set_font_name(HEAD).set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let body = Format::new().set_font_name(BODY).set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let name = body.clone().set_align(FormatAlign::Left);
    sheet.set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (column, (text, width)) in
        (0u16..).zip([("工作表", 64.0), ("类别", 20.0), ("相加结果", 14.0), ("应有分数", 14.0), ("核对", 10.0)])
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &head)?;
    }
    let mut row = 1u32;
    for (title, (_, page)) in sheets.iter().zip(pages) {
        for sum in &page.sums {
            let cells: Vec<String> = sum.rows.iter().map(|at| cell_name(title, *at, sum.column)).collect();
            sheet.write_string_with_format(row, 0, title, &name)?;
            sheet.write_string_with_format(row, 1, &sum.level, &body)?;
            sheet.write_formula_with_format(
                row,
                2,
                Formula::new(format!("=SUM({})", cells.join(","))).set_result(&sum.wanted),
                &body,
            )?;
            let wanted = sum.wanted.parse::<Decimal>().ok().and_then(|number| number.to_f64()).unwrap_or_default();
            sheet.write_number_with_format(row, 3, wanted, &body)?;
            let at = row + 1;
            let check = Formula::new(format!("=IF(C{at}=D{at},\"相符\",\"不符\")")).set_result("相符");
            sheet.write_formula_with_format(row, 4, check, &body)?;
            row += 1;
        }
    }
    Ok(())
}

fn cell_name(sheet: &str, row: usize, column: usize) -> String {
    let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(CAPTION_ROWS);
    let cell = rust_xlsxwriter::utility::row_col_to_cell(row, u16::try_from(column).unwrap_or(u16::MAX));
    format!("'{sheet}'!{cell}")
}

/// Notes and open items, one line each.
fn write_lines(sheets: &[String], pages: &[(String, Page)], sheet: &mut Worksheet) -> Result<(), WriteError> {
    sheet.set_name(NOTES)?;
    sheet.set_column_width(0, NOTES_WIDTH as f64)?;
    let head = Format::new().set_font_name(HEAD).set_bold();
    let body = Format::new().set_font_name(BODY).set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 0u32;
    for (name, (_, page)) in sheets.iter().zip(pages).filter(|(_, (_, page))| !page.lines.is_empty()) {
        sheet.write_string_with_format(row, 0, format!("工作表“{name}”"), &head)?;
        for line in &page.lines {
            row += 1;
            let lines = line.width() / (NOTES_WIDTH - 4) + 1;
            sheet.set_row_height(row, (lines as f64 * LINE).min(TALLEST))?;
            sheet.write_string_with_format(row, 0, line, &body)?;
        }
        row += 2;
    }
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
