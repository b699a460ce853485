//! Reports to hand on, as a person meets them: every form, what was recorded, and what stands in their way.
//!
//! A case is a folder with profiles and `args`; `expected.md` is what is printed, with the exit code in a
//! comment as its last line.

use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

/// Runs the report in `folder` with the made-up library.
fn run(folder: &Path, args: &[&str]) -> Output {
    let library = cases("migrate-library");
    run_in(folder, &[&["report", "--no-builtin", "--library", library.to_str().unwrap()], args].concat())
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("report")) {
        let case = cases("report").join(&name);
        let args = fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = run(&case, &args);
        let text = format!("{}{}<!-- exit {} -->\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.md"), &text));
        assert_eq!((code(&output), &run(&case, &args).stdout), (0, &output.stdout), "{name}: twice the same");
        tables_are_whole(out(&output), &name);
    }
    none(&faults);
}

/// Every row of a table has as many cells as its head, and is not broken off.
fn tables_are_whole(text: &str, what: &str) {
    let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let mut head = None;
    for line in text.lines() {
        let is_row = line.starts_with('|');
        assert!(head.is_none() || is_row || line.is_empty(), "{what}: a table is broken at {line}");
        if !is_row {
            head = None;
            continue;
        }
        assert!(line.ends_with('|'), "{what}: {line}");
        assert_eq!(*head.get_or_insert(cells(line)), cells(line), "{what}: {line}");
    }
}

#[test]
fn figures_are_those_of_the_score_and_names_those_of_its_json() {
    let case = cases("report/one-assessment");
    let args = ["tenant.toml", "--as-of", "2022-06-01"];
    let json: Value = serde_json::from_str(out(&run(&case, &[&args[..], &["--format", "json"]].concat()))).unwrap();
    let library = cases("migrate-library");
    let scored = done(
        &case,
        &[&["score", "--no-builtin", "--library", library.to_str().unwrap()], &args[..], &["--format", "json"]]
            .concat(),
    );
    assert_eq!(json["score"], serde_json::from_str::<Value>(&scored).unwrap());
    // From a control to its actions, their places, and what proves them.
    let control =
        json["score"]["assessments"][0]["controls"].as_array().unwrap().iter().position(|c| c["id"] == "A.6.2");
    let action = json["assessments"][0]["controls"][control.unwrap()]["actions"][0].as_u64().unwrap();
    let action = &json["actions"][usize::try_from(action).unwrap()];
    assert_eq!((&action["id"], &action["appraisals"][0]["state"]), (&"lock-delivery-areas".into(), &"partial".into()));
    assert_eq!(action["appraisals"][0]["share"]["basis_points"], 5_000);
    assert_eq!(action["appraisals"][0]["figures"]["achieved"], "13.5000");
    let place = &action["appraisals"][0]["places"][0];
    assert_eq!((&place["name"], &place["fresh_until"]), (&"Plant 1".into(), &"2022-07-01".into()));
    assert_eq!(place["location"]["file"], "tenant.toml");
    let item = &json["evidence"][usize::try_from(place["evidence"][0].as_u64().unwrap()).unwrap()];
    assert_eq!((&item["id"], &item["state"], &item["counts_to"]), (&"photos".into(), &"current".into(), &Value::Null));
    let accepted = json["actions"].as_array().unwrap().iter().find(|a| a["id"] == "destroy-media").unwrap();
    assert_eq!(accepted["accepted"]["until"], "2022-07-31");
    let parent = json["actions"].as_array().unwrap().iter().find(|a| a["id"] == "review-policies").unwrap();
    assert_eq!(parent["appraisals"][0]["status_of"], "write-policies");
    let states: Vec<&str> = json["services"].as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["attested", "external"]);
    assert_eq!(json["services"][0]["evidence"][0]["is_named"], true);
    let excluded = json["assessments"][0]["controls"].as_array().unwrap().last().unwrap();
    assert_eq!(excluded["exclusion"]["justification"], "No fax is left");
    let lapses: Vec<&str> =
        json["lapses"].as_array().unwrap().iter().map(|l| l["last_day"].as_str().unwrap()).collect();
    assert_eq!(lapses, ["2022-06-19", "2022-07-01", "2022-07-31", "2022-08-15"]);
    assert_eq!(json["history"], Value::Null);
}

#[test]
fn the_form_is_the_one_named_else_that_of_the_ending() {
    let case = fs::read(cases("report/one-assessment/tenant.toml")).unwrap();
    let folder = folder_of([("tenant.toml", &case[..])]);
    let write = |args: &[&str]| {
        let output = run(folder.path(), &[&["tenant.toml", "--as-of", "2022-06-01", "--hours", "0"], args].concat());
        assert_eq!((code(&output), out(&output)), (0, ""), "{}", err(&output));
        err(&output).to_owned()
    };
    assert_eq!(write(&["-o", "report.md"]), "report of 1 tenant in report.md\n");
    assert_eq!(write(&["-o", "report.JSON", "-q"]), "");
    write(&["-o", "notes.txt", "--format", "markdown"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("report.md"), read("notes.txt"));
    assert!(read("report.md").starts_with("# Contoso Ltd as of 1 June 2022\n"));
    assert!(serde_json::from_str::<Value>(&read("report.JSON")).is_ok());
    // Nothing is written where the ending says nothing, or the profile is none.
    let output = run(folder.path(), &["tenant.toml", "-o", "report.doc"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("`.md`"), "{}", err(&output));
    let output = run(folder.path(), &["tenant.toml", "missing.toml", "-o", "both.md"]);
    assert_eq!(code(&output), 2);
    let output = run(folder.path(), &["tenant.toml", "-o", "nowhere/report.md"]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    let names = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names, ["notes.txt", "report.JSON", "report.md", "tenant.toml"]);
}

#[test]
fn what_was_recorded_is_told_where_there_is_something() {
    let case = fs::read_to_string(cases("report/one-assessment/tenant.toml")).unwrap();
    let folder = folder_of([("tenant.toml", case.as_bytes())]);
    let library = cases("migrate-library");
    let library = ["--no-builtin", "--library", library.to_str().unwrap()];
    let record = |day: &str| {
        done(folder.path(), &[&["history", "record", "tenant.toml", "--as-of", day], &library[..]].concat());
    };
    let report =
        |args: &[&str]| run(folder.path(), &[&["tenant.toml", "--hours", "0", "--as-of", "2022-06-01"], args].concat());
    let json = |args: &[&str]| -> Value {
        let output = report(&[args, &["--format", "json"]].concat());
        assert_eq!((code(&output), err(&output)), (0, ""));
        serde_json::from_str(out(&output)).unwrap()
    };
    let without = out(&report(&[])).to_owned();
    assert!(!without.contains("## Trend"));
    ["2022-01-01", "2022-03-15", "2022-06-01", "2022-07-01"].into_iter().for_each(record);
    // The date of the report is its last; the change is from the snapshot of the date before.
    let told = json(&[]);
    let days: Vec<&str> =
        told["history"]["trend"]["points"].as_array().unwrap().iter().map(|p| p["as_of"].as_str().unwrap()).collect();
    assert_eq!(days, ["2022-01-01", "2022-03-15", "2022-06-01"]);
    let change = &told["history"]["change"];
    assert_eq!((&change["from"]["as_of"], &change["to"]["as_of"]), (&"2022-03-15".into(), &"2022-06-01".into()));
    assert_eq!(change["to"]["achieved"], told["score"]["overall"]["achieved"]);
    let text = out(&report(&[])).to_owned();
    assert!(text.starts_with(without.trim_end()) && text.contains("## Trend\n"), "{text}");
    assert!(text.contains("### What changed since 15 March 2022\n"), "{text}");
    assert_eq!(out(&report(&["--no-history"])), without);
    let elsewhere = folder.path().join(".annexa/history.db");
    assert_eq!(out(&report(&["--db", elsewhere.to_str().unwrap()])), text);
    // Of another tenant nothing is recorded there.
    let other = folder_of([("tenant.toml", case.replace("contoso.example", "other.example").as_bytes())]);
    let beside = other.path().join(".annexa");
    fs::create_dir(&beside).unwrap();
    fs::copy(&elsewhere, beside.join("history.db")).unwrap();
    let output = run(other.path(), &["tenant.toml", "--hours", "0", "--as-of", "2022-06-01"]);
    assert_eq!((out(&output), err(&output)), (without.as_str(), ""));
    // A history that does not hold stops nothing, unless it was named.
    fs::write(&elsewhere, "no history at all").unwrap();
    let output = report(&[]);
    assert_eq!((code(&output), out(&output)), (0, without.as_str()));
    assert!(
        err(&output).starts_with("warning: `.annexa/history.db`: ")
            && err(&output).ends_with("; the report leaves the history out\n")
    );
    assert_eq!(err(&report(&["-q"])), "");
    for named in [".annexa/history.db", "missing.db"] {
        let output = report(&["--db", named]);
        assert_eq!((code(&output), out(&output)), (2, ""), "{}", err(&output));
    }
    refused(folder.path(), &["report", "tenant.toml", "--db", "x", "--no-history"]);
}

#[test]
fn a_report_of_the_largest_starter_fits_into_a_comment() {
    let profiles = annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes()));
    let folder = folder_of(profiles);
    for lang in ["en", "ja"] {
        let args = ["report", "enterprise.toml", "--as-of", "2021-12-01", "--lang", lang];
        let text = done(folder.path(), &args);
        assert!(text.encode_utf16().count() < 65_536 && text.contains("--full"), "{lang}");
        tables_are_whole(&text, lang);
        let full = done(folder.path(), &[&args[..], &["--full", "--hours", "0"]].concat());
        assert!(full.encode_utf16().count() > 65_536 && !full.contains("--full"), "{lang}");
        tables_are_whole(&full, lang);
    }
    let all = ["report", "enterprise.toml", "small-business.toml", "us-government.toml", "--as-of", "2021-12-01"];
    let text = done(folder.path(), &[&all[..], &["--hours", "0"]].concat());
    assert!(text.starts_with("# Compliance report, 3 tenants\n") && text.encode_utf16().count() < 65_536);
    // Of many tenants less of each is told, and of very many their figures in a row.
    let of = |count: usize| {
        let profiles = vec!["small-business.toml"; count];
        let args = [&["report"], &profiles[..], &["--as-of", "2021-12-01", "--hours", "0"]].concat();
        let text = done(folder.path(), &args);
        assert!(text.encode_utf16().count() < 65_536);
        tables_are_whole(&text, &count.to_string());
        text
    };
    assert!(of(12).contains("What is missing"));
    let figures = of(50);
    assert!(!figures.contains("What is missing") && figures.contains("Controls: excluded"));
    let overview = of(150);
    assert_eq!((overview.matches("\n# ").count(), overview.matches("Fabrikam Bikes").count()), (0, 150));
}

#[test]
fn of_many_tenants_less_of_each_is_told_and_of_very_many_a_row() {
    let of = |count: usize| {
        let args = [&vec!["tenant.toml"; count][..], &["--as-of", "2022-06-01", "--hours", "0"]].concat();
        let output = run(&cases("report/one-assessment"), &args);
        assert_eq!((code(&output), err(&output)), (0, ""));
        assert!(out(&output).encode_utf16().count() < 65_536, "{count}");
        tables_are_whole(out(&output), &count.to_string());
        out(&output).to_owned()
    };
    let headings = |text: &str| text.matches("\n# Contoso").count();
    let (few, many, most) = (of(12), of(50), of(200));
    assert_eq!((headings(&few), few.matches("### What is missing").count()), (12, 12));
    assert_eq!((headings(&many), many.matches("### What is missing").count()), (50, 0));
    assert_eq!((headings(&most), most.matches("\n| Contoso Ltd |").count()), (0, 200));
    assert!(many.contains("`--full`") && most.contains("`--full`"));
}

/// What no text of a profile may do in a report.
const HOSTILE: &str = "<script>alert(1)</script> =cmd|' /C calc'!A0 ](javascript:alert(1)) \\| **b** `c` \\u202egnp.exe \\u0007 \\u001b[31m 🏴‍☠️ ";

fn hostile_profile() -> String {
    let text = format!("{HOSTILE}{}", "x".repeat(10_000));
    let short = HOSTILE.replace('\\', "\\\\").replace("\\\\u", "\\u");
    let long = text.replace('\\', "\\\\").replace("\\\\u", "\\u");
    let mut profile = format!(
        "[organization]\nname = \"{short}\"\ntenant = \"{short}\"\n[[assessment]]\ntemplate = \"acme-cloud/old\"\n\
         group = \"{short}\"\n[[service]]\nid = \"acme-mail\"\n[[service]]\nid = \"other\"\nexternal = true\nname = \"{short}\"\n"
    );
    for (n, action) in ["write-policies", "review-policies", "destroy-media"].iter().enumerate() {
        let _ = write!(
            profile,
            "[[action]]\nid = \"{action}\"\nassigned_to = \"{n}{short}\"\nnotes = \"{long}\"\n[[action.instance]]\n\
             name = \"{short}\"\nimplementation = \"implemented\"\ntest = \"passed\"\ntested_on = 2022-05-01\n\
             evidence = [\"item\"]\n[[action.instance]]\nname = \"{n}\"\nimplementation = \"planned\"\n"
        );
    }
    let _ = write!(
        profile,
        "[[evidence]]\nid = \"item\"\ntitle = \"{long}\"\nkind = \"{long}\"\nurl = \"https://example.com/a)b|c\"\nvalid_to = 2022-07-01\n\
         [[exclusion]]\ncontrol = \"A.9.1\"\njustification = \"{long}\"\n\
         [[risk_acceptance]]\naction = \"destroy-media\"\nowner = \"{short}\"\nexpires_on = 2022-07-31\nrationale = \"{long}\"\n"
    );
    profile
}

#[test]
fn texts_that_would_do_harm_do_none() {
    let profile = hostile_profile();
    let folder = folder_of([("tenant.toml", profile.as_bytes())]);
    for args in [&["--format", "markdown"][..], &["--full"], &["--format", "json"]] {
        let output = run(folder.path(), &[&["tenant.toml", "--as-of", "2022-06-01"], args].concat());
        assert_eq!(code(&output), 0, "{}", err(&output));
        let text = out(&output);
        let is_json = args.contains(&"json");
        let is_harmful = |c: char| (c.is_control() && c != '\n') || (!is_json && matches!(c, '\u{202a}'..='\u{202e}'));
        assert_eq!(text.chars().find(|c| is_harmful(*c)), None, "{args:?}");
        if is_json {
            let json: Value = serde_json::from_str(text).unwrap();
            assert!(json["score"]["organization"].as_str().unwrap().contains("<script>"));
            continue;
        }
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script"), "{args:?}");
        assert!(!text.replace("\\]", "").contains("](javascript"), "{args:?}");
        tables_are_whole(text, "hostile");
        let is_full = args == ["--full"];
        assert_eq!(text.contains("(<https://example.com/a)b%7Cc>)"), is_full);
        assert_eq!(text.contains(&"x".repeat(1_000)), is_full);
    }
}
