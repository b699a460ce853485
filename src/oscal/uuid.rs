//! Identifiers that stay: version-5 UUIDs from the names of what they identify.

use super::words::NAMESPACE;
use serde::{Serialize, Serializer};
use std::fmt;
use uuid::Uuid;

/// The identifier of something in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(Uuid);

impl Id {
    /// The identifier of what `parts` name: its sort first, then what tells it from others of the sort.
    pub(crate) fn of(parts: &[&str]) -> Self {
        let space = Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE.as_bytes());
        // Each part carries its length, so that no two lists of parts run into the same name.
        let name: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
        Self(Uuid::new_v5(&space, name.as_bytes()))
    }

    /// A reference to a resource of the same document.
    pub(crate) fn fragment(self) -> String {
        format!("#{self}")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn names_give_the_same_identifier_for_ever_and_no_two_lists_the_same() {
        assert_eq!(Id::of(&["service", "azure"]).to_string(), "7e627305-5f71-5e0b-98c3-7277189e2f85");
        let lists: [&[&str]; 5] = [&[], &["a", "b"], &["ab"], &["a", "b", ""], &["1:a1:b"]];
        let found: std::collections::BTreeSet<_> = lists.iter().map(|parts| Id::of(parts)).collect();
        assert_eq!(found.len(), lists.len());
    }
}
