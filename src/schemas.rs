//! The JSON Schemas of all files, by name.

use crate::{library, profile, schema::json_schema, shape::Shape};
use serde_json::Value;

/// The names of the schemas and what each is for.
pub const NAMES: [(&str, &str); 5] = [
    ("profile", "a tenant profile"),
    ("catalog", "a control catalogue, `controls/*.toml`"),
    ("provider", "a provider, `templates/<provider>/provider.toml`"),
    ("actions", "improvement actions, `templates/<provider>/actions/*.toml`"),
    ("template", "a template, `templates/<provider>/<template>.toml`"),
];

/// The JSON Schema (draft 2020-12) of the files called `name`; see [`NAMES`].
#[must_use]
pub fn schema(name: &str) -> Option<Value> {
    let shape: &'static Shape = match name {
        "profile" => &profile::PROFILE,
        "catalog" => &library::CATALOG,
        "provider" => &library::PROVIDER_FILE,
        "actions" => &library::ACTIONS,
        "template" => &library::TEMPLATE_FILE,
        _ => return None,
    };
    Some(json_schema(shape, &format!("annexa {name}")))
}
