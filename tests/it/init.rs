//! `annexa init`: the profile to fill in holds as it is, and after it is filled in.

use crate::support::{code, done, err, out, refused, run_in, run_with_input};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const SERVICES: &str = "azure,office-365,intune";

/// The lines that wait, without their number sign: all of them, or those of actions only.
fn uncommented(text: &str, only_actions: bool) -> String {
    let mut is_action = false;
    let mut out = String::new();
    for line in text.lines() {
        is_action = line == "# [[action]]" || (is_action && line.starts_with("# "));
        let live = line.strip_prefix("# ").filter(|_| is_action || !only_actions);
        out.push_str(live.unwrap_or(line));
        out.push('\n');
    }
    out
}

fn listed(text: &str) -> Vec<&str> {
    let mut lines = text.lines();
    let mut ids = Vec::new();
    while lines.any(|line| line == "# [[action]]") {
        let id = lines.next().and_then(|line| line.strip_prefix("# id = \"")).unwrap();
        ids.push(id.strip_suffix('"').unwrap());
    }
    ids
}

fn score(folder: &Path, profile: &str) -> Value {
    serde_json::from_str(&done(folder, &["score", profile, "--as-of", "2021-01-01", "--format", "json"])).unwrap()
}

#[test]
fn holds_as_it_is_and_with_every_action_uncommented() {
    let folder = tempdir().unwrap();
    for services in [&[][..], &["--services", SERVICES]] {
        let text = done(folder.path(), &[&["init"], services].concat());
        for (name, text) in [("as-it-is.toml", text.clone()), ("actions.toml", uncommented(&text, true))] {
            fs::write(folder.path().join(name), text).unwrap();
            let run = run_in(folder.path(), &["check", "--strict", name]);
            assert_eq!((code(&run), err(&run)), (0, "no faults found\n"));
        }
        assert!(uncommented(&text, true).contains("\n[[action]]\n"));
    }
}

#[test]
fn holds_with_every_example_uncommented_too() {
    let folder = tempdir().unwrap();
    let text = uncommented(&done(folder.path(), &["init", "--services", SERVICES]), false);
    for table in [
        "[[evidence]]",
        "[[exclusion]]",
        "[[inheritance]]",
        "[[risk_acceptance]]",
        "[[requirement]]",
        "[[inclusion]]",
        "[[action]]",
    ] {
        assert!(text.contains(&format!("\n{table}\n")), "{table}");
    }
    fs::write(folder.path().join("all.toml"), text).unwrap();
    done(folder.path(), &["check", "all.toml"]);
}

#[test]
fn lists_the_applicable_customer_actions_each_once() {
    let folder = tempdir().unwrap();
    for services in [&[][..], &["--services", SERVICES]] {
        let text = done(folder.path(), &[&["init"], services].concat());
        let ids = listed(&text);
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len());

        fs::write(folder.path().join("tenant.toml"), &text).unwrap();
        let score = score(folder.path(), "tenant.toml");
        let actions = score["assessments"][0]["actions"].as_array().unwrap();
        let applicable = actions.iter().filter(|a| a["owner"] == "customer" && a["applicable"] == true);
        assert_eq!(unique, applicable.map(|a| a["id"].as_str().unwrap()).collect::<BTreeSet<_>>());
        assert_eq!(score["overall"]["customer"]["unassessed"].as_str(), Some(&*whole(&score)));
    }
}

fn whole(score: &Value) -> String {
    format!("{}.0000", score["overall"]["customer"]["possible"])
}

#[test]
fn domains_come_in_catalogue_order_with_the_first_control_deciding() {
    let folder = tempdir().unwrap();
    let text = done(folder.path(), &["init", "--services", SERVICES]);
    let place = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle}"));
    assert!(place("\n## 4 Context of the organization: ") < place("\n## 10 Improvement: "));
    assert!(place("\n## 10 Improvement: ") < place("\n## A.5 Organizational controls: "));
    assert!(place("\n## A.5 Organizational controls: ") < place("\n## A.8 Technological controls: "));
    assert!(place("\n## A.8 Technological controls: ") < place("\n# id = \"require-mfa-for-admins\""));
    // It serves A.5.31 as well, but 4.2 comes first.
    assert!(place("\n# id = \"keep-legal-requirements-register\"") < place("\n## 5 Leadership: "));
    let entry = "## Require multifactor authentication for administrators\n\
        ## 27 points; technical; for azure, office-365; serves A.8.2, A.8.5\n\
        ## Create a Conditional Access policy that ";
    assert!(text.contains(entry));
}

#[test]
fn what_is_given_is_live() {
    let folder = tempdir().unwrap();
    let name = "Contoso \"Ltd\"\n[evil]\\ \u{7f}社";
    let args = ["init", "--name", name, "--services", " office-365 ,azure,azure", "--target", "82.50"];
    let profile: toml::Table = done(folder.path(), &args).parse().unwrap();
    assert_eq!(profile["organization"]["name"].as_str(), Some(name));
    assert_eq!(profile["assessment"][0]["template"].as_str(), Some("microsoft-cloud/iso-27001-2022"));
    assert_eq!(profile["assessment"][0]["target"].as_float(), Some(82.5));
    let services: Vec<_> = profile["service"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(services, ["azure", "office-365"]);
    assert_eq!(profile.keys().collect::<Vec<_>>(), ["assessment", "organization", "service"]);
}

#[test]
fn nothing_is_asked_in_a_pipe_and_no_services_come_with_a_word_on_how_to_add_them() {
    let folder = tempdir().unwrap();
    let run = run_with_input(folder.path(), &["init"], b"Contoso Ltd\nazure\n80\n");
    assert_eq!((code(&run), err(&run)), (0, ""));
    assert!(out(&run).contains("annexa init --services ID,ID"));
    let profile: toml::Table = out(&run).parse().unwrap();
    assert!(!profile.contains_key("service"));
    assert_eq!(profile["organization"]["name"].as_str(), Some("Your organization"));
}

#[test]
fn an_unknown_name_is_told_with_the_nearest_and_nothing_is_written() {
    let folder = tempdir().unwrap();
    let write = ["-o", "tenant.toml"];
    let said = refused(folder.path(), &[&["init", "--services", "azure,ofice-365"], &write[..]].concat());
    assert_eq!(said, "error: no service `ofice-365`\nhelp: the nearest known name is `office-365`\n");
    let said = refused(folder.path(), &[&["init", "--services", "Microsoft Flow"], &write[..]].concat());
    assert!(said.contains("Power Automate has the id `flow`"), "{said}");
    let said = refused(folder.path(), &[&["init", "--template", "iso-27001-2013"], &write[..]].concat());
    assert!(said.contains("microsoft-cloud/iso-27001-2013"), "{said}");
    refused(folder.path(), &[&["init", "--name", " "], &write[..]].concat());
    refused(folder.path(), &[&["init", "--target", "101"], &write[..]].concat());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_is_replaced_only_when_forced() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("tenant.toml");
    done(folder.path(), &["init", "-o", "tenant.toml"]);
    fs::write(&path, "mine").unwrap();
    let said = refused(folder.path(), &["init", "-o", "tenant.toml"]);
    assert_eq!(said, "error: `tenant.toml` exists already\nhelp: give `--force` to replace it, or another name\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    done(folder.path(), &["init", "-o", "tenant.toml", "--force"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), done(folder.path(), &["init"]));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no half-written file is left");
    for force in [&[][..], &["--force"]] {
        assert!(refused(folder.path(), &[&["init", "-o", "."], force].concat()).contains("`.` is a folder"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_written_through() {
    let folder = tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), folder.path().join("tenant.toml")).unwrap();
    refused(folder.path(), &["init", "-o", "tenant.toml"]);
    assert!(!folder.path().join("elsewhere").exists());
}

/// A library folder with a framework in force, a template for it, and one action besides the built-in ones.
fn own_library(folder: &Path, action: &str) {
    let own = folder.join("own");
    fs::create_dir_all(own.join("controls")).unwrap();
    fs::create_dir_all(own.join("templates/own/actions")).unwrap();
    let write = |path: &str, text: &str| fs::write(own.join(path), text).unwrap();
    write(
        "controls/f.toml",
        "[framework]\nid = \"f\"\ntitle = \"F\"\nedition = \"1\"\npublisher = \"P\"\nstatus = \"current\"\n\
         [[group]]\nid = \"1\"\ntitle = \"One\"\n\
         [[control]]\nid = \"1.1\"\ngroup = \"1\"\ntitle = \"C\"\nkind = \"clause\"\n",
    );
    write("templates/own/provider.toml", "[provider]\nid = \"own\"\nname = \"Own\"\n");
    write("templates/own/actions/a.toml", action);
    write(
        "templates/own/f.toml",
        "[template]\nid = \"own/f\"\ntitle = \"T\"\nframework = \"f\"\nprovider = \"own\"\nversion = 2026-01-01\n\
         [[map]]\ncontrol = \"1.1\"\nactions = [\"require-mfa-for-admins\", \"own-action\"]\n",
    );
}

const ACTION: &str = r#"
[[action]]
id = "own-action"
title = "Two\n[[evil]]\nx = 1 \u001b[31m\u202e"
owner = "customer"
type = "technical"
purpose = "detective"
enforcement = "mandatory"
guidance = "One\r\n[evil]\r\u0007 line"
"#;

#[test]
fn text_of_a_library_stays_on_its_comment_line() {
    let folder = tempdir().unwrap();
    own_library(folder.path(), ACTION);
    let text = done(folder.path(), &["init", "--library", "own", "--template", "own/f"]);
    assert_eq!(listed(&text), ["own-action"]);
    assert!(text.contains("\n## Two [[evil]] x = 1 "));
    assert!(!text.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')));
    let profile: toml::Table = text.parse().unwrap();
    assert_eq!(profile.keys().collect::<Vec<_>>(), ["assessment", "organization"]);
}

#[test]
fn a_framework_in_force_is_chosen_before_one_that_is_withdrawn() {
    let folder = tempdir().unwrap();
    let args = ["init", "--services", "azure"];
    let text = done(folder.path(), &args);
    assert!(text.contains("\ntemplate = \"microsoft-cloud/iso-27001-2022\"\n"));
    own_library(folder.path(), ACTION);
    let args = ["init", "--library", "own", "--services", "azure"];
    let text = done(folder.path(), &[&args[..], &["--template", "own/f"]].concat());
    assert_eq!(listed(&text), ["own-action", "require-mfa-for-admins"]);
    let text = done(folder.path(), &[&args[..], &["--template", "microsoft-cloud/iso-27001-2013"]].concat());
    assert!(text.contains("\ntemplate = \"microsoft-cloud/iso-27001-2013\"\n"));
}
