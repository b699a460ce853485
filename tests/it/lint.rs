//! `annexa lint`: what it finds in other people's lists, what it leaves alone, and in which forms.

use crate::support::{code, done, err, folder_of, out, refused, run_in};
use annexa::BUILTIN_FILES;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Runs `annexa lint` in `folder`: the exit code, and the findings as (code, about).
fn lint(folder: &Path, args: &[&str]) -> (i32, Vec<(String, String)>) {
    let output = run_in(folder, &[&["lint"], args, &["--format", "json", "--quiet"]].concat());
    let found: Value = serde_json::from_str(out(&output)).unwrap_or_else(|e| panic!("{e}: {}", err(&output)));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = found["diagnostics"].as_array().unwrap();
    assert_eq!(list.len() as u64, found["errors"].as_u64().unwrap() + found["warnings"].as_u64().unwrap());
    (code(&output), list.iter().map(|d| (text(&d["code"]), text(&d["about"]))).collect())
}

/// The ids that findings of a code are about.
fn about<'a>(found: &'a [(String, String)], code: &str) -> Vec<&'a str> {
    found.iter().filter(|(c, _)| c == code).map(|(_, about)| about.as_str()).collect()
}

/// Another tool's map of ISO/IEC 27001:2022, as the library folder that it would be.
fn prowler() -> TempDir {
    let mut catalog = "[framework]\nid = \"prowler-iso-27001-2022\"\nedition = \"2022\"\npublisher = \"ISO\"\n\
        title = \"ISO/IEC 27001 Information Security Management Standard 2022\"\nstatus = \"current\"\n"
        .to_owned();
    let mut template = "[template]\nid = \"prowler/azure\"\ntitle = \"Prowler for Azure\"\n\
        framework = \"prowler-iso-27001-2022\"\nprovider = \"prowler\"\nversion = 2026-08-21\n"
        .to_owned();
    for theme in ["A.5", "A.6", "A.7", "A.8"] {
        let _ = write!(catalog, "[[group]]\nid = \"{theme}\"\ntitle = \"{theme}\"\n");
    }
    let mut checks: BTreeMap<String, &str> = BTreeMap::new();
    let text = include_str!("../data/prowler-iso-27001-2022-azure.txt");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    for row in rows.map(|line| line.split('\t').collect::<Vec<_>>()) {
        let (id, theme) = (row[0], row[0].rsplit_once('.').unwrap().0);
        let _ = write!(
            catalog,
            "[[control]]\nid = \"{id}\"\ngroup = \"{theme}\"\ntitle = \"{}\"\nkind = \"annex-a\"\n",
            row[1]
        );
        let signals: Vec<&str> = row.get(2).map_or(Vec::new(), |list| list.split(',').collect());
        let ids: Vec<String> = signals.iter().map(|s| s.replace(' ', "-").chars().take(120).collect()).collect();
        let _ = writeln!(template, "[[map]]\ncontrol = \"{id}\"\nactions = {ids:?}");
        checks.extend(ids.into_iter().zip(signals));
    }
    let mut actions = String::new();
    for (id, signal) in checks {
        let _ = write!(
            actions,
            "[[action]]\nid = \"{id}\"\ntitle = \"{id}\"\nowner = \"customer\"\ntype = \"technical\"\n\
             purpose = \"preventative\"\nenforcement = \"mandatory\"\nsignals = [\"prowler-azure:{signal}\"]\n"
        );
    }
    folder_of([
        ("library/controls/iso.toml", catalog.as_bytes()),
        ("library/templates/prowler/provider.toml", &b"[provider]\nid = \"prowler\"\nname = \"Prowler\"\n"[..]),
        ("library/templates/prowler/azure.toml", template.as_bytes()),
        ("library/templates/prowler/actions/checks.toml", actions.as_bytes()),
    ])
}

#[test]
fn of_another_tools_map_the_known_faults_are_found() {
    let folder = prowler();
    let (exit, found) = lint(folder.path(), &["library"]);
    assert_eq!(exit, 0);
    // Secure coding is lost, and all clauses; about 60 controls have no check, 31 have.
    assert_eq!(about(&found, "missing-control"), ["prowler-iso-27001-2022", "A.8.28"]);
    assert_eq!(about(&found, "unreached-control").len(), 61);
    // Titles that are others', and not those that are only spelt another way (A.8.17, clock synchronisation).
    let titles = BTreeSet::from(["A.5.2", "A.5.22", "A.5.30", "A.8.20", "A.8.27"]);
    assert_eq!(about(&found, "title-differs").into_iter().collect::<BTreeSet<_>>(), titles);
    let doubtful = about(&found, "doubtful-signal").join(" ");
    assert_eq!(about(&found, "doubtful-signal").len(), 3, "{doubtful}");
    assert!(doubtful.contains("require_mfa_for_management_app"), "{doubtful}");
    assert!(doubtful.contains("entra_non_privileged_user_has_mfa-entra_privileged_user_has_mfa"), "{doubtful}");
    assert_eq!(found.len(), 2 + 61 + 5 + 3, "{found:?}");

    for (args, expected) in [
        (&["--deny", "missing-control"][..], 1),
        (&["--deny", "warnings"], 1),
        (&["--deny", "extra-control", "--deny", "dense-crosswalk"], 0),
        (&["--deny", "missing-control", "--allow", "missing-control"], 0),
    ] {
        assert_eq!(lint(folder.path(), &[&["library"], args].concat()).0, expected, "{args:?}");
    }
    let output = run_in(folder.path(), &["lint", "library", "--deny", "missing-control"]);
    assert!(err(&output).contains("error[missing-control]: catalogue `prowler-iso-27001-2022` lacks control `A.8.28`"));
    assert!(err(&output).ends_with("error: 2 errors, 69 warnings\n"), "{}", err(&output));
}

#[test]
fn the_shipped_library_is_clean_built_in_exported_and_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(lint(folder.path(), &[]), (0, Vec::new()));
    done(folder.path(), &["library", "export", "library"]);
    assert_eq!(lint(folder.path(), &["library"]), (0, Vec::new()));
    assert_eq!(lint(folder.path(), &["library", "--no-builtin"]), (0, Vec::new()));
    assert_eq!(lint(folder.path(), &["--library", "library"]), (0, Vec::new()));
    for (path, _) in BUILTIN_FILES.iter().filter(|(path, _)| !annexa::is_starter_profile(path)) {
        let path = format!("library/{path}");
        assert_eq!(lint(folder.path(), &[&path]), (0, Vec::new()), "{path}");
    }
    let profile = "library/templates/microsoft-cloud/profiles/enterprise.toml";
    let said = refused(folder.path(), &["lint", profile]);
    assert!(said.contains("is a profile") && said.contains("annexa check"), "{said}");
    let said = refused(Path::new(env!("CARGO_MANIFEST_DIR")), &["lint", "Cargo.toml"]);
    assert!(said.contains("`Cargo.toml` is not a file of a library"), "{said}");
    let said = refused(folder.path(), &["lint", "--no-builtin"]);
    assert!(said.contains("nothing to lint"), "{said}");
}

#[test]
fn names_of_lints_are_known_or_refused_with_the_nearest() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = refused(here, &["lint", "--deny", "missing-controls"]);
    assert!(said.contains("the nearest known name is `missing-control`"), "{said}");
    let said = refused(here, &["lint", "--allow", "warning"]);
    assert!(said.contains("no lint `warning`"), "{said}");
    let said = refused(here, &["lint", "--allow", "duplicate-id"]);
    assert!(said.contains("it is an error"), "{said}");
    let said = refused(here, &["lint", "--deny", "evidence-file"]);
    assert!(said.contains("it is about profiles"), "{said}");
    let said = refused(here, &["lint", "-o", "findings.json"]);
    assert!(said.contains("--format json"), "{said}");
}

const CATALOG: &str = "[framework]\nid = \"mine\"\ntitle = \"Mine\"\nedition = \"1\"\npublisher = \"Acme\"\n\
    status = \"current\"\n[[group]]\nid = \"AC\"\ntitle = \"Access\"\n\
    [[control]]\nid = \"AC-1\"\ngroup = \"AC\"\nkind = \"control\"\n\
    [[control]]\nid = \"AC-3\"\ngroup = \"AC\"\nkind = \"control\"\n";

#[test]
fn an_allowance_holds_for_one_finding_in_its_own_file() {
    let allow = |about: &str| {
        format!("{CATALOG}[[allow]]\ncode = \"numbering-hole\"\nabout = \"{about}\"\nreason = \"Withdrawn.\"\n")
    };
    let other = "[crosswalk]\nid = \"x\"\ntitle = \"X\"\nfrom = \"mine\"\nto = \"iso-27001-2022\"\nsource = \"-\"\n\
        relations = []\n[[allow]]\ncode = \"numbering-hole\"\nabout = \"AC\"\nreason = \"Elsewhere.\"\n";
    let (good, stale) = (allow("AC"), allow("AC-2"));
    let folder = folder_of([
        ("bare.toml", CATALOG.as_bytes()),
        ("good.toml", good.as_bytes()),
        ("stale.toml", stale.as_bytes()),
        ("other.toml", other.as_bytes()),
        ("bad.toml", &b"[framework]\nid = \"mine\"\n"[..]),
        ("broken.toml", &b"[framework\n"[..]),
    ]);
    let hole = ("numbering-hole".to_owned(), "AC".to_owned());
    assert_eq!(lint(folder.path(), &["bare.toml"]), (0, vec![hole.clone()]));
    assert_eq!(lint(folder.path(), &["good.toml"]), (0, Vec::new()));
    let (_, found) = lint(folder.path(), &["stale.toml"]);
    assert_eq!(found, [hole.clone(), ("stale-allowance".to_owned(), "AC-2".to_owned())]);
    let (_, found) = lint(folder.path(), &["bare.toml", "other.toml"]);
    assert_eq!(found, [hole, ("stale-allowance".to_owned(), "AC".to_owned())]);
    // Faults make the input unusable, and are findings as well.
    let (exit, found) = lint(folder.path(), &["bad.toml", "--deny", "warnings"]);
    assert_eq!((exit, found[0].0.as_str()), (2, "missing-key"));
    let (exit, found) = lint(folder.path(), &["broken.toml"]);
    assert_eq!((exit, found[0].0.as_str()), (2, "syntax-error"));
    let (exit, found) = lint(folder.path(), &["nowhere.toml"]);
    assert_eq!((exit, found[0].0.as_str()), (2, "cannot-read"));
    // `check` says the same of a folder.
    fs::create_dir_all(folder.path().join("library/controls")).unwrap();
    fs::copy(folder.path().join("bare.toml"), folder.path().join("library/controls/mine.toml")).unwrap();
    let said = |args: &[&str]| err(&run_in(folder.path(), args)).to_owned();
    assert_eq!(said(&["check", "--library", "library"]), said(&["lint", "library"]));
}

fn crosswalk(from: &str, to: &str, relations: &[(&str, &str, &str)]) -> String {
    let mut text = format!(
        "[crosswalk]\nid = \"{from}-{to}-x\"\ntitle = \"X\"\nfrom = \"{from}\"\nto = \"{to}\"\nsource = \"-\"\nrelations = [\n"
    );
    for (from, to, relation) in relations {
        let _ = writeln!(text, "  {{ from = \"{from}\", to = \"{to}\", relation = \"{relation}\" }},");
    }
    text + "]\n"
}

#[test]
fn relations_that_cannot_all_be_true_are_found_across_crosswalks() {
    let (a, b, c) = ("iso-27017-2015", "iso-27018-2019", "nist-csf-2.0");
    let one = crosswalk(a, b, &[("CLD.6.3.1", "A.2.1", "subset"), ("CLD.8.1.5", "A.3.1", "superset")]);
    let ring = crosswalk(b, c, &[("A.2.1", "GV.OC-01", "equal")]);
    let closes = crosswalk(c, a, &[("GV.OC-01", "CLD.6.3.1", "subset")]);
    // The same pair the other way round, once in agreement and once not.
    let agrees = crosswalk(b, a, &[("A.2.1", "CLD.6.3.1", "superset")]);
    let turns = crosswalk(b, a, &[("A.3.1", "CLD.8.1.5", "superset")]);
    let folder = folder_of([
        ("one.toml", one.as_bytes()),
        ("ring.toml", ring.as_bytes()),
        ("closes.toml", closes.as_bytes()),
        ("agrees.toml", agrees.as_bytes()),
        ("turns.toml", turns.as_bytes()),
    ]);
    assert_eq!(lint(folder.path(), &["one.toml", "ring.toml", "agrees.toml"]), (0, Vec::new()));
    let (_, found) = lint(folder.path(), &["one.toml", "turns.toml"]);
    assert_eq!(found, [("contradicting-relations".to_owned(), "A.3.1".to_owned())]);
    let output = run_in(folder.path(), &["lint", "one.toml", "ring.toml", "closes.toml"]);
    let said = err(&output);
    assert!(said.contains("each asks at most what the next asks"), "{said}");
    for id in ["`CLD.6.3.1` -> `A.2.1`", "`A.2.1` -> `GV.OC-01`"] {
        assert!(said.contains(id), "{said}");
    }
    assert!(said.ends_with("warning: 1 warning\n"), "{said}");
}

#[test]
fn a_crosswalk_of_editions_is_held_against_the_published_one_in_either_direction() {
    let (from, to) = ("iso-27001-2013", "iso-27001-2022");
    let (_, text) = BUILTIN_FILES.iter().find(|(path, _)| path.ends_with("iso-27001-2013--2022.toml")).unwrap();
    let published: toml::Table = text.parse().unwrap();
    let relations = published["crosswalk"]["relations"].as_array().unwrap();
    let word = |r: &toml::Value, key: &str| r[key].as_str().unwrap().to_owned();
    let mut list: Vec<(String, String, String)> =
        relations.iter().map(|r| (word(r, "from"), word(r, "to"), word(r, "relation"))).collect();
    let write = |list: &[(String, String, String)], is_turned: bool| {
        let turned = |kind: &str| match kind {
            "subset" => "superset".to_owned(),
            "superset" => "subset".to_owned(),
            other => other.to_owned(),
        };
        let rows: Vec<(String, String, String)> =
            list.iter()
                .map(|(a, b, kind)| {
                    if is_turned { (b.clone(), a.clone(), turned(kind)) } else { (a.clone(), b.clone(), kind.clone()) }
                })
                .collect();
        let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(a, b, k)| (a.as_str(), b.as_str(), k.as_str())).collect();
        if is_turned { crosswalk(to, from, &rows) } else { crosswalk(from, to, &rows) }
    };
    let (same, turned) = (write(&list, false), write(&list, true));
    for (a, b, _) in list.iter_mut().filter(|(a, ..)| a.starts_with("A.13.2.") && a != "A.13.2.4") {
        assert_eq!(b, "A.5.14", "{a}");
        *b = "A.8.14".to_owned();
    }
    list.retain(|(a, ..)| a != "A.9.4.1");
    let wrong = write(&list, false);
    let folder = folder_of([
        ("same.toml", same.as_bytes()),
        ("turned.toml", turned.as_bytes()),
        ("wrong.toml", wrong.as_bytes()),
    ]);
    assert_eq!(lint(folder.path(), &["same.toml"]), (0, Vec::new()));
    assert_eq!(lint(folder.path(), &["turned.toml"]), (0, Vec::new()));
    let (_, found) = lint(folder.path(), &["wrong.toml"]);
    let differing = about(&found, "differs-from-published-relation");
    assert_eq!(differing, ["iso-27001-2013-iso-27001-2022-x", "A.13.2.1", "A.13.2.2", "A.13.2.3"]);
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn ids_of_another_standard_and_edition_are_told_apart_from_misspelt_ones() {
    let control = |id: &str, kind: &str| format!("[[control]]\nid = \"{id}\"\ngroup = \"A.5\"\nkind = \"{kind}\"\n");
    let head = "[framework]\nid = \"iso-27001-2022\"\ntitle = \"ISO/IEC 27001:2022\"\nedition = \"2022\"\n\
        publisher = \"ISO/IEC\"\nstatus = \"current\"\n[[group]]\nid = \"A.5\"\ntitle = \"All\"\n";
    let bare: String = (1..=37).map(|n| control(&format!("5.{n}"), "annex-a")).collect();
    let text = format!("{head}{bare}{}{}", control("A.9.2.3", "annex-a"), control("A.5.38", "annex-a"));
    let folder = folder_of([("iso.toml", text.as_bytes())]);
    let (_, found) = lint(folder.path(), &["iso.toml"]);
    assert_eq!(about(&found, "mixed-editions"), ["iso-27001-2022", "A.9.2.3"]);
    assert_eq!(about(&found, "extra-control"), ["A.5.38"]);
    // 5.1 to 5.37 are known for what they are: of Annex A the other 56 are missing, and all clauses.
    let output = run_in(folder.path(), &["lint", "iso.toml"]);
    assert!(err(&output).contains("lacks all 30 clauses of ISO/IEC 27001:2022"), "{}", err(&output));
    assert!(err(&output).contains("lacks 56 of the 93 Annex A controls of ISO/IEC 27001:2022"), "{}", err(&output));
}

#[test]
fn a_template_that_names_no_control_is_told_what_it_probably_means() {
    let map = |id: &str| format!("[[map]]\ncontrol = \"{id}\"\nactions = []\n");
    let ids = ["A.5.1A.5.2", "A.9.2.3", "5.15", "A.8.35"].map(map).concat();
    let text = format!(
        "[template]\nid = \"mine\"\ntitle = \"Mine\"\nframework = \"iso-27001-2022\"\n\
         provider = \"microsoft-cloud\"\nversion = 2026-01-01\n{ids}"
    );
    let folder = folder_of([("mine.toml", text.as_bytes())]);
    let said = refused(folder.path(), &["lint", "mine.toml"]);
    for help in [
        "these are two ids grown together: `A.5.1` and `A.5.2`",
        "`iso-27001-2013` has a control of this id",
        "the control is `A.5.15`; without `A.` it would be a clause",
        "the nearest known name is `A.5.35`",
    ] {
        assert!(said.contains(help), "{help}\n{said}");
    }
}

fn sarif(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(out(&run_in(folder, &[&["lint"], args, &["--format", "sarif", "--quiet"]].concat()))).unwrap()
}

#[test]
fn sarif_has_what_code_hosts_read_and_fingerprints_outlive_moved_lines() {
    let folder = prowler();
    fs::write(folder.path().join("Ü ber.toml"), CATALOG).unwrap();
    let log = sarif(folder.path(), &["library", "Ü ber.toml", "--deny", "missing-control"]);
    assert_eq!((&log["version"], log["runs"].as_array().unwrap().len()), (&Value::from("2.1.0"), 1));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&"annexa".into(), &env!("CARGO_PKG_VERSION").into()));
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for path in ["/shortDescription/text", "/fullDescription/text", "/help/text", "/defaultConfiguration/level"] {
            assert!(rule.pointer(path).unwrap().as_str().unwrap().len() > 5, "{rule}");
        }
    }
    let results = run["results"].as_array().unwrap();
    let mut prints = BTreeSet::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let is_denied = result["ruleId"] == "missing-control";
        assert_eq!(result["level"], if is_denied { "error" } else { "warning" });
        let place = &result["locations"][0]["physicalLocation"];
        let (uri, region) = (place["artifactLocation"]["uri"].as_str().unwrap(), &place["region"]);
        assert!(uri.starts_with("library/") || uri == "%C3%9C%20ber.toml", "{uri}");
        let number = |key: &str| region[key].as_u64().unwrap();
        assert!((number("startLine"), number("startColumn")) < (number("endLine"), number("endColumn")), "{region}");
        assert!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].is_string());
        prints.insert(result["partialFingerprints"]["annexa/v1"].as_str().unwrap().to_owned());
    }
    assert_eq!(prints.len(), results.len(), "two results have one fingerprint");

    let moved = fs::read_to_string(folder.path().join("library/controls/iso.toml")).unwrap();
    fs::write(folder.path().join("library/controls/iso.toml"), format!("# A new head.\n\n{moved}")).unwrap();
    let again = sarif(folder.path(), &["library", "Ü ber.toml"]);
    let again = again["runs"][0]["results"].as_array().unwrap();
    let found = again.iter().map(|r| r["partialFingerprints"]["annexa/v1"].as_str().unwrap().to_owned());
    assert_eq!(found.collect::<BTreeSet<_>>(), prints);
    let lines = |results: &[Value]| results.iter().map(|r| r["locations"].clone()).collect::<Vec<_>>();
    assert_ne!(lines(again), lines(results), "nothing moved");

    done(folder.path(), &["lint", "library", "--format", "sarif", "-o", "lint.sarif"]);
    let written: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("lint.sarif")).unwrap()).unwrap();
    assert_eq!(written["runs"][0]["results"].as_array().unwrap().len(), results.len() - 1);
}

#[test]
fn json_says_where_a_finding_starts_and_ends() {
    let folder = folder_of([("mine.toml", CATALOG.as_bytes())]);
    let found: Value = serde_json::from_str(&done(folder.path(), &["lint", "mine.toml", "--format", "json"])).unwrap();
    let expected = serde_json::json!({
        "errors": 0,
        "warnings": 1,
        "diagnostics": [{
            "code": "numbering-hole",
            "severity": "warning",
            "message": "the ids under `AC` skip `AC-2`",
            "about": "AC",
            "places": [{ "file": "mine.toml", "line": 15, "column": 6, "end_line": 15, "end_column": 12, "text": "follows a hole" }],
            "help": [],
        }],
    });
    assert_eq!(found, expected);
}
