//! The XML of one sheet, piece by piece, each with where it stands in the text.
//!
//! Rows and cells have to come in order, as every spreadsheet writes them; a sheet in which they do
//! not is damaged, and nobody could say which of two cells of one name counts.

use super::place::{Area, Place};
use super::{Unreadable, damaged};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::ops::Range;

/// The events of one part.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    path: &'t str,
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str, path: &'t str) -> Self {
        Self { reader: Reader::from_str(text), path }
    }

    pub(super) fn next(&mut self) -> Result<Event<'t>, Unreadable> {
        self.reader.read_event().map_err(|e| damaged_part(self.path, &e.to_string()))
    }

    /// One past the last byte of what came last.
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Adds what a piece of text says; other pieces say nothing.
    pub(super) fn add_text(&self, event: &Event<'t>, text: &mut String) -> Result<(), Unreadable> {
        match event {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::CData(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(name) => text.push(self.sign(name)?),
            _ => {}
        }
        Ok(())
    }

    fn sign(&self, name: &BytesRef<'_>) -> Result<char, Unreadable> {
        let known = match name.as_ref() {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.resolve_char_ref().ok().flatten(),
        };
        known.ok_or_else(|| damaged_part(self.path, &format!("`&{};` stands for nothing", name.as_ref())))
    }
}

/// That a part is broken.
pub(super) fn damaged_part(path: &str, what: &str) -> Unreadable {
    damaged(&format!("`{path}`: {what}"))
}

/// The attribute of a name, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    for found in element.attributes() {
        let found = found.map_err(|e| damaged(&e.to_string()))?;
        if found.key.local_name().as_ref() == name {
            let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            return value.map(|v| Some(v.into_owned())).map_err(|e| damaged(&e.to_string()));
        }
    }
    Ok(None)
}

/// A cell as it is written.
#[derive(Debug)]
pub(super) struct RawCell {
    pub(super) place: Place,
    /// From the first byte of its tag to the last of its end.
    pub(super) span: Range<usize>,
    /// The name of the element, with its prefix.
    pub(super) name: String,
    /// Its type; empty is a number.
    pub(super) kind: String,
    /// The number of its format.
    pub(super) style: Option<usize>,
    pub(super) is_formula: bool,
    /// What it holds, before the type has its say.
    pub(super) value: String,
}

/// A piece of a sheet.
#[derive(Debug)]
pub(super) enum Piece {
    /// A row begins.
    Row {
        number: u32,
        /// The name of the element, with its prefix.
        name: String,
        /// Its tag.
        tag: Range<usize>,
        /// Whether that is all of it.
        is_empty: bool,
    },
    /// A cell.
    Cell(RawCell),
    /// A row ends with a tag that starts here.
    RowEnd { at: usize },
    /// Cells that are one to the eye.
    Merged(Area),
}

/// Goes through a sheet.
pub(super) struct Scanner<'t> {
    xml: Xml<'t>,
    name: &'t str,
    /// Whether the rows have begun and not ended.
    in_data: bool,
    /// The row that is open, if one is.
    row: Option<u32>,
    last_row: u32,
    /// The column of the last cell of the row.
    last_column: Option<u32>,
}

impl<'t> Scanner<'t> {
    /// A scanner of the sheet called `name`.
    pub(super) fn new(text: &'t str, name: &'t str) -> Self {
        Self { xml: Xml::new(text, name), name, in_data: false, row: None, last_row: 0, last_column: None }
    }

    /// The next piece; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, Unreadable> {
        loop {
            let start = self.xml.position();
            match self.xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "sheetData" => self.in_data = true,
                    "row" if self.in_data => return self.begin_row(&e, start, false).map(Some),
                    "c" if self.row.is_some() => return self.cell(&e, start, true).map(Some),
                    "mergeCell" => return self.merged(&e),
                    _ => {}
                },
                Event::Empty(e) => match e.local_name().as_ref() {
                    "row" if self.in_data => return self.begin_row(&e, start, true).map(Some),
                    "c" if self.row.is_some() => return self.cell(&e, start, false).map(Some),
                    "mergeCell" => return self.merged(&e),
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "sheetData" => self.in_data = false,
                    "row" if self.row.take().is_some() => return Ok(Some(Piece::RowEnd { at: start })),
                    _ => {}
                },
                Event::Eof if self.in_data => return Err(self.broken("it ends in the middle")),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn broken(&self, what: &str) -> Unreadable {
        damaged(&format!("the sheet `{}`: {what}", self.name))
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>, start: usize, is_empty: bool) -> Result<Piece, Unreadable> {
        let written = attribute(tag, "r")?;
        let number = match &written {
            Some(text) => text.parse().ok(),
            None => self.last_row.checked_add(1),
        };
        let number =
            number.filter(|n| Place { row: *n, column: 0 }.exists() && *n > self.last_row && self.row.is_none());
        let number = number.ok_or_else(|| {
            let name = written.unwrap_or_default();
            self.broken(&format!("the row `{name}` after row {} is none, or out of order", self.last_row))
        })?;
        (self.last_row, self.last_column) = (number, None);
        self.row = (!is_empty).then_some(number);
        Ok(Piece::Row { number, name: tag.name().as_ref().to_owned(), tag: start..self.xml.position(), is_empty })
    }

    fn cell(&mut self, tag: &BytesStart<'_>, start: usize, has_content: bool) -> Result<Piece, Unreadable> {
        let (mut written, mut kind, mut style) = (None, String::new(), None);
        for found in tag.attributes() {
            let found = found.map_err(|e| self.broken(&e.to_string()))?;
            match found.key.as_ref() {
                "r" => written = Some(found.value.into_owned()),
                "t" => kind = found.value.into_owned(),
                "s" => style = found.value.parse().ok(),
                _ => {}
            }
        }
        let row = self.row.unwrap_or(self.last_row);
        let place = match &written {
            Some(name) => Place::parse(name),
            None => Some(Place { row, column: self.last_column.map_or(0, |c| c.saturating_add(1)) }),
        };
        let is_next = |p: &Place| p.row == row && p.exists() && self.last_column.is_none_or(|last| p.column > last);
        let place = place.filter(is_next).ok_or_else(|| {
            let name = written.unwrap_or_default();
            self.broken(&format!("the cell `{name}` in row {row} is none, or out of order"))
        })?;
        self.last_column = Some(place.column);
        let name = tag.name().as_ref().to_owned();
        let mut cell =
            RawCell { place, span: start..start, name, kind, style, is_formula: false, value: String::new() };
        if has_content {
            self.content(&mut cell)?;
        }
        cell.span.end = self.xml.position();
        Ok(Piece::Cell(cell))
    }

    /// What stands between the tags of a cell.
    fn content(&mut self, cell: &mut RawCell) -> Result<(), Unreadable> {
        // The names of the elements around a text; how it is pronounced is no part of it.
        let mut open: Vec<String> = Vec::new();
        loop {
            match self.xml.next()? {
                Event::Start(e) => {
                    let name = e.local_name().as_ref().to_owned();
                    cell.is_formula |= name == "f";
                    // A cell goes no deeper than cell, text, run, its look, one of its looks.
                    if open.len() > 8 {
                        return Err(self.broken(&format!("the cell {} is nested deeper than one can be", cell.place)));
                    }
                    open.push(name);
                }
                Event::Empty(e) => cell.is_formula |= e.local_name().as_ref() == "f",
                Event::End(_) => {
                    if open.pop().is_none() {
                        return Ok(());
                    }
                }
                Event::Eof => return Err(self.broken("it ends in a cell")),
                event => {
                    let is_value = match open.last().map(String::as_str) {
                        Some("v") => cell.kind != "inlineStr",
                        Some("t") => cell.kind == "inlineStr" && !open.iter().any(|name| name == "rPh"),
                        _ => false,
                    };
                    if is_value {
                        self.xml.add_text(&event, &mut cell.value)?;
                    }
                }
            }
        }
    }

    fn merged(&self, tag: &BytesStart<'_>) -> Result<Option<Piece>, Unreadable> {
        let name = attribute(tag, "ref")?.unwrap_or_default();
        let area = Area::parse(&name);
        area.map(|a| Some(Piece::Merged(a))).ok_or_else(|| self.broken(&format!("the merged cells `{name}` are none")))
    }
}
