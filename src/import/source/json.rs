//! JSON that is read a part at a time, so that one broken record costs one record.
//!
//! A [`Json`] is a part of the text, known to be well formed, with the place where it stands.

use super::Text;
use super::value::{Decimal, day};
use crate::diagnostic::Diagnostic;
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The most values that a text may hold: 256 MiB of an export hold five million, of nothing but zeros a hundred.
const MAX_VALUES: usize = 8_000_000;

/// The most rows that a list may have.
pub(super) const MAX_ROWS: usize = 1_000_000;

/// A value in a JSON text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a> {
    text: Text<'a>,
    /// The byte at which it begins.
    pub(super) at: usize,
    raw: &'a str,
}

impl<'a> Json<'a> {
    /// The whole of a text.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub(super) fn of(text: Text<'a>) -> Result<Self, Diagnostic> {
        sized(text)?;
        match serde_json::from_str::<&RawValue>(text.text) {
            Ok(raw) => Ok(Self::part(text, raw)),
            Err(error) => Err(broken(text, &error)),
        }
    }

    /// The records of a text: the items of a list, or objects one after another, as JSON lines are.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub(super) fn each(text: Text<'a>) -> Result<Vec<Self>, Diagnostic> {
        let values = Self::all(text)?;
        let items = if let [list] = values.as_slice() { list.items() } else { None };
        Ok(items.unwrap_or(values))
    }

    /// The values of a text in which several may follow each other, as pages or lines do; at least one.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub(super) fn all(text: Text<'a>) -> Result<Vec<Self>, Diagnostic> {
        sized(text)?;
        let values = serde_json::Deserializer::from_str(text.text).into_iter::<&RawValue>();
        let values = values.map(|raw| raw.map(|raw| Self::part(text, raw)).map_err(|error| broken(text, &error)));
        let values = values.collect::<Result<Vec<Self>, Diagnostic>>()?;
        if values.is_empty() { Self::of(text).map(|value| vec![value]) } else { Ok(values) }
    }

    fn part(text: Text<'a>, raw: &'a RawValue) -> Self {
        let raw = raw.get();
        let at = raw.as_ptr().addr().saturating_sub(text.text.as_ptr().addr());
        Self { text, at, raw }
    }

    /// The text that it is part of.
    pub(super) fn text(&self) -> &Text<'a> {
        &self.text
    }

    /// Its items, if it is a list.
    pub(super) fn items(&self) -> Option<Vec<Self>> {
        let items = serde_json::from_str::<Vec<&'a RawValue>>(self.raw).ok()?;
        Some(items.into_iter().map(|raw| Self::part(self.text, raw)).collect())
    }

    /// Its fields, if it is an object.
    pub(super) fn object(&self) -> Option<Object<'a>> {
        let fields = serde_json::from_str::<Fields<'a>>(self.raw).ok()?;
        Some(Object { fields: fields.0.into_iter().map(|(key, raw)| (key, Self::part(self.text, raw))).collect() })
    }

    /// The text that it is.
    pub(super) fn string(&self) -> Option<Cow<'a, str>> {
        if !self.raw.starts_with('"') {
            return None;
        }
        // A text without escapes is taken as it stands.
        match serde_json::from_str::<&'a str>(self.raw) {
            Ok(plain) => Some(Cow::Borrowed(plain)),
            Err(_) => serde_json::from_str::<String>(self.raw).ok().map(Cow::Owned),
        }
    }

    /// The number that it is, written as such or as a text.
    pub(super) fn number(&self) -> Option<Decimal> {
        match self.string() {
            Some(text) => Decimal::read(&text),
            None => Decimal::read(self.raw),
        }
    }

    /// Whether it is true, written as such or as a text.
    pub(super) fn flag(&self) -> Option<bool> {
        match self.string().as_deref().unwrap_or(self.raw).to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The day that it names, in UTC.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        match self.string() {
            Some(text) => day(&text),
            None => day(self.raw),
        }
    }

    /// Whether there is nothing.
    pub(super) fn is_null(&self) -> bool {
        self.raw == "null"
    }
}

/// An object whose fields are looked up.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    fields: Vec<(Cow<'a, str>, Json<'a>)>,
}

impl<'a> Object<'a> {
    /// A field that is there and not null; of two with one name, the last.
    pub(super) fn get(&self, key: &str) -> Option<Json<'a>> {
        let found = self.fields.iter().rev().find(|(name, _)| name == key);
        found.map(|(_, value)| *value).filter(|value| !value.is_null())
    }

    /// A field of a field.
    pub(super) fn at(&self, path: &[&str]) -> Option<Json<'a>> {
        let (last, way) = path.split_last()?;
        match way {
            [] => self.get(last),
            [first, rest @ ..] => {
                let inner = self.get(first)?.object()?;
                let path: Vec<&str> = rest.iter().copied().chain([*last]).collect();
                inner.at(&path)
            }
        }
    }

    /// The text of a field, without blanks around it; an empty one is none.
    pub(super) fn string(&self, key: &str) -> Option<Cow<'a, str>> {
        self.get(key)?.string().map(trimmed).filter(|text| !text.is_empty())
    }

    /// The items of a field.
    pub(super) fn items(&self, key: &str) -> Vec<Json<'a>> {
        self.get(key).and_then(|value| value.items()).unwrap_or_default()
    }

    /// All fields in the order of the text.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, Json<'a>)> {
        self.fields.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The fields of an object in the order of the text, none of them taken apart.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((Key(key), value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    fields.push((key, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// What is no JSON, and where.
/// Refuses a text that takes far more memory than its bytes. Separators in texts count too, so that the count
/// is never too low.
fn sized(text: Text<'_>) -> Result<(), Diagnostic> {
    let values = text.text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if values > MAX_VALUES { Err(too_many(text, "values", MAX_VALUES)) } else { Ok(()) }
}

/// The fault of a text that holds more than the most of something.
pub(super) fn too_many(text: Text<'_>, what: &str, most: usize) -> Diagnostic {
    let million = most / 1_000_000;
    let message = format!("the file holds more than {million} million {what}, the most that is imported");
    text.fault(0, message, "this file").help("export less at a time, or split the file")
}

fn broken(text: Text<'_>, error: &serde_json::Error) -> Diagnostic {
    let at = offset(text.text, error.line(), error.column());
    let what = if error.is_eof() { "it ends here" } else { "this cannot stand here" };
    let fault = text.fault(at, "the file is not JSON, or was cut off", what);
    fault.help(format!("the JSON reader says: {error}"))
}

/// The byte at a 1-based line and column as the reader counts them.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(breaks) => text.match_indices('\n').nth(breaks).map_or(0, |(at, _)| at + 1),
    };
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
