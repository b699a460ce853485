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

impl<T> Default for Flat<T> {
    fn default() -> Self {
        Self::new()
    }
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

    /// No rows, in the same memory.
    pub(crate) fn clear(&mut self) {
        self.starts.truncate(1);
        self.items.clear();
    }

    /// Ends the row that `push` has filled.
    pub(crate) fn end_row(&mut self) {
        self.starts.push(self.items.len());
    }

    /// Adds an item to the row that `end_row` will end.
    pub(crate) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Becomes `count` rows of `width` items.
    pub(crate) fn become_even(&mut self, count: usize, width: usize, item: T)
    where
        T: Clone,
    {
        self.clear();
        self.items.resize(count * width, item);
        self.starts.extend((1..=count).map(|row| row * width));
    }

    pub(crate) fn row_mut(&mut self, position: usize) -> &mut [T] {
        let bounds = self.starts.get(position).zip(self.starts.get(position + 1));
        bounds.and_then(|(from, to)| self.items.get_mut(*from..*to)).unwrap_or(&mut [])
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
    /// The set of services that it concerns, if it concerns some rather than the whole organization.
    pub(crate) concern: Option<u32>,
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
    /// For each slot, the points of its action.
    pub(crate) points: Vec<Points>,
    /// For each control, its slots in order.
    pub(crate) slots_of_control: Flat<u32>,
    /// For each control, whether one of its actions is the provider's.
    pub(crate) is_provided: Vec<bool>,
    /// For each slot, its controls in catalogue order.
    pub(crate) controls_of_slot: Flat<ControlIdx>,
    /// For each slot, how many those are.
    pub(crate) widths: Vec<u32>,
}

/// The compiled library.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(crate) actions: Vec<CompiledAction>,
    /// For each action, the services it concerns: those it names, else all of its provider.
    pub(crate) services_of_action: Flat<ServiceIdx>,
    /// For each service, the sets of services that it is in, of those that some action concerns.
    pub(crate) concerns_of_service: Flat<u32>,
    /// How many such sets there are.
    pub(crate) concerns: usize,
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
            concerns_of_service: Flat::new(),
            concerns: 0,
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
        let mut concerns: BTreeMap<BTreeSet<ServiceIdx>, u32> = BTreeMap::new();
        for (position, action) in library.actions().iter().enumerate() {
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
            let is_concerned = action.owner == Owner::Provider || !action.services.is_empty();
            self.actions.push(CompiledAction {
                points: action.points(),
                owner: action.owner,
                is_grouped: action.owner == Owner::Customer && action.action_type != ActionType::Technical,
                concern: is_concerned.then(|| {
                    let next = u32::try_from(concerns.len()).unwrap_or(u32::MAX);
                    *concerns.entry(row.clone()).or_insert(next)
                }),
            });
            self.services_of_action.push_row(row);
        }
        self.add_concerns(&concerns);
    }

    /// Many actions concern the same services: whether a tenant uses one of them is found once for each set.
    fn add_concerns(&mut self, concerns: &BTreeMap<BTreeSet<ServiceIdx>, u32>) {
        let mut of_service: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); self.services.len()];
        for (services, concern) in concerns {
            for service in services {
                if let Some(row) = of_service.get_mut(service.position()) {
                    row.insert(*concern);
                }
            }
        }
        of_service.into_iter().for_each(|row| self.concerns_of_service.push_row(row));
        self.concerns = concerns.len();
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
        let is_provider = |a: &ActionIdx| self.actions.get(a.position()).is_some_and(|a| a.owner == Owner::Provider);
        let points_of = |a: &ActionIdx| self.actions.get(a.position()).map_or(Points::MIN, |a| a.points);
        let points = actions.iter().map(points_of).collect();
        let is_provided = rows.iter().map(|row| row.iter().any(is_provider)).collect();
        let widths = controls_of_slot.rows().map(|row| u32::try_from(row.len()).unwrap_or(u32::MAX)).collect();
        self.templates.push(CompiledTemplate {
            framework,
            actions,
            points,
            slots_of_control,
            is_provided,
            controls_of_slot,
            widths,
        });
    }
}
