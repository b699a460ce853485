//! Findings: of each control, whether it is satisfied, and what that rests on.

use super::case::Case;
use super::observation::{Observations, RelatedObservation};
use super::part::{Prop, objects};
use super::risk::{RelatedRisk, Risks};
use super::text::markup;
use crate::choice::Choice;
use crate::dossier::ControlSheet;
use crate::evaluate::{ControlStatus, TestStatus};
use crate::oscal::token::control_token;
use crate::oscal::uuid::Id;
use crate::oscal::words::control;
use crate::points::Sums;
use crate::result::ControlScore;

objects! {
    /// What was found of a control.
    Finding {
        uuid: Id,
        title: String,
        description: String,
        props: Vec<Prop>,
        target: Target,
        related_observations: Vec<RelatedObservation>,
        related_risks: Vec<RelatedRisk>,
    }

    /// The control, by its id: the catalogue has no objectives below it.
    Target {
        r#type: &'static str,
        target_id: String,
        status: TargetStatus,
    }

    /// Whether it is satisfied.
    TargetStatus {
        state: &'static str,
        reason: &'static str,
        remarks: Option<String>,
    }

    /// A reference to a finding.
    RelatedFinding {
        finding_uuid: Id,
    }
}

/// Whether a control is judged at all: not if it is excluded, or all its actions are out of scope.
pub(super) fn is_judged(score: &ControlScore) -> bool {
    !matches!(score.status, ControlStatus::Excluded | ControlStatus::NotInScope)
}

/// Points, as properties.
pub(super) fn points(sums: &Sums) -> [(&'static str, String); 4] {
    [
        (control::ACHIEVED, sums.achieved.exact()),
        (control::POSSIBLE, sums.possible.whole_points().to_string()),
        (control::ASSURED, sums.assured.exact()),
        (control::UNASSESSED, sums.unassessed.exact()),
    ]
}

impl<'a> Case<'a> {
    pub(super) fn finding_id(&self, control: &str) -> Id {
        self.id("finding", &[control])
    }

    pub(super) fn finding(
        &self,
        score: &ControlScore,
        sheet: &'a ControlSheet,
        observations: &Observations<'_>,
        risks: &Risks,
    ) -> Finding {
        let actions = self.actions(sheet).into_iter().map(|(action, _)| action);
        let props = self.control_props(score, sheet).with(control::TEST_STATUS, score.test_status.word());
        let props = props.and(control::COVERAGE, score.coverage);
        let figures = points(&score.figures.total);
        let props = figures.iter().fold(props, |props, (name, value)| props.with(name, value));
        Finding {
            uuid: self.finding_id(&score.id),
            title: format!("{} {}", markup(&score.id), markup(&score.title)),
            description: told(score.status).to_owned(),
            props: props.list(),
            target: Target { r#type: "objective-id", target_id: control_token(&score.id), status: status(score) },
            related_observations: observations.related(actions),
            related_risks: risks.of_control(&score.id),
        }
    }
}

fn told(status: ControlStatus) -> &'static str {
    match status {
        ControlStatus::Covered => "Every action that serves the control is done and has passed its tests.",
        ControlStatus::Partial => "Some of the work that serves the control is done and has passed its tests.",
        ControlStatus::Gap => "None of the work that serves the control is done and has passed its tests.",
        ControlStatus::Unmapped => "No action that applies serves the control.",
        ControlStatus::Excluded => "The control is declared not applicable.",
        ControlStatus::NotInScope => "All actions that serve the control are out of scope.",
    }
}

fn status(score: &ControlScore) -> TargetStatus {
    let (state, reason) = match (score.status, score.test_status) {
        (ControlStatus::Covered, _) => ("satisfied", "pass"),
        (_, TestStatus::Failed) => ("not-satisfied", "fail"),
        _ => ("not-satisfied", "other"),
    };
    let sums = &score.figures.total;
    let lacks_proof = state == "satisfied" && sums.assured < sums.achieved;
    let remarks = lacks_proof.then(|| "Not all of it has proof that is current.".to_owned());
    TargetStatus { state, reason, remarks }
}
