//! Small profiles against the built-in library: what is read, and what is told about it.

use crate::support::folder_of;
use annexa::{Checked, Cohort, Diagnostics, Model, ProfileFolder, Sources, TenantProfile, Unchecked};
use serde_json::Value;

const HEAD: &str = "\
[organization]
name = \"Contoso Ltd\"

[[assessment]]
template = \"microsoft-cloud/iso-27001-2013\"

[[service]]
id = \"office-365\"
";

fn read(tail: &str) -> (Model, Result<Checked<TenantProfile>, Diagnostics>) {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let text = format!("{HEAD}\n{tail}");
    let file = sources.add("profile.toml", text.clone());
    let profile = model.profile(&text, file, &Unchecked);
    (model, profile)
}

/// The codes of what is told about a profile, in order.
fn codes(tail: &str) -> Vec<&'static str> {
    let told = match read(tail).1 {
        Ok(profile) => profile.warnings,
        Err(faults) => faults,
    };
    told.sorted().iter().map(|d| d.code.name()).collect()
}

/// An action of the result.
fn action(tail: &str, id: &str) -> Value {
    let (model, profile) = read(tail);
    let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 1).expect("a date");
    let profile = profile.unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let score = serde_json::to_value(model.score(&profile, day, 90)).expect("JSON");
    let actions = score["assessments"][0]["actions"].as_array().expect("actions").clone();
    actions.into_iter().find(|a| a["id"] == id).unwrap_or_else(|| panic!("no action {id}"))
}

#[test]
fn an_empty_list_of_instances_leaves_the_status_of_the_action() {
    let text = "
        [[action]]
        id = \"require-mfa-for-admins\"
        implementation = \"implemented\"
        test = \"passed\"
        tested_on = 2020-05-01
        instance = []
    ";
    assert_eq!(codes(text), [""; 0]);
    assert_eq!(action(text, "require-mfa-for-admins")["basis_points"], 10_000);
    let bare = "action = [{ id = \"require-mfa-for-admins\", instance = [] }]".to_owned();
    assert_eq!(read_alone(&bare), ["missing-key"]);
}

/// What is told about a profile whose top-level keys come before its tables.
fn read_alone(keys: &str) -> Vec<&'static str> {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let text = format!("{keys}\n{HEAD}");
    let file = sources.add("profile.toml", text.clone());
    let faults = model.profile(&text, file, &Unchecked).expect_err("a fault");
    faults.sorted().iter().map(|d| d.code.name()).collect()
}

#[test]
fn an_assessment_that_cannot_be_read_is_told_alone() {
    let text = "
        [[assessment]]
        template = \"microsoft-cloud/iso-27001-2031\"
        group = \"plant\"

        [[action]]
        id = \"write-access-control-policy\"
        group = \"plant\"
        implementation = \"planned\"

        [[exclusion]]
        control = \"A.8.28\"
        framework = \"iso-27001-2031\"
        justification = \"Nothing is developed.\"

        [[evidence]]
        id = \"nothing-rests-on-it\"
    ";
    assert_eq!(codes(text), ["unknown-template"]);
}

#[test]
fn the_next_step_names_a_few_places_and_counts_the_rest() {
    let steps = |count: usize| {
        let places = (0..count)
            .rev()
            .map(|n| format!("[[action.instance]]\nname = \"tenant-{n}\"\nimplementation = \"planned\"\n"));
        let text = format!("[[action]]\nid = \"require-mfa-for-admins\"\n{}", places.collect::<String>());
        let (model, profile) = read(&text);
        let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 1).expect("a date");
        let score = model.score(&profile.expect("no faults").value, day, 90);
        let gaps = &score.assessments[0].gaps;
        let is_own = |g: &&annexa::Gap| g.finding.action.as_ref().is_some_and(|a| a.id == "require-mfa-for-admins");
        gaps.iter().find(is_own).expect("a gap").finding.next_step.clone()
    };
    assert_eq!(steps(4), "Carry out what is planned (tenant-0, tenant-1, tenant-2, tenant-3), then test it");
    assert_eq!(steps(1000), "Carry out what is planned (tenant-0, tenant-1, tenant-10 and 997 more), then test it");
}

#[test]
fn evidence_files_lie_in_the_folder_of_the_profile_wherever_links_lead() {
    let entries = ["inside.txt", "linked.txt", "sub", "out.txt", "sub/out/note.txt", "gone.txt"].map(|path| {
        let id = path.replace('/', "-");
        format!("[[evidence]]\nid = \"{id}\"\nkind = \"certificate\"\nvalid_from = 2020-01-01\nservices = [\"azure\"]\npath = \"{path}\"\n")
    });
    let text = format!("{HEAD}\n{}", entries.concat());
    let outside = folder_of([("note.txt", &b"not yours"[..])]);
    let folder = folder_of([("profile.toml", text.as_bytes()), ("inside.txt", b"mine"), ("sub/note.txt", b"mine")]);
    let link =
        |to: &std::path::Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
    link(&folder.path().join("sub/note.txt"), "linked.txt");
    link(&outside.path().join("note.txt"), "out.txt");
    link(outside.path(), "sub/out");
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    let file = sources.add("profile.toml", text.clone());
    let place = ProfileFolder::of(&folder.path().join("profile.toml"));
    let told = model.profile(&text, file, &place).expect("warnings only").warnings;
    let told: Vec<&str> = told.sorted().iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "cannot open `sub`: it is not a file",
            "cannot open `out.txt`: a link leads out of the profile's folder",
            "cannot open `sub/out/note.txt`: a link leads out of the profile's folder",
            "cannot open `gone.txt`: No such file or directory (os error 2)",
        ]
    );
}

#[test]
fn what_tenants_are_grouped_by_is_kept_and_moves_no_score() {
    let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 1).expect("a date");
    let with = |keys: &str| {
        let mut sources = Sources::default();
        let model = Model::builtin(&mut sources);
        let text = HEAD.replacen('\n', &format!("\n{keys}\n"), 1);
        let file = sources.add("profile.toml", text.clone());
        let profile = model.profile(&text, file, &Unchecked);
        (model, profile)
    };
    let of = |keys: &str| {
        let (model, profile) = with(keys);
        let profile = profile.unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(profile.warnings.is_empty());
        let score = serde_json::to_string(&model.score(&profile.value, day, 90)).expect("JSON");
        (profile.value.profile().cohort.clone(), score)
    };
    let (none, plain) = of("");
    assert_eq!(none, Cohort::default());
    let (cohort, score) = of("sector = \"Health\"\npartner = \"Northwind, GmbH\"\nregion = \"EU\"");
    assert_eq!([cohort.sector, cohort.partner, cohort.region], ["Health", "Northwind, GmbH", "EU"]);
    assert_eq!(score, plain);
    // An empty name would be a cohort that nobody can ask for.
    let faults = with("sector = \" \"").1.expect_err("a fault");
    assert_eq!(faults.sorted().iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["empty-text"]);
}
