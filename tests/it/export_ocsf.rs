//! Compliance findings of OCSF: valid by the official schema, and read back as they were.

use crate::support::{code, done, folder_of, run_in};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const AS_OF: &str = "2021-12-01";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with all shipped profiles, one carried to the newer edition, and one whose texts mean harm.
fn profiles() -> tempfile::TempDir {
    let shipped = annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
    let folder = folder_of(shipped);
    fs::copy(root().join("tests/e2e/hostile.toml"), folder.path().join("hostile.toml")).unwrap();
    let to = ["migrate", "enterprise.toml", "--to", "microsoft-cloud/iso-27001-2022", "-o", "newer.toml"];
    done(folder.path(), &to);
    folder
}

fn findings(folder: &Path, profile: &str) -> Vec<Value> {
    let text = done(folder, &["export", "ocsf", profile, "--as-of", AS_OF]);
    serde_json::from_str(&text).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    names
}

#[test]
fn findings_are_valid_by_the_official_schema() {
    let path = root().join("tests/schemas/ocsf/ocsf-1.4.0-compliance_finding.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    // The validator sees what is wrong inside of what is referred to.
    assert!(!validator.is_valid(&json!({})));
    let folder = profiles();
    let names = names(folder.path());
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        let findings = findings(folder.path(), &name);
        assert!(!findings.is_empty(), "{name}");
        for finding in &findings {
            let faults: Vec<String> = validator.iter_errors(finding).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{name}: {faults:?} in {finding}");
        }
        let mut broken = findings[0].clone();
        broken["compliance"]["status_id"] = json!(7);
        assert!(!validator.is_valid(&broken));
        let uids: BTreeSet<&str> = findings.iter().map(|f| f["finding_info"]["uid"].as_str().unwrap()).collect();
        assert_eq!(uids.len(), findings.len(), "{name}: each finding has an id of its own");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_lines_hold_the_same() {
    let folder = profiles();
    let export = |more: &[&str]| {
        done(folder.path(), &[&["export", "ocsf", "us-government.toml", "--as-of", AS_OF], more].concat())
    };
    let list = export(&[]);
    assert_eq!(list, export(&[]));
    let lines: Vec<Value> = export(&["--lines"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, serde_json::from_str::<Vec<Value>>(&list).unwrap());
}

/// What the findings say of each action, as a script would count it from the report in JSON.
#[test]
fn a_finding_says_what_the_report_says() {
    let folder = profiles();
    for name in ["enterprise.toml", "us-government.toml"] {
        let text = done(folder.path(), &["report", name, "--format", "json", "--as-of", AS_OF]);
        let report: Value = serde_json::from_str(&text).unwrap();
        let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
        for action in report["actions"].as_array().unwrap().iter().filter(|action| action["owner"] == "customer") {
            let id = action["id"].as_str().unwrap().to_owned();
            for appraisal in action["appraisals"].as_array().unwrap() {
                let is_excluded = appraisal["state"] == "excluded";
                let places = appraisal["places"].as_array().unwrap();
                let mut told = |place: String, status: u64| {
                    // A group apart has a finding apart; of those that share one, the worst counts.
                    let rank = |status: u64| [2, 1, 3, 4].get(usize::try_from(status).unwrap()).copied().unwrap_or(0);
                    let group = appraisal["entry"]["group"].as_str().unwrap_or_default();
                    let kept = expected.entry((id.clone(), format!("{group}/{place}"))).or_insert(status);
                    *kept = if rank(status) > rank(*kept) { status } else { *kept };
                };
                if places.is_empty() {
                    told(String::new(), if is_excluded { 99 } else { 0 });
                }
                for place in places {
                    let test = place["test"].as_str().unwrap();
                    let is_done = ["implemented", "alternative"].contains(&place["implementation"].as_str().unwrap());
                    let status = if is_excluded || place["state"] == "not-in-scope" {
                        99
                    } else if test.starts_with("failed") || test == "partially-tested" || !is_done {
                        3
                    } else if place["state"] == "covered" && place["is_fresh"] == true {
                        1
                    } else {
                        2
                    };
                    told(place["name"].as_str().unwrap_or_default().to_owned(), status);
                }
            }
        }
        let mut found = BTreeMap::new();
        for finding in findings(folder.path(), name) {
            let own = &finding["unmapped"]["annexa"];
            let place =
                format!("{}/{}", own["group"].as_str().unwrap_or_default(), own["place"].as_str().unwrap_or_default());
            found.insert(
                (own["action"].as_str().unwrap().to_owned(), place),
                finding["compliance"]["status_id"].as_u64().unwrap(),
            );
        }
        assert_eq!(found, expected, "{name}");
        assert!(found.values().collect::<BTreeSet<_>>().len() >= 4, "{name} has findings of most kinds");
    }
}

/// The statuses that findings carry, without those that are another action's or nobody's.
fn statuses(findings: &[Value]) -> BTreeSet<String> {
    let own = findings.iter().map(|finding| &finding["unmapped"]["annexa"]);
    own.filter(|own| own["status_of"].is_null() && own["implementation"].is_string()).map(Value::to_string).collect()
}

#[test]
fn an_import_of_the_export_is_the_profile_itself() {
    let folder = profiles();
    for name in names(folder.path()) {
        let export = format!("{name}.json");
        done(folder.path(), &["export", "ocsf", &name, "--as-of", AS_OF, "-o", &export]);
        let before = fs::read(folder.path().join(&name)).unwrap();
        // Into the profile that it came from: nothing is new.
        let text =
            done(folder.path(), &["import", "ocsf", &export, "--profile", &name, "--format", "json", "--as-of", AS_OF]);
        let report: Value = serde_json::from_str(&text).unwrap();
        assert!(fs::read(folder.path().join(&name)).unwrap() == before, "{name}: {}", report["rows"]);
        assert_eq!((&report["rows"]["used"], &report["rows"]["conflicts"]), (&json!(0), &json!(0)), "{name}");
        // Into one that lists no action: all statuses come back.
        let mut profile: toml::Table = std::str::from_utf8(&before).unwrap().parse().unwrap();
        profile.remove("action");
        let bare = format!("bare-{name}");
        fs::write(folder.path().join(&bare), profile.to_string()).unwrap();
        let output = run_in(folder.path(), &["import", "ocsf", &export, "--profile", &bare, "--as-of", AS_OF]);
        assert_eq!(code(&output), 0, "{name}: {output:?}");
        let (whole, back) = (findings(folder.path(), &name), findings(folder.path(), &bare));
        let (back, whole) = (statuses(&back), statuses(&whole));
        let differ: Vec<&String> = back.symmetric_difference(&whole).take(6).collect();
        assert!(differ.is_empty() && !whole.is_empty(), "{name}: {differ:#?}");
        fs::remove_file(folder.path().join(&bare)).unwrap();
    }
}
