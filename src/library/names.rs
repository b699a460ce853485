//! Names in other languages, as the publisher's own pages in them have it.

use crate::choice::{Choice, choice};
use crate::shape::{Entry, Kind, Shape, optional};
use serde::{Deserialize, Serialize};

choice! {
    /// A language that names may be given in, beside English; the words are BCP 47 tags.
    pub enum Language {
        /// Japanese.
        Japanese = "ja",
        /// Chinese in traditional characters, as written in Taiwan.
        TraditionalChinese = "zh-TW",
        /// Korean.
        Korean = "ko",
        /// French.
        French = "fr",
        /// Italian.
        Italian = "it",
    }
}

/// The names of one thing in other languages; one that is not here is called by its English name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names(Vec<(Language, String)>);

impl Names {
    /// The name in a language, if there is one.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        self.0.iter().find(|(of, _)| *of == language).map(|(_, name)| name.as_str())
    }

    /// All of them, in the order of the languages.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, name)| (*language, name.as_str()))
    }
}

/// The shape of a `names` table.
pub(super) static NAMES: Shape = Shape {
    name: "names table",
    doc: "The name in other languages; where one is missing, the English name stands.",
    fields: &[
        optional("ja", Kind::Title, "In Japanese."),
        optional("zh-TW", Kind::Title, "In Chinese with traditional characters."),
        optional("ko", Kind::Title, "In Korean."),
        optional("fr", Kind::Title, "In French."),
        optional("it", Kind::Title, "In Italian."),
    ],
};

/// The `names` of a table.
pub(super) fn names(entry: &Entry<'_, '_>) -> Names {
    let Some(table) = entry.table("names") else { return Names::default() };
    let name = |word: &&str| Some((Language::from_word(word)?, table.string(word)?));
    Names(Language::WORDS.iter().filter_map(name).collect())
}
