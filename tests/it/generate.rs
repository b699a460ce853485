//! What is generated from the program's own definitions: schemas, completions, manual pages.

use crate::docs::commands;
use crate::support::{done, refused};
use annexa::{BUILTIN_FILES, is_starter_profile, schemas};
use serde_json::Value;
use std::path::Path;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The name of the schema for a file of a library folder.
fn schema_of(path: &str) -> &'static str {
    match path {
        path if is_starter_profile(path) => "profile",
        path if path.starts_with("controls/crosswalk/") => "crosswalk",
        path if path.starts_with("controls/") => "catalog",
        path if path.ends_with("/provider.toml") => "provider",
        path if path.contains("/actions/") => "actions",
        _ => "template",
    }
}

/// Asserts that `value` fits `schema`, as far as keys, types and words go.
fn assert_fits(schema: &Value, value: &toml::Value, path: &str) {
    if let Some(choices) = schema["anyOf"].as_array() {
        let wanted = if value.is_table() { "object" } else { "string" };
        let choice = choices.iter().find(|c| c["type"] == wanted).unwrap_or_else(|| panic!("{path}"));
        return assert_fits(choice, value, path);
    }
    let kind = match value {
        toml::Value::String(_) | toml::Value::Datetime(_) => "string",
        toml::Value::Integer(_) if schema["type"] == "number" => "number",
        toml::Value::Integer(_) => "integer",
        toml::Value::Float(_) => "number",
        toml::Value::Boolean(_) => "boolean",
        toml::Value::Array(_) => "array",
        toml::Value::Table(_) => "object",
    };
    assert_eq!(schema["type"], kind, "{path}");
    assert_eq!(schema["format"] == "date", value.is_datetime(), "{path}");
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.iter().any(|w| w.as_str() == value.as_str()), "{path}: {value}");
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        assert_fits(&schema["items"], item, &format!("{path}[{n}]"));
    }
    let Some(table) = value.as_table() else { return };
    for (key, item) in table {
        let property = schema["properties"].get(key).unwrap_or_else(|| panic!("{path}: {key} is not in the schema"));
        assert_fits(property, item, &format!("{path}.{key}"));
    }
    for key in schema["required"].as_array().unwrap() {
        assert!(table.contains_key(key.as_str().unwrap()), "{path}: {key} is missing");
    }
}

#[test]
fn schemas_describe_the_files_of_the_library_and_a_starter() {
    let schema = |name| serde_json::from_str::<Value>(&done(here(), &["schema", name])).unwrap();
    for (name, _) in schemas::NAMES {
        assert_eq!(schema(name)["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    for (path, text) in BUILTIN_FILES {
        let value = toml::Value::Table(text.parse().unwrap());
        assert_fits(&schemas::schema(schema_of(path)).unwrap(), &value, path);
    }
    let starter = done(here(), &["init", "--services", "azure", "--target", "80"]).replace("\n# ", "\n");
    assert_fits(&schema("profile"), &toml::Value::Table(starter.parse().unwrap()), "starter");
    refused(here(), &["schema", "profiles"]);
}

/// The commands, without those under them.
fn top_commands() -> Vec<String> {
    let commands: Vec<String> = commands("").into_iter().filter(|c| !c.contains(' ')).collect();
    assert!(["score", "gaps", "man"].iter().all(|c| commands.iter().any(|known| known == c)));
    commands
}

#[test]
fn completions_of_every_shell_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = done(here(), &["completions", shell]);
        let more = ["export".to_owned(), "no-builtin".to_owned()];
        for command in top_commands().iter().chain(&more) {
            assert!(script.contains(command.as_str()), "{shell}: {command}");
        }
    }
    refused(here(), &["completions", "tcsh"]);
}

#[test]
fn the_manual_lists_every_command_and_has_a_page_for_each() {
    let manual = done(here(), &["man"]);
    for command in top_commands() {
        assert!(manual.contains(&format!("\nannexa\\-{command}(1)\n")), "{command}");
        let page = done(here(), &["man", &command]);
        assert!(page.contains(&format!("annexa\\-{command} \\- ")), "{command}");
    }
    let page = done(here(), &["man", "library", "list"]);
    assert!(page.contains("\\-\\-framework"), "{page}");
    let said = refused(here(), &["man", "scor"]);
    assert!(said.contains("`score`"), "{said}");
}
