//! YAML to the same tree.
//!
//! A plain word is taken as it is written (`1.10` and `2023-05-19` stay what they are), for OSCAL's values
//! are texts. Aliases unfold within a budget, and the tree within bounds of its own.

use super::json::offset;
use super::tree::{Broken, MAX_DEPTH, MAX_VALUES, Node, Value};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Location, Spanned};
use std::fmt;

/// The most values that are made by unfolding aliases.
const MAX_UNFOLDED: usize = 100_000;

/// The tree of a YAML text.
pub(super) fn tree(text: &str) -> Result<Node, Broken> {
    let mut options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            max_nodes: MAX_VALUES,
            max_events: 2 * MAX_VALUES,
            max_documents: 1,
            max_recorded_anchor_events: MAX_UNFOLDED,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        with_snippet: false,
    };
    options.alias_limits.max_total_replayed_events = MAX_UNFOLDED;
    let read: Result<Spanned<Raw>, _> = serde_saphyr::from_str_with_options(text, options);
    match read {
        Ok(raw) => Ok(node(raw, text)),
        Err(error) => {
            let place = error.location().map_or((0, 0), |l| (l.line(), l.column()));
            let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            let at = offset(text, number(place.0), number(place.1));
            Err(Broken { at, why: "the file cannot be read as YAML".to_owned(), said: Some(first_line(&error)) })
        }
    }
}

fn first_line(error: &serde_saphyr::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

/// A value before its place is known as a byte of the text.
enum Raw {
    Null,
    /// A number or a truth value: how it was written stands in the text.
    Bare,
    Text(Box<str>),
    List(Vec<Spanned<Raw>>),
    Object(Vec<(Box<str>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let at = start(raw.referenced);
    let value = match raw.value {
        Raw::Null => Value::Null,
        // Plain words are texts in YAML, whatever else they look like.
        Raw::Bare => Value::Text(written(raw.defined, text).into()),
        Raw::Text(text) => Value::Text(text),
        Raw::List(list) => Value::List(list.into_iter().map(|item| node(item, text)).collect()),
        Raw::Object(fields) => Value::Object(fields.into_iter().map(|(key, item)| (key, node(item, text))).collect()),
    };
    Node { at: at.min(text.len()), value }
}

fn start(place: Location) -> usize {
    place.span().byte_offset().and_then(|at| usize::try_from(at).ok()).unwrap_or_default()
}

/// The text from which a plain word was read.
fn written(place: Location, text: &str) -> &str {
    let length = place.span().byte_len().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let at = start(place);
    text.get(at..at.saturating_add(length)).unwrap_or_default().trim()
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visit)
    }
}

struct Visit;

impl<'de> Visitor<'de> for Visit {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Bare)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.into()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some((key, item)) = map.next_entry::<String, Spanned<Raw>>()? {
            fields.push((key.into(), item));
        }
        Ok(Raw::Object(fields))
    }
}
