//! The evidence register: each item, how it stands, and what rests on it.

use super::build::Ground;
use super::result::{ActionAt, ServiceAt};
use super::sheet::EvidenceSheet;
use crate::choice::Choice;
use crate::evaluate::services_of;
use crate::explain::{Assessed, State};
use crate::id::{ActionIdx, ControlIdx, FrameworkIdx};
use crate::library::ProviderEvidenceKind;
use crate::profile::EvidenceLink;
use crate::tenant::Slot;
use crate::weakpoints::{Origin, evidence_falls};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What rests on an item.
#[derive(Default)]
struct Resting {
    actions: BTreeSet<ActionAt>,
    controls: BTreeSet<(FrameworkIdx, ControlIdx)>,
}

/// The profile's items by id, then those of the library that name a service used or are linked.
pub(super) fn register(ground: &Ground<'_>) -> Vec<EvidenceSheet> {
    let mut resting = ground.resting();
    let mut naming = ground.naming();
    let falls = evidence_falls(&ground.telling.view, ground.telling.evaluation);
    let sheet = |item: &EvidenceLink| {
        let rests = resting.remove(item).unwrap_or_default();
        let written = ground.written(*item);
        let period = ground.telling.period(*item);
        EvidenceSheet {
            id: ground.telling.view.evidence_id(*item).to_owned(),
            origin: match item {
                EvidenceLink::Own(_) => Origin::Profile,
                EvidenceLink::Library(_) => Origin::Library,
            },
            title: written.title,
            kind: written.kind,
            provider_kind: written.provider_kind,
            reference: written.reference,
            link: ground.telling.view.location(*item).map(str::to_owned),
            valid_from: written.valid[0],
            valid_to: written.valid[1],
            counts_from: period.from.date(),
            counts_to: period.to.date(),
            state: ground.telling.evidence_state(*item),
            services: naming.remove(item).unwrap_or_default().into_iter().map(ServiceAt).collect(),
            actions: rests.actions.into_iter().collect(),
            controls: rests.controls.len(),
            alone: falls.get(item).copied().unwrap_or_default(),
            location: ground.telling.evidence_span(*item).and_then(|span| ground.telling.location(span)),
        }
    };
    ground.evidence.keys().map(sheet).collect()
}

/// What stands written of an item.
struct Written {
    title: Option<String>,
    kind: Option<String>,
    provider_kind: Option<ProviderEvidenceKind>,
    reference: Option<String>,
    valid: [Option<NaiveDate>; 2],
}

impl Ground<'_> {
    fn written(&self, item: EvidenceLink) -> Written {
        match item {
            EvidenceLink::Own(position) => {
                let own = self.telling.view.profile.evidence.get(position);
                Written {
                    title: own.and_then(|e| e.title.clone()),
                    kind: own.and_then(|e| e.kind.clone()),
                    provider_kind: own.and_then(|e| e.provider_kind),
                    reference: None,
                    valid: [own.and_then(|e| e.valid_from), own.and_then(|e| e.valid_to)],
                }
            }
            EvidenceLink::Library(item) => {
                let evidence = self.telling.view.library.evidence_item(item);
                Written {
                    title: evidence.title.clone(),
                    kind: Some(evidence.kind.word().to_owned()),
                    provider_kind: Some(evidence.kind),
                    reference: evidence.reference.clone(),
                    valid: [evidence.valid_from, evidence.valid_to],
                }
            }
        }
    }

    /// The services used that each item names, by position.
    fn naming(&self) -> BTreeMap<EvidenceLink, BTreeSet<usize>> {
        let mut naming: BTreeMap<EvidenceLink, BTreeSet<usize>> = BTreeMap::new();
        for (position, row) in self.telling.view.tenant.namings.rows().enumerate() {
            for (item, _) in row {
                naming.entry(*item).or_default().insert(position);
            }
        }
        naming
    }

    fn resting(&self) -> BTreeMap<EvidenceLink, Resting> {
        let mut resting: BTreeMap<EvidenceLink, Resting> = BTreeMap::new();
        // Most of a provider's actions concern the same services, so what attests them is gathered once.
        let mut known: BTreeMap<Vec<usize>, BTreeSet<EvidenceLink>> = BTreeMap::new();
        for assessed in &self.assessed {
            for slot in 0..assessed.template.actions.len() {
                let Some((action, stands, figures)) = assessed.slot(slot) else { continue };
                let Some(at) = self.actions.get(&action).filter(|_| figures.counts) else { continue };
                let linked;
                let items = match stands {
                    Slot::Listed(status) => {
                        linked = self.linked(status, assessed);
                        &linked
                    }
                    Slot::Provider(_) => {
                        let services = self.attested(action);
                        known.entry(services).or_insert_with_key(|services| self.attesting(services))
                    }
                    Slot::NotApplicable | Slot::Unlisted(_) => continue,
                };
                let row = assessed.template.controls_of_slot.row(slot).iter();
                let open: Vec<ControlIdx> = row.filter(|c| !assessed.is_excluded(**c)).copied().collect();
                for item in items {
                    let rests = resting.entry(*item).or_default();
                    rests.actions.insert(*at);
                    rests.controls.extend(open.iter().map(|control| (assessed.template.framework, *control)));
                }
            }
        }
        resting
    }

    /// The items that places of a status link, as far as these are in scope.
    fn linked(&self, status: usize, assessed: &Assessed<'_>) -> BTreeSet<EvidenceLink> {
        let judged = self.telling.judged(status, assessed);
        let in_scope = judged.iter().filter(|place| place.state() != State::NotInScope);
        in_scope.flat_map(|place| self.telling.view.tenant.links(place.compiled)).copied().collect()
    }

    /// The positions of the services that a provider's action concerns and that are attested.
    fn attested(&self, action: ActionIdx) -> Vec<usize> {
        let view = &self.telling.view;
        let services = services_of(view.compiled, view.tenant, action, &self.telling.evaluation.services);
        services.filter(|(_, state)| state.is_attested).map(|(position, _)| position).collect()
    }

    /// The items that name one of these services by the day.
    fn attesting(&self, services: &[usize]) -> BTreeSet<EvidenceLink> {
        let view = &self.telling.view;
        let rows = services.iter().flat_map(|position| view.tenant.namings.row(*position));
        rows.filter(|(_, since)| *since <= view.day).map(|(item, _)| *item).collect()
    }
}
