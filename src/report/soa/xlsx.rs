//! Statements as a workbook: of each a title page with the marks, and a table of its controls.
//!
//! Text is written as text, never as a formula. The same statements give the same bytes.

use super::cells::{COLUMNS, Shown, marks, summary, title_page};
use crate::locale::{Locale, Words, msg};
use crate::report::xlsx::{day, fitting};
use crate::safe::safe;
use crate::soa::Statement;
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

/// The paper size A4.
const A4: u8 = 9;

/// The most characters of the name of a sheet.
const SHEET_NAME: usize = 31;

/// The widths of the columns in characters.
const WIDTHS: [u8; 11] = [10, 32, 11, 44, 20, 20, 54, 54, 20, 26, 44];

/// The width of the second column of the title page.
const VALUE_WIDTH: u8 = 90;

/// The height of a line in points, and the most that a row can have.
const LINE_HEIGHT: usize = 15;
const MOST_HEIGHT: usize = 409;

/// How many lines a text takes in a column; not every program works that out when it opens a workbook.
fn lines(text: &str, width: u8) -> usize {
    text.split('\n').map(|line| line.width().div_ceil(usize::from(width.max(1))).max(1)).sum()
}

fn height(lines: usize) -> u16 {
    u16::try_from(lines.saturating_mul(LINE_HEIGHT).min(MOST_HEIGHT)).unwrap_or(u16::MAX)
}

/// Statements as the bytes of an XLSX file.
///
/// # Errors
/// More rows than a sheet can have.
pub fn statements_xlsx(statements: &[Statement], locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let words = Words::of(locale);
    let mut book = Workbook::new();
    if let Some(first) = statements.first() {
        let title = format!("{}: {}", words.text(msg::SOA_TITLE), first.organization);
        let title: String = safe(&title).chars().take(255).collect();
        book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day(Some(first.as_of))?));
    }
    for (number, statement) in (1..).zip(statements) {
        let numbered = |name: &str| -> String {
            let name = if statements.len() == 1 { name.to_owned() } else { format!("{number} {name}") };
            name.chars().take(SHEET_NAME).collect()
        };
        let page = book.add_worksheet().set_name(numbered(&words.text(msg::SOA_TITLE)))?;
        fill_page(page, words, statement)?;
        let controls = book.add_worksheet().set_name(numbered(&words.text(msg::SOA_CONTROLS)))?;
        fill_controls(controls, words, statement)?;
    }
    book.save_to_buffer()
}

fn fill_page(sheet: &mut Worksheet, words: &'static Words, statement: &Statement) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16);
    let name = Format::new().set_bold().set_align(FormatAlign::Top);
    let value = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let plain = Format::new().set_align(FormatAlign::Top);
    let count = Format::new().set_align(FormatAlign::Left);
    sheet.set_column_width(0, 28)?.set_column_width(1, VALUE_WIDTH)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, words.text(msg::SOA_TITLE), &title)?;
    let mut row = 2;
    for (key, text) in title_page(words, statement) {
        sheet.set_row_height(row, height(lines(&text, VALUE_WIDTH)))?;
        sheet.write_string_with_format(row, 0, fitting(&key), &name)?;
        sheet.write_string_with_format(row, 1, fitting(&text), &value)?;
        row += 1;
    }
    row += 1;
    for (key, number) in summary(words, &statement.summary) {
        sheet.write_string_with_format(row, 0, fitting(&key), &name)?;
        sheet.write_number_with_format(row, 1, u32::try_from(number).unwrap_or(u32::MAX), &count)?;
        row += 1;
    }
    row += 1;
    for group in marks(words, statement) {
        sheet.write_string_with_format(row, 0, fitting(&group.heading), &name)?;
        row += 1;
        for (control, about) in group.on {
            sheet.set_row_height(row, height(lines(&about, VALUE_WIDTH)))?;
            sheet.write_string_with_format(row, 0, fitting(&control), &plain)?;
            sheet.write_string_with_format(row, 1, fitting(&about), &value)?;
            row += 1;
        }
    }
    Ok(())
}

/// A table with a header that stays in sight and on every page, and filters.
fn fill_controls(sheet: &mut Worksheet, words: &'static Words, statement: &Statement) -> Result<(), XlsxError> {
    let look = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (number, row) in (1..).zip(&statement.rows) {
        let cells = Shown::new(words, row).cells();
        let tallest = cells.iter().zip(WIDTHS).map(|(cell, width)| lines(cell, width)).max();
        sheet.set_row_height(number, height(tallest.unwrap_or(1)))?;
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(number, column, fitting(&cell), &look)?;
        }
    }
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let rows = u32::try_from(statement.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let headers = COLUMNS.map(|id| TableColumn::new().set_header(words.text(id)));
    let last = u16::try_from(COLUMNS.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
    let table = Table::new().set_columns(&headers).set_style(TableStyle::Light1);
    sheet.add_table(0, 0, rows.max(1), last, &table)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_header("&L&A&R&P / &N");
    Ok(())
}
