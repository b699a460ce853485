//! Rows of CSV that know their lines and their columns by name.

use super::Text;
use crate::diagnostic::{Diagnostic, quoted, suggestion};
use crate::import::fact::Row;
use csv::{ReaderBuilder, StringRecord};

/// The most columns that a table may have.
const MAX_COLUMNS: usize = 1_000;

/// A table with a header row.
pub(super) struct Table<'a> {
    text: Text<'a>,
    /// The names of the columns, without blanks around them.
    header: Vec<String>,
    rows: Vec<Record>,
}

/// A row of the table.
pub(super) struct Record {
    cells: StringRecord,
    /// The byte at which it begins.
    at: usize,
}

impl<'a> Table<'a> {
    /// Reads a table; without a `separator` the one that the header row has most of.
    ///
    /// # Errors
    /// It has no header, too many columns, or is no CSV.
    pub(super) fn read(text: Text<'a>, separator: Option<u8>) -> Result<Self, Diagnostic> {
        let separator = separator.unwrap_or_else(|| separator_of(text.text));
        let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.text.as_bytes());
        let fault = |error: &csv::Error| {
            let at = error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            text.fault(at.min(text.text.len()), format!("the file is no CSV: {error}"), "here")
        };
        let header = reader.headers().map_err(|e| fault(&e))?;
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        if header.iter().all(String::is_empty) {
            return Err(text.fault(0, "the table has no header row", "a row of column names belongs here"));
        }
        if header.len() > MAX_COLUMNS {
            return Err(text.fault(0, format!("the table has more than {MAX_COLUMNS} columns"), "in this row"));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let cells = record.map_err(|e| fault(&e))?;
            let at = cells.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            // A position may lie before the line end of the row above.
            let skipped = text.text.get(at..).unwrap_or_default();
            let at = at + (skipped.len() - skipped.trim_start_matches(['\r', '\n']).len());
            rows.push(Record { cells, at });
        }
        Ok(Self { text, header, rows })
    }

    /// The rows in order.
    pub(super) fn rows(&self) -> &[Record] {
        &self.rows
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Where the column of this name stands, letters of either case alike.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|own| own.eq_ignore_ascii_case(name.trim()))
    }

    /// The same, where a table without the column is not of the format.
    ///
    /// # Errors
    /// There is no such column.
    pub(super) fn needed(&self, name: &str) -> Result<usize, Diagnostic> {
        self.column(name).ok_or_else(|| {
            let message = format!("the table has no column {}", quoted(name));
            let fault = self.text.fault(0, message, "the header row");
            fault.maybe_help(suggestion(name, self.header.iter().map(String::as_str)))
        })
    }

    /// The row, as it is named in messages.
    pub(super) fn row(&self, record: &Record, id: impl Into<String>) -> Row {
        self.text.row(record.at, id)
    }

    /// Whether the row has as many cells as the header.
    pub(super) fn fits(&self, record: &Record) -> bool {
        record.cells.len() == self.header.len()
    }
}

impl Record {
    /// The cell of a column, without blanks around it; an empty one is none.
    pub(super) fn cell(&self, column: Option<usize>) -> Option<&str> {
        self.cells.get(column?).map(str::trim).filter(|text| !text.is_empty())
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// The separator that the first line has most of.
fn separator_of(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |separator: u8| line.bytes().filter(|byte| *byte == separator).count();
    // Of equally many the first counts: a comma is the rule.
    b",;\t|".iter().copied().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{Table, separator_of};
    use crate::import::input::Input;
    use crate::import::source::Text;
    use crate::source::Sources;

    #[test]
    fn the_separator_is_seen_in_the_header() {
        let found: Vec<char> = ["a,b;c,d", "a;b", "a\tb", "a", "a|b"].map(separator_of).map(char::from).into();
        assert_eq!(found, [',', ';', '\t', ',', '|']);
    }

    #[test]
    fn rows_know_their_lines() {
        let mut sources = Sources::default();
        let bytes = b"\xEF\xBB\xBFid, name\r\n1,\"two\r\nlines\"\r\n\r\n2,b,c\r\n".to_vec();
        let input = Input::new("t.csv", bytes, &mut sources).map_err(|d| d.message);
        let input = input.unwrap_or_else(|message| unreachable!("{message}"));
        let text = Text::new(0, &input, &sources).map_err(|d| d.message);
        let table = text.and_then(|text| Table::read(text, None).map_err(|d| d.message));
        let table = table.unwrap_or_else(|message| unreachable!("{message}"));
        let told = table.rows().iter().map(|r| {
            let row = table.row(r, r.cell(table.column("ID")).unwrap_or_default());
            (row.line, row.id, r.cell(table.column("name")).map(str::to_owned), table.fits(r))
        });
        let expected = [(2, "1", Some("two\r\nlines"), true), (5, "2", Some("b"), false)];
        let expected = expected.map(|(line, id, name, fits)| (line, id.to_owned(), name.map(str::to_owned), fits));
        assert_eq!(told.collect::<Vec<_>>(), expected);
        assert_eq!(table.needed("nam").map_err(|d| d.help), Err(vec!["the nearest known name is `name`".to_owned()]));
    }
}
