//! A template workbook as the bytes of an XLSX file.
//!
//! Text is written as text, never as a formula, whatever it starts with. The same template gives the
//! same bytes: its own day stands in the place of the clock.

use crate::purview::{TemplateBook, Value};
use crate::report::xlsx::{day, fitting};
use crate::safe::safe;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, XlsxError};

/// The most characters of a title in the properties of a document.
const TITLE_LENGTH: usize = 255;

/// The workbook; `version` is the day of the template.
///
/// # Errors
/// More rows than a sheet can have.
pub fn template_xlsx(book: &TemplateBook, version: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title: String = safe(book.title()).chars().take(TITLE_LENGTH).collect();
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day(Some(version))?));
    let head = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for made in book.sheets() {
        let sheet = workbook.add_worksheet().set_name(made.name)?;
        for (column, name) in (0..).zip(&made.columns) {
            sheet.write_string_with_format(0, column, name, &head)?;
            sheet.set_column_width(column, width(name))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (row, values) in (1..).zip(&made.rows) {
            for (column, value) in (0..).zip(values) {
                match value {
                    Value::Text(text) if text.is_empty() => {}
                    Value::Text(text) => {
                        sheet.write_string_with_format(row, column, fitting(text), &wrapped)?;
                    }
                    Value::Number(number) => {
                        sheet.write_number_with_format(row, column, *number, &wrapped)?;
                    }
                }
            }
        }
    }
    workbook.save_to_buffer()
}

/// The width of a column in characters.
fn width(name: &str) -> u8 {
    match name {
        "controlDescription" | "controlActionTitle" | "actionDescription" => 70,
        "title" | "controlTitle" | "controlFamily" | "actionTitle" | "actionDescriptionTitle" => 45,
        "inScopeServices" | "product" | "certification" | "dimensionValue" => 30,
        _ => 20,
    }
}
