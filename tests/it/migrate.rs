//! `annexa migrate`: profiles carried between two made-up editions, and between the shipped ones.
//!
//! A case is a folder with a profile and `args`; `expected.txt` is the report, standard error and, as
//! its last line, the exit code; `expected.toml` is the new profile and `expected.json` the report for
//! programs, where there is one.

use crate::agreement::score;
use crate::random::{Case, case};
use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in, run_with_input};
use annexa::{LibraryText, Migrated, MigrationOptions, Model, Sources, Unchecked};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;
use toml::Table;

/// Runs `annexa migrate` in `folder` with the made-up library.
fn migrate(folder: &Path, args: &[&str]) -> Output {
    let library = cases("migrate-library");
    let library = library.to_str().unwrap();
    let before = ["migrate", "--no-builtin", "--library", library, "--as-of", "2022-06-01"];
    run_in(folder, &before.iter().chain(args).copied().collect::<Vec<_>>())
}

fn args_of(name: &str) -> String {
    fs::read_to_string(cases("migrate").join(name).join("args")).unwrap()
}

fn profile_of(name: &str) -> Vec<u8> {
    fs::read(cases("migrate").join(name).join("profile.toml")).unwrap()
}

/// The names of the files in a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("migrate")) {
        let case = cases("migrate").join(&name);
        let (args, profile) = (args_of(&name), profile_of(&name));
        let folder = folder_of([("profile.toml", profile.as_slice())]);
        let args: Vec<&str> = ["profile.toml"].into_iter().chain(args.split_whitespace()).collect();
        let output = migrate(folder.path(), &[&args[..], &["-o", "new.toml"]].concat());
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(fs::read(folder.path().join("profile.toml")).unwrap(), profile, "{name}: the profile was changed");
        if code(&output) != 0 {
            assert!(name.starts_with("refused"), "{name}: {text}");
            assert_eq!(files(folder.path()).len(), 1, "{name}: something was written");
            continue;
        }
        assert!(!name.starts_with("refused"), "{name}: {text}");
        let new = fs::read_to_string(folder.path().join("new.toml")).unwrap();
        faults.extend(differs(&case.join("expected.toml"), &new));
        let json = migrate(folder.path(), &[&args[..], &["-o", "again.toml", "--format", "json"]].concat());
        faults.extend(differs(&case.join("expected.json"), out(&json)));
        assert_eq!(fs::read_to_string(folder.path().join("again.toml")).unwrap(), new, "{name}: done twice");
    }
    none(&faults);
}

/// The lines that stand in the one and not in the other.
fn changed<'a>(before: &'a str, after: &str) -> Vec<&'a str> {
    let after: BTreeSet<&str> = after.lines().collect();
    before.lines().filter(|line| !after.contains(line)).collect()
}

#[test]
fn only_the_lines_that_are_meant_change() {
    let before = String::from_utf8(profile_of("plain")).unwrap();
    let after = fs::read_to_string(cases("migrate/plain/expected.toml")).unwrap();
    let gone = changed(&before, &after);
    assert_eq!(gone, ["  template   = 'acme-cloud/old'   # until 2025", "template = \"acme-cloud/old\""]);
    let expected = before.replace("acme-cloud/old", "acme-cloud/new");
    assert_eq!(after, expected);
}

#[test]
fn line_ends_and_a_mark_at_the_start_stay() {
    for name in folders(&cases("migrate")).iter().filter(|n| !n.starts_with("refused")) {
        let windows = |text: String| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let profile = windows(String::from_utf8(profile_of(name)).unwrap());
        let folder = folder_of([("profile.toml", profile.as_bytes())]);
        let args = args_of(name);
        let args: Vec<&str> = ["profile.toml", "-o", "new.toml"].into_iter().chain(args.split_whitespace()).collect();
        let output = migrate(folder.path(), &args);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
        let expected = fs::read_to_string(cases("migrate").join(name).join("expected.toml")).unwrap();
        let found = fs::read_to_string(folder.path().join("new.toml")).unwrap();
        assert_eq!(found.replace("\r\n", "\n").trim_start_matches('\u{feff}'), expected, "{name}");
        assert_eq!(found, windows(expected), "{name}");
    }
}

#[test]
fn a_file_without_an_end_of_line_is_carried_too() {
    let text =
        "organization = { name = 'C' }\n[[assessment]]\ntemplate = 'acme-cloud/old'\n[[exclusion]]\ncontrol = 'A.6.1'";
    let folder = folder_of([("p.toml", text.as_bytes())]);
    let kept = migrate(folder.path(), &["p.toml", "--to", "acme-cloud/new", "--keep", "-o", "-"]);
    let expected = "organization = { name = 'C' }\n[[assessment]]\ntemplate = 'acme-cloud/old'\n\n[[assessment]]\n\
        template = 'acme-cloud/new'\n[[exclusion]]\ncontrol = 'A.6.1'\nframework = \"acme-2013\"\n\n[[exclusion]]\n\
        control = 'A.5.1'\nframework = \"acme-2022\"";
    assert_eq!((out(&kept), code(&kept)), (expected, 0), "{}", err(&kept));
    assert!(err(&kept).starts_with("C (C)  as of 2022-06-01\n"), "{}", err(&kept));
}

#[test]
fn the_new_file_stands_beside_the_profile_and_replaces_nothing_unasked() {
    let profile = profile_of("inheritances");
    let folder = folder_of([("sub/tenant.toml", profile.as_slice())]);
    let to = ["--to", "acme-cloud/new"];
    let with = |more: &[&'static str]| migrate(folder.path(), &[&["sub/tenant.toml"], &to[..], more].concat());
    assert_eq!(code(&with(&[])), 0);
    let both = BTreeSet::from(["tenant.toml".to_owned(), "tenant.acme-2022.toml".to_owned()]);
    assert_eq!(files(&folder.path().join("sub")), both);
    let new = folder.path().join("sub/tenant.acme-2022.toml");
    fs::write(&new, "mine").unwrap();
    let again = with(&[]);
    assert_eq!((code(&again), out(&again)), (2, ""));
    assert!(err(&again).contains("exists already"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&new).unwrap(), "mine");
    assert_eq!(code(&with(&["--force"])), 0);
    assert_ne!(fs::read_to_string(&new).unwrap(), "mine");
    // Over the profile itself only by name and by force.
    let over = with(&["-o", "sub/tenant.toml"]);
    assert_eq!(code(&over), 2);
    assert_eq!(fs::read(folder.path().join("sub/tenant.toml")).unwrap(), profile);
    assert_eq!(code(&with(&["-o", "sub/tenant.toml", "--force"])), 0);
    assert_eq!(fs::read(folder.path().join("sub/tenant.toml")).unwrap(), fs::read(&new).unwrap());
    let twice = with(&["-o", "third.toml"]);
    assert_eq!(code(&twice), 2);
    assert!(err(&twice).contains("assessed against `acme-cloud/new` already"), "{}", err(&twice));
    assert!(!folder.path().join("third.toml").exists());
}

#[cfg(unix)]
#[test]
fn a_link_back_to_the_profile_is_not_followed_unasked() {
    let profile = profile_of("inheritances");
    let folder = folder_of([("tenant.toml", profile.as_slice())]);
    std::os::unix::fs::symlink("tenant.toml", folder.path().join("tenant.acme-2022.toml")).unwrap();
    let output = migrate(folder.path(), &["tenant.toml", "--to", "acme-cloud/new", "--force"]);
    assert_eq!((code(&output), out(&output)), (2, ""));
    assert_eq!(fs::read(folder.path().join("tenant.toml")).unwrap(), profile);
}

#[test]
fn a_profile_goes_through_a_pipe() {
    let folder = folder_of([]);
    let library = cases("migrate-library");
    let args = ["migrate", "-", "--no-builtin", "--library", library.to_str().unwrap(), "--to", "acme-cloud/new"];
    let bare = run_with_input(folder.path(), &args, &profile_of("plain"));
    assert_eq!((code(&bare), out(&bare)), (2, ""));
    let piped = run_with_input(folder.path(), &[&args[..], &["-o", "-", "-q"]].concat(), &profile_of("plain"));
    let expected = fs::read_to_string(cases("migrate/plain/expected.toml")).unwrap();
    assert_eq!((out(&piped), err(&piped), code(&piped)), (expected.as_str(), "", 0));
}

#[test]
fn evidence_files_are_sought_where_the_new_profile_stands() {
    let text = "organization = { name = 'C' }\n[[assessment]]\ntemplate = 'acme-cloud/old'\n[[action]]\nid = 'write-policies'\n\
        implementation = 'implemented'\nevidence = ['e']\n[[evidence]]\nid = 'e'\npath = 'e.txt'\n";
    let sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let text = format!("{text}sha256 = '{sum}'\n");
    let folder = folder_of([("p.toml", text.as_bytes()), ("e.txt", b""), ("sub/x", b"")]);
    let to = ["p.toml", "--to", "acme-cloud/new"];
    let away = migrate(folder.path(), &[&to[..], &["-o", "sub/new.toml"]].concat());
    assert_eq!((code(&away), out(&away)), (2, ""));
    assert!(err(&away).contains("beside the old"), "{}", err(&away));
    assert_eq!(files(&folder.path().join("sub")).len(), 1);
    assert_eq!(code(&migrate(folder.path(), &to)), 0);
}

#[test]
fn the_report_comes_as_markdown_too() {
    let name = "exclusions-carried-merged-split-and-not";
    let folder = folder_of([("profile.toml", profile_of(name).as_slice())]);
    let args = ["profile.toml", "--to", "acme-cloud/new", "--format", "markdown"];
    let output = migrate(folder.path(), &args);
    assert_eq!(code(&output), 0, "{}", err(&output));
    none(&differs(&cases("migrate").join(name).join("expected.md"), out(&output)).into_iter().collect::<Vec<_>>());
}

// ---- Random libraries, each framework of which has a copy ----

/// `text` with an id in place of another.
fn renamed(text: &str, old: &str, new: &str) -> String {
    text.replace(&format!("\"{old}\""), &format!("\"{new}\""))
}

fn list(table: &Table, key: &str) -> Vec<Table> {
    let list = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    list.map(|entry| entry.as_table().unwrap().clone()).collect()
}

/// The library with a copy of a template and of its framework, and a crosswalk that says they are the same.
pub(crate) fn with_copy(case: &Case, template: &str) -> (Vec<(String, String)>, String) {
    let mut files = case.files.clone();
    let parsed: Vec<(String, Table)> = case.files.iter().map(|(_, t)| (t.clone(), t.parse().unwrap())).collect();
    let id = |table: &Table, key: &str| Some(table.get(key)?.get("id")?.as_str()?.to_owned());
    let (text, table) = parsed.iter().find(|(_, t)| id(t, "template").as_deref() == Some(template)).unwrap();
    let framework = table["template"]["framework"].as_str().unwrap();
    let provider = table["template"]["provider"].as_str().unwrap();
    let copy = renamed(&renamed(text, template, "copied/template"), framework, "copied-framework");
    files.push((format!("templates/{provider}/copied.toml"), copy));
    let (text, table) = parsed.iter().find(|(_, t)| id(t, "framework").as_deref() == Some(framework)).unwrap();
    files.push(("controls/copied.toml".to_owned(), renamed(text, framework, "copied-framework")));
    let pair = |c: &Table| format!("{{ from = {0}, to = {0}, relation = 'equal' }}", c["id"]);
    let pairs: Vec<String> = list(table, "control").iter().map(pair).collect();
    let head = format!("id = 'copy'\ntitle = 'C'\nsource = 'S'\nfrom = '{framework}'\nto = 'copied-framework'");
    let crosswalk = format!("[crosswalk]\n{head}\nrelations = [{}]\n", pairs.join(", "));
    files.push(("controls/crosswalk/copy.toml".to_owned(), crosswalk));
    (files, framework.to_owned())
}

pub(crate) fn carried(files: &[(String, String)], case: &Case, template: &str, keep: bool) -> Migrated {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(annexa::Library::default(), &texts).unwrap_or_else(|f| panic!("{f:#?}")).value;
    let profile = model.profile(&case.profile, 1_000, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
    let find = |id| model.library().find_template(id);
    let options = MigrationOptions { to: find("copied/template").unwrap(), from: find(template), keep };
    let migrated = model.migrate(&profile, &case.profile, &options, case.as_of, 1_001, &Unchecked);
    migrated.unwrap_or_else(|f| panic!("{f:#?}\n{}", case.profile))
}

/// The assessments of a result by template and group, with the copy called by its first name.
fn by_name(score: &Value, template: &str, framework: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for assessment in score["assessments"].as_array().unwrap() {
        let text = assessment.to_string();
        let text = renamed(&renamed(&text, "copied/template", template), "copied-framework", framework);
        let name = format!("{} {}", assessment["template"], assessment["group"]);
        found.entry(renamed(&name, "copied/template", template)).or_default().push(text);
    }
    found
}

#[test]
fn to_an_identical_framework_changes_no_figure_and_no_entry() {
    let (mut excluded, mut kept_ids) = (0, 0);
    for seed in 30_000..30_300 {
        let case = case(seed);
        let before: Table = case.profile.parse().unwrap();
        let template = list(&before, "assessment")[0]["template"].as_str().unwrap().to_owned();
        let (files, framework) = with_copy(&case, &template);
        let within = u32::try_from(case.expiring_within).unwrap();
        let expected = score(&files, &case.profile, case.as_of, within);
        for keep in [false, true] {
            let migrated = carried(&files, &case, &template, keep);
            let after: Table = migrated.text.parse().unwrap();
            for key in ["organization", "service", "action", "evidence", "risk_acceptance"] {
                assert_eq!(before.get(key), after.get(key), "seed {seed}: {key}");
            }
            // A claim about an excluded control had no effect before either.
            let decided = |d: &annexa::Decision| d.reason == annexa::DecisionReason::Excluded;
            assert!(migrated.report.decisions.iter().all(decided), "seed {seed}: {:#?}", migrated.report.decisions);
            let found = score(&files, &migrated.text, case.as_of, within);
            let (old, new) = (by_name(&expected, &template, &framework), by_name(&found, &template, &framework));
            assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>(), "seed {seed}");
            for (name, assessments) in &new {
                assert!(assessments.len() == if keep && name.contains(&template) { 2 } else { 1 }, "seed {seed}");
                for assessment in assessments {
                    assert!(*assessment == old[name][0], "seed {seed}, {name}, keep {keep}:\n{}\n", migrated.text);
                }
            }
            if !keep {
                assert_eq!(expected["overall"], found["overall"], "seed {seed}");
                excluded += migrated.report.carried.len();
            }
            kept_ids += usize::from(migrated.text.contains("framework = "));
        }
    }
    assert!(excluded > 100 && kept_ids > 100, "{excluded} statements, {kept_ids} with a framework");
}

// ---- The shipped editions ----

const OLD: &str = "microsoft-cloud/iso-27001-2013";
const NEW: &str = "microsoft-cloud/iso-27001-2022";

#[test]
fn the_starter_profiles_keep_what_their_actions_earned() {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    for (path, text) in annexa::starter_profiles() {
        let read = |text: &str| model.profile(text, 1_000, &Unchecked).unwrap_or_else(|f| panic!("{f:#?}")).value;
        let options = MigrationOptions { to: model.library().find_template(NEW).unwrap(), from: None, keep: true };
        let date = "2022-06-01".parse().unwrap();
        let migrated = model.migrate(&read(text), text, &options, date, 1_001, &Unchecked);
        let migrated = migrated.unwrap_or_else(|f| panic!("{path}: {f:#?}"));
        let scored = model.score(&read(&migrated.text), date, 90);
        let mut compared = 0;
        for old in scored.assessments.iter().filter(|a| a.template == OLD) {
            let new = scored.assessments.iter().find(|a| a.template == NEW && a.group == old.group).unwrap();
            let earned: BTreeMap<&str, u16> = new.actions.iter().map(|a| (a.id.as_str(), a.basis_points)).collect();
            let excluded = |a: &annexa::ActionScore| !a.in_scope;
            for action in old.actions.iter().filter(|a| !excluded(a)) {
                let Some(other) = new.actions.iter().find(|a| a.id == action.id && a.in_scope) else { continue };
                assert_eq!(action.basis_points, earned[other.id.as_str()], "{path}: {}", action.id);
                compared += 1;
            }
        }
        assert!(compared > 300, "{path}: {compared} actions compared");
        assert!(migrated.report.counts.new_controls >= 11, "{path}");
    }
}

#[test]
fn there_and_back_again_is_refused_where_it_makes_no_sense() {
    let folder =
        folder_of(annexa::starter_profiles().map(|(path, text)| (path.rsplit('/').next().unwrap(), text.as_bytes())));
    done(folder.path(), &["migrate", "small-business.toml", "--to", NEW, "--as-of", "2022-06-01"]);
    let new = "small-business.iso-27001-2022.toml";
    let said = refused(folder.path(), &["migrate", new, "--to", NEW]);
    assert!(said.contains("already"), "{said}");
    done(folder.path(), &["check", new]);
    done(folder.path(), &["migrate", new, "--to", OLD, "-o", "back.toml"]);
    assert!(refused(folder.path(), &["migrate", new, "--to", "microsoft-cloud/iso"]).contains("no template"));
}
