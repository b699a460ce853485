//! What to do about a gap, in one sentence.

use crate::evaluate::GapKind;
use crate::locale::{Words, msg};
use chrono::NaiveDate;
use std::borrow::Cow;

/// What a sentence can speak of.
pub(super) struct Facts<'a> {
    /// The places of the action that the row is about, if it has instances.
    pub(super) places: Vec<&'a str>,
    pub(super) service: Option<&'a str>,
    pub(super) evidence: Option<&'a str>,
    pub(super) valid_to: Option<NaiveDate>,
    pub(super) is_provider: bool,
    pub(super) expires_on: Option<NaiveDate>,
}

/// The next step for a gap of this kind.
pub(super) fn next_step(kind: GapKind, facts: &Facts<'_>, words: &Words) -> String {
    let place = places(&facts.places, words);
    let service = facts.service.map_or_else(|| words.text(msg::STEP_THE_SERVICE), Cow::Borrowed);
    let evidence = facts.evidence.map_or_else(|| words.text(msg::STEP_THE_EVIDENCE), Cow::Borrowed);
    let at_place = |message| words.with(message, &[("place", place.as_str().into())]);
    let about_service = |message| words.with(message, &[("service", service.as_ref().into())]);
    let evidence_until = |message| {
        let until = words.maybe_date(facts.valid_to);
        let args = [("place", place.as_str().into()), ("service", service.as_ref().into())];
        let [place, service] = args;
        words.with(message, &[place, service, ("evidence", evidence.as_ref().into()), ("until", until.into())])
    };
    let text = |message| words.text(message).into_owned();
    match kind {
        GapKind::NotAssessed => text(msg::STEP_NOT_ASSESSED),
        GapKind::NotImplemented => at_place(msg::STEP_NOT_IMPLEMENTED),
        GapKind::Planned => at_place(msg::STEP_PLANNED),
        GapKind::TestFailed => at_place(msg::STEP_TEST_FAILED),
        GapKind::Untested => at_place(msg::STEP_UNTESTED),
        GapKind::Partial => at_place(msg::STEP_PARTIAL),
        GapKind::ProviderUnattested => about_service(msg::STEP_PROVIDER_UNATTESTED),
        GapKind::ServiceNotCertified => about_service(msg::STEP_SERVICE_NOT_CERTIFIED),
        GapKind::EvidenceMissing if facts.is_provider => about_service(msg::STEP_PROVIDER_EVIDENCE_MISSING),
        GapKind::EvidenceMissing => at_place(msg::STEP_EVIDENCE_MISSING),
        GapKind::EvidenceExpired if facts.is_provider => evidence_until(msg::STEP_PROVIDER_EVIDENCE_EXPIRED),
        GapKind::EvidenceExpired => evidence_until(msg::STEP_EVIDENCE_EXPIRED),
        GapKind::EvidenceExpiring => evidence_until(msg::STEP_EVIDENCE_EXPIRING),
        GapKind::TestStale => at_place(msg::STEP_TEST_STALE),
        GapKind::ConflictingStatus => text(msg::STEP_CONFLICTING_STATUS),
        GapKind::UnmappedControl => text(msg::STEP_UNMAPPED_CONTROL),
        GapKind::InheritanceUnsupported => text(msg::STEP_INHERITANCE_UNSUPPORTED),
        GapKind::ExclusionUnjustified => text(msg::STEP_EXCLUSION_UNJUSTIFIED),
        GapKind::RiskAccepted => match facts.expires_on {
            Some(date) => words.with(msg::STEP_RISK_REVIEW, &[("until", words.date(date).into())]),
            None => text(msg::STEP_RISK_REVIEW_UNDATED),
        },
    }
}

/// The places that the sentence is about, in brackets; nothing of an action without instances.
fn places(places: &[&str], words: &Words) -> String {
    match *places {
        [] => String::new(),
        // A cell of a spreadsheet has an end, and so has a reader's patience.
        [first, second, third, _, _, ..] => {
            let more = places.len() - 3;
            let named = [("first", first.into()), ("second", second.into()), ("third", third.into())];
            let [first, second, third] = named;
            words.with(msg::STEP_PLACES_MORE, &[first, second, third, ("more", more.into())])
        }
        _ => words.with(msg::STEP_PLACES, &[("places", words.list(places.iter().copied()).into())]),
    }
}
