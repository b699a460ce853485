//! The summary of several tenants: a row for each, then for each of their assessments and domains.

use super::charts::{Rows, rows_of};
use super::{Cell, Heads, Report};
use crate::dossier::{Dossier, Missing};
use crate::locale::msg;
use crate::points::Sums;
use crate::result::{Assessment, Domain};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Up to so many tenants can be told apart in a chart.
const CHARTED: usize = 60;
/// The size of the chart, in pixels.
const CHART: (u32, u32) = (1_300, 320);

const TENANTS: Heads<14> = [
    (msg::REPORT_ORGANIZATION, 40),
    (msg::WORKBOOK_AS_OF, 14),
    (msg::TEXT_SCORE, 12),
    (msg::REPORT_AT_BEST, 12),
    (msg::TEXT_ASSURANCE, 12),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::REPORT_ASSURED, 12),
    (msg::TEXT_UNASSESSED, 14),
    (msg::TEXT_YOUR_SIDE, 12),
    (msg::TEXT_PROVIDER, 12),
    (msg::WORKBOOK_OUTLOOK_PLAIN, 16),
    (msg::WORKBOOK_ASSESSMENTS, 14),
    (msg::REPORT_ROWS, 14),
];

const ASSESSMENTS: Heads<16> = [
    (msg::WORKBOOK_ASSESSMENT, 40),
    (msg::WORKBOOK_FRAMEWORK, 20),
    (msg::WORKBOOK_GROUP, 20),
    (msg::TEXT_SCORE, 12),
    (msg::REPORT_AT_BEST, 12),
    (msg::TEXT_ASSURANCE, 12),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::REPORT_ASSURED, 12),
    (msg::TEXT_UNASSESSED, 14),
    (msg::TEXT_YOUR_SIDE, 12),
    (msg::TEXT_PROVIDER, 12),
    (msg::WORKBOOK_OUTLOOK_PLAIN, 16),
    (msg::TEXT_TARGET, 12),
    (msg::WORKBOOK_TARGET_STATUS, 14),
    (msg::REPORT_ROWS, 14),
];

const DOMAINS: Heads<13> = [
    (msg::WORKBOOK_FRAMEWORK, 20),
    (msg::WORKBOOK_GROUP, 20),
    (msg::TEXT_DOMAIN, 44),
    (msg::TEXT_SCORE, 12),
    (msg::REPORT_AT_BEST, 12),
    (msg::TEXT_ASSURANCE, 12),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::REPORT_ASSURED, 12),
    (msg::TEXT_UNASSESSED, 14),
    (msg::TEXT_MISSING, 12),
    (msg::TEXT_COVERED, 12),
    (msg::REPORT_CONTROLS, 12),
];

const KINDS: Heads<6> = [
    (msg::WORKBOOK_FRAMEWORK, 20),
    (msg::WORKBOOK_GROUP, 20),
    (msg::REPORT_KIND, 30),
    (msg::REPORT_FINDINGS, 12),
    (msg::REPORT_CONTROLS, 12),
    (msg::REPORT_ROWS, 16),
];

impl<'d> Report<'d> {
    pub(super) fn tenants(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        self.overview(book)?;
        let each =
            || self.dossiers.iter().flat_map(|d| d.score.assessments.iter().zip(&d.assessments).map(move |a| (d, a)));
        let mut page = self.page(book, msg::WORKBOOK_SHEET_ASSESSMENTS)?;
        let rows = each().map(|(dossier, (assessment, _))| self.row(dossier, self.one(assessment)));
        page.table("Assessments", &self.columns(&ASSESSMENTS), 2, rows)?;
        let mut page = self.page(book, msg::WORKBOOK_SHEET_DOMAINS)?;
        let rows = each().flat_map(|(dossier, (assessment, _))| {
            assessment.domains.iter().map(move |domain| self.row(dossier, self.domain(assessment, domain)))
        });
        page.table("Domains", &self.columns(&DOMAINS), 4, rows)?;
        let mut page = self.page(book, msg::WORKBOOK_SHEET_KINDS)?;
        let rows = each().flat_map(|(dossier, (assessment, sheet))| {
            sheet.missing.iter().map(move |missing| self.row(dossier, self.kind(assessment, missing)))
        });
        page.table("Kinds", &self.columns(&KINDS), 4, rows)?;
        Ok(())
    }

    /// A row for each tenant below a chart of them.
    fn overview(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_SUMMARY)?;
        let title = self.words.with(msg::REPORT_TITLE, &[("count", self.dossiers.len().into())]);
        page.line((0, 0), &title, &self.looks.title)?;
        page.line((1, 0), concat!("annexa ", env!("CARGO_PKG_VERSION")), &self.looks.loose)?;
        let is_charted = (1..=CHARTED).contains(&self.dossiers.len());
        let (width, height) = CHART;
        let top = if is_charted { 3 + rows_of(height) } else { 3 };
        let rows = self.dossiers.iter().map(|dossier| self.row(dossier, self.tenant(dossier)));
        let body = page.table_at(top, "Tenants", &self.columns(&TENANTS), rows)?;
        if is_charted {
            let sheet = self.text(msg::WORKBOOK_SHEET_SUMMARY);
            let rows = Rows { sheet: &sheet, first: body.first, last: body.last };
            let pair = [msg::TEXT_SCORE, msg::TEXT_ASSURANCE].map(|heading| self.position(&TENANTS, heading));
            let mut chart = rows.columns(&self.text(msg::WORKBOOK_CHART_TENANTS), 0, pair);
            page.sheet.insert_chart(3, 0, chart.set_width(width).set_height(height))?;
        }
        Ok(())
    }

    fn tenant(&self, dossier: &'d Dossier) -> [Cell<'d>; 14] {
        let score = &dossier.score;
        let gaps: usize = score.assessments.iter().map(|a| a.gaps.len()).sum();
        let [percent, best, assurance, points, possible, assured, unassessed] = self.sums(&score.overall.total);
        let [customer, provider] = sides(&score.overall.customer, &score.overall.provider);
        let outlook = Cell::score(score.outlook.assurance_percent);
        [
            (&score.organization).into(),
            score.as_of.into(),
            percent,
            best,
            assurance,
            points,
            possible,
            assured,
            unassessed,
            customer,
            provider,
            outlook,
            score.assessments.len().into(),
            gaps.into(),
        ]
    }

    fn one(&self, assessment: &'d Assessment) -> [Cell<'d>; 16] {
        let figures = &assessment.figures;
        let total = &figures.total;
        let [percent, best, assurance, points, possible, assured, unassessed] = self.sums(total);
        let [customer, provider] = sides(&figures.customer, &figures.provider);
        let is_met = assessment.target.map(|target| target.is_reached_by(total.achieved, total.possible));
        [
            (&assessment.title).into(),
            (&assessment.framework).into(),
            (&assessment.group).into(),
            percent,
            best,
            assurance,
            points,
            possible,
            assured,
            unassessed,
            customer,
            provider,
            Cell::score(assessment.outlook.assurance_percent),
            assessment.target.into(),
            is_met.map(|is_met| self.text(if is_met { msg::TEXT_MET } else { msg::TEXT_NOT_MET })).into(),
            assessment.gaps.len().into(),
        ]
    }

    fn domain(&self, assessment: &'d Assessment, domain: &'d Domain) -> [Cell<'d>; 13] {
        let total = &domain.figures.total;
        let [percent, best, assurance, points, possible, assured, unassessed] = self.sums(total);
        [
            (&assessment.framework).into(),
            (&assessment.group).into(),
            format!("{} {}", domain.id, domain.title).into(),
            percent,
            best,
            assurance,
            points,
            possible,
            assured,
            unassessed,
            total.missing().into(),
            domain.covered.into(),
            domain.controls.into(),
        ]
    }

    fn kind(&self, assessment: &'d Assessment, missing: &Missing) -> [Cell<'d>; 6] {
        [
            (&assessment.framework).into(),
            (&assessment.group).into(),
            self.word(missing.kind),
            missing.findings.into(),
            missing.controls.into(),
            missing.rows.into(),
        ]
    }
}

fn sides(customer: &Sums, provider: &Sums) -> [Cell<'static>; 2] {
    [customer, provider].map(|sums| Cell::score(sums.percent()))
}
