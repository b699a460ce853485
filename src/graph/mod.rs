//! The library as a graph: what there is, and what ties it together.
//!
//! [`Graph::build`] makes typed nodes and edges from a [`Library`]; `ring` names cycles in full. The graph is for questions about structure;
//! scoring runs over the flat arrays that `compiled` takes from it.

mod ring;
mod tenant;

pub use ring::{dependency_rings, parent_rings};

use crate::id::{ActionIdx, ControlIdx, CrosswalkIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::{Framework, Library};
use chrono::NaiveDate;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// Something in the library, or the tenant that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A framework edition.
    Framework(FrameworkIdx),
    /// A heading of a framework, by its position.
    Group(FrameworkIdx, usize),
    /// A control of a framework.
    Control(FrameworkIdx, ControlIdx),
    /// An improvement action.
    Action(ActionIdx),
    /// A service.
    Service(ServiceIdx),
    /// An item of provider evidence.
    Evidence(EvidenceIdx),
    /// A template.
    Template(TemplateIdx),
    /// The tenant of a profile.
    Tenant,
    /// An item of the profile's own evidence, by its position.
    OwnEvidence(usize),
}

/// How one thing is tied to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A framework or heading to what stands under it.
    Contains,
    /// A framework to the edition that replaced it.
    SupersededBy,
    /// A template to its framework.
    Covers,
    /// A control to an action that serves it, in one template.
    ServedBy(TemplateIdx),
    /// A control to one of another framework, by a relation of a crosswalk and its position there.
    Relates(CrosswalkIdx, usize),
    /// An action to a service it concerns.
    Concerns,
    /// An action to one that must be done before.
    DependsOn,
    /// An item of evidence to a service it names, from a day on.
    Names(Option<NaiveDate>),
    /// A tenant to a service it uses.
    Uses,
    /// A tenant to a template it is assessed against.
    AssessedBy,
    /// A tenant to an action whose status its profile gives.
    Lists,
    /// A tenant to a control it declares not applicable.
    Excludes,
    /// An action to an item of evidence that the profile links to it.
    ProvedBy,
    /// An action to the one whose status it takes, in the group of this number.
    TakesStatusFrom(usize),
}

/// The graph of a library.
#[derive(Clone, Debug)]
pub struct Graph {
    inner: DiGraph<Node, Edge>,
    starts: Starts,
}

/// Where the nodes of each kind start: nodes are added kind by kind, so a node's index is counted,
/// not looked up.
#[derive(Clone, Debug, Default)]
struct Starts {
    /// For each framework, where its groups and where its controls start; it stands before them.
    frameworks: Vec<(usize, usize)>,
    actions: usize,
    services: usize,
    evidence: usize,
    templates: usize,
    /// Where the tenant stands, with its own evidence behind it, if there is one.
    tenant: Option<usize>,
}

impl Graph {
    /// The graph of `library`, whose references are known to resolve.
    #[must_use]
    pub fn build(library: &Library) -> Self {
        let mut graph = Self { inner: DiGraph::new(), starts: Starts::default() };
        graph.add_nodes(library);
        for (position, framework) in library.frameworks().iter().enumerate() {
            graph.add_framework(library, FrameworkIdx::at(position), framework);
        }
        for position in 0..library.crosswalks().len() {
            graph.add_crosswalk(library, CrosswalkIdx::at(position));
        }
        for (position, evidence) in library.evidence().iter().enumerate() {
            for (service, since) in &evidence.services {
                if let Some(service) = library.find_service(service.value.as_str()) {
                    graph.tie(Node::Evidence(EvidenceIdx::at(position)), Node::Service(service), Edge::Names(*since));
                }
            }
        }
        for (position, action) in library.actions().iter().enumerate() {
            let from = Node::Action(ActionIdx::at(position));
            for service in action.services.iter().filter_map(|s| library.find_service(s.value.as_str())) {
                graph.tie(from, Node::Service(service), Edge::Concerns);
            }
            for needed in action.depends_on.iter().filter_map(|a| library.find_action(a.value.as_str())) {
                graph.tie(from, Node::Action(needed), Edge::DependsOn);
            }
        }
        for position in 0..library.templates().len() {
            graph.add_template(library, TemplateIdx::at(position));
        }
        graph
    }

    fn add_nodes(&mut self, library: &Library) {
        for (position, framework) in library.frameworks().iter().enumerate() {
            let idx = FrameworkIdx::at(position);
            self.inner.add_node(Node::Framework(idx));
            let groups = self.add_all(framework.groups.len(), |g| Node::Group(idx, g));
            let controls = self.add_all(framework.controls.len(), |c| Node::Control(idx, ControlIdx::at(c)));
            self.starts.frameworks.push((groups, controls));
        }
        self.starts.actions = self.add_all(library.actions().len(), |n| Node::Action(ActionIdx::at(n)));
        self.starts.services = self.add_all(library.services().len(), |n| Node::Service(ServiceIdx::at(n)));
        self.starts.evidence = self.add_all(library.evidence().len(), |n| Node::Evidence(EvidenceIdx::at(n)));
        self.starts.templates = self.add_all(library.templates().len(), |n| Node::Template(TemplateIdx::at(n)));
    }

    /// Adds `count` nodes and returns where they start.
    fn add_all(&mut self, count: usize, node: impl Fn(usize) -> Node) -> usize {
        let start = self.inner.node_count();
        for n in 0..count {
            self.inner.add_node(node(n));
        }
        start
    }

    fn index(&self, node: Node) -> Option<NodeIndex> {
        let framework = |f: FrameworkIdx| self.starts.frameworks.get(f.position());
        let position = match node {
            // The framework itself stands right before its groups.
            Node::Framework(f) => framework(f)?.0.checked_sub(1)?,
            Node::Group(f, group) => framework(f)?.0 + group,
            Node::Control(f, control) => framework(f)?.1 + control.position(),
            Node::Action(action) => self.starts.actions + action.position(),
            Node::Service(service) => self.starts.services + service.position(),
            Node::Evidence(evidence) => self.starts.evidence + evidence.position(),
            Node::Template(template) => self.starts.templates + template.position(),
            Node::Tenant => self.starts.tenant?,
            Node::OwnEvidence(item) => self.starts.tenant? + 1 + item,
        };
        Some(NodeIndex::new(position))
    }

    fn add_framework(&mut self, library: &Library, idx: FrameworkIdx, framework: &Framework) {
        let group_at: BTreeMap<&str, usize> =
            framework.groups.iter().enumerate().map(|(n, g)| (g.id.value.as_str(), n)).collect();
        let under = |group: Option<&str>| {
            let found = group.and_then(|id| group_at.get(id));
            found.map_or(Node::Framework(idx), |n| Node::Group(idx, *n))
        };
        for (n, group) in framework.groups.iter().enumerate() {
            let above = under(group.parent.as_ref().map(|p| p.value.as_str()));
            self.tie(above, Node::Group(idx, n), Edge::Contains);
        }
        for (n, control) in framework.controls.iter().enumerate() {
            let above = under(Some(control.group.value.as_str()));
            self.tie(above, Node::Control(idx, ControlIdx::at(n)), Edge::Contains);
        }
        let next = framework.superseded_by.as_ref().and_then(|id| library.find_framework(id.value.as_str()));
        if let Some(next) = next {
            self.tie(Node::Framework(idx), Node::Framework(next), Edge::SupersededBy);
        }
    }

    fn add_crosswalk(&mut self, library: &Library, idx: CrosswalkIdx) {
        let crosswalk = library.crosswalk(idx);
        let ends = [&crosswalk.from, &crosswalk.to].map(|f| library.find_framework(f.value.as_str()));
        let [Some(from), Some(to)] = ends else { return };
        let (from_at, to_at) = (positions(library.framework(from)), positions(library.framework(to)));
        for (n, relation) in crosswalk.relations.iter().enumerate() {
            let near = from_at.get(relation.from.value.as_str()).map(|c| Node::Control(from, ControlIdx::at(*c)));
            let far = to_at.get(relation.to.value.as_str()).map(|c| Node::Control(to, ControlIdx::at(*c)));
            if let (Some(near), Some(far)) = (near, far) {
                self.tie(near, far, Edge::Relates(idx, n));
            }
        }
    }

    fn add_template(&mut self, library: &Library, idx: TemplateIdx) {
        let template = library.template(idx);
        let Some(framework) = library.find_framework(template.framework.value.as_str()) else { return };
        self.tie(Node::Template(idx), Node::Framework(framework), Edge::Covers);
        let at = positions(library.framework(framework));
        for mapping in &template.map {
            let Some(control) = at.get(mapping.control.value.as_str()) else { continue };
            for action in mapping.actions.iter().filter_map(|a| library.find_action(a.value.as_str())) {
                let control = Node::Control(framework, ControlIdx::at(*control));
                self.tie(control, Node::Action(action), Edge::ServedBy(idx));
            }
        }
    }

    fn tie(&mut self, from: Node, to: Node, edge: Edge) {
        if let (Some(from), Some(to)) = (self.index(from), self.index(to)) {
            self.inner.add_edge(from, to, edge);
        }
    }

    /// The actions that `template` maps to a control, each once, in id order.
    #[must_use]
    pub fn actions_of(
        &self,
        framework: FrameworkIdx,
        control: ControlIdx,
        template: TemplateIdx,
    ) -> BTreeSet<ActionIdx> {
        let served = self.out(Node::Control(framework, control)).filter_map(|(edge, node)| match (edge, node) {
            (Edge::ServedBy(by), Node::Action(action)) if by == template => Some(action),
            _ => None,
        });
        served.collect()
    }

    /// What `node` points to, in no particular order.
    pub fn out(&self, node: Node) -> impl Iterator<Item = (Edge, Node)> {
        self.neighbours(node, Direction::Outgoing)
    }

    /// What points to `node`, in no particular order.
    pub fn into(&self, node: Node) -> impl Iterator<Item = (Edge, Node)> {
        self.neighbours(node, Direction::Incoming)
    }

    fn neighbours(&self, node: Node, direction: Direction) -> impl Iterator<Item = (Edge, Node)> {
        let edges = self.index(node).map(|index| self.inner.edges_directed(index, direction));
        edges.into_iter().flatten().filter_map(move |edge| {
            let other = if direction == Direction::Outgoing { edge.target() } else { edge.source() };
            Some((*edge.weight(), *self.inner.node_weight(other)?))
        })
    }

    /// How many nodes and edges there are.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.inner.node_count(), self.inner.edge_count())
    }
}

/// Where each control stands in its framework, by id.
fn positions(framework: &Framework) -> BTreeMap<&str, usize> {
    framework.controls.iter().enumerate().map(|(n, c)| (c.id.value.as_str(), n)).collect()
}
