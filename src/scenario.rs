//! A profile as it would be: work done, tests repeated, evidence renewed.
//!
//! [`after`] gives an ordinary profile, which goes through the ordinary evaluation, so that what is
//! foreseen is worked out as the score is. Work brings its proof with it: what is done from a day on
//! is tested on that day and has evidence that holds from it, without an end.

use crate::id::ActionIdx;
use crate::library::Library;
use crate::profile::{
    ActionEntry, EvidenceItem, EvidenceLink, Implementation, Place, PlaceSource, Profile, Status, Test,
};
use crate::source::{Span, Spanned};
use chrono::NaiveDate;

/// A piece of work that would change the result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// An action carried out, tested and proved in every place that is in scope.
    Do(Subject),
    /// Its tests repeated with the same results.
    Retest(Subject),
    /// New evidence gathered and linked in every place of it.
    Prove(Subject),
    /// An item of evidence renewed, so that it holds without an end. One of the library stays as it is
    /// and gets a newer copy beside it in the profile, which names the same services.
    Renew(EvidenceLink),
}

/// An action and the group its status is for; none means every group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The action; one that takes its status from a parent is done at the parent.
    pub action: ActionIdx,
    /// The group.
    pub group: Option<String>,
}

/// The profile after `work`, each piece on its day. The positions of entries of evidence stay.
#[must_use]
pub fn after<'w>(
    library: &Library,
    profile: &Profile,
    work: impl IntoIterator<Item = (&'w Work, NaiveDate)>,
) -> Profile {
    let mut profile = profile.clone();
    for (work, on) in work {
        match work {
            Work::Do(subject) => carry_out(&mut profile, subject, on),
            Work::Retest(subject) => places(&mut profile, subject, |place| {
                if place.tested_on.is_none_or(|tested| tested < on) && place.test != Test::None {
                    place.tested_on = Some(on);
                }
            }),
            Work::Prove(subject) => {
                let proof = add(&mut profile, item(on));
                places(&mut profile, subject, |place| place.evidence.push(proof));
            }
            Work::Renew(EvidenceLink::Own(position)) => {
                if let Some(item) = profile.evidence.get_mut(*position) {
                    item.valid_from = item.valid_from.map(|from| from.min(on));
                    item.valid_to = None;
                }
            }
            Work::Renew(link @ EvidenceLink::Library(_)) => renew_copy(library, &mut profile, *link, on),
        }
    }
    profile
}

fn carry_out(profile: &mut Profile, subject: &Subject, on: NaiveDate) {
    let proof = add(profile, item(on));
    let root = root(profile, subject);
    if entry(profile, &root).is_none() {
        list(profile, &root);
    }
    places(profile, subject, |place| {
        if place.implementation == Implementation::NotInScope || place.test == Test::NotInScope {
            return;
        }
        if !place.implementation.is_done() {
            place.implementation = Implementation::Implemented;
            place.implemented_on = Some(on);
        }
        place.implemented_on = place.implemented_on.map(|done| done.min(on));
        place.test = Test::Passed;
        place.fraction = None;
        place.tested_on = Some(on);
        place.evidence.push(proof);
    });
}

/// A new item of evidence that holds from a day on.
fn item(on: NaiveDate) -> EvidenceItem {
    EvidenceItem {
        id: Spanned::new(String::new(), Span::default()),
        kind: None,
        provider_kind: None,
        title: None,
        location: None,
        services: Vec::new(),
        valid_from: Some(on),
        valid_to: None,
    }
}

/// Adds an item at the end, where it moves no other, for links are positions.
fn add(profile: &mut Profile, item: EvidenceItem) -> EvidenceLink {
    profile.evidence.push(item);
    EvidenceLink::Own(profile.evidence.len() - 1)
}

/// Lists an action as not yet done, in its place among the others.
fn list(profile: &mut Profile, subject: &Subject) {
    let place = Place {
        name: None,
        implementation: Implementation::NotImplemented,
        test: Test::None,
        source: PlaceSource::Manual,
        implemented_on: None,
        tested_on: None,
        reference: None,
        fraction: None,
        evidence: Vec::new(),
        span: Span::default(),
    };
    let Subject { action, group } = subject.clone();
    let key = |e: &ActionEntry| (e.action, e.group.clone());
    let at = profile.actions.partition_point(|e| key(e) < (action, group.clone()));
    let entry = ActionEntry {
        action,
        group,
        status: Status::Single(place),
        own: None,
        conflict: None,
        assigned_to: None,
        due_on: None,
        notes: None,
        span: Span::default(),
    };
    profile.actions.insert(at, entry);
}

/// The action at the end of a chain of parents, whose status a subject has.
fn root(profile: &Profile, subject: &Subject) -> Subject {
    let mut next = subject.clone();
    // Rings of parents were refused, so a chain is no longer than the list of entries.
    for _ in 0..=profile.actions.len() {
        match entry(profile, &next).and_then(|at| profile.actions.get(at)).map(|e| &e.status) {
            Some(Status::Parent(parent)) => next.action = parent.value,
            _ => break,
        }
    }
    next
}

/// Where the entry stands whose status a subject has, if it is listed.
pub(crate) fn position(profile: &Profile, subject: &Subject) -> Option<usize> {
    entry(profile, &root(profile, subject))
}

/// Where the entry of a subject stands.
fn entry(profile: &Profile, subject: &Subject) -> Option<usize> {
    let found = match &subject.group {
        Some(group) => profile.entry(subject.action, group),
        None => profile.actions.iter().find(|e| e.action == subject.action && e.group.is_none()),
    };
    profile.position(found?)
}

/// Changes each place of a subject.
fn places(profile: &mut Profile, subject: &Subject, mut change: impl FnMut(&mut Place)) {
    let found = entry(profile, &root(profile, subject)).and_then(|at| profile.actions.get_mut(at));
    match found.map(|entry| &mut entry.status) {
        Some(Status::Single(place)) => change(place),
        Some(Status::Instances(places)) => places.iter_mut().for_each(change),
        Some(Status::Parent(_)) | None => {}
    }
}

/// A newer copy of an item of the library, for the services it names by then and the places that link it.
fn renew_copy(library: &Library, profile: &mut Profile, old: EvidenceLink, on: NaiveDate) {
    let EvidenceLink::Library(index) = old else { return };
    let found = library.evidence_item(index);
    let since = |since: Option<NaiveDate>| since.or(found.first_seen).or(found.valid_from);
    // A newer edition of it changes nothing about the day from which it names a service.
    let by_then = found.services.iter().filter(|(_, from)| since(*from).is_some_and(|from| from <= on));
    let named = by_then.filter_map(|(service, _)| library.find_service(service.value.as_str()));
    let services = named.map(|service| (service, None)).collect();
    let copy = add(profile, EvidenceItem { provider_kind: Some(found.kind), services, ..item(on) });
    let link = |place: &mut Place| {
        if place.evidence.contains(&old) {
            place.evidence.push(copy);
        }
    };
    for entry in &mut profile.actions {
        match &mut entry.status {
            Status::Single(place) => link(place),
            Status::Instances(places) => places.iter_mut().for_each(link),
            Status::Parent(_) => {}
        }
    }
}
