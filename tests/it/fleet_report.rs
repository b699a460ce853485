//! The report on a fleet as a person meets it: each form of it, what it refuses, and its figures made a
//! second time from the rows.

use crate::support::{annexa, cases, code, differs, done, err, folder_of, none, out, refused, run_in, run_with_input};
use annexa::report::{FleetRowForm, fleet_header, fleet_rows};
use annexa::{FleetOptions, FleetScorer, LibraryVersion, Model, Sources, Summary, Unchecked};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The rows of the shipped fleet at a date, and their summary.
struct Run {
    csv: String,
    ndjson: String,
    summary: String,
}

/// Scores the profiles that are `kept` by their names.
fn run(as_of: &str, rejects: u64, kept: impl Fn(&str) -> bool) -> Run {
    let model = Model::builtin(&mut Sources::default());
    let options = FleetOptions { as_of: as_of.parse().unwrap(), expiring_within: 90 };
    let library = LibraryVersion::new(LibraryVersion::builtin_files().collect()).digest();
    let mut scorer = FleetScorer::new(&model, options);
    let mut summary = Summary::new(&model, &options, library);
    let (mut csv, mut ndjson) = (Vec::new(), Vec::new());
    fleet_header(FleetRowForm::Csv, &mut csv);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fleet");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| kept(p.file_name().unwrap().to_str().unwrap())) {
        let profile = model.profile(&fs::read_to_string(path).unwrap(), 999, &Unchecked).unwrap().value;
        let tally = scorer.profile(&profile);
        summary.add(tally);
        fleet_rows(model.library(), tally, FleetRowForm::Csv, &mut csv);
        fleet_rows(model.library(), tally, FleetRowForm::Ndjson, &mut ndjson);
    }
    (0..rejects).for_each(|_| summary.add_reject());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { csv: text(csv), ndjson: text(ndjson), summary: summary.to_json() }
}

fn june() -> Run {
    run("2022-06-01", 1, |_| true)
}

/// A folder with the run of June and one of March, which has other tenants.
fn runs() -> tempfile::TempDir {
    let (june, march) = (june(), run("2022-03-01", 0, |name| name != "lamna-care-homes.toml"));
    let march_csv = march.csv.replace("proseware-books.example", "gone-since.example");
    folder_of([
        ("june.csv", june.csv.as_bytes()),
        ("june.csv.summary.json", june.summary.as_bytes()),
        ("june.ndjson", june.ndjson.as_bytes()),
        ("bare.csv", june.csv.as_bytes()),
        ("march.csv", march_csv.as_bytes()),
    ])
}

#[test]
fn reads_as_expected_in_each_form() {
    let folder = runs();
    let expected = cases("fleet-report");
    let mut faults = Vec::new();
    let cases: [(&str, &[&str]); 8] = [
        ("whole.txt", &["june.csv"]),
        ("against.txt", &["june.csv", "--against", "march.csv", "--top", "3", "--by", "partner"]),
        ("rows-alone.txt", &["june.ndjson", "--top", "2"]),
        ("summary-alone.txt", &["june.csv.summary.json", "--top", "2", "--by", "region", "--by", "sector"]),
        ("whole.csv", &["june.csv", "--against", "march.csv", "--top", "2", "--format", "csv"]),
        ("whole.json", &["june.csv", "--against", "march.csv", "--top", "2", "--format", "json"]),
        ("no-tenant.txt", &["none.csv"]),
        ("nobody.html", &["none.csv", "--format", "html"]),
    ];
    let nobody = run("2022-06-01", 0, |_| false);
    fs::write(folder.path().join("none.csv"), nobody.csv).unwrap();
    fs::write(folder.path().join("none.csv.summary.json"), nobody.summary).unwrap();
    for (name, args) in cases {
        let mut said = done(folder.path(), &[&["fleet", "report"], args].concat());
        if name.ends_with(".html") {
            let style = between(&said, "<style>", "</style>").to_owned();
            let policy = between(&said, "content=\"default-src", "\">").to_owned();
            said = said.replace(&style, "").replace(&policy, "");
        }
        said = shortened(name, said);
        // A library that changes elsewhere changes no figure here.
        let library = LibraryVersion::new(LibraryVersion::builtin_files().collect()).digest();
        said = said.replace(&library.to_string(), "DIGEST").replace(&library.short(), "DIGEST");
        faults.extend(differs(&expected.join(name), &said));
    }
    none(&faults);
}

/// The first of each long list, which stand for the rest.
fn shortened(name: &str, said: String) -> String {
    const FEW: usize = 12;
    if name.ends_with(".json") {
        let mut report: Value = serde_json::from_str(&said).unwrap();
        report["gaps"].as_array_mut().unwrap().truncate(FEW);
        report["templates"][0]["controls"].as_array_mut().unwrap().truncate(FEW);
        return serde_json::to_string_pretty(&report).unwrap() + "\n";
    }
    if !name.ends_with(".csv") {
        return said;
    }
    let (mut kept, mut seen) = (String::new(), BTreeMap::<String, usize>::new());
    for line in said.split_inclusive('\n') {
        let section = line.split(',').next().unwrap();
        let count = seen.entry(section.to_owned()).or_default();
        *count += 1;
        if *count <= FEW || !["gap", "control"].contains(&section) {
            kept += line;
        }
    }
    kept
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn the_page_runs_nothing_and_asks_for_nothing() {
    let folder = runs();
    let hostile = "<script>alert(1)</script>\u{202e}\"'=&";
    let json = serde_json::to_string(hostile).unwrap();
    let row = june().ndjson.lines().next().unwrap().to_owned();
    let row = row.replace("\"adatum-clinics.example\"", &json).replace("\"health\"", &json);
    fs::write(folder.path().join("h.ndjson"), format!("{row}\n")).unwrap();
    for args in [&["june.csv", "--against", "march.csv"][..], &["h.ndjson", "--by", "sector"]] {
        let page = done(folder.path(), &[&["fleet", "report", "--format", "html"], args].concat());
        use base64::Engine;
        use sha2::Digest;
        let style = between(&page, "<style>", "</style>");
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style.as_bytes()));
        let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        assert!(page.contains(&format!("content=\"{policy}\"")), "the policy allows this style alone");
        let body = page.replace(style, "");
        for tag in ["<script", "<iframe", "<object", "<link", "<img", "<base", "http:", "https:", " style=", " on"] {
            let found = body.find(tag).filter(|_| tag != " on" || body.contains(" onclick"));
            assert!(found.is_none(), "{tag} in the page");
        }
        assert!(!body.contains('\u{202e}'));
        assert_eq!(body.matches("<svg").count(), 2);
        assert_eq!(body.matches("<svg").count(), body.matches("<desc").count());
    }
}

/// Cells of the rows by column.
fn table(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row = |r: csv::StringRecord| head.iter().zip(&r).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

fn hundredths(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap();
    whole.parse::<i64>().unwrap() * 100 + rest.parse::<i64>().unwrap()
}

#[test]
fn the_figures_are_those_of_the_rows() {
    let folder = runs();
    let json = done(folder.path(), &["fleet", "report", "june.csv", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let rows = table(&june().csv);
    assert_eq!(report["tenants"], rows.len());
    assert_eq!(report["rejects"], 1);
    let template = &report["templates"][0];
    let check = |spread: &Value, rows: &[&BTreeMap<String, String>]| {
        for (of, column) in [("score", "percent"), ("assurance", "assurance_percent")] {
            let mut sorted: Vec<i64> = rows.iter().map(|r| hundredths(&r[column])).collect();
            sorted.sort_unstable();
            let shares = [("min", 0), ("q05", 5), ("q10", 10), ("q25", 25), ("median", 50), ("q75", 75)];
            for (name, share) in shares.into_iter().chain([("q90", 90), ("q95", 95), ("max", 100)]) {
                // Nearest rank: how many have to be at or below it.
                let least = (sorted.len() * share).div_ceil(100).max(1);
                let naive = sorted.iter().find(|v| sorted.iter().filter(|o| o <= v).count() >= least).unwrap();
                let found = spread[of]["quantiles"][name].as_f64().unwrap();
                assert_eq!((found * 100.0).round() as i64, *naive, "{of} {name}");
            }
            for (n, ten) in spread[of]["histogram"].as_array().unwrap().iter().enumerate() {
                let low = i64::try_from(n).unwrap() * 1_000;
                let high = if n == 9 { i64::MAX } else { low + 1_000 };
                let naive = sorted.iter().filter(|v| **v >= low && **v < high).count();
                assert_eq!(ten["count"], naive, "{of} {n}");
            }
        }
        let below = rows.iter().filter(|r| hundredths(&r["percent"]) < hundredths(&r["target"])).count();
        assert_eq!(spread["below_target"], below);
        let units =
            |column: &str| -> u64 { rows.iter().map(|r| r[column].replace('.', "").parse::<u64>().unwrap()).sum() };
        assert_eq!(spread["achieved"].as_str().unwrap().replace('.', "").parse::<u64>().unwrap(), units("achieved"));
        assert_eq!(spread["gaps"], units("gaps"));
        assert_eq!(spread["gap_kinds"]["not-assessed"].as_u64().unwrap_or(0), units("gap_not_assessed"));
        assert_eq!(spread["controls"]["partial"].as_u64().unwrap_or(0), units("controls_partial"));
    };
    check(&template["all"], &rows.iter().collect::<Vec<_>>());
    let mut parts = 0;
    for cohorts in template["cohorts"].as_array().unwrap() {
        let by = cohorts["by"].as_str().unwrap();
        for part in cohorts["parts"].as_array().unwrap() {
            let of: Vec<_> = rows.iter().filter(|r| r[by] == part["name"].as_str().unwrap()).collect();
            assert_eq!(part["tenants"], of.len());
            check(part, &of);
            parts += 1;
        }
    }
    assert_eq!(parts, 3 + 2 + 3, "sectors, partners and regions, one of them none");
    let lost = |r: &&BTreeMap<String, String>| {
        let units = |column: &str| r[column].replace('.', "").parse::<u64>().unwrap();
        (units("gap_evidence_expiring") > 0).then(|| units("assured") - units("outlook_assured"))
    };
    let lost: Vec<u64> = rows.iter().filter_map(|r| lost(&r)).collect();
    assert!(lost.len() > 2, "evidence lapses in some");
    assert_eq!(report["lapsing"]["assessments"], lost.len());
    let most = report["lapsing"]["most"][0]["lost"].as_str().unwrap().replace('.', "");
    assert_eq!(most.parse::<u64>().unwrap(), *lost.iter().max().unwrap());
    // Either form of the rows says the same, with the summary or without it.
    let rest = |args: &[&str]| -> Value {
        let said = done(folder.path(), &[&["fleet", "report", "--format", "json"], args].concat());
        serde_json::from_str(&said).unwrap()
    };
    let (ndjson, bare, alone) = (rest(&["june.ndjson"]), rest(&["bare.csv"]), rest(&["june.csv.summary.json"]));
    assert_eq!(ndjson, bare);
    assert_eq!((&bare["templates"][0]["all"], &bare["lapsing"]), (&template["all"], &report["lapsing"]));
    assert_eq!((&alone["templates"], &alone["gaps"]), (&report["templates"], &report["gaps"]));
    assert_eq!((&alone["lapsing"], &bare["gaps"]), (&Value::Null, &Value::Null));
}

#[test]
fn thresholds_are_judged_exactly_and_what_is_unknown_is_below() {
    let folder = runs();
    let rows = table(&june().csv);
    let mut scores: Vec<i64> = rows.iter().map(|r| hundredths(&r["percent"])).collect();
    scores.sort_unstable();
    let above_lowest = format!("{}.{:02}", scores[1] / 100, scores[1] % 100);
    let report = |args: &[&str]| run_in(folder.path(), &[&["fleet", "report", "june.csv"], args].concat());
    // The profile that could not be read is below every threshold.
    for (args, exit) in [
        (&["--min-score", "1"][..], 1),
        (&["--min-score", "1", "--max-below", "1"], 0),
        (&["--min-score", "99.99", "--max-below", "13"], 0),
        (&["--min-score", "99.99", "--max-below", "12"], 1),
        (&["--min-assurance", "99.99", "--max-below", "12"], 1),
        (&["--on-target", "--max-below", "0"], 1),
    ] {
        let output = report(args);
        assert_eq!(code(&output), exit, "{args:?}: {}", err(&output));
        assert_eq!(err(&output).contains("missed: "), exit == 1, "{args:?}");
        assert_eq!(out(&output).contains("missed  "), exit == 1, "{args:?}");
    }
    let rounded = report(&["--min-score", &above_lowest, "--max-below", "3"]);
    assert!(err(&rounded).is_empty() && out(&rounded).contains("of 13 below"), "{}", out(&rounded));
    let said = refused(folder.path(), &["fleet", "report", "bare.csv", "--min-score", "50"]);
    assert!(said.contains("no summary beside it"), "{said}");
    let said = refused(folder.path(), &["fleet", "report", "june.csv", "--max-below", "2"]);
    assert!(said.contains("--min-score"), "{said}");
    let nobody = run("2022-06-01", 0, |_| false);
    fs::write(folder.path().join("n.json"), nobody.summary).unwrap();
    let output = run_in(folder.path(), &["fleet", "report", "n.json", "--min-score", "0"]);
    assert_eq!(code(&output), 1, "a fleet of nobody meets nothing");
}

#[test]
fn rows_that_do_not_hold_together_are_refused_with_their_lines() {
    let june = june();
    let lines: Vec<&str> = june.csv.lines().collect();
    let json: Vec<&str> = june.ndjson.lines().collect();
    let row = |csv: String| format!("{}\n{csv}\n", lines[0]);
    let cases: Vec<(&str, String, &str)> = vec![
        ("a header of another command", "tenant,as_of,template\n".to_owned(), "the header has `as_of` where"),
        ("a header that was cut", "tenant,organization\n".to_owned(), "2 columns and not 55"),
        ("no header", format!("{}\n", lines[1]), "where `tenant` is expected"),
        ("a semicolon", june.csv.replace(',', ";"), "the header has"),
        ("a cut line", june.csv[..june.csv.len() - 60].to_owned(), "line 13: has"),
        ("a line too many cells", row(format!("{},1", lines[1])), "has 56 cells"),
        ("no tenant", row(lines[1].replacen("adatum-clinics.example", "", 1)), "has no `tenant`"),
        ("a date that is none", row(lines[1].replacen("2022-06-01", "01.06.2022", 1)), "takes a date"),
        (
            "two dates",
            format!("{}\n{}\n", row(lines[1].to_owned()).trim(), lines[2].replace("2022-06-01", "2022-06-02")),
            "line 3: is as of 2022-06-02",
        ),
        ("a figure edited", row(lines[1].replacen(".0000", ".0001", 1)), "contradict"),
        ("an amount past all", row(lines[1].replacen(".0000", "99999999999999999.0000", 1)), "`"),
        ("half a line of JSON", format!("{}\n{}", json[0], &json[1][..200]), "line 2: is no row"),
        (
            "a key that is none",
            json[0].replacen("\"group\"", "\"grup\"", 1),
            "no column `grup`; the nearest known name is `group`",
        ),
        ("a list for text", json[0].replacen("\"adatum-clinics.example\"", "[1]", 1), "takes text"),
        ("JSON that is no row", "{}\n".to_owned(), "has no `tenant`"),
        ("a negative count", json[0].replacen("\"gaps\":", "\"gaps\":-", 1), "takes a whole number"),
        ("bytes that are no text", "{\"tenant\":\"\u{0}".to_owned(), "is no row"),
    ];
    for (what, text, said) in cases {
        let folder = folder_of([("rows", text.as_bytes())]);
        let found = refused(folder.path(), &["fleet", "report", "rows"]);
        assert!(found.contains(said), "{what}: {found}");
    }
    // All faults at once, up to ten.
    let all = june.csv.replace("2022-06-01", "2022-13-01");
    let folder = folder_of([("rows", all.as_bytes())]);
    assert_eq!(refused(folder.path(), &["fleet", "report", "rows"]).matches("error: ").count(), 10);
    // A row as long as a file.
    let long = format!("{}\n{}", lines[0], "x".repeat(3_000_000));
    let folder = folder_of([("rows", long.as_bytes()), ("json", format!("{{\"tenant\":\"{long}").as_bytes())]);
    assert!(refused(folder.path(), &["fleet", "report", "rows"]).contains("longer than any"));
}

#[test]
fn rows_and_their_summary_are_of_one_run() {
    let (june, march) = (june(), run("2022-03-01", 0, |_| true));
    let cut: String = june.csv.lines().take(12).flat_map(|l| [l, "\n"]).collect();
    let doubled = format!("{}{}", june.csv, june.csv.lines().nth(1).unwrap());
    let cases = [
        (&cut, &june.summary, "there are 11 rows"),
        (&doubled, &june.summary, "there are 13 rows"),
        (&march.csv, &june.summary, "as of 2022-03-01"),
        (&june.csv, &june.summary[..june.summary.len() / 2].to_owned(), "no summary of a fleet"),
    ];
    for (rows, summary, said) in cases {
        let folder = folder_of([("r.csv", rows.as_bytes()), ("r.csv.summary.json", summary.as_bytes())]);
        let found = refused(folder.path(), &["fleet", "report", "r.csv"]);
        assert!(found.contains(said), "{found}");
    }
    let folder = folder_of([
        ("june.csv", june.csv.as_bytes()),
        ("march.csv", march.csv.as_bytes()),
        ("june.json", june.summary.as_bytes()),
        ("empty", b"".as_slice()),
        ("t.parquet", b"PAR1".as_slice()),
    ]);
    for (args, said) in [
        (&["june.csv", "march.csv"][..], "line 2: is as of 2022-03-01"),
        (&["march.csv", "--against", "june.csv"], "exchange the two runs"),
        (&["june.csv", "--against", "june.json"], "knows no single tenant"),
        (&["june.json", "june.csv", "june.csv"], "there are 24 rows"),
        (&["empty"], "is empty"),
        (&["t.parquet"], "no summary is beside it"),
        (&["none.csv"], "cannot read `none.csv`"),
        (&["."], "it is a folder"),
        (&["june.csv", "-o", "report.pdf"], "says no form"),
        (&["june.csv", "--by", "country"], "invalid value"),
    ] {
        let found = refused(folder.path(), &[&["fleet", "report"], args].concat());
        assert!(found.contains(said), "{args:?}: {found}");
    }
    // The summary may be named too, by itself and beside its rows.
    done(folder.path(), &["fleet", "report", "june.json", "june.csv", "june.json"]);
}

#[test]
fn parts_are_merged_from_files_and_streams_to_the_same_bytes() {
    let whole = run("2022-06-01", 0, |_| true);
    let (a, b) = (run("2022-06-01", 0, |n| n < "h"), run("2022-06-01", 0, |n| n >= "h"));
    let both = format!("{}{}", b.summary, a.summary);
    let march = run("2022-03-01", 0, |_| true);
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&a.summary).unwrap()).unwrap();
    let folder = folder_of([
        ("a.json", a.summary.as_bytes()),
        ("b.json", b.summary.as_bytes()),
        ("pretty.json", pretty.as_bytes()),
        ("march.json", march.summary.as_bytes()),
        ("none.json", b"\n".as_slice()),
        ("cut.json", &b.summary.as_bytes()[..100]),
    ]);
    let here = folder.path();
    assert_eq!(done(here, &["fleet", "merge", "a.json", "b.json"]), whole.summary);
    assert_eq!(done(here, &["fleet", "merge", "b.json", "pretty.json"]), whole.summary);
    let piped = run_with_input(here, &["fleet", "merge", "-", "-o", "all.json"], both.as_bytes());
    assert_eq!((code(&piped), err(&piped)), (0, "2 summaries, 12 tenants in all.json\n"));
    assert_eq!(fs::read_to_string(here.join("all.json")).unwrap(), whole.summary);
    assert_eq!(done(here, &["fleet", "merge", "all.json"]), whole.summary);
    let said = refused(here, &["fleet", "merge", "a.json", "march.json", "none.json", "cut.json", "b.json", "-o", "x"]);
    for part in ["`march.json`: figures as of", "`none.json`: no summary", "`cut.json`: no summary"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(!here.join("x").exists(), "nothing is written of what cannot be merged");
    assert!(refused(here, &["fleet", "merge", "gone.json"]).contains("cannot read"));
}

#[test]
fn a_row_that_spark_wrote_is_a_row() {
    // Keys in another order, and those without a value left out.
    let june = june();
    let changed: String = june
        .ndjson
        .lines()
        .map(|line| {
            let Value::Object(mut row) = serde_json::from_str(line).unwrap() else { panic!("a row") };
            row.retain(|_, value| !value.is_null() && value != "");
            format!("{}\n", serde_json::to_string(&row).unwrap())
        })
        .collect();
    let folder = folder_of([("a.ndjson", june.ndjson.as_bytes()), ("b.ndjson", changed.as_bytes())]);
    let report = |name: &str| done(folder.path(), &["fleet", "report", name]);
    assert_eq!(report("a.ndjson"), report("b.ndjson"));
}

#[test]
fn nobody_reads_to_the_end() {
    let folder = runs();
    let mut child = annexa()
        .current_dir(folder.path())
        .args(["fleet", "report", "june.csv", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output)), (0, ""));
}
