//! The answer: plain data, self-contained, with the ways that each relation rests on.

use super::search::{Pair, Search};
use super::steps::{Step, Trust};
use super::tie::TieKind;
use super::{CrosswalkQuery, Crosswalks};
use crate::id::{ControlIdx, FrameworkIdx};
use crate::library::{Framework, RelationStatus};
use crate::points::Bounds;
use serde::Serialize;
use std::collections::BTreeSet;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// How the controls of one framework lie to those of another.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkAnswer {
    /// The version of the JSON form.
    pub schema: u32,
    /// The framework that the ways start from.
    pub from: CrosswalkName,
    /// The framework that they lead to.
    pub to: CrosswalkName,
    /// Over how many relations a way may lead.
    pub max_hops: u8,
    /// Whether only confirmed relations were used.
    pub confirmed_only: bool,
    /// The frameworks that lie between on the ways that are named, by id.
    pub via: Vec<String>,
    /// How many there are.
    pub counts: CrosswalkCounts,
    /// The controls asked about that have something in `to`, in catalogue order.
    pub controls: Vec<CrosswalkControl>,
    /// The controls asked about that are not known to have anything in common with one of `to`.
    pub without_target: Vec<CrosswalkName>,
    /// The controls of `to` with which none of `from` is known to have anything in common; not said
    /// where one control was asked about.
    pub new: Option<Vec<CrosswalkName>>,
}

/// An id and its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CrosswalkName {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
}

/// How many controls and pairs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CrosswalkCounts {
    /// The controls asked about.
    pub controls: usize,
    /// Those of them that have something in the other framework.
    pub with_target: usize,
    /// Pairs that ask the same.
    pub equal: usize,
    /// Pairs of which the source lies within the target.
    pub subset: usize,
    /// Pairs of which the source contains the target.
    pub superset: usize,
    /// Other pairs that have something in common.
    pub intersects: usize,
    /// Pairs of which that is left open.
    pub unknown: usize,
    /// Pairs of which the crosswalks contradict each other.
    pub contradiction: usize,
}

/// A control and what it has in the other framework.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkControl {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its counterparts in catalogue order.
    pub targets: Vec<Counterpart>,
}

/// A control of the other framework, and how it is reached.
#[derive(Clone, Debug, Serialize)]
pub struct Counterpart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it is reached.
    #[serde(flatten)]
    pub ways: Ways,
}

/// What is known of a pair, and from where.
#[derive(Clone, Debug, Serialize)]
pub struct Ways {
    /// How the source lies to the target.
    pub relation: TieKind,
    /// The share of the target that the source covers, in basis points.
    pub share: Bounds,
    /// Whether confirmed relations alone say so.
    pub status: RelationStatus,
    /// Over how many relations the shortest way leads.
    pub hops: usize,
    /// The steps of the first way.
    pub path: Vec<CrosswalkStep>,
    /// Those of further ways that say something more.
    pub other_paths: Vec<Vec<CrosswalkStep>>,
}

/// From one control to the next.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkStep {
    /// How the control before lies to this one.
    pub relation: TieKind,
    /// The share of this one that the one before covers, in basis points.
    pub share: Bounds,
    /// The framework of this one.
    pub framework: String,
    /// Its id.
    pub control: String,
    /// How well it is founded.
    pub status: RelationStatus,
    /// The crosswalks that say so.
    pub crosswalks: Vec<String>,
}

/// A pair of controls of two frameworks, for further figures.
#[derive(Clone, Debug)]
pub struct Linked {
    pub(crate) from: ControlIdx,
    pub(crate) to: ControlIdx,
    pub(crate) ways: Ways,
}

impl CrosswalkCounts {
    fn add(&mut self, kind: TieKind) {
        let count = match kind {
            TieKind::Equal => &mut self.equal,
            TieKind::Subset => &mut self.subset,
            TieKind::Superset => &mut self.superset,
            TieKind::Intersects => &mut self.intersects,
            TieKind::Unknown => &mut self.unknown,
            TieKind::Contradiction => &mut self.contradiction,
        };
        *count += 1;
    }
}

/// Whether the two are known to have something in common.
fn is_known(kind: TieKind) -> bool {
    !matches!(kind, TieKind::Unknown | TieKind::Contradiction)
}

pub(super) fn answer(crosswalks: &Crosswalks<'_>, search: &Search<'_>, query: &CrosswalkQuery) -> CrosswalkAnswer {
    let library = crosswalks.library;
    let (from, to) = (library.framework(query.from), library.framework(query.to));
    let mut answer = CrosswalkAnswer {
        schema: SCHEMA,
        from: CrosswalkName { id: from.id.value.to_string(), title: from.title.clone() },
        to: CrosswalkName { id: to.id.value.to_string(), title: to.title.clone() },
        max_hops: query.max_hops,
        confirmed_only: crosswalks.trust == Trust::Confirmed,
        via: Vec::new(),
        counts: CrosswalkCounts::default(),
        controls: Vec::new(),
        without_target: Vec::new(),
        new: None,
    };
    let mut reached: BTreeSet<ControlIdx> = BTreeSet::new();
    let asked = from.controls.iter().enumerate().map(|(n, control)| (ControlIdx::at(n), control));
    for (idx, control) in asked.filter(|(idx, _)| query.control.is_none_or(|only| only == *idx)) {
        let mut targets = Vec::new();
        let mut has_known = false;
        for pair in search.pairs(crosswalks.steps.number(query.from, idx)) {
            let kind = pair.tie.kind();
            let target = control_of(crosswalks, query.to, &pair);
            answer.counts.add(kind);
            has_known |= is_known(kind);
            if is_known(kind) {
                reached.insert(target);
            }
            if kind != TieKind::Unknown || query.with_unknown {
                let CrosswalkName { id, title } = name(to, target);
                targets.push(Counterpart { id, title, ways: ways(crosswalks, &pair) });
            }
        }
        answer.counts.controls += 1;
        answer.counts.with_target += usize::from(has_known);
        let named = CrosswalkName { id: control.id.value.to_string(), title: control.title.clone() };
        if !has_known {
            answer.without_target.push(named.clone());
        }
        if !targets.is_empty() {
            answer.controls.push(CrosswalkControl { id: named.id, title: named.title, targets });
        }
    }
    if query.control.is_none() {
        let all = (0..to.controls.len()).map(ControlIdx::at);
        answer.new = Some(all.filter(|c| !reached.contains(c)).map(|c| name(to, c)).collect());
    }
    answer.via = between(&answer);
    answer
}

/// The frameworks between on the ways that are named.
fn between(answer: &CrosswalkAnswer) -> Vec<String> {
    let ways = answer.controls.iter().flat_map(|c| &c.targets).map(|t| &t.ways);
    let paths = ways.flat_map(|w| std::iter::once(&w.path).chain(&w.other_paths));
    let found: BTreeSet<&str> = paths.flatten().map(|step| step.framework.as_str()).collect();
    let ends = [answer.from.id.as_str(), answer.to.id.as_str()];
    found.into_iter().filter(|id| !ends.contains(id)).map(str::to_owned).collect()
}

pub(super) fn linked(
    crosswalks: &Crosswalks<'_>,
    search: &Search<'_>,
    (from, to): (FrameworkIdx, FrameworkIdx),
) -> Vec<Linked> {
    let mut list = Vec::new();
    for (position, number) in crosswalks.steps.controls(from).enumerate() {
        let known = search.pairs(number).into_iter().filter(|pair| pair.tie.kind() != TieKind::Unknown);
        list.extend(known.map(|pair| Linked {
            from: ControlIdx::at(position),
            to: control_of(crosswalks, to, &pair),
            ways: ways(crosswalks, &pair),
        }));
    }
    list
}

/// The control that a pair leads to.
fn control_of(crosswalks: &Crosswalks<'_>, to: FrameworkIdx, pair: &Pair<'_>) -> ControlIdx {
    ControlIdx::at(pair.to.saturating_sub(crosswalks.steps.controls(to).start))
}

fn name(framework: &Framework, control: ControlIdx) -> CrosswalkName {
    let control = framework.controls.get(control.position());
    CrosswalkName {
        id: control.map(|c| c.id.value.to_string()).unwrap_or_default(),
        title: control.map(|c| c.title.clone()).unwrap_or_default(),
    }
}

fn status(is_confirmed: bool) -> RelationStatus {
    if is_confirmed { RelationStatus::Confirmed } else { RelationStatus::Unconfirmed }
}

fn ways(crosswalks: &Crosswalks<'_>, pair: &Pair<'_>) -> Ways {
    let mut paths = pair.paths.iter().map(|path| path.iter().map(|s| step(crosswalks, s)).collect::<Vec<_>>());
    let path = paths.next().unwrap_or_default();
    Ways {
        relation: pair.tie.kind(),
        share: pair.tie.share,
        status: status(pair.is_confirmed),
        hops: path.len(),
        path,
        other_paths: paths.collect(),
    }
}

fn step(crosswalks: &Crosswalks<'_>, step: &Step) -> CrosswalkStep {
    let framework = crosswalks.library.framework(step.framework);
    let start = crosswalks.steps.controls(step.framework).start;
    let id = |crosswalk| crosswalks.library.crosswalk(crosswalk).id.value.to_string();
    CrosswalkStep {
        relation: step.tie.kind(),
        share: step.tie.share,
        framework: framework.id.value.to_string(),
        control: name(framework, ControlIdx::at(step.to.saturating_sub(start))).id,
        status: status(step.is_confirmed),
        crosswalks: crosswalks.steps.sources(step).into_iter().map(id).collect(),
    }
}
