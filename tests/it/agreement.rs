//! The engine and the naive evaluator agree, on random and on shipped input.

use crate::{oracle, random};
use annexa::{Library, LibraryText, MigrationOptions, Model, Unchecked};
use chrono::NaiveDate;
use serde_json::Value;
use toml::Table;

/// Scores through the public door: library texts and profile text in, JSON out.
pub(crate) fn score(files: &[(String, String)], profile: &str, as_of: NaiveDate, within: u32) -> Value {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let file = u32::try_from(files.len()).unwrap();
    let tenant =
        model.profile(profile, file, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{profile}")).value;
    serde_json::to_value(model.score(&tenant, as_of, within)).unwrap()
}

/// Asserts that everything the naive evaluator says stands in the engine's answer, which may say more.
pub(crate) fn assert_within(expected: &Value, found: &Value, path: &str) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let other = found.get(key).unwrap_or_else(|| panic!("{path}.{key} is missing"));
                assert_within(value, other, &format!("{path}.{key}"));
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            for (n, (value, other)) in expected.iter().zip(found).enumerate() {
                assert_within(value, other, &format!("{path}[{n}]"));
            }
            assert_eq!(expected.len(), found.len(), "{path}: number of entries");
        }
        _ => assert_eq!(expected, found, "{path}: left the naive evaluator, right the engine"),
    }
}

#[test]
fn on_the_shipped_profiles() {
    let files: Vec<(String, String)> =
        annexa::BUILTIN_FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let profiles: Vec<_> = annexa::starter_profiles().collect();
    assert_eq!(profiles.len(), 3);
    for (path, text) in profiles {
        for date in ["2020-06-01", "2021-12-01", "2026-11-21"] {
            let as_of: NaiveDate = date.parse().unwrap();
            let expected = oracle::evaluate(&files, text, as_of, 90);
            let found = score(&files, text, as_of, 90);
            assert_within(&expected, &found, &format!("{path} at {date}"));
        }
    }
}

#[test]
fn on_profiles_of_the_edition_of_2022_and_of_both() {
    let files: Vec<(String, String)> =
        annexa::BUILTIN_FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let model = Model::builtin(&mut annexa::Sources::default());
    let to = model.library().find_template("microsoft-cloud/iso-27001-2022").unwrap();
    let file = u32::try_from(files.len()).unwrap();
    let as_of: NaiveDate = "2022-06-01".parse().unwrap();
    for (path, text) in annexa::starter_profiles() {
        let profile = model.profile(text, file, &Unchecked).unwrap().value;
        // The naive evaluator takes its time, so one of them stands for both at once.
        let keep = path.contains("enterprise");
        let options = MigrationOptions { to, from: None, keep };
        let migrated = model.migrate(&profile, text, &options, as_of, file, &Unchecked).unwrap();
        let expected = oracle::evaluate(&files, &migrated.text, as_of, 90);
        let found = score(&files, &migrated.text, as_of, 90);
        let editions = found["assessments"].as_array().unwrap().len();
        assert_eq!(editions, profile.profile().assessments.len() * if keep { 2 } else { 1 }, "{path}");
        assert_within(&expected, &found, path);
    }
}

#[test]
fn on_random_libraries_and_profiles() {
    for seed in 0..2_500 {
        let case = random::case(seed);
        let within = u32::try_from(case.expiring_within).unwrap();
        let expected = oracle::evaluate(&case.files, &case.profile, case.as_of, case.expiring_within);
        let found = score(&case.files, &case.profile, case.as_of, within);
        assert_within(&expected, &found, &format!("seed {seed}"));
    }
}

/// The profile with a word of its own on every action with instances or a parent, another for each seed.
fn contradicted(profile: &str, seed: u64) -> String {
    const WORDS: [(&str, &str); 6] = [
        ("planned", ""),
        ("implemented", "failed-high"),
        ("not-in-scope", ""),
        ("implemented", "passed"),
        ("alternative", "could-not-be-detected"),
        ("implemented", ""),
    ];
    let mut table: Table = profile.parse().unwrap();
    let entries = table.get_mut("action").and_then(toml::Value::as_array_mut).into_iter().flatten();
    for (n, entry) in entries.enumerate() {
        let entry = entry.as_table_mut().unwrap();
        if entry.contains_key("parent") || entry.contains_key("instance") {
            let (implementation, test) = WORDS[(usize::try_from(seed).unwrap() + n) % WORDS.len()];
            for key in ["test", "fraction"] {
                entry.remove(key);
            }
            entry.insert("implementation".to_owned(), implementation.into());
            if !test.is_empty() {
                entry.insert("test".to_owned(), test.into());
            }
        }
    }
    table.to_string()
}

#[test]
fn on_actions_that_contradict_themselves() {
    let (mut rows, mut fewer) = (0, 0);
    for seed in 0..600 {
        let case = random::case(seed);
        let within = u32::try_from(case.expiring_within).unwrap();
        let profile = contradicted(&case.profile, seed);
        let expected = oracle::evaluate(&case.files, &profile, case.as_of, case.expiring_within);
        let found = score(&case.files, &profile, case.as_of, within);
        assert_within(&expected, &found, &format!("seed {seed}\n{profile}"));
        rows += found.to_string().matches("\"conflicting-status\"").count();
        let plain = score(&case.files, &case.profile, case.as_of, within);
        let achieved = |v: &Value| v["overall"]["achieved"].as_str().unwrap().parse::<f64>().unwrap();
        fewer += usize::from(achieved(&found) < achieved(&plain));
    }
    assert!(rows > 500 && fewer > 50, "the cases reach contradictions: {rows}, {fewer}");
}
