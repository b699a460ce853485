//! `annexa forecast` as a person meets it, on a made-up library.
//!
//! A case is a folder with a profile and `args`, often a library over the made-up one; `expected.txt` is
//! what is printed, with the exit code as its last line, and `expected.<format>` the same in another form.

use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in, run_with_input};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

fn forecast(folder: &Path, more: &[&str]) -> Output {
    let library = cases("migrate-library");
    let args = fs::read_to_string(folder.join("args")).unwrap();
    let before = ["forecast", "profile.toml", "--no-builtin", "--library", library.to_str().unwrap()];
    let own: Vec<&str> = args.split_whitespace().collect();
    run_in(folder, &[&before, &own[..], more].concat())
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("forecast")) {
        let case = cases("forecast").join(&name);
        let output = forecast(&case, &[]);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(code(&output), if name.starts_with("refused") { 2 } else { 0 }, "{name}: {text}");
        for format in ["json", "csv", "ics"] {
            let expected = case.join(format!("expected.{format}"));
            if expected.exists() {
                faults.extend(differs(&expected, out(&forecast(&case, &["--format", format]))));
            }
        }
    }
    none(&faults);
}

fn json(case: &str, more: &[&str]) -> Value {
    let output = forecast(&cases("forecast").join(case), &[&["--format", "json"], more].concat());
    serde_json::from_str(out(&output)).unwrap()
}

/// Each step after the first as `date percent assurance: kind id points [controls]; ...`.
fn told(line: &Value) -> Vec<String> {
    let step = |step: &Value| {
        let event = |e: &Value| {
            let text = |key: &str| e[key].as_str().unwrap().to_owned();
            let points = text("points").trim_end_matches('0').trim_end_matches('.').to_owned();
            let controls: Vec<&str> = e["controls"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
            format!("{} {} {points} [{}]", text("kind"), text("id"), controls.join(" "))
        };
        let events: Vec<String> = step["events"].as_array().unwrap().iter().map(event).collect();
        let from = step["from"].as_str().unwrap();
        format!("{from} {} {}: {}", step["percent"], step["assurance_percent"], events.join("; "))
    };
    line["steps"].as_array().unwrap().iter().skip(1).map(step).collect()
}

#[test]
fn each_lapse_goes_with_its_points_and_controls() {
    let lapses = json("evidence-lapses", &[]);
    assert_eq!(
        told(&lapses),
        [
            "2022-10-01 50.0 37.5: evidence-lapsed sign-in-policy -27 [A.6.1]",
            "2023-01-01 50.0 25.0: evidence-lapsed cert-acme-mail -27 [A.5.1]",
            "2023-03-01 50.0 12.5: evidence-lapsed minutes-autumn -27 [A.5.2]",
        ]
    );
    assert_eq!(lapses["below"], serde_json::json!({ "score": null, "assurance": "2022-10-01" }));
    // The report holds on when the certificate ends, and then names no end of its own.
    assert_eq!(
        told(&json("audit-cycle-ends", &[]))[1],
        "2023-05-15 25.0 0.0: audit-cycle-ended report-acme-mail -27 [A.5.1]"
    );
    assert_eq!(
        told(&json("service-retires", &[])),
        [
            "2022-08-01 25.0 25.0: service-named acme-fax 13.5 [A.5.1]",
            "2022-10-01 18.75 18.75: service-retired acme-fax -13.5 [A.5.1]",
            "2023-01-01 18.75 12.5: evidence-lapsed cert-acme-mail -13.5 [A.5.1]",
            "2023-01-15 18.75 18.75: evidence-starts cert-acme-mail-2023 13.5 [A.5.1]",
        ]
    );
    assert_eq!(
        told(&json("acceptance-lapses", &[]))[0],
        "2022-10-01 25.0 25.0: acceptance-lapsed lock-delivery-areas 0 [A.6.2]"
    );
}

#[test]
fn work_that_is_due_counts_from_its_day_in_a_second_line() {
    let planned = json("planned-and-overdue", &[]);
    assert!(told(&planned).iter().all(|step| step.contains(" 25.0 ")), "{:?}", told(&planned));
    assert_eq!(
        told(&planned["planned"])[..2],
        [
            "2022-07-31 50.0 50.0: action-done review-policies 54 [A.5.2 A.8.1]",
            "2022-10-31 62.5 50.0: evidence-lapsed handbook -27 [4.1 A.5.1]; action-done require-two-factors 27 [A.6.1]",
        ]
    );
    let actions = |list: &str| -> Vec<String> {
        let list = planned[list].as_array().unwrap().iter();
        list.map(|due| format!("{} {}", due["due_on"].as_str().unwrap(), due["action"].as_str().unwrap())).collect()
    };
    assert_eq!(actions("due"), ["2022-07-31 review-policies", "2022-10-31 require-two-factors"]);
    assert_eq!(actions("overdue"), ["2022-05-31 lock-delivery-areas"]);
    assert_eq!(json("evidence-lapses", &[])["planned"], Value::Null);
}

#[test]
fn a_threshold_is_compared_exactly_and_no_score_is_below_it() {
    // 81 of 216 points are 37.5 %.
    let below = |more: &[&str]| json("evidence-lapses", more)["below"].clone();
    let dates =
        |score: Option<&str>, assurance: Option<&str>| serde_json::json!({ "score": score, "assurance": assurance });
    assert_eq!(below(&["--target", "37.5"]), dates(None, Some("2023-01-01")));
    assert_eq!(below(&["--target", "37.51"]), dates(None, Some("2022-10-01")));
    assert_eq!(below(&["--floor", "50.01", "--floor-assurance", "5"]), dates(Some("2022-06-01"), None));
    assert_eq!(below(&["--floor", "50"]), dates(None, Some("2022-10-01")));
    assert_eq!(json("no-score", &[])["below"], dates(Some("2022-06-01"), Some("2022-06-01")));
    // Assessments with different targets have none in common, and each has its own dates.
    let two = json("tests-lapse", &[]);
    assert_eq!(two["below"], dates(None, None));
    let each: Vec<&Value> = two["assessments"].as_array().unwrap().iter().map(|a| &a["below"]).collect();
    assert_eq!(each, [&dates(None, Some("2023-01-01")), &dates(None, Some("2022-10-31"))]);
}

/// The lines of a calendar, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    text.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

fn calendar(case: &str, more: &[&str]) -> Vec<String> {
    lines(out(&forecast(&cases("forecast").join(case), &[&["--format", "ics"], more].concat())))
}

#[test]
fn the_calendar_has_an_entry_for_each_end_ahead_of_it() {
    let starts = |lines: &[String]| -> Vec<String> {
        lines.iter().filter_map(|l| l.strip_prefix("DTSTART;VALUE=DATE:")).map(str::to_owned).collect()
    };
    let usual = calendar("evidence-lapses", &[]);
    assert_eq!(starts(&usual), ["20220901", "20221202", "20230130"]);
    // Never before the first day of the forecast.
    assert_eq!(starts(&calendar("evidence-lapses", &["--lead", "180"])), ["20220601", "20220705", "20220902"]);
    assert_eq!(starts(&calendar("evidence-lapses", &["--lead", "4294967295"])), ["20220601"; 3]);
    // What must be renewed too, though another lapse has taken its points before.
    assert!(calendar("tests-lapse", &[]).iter().any(|l| l.starts_with("SUMMARY:Renew the evidence plan-of-the-site")));
}

#[test]
fn an_entry_keeps_its_id_when_what_it_is_about_is_renewed() {
    let profile = fs::read_to_string(cases("forecast").join("tests-lapse/profile.toml")).unwrap();
    let ids = |profile: &str, args: &str| -> Vec<String> {
        let folder = folder_of([("profile.toml", profile.as_bytes()), ("args", args.as_bytes())]);
        let found = lines(out(&forecast(folder.path(), &["--format", "ics"])));
        found.iter().filter_map(|l| l.strip_prefix("UID:")).map(str::to_owned).collect()
    };
    let before = ids(&profile, "--from 2022-06-01 --until 2023-06-30");
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
    assert_eq!(ids(&profile, "--from 2022-05-15 --until 2023-06-30"), before);
    let renewed = profile.replace("valid_to = 2023-04-30", "valid_to = 2023-06-15");
    let of = |ids: Vec<String>| ids.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(of(ids(&renewed, "--from 2022-06-01 --until 2023-06-30")), of(before));
}

#[test]
fn text_of_a_profile_adds_nothing_to_a_calendar() {
    let hostile = calendar("text-that-means-harm", &[]);
    let names: Vec<&str> = hostile.iter().map(|l| l.split([':', ';']).next().unwrap()).collect();
    let entry = [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "SUMMARY",
        "DESCRIPTION",
        "CATEGORIES",
        "TRANSP",
        "BEGIN",
        "ACTION",
        "DESCRIPTION",
        "TRIGGER",
        "END",
        "END",
    ];
    let head = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME"];
    let expected: Vec<&str> = head.into_iter().chain(entry.repeat(3)).chain(["END"]).collect();
    assert_eq!(names, expected, "{hostile:#?}");
}

#[test]
fn a_profile_may_come_from_a_pipe_and_the_result_go_to_a_file() {
    let profile = include_str!("../cases/forecast/evidence-lapses/profile.toml")
        .replace("acme-cloud/old", "microsoft-cloud/iso-27001-2013");
    let profile = profile.split("[[action]]").next().unwrap().replace("acme-mail", "azure");
    let folder = folder_of([]);
    let args = ["forecast", "-", "--from", "2020-06-01"];
    let piped = run_with_input(folder.path(), &args, profile.as_bytes());
    assert_eq!(code(&piped), 0, "{}", err(&piped));
    assert!(out(&piped).contains("from 2020-06-01 to 2021-06-01"), "{}", out(&piped));
    fs::write(folder.path().join("tenant.toml"), &profile).unwrap();
    let file = ["forecast", "tenant.toml", "--from", "2020-06-01"];
    assert_eq!(done(folder.path(), &[&file[..], &["-o", "forecast.txt"]].concat()), "");
    assert_eq!(fs::read_to_string(folder.path().join("forecast.txt")).unwrap(), out(&piped));
    assert!(done(folder.path(), &[&file[..], &["--format", "svg"]].concat()).starts_with("<svg"));
    let one_day = done(folder.path(), &[&file[..], &["--until", "2020-06-01", "--format", "json"]].concat());
    assert_eq!(serde_json::from_str::<Value>(&one_day).unwrap()["steps"].as_array().unwrap().len(), 1);
    let last = done(folder.path(), &[&file[..], &["--until", "9999-12-31", "--format", "csv"]].concat());
    assert!(last.contains("audit-cycle-ended"), "{last}");
    assert!(refused(folder.path(), &["forecast", "tenant.toml", "--target", "101"]).contains("percentage"));
    assert!(refused(folder.path(), &["forecast", "tenant.toml", "--until", "tomorrow"]).contains("YYYY-MM-DD"));
    assert!(refused(folder.path(), &["forecast", "no-such.toml"]).contains("no-such.toml"));
}
