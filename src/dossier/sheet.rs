//! The sheets of a dossier: what is known of each action, place, item of evidence and service.

use super::result::{ActionAt, EvidenceAt, ServiceAt};
use crate::evaluate::GapKind;
use crate::explain::{Effect, Location, Share, State};
use crate::library::{ActionType, Enforcement, Owner, ProviderEvidenceKind, Purpose};
use crate::points::{BasisPoints, Points, Sums};
use crate::profile::{Implementation, PlaceSource, Test};
use crate::result::Side;
use crate::weakpoints::Origin;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// What stands beside the figures of an assessment.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentSheet {
    /// Days after which a test by a person is stale.
    pub retest_days: u32,
    /// Days after which an automatic test is stale.
    pub retest_days_automatic: u32,
    /// Where the profile asks for it.
    pub location: Option<Location>,
    /// The controls, in the order of the score's.
    pub controls: Vec<ControlSheet>,
    /// What is missing, by kind in the order of [`GapKind`]; kinds without a row are left out.
    pub missing: Vec<Missing>,
}

/// What is missing of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The kind.
    pub kind: GapKind,
    /// How many things are missing; each may stand on several controls.
    pub findings: usize,
    /// How many rows of the gap report they make.
    pub rows: usize,
    /// How many controls they stand on.
    pub controls: usize,
}

/// What stands beside the figures of a control.
#[derive(Clone, Debug, Serialize)]
pub struct ControlSheet {
    /// The position of its domain among those of the assessment.
    pub domain: Option<usize>,
    /// The actions mapped to it that concern the tenant, by id.
    pub actions: Vec<ActionAt>,
    /// What the profile says of it, if it declares it not applicable.
    pub exclusion: Option<ExclusionSheet>,
    /// Where the profile claims that the provider carries it alone.
    pub claimed_inherited: Option<Location>,
}

/// A control that is declared not applicable.
#[derive(Clone, Debug, Serialize)]
pub struct ExclusionSheet {
    /// Why; empty where no reason is given.
    pub justification: String,
    /// Where.
    pub location: Option<Location>,
}

/// An action, and how it stands in each assessment.
#[derive(Clone, Debug, Serialize)]
pub struct ActionSheet {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// What kind of work it is.
    #[serde(rename = "type")]
    pub action_type: ActionType,
    /// What it does to a risk.
    pub purpose: Purpose,
    /// Whether it can be bypassed.
    pub enforcement: Enforcement,
    /// What it is worth.
    pub points: Points,
    /// The product feature or document it concerns.
    pub feature: Option<String>,
    /// What to do and why.
    pub guidance: Option<String>,
    /// The kinds of proof an auditor accepts.
    pub proof: Vec<String>,
    /// Public documentation.
    pub links: Vec<String>,
    /// Hours of work.
    pub effort_hours: Option<u32>,
    /// The services used that it concerns; none for the whole organization. Those of a provider's
    /// action that are attested earn its points.
    pub services: Vec<ServiceAt>,
    /// The risk that is accepted at the date, if it is.
    pub accepted: Option<Acceptance>,
    /// How it stands in each assessment whose template has it, in their order.
    pub appraisals: Vec<Appraisal>,
}

impl ActionSheet {
    /// How it stands in the assessment at a position.
    #[must_use]
    pub fn appraisal(&self, assessment: usize) -> Option<&Appraisal> {
        self.appraisals.iter().find(|a| a.assessment == assessment)
    }
}

/// A risk that its owner accepts for a time.
#[derive(Clone, Debug, Serialize)]
pub struct Acceptance {
    /// Who owns the risk.
    pub owner: String,
    /// The last day.
    pub until: NaiveDate,
    /// Why.
    pub rationale: Option<String>,
}

/// An action in one assessment: what it comes to, and the proof of it.
#[derive(Clone, Debug, Serialize)]
pub struct Appraisal {
    /// The position of the assessment.
    pub assessment: usize,
    /// The position of the action among those of the assessment in the score.
    pub action: usize,
    /// How it stands.
    pub state: State,
    /// Its part in the sums of the assessment; nothing unless it counts.
    #[serde(serialize_with = "figures")]
    pub figures: Sums,
    /// Its shares; nothing unless it counts. Points times the share is what it earns.
    pub share: Option<Share>,
    /// The positions of the controls it serves, excluded ones too.
    pub controls: Vec<usize>,
    /// What the profile says of it beside its status, if it lists it.
    pub entry: Option<EntrySheet>,
    /// The action whose status holds, or is lacking, if that is another one.
    pub status_of: Option<String>,
    /// Its places; none of a provider's action, and none where nobody has said how it stands.
    pub places: Vec<PlaceSheet>,
}

fn figures<S: Serializer>(figures: &Sums, serializer: S) -> Result<S::Ok, S::Error> {
    Side(*figures).serialize(serializer)
}

/// What a profile says of an action beside its status.
#[derive(Clone, Debug, Serialize)]
pub struct EntrySheet {
    /// The group it is for; none for every group.
    pub group: Option<String>,
    /// Two statuses that contradict each other, if it gives such.
    pub conflict: Option<ConflictSheet>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
    /// Anything a reader should know.
    pub notes: Option<String>,
    /// Where it stands.
    pub location: Option<Location>,
}

/// Two statuses that contradict each other; the lower one counts.
#[derive(Clone, Debug, Serialize)]
pub struct ConflictSheet {
    /// The action's own.
    pub own: Stated,
    /// The first that says something else.
    pub other: Stated,
    /// Whether the action's own is the lower one.
    pub own_counts: bool,
}

/// A status as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Stated {
    /// The name of the instance, if it is one's.
    pub name: Option<String>,
    /// How far it has been put into practice.
    pub implementation: Implementation,
    /// What a test of it showed.
    pub test: Test,
    /// Where it stands.
    pub location: Option<Location>,
}

/// The status of an action in one place, and what proves it.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceSheet {
    /// Its name, or nothing for the action as a whole.
    pub name: Option<String>,
    /// How it stands.
    pub state: State,
    /// How far it has been put into practice.
    pub implementation: Implementation,
    /// What a test of it showed.
    pub test: Test,
    /// Who tested.
    pub source: PlaceSource,
    /// The day it was done.
    pub implemented_on: Option<NaiveDate>,
    /// The day it was tested.
    pub tested_on: Option<NaiveDate>,
    /// Which check, report or record showed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether one of its dates is still to come, so that it earns nothing yet.
    pub is_to_come: bool,
    /// The last day on which the test is recent enough.
    pub fresh_until: Option<NaiveDate>,
    /// Whether it is recent enough at the date.
    pub is_fresh: bool,
    /// How much of an automatic check holds.
    pub fraction: Option<BasisPoints>,
    /// Its shares, if it is in scope.
    pub share: Option<Share>,
    /// The evidence linked.
    pub evidence: Vec<EvidenceAt>,
    /// Where it stands.
    pub location: Option<Location>,
}

/// An item of the evidence register.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceSheet {
    /// Its id.
    pub id: String,
    /// Where it is defined: a profile may have an item with the id of one of the library.
    pub origin: Origin,
    /// Its title.
    pub title: Option<String>,
    /// What it is, in the words of its file.
    pub kind: Option<String>,
    /// What it is, if it is of a provider's kinds.
    pub provider_kind: Option<ProviderEvidenceKind>,
    /// The number of the certificate or report.
    pub reference: Option<String>,
    /// Where it is, as it is written; [`link_of`](crate::link_of) says what may be made of it.
    pub link: Option<String>,
    /// The day from which it holds, as it is written.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds, as it is written.
    pub valid_to: Option<NaiveDate>,
    /// The day from which it counts; nothing if from ever.
    pub counts_from: Option<NaiveDate>,
    /// The last day on which it counts; nothing if there is no such day.
    pub counts_to: Option<NaiveDate>,
    /// How it stands at the date.
    pub state: State,
    /// The services used that it names.
    pub services: Vec<ServiceAt>,
    /// The actions that count and rest on it: a place links it, or it names a service of a provider's.
    pub actions: Vec<ActionAt>,
    /// How many controls these serve, none of them excluded; of several groups each once.
    pub controls: usize,
    /// The points that would be lost over all assessments without it, as far as no other item holds them.
    pub alone: Effect,
    /// Where it stands.
    pub location: Option<Location>,
}

/// A service that the tenant uses.
#[derive(Clone, Debug, Serialize)]
pub struct ServiceSheet {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of its provider; nothing of an external service.
    pub provider: Option<String>,
    /// The cloud it runs in.
    pub environment: Option<String>,
    /// How it stands: attested, unattested, retired, or external.
    pub state: State,
    /// Whether the provider lists it in scope of its certification at the date.
    pub certified: bool,
    /// The day it was or will be closed.
    pub retired_on: Option<NaiveDate>,
    /// What a reader should know.
    pub note: Option<String>,
    /// The evidence that names it.
    pub evidence: Vec<Naming>,
    /// The actions that concern it by name or provider.
    pub actions: Vec<ActionAt>,
    /// Where the profile names it.
    pub location: Option<Location>,
}

/// An item of evidence that names a service.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Naming {
    /// The item.
    pub item: EvidenceAt,
    /// The day from which it names the service.
    pub since: Option<NaiveDate>,
    /// Whether it does so at the date.
    pub is_named: bool,
}
