//! Where a cell stands: `B7`.

use std::fmt;

/// The last column that a sheet can have, from 0: `XFD`.
const LAST_COLUMN: u32 = 16_383;
/// The last row that a sheet can have, from 1.
const LAST_ROW: u32 = 1_048_576;

/// Where a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The row, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
}

/// Cells from one place to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The first.
    pub first: Place,
    /// The last.
    pub last: Place,
}

impl Place {
    /// The place of a name such as `B7` or `$B$7`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.strip_prefix('$').unwrap_or(name);
        let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = name.split_at_checked(letters)?;
        let row = row.strip_prefix('$').unwrap_or(row);
        if column.is_empty() || column.len() > 3 || row.len() > 7 || !row.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let step = |sum: u32, letter: u8| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        let column = column.bytes().fold(0, step).checked_sub(1)?;
        let row = row.parse().ok()?;
        Self { row, column }.exists().then_some(Self { row, column })
    }

    /// Whether a sheet has such a place.
    pub(super) fn exists(self) -> bool {
        (1..=LAST_ROW).contains(&self.row) && self.column <= LAST_COLUMN
    }

    /// The name of a column.
    #[must_use]
    pub fn column_name(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = column.saturating_add(1);
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::column_name(self.column), self.row)
    }
}

impl Area {
    /// The area of a name such as `A1:B2`, whichever corner comes first.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (one, other) = name.split_once(':').unwrap_or((name, name));
        let (one, other) = (Place::parse(one)?, Place::parse(other)?);
        let first = Place { row: one.row.min(other.row), column: one.column.min(other.column) };
        let last = Place { row: one.row.max(other.row), column: one.column.max(other.column) };
        Some(Self { first, last })
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn holds(self, place: Place) -> bool {
        (self.first.row..=self.last.row).contains(&place.row)
            && (self.first.column..=self.last.column).contains(&place.column)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Place};

    #[test]
    fn a_name_is_read_and_written_the_same() {
        for name in ["A1", "Z9", "AA10", "AZ1", "BA77", "ZZ3", "AAA1", "XFD1048576"] {
            assert_eq!(Place::parse(name).map(|p| p.to_string()).as_deref(), Some(name));
        }
        assert_eq!(Place::parse("$b$7").map(|p| p.to_string()).as_deref(), Some("B7"));
        for name in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A1B", "É1", "A99999999999"] {
            assert_eq!(Place::parse(name), None, "{name}");
        }
    }

    #[test]
    fn an_area_holds_what_lies_in_it_whichever_way_it_is_named() {
        let area = Area::parse("C3:B2");
        assert_eq!(area.map(|area| area.to_string()).as_deref(), Some("B2:C3"));
        let holds = |name: &str| area.zip(Place::parse(name)).map(|(area, place)| area.holds(place));
        assert_eq!(["B3", "D3", "B4"].map(holds), [Some(true), Some(false), Some(false)]);
    }
}
