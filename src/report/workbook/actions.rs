//! The actions, a row for each assessment they count in: how they stand, what proves it, what they earn.

use super::looks::Mood;
use super::{Cell, Heads, Report};
use crate::dossier::{ActionSheet, Appraisal, Dossier, EvidenceAt, PlaceSheet};
use crate::explain::State;
use crate::locale::msg;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeSet;

const HEADS: Heads<29> = [
    (msg::WORKBOOK_FRAMEWORK, 20),
    (msg::WORKBOOK_GROUP, 20),
    (msg::TEXT_ACTION, 34),
    (msg::WORKBOOK_TITLE_OF_IT, 44),
    (msg::WORKBOOK_OWNER, 14),
    (msg::WORKBOOK_TYPE, 16),
    (msg::TEXT_STATUS, 16),
    (msg::WORKBOOK_IMPLEMENTATION, 20),
    (msg::WORKBOOK_TEST, 20),
    (msg::WORKBOOK_TESTED_BY, 14),
    (msg::WORKBOOK_IMPLEMENTED_ON, 14),
    (msg::WORKBOOK_TESTED_ON, 14),
    (msg::WORKBOOK_FRESH_UNTIL, 14),
    (msg::WORKBOOK_PLACES, 44),
    (msg::TEXT_ASSIGNED, 24),
    (msg::TEXT_DUE, 14),
    (msg::WORKBOOK_WORTH, 12),
    (msg::WORKBOOK_EARNED_SHARE, 12),
    (msg::WORKBOOK_ASSURED_SHARE, 12),
    (msg::WORKBOOK_UNASSESSED_SHARE, 14),
    (msg::WORKBOOK_POINTS, 12),
    (msg::TEXT_POSSIBLE, 12),
    (msg::TEXT_MISSING, 12),
    (msg::REPORT_CONTROLS, 24),
    (msg::WORKBOOK_SHEET_EVIDENCE, 30),
    (msg::WORKBOOK_SERVICES, 30),
    (msg::WORKBOOK_ACCEPTED_UNTIL, 14),
    (msg::WORKBOOK_HOURS, 12),
    (msg::WORKBOOK_NOTES, 44),
];

impl<'d> Report<'d> {
    pub(super) fn actions(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let mut page = self.page(book, msg::WORKBOOK_SHEET_ACTIONS)?;
        let rows = self.dossiers.iter().flat_map(|dossier| self.actions_of(dossier));
        let body = page.table("Actions", &self.columns(&HEADS), self.with_tenant(4), rows)?;
        let moods = [
            (State::Covered, Mood::Good),
            (State::Partial, Mood::Warn),
            (State::Gap, Mood::Bad),
            (State::NotAssessed, Mood::Quiet),
            (State::NotInScope, Mood::Quiet),
        ];
        let status = self.position(&HEADS, msg::TEXT_STATUS);
        for (state, mood) in moods {
            page.colour_words(body, status, &[self.words.word(state)], mood)?;
        }
        Ok(())
    }

    fn actions_of(&self, dossier: &'d Dossier) -> impl Iterator<Item = Vec<Cell<'d>>> {
        let appraised = dossier.actions.iter().flat_map(|sheet| sheet.appraisals.iter().map(move |a| (sheet, a)));
        appraised.map(move |(sheet, appraisal)| self.row(dossier, self.action(dossier, sheet, appraisal)))
    }

    fn action(&self, dossier: &'d Dossier, sheet: &'d ActionSheet, appraisal: &'d Appraisal) -> [Cell<'d>; 29] {
        let assessment = dossier.score.assessments.get(appraisal.assessment);
        let entry = appraisal.entry.as_ref();
        let controls = assessment.map(|a| &a.controls[..]).unwrap_or_default();
        let controls = appraisal.controls.iter().filter_map(|at| controls.get(*at));
        // Of several places each tells its own on a line.
        let single = match &appraisal.places[..] {
            [one] => Some(one),
            _ => None,
        };
        let is_listed = single.is_none_or(|place| place.name.is_some());
        let places = appraisal.places.iter().filter(|_| is_listed).map(|place| self.place(place));
        let evidence: BTreeSet<EvidenceAt> = appraisal.places.iter().flat_map(|p| p.evidence.iter().copied()).collect();
        let evidence = evidence.into_iter().filter_map(|at| dossier.evidence_item(at));
        let services = sheet.services.iter().filter_map(|at| dossier.service(*at));
        let on = |date: fn(&PlaceSheet) -> Option<NaiveDate>| Cell::from(single.and_then(date));
        [
            assessment.map(|a| &a.framework).into(),
            assessment.map(|a| &a.group).into(),
            (&sheet.id).into(),
            (&sheet.title).into(),
            self.word(sheet.owner),
            self.word(sheet.action_type),
            self.word(appraisal.state),
            self.maybe(single.map(|place| place.implementation)),
            self.maybe(single.map(|place| place.test)),
            self.maybe(single.map(|place| place.source)),
            on(|place| place.implemented_on),
            on(|place| place.tested_on),
            on(|place| place.fresh_until),
            Cell::lines(places),
            entry.and_then(|e| e.assigned_to.as_deref()).into(),
            entry.and_then(|e| e.due_on).into(),
            usize::from(sheet.points.get()).into(),
            appraisal.share.map(|share| share.basis_points).into(),
            appraisal.share.map(|share| share.assured_basis_points).into(),
            appraisal.share.map(|share| share.unassessed_basis_points).into(),
            appraisal.figures.achieved.into(),
            appraisal.figures.possible.into(),
            appraisal.figures.missing().into(),
            Cell::ids(controls.map(|control| &control.id)),
            Cell::ids(evidence.map(|item| &item.id)),
            Cell::ids(services.map(|service| &service.id)),
            sheet.accepted.as_ref().map(|accepted| accepted.until).into(),
            sheet.effort_hours.and_then(|hours| usize::try_from(hours).ok()).into(),
            entry.and_then(|e| e.notes.as_deref()).into(),
        ]
    }

    /// A place on a line: its name, what was done there, what a test showed, and when.
    fn place(&self, place: &PlaceSheet) -> String {
        let words = self.words;
        let told = [words.word(place.implementation), words.word(place.test)];
        let tested = words.maybe_date(place.tested_on);
        let told =
            words.list(told.iter().map(AsRef::as_ref).chain([tested.as_str()].into_iter().filter(|t| !t.is_empty())));
        match &place.name {
            Some(name) => format!("{name}: {told}"),
            None => told,
        }
    }
}
