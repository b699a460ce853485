//! How the controls of two frameworks relate directly, whichever way the crosswalk was written.

use crate::graph::{Edge, Graph, Node};
use crate::id::{ControlIdx, CrosswalkIdx, FrameworkIdx};
use crate::library::{Library, Relation, RelationKind, RelationStatus};
use std::collections::{BTreeMap, BTreeSet};

/// The relations from one framework to another.
pub(super) struct Relations<'l> {
    pub(super) from: FrameworkIdx,
    pub(super) to: FrameworkIdx,
    /// By control of the target, then of the source.
    pairs: BTreeMap<(ControlIdx, ControlIdx), Pair<'l>>,
    targets: BTreeMap<ControlIdx, BTreeSet<ControlIdx>>,
}

/// How a control of the source lies to one of the target.
#[derive(Clone, Copy)]
pub(super) struct Pair<'l> {
    pub(super) kind: RelationKind,
    pub(super) status: RelationStatus,
    pub(super) note: Option<&'l str>,
}

impl<'l> Relations<'l> {
    /// The relations between two frameworks, if some crosswalk of the library has any.
    pub(super) fn between(library: &'l Library, graph: &Graph, from: FrameworkIdx, to: FrameworkIdx) -> Option<Self> {
        let mut relations = Self { from, to, pairs: BTreeMap::new(), targets: BTreeMap::new() };
        for position in 0..library.framework(from).controls.len() {
            let source = ControlIdx::at(position);
            for (edge, node) in graph.out(Node::Control(from, source)) {
                relations.add(library, source, edge, node, |kind| kind);
            }
            for (edge, node) in graph.into(Node::Control(from, source)) {
                relations.add(library, source, edge, node, turned);
            }
        }
        (!relations.pairs.is_empty()).then_some(relations)
    }

    fn add(
        &mut self,
        library: &'l Library,
        source: ControlIdx,
        edge: Edge,
        other: Node,
        kind: impl Fn(RelationKind) -> RelationKind,
    ) {
        let (Edge::Relates(crosswalk, number), Node::Control(framework, target)) = (edge, other) else { return };
        let Some(relation) = relation(library, crosswalk, number).filter(|_| framework == self.to) else { return };
        let pair = Pair { kind: kind(relation.kind), status: relation.status, note: relation.note.as_deref() };
        // Two crosswalks may have the same pair: the better founded word holds, then the stronger one.
        let known = self.pairs.entry((target, source)).or_insert(pair);
        if (pair.status, pair.kind, pair.note) < (known.status, known.kind, known.note) {
            *known = pair;
        }
        self.targets.entry(source).or_default().insert(target);
    }

    /// What a control of the target comes from, in catalogue order.
    pub(super) fn sources(&self, target: ControlIdx) -> Vec<ControlIdx> {
        self.pairs_of(target).map(|(source, _)| source).collect()
    }

    /// What a control of the source became, in catalogue order.
    pub(super) fn targets(&self, source: ControlIdx) -> Vec<ControlIdx> {
        self.targets.get(&source).into_iter().flatten().copied().collect()
    }

    /// What a control of the target comes from, and how.
    pub(super) fn pairs_of(&self, target: ControlIdx) -> impl Iterator<Item = (ControlIdx, Pair<'l>)> {
        let first = (target, ControlIdx::at(0));
        self.pairs.range(first..).take_while(move |((t, _), _)| *t == target).map(|((_, s), pair)| (*s, *pair))
    }

    /// How well founded it is that all of these became `target`.
    pub(super) fn status(&self, target: ControlIdx) -> RelationStatus {
        self.pairs_of(target).map(|(_, pair)| pair.status).max().unwrap_or(RelationStatus::Unconfirmed)
    }
}

fn relation(library: &Library, crosswalk: CrosswalkIdx, number: usize) -> Option<&Relation> {
    library.crosswalk(crosswalk).relations.get(number)
}

/// The relation read from its other end.
fn turned(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Subset => RelationKind::Superset,
        RelationKind::Superset => RelationKind::Subset,
        RelationKind::Equal | RelationKind::Intersects => kind,
    }
}
