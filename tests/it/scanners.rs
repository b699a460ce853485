//! Samples of Prowler and ScubaGear, read: what each comes to, counted apart by hand and by a script.

use crate::support::{done, folder_of};
use annexa::import::source::{Format, read};
use annexa::import::{Finding, Input, Map, Reading, Subject};
use annexa::{Choice, Sources};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn sample(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path)
}

/// What the bytes come to; else the messages of all faults.
fn reading(format: Format, bytes: Vec<u8>) -> Result<Reading, Vec<String>> {
    let mut sources = Sources::default();
    let input = Input::new("sample", bytes, &mut sources).map_err(|fault| vec![fault.message])?;
    let read = read(format, &[input], &Map::default(), &sources);
    read.map_err(|faults| faults.sorted().iter().map(|fault| fault.message.clone()).collect())
}

/// How many facts there are of each finding, and how many rows without use for each reason.
fn counts(reading: &Reading) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let facts = reading.facts.iter().map(|fact| match &fact.finding {
        Finding::Checked { met: 0, of: 1, risk } => format!("failed-{}", risk.word()),
        Finding::Checked { met: 1, of: 1, .. } => "passed".to_owned(),
        Finding::Checked { .. } => "checked".to_owned(),
        Finding::NothingToTest => "nothing-to-test".to_owned(),
        Finding::NotRun(_) => "not-run".to_owned(),
        Finding::Stated(_) => "stated".to_owned(),
        Finding::Accepted(_) => "accepted".to_owned(),
    });
    for name in facts.chain(reading.unused.iter().map(|row| format!("unused: {}", row.reason.word()))) {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn whole(format: Format, path: &str) -> Reading {
    reading(format, fs::read(sample(path)).unwrap()).unwrap_or_else(|faults| panic!("{path}: {faults:?}"))
}

fn holds(format: Format, path: &str, expected: &[(&str, usize)]) -> Reading {
    let reading = whole(format, path);
    let expected: BTreeMap<String, usize> = expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    assert_eq!(counts(&reading), expected, "{path}");
    reading
}

/// The days that the facts are of.
fn days(reading: &Reading) -> Vec<Option<String>> {
    let mut days: Vec<_> = reading.facts.iter().map(|fact| fact.on.map(|day| day.to_string())).collect();
    days.sort();
    days.dedup();
    days
}

#[test]
fn findings_of_prowler_are_read() {
    let csv = holds(Format::Prowler, "prowler/example_output_azure.csv", &[("passed", 3), ("failed-high", 1)]);
    assert_eq!(days(&csv), [Some("2025-02-14".to_owned())]);
    // Placeholders hide the subscription, so that nothing is said of a place.
    assert!(csv.facts.iter().all(|fact| fact.place.is_none() && fact.resource.is_some()));
    let failed = csv.facts.iter().find(|fact| fact.finding == Finding::checked(false, annexa::profile::Risk::High));
    let failed = failed.unwrap();
    assert_eq!(failed.subject, Subject::Signal("prowler-azure:aks_clusters_public_access_disabled".to_owned()));
    assert_eq!(failed.row.line, 4);
    let counted = [("failed-high", 1), ("failed-medium", 3), ("failed-low", 1)];
    for format in [Format::Prowler, Format::Ocsf] {
        let ocsf = holds(format, "prowler/example_output_azure.ocsf.json", &counted);
        assert_eq!(days(&ocsf), [Some("2025-02-14".to_owned())]);
        let first = ocsf.facts.first().unwrap();
        assert_eq!(first.subject.text(), "prowler-azure:appinsights_ensure_is_configured");
        assert_eq!((first.row.line, first.resource.as_deref()), (2, Some("AppInsights in global")));
    }
}

#[test]
fn results_of_scubagear_are_read() {
    let results = [("passed", 57), ("failed-high", 14), ("failed-medium", 12), ("not-run", 9)];
    let json = holds(Format::Scubagear, "scubagear/ScubaResults.json", &results);
    assert_eq!(days(&json), [Some("2026-05-04".to_owned())]);
    let csv = holds(Format::Scubagear, "scubagear/ScubaResults.csv", &results);
    assert_eq!(days(&csv), [None]);
    let told = |reading: &Reading| -> BTreeMap<String, Finding> {
        reading.facts.iter().map(|fact| (fact.subject.text().to_owned(), fact.finding.clone())).collect()
    };
    assert_eq!(told(&json), told(&csv));
    let plan = holds(Format::Scubagear, "scubagear/ActionPlan.csv", &[("failed-high", 14)]);
    let failed = told(&json).into_iter().filter(|(id, _)| told(&plan).contains_key(id)).count();
    assert_eq!(failed, 14);
    // No text in HTML comes along.
    assert!(!format!("{:?}{:?}{:?}", json, csv, plan).contains('<'));
}

#[test]
fn the_configuration_of_scubagear_says_what_is_accepted() {
    let counted = [("accepted", 7), ("stated", 2), ("unused: disregarded", 1)];
    let config = holds(Format::Scubagear, "scubagear/full_config.yaml", &counted);
    let until: BTreeMap<&str, Option<String>> = config
        .facts
        .iter()
        .filter_map(|fact| match &fact.finding {
            Finding::Accepted(accepted) => Some((fact.subject.text(), accepted.expires_on.map(|day| day.to_string()))),
            _ => None,
        })
        .collect();
    assert_eq!(until["scuba:MS.EXO.5.1v1"].as_deref(), Some("2026-12-31"));
    assert_eq!(until["scuba:MS.SHAREPOINT.3.3v2"].as_deref(), Some("2026-01-03"));
    assert_eq!(until.values().flatten().count(), 2);
    // An alias stands for what its anchor says.
    let why = |id: &str| config.facts.iter().find(|fact| fact.subject.text() == id).map(|fact| &fact.finding);
    assert_eq!(why("scuba:MS.TEAMS.6.2v1"), why("scuba:MS.TEAMS.6.1v1"));
}

/// A sample, the profile, more arguments; rows read, used and in conflict; rows without use by reason.
type Expected<'a> = (&'a str, &'a str, &'a [&'a str], [u64; 3], &'a [(&'a str, u64)]);

/// Imports a sample into a shipped profile; rows read, used, known already, in conflict, and unused by reason.
fn imported(folder: &Path, sample_of: &str, profile: &str, more: &[&str]) -> ([u64; 4], Vec<(String, u64)>) {
    let format = sample_of.split('/').next().unwrap();
    let path = sample(sample_of);
    let args = ["import", format, path.to_str().unwrap(), "--profile", profile, "--format", "json"];
    let report: Value = serde_json::from_str(&done(folder, &[&args[..], more].concat())).unwrap();
    let rows = ["read", "used", "confirmed", "conflicts"].map(|key| report["rows"][key].as_u64().unwrap());
    let reasons = report["reasons"].as_array().unwrap().iter();
    let reasons = reasons.map(|r| (r["reason"].as_str().unwrap().to_owned(), r["rows"].as_u64().unwrap()));
    (rows, reasons.collect())
}

#[test]
fn samples_are_imported_with_a_reason_for_each_row_that_is_not_used() {
    let small: &[&str] = &["--as-of", "2026-06-01"];
    let dated = &["--as-of", "2026-06-01", "--date", "2026-05-04"];
    let owned = &["--as-of", "2026-06-01", "--owner", "ciso", "--expires", "2027-06-30"];
    let scuba = [("not-run", 8), ("no-action", 5), ("service-not-used", 3), ("not-all-run", 2), ("out-of-scope", 1)];
    let config = [("disregarded", 1), ("no-status", 1), ("no-action", 3)];
    // Counted by a script of its own from the samples, the profiles and the library.
    let expected: [Expected<'_>; 6] = [
        ("prowler/example_output_azure.csv", "enterprise.toml", small, [4, 4, 0], &[]),
        ("prowler/example_output_azure.ocsf.json", "enterprise.toml", small, [5, 4, 0], &[("no-action", 1)]),
        ("scubagear/ScubaResults.json", "small-business.toml", small, [92, 73, 1], &scuba),
        ("scubagear/ScubaResults.csv", "small-business.toml", dated, [92, 73, 1], &scuba),
        ("scubagear/ActionPlan.csv", "small-business.toml", dated, [14, 12, 0], &[("no-action", 2)]),
        ("scubagear/full_config.yaml", "small-business.toml", owned, [10, 5, 0], &config),
    ];
    for (sample, profile, more, [read, used, conflicts], reasons) in expected {
        let shipped =
            annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
        let folder = folder_of(shipped);
        let known = |reasons: Vec<(String, u64)>| reasons.into_iter().collect::<BTreeMap<_, _>>();
        let wanted = known(reasons.iter().map(|(reason, rows)| ((*reason).to_owned(), *rows)).collect());
        let (rows, found) = imported(folder.path(), sample, profile, more);
        assert_eq!((rows, known(found)), ([read, used, 0, conflicts], wanted.clone()), "{sample}");
        // Again, all that was used is known already, and nothing changes.
        let text = fs::read(folder.path().join(profile)).unwrap();
        let (rows, found) = imported(folder.path(), sample, profile, more);
        assert_eq!((rows, known(found)), ([read, 0, used, conflicts], wanted), "{sample} again");
        assert_eq!(fs::read(folder.path().join(profile)).unwrap(), text, "{sample} again");
    }
}

#[test]
fn a_sample_cut_anywhere_ends_well() {
    for (format, path) in [
        (Format::Prowler, "prowler/example_output_azure.csv"),
        (Format::Ocsf, "prowler/example_output_azure.ocsf.json"),
        (Format::Scubagear, "scubagear/ScubaResults.json"),
        (Format::Scubagear, "scubagear/ActionPlan.csv"),
        (Format::Scubagear, "scubagear/full_config.yaml"),
    ] {
        let bytes = fs::read(sample(path)).unwrap();
        let whole = reading(format, bytes.clone()).unwrap();
        for cut in (0..bytes.len()).step_by(bytes.len() / 40) {
            let result = reading(format, bytes[..cut].to_vec());
            assert!(!path.ends_with(".json") || result.is_err(), "{path} cut at {cut} is no JSON");
            if let Ok(part) = result {
                assert!(part.facts.len() <= whole.facts.len(), "{path} cut at {cut}");
            }
        }
    }
}
