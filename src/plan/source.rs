//! Where statuses come from: the entries, and the actions without one, that work would change.
//!
//! A status may hold for several actions, through parents, and in several groups; it is one piece of
//! work all the same. [`Sources::find`] goes over what the assessments count, then over what must be
//! done before it.

use super::standing::Ground;
use crate::day::Day;
use crate::evaluate::{Evaluation, Judgement, judge_place};
use crate::id::ActionIdx;
use crate::library::Owner;
use crate::scenario::Subject;
use crate::tenant::{Retest, Slot, Statuses, TenantAssessment};
use std::collections::{BTreeMap, BTreeSet};

/// Where a status comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The entry at this position.
    Listed(usize),
    /// No entry yet: this action, in one group where its status may differ by group.
    Unlisted(ActionIdx, Option<usize>),
}

/// How far a status is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NotInScope,
    Earned,
    Open,
}

/// The sources of a profile at a day.
pub(super) struct Sources<'a> {
    ground: Ground<'a>,
    day: Day,
    groups: Vec<&'a str>,
    /// The assessments that count a source.
    pub(super) counted: BTreeMap<Source, BTreeSet<usize>>,
    /// What is open, with the open sources that must be done before.
    pub(super) open: BTreeMap<Source, BTreeSet<Source>>,
}

impl<'a> Sources<'a> {
    pub(super) fn find(ground: Ground<'a>, day: Day, now: &Evaluation) -> Self {
        let groups = ground.profile.groups();
        let mut sources = Self { ground, day, groups, counted: BTreeMap::new(), open: BTreeMap::new() };
        let mut queue: Vec<(Source, usize)> = Vec::new();
        for (position, (assessment, figures)) in ground.tenant.assessments.iter().zip(&now.assessments).enumerate() {
            for (slot, _) in assessment.slots.iter().zip(&figures.actions).filter(|(_, f)| f.counts) {
                let Some(source) = sources.of(assessment, *slot) else { continue };
                sources.counted.entry(source).or_default().insert(position);
                queue.push((source, assessment.group));
            }
        }
        sources.add_open(queue);
        sources
    }

    /// Where the status of a slot comes from, if it is the customer's.
    pub(super) fn of(&self, assessment: &TenantAssessment, slot: Slot) -> Option<Source> {
        match slot {
            Slot::Listed(position) => Some(Source::Listed(position)),
            Slot::Unlisted(action) => Some(self.unlisted(action, assessment.group)),
            Slot::Provider(_) | Slot::NotApplicable => None,
        }
    }

    fn unlisted(&self, action: ActionIdx, group: usize) -> Source {
        let differs = self.ground.compiled.action(action).is_grouped && self.groups.len() > 1;
        Source::Unlisted(action, differs.then_some(group))
    }

    /// Adds what is open among these, and before it what is open that it depends on.
    fn add_open(&mut self, mut queue: Vec<(Source, usize)>) {
        let profile = self.ground.profile;
        let mut statuses: Vec<Statuses<'_>> = self.groups.iter().map(|g| Statuses::new(profile, g)).collect();
        let mut seen = BTreeSet::new();
        while let Some((source, group)) = queue.pop() {
            if !seen.insert((source, group)) || self.state(source) != State::Open {
                continue;
            }
            self.open.entry(source).or_default();
            let Some(action) = self.action(source) else { continue };
            let names = &self.ground.library.action(action).depends_on;
            let needed = names.iter().filter_map(|id| self.ground.library.find_action(id.value.as_str()));
            let needed: Vec<ActionIdx> = needed.filter(|a| self.applies(*a)).collect();
            for needed in needed {
                let Some(statuses) = statuses.get_mut(group) else { continue };
                let before = match statuses.of(needed) {
                    Ok(position) => Source::Listed(position),
                    Err(action) => self.unlisted(action, group),
                };
                if before != source && self.state(before) == State::Open {
                    self.open.entry(source).or_default().insert(before);
                    queue.push((before, group));
                }
            }
        }
    }

    /// Whether an action is the customer's and concerns a service in use, or the whole organization.
    fn applies(&self, action: ActionIdx) -> bool {
        let found = self.ground.compiled.action(action);
        let concerned = self.ground.compiled.services_of_action.row(action.position());
        let uses_one = || concerned.iter().any(|s| self.ground.tenant.services.binary_search(s).is_ok());
        found.owner == Owner::Customer && (found.concern.is_none() || uses_one())
    }

    /// The action that the status is written for.
    pub(super) fn action(&self, source: Source) -> Option<ActionIdx> {
        match source {
            Source::Listed(position) => self.ground.profile.actions.get(position).map(|e| e.action),
            Source::Unlisted(action, _) => Some(action),
        }
    }

    /// The same, with the group that it is written for.
    pub(super) fn subject(&self, source: Source) -> Option<Subject> {
        let group = match source {
            Source::Listed(position) => self.ground.profile.actions.get(position)?.group.clone(),
            Source::Unlisted(_, group) => group.and_then(|g| self.groups.get(g)).map(|g| (*g).to_owned()),
        };
        Some(Subject { action: self.action(source)?, group })
    }

    /// Its places as an assessment judges them.
    pub(super) fn judged(&self, source: Source, retest: Retest) -> Vec<Judgement> {
        let Ground { compiled, tenant, .. } = self.ground;
        match source {
            Source::Listed(position) => {
                let places = tenant.statuses.row(position).iter();
                places.map(|place| judge_place(compiled, tenant, place, retest, self.day)).collect()
            }
            Source::Unlisted(..) => vec![Judgement::UNLISTED],
        }
    }

    fn state(&self, source: Source) -> State {
        // How soon a test is stale changes nothing about what is earned.
        let places = self.judged(source, Retest { manual: 0, automatic: 0 });
        let mut in_scope = places.iter().filter(|p| p.in_scope).peekable();
        if in_scope.peek().is_none() {
            State::NotInScope
        } else if in_scope.all(|p| p.earned.is_whole()) {
            State::Earned
        } else {
            State::Open
        }
    }
}
