//! What a shape and a value are called in messages, in the words of the notation at hand.

use super::Kind;
use toml::de::DeValue;

/// How the tables of a file are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// TOML, as people write it.
    Toml,
    /// JSON of the same shape, as programs hand it on.
    Json,
}

/// What a key takes, in words.
pub(super) fn takes(kind: Kind, notation: Notation) -> &'static str {
    match (kind, notation) {
        (Kind::Text | Kind::Title, _) => "text in quotes",
        (Kind::Id, _) => "an id in quotes",
        (Kind::Url, _) => "a web address in quotes",
        (Kind::Word(_), _) => "a word in quotes",
        (Kind::Date, Notation::Toml) => "a date such as 2020-03-01, without quotes",
        (Kind::Date, Notation::Json) => "a date in quotes, such as \"2020-03-01\"",
        (Kind::Whole(..), _) => "a whole number",
        (Kind::Decimal(..), _) => "a decimal number",
        (Kind::Flag, _) => "`true` or `false`",
        (Kind::Words(_), _) => "a list of words",
        (Kind::Texts, _) => "a list of texts",
        (Kind::Ids, _) => "a list of ids",
        (Kind::Urls, _) => "a list of web addresses",
        (Kind::Services, _) => "a list of service ids",
        (Kind::Table(_), Notation::Toml) => "a table",
        (Kind::Table(_), Notation::Json) => "an object",
        (Kind::Tables(_), Notation::Toml) => "a list of tables, written `[[...]]`",
        (Kind::Tables(_), Notation::Json) => "a list of objects",
    }
}

/// What a value is, in words.
pub(super) fn found(value: &DeValue<'_>, notation: Notation) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) if notation == Notation::Json => "an object",
        DeValue::Table(_) => "a table",
    }
}

/// A name with its article.
pub(super) fn a(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}

/// A sentence as a clause.
pub(super) fn lowercase_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
