//! What a result rests on: cases as a person meets them, and every figure held against scoring the texts of
//! profile and library with the thing edited out of them.
//!
//! A case is a folder with a profile and `args`; `expected.txt` is what is printed, with the exit code as its
//! last line, and `expected.json` the same for programs.

use crate::random::{self, Case};
use crate::support::{cases, code, differs, done, err, folder_of, folders, none, out, refused, run_in};
use annexa::{
    Amount, Checked, Library, LibraryText, Model, Origin, Support, SupportKind, TenantProfile, TenantScore, Unchecked,
    Weakpoints,
};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;
use toml::{Table, Value};

/// Runs the program in `folder` with the made-up library.
fn run(folder: &Path, args: &[&str]) -> Output {
    let library = cases("migrate-library");
    run_in(folder, &[&["weakpoints", "--no-builtin", "--library", library.to_str().unwrap()], args].concat())
}

#[test]
fn of_each_case_reads_as_expected() {
    let mut faults = Vec::new();
    for name in folders(&cases("weakpoints")) {
        let case = cases("weakpoints").join(&name);
        let args = fs::read_to_string(case.join("args")).unwrap();
        let args: Vec<&str> = args.split_whitespace().collect();
        let output = run(&case, &args);
        let text = format!("{}{}exit {}\n", out(&output), err(&output), code(&output));
        faults.extend(differs(&case.join("expected.txt"), &text));
        assert_eq!(code(&output), 0, "{name}: {text}");
        if !args.contains(&"--format") {
            let json = run(&case, &[&args[..], &["--format", "json"]].concat());
            faults.extend(differs(&case.join("expected.json"), out(&json)));
        }
    }
    none(&faults);
}

fn told(case: &str) -> Json {
    serde_json::from_str(&fs::read_to_string(cases("weakpoints").join(case).join("expected.json")).unwrap()).unwrap()
}

fn ids<'j>(list: &'j Json, key: &str) -> Vec<&'j str> {
    list.as_array().unwrap().iter().map(|v| v[key].as_str().unwrap()).collect()
}

#[test]
fn each_case_says_what_a_person_would() {
    let alone = told("an-item-alone-holds-three-controls");
    assert_eq!(ids(&alone["items"], "id"), ["handbook", "acme-mail"]);
    assert_eq!(ids(&alone["items"][0]["controls"], "id"), ["4.1", "A.5.1", "A.5.2"]);
    assert_eq!(ids(&alone["single_support"], "control"), ["4.1", "A.5.2"]);
    let either = told("either-of-two-items-is-enough");
    assert_eq!((&either["items"], &either["single_support"]), (&Json::Array(vec![]), &Json::Array(vec![])));
    assert_eq!(either["pairs"][0]["more"]["assured"], "27.0000");
    assert_eq!(ids(&either["pairs"][0]["items"], "id"), ["sign-in-policy", "sign-in-review"]);
    let certificate = told("a-certificate-under-a-providers-action");
    assert_eq!(ids(&certificate["items"], "id"), ["cert-acme-mail", "acme-mail"]);
    assert_eq!(certificate["items"][0]["achieved"], "27.0000");
    assert_eq!(certificate["items"][0]["origin"], "library");
    let parent = told("a-parent-carries-two-more");
    assert_eq!((&parent["items"][0]["id"], &parent["items"][0]["actions"]), (&"write-policies".into(), &3.into()));
    let assignee = told("the-tests-of-one-person");
    assert_eq!((&assignee["items"][0]["id"], &assignee["items"][0]["achieved"]), (&"ada".into(), &"54.0000".into()));
    let nothing = told("nothing-in-scope");
    assert_eq!(nothing["overall"]["percent"], Json::Null);
}

#[test]
fn every_form_and_kind_and_a_word_that_is_none() {
    let case = cases("weakpoints/an-item-alone-holds-three-controls");
    fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
        [&["profile.toml", "--as-of", "2022-06-01"], more].concat()
    }
    let csv = run(&case, &args(&["--kind", "evidence", "--format", "csv"]));
    let mut reader = csv::Reader::from_reader(out(&csv).as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let told: Vec<[&str; 4]> =
        rows.iter().filter(|r| r[6].is_empty()).map(|r| [&r[3], &r[13], &r[15], &r[16]]).collect();
    let expected = [
        ["handbook", "4.1", "27.0000", "true"],
        ["handbook", "A.5.1", "27.0000", "false"],
        ["handbook", "A.5.2", "27.0000", "true"],
    ];
    assert_eq!(told, expected);
    let markdown = run(&case, &args(&["--format", "markdown"]));
    assert!(out(&markdown).contains("| 54 | 0 | 3 | 2 | evidence | handbook |"), "{}", out(&markdown));
    let services = run(&case, &args(&["--kind", "service"]));
    assert!(out(&services).contains("Something falls with the one service"), "{}", out(&services));
    let folder = folder_of([("profile.toml", fs::read(case.join("profile.toml")).unwrap().as_slice())]);
    let said = refused(folder.path(), &["weakpoints", "profile.toml", "--kind", "person"]);
    assert!(said.contains("assignee"), "{said}");
    let enterprise = annexa::starter_profiles().find(|(path, _)| path.ends_with("enterprise.toml")).unwrap().1;
    fs::write(folder.path().join("enterprise.toml"), enterprise).unwrap();
    let args = ["weakpoints", "enterprise.toml", "--as-of", "2021-12-01", "--top", "2"];
    assert!(done(folder.path(), &args).contains("more\n"));
}

// ---- Against the texts with the thing edited out ----

struct Read {
    model: Model,
    profile: TenantProfile,
}

fn read(files: &[(String, String)], profile: &str) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let read = model.profile(profile, 1_000, &Unchecked);
    let Checked { value: profile, .. } = read.unwrap_or_else(|faults| panic!("{faults:#?}\n{profile}"));
    Read { model, profile }
}

fn list<'t>(table: &'t mut Table, key: &str) -> &'t mut Vec<Value> {
    table.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut().unwrap()
}

fn text<'t>(table: &'t Value, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Value::as_str)
}

/// A case as tables: the files of providers, and the profile.
struct Edited {
    files: Vec<(String, String)>,
    profile: Table,
}

impl Edited {
    fn new(case: &Case) -> Self {
        Self { files: case.files.clone(), profile: case.profile.parse().unwrap() }
    }

    fn providers(&mut self, edit: impl Fn(&mut Table)) {
        for (_, text) in self.files.iter_mut().filter(|(path, _)| path.ends_with("provider.toml")) {
            let mut table: Table = text.parse().unwrap();
            edit(&mut table);
            *text = table.to_string();
        }
    }

    fn without_item(&mut self, id: &str, is_own: bool) {
        let is_it = |v: &Value| text(v, "id") == Some(id);
        // A link means the profile's item where both have the id.
        if is_own || !list(&mut self.profile, "evidence").iter().any(is_it) {
            let unlink = |table: &mut Value| {
                if let Some(links) = table.get_mut("evidence").and_then(Value::as_array_mut) {
                    links.retain(|l| l.as_str() != Some(id));
                }
            };
            for entry in list(&mut self.profile, "action") {
                unlink(entry);
                entry.get_mut("instance").into_iter().flat_map(|i| i.as_array_mut().unwrap()).for_each(unlink);
            }
        }
        if is_own {
            list(&mut self.profile, "evidence").retain(|e| !is_it(e));
        } else {
            self.providers(|table| list(table, "evidence").retain(|e| !is_it(e)));
        }
    }

    fn without_namings_of(&mut self, service: &str) {
        let is_it = |v: &Value| v.as_str() == Some(service) || text(v, "id") == Some(service);
        let edit = |table: &mut Table| {
            for item in list(table, "evidence") {
                if let Some(named) = item.get_mut("services").and_then(Value::as_array_mut) {
                    named.retain(|s| !is_it(s));
                }
            }
        };
        edit(&mut self.profile);
        self.providers(edit);
    }

    fn without_status_of(&mut self, action: &str) {
        list(&mut self.profile, "action").retain(|a| text(a, "id") != Some(action));
    }

    fn without_tests_of(&mut self, assignee: &str) {
        let untest = |place: &mut Value, source: &str| {
            if source == "manual" {
                let place = place.as_table_mut().unwrap();
                if place["implementation"].as_str() == Some("not-in-scope") {
                    place.remove("test");
                } else {
                    place.insert("test".to_owned(), "none".into());
                }
            }
        };
        let theirs = list(&mut self.profile, "action").iter_mut();
        for entry in theirs.filter(|a| text(a, "assigned_to") == Some(assignee)) {
            let source = text(entry, "test_source").unwrap_or("manual").to_owned();
            match entry.get_mut("instance").and_then(Value::as_array_mut) {
                _ if source == "parent" => {}
                None => untest(entry, &source),
                Some(instances) => {
                    for instance in instances {
                        let own = text(instance, "test_source").unwrap_or(&source).to_owned();
                        untest(instance, &own);
                    }
                }
            }
        }
    }

    fn score(&self, case: &Case) -> TenantScore {
        let found = read(&self.files, &self.profile.to_string());
        found.model.score(&found.profile, case.as_of, 90)
    }
}

/// What falls: over all, and for each control by template, group and id; whether nothing of it is left.
#[derive(Debug, Default, PartialEq, Eq)]
struct Fallen {
    all: (Amount, Amount),
    controls: BTreeMap<(String, String, String), (Amount, Amount, bool)>,
}

fn fallen(before: &TenantScore, after: &TenantScore) -> Fallen {
    let less = before.overall.total.less(&after.overall.total);
    let mut fallen = Fallen { all: (less.achieved, less.assured), ..Fallen::default() };
    for (old, new) in before.assessments.iter().zip(&after.assessments) {
        for (control, changed) in old.controls.iter().zip(&new.controls) {
            let less = control.figures.total.less(&changed.figures.total);
            if (less.achieved, less.assured) != (Amount::ZERO, Amount::ZERO) {
                let key = (old.template.clone(), old.group.clone(), control.id.clone());
                let is_lost = less.assured != Amount::ZERO && changed.figures.total.assured == Amount::ZERO;
                fallen.controls.insert(key, (less.achieved, less.assured, is_lost));
            }
        }
    }
    fallen
}

fn as_fallen(fall: &annexa::Fall) -> Fallen {
    let controls = fall.controls.iter().map(|c| {
        let key = (c.assessment.template.clone(), c.assessment.group.clone(), c.id.clone());
        (key, (c.effect.achieved, c.effect.assured, c.is_lost))
    });
    Fallen { all: (fall.effect.achieved, fall.effect.assured), controls: controls.collect() }
}

/// A thing by its kind, its id, and whether it is the library's.
type Thing = (SupportKind, String, bool);

fn thing(support: &Support) -> Thing {
    (support.kind, support.id.clone(), support.origin == Some(Origin::Library))
}

/// Everything that could be taken away, from the texts.
fn things(case: &Case, found: &Read) -> BTreeSet<Thing> {
    let mut profile: Table = case.profile.parse().unwrap();
    let mut things: BTreeSet<Thing> = BTreeSet::new();
    let ids = |list: &[Value]| list.iter().map(|v| text(v, "id").unwrap().to_owned()).collect::<Vec<_>>();
    things.extend(ids(list(&mut profile, "evidence")).into_iter().map(|id| (SupportKind::Evidence, id, false)));
    let library = found.model.library().evidence().iter();
    things.extend(library.map(|e| (SupportKind::Evidence, e.id.value.to_string(), true)));
    let services = list(&mut profile, "service").iter().filter(|s| s.get("external").is_none());
    things.extend(services.map(|s| (SupportKind::Service, text(s, "id").unwrap().to_owned(), false)));
    for entry in list(&mut profile, "action") {
        things.extend(text(entry, "parent").map(|id| (SupportKind::Parent, id.to_owned(), false)));
        things.extend(text(entry, "assigned_to").map(|id| (SupportKind::Assignee, id.to_owned(), false)));
    }
    things
}

fn take(edited: &mut Edited, (kind, id, is_library): &Thing) {
    match kind {
        SupportKind::Evidence => edited.without_item(id, !is_library),
        SupportKind::Service => edited.without_namings_of(id),
        SupportKind::Parent => edited.without_status_of(id),
        SupportKind::Assignee => edited.without_tests_of(id),
    }
}

fn weakpoints(case: &Case, found: &Read) -> Weakpoints {
    found.model.weakpoints(&found.profile, case.as_of, &[])
}

#[test]
fn what_falls_is_what_the_score_loses_with_the_thing_edited_out() {
    let mut seen: BTreeMap<SupportKind, usize> = BTreeMap::new();
    for seed in 0..200 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        let told = weakpoints(&case, &found);
        let before = found.model.score(&found.profile, case.as_of, 90);
        let items = told.items.iter().map(|item| (thing(&item.support), as_fallen(&item.fall)));
        let items: BTreeMap<Thing, Fallen> = items.collect();
        assert_eq!(items.len(), told.items.len(), "seed {seed}: each once");
        let mut expected: BTreeMap<Thing, Fallen> = BTreeMap::new();
        for thing in things(&case, &found) {
            let mut edited = Edited::new(&case);
            take(&mut edited, &thing);
            let fallen = fallen(&before, &edited.score(&case));
            if !fallen.controls.is_empty() {
                *seen.entry(thing.0).or_default() += 1;
                expected.insert(thing, fallen);
            }
        }
        assert_eq!(items, expected, "seed {seed}");
        let lost: BTreeSet<(Thing, String, String, String)> = expected
            .iter()
            .flat_map(|(thing, f)| f.controls.iter().filter(|(_, c)| c.2).map(move |(key, _)| (thing, key)))
            .map(|(thing, (t, g, c))| (thing.clone(), t.clone(), g.clone(), c.clone()))
            .collect();
        let single = told.single_support.iter().map(|s| {
            let (assessment, item) = (&s.assessment, thing(&s.item));
            (item, assessment.template.clone(), assessment.group.clone(), s.control.clone())
        });
        assert_eq!(single.collect::<BTreeSet<_>>(), lost, "seed {seed}");
    }
    assert!(seen.len() == 4 && seen.values().all(|count| *count > 15), "the cases reach every kind: {seen:?}");
}

#[test]
fn no_other_pairs_of_evidence_lose_more_together_than_apart() {
    let mut seen = 0;
    for seed in 0..60 {
        let case = random::case(seed);
        let found = read(&case.files, &case.profile);
        let told = weakpoints(&case, &found);
        let before = found.model.score(&found.profile, case.as_of, 90);
        let without = |things: &[&Thing]| {
            let mut edited = Edited::new(&case);
            // The profile's item goes last: while it is there, a link means it and not the library's.
            things.iter().filter(|t| t.2).for_each(|t| take(&mut edited, t));
            things.iter().filter(|t| !t.2).for_each(|t| take(&mut edited, t));
            fallen(&before, &edited.score(&case))
        };
        let items: Vec<Thing> = things(&case, &found).into_iter().filter(|t| t.0 == SupportKind::Evidence).collect();
        let alone: Vec<Fallen> = items.iter().map(|item| without(&[item])).collect();
        let mut expected = BTreeMap::new();
        for (n, one) in items.iter().enumerate() {
            for (m, other) in items.iter().enumerate().skip(n + 1).filter(|(_, o)| o.1 != one.1) {
                let both = without(&[one, other]);
                let more = |of: fn(&Fallen) -> Amount| of(&both).less(of(&alone[n])).less(of(&alone[m]));
                let more = (more(|f| f.all.0), more(|f| f.all.1));
                if more != (Amount::ZERO, Amount::ZERO) {
                    let pair = BTreeSet::from([one.clone(), other.clone()]);
                    expected.insert(pair, (both, more));
                }
            }
        }
        let pairs = told.pairs.iter().filter(|p| p.items[0].id != p.items[1].id).map(|pair| {
            let items: BTreeSet<Thing> = pair.items.iter().map(thing).collect();
            (items, (as_fallen(&pair.fall), (pair.more.achieved, pair.more.assured)))
        });
        assert_eq!(pairs.collect::<BTreeMap<_, _>>(), expected, "seed {seed}");
        seen += expected.len();
    }
    assert!(seen > 10, "the cases reach pairs: {seen}");
}
