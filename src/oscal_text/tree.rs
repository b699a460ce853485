//! A document as a tree, the same for JSON and YAML, with the place of each value.

use std::collections::BTreeSet;

/// How deep values may lie in each other; real documents come to twenty.
pub(super) const MAX_DEPTH: usize = 60;
/// How many values a document may have; the largest catalogue known has a third of a million.
pub(super) const MAX_VALUES: usize = 2_000_000;

/// A value and the byte at which it begins.
#[derive(Debug)]
pub(crate) struct Node {
    /// The byte.
    pub(crate) at: usize,
    /// The value.
    pub(crate) value: Value,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A truth value or a number, where OSCAL has texts.
    Bare,
    /// A text.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Object(Vec<(Box<str>, Node)>),
}

/// Why a text is no tree, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The byte.
    pub(super) at: usize,
    /// One lowercase clause.
    pub(super) why: String,
    /// What the reader of the syntax says, if it says something.
    pub(super) said: Option<String>,
}

impl Node {
    /// What the value is, in a word with its article.
    pub(crate) fn sort(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bare => "a number or a truth value",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// A field of an object.
    pub(crate) fn field(&self, key: &str) -> Option<&Self> {
        let Value::Object(fields) = &self.value else { return None };
        fields.iter().find(|(name, _)| **name == *key).map(|(_, node)| node)
    }
}

/// The name that stands twice among the fields of one object.
pub(super) fn doubled(fields: &[(Box<str>, Node)]) -> Option<&(Box<str>, Node)> {
    let mut seen = BTreeSet::new();
    fields.iter().find(|(name, _)| !seen.insert(&**name))
}

/// That there are too many values.
pub(super) fn too_many(at: usize) -> Broken {
    Broken { at, why: format!("the file has more than {MAX_VALUES} values"), said: None }
}

/// That values lie too deep in each other.
pub(super) fn too_deep(at: usize) -> Broken {
    Broken { at, why: format!("values lie more than {MAX_DEPTH} deep in each other"), said: None }
}
