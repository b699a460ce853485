//! What holds for every library, profile and date, on random ones and through the public door.

use crate::agreement::score;
use crate::random::{Case, case};
use chrono::TimeDelta;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value as Toml};

const SEEDS: std::ops::Range<u64> = 10_000..10_300;

fn scored(case: &Case, profile: &str) -> Value {
    score(&case.files, profile, case.as_of, u32::try_from(case.expiring_within).unwrap())
}

/// An amount in 1/10 000 of a point: a decimal string with four places, or whole points.
fn units(value: &Value) -> u64 {
    match value {
        Value::String(text) => {
            let (whole, part) = text.split_once('.').unwrap_or_else(|| panic!("{text} has no places"));
            assert_eq!(part.len(), 4, "{text}");
            whole.parse::<u64>().unwrap() * 10_000 + part.parse::<u64>().unwrap()
        }
        Value::Number(number) => number.as_u64().unwrap() * 10_000,
        other => panic!("{other} is no amount"),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no list `{key}`"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {value}"))
}

/// All objects of the result that have a sum, each with its path.
fn sums<'a>(value: &'a Value, path: String, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("possible") {
                found.push((path.clone(), value));
            }
            map.iter().for_each(|(key, value)| sums(value, format!("{path}.{key}"), found));
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(n, value)| sums(value, format!("{path}[{n}]"), found)),
        _ => {}
    }
}

#[test]
fn every_sum_is_assured_below_achieved_below_possible() {
    for seed in SEEDS {
        let case = case(seed);
        let result = scored(&case, &case.profile);
        let mut found = Vec::new();
        sums(&result, format!("seed {seed}: "), &mut found);
        let at = |part: &str| found.iter().any(|(path, _)| path.contains(part));
        assert!(at("overall") && at("domains") && at("controls") && at(".provider"), "{:?}", found.len());
        for (path, sum) in found {
            let [assured, achieved, unassessed, possible] =
                ["assured", "achieved", "unassessed", "possible"].map(|key| units(&sum[key]));
            assert!(assured <= achieved, "{path}: {sum}");
            assert!(achieved + unassessed <= possible, "{path}: {sum}");
            assert_eq!(sum["percent"].is_null(), possible == 0, "{path}: {sum}");
        }
        for assessment in list(&result, "assessments") {
            assert_sides(assessment, &["achieved", "assured", "unassessed", "possible"]);
            for action in list(assessment, "actions") {
                let [earned, assured, unassessed] = ["basis_points", "assured_basis_points", "unassessed_basis_points"]
                    .map(|k| action[k].as_u64().unwrap());
                assert!(assured <= earned && earned + unassessed <= 10_000, "seed {seed}: {action}");
            }
        }
        assert_sides(&result["overall"], &["achieved", "assured", "unassessed", "possible"]);
    }
}

fn assert_sides(sum: &Value, keys: &[&str]) {
    for key in keys {
        let sides = units(&sum["customer"][key]) + units(&sum["provider"][key]);
        assert_eq!(units(&sum[key]), sides, "{key}: the sides do not make the whole");
    }
}

// ---- Edits of a profile ----

fn parsed(profile: &str) -> Table {
    profile.parse().expect("TOML")
}

fn entries(profile: &Table) -> Vec<Table> {
    let list = profile.get("action").and_then(Toml::as_array).into_iter().flatten();
    list.map(|entry| entry.as_table().unwrap().clone()).collect()
}

fn with_entries(profile: &Table, entries: Vec<Table>) -> String {
    let mut profile = profile.clone();
    profile.insert("action".to_owned(), Toml::Array(entries.into_iter().map(Toml::Table).collect()));
    profile.to_string()
}

fn word<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Toml::as_str)
}

/// The places of an entry: its instances, or itself.
fn places(entry: &mut Table) -> Vec<&mut Table> {
    if !entry.contains_key("instance") {
        return vec![entry];
    }
    let list = entry.get_mut("instance").and_then(Toml::as_array_mut).unwrap();
    list.iter_mut().map(|place| place.as_table_mut().unwrap()).collect()
}

/// The entry with nobody knowing how its tests went.
fn unknown(entry: &Table) -> Table {
    let mut entry = entry.clone();
    // Beside instances the status of the action counts for nothing, but may not contradict itself.
    for table in places(&mut entry) {
        if matches!(word(table, "implementation"), Some("not-in-scope" | "not-implemented" | "planned")) {
            table.insert("implementation".to_owned(), "implemented".into());
        }
        table.insert("test".to_owned(), "could-not-be-detected".into());
        table.remove("fraction");
    }
    entry
}

fn overall(result: &Value) -> [u64; 3] {
    ["achieved", "assured", "possible"].map(|key| units(&result["overall"][key]))
}

#[test]
fn what_is_unknown_never_raises_the_score() {
    let mut changed = 0;
    for seed in SEEDS {
        let case = case(seed);
        let profile = parsed(&case.profile);
        let entries = entries(&profile);
        let before = overall(&scored(&case, &case.profile));
        let general: BTreeSet<&str> =
            entries.iter().filter(|e| !e.contains_key("group")).filter_map(|e| word(e, "id")).collect();
        for n in 0..entries.len() {
            let mut edits = Vec::new();
            // Behind the entry of one group the entry for all may stand: that one is not unknown.
            let is_covered = entries[n].contains_key("group") && general.contains(word(&entries[n], "id").unwrap());
            if !is_covered {
                let mut removed = entries.clone();
                removed.remove(n);
                edits.push(("removed", removed));
            }
            if word(&entries[n], "test_source") != Some("parent") {
                let mut untold = entries.clone();
                untold[n] = unknown(&entries[n]);
                edits.push(("not detected", untold));
            }
            for (what, edited) in edits {
                let after = overall(&scored(&case, &with_entries(&profile, edited)));
                let id = word(&entries[n], "id").unwrap();
                assert!(after[0] <= before[0], "seed {seed}: {id} {what} raised achieved");
                assert!(after[1] <= before[1], "seed {seed}: {id} {what} raised assured");
                assert!(after[2] >= before[2], "seed {seed}: {id} {what} took points out of the sum");
                changed += usize::from(after != before);
            }
        }
    }
    assert!(changed > 500, "the edits changed the score {changed} times");
}

#[test]
fn a_better_status_never_lowers_what_is_achieved() {
    let mut raised = 0;
    for seed in SEEDS {
        let case = case(seed);
        let profile = parsed(&case.profile);
        let entries = entries(&profile);
        let before = scored(&case, &case.profile);
        let day: Toml = Toml::Datetime((case.as_of - TimeDelta::days(1)).to_string().parse().unwrap());
        for n in 0..entries.len() {
            if word(&entries[n], "test_source") == Some("parent") {
                continue;
            }
            let count = places(&mut entries[n].clone()).len();
            for place in 0..count {
                let mut edited = entries.clone();
                let table = &mut *places(&mut edited[n]).remove(place);
                for (key, value) in [("implementation", "implemented"), ("test", "passed")] {
                    table.insert(key.to_owned(), value.into());
                }
                table.insert("implemented_on".to_owned(), day.clone());
                table.insert("tested_on".to_owned(), day.clone());
                table.remove("fraction");
                let after = scored(&case, &with_entries(&profile, edited));
                let id = word(&entries[n], "id").unwrap();
                for (old, new) in list(&before, "assessments").iter().zip(list(&after, "assessments")) {
                    let [old, new] = [old, new].map(|a| ["achieved", "possible"].map(|key| units(&a[key])));
                    assert!(new[0] >= old[0], "seed {seed}: {id} done and tested lowered {old:?} to {new:?}");
                    assert!(new[1] >= old[1], "seed {seed}: {id} done and tested left the sum: {old:?} to {new:?}");
                    raised += usize::from(new[0] > old[0]);
                }
            }
        }
    }
    assert!(raised > 500, "the edits raised the score {raised} times");
}

// ---- Gaps ----

/// For each template, the controls of each action.
fn mappings(case: &Case) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut templates: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (_, file) in &case.files {
        let file = parsed(file);
        let Some(template) = file.get("template").and_then(Toml::as_table) else { continue };
        let actions = templates.entry(word(template, "id").unwrap().to_owned()).or_default();
        for map in file.get("map").and_then(Toml::as_array).into_iter().flatten() {
            for action in map["actions"].as_array().unwrap() {
                let controls = actions.entry(action.as_str().unwrap().to_owned()).or_default();
                controls.insert(map["control"].as_str().unwrap().to_owned());
            }
        }
    }
    templates
}

#[test]
fn every_point_that_is_not_earned_is_explained() {
    let mut explained = 0;
    for seed in SEEDS.start..SEEDS.end + 300 {
        let case = case(seed);
        let mappings = mappings(&case);
        let result = scored(&case, &case.profile);
        for assessment in list(&result, "assessments") {
            let excluded: BTreeSet<&str> = list(assessment, "controls")
                .iter()
                .filter(|c| c["status"] == "excluded")
                .map(|c| text(c, "id"))
                .collect();
            let mut rows: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
            for gap in list(assessment, "gaps") {
                rows.entry((text(gap, "action_id"), text(gap, "control_id"))).or_default().push(gap);
            }
            for action in list(assessment, "actions").iter().filter(|a| a["in_scope"] == true) {
                let id = text(action, "id");
                for control in
                    mappings[text(assessment, "template")][id].iter().filter(|c| !excluded.contains(c.as_str()))
                {
                    let none = Vec::new();
                    let rows = rows.get(&(id, control)).unwrap_or(&none);
                    assert_explained(&format!("seed {seed}: {id} on {control}"), action, rows);
                    explained += rows.len();
                }
            }
        }
    }
    assert!(explained > 5_000, "{explained} rows were looked at");
}

/// The kinds of rows that stand for points still to be earned, and for proof still to be shown.
const CARRYING: [&str; 8] = [
    "not-assessed",
    "not-implemented",
    "planned",
    "test-failed",
    "untested",
    "partial",
    "provider-unattested",
    "service-not-certified",
];
const PROVING: [&str; 3] = ["evidence-missing", "evidence-expired", "test-stale"];

fn assert_explained(place: &str, action: &Value, rows: &[&Value]) {
    let number = |key: &str| action[key].as_u64().unwrap();
    let lost = number("points") * (10_000 - number("basis_points"));
    let cause = |row: &Value| match text(row, "gap_kind") {
        "risk-accepted" => text(row, "cause").to_owned(),
        kind => kind.to_owned(),
    };
    let carrying: Vec<_> = rows.iter().filter(|r| CARRYING.contains(&cause(r).as_str())).collect();
    for row in rows {
        let at_stake = units(&row["points_at_stake"]);
        assert!(at_stake == 0 || at_stake == lost, "{place}: {at_stake} at stake, {lost} lost: {row}");
        assert!(at_stake == 0 || carrying.iter().any(|r| r == &row), "{place}: {row} carries points");
        assert_eq!(row["points"], number("points").to_string(), "{place}");
    }
    if lost > 0 {
        assert!(carrying.iter().any(|row| units(&row["points_at_stake"]) == lost), "{place}: {lost} units unexplained");
    }
    if number("assured_basis_points") < number("basis_points") {
        assert!(
            rows.iter().any(|row| PROVING.contains(&cause(row).as_str())),
            "{place}: not assured, and no row says why"
        );
    }
}
