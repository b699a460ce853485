//! Ids as types, made by one parser, and the dense indices they become.
//!
//! An id is what a person writes (`A.9.2.3`, `require-mfa-for-admins`); an index is where the thing
//! stands in the loaded library. Ids are parsed once, when a file is read; everything after
//! validation runs over indices. Start with [`check`], the one rule for all ids.

use serde::{Deserialize, Serialize};

/// The longest id accepted, in bytes.
pub const MAX_ID_LENGTH: usize = 128;

/// Says what is wrong with `text` as an id, or nothing.
///
/// An id starts with an ASCII letter or digit and goes on with letters, digits and `. _ - / ( )`.
/// The characters cover ISO (`A.9.2.3`), NIST (`AC-2(1)`) and template (`provider/framework`) ids.
#[must_use]
pub fn check(text: &str) -> Option<String> {
    let starts_well = text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-/()".contains(&b);
    if text.is_empty() {
        Some("an id cannot be empty".to_owned())
    } else if text.len() > MAX_ID_LENGTH {
        Some(format!("an id has at most {MAX_ID_LENGTH} characters"))
    } else if !starts_well || !text.bytes().all(allowed) {
        Some("an id starts with a letter or digit and holds letters, digits and `. _ - / ( )`".to_owned())
    } else {
        None
    }
}

macro_rules! id_type {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// Parses an id; see [`check`].
            #[must_use]
            pub fn new(text: &str) -> Option<Self> {
                check(text).is_none().then(|| Self(text.into()))
            }

            /// The id as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

id_type! {
    /// A framework edition, such as `iso-27001-2013`.
    FrameworkId;
    /// A group of controls, such as `A.9` or `A.9.2`.
    GroupId;
    /// A control of a framework, such as `A.9.2.3` or `6.1.3`.
    ControlId;
    /// An improvement action, unique over the whole library.
    ActionId;
    /// A service of a provider, unique over the whole library.
    ServiceId;
    /// An item of evidence.
    EvidenceId;
    /// A provider, such as `microsoft-cloud`.
    ProviderId;
    /// A crosswalk between two frameworks.
    CrosswalkId;
    /// A template, such as `microsoft-cloud/iso-27001-2013`.
    TemplateId;
}

macro_rules! index_type {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index of the element at `position`; positions past `u32::MAX` cannot occur,
            /// for a file holds fewer entries than that (see the limits of reading).
            #[must_use]
            pub fn at(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            /// The position in the list that this index is for.
            #[must_use]
            pub fn position(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }
        }
    )+};
}

index_type! {
    /// A framework of the library.
    FrameworkIdx;
    /// A control within its framework, in catalogue order.
    ControlIdx;
    /// An action of the library, in id order.
    ActionIdx;
    /// A service of the library, in id order.
    ServiceIdx;
    /// An item of provider evidence of the library, in id order.
    EvidenceIdx;
    /// A template of the library.
    TemplateIdx;
    /// A crosswalk of the library.
    CrosswalkIdx;
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn ids_of_the_known_standards_pass() {
        for id in ["A.9.2.3", "6.1.3", "AC-2(1)", "microsoft-cloud/iso-27001-2013", "PR.AA-01"] {
            assert_eq!(check(id), None, "{id}");
        }
    }

    #[test]
    fn what_cannot_be_typed_or_printed_safely_fails() {
        for id in ["", " a", "a b", "-a", "ä", "a\n", "=1", &"x".repeat(129)] {
            assert!(check(id).is_some(), "{id:?}");
        }
    }
}
