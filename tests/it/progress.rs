//! What holds for every report of progress, on random pairs and through the public door.

use crate::random::{Case, case, pair};
use annexa::report::{Style, progress_markdown, progress_text};
use annexa::{
    Amount, Cause, Library, LibraryText, Locale, Model, Percent, Progress, ProgressOptions, Prospect, Snapshot,
    TenantProfile, Unchecked, progress,
};
use chrono::TimeDelta;
use std::collections::{BTreeMap, BTreeSet};

struct Read {
    model: Model,
    profile: TenantProfile,
}

fn read(case: &Case) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap().value;
    let profile = model.profile(&case.profile, 0, &Unchecked).unwrap().value;
    Read { model, profile }
}

fn snapshot<'a>(read: &'a Read, case: &Case) -> Snapshot<'a> {
    Snapshot { model: &read.model, profile: &read.profile, as_of: case.as_of }
}

fn options(from: &Case, to: &Case, target: Option<u32>) -> ProgressOptions {
    ProgressOptions {
        since: from.as_of,
        ids: [None, None],
        between: Vec::new(),
        target: target.map(Percent::from_hundredths),
        expiring_within: u32::try_from(to.expiring_within).unwrap(),
    }
}

/// Pairs of which the second is never earlier, of one library and of two.
fn pairs() -> impl Iterator<Item = (u64, Case, Case)> {
    (0..200).map(|seed| {
        let (from, mut to) =
            if seed % 5 == 0 { (case(51_000 + seed), case(52_000 + seed)) } else { pair(53_000 + seed) };
        to.as_of = to.as_of.max(from.as_of);
        (seed, from, to)
    })
}

#[test]
fn what_got_better_and_worse_is_all_that_moved() {
    let mut dated = 0;
    for (seed, from, to) in pairs() {
        let (before, after) = (read(&from), read(&to));
        let found = progress(&snapshot(&before, &from), &snapshot(&after, &to), options(&from, &to, Some(9_000)));
        let moved = [&found.better, &found.worse].into_iter().flat_map(|moved| &moved.actions);
        assert_eq!(moved.clone().map(|a| a.achieved.units()).sum::<i64>(), found.change.achieved.units(), "{seed}");
        let ids: BTreeSet<&str> = moved.clone().map(|a| a.id.as_str()).collect();
        assert_eq!(ids.len(), moved.count(), "{seed}: an action is told once");
        assert!(found.better.actions.iter().all(|a| a.achieved.units() >= 0), "{seed}");
        assert!(found.worse.actions.iter().all(|a| a.achieved.units() <= 0), "{seed}");
        the_team_gained_what_the_causes_say(seed, &found, &after);
        dated += usize::from(the_day_is_the_first(seed, &found));
        for text in [progress_text(&found, Style::PLAIN), progress_markdown(&found, Locale::English)] {
            assert!(text.lines().count() > 15 && !text.contains("  \n"), "{seed}: {text}");
        }
    }
    assert!(dated > 20, "{dated} pairs have a day on which the target is met");
}

fn the_team_gained_what_the_causes_say(seed: u64, found: &Progress, after: &Read) {
    let library = after.model.library();
    let is_own = |id: &str| {
        library.find_action(id).is_some_and(|action| library.action(action).owner == annexa::Owner::Customer)
    };
    let is_work = |cause: Cause| matches!(cause, Cause::WorkDone | Cause::NewlyAssessed);
    let effects = found.causes.iter().filter(|c| is_work(c.cause)).flat_map(|c| &c.effects);
    let gained = effects.filter(|e| is_own(&e.id) && e.achieved.units() > 0).map(|e| e.achieved.units());
    assert_eq!(found.team.iter().map(|m| m.points.units()).sum::<i64>(), gained.sum::<i64>(), "{seed}");
    let named = after.profile.profile().actions.iter().filter_map(|entry| entry.assigned_to.as_deref());
    let named: BTreeSet<&str> = named.collect();
    for member in &found.team {
        assert!(member.assigned_to.iter().all(|name| named.contains(name.as_str())), "{seed}: {member:?}");
        assert!(member.actions > 0 || member.renewed.units() > 0, "{seed}: {member:?}");
    }
}

/// Whether there is a day; it is the first on which the pace has brought what is missing.
fn the_day_is_the_first(seed: u64, found: &Progress) -> bool {
    let total = &found.to.figures.total;
    let target = &found.targets[0];
    let is_met = target.target.is_reached_by(total.achieved, total.possible);
    assert_eq!(target.prospect == Prospect::Met, is_met, "{seed}");
    assert_eq!(target.prospect == Prospect::NoScore, total.possible == Amount::ZERO, "{seed}");
    let Prospect::Expected { on } = target.prospect else { return false };
    let pace = found.pace.unwrap();
    let gained_by = |day: chrono::NaiveDate| {
        let days = i128::from((day - found.to.as_of).num_days());
        i128::from(pace.points.units()) * days / i128::from(pace.days)
    };
    let missing = i128::from(target.missing.units());
    assert!(gained_by(on) >= missing && gained_by(on - TimeDelta::days(1)) < missing, "{seed}: {target:?}");
    let reached = total.achieved + target.missing;
    assert!(target.target.is_reached_by(reached, total.possible), "{seed}");
    true
}

#[test]
fn no_proof_ends_unannounced() {
    let (mut ending, mut seen) = (0, BTreeMap::<&str, usize>::new());
    for seed in 0..400 {
        let case = case(54_000 + seed);
        let read = read(&case);
        let state = snapshot(&read, &case);
        let found = progress(&state, &state, options(&case, &case, None));
        let told: BTreeSet<&str> = found.lapses.iter().flat_map(|l| &l.actions).map(String::as_str).collect();
        let horizon = case.as_of + TimeDelta::days(case.expiring_within);
        let now = read.model.score(&read.profile, case.as_of, 0);
        let later = read.model.score(&read.profile, horizon, 0);
        for (now, later) in now.assessments.iter().zip(&later.assessments) {
            for (now, later) in now.actions.iter().zip(&later.actions) {
                if later.assured_basis_points < now.assured_basis_points && later.basis_points >= now.basis_points {
                    ending += 1;
                    assert!(told.contains(now.id.as_str()), "seed {seed}: {} of {:#?}", now.id, found.lapses);
                }
            }
        }
        for lapse in &found.lapses {
            *seen.entry(annexa::Choice::word(lapse.kind)).or_default() += 1;
            assert!(lapse.last_day >= case.as_of && lapse.last_day < horizon, "seed {seed}: {lapse:?}");
        }
        assert!(found.lapses.is_sorted_by_key(|lapse| lapse.last_day), "seed {seed}");
        assert!(found.pace.is_none() && found.better.actions.is_empty() && found.worse.actions.is_empty());
    }
    assert!(ending > 100 && seen.len() == 3, "{ending} {seen:?}");
}
