//! A tenant in the graph: what it uses, is assessed by, lists, excludes, and can show.

use super::{Edge, Graph, Node};
use crate::profile::{EvidenceLink, Place, Profile, Status};

impl Graph {
    /// This graph with the tenant of `profile` in it.
    #[must_use]
    pub fn with_tenant(&self, profile: &Profile) -> Self {
        let mut graph = self.clone();
        graph.starts.tenant = Some(graph.inner.node_count());
        graph.inner.add_node(Node::Tenant);
        graph.add_all(profile.evidence.len(), Node::OwnEvidence);
        for plan in &profile.assessments {
            graph.tie(Node::Tenant, Node::Template(plan.template), Edge::AssessedBy);
        }
        for service in &profile.services {
            graph.tie(Node::Tenant, Node::Service(service.value), Edge::Uses);
        }
        for (position, item) in profile.evidence.iter().enumerate().filter(|(_, e)| e.provider_kind.is_some()) {
            for (service, since) in &item.services {
                let names = Edge::Names(since.or(item.valid_from));
                graph.tie(Node::OwnEvidence(position), Node::Service(*service), names);
            }
        }
        for exclusion in &profile.exclusions {
            let control = Node::Control(exclusion.control.framework, exclusion.control.control);
            graph.tie(Node::Tenant, control, Edge::Excludes);
        }
        graph.add_entries(profile);
        graph
    }

    fn add_entries(&mut self, profile: &Profile) {
        for entry in &profile.actions {
            self.tie(Node::Tenant, Node::Action(entry.action), Edge::Lists);
            let places: &[Place] = match &entry.status {
                Status::Single(place) => std::slice::from_ref(place),
                Status::Instances(places) => places,
                Status::Parent(_) => &[],
            };
            for link in places.iter().flat_map(|p| &p.evidence) {
                let item = match link {
                    EvidenceLink::Own(position) => Node::OwnEvidence(*position),
                    EvidenceLink::Library(item) => Node::Evidence(*item),
                };
                self.tie(Node::Action(entry.action), item, Edge::ProvedBy);
            }
        }
        // Which entry holds differs by group, and so do the parents.
        for (number, group) in profile.groups().into_iter().enumerate() {
            for entry in &profile.actions {
                let Status::Parent(parent) = &entry.status else { continue };
                if profile.entry(entry.action, group).is_some_and(|e| std::ptr::eq(e, entry)) {
                    let (child, parent) = (Node::Action(entry.action), Node::Action(parent.value));
                    self.tie(child, parent, Edge::TakesStatusFrom(number));
                }
            }
        }
    }
}
