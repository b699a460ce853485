//! Names in other languages, crosswalks and attributes, as `annexa library` shows them.

use crate::support::{done, refused};
use annexa::{Choice, Language, Model, Names, Sources};
use serde_json::Value;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(args: &[&str]) -> Vec<Value> {
    serde_json::from_str(&done(here(), &[&["library"], args, &["--format", "json"]].concat())).unwrap()
}

fn library() -> annexa::Library {
    Model::builtin(&mut Sources::default()).library().clone()
}

#[test]
fn each_language_shows_its_names_and_english_where_it_has_none() {
    for (lang, expected) in [
        ("ja", "Office 365 Germany"),
        ("zh-TW", "Office 365 德國"),
        ("ko", "Office 365 Germany"),
        ("fr", "Office 365 Allemagne"),
        ("it", "Office 365 Germany"),
        ("en", "Office 365 Germany"),
    ] {
        let text = done(here(), &["library", "list", "services", "--lang", lang]);
        let row = text.lines().find(|line| line.trim_start().starts_with("office-365-germany ")).unwrap();
        assert!(row.contains(&format!(" {expected}  ")), "{lang}: {row}");
        let csv = done(here(), &["library", "list", "services", "--lang", lang, "--format", "csv"]);
        let mut csv = csv::Reader::from_reader(csv.as_bytes());
        let named = |name: &str, headers: &csv::StringRecord| headers.iter().position(|h| h == name);
        let headers = csv.headers().unwrap().clone();
        let row = csv.records().map(Result::unwrap).find(|row| &row[0] == "office-365-germany").unwrap();
        assert_eq!(&row[named("name", &headers).unwrap()], "Office 365 Germany");
        let local = named("local_name", &headers).map(|n| row[n].to_owned());
        assert_eq!(local.as_deref(), (lang != "en").then_some(expected));
    }
}

#[test]
fn wide_characters_take_two_columns_and_the_next_column_lines_up() {
    let text = done(here(), &["library", "list", "services", "--lang", "zh-TW"]);
    let environments = [" commercial ", " germany ", " us-government "];
    let rows = text.lines().filter_map(|line| Some(&line[..environments.iter().find_map(|e| line.find(e))?]));
    let widths: Vec<(usize, usize)> = rows.map(|before| (before.width(), before.chars().count())).collect();
    assert!(widths.len() > 10 && widths.iter().all(|(width, _)| *width == widths[0].0), "{text}");
    assert!(widths.iter().any(|(width, characters)| width > characters), "no wide character in {text}");
}

#[test]
fn a_missing_name_falls_back_to_english_for_every_thing_and_language() {
    let library = library();
    let local = |names: &Names, language: Language, english: Option<&str>| -> Value {
        names.get(language).or(english).map_or(Value::Null, Value::from)
    };
    let mut translated = 0;
    for language in Language::WORDS.iter().map(|word| Language::from_word(word).unwrap()) {
        let services = json(&["list", "services", "--lang", language.word()]);
        assert_eq!(services.len(), library.services().len());
        for (row, service) in services.iter().zip(library.services()) {
            assert_eq!(row["name"], service.name);
            assert_eq!(row["local_name"], local(&service.names, language, Some(&service.name)));
            translated += usize::from(row["name"] != row["local_name"]);
        }
        for (row, item) in json(&["list", "evidence", "--lang", language.word()]).iter().zip(library.evidence()) {
            assert_eq!(row["local_title"], local(&item.names, language, item.title.as_deref()), "{}", item.id.value);
        }
        for (row, framework) in
            json(&["list", "frameworks", "--lang", language.word()]).iter().zip(library.frameworks())
        {
            assert_eq!(row["local_title"], local(&framework.names, language, Some(&framework.title)));
        }
    }
    assert!(translated > 10);
}

#[test]
fn a_sheet_lists_all_names_or_the_one_asked_for() {
    let sheet = &json(&["show", "office-365-germany"])[0];
    assert_eq!(sheet["names"]["zh-TW"], "Office 365 德國");
    assert_eq!(sheet["names"]["fr"], "Office 365 Allemagne");
    let text = done(here(), &["library", "show", "office-365-germany"]);
    assert!(text.contains("fr: Office 365 Allemagne\n") && text.contains("zh-TW: Office 365 德國\n"), "{text}");

    let sheet = &json(&["show", "office-365-germany", "--lang", "fr"])[0];
    assert_eq!((&sheet["name"], &sheet["local_name"]), (&"Office 365 Germany".into(), &"Office 365 Allemagne".into()));
    assert_eq!(sheet.get("names"), None);
    let evidence = &json(&["show", "report-office-365-germany", "--lang", "fr"])[0];
    assert_eq!(evidence["services"][0]["local_name"], "Office 365 Allemagne");
    assert_eq!(json(&["show", "A.9.2.3", "--lang", "fr"])[0]["title"], "Management of privileged access rights");
}

#[test]
fn a_service_is_found_by_any_of_its_names() {
    for name in ["Office 365 德國", "office 365 allemagne", "Office 365 Germany"] {
        let said = refused(here(), &["library", "show", name]);
        assert!(said.contains("Office 365 Germany has the id `office-365-germany`"), "{said}");
        let said = refused(here(), &["library", "list", "actions", "--service", name]);
        assert!(said.contains("has the id `office-365-germany`"), "{said}");
    }
    // Every name leads to a service that has it; of the English one an id is never further away.
    let library = library();
    for service in library.services() {
        for (_, name) in service.names.iter() {
            let help = library.service_named(name).unwrap();
            let has_it = |s: &annexa::Service| {
                let is_told = help.contains(&format!("`{}`", s.id.value));
                let all = s.names.iter().map(|(_, n)| n).chain([s.name.as_str()]).chain(s.renamed_to.as_deref());
                let same = |n: &str| n.to_lowercase().replace([' ', '-', '_'], "");
                is_told && all.chain(s.aliases.iter().map(String::as_str)).any(|n| same(n) == same(name))
            };
            assert!(library.services().iter().any(has_it), "{name}: {help}");
        }
    }
}

#[test]
fn an_unknown_language_is_refused() {
    let said = refused(here(), &["library", "list", "services", "--lang", "de"]);
    assert!(said.contains("[possible values: en, fr, it, ja, ko, zh-TW]"), "{said}");
}

#[test]
fn every_title_of_both_editions_has_a_name_in_every_language() {
    use annexa::{Choice, Language};
    let library = library();
    for id in ["iso-27001-2013", "iso-27001-2022"] {
        let framework = library.framework(library.find_framework(id).unwrap());
        let controls = framework.controls.iter().map(|c| (c.id.value.as_str(), &c.names));
        let groups = framework.groups.iter().map(|g| (g.id.value.as_str(), &g.names));
        for (thing, names) in controls.chain(groups) {
            for word in Language::WORDS {
                let name = names.get(Language::from_word(word).unwrap());
                assert!(name.is_some_and(|n| n.trim() == n && !n.is_empty()), "{thing} of {id} in {word}: {name:?}");
            }
        }
    }
}

#[test]
fn controls_are_listed_and_shown_in_another_language() {
    let list = done(here(), &["library", "list", "controls", "--framework", "iso-27001-2022", "--lang", "ja"]);
    assert!(list.contains("A.5.1") && list.contains("情報セキュリティのための方針群"), "{list}");
    let sheet = done(here(), &["library", "show", "A.5.1", "--lang", "fr", "--format", "json"]);
    assert!(sheet.contains("\"local_title\": \"Politiques de sécurité de l’information\""), "{sheet}");
}

#[test]
fn crosswalks_are_listed_and_shown_with_their_relations() {
    let library = library();
    let list = json(&["list", "crosswalks"]);
    assert_eq!(list.len(), library.crosswalks().len());
    for (row, crosswalk) in list.iter().zip(library.crosswalks()) {
        let id = crosswalk.id.value.as_str();
        assert_eq!(row["id"], id);
        assert_eq!(row["relations"], crosswalk.relations.len());
        let sum = row["confirmed"].as_u64().unwrap() + row["unconfirmed"].as_u64().unwrap();
        assert_eq!(row["relations"], sum);
        assert_eq!(row["source"], crosswalk.source);
        let sheet = &json(&["show", id])[0];
        assert_eq!((&sheet["role"], &sheet["as_of"]), (&"crosswalk".into(), &row["as_of"]));
        let relations = sheet["relations"].as_array().unwrap();
        for (shown, relation) in relations.iter().zip(&crosswalk.relations) {
            assert_eq!(shown["from"], relation.from.value.as_str());
            assert_eq!(shown["to"], relation.to.value.as_str());
            assert_eq!(shown["relation"], relation.kind.word());
            assert!(shown["from_title"].is_string() && shown["to_title"].is_string());
        }
        assert_eq!(relations.len(), crosswalk.relations.len());
    }
    let some = json(&["list", "crosswalks", "--framework", "iso-27001-2013"]);
    assert!(!some.is_empty() && some.len() < list.len());
    assert!(some.iter().all(|row| row["from"] == "iso-27001-2013" || row["to"] == "iso-27001-2013"));
    let said = refused(here(), &["library", "show", "iso-27001-2013--iso-27001-2023"]);
    assert!(said.contains("`iso-27001-2013--iso-27001-2022`"), "{said}");
}

/// What a control says of another, the other says of it the other way round.
#[test]
fn related_controls_point_at_each_other() {
    let turned = |word: &Value| match word.as_str().unwrap() {
        "subset" => "superset".to_owned(),
        "superset" => "subset".to_owned(),
        same => same.to_owned(),
    };
    let control = &json(&["show", "A.5.15"])[0];
    let related = control["related"].as_array().unwrap();
    let older: Vec<&Value> = related.iter().filter(|r| r["framework"] == "iso-27001-2013").collect();
    assert!(older.len() > 1, "{related:?}");
    for row in older {
        let other = &json(&["show", row["id"].as_str().unwrap()])[0];
        let back = other["related"].as_array().unwrap().iter().find(|r| r["id"] == "A.5.15").unwrap();
        assert_eq!(back["relation"], turned(&row["relation"]));
        assert_eq!(back["crosswalk"], row["crosswalk"]);
    }
}

#[test]
fn controls_tell_what_is_new_about_them_and_are_found_by_their_attributes() {
    let control = &json(&["show", "A.5.7"])[0];
    assert_eq!(control["new"], true);
    assert_eq!(control["control_type"], serde_json::json!(["preventive", "detective", "corrective"]));
    let all = json(&["list", "controls", "--framework", "iso-27001-2022"]);
    let has = |row: &Value, name: &str, value: &str| {
        row[name].as_array().is_some_and(|values| values.iter().any(|v| v == value))
    };
    let attribute = ["--attribute", "control_type=detective", "--attribute", "concepts=respond"];
    let found = json(&[&["list", "controls", "--framework", "iso-27001-2022"], &attribute[..]].concat());
    let expected: Vec<&Value> =
        all.iter().filter(|r| has(r, "control_type", "detective") && has(r, "concepts", "respond")).collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(found.iter().collect::<Vec<_>>(), expected);
    assert!(json(&["list", "controls", "--framework", "iso-27001-2013", "--attribute", "concepts=respond"]).is_empty());
    assert!(all.iter().any(|r| r["note"].is_string()), "a note is told in the list too");

    let refused = |attribute: &str| refused(here(), &["library", "list", "controls", "--attribute", attribute]);
    assert!(refused("control_type=detectiv").contains("the nearest known name is `detective`"));
    assert!(refused("control_typ=detective").contains("the nearest known name is `control_type`"));
    assert!(refused("detective").contains("write an attribute as `NAME=VALUE`"));
}
