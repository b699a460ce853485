//! The support graph: by which ways proof reaches a control.
//!
//! Edges run from what proves to what is proved: from a root to the items of evidence that are current, from
//! them to places and services, on to actions, and to controls. Where several items are linked one of them is
//! enough, so a place falls with an item exactly if every way from the root to it leads through that item: if
//! the item *dominates* it. [`SupportGraph::alone`] asks for these items, and only they need be looked at; for
//! pairs those that are the only two at some place. A test that needs no proof hangs on the root itself.

use crate::evaluate::{Evaluation, GapView, Proof, judge_place, services_of};
use crate::id::ControlIdx;
use crate::points::BasisPoints;
use crate::profile::EvidenceLink;
use crate::tenant::Slot;
use petgraph::algo::dominators::{Dominators, simple_fast};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Bfs;
use std::collections::{BTreeMap, BTreeSet};

/// Something that proves or is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// Where all proof comes from.
    Root,
    /// An item of evidence.
    Item(EvidenceLink),
    /// A service, as far as it is attested: by items that name it, current or not.
    Attested(usize),
    /// A service whose attestation is current.
    Proved(usize),
    /// A place of an action: assessment, slot, place.
    Place(usize, usize, usize),
    /// An action: assessment, slot.
    Action(usize, usize),
    /// A control: assessment, control.
    Control(usize, ControlIdx),
}

impl Node {
    /// Whether items prove it directly.
    fn is_proved_by_items(self) -> bool {
        matches!(self, Self::Attested(_) | Self::Proved(_) | Self::Place(..))
    }
}

/// The support graph of a tenant at a day.
pub(super) struct SupportGraph {
    graph: DiGraph<Node, ()>,
    at: BTreeMap<Node, NodeIndex>,
    root: NodeIndex,
}

impl SupportGraph {
    pub(super) fn build(view: &GapView<'_>, evaluation: &Evaluation) -> Self {
        let mut graph = DiGraph::new();
        let root = graph.add_node(Node::Root);
        let mut support = Self { graph, at: BTreeMap::from([(Node::Root, root)]), root };
        support.services(view, evaluation);
        for position in 0..view.tenant.assessments.len() {
            support.assessment(view, evaluation, position);
        }
        support
    }

    fn node(&mut self, node: Node) -> NodeIndex {
        match self.at.get(&node) {
            Some(found) => *found,
            None => {
                let index = self.graph.add_node(node);
                self.at.insert(node, index);
                index
            }
        }
    }

    fn tie(&mut self, from: Node, to: Node) {
        let (from, to) = (self.node(from), self.node(to));
        self.graph.update_edge(from, to, ());
    }

    /// An item proves something by being there.
    fn prove(&mut self, item: EvidenceLink, what: Node) {
        self.tie(Node::Root, Node::Item(item));
        self.tie(Node::Item(item), what);
    }

    fn services(&mut self, view: &GapView<'_>, evaluation: &Evaluation) {
        for (position, _) in evaluation.services.iter().enumerate().filter(|(_, state)| state.is_attested) {
            for (item, _) in view.tenant.namings.row(position).iter().filter(|(_, since)| *since <= view.day) {
                self.prove(*item, Node::Attested(position));
                if view.compiled.period(view.tenant, *item).holds(view.day) {
                    self.prove(*item, Node::Proved(position));
                }
            }
        }
    }

    fn assessment(&mut self, view: &GapView<'_>, evaluation: &Evaluation, position: usize) {
        let found = view.tenant.assessments.get(position).zip(evaluation.assessments.get(position));
        let Some((assessment, figures)) = found else { return };
        let template = view.compiled.template(assessment.template);
        for (slot, stands) in assessment.slots.iter().enumerate() {
            let action = Node::Action(position, slot);
            if !figures.actions.get(slot).is_some_and(|f| f.counts) {
                continue;
            }
            match stands {
                Slot::Listed(status) => {
                    for (n, place) in view.tenant.statuses.row(*status).iter().enumerate() {
                        let judged = judge_place(view.compiled, view.tenant, place, assessment.retest, view.day);
                        if judged.assured() == BasisPoints::ZERO {
                            continue;
                        }
                        let node = Node::Place(position, slot, n);
                        match judged.proof {
                            Proof::NotNeeded => self.tie(Node::Root, node),
                            _ => self.link(view, view.tenant.links(place), node),
                        }
                        self.tie(node, action);
                    }
                }
                Slot::Provider(_) => {
                    let Some(idx) = template.actions.get(slot) else { continue };
                    for (service, state) in services_of(view.compiled, view.tenant, *idx, &evaluation.services) {
                        if state.is_attested && state.proof == Proof::Current {
                            self.tie(Node::Proved(service), action);
                        }
                    }
                }
                Slot::NotApplicable | Slot::Unlisted(_) => continue,
            }
            let is_open = |c: &&ControlIdx| assessment.controls.get(c.position()).is_some_and(|s| !s.is_excluded);
            for control in template.controls_of_slot.row(slot).iter().filter(is_open) {
                self.tie(action, Node::Control(position, *control));
            }
        }
    }

    /// The items that are current among those linked prove a place.
    fn link(&mut self, view: &GapView<'_>, items: &[EvidenceLink], place: Node) {
        for item in items.iter().filter(|item| view.compiled.period(view.tenant, **item).holds(view.day)) {
            self.prove(*item, place);
        }
    }

    fn dominators(&self) -> Dominators<NodeIndex> {
        simple_fast(&self.graph, self.root)
    }

    fn weight(&self, index: NodeIndex) -> Option<Node> {
        self.graph.node_weight(index).copied()
    }

    /// The items without which a place or service has nothing to show: those that dominate one.
    pub(super) fn alone(&self) -> BTreeSet<EvidenceLink> {
        let dominators = self.dominators();
        let leaves = self.at.iter().filter(|(node, _)| node.is_proved_by_items());
        let above = leaves.filter_map(|(_, index)| self.weight(dominators.immediate_dominator(*index)?));
        above.filter_map(|node| if let Node::Item(item) = node { Some(item) } else { None }).collect()
    }

    /// The items that are the only two that prove some place or service.
    pub(super) fn pairs(&self) -> BTreeSet<[EvidenceLink; 2]> {
        let mut pairs = BTreeSet::new();
        for (_, index) in self.at.iter().filter(|(node, _)| node.is_proved_by_items()) {
            let before = self.graph.neighbors_directed(*index, petgraph::Direction::Incoming);
            let mut items: Vec<Node> = before.filter_map(|n| self.weight(n)).collect();
            items.sort_unstable();
            if let [Node::Item(one), Node::Item(other)] = items[..] {
                pairs.insert([one, other]);
            }
        }
        pairs
    }

    /// For each item, how many controls of each assessment it reaches.
    pub(super) fn reach(&self) -> BTreeMap<EvidenceLink, BTreeMap<usize, usize>> {
        let items = self.at.iter().filter_map(|(node, index)| match node {
            Node::Item(item) => Some((*item, *index)),
            _ => None,
        });
        items.map(|(item, index)| (item, self.controls_from(index))).collect()
    }

    fn controls_from(&self, start: NodeIndex) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        let mut walk = Bfs::new(&self.graph, start);
        while let Some(index) = walk.next(&self.graph) {
            if let Some(Node::Control(assessment, _)) = self.weight(index) {
                *counts.entry(assessment).or_default() += 1;
            }
        }
        counts
    }

    /// The controls that an item or service dominates: every way of proof to them leads through it.
    #[cfg(test)]
    pub(super) fn dominated(&self) -> BTreeMap<Node, BTreeSet<(usize, ControlIdx)>> {
        let dominators = self.dominators();
        let mut found: BTreeMap<Node, BTreeSet<(usize, ControlIdx)>> = BTreeMap::new();
        for (node, index) in &self.at {
            let Node::Control(assessment, control) = node else { continue };
            for above in dominators.strict_dominators(*index).into_iter().flatten() {
                if let Some(above @ (Node::Item(_) | Node::Proved(_))) = self.weight(above) {
                    found.entry(above).or_default().insert((*assessment, *control));
                }
            }
        }
        found
    }
}
