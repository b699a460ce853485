//! The languages that reports are written in, and how the environment names them.

use crate::choice::{Choice, choice};
use crate::library::Language;

choice! {
    /// A language that reports are written in; the words are BCP 47 tags.
    pub enum Locale {
        /// English.
        English = "en",
        /// French.
        French = "fr",
        /// Italian.
        Italian = "it",
        /// Japanese.
        Japanese = "ja",
        /// Korean.
        Korean = "ko",
        /// Chinese in traditional characters, as written in Taiwan.
        TraditionalChinese = "zh-TW",
    }
}

impl From<Option<Language>> for Locale {
    fn from(language: Option<Language>) -> Self {
        match language {
            None => Self::English,
            Some(Language::French) => Self::French,
            Some(Language::Italian) => Self::Italian,
            Some(Language::Japanese) => Self::Japanese,
            Some(Language::Korean) => Self::Korean,
            Some(Language::TraditionalChinese) => Self::TraditionalChinese,
        }
    }
}

impl Locale {
    /// The language of names, if it is not English.
    #[must_use]
    pub fn language(self) -> Option<Language> {
        match self {
            Self::English => None,
            Self::French => Some(Language::French),
            Self::Italian => Some(Language::Italian),
            Self::Japanese => Some(Language::Japanese),
            Self::Korean => Some(Language::Korean),
            Self::TraditionalChinese => Some(Language::TraditionalChinese),
        }
    }

    /// Every language, English first.
    pub const ALL: [Self; 6] =
        [Self::English, Self::French, Self::Italian, Self::Japanese, Self::Korean, Self::TraditionalChinese];

    /// The language that a locale of the environment means, such as `fr_CA.UTF-8` or `zh-Hant`;
    /// nothing if reports are not written in it.
    ///
    /// Chinese in simplified characters is not taken for that in traditional ones.
    #[must_use]
    pub fn from_environment(name: &str) -> Option<Self> {
        let name = name.split(['.', '@']).next().unwrap_or_default().replace('_', "-").to_ascii_lowercase();
        let mut parts = name.split('-');
        let language = parts.next().unwrap_or_default();
        if language == "zh" {
            let is_traditional = parts.any(|part| ["tw", "hk", "mo", "hant"].contains(&part));
            return is_traditional.then_some(Self::TraditionalChinese);
        }
        if ["c", "posix"].contains(&language) {
            return Some(Self::English);
        }
        Self::ALL.into_iter().find(|locale| locale.word() == language)
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_environment_names_languages_in_many_ways() {
        let read = Locale::from_environment;
        assert_eq!(read("fr_CA.UTF-8"), Some(Locale::French));
        assert_eq!(read("it"), Some(Locale::Italian));
        assert_eq!(read("ja_JP.eucJP"), Some(Locale::Japanese));
        assert_eq!(read("ko-KR"), Some(Locale::Korean));
        assert_eq!(read("ca_ES@valencia"), None);
        assert_eq!(read("C.UTF-8"), Some(Locale::English));
        assert_eq!(read("POSIX"), Some(Locale::English));
        assert_eq!(read("en_GB"), Some(Locale::English));
        for name in ["zh_TW.UTF-8", "zh-Hant", "zh_HK", "zh-Hant-MO"] {
            assert_eq!(read(name), Some(Locale::TraditionalChinese), "{name}");
        }
        for name in ["zh_CN.UTF-8", "zh", "zh-Hans-SG", "", "de_AT", "_", "."] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
