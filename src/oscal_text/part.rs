//! An object of a document, and the values in it.
//!
//! Every getter answers with nothing both for a key that is absent and for a value of a wrong type; the
//! wrong one is told about with its path, such as `catalog.groups[2].title`.

use super::document::Document;
use super::tree::{Node, Value};
use super::words::NAMESPACE;
use crate::diagnostic::quoted;
use chrono::{DateTime, NaiveDate};

/// An object of a document.
#[derive(Clone, Debug)]
pub(crate) struct Part<'d> {
    document: &'d Document<'d>,
    node: &'d Node,
    path: String,
}

/// A property.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prop<'d> {
    /// Its name.
    pub(crate) name: &'d str,
    /// Its value; what is no single line stands in its remarks.
    pub(crate) value: &'d str,
    /// Its class.
    pub(crate) class: Option<&'d str>,
    /// What it belongs to.
    pub(crate) group: Option<&'d str>,
    /// The byte at which it begins.
    pub(crate) at: usize,
    /// Whether it is one of annexa's own.
    pub(crate) is_own: bool,
    /// Whether it is of OSCAL's own namespace.
    pub(crate) is_core: bool,
}

/// The namespace of OSCAL's own properties, which is also that of properties that name none.
const CORE: [&str; 2] = ["http://csrc.nist.gov/ns/oscal", "https://csrc.nist.gov/ns/oscal"];

impl<'d> Part<'d> {
    pub(super) fn new(document: &'d Document<'d>, node: &'d Node, path: String) -> Self {
        Self { document, node, path }
    }

    /// The byte at which the value of a key stands, or else this object.
    pub(crate) fn at(&self, key: &str) -> usize {
        self.node.field(key).unwrap_or(self.node).at
    }

    /// The byte at which it begins.
    pub(crate) fn start(&self) -> usize {
        self.node.at
    }

    /// Tells of a fault in the value of a key.
    pub(crate) fn fault(&self, key: &str, message: String, help: Option<String>) {
        self.document.fault(self.at(key), message, "here", help);
    }

    /// Tells that a key is missing.
    pub(crate) fn lacks(&self, key: &str) {
        let message = format!("`{}` lacks `{key}`", self.path);
        self.document.fault(self.node.at, message, "this object", None);
    }

    fn wrong(&self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{}.{key}` is {}, and {wanted} is expected", self.path, node.sort());
        self.document.fault(node.at, message, "of a wrong type", None);
    }

    /// A text without blanks around it; an empty one is none.
    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        let node = self.node.field(key)?;
        match &node.value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Value::Null => None,
            _ => {
                self.wrong(key, node, "a text");
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn needed(&self, key: &str) -> Option<&'d str> {
        let text = self.text(key);
        if text.is_none()
            && self
                .node
                .field(key)
                .is_none_or(|node| !matches!(node.value, Value::Bare | Value::List(_) | Value::Object(_)))
        {
            self.lacks(key);
        }
        text
    }

    /// An object.
    pub(crate) fn part(&self, key: &str) -> Option<Self> {
        let node = self.node.field(key)?;
        match &node.value {
            Value::Object(_) => Some(Self::new(self.document, node, format!("{}.{key}", self.path))),
            Value::Null => None,
            _ => {
                self.wrong(key, node, "an object");
                None
            }
        }
    }

    /// The objects of a list.
    pub(crate) fn parts(&self, key: &str) -> Vec<Self> {
        let Some(node) = self.node.field(key) else { return Vec::new() };
        let list = match &node.value {
            Value::List(list) => list,
            Value::Null => return Vec::new(),
            _ => {
                self.wrong(key, node, "a list");
                return Vec::new();
            }
        };
        let mut parts = Vec::with_capacity(list.len());
        for (n, item) in list.iter().enumerate() {
            if matches!(item.value, Value::Object(_)) {
                parts.push(Self::new(self.document, item, format!("{}.{key}[{n}]", self.path)));
            } else {
                self.wrong(&format!("{key}[{n}]"), item, "an object");
            }
        }
        parts
    }

    /// The day of a moment or a date.
    pub(crate) fn day(&self, key: &str) -> Option<NaiveDate> {
        let text = self.text(key)?;
        let day = day_of(text);
        if day.is_none() {
            let message = format!("`{}.{key}` is {}, which is no date", self.path, quoted(text));
            self.document.fault(self.at(key), message, "a moment such as 2026-06-19T12:00:00Z is expected", None);
        }
        day
    }

    /// Its properties.
    pub(crate) fn props(&self) -> Vec<Prop<'d>> {
        let prop = |part: Self| {
            let space = part.text("ns");
            Some(Prop {
                name: part.text("name")?,
                value: part.text("remarks").filter(|_| space == Some(NAMESPACE)).or(part.text("value"))?,
                class: part.text("class"),
                group: part.text("group"),
                at: part.start(),
                is_own: space == Some(NAMESPACE),
                is_core: space.is_none_or(|space| CORE.contains(&space)),
            })
        };
        self.parts("props").into_iter().filter_map(prop).collect()
    }

    /// The value of annexa's own property of this name.
    pub(crate) fn own(&self, name: &str) -> Option<&'d str> {
        self.props().into_iter().find(|prop| prop.is_own && prop.name == name).map(|prop| prop.value)
    }
}

/// The day that a text names, in the time zone that it was written in: a deadline at midnight in New York is
/// of that day there.
pub(crate) fn day_of(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day.or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.date_naive()))
}
