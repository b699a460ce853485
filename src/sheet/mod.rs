//! Workbooks (`.xlsx`) from other programs: read within limits, and changed cell by cell.
//!
//! Start with [`Workbook::read`]: bytes in, sheets of cells out, or one [`Unreadable`] that says why
//! not. `package` takes the parts out of the archive and refuses bombs, encryption and entities before
//! anything is parsed; `relation` finds the sheets; `scan` walks the XML of one sheet, for reading as
//! for editing; `number` tells dates from numbers; [`edit`](Workbook::edit) changes cells and leaves
//! every other byte of the sheet, and every other part, as it was.
//!
//! Why no library does the reading: those at hand take counts from the file on trust (how many shared
//! strings, which shared formula, how large the sheet), which a hostile file uses to fill the memory or
//! to bring the program down. Here nothing is reserved that was not read. Links to other files are never
//! followed, macros never looked at; both are told in [`Workbook::ignored`].

mod date;
mod edit;
mod number;
mod package;
mod place;
mod relation;
mod scan;
mod string;

pub use date::{date_text, day_of, parse_date};
pub use edit::{CellEdit, EditFault};
pub use place::{Area, Place};

use chrono::NaiveDateTime;
use package::Package;
use scan::{Piece, Scanner};

/// The largest workbook that is read, packed.
pub const MAX_WORKBOOK_BYTES: usize = 32 << 20;
/// The most that all parts of a workbook may come to, unpacked.
pub const MAX_UNPACKED_BYTES: u64 = 128 << 20;
/// The most parts of a workbook.
pub const MAX_PARTS: usize = 10_000;
/// The most sheets of a workbook.
pub const MAX_SHEETS: usize = 255;
/// The most rows of a sheet.
pub const MAX_ROWS: usize = 200_000;
/// The most areas of merged cells of a sheet.
pub const MAX_MERGED: usize = 10_000;
/// The most cells of a workbook that hold something.
pub const MAX_CELLS: usize = 2_000_000;
/// The most bytes that the texts of all cells may come to.
pub const MAX_CELL_BYTES: usize = 256 << 20;
/// The most characters of a cell, in UTF-16, as Excel has it.
pub const MAX_CELL_CHARACTERS: usize = 32_767;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// One lowercase clause.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Unreadable {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What the cell of a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date, with a time.
    Date(NaiveDateTime),
    /// True or false.
    Flag,
    /// What is computed: the text is what it came to when the file was saved, which is no value that
    /// anybody entered.
    Formula,
    /// What a formula came to that could not be computed, such as `#N/A`.
    Error,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The column, from 0.
    pub column: u32,
    /// What stands in it; a date as `M/D/YYYY H:MM:SS`.
    pub text: String,
    /// What it is.
    pub kind: CellKind,
}

/// A row that holds something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells, by column.
    pub cells: Vec<Cell>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows that hold something, by number.
    pub rows: Vec<Row>,
    /// Cells that are one to the eye.
    pub merged: Vec<Area>,
}

/// The sheets of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// Its sheets, in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// What was not looked at, a clause each.
    pub ignored: Vec<String>,
}

impl Row {
    /// The cell in a column, if it holds something.
    #[must_use]
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |c| c.column).ok()?;
        self.cells.get(at)
    }
}

impl Sheet {
    /// The row of a number, if it holds something.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |r| r.number).ok()?;
        self.rows.get(at)
    }

    /// The merged cells that a place belongs to without being their first.
    #[must_use]
    pub fn hidden_by(&self, place: Place) -> Option<Area> {
        self.merged.iter().find(|area| area.holds(place) && area.first != place).copied()
    }
}

impl Workbook {
    /// Reads a workbook.
    ///
    /// # Errors
    /// Why it cannot be read: it is something else, damaged, hostile, or larger than the limits.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let package = Package::open(bytes)?;
        let book = relation::book(&package)?;
        let strings = string::shared(&package, &book)?;
        let formats = number::Formats::read(&package, &book)?;
        let mut budget = Budget { cells: 0, bytes: 0 };
        let mut sheets = Vec::new();
        for tab in &book.tabs {
            let text = match &tab.path {
                Some(path) => {
                    package.part(path).ok_or_else(|| damaged(&format!("the sheet `{}` is missing", tab.name)))?
                }
                None => continue,
            };
            let reading = Reading { strings: &strings, formats: &formats, name: &tab.name };
            sheets.push(reading.sheet(text, &mut budget)?);
        }
        Ok(Self { sheets, ignored: package.ignored(&book) })
    }

    /// The sheet of a name.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|s| s.name == name)
    }

    /// The workbook with cells of one sheet changed: all else is, byte by byte, what it was, but for the
    /// packing.
    ///
    /// # Errors
    /// Why the workbook cannot be read or a cell not be changed.
    pub fn edit(bytes: &[u8], sheet: &str, edits: &[CellEdit]) -> Result<Vec<u8>, EditFault> {
        edit::edit(bytes, sheet, edits)
    }
}

/// That a file is broken.
fn damaged(what: &str) -> Unreadable {
    Unreadable::new(format!("the workbook is damaged: {what}")).help("save it again in a spreadsheet, as `.xlsx`")
}

/// What has been read of what may be read.
struct Budget {
    cells: usize,
    bytes: usize,
}

struct Reading<'p> {
    strings: &'p [String],
    formats: &'p number::Formats,
    name: &'p str,
}

impl Reading<'_> {
    fn sheet(&self, text: &str, budget: &mut Budget) -> Result<Sheet, Unreadable> {
        let mut sheet = Sheet { name: self.name.to_owned(), rows: Vec::new(), merged: Vec::new() };
        let mut scanner = Scanner::new(text, self.name);
        while let Some(piece) = scanner.next()? {
            match piece {
                Piece::Cell(raw) => {
                    let Some((text, kind)) = self.value(&raw)? else { continue };
                    budget.cells += 1;
                    budget.bytes = budget.bytes.saturating_add(text.len());
                    if budget.cells > MAX_CELLS || budget.bytes > MAX_CELL_BYTES {
                        let message = format!(
                            "the workbook holds more than {MAX_CELLS} cells, or texts of more than {} MiB",
                            MAX_CELL_BYTES >> 20
                        );
                        return Err(Unreadable::new(message).help("take out what is not needed"));
                    }
                    let cell = Cell { column: raw.place.column, text, kind };
                    match sheet.rows.last_mut().filter(|r| r.number == raw.place.row) {
                        Some(row) => row.cells.push(cell),
                        None => sheet.rows.push(Row { number: raw.place.row, cells: vec![cell] }),
                    }
                }
                Piece::Merged(area) if sheet.merged.len() < MAX_MERGED => sheet.merged.push(area),
                Piece::Merged(_) => {
                    return Err(Unreadable::new(format!(
                        "the sheet `{}` has more than {MAX_MERGED} merged areas",
                        self.name
                    )));
                }
                Piece::Row { .. } | Piece::RowEnd { .. } => {}
            }
            if sheet.rows.len() > MAX_ROWS {
                let message = format!("the sheet `{}` holds more than {MAX_ROWS} rows", self.name);
                return Err(Unreadable::new(message).help("take out what is not needed"));
            }
        }
        Ok(sheet)
    }

    /// What a cell holds; nothing if it is empty.
    fn value(&self, raw: &scan::RawCell) -> Result<Option<(String, CellKind)>, Unreadable> {
        let found = match raw.kind.as_str() {
            "s" => {
                let number = raw.value.trim().parse::<usize>().ok();
                if raw.value.trim().is_empty() {
                    return Ok(None);
                }
                let text = number.and_then(|n| self.strings.get(n));
                let text = text.ok_or_else(|| {
                    damaged(&format!("{} of `{}` names a text that is not there", raw.place, self.name))
                })?;
                (text.clone(), CellKind::Text)
            }
            "str" | "inlineStr" => (string::unescaped(&raw.value), CellKind::Text),
            "b" => (if raw.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), CellKind::Flag),
            "e" => (raw.value.clone(), CellKind::Error),
            "d" => date::from_iso(&raw.value)
                .map_or_else(|| (raw.value.clone(), CellKind::Text), |date| (date_text(date), CellKind::Date(date))),
            "n" | "" => self.formats.value(raw.value.trim(), raw.style),
            other => return Err(damaged(&format!("{} of `{}` is of an unknown type `{other}`", raw.place, self.name))),
        };
        let (text, kind) = found;
        if raw.is_formula {
            return Ok(Some((text, CellKind::Formula)));
        }
        Ok((!text.is_empty()).then_some((text, kind)))
    }
}
