//! A table as data: named columns, rows of cells.

use crate::choice::Choice;
use crate::library::Names;
use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::BTreeMap;

/// What stands in one place of a table or beside one name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A number of things.
    Count(usize),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
    /// Names by language.
    Named(BTreeMap<&'static str, String>),
    /// The library does not say.
    Nothing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<u8> for Cell {
    fn from(count: u8) -> Self {
        Self::Count(count.into())
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<String>> for Cell {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

impl From<&Vec<String>> for Cell {
    fn from(list: &Vec<String>) -> Self {
        Self::List(list.clone())
    }
}

impl From<&Names> for Cell {
    fn from(names: &Names) -> Self {
        let named: BTreeMap<_, _> = names.iter().map(|(language, name)| (language.word(), name.to_owned())).collect();
        if named.is_empty() { Self::Nothing } else { Self::Named(named) }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// A table: in full for programs, its first columns for people.
#[derive(Clone, Debug)]
pub struct Listing {
    columns: Vec<&'static str>,
    brief: usize,
    rows: Vec<Vec<Cell>>,
}

impl Listing {
    /// An empty table: the columns that people see, and those that only programs get.
    pub(crate) fn new(brief: &[&'static str], further: &[&'static str]) -> Self {
        Self { columns: [brief, further].concat(), brief: brief.len(), rows: Vec::new() }
    }

    /// The same table with only its first `count` columns for people.
    pub(super) fn narrowed(self, count: usize) -> Self {
        Self { brief: count.min(self.columns.len()), ..self }
    }

    /// The same table with a column `local` after the first, one cell for each row. Where people see
    /// `column`, they see `local` in its stead, and programs find both.
    pub(super) fn localized(mut self, column: &str, local: &'static str, cells: Vec<Cell>) -> Self {
        let seen = self.columns.iter().take(self.brief).position(|name| *name == column);
        insert_local(&mut self.columns, local, seen, self.brief);
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            insert_local(row, cell, seen, self.brief);
        }
        self.brief += usize::from(seen.is_none());
        self
    }

    /// Adds a row, with a cell for each column.
    pub(crate) fn push<const N: usize>(&mut self, row: [Cell; N]) {
        debug_assert_eq!(N, self.columns.len(), "a row has a cell for each column");
        self.rows.push(row.into());
    }

    /// Adds a row that was put together from parts.
    pub(super) fn push_row(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row has a cell for each column");
        self.rows.push(row);
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// How many of the columns, from the first on, are for people.
    #[must_use]
    pub fn brief(&self) -> usize {
        self.brief
    }

    /// The rows, each with a cell for every column.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }
}

/// Puts `local` after the first of `list`, and what stood at `seen` behind the first `brief`.
fn insert_local<T>(list: &mut Vec<T>, local: T, seen: Option<usize>, brief: usize) {
    if let Some(seen) = seen {
        let english = list.remove(seen);
        list.insert(brief.saturating_sub(1), english);
    }
    list.insert(1.min(list.len()), local);
}

/// A list of objects, whose keys are the columns in order.
impl Serialize for Listing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            list.serialize_element(&Row { columns: &self.columns, cells: row })?;
        }
        list.end()
    }
}

struct Row<'a> {
    columns: &'a [&'static str],
    cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}
