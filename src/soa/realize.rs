//! Whether a control is implemented, and how far an action has been put into practice.

use super::result::Realization;
use super::row::Assessed;
use crate::day::Day;
use crate::evaluate::{AssessmentFigures, ControlStatus};
use crate::profile::{Implementation, Place};
use crate::tenant::Slot;

impl Assessed<'_> {
    /// Whether the control at `control` is implemented by the figures of a day; nothing if it is excluded.
    ///
    /// Points say whether the work holds; where none are earned, the statuses say whether any is done.
    pub(super) fn realization(&self, figures: &AssessmentFigures, day: Day, control: usize) -> Option<Realization> {
        let status = figures.controls.get(control)?.status;
        match status {
            ControlStatus::Excluded => return None,
            ControlStatus::Covered => return Some(Realization::Implemented),
            ControlStatus::Partial => return Some(Realization::Partly),
            ControlStatus::Unmapped => return Some(Realization::NotAssessed),
            ControlStatus::NotInScope => return Some(Realization::NotImplemented),
            ControlStatus::Gap => {}
        }
        let counts = |slot: &usize| figures.actions.get(*slot).is_some_and(|f| f.counts);
        let customers = self.slots(control).filter(counts).filter(|slot| self.is_customers(*slot));
        let done: Vec<Option<Implementation>> = customers.map(|slot| self.implementation(slot, day)).collect();
        let any = |is_meant: fn(Implementation) -> bool| done.iter().flatten().any(|i| is_meant(*i));
        Some(match () {
            () if any(Implementation::is_done) => Realization::Partly,
            () if any(|i| i == Implementation::Planned) => Realization::Planned,
            () if !done.is_empty() && done.iter().all(Option::is_none) => Realization::NotAssessed,
            () => Realization::NotImplemented,
        })
    }

    /// How far the customer's action in a slot has been put into practice by `day`, where least.
    pub(super) fn implementation(&self, slot: usize, day: Day) -> Option<Implementation> {
        let Some(Slot::Listed(status)) = self.stands.slots.get(slot) else { return None };
        let places = self.view.profile.actions.get(*status)?.places();
        let found = places.iter().map(|place| by(place, day));
        // What is out of scope in one place says nothing of the others.
        let rank = |i: &Implementation| match i {
            Implementation::NotImplemented => 0,
            Implementation::Planned => 1,
            Implementation::Alternative => 2,
            Implementation::Implemented => 3,
            Implementation::NotInScope => 4,
        };
        found.min_by_key(rank)
    }
}

/// What a place has come to by `day`: what is dated later is still planned then.
fn by(place: &Place, day: Day) -> Implementation {
    let is_future = place.implemented_on.is_some_and(|on| Day::from(on) > day);
    if place.implementation.is_done() && is_future { Implementation::Planned } else { place.implementation }
}
