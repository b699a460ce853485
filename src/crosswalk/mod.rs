//! Crosswalks followed over several hops: how the controls of one framework lie to those of another.
//!
//! [`Crosswalks`] is made once from a library; [`Crosswalks::answer`] gives a [`CrosswalkAnswer`], plain
//! data with the ways it rests on. `possible` has the algebra of relations and `tie` that of shares,
//! `steps` the relations as flat lists, `search` the ways, `answer` the result.

mod answer;
mod possible;
mod search;
mod steps;
mod tie;

pub use answer::{
    Counterpart, CrosswalkAnswer, CrosswalkControl, CrosswalkCounts, CrosswalkName, CrosswalkStep, Linked, Ways,
};
pub use possible::Possible;
pub use steps::Trust;
pub use tie::{Tie, TieKind};

use crate::graph::Graph;
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::Library;
use search::Search;
use steps::Steps;

/// The most that may be asked for: what is left of a relation after so many hops is hardly ever known.
pub const MOST_HOPS: u8 = 9;

/// The relations of a library, ready to be followed.
#[derive(Clone, Debug)]
pub struct Crosswalks<'l> {
    library: &'l Library,
    steps: Steps,
    trust: Trust,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct CrosswalkQuery {
    /// The framework to start from.
    pub from: FrameworkIdx,
    /// The framework to come to.
    pub to: FrameworkIdx,
    /// Only this control of `from`.
    pub control: Option<ControlIdx>,
    /// Over how many relations a way may lead.
    pub max_hops: u8,
    /// Whether to name pairs of which nothing is known but that a way leads from one to the other.
    pub with_unknown: bool,
}

impl<'l> Crosswalks<'l> {
    pub(crate) fn new(library: &'l Library, graph: &Graph, trust: Trust) -> Self {
        Self { library, steps: Steps::new(library, graph, trust), trust }
    }

    pub(crate) fn library(&self) -> &'l Library {
        self.library
    }

    /// Which relations are used.
    #[must_use]
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// How the controls of `from` lie to those of `to`; nothing if no way leads from one to the other.
    #[must_use]
    pub fn answer(&self, query: &CrosswalkQuery) -> Option<CrosswalkAnswer> {
        let search = Search::new(&self.steps, query.to, query.max_hops.into());
        search.reaches(query.from).then(|| answer::answer(self, &search, query))
    }

    /// Over how many crosswalks `to` is reached from `from`, if it is within reach at all.
    #[must_use]
    pub fn distance(&self, from: FrameworkIdx, to: FrameworkIdx) -> Option<u8> {
        let hops = self.steps.distances(from, MOST_HOPS.into()).get(to.position()).copied().flatten();
        hops.and_then(|hops| u8::try_from(hops).ok())
    }

    /// The frameworks that `from` has relations with.
    #[must_use]
    pub fn beside(&self, from: FrameworkIdx) -> Vec<FrameworkIdx> {
        let distances = self.steps.distances(from, 1);
        let near = distances.iter().enumerate().filter(|(_, distance)| **distance == Some(1));
        near.map(|(position, _)| FrameworkIdx::at(position)).collect()
    }

    /// What each control of `from` has in `to`, in catalogue order; nothing if no way leads there.
    pub(crate) fn linked(&self, from: FrameworkIdx, to: FrameworkIdx, max_hops: u8) -> Option<Vec<Linked>> {
        let search = Search::new(&self.steps, to, max_hops.into());
        search.reaches(from).then(|| answer::linked(self, &search, (from, to)))
    }
}
