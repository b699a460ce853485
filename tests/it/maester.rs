//! Maester's results as a source of facts.

use crate::sources::{counts, expected, faults, lines, read_samples, survives};
use annexa::import::Format;
use std::path::Path;

fn run(tenant: &str, tests: &str) -> String {
    format!(
        "{{\"ExecutedAt\": \"2026-06-19T21:29:02.4608480-04:00\", \"TenantId\": \"{tenant}\", \"Tests\": [\n{tests}], \"EndOfJson\": \"EndOfJson\"}}"
    )
}

fn one(test: &str) -> String {
    let line = lines(Format::Maester, &[&run("T-1", test)]).join("\n");
    line.strip_prefix("0/2 MT.1: ").map(str::to_owned).unwrap_or(line)
}

#[test]
fn results_in_all_their_words() {
    let told = |result: &str, severity: &str, detail: &str| {
        one(&format!(
            r#"{{"Id": "MT.1", "Name": "MT.1: x", "Result": "{result}", "Severity": "{severity}", "ResultDetail": {detail}}}"#
        ))
    };
    let skipped = |word: &str, why: &str| format!(r#"{{"TestSkipped": "{word}", "SkippedReason": "{why}"}}"#);
    for (result, severity, detail, said) in [
        ("Passed", "High", "null", "1/1 high"),
        ("Failed", "Critical", "{}", "0/1 high"),
        ("Failed", "Medium", "null", "0/1 medium"),
        ("failed", "Low", "null", "0/1 low"),
        ("Failed", "Info", "null", "0/1 low"),
        ("Failed", "", "null", "0/1 medium"),
        (
            "Skipped",
            "High",
            &skipped("NotConnectedExchange", "Not connected.\\nSee x"),
            "not run: skipped: Not connected.",
        ),
        ("Skipped", "High", "null", "not run: skipped"),
        ("Skipped", "High", &skipped("NotDotGovDomain", "Only for agencies."), "nothing to test"),
        ("Skipped", "High", &skipped("LicensedEntraIDPremium", "For others."), "nothing to test"),
        ("Error", "High", &skipped("Error", "Forbidden"), "not run: the test went wrong: Forbidden"),
        ("Investigate", "High", "null", "not run: a person has to look at it"),
        ("NotRun", "High", "null", "not run: the test did not run"),
        ("Inconclusive", "High", "null", "not run: the test did not run"),
    ] {
        let lead = "maester:MT.1 of t-1/MT.1: x on 2026-06-20 told 2026-06-20: ";
        assert_eq!(told(result, severity, detail), format!("{lead}{said}"), "{result} {severity} {detail}");
    }
    assert_eq!(told("Fine", "High", "null"), "bad-value at Result: `Fine` is none that is known");
    assert_eq!(told("", "High", "null"), "bad-value at Result: there is none");
    assert_eq!(one("3"), "0/2 : bad-row at -: the row is no JSON object");
    assert_eq!(one(r#"{"Name": "no colon", "Result": "Passed"}"#), "0/2 no colon: bad-row at Id: the test has no id");
    assert_eq!(
        one(r#"{"Name": "MT.1 : of an older version", "Result": "Passed"}"#),
        "maester:MT.1 of t-1/MT.1 : of an older version on 2026-06-20 told 2026-06-20: 1/1 medium"
    );
}

#[test]
fn merged_runs_are_of_several_places() {
    let test = r#"{"Id": "MT.1", "Name": "MT.1: x", "Result": "Passed"}"#;
    let (one, two) = (run("T-1", test), run("T-2", test));
    let merged = format!(r#"{{"Tenants": [{one}, {two}, 3], "EndOfJson": "EndOfJson"}}"#);
    let told = |line: usize, tenant: &str| {
        format!("0/{line} MT.1: maester:MT.1 in {tenant} of {tenant}/MT.1: x on 2026-06-20 told 2026-06-20: 1/1 medium")
    };
    assert_eq!(lines(Format::Maester, &[&merged]), [told(2, "t-1"), told(3, "t-2")]);
    let apart = lines(Format::Maester, &[&one, &two]);
    assert_eq!(apart.iter().filter(|line| line.contains(" in t-")).count(), 2, "{apart:?}");
    // Runs of one tenant on several days are of no place; nor is one without a connection.
    assert!(lines(Format::Maester, &[&one, &one]).iter().all(|line| !line.contains(" in ")));
    let unconnected = run("TenantId (not connected to Graph)", test);
    assert_eq!(
        lines(Format::Maester, &[&unconnected]),
        ["0/2 MT.1: maester:MT.1 of /MT.1: x on 2026-06-20 told 2026-06-20: 1/1 medium"]
    );
    survives(Format::Maester, &merged);
}

#[test]
fn other_files_are_faults() {
    for text in ["[]", "{}", r#"{"Tests": 3}"#, r#"{"Tenants": [{}]}"#, r#"{"tenants": []}"#] {
        assert_eq!(
            faults(Format::Maester, text),
            ["the file holds no results of Maester: it has no list of `Tests`"],
            "{text}"
        );
    }
    let cut = run("T", "{\"Id\": \"MT.1\"}").replace("], \"EndOfJson\"", "");
    assert_eq!(faults(Format::Maester, &cut), ["the file is not JSON, or was cut off"]);
}

/// As the counts in the head of the file say, but for the test that concerns agencies only.
#[test]
fn the_sample() {
    let reading = read_samples(Format::Maester, &["TestResults-2026-06-19-212902.json"]);
    assert_eq!(
        counts(&reading),
        expected(&[("passed", 7), ("failed", 4), ("nothing-to-test", 1), ("not-run", 2 + 1 + 1 + 1)])
    );
}

/// The shipped map says of CISA's tests what the library says of CISA's policies.
#[test]
fn the_map_says_what_the_library_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut actions: Vec<(String, String)> = Vec::new();
    for file in std::fs::read_dir(root.join("templates/microsoft-cloud/actions")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let table: toml::Table = text.parse().unwrap();
        for action in table["action"].as_array().unwrap() {
            let signals = action.get("signals").and_then(|s| s.as_array()).into_iter().flatten();
            let id = action["id"].as_str().unwrap();
            actions.extend(signals.map(|signal| (signal.as_str().unwrap().to_owned(), id.to_owned())));
        }
    }
    let text = std::fs::read_to_string(root.join("tests/samples/maester/map.toml")).unwrap();
    let map: toml::Table = text.parse().unwrap();
    let policies = text.lines().filter_map(|line| line.strip_prefix("id = ")?.split_once(" # "));
    let policies: Vec<_> = policies.collect();
    let entries = map["match"].as_array().unwrap();
    assert_eq!((policies.len(), entries.len()), (38, 38));
    for (entry, (id, policy)) in entries.iter().zip(policies) {
        let number = id.trim_matches('"').strip_prefix("maester:CISA.").unwrap();
        assert_eq!(policy.rsplit_once('v').unwrap().0, number);
        let of = |(signal, action): &(String, String)| (*signal == format!("scuba:{policy}")).then(|| action.clone());
        let mut known: Vec<String> = actions.iter().filter_map(of).collect();
        known.sort();
        let mut named: Vec<&str> = entry["actions"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
        named.sort_unstable();
        assert_eq!(named, known, "{policy}");
    }
}
