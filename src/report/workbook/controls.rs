//! The controls of all assessments: what each comes to, who carries it, and what is missing.

use super::looks::Mood;
use super::{Cell, Heads, Report};
use crate::dossier::{ControlSheet, Dossier};
use crate::evaluate::ControlStatus;
use crate::locale::msg;
use crate::points::BasisPoints;
use crate::result::{Assessment, ControlScore};
use rust_xlsxwriter::{Workbook, XlsxError};

const HEADS: Heads<23> = [
    (msg::WORKBOOK_FRAMEWORK, 20),
    (msg::WORKBOOK_GROUP, 20),
    (msg::TEXT_CONTROL, 14),
    (msg::WORKBOOK_TITLE_OF_IT, 44),
    (msg::TEXT_DOMAIN, 34),
    (msg::REPORT_KIND, 12),
    (msg::TEXT_STATUS, 14),
    (msg::WORKBOOK_TESTS, 14),
    (msg::TEXT_COVERAGE, 12),
    (msg::TEXT_RESPONSIBILITY, 16),
    (msg::TEXT_MISSING_SIDE, 16),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::TEXT_MISSING, 12),
    (msg::REPORT_ASSURED, 12),
    (msg::TEXT_UNASSESSED, 14),
    (msg::WORKBOOK_YOUR_POINTS, 14),
    (msg::WORKBOOK_YOUR_POSSIBLE, 14),
    (msg::WORKBOOK_PROVIDER_POINTS, 14),
    (msg::WORKBOOK_PROVIDER_POSSIBLE, 14),
    (msg::REPORT_ROWS, 14),
    (msg::REPORT_ACTIONS, 40),
    (msg::WORKBOOK_EXCLUDED_BECAUSE, 44),
];

impl<'d> Report<'d> {
    pub(super) fn controls(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_CONTROLS)?;
        let rows = self.dossiers.iter().flat_map(|dossier| self.controls_of(dossier));
        let body = page.table("Controls", &self.columns(&HEADS), self.with_tenant(4), rows)?;
        let status = self.position(&HEADS, msg::TEXT_STATUS);
        let moods = [
            (ControlStatus::Covered, Mood::Good),
            (ControlStatus::Partial, Mood::Warn),
            (ControlStatus::Gap, Mood::Bad),
            (ControlStatus::Unmapped, Mood::Bad),
            (ControlStatus::Excluded, Mood::Quiet),
            (ControlStatus::NotInScope, Mood::Quiet),
        ];
        for (found, mood) in moods {
            page.colour_words(body, status, &[self.words.word(found)], mood)?;
        }
        Ok(())
    }

    fn controls_of(&self, dossier: &'d Dossier) -> impl Iterator<Item = Vec<Cell<'d>>> {
        let pairs = dossier.score.assessments.iter().zip(&dossier.assessments);
        pairs.flat_map(move |(assessment, sheet)| {
            let controls = assessment.controls.iter().zip(&sheet.controls);
            controls.map(move |(score, sheet)| self.row(dossier, self.control(dossier, assessment, score, sheet)))
        })
    }

    fn control(
        &self,
        dossier: &'d Dossier,
        assessment: &'d Assessment,
        score: &'d ControlScore,
        sheet: &'d ControlSheet,
    ) -> [Cell<'d>; 23] {
        let figures = &score.figures;
        let domain = sheet.domain.and_then(|at| assessment.domains.get(at));
        let actions = sheet.actions.iter().filter_map(|at| dossier.action(*at));
        let gaps = assessment.gaps.iter().filter(|gap| gap.control.id == score.id).count();
        [
            (&assessment.framework).into(),
            (&assessment.group).into(),
            (&score.id).into(),
            (&score.title).into(),
            domain.map(|domain| format!("{} {}", domain.id, domain.title)).into(),
            self.word(score.kind),
            self.word(score.status),
            self.word(score.test_status),
            score.coverage.map(BasisPoints::new).into(),
            self.maybe(score.responsibility),
            self.maybe(score.shared_gap),
            figures.total.achieved.into(),
            figures.total.possible.into(),
            figures.total.missing().into(),
            figures.total.assured.into(),
            figures.total.unassessed.into(),
            figures.customer.achieved.into(),
            figures.customer.possible.into(),
            figures.provider.achieved.into(),
            figures.provider.possible.into(),
            gaps.into(),
            Cell::ids(actions.map(|action| &action.id)),
            sheet.exclusion.as_ref().map(|exclusion| exclusion.justification.as_str()).into(),
        ]
    }
}
