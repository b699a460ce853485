//! A tenant profile: what an organization uses, has done, and can show.
//!
//! Start with [`Profile`]. `read` takes the text to it, holding every reference against the
//! library and gathering all faults; `shape` lists the keys; `status` has the words for status and
//! the rules for what goes together. In a valid profile ids have become indices and every list has
//! a canonical order, so that the order of the file changes no result.

mod read;
mod read_action;
mod read_conflict;
mod read_evidence;
mod read_requirement;
mod read_statement;
pub(crate) mod shape;
mod statement;
mod status;

pub use read::{EvidenceFolder, Unchecked, read};
pub(crate) use read_evidence::{is_inside, is_sha256};
pub use shape::PROFILE;
pub use statement::{Inclusion, Requirement, RequirementKind, StatementText};
pub use status::{Implementation, PlaceSource, Risk, Test, TestSource};

use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::ProviderEvidenceKind;
use crate::points::{BasisPoints, Percent};
use crate::source::{Span, Spanned};
use chrono::NaiveDate;

/// The group of assessments and statuses that name none.
pub const DEFAULT_GROUP: &str = "default";

/// The most assessments of a profile; each has its own rows in the gap report, some thousands.
pub const MAX_ASSESSMENTS: usize = 100;
/// The most external services of a profile; each has a row for every control of the provider.
pub const MAX_EXTERNALS: usize = 200;

/// A valid profile; indices are into the library it was read against.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name of the organization.
    pub name: String,
    /// The tenant's id in reports.
    pub tenant: String,
    /// What reports over many tenants group it by.
    pub cohort: Cohort,
    /// What is assessed, by template, then group.
    pub assessments: Vec<AssessmentPlan>,
    /// The services used that the library knows, by id.
    pub services: Vec<Spanned<ServiceIdx>>,
    /// The services used that it does not know, by id.
    pub externals: Vec<ExternalService>,
    /// The status of actions, by action, then group.
    pub actions: Vec<ActionEntry>,
    /// The organization's evidence, by id.
    pub evidence: Vec<EvidenceItem>,
    /// Excluded controls, by framework and control.
    pub exclusions: Vec<Exclusion>,
    /// Controls claimed as inherited, by framework and control.
    pub inheritances: Vec<ControlReference>,
    /// Accepted risks, by action.
    pub acceptances: Vec<RiskAcceptance>,
    /// What it adds to the Statement of Applicability.
    pub statement: StatementText,
}

/// The fields of an organization by which tenants are grouped in reports over many; an absent one is empty.
/// They move no score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// The sector it works in.
    pub sector: String,
    /// The partner who looks after it.
    pub partner: String,
    /// The region it belongs to.
    pub region: String,
}

/// One `[[assessment]]`.
#[derive(Clone, Debug)]
pub struct AssessmentPlan {
    /// The template.
    pub template: TemplateIdx,
    /// The group.
    pub group: String,
    /// The score to reach.
    pub target: Option<Percent>,
    /// Days after which a manual test is stale.
    pub retest_days: u32,
    /// Days after which an automatic test is stale.
    pub retest_days_automatic: u32,
    /// Where it stands.
    pub span: Span,
}

/// A service that the library does not know.
#[derive(Clone, Debug)]
pub struct ExternalService {
    /// Its id in reports.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// One `[[action]]`.
#[derive(Clone, Debug)]
pub struct ActionEntry {
    /// The action.
    pub action: ActionIdx,
    /// The group the status is for; none means every group.
    pub group: Option<String>,
    /// Where the work stands: of two statuses that contradict each other, the lower one.
    pub status: Status,
    /// The status that it gives itself beside its instances or a parent, where it gives one.
    pub own: Option<Place>,
    /// What that contradicts.
    pub conflict: Option<Conflict>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day it is due.
    pub due_on: Option<NaiveDate>,
    /// Anything a reader should know.
    pub notes: Option<String>,
    /// Where the entry stands.
    pub span: Span,
}

/// A status of an action's own that comes to something else than its instances or its parent's status.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The first place that says something else.
    pub other: Place,
    /// Whether the action's own status is the lower one, and so the one that counts.
    pub own_counts: bool,
}

/// Where the work on an action stands.
#[derive(Clone, Debug)]
pub enum Status {
    /// One status for all.
    Single(Place),
    /// One status for each place, by name, at least one.
    Instances(Vec<Place>),
    /// Another action's.
    Parent(Spanned<ActionIdx>),
}

/// The status of an action in one place.
#[derive(Clone, Debug)]
pub struct Place {
    /// The name of the instance, or nothing for the action itself.
    pub name: Option<String>,
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
    pub reference: Option<String>,
    /// How much of an automatic check holds.
    pub fraction: Option<Spanned<BasisPoints>>,
    /// The evidence that proves it.
    pub evidence: Vec<EvidenceLink>,
    /// Where the status stands.
    pub span: Span,
}

/// A linked item of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceLink {
    /// An item of the profile, by position.
    Own(usize),
    /// An item of the library.
    Library(EvidenceIdx),
}

/// One `[[evidence]]`.
#[derive(Clone, Debug)]
pub struct EvidenceItem {
    /// Its id.
    pub id: Spanned<String>,
    /// What it is, in the user's words.
    pub kind: Option<String>,
    /// The provider kind, if it is one and names services.
    pub provider_kind: Option<ProviderEvidenceKind>,
    /// The title.
    pub title: Option<String>,
    /// An address or a path.
    pub location: Option<String>,
    /// The services it names, each with the day from which it does.
    pub services: Vec<(ServiceIdx, Option<NaiveDate>)>,
    /// The day from which it holds.
    pub valid_from: Option<NaiveDate>,
    /// The last day on which it holds.
    pub valid_to: Option<NaiveDate>,
}

/// A control of an assessed framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ControlReference {
    /// The framework.
    pub framework: FrameworkIdx,
    /// The control.
    pub control: ControlIdx,
    /// Where it is named.
    pub span: Span,
}

/// An excluded control.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The control.
    pub control: ControlReference,
    /// Why, or white space.
    pub justification: String,
}

/// One `[[risk_acceptance]]`.
#[derive(Clone, Debug)]
pub struct RiskAcceptance {
    /// The action whose gap is accepted.
    pub action: Spanned<ActionIdx>,
    /// Who owns the risk.
    pub owner: String,
    /// The last day.
    pub expires_on: NaiveDate,
    /// Why.
    pub rationale: Option<String>,
}

impl ActionEntry {
    /// Which of two statuses that contradict each other counts, in words.
    #[must_use]
    pub fn whose_counts(&self) -> Option<&'static str> {
        let conflict = self.conflict.as_ref()?;
        Some(match &self.status {
            _ if conflict.own_counts => "the action's own",
            Status::Parent(_) => "the parent's",
            Status::Instances(_) | Status::Single(_) => "that of the instances",
        })
    }

    /// The places of the entry's status, whether or not they count; none if it is a parent's.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        match &self.status {
            Status::Single(place) => std::slice::from_ref(place),
            Status::Instances(places) => places,
            Status::Parent(_) => &[],
        }
    }

    /// The places whose status the entry gives; none if it is a parent's.
    #[must_use]
    pub fn stated(&self) -> &[Place] {
        match (&self.status, &self.own, &self.conflict) {
            (Status::Instances(_), Some(own), Some(Conflict { own_counts: true, .. })) => std::slice::from_ref(own),
            (Status::Single(place), _, _) => std::slice::from_ref(place),
            (Status::Instances(places), _, _) => places,
            (Status::Parent(_), _, _) => &[],
        }
    }
}

impl Profile {
    /// The entry that gives the status of `action` in `group`: the group's own, else the one for
    /// every group.
    #[must_use]
    pub fn entry(&self, action: ActionIdx, group: &str) -> Option<&ActionEntry> {
        let start = self.actions.partition_point(|e| e.action < action);
        let same = self.actions.get(start..)?.iter().take_while(|e| e.action == action);
        let mut general = None;
        for entry in same {
            match entry.group.as_deref() {
                Some(own) if own == group => return Some(entry),
                None => general = Some(entry),
                Some(_) => {}
            }
        }
        general
    }

    /// The places of `action` in `group`, through its parents; nothing if it is not listed.
    #[must_use]
    pub fn places(&self, action: ActionIdx, group: &str) -> Option<&[Place]> {
        let mut next = action;
        // Rings of parents were refused, so a chain is no longer than the list of entries.
        for _ in 0..=self.actions.len() {
            match &self.entry(next, group)?.status {
                Status::Parent(parent) => next = parent.value,
                Status::Single(place) => return Some(std::slice::from_ref(place)),
                Status::Instances(places) => return Some(places),
            }
        }
        None
    }

    /// The accepted risks of `action`, by the day they end.
    #[must_use]
    pub fn acceptances_of(&self, action: ActionIdx) -> &[RiskAcceptance] {
        let start = self.acceptances.partition_point(|a| a.action.value < action);
        let end = self.acceptances.partition_point(|a| a.action.value <= action);
        self.acceptances.get(start..end).unwrap_or_default()
    }

    /// The groups of the assessments, each once, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = self.assessments.iter().map(|a| a.group.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Where `entry` stands among the profile's entries.
    #[must_use]
    pub fn position(&self, entry: &ActionEntry) -> Option<usize> {
        let key = |e: &ActionEntry| (e.action, e.group.clone());
        self.actions.binary_search_by_key(&key(entry), key).ok()
    }
}
