//! Crosswalks over several hops and scores derived along them, as a person meets them.
//!
//! A case is a folder with `args`; `expected.txt` is standard output, then standard error and, as its
//! last line, the exit code. The cases share a library of three frameworks in a row and one apart.

use crate::support::{cases, code, differs, done, err, folders, none, out, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn each_way_of_asking_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("crosswalk")).into_iter().filter(|name| name != "library") {
        let folder = cases("crosswalk").join(&name);
        let args = fs::read_to_string(folder.join("args")).unwrap();
        let output = run_in(&folder, &args.split_whitespace().collect::<Vec<_>>());
        // A spreadsheet's line ends are tested elsewhere; here they would hide differences.
        let text = format!("{}{}exit {}\n", out(&output).replace('\r', ""), err(&output), code(&output));
        faults.extend(differs(&folder.join("expected.txt"), &text));
    }
    none(&faults);
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&done(here(), &[args, &["--format", "json"]].concat())).unwrap()
}

#[test]
fn the_edition_of_2013_reaches_csf_by_way_of_2022_and_every_hop_is_named() {
    let answer = json(&["crosswalk", "iso-27001-2013", "nist-csf-2.0"]);
    assert_eq!(answer["via"], serde_json::json!(["iso-27001-2022"]));
    let controls = answer["controls"].as_array().unwrap();
    assert!(controls.len() > 40, "{} controls", controls.len());
    for control in controls {
        for target in control["targets"].as_array().unwrap() {
            let path = target["path"].as_array().unwrap();
            assert_eq!(path.len(), 2, "{target}");
            assert_eq!(path[0]["framework"], "iso-27001-2022");
            assert_eq!((&path[1]["framework"], &path[1]["control"]), (&"nist-csf-2.0".into(), &target["id"]));
            let crosswalks = path.iter().map(|s| s["crosswalks"][0].as_str().unwrap()).collect::<Vec<_>>();
            assert_eq!(crosswalks, ["iso-27001-2013--iso-27001-2022", "iso-27001-2022--nist-csf-2.0"]);
        }
    }
    let (with, without) = (&answer["counts"]["with_target"], answer["without_target"].as_array().unwrap());
    assert_eq!(with.as_u64().unwrap() + u64::try_from(without.len()).unwrap(), 140);
}

#[test]
fn what_is_new_in_2022_has_no_source_in_2013() {
    let answer = json(&["crosswalk", "iso-27001-2013", "iso-27001-2022"]);
    let new: Vec<&str> = answer["new"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect();
    for id in
        ["A.5.7", "A.5.23", "A.5.30", "A.7.4", "A.8.9", "A.8.10", "A.8.11", "A.8.12", "A.8.16", "A.8.23", "A.8.28"]
    {
        assert!(new.contains(&id), "{id} is not among {new:?}");
    }
}

#[test]
fn a_derived_score_keeps_clear_of_what_is_not_proved() {
    let profile = "templates/microsoft-cloud/profiles/enterprise.toml";
    for framework in ["nist-csf-2.0", "cis-controls-v8", "nist-sp-800-53-r5"] {
        let score = json(&["score", profile, "--as-of", "2021-12-01", "--framework", framework]);
        assert_eq!(score["derived"], true);
        for control in score["controls"].as_array().unwrap() {
            let proof = control["sources"].as_array().unwrap().iter().any(|source| {
                source["coverage"] == 10_000 && ["equal", "superset"].iter().any(|r| source["relation"] == *r)
            });
            assert_eq!(control["status"] == "covered", proof, "{framework}: {control}");
        }
    }
}

#[test]
fn several_profiles_make_a_list() {
    let folder = cases("crosswalk").join("library");
    let args = ["score", "../profile.toml", "../profile.toml", "--as-of", "2020-06-01", "--framework", "gamma"];
    let text = done(&folder, &[&args[..], &["--no-builtin", "--library", ".", "--format", "json"]].concat());
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0], list[1]);
}
