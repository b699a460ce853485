//! What kind of file a single file of a library is: told from its content, so that it can be linted
//! wherever it lies.

use toml::de::DeTable;

/// The kinds of files that a user writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A control catalogue.
    Catalog,
    /// A crosswalk.
    Crosswalk,
    /// A provider with its services and evidence.
    Provider,
    /// Improvement actions.
    Actions,
    /// A template.
    Template,
    /// A profile, which is no file of a library.
    Profile,
    /// TOML of something else.
    Other,
}

impl FileKind {
    /// The kind of a file, by the keys at its top; none if it is not TOML.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        const KEYS: [(&str, FileKind); 7] = [
            ("organization", FileKind::Profile),
            ("assessment", FileKind::Profile),
            ("framework", FileKind::Catalog),
            ("crosswalk", FileKind::Crosswalk),
            ("provider", FileKind::Provider),
            ("template", FileKind::Template),
            ("action", FileKind::Actions),
        ];
        let table = DeTable::parse(text).ok()?;
        let has = |key: &str| table.get_ref().iter().any(|(found, _)| found.get_ref() == key);
        Some(KEYS.iter().find(|(key, _)| has(key)).map_or(Self::Other, |(_, kind)| *kind))
    }

    /// Where a library folder has a file of this kind and `name`, if it belongs to `provider`.
    #[must_use]
    pub fn place(self, name: &str, provider: &str) -> String {
        match self {
            Self::Catalog => format!("controls/{name}"),
            Self::Crosswalk => format!("controls/crosswalk/{name}"),
            Self::Provider => format!("templates/{provider}/provider.toml"),
            Self::Actions => format!("templates/{provider}/actions/{name}"),
            // Beside a provider, its name is taken.
            Self::Template if name == "provider.toml" => format!("templates/{provider}/template.toml"),
            Self::Template => format!("templates/{provider}/{name}"),
            Self::Profile => format!("templates/{provider}/profiles/{name}"),
            Self::Other => name.to_owned(),
        }
    }
}
