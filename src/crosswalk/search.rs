//! All ways from one control to those of another framework, within a number of hops.
//!
//! Ways are followed hop by hop. Those that end at the same control with the same relations possible
//! are one state, with the best lower and the best upper bound among them and the way that gave each:
//! what is composed further depends on nothing else. So the work grows with hops times steps, however
//! many ways there are. A way that comes back to where it was says nothing new, unless the relations
//! round the ring cannot all be true; then that shows, as it should.

use super::possible::Possible;
use super::steps::{Step, Steps};
use super::tie::{Tie, TieKind};
use crate::id::FrameworkIdx;
use crate::points::{BasisPoints, Bounds};

/// How many ways are named for one pair.
const MAX_PATHS: usize = 5;

/// What is known of a control and one of the framework that was asked for.
#[derive(Clone, Debug)]
pub(super) struct Pair<'s> {
    /// The number of the other control.
    pub(super) to: usize,
    /// What all ways say together.
    pub(super) tie: Tie,
    /// Whether the confirmed ones alone say it.
    pub(super) is_confirmed: bool,
    /// The ways that it rests on, the shortest first.
    pub(super) paths: Vec<Vec<&'s Step>>,
}

/// Ways that end at one control with the same relations possible.
#[derive(Clone, Copy, Debug)]
struct State<'s> {
    at: usize,
    framework: FrameworkIdx,
    is_confirmed: bool,
    possible: Possible,
    lower: End<'s>,
    upper: End<'s>,
}

/// One end of the bounds, and the way that gave it: a state of the hop before, and the step from there.
#[derive(Clone, Copy, Debug)]
struct End<'s> {
    share: BasisPoints,
    before: usize,
    step: &'s Step,
}

impl State<'_> {
    fn key(&self) -> (usize, bool, Possible) {
        (self.at, !self.is_confirmed, self.possible)
    }

    fn tie(&self) -> Tie {
        let bounds = Bounds { lower: self.lower.share, upper: self.upper.share };
        Tie::OPEN.and(Tie { possible: self.possible, share: bounds })
    }

    /// What is composed further; the ends are those of different ways, and may cross.
    fn open_tie(&self) -> Tie {
        Tie { possible: self.possible, share: Bounds { lower: self.lower.share, upper: self.upper.share } }
    }
}

/// Where a search leads to, and how far.
pub(super) struct Search<'s> {
    steps: &'s Steps,
    to: FrameworkIdx,
    /// For each framework, how many hops it is away from `to`.
    distances: Vec<Option<usize>>,
    max_hops: usize,
}

impl<'s> Search<'s> {
    pub(super) fn new(steps: &'s Steps, to: FrameworkIdx, max_hops: usize) -> Self {
        Self { steps, to, distances: steps.distances(to, max_hops), max_hops }
    }

    /// Whether some way leads here from a framework.
    pub(super) fn reaches(&self, from: FrameworkIdx) -> bool {
        self.distances.get(from.position()).copied().flatten().is_some()
    }

    /// What is known of the control with this number, by the other control.
    pub(super) fn pairs(&self, from: usize) -> Vec<Pair<'s>> {
        let mut hops: Vec<Vec<State<'s>>> = Vec::with_capacity(self.max_hops);
        let mut first = Vec::new();
        self.extend(from, (0, Tie::SAME, true), 1, &mut first);
        hops.push(merged(first));
        for hop in 2..=self.max_hops {
            let mut next = Vec::new();
            for (before, state) in hops.last().into_iter().flatten().enumerate() {
                if state.possible != Possible::NONE {
                    self.extend(state.at, (before, state.open_tie(), state.is_confirmed), hop, &mut next);
                }
            }
            hops.push(merged(next));
        }
        self.collected(&hops)
    }

    /// Goes one hop on from the control `at`.
    fn extend(
        &self,
        at: usize,
        (before, tie, is_confirmed): (usize, Tie, bool),
        hop: usize,
        next: &mut Vec<State<'s>>,
    ) {
        for step in self.steps.from(at) {
            let rest = self.distances.get(step.framework.position()).copied().flatten();
            let is_dead = step.tie.kind() == TieKind::Contradiction && hop > 1;
            if is_dead || rest.is_none_or(|rest| hop + rest > self.max_hops) {
                continue;
            }
            let found = if hop == 1 { step.tie } else { tie.then(step.tie) };
            next.push(State {
                at: step.to,
                framework: step.framework,
                is_confirmed: is_confirmed && step.is_confirmed,
                possible: found.possible,
                lower: End { share: found.share.lower, before, step },
                upper: End { share: found.share.upper, before, step },
            });
        }
    }

    /// The states that stand in the framework asked for, by control.
    fn collected(&self, hops: &[Vec<State<'s>>]) -> Vec<Pair<'s>> {
        let mut found: Vec<(usize, State<'s>)> = Vec::new();
        for (hop, states) in hops.iter().enumerate() {
            found.extend(states.iter().filter(|s| s.framework == self.to).map(|s| (hop, *s)));
        }
        found.sort_by_key(|(hop, state)| (state.at, *hop, !state.is_confirmed, state.possible));
        found.chunk_by(|a, b| a.1.at == b.1.at).filter_map(|states| pair(states, hops)).collect()
    }
}

/// States with the same key made one; the first of equals keeps its way.
fn merged(mut states: Vec<State<'_>>) -> Vec<State<'_>> {
    states.sort_by_key(State::key);
    states.dedup_by(|other, kept| {
        let is_same = other.key() == kept.key();
        if is_same && other.lower.share > kept.lower.share {
            kept.lower = other.lower;
        }
        if is_same && other.upper.share < kept.upper.share {
            kept.upper = other.upper;
        }
        is_same
    });
    states
}

/// What all states of one control say together.
fn pair<'s>(states: &[(usize, State<'s>)], hops: &[Vec<State<'s>>]) -> Option<Pair<'s>> {
    let together = |confirmed: bool| {
        let used = states.iter().filter(|(_, state)| !confirmed || state.is_confirmed);
        used.fold(Tie::OPEN, |tie, (_, state)| tie.and(state.tie()))
    };
    let to = states.first()?.1.at;
    let tie = together(false);
    let has_confirmed = states.iter().any(|(_, state)| state.is_confirmed);
    let is_confirmed = has_confirmed && together(true) == tie;
    let used = states.iter().filter(|(_, state)| state.is_confirmed || !is_confirmed);
    let mut ways: Vec<Vec<&Step>> = Vec::new();
    for (hop, state) in used {
        ways.push(way(hops, *hop, state, |state| state.lower));
        ways.push(way(hops, *hop, state, |state| state.upper));
    }
    ways.sort_by_key(|way| {
        let is_doubtful = way.iter().any(|step| !step.is_confirmed);
        (way.len(), is_doubtful, way.iter().map(|step| step.to).collect::<Vec<_>>())
    });
    Some(Pair { to, tie, is_confirmed, paths: witnesses(ways, tie) })
}

/// The steps of the way that gave one end of a state.
fn way<'s>(
    hops: &[Vec<State<'s>>],
    hop: usize,
    state: &State<'s>,
    end: impl Fn(&State<'s>) -> End<'s>,
) -> Vec<&'s Step> {
    let mut last = end(state);
    let mut steps = vec![last.step];
    for states in hops.iter().take(hop).rev() {
        let Some(before) = states.get(last.before) else { break };
        last = end(before);
        steps.push(last.step);
    }
    steps.reverse();
    steps
}

/// What the steps of a way say.
fn composed(way: &[&Step]) -> Tie {
    let mut steps = way.iter();
    let first = steps.next().map_or(Tie::OPEN, |step| step.tie);
    steps.fold(first, |tie, step| tie.then(step.tie))
}

/// Of the ways in their order those that say something more, until all is said.
fn witnesses(ways: Vec<Vec<&Step>>, all: Tie) -> Vec<Vec<&Step>> {
    let mut kept: Vec<Vec<&Step>> = Vec::new();
    let mut said = Tie::OPEN;
    for way in ways {
        let more = said.and(composed(&way));
        if (more != said || kept.is_empty()) && kept.len() < MAX_PATHS {
            kept.push(way);
            said = more;
        }
        if said == all {
            break;
        }
    }
    kept
}
