//! `annexa whatif`: what it foresees is what scoring a file edited by hand gives.
//!
//! A case is a folder with the arguments and the profile as somebody else would have edited it.

use crate::random::case;
use crate::support::{cases, code, done, err, folders, out, refused, run_in};
use annexa::{Library, LibraryText, Model, Owner, Question, Sources, Supposed, Supposition, Unchecked, what_if};
use serde_json::Value;
use std::fs;

/// The command on the made-up library, in the folder of the cases.
fn args<'a>(command: &'a str, library: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command, "--no-builtin", "--library", library], more].concat()
}

#[test]
fn it_foresees_what_the_edited_file_gives() {
    let here = cases("whatif");
    let library = cases("migrate-library");
    let library = library.to_str().unwrap();
    let names = folders(&here);
    assert!(names.len() > 8);
    for name in names {
        let told = fs::read_to_string(here.join(&name).join("args")).unwrap();
        let told: Vec<&str> = told.split_whitespace().collect();
        let date = &told[told.len() - 2..];
        let after = format!("{name}/after.toml");
        for format in ["text", "json", "markdown"] {
            let supposed = [&["before.toml", "--format", format], &told[..]].concat();
            let edited = [&["before.toml", &after, "--format", format], date].concat();
            let supposed = done(&here, &args("whatif", library, &supposed));
            assert_eq!(supposed, done(&here, &args("diff", library, &edited)), "{name}, {format}");
            assert!(!supposed.contains("Nothing moved"), "{name}");
        }
        let text = done(&here, &args("whatif", library, &[&["before.toml", "--format", "toml"], &told[..]].concat()));
        assert!(text.contains("# What is written here stays."), "{text}");
        let folder = crate::support::folder_of([("edited.toml", text.as_bytes())]);
        let score = |folder, file| -> Value {
            let asked = [&[file, "--format", "json"], date].concat();
            serde_json::from_str(&done(folder, &args("score", library, &asked))).unwrap()
        };
        let (own, by_hand) = (score(folder.path(), "edited.toml"), score(&here, &after));
        assert_eq!(own["overall"], by_hand["overall"], "{name}");
        assert_eq!(own["assessments"][0]["controls"], by_hand["assessments"][0]["controls"], "{name}");
    }
}

#[test]
fn evidence_of_the_library_can_be_gone() {
    let (here, library) = (cases("whatif"), cases("migrate-library"));
    let asked = ["before.toml", "--drop-evidence", "cert-acme-mail", "--as-of", "2022-11-01", "--format", "json"];
    let told: Value = serde_json::from_str(&done(&here, &args("whatif", library.to_str().unwrap(), &asked))).unwrap();
    assert_eq!(told["to"]["provider"]["achieved"], "0.0000");
    assert_ne!(told["from"]["provider"]["achieved"], "0.0000");
    assert_eq!(told["causes"].as_array().unwrap().len(), 1);
    assert_eq!(told["causes"][0]["actions"][0], "run-mail-securely");
}

#[test]
fn a_date_alone_is_a_change_from_today() {
    let (here, library) = (cases("whatif"), cases("migrate-library"));
    let library = library.to_str().unwrap();
    let text = done(&here, &args("whatif", library, &["before.toml", "--as-of", "2022-06-01"]));
    assert!(text.contains("to 2022-06-01"), "{text}");
    let from = ["before.toml", "--from-date", "2022-06-01", "--as-of", "2022-11-01"];
    let text = done(&here, &args("whatif", library, &from));
    assert!(text.contains("from 2022-06-01 to 2022-11-01"), "{text}");
    let said = refused(&here, &args("whatif", library, &["before.toml"]));
    assert!(said.contains("nothing is supposed") && said.contains("--set ACTION=done"), "{said}");
}

#[test]
fn all_that_cannot_be_supposed_is_told_at_once() {
    let (here, library) = (cases("whatif"), cases("migrate-library"));
    let wrong = [
        ("--set", "destroy-medai=done", "no action `destroy-medai`\nhelp: the nearest known name is `destroy-media`"),
        ("--set", "destroy-media=don", "`don` is no status\nhelp: the nearest known name is `done`"),
        ("--set", "run-mail-securely=done", "`run-mail-securely` is the provider's action"),
        ("--set", "require-two-factors@north=done", "has one status for all groups"),
        ("--set", "write-policies@west=done", "no group `west`"),
        ("--set", "require-two-factors#shop=passed", "no instance `shop`"),
        ("--set", "destroy-media", "write ACTION=STATUS"),
        ("--add-service", "acme-mail", "uses `acme-mail` already"),
        ("--drop-service", "acme-fax", "no service `acme-fax` that this profile uses"),
        ("--drop-evidence", "hand-book", "no evidence `hand-book`\nhelp: the nearest known name is `handbook`"),
        ("--renew", "handbook=soon", "`soon` is no date"),
        ("--exclude", "A.99", "no control `A.99`"),
    ];
    let flags: Vec<&str> = wrong.iter().flat_map(|(flag, value, _)| [*flag, *value]).collect();
    let asked = [&["before.toml"], &flags[..]].concat();
    let said = refused(&here, &args("whatif", library.to_str().unwrap(), &asked));
    for (flag, value, expected) in wrong {
        assert!(said.contains(expected), "{flag} {value}: {said}");
    }
    assert_eq!(said.matches("error: ").count(), wrong.len(), "{said}");
    // What only the checks of a profile find points into the edited text.
    let output = run_in(&here, &args("whatif", library.to_str().unwrap(), &["before.toml", "--exclude", "4.1"]));
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("before.toml with the changes:"), "{}", err(&output));
    assert_eq!(out(&output), "");
}

#[test]
fn whatever_a_profile_looks_like_all_can_be_done() {
    let mut done = 0;
    for seed in 0..300 {
        let case = case(seed);
        let mut sources = Sources::default();
        let files: Vec<u32> = case.files.iter().map(|(path, text)| sources.add(path.clone(), text.clone())).collect();
        let texts = case.files.iter().zip(files);
        let texts: Vec<LibraryText<'_>> =
            texts.map(|((path, text), file)| LibraryText { layer: 1, path, file, text }).collect();
        let model = Model::assemble(Library::default(), &texts).unwrap().value;
        let profile = model.profile(&case.profile, 0, &Unchecked).unwrap().value;
        let customer = model.library().actions().iter().filter(|a| a.owner == Owner::Customer);
        let set =
            |id: &str| Supposition::Set { action: id.to_owned(), group: None, instance: None, status: Supposed::Done };
        let changes: Vec<Supposition> = customer.map(|a| set(a.id.value.as_str())).collect();
        let (model, profile, text, changes) = (&model, &profile, case.profile.as_str(), &changes[..]);
        let (from, to) = (case.as_of, case.as_of);
        let found = what_if(&Question { model, profile, text, folder: &Unchecked, changes, from, to }, 0);
        let found = found.unwrap_or_else(|e| panic!("seed {seed}: {e:?}"));
        let customer = found.comparison.to.figures.customer;
        assert_eq!((customer.achieved, customer.assured), (customer.possible, customer.possible), "seed {seed}");
        done += usize::from(customer.possible > found.comparison.from.figures.customer.achieved);
    }
    assert!(done > 200, "{done}");
}
