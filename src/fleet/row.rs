//! Result rows read back: CSV or NDJSON as `annexa fleet score` writes them, row by row.
//!
//! [`read_fleet_rows`] hands each row on in one that is used again. A row is taken only if its figures
//! agree with each other, so that a file that was cut, edited or mixed up is refused with its lines.
//! What another program wrote of them is taken too: the keys of NDJSON in any order, empty ones left out.

use super::columns::FLEET_COLUMNS;
use super::figures::Added;
use super::tally::Cohort;
use crate::choice::Choice;
use crate::diagnostic::suggestion;
use crate::evaluate::{ControlStatus, SharedGap};
use crate::points::{Amount, Percent, Sums, WHOLE};
use chrono::NaiveDate;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::{BufRead, Read};

/// The longest row that is read, in bytes.
const MAX_ROW_BYTES: usize = 1 << 20;

/// More faults than this are not told.
const MOST_FAULTS: usize = 10;

/// The most units (1/10 000 of a point) that are taken for an amount: so that sums of two have room.
const MAX_UNITS: u64 = 1_000_000_000_000_000;

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

impl FleetRow {
    /// Takes the cells of a row in the order of the columns.
    fn fill<'c>(&mut self, cells: &mut dyn Iterator<Item = &'c str>) -> Result<(), RowFault> {
        let mut cells = Cells { cells, names: FLEET_COLUMNS.iter() };
        cells.named(&mut self.tenant)?;
        cells.text(&mut self.organization);
        cells.text(&mut self.cohort.sector);
        cells.text(&mut self.cohort.partner);
        cells.text(&mut self.cohort.region);
        self.as_of = cells.date()?;
        cells.named(&mut self.template)?;
        cells.text(&mut self.group);
        let added = &mut self.added;
        added.target = cells.percent()?;
        let percent = cells.percent()?;
        let (achieved, possible) = (cells.amount()?, cells.points()?);
        let assurance = cells.percent()?;
        let total = Sums { achieved, possible, assured: cells.amount()?, unassessed: cells.amount()? };
        added.sides.customer = cells.side()?;
        added.sides.provider = cells.side()?;
        self.outlook_by = cells.date()?;
        cells.percent()?;
        added.outlook_assured = cells.amount()?;
        use ControlStatus::{Covered, Excluded, Gap, NotInScope, Partial, Unmapped};
        for status in [Covered, Partial, Gap, NotInScope, Unmapped, Excluded] {
            cells.count(&mut added.statuses, status)?;
        }
        for half in [SharedGap::CustomerSide, SharedGap::ProviderSide, SharedGap::BothSides] {
            cells.count(&mut added.shared, half)?;
        }
        added.gaps = cells.whole()?;
        for count in &mut added.kinds {
            *count = cells.whole()?;
        }
        let sums = added.kinds.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
        let agrees = total == added.sides.total()
            && percent == total.percent()
            && assurance == total.assurance_percent()
            && sums == added.gaps
            && [total, added.sides.customer, added.sides.provider].iter().all(is_sound);
        let message = "has figures that contradict each other";
        let help = "rows are taken as `annexa fleet score` wrote them; was the file edited?".to_owned();
        if agrees { Ok(()) } else { Err(RowFault::new(message, help)) }
    }

    /// The figures of both sides together.
    pub(crate) fn total(&self) -> Sums {
        self.added.sides.total()
    }
}

/// Whether the figures can be those of anything.
fn is_sound(sums: &Sums) -> bool {
    sums.assured <= sums.achieved && sums.achieved + sums.unassessed <= sums.possible
}

/// The cells that are left of a row.
struct Cells<'r, 'c> {
    cells: &'r mut dyn Iterator<Item = &'c str>,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'c> Cells<'_, 'c> {
    fn next(&mut self) -> (&'static str, &'c str) {
        (self.names.next().copied().unwrap_or_default(), self.cells.next().unwrap_or_default())
    }

    fn text(&mut self, into: &mut String) {
        into.clear();
        into.push_str(self.next().1);
    }

    fn named(&mut self, into: &mut String) -> Result<(), RowFault> {
        let (name, cell) = self.next();
        into.clear();
        into.push_str(cell);
        if cell.is_empty() { Err(RowFault::new(format!("has no `{name}`"), None)) } else { Ok(()) }
    }

    /// A cell that must hold something that can be read.
    fn must<T>(&mut self, what: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, RowFault> {
        let (name, cell) = self.next();
        read(cell).ok_or_else(|| {
            let found = if cell.is_empty() { "nothing".to_owned() } else { format!("`{}`", cell.escape_debug()) };
            RowFault::new(format!("has {found} as `{name}`, which takes {what}"), None)
        })
    }

    fn date(&mut self) -> Result<NaiveDate, RowFault> {
        self.must("a date", |cell| cell.parse().ok().filter(|date: &NaiveDate| date.to_string() == cell))
    }

    fn percent(&mut self) -> Result<Option<Percent>, RowFault> {
        let hundredths = |cell: &str| u32::try_from(decimal(cell, 100)?).ok().map(Percent::from_hundredths);
        self.must("a percentage", |cell| if cell.is_empty() { Some(None) } else { hundredths(cell).map(Some) })
    }

    fn amount(&mut self) -> Result<Amount, RowFault> {
        let units = |cell: &str| decimal(cell, u64::from(WHOLE)).filter(|units| *units <= MAX_UNITS);
        self.must("points with four decimals", |cell| units(cell).map(Amount::from_units))
    }

    fn points(&mut self) -> Result<Amount, RowFault> {
        self.must("whole points", |cell| {
            let units = cell.parse::<u64>().ok()?.checked_mul(u64::from(WHOLE))?;
            (units <= MAX_UNITS).then(|| Amount::from_units(units))
        })
    }

    fn whole(&mut self) -> Result<u64, RowFault> {
        self.must("a whole number", |cell| cell.parse::<u32>().ok().map(u64::from))
    }

    fn count<T: Choice>(&mut self, counts: &mut [u64], word: T) -> Result<(), RowFault> {
        let count = self.whole()?;
        counts.iter_mut().skip(word.position()).take(1).for_each(|slot| *slot = count);
        Ok(())
    }

    fn side(&mut self) -> Result<Sums, RowFault> {
        self.percent()?;
        Ok(Sums {
            achieved: self.amount()?,
            possible: self.points()?,
            assured: self.amount()?,
            unassessed: self.amount()?,
        })
    }
}

/// A decimal as so many parts of one, exactly; of no more places than there are parts.
fn decimal(text: &str, parts: u64) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let mut sum = whole.parse::<u64>().ok()?.checked_mul(parts)?;
    let mut unit = parts;
    for digit in rest.bytes() {
        let digit = u64::from(digit - b'0');
        if unit == 1 && digit > 0 {
            return None;
        }
        unit = (unit / 10).max(1);
        sum = sum.checked_add(digit * unit)?;
    }
    Some(sum)
}
