//! The JSON Schemas of all files, by name.

use crate::{gate, import, library, profile, schema::json_schema, shape::Shape};
use serde_json::Value;

/// The names of the schemas and what each is for.
pub const NAMES: [(&str, &str); 8] = [
    ("profile", "a tenant profile"),
    ("gate", "a gate policy, `gate.toml`"),
    ("import-map", "a map file of an import"),
    ("catalog", "a control catalogue, `controls/*.toml`"),
    ("crosswalk", "a crosswalk, `controls/crosswalk/*.toml`"),
    ("provider", "a provider, `templates/<provider>/provider.toml`"),
    ("actions", "improvement actions, `templates/<provider>/actions/*.toml`"),
    ("template", "a template, `templates/<provider>/<template>.toml`"),
];

/// The JSON Schema (draft 2020-12) of the files called `name`; see [`NAMES`].
#[must_use]
pub fn schema(name: &str) -> Option<Value> {
    Some(json_schema(shape(name)?, &format!("annexa {name}")))
}

/// The shape of the files called `name`.
pub(crate) fn shape(name: &str) -> Option<&'static Shape> {
    match name {
        "profile" => Some(&profile::PROFILE),
        "gate" => Some(&gate::POLICY),
        "import-map" => Some(&import::IMPORT_MAP),
        "catalog" => Some(&library::CATALOG),
        "crosswalk" => Some(&library::CROSSWALK_FILE),
        "provider" => Some(&library::PROVIDER_FILE),
        "actions" => Some(&library::ACTIONS),
        "template" => Some(&library::TEMPLATE_FILE),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "JSON gives null for what is not there")]
mod tests {
    use super::{NAMES, schema, shape};
    use crate::shape::{Kind, Shape};
    use serde_json::{Value, json};

    /// Asserts that `value` closes the table of `shape` and describes each of its keys.
    fn assert_describes(shape: &Shape, value: &Value, path: &str) {
        assert_eq!(value["additionalProperties"], json!(false), "{path}");
        let known = value["properties"].as_object().map(|p| p.keys().map(String::as_str).collect::<Vec<_>>());
        let mut keys: Vec<&str> = shape.fields.iter().map(|f| f.key).collect();
        keys.sort_unstable();
        assert_eq!(known.as_deref(), Some(&keys[..]), "{path}");
        for field in shape.fields {
            let (property, path) = (&value["properties"][field.key], format!("{path}.{}", field.key));
            assert_eq!(property["description"], json!(field.doc), "{path}");
            let is_required = value["required"].as_array().is_some_and(|r| r.contains(&json!(field.key)));
            assert_eq!(is_required, field.required, "{path}");
            match field.kind {
                Kind::Table(inner) => assert_describes(inner, property, &path),
                Kind::Tables(inner) => assert_describes(inner, &property["items"], &path),
                Kind::Word(words) => assert_eq!(property["enum"], json!(words), "{path}"),
                _ => assert!(property["type"].is_string(), "{path}"),
            }
        }
    }

    #[test]
    fn every_key_of_every_shape_stands_in_its_schema() {
        for (name, _) in NAMES {
            let found = schema(name).zip(shape(name));
            assert!(found.is_some(), "{name}");
            if let Some((schema, shape)) = found {
                assert_eq!(schema["$schema"], json!("https://json-schema.org/draft/2020-12/schema"));
                assert_describes(shape, &schema, name);
            }
        }
    }
}
