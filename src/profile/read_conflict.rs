//! Statuses of one action that contradict each other: found, told, and the lower one made to count.
//!
//! An action can say twice where it stands: by a status of its own and by its instances, or by a status of its
//! own and by its parent's. Where what the two come to differs, once their dates have come, the lower one
//! counts. See [`Conflict`].

use super::read::Reading;
use super::{ActionEntry, Conflict, Implementation, Place, PlaceSource, Profile, Status, Test};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::ActionIdx;
use crate::points::BasisPoints;
use crate::source::Span;
use std::collections::BTreeMap;

/// A key beside a parent that may be part of a status of the action's own.
pub(super) struct Beside {
    pub(super) action: ActionIdx,
    pub(super) group: Option<String>,
    pub(super) key: &'static str,
    pub(super) span: Span,
}

impl Reading<'_> {
    /// Tells of contradictions, and lets the lower status count.
    pub(super) fn contradictions(&mut self, profile: &mut Profile, beside: &[Beside]) {
        for entry in &mut profile.actions {
            if let (Some(own), Status::Instances(places)) = (&entry.own, &entry.status) {
                entry.conflict = conflict(own, places);
            }
        }
        let mut found: BTreeMap<usize, Conflict> = BTreeMap::new();
        let read: &Profile = profile;
        for group in read.groups() {
            let mut ends = Ends { profile: read, group, known: BTreeMap::new() };
            for (position, entry) in read.actions.iter().enumerate() {
                let (Some(own), Status::Parent(_)) = (&entry.own, &entry.status) else { continue };
                let holds = read.entry(entry.action, group).is_some_and(|e| std::ptr::eq(e, entry));
                let places = ends.of(entry.action).filter(|_| holds).and_then(|end| read.actions.get(end));
                let Some(conflict) = places.and_then(|end| conflict(own, end.stated())) else { continue };
                let kept = found.entry(position).or_insert_with(|| conflict.clone());
                // What counts in one group counts in all: an action says once what it says of itself.
                if conflict.own_counts && !kept.own_counts {
                    *kept = conflict;
                }
            }
        }
        for (position, conflict) in found {
            if let Some(entry) = profile.actions.get_mut(position) {
                entry.conflict = Some(conflict);
            }
        }
        for entry in &mut profile.actions {
            if let (Some(own), Some(Conflict { own_counts: true, .. })) = (&entry.own, &entry.conflict) {
                entry.status = Status::Single(own.clone());
            }
        }
        self.tell(profile, beside);
    }

    fn tell(&mut self, profile: &Profile, beside: &[Beside]) {
        for entry in &profile.actions {
            let (Some(own), Some(conflict)) = (&entry.own, &entry.conflict) else { continue };
            let id = &self.library.action(entry.action).id.value;
            let message = format!("two statuses of action `{id}` contradict each other");
            let told = |place: &Place| format!("{}, {}", place.implementation, place.test);
            let diagnostic = Diagnostic::new(Code::ConflictingStatus, message).at(own.span, told(own));
            let diagnostic = diagnostic.at(conflict.other.span, told(&conflict.other));
            let counts = entry.whose_counts().unwrap_or_default();
            self.faults.push(diagnostic.help(format!("the lower one counts, {counts}; mend or drop one of the two")));
        }
        for key in beside {
            let whose = |e: &ActionEntry| (e.action, &e.group).cmp(&(key.action, &key.group));
            let entry = profile.actions.binary_search_by(whose).ok().and_then(|n| profile.actions.get(n));
            if entry.is_none_or(|e| e.conflict.is_none()) {
                self.ignored(key.key, key.span);
            }
        }
    }

    /// Tells of a key that says nothing beside a parent.
    pub(super) fn ignored(&mut self, key: &str, span: Span) {
        let message = format!("`{key}` has no effect: the status is the parent's");
        self.faults.push(Diagnostic::new(Code::IgnoredStatus, message).at(span, "ignored"));
    }
}

/// The entries at the ends of chains of parents, in one group.
struct Ends<'p> {
    profile: &'p Profile,
    group: &'p str,
    known: BTreeMap<ActionIdx, Option<usize>>,
}

impl Ends<'_> {
    fn of(&mut self, action: ActionIdx) -> Option<usize> {
        let (mut chain, mut next) = (Vec::new(), action);
        let end = loop {
            if let Some(known) = self.known.get(&next) {
                break *known;
            }
            chain.push(next);
            // Rings of parents are refused later; here they have no end.
            let entry = self.profile.entry(next, self.group).filter(|_| chain.len() <= self.profile.actions.len());
            match entry.map(|e| (e, &e.status)) {
                Some((_, Status::Parent(parent))) => next = parent.value,
                Some((entry, _)) => break self.profile.position(entry),
                None => break None,
            }
        };
        self.known.extend(chain.into_iter().map(|action| (action, end)));
        end
    }
}

/// The contradiction between a status and those of places, if they come to something else.
fn conflict(own: &Place, places: &[Place]) -> Option<Conflict> {
    let mine = share(own);
    if mine == mean(places) {
        return None;
    }
    let own_counts = mine == Some(BasisPoints::ZERO);
    let other = places.iter().find(|place| share(place) != mine)?;
    Some(Conflict { other: other.clone(), own_counts })
}

/// What a place earns once its dates have come; nothing if it is out of scope.
fn share(place: &Place) -> Option<BasisPoints> {
    match place.test {
        _ if place.implementation == Implementation::NotInScope => None,
        Test::NotInScope => None,
        Test::Passed if place.implementation.is_done() => Some(BasisPoints::ONE),
        Test::PartiallyTested if place.source == PlaceSource::Automatic => {
            Some(place.fraction.as_ref().map_or(BasisPoints::ZERO, |f| f.value))
        }
        _ => Some(BasisPoints::ZERO),
    }
}

/// The mean of the places in scope; nothing if none is.
fn mean(places: &[Place]) -> Option<BasisPoints> {
    let shares: Vec<u64> = places.iter().filter_map(share).map(|s| u64::from(s.get())).collect();
    let count = u64::try_from(shares.len()).ok().filter(|count| *count > 0)?;
    Some(BasisPoints::mean(shares.iter().sum(), count))
}
