//! A sheet for each action: what was done where, what test and evidence prove it, and until when.

use super::build::Ground;
use super::result::ServiceAt;
use super::sheet::{Acceptance, ActionSheet, Appraisal, ConflictSheet, EntrySheet, PlaceSheet, Stated};
use crate::day::Day;
use crate::explain::{Assessed, Judged, action_share, action_state};
use crate::id::ActionIdx;
use crate::profile::{ActionEntry, Place};
use crate::tenant::Slot;

/// The sheets of all actions that concern the tenant, by id.
pub(super) fn sheets(ground: &Ground<'_>) -> Vec<ActionSheet> {
    ground.actions.keys().map(|action| ground.action(*action)).collect()
}

impl Ground<'_> {
    fn action(&self, action: ActionIdx) -> ActionSheet {
        let library = self.telling.view.library.action(action);
        let accepted = self.telling.accepted(action);
        ActionSheet {
            id: library.id.value.to_string(),
            title: library.title.clone(),
            owner: library.owner,
            action_type: library.action_type,
            purpose: library.purpose,
            enforcement: library.enforcement,
            points: library.points(),
            feature: library.feature.clone(),
            guidance: library.guidance.clone(),
            proof: library.proof.clone(),
            links: library.links.clone(),
            effort_hours: library.effort_hours,
            services: self.concerned(action),
            accepted: accepted.map(|a| Acceptance {
                owner: a.owner.clone(),
                until: a.expires_on,
                rationale: a.rationale.clone(),
            }),
            appraisals: self.assessed.iter().filter_map(|assessed| self.appraisal(assessed, action)).collect(),
        }
    }

    /// The services used that an action concerns.
    fn concerned(&self, action: ActionIdx) -> Vec<ServiceAt> {
        let view = &self.telling.view;
        let row = view.compiled.services_of_action.row(action.position()).iter();
        row.filter_map(|service| view.tenant.services.binary_search(service).ok()).map(ServiceAt).collect()
    }

    fn appraisal(&self, assessed: &Assessed<'_>, action: ActionIdx) -> Option<Appraisal> {
        let slot = assessed.slot_of(action)?;
        let (_, stands, figures) = assessed.slot(slot)?;
        let judged = match stands {
            Slot::NotApplicable => return None,
            Slot::Listed(status) => self.telling.judged(status, assessed),
            Slot::Unlisted(_) | Slot::Provider(_) => Vec::new(),
        };
        let whose = match stands {
            Slot::Unlisted(source) => Some(source),
            _ => judged.first().map(|place| place.entry.action),
        };
        let entry = self.telling.view.profile.entry(action, &assessed.plan.group);
        let controls = assessed.template.controls_of_slot.row(slot).iter();
        Some(Appraisal {
            assessment: assessed.position,
            action: slot,
            state: action_state(stands, &figures),
            figures: figures.sums,
            share: action_share(&figures),
            controls: controls.map(|control| control.position()).collect(),
            entry: entry.map(|entry| self.entry(entry)),
            status_of: whose.filter(|other| *other != action).map(|other| self.telling.action_id(other).to_owned()),
            places: judged.iter().map(|place| self.place(place)).collect(),
        })
    }

    fn entry(&self, entry: &ActionEntry) -> EntrySheet {
        let conflict = entry.own.as_ref().zip(entry.conflict.as_ref());
        EntrySheet {
            group: entry.group.clone(),
            conflict: conflict.map(|(own, conflict)| ConflictSheet {
                own: self.stated(own),
                other: self.stated(&conflict.other),
                own_counts: conflict.own_counts,
            }),
            assigned_to: entry.assigned_to.clone(),
            due_on: entry.due_on,
            notes: entry.notes.clone(),
            location: self.telling.location(entry.span),
        }
    }

    fn stated(&self, place: &Place) -> Stated {
        Stated {
            name: place.name.clone(),
            implementation: place.implementation,
            test: place.test,
            location: self.telling.location(place.span),
        }
    }

    fn place(&self, judged: &Judged<'_>) -> PlaceSheet {
        let place = judged.place;
        let links = self.telling.view.tenant.links(judged.compiled).iter();
        PlaceSheet {
            name: place.name.clone(),
            state: judged.state(),
            implementation: place.implementation,
            test: place.test,
            source: place.source,
            implemented_on: place.implemented_on,
            tested_on: place.tested_on,
            reference: place.reference.clone(),
            is_to_come: judged.settles_on().is_some_and(|on| on > self.telling.view.day),
            fresh_until: judged.test_until().and_then(Day::date),
            is_fresh: judged.judgement.is_fresh,
            fraction: place.fraction.as_ref().map(|f| f.value),
            share: judged.share(),
            evidence: links.filter_map(|item| self.evidence.get(item).copied()).collect(),
            location: self.telling.location(place.span),
        }
    }
}
