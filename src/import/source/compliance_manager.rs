//! The export of actions of Purview Compliance Manager, `ExportActions.xlsx`: its tab `Action Update`.
//!
//! Each row states how far an action is put into practice and what a test of it showed. Rows are about
//! actions by their titles; the id goes along. Links under `Documents` become evidence. Notes of tests and
//! other notes have no place in a profile.

use crate::choice::Choice;
use crate::diagnostic::quoted;
use crate::import::fact::{Exhibit, Fact, Finding, Reading, Reason, Row, Stated, Subject, UnusedRow};
use crate::profile::{DEFAULT_GROUP, PlaceSource, Test};
use crate::purview::{ActionRow, ActionTab, Column, implementation_of, links_in, test_of};
use crate::sheet::{CellKind, Unreadable, Workbook, parse_date};
use chrono::NaiveDate;

/// What Compliance Manager calls the group that it makes by itself.
const THEIR_DEFAULT: &str = "Default Group";

/// Reads a workbook, the file of this number.
///
/// # Errors
/// It has no such tab, or the tab lacks columns.
pub(super) fn read(file: usize, book: &Workbook, reading: &mut Reading) -> Result<(), Unreadable> {
    let tab = ActionTab::of(book)?;
    for row in tab.rows() {
        match Cells::new(file, &tab, row).fact() {
            Ok(fact) => reading.fact(fact),
            Err(unused) => reading.without_use(*unused),
        }
    }
    Ok(())
}

/// The cells of one row.
struct Cells<'t> {
    cells: ActionRow<'t>,
    row: Row,
}

impl<'t> Cells<'t> {
    fn new(file: usize, tab: &ActionTab<'_>, cells: ActionRow<'t>) -> Self {
        let id = [Column::ActionId, Column::Name].map(|c| cells.text(c)).into_iter().find(|t| !t.is_empty());
        let line = usize::try_from(cells.number()).unwrap_or(usize::MAX);
        let row = Row { file, sheet: Some(tab.name().to_owned()), line, id: id.unwrap_or_default().to_owned() };
        Self { cells, row }
    }

    fn unused(&self, column: Column, reason: Reason, detail: impl Into<String>) -> Box<UnusedRow> {
        Box::new(UnusedRow::new(self.row.clone(), reason, detail).at(column.word()))
    }

    fn fact(self) -> Result<Fact, Box<UnusedRow>> {
        let name = self.cells.text(Column::Name);
        if name.is_empty() {
            return Err(self.unused(Column::Name, Reason::BadRow, "the row names no action"));
        }
        for column in [Column::Implementation, Column::ImplementedOn, Column::Test, Column::TestedOn] {
            if let Some(cell) =
                self.cells.cell(column).filter(|c| matches!(c.kind, CellKind::Formula | CellKind::Error))
            {
                let what = if cell.kind == CellKind::Error { "an error" } else { "a formula" };
                return Err(self.unused(column, Reason::BadValue, format!("this is {what}, and a value is expected")));
            }
        }
        let source = self.source()?;
        let stated = self.stated(source)?;
        if stated.implementation.is_none() && stated.test.is_none() {
            return Err(self.unused(Column::Implementation, Reason::NoStatus, "no status is recorded"));
        }
        let on = stated.tested_on.or(stated.implemented_on);
        let mut fact = Fact::new(self.row.clone(), Subject::Title(name.to_owned()), Finding::Stated(Box::new(stated)));
        let group = self.cells.text(Column::Group);
        let group = if group.eq_ignore_ascii_case(THEIR_DEFAULT) { DEFAULT_GROUP } else { group };
        (fact.on, fact.group) = (on, (!group.is_empty()).then(|| group.to_owned()));
        Ok(fact)
    }

    /// Who tests.
    fn source(&self) -> Result<PlaceSource, Box<UnusedRow>> {
        match self.cells.text(Column::Testing).to_lowercase().as_str() {
            "" | "manual" => Ok(PlaceSource::Manual),
            "automatic" => Ok(PlaceSource::Automatic),
            "parent" => {
                let detail = "its status is that of another action, which has a row of its own";
                Err(self.unused(Column::Testing, Reason::NoStatus, detail))
            }
            other => {
                Err(self.unused(Column::Testing, Reason::BadValue, format!("{} is no testing type", quoted(other))))
            }
        }
    }

    fn stated(&self, source: PlaceSource) -> Result<Stated, Box<UnusedRow>> {
        let test = self.word(Column::Test, test_of)?;
        if test == Some(Test::PartiallyTested) {
            let detail = "how much of it holds is not in the export";
            return Err(self.unused(Column::Test, Reason::NotRun, detail));
        }
        let own = |column| Some(self.cells.text(column)).filter(|t| !t.is_empty()).map(str::to_owned);
        let (links, _) = links_in(self.cells.text(Column::Documents));
        let exhibit =
            |link: crate::purview::Link| Exhibit { title: link.name, url: Some(link.url), ..Exhibit::default() };
        let has_result = !matches!(test, None | Some(Test::None | Test::NotInScope));
        Ok(Stated {
            implementation: self.word(Column::Implementation, implementation_of)?,
            implemented_on: self.date(Column::ImplementedOn)?,
            test,
            tested_on: self.date(Column::TestedOn)?.filter(|_| has_result),
            source: test.map(|_| source),
            fraction: None,
            assigned_to: own(Column::AssignedTo),
            due_on: None,
            notes: own(Column::Notes),
            evidence: links.into_iter().map(exhibit).collect(),
        })
    }

    fn word<T>(&self, column: Column, of: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Box<UnusedRow>> {
        let text = self.cells.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let unknown = || self.unused(column, Reason::BadValue, format!("{} is none of its words", quoted(text)));
        of(text).map(Some).ok_or_else(unknown)
    }

    fn date(&self, column: Column) -> Result<Option<NaiveDate>, Box<UnusedRow>> {
        let Some(cell) = self.cells.cell(column).filter(|c| !c.text.trim().is_empty()) else { return Ok(None) };
        let date = match cell.kind {
            CellKind::Date(date) => Some(date),
            _ => parse_date(&cell.text),
        };
        let wrong = || format!("{} is no date as in `6/19/2026 15:12:29`", quoted(&cell.text));
        date.map(|date| Some(date.date())).ok_or_else(|| self.unused(column, Reason::BadValue, wrong()))
    }
}
