//! The smallest sets of facts that would close a place or a service, and what keeps them closed.

use super::place::Judged;
use super::proof::last_day;
use super::{Fact, FactKind, Goal, Telling};
use crate::day::Day;
use crate::evaluate::{Judgement, Proof, ServiceState, judge_place};
use crate::id::ActionIdx;
use crate::profile::Test;

impl Telling<'_> {
    /// What a place lacks to earn everything and to prove it.
    pub(super) fn place_facts(&self, judged: &Judged<'_>) -> Vec<Fact> {
        let now = judged.judgement;
        if !now.in_scope {
            return Vec::new();
        }
        let (settles_on, settled) = self.settled(judged);
        let waits = !now.earned.is_whole() && (settled.earned.is_whole() || !settled.in_scope);
        let (day, then) = if waits { (settles_on, settled) } else { (self.view.day, now) };
        let mut facts = Vec::new();
        if waits {
            facts.push(self.wait(judged));
        } else if !now.earned.is_whole() {
            facts.push(self.open(judged, &settled));
        }
        if then.in_scope {
            facts.extend(self.unproved(judged, then.proof, day));
            // A test still to be made is fresh by itself; one that stands has to be fresh.
            facts.extend((then.earned.is_whole() && !then.is_fresh).then(|| self.stale(judged)));
        }
        facts
    }

    /// The day on which all dates of the place have come, and what it comes to then.
    fn settled(&self, judged: &Judged<'_>) -> (Day, Judgement) {
        let view = &self.view;
        match judged.settles_on().filter(|on| *on > view.day) {
            Some(on) => (on, judge_place(view.compiled, view.tenant, judged.compiled, judged.retest, on)),
            None => (view.day, judged.judgement),
        }
    }

    /// The fact for an action that the profile does not list.
    pub(super) fn assess(&self, action: ActionIdx) -> Fact {
        let id = self.action_id(action);
        let text = format!("list `{id}`: implemented, with a dated test that passed, and evidence");
        Fact { action: Some(id.to_owned()), ..Fact::new(FactKind::Assess, Goal::Achieved, text) }
    }

    fn fact_of(&self, judged: &Judged<'_>, kind: FactKind, goal: Goal, text: String) -> Fact {
        Fact {
            action: Some(self.action_id(judged.entry.action).to_owned()),
            group: judged.entry.group.clone(),
            instance: judged.place.name.clone(),
            place: self.location(judged.place.span),
            ..Fact::new(kind, goal, text)
        }
    }

    /// The action and, if it has several, the place.
    fn named(&self, judged: &Judged<'_>) -> String {
        let place = judged.place.name.as_ref().map(|n| format!(" in {n}")).unwrap_or_default();
        format!("`{}`{place}", self.action_id(judged.entry.action))
    }

    fn open(&self, judged: &Judged<'_>, settled: &Judgement) -> Fact {
        let (named, test) = (self.named(judged), judged.place.test);
        let record = "record a dated test that passed";
        let (kind, text) = match judged.place.implementation {
            done if !done.is_done() => (FactKind::Implement, format!("implement {named}, then {record}")),
            _ if !settled.earned.is_zero() => {
                let text = format!("bring the rest of what the check of {named} covers into line, then {record}");
                (FactKind::Complete, text)
            }
            _ if test.risk().is_some() => {
                (FactKind::Test, format!("mend what the test of {named} found ({test}), then {record}"))
            }
            _ if test == Test::None => (FactKind::Test, format!("test {named}: {record}")),
            _ => (FactKind::Test, format!("finish the test of {named} ({test}): {record}")),
        };
        self.fact_of(judged, kind, Goal::Achieved, text)
    }

    fn wait(&self, judged: &Judged<'_>) -> Fact {
        let on = judged.settles_on().and_then(Day::date).map(|d| d.to_string()).unwrap_or_default();
        let text = format!("the status of {} is dated {on} and holds from then on", self.named(judged));
        self.fact_of(judged, FactKind::Wait, Goal::Achieved, text)
    }

    /// The evidence that a place lacks on `day`.
    fn unproved(&self, judged: &Judged<'_>, proof: Proof, day: Day) -> Option<Fact> {
        let named = self.named(judged);
        let linked = self.proving(self.view.tenant.links(judged.compiled));
        match proof {
            Proof::NotNeeded | Proof::Current => None,
            Proof::Missing => {
                let why = if linked.is_empty() { "" } else { "; what is linked does not hold yet" };
                let text = format!("link evidence for {named} that is current on {}{why}", self.day());
                Some(self.fact_of(judged, FactKind::LinkEvidence, Goal::Assured, text))
            }
            Proof::Expired => {
                let (item, period) = self.last_lapsed(&linked, day)?;
                let (id, until) = (self.view.evidence_id(item).to_owned(), period.to.date());
                let held = until.map(|d| format!(", which held until {d}")).unwrap_or_default();
                let text = format!("renew `{id}`{held}, or link other evidence for {named}");
                let fact = self.fact_of(judged, FactKind::RenewEvidence, Goal::Assured, text);
                Some(Fact { evidence: Some(id), until, ..fact })
            }
        }
    }

    fn stale(&self, judged: &Judged<'_>) -> Fact {
        let (named, until) = (self.named(judged), judged.test_until().and_then(Day::date));
        let text = match until {
            Some(date) => format!("test {named} again: its test was fresh until {date}"),
            None => format!("date the test of {named}, or test it again"),
        };
        Fact { until, ..self.fact_of(judged, FactKind::Retest, Goal::Assured, text) }
    }

    /// What has to be renewed for a place that is proved to stay so.
    pub(super) fn place_renewals(&self, judged: &Judged<'_>) -> Vec<Fact> {
        if judged.judgement.assured().is_zero() {
            return Vec::new();
        }
        let mut facts = Vec::new();
        if let Some(date) = judged.test_until().and_then(Day::date) {
            let text = format!("by {date} test {} again", self.named(judged));
            let fact = self.fact_of(judged, FactKind::Retest, Goal::Kept, text);
            facts.push(Fact { until: Some(date), ..fact });
        }
        let linked = self.proving(self.view.tenant.links(judged.compiled));
        if judged.judgement.proof == Proof::Current
            && let Some((item, period)) = last_day(&linked, self.view.day)
            && let Some(date) = period.to.date()
        {
            // Without the action, so that what rests on the same item needs the same one fact.
            let id = self.view.evidence_id(item).to_owned();
            let fact = Fact::new(FactKind::RenewEvidence, Goal::Kept, format!("by {date} renew evidence `{id}`"));
            facts.push(Fact { evidence: Some(id), until: Some(date), ..fact });
        }
        facts
    }

    /// What the tenant's service at `position` lacks.
    pub(super) fn service_facts(&self, position: usize, state: &ServiceState) -> Vec<Fact> {
        let Some((id, name)) = self.service_words(position) else { return Vec::new() };
        let of_service = |kind, goal, text| Fact {
            service: Some(id.clone()),
            place: self.service_location(position),
            ..Fact::new(kind, goal, text)
        };
        let naming = self.naming(position);
        if !state.is_attested && self.retired_on(position) <= self.view.day {
            let text = format!(
                "take {name} out of the profile if it is no longer used: it is retired, and no evidence counts for it"
            );
            return vec![of_service(FactKind::DropService, Goal::Achieved, text)];
        }
        let add = "as `[[evidence]]` with a provider kind and `services`";
        match state.proof {
            _ if !state.is_attested => {
                let text = format!("add evidence that names {name} and is current on {}, {add}", self.day());
                vec![of_service(FactKind::Attest, Goal::Achieved, text)]
            }
            Proof::Current | Proof::NotNeeded => Vec::new(),
            Proof::Missing => {
                let text = format!("add evidence that names {name} and is current on {}, {add}", self.day());
                vec![of_service(FactKind::Attest, Goal::Assured, text)]
            }
            Proof::Expired => {
                let named: Vec<_> = naming.into_iter().filter(|(_, p)| p.from <= self.view.day).collect();
                let lapsed = self.last_lapsed(&named, self.view.day);
                let until = lapsed.and_then(|(_, period)| period.to.date());
                let evidence = lapsed.map(|(item, _)| self.view.evidence_id(item).to_owned());
                let held = evidence.as_ref().zip(until).map(|(e, d)| format!(": `{e}` held until {d}"));
                let text = format!("add newer evidence that names {name}, {add}{}", held.unwrap_or_default());
                vec![Fact { evidence, until, ..of_service(FactKind::Attest, Goal::Assured, text) }]
            }
        }
    }

    /// What has to be renewed for a service that is proved to stay so.
    pub(super) fn service_renewals(&self, position: usize, state: &ServiceState) -> Vec<Fact> {
        let Some((id, name)) = self.service_words(position) else { return Vec::new() };
        if !state.is_attested || state.proof != Proof::Current {
            return Vec::new();
        }
        let mut facts = Vec::new();
        let place = self.service_location(position);
        let last = last_day(&self.naming(position), self.view.day);
        if let Some((item, period)) = last
            && let Some(date) = period.to.date()
        {
            let evidence = self.view.evidence_id(item).to_owned();
            let text =
                format!("by {date} add newer evidence that names {name}: `{evidence}` is the last and ends then");
            let fact = Fact::new(FactKind::Attest, Goal::Kept, text);
            let service = Some(id.clone());
            facts.push(Fact { service, evidence: Some(evidence), until: Some(date), place: place.clone(), ..fact });
        }
        if let Some(date) = self.retired_on(position).before().date() {
            let text = format!("by {date} leave {name}: it is retired after that, and no evidence counts for it");
            let fact = Fact::new(FactKind::DropService, Goal::Kept, text);
            facts.push(Fact { service: Some(id), until: Some(date), place, ..fact });
        }
        facts
    }
}
