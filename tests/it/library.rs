//! `annexa library`: lists, sheets, and the files written out.

use crate::support::{done, refused};
use annexa::{BUILTIN_FILES, Choice, Listed, Model, Sources};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&done(folder, &[&["library"], args, &["--format", "json"]].concat())).unwrap()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn lists_every_kind_in_every_form_with_the_same_rows() {
    let counts = json(here(), &["list"]);
    assert_eq!(counts.as_array().unwrap().len(), Listed::WORDS.len());
    for row in counts.as_array().unwrap() {
        let (kind, count) = (row["kind"].as_str().unwrap(), row["count"].as_u64().unwrap());
        assert_eq!(json(here(), &["list", kind]).as_array().unwrap().len() as u64, count, "{kind}");
        let csv = done(here(), &["library", "list", kind, "--format", "csv"]);
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        let columns = csv.headers().unwrap().len();
        let rows: Vec<_> = csv.records().map(Result::unwrap).collect();
        assert_eq!(rows.len() as u64, count, "{kind}");
        assert!(rows.iter().all(|row| row.len() == columns), "{kind}");
        let text = done(here(), &["library", "list", kind]);
        let last = if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
        assert_eq!(text.lines().last(), Some(&*last), "{kind}");
    }
}

#[test]
fn counts_are_those_of_the_library() {
    let model = Model::builtin(&mut Sources::default());
    let library = model.library();
    let counts = json(here(), &["list"]);
    let count = |kind| counts.as_array().unwrap().iter().find(|r| r["kind"] == kind).unwrap()["count"].as_u64();
    assert_eq!(count("actions"), Some(library.actions().len() as u64));
    assert_eq!(count("services"), Some(library.services().len() as u64));
    assert_eq!(count("controls"), Some(library.frameworks().iter().map(|f| f.controls.len() as u64).sum()));
    assert_eq!(count("profiles"), Some(annexa::starter_profiles().count() as u64));
}

#[test]
fn filters_narrow_and_agree_with_the_sheets() {
    let list = json(here(), &["list", "actions", "--owner", "customer", "--service", "azure", "--control", "A.9.2.3"]);
    let all = json(here(), &["list", "actions"]);
    let wanted = |row: &&Value| {
        let has = |key: &str, id: &str| row[key].as_array().unwrap().iter().any(|v| v == id);
        row["owner"] == "customer" && has("services", "azure") && has("controls", "A.9.2.3")
    };
    let expected: Vec<&str> =
        all.as_array().unwrap().iter().filter(wanted).map(|r| r["id"].as_str().unwrap()).collect();
    assert!(!expected.is_empty());
    assert_eq!(ids(&list), expected);

    let heading = json(here(), &["list", "controls", "--control", "A.9.2"]);
    assert_eq!(ids(&heading), ["A.9.2.1", "A.9.2.2", "A.9.2.3", "A.9.2.4", "A.9.2.5", "A.9.2.6"]);
    let evidence = json(here(), &["list", "evidence", "--service", "office-365"]);
    let sheet = json(here(), &["show", "office-365"]);
    assert_eq!(ids(&evidence), ids(&sheet[0]["evidence"]));
}

#[test]
fn a_filter_that_fits_nothing_is_refused() {
    let said = refused(here(), &["library", "list", "services", "--owner", "customer"]);
    assert_eq!(said, "error: `--owner` does not filter services\nhelp: it goes with `actions`\n");
    refused(here(), &["library", "list", "--service", "azure"]);
    let said = refused(here(), &["library", "list", "actions", "--service", "azur"]);
    assert!(said.contains("`azure`"), "{said}");
    let said = refused(here(), &["library", "list", "controls", "--control", "A.9.2.33"]);
    assert!(said.contains("the nearest known name is `A.9.2.3`"), "{said}");
    let said = refused(here(), &["library", "list", "controls", "--framework", "iso-27001-2012"]);
    assert!(said.contains("`iso-27001-2013`"), "{said}");
    refused(here(), &["library", "list", "acts"]);
}

#[test]
fn shows_each_kind_of_thing_with_what_is_tied_to_it() {
    let action = &json(here(), &["show", "require-mfa-for-admins"])[0];
    assert_eq!(action["role"], "action");
    assert_eq!(action["points"], 27);
    assert_eq!(ids(&action["controls"]), ["A.9.2.3", "A.9.4.2", "A.8.2", "A.8.5"], "of both editions");
    assert_eq!(ids(&action["depends_on"]), ["inventory-admin-accounts"]);
    assert!(ids(&action["needed_by"]).contains(&"require-mfa-for-all-users"));
    assert!(ids(&action["services"]).contains(&"azure"));

    let control = &json(here(), &["show", "A.9.2.3"])[0];
    assert_eq!(control["headings"][1], "A.9 Access control");
    let row = control["actions"].as_array().unwrap().iter().find(|r| r["id"] == "require-mfa-for-admins").unwrap();
    assert_eq!(row["template"], "microsoft-cloud/iso-27001-2013");

    let evidence = &json(here(), &["show", "cert-azure"])[0];
    let desktop = evidence["services"].as_array().unwrap().iter().find(|r| r["id"] == "managed-desktop").unwrap();
    assert_eq!(desktop["named_from"], "2020-01-22");
    assert_eq!(evidence["current_to"], "2021-05-13", "a review cycle after it was last seen");

    let roles = ["iso-27001-2013", "A.9", "microsoft-cloud/iso-27001-2013", "microsoft-cloud", "azure"]
        .map(|id| json(here(), &["show", id])[0]["role"].as_str().unwrap().to_owned());
    assert_eq!(roles, ["framework", "heading", "template", "provider", "service"]);
}

#[test]
fn every_id_has_a_sheet_and_no_text_breaks_its_line() {
    let model = Model::builtin(&mut Sources::default());
    let browser = annexa::Browser::new(&model);
    let all: BTreeSet<&str> = browser.ids().collect();
    assert!(all.len() > 1_000);
    for id in all {
        let sheets = browser.sheets(id);
        assert!(!sheets.is_empty(), "{id}");
        let text = annexa::report::sheets_text(&sheets, annexa::report::Style::PLAIN);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{id}");
    }
}

#[test]
fn an_unknown_id_is_told_with_what_may_be_meant() {
    let said = refused(here(), &["library", "show", "require-mfa-for-admin"]);
    assert!(said.contains("the nearest known name is `require-mfa-for-admins`"), "{said}");
    let said = refused(here(), &["library", "show", "require-mfa"]);
    assert!(said.contains("ids that contain it: `require-mfa-for-admins`"), "{said}");
    let said = refused(here(), &["library", "show", "Power Automate"]);
    assert!(said.contains("the id `flow`"), "{said}");
}

#[test]
fn an_id_with_several_roles_shows_them_all_and_a_folder_is_merged() {
    let folder = tempdir().unwrap();
    let own = folder.path().join("own");
    fs::create_dir_all(own.join("templates/own/profiles")).unwrap();
    let provider = "[provider]\nid = \"azure\"\nname = \"Own\"\n\
        [[service]]\nid = \"flow\"\nname = \"Renamed \u{1b}[31m\"\n"
        .replace('\u{1b}', "\\u001b");
    fs::write(own.join("templates/own/provider.toml"), provider).unwrap();
    fs::write(own.join("templates/own/profiles/mine.toml"), "# My starter\n").unwrap();
    let show = |id| json(folder.path(), &["show", id, "--library", "own"]);
    let roles: Vec<Value> = show("azure").as_array().unwrap().iter().map(|s| s["role"].clone()).collect();
    assert_eq!(roles, ["provider", "service"]);
    assert_eq!(show("flow")[0]["provider"], "azure");
    assert_eq!(show("flow")[0]["name"], "Renamed \u{1b}[31m");
    let text = done(folder.path(), &["library", "show", "flow", "--library", "own"]);
    assert!(text.contains("Renamed \\u{1b}[31m"), "{text}");
    let profiles = json(folder.path(), &["list", "profiles", "--library", "own"]);
    let mine = profiles.as_array().unwrap().iter().find(|p| p["path"] == "templates/own/profiles/mine.toml").unwrap();
    assert_eq!((&mine["title"], &mine["organization"]), (&Value::from("My starter"), &Value::Null));
}

const PROFILE: &str = r#"
[organization]
name = "Contoso Ltd"
[[assessment]]
template = "microsoft-cloud/iso-27001-2013"
target = 80.0
[[service]]
id = "azure"
[[service]]
id = "office-365"
[[service]]
id = "crm"
external = true
name = "A CRM"
[[action]]
id = "require-mfa-for-admins"
implementation = "implemented"
implemented_on = 2020-02-01
test = "passed"
tested_on = 2020-03-01
evidence = ["policy-export"]
[[action]]
id = "write-access-control-policy"
implementation = "planned"
due_on = 2020-09-30
[[evidence]]
id = "policy-export"
valid_from = 2020-01-01
[[exclusion]]
control = "A.14.2.7"
justification = "No development is outsourced."
"#;

#[test]
fn an_export_is_the_library_byte_for_byte_and_scores_the_same() {
    let folder = tempdir().unwrap();
    done(folder.path(), &["library", "export", "out/library"]);
    for (path, text) in BUILTIN_FILES {
        assert_eq!(fs::read_to_string(folder.path().join("out/library").join(path)).unwrap(), *text, "{path}");
    }
    fs::write(folder.path().join("tenant.toml"), PROFILE).unwrap();
    let exported = ["--no-builtin", "--library", "out/library"];
    for args in [
        &["score", "tenant.toml", "--as-of", "2020-06-01", "--format", "json"][..],
        &["gaps", "tenant.toml", "--as-of", "2020-06-01", "--format", "csv"],
        &["init", "--services", "azure"],
        &["library", "list", "actions", "--format", "json"],
        &["library", "list", "profiles", "--format", "json"],
        &["library", "show", "A.9", "--format", "json"],
    ] {
        let builtin = done(folder.path(), args);
        assert!(builtin.len() > 2, "{}", args.join(" "));
        assert!(builtin == done(folder.path(), &[args, &exported].concat()), "{}", args.join(" "));
    }
}

#[test]
fn an_export_leaves_a_folder_in_use_alone_unless_forced() {
    let folder = tempdir().unwrap();
    let library = folder.path().join("library");
    fs::create_dir(&library).unwrap();
    done(folder.path(), &["library", "export", "library"]);
    let changed = library.join("controls/iso-27001-2013.toml");
    fs::write(&changed, "mine").unwrap();
    fs::write(library.join("notes.txt"), "mine").unwrap();
    let said = refused(folder.path(), &["library", "export", "library"]);
    assert!(said.contains("`library` is not empty"), "{said}");
    assert_eq!(fs::read_to_string(&changed).unwrap(), "mine");
    done(folder.path(), &["library", "export", "library", "--force"]);
    assert_ne!(fs::read_to_string(&changed).unwrap(), "mine");
    assert_eq!(fs::read_to_string(library.join("notes.txt")).unwrap(), "mine");
    refused(folder.path(), &["library", "export", "library/notes.txt"]);
    refused(folder.path(), &["library", "export", "new", "--library", "library"]);
    assert!(!folder.path().join("new").exists());
}
