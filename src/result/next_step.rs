//! What to do about a gap, in one sentence.

use crate::evaluate::GapKind;
use chrono::NaiveDate;

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
pub(super) fn next_step(kind: GapKind, facts: &Facts<'_>) -> String {
    let place = match facts.places[..] {
        [] => String::new(),
        // A cell of a spreadsheet has an end, and so has a reader's patience.
        [first, second, third, _, _, ..] => {
            format!(" ({first}, {second}, {third} and {} more)", facts.places.len() - 3)
        }
        ref places => format!(" ({})", places.join(", ")),
    };
    let service = facts.service.unwrap_or("the service");
    let evidence = facts.evidence.unwrap_or("the evidence");
    let until = facts.valid_to.map(|d| d.to_string()).unwrap_or_default();
    match kind {
        GapKind::NotAssessed => "Assess it: record how far it is implemented and what a test shows".to_owned(),
        GapKind::NotImplemented => format!("Implement it{place}, then test it"),
        GapKind::Planned => format!("Carry out what is planned{place}, then test it"),
        GapKind::TestFailed => format!("Mend what the test found{place}, then test again"),
        GapKind::Untested => format!("Test it{place} and record the result"),
        GapKind::Partial => format!("Bring the rest of what the check covers into line{place}"),
        GapKind::ProviderUnattested => {
            format!("Ask the provider for evidence that names {service}, or cover the control yourself")
        }
        GapKind::ServiceNotCertified => {
            format!(
                "Obtain other assurance for {service}, or cover the control yourself; the provider does not list it in scope"
            )
        }
        GapKind::EvidenceMissing if facts.is_provider => {
            format!("Obtain current evidence of the provider for {service}")
        }
        GapKind::EvidenceMissing => format!("Link proof{place} that an auditor can see today"),
        GapKind::EvidenceExpired if facts.is_provider => {
            format!("Obtain the provider's current evidence for {service}: {evidence} counted until {until}")
        }
        GapKind::EvidenceExpired => format!("Renew the proof{place}: {evidence} counted until {until}"),
        GapKind::EvidenceExpiring => format!("Renew {evidence} before it lapses after {until}"),
        GapKind::TestStale => format!("Test again{place}: the last test is too old, or not dated"),
        GapKind::ConflictingStatus => {
            "Settle which of its two statuses holds, and drop the other; until then the lower one counts".to_owned()
        }
        GapKind::UnmappedControl => {
            "Add an action for this control to the template, or exclude it with a reason".to_owned()
        }
        GapKind::InheritanceUnsupported => {
            "Drop the claim that the provider carries this control alone, or do the part that is left".to_owned()
        }
        GapKind::ExclusionUnjustified => "Write down why the control is not applicable".to_owned(),
        GapKind::RiskAccepted => match facts.expires_on {
            Some(date) => format!("Review the accepted risk before {date}"),
            None => "Review the accepted risk".to_owned(),
        },
    }
}
