//! The tab of the export of actions that is read back: a row for each action of a tenant.

use super::layout::ACTION_TAB;
use crate::choice::{Choice, choice};
use crate::diagnostic::{listed, nearest, quoted};
use crate::sheet::{Cell, Place, Row, Sheet, Unreadable, Workbook};
use std::collections::BTreeMap;

choice! {
    /// A column of the tab.
    pub enum Column {
        /// What Compliance Manager calls the action within.
        ActionId = "Action Id",
        /// Its title, by which it is known.
        Name = "Improvement Action Name",
        /// The product.
        AppliesTo = "Applicable To",
        /// The service.
        Scope = "Service Scope",
        /// The group of assessments.
        Group = "Group",
        /// How far it is put into practice.
        Implementation = "Implementation Status",
        /// The day it was done.
        ImplementedOn = "Implementation Date",
        /// What is to be known of it.
        Notes = "Implementation Notes",
        /// What a test showed.
        Test = "Test Status",
        /// The day of the test.
        TestedOn = "Test Date",
        /// What is to be known of the test.
        TestNotes = "Test Notes",
        /// What else is to be known.
        OtherNotes = "Other Notes",
        /// What can be shown.
        Documents = "Documents",
        /// Who works on it.
        AssignedTo = "Assigned To",
        /// Who tests.
        Testing = "Testing Type",
    }
}

impl Column {
    /// All columns, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().filter_map(|word| Self::from_word(word))
    }

    /// Those that every export has.
    pub(super) const NEEDED: [Self; 6] =
        [Self::Name, Self::Implementation, Self::ImplementedOn, Self::Notes, Self::Test, Self::TestedOn];
}

/// The tab.
#[derive(Debug)]
pub struct ActionTab<'w> {
    pub(super) sheet: &'w Sheet,
    columns: BTreeMap<Column, u32>,
}

/// A row of it.
#[derive(Clone, Copy, Debug)]
pub struct ActionRow<'t> {
    tab: &'t ActionTab<'t>,
    row: &'t Row,
}

impl<'w> ActionTab<'w> {
    /// The tab of a workbook.
    ///
    /// # Errors
    /// The workbook has no such tab, or it lacks columns.
    pub fn of(book: &'w Workbook) -> Result<Self, Unreadable> {
        let sheet = book.sheets.iter().find(|s| s.name.trim().eq_ignore_ascii_case(ACTION_TAB)).ok_or_else(|| {
            let names = book.sheets.iter().map(|s| s.name.as_str());
            let help = nearest(ACTION_TAB, names.clone()).map_or_else(
                || format!("its tabs are {}", listed(names.take(8))),
                |near| format!("{} looks like it", quoted(near)),
            );
            Unreadable { message: format!("the workbook has no tab `{ACTION_TAB}`"), help: Some(help) }
        })?;
        let tab = Self::at(sheet);
        let missing: Vec<&str> =
            Column::NEEDED.into_iter().filter(|c| tab.column(*c).is_none()).map(Choice::word).collect();
        if missing.is_empty() {
            return Ok(tab);
        }
        let message = format!("the tab `{ACTION_TAB}` lacks the columns {}", listed(missing));
        let help = "export the actions from an assessment: the page of improvement actions exports fewer columns";
        Err(Unreadable { message, help: Some(help.to_owned()) })
    }

    /// A sheet taken for the tab.
    pub(super) fn at(sheet: &'w Sheet) -> Self {
        let mut columns = BTreeMap::new();
        for cell in sheet.row(1).map_or(&[][..], |row| &row.cells) {
            if let Some(column) = Column::all().find(|c| c.word().eq_ignore_ascii_case(cell.text.trim())) {
                columns.entry(column).or_insert(cell.column);
            }
        }
        Self { sheet, columns }
    }

    /// Where a column stands, if it is there.
    #[must_use]
    pub fn column(&self, column: Column) -> Option<u32> {
        self.columns.get(&column).copied()
    }

    /// The name of the tab, as it is written.
    #[must_use]
    pub fn name(&self) -> &'w str {
        &self.sheet.name
    }

    /// Its rows that hold something.
    pub fn rows(&self) -> impl Iterator<Item = ActionRow<'_>> {
        let is_row = |row: &&Row| row.number > 1 && row.cells.iter().any(|c| !c.text.trim().is_empty());
        self.sheet.rows.iter().filter(is_row).map(|row| ActionRow { tab: self, row })
    }
}

impl<'t> ActionRow<'t> {
    /// Its number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.row.number
    }

    /// Where one of its cells stands.
    #[must_use]
    pub fn place(self, column: Column) -> Option<Place> {
        self.tab.column(column).map(|column| Place { row: self.row.number, column })
    }

    /// One of its cells, if it holds something.
    #[must_use]
    pub fn cell(self, column: Column) -> Option<&'t Cell> {
        self.row.cell(self.tab.column(column)?)
    }

    /// What stands in it, without blanks around; nothing is the empty text.
    #[must_use]
    pub fn text(self, column: Column) -> &'t str {
        self.cell(column).map_or("", |cell| cell.text.trim())
    }

    /// The sheet it stands in.
    pub(super) fn sheet(self) -> &'t Sheet {
        self.tab.sheet
    }
}
