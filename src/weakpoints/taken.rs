//! What can be taken away, and what is left then.
//!
//! - evidence: as if it had never been, in the profile or in the library;
//! - a service: as if no evidence named it; it stays in use;
//! - a parent: as if nobody had said how the action stands, so that it and all that take its status are
//!   unassessed;
//! - an assignee: as if none of the tests had been made that a person made on the actions assigned to them; a
//!   profile records nobody else who could have. What a check found stands.

use super::result::{Origin, Support, SupportKind};
use crate::evaluate::GapView;
use crate::id::{ActionIdx, EvidenceIdx};
use crate::profile::{EvidenceLink, PlaceSource, Status};
use crate::tenant::Tenant;
use std::collections::BTreeSet;

/// Every kind of thing, in the order they are looked at.
pub(super) const KINDS: [SupportKind; 4] =
    [SupportKind::Evidence, SupportKind::Service, SupportKind::Parent, SupportKind::Assignee];

/// One thing to be taken away.
#[derive(Clone, Debug)]
pub(super) enum Taken {
    Item(EvidenceLink),
    /// A service that the tenant uses, by position.
    Service(usize),
    Parent(ActionIdx),
    Assignee(String),
}

/// All things of a kind that the result could rest on.
pub(super) fn things(view: &GapView<'_>, kind: SupportKind) -> Vec<Taken> {
    match kind {
        SupportKind::Evidence => evidence(view).into_iter().map(Taken::Item).collect(),
        SupportKind::Service => (0..view.tenant.services.len()).map(Taken::Service).collect(),
        SupportKind::Parent => parents(view).into_iter().map(Taken::Parent).collect(),
        SupportKind::Assignee => assignees(view).into_iter().map(Taken::Assignee).collect(),
    }
}

/// The profile's evidence, and what of the library's names a service that is used or is linked.
pub(crate) fn evidence(view: &GapView<'_>) -> BTreeSet<EvidenceLink> {
    let own = (0..view.profile.evidence.len()).map(EvidenceLink::Own);
    let named = view.tenant.namings.rows().flatten().map(|(item, _)| *item);
    let places = view.tenant.statuses.rows().flatten();
    own.chain(named).chain(places.flat_map(|place| view.tenant.links(place)).copied()).collect()
}

fn parents(view: &GapView<'_>) -> BTreeSet<ActionIdx> {
    let parent = view.profile.actions.iter().filter_map(|entry| match &entry.status {
        Status::Parent(parent) => Some(parent.value),
        _ => None,
    });
    parent.collect()
}

/// Whom actions with a test by a person are assigned to.
fn assignees(view: &GapView<'_>) -> BTreeSet<String> {
    let tests = |position| view.tenant.statuses.row(position).iter().any(|p| p.source == PlaceSource::Manual);
    let entries = view.profile.actions.iter().enumerate().filter(|(position, _)| tests(*position));
    entries.filter_map(|(_, entry)| entry.assigned_to.clone()).collect()
}

impl Taken {
    /// The tenant without it.
    pub(super) fn tenant(&self, view: &GapView<'_>) -> Tenant {
        match self {
            Self::Item(item) => view.tenant.without_item(*item),
            Self::Service(position) => view.tenant.with_service_unnamed(*position),
            Self::Parent(action) => {
                let mut profile = view.profile.clone();
                profile.actions.retain(|entry| entry.action != *action);
                Tenant::new(view.compiled, &profile)
            }
            Self::Assignee(name) => {
                let is_theirs = |position: usize| {
                    let entry = view.profile.actions.get(position);
                    entry.is_some_and(|e| e.assigned_to.as_ref() == Some(name))
                };
                view.tenant.without_tests(is_theirs)
            }
        }
    }

    /// What it is called.
    pub(super) fn support(&self, view: &GapView<'_>) -> Support {
        let named = |kind, id: String, title: String| Support { kind, id, origin: None, title };
        match self {
            Self::Item(EvidenceLink::Own(position)) => {
                let item = view.profile.evidence.get(*position);
                let id = item.map(|e| e.id.value.clone()).unwrap_or_default();
                let title = item.and_then(|e| e.title.clone()).unwrap_or_default();
                Support { origin: Some(Origin::Profile), ..named(SupportKind::Evidence, id, title) }
            }
            Self::Item(EvidenceLink::Library(item)) => library_item(view, *item),
            Self::Service(position) => {
                let service = view.tenant.services.get(*position).map(|s| view.library.service(*s));
                let id = service.map(|s| s.id.value.to_string()).unwrap_or_default();
                named(SupportKind::Service, id, service.map(|s| s.name.clone()).unwrap_or_default())
            }
            Self::Parent(action) => {
                let action = view.library.action(*action);
                named(SupportKind::Parent, action.id.value.to_string(), action.title.clone())
            }
            Self::Assignee(name) => named(SupportKind::Assignee, name.clone(), String::new()),
        }
    }
}

fn library_item(view: &GapView<'_>, item: EvidenceIdx) -> Support {
    let item = view.library.evidence_item(item);
    Support {
        kind: SupportKind::Evidence,
        id: item.id.value.to_string(),
        origin: Some(Origin::Library),
        title: item.title.clone().unwrap_or_default(),
    }
}
