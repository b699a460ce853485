//! What holds for every forecast: it is the score of each date, and every change has its events.

use crate::random;
use annexa::{
    AmountChange, Evaluation, Event, Forecast, ForecastOptions, Library, LibraryText, Model, Step, Sums, TenantProfile,
    TenantScore, Unchecked,
};
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeSet;

fn model(case: &random::Case) -> Model {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value
}

fn tenant(model: &Model, text: &str) -> TenantProfile {
    model.profile(text, 1_000, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")).value
}

fn options(from: NaiveDate, days: i64) -> ForecastOptions {
    ForecastOptions { from, until: from + TimeDelta::days(days), target: None, floor: None, floor_assurance: None }
}

/// The step that holds on a date.
fn step(steps: &[Step], on: NaiveDate) -> &Step {
    &steps[steps.partition_point(|s| s.from <= on) - 1]
}

fn agrees(forecast: &[Step], score: &TenantScore, what: &str) {
    let step = step(forecast, score.as_of);
    assert_eq!(step.sums, score.overall.total, "{what}, {}", score.as_of);
    let scored: Vec<Sums> = score.assessments.iter().map(|a| a.figures.total).collect();
    let foreseen: Vec<Sums> = step.assessments.iter().map(|a| a.sums).collect();
    assert_eq!(foreseen, scored, "{what}, {}", score.as_of);
}

fn is_in_order(forecast: &Forecast, what: &str) {
    let steps = &forecast.line.steps;
    assert_eq!(steps[0].from, forecast.from, "{what}");
    assert!(steps.is_sorted_by(|a, b| a.from < b.from), "{what}");
    assert!(steps.last().unwrap().from <= forecast.until, "{what}");
    assert!(steps.iter().skip(1).all(|s| !s.events.is_empty()), "{what}: a change without an event");
}

#[test]
fn on_every_day_of_some_years_it_is_the_score() {
    let mut evaluation = Evaluation::default();
    for seed in 0..300 {
        let case = random::case(seed);
        let model = model(&case);
        let tenant = tenant(&model, &case.profile);
        let from = case.as_of - TimeDelta::days(500);
        let forecast = model.forecast(&tenant, &options(from, 1_200));
        for n in 0..=1_200 {
            let on = from + TimeDelta::days(n);
            model.evaluate(&tenant, on, &mut evaluation);
            assert_eq!(step(&forecast.line.steps, on).sums, evaluation.overall().total(), "seed {seed}, {on}");
            if n % 50 == 0 {
                agrees(&forecast.line.steps, &model.score(&tenant, on, 0), &format!("seed {seed}"));
            }
        }
    }
}

#[test]
fn at_each_step_and_the_day_before_and_on_drawn_days_it_is_the_score() {
    for seed in 0..1_000 {
        let case = random::case(10_000 + seed);
        let model = model(&case);
        let tenant = tenant(&model, &case.profile);
        let forecast = model.forecast(&tenant, &options(case.as_of - TimeDelta::days(700), 3_000));
        is_in_order(&forecast, &format!("seed {seed}"));
        let drawn = (0..8).map(|n| forecast.from + TimeDelta::days((seed as i64 * 7_919 + n * 104_729) % 3_001));
        let steps = forecast.line.steps.iter().map(|s| s.from);
        let around = steps.flat_map(|day| [day, (day - TimeDelta::days(1)).max(forecast.from)]);
        for day in around.chain(drawn).chain([forecast.until]).collect::<BTreeSet<_>>() {
            agrees(&forecast.line.steps, &model.score(&tenant, day, 0), &format!("seed {seed}"));
        }
    }
}

/// The change of each figure from one step to the next.
fn changes(before: &Step, after: &Step) -> [AmountChange; 4] {
    let (a, b) = (&before.sums, &after.sums);
    [(a.achieved, b.achieved), (a.possible, b.possible), (a.assured, b.assured), (a.unassessed, b.unassessed)]
        .map(|(from, to)| AmountChange::between(from, to))
}

fn of_event(event: &Event) -> [AmountChange; 4] {
    [event.achieved, event.possible, event.assured, event.unassessed]
}

#[test]
fn what_an_event_alone_on_its_day_takes_is_what_the_score_loses() {
    let (mut alone, mut several) = (0, 0);
    for seed in 0..600 {
        let case = random::case(20_000 + seed);
        let model = model(&case);
        let tenant = tenant(&model, &case.profile);
        let steps = model.forecast(&tenant, &options(case.as_of - TimeDelta::days(500), 1_500)).line.steps;
        for pair in steps.windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            let what = format!("seed {seed}, {}: {:?}", after.from, after.events);
            if let [event] = &after.events[..] {
                assert_eq!(of_event(event), changes(before, after), "{what}");
                alone += 1;
            }
            // An action that several events touch is counted by each, so together they take no less.
            let taken: i64 = after.events.iter().map(|e| e.assured.units().min(0)).sum();
            assert!(taken <= changes(before, after)[2].units(), "{what}");
            several += 1;
            for event in &after.events {
                let points = if event.achieved.units() == 0 { event.assured } else { event.achieved };
                assert_eq!(event.points, points, "{what}");
            }
        }
    }
    assert!(alone > 1_000 && several > alone, "{alone} of {several}");
}

#[test]
fn every_control_that_changes_is_named_by_an_event() {
    let mut changed = 0;
    for seed in 0..300 {
        let case = random::case(30_000 + seed);
        let model = model(&case);
        let tenant = tenant(&model, &case.profile);
        let forecast = model.forecast(&tenant, &options(case.as_of - TimeDelta::days(300), 1_000));
        for step in forecast.line.steps.iter().skip(1) {
            let named: BTreeSet<&str> = step.events.iter().flat_map(|e| &e.controls).map(String::as_str).collect();
            let (before, after) =
                (model.score(&tenant, step.from.pred_opt().unwrap(), 0), model.score(&tenant, step.from, 0));
            for (a, b) in before.assessments.iter().zip(&after.assessments) {
                for (a, b) in a.controls.iter().zip(&b.controls) {
                    if (a.status, a.figures.total) != (b.status, b.figures.total) {
                        assert!(named.contains(a.id.as_str()), "seed {seed}, {}: {}", step.from, a.id);
                        changed += 1;
                    }
                }
            }
        }
    }
    assert!(changed > 1_000, "{changed}");
}

/// The profile with its simple open entries that are due in range alone, and the same as if the work were
/// dated to that day; nothing if it has none.
fn with_the_work_written_down(text: &str, options: &ForecastOptions) -> Option<(String, String)> {
    let mut kept: toml::Table = toml::from_str(text).unwrap();
    let mut written = kept.clone();
    let mut proofs = Vec::new();
    let entries = |table| toml::Table::get_mut(table, "action").and_then(toml::Value::as_array_mut);
    let lists = entries(&mut kept)?.iter_mut().zip(entries(&mut written)?.iter_mut());
    for (n, (kept, written)) in lists.enumerate() {
        let (kept, written) = (kept.as_table_mut()?, written.as_table_mut()?);
        let word = |key: &str| kept.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        let is_open = ["not-implemented", "planned"].contains(&word("implementation"))
            && ["", "none"].contains(&word("test"))
            && word("test_source") != "parent"
            && !kept.contains_key("instance");
        let due = written.remove("due_on");
        let date = due.as_ref().and_then(|d| d.to_string().parse::<NaiveDate>().ok());
        let Some(due) = due.filter(|_| is_open && date.is_some_and(|d| options.from <= d && d <= options.until)) else {
            kept.remove("due_on");
            continue;
        };
        for (key, value) in [("implementation", "implemented"), ("test", "passed")] {
            written.insert(key.to_owned(), value.into());
        }
        written.insert("implemented_on".to_owned(), due.clone());
        written.insert("tested_on".to_owned(), due.clone());
        written.insert("evidence".to_owned(), toml::Value::Array(vec![format!("proof-{n}").into()]));
        let proof = [("id", format!("proof-{n}").into()), ("kind", "policy".into()), ("valid_from", due)];
        proofs.push(toml::Value::Table(proof.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()));
    }
    if proofs.is_empty() {
        return None;
    }
    let evidence = written.entry("evidence").or_insert_with(|| toml::Value::Array(Vec::new()));
    evidence.as_array_mut()?.extend(proofs);
    Some((toml::to_string(&kept).unwrap(), toml::to_string(&written).unwrap()))
}

#[test]
fn the_planned_line_is_that_of_a_profile_in_which_the_work_is_written_down() {
    let (mut cases, mut rises) = (0, 0);
    for seed in 0..1_000 {
        let case = random::case(40_000 + seed);
        let options = options(case.as_of - TimeDelta::days(400), 900);
        let Some((kept, written)) = with_the_work_written_down(&case.profile, &options) else { continue };
        let model = model(&case);
        let forecast = model.forecast(&tenant(&model, &kept), &options);
        let expected = model.forecast(&tenant(&model, &written), &options).line.steps;
        // Without one that counts, nothing is due.
        let planned = forecast.planned.as_ref().unwrap_or(&forecast.line);
        assert_eq!(forecast.planned.is_none(), forecast.due.is_empty());
        let days = expected.iter().chain(&planned.steps).map(|s| s.from).collect::<BTreeSet<_>>();
        for day in days {
            let (found, expected) = (step(&planned.steps, day), step(&expected, day));
            assert_eq!(found.sums, expected.sums, "seed {seed}, {day}");
            assert_eq!(found.assessments, expected.assessments, "seed {seed}, {day}");
            rises += i32::from(found.sums.achieved > step(&forecast.line.steps, day).sums.achieved);
        }
        cases += 1;
    }
    assert!(cases > 100 && rises > 500, "{cases} cases, {rises} rises");
}

#[test]
fn two_runs_say_the_same() {
    let case = random::case(7);
    let model = model(&case);
    let tenant = tenant(&model, &case.profile);
    let json = || annexa::report::to_json(&model.forecast(&tenant, &options(case.as_of, 1_000))).unwrap();
    assert_eq!(json(), json());
}
