//! Cells of one sheet changed in place.
//!
//! The text of the sheet is cut where a cell stands and the new cell put there, as text whatever it
//! starts with, with the format the old one had. All other bytes of the sheet stay, and all other parts
//! are copied as they are packed.

use super::package::{Package, archive};
use super::place::Place;
use super::relation;
use super::scan::{Piece, Scanner};
use super::string::escaped;
use super::{MAX_CELL_CHARACTERS, Unreadable, damaged};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::ops::Range;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell and what is to stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    /// The cell; its row has to be there.
    pub place: Place,
    /// The text; an empty one leaves the cell empty.
    pub text: String,
}

/// Why cells cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditFault {
    /// The workbook cannot be read.
    Unreadable(Unreadable),
    /// The cells are not there to be changed, or not to be changed so; the reason, a clause.
    Refused(String),
}

impl From<Unreadable> for EditFault {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

/// The workbook with these cells changed.
pub(super) fn edit(bytes: &[u8], sheet: &str, edits: &[CellEdit]) -> Result<Vec<u8>, EditFault> {
    let mut wanted: BTreeMap<Place, &str> = BTreeMap::new();
    for edit in edits {
        if edit.text.encode_utf16().count() > MAX_CELL_CHARACTERS {
            let message = format!("{} would hold more than {MAX_CELL_CHARACTERS} characters", edit.place);
            return Err(EditFault::Refused(message));
        }
        if wanted.insert(edit.place, &edit.text).is_some() {
            return Err(EditFault::Refused(format!("{} is to be changed twice", edit.place)));
        }
    }
    let package = Package::open(bytes)?;
    let book = relation::book(&package)?;
    let path = book.tabs.iter().find(|t| t.name == sheet).and_then(|t| t.path.as_deref());
    let path = path.ok_or_else(|| EditFault::Refused(format!("there is no sheet `{sheet}`")))?;
    let text = package.part(path).ok_or_else(|| damaged(&format!("the sheet `{sheet}` is missing")))?;
    let cuts = cuts(text, sheet, &wanted)?;
    repack(bytes, path, &spliced(text, &cuts)).map_err(EditFault::from)
}

/// What is put where.
type Cut = (Range<usize>, String);

/// What has to be put where in the text of a sheet, in order.
fn cuts(text: &str, sheet: &str, wanted: &BTreeMap<Place, &str>) -> Result<Vec<Cut>, EditFault> {
    let mut left = wanted.clone();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut scanner = Scanner::new(text, sheet);
    // The name that cells have here: that of the row with another end, until one is seen.
    let (mut row, mut cell_name) = (0, "c".to_owned());
    while let Some(piece) = scanner.next()? {
        match piece {
            Piece::Row { number, name, tag, is_empty } => {
                row = number;
                cell_name = name.strip_suffix("row").map_or_else(|| "c".to_owned(), |prefix| format!("{prefix}c"));
                if is_empty {
                    let missing = missing(&mut left, row, None, &cell_name);
                    // `<row .../>` is opened for what it is to hold.
                    if let Some(open) =
                        text.get(tag.clone()).and_then(|t| t.strip_suffix("/>")).filter(|_| !missing.is_empty())
                    {
                        cuts.push((tag, format!("{}>{missing}</{name}>", open.trim_end())));
                    }
                }
            }
            Piece::Cell(raw) => {
                let before = missing(&mut left, row, Some(raw.place.column), &raw.name);
                if !before.is_empty() {
                    cuts.push((raw.span.start..raw.span.start, before));
                }
                if let Some(new) = left.remove(&raw.place) {
                    if raw.is_formula {
                        return Err(EditFault::Refused(format!("{} holds a formula", raw.place)));
                    }
                    let style = raw.style.map(|s| format!(" s=\"{s}\"")).unwrap_or_default();
                    cuts.push((raw.span, written(raw.place, &raw.name, &style, new)));
                }
            }
            Piece::RowEnd { at } => {
                let missing = missing(&mut left, row, None, &cell_name);
                if !missing.is_empty() {
                    cuts.push((at..at, missing));
                }
            }
            Piece::Merged(area) => {
                if let Some(place) = wanted.keys().find(|p| area.holds(**p) && area.first != **p) {
                    return Err(EditFault::Refused(format!("{place} is part of the merged cells {area}")));
                }
            }
        }
    }
    match left.keys().next() {
        Some(place) => Err(EditFault::Refused(format!("{place} is in a row that is not there"))),
        None => Ok(cuts),
    }
}

/// The cells of a row before a column, or all that are left, which are not there yet.
fn missing(left: &mut BTreeMap<Place, &str>, row: u32, before: Option<u32>, name: &str) -> String {
    let end = Place { row, column: before.unwrap_or(u32::MAX) };
    let places: Vec<Place> = left.range(Place { row, column: 0 }..end).map(|(place, _)| *place).collect();
    let mut made = String::new();
    for place in places {
        if let Some(text) = left.remove(&place).filter(|t| !t.is_empty()) {
            made.push_str(&written(place, name, "", text));
        }
    }
    made
}

/// A cell as it is written.
fn written(place: Place, name: &str, style: &str, text: &str) -> String {
    if text.is_empty() {
        return format!("<{name} r=\"{place}\"{style}/>");
    }
    let prefix = name.strip_suffix('c').unwrap_or_default();
    let text = escaped(text);
    format!(
        "<{name} r=\"{place}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{name}>"
    )
}

fn spliced(text: &str, cuts: &[Cut]) -> String {
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in cuts {
        made.push_str(text.get(at..range.start).unwrap_or_default());
        made.push_str(new);
        at = range.end;
    }
    made + text.get(at..).unwrap_or_default()
}

/// The archive with one part replaced.
fn repack(bytes: &[u8], path: &str, text: &str) -> Result<Vec<u8>, Unreadable> {
    let failed = |e: zip::result::ZipError| damaged(&format!("it cannot be packed again: {e}"));
    let mut old = archive(bytes)?;
    let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for number in 0..old.len() {
        let file = old.by_index_raw(number).map_err(failed)?;
        let name = file.name().map_err(failed)?.into_owned();
        if name.eq_ignore_ascii_case(path) || name.to_lowercase() == path.to_lowercase() {
            let modified = file.last_modified().unwrap_or_default();
            drop(file);
            let options = SimpleFileOptions::default().last_modified_time(modified);
            new.start_file(name, options).map_err(failed)?;
            new.write_all(text.as_bytes()).map_err(|e| damaged(&format!("it cannot be packed again: {e}")))?;
        } else {
            new.raw_copy_file(file).map_err(failed)?;
        }
    }
    Ok(new.finish().map_err(failed)?.into_inner())
}
