//! Observations: what tests of places showed, and which services evidence names.

use super::case::Case;
use super::part::{Prop, objects};
use super::text::{Props, item, markup, moment};
use crate::choice::Choice;
use crate::dossier::{ActionSheet, EvidenceSheet, PlaceSheet, ServiceAt, ServiceSheet};
use crate::explain::State;
use crate::library::Owner;
use crate::oscal::uuid::Id;
use crate::oscal::words::service;
use crate::profile::{ActionEntry, Place, PlaceSource, Test};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

objects! {
    /// Something that was seen.
    Observation {
        uuid: Id,
        title: String,
        description: String,
        props: Vec<Prop>,
        methods: Vec<&'static str>,
        types: Vec<&'static str>,
        subjects: Vec<Subject>,
        relevant_evidence: Vec<RelevantEvidence>,
        collected: String,
        expires: Option<String>,
    }

    /// What it was seen of.
    Subject {
        subject_uuid: Id,
        r#type: &'static str,
    }

    /// What shows it.
    RelevantEvidence {
        href: String,
        description: String,
    }

    /// A reference to an observation.
    RelatedObservation {
        observation_uuid: Id,
    }
}

/// All observations, and those that each action rests on.
#[derive(Default)]
pub(super) struct Observations<'a> {
    pub(super) list: Vec<Observation>,
    /// The first day of which something was seen.
    pub(super) since: Option<NaiveDate>,
    of_action: BTreeMap<&'a str, Vec<Id>>,
}

impl<'a> Observations<'a> {
    pub(super) fn of(case: &Case<'a>) -> Self {
        let mut found = Self::default();
        let mut known = BTreeSet::new();
        for service in case.dossier.services.iter().filter(|s| s.state == State::Attested) {
            found.push(case.attestation(service));
        }
        for action in &case.dossier.actions {
            let ids = match action.owner {
                Owner::Customer => found.tests(case, action, &mut known),
                Owner::Provider => found.attestations(case, action),
            };
            found.of_action.insert(&action.id, ids);
        }
        found
    }

    fn push(&mut self, (observation, day): (Observation, NaiveDate)) {
        self.since = Some(self.since.map_or(day, |since| since.min(day)));
        self.list.push(observation);
    }

    fn attestations(&self, case: &Case<'a>, action: &ActionSheet) -> Vec<Id> {
        let services = action.services.iter().filter_map(|at: &ServiceAt| case.dossier.service(*at));
        services.filter(|s| s.state == State::Attested).map(|s| case.attestation_id(s)).collect()
    }

    /// The tests of an action's places; those of one whose status several actions have are told once.
    fn tests(&mut self, case: &Case<'a>, action: &ActionSheet, known: &mut BTreeSet<Id>) -> Vec<Id> {
        let Some(stands) = action.appraisal(case.position) else { return Vec::new() };
        let whose = stands.status_of.as_deref().unwrap_or(&action.id);
        let index = case.library.find_action(whose);
        let entry = index.and_then(|index| case.profile.entry(index, &case.score.group));
        let Some(entry) = entry else { return Vec::new() };
        let mut ids = Vec::new();
        for (place, sheet) in
            entry.places().iter().zip(&stands.places).filter(|(place, sheet)| was_tested(place, sheet))
        {
            let id = case.test_id(whose, entry, place);
            if known.insert(id) {
                self.push(case.test(id, entry, place, sheet));
            }
            ids.push(id);
        }
        ids
    }

    /// The observations that a list of actions rests on, each once.
    pub(super) fn related<'b>(&self, actions: impl IntoIterator<Item = &'b ActionSheet>) -> Vec<RelatedObservation> {
        let ids = actions.into_iter().filter_map(|action| self.of_action.get(action.id.as_str()));
        let ids: BTreeSet<Id> = ids.flatten().copied().collect();
        ids.into_iter().map(|observation_uuid| RelatedObservation { observation_uuid }).collect()
    }
}

/// Whether a test has had a result by the date: one that never ran shows nothing.
fn was_tested(place: &Place, sheet: &PlaceSheet) -> bool {
    !sheet.is_to_come && !matches!(place.test, Test::None | Test::NotInScope | Test::ToBeDetected)
}

impl<'a> Case<'a> {
    fn test_id(&self, action: &str, entry: &ActionEntry, place: &Place) -> Id {
        // A group or place without a name is another than one with any name.
        let [group, name] = [&entry.group, &place.name].map(|text| text.as_deref());
        let parts = ["test", action, group.map_or("all", |_| "group"), group.unwrap_or_default()];
        let place = [name.map_or("whole", |_| "place"), name.unwrap_or_default()];
        self.tenant_id("observation", &[&parts[..], &place[..]].concat())
    }

    fn test(&self, id: Id, entry: &ActionEntry, place: &Place, sheet: &PlaceSheet) -> (Observation, NaiveDate) {
        let action = self.library.action(entry.action);
        let seen = place.tested_on.filter(|on| moment(*on).is_some()).unwrap_or(self.day.date());
        let at = place.name.as_deref().map(|name| format!(" in {}", markup(name))).unwrap_or_default();
        let when = match place.tested_on {
            Some(on) => format!(" on {on}"),
            None => ", on a day that is not stated".to_owned(),
        };
        let observation = Observation {
            uuid: id,
            title: format!("{}{at}", markup(&action.title)),
            description: format!("A test{at}{when}: {}.", place.test.word()),
            props: self.status(entry, Some(place)).list(),
            methods: vec![match place.source {
                PlaceSource::Automatic => "TEST",
                PlaceSource::Manual => "EXAMINE",
            }],
            types: vec!["control-objective"],
            subjects: vec![Subject { subject_uuid: self.system_id(), r#type: "component" }],
            relevant_evidence: self.evidence(&sheet.evidence).map(|e| self.relevant(e)).collect(),
            collected: moment(seen).unwrap_or_else(|| self.day.moment()),
            expires: sheet.fresh_until.filter(|until| *until >= seen).and_then(moment),
        };
        (observation, seen)
    }

    fn attestation_id(&self, service: &ServiceSheet) -> Id {
        self.tenant_id("observation", &["attestation", &self.service_id(service).to_string()])
    }

    /// That evidence names a service by the date.
    fn attestation(&self, sheet: &'a ServiceSheet) -> (Observation, NaiveDate) {
        let named = sheet.evidence.iter().filter(|naming| naming.is_named);
        let since = named.clone().filter_map(|naming| naming.since).filter(|on| moment(*on).is_some()).max();
        let seen = since.unwrap_or(self.day.date());
        let items: Vec<&EvidenceSheet> = named.filter_map(|n| self.dossier.evidence_item(n.item)).collect();
        let list = |e: &&EvidenceSheet| item(&markup(e.title.as_deref().unwrap_or(&e.id)));
        let observation = Observation {
            uuid: self.attestation_id(sheet),
            title: format!("Evidence of {}", markup(&sheet.name)),
            description: format!("Named by:\n{}", items.iter().map(list).collect::<String>()),
            props: Props::default().with(service::SERVICE, &sheet.id).with(service::STATE, sheet.state.word()).list(),
            methods: vec!["EXAMINE"],
            types: vec!["control-objective"],
            subjects: vec![Subject { subject_uuid: self.service_id(sheet), r#type: "component" }],
            relevant_evidence: items.into_iter().map(|e| self.relevant(e)).collect(),
            collected: moment(seen).unwrap_or_else(|| self.day.moment()),
            expires: None,
        };
        (observation, seen)
    }

    fn relevant(&self, item: &EvidenceSheet) -> RelevantEvidence {
        RelevantEvidence {
            href: self.evidence_id(item).fragment(),
            description: markup(item.title.as_deref().unwrap_or(&item.id)),
        }
    }
}
