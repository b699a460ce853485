//! `annexa history diff`: as a person meets it, and what holds for every pair of snapshots.
//!
//! A case is a folder under `tests/cases/history` with profiles and `commands`, run in turn beside them
//! on a made-up library; `expected.txt` is what is printed, `| from LINE` from that line on. Ids of snapshots depend on the time of
//! recording, so they are numbered as they come.

use crate::cli::folder;
use crate::history::{added, recording_of};
use crate::random::{case, pair};
use crate::support::{cases, code, differs, done, err, folders, none, numbered, out, refused, run_in};
use annexa::{Cause, History, Kept, ListedSnapshot, Models, Recording, compare};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What the commands of a case print, one after the other.
fn transcript(case: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    copied(case, folder.path());
    let library = cases("migrate-library");
    let mut text = String::new();
    for command in fs::read_to_string(case.join("commands")).unwrap().lines() {
        // After the command: arguments before it would give way to libraries that the command names.
        let (args, from) = command.split_once(" | from ").unwrap_or((command, ""));
        let words: Vec<&str> = args.split_whitespace().collect();
        let base = ["--no-builtin", "--library", library.to_str().unwrap()];
        let args = [&words[..2], &base, &words[2..]].concat();
        let output = run_in(folder.path(), &args);
        let start = if from.is_empty() { None } else { out(&output).find(&format!("\n{from}\n")) };
        let shown = start.map_or(out(&output), |at| &out(&output)[at + 1..]);
        text += &format!("$ annexa {command}\n{shown}{}", err(&output));
        if code(&output) != 0 {
            text += &format!("exit {}\n", code(&output));
        }
        text.push('\n');
    }
    // When it was recorded is not the same again.
    let timeless = |line: &str| match line.split_once("\"recorded_at\": ") {
        Some((before, _)) => format!("{before}\"recorded_at\": \"...\",\n"),
        None => format!("{line}\n"),
    };
    numbered(&text.lines().map(timeless).collect::<String>())
}

/// Copies all files of a folder.
fn copied(from: &Path, to: &Path) {
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copied(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("history")) {
        let case = cases("history").join(name);
        faults.extend(differs(&case.join("expected.txt"), &transcript(&case)));
    }
    none(&faults);
}

/// A signed amount in 1/10 000 of a point.
fn units(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    let (size, sign) = text.strip_prefix('-').map_or((text, 1), |size| (size, -1));
    sign * size.replace('.', "").parse::<i64>().unwrap()
}

/// Snapshots of random pairs: of one library, of two, and of one profile at two dates.
fn recorded(history: &mut History) -> Vec<(Kept, Kept)> {
    let mut pairs = Vec::new();
    for seed in 0..120 {
        let (from, to) = match seed % 4 {
            0 => (case(41_000 + seed), case(42_000 + seed)),
            1 => {
                let (from, mut to) = pair(43_000 + seed);
                to.profile.clone_from(&from.profile);
                (from, to)
            }
            _ => pair(44_000 + seed),
        };
        let mut record = |case| {
            let note = Some(format!("pair {seed}"));
            let recording = Recording { note, ..recording_of(case, seed, ENGINE) };
            match history.record(&recording).unwrap() {
                annexa::Recorded::Added(kept) | annexa::Recorded::Unchanged(kept) => kept,
            }
        };
        pairs.push((record(from), record(to)));
    }
    pairs
}

#[test]
fn the_causes_sum_to_the_difference_of_what_was_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::create(&folder.path().join("a.db")).unwrap();
    let pairs = recorded(&mut history);
    let mut models = Models::default();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (from, to) in &pairs {
        let states = [history.state(from, &mut models).unwrap(), history.state(to, &mut models).unwrap()];
        let found = compare(&states[0].snapshot(), &states[1].snapshot());
        let has_one_library = from.identity.library == to.identity.library;
        assert!(found.causes.iter().all(|c| c.cause != Cause::Template) || !has_one_library, "{}", from.id());
        let found = serde_json::to_value(&found).unwrap();
        let listed = |kept: &Kept| serde_json::to_value(ListedSnapshot::from(kept)).unwrap();
        let (before, after) = (listed(from), listed(to));
        for key in ["achieved", "assured"] {
            let causes = found["causes"].as_array().unwrap().iter();
            let change = units(&found["change"][key]);
            assert_eq!(causes.map(|c| units(&c[key])).sum::<i64>(), change, "{}", from.id());
            assert_eq!(change, units(&after[key]) - units(&before[key]), "{} {key}", from.id());
        }
        let possible = after["possible"].as_i64().unwrap() - before["possible"].as_i64().unwrap();
        assert_eq!(units(&found["change"]["possible"]), possible * 10_000, "{}", from.id());
        let hundredths = |value: &Value| value.as_f64().map(|p| (p * 100.0).round() as i64);
        let percent = hundredths(&before["percent"]).zip(hundredths(&after["percent"])).map(|(a, b)| b - a);
        assert_eq!(hundredths(&found["change"]["percent"]), percent, "{}", from.id());
        let parts = found["causes"].as_array().unwrap().iter().filter_map(|c| hundredths(&c["percent"]));
        assert_eq!(parts.sum::<i64>(), percent.unwrap_or(0), "{}", from.id());
        for cause in found["causes"].as_array().unwrap() {
            *seen.entry(cause["cause"].to_string()).or_default() += 1;
        }
    }
    assert_eq!(seen.len(), Cause::ALL.len(), "{seen:?}");
}

#[test]
fn a_word_or_a_date_is_a_place_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut history = History::create(&folder.path().join("a.db")).unwrap();
    let base = recording_of(case(7), 7, ENGINE);
    // The later date is recorded first, and one date twice.
    for (n, engine) in [(40, "1"), (0, "1"), (20, "1"), (20, "2")] {
        let mut case = case(7);
        case.as_of += chrono::TimeDelta::days(n);
        added(history.record(&recording_of(case, 7, engine)));
    }
    let list: Vec<String> = history.list(None).unwrap().iter().map(Kept::id).collect();
    let find = |text: &str| history.find(text, None).unwrap().id();
    let at = |days: i64| (base.as_of + chrono::TimeDelta::days(days)).to_string();
    assert_eq!([find("first"), find("previous"), find("last")], [0, 2, 3].map(|n: usize| list[n].clone()));
    for (days, place) in [(0, 0), (19, 0), (20, 2), (39, 2), (40, 3), (4000, 3)] {
        assert_eq!(find(&at(days)), list[place], "{days}");
    }
    let early = history.find(&at(-1), None).unwrap_err().to_string();
    assert!(early.contains(&at(0)) && early.contains(&list[0]), "{early}");
    for wrong in ["lats", "2020-1-1", "abc", "g000", ""] {
        assert!(history.find(wrong, None).unwrap_err().to_string().contains("names no snapshot"), "{wrong}");
    }
}

#[test]
fn another_version_of_the_program_is_told_with_both_figures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut history = History::create(&path).unwrap();
    let (from, to) = pair(43_001);
    let old = recording_of(from, 0, "0.0.1");
    // What another version may have counted: everything unassessed.
    let mut result: Value = serde_json::from_str(&old.result).unwrap();
    result["overall"]["achieved"] = "0.5000".into();
    let result = serde_json::to_string_pretty(&result).unwrap();
    added(history.record(&Recording { result, ..old }));
    let second = recording_of(to, 1, "0.0.2");
    added(history.record(&second));
    let output = run_in(folder.path(), &["history", "diff", "first", "last", "--db", "a.db"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("recorded by annexa 0.0.1") && err(&output).contains("0.5 of "), "{}", err(&output));
    assert!(!err(&output).contains("0.0.2"), "what counts alike is no news: {}", err(&output));
    let quiet = run_in(folder.path(), &["-q", "history", "diff", "first", "last", "--db", "a.db"]);
    assert_eq!((err(&quiet), out(&quiet)), ("", out(&output)));
}

#[test]
fn whose_snapshots_are_meant_is_asked_or_told() {
    let folder = folder();
    let here = folder.path();
    for day in ["2020-06-01", "2020-07-01"] {
        done(here, &["history", "record", "good.toml", "other.toml", "--as-of", day]);
    }
    let json = |args: &[&str]| -> Value { serde_json::from_str(&done(here, args)).unwrap() };
    let list = json(&["history", "list", "--format", "json"]);
    let id = |n: usize| list[n]["id"].as_str().unwrap();
    let said = refused(here, &["history", "diff", "first"]);
    assert!(said.contains("`contoso.onmicrosoft.com`, `fabrikam.onmicrosoft.com`"), "{said}");
    let told = json(&["history", "diff", "first", "--tenant", "fabrikam.onmicrosoft.com", "--format", "json"]);
    assert_eq!((&told["from"]["snapshot"], &told["to"]["snapshot"]), (&id(2).into(), &id(3).into()));
    // An id on either side says whose the other is.
    for args in [[id(2), "last"], ["first", id(3)]] {
        assert_eq!(json(&["history", "diff", args[0], args[1], "--format", "json"]), told);
    }
    let said = refused(here, &["history", "diff", id(0), id(2)]);
    assert!(said.contains("two tenants"), "{said}");
    // A profile brings its tenant; against the library it was recorded with, nothing has changed.
    let told = json(&["history", "diff", "last", "other.toml", "--as-of", "2020-07-01", "--format", "json"]);
    assert_eq!((&told["from"]["snapshot"], &told["to"]["snapshot"]), (&id(3).into(), &Value::Null));
    assert_eq!(told["causes"], Value::Array(Vec::new()));
    let said = refused(here, &["history", "diff", "last", "nowhere.toml"]);
    assert!(said.contains("nowhere.toml"), "{said}");
    let said = refused(here, &["history", "diff", "lasst"]);
    assert!(said.contains("`last`"), "{said}");
    let said = refused(here, &["history", "diff", "2020-05-01", "--tenant", "contoso.onmicrosoft.com"]);
    assert!(said.contains("2020-06-01"), "{said}");
    let said = refused(here, &["history", "diff", "first", "--tenant", "contoso.onmicrosoft.co"]);
    assert!(said.contains("`contoso.onmicrosoft.com`"), "{said}");
    refused(here, &["history", "diff", "first", "bad.toml"]);
    refused(here, &["history", "diff", "first", "last", "--db", "nowhere.db"]);
}
