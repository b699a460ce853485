//! JSON to a tree with places.
//!
//! The text is taken apart level by level as raw parts of itself, so that each value knows where it
//! stands; how deep and how many is bounded while it is read.

use super::tree::{Broken, MAX_DEPTH, MAX_VALUES, Node, Value, doubled, too_deep, too_many};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

/// The tree of a JSON text.
pub(super) fn tree(text: &str) -> Result<Node, Broken> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, error.line(), error.column());
        let why = if error.is_eof() { "the file is cut off" } else { "the file is not JSON" };
        Broken { at, why: why.to_owned(), said: Some(error.to_string()) }
    })?;
    let reader = Reader { text, left: Cell::new(MAX_VALUES), broken: RefCell::new(None) };
    reader.node(raw, MAX_DEPTH)
}

struct Reader<'t> {
    text: &'t str,
    left: Cell<usize>,
    /// What went wrong deeper down, while the levels above give up.
    broken: RefCell<Option<Broken>>,
}

impl<'t> Reader<'t> {
    fn node(&self, raw: &'t RawValue, depth: usize) -> Result<Node, Broken> {
        let raw = raw.get();
        let at = raw.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let Some(left) = self.left.get().checked_sub(1) else { return Err(too_many(at)) };
        self.left.set(left);
        let level = Level { reader: self, depth: depth.saturating_sub(1) };
        let value = match raw.as_bytes().first() {
            Some(b'{' | b'[') if depth == 0 => return Err(too_deep(at)),
            Some(b'{' | b'[') => level.deserialize(&mut serde_json::Deserializer::from_str(raw)).map_err(|e| (e, at)),
            Some(b'"') => serde_json::from_str::<Cow<'_, str>>(raw).map(|t| Value::Text(t.into())).map_err(|e| (e, at)),
            Some(b'n') => Ok(Value::Null),
            _ => Ok(Value::Bare),
        };
        let value = value.map_err(|(error, at)| {
            let deeper = self.broken.borrow_mut().take();
            // A text that passed as a whole can still have half a surrogate in an escape.
            deeper.unwrap_or_else(|| Broken {
                at,
                why: "the file is not JSON".to_owned(),
                said: Some(error.to_string()),
            })
        })?;
        if let Value::Object(fields) = &value
            && let Some((name, node)) = doubled(fields)
        {
            let why = format!("the key `{}` stands twice in one object", name.escape_debug());
            return Err(Broken { at: node.at, why, said: None });
        }
        Ok(Node { at, value })
    }

    /// The node of an inner part, or an error that makes the levels above give up.
    fn inner<E: serde::de::Error>(&self, raw: &'t RawValue, depth: usize) -> Result<Node, E> {
        self.node(raw, depth).map_err(|broken| {
            self.broken.borrow_mut().get_or_insert(broken);
            E::custom("given up")
        })
    }
}

/// One level of the tree.
struct Level<'r, 't> {
    reader: &'r Reader<'t>,
    depth: usize,
}

impl<'t> DeserializeSeed<'t> for Level<'_, 't> {
    type Value = Value;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Level<'_, 't> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(raw) = list.next_element::<&'t RawValue>()? {
            nodes.push(self.reader.inner(raw, self.depth)?);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((Key(key), raw)) = map.next_entry::<Key<'t>, &'t RawValue>()? {
            fields.push((key.into(), self.reader.inner(raw, self.depth)?));
        }
        Ok(Value::Object(fields))
    }
}

/// A key, borrowed where it has no escapes.
struct Key<'t>(Cow<'t, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;
        impl<'de> Visitor<'de> for Borrow {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrow)
    }
}

/// The byte at a 1-based line and column, as both readers count them.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(breaks) => text.match_indices('\n').nth(breaks).map_or(text.len(), |(at, _)| at + 1),
    };
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
