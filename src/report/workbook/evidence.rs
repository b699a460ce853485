//! The evidence register: where each item is, from when to when it counts, and what rests on it.

use super::looks::Mood;
use super::{Cell, Heads, Report};
use crate::dossier::{Dossier, EvidenceSheet};
use crate::explain::State;
use crate::locale::msg;
use rust_xlsxwriter::{Workbook, XlsxError};

const HEADS: Heads<15> = [
    (msg::WORKBOOK_ID, 34),
    (msg::WORKBOOK_TITLE_OF_IT, 44),
    (msg::REPORT_KIND, 24),
    (msg::WORKBOOK_REFERENCE, 24),
    (msg::TEXT_STATUS, 14),
    (msg::REPORT_FROM, 14),
    (msg::REPORT_TO, 14),
    (msg::WORKBOOK_COUNTS_FROM, 14),
    (msg::WORKBOOK_COUNTS_TO, 14),
    (msg::WORKBOOK_DAYS_LEFT, 12),
    (msg::WORKBOOK_WHERE, 50),
    (msg::REPORT_CONTROLS, 14),
    (msg::REPORT_ACTIONS, 14),
    (msg::WORKBOOK_ACTION_IDS, 40),
    (msg::WORKBOOK_SERVICES, 30),
];

impl<'d> Report<'d> {
    pub(super) fn evidence(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_EVIDENCE)?;
        let rows = self
            .dossiers
            .iter()
            .flat_map(|dossier| dossier.evidence.iter().map(move |item| self.row(dossier, self.item(dossier, item))));
        let body = page.table("Evidence", &self.columns(&HEADS), self.with_tenant(1), rows)?;
        let status = self.position(&HEADS, msg::TEXT_STATUS);
        for (state, mood) in [(State::Current, Mood::Good), (State::Lapsed, Mood::Bad), (State::NotYet, Mood::Quiet)] {
            page.colour_words(body, status, &[self.words.word(state)], mood)?;
        }
        let left = self.position(&HEADS, msg::WORKBOOK_DAYS_LEFT);
        let cell = body.cell(left);
        let within = self.dossiers.first().map(|d| d.expiring_within).unwrap_or_default();
        page.colour(body, left, &format!("AND(ISNUMBER({cell}),{cell}<0)"), Mood::Bad)?;
        page.colour(body, left, &format!("AND(ISNUMBER({cell}),{cell}>=0,{cell}<={within})"), Mood::Warn)
    }

    fn item(&self, dossier: &'d Dossier, item: &'d EvidenceSheet) -> [Cell<'d>; 15] {
        let left = item.counts_to.and_then(|to| i32::try_from((to - dossier.score.as_of).num_days()).ok());
        let actions = item.actions.iter().filter_map(|at| dossier.action(*at));
        let services = item.services.iter().filter_map(|at| dossier.service(*at));
        [
            (&item.id).into(),
            item.title.as_ref().into(),
            match item.provider_kind {
                Some(kind) => self.word(kind),
                None => item.kind.as_ref().into(),
            },
            item.reference.as_ref().into(),
            self.word(item.state),
            item.valid_from.into(),
            item.valid_to.into(),
            item.counts_from.into(),
            item.counts_to.into(),
            left.map_or(Cell::Nothing, Cell::Days),
            Cell::address(item.link.as_deref()),
            item.controls.into(),
            item.actions.len().into(),
            Cell::ids(actions.map(|action| &action.id)),
            Cell::ids(services.map(|service| &service.id)),
        ]
    }
}
