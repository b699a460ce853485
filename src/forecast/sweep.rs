//! The sweep: one evaluation on each day on which something can change, into buffers that are reused.

use super::moment::{What, moments};
use super::result::{AssessmentLevel, Event, Step};
use super::ties::Ties;
use super::turn::Turn;
use crate::compiled::Compiled;
use crate::day::Day;
use crate::evaluate::{Evaluation, evaluate};
use crate::library::Library;
use crate::profile::Profile;
use crate::scenario::Subject;
use crate::tenant::Tenant;
use chrono::NaiveDate;

/// What all lines of a forecast stand on.
pub(super) struct Ground<'a> {
    pub(super) library: &'a Library,
    pub(super) compiled: &'a Compiled,
    pub(super) until: Day,
}

/// A part of a line in which the profile stays as it is.
#[derive(Clone, Copy)]
pub(super) struct Segment<'a> {
    /// Its first day; the part goes on until that of the next.
    pub(super) from: Day,
    pub(super) profile: &'a Profile,
    pub(super) tenant: &'a Tenant,
    /// What is done on its first day.
    pub(super) done: &'a [Subject],
}

/// The steps of a line made of `segments`, the first of which begins on `from`.
pub(super) fn sweep(ground: &Ground<'_>, segments: &[Segment<'_>], from: NaiveDate) -> Vec<Step> {
    let Some(first) = segments.first() else { return Vec::new() };
    let (mut before, mut after) = (Evaluation::default(), Evaluation::default());
    evaluate(ground.compiled, first.tenant, first.from, &mut before);
    let mut steps = vec![step(ground, first, &before, from, Vec::new())];
    for (position, segment) in segments.iter().enumerate() {
        let ties = Ties::new(segment.tenant);
        if position > 0 {
            evaluate(ground.compiled, segment.tenant, segment.from, &mut after);
            let turn = Turn { ground, segment, ties: &ties, day: segment.from, before: &before, after: &after };
            let events = segment.done.iter().map(|subject| turn.done(subject)).collect();
            add(&mut steps, ground, segment, &after, segment.from, events);
            std::mem::swap(&mut before, &mut after);
        }
        // On the day of a change of profile the old one is swept first, so that each is told apart.
        let end = segments.get(position + 1).map_or(ground.until, |next| next.from);
        let found = moments(ground.compiled, segment.profile, segment.tenant, &ties, segment.from, end);
        for (day, row) in found {
            evaluate(ground.compiled, segment.tenant, day, &mut after);
            let turn = Turn { ground, segment, ties: &ties, day, before: &before, after: &after };
            let events: Vec<Event> = row.into_iter().filter_map(|what: What| turn.event(what)).collect();
            if !events.is_empty() || !same(&before, &after) {
                add(&mut steps, ground, segment, &after, day, events);
            }
            std::mem::swap(&mut before, &mut after);
        }
    }
    steps
}

/// Whether no sum differs.
fn same(before: &Evaluation, after: &Evaluation) -> bool {
    let mut pairs = before.assessments.iter().zip(&after.assessments);
    before.overall == after.overall && pairs.all(|(a, b)| a.sides == b.sides)
}

/// Adds a step, or to the one of the same day.
fn add(
    steps: &mut Vec<Step>,
    ground: &Ground<'_>,
    segment: &Segment<'_>,
    evaluation: &Evaluation,
    day: Day,
    mut events: Vec<Event>,
) {
    // INVARIANT: every moment lies after the first date and not after the last, so it is a date.
    let Some(from) = day.date() else { return };
    if let Some(last) = steps.pop_if(|last| last.from == from) {
        events.splice(0..0, last.events);
    }
    steps.push(step(ground, segment, evaluation, from, events));
}

fn step(
    ground: &Ground<'_>,
    segment: &Segment<'_>,
    evaluation: &Evaluation,
    from: NaiveDate,
    events: Vec<Event>,
) -> Step {
    let pairs = segment.profile.assessments.iter().zip(&evaluation.assessments);
    let level = |(plan, figures): (&crate::profile::AssessmentPlan, &crate::evaluate::AssessmentFigures)| {
        let template = ground.library.template(plan.template).id.value.to_string();
        AssessmentLevel { template, group: plan.group.clone(), sums: figures.sides.total() }
    };
    Step { from, sums: evaluation.overall.total(), assessments: pairs.map(level).collect(), events }
}
