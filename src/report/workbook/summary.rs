//! The summary of one tenant: who and when, the figures of each assessment, and charts of its domains,
//! of what is missing by kind, and of what was recorded.

use super::charts::{Rows, rows_of};
use super::page::{Body, FIRST, Page};
use super::{Cell, Report};
use crate::dossier::{AssessmentSheet, Dossier};
use crate::evaluate::ControlStatus;
use crate::locale::{Message, msg};
use crate::points::{Percent, Sums};
use crate::result::{Assessment, Figures, Outlook};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::borrow::Cow;

/// How many columns the sheet has, and how wide those of numbers are.
const COLUMNS: u16 = 13;
const WIDTH: usize = 13;
/// Where the second of two charts begins.
const RIGHT: u16 = 6;
/// How wide the first of them is, the second, and one that stands alone, in pixels.
const WIDTHS: [u32; 3] = [915, 665, 1_590];
/// The columns of score and assurance in all blocks of the sheet.
const PAIR: [u16; 2] = [2, 4];

/// The statuses that a control can have, the best first.
const STATUSES: [ControlStatus; 6] = [
    ControlStatus::Covered,
    ControlStatus::Partial,
    ControlStatus::Gap,
    ControlStatus::Unmapped,
    ControlStatus::NotInScope,
    ControlStatus::Excluded,
];

/// The figures of a row.
const FIGURES: [Message; 7] = [
    msg::TEXT_SCORE,
    msg::REPORT_AT_BEST,
    msg::TEXT_ASSURANCE,
    msg::WORKBOOK_POINTS,
    msg::TEXT_POSSIBLE,
    msg::REPORT_ASSURED,
    msg::TEXT_UNASSESSED,
];

impl<'d> Report<'d> {
    pub(super) fn summary(&self, book: &mut Workbook, dossier: &'d Dossier) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_SUMMARY)?;
        page.sheet.set_screen_gridlines(false);
        self.head(&mut page, dossier)?;
        let mut top = 6;
        top = self.figures(&mut page, dossier, top)?.last + 2;
        top = self.statuses(&mut page, dossier, top)?.last + 2;
        top = self.trend_chart(&mut page, dossier, top)?;
        let mut breaks = Vec::new();
        for (assessment, sheet) in dossier.score.assessments.iter().zip(&dossier.assessments) {
            if !breaks.is_empty() {
                breaks.push(top);
            }
            top = self.assessment(&mut page, assessment, sheet, top, &mut breaks)?;
        }
        page.fit(0, FIRST, FIRST)?;
        for column in 1..COLUMNS {
            page.fit(column, WIDTH, WIDTH)?;
        }
        page.sheet.set_page_breaks(&breaks)?;
        Ok(())
    }

    /// Whose report it is, and of when.
    fn head(&self, page: &mut Page<'_>, dossier: &'d Dossier) -> Result<(), XlsxError> {
        let score = &dossier.score;
        page.line((0, 0), &score.organization, &self.looks.title)?;
        page.line((1, 0), &self.text(msg::WORKBOOK_TITLE), &self.looks.heading)?;
        let facts = [
            (msg::WORKBOOK_AS_OF, self.words.long_date(score.as_of)),
            (msg::WORKBOOK_TENANT, score.tenant.clone()),
            (msg::WORKBOOK_MADE_BY, concat!("annexa ", env!("CARGO_PKG_VERSION")).to_owned()),
        ];
        for (row, (name, text)) in (2..).zip(facts) {
            page.line((row, 0), &self.text(name), &self.looks.name)?;
            page.line((row, 1), &text, &self.looks.loose)?;
        }
        Ok(())
    }

    /// Three rows for each assessment, and for all of them where there are several.
    fn figures(&self, page: &mut Page<'_>, dossier: &'d Dossier, top: u32) -> Result<Body, XlsxError> {
        let score = &dossier.score;
        let mut headings = vec![self.text(msg::WORKBOOK_ASSESSMENT), self.text(msg::WORKBOOK_SIDE)];
        headings.extend(FIGURES.map(|message| self.text(message)));
        headings.extend([msg::TEXT_TARGET, msg::WORKBOOK_TARGET_STATUS].map(|message| self.text(message)));
        headings.push(self.outlook_heading(&score.outlook));
        headings.push(self.text(msg::REPORT_ROWS));
        let mut rows = Vec::new();
        if score.assessments.len() != 1 {
            let name = self.text(msg::TEXT_OVERALL_TITLE);
            let gaps = score.assessments.iter().map(|a| a.gaps.len()).sum();
            rows.extend(self.sides(name, &score.overall, None, &score.outlook, gaps));
        }
        for assessment in &score.assessments {
            let name = self.name(assessment);
            rows.extend(self.sides(
                name,
                &assessment.figures,
                assessment.target,
                &assessment.outlook,
                assessment.gaps.len(),
            ));
        }
        page.block(top, &headings, (2, WIDTH), rows)
    }

    pub(super) fn outlook_heading(&self, outlook: &Outlook) -> Cow<'static, str> {
        let date = self.words.date(outlook.by);
        Cow::Owned(self.words.with(msg::WORKBOOK_OUTLOOK, &[("date", date.into())]))
    }

    fn name(&self, assessment: &Assessment) -> Cow<'static, str> {
        let args = [("title", assessment.title.as_str().into()), ("group", assessment.group.as_str().into())];
        Cow::Owned(self.words.with(msg::TEXT_GROUP, &args))
    }

    fn sides(
        &self,
        name: Cow<'static, str>,
        figures: &Figures,
        target: Option<Percent>,
        outlook: &Outlook,
        gaps: usize,
    ) -> [Vec<Cell<'static>>; 3] {
        let side = |side: Message, sums: &Sums| {
            let mut cells = vec![name.clone().into(), self.text(side).into()];
            cells.extend(self.sums(sums));
            cells
        };
        let mut all = side(msg::TEXT_ALL, &figures.total);
        let is_met = target.map(|target| target.is_reached_by(figures.total.achieved, figures.total.possible));
        let met = is_met.map(|is_met| self.text(if is_met { msg::TEXT_MET } else { msg::TEXT_NOT_MET }));
        all.extend([
            target.into(),
            met.map_or(Cell::Nothing, Cell::Word),
            Cell::score(outlook.assurance_percent),
            gaps.into(),
        ]);
        [all, side(msg::TEXT_YOUR_SIDE, &figures.customer), side(msg::TEXT_PROVIDER, &figures.provider)]
    }

    /// The cells under [`FIGURES`].
    pub(super) fn sums(&self, sums: &Sums) -> [Cell<'static>; 7] {
        [
            Cell::score(sums.percent()),
            Cell::score(sums.percent_at_best()),
            Cell::score(sums.assurance_percent()),
            sums.achieved.into(),
            sums.possible.into(),
            sums.assured.into(),
            sums.unassessed.into(),
        ]
    }

    /// How many controls come to what.
    fn statuses(&self, page: &mut Page<'_>, dossier: &'d Dossier, top: u32) -> Result<Body, XlsxError> {
        let mut headings = vec![self.text(msg::WORKBOOK_ASSESSMENT), self.text(msg::REPORT_CONTROLS)];
        headings.extend(STATUSES.map(|status| self.words.word(status)));
        let row = |assessment: &'d Assessment| {
            let count = |status| Cell::from(assessment.controls.iter().filter(|c| c.status == status).count());
            let name = [self.name(assessment).into(), assessment.controls.len().into()];
            name.into_iter().chain(STATUSES.map(count)).collect()
        };
        page.block(top, &headings, (1, WIDTH), dossier.score.assessments.iter().map(row))
    }

    /// Score and assurance as they were recorded; the row after.
    fn trend_chart(&self, page: &mut Page<'_>, dossier: &'d Dossier, top: u32) -> Result<u32, XlsxError> {
        let points = dossier.history.as_ref().map_or(0, |past| past.trend.points.len());
        let Some(last) = u32::try_from(points).ok().filter(|count| *count > 0) else { return Ok(top) };
        let sheet = self.text(msg::WORKBOOK_SHEET_TREND);
        let rows = Rows { sheet: &sheet, first: 1, last };
        let mut chart = rows.line(&self.text(msg::WORKBOOK_CHART_TREND), 0, [1, 2], &self.looks.date_form);
        let [.., width] = WIDTHS;
        chart.set_width(width).set_height(280);
        page.sheet.insert_chart(top, 0, &chart)?;
        Ok(top + rows_of(280))
    }

    /// The domains and what is missing by kind, as charts and as figures; the row after.
    fn assessment(
        &self,
        page: &mut Page<'_>,
        assessment: &'d Assessment,
        sheet: &'d AssessmentSheet,
        top: u32,
        breaks: &mut Vec<u32>,
    ) -> Result<u32, XlsxError> {
        page.line((top, 0), &self.name(assessment), &self.looks.heading)?;
        let count = u32::try_from(assessment.domains.len().max(sheet.missing.len())).unwrap_or(u32::MAX);
        let height = count.saturating_mul(32).saturating_add(110).clamp(200, 1_000);
        // The charts on one page, the figures on the next.
        breaks.push(top + 1 + rows_of(height));
        let domains = self.domains(page, assessment, top + 1 + rows_of(height))?;
        let kinds = self.kinds(page, sheet, domains.last + 2)?;
        let name = self.text(msg::WORKBOOK_SHEET_SUMMARY);
        let rows = |body: Body| Rows { sheet: &name, first: body.first, last: body.last };
        let [left, right, _] = WIDTHS;
        if !assessment.domains.is_empty() {
            let mut chart = rows(domains).bars(&self.text(msg::WORKBOOK_CHART_DOMAINS), 0, PAIR);
            page.sheet.insert_chart(top + 1, 0, chart.set_width(left).set_height(height))?;
        }
        if !sheet.missing.is_empty() {
            let mut chart = rows(kinds).counts(&self.text(msg::WORKBOOK_CHART_KINDS), 0, 1);
            page.sheet.insert_chart(top + 1, RIGHT, chart.set_width(right).set_height(height))?;
        }
        Ok(kinds.last + 2)
    }

    fn domains(&self, page: &mut Page<'_>, assessment: &'d Assessment, top: u32) -> Result<Body, XlsxError> {
        let mut headings = vec![self.text(msg::TEXT_DOMAIN), self.text(msg::REPORT_CONTROLS)];
        headings.extend(FIGURES.map(|message| self.text(message)));
        headings.extend([msg::TEXT_MISSING, msg::TEXT_COVERED].map(|message| self.text(message)));
        let row = |domain: &'d crate::result::Domain| {
            let total = &domain.figures.total;
            let mut cells = vec![format!("{} {}", domain.id, domain.title).into(), domain.controls.into()];
            cells.extend(self.sums(total));
            cells.extend([total.missing().into(), domain.covered.into()]);
            cells
        };
        page.block(top, &headings, (1, WIDTH), assessment.domains.iter().map(row))
    }

    fn kinds(&self, page: &mut Page<'_>, sheet: &'d AssessmentSheet, top: u32) -> Result<Body, XlsxError> {
        let headings =
            [msg::REPORT_KIND, msg::REPORT_FINDINGS, msg::REPORT_CONTROLS, msg::REPORT_ROWS].map(|m| self.text(m));
        let row = |missing: &crate::dossier::Missing| {
            vec![self.word(missing.kind), missing.findings.into(), missing.controls.into(), missing.rows.into()]
        };
        page.block(top, &headings, (1, WIDTH), sheet.missing.iter().map(row))
    }
}
