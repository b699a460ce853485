//! OSCAL documents taken in: those of others with their outcome, and those that nobody should write.

use crate::random;
use crate::support::{annexa, cases, code, differs, done, err, folder_of, none, out, refused, run_in};
use annexa::import::source::{Format, read};
use annexa::import::{Finding, Input, Map, Reading};
use annexa::report::{Style, render_diagnostics};
use annexa::{Diagnostics, Locale, OscalOptions, Sources, oscal_library};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/oscal");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "json"));
    found.sort();
    found
}

fn drawn(faults: &Diagnostics, sources: &Sources) -> String {
    render_diagnostics(faults, sources, Style { color: false, width: Some(100), locale: Locale::English })
}

/// What a document says of a tenant.
fn facts(bytes: &[u8]) -> Result<Reading, String> {
    let mut sources = Sources::default();
    let input = Input::new("document", bytes.to_vec(), &mut sources).map_err(|fault| fault.message)?;
    read(Format::Oscal, &[input], &Map::default(), &sources).map_err(|faults| drawn(&faults, &sources))
}

/// The same as lines, the counts first.
fn told(reading: &Result<Reading, String>) -> String {
    let reading = match reading {
        Ok(reading) => reading,
        Err(faults) => return faults.clone(),
    };
    let mut text = format!("facts: {}, unused: {}\n", reading.facts.len(), reading.unused.len());
    for fact in &reading.facts {
        let on = fact.on.map_or("no day".to_owned(), |on| on.to_string());
        let said = match &fact.finding {
            Finding::Stated(stated) => {
                let word = |word: Option<String>| word.unwrap_or_else(|| "-".to_owned());
                let (implementation, test) =
                    (stated.implementation.map(|i| i.to_string()), stated.test.map(|t| t.to_string()));
                format!("{} {} {}", word(implementation), word(test), stated.notes.as_deref().unwrap_or_default())
            }
            other => format!("{other:?}"),
        };
        let _ = writeln!(text, "line {}: {} ({on}): {}", fact.row.line, fact.subject.text(), said.trim());
    }
    for row in &reading.unused {
        let column = row.column.as_deref().map(|c| format!(" in {c}")).unwrap_or_default();
        let _ = writeln!(text, "line {}: {}: {}{column}: {}", row.row.line, row.row.id, row.reason, row.detail);
    }
    text
}

#[test]
fn each_sample_comes_to_what_it_should() {
    let mut faults = Vec::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in samples() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let inside = format!("tests/samples/oscal/{name}.json");
        let mut text = String::new();
        for args in [&[][..], &["--framework", "nist-sp-800-53-r5"]] {
            let output = run_in(here, &[&["oscal", "import", &inside, "--dry-run"][..], args].concat());
            let _ = write!(
                text,
                "$ annexa oscal import {name}.json --dry-run {}\n{}{}exit {}\n\n",
                args.join(" "),
                out(&output),
                err(&output),
                code(&output)
            );
        }
        let _ = write!(text, "as an import:\n{}", told(&facts(&fs::read(&path).unwrap())));
        faults.extend(differs(&cases("oscal-import").join(format!("{name}.txt")), &text));
    }
    none(&faults);
}

/// JSON is YAML too: with a comment before it, another reader takes it apart and finds the same.
#[test]
fn yaml_says_what_json_says() {
    for path in samples() {
        let json = fs::read(&path).unwrap();
        let yaml = [b"# a document\n", &json[..]].concat();
        let (json, yaml) = (facts(&json), facts(&yaml));
        match (json, yaml) {
            (Ok(json), Ok(yaml)) => {
                let lines = |reading: &Reading| reading.facts.iter().map(|f| f.row.line).collect::<Vec<_>>();
                let moved: Vec<usize> = lines(&json).into_iter().map(|line| line + 1).collect();
                assert_eq!(lines(&yaml), moved, "{}", path.display());
                let ids = |r: &Reading| {
                    r.facts.iter().map(|f| (f.subject.clone(), f.on, f.finding.clone())).collect::<Vec<_>>()
                };
                assert_eq!(ids(&json), ids(&yaml));
                assert_eq!(json.unused.len(), yaml.unused.len());
            }
            (Err(_), Err(_)) => {}
            (json, yaml) => panic!("{}: {}\n{}", path.display(), told(&json), told(&yaml)),
        }
    }
}

const YAML: &str = "\
catalog:
  uuid: 11111111-0000-4000-8000-000000000001
  metadata:
    title: &title A catalogue of ours
    last-modified: 2026-06-19T12:00:00Z
    version: 1.10
    oscal-version: 1.1.3
  groups:
    - id: g1
      title: First
      controls:
        - id: c1
          title: *title
          props: [{name: label, value: 1.10}]
          controls:
            - id: c1.1
              title: Below
              props: [{name: label, value: \"1.10(a)\"}]
            - id: c1.2
              title: Gone
              props: [{name: status, value: withdrawn}]
              links: [{href: '#c1', rel: incorporated-into}]
  controls:
    - id: top
      title: On its own
";

#[test]
fn a_catalogue_in_yaml_becomes_a_library_that_holds() {
    let folder = folder_of([("catalog.yaml", YAML.as_bytes())]);
    let said = done(folder.path(), &["oscal", "import", "catalog.yaml", "-o", "lib", "--framework", "ours-1"]);
    assert_eq!(
        said,
        "groups: 2, controls: 3\n  controls/ours-1.toml\n\nleft out: 1\n  line 19: c1.2: withdrawn; see `c1`\n"
    );
    let text = fs::read_to_string(folder.path().join("lib/controls/ours-1.toml")).unwrap();
    let found: toml::Table = text.parse().unwrap();
    let expected: toml::Table = "\
        [framework]\nid = 'ours-1'\ntitle = 'A catalogue of ours'\nedition = '1.10'\npublisher = 'unknown'\nstatus = 'current'\n\
        [[group]]\nid = 'g1'\ntitle = 'First'\n\
        [[group]]\nid = 'controls'\ntitle = 'Controls'\n\
        [[control]]\nid = '1.10'\ngroup = 'g1'\ntitle = 'A catalogue of ours'\nkind = 'control'\n\
        [[control]]\nid = '1.10(a)'\ngroup = 'g1'\ntitle = 'Below'\nkind = 'control'\n\
        [[control]]\nid = 'top'\ngroup = 'controls'\ntitle = 'On its own'\nkind = 'control'\n"
        .parse()
        .unwrap();
    assert_eq!(found, expected);
    // It is a library like any other.
    let listed = done(folder.path(), &["library", "list", "controls", "--no-builtin", "--library", "lib"]);
    assert!(listed.contains("1.10(a)"), "{listed}");
    done(folder.path(), &["lint", "--no-builtin", "--library", "lib"]);
    // A folder with something in it is not touched.
    let said = refused(folder.path(), &["oscal", "import", "catalog.yaml", "-o", "."]);
    assert!(said.contains("is not empty"), "{said}");
    let again = ["oscal", "import", "catalog.yaml", "-o", "lib", "--framework", "ours-1"];
    refused(folder.path(), &again);
    done(folder.path(), &[&again[..], &["--force"]].concat());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside it");
}

#[test]
fn components_go_along_with_their_catalogue_and_score() {
    let folder = folder_of([
        ("catalog.yaml", YAML.as_bytes()),
        ("components.yaml", COMPONENTS.as_bytes()),
        ("profile.toml", b"organization = { name = 'A' }\nassessment = [{ template = 'ours-inc/ours-1' }]\nservice = [{ id = 'store' }]\n"),
    ]);
    let args =
        ["oscal", "import", "components.yaml", "--catalog", "catalog.yaml", "--framework", "ours-1", "-o", "lib"];
    let said = done(folder.path(), &args);
    assert!(said.starts_with("services: 1, actions: 3, mapped controls: 2, groups: 2, controls: 3\n"), "{said}");
    assert!(said.contains("components.yaml") || said.contains("nope: `ours-1` has no such control"), "{said}");
    let library = ["--no-builtin", "--library", "lib"];
    done(folder.path(), &[&["lint"][..], &library].concat());
    let gaps = done(
        folder.path(),
        &[&["gaps", "profile.toml", "--format", "csv", "--as-of", "2026-07-01"][..], &library].concat(),
    );
    for id in ["store-1-10", "store-1-10-customer", "rules-1-10-a-customer"] {
        assert!(gaps.contains(&format!(",{id},")), "{id}: {gaps}");
    }
    assert!(gaps.contains("provider-unattested"), "a provider's action earns nothing without evidence: {gaps}");
}

const COMPONENTS: &str = "\
component-definition:
  uuid: 11111111-0000-4000-8000-000000000002
  metadata:
    title: Components of ours
    last-modified: 2026-06-19T12:00:00Z
    version: '1'
    oscal-version: 1.1.2
    parties: [{uuid: 11111111-0000-4000-8000-000000000003, type: organization, name: Ours Inc}]
  components:
    - uuid: 11111111-0000-4000-8000-000000000004
      type: service
      title: Store
      description: It stores.
      control-implementations:
        - uuid: 11111111-0000-4000-8000-000000000005
          source: catalog.yaml
          description: What it does.
          implemented-requirements:
            - uuid: 11111111-0000-4000-8000-000000000006
              control-id: C1
              description: It encrypts.
              statements:
                - statement-id: c1_smt
                  uuid: 11111111-0000-4000-8000-000000000007
                  description: Keep the keys.
                  responsible-roles: [{role-id: customer}]
            - uuid: 11111111-0000-4000-8000-000000000008
              control-id: nope
              description: Nothing.
    - uuid: 11111111-0000-4000-8000-000000000009
      type: policy
      title: Rules
      description: They rule.
      control-implementations:
        - uuid: 11111111-0000-4000-8000-00000000000a
          source: catalog.yaml
          description: What they say.
          implemented-requirements:
            - uuid: 11111111-0000-4000-8000-00000000000b
              control-id: c1.1
              description: Do it.
              responsible-roles: [{role-id: customer-admin}]
    - uuid: 11111111-0000-4000-8000-000000000004
      type: service
      title: Twice
      description: The same uuid.
";

/// A document with one thing in it that should not be.
fn with(body: &str) -> String {
    format!(
        "{{\"system-security-plan\":{{\"metadata\":{{\"oscal-version\":\"1.1.2\",\"last-modified\":\"2026-01-01T00:00:00Z\"}},{body}}}}}"
    )
}

#[test]
fn what_nobody_should_write_ends_in_a_diagnostic() {
    let deep = |open: &str, close: &str, n: usize| format!("{}{}", open.repeat(n), close.repeat(n));
    let bomb: String = std::iter::once("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned())
        .chain((1..30).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(","))))
        .collect();
    let many = format!("{{\"catalog\":[{}0]}}", "0,".repeat(2_100_000));
    let cases: Vec<(&str, String, &str)> = vec![
        ("nothing", String::new(), "not an OSCAL document"),
        ("a number", "12".to_owned(), "not an OSCAL document"),
        ("another object", "{\"a\": 1}".to_owned(), "not an OSCAL document"),
        ("two models", "{\"catalog\": {}, \"profile\": {}}".to_owned(), "not an OSCAL document"),
        ("cut off", "{\"catalog\": {".to_owned(), "the file is cut off"),
        ("no JSON", "{\"catalog\": nope}".to_owned(), "the file is not JSON"),
        (
            "half a surrogate",
            "{\"catalog\": {\"metadata\": {\"title\": \"\\ud800\"}}}".to_owned(),
            "the file is not JSON",
        ),
        ("deep lists", format!("{{\"catalog\": {}}}", deep("[", "]", 100_000)), "more than 60 deep"),
        (
            "deep objects",
            format!("{{\"catalog\": {}1{}}}", "{\"a\":".repeat(5_000), "}".repeat(5_000)),
            "more than 60 deep",
        ),
        ("deep YAML", format!("catalog: {}", deep("[", "]", 100_000)), "cannot be read as YAML"),
        ("deep indents", (0..3_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect(), "cannot be read as YAML"),
        ("a bomb of aliases", format!("{bomb}catalog: *a29\n"), "cannot be read as YAML"),
        ("an alias of itself", "catalog: &a [*a]\n".to_owned(), "cannot be read as YAML"),
        ("two documents", "catalog: {}\n---\ncatalog: {}\n".to_owned(), "cannot be read as YAML"),
        ("a tab", "catalog:\n\t- a\n".to_owned(), "cannot be read as YAML"),
        ("a key twice", "{\"catalog\": {\"a\": 1, \"a\": 2}}".to_owned(), "`a` stands twice"),
        ("a key twice in YAML", "catalog:\n  a: 1\n  a: 2\n".to_owned(), "cannot be read as YAML"),
        ("too many values", many, "more than 2000000 values"),
        ("no metadata", "{\"catalog\": {}}".to_owned(), "`catalog` lacks `metadata`"),
        ("no version", "{\"catalog\": {\"metadata\": {}}}".to_owned(), "`catalog.metadata` lacks `oscal-version`"),
        ("a list as model", "{\"catalog\": []}".to_owned(), "`catalog` lacks `metadata`"),
        (
            "another version",
            with("").replace("1.1.2", "2.0.0").replace(",}", "}"),
            "is of OSCAL `2.0.0`, and 1.0 and 1.1 are read",
        ),
        (
            "a version as number",
            with("").replace("\"1.1.2\"", "1.1").replace(",}", "}"),
            "is a number or a truth value, and a text is expected",
        ),
        (
            "a text as list",
            with("\"control-implementation\":{\"implemented-requirements\":\"x\"}"),
            "`system-security-plan.control-implementation.implemented-requirements` is a text, and a list is expected",
        ),
        (
            "a number as object",
            with("\"control-implementation\":{\"implemented-requirements\":[1]}"),
            "implemented-requirements[0]` is a number or a truth value, and an object is expected",
        ),
        (
            "a number as text",
            with("\"control-implementation\":{\"implemented-requirements\":[{\"control-id\":5}]}"),
            "`system-security-plan.control-implementation.implemented-requirements[0].control-id` is a number",
        ),
        ("no control", with("\"control-implementation\":{\"implemented-requirements\":[{}]}"), "lacks `control-id`"),
        ("no implementation", with("\"x\":0"), "lacks `control-implementation`"),
    ];
    for (name, text, clause) in &cases {
        let said = facts(text.as_bytes()).map(|reading| told(&Ok(reading)));
        let said = said.expect_err(name);
        assert!(said.contains(clause), "{name}: {said}");
        assert!(said.len() < 5_000, "{name} is quoted at length: {}", said.len());
    }
}

#[test]
fn thousands_of_components_of_one_name_have_ids_of_their_own() {
    const COUNT: usize = 4_000;
    let component = |n: usize| {
        let control = if n.is_multiple_of(2) { "ac-2" } else { "nope-1" };
        serde_json::json!({"uuid": format!("u{n}"), "type": "service", "title": "Azure", "control-implementations":
            [{"implemented-requirements": [{"control-id": control, "description": "It does."}]}]})
    };
    let metadata =
        serde_json::json!({"title": "Many", "oscal-version": "1.1.2", "last-modified": "2026-01-01T00:00:00Z"});
    let components: Vec<serde_json::Value> = (0..COUNT).map(component).collect();
    let text =
        serde_json::json!({"component-definition": {"metadata": metadata, "components": components}}).to_string();
    let model = annexa::Model::builtin(&mut Sources::default());
    let framework = Some("nist-sp-800-53-r5");
    let options = OscalOptions { library: model.library(), framework, provider: None, catalog: None };
    let draft = oscal_library(&text, 0, &options).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(draft.counts[0], ("services", COUNT));
    assert_eq!(draft.left.len(), COUNT / 2);
    // The built-in `azure` is another provider's, and stays it.
    let provider = &draft.files.iter().find(|(path, _)| path.ends_with("provider.toml")).unwrap().1;
    assert!(
        !provider.contains("id = \"azure\"\n") && provider.contains("id = \"many-azure\"\n"),
        "{}",
        &provider[..400]
    );
}

#[test]
fn every_beginning_of_a_document_is_refused_and_every_encoding_is_read() {
    for name in ["leveraged_ssp.json", "basic-catalog.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/oscal").join(name);
        let text = fs::read_to_string(path).unwrap();
        let whole = text.trim_end().len();
        for end in (0..whole).step_by(97) {
            let mut sources = Sources::default();
            let file = sources.add("cut", text[..end].to_owned());
            let model = annexa::Model::builtin(&mut Sources::default());
            let options = OscalOptions { library: model.library(), framework: None, provider: None, catalog: None };
            assert!(oscal_library(&text[..end], file, &options).is_err(), "{name} up to {end}");
            assert!(facts(&text.as_bytes()[..end]).is_err(), "{name} up to {end}");
        }
        let wide: Vec<u8> = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
        let plain = told(&facts(text.as_bytes()));
        assert_eq!(told(&facts(&wide)), plain);
        assert_eq!(told(&facts(&marked)), plain);
    }
}

#[test]
fn findings_are_tests_and_what_was_not_assessed_is_none() {
    let text = r#"{"assessment-results": {
        "metadata": {"oscal-version": "1.1.3", "last-modified": "2026-06-30T00:00:00Z"},
        "results": [{"start": "2026-06-01T00:00:00Z", "end": "2026-06-02T23:59:59-04:00",
            "observations": [{"uuid": "O1", "collected": "2026-06-01T12:00:00Z"}, {"uuid": "o2", "collected": "2026-05-30T12:00:00Z"}],
            "risks": [{"uuid": "r1", "characterizations": [{"facets": [{"name": "impact", "value": "high"}]}]}],
            "findings": [
                {"target": {"target-id": "ac-1_obj", "status": {"state": "satisfied"}},
                 "related-observations": [{"observation-uuid": "o1"}, {"observation-uuid": "O2"}]},
                {"target": {"target-id": "ac-2_obj", "status": {"state": "not-satisfied"}}, "related-risks": [{"risk-uuid": "R1"}]},
                {"target": {"target-id": "ac-3_obj", "status": {"state": "other-than-satisfied"}}},
                {"target": {"target-id": "ac-4_obj"}}]}]}}"#;
    assert_eq!(
        told(&facts(text.as_bytes())),
        "facts: 2, unused: 2\n\
         line 7: oscal:ac-1_obj (2026-06-01): Checked { met: 1, of: 1, risk: Medium }\n\
         line 9: oscal:ac-2_obj (2026-06-02): Checked { met: 0, of: 1, risk: High }\n\
         line 10: oscal:ac-3_obj: not-run in target.status.state: its state is `other-than-satisfied`\n\
         line 11: oscal:ac-4_obj: no-status: it has no state\n"
    );
}

#[test]
fn the_library_of_a_random_catalogue_is_whole_or_not_there() {
    // A random library's ids are of every kind that ids may be; here they only have to be refused or read.
    for seed in 90_000..90_020 {
        let case = random::case(seed);
        let frameworks =
            case.files.iter().filter(|(path, _)| path.starts_with("controls/") && !path.contains("crosswalk"));
        for (_, text) in frameworks {
            let table: toml::Table = text.parse().unwrap();
            let controls = table["control"].as_array().unwrap().iter();
            let controls: Vec<serde_json::Value> = controls
                .map(|c| serde_json::json!({"id": c["id"].as_str(), "title": "T", "props": [{"name": "label", "value": c["id"].as_str()}]}))
                .collect();
            let document = serde_json::json!({"catalog": {
                "metadata": {"title": "A catalogue", "oscal-version": "1.1.3", "last-modified": "2026-01-01T00:00:00Z"},
                "controls": controls,
            }});
            let folder = folder_of([("c.json", document.to_string().as_bytes())]);
            let mut command = annexa();
            let output =
                command.current_dir(folder.path()).args(["oscal", "import", "c.json", "-o", "lib"]).output().unwrap();
            assert_eq!(code(&output), 0, "{}", err(&output));
            let read: toml::Table =
                fs::read_to_string(folder.path().join("lib/controls/a-catalogue.toml")).unwrap().parse().unwrap();
            let ids = |table: &toml::Table| {
                table["control"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|c| c["id"].as_str().unwrap().to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(ids(&read), ids(&table), "{seed}");
        }
    }
}

const ENTERPRISE: &str = "templates/microsoft-cloud/profiles/enterprise.toml";
const HEADQUARTERS: [&str; 4] = ["--template", "microsoft-cloud/iso-27001-2013", "--group", "headquarters"];

/// A TOML file without what nobody says in OSCAL.
fn table(text: &str) -> toml::Table {
    let mut table: toml::Table = text.parse().unwrap();
    table.remove("allow");
    table
}

#[test]
fn each_catalogue_that_is_written_reads_back_as_it_was() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for path in fs::read_dir(here.join("controls")).unwrap().map(|e| e.unwrap().path()).filter(|path| path.is_file()) {
        let id = path.file_stem().unwrap().to_str().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let document = done(here, &["oscal", "export", "catalog", "--framework", id]);
        fs::write(folder.path().join("catalog.json"), document).unwrap();
        done(folder.path(), &["oscal", "import", "catalog.json", "-o", "lib"]);
        let read = fs::read_to_string(folder.path().join(format!("lib/controls/{id}.toml"))).unwrap();
        assert_eq!(table(&read), table(&fs::read_to_string(&path).unwrap()), "{id}");
        count += 1;
    }
    assert_eq!(count, 7);
}

/// The profile without the tables of `[[these]]`.
fn without(text: &str, tables: &[&str]) -> String {
    let mut kept = String::new();
    let mut is_kept = true;
    for line in text.lines() {
        if line.starts_with('[') {
            is_kept = !tables.iter().any(|table| line.starts_with(&format!("[[{table}")));
        }
        if is_kept {
            kept += &format!("{line}\n");
        }
    }
    kept
}

#[test]
fn what_annexa_wrote_of_a_tenant_reads_back() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let whole = fs::read_to_string(here.join(ENTERPRISE)).unwrap();
    // Statuses that hang on another action's have no words in OSCAL; everything else has.
    let parents = whole.matches("\nparent = ").count();
    let day = ["--as-of", "2021-12-01"];
    let folder = folder_of([
        ("whole.toml", whole.as_bytes()),
        ("empty.toml", without(&whole, &["action", "risk_acceptance"]).as_bytes()),
    ]);
    let json = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&done(folder.path(), &[args, &["--format", "json", "--quiet"]].concat())).unwrap()
    };
    for model in ["ssp", "assessment-results", "poam"] {
        let document =
            done(folder.path(), &[&["oscal", "export", model, "whole.toml"][..], &HEADQUARTERS, &day].concat());
        fs::write(folder.path().join("document.json"), document).unwrap();
        // Into the profile that it came from nothing is new.
        let args = ["oscal", "import", "document.json", "--profile", "whole.toml", "--dry-run"];
        let report = json(&[&args[..], &day].concat());
        let rows = &report["rows"];
        assert_eq!(rows["used"], 0, "{model}: {rows}");
        assert!(rows["confirmed"].as_u64().unwrap() > 2, "{model}: {rows}");
        assert_eq!(rows["unused"], if model == "ssp" { parents } else { 0 }, "{model}: {rows}");
        // And the other door says the same.
        let other = ["import", "oscal", "document.json", "--profile", "whole.toml", "--dry-run"];
        assert_eq!(json(&[&other[..], &day].concat()), report);
        // Into one that lacks it, all of it is; a second time, nothing is.
        if model != "assessment-results" {
            let args = ["oscal", "import", "document.json", "--profile", "empty.toml"];
            done(folder.path(), &[&args[..], &day, &["--quiet"]].concat());
            let again = json(&[&args[..], &day, &["--dry-run"]].concat());
            assert_eq!(again["rows"]["used"], 0, "{model}");
        }
    }
    // What hangs on another action's status is all that was lost.
    let gaps =
        |profile: &str| done(folder.path(), &[&["gaps", profile, "--quiet", "--format", "csv"][..], &day].concat());
    let (before, after) = (gaps("whole.toml"), gaps("empty.toml"));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let lost: Vec<String> =
        toml_actions(&whole).into_iter().filter(|(_, has_parent)| *has_parent).map(|(id, _)| id).collect();
    assert_eq!(lost.len(), parents);
    for line in lines(&before).symmetric_difference(&lines(&after)) {
        let is_lost = lost.iter().any(|id| line.contains(&format!(",{id},")));
        // A control of such an action has another status, which stands in all of its rows.
        assert!(is_lost || lost_controls(&before, &lost).iter().any(|c| line.contains(&format!(",{c},"))), "{line}");
    }
}

/// The actions of a profile, and whether the status of each is another's.
fn toml_actions(text: &str) -> Vec<(String, bool)> {
    let table: toml::Table = text.parse().unwrap();
    let action = |entry: &toml::Value| (entry["id"].as_str().unwrap().to_owned(), entry.get("parent").is_some());
    table["action"].as_array().unwrap().iter().map(action).collect()
}

/// The controls that these actions stand on.
fn lost_controls(gaps: &str, actions: &[String]) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(gaps.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.filter(|row| actions.iter().any(|id| id == &row[12])).map(|row| row[4].to_owned()).collect()
}

#[test]
fn what_others_wrote_goes_in_by_a_map() {
    let map = "[[match]]\nid = \"oscal:ac-1/This System\"\nactions = [\"require-mfa-for-admins\"]\n\
               [[match]]\nid = \"ac-2.1/This System\"\nactions = [\"write-access-control-policy\"]\n";
    let profile = "organization = { name = 'A' }\nassessment = [{ template = 'microsoft-cloud/iso-27001-2013' }]\n\
                   service = [{ id = 'office-365' }]\n";
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/oscal/leveraged_ssp.json");
    let folder = folder_of([("map.toml", map.as_bytes()), ("tenant.toml", profile.as_bytes())]);
    let args = [
        "oscal",
        "import",
        sample.to_str().unwrap(),
        "--profile",
        "tenant.toml",
        "--map",
        "map.toml",
        "--as-of",
        "2021-12-01",
    ];
    let said = done(folder.path(), &args);
    assert!(said.contains("6 rows: 2 used, 0 known already, 4 not used"), "{said}");
    let made = fs::read_to_string(folder.path().join("tenant.toml")).unwrap();
    for line in ["id = \"require-mfa-for-admins\"", "implementation = \"implemented\"", "implementation = \"planned\""]
    {
        assert!(made.contains(line), "{line}: {made}");
    }
    let again = done(folder.path(), &args);
    assert!(again.contains("0 used, 2 known already"), "{again}");
    // What is of no tenant is no import, and says which command it is for.
    let catalog = sample.with_file_name("basic-catalog.json");
    let said = refused(folder.path(), &["oscal", "import", catalog.to_str().unwrap(), "--profile", "tenant.toml"]);
    assert!(said.contains("a catalogue says nothing of how a tenant stands") && said.contains("-o DIR"), "{said}");
}
