//! A review as a workbook: a sheet for each table, to filter, to read and to fill in.
//!
//! Text is written as text, never as a formula, whatever it starts with. The same review gives the
//! same bytes.

use super::library::words;
use crate::browse::{Cell, Listing, Review, Verdict};
use crate::choice::Choice;
use crate::safe::safe;
use chrono::Datelike;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};

/// The most characters of a cell, as a spreadsheet counts them.
const CELL_LIMIT: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " [cut: longer than a cell can be]";
/// The longest address that is made a link.
const LINK_LENGTH: usize = 2_000;
/// The most links of a sheet.
const LINK_COUNT: usize = 65_000;

/// The name of the sheet with a row for each control and action.
const FIRST: &str = "Controls & actions";

/// A review as the bytes of an XLSX file.
///
/// # Errors
/// More rows than a sheet can have.
pub fn review_xlsx(review: &Review) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(review)?);
    let plain = || Format::new().set_align(FormatAlign::Top);
    let looks =
        Looks { plain: plain(), wrapped: plain().set_text_wrap(), link: plain().set_text_wrap().set_hyperlink() };
    let others = review.others.iter().map(|(name, listing)| (*name, listing));
    for (name, listing) in std::iter::once((FIRST, &review.rows)).chain(others) {
        fill(book.add_worksheet().set_name(name)?, listing, &looks)?;
    }
    book.save_to_buffer()
}

/// How cells look.
struct Looks {
    plain: Format,
    wrapped: Format,
    link: Format,
}

/// The title, and the day of the library in the place of the clock.
fn properties(review: &Review) -> Result<DocProperties, XlsxError> {
    let created = day(review.date)?;
    let title: String = safe(&format!("Review of {}", review.title)).chars().take(255).collect();
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&created))
}

/// A date as a workbook has it, which knows none before 1980.
pub(super) fn day(date: Option<chrono::NaiveDate>) -> Result<ExcelDateTime, XlsxError> {
    let day = |date: chrono::NaiveDate| {
        let (year, month, day) = (date.year(), date.month(), date.day());
        Some((u16::try_from(year).ok()?.clamp(1980, 9999), u8::try_from(month).ok()?, u8::try_from(day).ok()?))
    };
    let (year, month, day) = date.and_then(day).unwrap_or((1980, 1, 1));
    ExcelDateTime::from_ymd(year, month, day)
}

/// Writes one table: a header that stays in sight, filters, widths, and what a reviewer fills in.
fn fill(sheet: &mut Worksheet, listing: &Listing, looks: &Looks) -> Result<(), XlsxError> {
    let columns = listing.columns();
    let mut links = 0;
    for (number, row) in (1..).zip(listing.rows()) {
        for ((column, name), cell) in (0..).zip(columns).zip(row) {
            let look = if is_long(name) { &looks.wrapped } else { &looks.plain };
            if let Some(address) = link(cell).filter(|_| links < LINK_COUNT) {
                links += 1;
                sheet.write_url_with_format(number, column, Url::new(address), &looks.link)?;
            } else {
                write(sheet, (number, column), cell, look)?;
            }
        }
    }
    for (column, name) in (0..).zip(columns) {
        sheet.set_column_width(column, width(name))?;
    }
    // The control, or what else a row is about, stays in sight like the header.
    let names = columns.iter().take_while(|name| ["framework", "control", "control_title"].contains(name)).count();
    sheet.set_freeze_panes(1, u16::try_from(names.max(1)).unwrap_or(1))?;
    let rows = u32::try_from(listing.rows().len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let last = u16::try_from(columns.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
    // A table has at least one row, be it an empty one.
    let headers: Vec<TableColumn> = columns.iter().map(|name| TableColumn::new().set_header(*name)).collect();
    let table = Table::new().set_columns(&headers).set_style(TableStyle::Light1);
    sheet.add_table(0, 0, rows.max(1), last, &table)?;
    for (column, _) in (0..).zip(columns).filter(|(_, name)| **name == "verdict") {
        sheet.add_data_validation(1, column, rows.max(1), column, &verdicts()?)?;
    }
    Ok(())
}

fn verdicts() -> Result<DataValidation, XlsxError> {
    let said = format!("choose one of: {}", Verdict::WORDS.join(", "));
    DataValidation::new().allow_list_strings(Verdict::WORDS)?.set_error_title("No verdict")?.set_error_message(said)
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, look: &Format) -> Result<(), XlsxError> {
    let count = match cell {
        Cell::Count(count) => u32::try_from(*count).ok(),
        _ => None,
    };
    match (cell, count) {
        (Cell::Nothing, _) => sheet.write_blank(row, column, look)?,
        (_, Some(count)) => sheet.write_number_with_format(row, column, count, look)?,
        (cell, None) => sheet.write_string_with_format(row, column, fitting(&words(cell, "\n")), look)?,
    };
    Ok(())
}

/// The address in a cell that holds one and nothing else, if a spreadsheet can open it without
/// guessing: of the secure kind, plain, and not too long.
fn link(cell: &Cell) -> Option<&str> {
    let text = match cell {
        Cell::Text(text) => text,
        Cell::List(list) => list.first().filter(|_| list.len() == 1)?,
        _ => return None,
    };
    is_link(text).then_some(text)
}

/// Whether a text is an address that can be made a link as it is.
pub(super) fn is_link(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    text.starts_with("https://") && text.len() <= LINK_LENGTH && text.chars().all(is_plain)
}

/// A text without signs that nobody sees, line by line, and no longer than a cell can be.
pub(super) fn fitting(text: &str) -> String {
    let mut text = text.split('\n').map(safe).collect::<Vec<_>>().join("\n");
    // The writer takes such a text for markup of its own and would put it into the file as it is.
    if text.starts_with("<r>") && text.ends_with("</r>") {
        text.push(' ');
    }
    let mut units = 0;
    let room = CELL_LIMIT - CUT.len();
    let mut end = None;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > room {
            end = end.or(Some(at));
        }
        if units > CELL_LIMIT {
            return format!("{}{CUT}", text.get(..end.unwrap_or(at)).unwrap_or_default());
        }
    }
    text
}

/// Whether the texts of a column are broken into lines.
fn is_long(column: &str) -> bool {
    width(column) >= 30
}

/// The width of a column in characters.
fn width(column: &str) -> u8 {
    match column {
        "guidance" | "text" => 80,
        "comment" | "control_note" | "note" | "source" => 50,
        "action_title" | "control_title" | "from_title" | "to_title" | "other_edition" | "related" | "links"
        | "url" => 40,
        "action" | "name" | "title" | "group" | "domain" | "attributes" | "services" | "feature" | "depends_on"
        | "proof" | "signals" | "controls" | "template" | "crosswalk" | "aliases" | "standards" => 30,
        "id" => 32,
        "framework" | "enforcement" | "purpose" | "reviewer" | "type" | "provider" | "about" => 18,
        _ => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::{CELL_LIMIT, CUT, Cell, fitting, link};

    #[test]
    fn a_text_is_cut_where_a_cell_ends_and_says_so() {
        for sign in ["a", "é", "社", "😀"] {
            let units: usize = sign.chars().map(char::len_utf16).sum();
            let fits = sign.repeat(CELL_LIMIT / units);
            assert_eq!(fitting(&fits), fits);
            let cut = fitting(&sign.repeat(CELL_LIMIT / units + 1));
            assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= CELL_LIMIT, "{sign}");
        }
        assert_eq!(fitting("one\ntwo\u{0}\u{202e}"), "one\ntwo\\u{0}\\u{202e}");
        assert_eq!(fitting("<r><t>a</t></r>"), "<r><t>a</t></r> ");
    }

    #[test]
    fn only_one_plain_secure_address_is_a_link() {
        let is_link = |text: &str| link(&Cell::from(text)).is_some();
        assert!(is_link("https://learn.microsoft.com/en-us/azure/#top"));
        for text in
            ["http://example.com", "https://a b", "https://a\nhttps://b", "file:///etc/passwd", "https://社.jp", ""]
        {
            assert!(!is_link(text), "{text}");
        }
        assert!(!is_link(&format!("https://{}", "a".repeat(2_000))));
        let list = |count: usize| Cell::List(vec!["https://example.com".to_owned(); count]);
        assert_eq!([0, 1, 2].map(|count| link(&list(count)).is_some()), [false, true, false]);
    }
}
