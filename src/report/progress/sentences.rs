//! A report of progress in plain sentences.

use super::super::compare::{count, label};
use super::super::markdown::percent;
use crate::change::{AmountChange, PercentChange};
use crate::compare::{Attribution, StateFigures};
use crate::progress::{Aim, Aimed, Pace, Progress, Prospect};

/// How figures are rounded.
pub(super) const ROUNDING: &str = "Points are rounded to a tenth and a pace half away from nought; the target and its \
                                   date are worked out exactly.";

pub(super) fn title(progress: &Progress) -> String {
    let (from, to) = (progress.from.as_of, progress.to.as_of);
    format!("{} ({}): progress from {from} to {to}", progress.organization, progress.tenant)
}

/// From which state to which.
pub(super) fn span(progress: &Progress) -> Vec<String> {
    let state = |state: &StateFigures| match &state.snapshot {
        Some(id) => format!("snapshot {id} of {}", state.as_of),
        None => format!("the profile as of {}", state.as_of),
    };
    let (from, since) = (&progress.from, progress.since);
    let why = if from.as_of > since {
        format!(", the first there is: none is as old as {since}")
    } else if from.as_of < since {
        format!(", the last before {since}")
    } else {
        String::new()
    };
    let between = match progress.between.len() {
        0 => String::new(),
        1 => " 1 snapshot lies between.".to_owned(),
        many => format!(" {many} snapshots lie between."),
    };
    vec![format!("From {}{why}, to {}.{between}", state(from), state(&progress.to))]
}

/// A sentence for each cause.
pub(super) fn causes(progress: &Progress) -> Vec<String> {
    progress.causes.iter().map(cause).collect()
}

fn cause(cause: &Attribution) -> String {
    let change = &cause.change;
    let points = |change: AmountChange, up: &str, down: &str| match change.units() {
        0 => None,
        1.. => Some(format!("{} points {up}", change.size().rounded())),
        ..0 => Some(format!("{} points {down}", change.size().rounded())),
    };
    let parts = [
        points(change.achieved, "earned", "lost"),
        points(change.possible, "more to be earned in all", "less to be earned in all"),
        points(change.assured, "of proof gained", "of proof lost"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let parts = if parts.is_empty() { "no points".to_owned() } else { parts.join(", ") };
    let score = match change.percent {
        Some(change) if change.hundredths() > 0 => format!("the score rises by {}", percentage_points(change)),
        Some(change) if change.hundredths() < 0 => format!("the score falls by {}", percentage_points(change)),
        Some(_) => "the score stays".to_owned(),
        None => "one of the states has no score".to_owned(),
    };
    let actions = count(cause.effects.len(), "action");
    format!("{} ({actions}): {parts}; {score}.", label(cause.cause))
}

/// Without a sign.
fn percentage_points(change: PercentChange) -> String {
    let shown = change.to_string();
    format!("{} percentage points", shown.trim_start_matches(['+', '-']))
}

/// What the assurance comes to if nothing is renewed.
pub(super) fn outlook(progress: &Progress) -> String {
    let (now, days) = (&progress.to.figures.total, progress.expiring_within);
    let (then, by) = (percent(progress.outlook.assurance_percent), progress.outlook.by);
    let today = percent(now.assurance_percent());
    if progress.outlook.assured < now.assured {
        return format!("If nothing is renewed, the assurance falls from {today} to {then} by {by}.");
    }
    if progress.lapses.is_empty() {
        return format!("Nothing lapses within {days} days; by {by} the assurance is {then}.");
    }
    format!("What lapses takes no assurance by itself: by {by} it is {then}, and {today} now.")
}

/// How fast it went.
pub(super) fn pace(progress: &Progress) -> Vec<String> {
    let Some(pace) = &progress.pace else {
        return vec!["Both states are of one date, so there is no pace.".to_owned()];
    };
    let (days, monthly) = (pace.days, pace.points_per_30_days);
    let what = match pace.points.units() {
        0 => format!("No points were gained or lost in {days} days."),
        1.. => format!(
            "{} points were gained in {days} days: {} in 30 days.",
            pace.points.size().rounded(),
            monthly.size().rounded()
        ),
        ..0 => format!(
            "{} points were lost in {days} days: {} in 30 days.",
            pace.points.size().rounded(),
            monthly.size().rounded()
        ),
    };
    let mut sentences = vec![what];
    let rest = progress.change.achieved.units() - pace.points.units();
    if rest != 0 {
        let rest = AmountChange::from_units(rest).rounded();
        sentences.push(format!("Scope, the library and assessments that came or went ({rest} points) are no pace."));
    }
    if let Some(change) = pace.percent_per_30_days {
        sentences.push(match change.hundredths() {
            0 => "The score stays, to a hundredth of a percentage point in 30 days.".to_owned(),
            1.. => format!("The score rises by {} in 30 days.", percentage_points(change)),
            ..0 => format!("The score falls by {} in 30 days.", percentage_points(change)),
        });
    }
    sentences.push(lapsed(pace));
    sentences
}

fn lapsed(pace: &Pace) -> String {
    let renewed = match pace.renewed.units() {
        0 => "nothing was renewed".to_owned(),
        _ => format!("renewals gave back {} points", pace.renewed.size().rounded()),
    };
    if pace.lapsed.units() == 0 {
        return format!("No proof was lost by lapses; {renewed}.");
    }
    let (lapsed, monthly) = (pace.lapsed.size().rounded(), pace.lapsed_per_30_days.size().rounded());
    format!("Lapses took the proof of {lapsed} points, {monthly} in 30 days; {renewed}.")
}

/// A sentence for each target.
pub(super) fn targets(progress: &Progress) -> Vec<String> {
    if progress.targets.is_empty() {
        return vec!["No target is set, in an assessment of the profile or with --target.".to_owned()];
    }
    progress.targets.iter().map(|aim| sentence(progress, aim)).collect()
}

fn sentence(progress: &Progress, aim: &Aim) -> String {
    let what = match &aim.assessment {
        None => "overall".to_owned(),
        Some(Aimed { title, group, .. }) if group == "default" => format!("for {title}"),
        Some(Aimed { title, group, .. }) => format!("for {title}, group {group},"),
    };
    let target = format!("The target of {} % {what}", aim.target);
    let (missing, today) = (aim.missing.rounded(), progress.to.as_of);
    let days = progress.pace.map_or(0, |pace| pace.days);
    let lacks = format!("{target} lacks {missing} points");
    match aim.prospect {
        Prospect::Met => format!("{target} is met on {today}."),
        Prospect::Expected { on } => format!(
            "{lacks}. If the pace of the {days} days to {today} holds, and the denominator stays, it is met on {on}."
        ),
        Prospect::Distant => format!(
            "{lacks}. If the pace of the {days} days to {today} holds, and the denominator stays, it is not met within \
             a hundred years."
        ),
        Prospect::Standstill => {
            format!("{lacks}. Nothing was gained in the {days} days to {today}; at that pace it is never met.")
        }
        Prospect::Falling => {
            format!("{lacks}. Points were lost in the {days} days to {today}; at that pace it is never met.")
        }
        Prospect::OneDate => format!("{lacks}. With states of one date alone there is no pace, and so no day."),
        Prospect::Unlike => format!(
            "{lacks}. What counts in it changed in the span, by scope, the library or assessments, so it has no pace \
             of its own, and no day."
        ),
        Prospect::NoScore => format!("{target} cannot be met or missed: nothing counts, and there is no score."),
    }
}
