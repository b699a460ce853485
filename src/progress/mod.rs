//! What became of a tenant over a span, for whoever answers for it: better, worse, next, by whom, how fast.
//!
//! [`progress`] takes two states and gives a [`Progress`] (`result`), plain data that reports are views
//! of. The change and its causes are those of `compare`; `moved` reads off it which actions and
//! controls moved and who worked on them, `lapse` what ends soon, `pace` how fast it went and when,
//! at that pace, a target is met.

mod lapse;
mod moved;
mod pace;
mod result;
mod spoken;

pub use result::{
    ActionMoved, Aim, Aimed, ControlMoved, Lapse, LapseKind, Moved, Pace, Progress, Prospect, TeamMember,
};

use crate::change::PercentChange;
use crate::compare::{Snapshot, StateFigures, compare};
use crate::day::Day;
use crate::points::Percent;
use crate::snapshot::ListedSnapshot;
use chrono::NaiveDate;

/// The version of the JSON form.
const SCHEMA: u32 = 1;

/// What is asked of a report, beside the two states.
#[derive(Clone, Debug)]
pub struct ProgressOptions {
    /// The date from which on it was asked for; the first state may be of another.
    pub since: NaiveDate,
    /// The ids of the snapshots that the states were recorded as, if they were.
    pub ids: [Option<String>; 2],
    /// The snapshots between the two states, by date.
    pub between: Vec<ListedSnapshot>,
    /// The score to reach overall, in place of the targets of the assessments.
    pub target: Option<Percent>,
    /// For how many days ahead it is told what lapses.
    pub expiring_within: u32,
}

/// What became of a tenant from one state to a later one.
#[must_use]
pub fn progress(from: &Snapshot<'_>, to: &Snapshot<'_>, options: ProgressOptions) -> Progress {
    let mut comparison = compare(from, to);
    [comparison.from.snapshot, comparison.to.snapshot] = options.ids;
    let before = from.model.score(from.profile, from.as_of, 0);
    let now = to.model.score(to.profile, to.as_of, options.expiring_within);
    let horizon = Day::from(to.as_of).plus(options.expiring_within).date().unwrap_or(to.as_of);
    let later = to.model.score(to.profile, horizon, 0);
    let actions = moved::actions(&comparison, to);
    let controls = moved::controls(&comparison, &before, &now);
    let pace = pace::pace(&comparison);
    let targets = pace::targets(&comparison, &now, options.target);
    let assurance = |state: &StateFigures| state.figures.total.assurance_percent();
    let (first, last) = (assurance(&comparison.from), assurance(&comparison.to));
    Progress {
        assurance_percent: first.zip(last).map(|(from, to)| PercentChange::between(from, to)),
        schema: SCHEMA,
        tenant: comparison.tenant,
        organization: comparison.organization,
        since: options.since,
        better: moved::better(&actions, &controls),
        worse: moved::worse(&actions, &controls),
        lapses: lapse::lapses(to, &now, &later),
        expiring_within: options.expiring_within,
        outlook: now.outlook,
        team: moved::team(&comparison.causes, &actions),
        pace,
        targets,
        between: options.between,
        from: comparison.from,
        to: comparison.to,
        change: comparison.change,
        causes: comparison.causes,
    }
}
