//! The one-pass reader of JSON profiles accepts nothing that the full reader refuses, and comes to the same.

use crate::random;
use annexa::{FleetOptions, FleetScorer, Library, LibraryText, Model, Sources, Unchecked};
use annexa::{Notation, ProfileForm};
use chrono::NaiveDate;
use std::fmt::Write;

fn model_of(case: &random::Case) -> Model {
    let texts: Vec<LibraryText<'_>> =
        (0..).zip(&case.files).map(|(file, (path, text))| LibraryText { layer: 1, path, file, text }).collect();
    Model::assemble(Library::default(), &texts).unwrap_or_else(|faults| panic!("{faults:#?}")).value
}

/// Scores a text in both ways; whether the one pass took it.
fn assert_same(model: &Model, scorer: &mut FleetScorer<'_>, other: &mut FleetScorer<'_>, text: &str) -> bool {
    if !scorer.is_plain(text) {
        return false;
    }
    let full = model.profile_json(text, 0, &Unchecked).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")).value;
    assert_eq!(scorer.json(text, 0).unwrap(), other.profile(&full), "{text}");
    true
}

fn json_of(toml: &str) -> String {
    crate::json::converted(Notation::Toml, toml, ProfileForm::Line).trim_end().to_owned()
}

/// The text with something changed: a byte dropped, doubled, or replaced, or a stretch moved.
fn spoiled(text: &str, seed: u64) -> String {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=next(2) {
        let at = next(bytes.len());
        match next(5) {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, bytes[at]),
            2 => bytes[at] = b"\"\\{}[]:,019.eE- \tnulltruefalse\x01"[next(30)],
            3 => {
                let end = (at + next(60)).min(bytes.len());
                let part: Vec<u8> = bytes.drain(at..end).collect();
                let to = next(bytes.len());
                bytes.splice(to..to, part);
            }
            _ => {
                // Whole values are exchanged: what is wrong then is rarely the JSON.
                let values: Vec<(usize, usize)> = strings(&bytes);
                let (from, to) = (values[next(values.len())], values[next(values.len())]);
                let value = bytes[from.0..from.1].to_vec();
                bytes.splice(to.0..to.1, value);
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn strings(bytes: &[u8]) -> Vec<(usize, usize)> {
    let quotes: Vec<usize> = (0..bytes.len()).filter(|n| bytes[*n] == b'"').collect();
    quotes.chunks_exact(2).map(|pair| (pair[0], pair[1] + 1)).collect()
}

#[test]
fn random_profiles_come_to_the_same() {
    let mut plain = 0;
    for seed in 0..1_500 {
        let case = random::case(seed);
        let model = model_of(&case);
        let options = FleetOptions { as_of: case.as_of, expiring_within: u32::try_from(case.expiring_within).unwrap() };
        let (mut scorer, mut other) = (FleetScorer::new(&model, options), FleetScorer::new(&model, options));
        let text = json_of(&case.profile);
        plain += usize::from(assert_same(&model, &mut scorer, &mut other, &text));
        for round in 0..40 {
            assert_same(&model, &mut scorer, &mut other, &spoiled(&text, seed * 1_000 + round));
        }
    }
    assert!(plain > 150, "only {plain} of 1500 were read in one pass");
}

/// A profile of the shape that tools write: everything the one pass must take.
fn plain_profile(actions: usize) -> (Model, String) {
    let model = Model::builtin(&mut Sources::default());
    let template = model.library().template(model.library().find_template("microsoft-cloud/iso-27001-2022").unwrap());
    let ids = template.map.iter().flat_map(|m| &m.actions).map(|a| a.value.as_str());
    let customers = ids.filter(|id| {
        let action = model.library().action(model.library().find_action(id).unwrap());
        action.owner == annexa::Owner::Customer
    });
    let mut seen = std::collections::BTreeSet::new();
    let mut list = String::new();
    for (n, id) in customers.filter(|id| seen.insert(*id)).take(actions).enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let rest = match n % 5 {
            0 => {
                r#""implementation":"implemented","test":"passed","tested_on":"2026-03-04","evidence":["minutes","policy"]"#
            }
            1 => r#""implementation":"planned","due_on":"2027-01-01","assigned_to":"Ren\u00e9e","notes":null"#,
            2 => {
                r#""implementation":"implemented","test":"partially-tested","test_source":"automatic","fraction":0.25,"tested_on":"2026-05-01""#
            }
            3 => {
                r#""tested_on":"2026-01-01","instance":[{"name":"a","implementation":"implemented","test":"passed","evidence":["policy"]},{"name":"b","implementation":"not-implemented"}]"#
            }
            _ => r#""implementation":"not-in-scope""#,
        };
        write!(list, "{comma}{{\"id\":\"{id}\",{rest}}}").unwrap();
    }
    let text = format!(
        r#"{{"action":[{list}],"organization":{{"name":"M\u00fcller \"&\" S\u00f6hne","tenant":"müller","sector":"retail","scope":"all"}},
        "service":[{{"id":"office-365"}},{{"id":"azure"}},{{"id":"crm","external":true,"name":"A CRM"}}],
        "assessment":[{{"template":"microsoft-cloud/iso-27001-2022","target":72.5,"retest_days":400}}],
        "evidence":[{{"id":"policy","kind":"policy","path":"docs/policy.pdf"}},{{"id":"minutes","valid_from":"2026-01-01","valid_to":"2026-12-31","url":"https://example.com/m"}}],
        "exclusion":[{{"control":"A.7.1","justification":"No offices."}},{{"control":"A.7.2"}}],"inheritance":[{{"control":"A.7.4"}}],
        "risk_acceptance":[{{"action":"{}","owner":"CISO","expires_on":"2027-01-01"}}]}}"#,
        seen.iter().next().unwrap()
    );
    // A program writes a line without breaks in it.
    (model, text.lines().map(str::trim).collect())
}

#[test]
fn what_tools_write_is_read_in_one_pass() {
    let (model, text) = plain_profile(60);
    let as_of = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    let options = FleetOptions { as_of, expiring_within: 90 };
    let (mut scorer, mut other) = (FleetScorer::new(&model, options), FleetScorer::new(&model, options));
    if let Err(faults) = model.profile_json(&text, 0, &Unchecked) {
        panic!("{faults:#?}");
    }
    assert!(assert_same(&model, &mut scorer, &mut other, &text), "{text}");
    let tally = scorer.json(&text, 0).unwrap();
    assert_eq!((tally.organization.as_str(), tally.tenant.as_str()), ("Müller \"&\" Söhne", "müller"));
    assert_eq!(tally.cohort.sector, "retail");
    let mut taken = 0;
    for seed in 0..20_000 {
        taken += usize::from(assert_same(&model, &mut scorer, &mut other, &spoiled(&text, seed)));
    }
    // Some changes leave a profile, with a note or a title spelt otherwise.
    assert!((200..19_000).contains(&taken), "{taken} of 20000 spoiled texts were taken");
}
