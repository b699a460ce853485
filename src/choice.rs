//! Closed sets of words, such as `customer | provider`, as enums.
//!
//! One macro makes the enum, its words, their parsing, and their JSON form, so that a set is
//! written once: files, schemas, diagnostics and reports all use the same list.

/// A closed set of words.
pub trait Choice: Copy + 'static {
    /// The name of the set, as its type has it.
    const SET: &'static str;

    /// All words, in the order they are offered.
    const WORDS: &'static [&'static str];

    /// The member that `word` names.
    fn from_word(word: &str) -> Option<Self>;

    /// The word of this member.
    fn word(self) -> &'static str;

    /// Which of the words it is, from 0.
    fn position(self) -> usize;

    /// The member whose word is the one at `position`.
    fn at(position: usize) -> Option<Self> {
        Self::WORDS.get(position).and_then(|word| Self::from_word(word))
    }
}

macro_rules! choice {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(
            $(#[$variant_doc])*
            #[serde(rename(serialize = $word))]
            $variant,
        )+ }

        impl $crate::choice::Choice for $name {
            const SET: &'static str = stringify!($name);

            const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            #[inline]
            #[expect(clippy::as_conversions, reason = "the members of a set are numbered from 0")]
            fn position(self) -> usize {
                self as usize
            }

            #[inline]
            fn at(position: usize) -> Option<Self> {
                const ALL: &[$name] = &[$($name::$variant),+];
                ALL.get(position).copied()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::choice::Choice::word(*self))
            }
        }
    };
}
pub(crate) use choice;
