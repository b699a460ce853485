//! The relations of a library as flat lists: from each control, a step to each that it is related to.
//!
//! Controls are numbered through over all frameworks. Every relation is a step in both directions; all
//! relations of one pair make one step, for all of them are taken to be true.

use super::tie::{Tie, TieKind};
use crate::compiled::Flat;
use crate::graph::{Edge, Graph, Node};
use crate::id::{ControlIdx, CrosswalkIdx, FrameworkIdx};
use crate::library::{Library, RelationStatus};
use std::collections::BTreeSet;
use std::ops::Range;

/// Which relations are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// All.
    All,
    /// Only those that are confirmed.
    Confirmed,
}

/// From a control to one that it is related to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The other control.
    pub(super) to: usize,
    /// Its framework.
    pub(super) framework: FrameworkIdx,
    /// What the relations say together.
    pub(super) tie: Tie,
    /// Whether confirmed relations alone say it.
    pub(super) is_confirmed: bool,
    /// Where its crosswalks stand in the list of [`Steps`].
    sources: (usize, usize),
}

/// All steps of a library.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// For each framework, the number of its first control, and how many controls there are in all.
    starts: Vec<usize>,
    rows: Flat<Step>,
    sources: Vec<CrosswalkIdx>,
    /// For each framework, those it has a step to.
    beside: Vec<BTreeSet<FrameworkIdx>>,
}

/// A relation as a step.
#[derive(Clone, Copy)]
struct Said {
    to: (FrameworkIdx, ControlIdx),
    is_confirmed: bool,
    crosswalk: CrosswalkIdx,
    tie: Tie,
}

impl Steps {
    pub(super) fn new(library: &Library, graph: &Graph, trust: Trust) -> Self {
        let mut starts = vec![0];
        for framework in library.frameworks() {
            starts.push(starts.last().copied().unwrap_or(0) + framework.controls.len());
        }
        let beside = vec![BTreeSet::new(); library.frameworks().len()];
        let mut steps = Self { starts, rows: Flat::new(), sources: Vec::new(), beside };
        for (position, framework) in library.frameworks().iter().enumerate() {
            let idx = FrameworkIdx::at(position);
            for number in 0..framework.controls.len() {
                let said = said(library, graph, Node::Control(idx, ControlIdx::at(number)), trust);
                steps.push_row(idx, said);
            }
        }
        steps
    }

    fn push_row(&mut self, framework: FrameworkIdx, mut said: Vec<Said>) {
        // Of one pair the confirmed relations come first, so that what they say alone comes first too.
        said.sort_by_key(|s| (s.to, !s.is_confirmed, s.crosswalk));
        let mut row = Vec::new();
        for pair in said.chunk_by(|a, b| a.to == b.to) {
            let Some((other, control)) = pair.first().map(|s| s.to) else { continue };
            if let Some(beside) = self.beside.get_mut(framework.position()) {
                beside.insert(other);
            }
            let start = self.sources.len();
            self.sources.extend(pair.iter().map(|s| s.crosswalk));
            let confirmed = pair.partition_point(|s| s.is_confirmed);
            let step = |count: usize, is_confirmed| Step {
                to: self.number(other, control),
                framework: other,
                tie: pair.iter().take(count).fold(Tie::OPEN, |tie, said| tie.and(said.tie)),
                is_confirmed,
                sources: (start, start + count),
            };
            let (alone, all) = (step(confirmed, true), step(pair.len(), false));
            if confirmed > 0 && alone.tie == all.tie {
                row.push(alone);
                continue;
            }
            // Where the relations contradict each other, the confirmed ones are no better.
            if confirmed > 0 && all.tie.kind() != TieKind::Contradiction {
                row.push(alone);
            }
            row.push(all);
        }
        self.rows.push_row(row);
    }

    /// The number of a control.
    pub(super) fn number(&self, framework: FrameworkIdx, control: ControlIdx) -> usize {
        self.starts.get(framework.position()).map_or(usize::MAX, |start| start + control.position())
    }

    /// The numbers of the controls of a framework.
    pub(super) fn controls(&self, framework: FrameworkIdx) -> Range<usize> {
        let start = self.starts.get(framework.position());
        let bounds = start.zip(self.starts.get(framework.position() + 1));
        bounds.map_or(0..0, |(start, end)| *start..*end)
    }

    /// The steps from a control.
    pub(super) fn from(&self, number: usize) -> &[Step] {
        self.rows.row(number)
    }

    /// The crosswalks that a step rests on, each once.
    pub(super) fn sources(&self, step: &Step) -> BTreeSet<CrosswalkIdx> {
        self.sources.get(step.sources.0..step.sources.1).into_iter().flatten().copied().collect()
    }

    /// How many steps each framework is away, over frameworks; those out of reach of `most` have none.
    pub(super) fn distances(&self, from: FrameworkIdx, most: usize) -> Vec<Option<usize>> {
        let mut distances: Vec<Option<usize>> = vec![None; self.beside.len()];
        let mut reached = BTreeSet::from([from]);
        for distance in 0..=most {
            let mut next = BTreeSet::new();
            for framework in reached {
                let Some(known) = distances.get_mut(framework.position()) else { continue };
                if known.is_none() {
                    *known = Some(distance);
                    next.extend(self.beside.get(framework.position()).into_iter().flatten());
                }
            }
            reached = next;
        }
        distances
    }
}

/// What the relations of a control say, in the direction away from it.
fn said(library: &Library, graph: &Graph, control: Node, trust: Trust) -> Vec<Said> {
    let relation = |edge: Edge, other: Node, is_turned: bool| {
        let (Edge::Relates(idx, position), Node::Control(framework, control)) = (edge, other) else { return None };
        let relation = library.crosswalk(idx).relations.get(position)?;
        let tie = if is_turned { Tie::turned(relation.kind) } else { Tie::declared(relation.kind, relation.strength) };
        let is_confirmed = relation.status == RelationStatus::Confirmed;
        let is_used = trust == Trust::All || is_confirmed;
        is_used.then_some(Said { to: (framework, control), is_confirmed, crosswalk: idx, tie })
    };
    let away = graph.out(control).filter_map(|(edge, other)| relation(edge, other, false));
    away.chain(graph.into(control).filter_map(|(edge, other)| relation(edge, other, true))).collect()
}
