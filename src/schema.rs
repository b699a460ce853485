//! JSON Schema of a file, so that editors complete and check the TOML.

use crate::shape::{Field, Kind, MAX_TEXT, MAX_TITLE, SERVICE_REFERENCE, Shape};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of files of this `shape`.
#[must_use]
pub fn json_schema(shape: &Shape, title: &str) -> Value {
    let mut schema = table(shape);
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".to_owned(), json!(title));
    }
    schema
}

fn table(shape: &Shape) -> Value {
    let properties: Map<String, Value> = shape.fields.iter().map(|f| (f.key.to_owned(), property(f))).collect();
    let required: Vec<&str> = shape.fields.iter().filter(|f| f.required).map(|f| f.key).collect();
    json!({
        "type": "object",
        "description": shape.doc,
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

fn property(field: &Field) -> Value {
    let mut value = kind(field.kind);
    if let Value::Object(map) = &mut value {
        map.insert("description".to_owned(), json!(field.doc));
    }
    value
}

fn kind(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string", "maxLength": MAX_TEXT }),
        Kind::Title => json!({ "type": "string", "pattern": "\\S", "maxLength": MAX_TITLE }),
        Kind::Id => id(),
        Kind::Url => url(),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Whole(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Decimal(max, _) => json!({ "type": "number", "minimum": 0, "maximum": max }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Words(words) => json!({ "type": "array", "items": { "type": "string", "enum": words } }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string", "maxLength": MAX_TEXT } }),
        Kind::Ids => json!({ "type": "array", "items": id() }),
        Kind::Urls => json!({ "type": "array", "items": url() }),
        Kind::Services => json!({ "type": "array", "items": { "anyOf": [id(), table(&SERVICE_REFERENCE)] } }),
        Kind::Table(shape) => table(shape),
        Kind::Tables(shape) => json!({ "type": "array", "items": table(shape) }),
    }
}

fn id() -> Value {
    json!({
        "type": "string",
        "pattern": "^[A-Za-z0-9][A-Za-z0-9._/()-]*$",
        "maxLength": crate::id::MAX_ID_LENGTH,
    })
}

fn url() -> Value {
    json!({ "type": "string", "format": "uri", "pattern": "^https?://[^\\s/]", "maxLength": MAX_TITLE })
}
