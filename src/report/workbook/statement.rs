//! The Statement of Applicability: the columns of `annexa soa`, in the same words.

use super::looks::Mood;
use super::page::Column;
use super::{Cell, Report};
use crate::locale::{Message, msg};
use crate::report::soa::{COLUMNS, Shown};
use crate::soa::{Statement, StatementRow};
use rust_xlsxwriter::{Workbook, XlsxError};

/// The columns before those of the statement.
const BEFORE: [(Message, usize); 2] = [(msg::WORKBOOK_FRAMEWORK, 20), (msg::WORKBOOK_GROUP, 20)];
/// How wide the columns of the statement are at most.
const WIDTHS: [usize; 11] = [12, 36, 12, 44, 22, 22, 54, 54, 22, 28, 44];

impl<'d> Report<'d> {
    /// The controls of Annex A, where an assessment has one.
    pub(super) fn statements(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.dossiers.iter().all(|dossier| dossier.statements.is_empty()) {
            return Ok(());
        }
        let mut page = self.page(book, msg::SOA_TITLE)?;
        let mut columns = self.columns(&BEFORE);
        let column = |(heading, most)| Column { heading: self.text(heading), most, note: None };
        columns.extend(COLUMNS.into_iter().zip(WIDTHS).map(column));
        let rows = self.dossiers.iter().flat_map(|dossier| {
            let rows = dossier.statements.iter().flat_map(|s| s.rows.iter().map(move |row| (s, row)));
            rows.map(move |(statement, row)| {
                let mut cells = self.row(dossier, before(statement));
                cells.extend(self.shown(row));
                cells
            })
        });
        let body = page.table("Statement", &columns, self.with_tenant(4), rows)?;
        let no = [self.text(msg::SOA_NO)];
        let at = |heading: Message| {
            let position = COLUMNS.iter().position(|column| *column == heading).unwrap_or_default() + BEFORE.len();
            self.with_tenant(u16::try_from(position).unwrap_or_default())
        };
        page.colour_words(body, at(msg::SOA_APPLICABLE), &no, Mood::Quiet)?;
        let marks = at(msg::SOA_MARKS);
        page.colour(body, marks, &format!("{}<>\"\"", body.cell(marks)), Mood::Warn)
    }

    fn shown(&self, row: &StatementRow) -> [Cell<'static>; 11] {
        Shown::new(self.words, row).cells().map(Cell::from)
    }
}

fn before(statement: &Statement) -> [Cell<'_>; 2] {
    [(&statement.framework).into(), (&statement.group).into()]
}
