//! OSCAL as it is written: the official schemas hold, every reference has what it refers to, the controls are
//! those of the catalogue, and what is to be read back is there.

use crate::random;
use crate::support::{code, done, err, folder_of, refused, run_in};
use annexa::{
    Choice, ControlStatus, Dossier, DossierOptions, Library, LibraryText, Model, OscalDay, OscalOfLibrary,
    OscalOfTenant, Owner, Sources, TemplateIdx, TenantProfile, Unchecked, report, starter_profiles,
};
use chrono::NaiveDate;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

const AS_OF: &str = "2021-12-01";

struct Read {
    model: Model,
    sources: Sources,
    profile: TenantProfile,
}

/// A profile read against the built-in library.
fn read(text: &str) -> Read {
    let mut sources = Sources::default();
    let model = Model::builtin(&mut sources);
    read_with(model, sources, text)
}

fn read_with(model: Model, mut sources: Sources, text: &str) -> Read {
    let file = sources.add("tenant.toml", text.to_owned());
    let profile = model.profile(text, file, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")).value;
    Read { model, sources, profile }
}

fn read_random(case: &random::Case) -> Read {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    let model = Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let mut sources = Sources::default();
    for (path, text) in &case.files {
        sources.add(path.clone(), text.clone());
    }
    read_with(model, sources, &case.profile)
}

fn day(text: &str) -> OscalDay {
    OscalDay::new(text.parse().unwrap()).unwrap()
}

/// The file of each model's schema, built once: that takes longer than all that is held against it.
fn validator(root: &str) -> &'static Validator {
    static KNOWN: OnceLock<BTreeMap<&'static str, Validator>> = OnceLock::new();
    let schemas = [
        ("catalog", "catalog"),
        ("profile", "profile"),
        ("component-definition", "component"),
        ("system-security-plan", "ssp"),
        ("assessment-results", "assessment-results"),
        ("plan-of-action-and-milestones", "poam"),
    ];
    let build = |(root, file): (&'static str, &str)| {
        let path = format!("{}/tests/schemas/oscal-1.1.3/oscal_{file}_schema.json", env!("CARGO_MANIFEST_DIR"));
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        (root, jsonschema::options().should_validate_formats(true).build(&schema).unwrap())
    };
    &KNOWN.get_or_init(|| schemas.into_iter().map(build).collect())[root]
}

/// The document as it is written and read back, which the schema of its model accepts.
fn valid(document: &impl serde::Serialize, what: &str) -> Value {
    let text = report::to_json(document).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let root = value.as_object().unwrap().keys().next().unwrap().clone();
    let faults: Vec<String> =
        validator(&root).iter_errors(&value).take(5).map(|e| format!("{}: {}", e.instance_path(), short(&e))).collect();
    assert!(faults.is_empty(), "{what}: {root}\n{}", faults.join("\n"));
    whole(&value, what);
    value
}

fn short(error: &impl std::fmt::Display) -> String {
    error.to_string().chars().take(300).collect()
}

/// Every key with its value, at any depth.
fn walk<'v>(value: &'v Value, seen: &mut dyn FnMut(&'v str, &'v Value)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                seen(key, value);
                walk(value, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, seen)),
        _ => {}
    }
}

/// Each identifier is given once, and every reference inside the document has what it refers to.
fn whole(document: &Value, what: &str) {
    let mut given = BTreeSet::new();
    let mut wanted = BTreeSet::new();
    walk(document, &mut |key, value| match (key, value) {
        ("uuid", Value::String(id)) => assert!(given.insert(id.as_str()), "{what}: {id} is given twice"),
        ("href", Value::String(href)) => wanted.extend(href.strip_prefix('#')),
        (key, Value::String(id)) if key.ends_with("-uuid") => {
            wanted.insert(id);
        }
        (key, Value::Array(ids)) if key.ends_with("-uuids") => wanted.extend(ids.iter().filter_map(Value::as_str)),
        _ => {}
    });
    walk(document, &mut |_, value| {
        if value["name"] == "leveraged-authorization-uuid" {
            wanted.insert(text(&value["value"]));
        }
    });
    let lost: Vec<_> = wanted.difference(&given).collect();
    assert!(lost.is_empty(), "{what}: nothing has the identifiers {lost:?}");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What a property says, whole.
fn told(prop: &Value) -> &str {
    text(prop.get("remarks").unwrap_or(&prop["value"]))
}

/// The values of all properties of our own of this name.
fn props<'v>(of: &'v Value, name: &str) -> Vec<&'v str> {
    let own = list(&of["props"]).iter().filter(|p| p["ns"] == annexa::OSCAL_NAMESPACE && p["name"] == name);
    own.map(told).collect()
}

fn prop<'v>(of: &'v Value, name: &str) -> Option<&'v str> {
    props(of, name).first().copied()
}

/// The ids of controls that a document names, wherever that is.
fn controls(document: &Value) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    walk(document, &mut |key, value| match key {
        "control-id" | "target-id" => {
            ids.insert(text(value));
        }
        "with-ids" => ids.extend(list(value).iter().map(text)),
        _ => {}
    });
    ids
}

/// The ids of the controls of a catalogue, at any depth.
fn catalogued(catalog: &Value) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    walk(catalog, &mut |key, value| {
        if key == "controls" {
            ids.extend(list(value).iter().map(|control| text(&control["id"])));
        }
    });
    ids
}

impl Read {
    fn dossier(&self, as_of: NaiveDate) -> Dossier {
        let options = DossierOptions { as_of, expiring_within: 90, hours: None };
        self.model.dossier(&self.profile, &self.sources, &options)
    }

    fn catalog(&self, framework: &str, what: &str) -> Value {
        let framework = self.model.library().find_framework(framework).unwrap();
        valid(&self.model.oscal_of_library(OscalOfLibrary::Catalog(framework), day(AS_OF)).unwrap(), what)
    }

    /// The profile and the component definition of a template, whose controls the catalogue has.
    fn of_template(&self, template: TemplateIdx, what: &str) -> [Value; 2] {
        let framework = self.model.library().template(template).framework.value.to_string();
        let catalog = self.catalog(&framework, what);
        let known = catalogued(&catalog);
        let kinds = [
            OscalOfLibrary::Profile(template, "catalog.json"),
            OscalOfLibrary::ComponentDefinition(template, "catalog.json"),
        ];
        kinds.map(|kind| {
            let document = valid(&self.model.oscal_of_library(kind, day(AS_OF)).unwrap(), what);
            assert!(controls(&document).is_subset(&known), "{what}");
            document
        })
    }

    /// The three documents of each assessment, held against the dossier.
    fn of_tenant(&self, as_of: NaiveDate, what: &str) -> Vec<[Value; 3]> {
        let dossier = self.dossier(as_of);
        let each = dossier.score.assessments.iter().enumerate().map(|(position, assessment)| {
            let what = format!("{what}, {} in {}", assessment.template, assessment.group);
            let catalog = self.catalog(&assessment.framework, &what);
            let known = catalogued(&catalog);
            let kinds =
                [OscalOfTenant::Ssp("profile.json"), OscalOfTenant::AssessmentResults, OscalOfTenant::Poam("ssp.json")];
            let documents = kinds.map(|kind| {
                let document = self.model.oscal_of_tenant(kind, &self.profile, &dossier, position).unwrap();
                let document = valid(&document, &what);
                assert!(controls(&document).is_subset(&known), "{what}");
                document
            });
            self.plan(&documents[0], &known, &what);
            self.carried(&documents[0], &dossier, position, &what);
            results(&documents[1], &dossier, position, &what);
            items(&documents[2], &dossier, position, &what);
            documents
        });
        each.collect()
    }

    /// The plan has every control, and every status of the profile.
    fn plan(&self, document: &Value, known: &BTreeSet<&str>, what: &str) {
        let plan = &document["system-security-plan"];
        let requirements = list(&plan["control-implementation"]["implemented-requirements"]);
        let of: BTreeSet<&str> = requirements.iter().map(|r| text(&r["control-id"])).collect();
        assert_eq!((&of, requirements.len()), (known, known.len()), "{what}");
        let profile = self.profile.profile();
        let expected: Vec<String> = profile
            .actions
            .iter()
            .flat_map(|entry| {
                let action = self.model.library().action(entry.action).id.value.as_str();
                let head = format!("{action} {:?}", entry.group);
                let places = entry.places().iter().map(|place| {
                    format!("{head} {:?} {} {} {}", place.name, place.implementation, place.test, place.source)
                });
                let places: Vec<String> = places.collect();
                if places.is_empty() { vec![format!("{head} parent")] } else { places }
            })
            .collect();
        assert_eq!(statuses(&plan["system-implementation"]["components"][0]), expected, "{what}");
    }
}

impl Read {
    /// Each control is carried as the score has it: nothing that is open is said to be done, nothing is taken over
    /// from a service that no evidence names, and what is excluded is not applicable and says why.
    fn carried(&self, document: &Value, dossier: &Dossier, position: usize, what: &str) {
        let plan = &document["system-security-plan"];
        let system = &plan["system-implementation"]["components"][0]["uuid"];
        let owner = |id: &str| {
            let library = self.model.library();
            library.action(library.find_action(id).unwrap()).owner
        };
        let requirements = list(&plan["control-implementation"]["implemented-requirements"]);
        let controls = dossier.score.assessments[position].controls.iter();
        for ((requirement, control), sheet) in
            requirements.iter().zip(controls).zip(&dossier.assessments[position].controls)
        {
            assert_eq!(prop(requirement, "control"), Some(control.id.as_str()), "{what}");
            let parts = list(&requirement["by-components"]);
            let (own, services): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part["component-uuid"] == *system);
            let state = own.first().map(|part| part["implementation-status"]["state"].as_str().unwrap_or("unknown"));
            let customer = &control.figures.customer;
            let is_done = matches!(state, Some("implemented" | "alternative"));
            let is_whole = customer.possible.units() > 0 && customer.achieved == customer.possible;
            if let Some(exclusion) = &sheet.exclusion {
                assert_eq!((state, services.len()), (Some("not-applicable"), 0), "{what} {}", control.id);
                assert_eq!(prop(requirement, "justification").unwrap_or_default(), exclusion.justification, "{what}");
                continue;
            }
            assert_eq!(is_done, is_whole, "{what} {}: {state:?}", control.id);
            for part in services {
                let is_attested = prop(part, "service-state") == Some("attested");
                assert_eq!(part.get("inherited").is_some(), is_attested, "{what} {}", control.id);
                let export = &part["export"];
                let [provided, left] = [("provided", "provided"), ("responsibilities", "responsibility")]
                    .map(|(list_name, name)| list(&export[list_name]).iter().flat_map(|p| props(p, name)).collect());
                let (provided, left): (Vec<&str>, Vec<&str>) = (provided, left);
                assert!(!provided.is_empty() && provided.iter().all(|id| owner(id) == Owner::Provider), "{what}");
                assert!(left.iter().all(|id| owner(id) == Owner::Customer), "{what}");
            }
        }
    }
}

/// The statuses on the component of the system, in the words of the test above.
fn statuses(component: &Value) -> Vec<String> {
    let mut groups: Vec<(&str, BTreeMap<&str, &str>)> = Vec::new();
    for prop in list(&component["props"]) {
        let group = text(&prop["group"]);
        if groups.last().is_none_or(|(last, _)| *last != group) {
            groups.push((group, BTreeMap::new()));
        }
        groups.last_mut().unwrap().1.insert(text(&prop["name"]), told(prop));
    }
    let one = |(_, status): &(&str, BTreeMap<&str, &str>)| {
        let get = |name: &str| status.get(name).copied();
        let head = format!("{} {:?}", status["action"], get("status-group"));
        match get("parent") {
            Some(_) => format!("{head} parent"),
            None => format!(
                "{head} {:?} {} {} {}",
                get("place"),
                status["implementation"],
                status["test"],
                status["test-source"]
            ),
        }
    };
    groups.iter().map(one).collect()
}

/// A finding for each control that is judged, satisfied where it is covered; nothing seen after the end.
fn results(document: &Value, dossier: &Dossier, position: usize, what: &str) {
    let result = &document["assessment-results"]["results"][0];
    let score = &dossier.score.assessments[position];
    let judged =
        score.controls.iter().filter(|c| !matches!(c.status, ControlStatus::Excluded | ControlStatus::NotInScope));
    let expected: Vec<(&str, bool)> = judged.map(|c| (c.id.as_str(), c.status == ControlStatus::Covered)).collect();
    let findings = list(&result["findings"]);
    let found: Vec<(&str, bool)> =
        findings.iter().map(|f| (prop(f, "control").unwrap(), f["target"]["status"]["state"] == "satisfied")).collect();
    assert_eq!(found, expected, "{what}");
    let reviewed = &result["reviewed-controls"]["control-selections"][0]["include-controls"];
    assert_eq!(list(reviewed).len(), expected.len(), "{what}");
    let (start, end) = (text(&result["start"]), text(&result["end"]));
    assert_eq!(end, format!("{}T00:00:00Z", dossier.score.as_of));
    for observation in list(&result["observations"]) {
        let collected = text(&observation["collected"]);
        assert!(start <= collected && collected <= end, "{what}: {observation}");
        if let Some(expires) = observation.get("expires") {
            assert!(collected <= text(expires), "{what}: {observation}");
        }
        if let Some(tested_on) = prop(observation, "tested-on") {
            assert!(tested_on <= &end[..10], "{what}: a test to come is no observation");
        }
        assert!(
            !matches!(prop(observation, "test"), Some("none" | "not-in-scope" | "to-be-detected")),
            "{what}: what was not run showed nothing"
        );
    }
}

/// An item for each finding of the gap report, with its action, day and acceptance.
fn items(document: &Value, dossier: &Dossier, position: usize, what: &str) {
    let plan = &document["plan-of-action-and-milestones"];
    let findings = dossier.score.assessments[position].findings();
    let items = list(&plan["poam-items"]);
    if findings.is_empty() {
        assert_eq!((items.len(), list(&plan["risks"]).len()), (1, 0), "{what}");
        return;
    }
    assert_eq!(items.len(), findings.len(), "{what}");
    let risks: BTreeMap<&str, &Value> = list(&plan["risks"]).iter().map(|risk| (text(&risk["uuid"]), risk)).collect();
    for (item, gap) in items.iter().zip(findings) {
        let finding = &gap.finding;
        let risk = risks[text(&item["related-risks"][0]["risk-uuid"])];
        let day = |date: Option<NaiveDate>| date.map(|date| date.to_string());
        assert_eq!(prop(item, "gap-kind"), Some(finding.kind.word()), "{what}");
        assert_eq!(prop(item, "action"), finding.action.as_ref().map(|a| a.id.as_str()), "{what}");
        assert_eq!(prop(item, "due-on").map(str::to_owned), day(finding.due_on), "{what}");
        let sheet = dossier.actions.iter().find(|sheet| Some(sheet.id.as_str()) == prop(item, "action"));
        let accepted = sheet.and_then(|s| s.accepted.as_ref()).filter(|_| finding.kind.word() == "risk-accepted");
        assert_eq!(prop(risk, "accepted-until").map(str::to_owned), day(accepted.map(|a| a.until)), "{what}");
        let is_accepted = risk["status"] == "deviation-approved";
        assert_eq!(is_accepted, finding.kind.word() == "risk-accepted", "{what}");
        if let Some(due) = finding.due_on.filter(|due| OscalDay::new(*due).is_some()) {
            assert_eq!(text(&risk["deadline"]), format!("{due}T00:00:00Z"), "{what}");
            assert_eq!(risk["remediations"][0]["tasks"][0]["timing"]["on-date"]["date"], risk["deadline"], "{what}");
        }
    }
}

#[test]
fn of_the_shipped_library_every_document_holds() {
    let read =
        read("organization = { name = 'Contoso' }\nassessment = [{ template = 'microsoft-cloud/iso-27001-2022' }]");
    for id in ["iso-27001-2013", "iso-27001-2022"] {
        let template = read.model.library().find_template(&format!("microsoft-cloud/{id}")).unwrap();
        let [profile, components] = read.of_template(template, id);
        let mapped: BTreeSet<&str> =
            read.model.library().template(template).map.iter().map(|m| m.control.value.as_str()).collect();
        assert_eq!(controls(&profile).len(), mapped.len(), "{id}");
        let provided = |c: &&Value| !list(&c["control-implementations"]).is_empty();
        let components = list(&components["component-definition"]["components"]);
        assert!(components.iter().filter(provided).count() > 10, "{id}");
    }
    for framework in read.model.library().frameworks() {
        read.catalog(framework.id.value.as_str(), framework.id.value.as_str());
    }
}

#[test]
fn of_the_shipped_profiles_every_document_holds() {
    for (name, text) in starter_profiles() {
        // The same profile against both editions.
        for edition in ["iso-27001-2013", "iso-27001-2022"] {
            let text = text.replace("microsoft-cloud/iso-27001-2013", &format!("microsoft-cloud/{edition}"));
            let text = if edition.ends_with("2022") { without_controls(&text) } else { text };
            let documents = read(&text).of_tenant(AS_OF.parse().unwrap(), &format!("{name}, {edition}"));
            assert!(!documents.is_empty());
        }
    }
}

/// A profile without what names controls of the older edition.
fn without_controls(text: &str) -> String {
    let mut table: toml::Table = toml::from_str(text).unwrap();
    for key in ["exclusion", "inheritance", "requirement", "inclusion"] {
        table.remove(key);
    }
    toml::to_string(&table).unwrap()
}

#[test]
fn hostile_and_empty_profiles_make_documents_that_hold() {
    let hostile = include_str!("../e2e/hostile.toml");
    read(hostile).of_tenant(AS_OF.parse().unwrap(), "hostile");
    let texts = r#"
        [organization]
        name = " \u202e\u001b[31m"
        tenant = "a\n\tb\u2028c"
        scope = "line one\n\n## [two](javascript:x)"
        [[assessment]]
        template = "microsoft-cloud/iso-27001-2013"
        group = "\ufeff"
        [[action]]
        id = "write-cryptography-policy"
        implementation = "implemented"
        test = "passed"
        tested_on = 1996-02-29
        assigned_to = "\u0007"
        due_on = 9999-12-31
        notes = " \n "
        evidence = ["e"]
        [[evidence]]
        id = "e"
        title = "\n<script>"
        url = "https://example.com/a[b]{c}|d?e=%zz"
        valid_from = 1850-01-01
        [[service]]
        id = "x"
        external = true
        name = "\u3000x\u3000"
        [[exclusion]]
        control = "A.14.2.7"
        justification = "\n"
    "#;
    let [plan, results, items] = &read(texts).of_tenant(AS_OF.parse().unwrap(), "texts")[0];
    let component = &plan["system-security-plan"]["system-implementation"]["components"][0];
    assert_eq!((prop(component, "notes"), prop(component, "assigned-to")), (Some(" \n "), Some("\u{7}")));
    assert_eq!(prop(&plan["system-security-plan"]["metadata"], "tenant"), Some("a\n\tb\u{2028}c"));
    // A day that OSCAL cannot write stands as a property alone.
    let seen = list(&results["assessment-results"]["results"][0]["observations"]);
    let test = seen.iter().find(|o| prop(o, "action").is_some()).unwrap();
    assert_eq!((text(&test["collected"]), prop(test, "tested-on")), ("2021-12-01T00:00:00Z", Some("1996-02-29")));
    let risks = list(&items["plan-of-action-and-milestones"]["risks"]);
    assert!(risks.iter().all(|risk| risk.get("deadline").is_none()));

    let head = "organization = { name = 'Contoso' }\nassessment = [{ template = 'microsoft-cloud/iso-27001-2022' }]\n";
    for (what, services) in [("empty", ""), ("unlisted", "service = [{ id = 'azure' }, { id = 'office-365' }]")] {
        let empty = &read(&format!("{head}{services}")).of_tenant("2020-06-01".parse().unwrap(), what)[0];
        let findings = list(&empty[1]["assessment-results"]["results"][0]["findings"]);
        // Unknown never passes.
        let mut satisfied = findings.iter().filter(|f| f["target"]["status"]["state"] == "satisfied");
        assert!(satisfied.all(|f| prop(f, "carried-by") == Some("provider")), "{what}");
        let seen = list(&empty[1]["assessment-results"]["results"][0]["observations"]);
        assert_eq!(seen.len(), if what == "empty" { 0 } else { 2 }, "{what}");
    }
}

#[test]
fn of_random_libraries_and_profiles_every_document_holds() {
    for seed in 0..40 {
        let case = random::case(910_000 + seed);
        let read = read_random(&case);
        let what = format!("seed {seed}");
        read.of_tenant(case.as_of, &what);
        for template in read.model.library().templates() {
            let index = read.model.library().find_template(template.id.value.as_str()).unwrap();
            read.of_template(index, &what);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_day_the_same_names() {
    let (_, text) = starter_profiles().next().unwrap();
    let json = |as_of: &str| {
        let read = read(text);
        let dossier = read.dossier(as_of.parse().unwrap());
        let document = read.model.oscal_of_tenant(OscalOfTenant::Ssp("p.json"), &read.profile, &dossier, 0).unwrap();
        report::to_json(&document).unwrap()
    };
    assert_eq!(json(AS_OF), json(AS_OF));
    let ids = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        let plan = &value["system-security-plan"];
        let component = plan["system-implementation"]["components"][0]["uuid"].clone();
        (plan["uuid"].clone(), component)
    };
    let (first, second) = (ids(&json(AS_OF)), ids(&json("2021-12-02")));
    assert_eq!(first.1, second.1);
    assert_ne!(first.0, second.0);
}

/// What a catalogue holds, as one line for each heading and control.
fn lines_of(catalog: &Value) -> (Vec<String>, Vec<String>) {
    fn gather(
        at: &Value,
        parent: Option<&str>,
        groups: &mut Vec<(usize, String)>,
        controls: &mut Vec<(usize, String)>,
    ) {
        let place = |of: &Value| prop(of, "position").unwrap().parse().unwrap();
        let label =
            |of| list(&Value::clone(of)["props"]).iter().find(|p| p["name"] == "label").map(|p| told(p).to_owned());
        for control in list(&at["controls"]) {
            let attributes: Vec<String> = ["control_type", "properties", "concepts", "capabilities", "domains"]
                .iter()
                .map(|name| props(control, name).join(","))
                .collect();
            let line = format!(
                "{} {} {:?} {} {:?} {:?} {attributes:?} {}",
                label(control).unwrap(),
                text(&control["title"]),
                parent,
                text(&control["class"]),
                prop(control, "new"),
                prop(control, "note"),
                names(control)
            );
            controls.push((place(control), line));
        }
        for group in list(&at["groups"]) {
            let id = label(group).unwrap();
            groups.push((place(group), format!("{id} {} {parent:?} {}", text(&group["title"]), names(group))));
            gather(group, Some(&id), groups, controls);
        }
    }
    fn names(of: &Value) -> String {
        let own = list(&of["props"]).iter().filter(|p| p["name"] == "name");
        own.map(|p| format!("{}={}", text(&p["class"]), told(p))).collect::<BTreeSet<_>>().into_iter().collect()
    }
    let (mut groups, mut controls) = (Vec::new(), Vec::new());
    gather(&catalog["catalog"], None, &mut groups, &mut controls);
    let sorted = |mut list: Vec<(usize, String)>| {
        list.sort();
        list.into_iter().map(|(_, line)| line).collect()
    };
    (sorted(groups), sorted(controls))
}

/// The same from a file of `controls/`, read without this crate.
fn lines_in(file: &str) -> (Vec<String>, Vec<String>) {
    let table: toml::Table = toml::from_str(file).unwrap();
    let entries = |key: &str| table.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
    let get = |entry: &toml::Value, key: &str| entry.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let names = |entry: &toml::Value| {
        let names = entry.get("names").and_then(|v| v.as_table()).cloned().unwrap_or_default();
        let each = names.iter().map(|(language, name)| format!("{language}={}", name.as_str().unwrap()));
        each.collect::<BTreeSet<_>>().into_iter().collect::<String>()
    };
    let group = |entry: &toml::Value| {
        let id = get(entry, "id").unwrap();
        format!("{id} {} {:?} {}", get(entry, "title").unwrap(), get(entry, "parent"), names(entry))
    };
    let control = |entry: &toml::Value| {
        let values = |name: &&str| {
            let values = entry.get(name).and_then(|v| v.as_array()).cloned().unwrap_or_default();
            values.iter().map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>().join(",")
        };
        let attributes: Vec<String> =
            ["control_type", "properties", "concepts", "capabilities", "domains"].iter().map(values).collect();
        let id = get(entry, "id").unwrap();
        format!(
            "{id} {} {:?} {} {:?} {:?} {attributes:?} {}",
            get(entry, "title").unwrap_or_else(|| id.clone()),
            get(entry, "group"),
            get(entry, "kind").unwrap(),
            entry.get("new").and_then(|v| v.as_bool()).filter(|new| *new).map(|_| "true"),
            get(entry, "note"),
            names(entry)
        )
    };
    (entries("group").iter().map(group).collect(), entries("control").iter().map(control).collect())
}

#[test]
fn a_catalogue_holds_all_that_its_file_says() {
    let read =
        read("organization = { name = 'Contoso' }\nassessment = [{ template = 'microsoft-cloud/iso-27001-2022' }]");
    for framework in read.model.library().frameworks() {
        let id = framework.id.value.as_str();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("controls/{id}.toml"));
        let file = std::fs::read_to_string(path).unwrap();
        let catalog = read.catalog(id, id);
        assert_eq!(lines_of(&catalog), lines_in(&file), "{id}");
        assert_eq!(prop(&catalog["catalog"]["metadata"], "edition"), Some(framework.edition.as_str()));
    }
}

const PROFILE: &str = "\
[organization]
name = \"Contoso\"

[[assessment]]
template = \"microsoft-cloud/iso-27001-2013\"

[[assessment]]
template = \"microsoft-cloud/iso-27001-2013\"
group = \"plant\"

[[service]]
id = \"azure\"
";

#[test]
fn groups_nested_without_end_stand_beside_each_other() {
    let mut text = "framework = { id = 'deep', title = 'Deep', edition = '1', publisher = 'X', status = 'current' }\n\
        [[group]]\nid = 'g0'\ntitle = 'g0'\n"
        .to_owned();
    for n in 1..2000 {
        text += &format!("[[group]]\nid = 'g{n}'\ntitle = 'g{n}'\nparent = 'g{}'\n", n - 1);
    }
    text += "[[control]]\nid = 'AC-2(1)/x_y'\ngroup = 'g1999'\nkind = 'control'\n";
    let file = LibraryText { layer: 1, path: "controls/deep.toml", file: 0, text: &text };
    let model = Model::assemble(Library::default(), &[file]).unwrap_or_else(|faults| panic!("{faults:#?}")).value;
    let deep = model.library().find_framework("deep").unwrap();
    let catalog = valid(&model.oscal_of_library(OscalOfLibrary::Catalog(deep), day(AS_OF)).unwrap(), "deep");
    let mut groups = 0;
    walk(&catalog, &mut |key, value| groups += if key == "groups" { list(value).len() } else { 0 });
    assert_eq!((groups, catalogued(&catalog)), (2000, BTreeSet::from(["AC-2_281_29_2Fx__y"])));
}

#[test]
fn as_a_user_runs_it() {
    let folder = folder_of([("tenant.toml", PROFILE.as_bytes())]);
    let at = folder.path();
    let of_library = ["catalog", "profile", "component-definition"];
    for model in of_library {
        // Without a framework it is of the edition in force, and of no day but the template's.
        let args = ["oscal", "export", model, "--framework", "iso-27001-2022"];
        let text = done(at, &args);
        assert_eq!(done(at, &args[..3]), text, "{model}");
        assert_eq!(done(at, &[&args[..], &["-o", "file.json"]].concat()), "");
        assert_eq!(std::fs::read_to_string(at.join("file.json")).unwrap(), text, "{model}");
        let dated: Value = serde_json::from_str(&done(at, &[&args[..], &["--as-of", "2020-06-01"]].concat())).unwrap();
        assert_eq!(dated[model]["metadata"]["last-modified"], "2020-06-01T00:00:00Z");
    }
    let profile = done(at, &["oscal", "export", "profile", "--catalog-href", "https://example.com/c.json"]);
    let profile: Value = serde_json::from_str(&profile).unwrap();
    assert_eq!(profile["profile"]["imports"][0]["href"], "https://example.com/c.json");
    let hrefs = [("ssp", "--profile-href", "import-profile"), ("poam", "--ssp-href", "import-ssp")];
    for (model, option, key) in hrefs {
        let args = ["oscal", "export", model, "tenant.toml", "--group", "plant", "--as-of", AS_OF, option, "../x.json"];
        let document: Value = serde_json::from_str(&done(at, &args)).unwrap();
        let inner = document.as_object().unwrap().values().next().unwrap();
        assert_eq!(inner[key]["href"], "../x.json");
        assert_eq!(prop(&inner["metadata"], "assessment-group"), Some("plant"));
    }
}

#[test]
fn what_cannot_be_written_is_told_with_what_may_help() {
    let folder = folder_of([("tenant.toml", PROFILE.as_bytes())]);
    let cases: [(&str, &[&str]); 12] = [
        ("`ssp` is of a tenant, and no profile is named\nhelp: annexa oscal export ssp tenant.toml", &["ssp"]),
        ("`tenant.toml` is given, and a catalog is of the library alone", &["catalog", "tenant.toml"]),
        ("`--group` is given, and a profile is of no assessment", &["profile", "--group", "plant"]),
        (
            "no framework `iso-27001-2023`\nhelp: the nearest known name is `iso-27001-2013`",
            &["catalog", "--framework", "iso-27001-2023"],
        ),
        (
            "no template is on `cis-controls-v8`, so there is no profile of it",
            &["profile", "--framework", "cis-controls-v8"],
        ),
        (
            "the template `microsoft-cloud/iso-27001-2013` is on `iso-27001-2013`, not on `iso-27001-2022`",
            &["profile", "--framework", "iso-27001-2022", "--template", "microsoft-cloud/iso-27001-2013"],
        ),
        (
            "the profile has several assessments: `microsoft-cloud/iso-27001-2013` in group `default`",
            &["ssp", "tenant.toml"],
        ),
        (
            "no assessment of group `plantt`\nhelp: the nearest known name is `plant`",
            &["poam", "tenant.toml", "--group", "plantt"],
        ),
        ("no assessment of framework `iso-27001-2022`", &["ssp", "tenant.toml", "--framework", "iso-27001-2022"]),
        ("OSCAL cannot write the date 1996-02-29", &["ssp", "tenant.toml", "--as-of", "1996-02-29"]),
        ("write an address or a path", &["profile", "--catalog-href", "a b"]),
        ("[possible values: catalog, profile, component-definition, ssp, assessment-results, poam]", &["plan"]),
    ];
    for (expected, args) in cases {
        let said = refused(folder.path(), &[&["oscal", "export"], args].concat());
        assert!(said.contains(expected), "{args:?}: {said}");
    }
    let output = run_in(folder.path(), &["oscal", "export", "catalog", "-o", "no/such/folder.json"]);
    assert_eq!(code(&output), 3, "{}", err(&output));
}
