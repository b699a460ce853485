//! Open actions with the day they are due, and the profile as it would be once each is done.

use super::result::Due;
use super::sweep::{Ground, Segment};
use super::ties::{Seat, Ties, seats_of};
use crate::day::Day;
use crate::evaluate::{Evaluation, evaluate};
use crate::profile::{ActionEntry, Profile};
use crate::scenario::{Subject, Work, after, position};
use crate::tenant::Tenant;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The profile from a day on which something is due.
pub(super) struct Stage {
    from: Day,
    profile: Profile,
    tenant: Tenant,
    done: Vec<Subject>,
}

impl Stage {
    pub(super) fn segment(&self) -> Segment<'_> {
        Segment { from: self.from, profile: &self.profile, tenant: &self.tenant, done: &self.done }
    }
}

/// What is due, by day, and what it makes of the profile.
pub(super) struct Plan {
    pub(super) stages: Vec<Stage>,
    pub(super) due: Vec<Due>,
    pub(super) overdue: Vec<Due>,
}

/// Follows the entries that are due from the first day of `start` on. Whether one is still open is
/// asked on its day, when what was due before is done.
pub(super) fn plan(ground: &Ground<'_>, start: &Segment<'_>) -> Plan {
    let mut plan = Plan { stages: Vec::new(), due: Vec::new(), overdue: Vec::new() };
    let mut days: BTreeMap<Day, NaiveDate> = BTreeMap::new();
    days.extend(start.profile.actions.iter().filter_map(|e| e.due_on).map(|on| (Day::from(on), on)));
    plan.overdue = open(ground, start, start.from, |on| Day::from(on) < start.from).map(|(_, due)| due).collect();
    for (day, on) in days.range(start.from..=ground.until.max(start.from)) {
        let segment = plan.stages.last().map_or(*start, Stage::segment);
        let (done, due): (Vec<Subject>, Vec<Due>) = open(ground, &segment, *day, |due| due == *on).unzip();
        if done.is_empty() {
            continue;
        }
        let works: Vec<Work> = done.iter().cloned().map(Work::Do).collect();
        let profile = after(ground.library, segment.profile, works.iter().map(|work| (work, *on)));
        let tenant = Tenant::new(ground.compiled, &profile);
        plan.stages.push(Stage { from: *day, profile, tenant, done });
        plan.due.extend(due);
    }
    plan.overdue.sort_by(|a, b| order(a).cmp(&order(b)));
    plan
}

/// The entries with such a day on which they are due whose work would earn something on `day`: an
/// action takes its status from them, counts, and does not earn everything.
fn open<'s>(
    ground: &Ground<'_>,
    segment: &Segment<'s>,
    day: Day,
    is_due: impl Fn(NaiveDate) -> bool,
) -> impl Iterator<Item = (Subject, Due)> {
    let entries = segment.profile.actions.iter().filter_map(|e| e.due_on.filter(|on| is_due(*on)).map(|on| (e, on)));
    let entries: Vec<(&'s ActionEntry, NaiveDate)> = entries.collect();
    let mut evaluation = Evaluation::default();
    let mut found = Vec::new();
    if !entries.is_empty() {
        evaluate(ground.compiled, segment.tenant, day, &mut evaluation);
        let ties = Ties::new(segment.tenant);
        for (entry, on) in entries {
            let subject = Subject { action: entry.action, group: entry.group.clone() };
            if seats(ground, segment, &ties, &subject).into_iter().any(|seat| lacks(&evaluation, seat)) {
                found.push((subject, due(ground, entry, on)));
            }
        }
    }
    found.into_iter()
}

/// The actions that take their status from the entry, which may lead to one that is not listed yet.
fn seats(ground: &Ground<'_>, segment: &Segment<'_>, ties: &Ties, subject: &Subject) -> Vec<Seat> {
    match position(segment.profile, subject) {
        Some(status) => ties.of_status.get(status).cloned().unwrap_or_default(),
        None => {
            let is_its = |(position, _): &Seat| {
                let plan = segment.profile.assessments.get(*position);
                let entry = plan.and_then(|plan| segment.profile.entry(subject.action, &plan.group));
                entry.is_some_and(|entry| entry.group == subject.group)
            };
            seats_of(ground.compiled, segment.tenant, subject.action).into_iter().filter(is_its).collect()
        }
    }
}

fn lacks(evaluation: &Evaluation, (position, slot): Seat) -> bool {
    let figures = evaluation.assessments.get(position).and_then(|a| a.actions.get(slot));
    figures.is_some_and(|f| f.counts && !f.earned.is_whole())
}

fn due(ground: &Ground<'_>, entry: &ActionEntry, due_on: NaiveDate) -> Due {
    let action = ground.library.action(entry.action);
    Due {
        due_on,
        action: action.id.value.to_string(),
        title: action.title.clone(),
        group: entry.group.clone(),
        assigned_to: entry.assigned_to.clone(),
    }
}

fn order(due: &Due) -> (NaiveDate, &str, Option<&str>) {
    (due.due_on, &due.action, due.group.as_deref())
}
