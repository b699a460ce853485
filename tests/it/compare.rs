//! `annexa diff` as a person meets it, on a made-up library.
//!
//! A case is a folder with profiles and `args`, often a library over the made-up one; `expected.txt` is
//! what is printed, with the exit code as its last line, and `expected.json` the same for programs.

use crate::support::{cases, code, differs, done, err, folders, none, out, refused, run_in, run_with_input};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

/// Runs `annexa diff` in `folder` with the made-up library.
fn diff(folder: &Path, args: &[&str]) -> Output {
    let library = cases("migrate-library");
    let before = ["diff", "--no-builtin", "--library", library.to_str().unwrap()];
    run_in(folder, &[&before, args].concat())
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("diff")) {
        let case = cases("diff").join(&name);
        let args = fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = diff(&case, &args);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(code(&output), if name.starts_with("refused") { 2 } else { 0 }, "{name}: {text}");
        if code(&output) == 0 && !args.contains(&"--format") {
            let json = diff(&case, &[&args[..], &["--format", "json"]].concat());
            faults.extend(differs(&case.join("expected.json"), out(&json)));
        }
    }
    none(&faults);
}

fn causes(case: &str) -> Vec<Value> {
    let text = fs::read_to_string(cases("diff").join(case).join("expected.json")).unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["causes"].as_array().unwrap().clone()
}

#[test]
fn each_case_is_told_as_a_person_would() {
    let told = |case: &str| -> Vec<String> {
        let text = |c: &Value| {
            let amount = |key: &str| c[key].as_str().unwrap().trim_end_matches('0').trim_end_matches('.').to_owned();
            let amounts = ["achieved", "possible", "assured"].map(amount);
            format!("{} {} {}", c["cause"].as_str().unwrap(), amounts.join(" "), c["actions"])
        };
        causes(case).iter().map(text).collect()
    };
    // 27 points lose their proof, and nothing else moves.
    assert_eq!(told("evidence-lapses"), ["currency 0 0 -27 [\"require-two-factors\"]"]);
    assert_eq!(told("evidence-renewed"), ["currency 0 0 27 [\"require-two-factors\"]"]);
    // The template asks for one action more, which nobody has listed; both at once are told side by side.
    assert_eq!(told("template-changes"), ["template 0 27 0 [\"choose-cloud-services\"]"]);
    assert_eq!(told("evidence-lapses-and-template-changes").len(), 2);
    assert_eq!(told("evidence-lapses-and-template-changes")[0], told("evidence-lapses")[0]);
    assert_eq!(told("evidence-lapses-and-template-changes")[1], told("template-changes")[0]);
    // What is newly done brings its proof; what lapses meanwhile is told apart.
    assert_eq!(
        told("work-done-with-its-proof"),
        ["work-done 27 0 27 [\"destroy-media\"]", "currency 0 0 -27 [\"require-two-factors\"]"]
    );
    assert_eq!(told("scope"), ["scope 0 -54 0 [\"destroy-media\",\"keep-register-of-laws\"]"]);
    assert_eq!(told("newly-assessed"), ["newly-assessed 27 0 27 [\"keep-register-of-laws\"]"]);
    assert_eq!(told("a-service-comes-with-its-work"), ["scope 27 27 27 [\"switch-fax-off\"]"]);
    assert_eq!(told("nothing"), [""; 0]);
    let new = told("new-assessment");
    assert!(new.len() == 1 && new[0].starts_with("new-assessments 27 "), "{new:?}");
}

#[test]
fn standard_input_may_be_one_of_the_states() {
    let case = cases("diff/work-done-with-its-proof");
    let library = cases("migrate-library");
    let dates = ["--from-date", "2022-06-01", "--to-date", "2022-11-01"];
    let args = |from| {
        [&["diff", "--no-builtin", "--library", library.to_str().unwrap(), from, "after.toml"], &dates[..]].concat()
    };
    let before = fs::read(case.join("before.toml")).unwrap();
    let piped = run_with_input(&case, &args("-"), &before);
    assert_eq!(out(&piped), done(&case, &args("before.toml")));
    let said = refused(&case, &["diff", "-", "--from-library", library.to_str().unwrap()]);
    assert!(said.contains("cannot be read against two libraries"), "{said}");
}
