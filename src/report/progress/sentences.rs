//! A report of progress in plain sentences: each is one message, for languages order their parts differently.

use super::super::compare::label;
use crate::change::{AmountChange, PercentChange};
use crate::compare::{Attribution, StateFigures};
use crate::locale::{Arg, Message, Words, msg};
use crate::profile::DEFAULT_GROUP;
use crate::progress::{Aim, Pace, Progress, Prospect};
use chrono::NaiveDate;
use std::cmp::Ordering;

pub(super) fn title(progress: &Progress, words: &Words) -> String {
    let args = [
        ("organization", progress.organization.as_str().into()),
        ("tenant", progress.tenant.as_str().into()),
        ("from", words.date(progress.from.as_of).into()),
        ("to", words.date(progress.to.as_of).into()),
    ];
    words.with(msg::PROGRESS_TITLE, &args)
}

/// From which state to which, and how many lie between.
pub(super) fn span(progress: &Progress, words: &Words) -> String {
    let state = |state: &StateFigures| {
        let date = ("date", words.date(state.as_of).into());
        match &state.snapshot {
            Some(id) => words.with(msg::PROGRESS_SNAPSHOT, &[("id", id.as_str().into()), date]),
            None => words.with(msg::PROGRESS_PROFILE, &[date]),
        }
    };
    let (from, to) = (("from", state(&progress.from).into()), ("to", state(&progress.to).into()));
    let since = ("since", words.date(progress.since).into());
    let told = match progress.from.as_of.cmp(&progress.since) {
        Ordering::Equal => words.with(msg::PROGRESS_SPAN, &[from, to]),
        Ordering::Greater => words.with(msg::PROGRESS_SPAN_FIRST, &[from, to, since]),
        Ordering::Less => words.with(msg::PROGRESS_SPAN_BEFORE, &[from, to, since]),
    };
    let count = progress.between.len();
    let between = (count > 0).then(|| words.with(msg::PROGRESS_BETWEEN, &[("count", count.into())]));
    words.sentences(std::iter::once(told).chain(between))
}

/// A sentence for each cause.
pub(super) fn causes(progress: &Progress, words: &Words) -> Vec<String> {
    progress.causes.iter().map(|cause| of_cause(cause, words)).collect()
}

fn of_cause(cause: &Attribution, words: &Words) -> String {
    let change = &cause.change;
    let part = |change: AmountChange, up: Message, down: Message| {
        let message = match change.units() {
            0 => return None,
            1.. => up,
            ..0 => down,
        };
        Some(words.with(message, &[("points", words.points(change.size()).into())]))
    };
    let parts = [
        part(change.achieved, msg::PROGRESS_EARNED, msg::PROGRESS_LOST),
        part(change.possible, msg::PROGRESS_MORE_POSSIBLE, msg::PROGRESS_LESS_POSSIBLE),
        part(change.assured, msg::PROGRESS_PROOF_GAINED, msg::PROGRESS_PROOF_LOST),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let parts = match &parts[..] {
        [] => words.text(msg::PROGRESS_NO_POINTS).into_owned(),
        parts => words.list(parts.iter().map(String::as_str)),
    };
    let named = ("cause", words.text(label(cause.cause)).into());
    let [count, parts] = [("count", cause.effects.len().into()), ("parts", parts.into())];
    let Some(score) = change.percent else {
        return words.with(msg::PROGRESS_CAUSE_UNSCORED, &[named, count, parts]);
    };
    let percent = ("percent", percentage_points(score));
    match score.hundredths() {
        0 => words.with(msg::PROGRESS_CAUSE_STAYS, &[named, count, parts]),
        1.. => words.with(msg::PROGRESS_CAUSE_RISES, &[named, count, parts, percent]),
        ..0 => words.with(msg::PROGRESS_CAUSE_FALLS, &[named, count, parts, percent]),
    }
}

/// Percentage points without their sign: as a number, for some languages decline what follows it.
fn percentage_points(change: PercentChange) -> Arg<'static> {
    Arg::try_number(change.to_string().trim_start_matches(['+', '-'])).into_owned()
}

/// What the assurance comes to if nothing is renewed.
pub(super) fn outlook(progress: &Progress, words: &Words) -> String {
    let (today, outlook) = (&progress.to.figures.total, &progress.outlook);
    let then = ("then", words.percent(outlook.assurance_percent).into());
    let now = ("now", words.percent(today.assurance_percent()).into());
    let by = ("by", words.date(outlook.by).into());
    if outlook.assured < today.assured {
        words.with(msg::PROGRESS_ASSURANCE_FALLS, &[now, then, by])
    } else if progress.lapses.is_empty() {
        words.with(msg::PROGRESS_ASSURANCE_LASTS, &[("days", progress.expiring_within.into()), by, then])
    } else {
        words.with(msg::PROGRESS_ASSURANCE_HOLDS, &[by, then, now])
    }
}

/// How fast it went.
pub(super) fn pace(progress: &Progress, words: &Words) -> Vec<String> {
    let Some(pace) = &progress.pace else {
        return vec![words.text(msg::PROGRESS_NO_PACE).into_owned()];
    };
    let days = ("days", pace.days.into());
    let points = ("points", words.points(pace.points.size()).into());
    let monthly = ("monthly", words.points(pace.points_per_30_days.size()).into());
    let mut sentences = vec![match pace.points.units() {
        0 => words.with(msg::PROGRESS_PACE_NONE, &[days]),
        1.. => words.with(msg::PROGRESS_PACE_GAINED, &[points, days, monthly]),
        ..0 => words.with(msg::PROGRESS_PACE_LOST, &[points, days, monthly]),
    }];
    let rest = progress.change.achieved.units() - pace.points.units();
    if rest != 0 {
        let rest = words.points_moved(AmountChange::from_units(rest));
        sentences.push(words.with(msg::PROGRESS_NO_PART, &[("points", rest.into())]));
    }
    if let Some(change) = pace.percent_per_30_days {
        let percent = ("percent", percentage_points(change));
        sentences.push(match change.hundredths() {
            0 => words.text(msg::PROGRESS_SCORE_STAYS).into_owned(),
            1.. => words.with(msg::PROGRESS_SCORE_RISES, &[percent]),
            ..0 => words.with(msg::PROGRESS_SCORE_FALLS, &[percent]),
        });
    }
    sentences.push(lapsed(pace, words));
    sentences
}

fn lapsed(pace: &Pace, words: &Words) -> String {
    let points = ("points", words.points(pace.lapsed.size()).into());
    let monthly = ("monthly", words.points(pace.lapsed_per_30_days.size()).into());
    let renewed = ("renewed", words.points(pace.renewed.size()).into());
    match (pace.lapsed.units(), pace.renewed.units()) {
        (0, 0) => words.text(msg::PROGRESS_NEITHER).into_owned(),
        (0, _) => words.with(msg::PROGRESS_RENEWED, &[renewed]),
        (_, 0) => words.with(msg::PROGRESS_LAPSED, &[points, monthly]),
        _ => words.with(msg::PROGRESS_LAPSED_RENEWED, &[points, monthly, renewed]),
    }
}

/// Where each target stands, and when it is met.
pub(super) fn targets(progress: &Progress, words: &Words) -> Vec<String> {
    if progress.targets.is_empty() {
        return vec![words.text(msg::PROGRESS_NO_TARGET).into_owned()];
    }
    progress.targets.iter().map(|aim| target(progress, aim, words)).collect()
}

fn target(progress: &Progress, aim: &Aim, words: &Words) -> String {
    let (title, group) = aim.assessment.as_ref().map_or(("", ""), |of| (of.title.as_str(), of.group.as_str()));
    let of = match (&aim.assessment, group) {
        (None, _) => "all",
        (Some(_), DEFAULT_GROUP) => "one",
        (Some(_), _) => "group",
    };
    let goal = words.percent(Some(aim.target));
    let named = |message: Message, more: Option<(&'static str, &str)>| {
        let args = [("of", of), ("title", title), ("group", group), ("target", &goal)];
        let args: Vec<_> = args.into_iter().chain(more).map(|(name, value)| (name, value.into())).collect();
        words.with(message, &args)
    };
    let lacks = || named(msg::PROGRESS_TARGET_LACKS, Some(("missing", &words.points(aim.missing))));
    let today = words.date(progress.to.as_of);
    let paced = |message: Message, on: Option<NaiveDate>| {
        let days = progress.pace.map_or(0, |pace| pace.days);
        let on = on.map(|on| ("on", words.date(on).into()));
        let args = [("days", days.into()), ("today", today.as_str().into())];
        words.sentences([lacks(), words.with(message, &args.into_iter().chain(on).collect::<Vec<_>>())])
    };
    match aim.prospect {
        Prospect::Met => named(msg::PROGRESS_TARGET_MET, Some(("date", &today))),
        Prospect::Expected { on } => paced(msg::PROGRESS_EXPECTED, Some(on)),
        Prospect::Distant => paced(msg::PROGRESS_DISTANT, None),
        Prospect::Standstill => paced(msg::PROGRESS_STANDSTILL, None),
        Prospect::Falling => paced(msg::PROGRESS_FALLING, None),
        Prospect::OneDate => words.sentences([lacks(), words.text(msg::PROGRESS_ONE_DATE).into_owned()]),
        Prospect::Unlike => words.sentences([lacks(), words.text(msg::PROGRESS_UNLIKE).into_owned()]),
        Prospect::NoScore => named(msg::PROGRESS_TARGET_UNSCORED, None),
    }
}
