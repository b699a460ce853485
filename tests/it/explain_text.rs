//! `annexa explain` as a person meets it: whole texts kept word for word, and every code.
//!
//! A case is a folder with `args` and mostly a profile; `expected.txt` is standard output, then
//! standard error and, as its last line, the exit code.

use crate::support::{cases, code, differs, err, folder_of, folders, none, out, run_in};
use annexa::Code;
use serde_json::Value;
use std::fs;

#[test]
fn of_each_subject_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("explain")) {
        let folder = cases("explain").join(&name);
        let args = fs::read_to_string(folder.join("args")).unwrap();
        let output = run_in(&folder, &args.split_whitespace().collect::<Vec<_>>());
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&folder.join("expected.txt"), &text));
    }
    none(&faults);
}

#[test]
fn every_code_is_told_with_its_severity_and_what_it_means() {
    let folder = folder_of([]);
    for known in Code::ALL {
        let told = run_in(folder.path(), &["explain", known.name()]);
        let expected = format!("{}[{}]\n\n{}\n", known.severity().word(), known.name(), known.explanation());
        assert_eq!((out(&told), err(&told), code(&told)), (expected.as_str(), "", 0));
    }
}

#[test]
fn the_json_carries_the_figures_and_the_lines() {
    let folder = cases("explain").join("a-control-as-a-tree-then-what-it-lacks-then-where-it-stands");
    let output = run_in(&folder, &["explain", "profile.toml", "5.2", "--as-of", "2020-06-01", "--format", "json"]);
    let told: Value = serde_json::from_str(out(&output)).unwrap();
    let root = &told["roots"][0];
    assert_eq!((&root["kind"], &root["state"]), (&"control".into(), &"partial".into()));
    assert_eq!((&root["figures"]["achieved"], &root["figures"]["possible"]), (&"18.0000".into(), &45.into()));
    let action = &root["children"][0]["children"][0];
    assert_eq!((&action["id"], &action["share"]["basis_points"]), (&"approve-isms-policy".into(), &10_000.into()));
    assert_eq!((&action["place"]["file"], &action["place"]["line"]), (&"profile.toml".into(), &30.into()));
    let evidence = &action["children"][0]["children"][0];
    assert_eq!((&evidence["id"], &evidence["state"]), (&"isms-policy".into(), &"lapsed".into()));
}
