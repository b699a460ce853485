//! Result rows read back: CSV or NDJSON as `annexa fleet score` writes them, row by row.
//!
//! [`read_fleet_rows`] hands each row on in one that is used again. A row is taken only if its figures
//! agree with each other, so that a file that was cut, edited or mixed up is refused with its lines.
//! What another program wrote of them is taken too: the keys of NDJSON in any order, empty ones left out.

mod cells;

use super::columns::FLEET_COLUMNS;
use super::figures::Added;
use super::tally::Cohort;
use crate::diagnostic::suggestion;
use chrono::NaiveDate;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{BufRead, Read};

/// The longest row that is read, in bytes.
const MAX_ROW_BYTES: usize = 1 << 20;

/// More faults than this are not told.
const MOST_FAULTS: usize = 10;

/// A result row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FleetRow {
    /// The tenant's id.
    pub tenant: String,
    /// The organization's name.
    pub organization: String,
    /// How the tenant is grouped.
    pub cohort: Cohort,
    /// The date of the figures.
    pub as_of: NaiveDate,
    /// The day of the outlook.
    pub outlook_by: NaiveDate,
    /// The template.
    pub template: String,
    /// The group.
    pub group: String,
    pub(crate) added: Added,
}

/// Why a row is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// Its line, from 1; 0 if it is not one line's.
    pub line: u64,
    /// One lowercase clause.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl RowFault {
    /// A fault that is not yet of a line.
    #[must_use]
    pub fn new(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self { line: 0, message: message.into(), help: help.into() }
    }

    fn at(mut self, line: u64) -> Self {
        self.line = line;
        self
    }
}

/// What a file is, as its first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FleetInput {
    /// Rows as CSV.
    Csv,
    /// Rows as NDJSON.
    Ndjson,
    /// A summary, in JSON.
    Summary,
    /// A table of Parquet.
    Parquet,
    /// Nothing at all.
    Empty,
}

impl FleetInput {
    /// What a file that starts so is.
    #[must_use]
    pub fn of(start: &[u8]) -> Self {
        let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).trim_ascii_start();
        let keys = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
        match keys {
            _ if start.is_empty() => Self::Empty,
            Some(keys) if keys.starts_with(b"\"schema\"") || keys.starts_with(b"\"kind\"") => Self::Summary,
            Some(_) => Self::Ndjson,
            None if start.starts_with(b"PAR1") => Self::Parquet,
            None => Self::Csv,
        }
    }
}

/// Reads rows to the end and hands each on; how many there were.
///
/// # Errors
/// What is wrong with rows, up to ten of them.
pub fn read_fleet_rows(
    input: impl BufRead,
    form: FleetInput,
    mut each: impl FnMut(&FleetRow) -> Result<(), RowFault>,
) -> Result<u64, Vec<RowFault>> {
    let mut taking = Taking { row: FleetRow::default(), each: &mut each, count: 0, faults: Vec::new() };
    if form == FleetInput::Csv {
        taking.csv(input);
    } else {
        taking.ndjson(input);
    }
    if taking.faults.is_empty() { Ok(taking.count) } else { Err(taking.faults) }
}

/// Rows on their way.
struct Taking<'e> {
    row: FleetRow,
    each: &'e mut dyn FnMut(&FleetRow) -> Result<(), RowFault>,
    count: u64,
    faults: Vec<RowFault>,
}

impl Taking<'_> {
    fn csv(&mut self, input: impl BufRead) {
        let bounded = Bounded { inner: input, left: MAX_ROW_BYTES };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bounded);
        let mut record = csv::StringRecord::new();
        let mut is_head = true;
        loop {
            reader.get_mut().left = MAX_ROW_BYTES;
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.faults.push(RowFault::new(format!("cannot be read: {error}"), None).at(line));
                    return;
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            if is_head {
                if let Err(fault) = head(&record) {
                    self.faults.push(fault.at(line));
                    return;
                }
            } else {
                let taken = self.cells(&record);
                if !self.keep(taken, line) {
                    return;
                }
            }
            is_head = false;
        }
    }

    fn cells(&mut self, record: &csv::StringRecord) -> Result<(), RowFault> {
        if record.len() != FLEET_COLUMNS.len() {
            let message = format!("has {} cells and not {}", record.len(), FLEET_COLUMNS.len());
            return Err(RowFault::new(message, "was the file cut, or changed by another program?".to_owned()));
        }
        self.row.fill(&mut record.iter().map(plain))?;
        (self.each)(&self.row)
    }

    fn ndjson(&mut self, mut input: impl BufRead) {
        let mut line = Vec::new();
        let mut cells = vec![String::new(); FLEET_COLUMNS.len()];
        for number in 1.. {
            line.clear();
            let most = u64::try_from(MAX_ROW_BYTES).unwrap_or(u64::MAX);
            match (&mut input).take(most).read_until(b'\n', &mut line) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) => {
                    self.faults.push(RowFault::new(format!("cannot be read: {error}"), None).at(number));
                    return;
                }
            }
            if line.len() >= MAX_ROW_BYTES {
                self.faults.push(RowFault::new("is longer than any row", None).at(number));
                return;
            }
            let text = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line).trim_ascii();
            if text.is_empty() {
                continue;
            }
            let taken = object(text, &mut cells)
                .and_then(|()| self.row.fill(&mut cells.iter().map(String::as_str)))
                .and_then(|()| (self.each)(&self.row));
            if !self.keep(taken, number) {
                return;
            }
        }
    }

    /// Keeps what is wrong; whether to go on.
    fn keep(&mut self, taken: Result<(), RowFault>, line: u64) -> bool {
        match taken {
            Ok(()) => self.count += 1,
            Err(fault) => self.faults.push(fault.at(line)),
        }
        self.faults.len() < MOST_FAULTS
    }
}

/// Reads no more than is left.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(std::io::Error::other("a row is longer than any"));
        }
        let count = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(count);
        Ok(count)
    }
}

fn head(record: &csv::StringRecord) -> Result<(), RowFault> {
    let found = record.iter().map(|cell| cell.trim_start_matches('\u{feff}'));
    let mut both = found.zip(FLEET_COLUMNS);
    if let Some((found, expected)) = both.find(|(found, expected)| found != expected) {
        let message = format!("the header has `{}` where `{expected}` is expected", found.escape_debug());
        let help = "rows are those of `annexa fleet score`, with all columns in their order".to_owned();
        return Err(RowFault::new(message, help));
    }
    if record.len() == FLEET_COLUMNS.len() {
        return Ok(());
    }
    let message = format!("the header has {} columns and not {}", record.len(), FLEET_COLUMNS.len());
    let help = "rows are those of `annexa fleet score`, by this version of annexa".to_owned();
    Err(RowFault::new(message, help))
}

/// The text of a cell without the mark that keeps spreadsheets from running it.
fn plain(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|rest| rest.chars().next().is_some_and(|c| !c.is_alphanumeric()));
    bare.unwrap_or(cell)
}

/// The values of an object, each in the cell of its column; what is null or missing is empty.
fn object(text: &[u8], cells: &mut [String]) -> Result<(), RowFault> {
    struct Columns<'c>(&'c mut [String]);
    impl<'de> Visitor<'de> for Columns<'_> {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a row of `annexa fleet score`")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            self.0.iter_mut().for_each(String::clear);
            let mut next = 0;
            while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                let is_next = FLEET_COLUMNS.get(next).is_some_and(|name| *name == key);
                let found = if is_next { Some(next) } else { FLEET_COLUMNS.iter().position(|name| *name == key) };
                let Some(position) = found else {
                    let near = suggestion(&key, FLEET_COLUMNS).map(|s| format!("; {s}")).unwrap_or_default();
                    return Err(A::Error::custom(format!("no column `{}`{near}", key.escape_debug())));
                };
                next = position + 1;
                let value = map.next_value::<&RawValue>()?;
                let Some(cell) = self.0.get_mut(position) else { continue };
                put(value.get(), cell).map_err(|why| A::Error::custom(format!("`{key}` {why}")))?;
            }
            Ok(())
        }
    }
    let fault = |error: serde_json::Error| {
        let message = format!("is no row: {error}");
        let help = error.is_eof().then(|| "was the file cut?".to_owned());
        RowFault::new(message, help)
    };
    let mut from = serde_json::Deserializer::from_slice(text);
    serde::Deserializer::deserialize_map(&mut from, Columns(cells)).map_err(fault)?;
    from.end().map_err(fault)
}

/// Puts a value into its cell.
fn put(raw: &str, cell: &mut String) -> Result<(), &'static str> {
    match raw.as_bytes() {
        b"null" => {}
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => cell.push_str(raw.trim_matches('"')),
        [b'"', ..] => *cell = serde_json::from_str(raw).map_err(|_| "is no text")?,
        [b'-' | b'0'..=b'9', ..] => cell.push_str(raw),
        _ => return Err("takes text, a number or null"),
    }
    Ok(())
}
