//! Services: whether evidence names one, until when, and what rests on that.

use super::effect::Comparison;
use super::telling::Assessed;
use super::{Location, Node, NodeKind, State, Telling};
use crate::choice::Choice;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::evaluate::Evaluation;
use crate::id::{ActionIdx, ServiceIdx};
use crate::library::Owner;
use crate::tenant::Slot;

/// The service with this id, of the library or the profile.
pub(super) fn root(telling: &Telling<'_>, id: &str) -> Option<Node> {
    let view = &telling.view;
    if let Some(external) = view.profile.externals.iter().find(|e| e.id == id) {
        let mut node = Node::new(NodeKind::Service, id, &external.name);
        node.state = Some(State::External);
        node.place = telling.location(external.span);
        let why = "the library knows no evidence of its vendor, so no provider action counts it";
        node.notes.push(format!("{why}; the gap report names it on every control that a provider action serves"));
        return Some(node);
    }
    let service = view.library.find_service(id)?;
    match view.tenant.services.binary_search(&service) {
        Ok(position) => telling.used_service(position),
        Err(_) => {
            let library = view.library.service(service);
            let mut node = Node::new(NodeKind::Service, id, &library.name);
            node.state = Some(State::NotUsed);
            node.notes.push("the profile does not use it, so nothing counts for it".to_owned());
            Some(node)
        }
    }
}

impl Telling<'_> {
    /// A service that the tenant uses, with everything that rests on it.
    fn used_service(&self, position: usize) -> Option<Node> {
        let mut node = self.service_node(position)?;
        let without = self.evaluate(&self.view.tenant.with_service_unnamed(position));
        let with = self.evaluate(&self.view.tenant.with_service_named(position));
        let loss = Comparison { less: &without, more: self.evaluation };
        let gain = Comparison { less: self.evaluation, more: &with };
        node.rests = Some(loss.overall());
        node.gains = Some(gain.overall()).filter(|g| !g.is_none());
        for assessed in self.assessed() {
            node.children.push(self.resting_on_service(&assessed, position, &without, &with));
        }
        Some(node)
    }

    fn resting_on_service(
        &self,
        assessed: &Assessed<'_>,
        position: usize,
        without: &Evaluation,
        with: &Evaluation,
    ) -> Node {
        let loss = Comparison { less: without, more: self.evaluation };
        let gain = Comparison { less: self.evaluation, more: with };
        let mut node = assessed.node();
        node.rests = Some(loss.assessment(assessed.position));
        node.gains = Some(gain.assessment(assessed.position)).filter(|g| !g.is_none());
        for owner in [Owner::Provider, Owner::Customer] {
            let mut side = Node::new(NodeKind::Side, owner.word(), "");
            for (slot, action) in assessed.template.actions.iter().enumerate() {
                if !self.concerns(assessed, slot, *action, position) || self.view.library.action(*action).owner != owner
                {
                    continue;
                }
                let Some(mut node) = self.action_node(assessed, slot) else { continue };
                if owner == Owner::Provider {
                    node.rests = Some(loss.action(assessed.position, slot));
                    node.gains = Some(gain.action(assessed.position, slot)).filter(|g| !g.is_none());
                }
                brief(&mut node);
                side.children.push(node);
            }
            node.children.extend((!side.children.is_empty()).then_some(side));
        }
        node
    }

    /// Whether an action of the assessment applies and concerns the tenant's service at `position`.
    fn concerns(&self, assessed: &Assessed<'_>, slot: usize, action: ActionIdx, position: usize) -> bool {
        let applies = !matches!(assessed.stands.slots.get(slot), None | Some(Slot::NotApplicable));
        let service = self.view.tenant.services.get(position);
        applies && service.is_some_and(|s| concerns(self.view.compiled, action, *s))
    }

    /// A service that the tenant uses, with the evidence that names it.
    pub(super) fn service_node(&self, position: usize) -> Option<Node> {
        let (id, name) = self.service_words(position)?;
        let state = self.evaluation.services.get(position)?;
        let mut node = Node::new(NodeKind::Service, id, name);
        node.state = Some(self.service_state(position)?);
        node.place = self.service_location(position);
        node.notes = self.service_notes(position);
        for (item, since) in self.view.tenant.namings.row(position) {
            let mut evidence = self.evidence_node(*item);
            let verb = if *since <= self.view.day { "names it since" } else { "names it from" };
            evidence.notes.extend(since.date().map(|d| format!("{verb} {d}")));
            node.children.push(evidence);
        }
        node.missing = self.service_facts(position, state);
        node.renewals = self.service_renewals(position, state);
        node.gather();
        Some(node)
    }

    /// How the tenant's service at `position` stands.
    pub(crate) fn service_state(&self, position: usize) -> Option<State> {
        let state = self.evaluation.services.get(position)?;
        Some(match () {
            () if self.retired_on(position) <= self.view.day => State::Retired,
            () if state.is_attested => State::Attested,
            () => State::Unattested,
        })
    }

    fn service_notes(&self, position: usize) -> Vec<String> {
        let Some(service) = self.view.tenant.services.get(position) else { return Vec::new() };
        let library = self.view.library.service(*service);
        let (day, compiled) = (self.view.day, self.view.compiled.service(*service));
        let mut notes = Vec::new();
        let why = match library.first_seen {
            _ if !library.certified => Some("the provider does not list it in scope of its certification".to_owned()),
            Some(date) if Day::from(date) > day => Some(format!("the provider lists it only from {date}")),
            _ => None,
        };
        notes.extend(why.filter(|_| !compiled.is_listed(day)));
        notes.extend(library.retired_on.map(|date| format!("retired on {date}")));
        notes.extend(library.note.clone());
        notes
    }

    /// The id and the name of the tenant's service at `position`.
    pub(super) fn service_words(&self, position: usize) -> Option<(String, String)> {
        let service = self.view.library.service(*self.view.tenant.services.get(position)?);
        Some((service.id.value.to_string(), service.name.clone()))
    }

    /// Where the profile names the service.
    pub(crate) fn service_location(&self, position: usize) -> Option<Location> {
        self.location(self.view.profile.services.get(position)?.span)
    }

    /// The day from which no evidence counts for the service.
    pub(crate) fn retired_on(&self, position: usize) -> Day {
        let service = self.view.tenant.services.get(position);
        service.map_or(Day::LAST, |s| self.view.compiled.service(*s).retired_on)
    }
}

/// Whether an action concerns a service.
pub(crate) fn concerns(compiled: &Compiled, action: ActionIdx, service: ServiceIdx) -> bool {
    compiled.services_of_action.row(action.position()).binary_search(&service).is_ok()
}

/// What a list of many actions shows of each: its figures, and no more.
pub(super) fn brief(node: &mut Node) {
    node.children.clear();
    node.notes.clear();
    node.missing.clear();
    node.renewals.clear();
}
