//! What the library holds: tables of one kind, and sheets about one id.

use super::csv::{finish, neutral, writer};
use super::style::Style;
use super::table::{align_right, cell_text};
use super::text::line;
use crate::browse::{Cell, Listing, Sheet};
use crate::safe::safe;
use comfy_table::{ColumnConstraint, Table, Width};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// From so many characters on a text of a list gets a line of its own, and may be broken.
const LONG: usize = 30;

/// What layout puts around a cell.
const PADDING: usize = 2;

/// A table for people: its first columns, and how many rows there are.
#[must_use]
pub fn listing_text(listing: &Listing, style: Style) -> String {
    let mut text = String::new();
    text.push_str(&style.draw(&table(listing, style)));
    let rows = match listing.rows().len() {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    };
    let is_cut = column_count(listing, style) < listing.brief();
    let more = if is_cut { "; a wider terminal has more columns, `--format csv` has all" } else { "" };
    line(&mut text, &style.faint(&format!("{rows}{more}")));
    text
}

/// A table as CSV, with all columns; several texts in one cell have `;` between.
///
/// # Errors
/// None can occur when writing to memory; the type is that of the writer.
pub fn listing_csv(listing: &Listing) -> Result<String, ::csv::Error> {
    let mut writer = writer();
    writer.write_record(listing.columns())?;
    for row in listing.rows() {
        writer.write_record(row.iter().map(|cell| neutral(&words(cell, ";")).into_owned()))?;
    }
    finish(writer)
}

/// Sheets for people: of each its fields, then what is tied to it.
#[must_use]
pub fn sheets_text(sheets: &[Sheet], style: Style) -> String {
    let mut text = String::new();
    for (position, sheet) in sheets.iter().enumerate() {
        if position > 0 {
            line(&mut text, "");
        }
        sheet_text(&mut text, sheet, style);
    }
    text
}

fn sheet_text(text: &mut String, sheet: &Sheet, style: Style) {
    let width = sheet.fields().iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (position, (name, cell)) in sheet.fields().iter().enumerate() {
        if position == 0 {
            line(text, &style.heading(&format!("{} {}", sheet.role(), shown(cell))));
        } else if *cell != Cell::Nothing && *cell != Cell::List(Vec::new()) {
            field(text, &format!("{:<width$}", label(name)), cell, style);
        }
    }
    for (name, listing) in sheet.tables() {
        line(text, "");
        match listing.rows().len() {
            0 => line(text, &style.heading(&format!("{}: none", label(name)))),
            count => {
                line(text, &style.heading(&format!("{}: {count}", label(name))));
                text.push_str(&style.draw(&table(listing, style)));
            }
        }
    }
}

/// A field; long lists and texts of several lines go on under each other, within the terminal.
fn field(text: &mut String, name: &str, cell: &Cell, style: Style) {
    // Where lines are broken anyway, those of the file would only be in the way.
    let between = if style.width.is_some() { "\n\n" } else { "\n" };
    let parts: Vec<String> = match cell {
        Cell::Text(value) => value.split(between).map(safe).collect(),
        Cell::List(list) if list.iter().any(|item| item.len() > LONG) => list.iter().map(|item| safe(item)).collect(),
        Cell::Named(names) => named(names).iter().map(|name| safe(name)).collect(),
        cell => vec![shown(cell)],
    };
    let mut lead = format!("  {name}  ");
    for part in parts {
        line(text, &style.wrapped(&lead, &part));
        lead = " ".repeat(lead.chars().count());
    }
}

/// As many of the columns for people as the terminal has room for, at least two.
fn table(listing: &Listing, style: Style) -> Table {
    let count = column_count(listing, style);
    let header: Vec<String> = listing.columns().iter().take(count).map(|name| label(name)).collect();
    let mut table = style.table(&header.iter().map(String::as_str).collect::<Vec<_>>());
    for row in listing.rows() {
        table.add_row(row.iter().take(count).map(shown));
    }
    for (column, need) in table.column_iter_mut().zip(needs(listing)) {
        let width = Width::Fixed(u16::try_from(need + PADDING).unwrap_or(u16::MAX));
        column.set_constraint(ColumnConstraint::LowerBoundary(width));
    }
    let is_count = |column: &usize| {
        let mut cells = listing.rows().iter().filter_map(|row| row.get(*column));
        !listing.rows().is_empty() && cells.all(|cell| matches!(cell, Cell::Count(_)))
    };
    align_right(&mut table, &(0..count).filter(is_count).collect::<Vec<_>>());
    table
}

fn column_count(listing: &Listing, style: Style) -> usize {
    fitting(&needs(listing).collect::<Vec<_>>(), style.width)
}

/// How wide each of the columns for people has to be.
fn needs(listing: &Listing) -> impl Iterator<Item = usize> {
    (0..listing.brief()).map(|column| needed_width(listing, column))
}

/// How wide a column has to be: so that no word of it is broken, and a long text takes few lines.
fn needed_width(listing: &Listing, column: usize) -> usize {
    let cells = listing.rows().iter().filter_map(|row| row.get(column)).map(shown);
    let name = listing.columns().get(column).map(|name| label(name));
    let width = |text: String| {
        let longest = text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
        longest.max(text.width().min(LONG))
    };
    cells.chain(name).map(width).max().unwrap_or(0)
}

/// How many of the columns a terminal has room for.
fn fitting(needs: &[usize], width: Option<u16>) -> usize {
    let Some(width) = width else { return needs.len() };
    let mut room = usize::from(width);
    let mut has_room = |need: &&usize| match room.checked_sub(**need + PADDING) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    needs.iter().take_while(|need| has_room(need)).count().max(2).min(needs.len())
}

/// The name of a column or field for people.
fn label(name: &str) -> String {
    safe(&name.replace('_', " "))
}

/// A cell for people, on one line.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Flag(true) => "yes".to_owned(),
        Cell::Flag(false) => "no".to_owned(),
        cell => cell_text(&words(cell, ", ")),
    }
}

/// Each name after its language.
fn named(names: &BTreeMap<&str, String>) -> Vec<String> {
    names.iter().map(|(language, name)| format!("{language}: {name}")).collect()
}

/// A cell as text, with `between` between several.
pub(super) fn words(cell: &Cell, between: &str) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::List(list) => list.join(between),
        Cell::Named(names) => named(names).join(between),
        Cell::Nothing => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, fitting, listing_text};
    use crate::browse::Listing;

    #[test]
    fn words_wider_than_the_terminal_are_no_fault() {
        for width in [1, 40, 80, u16::MAX] {
            for length in [1, 39, 128, 70_000] {
                let word = "x".repeat(length);
                let mut listing = Listing::new(&["id", "title", "list"], &[]);
                listing.push([word.as_str().into(), word.as_str().into(), vec![word.clone(), word.clone()].into()]);
                assert!(
                    listing_text(&listing, Style { color: true, width: Some(width), ..Style::PLAIN }).contains("1 row")
                );
            }
        }
    }

    #[test]
    fn columns_are_left_out_where_there_is_no_room_but_never_the_first_two() {
        let needs = [40, 30, 8, 13];
        assert_eq!(fitting(&needs, None), 4);
        assert_eq!(fitting(&needs, Some(99)), 4);
        assert_eq!(fitting(&needs, Some(98)), 3);
        assert_eq!(fitting(&needs, Some(80)), 2);
        assert_eq!(fitting(&needs, Some(20)), 2);
        assert_eq!(fitting(&needs[..1], Some(20)), 1);
    }
}
