//! The library compiled: dense indices and flat adjacency, for many tenants to be scored against.
//!
//! [`Compiled::new`] takes the adjacency from the [`Graph`] once; after that nothing looks up an id
//! or allocates per tenant for the library's sake. A *slot* is an action's position in a template.

use crate::day::{Day, Period};
use crate::graph::{Edge, Graph, Node};
use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::{ActionType, Library, Owner};
use crate::points::Points;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of different lengths in one list.
#[derive(Clone, Debug)]
pub(crate) struct Flat<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Flat<T> {
    pub(crate) fn new() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }

    pub(crate) fn push_row(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.starts.push(self.items.len());
    }

    /// The row at `position`; a row that is not there is empty.
    pub(crate) fn row(&self, position: usize) -> &[T] {
        let bounds = self.starts.get(position).zip(self.starts.get(position + 1));
        bounds.and_then(|(from, to)| self.items.get(*from..*to)).unwrap_or(&[])
    }

    /// The same rows with only the items to keep, told by their row and themselves.
    pub(crate) fn filtered(&self, keep: impl Fn(usize, &T) -> bool) -> Self
    where
        T: Copy,
    {
        let mut kept = Self::new();
        for (position, row) in self.rows().enumerate() {
            kept.push_row(row.iter().copied().filter(|item| keep(position, item)));
        }
        kept
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.starts.len() - 1).map(|n| self.row(n))
    }
}

/// An action as evaluation needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledAction {
    pub(crate) points: Points,
    pub(crate) owner: Owner,
    /// Whether its status may differ by group.
    pub(crate) is_grouped: bool,
    /// Whether it concerns services it names, rather than all of them.
    pub(crate) names_services: bool,
}

/// A service as evaluation needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompiledService {
    pub(crate) is_certified: bool,
    pub(crate) first_seen: Day,
    pub(crate) retired_on: Day,
}

impl CompiledService {
    pub(crate) fn is_retired(&self, day: Day) -> bool {
        self.retired_on <= day
    }

    /// Whether the provider lists it in scope at `day`.
    pub(crate) fn is_listed(&self, day: Day) -> bool {
        self.is_certified && self.first_seen <= day && !self.is_retired(day)
    }
}

/// A template as evaluation needs it.
#[derive(Clone, Debug)]
pub(crate) struct CompiledTemplate {
    pub(crate) framework: FrameworkIdx,
    /// The actions of the template in id order; a slot is a position here.
    pub(crate) actions: Vec<ActionIdx>,
    /// For each control, its slots in order.
    pub(crate) slots_of_control: Flat<u32>,
    /// For each slot, its controls in catalogue order.
    pub(crate) controls_of_slot: Flat<ControlIdx>,
}

/// The compiled library.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(crate) actions: Vec<CompiledAction>,
    /// For each action, the services it concerns: those it names, else all of its provider.
    pub(crate) services_of_action: Flat<ServiceIdx>,
    pub(crate) services: Vec<CompiledService>,
    /// For each service, the evidence that names it and the day from which it does.
    pub(crate) namings: Flat<(EvidenceIdx, Day)>,
    /// For each item of evidence, the period in which it is current.
    pub(crate) evidence: Vec<Period>,
    pub(crate) templates: Vec<CompiledTemplate>,
}

impl Compiled {
    /// Compiles `library`, whose `graph` this is.
    #[must_use]
    pub fn new(library: &Library, graph: &Graph) -> Self {
        let mut compiled = Self {
            actions: Vec::with_capacity(library.actions().len()),
            services_of_action: Flat::new(),
            services: Vec::with_capacity(library.services().len()),
            namings: Flat::new(),
            evidence: Vec::with_capacity(library.evidence().len()),
            templates: Vec::with_capacity(library.templates().len()),
        };
        compiled.add_evidence(library);
        compiled.add_services(library, graph);
        compiled.add_actions(library, graph);
        for position in 0..library.templates().len() {
            compiled.add_template(library, graph, TemplateIdx::at(position));
        }
        compiled
    }

    /// An item is current from `valid_from`, else from when it was first seen, until `valid_to`,
    /// else until a review cycle after it was last seen, else without end.
    fn add_evidence(&mut self, library: &Library) {
        for evidence in library.evidence() {
            let cycle = library.provider(evidence.provider.as_str()).map_or(0, |p| p.review_cycle_days);
            let mut period = Period::new(evidence.valid_from.or(evidence.first_seen), evidence.valid_to);
            if let (None, Some(seen)) = (evidence.valid_to, evidence.last_seen) {
                period.to = Day::from(seen).plus(cycle);
            }
            self.evidence.push(period);
        }
    }

    fn add_services(&mut self, library: &Library, graph: &Graph) {
        for (position, service) in library.services().iter().enumerate() {
            self.services.push(CompiledService {
                is_certified: service.certified,
                first_seen: service.first_seen.map_or(Day::FIRST, Day::from),
                retired_on: service.retired_on.map_or(Day::LAST, Day::from),
            });
            let mut row = Vec::new();
            for (edge, node) in graph.into(Node::Service(ServiceIdx::at(position))) {
                let (Edge::Names(since), Node::Evidence(item)) = (edge, node) else { continue };
                let evidence = library.evidence_item(item);
                // An item without any date names nothing: what is unknown never passes.
                let named_from = since.or(evidence.first_seen).or(evidence.valid_from);
                row.extend(named_from.map(|date| (item, Day::from(date))));
            }
            row.sort_unstable();
            self.namings.push_row(row);
        }
    }

    fn add_actions(&mut self, library: &Library, graph: &Graph) {
        for (position, action) in library.actions().iter().enumerate() {
            self.actions.push(CompiledAction {
                points: action.points(),
                owner: action.owner,
                is_grouped: action.owner == Owner::Customer && action.action_type != ActionType::Technical,
                names_services: !action.services.is_empty(),
            });
            let named =
                graph.out(Node::Action(ActionIdx::at(position))).filter_map(|(edge, node)| match (edge, node) {
                    (Edge::Concerns, Node::Service(service)) => Some(service),
                    _ => None,
                });
            let mut row: BTreeSet<ServiceIdx> = named.collect();
            if action.services.is_empty() && action.owner == Owner::Provider {
                let all = library.services().iter().enumerate();
                row.extend(all.filter(|(_, s)| s.provider == action.provider).map(|(n, _)| ServiceIdx::at(n)));
            }
            self.services_of_action.push_row(row);
        }
    }

    fn add_template(&mut self, library: &Library, graph: &Graph, idx: TemplateIdx) {
        let id = &library.template(idx).framework.value;
        // INVARIANT: references of a library resolve, so the framework is there.
        let framework = library.find_framework(id.as_str()).unwrap_or(FrameworkIdx::at(0));
        let controls = library.framework(framework).controls.len();
        let rows: Vec<BTreeSet<ActionIdx>> =
            (0..controls).map(|c| graph.actions_of(framework, ControlIdx::at(c), idx)).collect();
        let actions: Vec<ActionIdx> = rows.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let slot_of: BTreeMap<ActionIdx, u32> = actions.iter().copied().zip(0..).collect();
        let mut slots_of_control = Flat::new();
        let mut controls_of: Vec<Vec<ControlIdx>> = vec![Vec::new(); actions.len()];
        for (control, row) in rows.iter().enumerate() {
            let slots: Vec<u32> = row.iter().filter_map(|a| slot_of.get(a).copied()).collect();
            for slot in &slots {
                if let Some(list) = usize::try_from(*slot).ok().and_then(|s| controls_of.get_mut(s)) {
                    list.push(ControlIdx::at(control));
                }
            }
            slots_of_control.push_row(slots);
        }
        let mut controls_of_slot = Flat::new();
        controls_of.into_iter().for_each(|row| controls_of_slot.push_row(row));
        self.templates.push(CompiledTemplate { framework, actions, slots_of_control, controls_of_slot });
    }
}
