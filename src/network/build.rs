//! The graph of a profile, made: first what there is and what ties it, in canonical order, then positions.

use super::{LinkKind, Network, NetworkKind, NetworkLink, NetworkNode};
use crate::evaluate::{domains, services_of};
use crate::explain::{Assessed, State, Telling, action_state};
use crate::graph::{Edge, Graph, Node};
use crate::id::{ActionIdx, ControlIdx};
use crate::library::Owner;
use crate::points::{Amount, Sums};
use crate::profile::{EvidenceLink, Place, Status};
use crate::weakpoints::Origin;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What a node stands for. The order is that of the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Assessment(usize),
    /// A domain of an assessment, by its order in the catalogue.
    Domain(usize, usize),
    Control(usize, ControlIdx),
    Action(usize, ActionIdx),
    /// A service used, by its position in the tenant.
    Service(usize),
    /// A service that the library does not know.
    External(usize),
    Evidence(EvidenceLink),
}

/// The graph of what is told from, of the assessments asked for.
pub(crate) fn network(graph: &Graph, telling: &Telling<'_>, as_of: NaiveDate) -> Network {
    let mut builder = Builder { graph, telling, nodes: BTreeMap::new(), links: BTreeSet::new() };
    builder.services();
    for assessed in telling.assessed() {
        builder.assessment(&assessed);
    }
    builder.network(as_of)
}

struct Builder<'a> {
    graph: &'a Graph,
    telling: &'a Telling<'a>,
    nodes: BTreeMap<Thing, NetworkNode>,
    links: BTreeSet<(Thing, Thing, LinkKind, Option<NaiveDate>)>,
}

impl Builder<'_> {
    fn network(self, as_of: NaiveDate) -> Network {
        let at: BTreeMap<Thing, usize> = self.nodes.keys().copied().zip(0..).collect();
        let links = self.links.iter().filter_map(|(from, to, kind, since)| {
            let (source, target) = (*at.get(from)?, *at.get(to)?);
            Some(NetworkLink { source, target, kind: *kind, since: *since })
        });
        Network {
            tenant: self.telling.view.profile.tenant.clone(),
            organization: self.telling.view.profile.name.clone(),
            as_of,
            around: None,
            links: links.collect(),
            nodes: self.nodes.into_values().collect(),
        }
    }

    fn tie(&mut self, from: Thing, to: Thing, kind: LinkKind) {
        self.links.insert((from, to, kind, None));
    }

    /// The services used, with the evidence that names them.
    fn services(&mut self) {
        let view = &self.telling.view;
        for (position, service) in view.tenant.services.iter().enumerate() {
            let library = view.library.service(*service);
            let state = self.telling.service_state(position);
            let node = node(NetworkKind::Service, library.id.value.as_str(), &library.name, state);
            self.nodes.insert(Thing::Service(position), node);
            for (item, since) in view.tenant.namings.row(position) {
                let evidence = self.evidence(*item);
                self.links.insert((Thing::Service(position), evidence, LinkKind::NamedBy, since.date()));
            }
        }
        for (position, external) in view.profile.externals.iter().enumerate() {
            let node = node(NetworkKind::Service, &external.id, &external.name, Some(State::External));
            self.nodes.insert(Thing::External(position), node);
        }
    }

    /// An item of evidence, which becomes a node where it is tied to something.
    fn evidence(&mut self, item: EvidenceLink) -> Thing {
        let view = &self.telling.view;
        let (title, origin, at) = match item {
            EvidenceLink::Own(position) => {
                let own = view.profile.evidence.get(position);
                (own.and_then(|e| e.title.as_deref()), Origin::Profile, "own-")
            }
            EvidenceLink::Library(item) => (view.library.evidence_item(item).title.as_deref(), Origin::Library, ""),
        };
        let state = Some(self.telling.evidence_state(item));
        let mut node = node(NetworkKind::Evidence, view.evidence_id(item), title.unwrap_or_default(), state);
        // The profile may call an item as the library calls one.
        node.key = format!("{at}{}", node.key);
        node.origin = Some(origin);
        self.nodes.insert(Thing::Evidence(item), node);
        Thing::Evidence(item)
    }

    fn assessment(&mut self, assessed: &Assessed<'_>) {
        let state = of_sums(assessed.figures.sides.total());
        let (id, title) = (assessed.template_id, assessed.title);
        self.add(Thing::Assessment(assessed.position), assessed, NetworkKind::Assessment, id, title, state);
        self.controls(assessed);
        self.actions(assessed);
    }

    /// A node of an assessment.
    fn add(
        &mut self,
        thing: Thing,
        assessed: &Assessed<'_>,
        kind: NetworkKind,
        id: &str,
        title: &str,
        state: Option<State>,
    ) {
        let (template, group) = (assessed.template_id, assessed.plan.group.as_str());
        let mut node = node(kind, id, title, state);
        node.key = match kind {
            NetworkKind::Assessment => format!("{kind}:{template}:{group}"),
            _ => format!("{kind}:{template}:{group}:{id}"),
        };
        node.assessment = Some(assessed.name());
        self.nodes.insert(thing, node);
    }

    /// Domains and controls, with the actions that the template maps to them.
    fn controls(&mut self, assessed: &Assessed<'_>) {
        let (template, framework) = (assessed.template, assessed.framework);
        let mut at: BTreeMap<&str, Thing> = BTreeMap::new();
        for (order, domain) in
            domains(self.telling.view.compiled, framework, assessed.stands, assessed.figures).iter().enumerate()
        {
            let (thing, id) = (Thing::Domain(assessed.position, order), domain.group.id.value.as_str());
            at.insert(id, thing);
            let state = of_sums(domain.sides.total());
            self.add(thing, assessed, NetworkKind::Domain, id, &domain.group.title, state);
            self.tie(Thing::Assessment(assessed.position), thing, LinkKind::Contains);
        }
        let tops = framework.domains();
        for (position, control) in framework.controls.iter().enumerate() {
            let thing = Thing::Control(assessed.position, ControlIdx::at(position));
            let state = assessed.figures.controls.get(position).map(|c| c.status.into());
            self.add(thing, assessed, NetworkKind::Control, control.id.value.as_str(), &control.title, state);
            let top = tops.get(control.group.value.as_str()).and_then(|top| at.get(top.id.value.as_str()));
            self.tie(top.copied().unwrap_or(Thing::Assessment(assessed.position)), thing, LinkKind::Contains);
            let slots = template.slots_of_control.row(position).iter().filter_map(|s| usize::try_from(*s).ok());
            for action in slots.filter_map(|slot| template.actions.get(slot)) {
                self.tie(thing, Thing::Action(assessed.position, *action), LinkKind::ServedBy);
            }
        }
    }

    fn actions(&mut self, assessed: &Assessed<'_>) {
        let template = assessed.template;
        let figures = assessed.stands.slots.iter().zip(&assessed.figures.actions);
        for (action, (stands, figures)) in template.actions.iter().zip(figures) {
            self.action(assessed, *action, action_state(*stands, figures));
        }
        for action in &template.actions {
            let thing = Thing::Action(assessed.position, *action);
            for (edge, other) in self.graph.out(Node::Action(*action)) {
                // An action that the template leaves out has no node, and need not be done for this score.
                if let (Edge::DependsOn, Node::Action(other)) = (edge, other) {
                    self.tie(thing, Thing::Action(assessed.position, other), LinkKind::DependsOn);
                }
            }
            let services = &self.telling.evaluation.services;
            for (service, _) in services_of(self.telling.view.compiled, self.telling.view.tenant, *action, services) {
                self.tie(thing, Thing::Service(service), LinkKind::Concerns);
            }
            self.status(assessed, *action);
        }
    }

    fn action(&mut self, assessed: &Assessed<'_>, action: ActionIdx, state: State) {
        let library = self.telling.view.library.action(action);
        let thing = Thing::Action(assessed.position, action);
        self.add(thing, assessed, NetworkKind::Action, library.id.value.as_str(), &library.title, Some(state));
        if let Some(node) = self.nodes.get_mut(&thing) {
            node.owner = Some(library.owner);
        }
    }

    /// What gives an action its status and proves it: evidence, or a parent, which the template may leave out.
    fn status(&mut self, assessed: &Assessed<'_>, action: ActionIdx) {
        let mut next = action;
        loop {
            let is_customers = self.telling.view.library.action(next).owner == Owner::Customer;
            let Some(entry) = self.telling.view.profile.entry(next, &assessed.plan.group).filter(|_| is_customers)
            else {
                return;
            };
            let thing = Thing::Action(assessed.position, next);
            let places: &[Place] = match &entry.status {
                Status::Single(place) => std::slice::from_ref(place),
                Status::Instances(places) => places,
                Status::Parent(parent) => {
                    let above = Thing::Action(assessed.position, parent.value);
                    self.tie(thing, above, LinkKind::TakesStatusFrom);
                    if self.nodes.contains_key(&above) {
                        return;
                    }
                    self.action(assessed, parent.value, State::NotUsed);
                    next = parent.value;
                    continue;
                }
            };
            for item in places.iter().flat_map(|place| &place.evidence) {
                let evidence = self.evidence(*item);
                self.tie(thing, evidence, LinkKind::ProvedBy);
            }
            return;
        }
    }
}

/// How it stands with points: nothing where none are possible.
fn of_sums(sums: Sums) -> Option<State> {
    sums.percent()?;
    Some(match (sums.achieved == sums.possible, sums.achieved == Amount::ZERO) {
        (true, _) => State::Covered,
        (_, true) => State::Gap,
        _ => State::Partial,
    })
}

fn node(kind: NetworkKind, id: &str, title: &str, state: Option<State>) -> NetworkNode {
    NetworkNode {
        key: format!("{kind}:{id}"),
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        state,
        assessment: None,
        owner: None,
        origin: None,
    }
}
