//! A sheet as a table: names in the first row, and what stands under them.

use super::finding::Findings;
use super::layout::{DIMENSION, OLD_TITLE, Tab};
use crate::diagnostic::{nearest, quoted};
use crate::sheet::{CellKind, MAX_CELL_CHARACTERS, Place, Row, Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// A sheet as a table.
pub(super) struct Table<'w> {
    pub(super) sheet: &'w Sheet,
    /// The columns of the header that hold a name, in order.
    pub(super) header: Vec<(u32, &'w str)>,
    columns: BTreeMap<&'w str, u32>,
}

impl<'w> Table<'w> {
    pub(super) fn new(sheet: &'w Sheet) -> Self {
        let cells = sheet.row(1).map_or(&[][..], |row| &row.cells);
        let header: Vec<(u32, &str)> = cells.iter().map(|c| (c.column, c.text.trim())).collect();
        let mut columns = BTreeMap::new();
        for (column, name) in &header {
            columns.entry(*name).or_insert(*column);
        }
        Self { sheet, header, columns }
    }

    /// The rows under the header that hold something.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'w Row> + use<'w> {
        let is_row = |row: &&Row| row.number > 1 && row.cells.iter().any(|c| !c.text.trim().is_empty());
        self.sheet.rows.iter().filter(is_row)
    }

    /// The column of a name.
    pub(super) fn column(&self, name: &str) -> Option<u32> {
        self.columns.get(name).copied()
    }

    /// The place under a name in a row.
    pub(super) fn place(&self, row: &Row, name: &str) -> Option<Place> {
        self.column(name).map(|column| Place { row: row.number, column })
    }

    /// What stands under a name in a row; nothing is the empty text.
    pub(super) fn text(&self, row: &'w Row, name: &str) -> &'w str {
        self.column(name).and_then(|column| row.cell(column)).map_or("", |cell| cell.text.as_str())
    }

    /// The columns whose values become filters, each with the key.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = (u32, &'w str)> + '_ {
        self.header.iter().filter_map(|(column, name)| Some((*column, name.strip_prefix(DIMENSION)?)))
    }

    /// Holds the names of the columns against those that have to be there, in order.
    pub(super) fn check_header(&self, tab: &Tab, found: &mut Findings<'_>) {
        let has_old_title = self.column(OLD_TITLE) == Some(1);
        let mut expected: Vec<&str> = tab.columns.to_vec();
        if has_old_title && tab.columns.first() == Some(&"actionTitle") {
            expected.insert(1, OLD_TITLE);
        }
        let mut seen = BTreeSet::new();
        for (column, name) in &self.header {
            if !name.is_empty() && !seen.insert(*name) {
                let place = Place { row: 1, column: *column };
                found.error(Some(place), format!("the column {} is there twice", quoted(name)), None);
            }
        }
        let strangers: Vec<&str> = self.header.iter().map(|(_, n)| *n).filter(|n| !expected.contains(n)).collect();
        for (position, name) in (0..).zip(&expected) {
            let place = Place { row: 1, column: position };
            match self.column(name) {
                Some(column) if column == position => {}
                Some(column) => {
                    let is = Place { row: 1, column };
                    found.error(Some(is), format!("the column `{name}` belongs in {place}"), Some(order(&expected)));
                }
                None => {
                    let help = nearest(name, strangers.iter().copied()).map_or_else(
                        || order(&expected),
                        |near| format!("{} looks like it; write `{name}`", quoted(near)),
                    );
                    found.error(Some(place), format!("the column `{name}` is missing"), Some(help));
                }
            }
        }
    }

    /// Looks at every cell for what is no plain value.
    pub(super) fn check_cells(&self, found: &mut Findings<'_>) {
        for area in &self.sheet.merged {
            let help = "split them: only the first of them would be read".to_owned();
            found.error(Some(area.first), format!("the cells {area} are merged"), Some(help));
        }
        let last = self.header.iter().filter(|(_, name)| !name.is_empty()).map(|(column, _)| *column).max();
        for row in &self.sheet.rows {
            for cell in &row.cells {
                let place = Some(Place { row: row.number, column: cell.column });
                match cell.kind {
                    CellKind::Formula => {
                        let help = "put the value in its place".to_owned();
                        found.error(place, "this is a formula, and a value is expected", Some(help));
                    }
                    CellKind::Error => {
                        found.error(
                            place,
                            format!("this is the error {}, and a value is expected", quoted(&cell.text)),
                            None,
                        );
                    }
                    _ if cell.text.encode_utf16().count() > MAX_CELL_CHARACTERS => {
                        found.error(place, format!("this is longer than {MAX_CELL_CHARACTERS} characters"), None);
                    }
                    _ if last.is_none_or(|last| cell.column > last) && !cell.text.trim().is_empty() => {
                        let help = "every column has its name in row 1".to_owned();
                        found.error(place, "this stands outside the table", Some(help));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn order(columns: &[&str]) -> String {
    format!("the columns are, in this order: `{}`", columns.join("`, `"))
}
