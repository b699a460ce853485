//! The library as a graph: what there is, and what ties it together.
//!
//! [`Graph::build`] makes typed nodes and edges from a [`Library`]; `lint` looks for what is
//! probably not meant; `ring` names cycles in full. The graph is for questions about structure;
//! scoring runs over the flat arrays that `compiled` takes from it.

mod lint;
mod ring;

pub use ring::{dependency_rings, parent_rings};

use crate::id::{ActionIdx, ControlIdx, EvidenceIdx, FrameworkIdx, ServiceIdx, TemplateIdx};
use crate::library::{Framework, Library};
use chrono::NaiveDate;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

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
    /// An action to the one whose status it takes, in a profile.
    TakesStatusFrom,
}

/// The graph of a library.
#[derive(Clone, Debug)]
pub struct Graph {
    inner: DiGraph<Node, Edge>,
    at: BTreeMap<Node, NodeIndex>,
}

impl Graph {
    /// The graph of `library`, whose references are known to resolve.
    #[must_use]
    pub fn build(library: &Library) -> Self {
        let mut graph = Self { inner: DiGraph::new(), at: BTreeMap::new() };
        graph.add_nodes(library);
        for (position, framework) in library.frameworks().iter().enumerate() {
            graph.add_framework(library, FrameworkIdx::at(position), framework);
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
            self.node(Node::Framework(idx));
            (0..framework.groups.len()).for_each(|g| self.node(Node::Group(idx, g)));
            (0..framework.controls.len()).for_each(|c| self.node(Node::Control(idx, ControlIdx::at(c))));
        }
        (0..library.actions().len()).for_each(|n| self.node(Node::Action(ActionIdx::at(n))));
        (0..library.services().len()).for_each(|n| self.node(Node::Service(ServiceIdx::at(n))));
        (0..library.evidence().len()).for_each(|n| self.node(Node::Evidence(EvidenceIdx::at(n))));
        (0..library.templates().len()).for_each(|n| self.node(Node::Template(TemplateIdx::at(n))));
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

    fn add_template(&mut self, library: &Library, idx: TemplateIdx) {
        let template = library.template(idx);
        let Some(framework) = library.find_framework(template.framework.value.as_str()) else { return };
        self.tie(Node::Template(idx), Node::Framework(framework), Edge::Covers);
        let controls = &library.framework(framework).controls;
        let at: BTreeMap<&str, usize> = controls.iter().enumerate().map(|(n, c)| (c.id.value.as_str(), n)).collect();
        for mapping in &template.map {
            let Some(control) = at.get(mapping.control.value.as_str()) else { continue };
            for action in mapping.actions.iter().filter_map(|a| library.find_action(a.value.as_str())) {
                let control = Node::Control(framework, ControlIdx::at(*control));
                self.tie(control, Node::Action(action), Edge::ServedBy(idx));
            }
        }
    }

    fn node(&mut self, node: Node) {
        let index = self.inner.add_node(node);
        self.at.insert(node, index);
    }

    fn tie(&mut self, from: Node, to: Node, edge: Edge) {
        if let (Some(from), Some(to)) = (self.at.get(&from), self.at.get(&to)) {
            self.inner.add_edge(*from, *to, edge);
        }
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
        let edges = self.at.get(&node).map(|index| self.inner.edges_directed(*index, direction));
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
