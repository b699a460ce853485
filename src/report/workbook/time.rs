//! What became of the tenants, and what to do next.

use super::{Cell, Heads, Report};
use crate::locale::msg;
use crate::plan::Step;
use crate::trend::TrendPoint;
use rust_xlsxwriter::{Workbook, XlsxError};

pub(super) const TREND: Heads<10> = [
    (msg::REPORT_DATE, 14),
    (msg::TEXT_SCORE, 12),
    (msg::TEXT_ASSURANCE, 12),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::REPORT_ASSURED, 12),
    (msg::TEXT_UNASSESSED, 14),
    (msg::REPORT_ROWS, 14),
    (msg::WORKBOOK_SNAPSHOT, 16),
    (msg::WORKBOOK_NOTES, 44),
];

const NEXT: Heads<11> = [
    (msg::WORKBOOK_ORDER, 10),
    (msg::REPORT_WORK, 14),
    (msg::REPORT_ITEM, 34),
    (msg::WORKBOOK_TITLE_OF_IT, 50),
    (msg::WORKBOOK_GROUP, 20),
    (msg::TEXT_ASSIGNED, 24),
    (msg::REPORT_HOURS, 12),
    (msg::WORKBOOK_ASSUMED, 14),
    (msg::REPORT_GAIN, 12),
    (msg::REPORT_THEN, 14),
    (msg::WORKBOOK_AFTER, 34),
];

impl<'d> Report<'d> {
    /// The scores as they were recorded, where any were.
    pub(super) fn trend(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.dossiers.iter().all(|dossier| dossier.history.is_none()) {
            return Ok(());
        }
        let mut page = self.page(book, msg::WORKBOOK_SHEET_TREND)?;
        let rows = self.dossiers.iter().flat_map(|dossier| {
            let points = dossier.history.iter().flat_map(|past| &past.trend.points);
            points.map(move |point| self.row(dossier, self.snapshot(point)))
        });
        page.table("Trend", &self.columns(&TREND), self.with_tenant(1), rows)?;
        Ok(())
    }

    fn snapshot(&self, point: &'d TrendPoint) -> [Cell<'d>; 10] {
        let figures = &point.figures;
        let count = |n: u64| Cell::from(usize::try_from(n).ok());
        [
            point.as_of.into(),
            figures.percent.into(),
            figures.assurance_percent.into(),
            figures.achieved.into(),
            count(figures.possible),
            figures.assured.into(),
            figures.unassessed.into(),
            figures.gaps.map_or(Cell::Nothing, |gaps| count(gaps.into())),
            (&point.id).into(),
            point.note.as_ref().into(),
        ]
    }

    /// The next best actions, where they were asked for.
    pub(super) fn next(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.dossiers.iter().all(|dossier| dossier.next.is_none()) {
            return Ok(());
        }
        let mut page = self.page(book, msg::WORKBOOK_SHEET_NEXT)?;
        let rows = self.dossiers.iter().flat_map(|dossier| {
            let plans = dossier.next.iter();
            plans.flat_map(move |plan| (1..).zip(&plan.chosen).map(move |found| self.row(dossier, self.step(found))))
        });
        page.table("Next", &self.columns(&NEXT), self.with_tenant(1), rows)?;
        Ok(())
    }

    fn step(&self, (number, step): (usize, &'d Step)) -> [Cell<'d>; 11] {
        [
            number.into(),
            self.word(step.kind),
            (&step.action).into(),
            (&step.title).into(),
            step.group.as_ref().into(),
            step.assignee.as_ref().into(),
            usize::try_from(step.hours).ok().into(),
            self.yes(step.assumed),
            step.gain.into(),
            step.percent.into(),
            Cell::ids(step.after.iter()),
        ]
    }
}
