//! Dossiers as a workbook: a summary with charts, and a sheet for each table that people filter.
//!
//! Start with [`dossier_xlsx`]. Each sheet is a file: `summary` (of one tenant) and `tenants` (of
//! several) with the charts of `charts`, then `controls`, `gaps`, `actions`, `evidence`, `statement`,
//! `time` for the trend and the next best actions. They say which columns there are and what stands in them; `page`
//! writes cells and tables, `looks` has the formats, `cell` the kinds of cells, `number` the one place
//! where a figure becomes a float. Text is written as text, never as a formula. The same dossiers give
//! the same bytes.

mod actions;
mod cell;
mod charts;
mod controls;
mod evidence;
mod gaps;
mod looks;
mod number;
mod page;
mod statement;
mod summary;
mod tenants;
mod time;

use super::xlsx::day;
use crate::choice::Choice;
use crate::dossier::Dossier;
use crate::locale::{Locale, Message, Words, msg};
use crate::safe::safe;
use cell::Cell;
use looks::Looks;
use page::{Column, Page};
use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};
use std::borrow::Cow;

/// The most characters of a title in the properties of a document.
const TITLE_LENGTH: usize = 255;

/// The most rows of a sheet under its header.
pub const SHEET_ROWS: usize = 1_048_575;

/// The rows of the longest sheet of a workbook, without its header.
#[must_use]
pub fn longest_sheet(dossiers: &[Dossier]) -> usize {
    let gaps = dossiers.iter().flat_map(|d| &d.score.assessments).map(|a| a.gaps.len()).sum();
    let actions = dossiers.iter().map(|d| d.actions.len().saturating_mul(d.score.assessments.len())).sum();
    usize::max(gaps, actions)
}

/// The dossiers of one or more tenants as the bytes of an XLSX file.
///
/// # Errors
/// More rows than a sheet can have.
pub fn dossier_xlsx(dossiers: &[Dossier], locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let words = Words::of(locale);
    let report = Report { dossiers, words, looks: Looks::new(words), none: words.percent(None) };
    let mut book = Workbook::new();
    book.set_properties(&report.properties()?);
    match dossiers {
        [dossier] => report.summary(&mut book, dossier)?,
        _ => report.tenants(&mut book)?,
    }
    report.controls(&mut book)?;
    report.gaps(&mut book)?;
    report.actions(&mut book)?;
    report.evidence(&mut book)?;
    report.statements(&mut book)?;
    report.trend(&mut book)?;
    report.next(&mut book)?;
    book.save_to_buffer()
}

/// What all sheets are written from.
struct Report<'d> {
    dossiers: &'d [Dossier],
    words: &'static Words,
    looks: Looks,
    /// What stands where there is no score.
    none: String,
}

/// The headings of a table, and how wide each column is at most.
type Heads<const N: usize> = [(Message, usize); N];

impl<'d> Report<'d> {
    /// The title, and the date of the figures in the place of the clock; nobody is named.
    fn properties(&self) -> Result<DocProperties, XlsxError> {
        let title = match self.dossiers {
            [one] => format!("{}: {}", one.score.organization, self.words.text(msg::WORKBOOK_TITLE)),
            several => self.words.with(msg::REPORT_TITLE, &[("count", several.len().into())]),
        };
        let title: String = safe(&title).chars().take(TITLE_LENGTH).collect();
        let created = day(self.dossiers.first().map(|d| d.score.as_of))?;
        Ok(DocProperties::new().set_title(title).set_creation_datetime(&created))
    }

    fn page<'b>(&'b self, book: &'b mut Workbook, name: Message) -> Result<Page<'b>, XlsxError> {
        Page::new(book, &self.words.text(name), &self.looks, &self.none)
    }

    fn text(&self, message: Message) -> Cow<'static, str> {
        self.words.text(message)
    }

    /// A member of a closed set.
    fn word<T: Choice>(&self, choice: T) -> Cell<'static> {
        self.words.word(choice).into()
    }

    /// The same, or nothing.
    fn maybe<T: Choice>(&self, choice: Option<T>) -> Cell<'static> {
        choice.map(|choice| self.word(choice)).into()
    }

    fn yes(&self, is_so: bool) -> Cell<'static> {
        is_so.then(|| self.text(msg::WORKBOOK_YES)).into()
    }

    /// Whether rows have to say whose they are.
    fn has_several(&self) -> bool {
        self.dossiers.len() != 1
    }

    /// The columns of a table: that of the tenant first where there are several.
    fn columns<const N: usize>(&self, heads: &Heads<N>) -> Vec<Column<'static>> {
        let column =
            |(heading, most): &(Message, usize)| Column { heading: self.text(*heading), most: *most, note: None };
        let tenant = self.has_several().then_some((msg::WORKBOOK_TENANT, 24));
        tenant.iter().chain(heads).map(column).collect()
    }

    /// A row under these columns.
    fn row<const N: usize>(&self, dossier: &'d Dossier, cells: [Cell<'d>; N]) -> Vec<Cell<'d>> {
        let tenant = self.has_several().then(|| Cell::from(&dossier.score.tenant));
        tenant.into_iter().chain(cells).collect()
    }

    /// So many columns, and the tenant's.
    fn with_tenant(&self, columns: u16) -> u16 {
        columns + u16::from(self.has_several())
    }

    /// Where a column stands.
    fn position<const N: usize>(&self, heads: &Heads<N>, heading: Message) -> u16 {
        let position = heads.iter().position(|(head, _)| *head == heading).unwrap_or_default();
        self.with_tenant(u16::try_from(position).unwrap_or_default())
    }
}
